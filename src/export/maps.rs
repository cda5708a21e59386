//! Feature maps as an image: all channels side by side with their numbers, in colours that print, and the scale below.

use super::font::Weight;
use super::scene::{Anchor, Scene};
use crate::message;
use crate::report::pass::activation::{Value, range};
use crate::report::pass::value_trace::figures;
use crate::text::Message;
use crate::weights::png;

/// Range of values between the darkest and the lightest colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Greys {
    /// Minimum and maximum of each map.
    OfMap,
    /// Minimum and maximum of all maps.
    OfAll,
}

/// Minimum pixels of a map's longer side, which keeps small maps visible.
const MIN_SIDE: usize = 32;
/// Pixels between two maps.
const GAP: usize = 3;
/// Height of the channel's number above its map.
const NUMBER: usize = 11;
/// Height of the scale below all maps.
const SCALE: usize = 26;
/// Width of the scale's bar.
const BAR: usize = 96;
/// Size of texts.
const TEXT: f64 = 9.0;

/// Colours from the smallest value to the largest: cividis, which grows evenly lighter, so it can be read in greys and by
/// colour-blind readers. Source: Nuñez, Anderton and Renslow 2018, every eighth of the map.
const COLOURS: [[u8; 3]; 9] = [
    [0, 34, 78],
    [25, 52, 109],
    [66, 78, 107],
    [95, 104, 111],
    [124, 123, 120],
    [155, 148, 119],
    [188, 175, 111],
    [222, 203, 93],
    [254, 232, 56],
];

/// Colour of a level from 0 to 1.
fn colour(level: f64) -> [u8; 3] {
    let at = level.clamp(0.0, 1.0) * (COLOURS.len() - 1) as f64;
    let first = (at as usize).min(COLOURS.len() - 2);
    let part = at - first as f64;
    let (low, high) = (COLOURS[first], COLOURS[first + 1]);
    [0, 1, 2].map(|i| (f64::from(low[i]) * (1.0 - part) + f64::from(high[i]) * part).round() as u8)
}

/// PNG file of all channels of `value` in a roughly square grid, with each value of a map as a square.
///
/// # Errors
/// There is nothing to draw.
pub fn png(value: &Value, greys: Greys) -> Result<Vec<u8>, Message> {
    let none = || message!("picture-no-pixels");
    let drawn = Tiles::of(value).ok_or_else(none)?;
    let side = |pixels: usize| u32::try_from(pixels).map_err(|_| none());
    let (columns, rows) = (side(drawn.columns)?, side(drawn.rows)?);
    let pixels = drawn.pixels(value, greys);
    let labelled = drawn.labels(value, greys).over(columns, pixels);
    png::rgb(columns, rows, &labelled)
}

/// Places of the maps in the image.
struct Tiles {
    /// Pixels of a value's side.
    scale: usize,
    /// Width and height of a map with its gap and number.
    tile: (usize, usize),
    /// Maps per row.
    across: usize,
    /// Width and height of the image.
    columns: usize,
    rows: usize,
}

impl Tiles {
    fn of(value: &Value) -> Option<Self> {
        let [height, width] = value.size;
        if value.channels == 0 || height * width == 0 {
            return None;
        }
        let scale = MIN_SIDE.div_ceil(height.max(width));
        let tile = (width * scale + GAP, height * scale + GAP + NUMBER);
        let ratio = (value.channels * tile.1) as f64 / tile.0 as f64;
        let across = (ratio.sqrt().ceil() as usize).clamp(1, value.channels);
        let down = value.channels.div_ceil(across);
        // The scale with the numbers at its ends is as wide as three bars.
        let columns = (across * tile.0 + GAP).max(3 * BAR);
        Some(Self {
            scale,
            tile,
            across,
            columns,
            rows: down * tile.1 + GAP + SCALE,
        })
    }

    /// Left and top of a channel's map.
    const fn place(&self, channel: usize) -> (usize, usize) {
        let (column, row) = (channel % self.across, channel / self.across);
        (column * self.tile.0 + GAP, row * self.tile.1 + GAP + NUMBER)
    }

    /// The maps and the bar of the scale.
    fn pixels(&self, value: &Value, greys: Greys) -> Vec<[u8; 3]> {
        let [height, width] = value.size;
        let mut pixels = vec![[255; 3]; self.columns * self.rows];
        let all = range(value.values());
        for channel in 0..value.channels {
            let map = value.channel(channel);
            let (least, most) = match greys {
                Greys::OfMap => range(map),
                Greys::OfAll => all,
            };
            let (left, top) = self.place(channel);
            for y in 0..height * self.scale {
                for x in 0..width * self.scale {
                    let element = map[(y / self.scale) * width + x / self.scale];
                    let level = if most > least {
                        f64::from(element - least) / f64::from(most - least)
                    } else {
                        0.0
                    };
                    pixels[(top + y) * self.columns + left + x] = colour(level);
                }
            }
        }
        for y in self.rows - SCALE + 8..self.rows - 6 {
            for x in 0..BAR {
                pixels[y * self.columns + BAR + x] = colour(x as f64 / (BAR - 1) as f64);
            }
        }
        pixels
    }

    /// Numbers of the channels where there is room, and the ends of the scale.
    fn labels(&self, value: &Value, greys: Greys) -> Scene {
        const INK: &str = "#000000";
        let mut scene = Scene::default();
        for channel in 0..value.channels {
            let number = channel.to_string();
            if Weight::Regular.width(&number) * TEXT < self.tile.0 as f64 {
                let (left, top) = self.place(channel);
                scene.text(
                    (left as f64, top as f64 - 2.0),
                    number,
                    TEXT,
                    Weight::Regular,
                    Anchor::Start,
                    INK,
                );
            }
        }
        let ends = match greys {
            Greys::OfMap => ["min".to_owned(), "max".to_owned()],
            Greys::OfAll => {
                let (least, most) = range(value.values());
                [figures(f64::from(least)), figures(f64::from(most))]
            }
        };
        let y = (self.rows - SCALE / 2) as f64 + 4.0;
        let [least, most] = ends;
        let left = BAR as f64 - 5.0 - Weight::Regular.width(&least) * TEXT;
        scene.text((left, y), least, TEXT, Weight::Regular, Anchor::Start, INK);
        scene.text(
            (2.0 * BAR as f64 + 5.0, y),
            most,
            TEXT,
            Weight::Regular,
            Anchor::Start,
            INK,
        );
        scene
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Tensor;
    use crate::weights::picture::Picture;

    #[test]
    fn maps_stand_side_by_side_in_their_colours_below_their_numbers() {
        let values: Vec<f32> = (0..16_u8).map(f32::from).collect();
        let tensor = Tensor::from_shape_vec(vec![1, 4, 2, 2], values).unwrap();
        let value = Value::of(Message::of("x"), &tensor);
        for (greys, last) in [(Greys::OfMap, colour(0.0)), (Greys::OfAll, colour(0.8))] {
            let tiles = Tiles::of(&value).unwrap();
            assert_eq!((tiles.across, tiles.scale), (2 + 1, 16));
            let pixels = tiles.pixels(&value, greys);
            let (left, top) = tiles.place(3);
            assert_eq!(pixels[top * tiles.columns + left], last, "{greys:?}");
            let labelled = tiles.labels(&value, greys);
            let texts: Vec<&str> = labelled.texts().collect();
            assert_eq!(texts[..4], ["0", "1", "2", "3"]);
            assert_eq!(texts[4] == "min", greys == Greys::OfMap);
            let decoded = Picture::decode(&png(&value, greys).unwrap()).unwrap();
            assert_eq!(decoded.size(), (tiles.columns as u32, tiles.rows as u32));
        }
        let nothing = Value::of(
            Message::of("x"),
            &Tensor::from_shape_vec(vec![1, 0, 1, 1], vec![]).unwrap(),
        );
        assert!(png(&nothing, Greys::OfAll).is_err());
    }

    #[test]
    fn the_colours_grow_lighter() {
        let light = |level: f64| {
            let [red, green, blue] = colour(level).map(f64::from);
            0.2126 * red + 0.7152 * green + 0.0722 * blue
        };
        let levels: Vec<f64> = (0..=100)
            .map(|step| light(f64::from(step) / 100.0))
            .collect();
        assert!(
            levels.windows(2).all(|pair| pair[0] < pair[1]),
            "{levels:?}"
        );
    }
}
