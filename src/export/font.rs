//! The shipped font: widths of texts, outlines of letters, and the files for those who embed it.
//!
//! It has the metrics of Helvetica and Arial, so a drawing that names these is as wide in a viewer as it was computed here.

use std::sync::OnceLock;

use ttf_parser::{Face, OutlineBuilder};
use unicode_width::UnicodeWidthChar;

const REGULAR: &[u8] = include_bytes!("font/regular.ttf");
const BOLD: &[u8] = include_bytes!("font/bold.ttf");

/// Weight of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    /// Plain text.
    Regular,
    /// Names and titles.
    Bold,
}

impl Weight {
    /// Both, in the order of their names in a PDF.
    pub(super) const ALL: [Self; 2] = [Self::Regular, Self::Bold];

    /// The font file.
    pub(super) const fn file(self) -> &'static [u8] {
        match self {
            Self::Regular => REGULAR,
            Self::Bold => BOLD,
        }
    }

    fn face(self) -> Option<&'static Face<'static>> {
        static FACES: OnceLock<[Option<Face<'static>>; 2]> = OnceLock::new();
        let faces =
            FACES.get_or_init(|| Self::ALL.map(|weight| Face::parse(weight.file(), 0).ok()));
        faces[self as usize].as_ref()
    }

    /// Number of a character's glyph; `None` if the font lacks it.
    pub(super) fn glyph(self, c: char) -> Option<u16> {
        Some(self.face()?.glyph_index(c)?.0)
    }

    /// Width of a glyph as a part of the font size.
    pub(super) fn advance(self, glyph: u16) -> f64 {
        let advance = self
            .face()
            .and_then(|face| face.glyph_hor_advance(ttf_parser::GlyphId(glyph)));
        f64::from(advance.unwrap_or(0)) / self.units()
    }

    /// Units of an em in the file.
    pub(super) fn units(self) -> f64 {
        self.face()
            .map_or(1.0, |face| f64::from(face.units_per_em()))
    }

    /// Width of a text as a part of the font size. A character that the font lacks is as wide as a square, or half of it.
    pub(super) fn width(self, text: &str) -> f64 {
        text.chars()
            .map(|c| match self.glyph(c) {
                Some(glyph) => self.advance(glyph),
                None => c.width().unwrap_or(0) as f64 * 0.5,
            })
            .sum()
    }

    /// Passes a glyph's outline to `to`, in the font's units with y upwards.
    pub(super) fn outline(self, glyph: u16, to: &mut impl OutlineBuilder) {
        if let Some(face) = self.face() {
            face.outline_glyph(ttf_parser::GlyphId(glyph), to);
        }
    }
}

/// Receiver of an outline.
pub(super) use ttf_parser::OutlineBuilder as Outline;

/// Characters of `text` that the font lacks, each once.
pub(super) fn lacking(text: &str) -> Vec<char> {
    let mut found = Vec::new();
    for c in text.chars() {
        if Weight::Regular.glyph(c).is_none() && !found.contains(&c) {
            found.push(c);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_those_of_helvetica() {
        // From Adobe's metrics of Helvetica and Helvetica-Bold, in thousandths.
        for (weight, text, thousandths) in [
            (Weight::Regular, "A", 667),
            (Weight::Regular, "conv", 500 + 556 + 556 + 500),
            (Weight::Bold, "A", 722),
            (Weight::Regular, "×", 584),
        ] {
            let width = weight.width(text) * 1000.0;
            assert!(
                (width - f64::from(thousandths)).abs() < 1.0,
                "{text}: {width}"
            );
        }
        assert_eq!(lacking("3×3 → 步幅步"), ['步', '幅']);
    }
}
