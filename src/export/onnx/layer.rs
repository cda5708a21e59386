//! Nodes of each layer, in opset 17.
//!
//! If one operator computes the layer, its node is named after the layer's path. If several are needed, the last has that
//! name, and the others have names below it: `layer1.0.se.conv/row`.

use super::activation;
use super::graph::{Graph, Weight, int, ints, text};
use super::message::AttributeProto;
use super::moves;
use super::norm;
use super::step::Step;
use crate::network::infer::blur_window;
use crate::network::layer::{Conv2d, Linear, Scalar, Zeros};
use crate::network::{
    Combine, Conv, Gate, Layer, Pool, Preprocess, Reshape, Rounding, Shape, Window,
};

/// Adds the nodes of `layer` and returns the name of its value.
pub(super) fn add(graph: &mut Graph, layer: &Layer, step: &Step<'_>) -> String {
    let input = step.input();
    let plain = |graph: &mut Graph, op: &str| graph.node(&step.name, op, &step.inputs, vec![]);
    match layer {
        // The graph begins after the layers on whole images: ONNX has no operator that rounds as Pillow does.
        Layer::Input { .. } | Layer::Picture(_) => input.to_owned(),
        Layer::Preprocess(Preprocess::Scale { divisor }) => {
            let divisor = graph.floats(&step.part("divisor"), &[], &[*divisor]);
            graph.node(&step.name, "Div", &[input, &divisor], vec![])
        }
        Layer::Preprocess(Preprocess::Standardize { mean, std }) => {
            let dims = [1, mean.len() as i64, 1, 1];
            let mean = graph.floats(&step.part("mean"), &dims, mean);
            let std = graph.floats(&step.part("std"), &dims, std);
            let centred = graph.node(&step.part("centred"), "Sub", &[input, &mean], vec![]);
            graph.node(&step.name, "Div", &[&centred, &std], vec![])
        }
        Layer::Conv(Conv::Spatial(settings)) => conv(graph, settings, step),
        Layer::Conv(Conv::Channels { kernel }) => channel_conv(graph, *kernel, step),
        Layer::Linear(settings) => linear(graph, settings, step),
        Layer::Norm(norm) => norm::add(graph, norm, step),
        Layer::Activation(activation) => activation::add(graph, *activation, step),
        Layer::Scalar(scalar) => {
            let op = match scalar {
                Scalar::Scale | Scalar::Times { .. } => "Mul",
                Scalar::Bias => "Add",
            };
            let number = match scalar {
                Scalar::Times { factor } => {
                    graph.floats(&step.part("factor"), &[], &[*factor as f32])
                }
                Scalar::Scale | Scalar::Bias => step.weight(graph, "", &[1]),
            };
            graph.node(&step.name, op, &[input, &number], vec![])
        }
        Layer::Combine(combine) => match combine {
            Combine::Add => plain(graph, "Add"),
            Combine::Multiply => plain(graph, "Mul"),
            Combine::Concat { .. } => {
                graph.node(&step.name, "Concat", &step.inputs, vec![int("axis", 1)])
            }
            Combine::RadixWeightedSum { radix } => {
                let weighted = graph.node(&step.part("weighted"), "Mul", &step.inputs, vec![]);
                radix_sum(graph, *radix, &weighted, step)
            }
        },
        Layer::Pool(pool) => match pool {
            Pool::Max(window) => {
                let attributes = pooling(graph, window, step.from, window.padding);
                graph.node(&step.name, "MaxPool", &[input], attributes)
            }
            Pool::Average {
                window,
                count_include_pad,
            } => avg_pool(graph, window, *count_include_pad, step),
            Pool::Blur { kernel, stride } => blur_pool(graph, *kernel, *stride, step),
            Pool::Global => plain(graph, "GlobalAveragePool"),
            Pool::Along(axis) => {
                norm::mean(graph, &step.name, input, vec![2 + axis.index() as i64])
            }
            Pool::MeanDeviation { axis, eps } => moves::mean_deviation(graph, *axis, *eps, step),
        },
        Layer::Reshape(reshape) => match reshape {
            Reshape::ConstantPad2d { before, after } => {
                let [[top, left], [bottom, right]] = [*before, *after];
                let pads = [0, 0, top, left, 0, 0, bottom, right].map(|pad| pad as i64);
                pad(graph, &step.name, input, &pads, "constant")
            }
            Reshape::PadShortcut {
                stride,
                channels,
                zeros,
            } => pad_shortcut(graph, *stride, *channels, *zeros, step),
            Reshape::Slice { start, channels } => {
                let [start, end] = [*start as i64, (start + channels) as i64];
                slice(graph, &step.name, input, [&[start], &[end], &[1], &[1]])
            }
            Reshape::SpaceToDepth { block, order } => {
                moves::space_to_depth(graph, *block, *order, step)
            }
            Reshape::PixelShuffle { block } => moves::pixel_shuffle(graph, *block, step),
            // Without a training mode, the operator passes everything on.
            Reshape::Dropout { .. } => plain(graph, "Dropout"),
            Reshape::Flatten => graph.node(&step.name, "Flatten", &[input], vec![int("axis", 1)]),
        },
        Layer::Gate(Gate::RadixSum { radix }) => radix_sum(graph, *radix, input, step),
        Layer::Gate(Gate::RadixSoftmax { radix, groups }) => {
            radix_softmax(graph, *radix, *groups, step)
        }
    }
}

fn conv(graph: &mut Graph, settings: &Conv2d, step: &Step<'_>) -> String {
    let [height, width] = settings.window.kernel;
    let read = settings.in_channels / settings.groups.max(1);
    let dims = [settings.out_channels, read, height, width];
    let weight = graph.weight(Weight {
        name: step.path.parameter("weight"),
        dims: dims.map(|dim| dim as usize).to_vec(),
        standardize: settings.standardize,
        element: graph.element,
    });
    let with_gain;
    let weight = if settings.has_gain() {
        let gain = step.weight(graph, "gain", &[settings.out_channels, 1, 1, 1]);
        let part = step.part("weight");
        with_gain = graph.node(&part, "Mul", &[&weight, &gain], vec![]);
        &with_gain
    } else {
        &weight
    };
    let mut inputs = vec![step.input(), weight];
    let bias;
    if settings.bias {
        bias = step.weight(graph, "bias", &[settings.out_channels]);
        inputs.push(&bias);
    }
    let mut attributes = sliding(&settings.window);
    attributes.push(ints("pads", around_all(settings.window.padding)));
    attributes.push(int("group", settings.groups as i64));
    graph.node(&step.name, "Conv", &inputs, attributes)
}

fn linear(graph: &mut Graph, settings: &Linear, step: &Step<'_>) -> String {
    let weight = step.weight(
        graph,
        "weight",
        &[settings.out_features, settings.in_features],
    );
    let mut inputs = vec![step.input(), &weight];
    let bias;
    if settings.bias {
        bias = step.weight(graph, "bias", &[settings.out_features]);
        inputs.push(&bias);
    }
    graph.node(&step.name, "Gemm", &inputs, vec![int("transB", 1)])
}

/// The channels of each pixel become a row, and a convolution of one channel slides over it.
fn channel_conv(graph: &mut Graph, kernel: u64, step: &Step<'_>) -> String {
    let weight = step.weight(graph, "weight", &[1, 1, kernel]);
    let channels = step.from.channels() as i64;
    let half = (kernel / 2) as i64;
    if step.from.size() == Some([1, 1]) {
        let row = graph.reshape(&step.part("row"), step.input(), &[0, 1, channels]);
        let attributes = vec![
            ints("kernel_shape", vec![kernel as i64]),
            ints("pads", vec![half, half]),
        ];
        let convolved = graph.node(&step.part("conv"), "Conv", &[&row, &weight], attributes);
        return graph.reshape(&step.name, &convolved, &step.shape());
    }
    let rows = graph.reshape(&step.part("rows"), step.input(), &[0, 1, channels, -1]);
    let tall = graph.reshape(&step.part("tall"), &weight, &[1, 1, kernel as i64, 1]);
    let attributes = vec![
        ints("kernel_shape", vec![kernel as i64, 1]),
        ints("pads", vec![half, 0, half, 0]),
    ];
    let convolved = graph.node(&step.part("conv"), "Conv", &[&rows, &tall], attributes);
    graph.reshape_like(&step.name, &convolved, step.input(), &step.shape())
}

/// Kernel, stride and dilation of a window.
fn sliding(window: &Window) -> Vec<AttributeProto> {
    let pair = |pair: [u64; 2]| pair.map(|size| size as i64).to_vec();
    vec![
        ints("kernel_shape", pair(window.kernel)),
        ints("strides", pair(window.stride)),
        ints("dilations", pair(window.dilation)),
    ]
}

/// Padding at the top, left, bottom and right.
fn around_all([height, width]: [u64; 2]) -> Vec<i64> {
    [height, width, height, width]
        .map(|pad| pad as i64)
        .to_vec()
}

/// Amounts for `Pad` that leave batch and channels alone.
fn around([height, width]: [u64; 2]) -> Vec<i64> {
    [0, 0, height, width, 0, 0, height, width]
        .map(|pad| pad as i64)
        .to_vec()
}

/// Kernel, stride and padding of a pool. If the last, incomplete step is kept, its pixels beyond the map are written as
/// padding at the end, since runtimes differ in their `ceil_mode`; in a graph for any size, their number is unknown.
fn pooling(graph: &Graph, window: &Window, from: Shape, padding: [u64; 2]) -> Vec<AttributeProto> {
    let mut attributes = sliding(window);
    let by_mode = graph.any_size && window.rounding == Rounding::Ceil;
    let beyond = if by_mode {
        attributes.push(int("ceil_mode", 1));
        [0; 2]
    } else {
        beyond(window, from)
    };
    let end = [0, 1].map(|axis| padding[axis] + beyond[axis]);
    let pads = [padding[0], padding[1], end[0], end[1]];
    attributes.push(ints("pads", pads.map(|pad| pad as i64).to_vec()));
    attributes
}

/// Pixels that the last window reads beyond the padded map.
fn beyond(window: &Window, from: Shape) -> [u64; 2] {
    let (Rounding::Ceil, Some(size)) = (window.rounding, from.size()) else {
        return [0; 2];
    };
    let Some(output) = window.output(size) else {
        return [0; 2];
    };
    let extent = window.extent();
    [0, 1].map(|axis| {
        let reached = (output[axis] - 1) * window.stride[axis] + extent[axis];
        reached.saturating_sub(size[axis] + 2 * window.padding[axis])
    })
}

fn avg_pool(graph: &mut Graph, window: &Window, include: bool, step: &Step<'_>) -> String {
    // The operator of opset 17 has no dilation, nor has PyTorch's.
    let without_dilation = |mut attributes: Vec<_>| {
        attributes.remove(2);
        attributes
    };
    let pads_at_all = window.padding != [0; 2];
    if include && pads_at_all && beyond(window, step.from) != [0; 2] {
        // The padding counts and pixels beyond it do not, so the padding becomes part of the map.
        let padded = pad(
            graph,
            &step.part("padded"),
            step.input(),
            &around(window.padding),
            "constant",
        );
        let attributes = without_dilation(pooling(graph, window, step.from, [0; 2]));
        return graph.node(&step.name, "AveragePool", &[&padded], attributes);
    }
    let mut attributes = without_dilation(pooling(graph, window, step.from, window.padding));
    if include && pads_at_all {
        attributes.push(int("count_include_pad", 1));
    }
    graph.node(&step.name, "AveragePool", &[step.input()], attributes)
}

fn pad(graph: &mut Graph, name: &str, input: &str, pads: &[i64], mode: &str) -> String {
    let pads = graph.integers(&format!("{name}.pads"), pads);
    graph.node(name, "Pad", &[input, &pads], vec![text("mode", mode)])
}

/// The map with a mirrored border, and a convolution of each channel with the binomial kernel.
fn blur_pool(graph: &mut Graph, kernel: u64, stride: u64, step: &Step<'_>) -> String {
    let window = blur_window(kernel, stride);
    let channels = step.from.channels();
    let padded = pad(
        graph,
        &step.part("padded"),
        step.input(),
        &around(window.padding),
        "reflect",
    );
    let mut taps = vec![1.0_f64];
    for _ in 1..kernel {
        let next = |at: usize| {
            let left = at.checked_sub(1).and_then(|at| taps.get(at));
            f64::midpoint(
                left.copied().unwrap_or(0.0),
                taps.get(at).copied().unwrap_or(0.0),
            )
        };
        taps = (0..=taps.len()).map(next).collect();
    }
    let one: Vec<f32> = taps
        .iter()
        .flat_map(|row| taps.iter().map(move |column| (row * column) as f32))
        .collect();
    let values: Vec<f32> = one
        .iter()
        .copied()
        .cycle()
        .take(one.len() * channels as usize)
        .collect();
    let dims = [channels, 1, kernel, kernel].map(|dim| dim as i64);
    let filter = graph.floats(&step.path.parameter("filt"), &dims, &values);
    let mut attributes = sliding(&window);
    attributes.push(int("group", channels as i64));
    graph.node(&step.name, "Conv", &[&padded, &filter], attributes)
}

/// Adds a `Slice` with these starts, ends, axes and steps.
fn slice(graph: &mut Graph, name: &str, input: &str, ranges: [&[i64]; 4]) -> String {
    let [starts, ends, axes, steps] = ranges;
    let starts = graph.integers(&format!("{name}.starts"), starts);
    let ends = graph.integers(&format!("{name}.ends"), ends);
    let axes = graph.integers(&format!("{name}.axes"), axes);
    let steps = graph.integers(&format!("{name}.steps"), steps);
    graph.node(
        name,
        "Slice",
        &[input, &starts, &ends, &axes, &steps],
        vec![],
    )
}

fn pad_shortcut(
    graph: &mut Graph,
    stride: [u64; 2],
    channels: u64,
    zeros: Zeros,
    step: &Step<'_>,
) -> String {
    let [height, width] = step.from.size().unwrap_or_default();
    let strided = slice(
        graph,
        &step.part("strided"),
        step.input(),
        [
            &[0, 0],
            &if graph.any_size {
                [i64::MAX; 2]
            } else {
                [height as i64, width as i64]
            },
            &[2, 3],
            &stride.map(|step| step as i64),
        ],
    );
    let missing = channels - step.from.channels();
    let front = zeros.before(missing);
    let pads = [0, front, 0, 0, 0, missing - front, 0, 0].map(|pad| pad as i64);
    pad(graph, &step.name, &strided, &pads, "constant")
}

fn radix_sum(graph: &mut Graph, radix: u64, input: &str, step: &Step<'_>) -> String {
    if graph.any_size && radix > 1 {
        let channels = step.to.channels();
        let maps: Vec<String> = (0..radix)
            .map(|map| {
                let [start, end] = [map, map + 1].map(|map| (map * channels) as i64);
                let name = step.part(&format!("map{map}"));
                slice(graph, &name, input, [&[start], &[end], &[1], &[1]])
            })
            .collect();
        let maps: Vec<&str> = maps.iter().map(String::as_str).collect();
        return graph.node(&step.name, "Sum", &maps, vec![]);
    }
    let mut shape = step.shape();
    shape.insert(1, radix as i64);
    let maps = graph.reshape(&step.part("maps"), input, &shape);
    graph.sum(&step.name, &maps, 1)
}

fn radix_softmax(graph: &mut Graph, radix: u64, groups: u64, step: &Step<'_>) -> String {
    if radix == 1 {
        return graph.node(&step.name, "Sigmoid", &[step.input()], vec![]);
    }
    let grouped = [0, groups as i64, radix as i64, -1];
    let grouped = graph.reshape(&step.part("groups"), step.input(), &grouped);
    let order = vec![ints("perm", vec![0, 2, 1, 3])];
    let maps = graph.node(&step.part("maps"), "Transpose", &[&grouped], order);
    let shares = graph.node(
        &step.part("shares"),
        "Softmax",
        &[&maps],
        vec![int("axis", 1)],
    );
    graph.reshape(&step.name, &shares, &step.shape())
}
