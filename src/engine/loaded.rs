//! Tensors of each layer, loaded once from a source of weights.

use std::iter;
use std::sync::Arc;

use ndarray::{Array1, Array2, Array3, Array4, ArrayD, ArrayViewD, ArrayViewMutD, Dimension};

use super::budget::admit_weights;
use super::kernels::Real;
use crate::network::{Activation, Conv, Layer, LayerPath, Network, Parameters, Table};
use crate::weights::fit::shape_of;
pub use crate::weights::fit::wanted;
use crate::weights::{WeightError, WeightSource};

/// Tensors of one layer, in the shapes that its kernel reads.
#[derive(Debug, Clone, PartialEq)]
pub enum LayerWeights<T = f32> {
    /// A layer without tensors.
    None,
    /// A convolution: out × in / groups × height × width, and one bias per output channel.
    Conv {
        /// Kernels.
        weight: Array4<T>,
        /// Bias of each output channel.
        bias: Option<Array1<T>>,
        /// By which each output channel's standardised weights are multiplied, where they are scaled: out × 1 × 1 × 1.
        gain: Option<Array4<T>>,
    },
    /// A batch normalisation: one number of each per channel.
    Norm {
        /// Scale γ.
        gamma: Array1<T>,
        /// Shift β.
        beta: Array1<T>,
        /// Running mean.
        mean: Array1<T>,
        /// Running variance.
        var: Array1<T>,
    },
    /// A normalisation without running statistics: one number of each per channel.
    Affine {
        /// Scale γ; ones if it learns none.
        gamma: Array1<T>,
        /// Shift β; zeros if it learns none.
        beta: Array1<T>,
        /// EvoNorm's v, or the threshold τ of a filter response normalisation.
        third: Option<Array1<T>>,
    },
    /// A convolution over the channels: 1 × 1 × kernel.
    ChannelConv {
        /// Kernel.
        weight: Array3<T>,
    },
    /// Slopes of a PReLU, one or one per channel; or the single number of a layer that has no other.
    Numbers(Array1<T>),
    /// A linear layer: out × in, and one bias per output.
    Linear {
        /// Matrix.
        weight: Array2<T>,
        /// Bias of each output.
        bias: Option<Array1<T>>,
    },
}

/// All tensors of `weights` by the method `view`; `reference` lends those that may be missing.
macro_rules! views {
    ($weights:ident, $view:ident, $reference:ident) => {
        match $weights {
            Self::None => Vec::new(),
            Self::Conv { weight, bias, gain } => {
                let bias = bias.$reference().map(|bias| bias.$view().into_dyn());
                let gain = gain.$reference().map(|gain| gain.$view().into_dyn());
                let weight = iter::once(weight.$view().into_dyn());
                weight.chain(bias).chain(gain).collect()
            }
            Self::Linear { weight, bias } => {
                let bias = bias.$reference().map(|bias| bias.$view().into_dyn());
                iter::once(weight.$view().into_dyn()).chain(bias).collect()
            }
            Self::ChannelConv { weight } => vec![weight.$view().into_dyn()],
            Self::Numbers(numbers) => vec![numbers.$view().into_dyn()],
            Self::Affine { gamma, beta, third } => {
                let all = [gamma, beta].into_iter().chain(third);
                all.map(|array| array.$view().into_dyn()).collect()
            }
            Self::Norm {
                gamma,
                beta,
                mean,
                var,
            } => [gamma, beta, mean, var]
                .map(|array| array.$view().into_dyn())
                .into(),
        }
    };
}

impl<T: Real> LayerWeights<T> {
    /// The same in another precision.
    pub fn to<U: Real>(&self) -> LayerWeights<U> {
        fn each<T: Real, U: Real, D: Dimension>(
            array: &ndarray::Array<T, D>,
        ) -> ndarray::Array<U, D> {
            array.mapv(|x| U::rounded(x.into()))
        }
        match self {
            Self::None => LayerWeights::None,
            Self::Conv { weight, bias, gain } => LayerWeights::Conv {
                weight: each(weight),
                bias: bias.as_ref().map(each),
                gain: gain.as_ref().map(each),
            },
            Self::Norm {
                gamma,
                beta,
                mean,
                var,
            } => LayerWeights::Norm {
                gamma: each(gamma),
                beta: each(beta),
                mean: each(mean),
                var: each(var),
            },
            Self::Affine { gamma, beta, third } => LayerWeights::Affine {
                gamma: each(gamma),
                beta: each(beta),
                third: third.as_ref().map(each),
            },
            Self::ChannelConv { weight } => LayerWeights::ChannelConv {
                weight: each(weight),
            },
            Self::Numbers(numbers) => LayerWeights::Numbers(each(numbers)),
            Self::Linear { weight, bias } => LayerWeights::Linear {
                weight: each(weight),
                bias: bias.as_ref().map(each),
            },
        }
    }

    /// Its tensors in the order of the layer's [parameters](Layer::parameters), as far as they are numbers of a pass.
    pub fn tensors(&self) -> Vec<ArrayViewD<'_, T>> {
        views!(self, view, as_ref)
    }

    /// The same, to be changed.
    pub fn tensors_mut(&mut self) -> Vec<ArrayViewMutD<'_, T>> {
        views!(self, view_mut, as_mut)
    }
}

impl LayerWeights {
    /// The tensors in double precision.
    pub fn widened(&self) -> LayerWeights<f64> {
        self.to()
    }
}

/// All tensors of a network.
#[derive(Debug, Clone)]
pub struct LoadedWeights {
    layers: Table<LayerWeights>,
    label: String,
}

impl LoadedWeights {
    /// Loads every tensor that the network needs.
    ///
    /// # Errors
    /// There is no room for the weights, or a tensor is missing or has another shape: the first one is reported, and
    /// [`crate::weights::misfits`] lists all.
    pub fn load(network: &Network, source: &dyn WeightSource) -> Result<Arc<Self>, WeightError> {
        admit_weights(network)?;
        let layers: Result<Vec<_>, _> = network
            .nodes()
            .map(|(_, node)| layer(&node.layer, &node.path, source))
            .collect();
        Ok(Arc::new(Self {
            layers: layers?.into(),
            label: source.label(),
        }))
    }

    /// Tensors of one layer.
    pub fn of(&self, id: crate::network::LayerId) -> &LayerWeights {
        &self.layers[id]
    }

    /// Of every layer, in a precision of the caller's choice.
    pub fn all<T: Real>(&self) -> Table<LayerWeights<T>> {
        self.layers
            .iter()
            .map(LayerWeights::to)
            .collect::<Vec<_>>()
            .into()
    }

    /// Name of the source: `synthetic:7`.
    pub fn label(&self) -> &str {
        &self.label
    }
}

/// Loads the tensors of one layer.
pub(super) fn layer(
    layer: &Layer,
    path: &LayerPath,
    source: &dyn WeightSource,
) -> Result<LayerWeights, WeightError> {
    let fetch = Fetch {
        parameters: layer.parameters(),
        path,
        source,
    };
    Ok(match layer {
        Layer::Conv(Conv::Spatial(_)) => LayerWeights::Conv {
            weight: fetch.required("weight")?,
            bias: fetch.optional("bias")?,
            gain: fetch.optional("gain")?,
        },
        Layer::Conv(Conv::Channels { .. }) => LayerWeights::ChannelConv {
            weight: fetch.required("weight")?,
        },
        Layer::Linear(_) => LayerWeights::Linear {
            weight: fetch.required("weight")?,
            bias: fetch.optional("bias")?,
        },
        Layer::Norm(norm) if norm.has_running_statistics() => LayerWeights::Norm {
            gamma: fetch.required("weight")?,
            beta: fetch.required("bias")?,
            mean: fetch.required("running_mean")?,
            var: fetch.required("running_var")?,
        },
        Layer::Norm(norm) => LayerWeights::Affine {
            gamma: (fetch.optional("weight")?)
                .unwrap_or_else(|| Array1::ones(norm.features() as usize)),
            beta: (fetch.optional("bias")?)
                .unwrap_or_else(|| Array1::zeros(norm.features() as usize)),
            third: match norm.learned().get(2) {
                Some((name, _)) => Some(fetch.required(name)?),
                None => None,
            },
        },
        Layer::Activation(Activation::Prelu { .. }) => {
            LayerWeights::Numbers(fetch.required("weight")?)
        }
        Layer::Scalar(scalar) if scalar.is_learned() => LayerWeights::Numbers(fetch.required("")?),
        Layer::Input { .. }
        | Layer::Picture(_)
        | Layer::Preprocess(_)
        | Layer::Activation(_)
        | Layer::Scalar(_)
        | Layer::Pool(_)
        | Layer::Combine(_)
        | Layer::Gate(_)
        | Layer::Reshape(_) => LayerWeights::None,
    })
}

struct Fetch<'a> {
    parameters: Parameters,
    path: &'a LayerPath,
    source: &'a dyn WeightSource,
}

impl Fetch<'_> {
    fn optional<D: Dimension>(
        &self,
        name: &str,
    ) -> Result<Option<ndarray::Array<f32, D>>, WeightError> {
        if self
            .parameters
            .iter()
            .any(|parameter| parameter.name == name)
        {
            self.required(name).map(Some)
        } else {
            Ok(None)
        }
    }

    fn required<D: Dimension>(&self, name: &str) -> Result<ndarray::Array<f32, D>, WeightError> {
        let key = self.path.parameter(name);
        let shape = self
            .parameters
            .iter()
            .find(|parameter| parameter.name == name)
            .map(shape_of)
            .unwrap_or_default();
        let tensor: ArrayD<f32> = self.source.tensor(&key, &shape)?;
        let found = tensor.shape().to_vec();
        tensor
            .into_dimensionality()
            .map_err(|_| WeightError::Shape {
                origin: self.source.label(),
                name: key,
                expected: shape,
                found,
            })
    }
}
