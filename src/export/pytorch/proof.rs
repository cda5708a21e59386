//! Check that a written file has every tensor of its network: it is evaluated as Python would, from the classes to the
//! `state_dict` of the model that `build` returns.

mod read;

use std::collections::BTreeMap;

use crate::export::complete::{Incomplete, compare};
use crate::network::Network;
use read::{Reader, Value};

/// Dimensions of each tensor by its key.
type State = BTreeMap<String, Vec<u64>>;

/// A module of the file: its own tensors, and the modules below it.
#[derive(Debug, Clone, Default)]
pub(super) struct Module {
    tensors: Vec<(&'static str, Vec<u64>)>,
    children: Vec<(String, Module)>,
}

impl Module {
    /// Adds a child; one called `name` replaces an earlier one, as in Python.
    fn put(&mut self, name: String, module: Self) {
        self.children.push((name, module));
    }

    fn below(&mut self, name: &str) -> Option<&mut Self> {
        let mut children = self.children.iter_mut().rev();
        children
            .find(|(known, _)| known == name)
            .map(|(_, child)| child)
    }

    fn state(&self, prefix: &str, state: &mut State) {
        for (name, dims) in &self.tensors {
            // A tensor without a name is the attribute itself.
            let key = match *name {
                "" => prefix.trim_end_matches('.').to_owned(),
                name => format!("{prefix}{name}"),
            };
            state.insert(key, dims.clone());
        }
        for (name, child) in &self.children {
            child.state(&format!("{prefix}{name}."), state);
        }
    }
}

/// Checks that `source`, whose last class is `root`, has the tensors of `network`, each with its dimensions.
///
/// # Errors
/// Tensors that are missing, additional, or of another shape.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::pytorch::pytorch;
    use crate::lower::{Overrides, open};

    /// Each change of a correct file is found, so the check can fail.
    #[test]
    fn a_file_that_lacks_or_changes_a_tensor_is_refused() {
        let model = open("resnet50", &Overrides::default()).unwrap();
        let source = pytorch(&model).unwrap();
        let network = &*model.network.without_pictures();
        assert_eq!(prove(&source, "ResNet50", network), Ok(()));
        for (from, to, notice) in [
            (
                "        self.bn1 = nn.BatchNorm2d(64)\n",
                "",
                "bn1.weight [64] is missing",
            ),
            (
                "nn.Linear(2048, num_classes)",
                "nn.Linear(2048, num_classes, bias=False)",
                "fc.bias [1000] is missing",
            ),
            (
                "self.fc = ",
                "self.head = ",
                "head.bias [1000] does not belong to the network",
            ),
            (
                "num_classes=1000):\n        super",
                "num_classes=10):\n        super",
                "fc.bias is [10], not [1000]",
            ),
            (
                "for _ in range(5)",
                "for _ in range(4)",
                "layer3.5.bn1.bias",
            ),
        ] {
            assert!(source.contains(from), "{from} in {source}");
            let broken = source.replace(from, to);
            let found = prove(&broken, "ResNet50", network).unwrap_err();
            let differences = crate::text::Language::ENGLISH.say(&found.message());
            assert!(differences.contains(notice), "{differences}");
        }
    }
}
