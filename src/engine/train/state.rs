//! A network's tensors by name, for saving and resuming.

use ndarray::{Array1, ArrayD, ArrayViewD};

use super::Trainer;
use crate::engine::LayerWeights;
use crate::message;
use crate::network::{Network, ParameterKind, Table};
use crate::text::Message;
use crate::weights::WeightSource;

/// Reason why training cannot resume from a state.
#[derive(Debug, Clone, PartialEq)]
pub struct StateError(pub Message);

/// Beginning of the name of a tensor's last way.
const WAY: &str = "momentum.";

/// Steps are written as how many times so many, and the rest.
const STEPS: u64 = 1 << 20;

/// Every tensor of a network by its name in PyTorch's `state_dict`, in its order; counters of batches are omitted.
pub fn parameters<'a>(
    network: &'a Network,
    weights: &'a Table<LayerWeights<f32>>,
) -> impl Iterator<Item = (String, ArrayViewD<'a, f32>)> {
    network.nodes().flat_map(|(id, node)| {
        let parameters = node.layer.parameters();
        let names = parameters
            .into_iter()
            .filter(|own| own.kind != ParameterKind::Counter);
        let names: Vec<String> = names.map(|own| node.path.parameter(own.name)).collect();
        names.into_iter().zip(weights[id].tensors())
    })
}

impl Trainer {
    /// All that the next step depends on: the tensors, and the way of the last step of each that learned.
    pub fn state(&self) -> Vec<(String, ArrayD<f32>)> {
        let own = parameters(self.network(), &self.weights);
        let mut state: Vec<_> = own
            .map(|(name, tensor)| (name, tensor.to_owned()))
            .collect();
        for (id, node) in self.network().nodes() {
            let parameters = node.layer.parameters();
            for (parameter, way) in parameters.iter().zip(&self.ways[id]) {
                state.push((
                    WAY.to_owned() + &node.path.parameter(parameter.name),
                    way.clone(),
                ));
            }
        }
        // An f32 has the whole numbers up to 2^24 alone.
        let steps = [self.steps / STEPS, self.steps % STEPS].map(|part| part as f32);
        let steps = Array1::from(steps.to_vec()).into_dyn();
        state.push((WAY.to_owned() + "steps", steps));
        state
    }

    /// Goes on from a state that [`Trainer::state`] gave.
    ///
    /// # Errors
    /// It is another network's.
    pub fn resume(&mut self, source: &dyn WeightSource) -> Result<(), StateError> {
        let wrong = |name: &str| {
            StateError(message!(
                "train-state-differs",
                tensor = name,
                file = source.label()
            ))
        };
        let network = self.network().clone();
        let mut resumed = self.clone();
        for (id, node) in network.nodes() {
            let parameters = node.layer.parameters();
            let own = parameters
                .iter()
                .filter(|own| own.kind != ParameterKind::Counter);
            let mut ways = Vec::new();
            for (parameter, mut tensor) in own.zip(resumed.weights[id].tensors_mut()) {
                let name = node.path.parameter(parameter.name);
                let shape = tensor.shape().to_vec();
                let read = source.tensor(&name, &shape).map_err(|_| wrong(&name))?;
                tensor.assign(&read);
                if parameter.kind == ParameterKind::Learned && self.learns(id) {
                    let name = WAY.to_owned() + &name;
                    ways.push(source.tensor(&name, &shape).map_err(|_| wrong(&name))?);
                }
            }
            resumed.ways[id] = ways;
        }
        let name = WAY.to_owned() + "steps";
        let steps = source.tensor(&name, &[2]).map_err(|_| wrong(&name))?;
        resumed.steps = steps.iter().fold(0, |all, &part| all * STEPS + part as u64);
        *self = resumed;
        Ok(())
    }
}
