//! Sizes of gradients, tensor by tensor and block by block along the depth.

use ndarray::ArrayD;

use super::{Gradients, learned};
use crate::engine::kernels::Real;
use crate::network::{LayerId, Network, Scope, Stage};

/// The size of one tensor's gradient.
#[derive(Debug, Clone, PartialEq)]
pub struct TensorNorm {
    /// Its name in PyTorch's `state_dict`.
    pub name: String,
    /// Its layer.
    pub layer: LayerId,
    /// Its dimensions.
    pub shape: Vec<usize>,
    /// The root of the sum of squares.
    pub norm: f64,
}

impl TensorNorm {
    /// The root of the mean square: what one number of it has.
    pub fn rms(&self) -> f64 {
        let count: usize = self.shape.iter().product();
        self.norm / (count.max(1) as f64).sqrt()
    }
}

/// The size of the gradient of all tensors of a block, or of stem or head.
#[derive(Debug, Clone, PartialEq)]
pub struct BlockNorm {
    /// The block's module path, or `stem` and `head`.
    pub name: String,
    /// Its stage and number.
    pub scope: Scope,
    /// The root of the sum of squares.
    pub norm: f64,
}

/// All sizes of a network's gradients.
#[derive(Debug, Clone, PartialEq)]
pub struct Norms {
    /// Of each learned tensor, in the order of execution.
    pub tensors: Vec<TensorNorm>,
    /// Of each part along the depth.
    pub blocks: Vec<BlockNorm>,
}

impl Norms {
    /// Those of a pass.
    pub fn of<T: Real>(gradients: &Gradients<T>, network: &Network) -> Self {
        let (mut tensors, mut blocks) = (Vec::new(), Vec::<BlockNorm>::new());
        for (id, node) in network.nodes() {
            for (parameter, own) in learned(&node.layer.parameters()).zip(&gradients.layers[id]) {
                let norm = norm(own);
                tensors.push(TensorNorm {
                    name: node.path.parameter(parameter.name),
                    layer: id,
                    shape: own.shape().to_vec(),
                    norm,
                });
                let scope = Scope {
                    branch: None,
                    ..node.scope
                };
                match blocks.last_mut().filter(|last| last.scope == scope) {
                    Some(last) => last.norm = last.norm.hypot(norm),
                    None => blocks.push(BlockNorm {
                        name: name(network, scope),
                        scope,
                        norm,
                    }),
                }
            }
        }
        Self { tensors, blocks }
    }

    /// The first block's gradient over the last one's: above 1 gradients grow on the way back, below 1 they shrink.
    pub fn first_over_last(&self) -> Option<f64> {
        let mut blocks = self
            .blocks
            .iter()
            .filter(|block| block.scope.block.is_some());
        let (first, last) = (blocks.next()?, blocks.next_back()?);
        Some(first.norm / last.norm)
    }
}

fn name(network: &Network, scope: Scope) -> String {
    let block = match scope.stage {
        Stage::Preprocess | Stage::Stem => return "stem".to_owned(),
        Stage::Head => return "head".to_owned(),
        Stage::Body(number) => network.stage(number).and_then(|stage| {
            let place = scope.block? as usize;
            stage
                .blocks
                .get(place)
                .cloned()
                .or_else(|| Some(stage.name.clone()))
        }),
    };
    block.unwrap_or_else(|| "body".to_owned())
}

/// The root of the sum of squares.
pub fn norm<T: Real>(tensor: &ArrayD<T>) -> f64 {
    let squares = tensor.iter().map(|&x| {
        let x: f64 = x.into();
        x * x
    });
    squares.sum::<f64>().sqrt()
}
