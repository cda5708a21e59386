//! A network of the catalogue with changes, as the text of a spec.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::lower::{self, Model, Overrides};
use crate::network::Network;
use crate::spec::has_errors;

/// Values of the blocks of each stage, as the text of a calculation.
pub(super) type Values = Vec<Vec<String>>;

/// Changes to a relative, each absent where it stays as it is.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Candidate {
    /// Network of the catalogue.
    pub(super) parent: &'static str,
    /// Text of each key at the top.
    pub(super) keys: BTreeMap<&'static str, String>,
    /// Widths of the blocks.
    pub(super) widths: Option<Values>,
    /// Parameters of the blocks.
    pub(super) with: BTreeMap<String, Values>,
    /// Text of each table: `stem`, `head`, `stage`.
    pub(super) tables: BTreeMap<&'static str, String>,
}

/// Keys whose values are numbers that any variant changes.
const NUMBERS: [&str; 3] = ["blocks", "classes", "strides"];

impl Candidate {
    /// The network as it is.
    pub(super) const fn of(parent: &'static str) -> Self {
        Self {
            parent,
            keys: BTreeMap::new(),
            widths: None,
            with: BTreeMap::new(),
            tables: BTreeMap::new(),
        }
    }

    /// Number of changes other than those of numbers of blocks and classes: the fewer, the nearer is the relative.
    pub(super) fn changes(&self) -> usize {
        let keys = self.keys.keys().filter(|key| !NUMBERS.contains(key));
        keys.count() + usize::from(self.widths.is_some()) + self.with.len() + 2 * self.tables.len()
    }

    /// The spec.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        let _ = writeln!(text, "inherits = \"{}\"", self.parent);
        for (key, value) in &self.keys {
            let _ = writeln!(text, "{key} = {value}");
        }
        if let Some(widths) = &self.widths {
            let _ = writeln!(text, "widths = {}", per_stage(widths));
        }
        if !self.with.is_empty() {
            let _ = writeln!(text, "\n[with]");
        }
        for (key, values) in &self.with {
            let first = values.iter().flatten().next();
            let is_one = values.iter().flatten().all(|value| Some(value) == first);
            let value = match first {
                Some(first) if is_one => quoted(first),
                _ => per_stage(values),
            };
            let _ = writeln!(text, "{key} = {value}");
        }
        for (table, body) in &self.tables {
            let _ = writeln!(text, "\n[{table}]\n{body}");
        }
        text
    }

    /// The network with all that is wrong with it looked for; `None` if the spec has errors.
    pub(super) fn model(&self) -> Option<Model> {
        let model = lower::open_text("inferred.toml", &self.text(), &Overrides::default());
        (!has_errors(&model.problems)).then_some(model)
    }

    /// The network; `None` if it cannot be built.
    pub(super) fn network(&self) -> Option<Network> {
        lower::tried(&self.text())
    }
}

/// A value as TOML: a number, or the text of a calculation.
fn quoted(value: &str) -> String {
    if value.parse::<u64>().is_ok() {
        value.to_owned()
    } else {
        format!("\"{value}\"")
    }
}

/// Values as a list with one entry per stage, which is a list itself where the blocks differ.
fn per_stage(values: &Values) -> String {
    let stage = |own: &Vec<String>| match own.as_slice() {
        [first, rest @ ..] if rest.iter().all(|value| value == first) => quoted(first),
        all => {
            let all: Vec<String> = all.iter().map(|value| quoted(value)).collect();
            format!("[{}]", all.join(", "))
        }
    };
    let stages: Vec<String> = values.iter().map(stage).collect();
    let is_long = stages.iter().any(|stage| stage.starts_with('['));
    if is_long {
        format!("[\n  {},\n]", stages.join(",\n  "))
    } else {
        format!("[{}]", stages.join(", "))
    }
}
