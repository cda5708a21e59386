//! Number as people write it, `4.11G`, and the counts that have its digits.

use serde::Serialize;

use super::Quantity;
use crate::message;
use crate::text::Message;

/// Number with the precision that its digits claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// Text as typed.
    pub text: String,
    /// Value of the number.
    pub value: u128,
    /// Value of one unit in its last digit.
    pub step: u128,
    /// Whether it is written in billions, as `0.56G` is.
    pub in_billions: bool,
    /// Quantity that it counts, if the text says so.
    pub quantity: Option<Quantity>,
}

/// Match of a count with the number's digits; the better comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fit {
    /// Equal to the number after rounding to as many digits.
    Rounded,
    /// Equal to the number after truncation to as many digits.
    Cut,
    /// Within half a percent of the number.
    Near,
}

/// Largest number that is accepted: no count reaches it.
const MAX_NUMBER: u128 = 1 << 100;

/// Parses `4.11G`, `25.6 M params`, `8.2 GFLOPs` or `25,557,032`; a plain `4.11` means billions.
///
/// # Errors
/// The text is not a number.
pub fn parse(text: &str) -> Result<Number, Message> {
    let wrong = || message!("explain-no-number", text = text);
    let plain: String = text
        .trim()
        .chars()
        .filter(|c| !matches!(c, ',' | '_' | '\''))
        .collect();
    let end = plain
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(plain.len());
    let (digits, rest) = plain.split_at(end);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if digits.len() > 30 || digits.is_empty() || fraction.contains('.') {
        return Err(wrong());
    }
    let rest = rest.trim().to_lowercase();
    let rest = rest.trim_start_matches(['×', '*', ' ']);
    let (unit, word) = match rest.chars().next() {
        None => (None, ""),
        Some(first) => {
            let unit = match first {
                'k' => Some(3),
                'm' if !rest.starts_with("mac") && !rest.starts_with("mul") => Some(6),
                'g' | 'b' => Some(9),
                't' => Some(12),
                _ => None,
            };
            let word = if unit.is_some() {
                &rest[first.len_utf8()..]
            } else {
                rest
            };
            (unit, word.trim())
        }
    };
    let quantity = match word {
        "" | "illion" | "illions" | "iga" | "n" => None,
        "params" | "param" | "parameters" | "weights" => Some(Quantity::Params),
        "macs" | "mac" | "flops" | "flop" | "ops" | "madds" | "mult-adds" | "multiply-adds" => {
            Some(Quantity::Operations)
        }
        _ => return Err(wrong()),
    };
    let power = match unit {
        Some(power) => power,
        // People omit the G of "4.11", but seldom an M.
        None if digits.contains('.') => 9,
        None => 0,
    };
    let all: u128 = format!("{whole}{fraction}").parse().map_err(|_| wrong())?;
    let decimals = fraction.len() as u32;
    let (value, mut step) = if decimals > power {
        (all / 10_u128.pow(decimals - power), 1)
    } else {
        let step = 10_u128.pow(power - decimals);
        (all.checked_mul(step).ok_or_else(wrong)?, step)
    };
    if value == 0 || value > MAX_NUMBER {
        return Err(wrong());
    }
    if unit.is_none() && !digits.contains('.') {
        // 25600000 claims no more precision than 25.6 M.
        while step < value && value.is_multiple_of(step * 1000) {
            step *= 1000;
        }
    }
    Ok(Number {
        text: text.trim().to_owned(),
        value,
        step,
        in_billions: unit == Some(9),
        quantity,
    })
}

impl Number {
    /// Match of `count` with the number; `None` if there is none.
    pub fn fit(&self, count: u128, quantity: Quantity) -> Option<Fit> {
        if self.quantity.is_some_and(|own| own != quantity) {
            return None;
        }
        let off = self.value.abs_diff(count);
        if off * 2 <= self.step && (self.step > 1 || off == 0) {
            Some(Fit::Rounded)
        } else if count > self.value && off < self.step {
            Some(Fit::Cut)
        } else if off < self.value / 200 {
            Some(Fit::Near)
        } else {
            None
        }
    }

    /// Penalty for a number that counts this quantity: people quote parameters in millions and operations in billions.
    pub(super) fn surprise(&self, quantity: Quantity) -> f64 {
        let billions = self.in_billions || self.value >= 1_000_000_000;
        match quantity {
            Quantity::Params if billions => 2.0,
            Quantity::Operations if !billions && self.quantity.is_none() => 1.0,
            _ => 0.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        let read = |text: &str| {
            let number = parse(text).unwrap();
            (number.value, number.step, number.quantity)
        };
        assert_eq!(read("4.11G"), (4_110_000_000, 10_000_000, None));
        assert_eq!(read("4.11"), (4_110_000_000, 10_000_000, None));
        assert_eq!(
            read("8.2 GFLOPs"),
            (8_200_000_000, 100_000_000, Some(Quantity::Operations))
        );
        assert_eq!(
            read("25.6M params"),
            (25_600_000, 100_000, Some(Quantity::Params))
        );
        assert_eq!(read("25,557,032"), (25_557_032, 1, None));
        assert_eq!(read("4.1 billion").0, 4_100_000_000);
        for bad in [
            "",
            "x",
            "0",
            "4.1.1G",
            "4.11 apples",
            "1e9",
            "-3",
            "9".repeat(60).as_str(),
        ] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn digits_fit_rounded_or_cut() {
        let number = parse("3.8G").unwrap();
        let fit = |count| number.fit(count, Quantity::Operations);
        assert_eq!(fit(3_812_000_000), Some(Fit::Rounded));
        assert_eq!(fit(3_857_973_248), Some(Fit::Cut));
        assert_eq!(fit(3_900_000_001), None);
    }
}
