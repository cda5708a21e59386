//! The sizes that one file fits: those at which the network has exactly the same graph.

use super::Onnx;
use crate::message;
use crate::text::Message;

/// Height and width of the input are multiples of this number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Multiple(pub u64);

impl Multiple {
    /// The sizes in words.
    pub fn message(self) -> Message {
        message!("export-any-size", multiple = self.0)
    }
}

/// Reason that a network's graph is for one size only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OneSize {
    /// Node, constant or tensor that differs at another size, or the layer that is not legal there.
    pub part: String,
}

impl OneSize {
    /// Problem and fix.
    pub fn message(&self) -> Message {
        message!("export-one-size", part = &self.part)
    }
}

/// Multiples that are tried: no network downsamples further in a way that its graph depends on.
const MULTIPLES: [u64; 6] = [1, 2, 4, 8, 16, 32];

/// Sizes that are tried beyond the network's own, in multiples: along one axis, along both, and in every remainder that a
/// window of stride 2 distinguishes.
const STEPS: [[u64; 2]; 6] = [[1, 0], [0, 1], [1, 1], [2, 3], [5, 2], [9, 14]];

impl Onnx {
    /// The smallest multiple of all sizes that this graph fits. `at` translates the network at another size, or names what is
    /// not legal there.
    ///
    /// # Errors
    /// The graph is another one at every other size.
    pub fn sizes(
        &self,
        own: [u64; 2],
        at: impl Fn([u64; 2]) -> Result<Self, OneSize>,
    ) -> Result<Multiple, OneSize> {
        let mut reason = OneSize {
            part: String::new(),
        };
        for multiple in MULTIPLES {
            if own.iter().any(|side| side % multiple != 0) {
                break;
            }
            let larger = |step: [u64; 2]| [0, 1].map(|axis| own[axis] + step[axis] * multiple);
            let mut others = STEPS.into_iter().map(larger);
            match others.try_for_each(|size| self.is_same(&at(size)?)) {
                Ok(()) => return Ok(Multiple(multiple)),
                Err(other) => reason = other,
            }
        }
        Err(reason)
    }

    /// Whether every node, constant and tensor is the same, or the first that is not.
    fn is_same(&self, other: &Self) -> Result<(), OneSize> {
        let (a, b) = (&self.graph, &other.graph);
        let nodes = a.node.iter().zip(&b.node);
        let node = nodes.filter(|(a, b)| a != b).map(|(a, _)| &a.name);
        let constants = a.initializer.iter().zip(&b.initializer);
        let constant = constants.filter(|(a, b)| a != b).map(|(a, _)| &a.name);
        let weights = self.weights.iter().zip(&other.weights);
        let weight = weights.filter(|(a, b)| a != b).map(|(a, _)| &a.name);
        let lengths = |onnx: &Self| {
            let graph = &onnx.graph;
            [
                graph.node.len(),
                graph.initializer.len(),
                onnx.weights.len(),
            ]
        };
        match node.chain(constant).chain(weight).next() {
            Some(part) => Err(OneSize { part: part.clone() }),
            None if lengths(self) != lengths(other) => Err(OneSize {
                part: a.name.clone(),
            }),
            None => Ok(()),
        }
    }
}
