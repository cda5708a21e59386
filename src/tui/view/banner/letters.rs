//! Large letters, of half blocks: five pixels high and three wide; as words with blanks between their letters where the screen has
//! ASCII only, or where a sign has no large form.

use crate::tui::kit::text;

/// Lines of a large letter.
const ROWS: usize = 3;
/// Cells of a letter, with the blank after it.
const CELLS: usize = 4;

/// Pixels of the letters, row by row.
#[rustfmt::skip]
const FONT: [(char, [u8; 5]); 66] = [
    ('a', [0b010, 0b101, 0b111, 0b101, 0b101]),
    ('b', [0b110, 0b101, 0b110, 0b101, 0b110]),
    ('c', [0b011, 0b100, 0b100, 0b100, 0b011]),
    ('d', [0b110, 0b101, 0b101, 0b101, 0b110]),
    ('e', [0b111, 0b100, 0b110, 0b100, 0b111]),
    ('f', [0b111, 0b100, 0b110, 0b100, 0b100]),
    ('g', [0b011, 0b100, 0b101, 0b101, 0b011]),
    ('h', [0b101, 0b101, 0b111, 0b101, 0b101]),
    ('i', [0b111, 0b010, 0b010, 0b010, 0b111]),
    ('j', [0b001, 0b001, 0b001, 0b101, 0b010]),
    ('k', [0b101, 0b101, 0b110, 0b101, 0b101]),
    ('l', [0b100, 0b100, 0b100, 0b100, 0b111]),
    ('m', [0b101, 0b111, 0b111, 0b101, 0b101]),
    ('n', [0b110, 0b101, 0b101, 0b101, 0b101]),
    ('o', [0b010, 0b101, 0b101, 0b101, 0b010]),
    ('p', [0b110, 0b101, 0b110, 0b100, 0b100]),
    ('q', [0b010, 0b101, 0b101, 0b110, 0b011]),
    ('r', [0b110, 0b101, 0b110, 0b101, 0b101]),
    ('s', [0b011, 0b100, 0b010, 0b001, 0b110]),
    ('t', [0b111, 0b010, 0b010, 0b010, 0b010]),
    ('u', [0b101, 0b101, 0b101, 0b101, 0b111]),
    ('v', [0b101, 0b101, 0b101, 0b101, 0b010]),
    ('w', [0b101, 0b101, 0b111, 0b111, 0b101]),
    ('x', [0b101, 0b101, 0b010, 0b101, 0b101]),
    ('y', [0b101, 0b101, 0b010, 0b010, 0b010]),
    ('z', [0b111, 0b001, 0b010, 0b100, 0b111]),
    ('0', [0b111, 0b101, 0b101, 0b101, 0b111]),
    ('1', [0b010, 0b110, 0b010, 0b010, 0b111]),
    ('2', [0b110, 0b001, 0b010, 0b100, 0b111]),
    ('3', [0b110, 0b001, 0b010, 0b001, 0b110]),
    ('4', [0b101, 0b101, 0b111, 0b001, 0b001]),
    ('5', [0b111, 0b100, 0b110, 0b001, 0b110]),
    ('6', [0b011, 0b100, 0b111, 0b101, 0b111]),
    ('7', [0b111, 0b001, 0b010, 0b010, 0b010]),
    ('8', [0b111, 0b101, 0b111, 0b101, 0b111]),
    ('9', [0b111, 0b101, 0b111, 0b001, 0b110]),
    ('.', [0b000, 0b000, 0b000, 0b000, 0b010]),
    ('-', [0b000, 0b000, 0b111, 0b000, 0b000]),
    ('_', [0b000, 0b000, 0b000, 0b000, 0b111]),
    ('+', [0b000, 0b010, 0b111, 0b010, 0b000]),
    ('=', [0b000, 0b111, 0b000, 0b111, 0b000]),
    ('#', [0b101, 0b111, 0b101, 0b111, 0b101]),
    ('/', [0b001, 0b001, 0b010, 0b100, 0b100]),
    (':', [0b000, 0b010, 0b000, 0b010, 0b000]),
    ('<', [0b001, 0b010, 0b100, 0b010, 0b001]),
    ('>', [0b100, 0b010, 0b001, 0b010, 0b100]),
    ('[', [0b110, 0b100, 0b100, 0b100, 0b110]),
    (']', [0b011, 0b001, 0b001, 0b001, 0b011]),
    ('?', [0b110, 0b001, 0b010, 0b000, 0b010]),
    ('!', [0b010, 0b010, 0b010, 0b000, 0b010]),
    (' ', [0b000, 0b000, 0b000, 0b000, 0b000]),
    ('→', [0b010, 0b001, 0b111, 0b001, 0b010]),
    ('←', [0b010, 0b100, 0b111, 0b100, 0b010]),
    ('↑', [0b010, 0b111, 0b010, 0b010, 0b010]),
    ('↓', [0b010, 0b010, 0b010, 0b111, 0b010]),
    ('×', [0b000, 0b101, 0b010, 0b101, 0b000]),
    (';', [0b000, 0b010, 0b000, 0b010, 0b100]),
    ('@', [0b010, 0b101, 0b111, 0b100, 0b011]),
    ('…', [0b000, 0b000, 0b000, 0b000, 0b101]),
    ('|', [0b010, 0b010, 0b010, 0b010, 0b010]),
    ('*', [0b101, 0b010, 0b111, 0b010, 0b101]),
    ('&', [0b010, 0b101, 0b010, 0b101, 0b011]),
    (',', [0b000, 0b000, 0b000, 0b010, 0b100]),
    ('$', [0b011, 0b110, 0b011, 0b110, 0b010]),
    ('^', [0b010, 0b101, 0b000, 0b000, 0b000]),
    ('%', [0b101, 0b001, 0b010, 0b100, 0b101]),
];

/// Pixels of a sign.
fn glyph(sign: char) -> Option<[u8; 5]> {
    let sign = sign.to_ascii_lowercase();
    let found = FONT.iter().find(|(other, _)| *other == sign);
    found.map(|(_, rows)| *rows)
}

/// Whether every sign of a text has a large form.
fn is_drawable(text: &str, is_ascii: bool) -> bool {
    !is_ascii && text.chars().all(|sign| glyph(sign).is_some())
}

/// Cells that a text takes.
pub(super) fn width(text: &str, is_ascii: bool) -> usize {
    if is_drawable(text, is_ascii) {
        text.chars().count() * CELLS
    } else {
        text::width(&spaced(text))
    }
}

/// A text with blanks between its letters.
fn spaced(text: &str) -> String {
    let letters: Vec<String> = text.chars().map(String::from).collect();
    letters.join(" ")
}

/// Lines of a text in large letters.
pub(super) fn lines(text: &str, is_ascii: bool) -> Vec<String> {
    if !is_drawable(text, is_ascii) {
        return vec![String::new(), spaced(text)];
    }
    let glyphs: Vec<[u8; 5]> = text.chars().filter_map(glyph).collect();
    let bit = |rows: [u8; 5], row: usize, column: usize| {
        rows.get(row)
            .is_some_and(|bits| bits >> (2 - column) & 1 == 1)
    };
    (0..ROWS)
        .map(|line| {
            let mut signs = String::new();
            for &rows in &glyphs {
                for column in 0..3 {
                    let pixels = [0, 1].map(|half| bit(rows, line * 2 + half, column));
                    signs.push(match pixels {
                        [true, true] => '█',
                        [true, false] => '▀',
                        [false, true] => '▄',
                        [false, false] => ' ',
                    });
                }
                signs.push(' ');
            }
            signs
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_three_lines_high_and_every_path_can_be_written() {
        assert_eq!(lines("L1", false), ["█   ▄█  ", "█    █  ", "▀▀▀ ▀▀▀ "]);
        assert_eq!(width("L1", false), 8);
        for path in ["layer1.0.downsample.1", "stage2_block#2", "features.norm5"] {
            assert!(is_drawable(path, false), "{path}");
        }
        assert_eq!(lines("层", false), ["", "层"]);
        assert_eq!(lines("fc", true), ["", "f c"]);
    }
}
