//! Convolutions of training on slices, checked before any kernel trusts them.

use super::super::isa::Isa;
use super::super::sides::KERNEL_SIDE;
use super::super::simd::BLOCK;
use super::super::table;
use super::panels::tiles;
use super::plan::{Back, Forward, Method, Plan, Sizes};

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
        let (windows, channels) = (self.plan.windows(), self.plan.channels);
        assert_eq!(weights.len(), self.plan.filters * channels * windows);
        let [filter, channel] = [channels * windows, windows];
        self.arrange(
            &self.forward_order(),
            weights,
            [channel, filter],
            &mut packed.forward,
        );
        self.arrange(
            &self.back_order(),
            weights,
            [filter, channel],
            &mut packed.back,
        );
    }

    /// Brings weights, whose input and output channels lie so far apart, into an order of packed weights.
    fn arrange(
        &self,
        order: &Order,
        weights: &[f32],
        [from_step, to_step]: [usize; 2],
        packed: &mut Vec<f32>,
    ) {
        let windows = self.plan.windows();
        let is_tiles = matches!(self.plan.method, Method::Tiles { .. });
        let [inputs, outputs] = order.channels;
        packed.resize(order.len(), 0.0);
        // A group of output channels at a time: they lie side by side.
        let mut kernels = [[0.0; 2 * BLOCK]; 9];
        for (block, blocks) in tiles(order.blocks[1], order.group) {
            let (first, width) = (block * BLOCK, blocks * BLOCK);
            let there = width.min(outputs - first);
            let step = order.step(first);
            for from in 0..inputs {
                let at = order.first(from, first);
                let own = &weights[from * from_step + first * to_step..];
                if is_tiles {
                    for (window, kernels) in kernels.iter_mut().enumerate() {
                        for (lane, value) in kernels[..there].iter_mut().enumerate() {
                            *value = own[lane * to_step + window];
                        }
                        kernels[there..].fill(0.0);
                    }
                    let to = &mut packed[at..];
                    // SAFETY: the processor has the instructions, as `new` saw.
                    #[allow(unsafe_code, reason = "a kernel of the processor's own instructions")]
                    unsafe {
                        (table(self.isa).transform)(&kernels, &KERNEL_SIDE, to, [step, width]);
                    }
                } else {
                    for window in 0..windows {
                        let to = &mut packed[at + window * step..][..there];
                        for (lane, value) in to.iter_mut().enumerate() {
                            *value = own[lane * to_step + window];
                        }
                    }
                }
            }
        }
    }

    fn forward_order(&self) -> Order {
        let channels = [self.plan.channels, self.plan.filters];
        Order::new(self.isa, channels, self.plan.places())
    }

    fn back_order(&self) -> Order {
        let channels = [self.plan.filters, self.plan.channels];
        Order::new(self.isa, channels, self.plan.places())
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
        assert_eq!(weights.forward.len(), self.forward_order().len());
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
        assert_eq!(weights.back.len(), self.back_order().len());
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
    /// Input and output channels.
    channels: [usize; 2],
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
            channels: [from, to],
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
