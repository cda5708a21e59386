//! Feature maps as pictures: two pixels per cell in half blocks, or shading characters if there are no greys.

use ratatui::Frame;
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
            // The last row of a vector may be shorter than the others.
            let Some(upper) = upper else {
                continue;
            };
            let at = (area.x + column as u16, area.y + row as u16);
            let Some(cell) = frame.buffer_mut().cell_mut(at) else {
                continue;
            };
            if theme.has_greys() {
                let paint = |levels: [f32; 3]| match (map.is_colour, levels) {
                    (true, levels) => theme.mixed(levels),
                    (false, [level, ..]) => theme.grey(level),
                };
                let style = Style::new().fg(paint(upper));
                cell.set_char('▀').set_style(match lower {
                    Some(lower) => style.bg(paint(lower)),
                    None => style,
                });
            } else {
                let grey = |[red, green, blue]: [f32; 3]| (red + green + blue) / 3.0;
                let upper = grey(upper);
                let level = lower.map_or(upper, |lower| f32::midpoint(upper, grey(lower)));
                cell.set_char(shade(level));
            }
        }
    }
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
