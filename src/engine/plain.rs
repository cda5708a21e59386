//! One layer at a time with the plain kernels: the reference for every faster method.

use ndarray::{Array4, ArrayD, ArrayView1, ArrayView2, ArrayView4, Axis, CowArray, Ix2, Ix4, s};

use super::kernels::{
    Real, attention, conv, elementwise, group, linear, norm, picture, pool, shuffle,
};
use super::{LayerWeights, Mode};
use crate::network::layer::{BatchNorm2d, Scalar};
use crate::network::{Combine, Conv, Gate, Layer, Norm, Picture, Pool, Preprocess, Reshape};

/// Message of the assertion that a layer has weights of its own kind.
const BY_KIND: &str = "weights are loaded by the kind of their layer";

const VECTOR: &str = "legality: the layer reads a vector";

/// Output of a layer, and the statistics of the batch if it normalised with them.
pub struct Outcome<T> {
    /// Output tensor.
    pub output: ArrayD<T>,
    /// Statistics of the batch, for a batch normalisation in training mode.
    pub statistics: Option<norm::BatchStatistics>,
}

/// Runs `layer` on its operands, whose shapes are guaranteed by the network's legality.
///
/// The input layer has no operands: its own value is passed as one, and is returned.
pub fn run<T: Real>(
    layer: &Layer,
    weights: &LayerWeights<T>,
    inputs: &[&ArrayD<T>],
    mode: Mode,
) -> Outcome<T> {
    let output = match (layer, weights) {
        (Layer::Conv(Conv::Spatial(settings)), LayerWeights::Conv { weight, bias, gain }) => {
            conv::conv2d(
                map(inputs[0]),
                match settings.standardize {
                    Some(own) => {
                        let gain = gain.as_ref().map(|gain| gain.view());
                        conv::standardized(weight.view(), own, gain).into()
                    }
                    None => CowArray::from(weight.view()),
                }
                .view(),
                bias.as_ref().map(|bias| bias.view()),
                &settings.window,
                settings.groups as usize,
            )
            .into_dyn()
        }
        (Layer::Conv(Conv::Channels { .. }), LayerWeights::ChannelConv { weight }) => {
            let taps = weight.slice(s![0, 0, ..]);
            attention::channel_conv(map(inputs[0]), taps).into_dyn()
        }
        (Layer::Linear(_), LayerWeights::Linear { weight, bias }) => linear::linear(
            vector(inputs[0]),
            weight.view(),
            bias.as_ref().map(|bias| bias.view()),
        )
        .into_dyn(),
        (Layer::Norm(Norm::Batch(settings)), LayerWeights::Norm { .. }) => {
            let input = inputs[0];
            if settings.vectors {
                // Each feature is a channel of one pixel.
                let pixels = vector(input).insert_axis(Axis(2)).insert_axis(Axis(3));
                let outcome = batch_norm(settings, weights, pixels, mode);
                let output = outcome.output.index_axis_move(Axis(3), 0);
                return Outcome {
                    output: output.index_axis_move(Axis(2), 0),
                    ..outcome
                };
            }
            return batch_norm(settings, weights, map(input), mode);
        }
        (Layer::Norm(norm), LayerWeights::Affine { gamma, beta, third }) => {
            let third = third.as_ref().map(|third| third.view());
            image_norm(norm, (gamma.view(), beta.view(), third), map(inputs[0])).into_dyn()
        }
        (Layer::Activation(activation), LayerWeights::Numbers(slopes)) => {
            elementwise::with_slopes(inputs[0].view(), slopes.view(), |x, slope| {
                activation.with_slope(slope).value(x)
            })
        }
        (Layer::Scalar(scalar), LayerWeights::Numbers(number)) => {
            let number: f64 = number[0].into();
            elementwise::each(inputs[0].view(), |x| scalar.value(x, number))
        }
        _ => weightless(layer, inputs),
    };
    Outcome {
        output,
        statistics: None,
    }
}

#[allow(
    clippy::needless_pass_by_value,
    reason = "a view is a pointer with its strides, and `Copy`"
)]
fn batch_norm<T: Real>(
    settings: &BatchNorm2d,
    weights: &LayerWeights<T>,
    input: ArrayView4<'_, T>,
    mode: Mode,
) -> Outcome<T> {
    let LayerWeights::Norm {
        gamma,
        beta,
        mean,
        var,
    } = weights
    else {
        unreachable!("{BY_KIND}")
    };
    let (gamma, beta) = (Some(gamma.view()), Some(beta.view()));
    if mode == Mode::Training {
        let (output, statistics) = norm::batch_norm_training(input, gamma, beta, settings.eps);
        return Outcome {
            output: output.into_dyn(),
            statistics: Some(statistics),
        };
    }
    let (mean, var) = (mean.view(), var.view());
    let output = norm::batch_norm_inference(input, mean, var, gamma, beta, settings.eps);
    Outcome {
        output: output.into_dyn(),
        statistics: None,
    }
}

/// Applies a normalisation over a single image, with its scale, its shift and its third parameter if it has one.
#[allow(
    clippy::needless_pass_by_value,
    reason = "a view is a pointer with its strides, and `Copy`"
)]
fn image_norm<T: Real>(
    norm: &Norm,
    (gamma, beta, third): (
        ArrayView1<'_, T>,
        ArrayView1<'_, T>,
        Option<ArrayView1<'_, T>>,
    ),
    input: ArrayView4<'_, T>,
) -> Array4<T> {
    match (norm, third) {
        (Norm::Group(settings), _) => {
            group::group_norm(input, gamma, beta, settings.groups as usize, settings.eps)
        }
        (Norm::Instance(settings), _) => {
            let groups = settings.features as usize;
            group::group_norm(input, gamma, beta, groups, settings.eps)
        }
        (Norm::EvoS0(settings), Some(v)) => {
            let groups = settings.groups as usize;
            group::evo_norm_s0(input, [gamma, beta, v], groups, settings.eps)
        }
        (Norm::FilterResponse { eps, .. }, Some(tau)) => {
            group::filter_response_norm(input, [gamma, beta, tau], *eps)
        }
        (Norm::Batch(_) | Norm::EvoS0(_) | Norm::FilterResponse { .. }, _) => {
            unreachable!("{BY_KIND}")
        }
    }
}

/// Runs a layer without weights.
fn weightless<T: Real>(layer: &Layer, inputs: &[&ArrayD<T>]) -> ArrayD<T> {
    let first = || map(inputs[0]);
    let second = || map(inputs[1]);
    let output = match layer {
        Layer::Input { .. } => return inputs[0].clone(),
        Layer::Picture(picture) => match picture {
            Picture::Grayscale => picture::grayscale(first()),
            Picture::Resize { shorter, filter } => picture::resize(first(), *shorter, *filter),
            Picture::CenterCrop { size } => picture::center_crop(first(), *size),
            Picture::RgbToBgr => picture::rgb_to_bgr(first()),
        },
        Layer::Preprocess(Preprocess::Scale { divisor }) => {
            return elementwise::scale(inputs[0].view(), *divisor);
        }
        Layer::Preprocess(Preprocess::Standardize { mean, std }) => {
            elementwise::standardize(first(), mean, std)
        }
        Layer::Activation(activation) => {
            return elementwise::each(inputs[0].view(), |x| activation.value(x));
        }
        Layer::Pool(pool) => match pool {
            Pool::Max(window) => pool::max_pool(first(), window),
            Pool::Average {
                window,
                count_include_pad,
            } => pool::avg_pool(first(), window, *count_include_pad),
            Pool::Blur { kernel, stride } => {
                pool::blur_pool(first(), *kernel as usize, *stride as usize)
            }
            Pool::Global => pool::global_avg_pool(first()),
            Pool::Along(axis) => pool::mean_along(first(), *axis),
            Pool::MeanDeviation { axis, eps } => pool::mean_deviation(first(), *axis, *eps),
        },
        Layer::Combine(combine) => match combine {
            Combine::Add => return elementwise::add(inputs[0].view(), inputs[1].view()),
            Combine::Multiply => attention::multiply(first(), second()),
            Combine::Concat { .. } => {
                let maps: Vec<_> = inputs.iter().map(|input| map(input)).collect();
                attention::concat(&maps)
            }
            Combine::RadixWeightedSum { radix } => {
                attention::radix_weighted_sum(first(), second(), *radix as usize)
            }
        },
        Layer::Gate(Gate::RadixSum { radix }) => attention::radix_sum(first(), *radix as usize),
        Layer::Gate(Gate::RadixSoftmax { radix, groups }) => {
            attention::radix_softmax(first(), *radix as usize, *groups as usize)
        }
        Layer::Reshape(reshape) => match reshape {
            Reshape::ConstantPad2d { before, after } => {
                pool::constant_pad(first(), *before, *after)
            }
            Reshape::PadShortcut {
                stride,
                channels,
                zeros,
            } => {
                let map = first();
                let front = zeros.before(channels - map.dim().1 as u64) as usize;
                let stride = stride.map(|n| n as usize);
                elementwise::pad_shortcut(map, stride, *channels as usize, front)
            }
            Reshape::Slice { start, channels } => {
                attention::slice(first(), *start as usize, *channels as usize)
            }
            Reshape::SpaceToDepth { block, order } => {
                shuffle::space_to_depth(first(), *block, *order)
            }
            Reshape::PixelShuffle { block } => shuffle::pixel_shuffle(first(), *block as usize),
            Reshape::Flatten => return flatten(inputs[0]),
            // Training drops values at random; a pass at hand has no random choice and passes all values on, as inference
            // does.
            Reshape::Dropout { .. } => return inputs[0].clone(),
        },
        Layer::Scalar(scalar @ Scalar::Times { factor }) => {
            return elementwise::each(inputs[0].view(), |x| scalar.value(x, *factor));
        }
        Layer::Conv(_) | Layer::Norm(_) | Layer::Linear(_) | Layer::Scalar(_) => {
            unreachable!("{BY_KIND}")
        }
    };
    output.into_dyn()
}

/// View as a feature map: batch × channels × height × width.
fn map<T: Real>(tensor: &ArrayD<T>) -> ArrayView4<'_, T> {
    tensor
        .view()
        .into_dimensionality::<Ix4>()
        .expect("legality: the layer reads a feature map")
}

/// View as vectors: batch × features.
fn vector<T: Real>(tensor: &ArrayD<T>) -> ArrayView2<'_, T> {
    tensor.view().into_dimensionality::<Ix2>().expect(VECTOR)
}

fn flatten<T: Real>(tensor: &ArrayD<T>) -> ArrayD<T> {
    let batch = tensor.shape()[0];
    let features = tensor.len() / batch;
    let values = tensor.iter().copied().collect();
    ArrayD::from_shape_vec(vec![batch, features], values).expect("as many values as before")
}
