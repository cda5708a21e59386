//! A network of the catalogue with changes, as the text of a spec.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::lower::{self, Model, Overrides};
use crate::spec::has_errors;
use crate::weights::fit::{Named, wanted};

/// Changes to a relative, each absent where it stays as it is.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Candidate {
    /// Network of the catalogue.
    pub(super) parent: &'static str,
    /// Number of classes.
    pub(super) classes: Option<u64>,
    /// Channels, height and width of the input.
    pub(super) input: Option<Vec<u64>>,
    /// Number of blocks of each stage.
    pub(super) blocks: Option<Vec<u64>>,
    /// Width of each stage.
    pub(super) widths: Option<Vec<u64>>,
    /// Values of keys that are one word or table: `block`, `shortcut`, `norm`.
    pub(super) words: BTreeMap<&'static str, String>,
    /// Parameters of the block.
    pub(super) with: BTreeMap<String, u64>,
    /// Layers of the stem or the head, by the table's name.
    pub(super) layers: BTreeMap<&'static str, String>,
}

impl Candidate {
    /// The network as it is.
    pub(super) fn of(parent: &'static str) -> Self {
        Self {
            parent,
            classes: None,
            input: None,
            blocks: None,
            widths: None,
            words: BTreeMap::new(),
            with: BTreeMap::new(),
            layers: BTreeMap::new(),
        }
    }

    /// The spec.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        let _ = writeln!(text, "inherits = \"{}\"", self.parent);
        if let Some(classes) = self.classes {
            let _ = writeln!(text, "classes = {classes}");
        }
        if let Some(input) = &self.input {
            let _ = writeln!(text, "input = {input:?}");
            // The relative's statistics are of other channels.
            let _ = writeln!(text, "preprocess = \"none\"");
        }
        for (key, list) in [("blocks", &self.blocks), ("widths", &self.widths)] {
            if let Some(list) = list {
                let _ = writeln!(text, "{key} = {list:?}");
            }
        }
        for (key, value) in &self.words {
            let _ = writeln!(text, "{key} = {value}");
        }
        if !self.with.is_empty() {
            let values = self.with.iter();
            let values: Vec<_> = values
                .map(|(key, value)| format!("{key} = {value}"))
                .collect();
            let _ = writeln!(text, "with = {{ {} }}", values.join(", "));
        }
        for (table, layers) in &self.layers {
            let _ = writeln!(text, "\n[{table}]\nlayers = {layers}");
        }
        text
    }

    /// The network; `None` if the spec has errors.
    pub(super) fn model(&self) -> Option<Model> {
        let model = lower::open_text("inferred.toml", &self.text(), &Overrides::default());
        (!has_errors(&model.problems)).then_some(model)
    }

    /// Its tensors; `None` if the spec has errors.
    pub(super) fn tensors(&self) -> Option<Vec<Named>> {
        Some(wanted(&self.model()?.network))
    }
}
