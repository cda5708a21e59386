//! A pass through a network that can be stepped, rewound and inspected.

pub mod edit;
mod step;

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

use ndarray::{Array1, ArrayD};

use super::budget::{Way, room, taken};
use super::compiled::{Layers, Value};
use super::pass::{EngineError, Input, Mode, Observer};
use super::{LoadedWeights, Precision, Tensor};
use crate::network::{Layer, LayerId, Network, Norm, Shapes, check};
use crate::text::format::dims;
use edit::Edit;

/// Values that a session keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Keep {
    /// All of them, which allows inspecting any value and stepping back.
    #[default]
    Everything,
    /// Those that a later layer still reads, and the output.
    Needed,
}

/// A pass through a network.
///
/// The cursor is between layers: those before it have run. Stepping and running give the same numbers; they differ in the
/// values they keep. A copy shares the values of the layers that have run.
#[derive(Debug, Clone)]
pub struct Session {
    network: Arc<Network>,
    weights: Arc<LoadedWeights>,
    input: Arc<Tensor>,
    prepared: bool,
    mode: Mode,
    precision: Precision,
    keep: Keep,
    /// The last layer that reads each layer's value.
    last_use: Vec<usize>,
    /// Output of each layer; an edited pass shares those that it does not change.
    values: Vec<Option<Arc<Value>>>,
    /// Outputs in double precision, if the pass needs it.
    exact: Vec<Option<Arc<ArrayD<f64>>>>,
    times: Vec<Duration>,
    /// Running mean and variance after this batch, in training mode.
    running: BTreeMap<LayerId, (Array1<f32>, Array1<f32>)>,
    cursor: usize,
    /// Edits of this pass.
    edits: Vec<Edit>,
    /// Whether the network is only the part before a fault.
    is_part: bool,
    /// Network and mode before any edit.
    unedited: (Arc<Network>, Mode),
    /// Fast kernels, if the pass steps with them.
    layers: Option<Arc<Layers>>,
}

impl Session {
    /// Creates a pass that has not begun.
    ///
    /// # Errors
    /// The network is illegal, the input does not fit, or the pass would take too much memory.
    pub fn new(
        network: Arc<Network>,
        weights: Arc<LoadedWeights>,
        input: Input,
        mode: Mode,
        keep: Keep,
    ) -> Result<Self, EngineError> {
        Self::begin(network, weights, input, (mode, keep), false)
    }

    /// Creates a pass of the layers before the faulty layer `fault`.
    ///
    /// # Errors
    /// As for [`Self::new`].
    pub fn up_to(
        network: &Network,
        fault: LayerId,
        weights: Arc<LoadedWeights>,
        input: Input,
    ) -> Result<Self, EngineError> {
        let part = Arc::new(network.before(fault));
        Self::begin(
            part,
            weights,
            input,
            (Mode::Inference, Keep::Everything),
            true,
        )
    }

    fn begin(
        network: Arc<Network>,
        weights: Arc<LoadedWeights>,
        input: Input,
        (mode, keep): (Mode, Keep),
        is_part: bool,
    ) -> Result<Self, EngineError> {
        let (array, prepared) = match input {
            Input::Pixels(array) => (array, false),
            Input::Prepared(array) => (array, true),
        };
        let (shapes, precision) = admitted(&network, (mode, keep), is_part, array.shape()[0])?;
        let found = dims(&array.shape()[1..]);
        let expected = network
            .ids()
            .next()
            .and_then(|id| shapes[id])
            .map_or_else(String::new, |shape| shape.to_string());
        if expected != found {
            return Err(EngineError::Input { expected, found });
        }
        let last_use = network.last_uses();
        let count = network.len();
        Ok(Self {
            unedited: (Arc::clone(&network), mode),
            edits: Vec::new(),
            is_part,
            network,
            weights,
            input: Arc::new(array.into_dyn()),
            prepared,
            mode,
            precision,
            keep,
            last_use,
            values: vec![None; count],
            exact: vec![None; count],
            times: vec![Duration::ZERO; count],
            running: BTreeMap::new(),
            cursor: 0,
            layers: None,
        })
    }

    /// Network of the pass.
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// Weights of the pass.
    pub fn weights(&self) -> &LoadedWeights {
        &self.weights
    }

    /// Input of the pass.
    pub fn input(&self) -> &Tensor {
        &self.input
    }

    /// Statistics that batch normalisation uses.
    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// The next layer to run; `None` at the end.
    pub fn next(&self) -> Option<LayerId> {
        self.network.ids().nth(self.cursor)
    }

    /// The layer that ran last; `None` at the beginning.
    pub fn current(&self) -> Option<LayerId> {
        self.network.ids().nth(self.cursor.checked_sub(1)?)
    }

    /// Undoes the last layer and returns it; `None` at the beginning, or if its operands were not kept.
    pub fn step_back(&mut self) -> Option<LayerId> {
        let id = self.current()?;
        let operands = self.network.inputs(id);
        if operands
            .iter()
            .any(|input| self.values[input.index()].is_none())
        {
            return None;
        }
        self.values[id.index()] = None;
        self.exact[id.index()] = None;
        self.running.remove(&id);
        self.cursor -= 1;
        Some(id)
    }

    /// Returns to the beginning.
    pub fn rewind(&mut self) {
        self.values.fill(None);
        self.exact.fill(None);
        self.running.clear();
        self.cursor = 0;
    }

    /// Runs up to and including `target`, with `observer` called for every layer; `Break` if the observer ended the run.
    pub fn run_to(&mut self, target: LayerId, observer: &mut Observer<'_>) -> ControlFlow<()> {
        while self.cursor <= target.index() {
            let Some(id) = self.step() else {
                break;
            };
            if let Some(value) = self.value(id) {
                observer(id, value)?;
            }
        }
        ControlFlow::Continue(())
    }

    /// Runs to the end, with `observer` called for every layer; `Break` if the observer ended the run.
    pub fn run_all(&mut self, observer: &mut Observer<'_>) -> ControlFlow<()> {
        match self.network.sink() {
            Some(sink) => self.run_to(sink, observer),
            None => ControlFlow::Continue(()),
        }
    }

    /// Output of a layer, if it has run and its value is kept.
    pub fn value(&self, id: LayerId) -> Option<&Tensor> {
        self.values.get(id.index())?.as_deref().map(Value::tensor)
    }

    /// One number of a layer's output, in the precision of the pass; `None` if it is not there.
    pub(super) fn number(&self, id: LayerId, at: &[usize]) -> Option<f64> {
        match &self.exact[id.index()] {
            Some(exact) => exact.get(at).copied(),
            None => self.value(id)?.get(at).copied().map(f64::from),
        }
    }

    /// Precision in which the pass computes.
    pub fn precision(&self) -> Precision {
        self.precision
    }

    /// Output of the network, at the end of the pass.
    pub fn output(&self) -> Option<&Tensor> {
        self.value(self.network.sink()?)
    }

    /// Time that a layer took, if it has run.
    pub fn time(&self, id: LayerId) -> Option<Duration> {
        (id.index() < self.cursor).then(|| self.times[id.index()])
    }

    /// Running mean and variance of a batch normalisation after this batch, in training mode.
    pub fn running(&self, id: LayerId) -> Option<(&Array1<f32>, &Array1<f32>)> {
        self.running.get(&id).map(|(mean, var)| (mean, var))
    }
}

/// Bytes of the weights and values that a session needs.
fn needed(network: &Network, keep: Keep, precision: Precision, batch: usize) -> u128 {
    let way = match keep {
        Keep::Everything => Way::Everything(Mode::Inference),
        Keep::Needed => Way::Needed(Mode::Inference),
    };
    taken(network, batch, way, precision)
}

/// Shapes and precision of a pass, if it is allowed to run.
fn admitted(
    network: &Network,
    (mode, keep): (Mode, Keep),
    is_part: bool,
    batch: usize,
) -> Result<(Shapes, Precision), EngineError> {
    let (shapes, faults) = check::judge(network);
    // The paths of a partial network need not have joined.
    let counts = |fault: &&check::Fault| !(is_part && fault.rule == "one-sink");
    if let Some(fault) = faults.iter().find(counts) {
        return Err(EngineError::Illegal {
            path: fault.layer.map(|id| network[id].path.to_string()),
            reason: fault.message.clone(),
        });
    }
    let precision = Precision::of(network, mode);
    room(needed(network, keep, precision, batch))?;
    let batch = batch as u128;
    if mode == Mode::Training {
        let values = |id: LayerId| {
            shapes[id].map_or(0, |shape| {
                batch * shape.elements() / u128::from(shape.channels())
            })
        };
        let lonely = network.nodes().find(|(id, node)| {
            matches!(node.layer, Layer::Norm(Norm::Batch(_))) && values(*id) <= 1
        });
        if let Some((_, node)) = lonely {
            return Err(EngineError::OneValue(node.path.to_string()));
        }
    }
    Ok((shapes, precision))
}
