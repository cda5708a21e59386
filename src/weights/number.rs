//! Element types in checkpoints, and their conversion to f32.

use half::{bf16, f16};
use std::fmt;

/// Type of the elements of a tensor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    F64,
    F32,
    F16,
    BF16,
    /// Any other type, with its bytes per element: reported, but not read.
    Other {
        name: &'static str,
        size: usize,
    },
}

impl Kind {
    /// Bytes per element.
    pub(super) fn size(self) -> usize {
        match self {
            Self::F64 => 8,
            Self::F32 => 4,
            Self::F16 | Self::BF16 => 2,
            Self::Other { size, .. } => size,
        }
    }

    /// Converts `bytes`, little-endian, to f32; doubles are rounded. `None` for a type that is not read.
    pub(super) fn numbers(self, bytes: &[u8]) -> Option<Vec<f32>> {
        Some(match self {
            Self::F64 => each(bytes, |eight| f64::from_le_bytes(eight) as f32),
            Self::F32 => each(bytes, f32::from_le_bytes),
            Self::F16 => each(bytes, |pair| f16::from_le_bytes(pair).to_f32()),
            Self::BF16 => each(bytes, |pair| bf16::from_le_bytes(pair).to_f32()),
            Self::Other { .. } => return None,
        })
    }

    /// Converts `bytes`, little-endian, to f64; whole numbers and truth values are converted too. `None` for a type without real values.
    pub(super) fn doubles(self, bytes: &[u8]) -> Option<Vec<f64>> {
        Some(match self {
            Self::F64 => each(bytes, f64::from_le_bytes),
            Self::F32 => each(bytes, |own| f32::from_le_bytes(own).into()),
            Self::F16 => each(bytes, |own| f16::from_le_bytes(own).to_f64()),
            Self::BF16 => each(bytes, |own| bf16::from_le_bytes(own).to_f64()),
            Self::Other { name, .. } => match name {
                "I64" => each(bytes, |own| i64::from_le_bytes(own) as f64),
                "I32" => each(bytes, |own| i32::from_le_bytes(own).into()),
                "I16" => each(bytes, |own| i16::from_le_bytes(own).into()),
                "I8" => each(bytes, |own| i8::from_le_bytes(own).into()),
                "U64" => each(bytes, |own| u64::from_le_bytes(own) as f64),
                "U32" => each(bytes, |own| u32::from_le_bytes(own).into()),
                "U16" => each(bytes, |own| u16::from_le_bytes(own).into()),
                "U8" | "BOOL" => each(bytes, |[own]: [u8; 1]| own.into()),
                _ => return None,
            },
        })
    }

    /// Name as PyTorch has it: `float32`.
    pub(super) fn torch_name(self) -> String {
        match self {
            Self::F64 => "float64".to_owned(),
            Self::F32 => "float32".to_owned(),
            Self::F16 => "float16".to_owned(),
            Self::BF16 => "bfloat16".to_owned(),
            Self::Other { name: "BOOL", .. } => "bool".to_owned(),
            Self::Other { name, .. } => {
                let digits = name.trim_start_matches(|c: char| !c.is_ascii_digit());
                match &name[..name.len() - digits.len()] {
                    "I" => format!("int{digits}"),
                    "U" => format!("uint{digits}"),
                    _ => name.to_ascii_lowercase(),
                }
            }
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::F64 => "F64",
            Self::F32 => "F32",
            Self::F16 => "F16",
            Self::BF16 => "BF16",
            Self::Other { name, .. } => name,
        })
    }
}

/// Converts numbers of `N` bytes each.
fn each<const N: usize, T>(bytes: &[u8], number: impl Fn([u8; N]) -> T) -> Vec<T> {
    let (chunks, _) = bytes.as_chunks::<N>();
    chunks.iter().map(|chunk| number(*chunk)).collect()
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "these numbers are exact in binary")]
mod tests {
    use super::*;

    #[test]
    fn every_half_is_converted_exactly() {
        for bits in 0..=u16::MAX {
            let sign = if bits >> 15 == 0 { 1.0 } else { -1.0 };
            let exponent = i32::from(bits >> 10 & 0x1F);
            let fraction = f64::from(bits & 0x3FF) / 1024.0;
            let found = Kind::F16.numbers(&bits.to_le_bytes()).unwrap()[0];
            let expected = match exponent {
                0 => sign * fraction * 2_f64.powi(-14),
                0x1F if fraction > 0.0 => {
                    assert!(found.is_nan(), "{bits:#06x}");
                    continue;
                }
                0x1F => sign * f64::INFINITY,
                _ => sign * (1.0 + fraction) * 2_f64.powi(exponent - 15),
            };
            assert_eq!(f64::from(found), expected, "{bits:#06x}");
        }
    }

    #[test]
    fn the_other_kinds_too() {
        let brain = Kind::BF16.numbers(&[0x00, 0x3C, 0x00, 0xC0]).unwrap();
        assert_eq!(brain, [0.007_812_5, -2.0]);
        let double = Kind::F64.numbers(&0.1_f64.to_le_bytes()).unwrap();
        assert_eq!(double, [0.1]);
        let other = Kind::Other {
            name: "I64",
            size: 8,
        };
        assert_eq!(other.numbers(&[0; 8]), None);
        assert_eq!(other.doubles(&(-3_i64).to_le_bytes()), Some(vec![-3.0]));
        assert_eq!(other.torch_name(), "int64");
        let double = Kind::BF16.doubles(&[0x00, 0x3C, 0x00, 0xC0]);
        assert_eq!(double, Some(vec![0.007_812_5, -2.0]));
    }
}
