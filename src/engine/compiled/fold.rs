//! Weights with the normalisation after a convolution folded in.

use crate::engine::LayerWeights;
use crate::engine::kernels::standardized;
use crate::kernels::pack::{Scaled, Sizes};
use crate::network::layer::Conv2d;
use crate::network::{Conv, Layer, Norm};

/// Weights and bias of a convolution or linear layer, and the effect of its normalisation: a factor and an addend per output
/// channel.
pub(super) struct Folded<'a> {
    /// Output channels × inputs of each, one after the other.
    pub(super) weights: std::borrow::Cow<'a, [f32]>,
    pub(super) scale: Vec<f32>,
    pub(super) shift: Vec<f32>,
}

impl Folded<'_> {
    /// The weights with their factors.
    pub(super) fn scaled(&self) -> Scaled<'_> {
        Scaled {
            weights: &self.weights,
            scale: &self.scale,
        }
    }
}

/// Sizes of a convolution, for those who order its weights.
pub(super) fn sizes(conv: &Conv2d) -> Sizes {
    Sizes {
        groups: conv.groups as usize,
        inputs: conv.in_channels as usize,
        outputs: conv.out_channels as usize,
        area: (conv.window.kernel[0] * conv.window.kernel[1]) as usize,
    }
}

/// Factor and addend of a batch normalisation in inference, for each channel.
pub(super) fn affine(layer: &Layer, weights: &LayerWeights) -> Option<[Vec<f32>; 2]> {
    let (
        Layer::Norm(Norm::Batch(settings)),
        LayerWeights::Norm {
            gamma,
            beta,
            mean,
            var,
        },
    ) = (layer, weights)
    else {
        return None;
    };
    let factor = |c: usize| f64::from(gamma[c]) / (f64::from(var[c]) + settings.eps).sqrt();
    let count = gamma.len();
    Some([
        (0..count).map(|c| factor(c) as f32).collect(),
        (0..count)
            .map(|c| (f64::from(beta[c]) - f64::from(mean[c]) * factor(c)) as f32)
            .collect(),
    ])
}

/// Folds the normalisation into the convolution before it.
pub(super) fn fold<'a>(
    layer: &Layer,
    weights: &'a LayerWeights,
    norm: Option<[Vec<f32>; 2]>,
) -> Option<Folded<'a>> {
    use std::borrow::Cow;
    let (values, bias) = match (layer, weights) {
        (
            Layer::Conv(Conv::Spatial(Conv2d {
                standardize: Some(own),
                ..
            })),
            LayerWeights::Conv { weight, bias, gain },
        ) => {
            let gain = gain.as_ref().map(|gain| gain.view());
            let standard = standardized(weight.view(), *own, gain);
            (Cow::Owned(standard.iter().copied().collect()), bias)
        }
        (_, LayerWeights::Conv { weight, bias, .. }) => (slice(weight), bias),
        (_, LayerWeights::Linear { weight, bias }) => (slice(weight), bias),
        _ => return None,
    };
    let outputs = match layer {
        Layer::Conv(Conv::Spatial(conv)) => conv.out_channels as usize,
        Layer::Linear(linear) => linear.out_features as usize,
        _ => return None,
    };
    let [scale, shift] = norm.unwrap_or_else(|| [vec![1.0; outputs], vec![0.0; outputs]]);
    let shift = match bias {
        Some(bias) => (0..outputs)
            .map(|c| bias[c].mul_add(scale[c], shift[c]))
            .collect(),
        None => shift,
    };
    Some(Folded {
        weights: values,
        scale,
        shift,
    })
}

fn slice<D: ndarray::Dimension>(array: &ndarray::Array<f32, D>) -> std::borrow::Cow<'_, [f32]> {
    match array.as_slice() {
        Some(values) => values.into(),
        None => array.iter().copied().collect::<Vec<_>>().into(),
    }
}
