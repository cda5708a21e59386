//! Shape inference: the output shape of a layer, from the shapes of its operands.

mod fault;

use super::layer::{
    Activation, Combine, Conv, Gate, Layer, Linear, Norm, Picture, Pool, Preprocess, Reshape,
};
use super::limits;
use super::resample::resized;
use super::shape::Shape;

pub use fault::ShapeFault;

/// Output shape of `layer` for `inputs`, whose number is its arity.
///
/// # Errors
/// The input shapes do not fit the layer, or the layer's own sizes are out of range.
pub fn infer(layer: &Layer, inputs: &[Shape]) -> Result<Shape, ShapeFault> {
    let input = inputs
        .first()
        .copied()
        .unwrap_or(Shape::Vector { features: 0 });
    let shape = match layer {
        Layer::Input { channels, size } => Shape::map(*channels, size[0], size[1]),
        Layer::Picture(picture) => of_picture(picture, input)?,
        Layer::Preprocess(preprocess) => preprocessed(preprocess, input)?,
        Layer::Conv(conv) => convolved(conv, input)?,
        Layer::Norm(norm) => normalised(norm, input)?,
        Layer::Activation(activation) => activated(*activation, input)?,
        Layer::Scalar(_) => input,
        Layer::Pool(pool) => pooled(pool, input)?,
        Layer::Combine(combine) => combined(combine, inputs)?,
        Layer::Gate(gate) => on_the_way_to_a_gate(gate, input)?,
        Layer::Reshape(reshape) => reshaped(reshape, input)?,
        Layer::Linear(linear) => multiplied(linear, input)?,
    };
    within_limits(layer, shape)
}

/// Output shape of `layer`; after a fault, the shape that was plainly meant, which lets a later fault be found too: an
/// addition keeps the shape of its main path, a convolution has its own output channels. In other cases the shape is unknown.
pub fn infer_or_recover(layer: &Layer, inputs: &[Shape]) -> (Option<Shape>, Option<ShapeFault>) {
    match infer(layer, inputs) {
        Ok(shape) => (Some(shape), None),
        Err(fault @ ShapeFault::Size { .. }) => (None, Some(fault)),
        Err(fault) => (recovered(layer, inputs), Some(fault)),
    }
}

fn recovered(layer: &Layer, inputs: &[Shape]) -> Option<Shape> {
    match layer {
        Layer::Combine(Combine::Add | Combine::Multiply)
        | Layer::Activation(_)
        | Layer::Norm(Norm::Batch(_) | Norm::Instance(_))
        | Layer::Preprocess(Preprocess::Standardize { .. }) => inputs.first().copied(),
        Layer::Conv(Conv::Spatial(conv)) => {
            let [height, width] = conv.window.output(inputs.first()?.size()?)?;
            Some(Shape::map(conv.out_channels, height, width))
        }
        Layer::Linear(linear) => Some(Shape::Vector {
            features: linear.out_features,
        }),
        _ => None,
    }
}

fn of_picture(picture: &Picture, input: Shape) -> Result<Shape, ShapeFault> {
    let size = map(input)?;
    let channels = input.channels();
    Ok(match picture {
        Picture::Grayscale => {
            same_channels(3, input)?;
            Shape::map(1, size[0], size[1])
        }
        Picture::Resize { shorter, .. } => {
            bounded("size-shorter-side", *shorter, limits::SIDE)?;
            let [height, width] = resized(size, *shorter);
            Shape::map(channels, height, width)
        }
        Picture::CenterCrop { size } => Shape::map(channels, size[0], size[1]),
        Picture::RgbToBgr => input,
    })
}

fn preprocessed(preprocess: &Preprocess, input: Shape) -> Result<Shape, ShapeFault> {
    match preprocess {
        Preprocess::Scale { .. } => {}
        Preprocess::Standardize { mean, .. } => {
            map(input)?;
            same_channels(mean.len() as u64, input)?;
        }
    }
    Ok(input)
}

fn convolved(conv: &Conv, input: Shape) -> Result<Shape, ShapeFault> {
    let size = map(input)?;
    match conv {
        Conv::Spatial(conv) => {
            for (what, value) in [
                ("size-output-channels", conv.out_channels),
                ("size-groups", conv.groups),
            ] {
                bounded(what, value, limits::CHANNELS)?;
            }
            same_channels(conv.in_channels, input)?;
            for (side, channels) in [(INPUT, conv.in_channels), (OUTPUT, conv.out_channels)] {
                divides(conv.groups, side, channels)?;
            }
            slide(&conv.window, size, conv.out_channels, input)
        }
        Conv::Channels { kernel } => {
            bounded("size-kernel", *kernel, limits::WINDOW)?;
            Ok(input)
        }
    }
}

fn normalised(norm: &Norm, input: Shape) -> Result<Shape, ShapeFault> {
    match norm {
        Norm::Batch(norm) if norm.vectors => vector(input)?,
        _ => {
            map(input)?;
        }
    }
    same_channels(norm.features(), input)?;
    // PyTorch refuses it too: a value minus its own mean is zero.
    if matches!(norm, Norm::Instance(_)) && input.size() == Some([1; 2]) {
        return Err(ShapeFault::OneValue {
            what: "problem-mean-of-one",
            found: input,
        });
    }
    if let Some(groups) = norm.groups() {
        divides(groups, INPUT, norm.features())?;
    }
    Ok(input)
}

fn activated(activation: Activation, input: Shape) -> Result<Shape, ShapeFault> {
    match activation {
        Activation::Prelu { weights } if weights != 1 => same_channels(weights, input)?,
        _ => {}
    }
    Ok(input)
}

fn pooled(pool: &Pool, input: Shape) -> Result<Shape, ShapeFault> {
    let size = map(input)?;
    let channels = input.channels();
    match pool {
        Pool::Max(window) | Pool::Average { window, .. } => {
            let shape = slide(window, size, channels, input)?;
            // PyTorch's own bound: with more padding, a window could lie wholly in the border.
            for (padding, kernel) in window.padding.into_iter().zip(window.kernel) {
                if padding > kernel / 2 {
                    bounded("size-padding", padding, kernel / 2)?;
                }
            }
            Ok(shape)
        }
        Pool::Blur { kernel, stride } => {
            bounded("size-kernel", *kernel, 7)?;
            let window = blur_window(*kernel, *stride);
            // A border mirrors the map, which must be larger than the border.
            if size.iter().any(|&side| side <= window.padding[0]) {
                return Err(ShapeFault::Window {
                    extent: window.extent(),
                    found: input,
                });
            }
            slide(&window, size, channels, input)
        }
        Pool::Global => Ok(Shape::map(channels, 1, 1)),
        Pool::Along(axis) => {
            let [height, width] = axis.collapsed(size);
            Ok(Shape::map(channels, height, width))
        }
        Pool::MeanDeviation { axis, .. } => {
            if size[axis.index()] == 1 {
                return Err(ShapeFault::OneValue {
                    what: "problem-deviation-of-one",
                    found: input,
                });
            }
            let [height, width] = axis.collapsed(size);
            Ok(Shape::map(2 * channels, height, width))
        }
    }
}

fn combined(combine: &Combine, inputs: &[Shape]) -> Result<Shape, ShapeFault> {
    match (combine, inputs) {
        (Combine::Add, [left, right]) => {
            if left != right {
                return Err(ShapeFault::Operands {
                    left: *left,
                    right: *right,
                });
            }
            Ok(*left)
        }
        (Combine::Multiply, [input, gate]) => {
            map(*input)?;
            gate_of(*input, *gate)?;
            Ok(*input)
        }
        (Combine::RadixWeightedSum { radix }, [maps, shares]) => {
            let [height, width] = map(*maps)?;
            gate_of(*maps, *shares)?;
            divides(*radix, INPUT, maps.channels())?;
            Ok(Shape::map(maps.channels() / radix, height, width))
        }
        (Combine::Concat { .. }, [first, rest @ ..]) => {
            let [height, width] = map(*first)?;
            let mut channels = first.channels();
            for other in rest {
                if other.size() != first.size() {
                    return Err(ShapeFault::Joined {
                        first: *first,
                        other: *other,
                    });
                }
                channels += other.channels();
            }
            Ok(Shape::map(channels, height, width))
        }
        // Another number of operands breaks a separate rule.
        (
            Combine::Add
            | Combine::Multiply
            | Combine::RadixWeightedSum { .. }
            | Combine::Concat { .. },
            _,
        ) => Ok(inputs
            .first()
            .copied()
            .unwrap_or(Shape::Vector { features: 0 })),
    }
}

fn on_the_way_to_a_gate(gate: &Gate, input: Shape) -> Result<Shape, ShapeFault> {
    let [height, width] = map(input)?;
    match gate {
        Gate::RadixSum { radix } => {
            divides(*radix, INPUT, input.channels())?;
            Ok(Shape::map(input.channels() / radix, height, width))
        }
        Gate::RadixSoftmax { radix, groups } => {
            divides(radix * groups, INPUT, input.channels())?;
            Ok(input)
        }
    }
}

fn reshaped(reshape: &Reshape, input: Shape) -> Result<Shape, ShapeFault> {
    if let Reshape::Dropout { .. } = reshape {
        return Ok(input);
    }
    let size = map(input)?;
    let [height, width] = size;
    let own = input.channels();
    match reshape {
        Reshape::Dropout { .. } => Ok(input),
        Reshape::ConstantPad2d { before, after } => {
            for padding in before.iter().chain(after) {
                if *padding > limits::WINDOW {
                    bounded("size-padding", *padding, limits::WINDOW)?;
                }
            }
            Ok(Shape::map(
                own,
                height + before[0] + after[0],
                width + before[1] + after[1],
            ))
        }
        Reshape::PadShortcut {
            stride, channels, ..
        } => {
            for step in stride {
                bounded("size-stride", *step, limits::WINDOW)?;
            }
            if *channels < own {
                return Err(ShapeFault::Narrowing {
                    from: own,
                    to: *channels,
                });
            }
            let [height, width] = [0, 1].map(|axis| size[axis].div_ceil(stride[axis]));
            Ok(Shape::map(*channels, height, width))
        }
        Reshape::Slice { start, channels } => {
            if start + channels > own {
                return Err(ShapeFault::Channels {
                    wanted: start + channels,
                    found: input,
                });
            }
            Ok(Shape::map(*channels, height, width))
        }
        Reshape::SpaceToDepth { block, .. } => {
            bounded("size-square", *block, limits::WINDOW)?;
            if size.iter().any(|side| !side.is_multiple_of(*block)) {
                return Err(ShapeFault::Squares {
                    block: *block,
                    found: input,
                });
            }
            let [height, width] = size.map(|side| side / block);
            Ok(Shape::map(own * block * block, height, width))
        }
        Reshape::PixelShuffle { block } => {
            bounded("size-square", *block, limits::WINDOW)?;
            divides(block * block, INPUT, own)?;
            let [height, width] = size.map(|side| side * block);
            Ok(Shape::map(own / (block * block), height, width))
        }
        Reshape::Flatten => {
            let features = u64::try_from(input.elements()).unwrap_or(u64::MAX);
            Ok(Shape::Vector { features })
        }
    }
}

fn multiplied(linear: &Linear, input: Shape) -> Result<Shape, ShapeFault> {
    match input {
        Shape::Vector { features } if features == linear.in_features => Ok(Shape::Vector {
            features: linear.out_features,
        }),
        Shape::Vector { .. } => Err(ShapeFault::Channels {
            wanted: linear.in_features,
            found: input,
        }),
        Shape::Map { .. } => Err(ShapeFault::Rank {
            wanted: "problem-needs-vector",
            found: input,
        }),
    }
}

/// Ids of the texts about channels that cannot be split, by the side at which they are.
const INPUT: &str = "problem-groups-of-input";
const OUTPUT: &str = "problem-groups-of-output";

fn divides(groups: u64, side: &'static str, channels: u64) -> Result<(), ShapeFault> {
    if groups != 0 && channels.is_multiple_of(groups) {
        Ok(())
    } else {
        Err(ShapeFault::Groups {
            groups,
            side,
            channels,
        })
    }
}

/// Checks that a gate has one number per channel of the map.
fn gate_of(map: Shape, gate: Shape) -> Result<(), ShapeFault> {
    if gate == Shape::map(map.channels(), 1, 1) {
        Ok(())
    } else {
        Err(ShapeFault::Gate { map, gate })
    }
}

/// Window of a blur pool: timm pads so that the map's size is divided by the stride.
pub const fn blur_window(kernel: u64, stride: u64) -> super::Window {
    super::Window::square(kernel, stride, (stride - 1 + kernel - 1) / 2)
}

fn map(shape: Shape) -> Result<[u64; 2], ShapeFault> {
    shape.size().ok_or(ShapeFault::Rank {
        wanted: "problem-needs-map",
        found: shape,
    })
}

fn vector(shape: Shape) -> Result<(), ShapeFault> {
    match shape {
        Shape::Vector { .. } => Ok(()),
        Shape::Map { .. } => Err(ShapeFault::Rank {
            wanted: "problem-needs-vector",
            found: shape,
        }),
    }
}

fn same_channels(wanted: u64, found: Shape) -> Result<(), ShapeFault> {
    if wanted == found.channels() {
        Ok(())
    } else {
        Err(ShapeFault::Channels { wanted, found })
    }
}

fn bounded(what: &'static str, value: u64, limit: u64) -> Result<(), ShapeFault> {
    if (1..=limit).contains(&value) {
        Ok(())
    } else {
        Err(ShapeFault::Size { what, value, limit })
    }
}

fn slide(
    window: &super::Window,
    size: [u64; 2],
    channels: u64,
    input: Shape,
) -> Result<Shape, ShapeFault> {
    for axis in 0..2 {
        bounded("size-kernel", window.kernel[axis], limits::WINDOW)?;
        bounded("size-stride", window.stride[axis], limits::WINDOW)?;
        bounded("size-dilation", window.dilation[axis], limits::WINDOW)?;
        if window.padding[axis] > limits::WINDOW {
            bounded("size-padding", window.padding[axis], limits::WINDOW)?;
        }
    }
    let [height, width] = window.output(size).ok_or(ShapeFault::Window {
        extent: window.extent(),
        found: input,
    })?;
    Ok(Shape::map(channels, height, width))
}

fn within_limits(layer: &Layer, shape: Shape) -> Result<Shape, ShapeFault> {
    // Only a flattening may exceed the limit on channels: it counts pixels, and a linear layer after it is refused below.
    let channels = match layer {
        Layer::Reshape(Reshape::Flatten) => limits::CHANNELS << 28,
        _ => limits::CHANNELS,
    };
    match shape {
        Shape::Map { channels: n, size } => {
            bounded("size-channels", n, channels)?;
            bounded("size-height", size[0], limits::SIDE)?;
            bounded("size-width", size[1], limits::SIDE)?;
        }
        Shape::Vector { features } => bounded("size-features", features, channels)?,
    }
    Ok(shape)
}
