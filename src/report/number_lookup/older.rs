//! Counts of older versions and other modes of tools, which published figures still have.

use std::collections::HashMap;

use crate::analysis::{Macs, Rule, cost};
use crate::message;
use crate::network::check::Shapes;
use crate::network::{Activation, Conv, Layer, LayerId, Network, Norm, Pool, Shape};
use crate::text::Message;

/// Count of a rule's tool in another version or mode.
pub(super) struct Older {
    pub(super) rule: Rule,
    pub(super) note: Message,
    pub(super) value: u128,
    /// Rarity beside the rule's own figure.
    pub(super) penalty: f64,
}

/// All of them for one image.
pub(super) fn counts(network: &Network, shapes: &Shapes) -> [Older; 4] {
    [
        Older {
            rule: Rule::Fvcore,
            note: message!("figure-fvcore-training"),
            value: fvcore_training(network, shapes),
            penalty: 0.4,
        },
        Older {
            rule: Rule::Ptflops,
            note: message!("figure-mmcv"),
            value: each_once(network, shapes),
            penalty: 0.0,
        },
        Older {
            rule: Rule::Thop,
            note: message!("figure-thop-2019"),
            value: thop_2019(network, shapes),
            penalty: 0.2,
        },
        Older {
            rule: Rule::ConvFc,
            note: message!("figure-imgclsmob"),
            value: imgclsmob(network, shapes),
            penalty: 0.6,
        },
    ]
}

/// fvcore's count of a model in training mode: five per element of a batch normalisation in place of two.
fn fvcore_training(network: &Network, shapes: &Shapes) -> u128 {
    let batch = network.nodes().filter_map(|(id, node)| match &node.layer {
        Layer::Norm(Norm::Batch(_)) => shapes[id].map(Shape::elements),
        _ => None,
    });
    let inference: Macs = cost::macs(network, shapes, Rule::Fvcore).iter().sum();
    inference.0 + 3 * batch.sum::<u128>()
}

/// Count of ptflops before it replaced functions, and of mmcv still: activations and pools by their hooks alone.
fn each_once(network: &Network, shapes: &Shapes) -> u128 {
    let twice = cost::macs(network, shapes, Rule::Ptflops);
    let counts = network.nodes().map(|(id, node)| {
        let most = match &node.layer {
            Layer::Activation(_) | Layer::Pool(_) if node.function => 0,
            Layer::Activation(_) => shapes[id].map_or(0, Shape::elements),
            Layer::Pool(_) => read(network, shapes, id),
            _ => u128::MAX,
        };
        twice[id].0.min(most)
    });
    counts.sum()
}

/// Count of thop 0.0.22 in 2019: four per element of a batch normalisation, a ReLU by its module's last call, a maximum pool by its
/// side, a linear layer's additions too, and all of it in single precision.
fn thop_2019(network: &Network, shapes: &Shapes) -> u128 {
    let mut modules: HashMap<&str, u128> = HashMap::new();
    for (id, node) in network.nodes() {
        let written = shapes[id].map_or(0, Shape::elements);
        let channels = shapes[id].map_or(0, |shape| u128::from(shape.channels()));
        let count = match &node.layer {
            _ if node.function => 0,
            Layer::Conv(Conv::Spatial(conv)) if conv.standardize.is_none() => {
                let [height, width] = conv.window.kernel;
                let pixels = u128::from(height * width) + u128::from(conv.bias);
                u128::from(conv.in_channels) * written * pixels / u128::from(conv.groups)
            }
            Layer::Norm(Norm::Batch(_)) => 4 * written,
            Layer::Activation(Activation::Relu) => written,
            Layer::Pool(Pool::Max(window)) => u128::from(window.kernel[0]) * written,
            Layer::Pool(Pool::Average { window, .. }) => {
                (u128::from(window.kernel[0]) + 1) * written
            }
            Layer::Pool(Pool::Global) => read(network, shapes, id) + channels,
            Layer::Linear(linear) => (2 * u128::from(linear.in_features) - 1) * written,
            _ => 0,
        };
        modules.insert(&node.path.module, count);
    }
    let exact: u128 = modules.values().sum();
    exact as f32 as u128
}

/// Column "FLOPs/2" of imgclsmob's tables, which other lists copy: a convolution without bias has two per multiply-add, but one less per
/// pair of channels; a batch normalisation has four per element, a ReLU one, a pool one per pixel that it reads.
fn imgclsmob(network: &Network, shapes: &Shapes) -> u128 {
    let counts = network.nodes().map(|(id, node)| {
        let written = shapes[id].map_or(0, Shape::elements);
        match &node.layer {
            Layer::Conv(Conv::Spatial(conv)) => {
                let [height, width] = conv.window.kernel;
                let pairs = u128::from(conv.in_channels) / u128::from(conv.groups);
                let added = u128::from(conv.out_channels) * u128::from(!conv.bias);
                pairs * (2 * u128::from(height * width) * written).saturating_sub(added)
            }
            Layer::Linear(linear) => {
                let bias = u128::from(linear.bias);
                (2 * u128::from(linear.in_features) + bias).saturating_sub(1) * written
            }
            Layer::Norm(Norm::Batch(_)) => 4 * written,
            Layer::Activation(Activation::Relu) => written,
            Layer::Pool(Pool::Max(window) | Pool::Average { window, .. }) => {
                let [height, width] = window.kernel;
                u128::from(height * width) * written
            }
            Layer::Pool(Pool::Global) => read(network, shapes, id),
            _ => 0,
        }
    });
    counts.sum::<u128>() / 2
}

/// Elements of a layer's input.
fn read(network: &Network, shapes: &Shapes, id: LayerId) -> u128 {
    let input = network.inputs(id).into_iter().next();
    let shape = input.and_then(|input| shapes[input]);
    shape.map_or(0, Shape::elements)
}
