//! Convolutions of training on slices, checked before any kernel trusts them.

use super::super::isa::Isa;
use super::super::sides::KERNEL_SIDE;
use super::super::simd::BLOCK;
use super::super::table;
use super::plan::{Back, Forward, Method, PLACES, Plan, Sizes};

/// A convolution of maps in blocks of 16 channels without a border: images × blocks × rows × pixels × 16.
///
/// Channels that fill up the last block are zeros, in what is read and in what is written.
#[derive(Debug, Clone)]
pub struct Conv {
    isa: Isa,
    plan: Plan,
}

/// Weights of a [`Conv`] in the kernels' order.
#[derive(Debug, Clone, Default)]
pub struct Packed {
    forward: Vec<f32>,
    back: Vec<f32>,
}

impl Conv {
    /// Convolution of these sizes with the kernels of `isa`.
    ///
    /// # Panics
    /// The processor lacks the instructions.
    pub fn new(sizes: Sizes, isa: Isa) -> Self {
        assert!(isa.is_available(), "{isa} is not on this processor");
        let plan = Plan::new(sizes);
        Self { isa, plan }
    }

    /// Numbers of scratch memory for either direction.
    pub fn scratch_len(&self) -> usize {
        self.plan.scratch_len()
    }

    /// Numbers of the gradient by the weights, in the kernels' order.
    pub fn gradient_len(&self) -> usize {
        self.plan.gradient_len()
    }

    /// Brings weights, out × in × height × width, into the kernels' order.
    ///
    /// # Panics
    /// There are not as many.
    pub fn pack(&self, weights: &[f32], packed: &mut Packed) {
        let windows = self.plan.windows();
        assert_eq!(
            weights.len(),
            self.plan.filters * self.plan.channels * windows
        );
        let at = |filter: usize, channel: usize| {
            &weights[(filter * self.plan.channels + channel) * windows..][..windows]
        };
        let places = self.plan.places();
        let is_tiles = matches!(self.plan.method, Method::Tiles { .. });
        let forward = Order::new(self.isa, [self.plan.channels, self.plan.filters], places);
        let back = Order::new(self.isa, [self.plan.filters, self.plan.channels], places);
        packed.forward.resize(forward.len(), 0.0);
        packed.back.resize(back.len(), 0.0);
        for filter in 0..self.plan.filters {
            for channel in 0..self.plan.channels {
                let own = at(filter, channel);
                let transformed = is_tiles.then(|| transform(own));
                let values = transformed.as_ref().map_or(own, |all| &all[..]);
                let mut at = [forward.first(channel, filter), back.first(filter, channel)];
                let step = [forward.step(filter), back.step(channel)];
                for &value in values {
                    packed.forward[at[0]] = value;
                    packed.back[at[1]] = value;
                    at = [at[0] + step[0], at[1] + step[1]];
                }
            }
        }
    }

    /// Adds the gradient by the weights, in the kernels' order, to that in the order out × in × height × width.
    ///
    /// # Panics
    /// There are not as many.
    pub fn unpack(&self, gradient: &[f32], to: &mut [f32]) {
        let windows = self.plan.windows();
        assert_eq!(gradient.len(), self.plan.gradient_len());
        assert_eq!(to.len(), self.plan.filters * self.plan.channels * windows);
        let row = self.plan.output_blocks() * BLOCK;
        for filter in 0..self.plan.filters {
            for channel in 0..self.plan.channels {
                for window in 0..windows {
                    to[(filter * self.plan.channels + channel) * windows + window] +=
                        gradient[(window * self.plan.input_depth_all() + channel) * row + filter];
                }
            }
        }
    }

    /// Convolves the images of `x` into `y`.
    ///
    /// # Panics
    /// A slice is not as long as the images need.
    pub fn forward(&self, weights: &Packed, x: &[f32], y: &mut [f32], scratch: &mut Vec<f32>) {
        let images = self.images(x.len(), y.len());
        let order = Order::new(
            self.isa,
            [self.plan.channels, self.plan.filters],
            self.plan.places(),
        );
        assert_eq!(weights.forward.len(), order.len());
        scratch.resize(scratch.len().max(self.plan.scratch_len()), 0.0);
        let mut job = Forward {
            plan: &self.plan,
            weights: &weights.forward,
            x,
            y,
            scratch,
            images,
        };
        // SAFETY: the processor has the instructions, as `new` saw; the slices have the lengths that the kernel assumes, as
        // was asserted above, and offsets within them follow from this convolution's sizes, which nothing else can change.
        #[allow(unsafe_code, reason = "a kernel of the processor's own instructions")]
        unsafe {
            (table(self.isa).learn_forward)(&mut job);
        }
    }

    /// Gradients from that of the output: by the input (`adds`: on top of what is there), where it is wanted, and by the
    /// weights, which are overwritten.
    ///
    /// # Panics
    /// A slice is not as long as the images need.
    pub fn back(
        &self,
        weights: &Packed,
        x: &[f32],
        gradient: &[f32],
        of_input: Option<(&mut [f32], bool)>,
        of_weights: &mut [f32],
        scratch: &mut Vec<f32>,
    ) {
        let images = self.images(x.len(), gradient.len());
        let order = Order::new(
            self.isa,
            [self.plan.filters, self.plan.channels],
            self.plan.places(),
        );
        assert_eq!(weights.back.len(), order.len());
        assert_eq!(of_weights.len(), self.plan.gradient_len());
        assert!(
            of_input
                .as_ref()
                .is_none_or(|(own, _)| own.len() == x.len())
        );
        scratch.resize(scratch.len().max(self.plan.scratch_len()), 0.0);
        let mut job = Back {
            plan: &self.plan,
            weights: &weights.back,
            x,
            gradient,
            of_input,
            of_weights,
            scratch,
            images,
        };
        // SAFETY: as in `forward`.
        #[allow(unsafe_code, reason = "a kernel of the processor's own instructions")]
        unsafe {
            (table(self.isa).learn_back)(&mut job);
        }
    }

    fn images(&self, x: usize, y: usize) -> usize {
        let images = x / self.plan.input_len();
        assert_eq!(
            [x, y],
            [self.plan.input_len(), self.plan.output_len()].map(|each| images * each)
        );
        images
    }
}

/// Order of packed weights: groups of output blocks × places × input blocks × channels × the group's channels.
struct Order {
    /// Output blocks of a group.
    group: usize,
    /// Input and output blocks.
    blocks: [usize; 2],
    /// Channels of an input block.
    depth: usize,
    places: usize,
}

impl Order {
    fn new(isa: Isa, [from, to]: [usize; 2], places: usize) -> Self {
        Self {
            group: isa.tile_blocks(),
            blocks: [from.div_ceil(BLOCK), to.div_ceil(BLOCK)],
            depth: from.min(BLOCK),
            places,
        }
    }

    fn len(&self) -> usize {
        self.places * self.blocks[0] * self.depth * self.blocks[1] * BLOCK
    }

    /// First block of an output channel's group, and the group's blocks; blocks that fill no whole group are groups of one.
    fn group_of(&self, to: usize) -> [usize; 2] {
        let block = to / BLOCK;
        let whole = self.blocks[1] / self.group * self.group;
        if block < whole {
            [block / self.group * self.group, self.group]
        } else {
            [block, 1]
        }
    }

    /// Channels of all input blocks.
    fn rows(&self) -> usize {
        self.blocks[0] * self.depth
    }

    /// Offset of a pair of channels at the first place.
    fn first(&self, from: usize, to: usize) -> usize {
        let [first, size] = self.group_of(to);
        let row = (from / BLOCK) * self.depth + from % BLOCK;
        first * BLOCK * self.places * self.rows()
            + row * size * BLOCK
            + (to / BLOCK - first) * BLOCK
            + to % BLOCK
    }

    /// Distance from a place to the next, for an output channel.
    fn step(&self, to: usize) -> usize {
        self.rows() * self.group_of(to)[1] * BLOCK
    }
}

/// A 3×3 kernel at the places of a tile: `G · w · Gᵀ`.
fn transform(kernel: &[f32]) -> [f32; PLACES] {
    let mut half = [[0.0; 3]; 6];
    for (row, side) in half.iter_mut().zip(KERNEL_SIDE) {
        for (column, value) in row.iter_mut().enumerate() {
            *value = (0..3).map(|k| side[k] * kernel[3 * k + column]).sum();
        }
    }
    let mut places = [0.0; PLACES];
    for (place, value) in places.iter_mut().enumerate() {
        let (row, side) = (half[place / 6], KERNEL_SIDE[place % 6]);
        *value = (0..3).map(|k| row[k] * side[k]).sum();
    }
    places
}
