//! Numbers, percentages and sizes as people read and write them, and texts in columns. All texts of the program have them from here.

use std::fmt;

use unicode_width::UnicodeWidthStr;

/// Number as `25,557,032`.
pub fn thousands(number: u128) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Difference as `+231,211,008` or `−56`; no text where there is none.
pub fn difference(number: i128) -> String {
    let sign = match number.signum() {
        1 => '+',
        -1 => '−',
        _ => return String::new(),
    };
    format!("{sign}{}", thousands(number.unsigned_abs()))
}

/// Number as `25.56 M`, `4.09 G`, `976`: three or four figures and a decimal prefix.
pub fn short(number: u128) -> String {
    const UNITS: [(u128, &str); 5] = [
        (1_000_000_000_000_000, "P"),
        (1_000_000_000_000, "T"),
        (1_000_000_000, "G"),
        (1_000_000, "M"),
        (1_000, "k"),
    ];
    match UNITS.iter().find(|(size, _)| number >= *size) {
        // Rounding 999,995 up would give "1000.00 k", so the next unit is used.
        Some((size, unit)) => {
            let value = number as f64 / *size as f64;
            if value >= 999.995
                && let Some((larger, unit)) = UNITS.iter().rev().find(|(larger, _)| larger > size)
            {
                return format!("{:.2} {unit}", number as f64 / *larger as f64);
            }
            format!("{value:.2} {unit}")
        }
        None => number.to_string(),
    }
}

/// Decimal prefix of all numbers in a column, so they can be compared at a glance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prefix {
    /// Ones.
    One,
    /// Thousands.
    Kilo,
    /// Millions.
    Mega,
    /// Thousands of millions.
    Giga,
}

impl Prefix {
    /// Prefix with which the parts of a total have a few figures.
    pub const fn of_parts(total: u128) -> Self {
        match total {
            0..10_000 => Self::One,
            10_000..10_000_000 => Self::Kilo,
            10_000_000..10_000_000_000_000 => Self::Mega,
            _ => Self::Giga,
        }
    }

    /// Letter of the prefix; empty for ones.
    pub const fn letter(self) -> &'static str {
        match self {
            Self::One => "",
            Self::Kilo => "k",
            Self::Mega => "M",
            Self::Giga => "G",
        }
    }

    /// Number with this prefix and number of decimals; one that rounds to zero is shown as less than the smallest step.
    pub fn show(self, number: u128, decimals: u32) -> String {
        let unit = match self {
            Self::One => return thousands(number),
            Self::Kilo => 1_000,
            Self::Mega => 1_000_000,
            Self::Giga => 1_000_000_000,
        };
        if number == 0 {
            return "0".to_owned();
        }
        let steps = 10_u128.pow(decimals);
        let rounded = (number * steps + unit / 2) / unit;
        let (sign, shown) = if rounded == 0 {
            ("<", 1)
        } else {
            ("", rounded)
        };
        let width = decimals as usize;
        match width {
            0 => format!("{sign}{}", thousands(shown)),
            _ => format!(
                "{sign}{}.{:0width$}",
                thousands(shown / steps),
                shown % steps
            ),
        }
    }
}

/// Number of bytes as `97.7 MiB`.
pub fn bytes(number: u128) -> String {
    const UNITS: [&str; 5] = ["B", "KiB", "MiB", "GiB", "TiB"];
    let mut value = number as f64;
    let mut unit = 0;
    while value >= 1024.0 && unit + 1 < UNITS.len() {
        value /= 1024.0;
        unit += 1;
    }
    if unit == 0 {
        format!("{number} B")
    } else {
        format!("{value:.1} {}", UNITS[unit])
    }
}

/// Share of a whole in percent, as a number for scales.
pub const fn in_percent(share: f64) -> f64 {
    share * 100.0
}

/// Share of a whole as `12.3`, for columns and sentences that have the sign already.
pub fn percentage(share: f64) -> String {
    format!("{:.1}", in_percent(share))
}

/// Share of a whole as `12.3 %`.
pub fn percent(share: f64) -> String {
    with_sign(percentage(share))
}

/// Share as `12.34 %`, where small differences count.
pub fn fine_percent(share: f64) -> String {
    with_sign(accuracy(in_percent(share)))
}

/// Relative difference as `+0.12 %`.
pub fn signed_percent(share: f64) -> String {
    with_sign(format!("{:+.2}", in_percent(share)))
}

/// Accuracy that is a percentage already, as it is published: with two decimals.
pub fn accuracy(percentage: f64) -> String {
    format!("{percentage:.2}")
}

/// Figure with the sign of percent after it.
pub fn with_sign(figure: impl fmt::Display) -> String {
    format!("{figure} %")
}

/// Part of a whole as `12.3 %`; 0 if the whole is 0.
pub fn percent_of(part: u128, whole: u128) -> String {
    percent(share(part, whole))
}

/// Sizes as `64×3×7×7`.
pub fn dims<T: fmt::Display>(sizes: impl IntoIterator<Item = T>) -> String {
    joined(sizes, "×")
}

/// Sizes as programs read them: `64x3x7x7`.
pub fn plain_dims<T: fmt::Display>(sizes: impl IntoIterator<Item = T>) -> String {
    joined(sizes, "x")
}

fn joined<T: fmt::Display>(sizes: impl IntoIterator<Item = T>, sign: &str) -> String {
    let sizes: Vec<String> = sizes.into_iter().map(|size| size.to_string()).collect();
    sizes.join(sign)
}

/// Sizes that somebody typed: `64×56×56`, `64x56x56`, `64*56*56`, `64 56 56`, `(64, 56, 56)`, `[512]`; `None` for other words.
pub fn typed_dims(text: &str) -> Option<Vec<u64>> {
    let is_between = |c: char| c.is_whitespace() || "xX×*,、;()[]".contains(c);
    let sizes: Option<Vec<u64>> = text
        .split(is_between)
        .filter(|size| !size.is_empty())
        .map(|size| size.parse().ok())
        .collect();
    sizes.filter(|sizes| !sizes.is_empty())
}

/// Height and width that somebody typed: `224` for both, or `320x224`.
pub fn typed_sides(text: &str) -> Option<[u64; 2]> {
    match typed_dims(text)?.as_slice() {
        [side] => Some([*side; 2]),
        [height, width] => Some([*height, *width]),
        _ => None,
    }
}

/// Fraction of a whole, from 0 to 1; 0 if the whole is 0.
pub fn share(part: u128, whole: u128) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}

/// A text at the right end of so many cells.
pub fn at_right(text: &str, cells: usize) -> String {
    " ".repeat(cells.saturating_sub(text.width())) + text
}

/// A text at the left end of so many cells.
pub fn at_left(text: &str, cells: usize) -> String {
    text.to_owned() + &" ".repeat(cells.saturating_sub(text.width()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_well() {
        assert_eq!(thousands(0), "0");
        assert_eq!(thousands(999), "999");
        assert_eq!(thousands(25_557_032), "25,557,032");
        assert_eq!(
            [231_211_008, -56, 0].map(difference),
            ["+231,211,008", "−56", ""]
        );
        assert_eq!(short(976), "976");
        assert_eq!(short(25_557_032), "25.56 M");
        assert_eq!(short(4_089_184_256), "4.09 G");
        assert_eq!(short(999_999), "1.00 M");
        let mega = |number| Prefix::Mega.show(number, 2);
        assert_eq!(mega(4_089_184_256), "4,089.18");
        assert_eq!(
            [0, 56, 9_408, 999_996].map(mega),
            ["0", "<0.01", "0.01", "1.00"]
        );
        assert_eq!(Prefix::of_parts(4_089_184_256), Prefix::Mega);
        assert_eq!(bytes(102_440_608), "97.7 MiB");
        assert_eq!(bytes(12), "12 B");
        assert_eq!(percent_of(1, 8), "12.5 %");
        assert_eq!(percent_of(0, 0), "0.0 %");
        assert_eq!([0.125, 1.0].map(percentage), ["12.5", "100.0"]);
        assert_eq!(fine_percent(0.012_34), "1.23 %");
        assert_eq!([0.001, -0.02].map(signed_percent), ["+0.10 %", "-2.00 %"]);
    }

    #[test]
    fn sizes_are_read_as_they_are_written() {
        let sizes = [64, 56, 56];
        for text in [
            dims(sizes),
            plain_dims(sizes),
            "(64, 56, 56)".into(),
            "64 56*56".into(),
        ] {
            assert_eq!(typed_dims(&text), Some(sizes.to_vec()), "{text}");
        }
        assert_eq!(typed_sides("224"), Some([224; 2]));
        assert_eq!(typed_sides("320 × 224"), Some([320, 224]));
        for wrong in ["", "×", "wide", "3.5", "-1", "1x2x3"] {
            assert_eq!(typed_sides(wrong), None, "{wrong}");
        }
    }
}
