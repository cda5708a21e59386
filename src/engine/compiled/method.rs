//! The method of a convolution and the division of its work, chosen by their predicted time within the choices of a plan.

use super::candidate::{Candidate, Sizes};
use super::choices::Choices;
use super::fold::sizes;
use super::options::By;
use super::prices::{MOVED, Prices, WEIGHT};
use super::spans::row_cost;
use super::strips::strips;
use crate::engine::levels::{Basis, Levels, Limit, Ways};
use crate::kernels::direct::Split;
use crate::kernels::pack;
use crate::kernels::simd::BLOCK;
use crate::network::layer::Conv2d;
use crate::sorting::Sorting;
use crate::text::format::dims;

/// Method of a convolution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    /// Direct: every output sums its window.
    Direct {
        /// Zeros that it reads on each side.
        padding: usize,
        /// Whether its input has few enough channels to lie better in planes.
        few: bool,
    },
    /// Transformed tiles, with this number of outputs along a side.
    Winograd(usize),
}

/// Reason of a choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// There is only one candidate, or it was demanded.
    Only,
    /// The least time by constants.
    Constants,
    /// The least time by the measured rates of the machine; outside of a race, in a pass that has won it.
    Rates,
    /// The least time when it was timed on this machine, in a pass that has won a race.
    Timed,
}

impl Reason {
    fn of(basis: Basis) -> Self {
        match basis {
            Basis::Rates => Self::Rates,
            Basis::Timed => Self::Timed,
        }
    }

    /// Name for scripts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Only => "only",
            Self::Constants => "constants",
            Self::Rates => "rates",
            Self::Timed => "timed",
        }
    }
}

/// Choice of a candidate, with the predicted seconds of each.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// Name of the convolution, among those that were timed.
    pub name: String,
    /// Candidate that was taken.
    pub taken: Candidate,
    /// Reason for it.
    pub reason: Reason,
    /// Candidates with their predicted seconds, the fastest first.
    pub predicted: Vec<(Candidate, f64)>,
}

impl Choice {
    /// The same choice for a step that is done so many times.
    pub(super) fn times(&self, turns: usize) -> Self {
        let all = |&(way, seconds): &(Candidate, f64)| (way, seconds * turns as f64);
        Self {
            predicted: self.predicted.iter().map(all).collect(),
            ..self.clone()
        }
    }
}

/// Channels up to which planes waste less than a block that is mostly zeros.
const FEW: u64 = 4;

/// The candidate with the least predicted time for a convolution of an input of `channels × height × width`, as a method.
pub(super) fn method(
    conv: &Conv2d,
    [channels, height, width]: [usize; 3],
    choices: Choices,
) -> (Method, Choice) {
    let window = &conv.window;
    let padding = window.padding[0].max(window.padding[1]) as usize;
    let direct = Method::Direct {
        padding,
        few: conv.in_channels <= FEW && conv.groups == 1,
    };
    let problem = Problem::of(conv, [channels, height, width], choices.images);
    let choice = choose(&problem, choices);
    let method = choice.taken.side.map_or(direct, Method::Winograd);
    (method, choice)
}

fn choose(problem: &Problem, choices: Choices) -> Choice {
    let fits = |own: &Candidate| {
        own.side.is_none() || choices.winograd && problem.fits && problem.outputs() > 0
    };
    let plain: Vec<Candidate> = Candidate::unmeasured().filter(fits).collect();
    let all: Vec<Candidate> = match choices.known {
        Some(_) => Candidate::on(choices.threads).filter(fits).collect(),
        None => plain.clone(),
    };
    let name = problem.name(choices);
    let mut predicted: Vec<(Candidate, f64)> = all
        .iter()
        .map(|own| (*own, problem.seconds(*own, choices)))
        .collect();
    // Of equal ones, the first in the list stays first.
    predicted.order_by(|a, b| a.1.total_cmp(&b.1));
    let by_constants = || {
        let cost = |own: &Candidate| problem.constant(own.side, choices);
        let mut all = plain.iter().copied();
        let first = all.next().unwrap_or(DIRECT);
        let least = all.fold(first, |a, b| if cost(&b) < cost(&a) { b } else { a });
        let is_only = plain.len() == 1;
        let reason = if is_only {
            Reason::Only
        } else {
            Reason::Constants
        };
        (least, reason)
    };
    let raced = |ways: &Ways| {
        // Where memory is short, weights cost more than the time that was measured.
        let way = ways.of.get(&name).filter(|_| choices.scarcity <= 1.0)?;
        let way = Candidate::parse(way).filter(|own| all.contains(own))?;
        Some((way, Reason::of(ways.by)))
    };
    let (taken, reason) = match (choices.by, predicted.first()) {
        (By::One(way), _) => (Some(way).filter(fits).unwrap_or(DIRECT), Reason::Only),
        (By::Ways(ways), _) => raced(ways).unwrap_or_else(by_constants),
        (By::Rates, Some((least, _))) if choices.known.is_some() => (*least, Reason::Rates),
        _ => by_constants(),
    };
    Choice {
        name,
        taken,
        reason,
        predicted,
    }
}

const DIRECT: Candidate = Candidate {
    side: None,
    split: None,
    strip: 1,
    sizes: Sizes::Constant,
};

/// A convolution, as far as its time depends on it.
struct Problem {
    /// Kernel, stride, padding, dilation and groups, as in the name.
    window: String,
    /// Input channels, and output channels.
    channels: [usize; 2],
    /// Rows and pixels of the input, and of the output.
    x: [usize; 2],
    y: [usize; 2],
    images: usize,
    /// Taps of the window.
    area: usize,
    /// Products of input and output channels, group by group.
    matrix: f64,
    /// Whether tiles can be transformed.
    fits: bool,
    /// Whether rows follow each other without gaps.
    flat: bool,
}

impl Problem {
    fn of(conv: &Conv2d, [channels, height, width]: [usize; 3], images: usize) -> Self {
        let window = &conv.window;
        let grouping = pack::grouping(sizes(conv));
        let output = window.output([height as u64, width as u64]);
        let fits = window.kernel == [3, 3]
            && window.stride == [1, 1]
            && window.dilation == [1, 1]
            && window.padding[0] == window.padding[1]
            && channels >= BLOCK
            && conv.out_channels as usize >= BLOCK;
        Self {
            window: format!(
                "{} /{} +{} *{} g{}",
                dims(window.kernel),
                dims(window.stride),
                dims(window.padding),
                dims(window.dilation),
                conv.groups
            ),
            channels: [channels, conv.out_channels as usize],
            x: [height, width],
            y: output.map_or([0, 0], |output| output.map(|n| n as usize)),
            images,
            area: (window.kernel[0] * window.kernel[1]) as usize,
            matrix: (grouping.groups * grouping.inputs * grouping.outputs) as f64,
            fits,
            flat: window.kernel == [1, 1] && window.stride == [1, 1] && window.padding == [0, 0],
        }
    }

    fn outputs(&self) -> usize {
        self.y[0] * self.y[1]
    }

    /// Name among the timed convolutions: everything that its time depends on, but for the processor and its kernels.
    fn name(&self, choices: Choices) -> String {
        let numbers = if choices.bf16.is_some() {
            "bf16"
        } else {
            "f32"
        };
        format!(
            "{} {}→{} {} batch {} threads {} {numbers}",
            self.window,
            self.channels[0],
            self.channels[1],
            dims(self.x),
            self.images,
            choices.threads
        )
    }

    /// Predicted seconds of a candidate.
    fn seconds(&self, candidate: Candidate, choices: Choices) -> f64 {
        let each = choices.prices.multiplication / choices.threads as f64;
        match choices.known {
            Some(known) => self.measured(candidate, choices, &known.levels),
            None => self.constant(candidate.side, choices) * each,
        }
    }

    /// Price by constants, in multiplications.
    fn constant(&self, side: Option<usize>, choices: Choices) -> f64 {
        let cost = |width| f64::from(row_cost(width, choices.isa, &Prices::CONSTANT.tiles));
        let ([rows, columns], images) = (self.y, self.images as f64);
        // Threads do not count, so that their number does not change a result.
        let weight = WEIGHT * choices.scarcity;
        let Some(side) = side else {
            let each = self.area as f64 * self.matrix;
            return images * cost(columns) * rows as f64 * each + weight * each;
        };
        let places = places(side);
        let tiles = self.tiles(side);
        let products = places * cost(tiles) * self.matrix;
        products + MOVED * self.moved(side) + weight * places * self.matrix
    }

    /// Seconds by measured rates: products in tiles of their shape on the busiest thread, and numbers from the levels where
    /// they lie.
    fn measured(&self, candidate: Candidate, choices: Choices, levels: &Levels) -> f64 {
        let Choices {
            isa,
            threads,
            prices,
            ..
        } = choices;
        let cost = |width| f64::from(row_cost(width, isa, &prices.tiles));
        let each = prices.multiplication;
        // Whole pieces for each thread: the busiest one has the most.
        let busiest = |pieces: usize| pieces.div_ceil(threads) as f64 / pieces.max(1) as f64;
        let filters = self.channels[1].div_ceil(isa.tile_blocks() * BLOCK);
        let by_channels = candidate.split == Some(Split::Channels);
        let (far, level) = levels.level(choices.all_weights, threads);
        // Threads that read the same weights at the same time share them from memory on, not from a cache on.
        let shares = if level == Limit::Memory {
            1.0
        } else {
            threads as f64
        };
        let scarcity = choices.scarcity;
        let maps = |readers: f64| {
            let numbers = |[rows, columns]: [usize; 2], channels| {
                (self.images * rows * columns * channels * size_of::<f32>()) as f64
            };
            let read = numbers(self.x, self.channels[0]);
            let written = numbers(self.y, self.channels[1]);
            let (rate, _) = levels.level((read + written) as u64, threads);
            (readers * read + written) / rate
        };
        let Some(side) = candidate.side else {
            let [rows, columns] = if self.flat {
                [1, self.outputs()]
            } else {
                self.y
            };
            let lines = rows * self.images;
            let pieces = lines * columns.div_ceil(14).max(1);
            let share = if by_channels {
                busiest(filters)
            } else {
                busiest(pieces)
            };
            let kernels = self.area as f64 * self.matrix;
            let products = cost(columns) * lines as f64 * kernels * each * share;
            let readers = if by_channels { 1.0 } else { shares };
            let weights = kernels * size_of::<f32>() as f64 * readers / far;
            // The first tile waits for weights that are not yet near; the others find them in the second-level cache.
            let first =
                products / (pieces as f64 * if by_channels { 1.0 } else { busiest(pieces) });
            let resident = choices.sizes(candidate).resident as f64;
            let groups = (kernels * size_of::<f32>() as f64 / resident).ceil();
            let readers = if by_channels {
                threads as f64
            } else {
                groups.max(1.0)
            };
            return products.max(maps(readers)) + (weights - first).max(0.0) * scarcity;
        };
        let (places, tiles) = (places(side), self.tiles(side));
        let blocks = self.channels[0].div_ceil(BLOCK);
        let (split, strips) = strips(side, tiles, blocks, candidate, choices);
        let strip = tiles.div_ceil(strips);
        let share = match split {
            Split::Pixels => busiest(strips),
            Split::Channels => busiest(filters),
        };
        let products = places * cost(strip) * strips as f64 * self.matrix * each * share;
        // A number is read, written, and read again, twice: before and after the products.
        let numbers = self.moved(side) * 4.0 * size_of::<f32>() as f64;
        let own = places * (strip * (blocks + isa.tile_blocks()) * BLOCK) as f64;
        let cache = levels.caches[1] as f64;
        let near = match split {
            // Another thread has written half of them.
            Split::Channels if threads > 1 => levels.rates[2],
            _ if own * size_of::<f32>() as f64 <= cache => levels.rates[1],
            _ => levels.rates[2],
        };
        let weights = places * self.matrix * size_of::<f32>() as f64;
        // Each strip reads all weights again: all threads together, or each thread for its own strips.
        let reads = match split {
            Split::Pixels if level == Limit::Memory => strips.div_ceil(threads) as f64,
            Split::Channels | Split::Pixels => strips as f64,
        };
        // Weights of the next products are on their way during the ones before: the longer of both counts.
        let weights = weights * reads / far * scarcity;
        let waits = match split {
            Split::Channels if threads > 1 => 2.0 * BARRIER * strips as f64,
            _ => 0.0,
        };
        products.max(weights) + numbers / (near * threads as f64) + maps(1.0) + waits
    }

    /// Transformed tiles of a side.
    fn tiles(&self, side: usize) -> usize {
        self.y[0].div_ceil(side) * self.y[1].div_ceil(side) * self.images
    }

    /// Numbers that are transformed.
    fn moved(&self, side: usize) -> f64 {
        places(side) * self.tiles(side) as f64 * (self.channels[0] + self.channels[1]) as f64
    }
}

/// Seconds that threads wait for each other at a barrier.
const BARRIER: f64 = 1e-6;

fn places(side: usize) -> f64 {
    ((side + 2) * (side + 2)) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::levels::Known;
    use crate::kernels::isa::Isa;
    use crate::kernels::tile::SHAPES;
    use crate::network::Window;

    use super::super::prices::Prices;

    /// A machine with the peak of a tile in GFLOP/s, the second- and third-level caches in bytes, and the rates of reads in GB/s.
    fn machine(peak: f64, [l2, l3]: [u64; 2], rates: [f64; 4]) -> &'static Known {
        let names = ["1x14", "2x7", "1x8", "1x7", "1x6", "1x4", "1x2", "1x1"];
        let tiles = names.iter().zip(Prices::CONSTANT.tiles).zip(SHAPES);
        let tiles = tiles.map(|((name, price), [rows, pixels])| {
            let rate = peak * 1e9 * (rows * pixels) as f64 / f64::from(price);
            ((*name).to_owned(), rate)
        });
        let levels = Levels {
            processor: String::new(),
            kernel: "avx512".to_owned(),
            tiles: tiles.collect(),
            caches: [32 << 10, l2, l3],
            rates: rates.map(|rate| rate * 1e9),
        };
        Box::leak(Box::new(Known::new(levels)))
    }

    /// Choice for a 3×3 convolution of as many channels, in a network with 100 MB of weights.
    fn taken(known: Option<&'static Known>, channels: u64, side: usize, threads: usize) -> Choice {
        of(known, By::Rates, channels, side, threads)
    }

    /// As [`taken`], on another basis.
    fn of(
        known: Option<&'static Known>,
        by: By,
        channels: u64,
        side: usize,
        threads: usize,
    ) -> Choice {
        let conv = Conv2d {
            in_channels: channels,
            out_channels: channels,
            window: Window::square(3, 1, 1),
            groups: 1,
            bias: false,
            standardize: None,
        };
        let choices = Choices {
            winograd: true,
            threads,
            known,
            by,
            prices: Prices::of(known),
            all_weights: 100_000_000,
            // Tiles of AVX-512: those of the portable kernels are so small that they hide what the rates change.
            ..Choices::plain(1, Isa::Avx512)
        };
        method(&conv, [channels as usize, side, side], choices).1
    }

    const MIB: u64 = 1 << 20;

    #[cfg(target_arch = "x86_64")]
    #[test]
    fn machines_choose_by_their_own_rates() {
        let zen4 = machine(110.0, [MIB, 32 * MIB], [200.0, 86.0, 50.0, 27.0]);
        let slow = machine(110.0, [MIB, 32 * MIB], [200.0, 86.0, 10.0, 1.0]);
        let tiles = machine(2000.0, [2 * MIB, 32 * MIB], [400.0, 94.0, 30.0, 15.0]);
        let side = |known, channels, side| taken(Some(known), channels, side, 1).taken.side;
        // Where numbers are near, a quarter of the multiplications is the least time.
        assert_eq!(side(zen4, 64, 56), Some(4));
        assert_eq!(side(zen4, 128, 28), Some(4));
        // Where weights come slowly, small maps take the form with fewer of them, and at last the one with the fewest.
        let narrow = machine(110.0, [MIB, 32 * MIB], [200.0, 86.0, 30.0, 15.0]);
        assert_eq!(side(narrow, 512, 7), Some(2));
        assert_eq!(side(slow, 512, 7), None);
        // Where multiplications cost next to nothing, nothing is transformed to save some.
        for (channels, pixels) in [(64, 56), (128, 28), (256, 14), (512, 7)] {
            assert_eq!(side(tiles, channels, pixels), None, "{channels} {pixels}");
        }
        // From a slow cache that threads do not share, each thread reads its own channels' weights instead of all of them.
        let split = |known| taken(Some(known), 512, 14, 2).taken.split;
        let far = machine(110.0, [MIB, 256 * MIB], [200.0, 86.0, 5.0, 4.0]);
        assert_eq!(split(far), Some(Split::Channels));
        assert_eq!(split(zen4), Some(Split::Pixels));
    }

    #[test]
    fn predictions_are_sorted_and_the_first_is_taken() {
        let zen4 = machine(110.0, [MIB, 32 * MIB], [200.0, 86.0, 50.0, 27.0]);
        for known in [None, Some(zen4)] {
            for threads in [1, 2] {
                let choice = taken(known, 128, 28, threads);
                assert!(choice.predicted.is_sorted_by(|a, b| a.1 <= b.1));
                assert_eq!(choice.taken, choice.predicted[0].0);
                let reason = known.map_or(Reason::Constants, |_| Reason::Rates);
                assert_eq!(choice.reason, reason);
            }
        }
    }

    /// Least times in ms on two cores of a Zen 5 processor, in passes of ResNet-50 whose 3×3 convolutions were all computed alike:
    /// channels and pixels along a side, threads, and tiles of 4×4, of 2×2, direct.
    const TIMES: [(u64, usize, usize, [f64; 3]); 8] = [
        (64, 56, 1, [0.278, 0.454, 0.852]),
        (128, 28, 1, [0.262, 0.420, 0.845]),
        (256, 14, 1, [0.404, 0.429, 0.844]),
        (512, 7, 1, [1.003, 0.722, 0.971]),
        (64, 56, 2, [0.139, 0.222, 0.421]),
        (128, 28, 2, [0.129, 0.209, 0.418]),
        (256, 14, 2, [0.410, 0.212, 0.418]),
        (512, 7, 2, [1.006, 0.504, 0.480]),
    ];

    #[cfg(target_arch = "x86_64")]
    #[test]
    fn what_is_chosen_is_among_the_fastest_that_were_measured() {
        // That machine's rates, as `bench --layers` keeps them.
        let mut known = machine(266.4, [MIB, 32 * MIB], [204.1, 205.3, 58.6, 30.1]).clone();
        let rates = [266.7, 266.4, 263.9, 263.8, 236.1, 140.7, 80.3];
        let names = ["2x7", "1x14", "1x8", "1x7", "1x4", "1x2", "1x1"];
        let tiles = names.iter().zip(rates);
        known.levels.tiles = tiles
            .map(|(n, rate)| ((*n).to_owned(), rate * 1e9))
            .collect();
        let known: &'static Known = Box::leak(Box::new(known));
        for (channels, pixels, threads, times) in TIMES {
            let least = times.into_iter().fold(f64::INFINITY, f64::min);
            for by in [By::Constants, By::Rates] {
                // Constants do not know that threads share the memory that weights come from.
                if by == By::Constants && threads > 1 {
                    continue;
                }
                let side = of(Some(known), by, channels, pixels, threads).taken.side;
                let own = times[side.map_or(2, |side| usize::from(side == 2))];
                assert!(own <= 1.1 * least, "{by:?} {channels} {threads}: {side:?}");
            }
        }
    }

    #[test]
    fn rates_choose_nothing_but_in_a_race() {
        let slow = machine(110.0, [MIB, 32 * MIB], [200.0, 86.0, 10.0, 1.0]);
        let constants = of(None, By::Constants, 512, 7, 1);
        let choice = of(Some(slow), By::Constants, 512, 7, 1);
        assert_eq!(
            (choice.taken, choice.reason),
            (constants.taken, Reason::Constants)
        );
        let raced = of(Some(slow), By::Rates, 512, 7, 1);
        assert_ne!(raced.taken.side, constants.taken.side);
    }

    #[test]
    fn a_way_that_won_is_taken_and_an_unknown_one_is_not() {
        let known = machine(110.0, [MIB, 32 * MIB], [200.0, 86.0, 50.0, 27.0]);
        let constants = of(None, By::Constants, 64, 56, 1);
        for (way, expected) in [
            ("winograd2-long-measured", Some(Reason::Timed)),
            ("winograd3", None),
            // One thread has no use for it.
            ("direct-pixels", None),
        ] {
            let ways = Ways {
                by: Basis::Timed,
                ms: [2.0, 1.0],
                of: [(constants.name.clone(), way.to_owned())].into(),
            };
            let by = By::Ways(Box::leak(Box::new(ways)));
            let choice = of(Some(known), by, 64, 56, 1);
            let right = match expected {
                Some(reason) => (way.to_owned(), reason),
                None => (constants.taken.name(), Reason::Constants),
            };
            assert_eq!((choice.taken.name(), choice.reason), right);
            // Of another convolution, nothing is known.
            let choice = of(Some(known), by, 128, 28, 1);
            assert_eq!(choice.reason, Reason::Constants);
        }
    }
}
