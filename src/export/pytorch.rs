//! PyTorch: the network as a readable `nn.Module` with the same `state_dict` and the same outputs.
//!
//! The paths of the layers determine the modules, and the edges between them the statements of `forward`. Modules that differ
//! in numbers alone become one class, with those numbers as its arguments.

mod build;
mod containers;
mod layout;
mod module;
mod names;
mod proof;
mod render;
mod repeat;
mod template;
mod tree;

use std::collections::HashMap;

use super::complete::Incomplete;
use crate::analysis::{Macs, Params, Rule, analyze};
use crate::lower::Model;
use crate::network::layer::Order;
use crate::network::{Conv, Gate, Layer, Network, Norm, Pool, Preprocess, Reshape};
use crate::spec::Located;
use crate::text::format::thousands;
use build::Builder;
use template::Class;

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
        classifier: build::classifier(network, model.classes()),
        pooled: build::pooled(network),
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
    let functional = helpers(network, &body);
    let root = classes.last();
    let name = root.map_or("", |class| class.name.as_str());
    body += "\n\n";
    body += &builder_function(root);
    let source = format!(
        "{}{}{functional}{body}",
        heading(model, network),
        imports(&functional, &body)
    );
    proof::prove(&source, name, network)?;
    Ok(source)
}

/// `import` statements of what the file uses.
fn imports(functional: &str, body: &str) -> String {
    let used = |word: &str| functional.contains(word) || body.contains(word);
    let mut text = String::new();
    for (word, statement) in [
        ("OrderedDict(", "from collections import OrderedDict\n\n"),
        ("torch.", "import torch\n"),
        ("F.", "import torch.nn.functional as F\n"),
        ("nn.", "from torch import nn\n"),
    ] {
        if used(word) {
            text += statement;
        }
    }
    text
}

/// `build`, which creates the network and initialises it as its paper does.
fn builder_function(root: Option<&Class>) -> String {
    let name = root.map_or("", |class| class.name.as_str());
    let classes =
        root.and_then(|class| class.arguments.iter().find_map(|argument| argument.default));
    let (parameter, argument) = match classes {
        Some(classes) => (format!("num_classes={classes}"), "num_classes"),
        None => (String::new(), ""),
    };
    format!(
        "def build({parameter}):\n    \"\"\"Creates the network with He initialisation (He et al. 2015, arXiv:1502.01852).\"\"\"\n    \
         model = {name}({argument})\n    \
         for module in model.modules():\n        \
         if isinstance(module, nn.Conv2d):\n            \
         nn.init.kaiming_normal_(module.weight, mode=\"fan_out\", nonlinearity=\"relu\")\n            \
         if module.bias is not None:\n                \
         nn.init.zeros_(module.bias)\n    \
         return model\n"
    )
}

/// Docstring of the file: title, paper, counts, input and origin.
fn heading(model: &Model, network: &Network) -> String {
    let mut lines = vec![names::escaped(model.title().own()) + "."];
    lines.push(String::new());
    if let Some(paper) = &model.spec.file.paper {
        let own =
            |text: &Option<Located<String>>| text.as_ref().map(|text| names::escaped(&text.value));
        let year = paper.value.year.as_ref().map(|year| year.value.to_string());
        let parts = [
            own(&paper.value.authors),
            own(&paper.value.title),
            year,
            own(&paper.value.url),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        lines.push(format!("Paper: {}.", parts.join(", ")));
    }
    let analysis = analyze(network, Rule::ConvFc);
    let input = network.nodes().find_map(|(_, node)| match &node.layer {
        Layer::Input { channels, size } => Some(format!("{channels} x {} x {}", size[0], size[1])),
        _ => None,
    });
    let input = input.unwrap_or_default();
    lines.push(format!(
        "Cost: {} parameters; {} multiply-adds of convolutions and linear layers for an image of {input}.",
        thousands(analysis.params.iter().sum::<Params>().0),
        thousands(analysis.macs.iter().sum::<Macs>().0),
    ));
    let mut notice = format!("Input: N x {input}");
    for (_, node) in network.nodes() {
        match &node.layer {
            Layer::Preprocess(Preprocess::Scale { divisor }) => {
                notice += &format!(", divided by {divisor}");
            }
            Layer::Preprocess(Preprocess::Standardize { mean, std }) => {
                notice += &format!(", then (x - mean) / std with mean {mean:?} and std {std:?}");
            }
            _ => {}
        }
    }
    lines.push(notice + ".");
    lines.push(format!(
        "Names: those of the checkpoints; `build().load_state_dict(...)` takes them. Written by resnet-explore {} from `{}`.",
        env!("CARGO_PKG_VERSION"),
        names::escaped(&model.spec.name),
    ));
    let wrapped = lines.iter().map(|line| layout::filled(line, layout::WIDTH));
    format!(
        "\"\"\"{}\n\"\"\"\n\n",
        wrapped.collect::<Vec<_>>().join("\n")
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
