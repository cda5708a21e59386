//! Pixels of a map: painted in half blocks by the view, or more finely on a terminal that supports it.

use std::ops::Range;

use ratatui::layout::Rect;

use crate::analysis::Region;
use crate::tui::kit::theme::blend;

/// Most rows and columns of a photograph that are sampled for one pixel of the screen.
const SAMPLES: usize = 12;

/// Visible pictures, for a terminal that can draw them more finely.
pub type Pictures<'a> = Vec<Picture<'a>>;

/// Values in rows, with their range from black to white.
#[derive(Debug, Clone, Copy)]
pub struct Map<'m> {
    /// Values, row by row.
    pub values: &'m [f32],
    /// Values per row.
    pub width: usize,
    /// Values of black and white.
    pub range: (f32, f32),
    /// Whether there are three planes, one after the other: red, green and blue.
    pub is_colour: bool,
}

impl<'m> Map<'m> {
    /// A map of values in rows of this width, with the values of black and white.
    pub const fn new(values: &'m [f32], width: usize, range: (f32, f32)) -> Self {
        Self {
            values,
            width,
            range,
            is_colour: false,
        }
    }

    /// The same values as three planes: red, green and blue.
    #[must_use]
    pub const fn coloured(self) -> Self {
        Self {
            is_colour: true,
            ..self
        }
    }

    /// Its planes: one of greys, or three.
    fn planes(self) -> impl Iterator<Item = Self> {
        let count = if self.is_colour { 3 } else { 1 };
        let area = (self.values.len() / count).max(1);
        let planes = self.values.chunks(area).take(count);
        planes.map(move |values| Map {
            values,
            is_colour: false,
            ..self
        })
    }
}

impl Map<'_> {
    /// Height and width of the map, in values.
    pub fn size(&self) -> [usize; 2] {
        let width = self.width.max(1);
        let planes = if self.is_colour { 3 } else { 1 };
        [(self.values.len() / planes).div_ceil(width), width]
    }

    /// Red, green and blue of a pixel, from 0 to 1; the same value three times for greys, `None` if there is no value.
    pub(in crate::tui) fn colour(
        &self,
        column: usize,
        row: usize,
        size: (usize, usize),
    ) -> Option<[f32; 3]> {
        let mut levels = self.planes().map(|plane| plane.level(column, row, size));
        let red = levels.next()??;
        let mut next = || levels.next().flatten().unwrap_or(red);
        Some([red, next(), next()])
    }

    /// Brightness of a pixel of the first plane.
    pub(in crate::tui) fn pixel(
        &self,
        column: usize,
        row: usize,
        size: (usize, usize),
    ) -> Option<f32> {
        self.colour(column, row, size).map(|[level, ..]| level)
    }

    /// Brightness of a pixel of one plane, from 0 for black to 1 for white: the mean of its values, from at most [`SAMPLES`] rows and
    /// columns; `None` if it has none.
    fn level(&self, column: usize, row: usize, (columns, rows): (usize, usize)) -> Option<f32> {
        let width = self.width.max(1);
        let height = self.values.len().div_ceil(width);
        let span = |at: usize, pixels: usize, side: usize| {
            let start = at * side / pixels.max(1);
            start..((at + 1) * side / pixels.max(1)).max(start + 1).min(side)
        };
        let mut sum = 0.0;
        let mut count = 0.0;
        let mut is_there = false;
        let (down, across) = (span(row, rows, height), span(column, columns, width));
        let step = |span: &Range<usize>| span.len().div_ceil(SAMPLES).max(1);
        for y in down.clone().step_by(step(&down)) {
            for x in across.clone().step_by(step(&across)) {
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
            // A map with a single value has no contrast.
            0.5
        };
        is_there.then_some(level)
    }
}

/// Map on the screen.
#[derive(Debug, Clone, Copy)]
pub struct Picture<'m> {
    /// Cells that it fills.
    pub area: Rect,
    /// Map that it shows.
    pub map: Map<'m>,
    /// First and last row and column of a region whose border is drawn.
    pub mark: Option<[[usize; 2]; 2]>,
    /// Grey level of zero if signs have colours: the range of the map is then symmetric.
    pub ground: Option<f32>,
}

/// RGB pixels, row by row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pixels {
    /// Pixels per row.
    pub width: usize,
    /// Number of rows.
    pub height: usize,
    /// Three bytes per pixel.
    pub rgb: Vec<u8>,
}

/// Colour of a marked border.
const AMBER: [u8; 3] = [255, 176, 32];

impl<'m> Picture<'m> {
    /// A picture of a map that fills these cells.
    pub const fn new(area: Rect, map: Map<'m>) -> Self {
        Self {
            area,
            map,
            mark: None,
            ground: None,
        }
    }

    /// The same picture with a colour for each sign, on a ground of this grey level.
    #[must_use]
    pub const fn signed(self, ground: f32) -> Self {
        Self {
            ground: Some(ground),
            ..self
        }
    }

    /// The same picture with the border of a region.
    #[must_use]
    pub fn marked(self, region: Option<Region>) -> Self {
        let side = |[first, last]: [u64; 2]| [first as usize, last as usize];
        Self {
            mark: region.map(|region| [side(region.rows), side(region.columns)]),
            ..self
        }
    }

    /// Pixels of the picture at this width and height: each is a value of the map, or the mean of several.
    pub fn pixels(&self, (width, height): (usize, usize)) -> Pixels {
        let [rows, columns] = self.map.size();
        let mut rgb = Vec::with_capacity(width * height * 3);
        for row in 0..height {
            for column in 0..width {
                let levels = self.map.colour(column, row, (width, height));
                let levels = levels.unwrap_or_default();
                rgb.extend(match self.ground {
                    Some(ground) => blend(ground, 2.0 * levels[0] - 1.0),
                    None => levels.map(|level| (level * 255.0).round() as u8),
                });
            }
        }
        if let Some([marked_rows, marked_columns]) = self.mark {
            let span = |[first, last]: [usize; 2], side: usize, pixels: usize| {
                let start = first * pixels / side.max(1);
                let end = (last + 1) * pixels / side.max(1);
                start..end.clamp(start + 1, pixels.max(start + 1))
            };
            let rows = visible(span(marked_rows, rows, height), height);
            let columns = visible(span(marked_columns, columns, width), width);
            let thick = (width.min(height) / 100).max(1);
            for row in rows.clone() {
                for column in columns.clone() {
                    let is_border = row < rows.start + thick
                        || row + thick >= rows.end
                        || column < columns.start + thick
                        || column + thick >= columns.end;
                    let at = (row * width + column) * 3;
                    if is_border && let Some(pixel) = rgb.get_mut(at..at + 3) {
                        pixel.copy_from_slice(&AMBER);
                    }
                }
            }
        }
        Pixels { width, height, rgb }
    }
}

/// Span of a mark, widened until it is visible: a cell of a large map may be one pixel of many.
const fn visible(span: Range<usize>, pixels: usize) -> Range<usize> {
    const LEAST: usize = 7;
    let lacks = LEAST.saturating_sub(span.end - span.start) / 2;
    if lacks == 0 || pixels < 10 * LEAST {
        return span;
    }
    let end = span.end + lacks;
    span.start.saturating_sub(lacks)..if end < pixels { end } else { pixels }
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "these numbers are exact in binary")]
mod tests {
    use super::*;

    /// Grey level of a pixel.
    fn grey(map: Map<'_>, column: usize, row: usize, size: (usize, usize)) -> Option<f32> {
        map.colour(column, row, size).map(|[level, ..]| level)
    }

    #[test]
    fn a_pixel_is_the_mean_of_what_falls_into_it() {
        let values = [0.0, 1.0, 1.0, 2.0];
        let map = Map::new(&values, 2, (0.0, 2.0));
        assert_eq!(grey(map, 0, 0, (2, 2)), Some(0.0));
        assert_eq!(grey(map, 1, 1, (2, 2)), Some(1.0));
        assert_eq!(grey(map, 0, 0, (1, 1)), Some(0.5));
        assert_eq!(grey(map, 3, 3, (4, 4)), Some(1.0));
        let flat = Map {
            range: (1.0, 1.0),
            ..map
        };
        assert_eq!(grey(flat, 0, 0, (2, 2)), Some(0.5));
        let picture = Picture::new(Rect::new(0, 0, 1, 1), map);
        assert_eq!(
            picture.pixels((2, 1)).rgb,
            [64, 64, 64, 191, 191, 191],
            "means of the columns"
        );
        let marked = picture.marked(Some(Region::cell(0, 1))).pixels((2, 2));
        assert_eq!(marked.rgb[..3], [0, 0, 0]);
        assert_eq!(marked.rgb[3..6], AMBER);
        let signed = Picture::new(Rect::new(0, 0, 1, 1), map).signed(0.0);
        assert_eq!(
            signed.pixels((2, 2)).rgb[..9],
            [34, 82, 217, 0, 0, 0, 0, 0, 0],
            "blue below the middle of the range, black at it"
        );
        let empty = Map { values: &[], ..map };
        assert_eq!(grey(empty, 0, 0, (2, 2)), None);
    }

    #[test]
    fn three_planes_are_a_colour() {
        let values = [1.0, 0.0, 0.5, 0.0, 0.0, 1.0];
        let map = Map::new(&values, 2, (0.0, 1.0)).coloured();
        assert_eq!(map.size(), [1, 2]);
        assert_eq!(map.colour(0, 0, (2, 1)), Some([1.0, 0.5, 0.0]));
        let picture = Picture::new(Rect::new(0, 0, 2, 1), map);
        assert_eq!(picture.pixels((2, 1)).rgb, [255, 128, 0, 0, 0, 255]);
    }
}
