//! PyTorch: the network as a readable `nn.Module` with the same `state_dict` and the same outputs.
//!
//! The paths of the layers determine the modules, and the edges between them the statements of `forward`. Modules that differ
//! in numbers alone become one class, with those numbers as its arguments.

mod build;
mod containers;
mod module;
mod names;
mod proof;
mod render;
mod template;
mod tree;

use std::collections::HashMap;

use super::complete::Incomplete;
use crate::lower::Model;
use crate::network::layer::Order;
use crate::network::{Conv, Gate, Layer, Network, Norm, Pool, Preprocess, Reshape};
use build::Builder;

/// Source of a Python file, for the network from its input size on.
///
/// # Errors
/// The result lacks tensors of the network, or has other names or shapes.
pub fn pytorch(model: &Model) -> Result<String, Incomplete> {
    let network = &*model.network.without_pictures();
    let mut builder = Builder {
        network,
        classes: Vec::new(),
        root: names::class(model.title().own(), &model.spec.name),
        by_signature: HashMap::new(),
        taken: HashMap::new(),
        blocks: build::blocks(network),
    };
    if let Some(tree) = tree::tree(network) {
        builder.constructor(&tree);
    }
    let mut classes = builder.classes;
    for number in 0..classes.len() {
        template::decide(&mut classes, number);
    }
    let mut body = String::new();
    for class in &classes {
        body += &format!("\n\n{}", render::class(&classes, class));
    }
    let ordered = if body.contains("OrderedDict(") {
        "from collections import OrderedDict\n\n"
    } else {
        ""
    };
    let functional = helpers(network, &body);
    let name = classes.last().map_or("", |class| class.name.as_str());
    let source = format!(
        "{}{ordered}import torch\n{}from torch import nn\n{functional}{body}\n\ndef build():\n    \
         \"\"\"The network, with weights that are yet to be loaded or trained.\"\"\"\n    return {name}()\n",
        heading(model, network),
        if functional.contains("F.") {
            "import torch.nn.functional as F\n"
        } else {
            ""
        },
    );
    proof::prove(&source, name, network)?;
    Ok(source)
}

fn heading(model: &Model, network: &Network) -> String {
    let mut notice = String::new();
    for (_, node) in network.nodes() {
        match &node.layer {
            Layer::Input { channels, size } => {
                notice += &format!("Input: N x {channels} x {} x {}", size[0], size[1]);
            }
            Layer::Preprocess(Preprocess::Scale { divisor }) => {
                notice += &format!(", divided by {divisor}");
            }
            Layer::Preprocess(Preprocess::Standardize { mean, std }) => {
                notice += &format!(", then (x - mean) / std with mean {mean:?} and std {std:?}");
            }
            _ => {}
        }
    }
    // A title is the spec's text, which must not end the docstring.
    let title = names::escaped(model.title().own());
    format!(
        "\"\"\"{title}, written by resnet-explore {} from `{}`.\n\n{notice}.\n\
         The parameters have the names that the checkpoints have: `build().load_state_dict(...)`.\n\"\"\"\n\n",
        env!("CARGO_PKG_VERSION"),
        names::escaped(&model.spec.name),
    )
}

/// Modules that PyTorch lacks and the network uses.
fn helpers(network: &Network, body: &str) -> String {
    let has = |wanted: fn(&Layer) -> bool| network.nodes().any(|(_, node)| wanted(&node.layer));
    let mut text = String::new();
    for (used, source) in [
        (
            has(
                |layer| matches!(layer, Layer::Conv(Conv::Spatial(conv)) if conv.standardize.is_some() && !conv.has_gain()),
            ),
            include_str!("pytorch/std_conv2d.py"),
        ),
        (
            has(|layer| matches!(layer, Layer::Conv(Conv::Spatial(conv)) if conv.has_gain())),
            include_str!("pytorch/scaled_std_conv2d.py"),
        ),
        (
            has(|layer| matches!(layer, Layer::Norm(Norm::EvoS0(_)))),
            include_str!("pytorch/evo_norm.py"),
        ),
        (
            has(|layer| matches!(layer, Layer::Norm(Norm::FilterResponse { .. }))),
            include_str!("pytorch/filter_response_norm.py"),
        ),
        (
            has(|layer| matches!(layer, Layer::Conv(Conv::Channels { .. }))),
            include_str!("pytorch/channel_conv.py"),
        ),
        (
            has(|layer| matches!(layer, Layer::Pool(Pool::Blur { .. }))),
            include_str!("pytorch/blur_pool.py"),
        ),
        (
            has(|layer| matches!(layer, Layer::Reshape(Reshape::PadShortcut { .. }))),
            include_str!("pytorch/pad_shortcut.py"),
        ),
        (
            has(|layer| matches!(layer, Layer::Pool(Pool::MeanDeviation { .. }))),
            include_str!("pytorch/mean_deviation.py"),
        ),
        (
            has(|layer| {
                let order = Order::ByPixel;
                matches!(layer, Layer::Reshape(Reshape::SpaceToDepth { order: own, .. }) if *own == order)
            }),
            include_str!("pytorch/space_to_depth.py"),
        ),
        (
            has(|layer| matches!(layer, Layer::Gate(Gate::RadixSoftmax { .. }))),
            include_str!("pytorch/radix_softmax.py"),
        ),
        (body.contains(" adopt("), include_str!("pytorch/adopt.py")),
    ] {
        if used {
            text += "\n\n";
            text += source;
        }
    }
    text
}
