//! One layer at a time with the plain kernels: what every faster way is held against.

use ndarray::{ArrayD, ArrayView2, ArrayView4, CowArray, Ix2, Ix4, s};

use super::kernels::{Real, attention, conv, elementwise, group, linear, norm, pool};
use super::{LayerWeights, Mode};
use crate::network::Layer;

/// What a layer put out, and the statistics of the batch where it normalised by them.
pub struct Outcome<T> {
    /// Its output.
    pub output: ArrayD<T>,
    /// In training mode, of a batch normalisation.
    pub statistics: Option<norm::BatchStatistics>,
}

/// Runs `layer` on its operands, whose shapes the network's legality vouches for.
///
/// The input's own value is handed in as its operand: the layer that reads nothing passes it on.
#[allow(clippy::too_many_lines, reason = "one arm a layer")]
pub fn run<T: Real>(
    layer: &Layer,
    weights: &LayerWeights<T>,
    inputs: &[&ArrayD<T>],
    mode: Mode,
) -> Outcome<T> {
    let output = match (layer, weights) {
        (Layer::Conv2d(settings), LayerWeights::Conv { weight, bias }) => conv::conv2d(
            map(inputs[0]),
            match settings.standardize {
                Some(eps) => conv::standardized(weight.view(), eps).into(),
                None => CowArray::from(weight.view()),
            }
            .view(),
            bias.as_ref().map(|bias| bias.view()),
            &settings.window,
            settings.groups as usize,
        )
        .into_dyn(),
        (
            Layer::BatchNorm2d(settings),
            LayerWeights::Norm {
                gamma,
                beta,
                mean,
                var,
            },
        ) => {
            let (gamma, beta) = (Some(gamma.view()), Some(beta.view()));
            if mode == Mode::Training {
                let (output, statistics) =
                    norm::batch_norm_training(map(inputs[0]), gamma, beta, settings.eps);
                return Outcome {
                    output: output.into_dyn(),
                    statistics: Some(statistics),
                };
            }
            norm::batch_norm_inference(
                map(inputs[0]),
                mean.view(),
                var.view(),
                gamma,
                beta,
                settings.eps,
            )
            .into_dyn()
        }
        (Layer::GroupNorm(settings), LayerWeights::Affine { gamma, beta, .. }) => {
            group::group_norm(
                map(inputs[0]),
                gamma.view(),
                beta.view(),
                settings.groups as usize,
                settings.eps,
            )
            .into_dyn()
        }
        (
            Layer::EvoNorm2dS0(settings),
            LayerWeights::Affine {
                gamma,
                beta,
                third: Some(v),
            },
        ) => group::evo_norm_s0(
            map(inputs[0]),
            [gamma.view(), beta.view(), v.view()],
            settings.groups as usize,
            settings.eps,
        )
        .into_dyn(),
        (
            Layer::FilterResponseNorm { eps, .. },
            LayerWeights::Affine {
                gamma,
                beta,
                third: Some(tau),
            },
        ) => group::filter_response_norm(
            map(inputs[0]),
            [gamma.view(), beta.view(), tau.view()],
            *eps,
        )
        .into_dyn(),
        (Layer::ChannelConv { .. }, LayerWeights::ChannelConv { weight }) => {
            let taps = weight.slice(s![0, 0, ..]);
            attention::channel_conv(map(inputs[0]), taps).into_dyn()
        }
        (Layer::Linear(_), LayerWeights::Linear { weight, bias }) => linear::linear(
            vector(inputs[0]),
            weight.view(),
            bias.as_ref().map(|bias| bias.view()),
        )
        .into_dyn(),
        (Layer::Scale { divisor }, _) => elementwise::scale(map(inputs[0]), *divisor).into_dyn(),
        (Layer::Standardize { mean, std }, _) => {
            elementwise::standardize(map(inputs[0]), mean, std).into_dyn()
        }
        (Layer::Relu, _) => elementwise::relu(map(inputs[0])).into_dyn(),
        (Layer::MaxPool2d(window), _) => pool::max_pool(map(inputs[0]), window).into_dyn(),
        (
            Layer::AvgPool2d {
                window,
                count_include_pad,
            },
            _,
        ) => pool::avg_pool(map(inputs[0]), window, *count_include_pad).into_dyn(),
        (Layer::BlurPool2d { kernel, stride }, _) => {
            pool::blur_pool(map(inputs[0]), *kernel as usize, *stride as usize).into_dyn()
        }
        (Layer::ConstantPad2d { padding }, _) => {
            pool::constant_pad(map(inputs[0]), *padding as usize).into_dyn()
        }
        (Layer::Sigmoid, _) => attention::sigmoid(map(inputs[0])).into_dyn(),
        (Layer::Multiply, _) => attention::multiply(map(inputs[0]), map(inputs[1])).into_dyn(),
        (Layer::Slice { start, channels }, _) => {
            attention::slice(map(inputs[0]), *start as usize, *channels as usize).into_dyn()
        }
        (Layer::Concat { .. }, _) => {
            let maps: Vec<_> = inputs.iter().map(|input| map(input)).collect();
            attention::concat(&maps).into_dyn()
        }
        (Layer::RadixSum { radix }, _) => {
            attention::radix_sum(map(inputs[0]), *radix as usize).into_dyn()
        }
        (Layer::RadixSoftmax { radix, groups }, _) => {
            attention::radix_softmax(map(inputs[0]), *radix as usize, *groups as usize).into_dyn()
        }
        (Layer::RadixWeightedSum { radix }, _) => {
            attention::radix_weighted_sum(map(inputs[0]), map(inputs[1]), *radix as usize)
                .into_dyn()
        }
        (Layer::GlobalAvgPool, _) => pool::global_avg_pool(map(inputs[0])).into_dyn(),
        (Layer::PadShortcut { stride, channels }, _) => {
            elementwise::pad_shortcut(map(inputs[0]), *stride as usize, *channels as usize)
                .into_dyn()
        }
        (Layer::Add, _) => elementwise::add(map(inputs[0]), map(inputs[1])).into_dyn(),
        (Layer::Flatten, _) => flatten(inputs[0]),
        (Layer::Input { .. }, _) => inputs[0].clone(),
        (
            Layer::Conv2d(_)
            | Layer::BatchNorm2d(_)
            | Layer::GroupNorm(_)
            | Layer::EvoNorm2dS0(_)
            | Layer::FilterResponseNorm { .. }
            | Layer::ChannelConv { .. }
            | Layer::Linear(_),
            _,
        ) => {
            unreachable!("weights are loaded by the kind of their layer")
        }
    };
    Outcome {
        output,
        statistics: None,
    }
}

/// A feature map: batch × channels × height × width.
fn map<T: Real>(tensor: &ArrayD<T>) -> ArrayView4<'_, T> {
    tensor
        .view()
        .into_dimensionality::<Ix4>()
        .expect("legality: the layer reads a feature map")
}

/// Vectors: batch × features.
fn vector<T: Real>(tensor: &ArrayD<T>) -> ArrayView2<'_, T> {
    tensor
        .view()
        .into_dimensionality::<Ix2>()
        .expect("legality: the layer reads a vector")
}

fn flatten<T: Real>(tensor: &ArrayD<T>) -> ArrayD<T> {
    let batch = tensor.shape()[0];
    let features = tensor.len() / batch;
    let values = tensor.iter().copied().collect();
    ArrayD::from_shape_vec(vec![batch, features], values).expect("as many values as before")
}
