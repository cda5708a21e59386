//! A checkpoint for a network with another head: what does not fit begins anew.

use std::collections::BTreeSet;

use ndarray::ArrayD;

use super::Initial;
use super::source::{WeightError, WeightSource};
use crate::network::{Network, ParameterKind, Stage};

/// Weights of two sources.
pub struct Graft {
    base: Box<dyn WeightSource>,
    initial: Initial,
    begun: BTreeSet<String>,
}

impl Graft {
    /// Takes the tensors of the head that `base` lacks, or has in another shape, from `initial`. The source itself comes back where
    /// it has all, or lacks more than the head.
    pub fn new(
        network: &Network,
        base: Box<dyn WeightSource>,
        initial: Initial,
    ) -> Result<Self, Box<dyn WeightSource>> {
        let mut begun = BTreeSet::new();
        for (_, node) in network.nodes() {
            for parameter in node.layer.parameters() {
                if parameter.kind == ParameterKind::Counter {
                    continue;
                }
                let name = node.path.parameter(parameter.name);
                let shape: Vec<usize> = parameter.shape.iter().map(|&side| side as usize).collect();
                if base.tensor(&name, &shape).is_err() {
                    if node.scope.stage != Stage::Head {
                        return Err(base);
                    }
                    begun.insert(name);
                }
            }
        }
        if begun.is_empty() {
            return Err(base);
        }
        Ok(Self {
            base,
            initial,
            begun,
        })
    }

    /// The tensors that begin anew.
    pub fn begun(&self) -> impl Iterator<Item = &str> {
        self.begun.iter().map(String::as_str)
    }
}

impl WeightSource for Graft {
    fn tensor(&self, name: &str, shape: &[usize]) -> Result<ArrayD<f32>, WeightError> {
        if self.begun.contains(name) {
            self.initial.tensor(name, shape)
        } else {
            self.base.tensor(name, shape)
        }
    }

    fn names(&self) -> Option<Vec<(String, Vec<usize>)>> {
        None
    }

    fn label(&self) -> String {
        self.base.label()
    }
}
