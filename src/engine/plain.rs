//! One layer at a time with the plain kernels: what every faster way is held against.

use ndarray::{ArrayD, ArrayView2, ArrayView4, Ix2, Ix4};

use super::kernels::{Real, conv, elementwise, linear, norm, pool};
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
pub fn run<T: Real>(
    layer: &Layer,
    weights: &LayerWeights<T>,
    inputs: &[&ArrayD<T>],
    mode: Mode,
) -> Outcome<T> {
    let output = match (layer, weights) {
        (Layer::Conv2d(settings), LayerWeights::Conv { weight, bias }) => conv::conv2d(
            map(inputs[0]),
            weight.view(),
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
        (Layer::AvgPool2d(window), _) => pool::avg_pool(map(inputs[0]), window, true).into_dyn(),
        (Layer::GlobalAvgPool, _) => pool::global_avg_pool(map(inputs[0])).into_dyn(),
        (Layer::PadShortcut { stride, channels }, _) => {
            elementwise::pad_shortcut(map(inputs[0]), *stride as usize, *channels as usize)
                .into_dyn()
        }
        (Layer::Add, _) => elementwise::add(map(inputs[0]), map(inputs[1])).into_dyn(),
        (Layer::Flatten, _) => flatten(inputs[0]),
        (Layer::Input { .. }, _) => inputs[0].clone(),
        (Layer::Conv2d(_) | Layer::BatchNorm2d(_) | Layer::Linear(_), _) => {
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
