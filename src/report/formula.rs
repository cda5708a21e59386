//! Formulas of a layer's numbers, with the numbers filled in.

use super::Subject;
use super::format::thousands;
use crate::analysis::Rule;
use crate::analysis::receptive_field::Span;
use crate::network::layer::{Order, Zeros};
use crate::network::{
    Activation, Combine, Conv, Gate, Layer, LayerId, Picture, Pool, Preprocess, Reshape, Shape,
};

/// Labels of a receptive field: the same along both axes, along the height, along the width.
pub const FIELD_LABELS: [&str; 3] = [
    "receptive field",
    "receptive field, height",
    "receptive field, width",
];
/// Sentence about a receptive field, with placeholders for its numbers, which are all that differs between equal blocks.
pub const FIELD: &str = "{size} pixels, one every {stride}; cell 0 sees pixels {start} to {end}";

/// Label with a formula that a reader can follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Label, such as `height`, `parameters`, `MACs`.
    pub label: &'static str,
    /// Formula, such as `(56 + 2·1 − 1·(3 − 1) − 1) / 2 + 1 = 28`.
    pub text: String,
}

fn line(label: &'static str, text: impl Into<String>) -> Line {
    Line {
        label,
        text: text.into(),
    }
}

/// Formulas of one layer, for one image.
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
        lines.push(line("height", window.formula(size, 0)));
        let uneven = |pair: [u64; 2]| pair[0] != pair[1];
        let own = [
            window.kernel,
            window.stride,
            window.padding,
            window.dilation,
        ];
        if own.into_iter().any(uneven) {
            lines.push(line("width", window.formula(size, 1)));
        }
    }
    if let Layer::Reshape(Reshape::PadShortcut { stride, .. }) = layer
        && let Some(size) = input.and_then(Shape::size)
    {
        let axes = ["height", "width"].into_iter().enumerate();
        for (axis, label) in axes.take(if stride[0] == stride[1] { 1 } else { 2 }) {
            let (side, step) = (size[axis], stride[axis]);
            let text = format!("⌈{side} / {step}⌉ = {}", side.div_ceil(step));
            lines.push(line(label, text));
        }
    }
    lines.push(line("parameters", parameters(layer, analysis.params[id].0)));
    let count = analysis.macs[id].0;
    let text =
        analysis.shapes[id].and_then(|output| operations(analysis.rule, layer, output, count));
    if let Some(text) = text {
        lines.push(line(analysis.rule.unit(), text));
        lines.push(line(
            "rule",
            format!("{}: {}", analysis.rule, analysis.rule.sentence()),
        ));
    }
    if let Some(text) = what_it_computes(layer) {
        lines.push(line("computes", text));
    }
    if let Some(field) = analysis.receptive_field[id] {
        let text = |span: Span| {
            let (start, end) = span.of_cell(0);
            let of = |name: &str| match name {
                "size" => span.size().to_string(),
                "stride" => span.stride.to_string(),
                "start" => start.to_string(),
                _ => end.to_string(),
            };
            let mut text = String::new();
            for part in FIELD.split('{') {
                let (name, rest) = part.split_once('}').unwrap_or(("", part));
                if !name.is_empty() {
                    text += &of(name);
                }
                text += rest;
            }
            text
        };
        let [height, width] = field.axes;
        if height == width {
            lines.push(line(FIELD_LABELS[0], text(height)));
        } else {
            lines.push(line(FIELD_LABELS[1], text(height)));
            lines.push(line(FIELD_LABELS[2], text(width)));
        }
    }
    lines
}

const NOTHING: &str = "none: nothing to learn";

fn parameters(layer: &Layer, total: u128) -> String {
    let total = thousands(total);
    let biases = |outputs: Option<u64>| {
        outputs.map_or_else(String::new, |outputs| format!(" + {outputs} biases"))
    };
    match layer {
        Layer::Conv(Conv::Spatial(conv)) => {
            let [height, width] = conv.window.kernel;
            let groups = if conv.groups > 1 {
                format!(" / {} groups", conv.groups)
            } else {
                String::new()
            };
            let biases = biases(conv.bias.then_some(conv.out_channels));
            format!(
                "{} out · {} in{groups} · {height}·{width}{biases} = {total}",
                conv.out_channels, conv.in_channels
            )
        }
        Layer::Conv(Conv::Channels { kernel }) => format!("{kernel}, shared by all channels"),
        Layer::Norm(norm) if norm.learned().is_empty() => NOTHING.to_owned(),
        Layer::Activation(Activation::Prelu { .. }) => format!("{total} slopes"),
        Layer::Scalar(_) => "1, shared by all values".to_owned(),
        Layer::Norm(norm) => {
            let each = norm
                .learned()
                .iter()
                .map(|(_, letter)| format!("{} {letter}", norm.features()));
            format!("{} = {total}", each.collect::<Vec<_>>().join(" + "))
        }
        Layer::Linear(linear) => {
            let biases = biases(linear.bias.then_some(linear.out_features));
            format!(
                "{} out · {} in{biases} = {total}",
                linear.out_features, linear.in_features
            )
        }
        Layer::Input { .. }
        | Layer::Picture(_)
        | Layer::Preprocess(_)
        | Layer::Activation(_)
        | Layer::Pool(_)
        | Layer::Combine(_)
        | Layer::Gate(_)
        | Layer::Reshape(_) => NOTHING.to_owned(),
    }
}

/// Formula of `count`; a layer that counts nothing has none.
fn operations(rule: Rule, layer: &Layer, output: Shape, count: u128) -> Option<String> {
    let elements = output.elements();
    let total = thousands(count);
    let Some((text, each)) = multiply_adds(layer) else {
        // Most rules count other layers in proportion to their output elements; otherwise only the total is shown.
        return match count {
            0 => None,
            _ if elements > 0 && count.is_multiple_of(elements) => Some(format!(
                "{} · {output} = {total}",
                thousands(count / elements)
            )),
            _ => Some(total),
        };
    };
    let (factor, times) = match rule.flops_per_count() {
        2 => ("", 1),
        _ => ("2 · ", 2),
    };
    let biases = if count > times * each * elements {
        format!(" + {output} biases")
    } else {
        String::new()
    };
    Some(format!("{factor}{text} · {output}{biases} = {total}"))
}

/// Multiply-adds per output element, in words and as a number.
fn multiply_adds(layer: &Layer) -> Option<(String, u128)> {
    match layer {
        Layer::Conv(Conv::Spatial(conv)) => {
            let [height, width] = conv.window.kernel;
            let read = conv.in_channels;
            let text = match conv.groups {
                1 => format!("{read} in · {height}·{width}"),
                groups => format!("{read} in / {groups} groups · {height}·{width}"),
            };
            let each = u128::from(read / conv.groups.max(1)) * u128::from(height * width);
            Some((text, each))
        }
        Layer::Linear(linear) => {
            let read = linear.in_features;
            Some((format!("{read} in"), u128::from(read)))
        }
        Layer::Conv(Conv::Channels { kernel }) => {
            Some((format!("{kernel} channels"), u128::from(*kernel)))
        }
        Layer::Pool(Pool::Blur { kernel, .. }) => Some((
            format!("{kernel}·{kernel} fixed weights"),
            u128::from(kernel * kernel),
        )),
        _ => None,
    }
}

fn what_it_computes(layer: &Layer) -> Option<String> {
    Some(match layer {
        Layer::Picture(picture) => of_picture(*picture),
        Layer::Preprocess(Preprocess::Scale { divisor }) => format!("x / {divisor}"),
        Layer::Preprocess(Preprocess::Standardize { mean, std }) => {
            format!("(x − mean) / std, mean {mean:?}, std {std:?}")
        }
        Layer::Norm(norm) => norm.formula(),
        Layer::Activation(activation) => activation.formula("x", "x"),
        Layer::Scalar(scalar) => format!("x {} number", scalar.operators()[1]),
        Layer::Pool(pool) => of_pool(*pool),
        Layer::Combine(Combine::Add) => "main path + shortcut, element by element".to_owned(),
        Layer::Combine(Combine::Multiply) => "each channel of the map times its gate".to_owned(),
        Layer::Combine(Combine::RadixWeightedSum { radix }) => {
            format!("share 1 · map 1 + … + share {radix} · map {radix}")
        }
        Layer::Gate(Gate::RadixSum { radix }) => format!("map 1 + … + map {radix}"),
        Layer::Gate(Gate::RadixSoftmax { radix, .. }) => {
            format!("exp(x) / Σ exp(x) over the {radix} maps, per channel")
        }
        Layer::Reshape(Reshape::PadShortcut { zeros, .. }) => match zeros {
            Zeros::BothEnds => {
                "x[::stride, ::stride], then zeros for half of the new channels at each side"
            }
            Zeros::End => "x[::stride, ::stride], then zeros for the new channels at the end",
        }
        .to_owned(),
        Layer::Reshape(Reshape::SpaceToDepth { block, order }) => {
            let together = match order {
                Order::ByChannel => "the pixels of a channel together",
                Order::ByPixel => "the channels of a pixel together",
            };
            format!("each square of {block}×{block} pixels as channels, {together}")
        }
        Layer::Reshape(Reshape::PixelShuffle { block }) => {
            format!(
                "{} channels as a square of {block}×{block} pixels",
                block * block
            )
        }
        Layer::Input { .. }
        | Layer::Conv(_)
        | Layer::Combine(Combine::Concat { .. })
        | Layer::Reshape(
            Reshape::ConstantPad2d { .. }
            | Reshape::Slice { .. }
            | Reshape::Flatten
            | Reshape::Dropout { .. },
        )
        | Layer::Linear(_) => return None,
    })
}

fn of_picture(picture: Picture) -> String {
    match picture {
        Picture::Grayscale => {
            "(19595 · red + 38470 · green + 7471 · blue + 32768) / 65536, rounded down".to_owned()
        }
        Picture::Resize { filter, .. } => format!(
            "pixels around the place, weighted by a {} filter that is as much wider as the picture gets smaller: first along one \
             axis, then along the other, rounded to a whole number each time",
            filter.name()
        ),
        Picture::CenterCrop { .. } => {
            "the pixel at the same distance from the middle; 0 outside".to_owned()
        }
        Picture::RgbToBgr => {
            "the same pixel of the channel that is as far from the last as this is from the first"
                .to_owned()
        }
    }
}

fn of_pool(pool: Pool) -> String {
    match pool {
        Pool::Max(window) => format!("the largest of {window} values; the border never wins"),
        Pool::Average {
            window,
            count_include_pad: true,
        } => format!("the mean of {window} values, the border counted as zeros"),
        Pool::Average { window, .. } => {
            format!("the mean of the values under {window}; the border does not count")
        }
        Pool::Blur { kernel, .. } => {
            format!("the mean under {kernel}×{kernel} binomial weights; the border mirrors the map")
        }
        Pool::Global => "the mean of each channel's whole map".to_owned(),
        Pool::Along(axis) => format!("the mean of each channel along the {}", axis.name()),
        Pool::MeanDeviation { axis, eps } => format!(
            "μ of each channel along the {}, and after all means √(σ² + {eps}) with the unbiased variance",
            axis.name()
        ),
    }
}
