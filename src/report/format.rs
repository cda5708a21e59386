//! Numbers as people read them, and texts in columns.

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

/// Difference as `+231,211,008`, `−56`, `±0`.
pub fn signed(number: i128) -> String {
    let sign = match number.signum() {
        1 => '+',
        -1 => '−',
        _ => '±',
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

/// Fraction of a whole as `12.3 %`; 0 if the whole is 0.
pub fn percent(part: u128, whole: u128) -> String {
    format!("{:.1} %", share(part, whole) * 100.0)
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
            [231_211_008, -56, 0].map(signed),
            ["+231,211,008", "−56", "±0"]
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
        assert_eq!(percent(1, 8), "12.5 %");
        assert_eq!(percent(0, 0), "0.0 %");
    }
}
