//! Prices of a convolution's work: tiles, transformed numbers, weights.

use crate::engine::levels::{Known, Levels};
use crate::kernels::direct::RESIDENT;
use crate::kernels::tile::SHAPES;

/// Prices in multiplications, from constants or from the measured rates of a machine.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Prices {
    /// Price of a tile by shape, in pixels of a large one.
    pub(super) tiles: [f32; SHAPES.len()],
    /// Seconds of a multiplication in a large tile, on one thread.
    pub(super) multiplication: f64,
    /// Bytes of direct weights that stay in the second-level cache while all pixels pass by.
    pub(super) resident: usize,
    /// Numbers of a strip of transformed tiles that stay in it, besides some weights.
    pub(super) strip: usize,
}

/// Price of a number that is transformed, in multiplications, where nothing is measured.
pub(super) const MOVED: f64 = 10.0;
/// Price of a weight that is read from memory, in multiplications, where nothing is measured.
pub(super) const WEIGHT: f64 = 8.0;

impl Prices {
    /// Constants, measured on AVX-512 of Zen 4: without a measurement, every machine makes the choices of that one.
    pub(super) const CONSTANT: Self = Self {
        // A small tile waits for its own sums.
        tiles: [14.0, 14.0, 8.0, 7.0, 6.0, 4.5, 4.0, 4.0],
        multiplication: 1.0 / 55e9,
        resident: RESIDENT,
        strip: 160 << 10,
    };

    /// Prices on a machine.
    pub(super) fn of(known: Option<&Known>) -> Self {
        known.map_or(Self::CONSTANT, |known| Self::measured(&known.levels))
    }

    fn measured(levels: &Levels) -> Self {
        let fastest = levels.fastest();
        let mut tiles = Self::CONSTANT.tiles;
        for (shape, price) in tiles.iter_mut().enumerate() {
            let pixels = SHAPES[shape][0] * SHAPES[shape][1];
            if let Some(rate) = levels.tile(shape) {
                *price = (pixels as f64 * fastest / rate) as f32;
            }
        }
        let cache = levels.caches[1] as usize;
        Self {
            tiles,
            multiplication: 2.0 / fastest,
            // Half of the cache for weights; five eighths for a strip, whose weights pass by.
            resident: cache / 2,
            strip: cache / 8 * 5 / size_of::<f32>(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_like_the_constants_has_their_prices() {
        let names = ["1x14", "2x7", "1x8", "1x7", "1x6", "1x4", "1x2", "1x1"];
        let all = Prices::CONSTANT;
        let tiles = names.iter().enumerate().map(|(shape, name)| {
            let pixels = SHAPES[shape].iter().product::<usize>() as f64;
            let rate = 110e9 * pixels / f64::from(all.tiles[shape]);
            ((*name).to_owned(), rate)
        });
        let levels = Levels {
            processor: String::new(),
            kernel: "avx512".to_owned(),
            tiles: tiles.collect(),
            caches: [32 << 10, 1 << 20, 32 << 20],
            rates: [200e9, 86e9, 50e9, 27e9],
        };
        let found = Prices::of(Some(&Known::new(levels)));
        let close = |a: f64, b: f64| (a / b - 1.0).abs() < 1e-6;
        assert!(close(found.multiplication, all.multiplication));
        assert!((found.resident, found.strip) == (all.resident, all.strip));
        for (found, own) in found.tiles.into_iter().zip(all.tiles) {
            assert!(close(found.into(), own.into()), "{found} {own}");
        }
        assert_eq!(Prices::of(None), all);
    }
}
