//! Formulas of a layer's numbers, with the numbers filled in.

use crate::analysis::Rule;
use crate::analysis::receptive_field::Span;
use crate::message;
use crate::network::layer::{Order, Zeros};
use crate::network::{
    Activation, Combine, Conv, Gate, Layer, LayerId, Picture, Pool, Preprocess, Reshape, Shape,
};
use crate::report::Subject;
use crate::report::format::{dims, thousands};
use crate::text::{Argument, Joint, Message};

/// Labels of a receptive field: the same along both axes, along the height, along the width.
pub const FIELD_LABELS: [Message; 3] = [
    Message::new("stats-receptive-field"),
    Message::new("stats-receptive-field-height"),
    Message::new("stats-receptive-field-width"),
];

/// The sentence on a receptive field: one of equal blocks differs from the next in these numbers alone.
pub fn field(size: &str, stride: &str, start: &str, end: &str) -> Message {
    message!(
        "formula-field",
        size = size,
        stride = stride,
        start = start,
        end = end
    )
}

/// Label with a formula that a reader can follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Label, such as `height`, `parameters`, `MACs`.
    pub label: Message,
    /// Formula, such as `(56 + 2·1 − 1·(3 − 1) − 1) / 2 + 1 = 28`.
    pub text: Message,
}

fn line(label: Message, text: Message) -> Line {
    Line { label, text }
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
        lines.push(line(
            message!("label-height"),
            Message::of(window.formula(size, 0)),
        ));
        let uneven = |pair: [u64; 2]| pair[0] != pair[1];
        let own = [
            window.kernel,
            window.stride,
            window.padding,
            window.dilation,
        ];
        if own.into_iter().any(uneven) {
            lines.push(line(
                message!("label-width"),
                Message::of(window.formula(size, 1)),
            ));
        }
    }
    if let Layer::Reshape(Reshape::PadShortcut { stride, .. }) = layer
        && let Some(size) = input.and_then(Shape::size)
    {
        let labels = [message!("label-height"), message!("label-width")];
        let axes = labels.into_iter().enumerate();
        for (axis, label) in axes.take(if stride[0] == stride[1] { 1 } else { 2 }) {
            let (side, step) = (size[axis], stride[axis]);
            let text = format!("⌈{side} / {step}⌉ = {}", side.div_ceil(step));
            lines.push(line(label, Message::of(text)));
        }
    }
    lines.push(line(
        message!("column-parameters"),
        parameters(layer, analysis.params[id].0),
    ));
    let count = analysis.macs[id].0;
    let text =
        analysis.shapes[id].and_then(|output| operations(analysis.rule, layer, output, count));
    if let Some(text) = text {
        lines.push(line(analysis.rule.unit(), text));
        lines.push(line(message!("label-rule"), rule(analysis.rule)));
    }
    if let Some(text) = what_it_computes(layer) {
        lines.push(line(message!("label-computes"), text));
    }
    if let Some(field) = analysis.receptive_field[id] {
        let text = |span: Span| {
            let (start, end) = span.of_cell(0);
            let numbers = [
                span.size().to_string(),
                span.stride.to_string(),
                start.to_string(),
                end.to_string(),
            ];
            let [size, stride, start, end] = &numbers;
            self::field(size, stride, start, end)
        };
        let [height, width] = field.axes;
        if height == width {
            lines.push(line(FIELD_LABELS[0].clone(), text(height)));
        } else {
            lines.push(line(FIELD_LABELS[1].clone(), text(height)));
            lines.push(line(FIELD_LABELS[2].clone(), text(width)));
        }
    }
    lines
}

/// A rule with what it counts.
pub fn rule(rule: Rule) -> Message {
    message!(
        "rule-and-sentence",
        rule = rule.name(),
        sentence = rule.sentence()
    )
}

/// A product with its result, and with what is added to it.
fn sum(product: Message, biases: Option<Argument>, total: &str) -> Message {
    match biases {
        Some(biases) => message!(
            "formula-sum-with-biases",
            product = product,
            biases = biases,
            total = total,
        ),
        None => message!("formula-sum", product = product, total = total),
    }
}

fn parameters(layer: &Layer, total: u128) -> Message {
    let total = thousands(total);
    let biases =
        |has: bool, outputs: u64| has.then(|| message!("formula-biases", count = outputs).into());
    match layer {
        Layer::Conv(Conv::Spatial(conv)) => {
            let [height, width] = conv.window.kernel;
            let (output, input) = (conv.out_channels, conv.in_channels);
            let kernel = format!("{height}·{width}");
            let product = match conv.groups {
                0 | 1 => message!(
                    "formula-kernels",
                    output = output,
                    input = input,
                    kernel = kernel,
                ),
                groups => message!(
                    "formula-kernels-in-groups",
                    output = output,
                    input = input,
                    groups = groups,
                    kernel = kernel,
                ),
            };
            let biases = match (conv.bias, conv.has_gain()) {
                (true, true) => Some(Joint::And.of([
                    message!("formula-biases", count = output),
                    message!("formula-gains", count = output),
                ])),
                (true, false) => Some(message!("formula-biases", count = output).into()),
                (false, true) => Some(message!("formula-gains", count = output).into()),
                (false, false) => None,
            };
            sum(product, biases, &total)
        }
        Layer::Conv(Conv::Channels { kernel }) => {
            message!("formula-shared-by-channels", count = *kernel)
        }
        Layer::Norm(norm) if norm.learned().is_empty() => message!("formula-nothing-learned"),
        Layer::Activation(Activation::Prelu { .. }) => message!("formula-slopes", count = total),
        Layer::Scalar(scalar) if scalar.is_learned() => message!("formula-shared-by-values"),
        Layer::Norm(norm) => {
            let each = norm
                .learned()
                .iter()
                .map(|(_, letter)| format!("{} {letter}", norm.features()));
            let each = each.collect::<Vec<_>>().join(" + ");
            Message::of(format!("{each} = {total}"))
        }
        Layer::Linear(linear) => {
            let (output, input) = (linear.out_features, linear.in_features);
            let product = message!("formula-weights", output = output, input = input);
            sum(product, biases(linear.bias, output), &total)
        }
        Layer::Input { .. }
        | Layer::Picture(_)
        | Layer::Preprocess(_)
        | Layer::Activation(_)
        | Layer::Scalar(_)
        | Layer::Pool(_)
        | Layer::Combine(_)
        | Layer::Gate(_)
        | Layer::Reshape(_) => message!("formula-nothing-learned"),
    }
}

/// Formula of `count`; a layer that counts nothing has none.
fn operations(rule: Rule, layer: &Layer, output: Shape, count: u128) -> Option<Message> {
    let elements = output.elements();
    let total = thousands(count);
    let Some((product, each)) = multiply_adds(layer) else {
        // Most rules count other layers in proportion to their output elements; otherwise only the total is shown.
        return match count {
            0 => None,
            _ if elements > 0 && count.is_multiple_of(elements) => Some(Message::of(format!(
                "{} · {output} = {total}",
                thousands(count / elements)
            ))),
            _ => Some(Message::of(total)),
        };
    };
    let (factor, times) = match rule.flops_per_count() {
        2 => ("", 1),
        _ => ("2 · ", 2),
    };
    let has_biases = count > times * each * elements;
    let product = message!(
        "formula-operations",
        factor = factor,
        product = product,
        output = output.to_string(),
    );
    let biases = has_biases.then(|| message!("formula-biases", count = output.to_string()).into());
    Some(sum(product, biases, &total))
}

/// Multiply-adds per output element, in words and as a number.
fn multiply_adds(layer: &Layer) -> Option<(Message, u128)> {
    match layer {
        Layer::Conv(Conv::Spatial(conv)) => {
            let [height, width] = conv.window.kernel;
            let input = conv.in_channels;
            let kernel = format!("{height}·{width}");
            let product = match conv.groups {
                1 => message!("formula-window", input = input, kernel = kernel),
                groups => message!(
                    "formula-window-in-groups",
                    input = input,
                    groups = groups,
                    kernel = kernel,
                ),
            };
            let each = u128::from(input / conv.groups.max(1)) * u128::from(height * width);
            Some((product, each))
        }
        Layer::Linear(linear) => {
            let input = linear.in_features;
            Some((message!("formula-inputs", input = input), u128::from(input)))
        }
        Layer::Conv(Conv::Channels { kernel }) => Some((
            message!("formula-channels", count = *kernel),
            u128::from(*kernel),
        )),
        Layer::Pool(Pool::Blur { kernel, .. }) => Some((
            message!(
                "formula-fixed-weights",
                kernel = format!("{kernel}·{kernel}")
            ),
            u128::from(kernel * kernel),
        )),
        _ => None,
    }
}

fn what_it_computes(layer: &Layer) -> Option<Message> {
    Some(match layer {
        Layer::Picture(picture) => of_picture(*picture),
        Layer::Preprocess(Preprocess::Scale { divisor }) => Message::of(format!("x / {divisor}")),
        Layer::Preprocess(Preprocess::Standardize { mean, std }) => message!(
            "formula-standardize",
            mean = format!("{mean:?}"),
            std = format!("{std:?}"),
        ),
        Layer::Norm(norm) => norm.formula(),
        Layer::Activation(activation) => Message::of(activation.formula("x", "x")),
        Layer::Scalar(scalar) => message!(
            "formula-scalar",
            operator = scalar.operators()[1],
            number = scalar.number(),
        ),
        Layer::Pool(pool) => of_pool(*pool),
        Layer::Combine(Combine::Add) => message!("formula-add"),
        Layer::Combine(Combine::Multiply) => message!("formula-multiply"),
        Layer::Combine(Combine::RadixWeightedSum { radix }) => {
            message!("formula-weighted-sum", count = *radix)
        }
        Layer::Gate(Gate::RadixSum { radix }) => message!("formula-sum-of-maps", count = *radix),
        Layer::Gate(Gate::RadixSoftmax { radix, .. }) => {
            message!("formula-softmax", count = *radix)
        }
        Layer::Reshape(Reshape::PadShortcut { zeros, .. }) => match zeros {
            Zeros::BothEnds => message!("formula-zeros-at-both-ends"),
            Zeros::End => message!("formula-zeros-at-end"),
        },
        Layer::Reshape(Reshape::SpaceToDepth { block, order }) => {
            let size = dims([block; 2]);
            match order {
                Order::ByChannel => message!("formula-pixels-by-channel", size = size),
                Order::ByPixel => message!("formula-pixels-by-pixel", size = size),
            }
        }
        Layer::Reshape(Reshape::PixelShuffle { block }) => message!(
            "formula-channels-to-pixels",
            count = block * block,
            size = dims([block; 2]),
        ),
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

fn of_picture(picture: Picture) -> Message {
    match picture {
        Picture::Grayscale => message!("formula-grey"),
        Picture::Resize { filter, .. } => message!("formula-resize", filter = filter.name()),
        Picture::CenterCrop { .. } => message!("formula-crop"),
        Picture::RgbToBgr => message!("formula-bgr"),
    }
}

fn of_pool(pool: Pool) -> Message {
    match pool {
        Pool::Max(window) => message!("formula-max-pool", window = window.to_string()),
        Pool::Average {
            window,
            count_include_pad: true,
        } => message!("formula-average-pool", window = window.to_string()),
        Pool::Average { window, .. } => {
            message!("formula-average-pool-inside", window = window.to_string())
        }
        Pool::Blur { kernel, .. } => {
            message!("formula-blur-pool", window = dims([kernel; 2]))
        }
        Pool::Global => message!("formula-global-pool"),
        Pool::Along(axis) => message!("formula-mean-along", axis = axis.word()),
        Pool::MeanDeviation { axis, eps } => {
            message!("formula-mean-deviation", axis = axis.word(), eps = eps)
        }
    }
}
