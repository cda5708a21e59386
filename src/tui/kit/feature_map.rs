//! Feature maps as pictures: two pixels per cell in half blocks, or shading characters if there are no greys.

use ratatui::Frame;
use ratatui::buffer::Cell;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::tui::kit::picture::{Map, Picture, Pictures};
use crate::tui::kit::theme::Theme;

/// Paints `map` with this number of pixels at the upper left corner of `area`, and adds it to the visible pictures.
pub(in crate::tui) fn paint<'a>(
    frame: &mut Frame,
    area: Rect,
    theme: Theme,
    map: Map<'a>,
    pixels: (usize, usize),
    pictures: &mut Pictures<'a>,
) {
    let cells = Rect {
        width: pixels.0.min(usize::from(u16::MAX)) as u16,
        height: pixels.1.div_ceil(2).min(usize::from(u16::MAX)) as u16,
        ..area
    };
    // A clipped picture stays in half blocks, and so does a vector whose last row is shorter.
    let is_full = map.values.len().is_multiple_of(map.width.max(1));
    if theme.has_greys() && area.union(cells) == area && is_full {
        pictures.push(Picture::new(cells, map));
    }
    each_cell(frame, area, map, pixels, |cell, upper, lower| {
        let (sign, style) = if map.is_colour && theme.has_greys() {
            let style = Style::new().fg(theme.mixed(upper));
            let lower = lower.map(|lower| theme.mixed(lower));
            ('▀', lower.map_or(style, |lower| style.bg(lower)))
        } else {
            let level = |own: [f32; 3]| {
                if map.is_colour {
                    brightness(own)
                } else {
                    own[0]
                }
            };
            grey_cell(theme, level(upper), lower.map(level))
        };
        cell.set_char(sign).set_style(style);
    });
}

/// Sign and style of a cell of a map in greys.
pub(in crate::tui) fn grey_cell(theme: Theme, upper: f32, lower: Option<f32>) -> (char, Style) {
    if !theme.has_greys() {
        return (shade(mean(upper, lower)), Style::new());
    }
    let style = Style::new().fg(theme.grey(upper));
    let lower = lower.map(|lower| theme.grey(lower));
    ('▀', lower.map_or(style, |lower| style.bg(lower)))
}

/// Sign and style of a cell of a map with signs: 0 is −1, and 1 is 1.
pub(in crate::tui) fn signed_cell(
    (theme, is_ascii): (Theme, bool),
    upper: f32,
    lower: Option<f32>,
) -> (char, Style) {
    let colour = |level: f32| theme.tinted(theme.ground(), 2.0 * level - 1.0);
    let level = mean(upper, lower);
    match (theme.has_greys(), is_ascii) {
        (true, false) => {
            let style = Style::new().fg(colour(upper));
            ('▀', lower.map_or(style, |lower| style.bg(colour(lower))))
        }
        (true, true) => {
            // The shade has the size; in its colour, it would be dark twice.
            let sign = signed_shade(2.0 * level - 1.0);
            let end = if level < 0.5 { 0.0 } else { 1.0 };
            (sign, Style::new().fg(colour(end)))
        }
        (false, _) => (signed_shade(2.0 * level - 1.0), Style::new()),
    }
}

/// Paints a map whose range is symmetric around zero with a colour for each sign, or with signs where the screen has ASCII only or
/// no colours; adds it to the visible pictures.
pub(in crate::tui) fn paint_signed<'a>(
    frame: &mut Frame,
    area: Rect,
    (theme, is_ascii): (Theme, bool),
    map: Map<'a>,
    pixels: (usize, usize),
    pictures: &mut Pictures<'a>,
) {
    let has_blocks = theme.has_greys() && !is_ascii;
    let cells = Rect {
        width: pixels.0.min(usize::from(u16::MAX)) as u16,
        height: pixels.1.div_ceil(2).min(usize::from(u16::MAX)) as u16,
        ..area
    };
    if has_blocks && area.union(cells) == area {
        pictures.push(Picture::new(cells, map).signed(theme.ground()));
    }
    each_cell(frame, area, map, pixels, |cell, upper, lower| {
        let (sign, style) = signed_cell((theme, is_ascii), upper[0], lower.map(|lower| lower[0]));
        cell.set_char(sign).set_style(style);
    });
}

/// Gives every cell of a map with this number of pixels its upper and lower colour; the lower one is missing in half a cell.
fn each_cell(
    frame: &mut Frame,
    area: Rect,
    map: Map<'_>,
    pixels: (usize, usize),
    mut put: impl FnMut(&mut Cell, [f32; 3], Option<[f32; 3]>),
) {
    let area = area.intersection(frame.area());
    let (columns, lines) = pixels;
    let columns = columns.min(usize::from(area.width));
    let lines = lines.min(usize::from(area.height) * 2);
    for row in 0..lines.div_ceil(2) {
        for column in 0..columns {
            let upper = map.colour(column, row * 2, pixels);
            let lower = (row * 2 + 1 < lines)
                .then(|| map.colour(column, row * 2 + 1, pixels))
                .flatten();
            let at = (area.x + column as u16, area.y + row as u16);
            // The last row of a vector may be shorter than the others.
            if let (Some(upper), Some(cell)) = (upper, frame.buffer_mut().cell_mut(at)) {
                put(cell, upper, lower);
            }
        }
    }
}

/// Brightness of a colour.
fn brightness([red, green, blue]: [f32; 3]) -> f32 {
    (red + green + blue) / 3.0
}

/// Brightness of a whole cell.
fn mean(upper: f32, lower: Option<f32>) -> f32 {
    lower.map_or(upper, |lower| f32::midpoint(upper, lower))
}

/// Signs of values from weak to strong: below zero, and above it; all are ASCII.
pub(in crate::tui) const SIGNS: [[char; 3]; 2] = [['-', '~', '='], ['+', '*', '#']];

/// Sign of a value from −1 to 1: blank near zero.
pub(in crate::tui) fn signed_shade(value: f32) -> char {
    let strength = match value.abs() {
        0.5.. => 2,
        0.25.. => 1,
        0.08.. => 0,
        _ => return ' ',
    };
    SIGNS[usize::from(value > 0.0)][strength]
}

/// Character of a brightness.
pub(in crate::tui) fn shade(level: f32) -> char {
    match (level * 5.0) as u8 {
        0 => ' ',
        1 => '░',
        2 => '▒',
        3 => '▓',
        _ => '█',
    }
}

/// Width and height of the picture at the largest size that fits, by any factor.
pub(in crate::tui) fn stretch(
    [height, width]: [usize; 2],
    columns: usize,
    rows: usize,
) -> (usize, usize) {
    let (height, width) = (height.max(1), width.max(1));
    let scale = (columns as f64 / width as f64).min(rows as f64 * 2.0 / height as f64);
    let scaled = |side: usize| ((side as f64 * scale).floor() as usize).max(1);
    (scaled(width), scaled(height))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_differs_from_its_opposite_and_both_from_zero() {
        let signs = [-1.0, -0.3, -0.1, -0.01, 0.0, 0.1, 0.3, 1.0].map(signed_shade);
        assert_eq!(signs, ['=', '~', '-', ' ', ' ', '+', '*', '#']);
    }
}
