//! Feature maps as an image: all channels side by side, in greys.

use crate::message;
use crate::report::pass::activation::{Value, range};
use crate::text::Message;
use crate::weights::png;

/// Range of values between black and white.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Greys {
    /// Minimum and maximum of each map.
    OfMap,
    /// Minimum and maximum of all maps.
    OfAll,
}

/// Minimum pixels of a map's longer side, which keeps small maps visible.
const MIN_SIDE: usize = 32;
/// Pixels between two maps, in a middle grey.
const GAP: usize = 1;
const BETWEEN: u8 = 128;

/// PNG file of all channels of `value` in a roughly square grid, with each value of a map as a square.
///
/// # Errors
/// There is nothing to draw.
pub fn png(value: &Value, greys: Greys) -> Result<Vec<u8>, Message> {
    let (columns, pixels) = tiled(value, greys);
    let rows = pixels.len() / columns.max(1);
    let side = |pixels: usize| u32::try_from(pixels).map_err(|_| message!("picture-no-pixels"));
    png::grey(side(columns)?, side(rows)?, &pixels)
}

/// The grid: pixels per row, and all pixels row by row.
fn tiled(value: &Value, greys: Greys) -> (usize, Vec<u8>) {
    let [height, width] = value.size;
    if value.channels == 0 || height * width == 0 {
        return (0, Vec::new());
    }
    let scale = MIN_SIDE.div_ceil(height.max(width));
    let (tile_width, tile_height) = (width * scale + GAP, height * scale + GAP);
    let ratio = (value.channels * tile_height) as f64 / tile_width as f64;
    let across = (ratio.sqrt().ceil() as usize).clamp(1, value.channels);
    let down = value.channels.div_ceil(across);
    let (columns, rows) = (across * tile_width + GAP, down * tile_height + GAP);
    let mut pixels = vec![BETWEEN; columns * rows];
    let all = range(value.values());
    for channel in 0..value.channels {
        let map = value.channel(channel);
        let (least, most) = match greys {
            Greys::OfMap => range(map),
            Greys::OfAll => all,
        };
        let left = (channel % across) * tile_width + GAP;
        let top = (channel / across) * tile_height + GAP;
        for y in 0..height * scale {
            for x in 0..width * scale {
                let element = map[(y / scale) * width + x / scale];
                let level = if most > least {
                    f64::from(element - least) / f64::from(most - least)
                } else {
                    0.0
                };
                pixels[(top + y) * columns + left + x] = (level.clamp(0.0, 1.0) * 255.0) as u8;
            }
        }
    }
    (columns, pixels)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Tensor;
    use crate::weights::picture::Picture;

    #[test]
    fn maps_stand_side_by_side_in_their_greys() {
        let values: Vec<f32> = (0..16_u8).map(f32::from).collect();
        let tensor = Tensor::from_shape_vec(vec![1, 4, 2, 2], values).unwrap();
        let value = Value::of(Message::of("x"), &tensor);
        for (greys, last) in [(Greys::OfMap, 0), (Greys::OfAll, 204)] {
            // Two by two maps of 32 pixels with a line around each.
            let (columns, pixels) = tiled(&value, greys);
            assert_eq!((columns, pixels.len()), (67, 67 * 67));
            assert_eq!(
                [pixels[0], pixels[34 * 67 + 34]],
                [BETWEEN, last],
                "{greys:?}"
            );
            let decoded = Picture::decode(&png(&value, greys).unwrap()).unwrap();
            assert_eq!(decoded.size(), (67, 67));
        }
        let nothing = Value::of(
            Message::of("x"),
            &Tensor::from_shape_vec(vec![1, 0, 1, 1], vec![]).unwrap(),
        );
        assert!(png(&nothing, Greys::OfAll).is_err());
    }
}
