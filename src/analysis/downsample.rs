//! Where the map gets smaller, by which layer, and what the shortcut does there.

use crate::message;
use crate::network::window::sides;
use crate::network::{
    Branch, Category, Combine, Conv, Layer, LayerId, Network, Pool, Reshape, Shape, Shapes, Stage,
};
use crate::text::Message;

/// A layer of the main path whose output is smaller than its input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Downsample {
    /// The layer.
    pub layer: LayerId,
    /// Height and width that come in.
    pub from: [u64; 2],
    /// Height and width put out.
    pub to: [u64; 2],
    /// Its stride along height and width.
    pub stride: [u64; 2],
    /// What the block's shortcut does; `None` outside of blocks.
    pub shortcut: Option<Shortcut>,
}

/// What a block's shortcut does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shortcut {
    /// It passes on what comes in.
    Identity,
    /// A 1×1 convolution with this stride, after a pool where `pooled`.
    Projection {
        /// Of all its layers together, along height and width.
        stride: [u64; 2],
        /// An average pool takes the stride (option D).
        pooled: bool,
    },
    /// Option A: it drops pixels and adds channels of zeros.
    ZeroPadding {
        /// Every so many pixels, along height and width.
        stride: [u64; 2],
    },
    /// A pool without parameters, with this stride: Keras' max-pool of one pixel.
    Pool {
        /// Of all its layers together, along height and width.
        stride: [u64; 2],
    },
    /// It passes on what comes in, weighed by a gate.
    Gate,
}

impl Shortcut {
    /// By how much it reduces the map, along height and width.
    pub const fn stride(self) -> [u64; 2] {
        match self {
            Self::Identity | Self::Gate => [1; 2],
            Self::Projection { stride, .. }
            | Self::ZeroPadding { stride }
            | Self::Pool { stride } => stride,
        }
    }

    /// A few words for people.
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

/// Where the strides of bottleneck blocks sit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placement {
    /// In the first 1×1: as published in 2015 ("v1").
    FirstPointwise,
    /// In the 3×3: torchvision's "v1.5".
    Spatial,
    /// Blocks differ, or there is no bottleneck with a stride.
    Other,
}

/// A residual block: its layers, from the first to the addition.
#[derive(Debug, Clone)]
pub struct Block {
    /// Stage, from 1, and block in it, from 0.
    pub number: (u32, u32),
    /// Layers on the main path.
    pub main: Vec<LayerId>,
    /// Layers on the shortcut; none for the identity.
    pub shortcut: Vec<LayerId>,
    /// The addition.
    pub add: LayerId,
}

/// The blocks of a network that have an addition, in order.
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

/// The layers of a shortcut that the map itself runs through, from the last to the first: not those that make a gate of it.
pub fn on_the_way(network: &Network, shortcut: &[LayerId]) -> Vec<LayerId> {
    let mut at = shortcut.last().copied();
    let mut path = Vec::new();
    while let Some(id) = at.filter(|id| shortcut.contains(id)) {
        path.push(id);
        at = network.inputs(id).first().copied();
    }
    path
}

/// What a shortcut of these layers does.
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

/// What the shortcut does of the block whose layers are `layers`; `None` where nothing is added.
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

/// Those of `layers`, in the order in which they run, that have a stride, one after the other: of layers that run side by
/// side, as the convolutions of `Res2Net` do, the first stands for all.
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

/// Every layer outside of shortcuts that makes the map smaller by a stride, in order; one for all that run side by side.
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
            // A border is the window's own, whether a layer of its own makes it or not.
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

/// Where the strides of the bottleneck blocks sit.
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
