//! The backward pass: the loss of a batch, and its gradient by every learned number and by the input.
//!
//! [`Backward`] is prepared once for a network and a mode, and run on any number of batches, in single or double precision.
//! It runs the layers forward with the plain kernels, keeps what their derivatives read, and walks back.

mod batch;
mod dropout;
mod error;
mod keep;
mod layer;
mod measure;
mod memory;
mod pass;
mod quick;
mod shift;

use ndarray::{Array2, ArrayD};

use super::LayerWeights;
use super::kernels::{BatchStatistics, Real};
use crate::network::{LayerId, Network, Parameter, ParameterKind, Table};

pub use batch::{Batch, Direction, Observer, Options};
pub use error::GradientError;
pub use measure::{BlockNorm, Norms, TensorNorm, norm};
pub use pass::{Backward, Probe, Probed};
pub use quick::Quick;

/// Results of a backward pass.
#[derive(Debug, Clone)]
pub struct Gradients<T> {
    /// The mean of the batch's losses.
    pub loss: f64,
    /// The output of the network.
    pub logits: Array2<T>,
    /// Gradient of the input after preprocessing; `None` if it is not needed.
    pub input: Option<ArrayD<T>>,
    /// Of each layer the gradients of its learned tensors, in the order of its parameters; none of layers that were not to
    /// learn.
    pub layers: Table<Vec<ArrayD<T>>>,
    /// Statistics that batch normalisations saw, in training mode.
    pub statistics: Vec<(LayerId, BatchStatistics)>,
    /// Bytes of values that were kept from the way forward for the way back.
    pub kept: u128,
}

impl<T: Real> Gradients<T> {
    /// The gradients by the parameters' names in PyTorch's `state_dict`, in its order.
    pub fn named<'a>(
        &'a self,
        network: &'a Network,
    ) -> impl Iterator<Item = (String, &'a ArrayD<T>)> + 'a {
        network.nodes().flat_map(|(id, node)| {
            let names: Vec<String> = learned(&node.layer.parameters())
                .map(|parameter| node.path.parameter(parameter.name))
                .collect();
            names.into_iter().zip(&self.layers[id])
        })
    }

    /// One step of plain gradient descent.
    pub fn descend(&self, weights: &mut Table<LayerWeights<T>>, step: f64) {
        let mut changed: Vec<LayerWeights<T>> = weights.iter().cloned().collect();
        for (own, gradients) in changed.iter_mut().zip(&self.layers) {
            for (mut tensor, gradient) in own.tensors_mut().into_iter().zip(gradients) {
                tensor.zip_mut_with(gradient, |w, &g| {
                    let (old, g): (f64, f64) = ((*w).into(), g.into());
                    *w = T::rounded(old - step * g);
                });
            }
        }
        *weights = changed.into();
    }
}

/// Those of a layer's tensors that gradient descent changes.
pub(super) fn learned(parameters: &[Parameter]) -> impl Iterator<Item = &Parameter> {
    parameters
        .iter()
        .filter(|parameter| parameter.kind == ParameterKind::Learned)
}
