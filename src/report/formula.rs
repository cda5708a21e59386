//! How a layer's numbers come about, with the numbers filled in.

use super::Subject;
use super::format::thousands;
use crate::network::{Layer, LayerId, Shape};

/// A label and a sum that a reader can follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// `output`, `parameters`, `MACs`
    pub label: &'static str,
    /// `(56 + 2·1 − 1·(3 − 1) − 1) / 2 + 1 = 28`
    pub text: String,
}

fn line(label: &'static str, text: impl Into<String>) -> Line {
    Line {
        label,
        text: text.into(),
    }
}

/// The formulas of one layer, for one image.
pub fn formulas(subject: &Subject, id: LayerId) -> Vec<Line> {
    let network = &subject.model.network;
    let analysis = &subject.analysis;
    let layer = &network[id].layer;
    let input = network
        .inputs(id)
        .first()
        .and_then(|&input| analysis.shapes[input]);
    let mut lines = Vec::new();
    if let (Some(window), Some(size)) = (layer.window(), input.and_then(Shape::size)) {
        lines.push(line("height", window.formula(size)));
    }
    if let Layer::PadShortcut { stride, .. } = layer
        && let Some([height, _]) = input.and_then(Shape::size)
    {
        lines.push(line(
            "height",
            format!("⌈{height} / {stride}⌉ = {}", height.div_ceil(*stride)),
        ));
    }
    lines.push(line("parameters", parameters(layer, analysis.params[id].0)));
    if let (Some(output), Some(text)) = (analysis.shapes[id], macs(layer)) {
        let count = analysis.macs[id].0;
        let factor = match analysis.rule.flops_per_count() {
            2 => "",
            _ => "2 · ",
        };
        lines.push(line(
            "MACs",
            format!("{factor}{text} · {output} = {}", thousands(count)),
        ));
        lines.push(line(
            "rule",
            format!("{}: {}", analysis.rule, analysis.rule.sentence()),
        ));
    }
    if let Some(text) = what_it_computes(layer) {
        lines.push(line("computes", text));
    }
    if let Some(field) = analysis.receptive_field[id] {
        let (first, last) = field.of_cell(0);
        lines.push(line(
            "receptive field",
            format!(
                "{} pixels, one every {}; cell 0 sees pixels {first} to {last}",
                field.size(),
                field.stride
            ),
        ));
    }
    lines
}

fn parameters(layer: &Layer, total: u128) -> String {
    let total = thousands(total);
    match layer {
        Layer::Conv2d(conv) => {
            let [height, width] = conv.window.kernel;
            let groups = if conv.groups > 1 {
                format!(" / {} groups", conv.groups)
            } else {
                String::new()
            };
            let bias = if conv.bias {
                format!(" + {} biases", conv.out_channels)
            } else {
                String::new()
            };
            format!(
                "{} out · {} in{groups} · {height}·{width}{bias} = {total}",
                conv.out_channels, conv.in_channels
            )
        }
        Layer::BatchNorm2d(norm) => format!("{0} γ + {0} β = {total}", norm.features),
        Layer::GroupNorm(norm) => format!("{0} γ + {0} β = {total}", norm.features),
        Layer::EvoNorm2dS0(norm) => format!("{0} γ + {0} β + {0} v = {total}", norm.features),
        Layer::FilterResponseNorm { features, .. } => {
            format!("{features} γ + {features} β + {features} τ = {total}")
        }
        Layer::ChannelConv { kernel } => format!("{kernel}, shared by all channels"),
        Layer::Linear(linear) => {
            let bias = if linear.bias {
                format!(" + {} biases", linear.out_features)
            } else {
                String::new()
            };
            format!(
                "{} out · {} in{bias} = {total}",
                linear.out_features, linear.in_features
            )
        }
        _ => "none: nothing to learn".to_owned(),
    }
}

fn macs(layer: &Layer) -> Option<String> {
    match layer {
        Layer::Conv2d(conv) => {
            let [height, width] = conv.window.kernel;
            Some(match conv.groups {
                1 => format!("{} in · {height}·{width}", conv.in_channels),
                groups => format!(
                    "{} in / {groups} groups · {height}·{width}",
                    conv.in_channels
                ),
            })
        }
        Layer::Linear(linear) => Some(format!("{} in", linear.in_features)),
        Layer::ChannelConv { kernel } => Some(format!("{kernel} channels")),
        Layer::BlurPool2d { kernel, .. } => Some(format!("{kernel}·{kernel} fixed weights")),
        _ => None,
    }
}

fn what_it_computes(layer: &Layer) -> Option<String> {
    Some(match layer {
        Layer::Scale { divisor } => format!("x / {divisor}"),
        Layer::Standardize { mean, std } => format!("(x − mean) / std, mean {mean:?}, std {std:?}"),
        Layer::BatchNorm2d(norm) => format!(
            "γ · (x − μ) / √(σ² + {}) + β per channel; training moves μ and σ² by {} of the batch's",
            norm.eps, norm.momentum
        ),
        Layer::GroupNorm(norm) => format!(
            "γ · (x − μ) / √(σ² + {}) + β; μ and σ² over {} channels of one image, in training as in inference",
            norm.eps,
            norm.features / norm.groups.max(1)
        ),
        Layer::EvoNorm2dS0(norm) => format!(
            "γ · x · sigmoid(v·x) / √(σ² + {}) + β; σ² over {} channels of one image",
            norm.eps,
            norm.features / norm.groups.max(1)
        ),
        Layer::FilterResponseNorm { eps, .. } => {
            format!("max(γ · x / √(mean of x² + {eps}) + β, τ) per channel of one image")
        }
        Layer::Relu => "max(x, 0)".to_owned(),
        Layer::Sigmoid => "1 / (1 + exp(−x))".to_owned(),
        Layer::MaxPool2d(window) => {
            format!("the largest of {window} values; the border never wins")
        }
        Layer::AvgPool2d {
            window,
            count_include_pad: true,
        } => format!("the mean of {window} values, the border counted as zeros"),
        Layer::AvgPool2d { window, .. } => {
            format!("the mean of the values under {window}; the border does not count")
        }
        Layer::BlurPool2d { kernel, .. } => {
            format!("the mean under {kernel}×{kernel} binomial weights; the border mirrors the map")
        }
        Layer::Multiply => "each channel of the map times its gate".to_owned(),
        Layer::RadixSum { radix } => format!("map 1 + … + map {radix}"),
        Layer::RadixSoftmax { radix, .. } => {
            format!("exp(x) / Σ exp(x) over the {radix} maps, per channel")
        }
        Layer::RadixWeightedSum { radix } => {
            format!("share 1 · map 1 + … + share {radix} · map {radix}")
        }
        Layer::GlobalAvgPool => "the mean of each channel's whole map".to_owned(),
        Layer::PadShortcut { .. } => {
            "x[::stride, ::stride], then zeros for half of the new channels at each side".to_owned()
        }
        Layer::Add => "main path + shortcut, element by element".to_owned(),
        Layer::Input { .. }
        | Layer::Conv2d(_)
        | Layer::ChannelConv { .. }
        | Layer::ConstantPad2d { .. }
        | Layer::Slice { .. }
        | Layer::Concat { .. }
        | Layer::Flatten
        | Layer::Linear(_) => return None,
    })
}
