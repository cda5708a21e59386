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
fn each<const N: usize>(bytes: &[u8], number: impl Fn([u8; N]) -> f32) -> Vec<f32> {
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
    }
}
