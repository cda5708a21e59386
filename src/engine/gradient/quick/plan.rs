//! Operations of a quick pass: layers, of which those that pass over the same map are fused.

use crate::engine::compiled::Isa;
use crate::engine::compiled::learn::{Conv, Sizes};
use crate::engine::pass::Mode;
use crate::kernels::team::Part;
use crate::network::layer::Conv2d;
use crate::network::{
    Activation, Combine, Conv as ConvLayer, Layer, LayerId, Network, Norm, Reshape, Rounding, Shape,
};

use super::super::Backward;
use super::layout::Layout;
use super::pad::Pad;

/// A batch normalisation with what follows it.
#[derive(Debug, Clone)]
pub(super) struct NormOp {
    pub(super) layer: LayerId,
    pub(super) from: usize,
    pub(super) to: usize,
    /// A value that is added to the output.
    pub(super) other: Option<usize>,
    pub(super) relu: bool,
    /// Whether it normalises by the statistics of the batch.
    pub(super) is_training: bool,
    pub(super) eps: f64,
}

/// An operation; values are numbers of the plan's layouts.
#[derive(Debug, Clone)]
pub(super) enum Op {
    /// The input, through the layers that prepare it.
    Input {
        layers: Vec<LayerId>,
        to: usize,
    },
    Conv {
        layer: LayerId,
        conv: Box<Conv>,
        from: usize,
        to: usize,
    },
    Norm(NormOp),
    Add {
        from: [usize; 2],
        to: usize,
        relu: bool,
    },
    Relu {
        from: usize,
        to: usize,
    },
    /// A shortcut that fills up its channels with zeros.
    Pad {
        pad: Pad,
        from: usize,
        to: usize,
    },
    /// A layer that the plain kernels run.
    Plain {
        layer: LayerId,
        from: Vec<usize>,
        to: usize,
    },
}

impl Op {
    pub(super) fn to(&self) -> usize {
        match self {
            Self::Norm(NormOp { to, .. })
            | Self::Input { to, .. }
            | Self::Conv { to, .. }
            | Self::Add { to, .. }
            | Self::Relu { to, .. }
            | Self::Pad { to, .. }
            | Self::Plain { to, .. } => *to,
        }
    }
}

impl Op {
    /// The layer whose tensors an operation has.
    pub(super) fn layer(&self) -> Option<LayerId> {
        match self {
            Self::Conv { layer, .. }
            | Self::Norm(NormOp { layer, .. })
            | Self::Plain { layer, .. } => Some(*layer),
            Self::Input { .. } | Self::Add { .. } | Self::Relu { .. } | Self::Pad { .. } => None,
        }
    }
}

/// A part of an operation on the way back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Back {
    /// All of it.
    Whole(usize),
    /// The sums over the batch that a normalisation's gradient depends on.
    Sums(usize),
    /// A normalisation's gradient, once the sums of all pieces are known.
    Through(usize),
}

/// Operations in order, and where all pieces of a batch wait for each other.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) ops: Vec<Op>,
    pub(super) values: Vec<Layout>,
    /// Normalisations that need the moments of each value.
    pub(super) readers: Vec<Vec<usize>>,
    /// Runs of operations between two waits.
    pub(super) forward: Vec<Vec<usize>>,
    pub(super) back: Vec<Vec<Back>>,
    pub(super) isa: Isa,
    /// Numbers of scratch memory for a thread.
    pub(super) scratch: usize,
    /// Multiplications of an image forward.
    pub(super) products: u128,
}

impl Plan {
    /// Plans a pass; `None` if a layer looks at the whole batch in a way that no operation here does.
    pub(super) fn new(pass: &Backward, is_learning: bool) -> Option<Self> {
        let network = pass.network();
        let tracked = pass.tracked_for_learning();
        let mut builder = Builder {
            network,
            pass,
            isa: Isa::best(),
            ops: Vec::new(),
            values: Vec::new(),
            of: vec![None; network.len()],
            by: vec![0; network.len()],
        };
        let mut prepares = Vec::new();
        for id in network.ids() {
            let shape = pass.shape(id)?;
            let tracks = is_learning && tracked[id];
            if pass.is_preparing(id) {
                prepares.push(id);
                if network.inputs(id).len() > 1 {
                    return None;
                }
                if pass.source() == Some(id) {
                    let layers = std::mem::take(&mut prepares);
                    builder.push(id, shape, false, |to| Op::Input { layers, to });
                }
                continue;
            }
            if let Layer::Reshape(Reshape::Dropout { p }) = &network[id].layer
                && *p > 0.0
                && is_learning
            {
                return None;
            }
            builder.layer(id, shape, tracks)?;
        }
        // The output is a value of its own.
        let last = builder.of[network.sink()?.index()]?;
        if last + 1 != builder.values.len() {
            return None;
        }
        Some(builder.finish())
    }

    /// Operations whose tensors a thread prepares and sums up: about as many weights as every other thread's.
    pub(super) fn share(&self, part: Part) -> impl Iterator<Item = usize> {
        let weights = |op: &Op| match op {
            Op::Conv { conv, .. } => conv.gradient_len(),
            _ => 1,
        };
        let all: usize = self.ops.iter().map(weights).sum();
        let mut before = 0;
        self.ops.iter().enumerate().filter_map(move |(number, op)| {
            let own = weights(op);
            let middle = before + own / 2;
            before += own;
            (middle * part.of / all == part.index).then_some(number)
        })
    }

    /// The value of the output.
    pub(super) fn output(&self) -> usize {
        self.values.len() - 1
    }
}

struct Builder<'a> {
    network: &'a Network,
    pass: &'a Backward,
    isa: Isa,
    ops: Vec<Op>,
    values: Vec<Layout>,
    /// Value of each layer, where it exists.
    of: Vec<Option<usize>>,
    /// Operation of each layer.
    by: Vec<usize>,
}

impl Builder<'_> {
    fn push(&mut self, id: LayerId, shape: Shape, tracks: bool, op: impl FnOnce(usize) -> Op) {
        let to = self.values.len();
        self.values.push(Layout::new(shape, tracks));
        self.of[id.index()] = Some(to);
        self.by[id.index()] = self.ops.len();
        self.ops.push(op(to));
    }

    /// Lets the operation of `operand` do this layer too.
    fn fuse(&mut self, id: LayerId, operand: LayerId, tracks: bool) {
        let value = self.of[operand.index()];
        self.of[id.index()] = value;
        self.by[id.index()] = self.by[operand.index()];
        if let Some(value) = value {
            self.values[value].is_tracked |= tracks;
        }
    }

    fn has_one_reader(&self, id: LayerId) -> bool {
        self.network.users(id).len() == 1
    }

    fn layer(&mut self, id: LayerId, shape: Shape, tracks: bool) -> Option<()> {
        let inputs = self.network.inputs(id);
        let from: Option<Vec<usize>> = inputs.iter().map(|input| self.of[input.index()]).collect();
        let from = from?;
        match &self.network[id].layer {
            Layer::Conv(ConvLayer::Spatial(conv)) if is_plain(conv) => {
                let conv = Box::new(Conv::new(
                    sizes(conv, self.values[from[0]], shape)?,
                    self.isa,
                ));
                let from = from[0];
                self.push(id, shape, tracks, |to| Op::Conv {
                    layer: id,
                    conv,
                    from,
                    to,
                });
            }
            Layer::Norm(Norm::Batch(settings)) => {
                let is_training = self.pass.mode(id) == Mode::Training;
                let (from, eps) = (from[0], settings.eps);
                self.push(id, shape, tracks, |to| {
                    Op::Norm(NormOp {
                        layer: id,
                        from,
                        to,
                        other: None,
                        relu: false,
                        is_training,
                        eps,
                    })
                });
            }
            Layer::Combine(Combine::Add) if from.len() == 2 => {
                let [a, b] = [inputs[0], inputs[1]];
                let (last, other) = if self.by[a.index()] > self.by[b.index()] {
                    (a, from[1])
                } else {
                    (b, from[0])
                };
                let can_fuse = a != b && self.has_one_reader(last);
                match &mut self.ops[self.by[last.index()]] {
                    Op::Norm(norm) if can_fuse && !norm.relu && norm.other.is_none() => {
                        norm.other = Some(other);
                        self.fuse(id, last, tracks);
                    }
                    _ => {
                        let from = [from[0], from[1]];
                        self.push(id, shape, tracks, |to| Op::Add {
                            from,
                            to,
                            relu: false,
                        });
                    }
                }
            }
            Layer::Activation(Activation::Relu) => {
                let operand = inputs[0];
                let can_fuse = self.has_one_reader(operand);
                match &mut self.ops[self.by[operand.index()]] {
                    Op::Norm(NormOp { relu, .. }) | Op::Add { relu, .. } if can_fuse && !*relu => {
                        *relu = true;
                        self.fuse(id, operand, tracks);
                    }
                    _ => {
                        let from = from[0];
                        self.push(id, shape, tracks, |to| Op::Relu { from, to });
                    }
                }
            }
            Layer::Reshape(Reshape::PadShortcut {
                stride,
                channels,
                zeros,
            }) => {
                let from = from[0];
                let map = self.values[from];
                let pad = Pad {
                    stride: stride.map(|n| n as usize),
                    before: zeros.before(channels - map.shape.channels()) as usize,
                    channels: map.shape.channels() as usize,
                    width: map.shape.size()?[1] as usize,
                    output: shape.size()?.map(|n| n as usize),
                    layouts: [map, Layout::new(shape, tracks)],
                };
                self.push(id, shape, tracks, |to| Op::Pad { pad, from, to });
            }
            _ => self.push(id, shape, tracks, |to| Op::Plain {
                layer: id,
                from,
                to,
            }),
        }
        Some(())
    }

    fn finish(self) -> Plan {
        let mut readers = vec![Vec::new(); self.values.len()];
        let mut forward = vec![Vec::new()];
        let mut back = vec![Vec::new()];
        let (mut scratch, mut products) = (0, 0);
        for (number, op) in self.ops.iter().enumerate() {
            match op {
                Op::Norm(norm) if norm.is_training => {
                    readers[norm.from].push(number);
                    forward.push(Vec::new());
                }
                Op::Conv { conv, layer, .. } => {
                    scratch = scratch.max(conv.scratch_len());
                    if let Layer::Conv(conv) = &self.network[*layer].layer {
                        let outputs = self.pass.shape(*layer).map_or(0, Shape::elements);
                        products += conv.seen() * outputs;
                    }
                }
                _ => {}
            }
            if let Some(run) = forward.last_mut() {
                run.push(number);
            }
        }
        for (number, op) in self.ops.iter().enumerate().rev() {
            if !self.values[op.to()].is_tracked {
                continue;
            }
            let Some(run) = back.last_mut() else {
                continue;
            };
            match op {
                Op::Norm(norm) if norm.is_training => {
                    run.push(Back::Sums(number));
                    back.push(vec![Back::Through(number)]);
                }
                _ => run.push(Back::Whole(number)),
            }
        }
        Plan {
            ops: self.ops,
            values: self.values,
            readers,
            forward,
            back,
            isa: self.isa,
            scratch,
            products,
        }
    }
}

/// Whether the kernels can do a convolution: without groups, bias and changes of its weights.
fn is_plain(conv: &Conv2d) -> bool {
    let is_floor = conv.window.rounding == Rounding::Floor;
    conv.groups == 1 && !conv.bias && conv.standardize.is_none() && is_floor
}

fn sizes(conv: &Conv2d, from: Layout, to: Shape) -> Option<Sizes> {
    let pair = |pair: [u64; 2]| pair.map(|n| n as usize);
    Some(Sizes {
        channels: from.shape.channels() as usize,
        filters: to.channels() as usize,
        input: pair(from.shape.size()?),
        output: pair(to.size()?),
        kernel: pair(conv.window.kernel),
        stride: pair(conv.window.stride),
        padding: pair(conv.window.padding),
        dilation: pair(conv.window.dilation),
    })
}
