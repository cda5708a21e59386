//! Filters for resizing pictures.

use super::decode::{Decode, word};
use super::problem::Problem;
use super::source::Located;
use super::value::Value;

/// Filter that computes a pixel of a resized picture from those around its position, by torchvision's names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Interpolation {
    /// Triangle filter, two pixels wide.
    #[default]
    Bilinear,
    /// Cubic convolution with a = −0.5, four pixels wide.
    Bicubic,
    /// Nearest pixel.
    Nearest,
}

impl Interpolation {
    const WORDS: [(&'static str, Self); 3] = [
        ("bilinear", Self::Bilinear),
        ("bicubic", Self::Bicubic),
        ("nearest", Self::Nearest),
    ];
}

impl Decode for Interpolation {
    fn decode(value: &Located<Value>, problems: &mut Vec<Problem>) -> Option<Self> {
        word(value, &Self::WORDS, "word-interpolation", problems)
    }

    fn schema() -> serde_json::Value {
        serde_json::json!({"enum": Self::WORDS.map(|(word, _)| word)})
    }
}
