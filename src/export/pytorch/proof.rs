//! Proof that a written file has every tensor of its network: it is read back as Python reads it, from the classes to the
//! `state_dict` of what `build` returns.

mod read;

use std::collections::BTreeMap;

use crate::export::complete::{Incomplete, compare};
use crate::network::Network;
use read::{Reader, Value};

/// The dimensions of a tensor under its key.
type State = BTreeMap<String, Vec<u64>>;

/// A module of the file: its own tensors, and what is below it.
#[derive(Debug, Clone, Default)]
pub(super) struct Module {
    tensors: Vec<(&'static str, Vec<u64>)>,
    children: Vec<(String, Module)>,
}

impl Module {
    /// A module called `name` takes the place of an earlier one, as in Python.
    fn put(&mut self, name: String, module: Self) {
        self.children.push((name, module));
    }

    fn below(&mut self, name: &str) -> Option<&mut Self> {
        let mut children = self.children.iter_mut().rev();
        children.find(|(known, _)| known == name).map(|(_, child)| child)
    }

    fn state(&self, prefix: &str, state: &mut State) {
        for (name, dims) in &self.tensors {
            state.insert(format!("{prefix}{name}"), dims.clone());
        }
        for (name, child) in &self.children {
            child.state(&format!("{prefix}{name}."), state);
        }
    }
}

/// Whether `source`, whose last class is `root`, has the tensors of `network`, each with its dimensions.
///
/// # Errors
/// Those that it lacks, has beside them, or has in another shape.
pub(super) fn prove(source: &str, root: &str, network: &Network) -> Result<(), Incomplete> {
    let mut state = State::new();
    if let Some(Value::Module(module)) = Reader::new(source).object(root) {
        module.state("", &mut state);
    }
    let wanted = network.state_dict();
    let wanted = wanted
        .iter()
        .map(|(name, parameter)| (name.clone(), parameter.shape.to_vec()));
    compare(wanted, state)
}
