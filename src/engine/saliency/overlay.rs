//! A map in colour over its image: red where a place adds to the score, blue where it takes away.

use ndarray::{Array4, Axis};

use super::Heat;
use crate::text::Message;
use crate::weights::png;

/// Red, green and blue of a value that adds to the score, and of one that takes away.
const COLOURS: [[f32; 3]; 2] = [[255.0, 48.0, 16.0], [32.0, 96.0, 255.0]];

/// Part of the colour at the largest value.
const MOST: f32 = 0.8;

/// An image in colour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colours {
    /// Pixels per row.
    pub width: usize,
    /// Red, green and blue of each pixel, row by row.
    pub pixels: Vec<[u8; 3]>,
}

impl Colours {
    /// The first image of a batch of values from 0 to 255; `is_bgr` where its channels are blue, green and red.
    pub fn of(values: &Array4<f32>, is_bgr: bool) -> Self {
        let (_, channels, height, width) = values.dim();
        let image = values.index_axis(Axis(0), 0);
        let pixel = |at: usize| {
            let (row, column) = (at / width, at % width);
            let channel = |place: usize| {
                let place = if is_bgr { 2 - place } else { place };
                image[[place.min(channels - 1), row, column]]
                    .round()
                    .clamp(0.0, 255.0) as u8
            };
            [0, 1, 2].map(channel)
        };
        Self {
            width,
            pixels: (0..height * width).map(pixel).collect(),
        }
    }

    /// A grey image, for an input that is no picture.
    pub fn grey([height, width]: [usize; 2]) -> Self {
        Self {
            width,
            pixels: vec![[96; 3]; height * width],
        }
    }

    /// Rows.
    pub fn height(&self) -> usize {
        self.pixels.len() / self.width.max(1)
    }

    /// The image with a map over it; `most` is the value with the full colour.
    #[must_use]
    pub fn under(&self, heat: &Heat, most: f32) -> Self {
        let values = heat.over([self.height(), self.width]);
        let pairs = self.pixels.iter().zip(&values);
        let pixels = pairs.map(|(pixel, &value)| {
            let part = if most > 0.0 && value.is_finite() {
                (value.abs() / most).min(1.0) * MOST
            } else {
                0.0
            };
            let colour = COLOURS[usize::from(value < 0.0)];
            // The image loses its own colours, so that red is the map's alone.
            let [r, g, b] = pixel.map(f32::from);
            let grey = 0.299 * r + 0.587 * g + 0.114 * b;
            colour.map(|own| (grey + (own - grey) * part).round() as u8)
        });
        Self {
            width: self.width,
            pixels: pixels.collect(),
        }
    }

    /// Images of one height side by side, with a dark line between.
    ///
    /// # Panics
    /// The images differ in height.
    pub fn beside(all: &[Self]) -> Self {
        let height = all.first().map_or(0, Self::height);
        assert!(all.iter().all(|own| own.height() == height), "one height");
        let mut pixels = Vec::new();
        for row in 0..height {
            for (number, own) in all.iter().enumerate() {
                if number > 0 {
                    pixels.push([0; 3]);
                }
                pixels.extend_from_slice(&own.pixels[row * own.width..(row + 1) * own.width]);
            }
        }
        let width = all.iter().map(|own| own.width + 1).sum::<usize>();
        Self {
            width: width.saturating_sub(1),
            pixels,
        }
    }

    /// Each pixel as a square of this side.
    #[must_use]
    pub fn enlarged(&self, side: usize) -> Self {
        let rows = self.pixels.chunks(self.width.max(1));
        let rows = rows.flat_map(|row| std::iter::repeat_n(row, side));
        let pixels =
            rows.flat_map(|row| row.iter().flat_map(|&own| std::iter::repeat_n(own, side)));
        Self {
            width: self.width * side,
            pixels: pixels.collect(),
        }
    }

    /// The image in fewer pixels: each is the mean of those that it replaces.
    #[must_use]
    pub fn within(&self, columns: usize) -> Self {
        if self.width <= columns || columns == 0 {
            return self.clone();
        }
        let rows = (self.height() * columns).div_ceil(self.width).max(1);
        let span = |at: usize, of: usize, side: usize| {
            let start = at * side / of;
            start..((at + 1) * side / of).max(start + 1)
        };
        let mut pixels = Vec::with_capacity(rows * columns);
        for row in 0..rows {
            for column in 0..columns {
                let (mut sums, mut count) = ([0_usize; 3], 0);
                for y in span(row, rows, self.height()) {
                    for x in span(column, columns, self.width) {
                        let pixel = self.pixels[y * self.width + x];
                        for (sum, value) in sums.iter_mut().zip(pixel) {
                            *sum += usize::from(value);
                        }
                        count += 1;
                    }
                }
                pixels.push(sums.map(|sum| (sum / count) as u8));
            }
        }
        Self {
            width: columns,
            pixels,
        }
    }

    /// Bytes of a PNG file.
    ///
    /// # Errors
    /// The image has no pixels, or the encoder fails.
    pub fn png(&self) -> Result<Vec<u8>, Message> {
        png::rgb(self.width as u32, self.height() as u32, &self.pixels)
    }
}

#[cfg(test)]
mod tests {
    use ndarray::arr2;

    use super::*;

    #[test]
    fn what_adds_is_red_and_what_takes_away_is_blue() {
        let heat = Heat {
            class: 0,
            score: 1.0,
            at: None,
            values: arr2(&[[1.0, -1.0, 0.0]]),
        };
        let image = Colours::grey([1, 3]);
        let over = image.under(&heat, 1.0);
        let [red, _, blue] = over.pixels[0];
        assert!(red > blue);
        let [red, _, blue] = over.pixels[1];
        assert!(red < blue);
        assert_eq!(over.pixels[2], [96; 3]);
        let both = Colours::beside(&[image, over]);
        assert_eq!((both.width, both.height(), both.pixels[3]), (7, 1, [0; 3]));
        let large = both.enlarged(3);
        assert_eq!((large.width, large.height()), (21, 3));
        assert_eq!(large.within(7), both);
        assert!(large.png().expect("an image").starts_with(b"\x89PNG"));
    }
}
