//! The levels that numbers are read from, as measured on this machine, and the time of a step under them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::kernels::isa::Isa;
use crate::kernels::measure::{read_rate, tile_flops};
use crate::kernels::tile::SHAPES;
use crate::sorting::Sorting;

/// Rates of one thread, and sizes of the caches.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Levels {
    /// Name of the processor.
    pub processor: String,
    /// Name of the kernels that were measured.
    pub kernel: String,
    /// FLOPs per second of a direct convolution in the first-level cache, by shape of its tiles (`1x14`), the fastest first.
    pub tiles: Vec<(String, f64)>,
    /// Bytes of the caches: first, second and third level.
    pub caches: [u64; 3],
    /// Bytes per second read from the three caches and from memory.
    pub rates: [f64; 4],
}

/// Form of the kept file: another one is measured again.
pub const VERSION: u32 = 3;

/// Knowledge of a machine: its rates, and the passes that were raced on it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Known {
    /// [`VERSION`] of the program that wrote it.
    pub version: u32,
    /// Measured rates.
    pub levels: Levels,
    /// Ways that won against the constants in a race of a whole pass, by the name of the pass: of all its convolutions, in
    /// their order. They count for no other pass: what is faster in one can be slower in another, which leaves other numbers in
    /// the caches.
    #[serde(default)]
    pub passes: BTreeMap<String, Ways>,
}

/// Ways to compute the convolutions of a pass, where they differ from the constants'.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ways {
    /// Basis of their choice.
    pub by: Basis,
    /// Median time of the pass in ms when it was raced: by constants, and by these ways.
    pub ms: [f64; 2],
    /// Name of a way, by the name of the convolution.
    pub of: BTreeMap<String, String>,
}

/// Basis of the choice among ways that were raced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// The measured rates.
    Rates,
    /// The time of each way.
    Timed,
}

impl Known {
    /// Rates without races.
    pub fn new(levels: Levels) -> Self {
        Self {
            version: VERSION,
            levels,
            passes: BTreeMap::new(),
        }
    }

    /// Whether it is of this version, and its numbers can be those of a machine.
    pub fn is_sound(&self) -> bool {
        self.version == VERSION && self.levels.is_sound()
    }
}

/// Limit of a step: what takes longest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// Multiply-adds.
    Arithmetic,
    /// Reads from the second-level cache.
    L2,
    /// Reads from the third-level cache.
    L3,
    /// Reads from memory.
    Memory,
}

impl Limit {
    /// Name for scripts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Arithmetic => "arithmetic",
            Self::L2 => "l2",
            Self::L3 => "l3",
            Self::Memory => "memory",
        }
    }
}

/// Work of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StepWork {
    /// Multiplications that its method does.
    pub multiplications: u64,
    /// Bytes of its weights.
    pub weights: u64,
    /// Bytes of the maps that it reads and writes.
    pub maps: u64,
    /// Those of one turn, which are near when the next step reads them.
    pub near: u64,
}

/// Turns of the measurements.
const TURNS: usize = 16;

/// Name of a tile's shape.
fn name([rows, pixels]: [usize; 2]) -> String {
    format!("{rows}x{pixels}")
}

impl Levels {
    /// Measures the levels, which takes about a tenth of a second and a memory of twice the third-level cache. `None` if the
    /// processor lacks the instructions.
    pub fn measure(isa: Isa, processor: String, caches: [u64; 3]) -> Option<Self> {
        let [l1, l2, l3] = caches.map(|bytes| bytes as usize);
        // Half of a cache is read from it alone; twice the last one from memory.
        let numbers = vec![1.0_f32; 2 * l3 / size_of::<f32>()];
        let reads = [l1 / 2, l2 / 2, l3 / 4, 2 * l3].map(|bytes| bytes / size_of::<f32>());
        let mut of_tiles = [0.0_f64; SHAPES.len()];
        let mut rates = [0.0_f64; 4];
        // In turns: a processor that wakes up, or is busy with something else for a while, slows none of them more than others.
        for turn in 0..TURNS {
            for (shape, rate) in of_tiles.iter_mut().enumerate() {
                *rate = tile_flops(isa, shape).unwrap_or(0.0).max(*rate);
            }
            for (level, rate) in rates.iter_mut().enumerate() {
                // Large arrays take milliseconds, and are read in fewer turns.
                if level < 2 || turn % 8 == 0 {
                    *rate = read_rate(isa, &numbers[..reads[level]])?.max(*rate);
                }
            }
        }
        let mut tiles: Vec<(String, f64)> = isa
            .tiles()
            .iter()
            .map(|&shape| (name(SHAPES[shape]), of_tiles[shape]))
            .collect();
        tiles.order_by(|a, b| b.1.total_cmp(&a.1));
        Some(Self {
            processor,
            kernel: isa.name().to_owned(),
            tiles,
            caches,
            rates,
        })
    }

    /// Whether the numbers can be those of a machine.
    pub fn is_sound(&self) -> bool {
        let tiles = self.tiles.iter().map(|(_, rate)| *rate);
        let is_rate = |rate: f64| rate.is_finite() && rate > 0.0;
        !self.tiles.is_empty()
            && tiles.chain(self.rates).all(is_rate)
            && self.caches.is_sorted()
            && self.caches[0] > 0
    }

    /// FLOPs per second of the fastest tile.
    pub fn fastest(&self) -> f64 {
        let rates = self.tiles.iter().map(|(_, rate)| *rate);
        rates.fold(0.0, f64::max)
    }

    /// FLOPs per second of tiles with the shape of this number, if it was measured.
    pub fn tile(&self, shape: usize) -> Option<f64> {
        let own = name(SHAPES[shape]);
        let mut tiles = self.tiles.iter();
        Some(tiles.find(|(name, _)| *name == own)?.1)
    }

    /// Bytes per second at which all of `threads` together read numbers again that are `bytes` long, and the level they come
    /// from.
    pub fn level(&self, bytes: u64, threads: usize) -> (f64, Limit) {
        let threads = threads.max(1) as f64;
        let [_, l2, l3, memory] = self.rates;
        let [_, second, third] = self.caches;
        if bytes as f64 <= second as f64 * threads {
            (l2 * threads, Limit::L2)
        } else if bytes <= third {
            (l3 * threads, Limit::L3)
        } else {
            // Threads share the memory.
            (memory, Limit::Memory)
        }
    }

    /// Seconds that a step takes at least on `threads` threads, and what limits it, in a pass that reads `all` bytes of weights
    /// and maps: a step's own are where the others' have left them.
    pub fn predicted(&self, work: StepWork, all: u64, threads: usize) -> (f64, Limit) {
        let seconds = |bytes: u64, (rate, limit): (f64, Limit)| (bytes as f64 / rate, limit);
        let fastest = self.fastest() * threads.max(1) as f64;
        [
            (
                2.0 * work.multiplications as f64 / fastest,
                Limit::Arithmetic,
            ),
            seconds(work.weights, self.level(all, threads)),
            seconds(work.maps, self.level(work.near, threads)),
        ]
        .into_iter()
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .unwrap_or((0.0, Limit::Arithmetic))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn levels() -> Levels {
        Levels {
            processor: "a processor".to_owned(),
            kernel: "avx512".to_owned(),
            tiles: vec![("1x14".to_owned(), 100e9), ("1x4".to_owned(), 50e9)],
            caches: [32 << 10, 1 << 20, 32 << 20],
            rates: [200e9, 90e9, 30e9, 15e9],
        }
    }

    #[test]
    fn what_takes_longest_limits() {
        let work = StepWork {
            multiplications: 50_000_000,
            weights: 3_000_000,
            maps: 900_000,
            near: 900_000,
        };
        let (seconds, limit) = levels().predicted(work, 20 << 20, 1);
        assert!((seconds - 1e-3).abs() < 1e-9 && limit == Limit::Arithmetic);
        let many = StepWork {
            weights: 60_000_000,
            ..work
        };
        let (seconds, limit) = levels().predicted(many, 20 << 20, 1);
        assert!((seconds - 2e-3).abs() < 1e-9 && limit == Limit::L3);
        // Weights that no cache holds come from memory, which two threads share.
        let (seconds, limit) = levels().predicted(many, 99 << 20, 2);
        assert!((seconds - 4e-3).abs() < 1e-9 && limit == Limit::Memory);
        // Maps of a whole batch come from memory, those of a turn from a cache.
        let large = StepWork {
            maps: 180_000_000,
            near: 180_000_000,
            ..work
        };
        let (seconds, limit) = levels().predicted(large, 20 << 20, 1);
        assert!((seconds - 12e-3).abs() < 1e-9 && limit == Limit::Memory);
        let turns = StepWork {
            near: 900_000,
            ..large
        };
        let (seconds, limit) = levels().predicted(turns, 20 << 20, 1);
        assert!((seconds - 2e-3).abs() < 1e-9 && limit == Limit::L2);
    }

    #[test]
    fn this_machine_has_levels_and_an_impossible_one_is_unsound() {
        let isa = Isa::best();
        let own = Levels::measure(isa, String::new(), [32 << 10, 256 << 10, 1 << 20]);
        assert!(own.unwrap().is_sound());
        let mut wrong = levels();
        wrong.rates[2] = 0.0;
        assert!(levels().is_sound() && !wrong.is_sound());
    }
}
