//! Feature maps as pictures: two pixels a cell by half-blocks, or shading characters where there are no greys.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::tui::theme::Theme;

/// Numbers in rows, and those that are black and white.
#[derive(Debug, Clone, Copy)]
pub(super) struct Map<'m> {
    /// Row by row.
    pub(super) values: &'m [f32],
    /// Numbers a row.
    pub(super) width: usize,
    /// What is black and what is white.
    pub(super) range: (f32, f32),
}

/// Paints `map` with so many pixels at the upper left corner of `area`.
pub(super) fn paint(frame: &mut Frame, area: Rect, theme: Theme, map: Map, pixels: (usize, usize)) {
    let area = area.intersection(frame.area());
    let (columns, lines) = pixels;
    let columns = columns.min(usize::from(area.width));
    let lines = lines.min(usize::from(area.height) * 2);
    for row in 0..lines.div_ceil(2) {
        for column in 0..columns {
            let upper = map.pixel(column, row * 2, pixels);
            let lower = (row * 2 + 1 < lines)
                .then(|| map.pixel(column, row * 2 + 1, pixels))
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
                let style = Style::new().fg(theme.grey(upper));
                cell.set_char('▀').set_style(match lower {
                    Some(lower) => style.bg(theme.grey(lower)),
                    None => style,
                });
            } else {
                let level = lower.map_or(upper, |lower| f32::midpoint(upper, lower));
                cell.set_char(shade(level));
            }
        }
    }
}

fn shade(level: f32) -> char {
    match (level * 5.0) as u8 {
        0 => ' ',
        1 => '░',
        2 => '▒',
        3 => '▓',
        _ => '█',
    }
}

impl Map<'_> {
    /// The mean of what falls into a pixel, from 0 for black to 1 for white; `None` where there is nothing.
    fn pixel(&self, column: usize, row: usize, (columns, rows): (usize, usize)) -> Option<f32> {
        let width = self.width.max(1);
        let height = self.values.len().div_ceil(width);
        let span = |at: usize, pixels: usize, side: usize| {
            let start = at * side / pixels.max(1);
            start..((at + 1) * side / pixels.max(1)).max(start + 1).min(side)
        };
        let mut sum = 0.0;
        let mut count = 0.0;
        let mut is_there = false;
        for y in span(row, rows, height) {
            for x in span(column, columns, width) {
                is_there |= y * width + x < self.values.len();
                if let Some(value) = self
                    .values
                    .get(y * width + x)
                    .filter(|value| value.is_finite())
                {
                    sum += f64::from(*value);
                    count += 1.0;
                }
            }
        }
        let (black, white) = (f64::from(self.range.0), f64::from(self.range.1));
        let level = if count == 0.0 {
            0.0
        } else if white > black {
            ((sum / count - black) / (white - black)).clamp(0.0, 1.0) as f32
        } else {
            // A map of one value has no contrast to show.
            0.5
        };
        is_there.then_some(level)
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "these numbers are exact in binary")]
mod tests {
    use super::*;

    #[test]
    fn a_pixel_is_the_mean_of_what_falls_into_it() {
        let values = [0.0, 1.0, 1.0, 2.0];
        let map = Map {
            values: &values,
            width: 2,
            range: (0.0, 2.0),
        };
        assert_eq!(map.pixel(0, 0, (2, 2)), Some(0.0));
        assert_eq!(map.pixel(1, 1, (2, 2)), Some(1.0));
        assert_eq!(map.pixel(0, 0, (1, 1)), Some(0.5));
        assert_eq!(map.pixel(3, 3, (4, 4)), Some(1.0));
        let flat = Map {
            range: (1.0, 1.0),
            ..map
        };
        assert_eq!(flat.pixel(0, 0, (2, 2)), Some(0.5));
        let empty = Map { values: &[], ..map };
        assert_eq!(empty.pixel(0, 0, (2, 2)), None);
    }
}
