//! Downsampling: the layers that do it, and the shortcuts next to them.

use crate::message;
use crate::network::window::sides;
use crate::network::{
    Branch, Category, Combine, Conv, Layer, LayerId, Network, Pool, Reshape, Shape, Shapes, Stage,
};
use crate::text::Message;

/// A layer of the main path whose output is smaller than its input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Downsample {
    /// Layer that downsamples.
    pub layer: LayerId,
    /// Height and width of the input.
    pub from: [u64; 2],
    /// Height and width of the output.
    pub to: [u64; 2],
    /// Stride along height and width.
    pub stride: [u64; 2],
    /// Kind of the block's shortcut; `None` outside blocks.
    pub shortcut: Option<Shortcut>,
}

/// Kind of a block's shortcut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shortcut {
    /// Passes its input on.
    Identity,
    /// A 1×1 convolution with this stride, after an average pool if `pooled`.
    Projection {
        /// Combined stride of all its layers, along height and width.
        stride: [u64; 2],
        /// Whether an average pool has the stride (option D).
        pooled: bool,
    },
    /// Option A: drops pixels and adds channels of zeros.
    ZeroPadding {
        /// Stride along height and width.
        stride: [u64; 2],
    },
    /// A pool without parameters, with this stride: Keras' max-pool of one pixel.
    Pool {
        /// Combined stride of all its layers, along height and width.
        stride: [u64; 2],
    },
    /// Passes its input on, weighted by a gate.
    Gate,
}

impl Shortcut {
    /// Reduction factors of the map, along height and width.
    pub const fn stride(self) -> [u64; 2] {
        match self {
            Self::Identity | Self::Gate => [1; 2],
            Self::Projection { stride, .. }
            | Self::ZeroPadding { stride }
            | Self::Pool { stride } => stride,
        }
    }

    /// Short description.
    pub fn describe(self) -> Message {
        match self {
            Self::Identity => message!("shortcut-identity"),
            Self::Gate => message!("shortcut-gate"),
            Self::Projection {
                stride,
                pooled: true,
            } => message!("shortcut-pooled-projection", stride = sides(stride)),
            Self::Projection {
                stride,
                pooled: false,
            } => message!("shortcut-projection", stride = sides(stride)),
            Self::ZeroPadding { stride } => {
                message!("shortcut-zero-padding", stride = sides(stride))
            }
            Self::Pool { stride } => message!("shortcut-pool", stride = sides(stride)),
        }
    }
}

/// Placement of the strides in bottleneck blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placement {
    /// In the first 1×1 convolution: as published in 2015 ("v1").
    FirstPointwise,
    /// In the 3×3 convolution: torchvision's "v1.5".
    Spatial,
    /// Different in different blocks, or no bottleneck has a stride.
    Other,
}

/// A residual block: its layers up to the addition.
#[derive(Debug, Clone)]
pub struct Block {
    /// Number of the stage, from 1, and of the block in it, from 0.
    pub number: (u32, u32),
    /// Layers on the main path.
    pub main: Vec<LayerId>,
    /// Layers on the shortcut; none for an identity shortcut.
    pub shortcut: Vec<LayerId>,
    /// Addition at the end.
    pub add: LayerId,
}

/// Blocks of a network that have an addition, in order.
pub fn blocks(network: &Network) -> Vec<Block> {
    let mut blocks = Vec::new();
    let (mut main, mut shortcut, mut current) = (Vec::new(), Vec::new(), None);
    for (id, node) in network.nodes() {
        let number = match (node.scope.stage, node.scope.block) {
            (Stage::Body(stage), Some(block)) => Some((stage, block)),
            _ => None,
        };
        if number != current {
            (main, shortcut, current) = (Vec::new(), Vec::new(), number);
        }
        match (node.scope.branch, &node.layer, number) {
            (Some(Branch::Main), ..) => main.push(id),
            (Some(Branch::Shortcut), ..) => shortcut.push(id),
            (None, Layer::Combine(Combine::Add), Some(number)) => blocks.push(Block {
                number,
                main: std::mem::take(&mut main),
                shortcut: std::mem::take(&mut shortcut),
                add: id,
            }),
            _ => {}
        }
    }
    blocks
}

/// Layers of a shortcut that the map itself runs through, from the last to the first, without those that compute a gate.
pub fn on_the_way(network: &Network, shortcut: &[LayerId]) -> Vec<LayerId> {
    let mut at = shortcut.last().copied();
    let mut path = Vec::new();
    while let Some(id) = at.filter(|id| shortcut.contains(id)) {
        path.push(id);
        at = network.inputs(id).first().copied();
    }
    path
}

/// Kind of a shortcut with these layers.
pub fn shortcut(network: &Network, layers: &[LayerId]) -> Shortcut {
    let is_identity = layers.is_empty();
    let path = on_the_way(network, layers);
    let layers = || path.iter().map(|&id| &network[id].layer);
    let stride = [0, 1].map(|axis| layers().map(|layer| layer.stride()[axis]).product());
    if is_identity {
        Shortcut::Identity
    } else if layers().any(|layer| matches!(layer, Layer::Reshape(Reshape::PadShortcut { .. }))) {
        Shortcut::ZeroPadding { stride }
    } else if layers().all(|layer| matches!(layer, Layer::Combine(Combine::Multiply))) {
        Shortcut::Gate
    } else if layers().all(|layer| layer.category() == Category::Pool) {
        Shortcut::Pool { stride }
    } else {
        let pooled = layers().any(|layer| {
            matches!(layer, Layer::Pool(Pool::Average { .. })) && layer.stride() != [1; 2]
        });
        Shortcut::Projection { stride, pooled }
    }
}

/// Kind of the shortcut in the block with the layers `layers`; `None` if the block has no addition.
pub fn block_shortcut(
    network: &Network,
    layers: impl Iterator<Item = LayerId>,
) -> Option<Shortcut> {
    let (mut side, mut add) = (Vec::new(), None);
    for id in layers {
        match (&network[id].layer, network[id].scope.branch) {
            (Layer::Combine(Combine::Add), None) => add = Some(id),
            (_, Some(Branch::Shortcut)) => side.push(id),
            _ => {}
        }
    }
    add.map(|_| shortcut(network, &side))
}

/// Layers with a stride among `layers`, in the order in which they run, one after the other; of parallel layers, such as the
/// convolutions of `Res2Net`, only the first is listed.
pub fn strided(network: &Network, layers: impl Iterator<Item = LayerId>) -> Vec<LayerId> {
    let mut found: Vec<LayerId> = Vec::new();
    for id in layers.filter(|&id| network[id].layer.stride() != [1; 2]) {
        if found
            .last()
            .is_none_or(|&before| network.reaches(before, id))
        {
            found.push(id);
        }
    }
    found
}

/// Layers outside shortcuts that downsample by a stride, in order; only the first of parallel ones.
pub fn downsample(network: &Network, shapes: &Shapes) -> Vec<Downsample> {
    let blocks = blocks(network);
    let main = network
        .ids()
        .filter(|&id| network[id].scope.branch != Some(Branch::Shortcut));
    strided(network, main)
        .into_iter()
        .filter_map(|id| {
            let node = &network[id];
            let mut input = *network.inputs(id).first()?;
            // Padding counts as part of the window, even as a separate layer.
            while matches!(
                network[input].layer,
                Layer::Reshape(Reshape::ConstantPad2d { .. })
            ) {
                input = *network.inputs(input).first()?;
            }
            let size = |id: LayerId| shapes[id].and_then(Shape::size);
            let block = blocks.iter().find(|block| block.main.contains(&id));
            Some(Downsample {
                layer: id,
                from: size(input)?,
                to: size(id)?,
                stride: node.layer.stride(),
                shortcut: block.map(|block| shortcut(network, &block.shortcut)),
            })
        })
        .collect()
}

/// Placement of the strides in the bottleneck blocks.
pub fn placement(network: &Network) -> Placement {
    let mut found = None;
    for block in blocks(network) {
        let convs: Vec<_> = block
            .main
            .iter()
            .filter_map(|&id| match &network[id].layer {
                Layer::Conv(Conv::Spatial(conv)) => Some(conv.window),
                _ => None,
            })
            .collect();
        let [first, middle, _] = convs.as_slice() else {
            continue;
        };
        let here = match (first.stride != [1; 2], middle.stride != [1; 2]) {
            (true, false) if first.kernel == [1; 2] => Placement::FirstPointwise,
            (false, true) => Placement::Spatial,
            (false, false) => continue,
            _ => return Placement::Other,
        };
        if found.is_some_and(|found| found != here) {
            return Placement::Other;
        }
        found = Some(here);
    }
    found.unwrap_or(Placement::Other)
}
