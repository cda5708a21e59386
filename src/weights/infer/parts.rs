//! Parts of the catalogue's networks, by which a relative's may be replaced.

use super::candidate::Candidate;
use crate::spec::catalog;
use crate::spec::source::{Located, Place};

/// A part of a network: a key at the top or a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    /// A key, whose value is in one line.
    Key(&'static str),
    /// A table with its keys.
    Table(&'static str),
}

/// Slots with tensors in blocks.
const IN_BLOCKS: [Slot; 7] = [
    Slot::Key("block"),
    Slot::Key("shortcut"),
    Slot::Key("attention"),
    Slot::Key("strides"),
    Slot::Key("norm"),
    Slot::Key("conv"),
    Slot::Key("act"),
];

/// Slots with tensors outside.
const BESIDE: [Slot; 6] = [
    Slot::Table("stem"),
    Slot::Table("head"),
    Slot::Table("stage"),
    Slot::Key("norm"),
    Slot::Key("conv"),
    Slot::Key("act"),
];

/// Normalisations that a network may have though no other does.
const NORMS: [&str; 6] = [
    "{ kind = \"batch\" }",
    "{ kind = \"group\" }",
    "{ kind = \"instance\", affine = true }",
    "{ kind = \"none\" }",
    "{ kind = \"evo_s0\" }",
    "{ kind = \"filter_response\" }",
];

/// A value of a slot.
#[derive(Debug)]
pub(super) struct Part {
    slot: Slot,
    /// As it is in a file.
    pub(super) text: String,
    /// Text with the names of its modules.
    words: String,
}

/// All values of all slots.
pub(super) struct Parts(Vec<Part>);

impl Parts {
    /// The blocks and shortcuts of the catalogue, and what its networks have, without those for which `is_excluded` holds.
    pub(super) fn of(is_excluded: &dyn Fn(&str) -> bool) -> Self {
        let mut parts = Self(Vec::new());
        for name in catalog::block_names() {
            let words = catalog::block(name, &mut Vec::new()).map(source);
            parts.add(Slot::Key("block"), format!("\"{name}\""), words);
        }
        for name in catalog::shortcut_names() {
            let words = catalog::shortcut(name, &mut Vec::new()).map(source);
            parts.add(Slot::Key("shortcut"), format!("\"{name}\""), words);
        }
        parts.add(Slot::Key("shortcut"), "\"none\"".to_owned(), None);
        for name in catalog::attention_names() {
            let words = catalog::attention(name, &mut Vec::new()).map(source);
            parts.add(Slot::Key("attention"), format!("\"{name}\""), words);
        }
        for kind in NORMS {
            parts.add(Slot::Key("norm"), kind.to_owned(), None);
        }
        for name in catalog::names().iter().filter(|name| !is_excluded(name)) {
            parts.network(name);
        }
        parts
    }

    fn network(&mut self, name: &str) {
        let Some(spec) = crate::spec::load(name).0 else {
            return;
        };
        let file = &spec.file;
        let layers = [("stem", &file.stem), ("head", &file.head)];
        for (table, part) in layers {
            let list = part.as_ref().and_then(|part| part.value.layers.as_ref());
            if let Some(text) = list.and_then(|list| list.place.text()) {
                self.add(Slot::Table(table), format!("layers = {text}"), None);
            }
        }
        if let Some(stage) = file.stage.as_ref().map(|stage| &stage.value) {
            let places = [
                ("before", stage.before.as_ref().map(|own| &own.place)),
                ("cross", stage.cross.as_ref().map(|own| &own.place)),
                ("inner", stage.inner.as_ref().map(|own| &own.place)),
                ("after", stage.after.as_ref().map(|own| &own.place)),
            ];
            let lines: Vec<String> = places
                .iter()
                .filter_map(|(key, place)| Some(format!("{key} = {}", place.as_ref()?.text()?)))
                .collect();
            self.add(Slot::Table("stage"), lines.join("\n"), None);
        }
        let keys: [(&'static str, Option<&Place>); 4] = [
            ("norm", file.norm.as_ref().map(|own| &own.place)),
            ("conv", file.conv.as_ref().map(|own| &own.place)),
            ("act", file.act.as_ref().map(|own| &own.place)),
            ("strides", file.strides.as_ref().map(|own| &own.place)),
        ];
        for (key, place) in keys {
            let text = place.and_then(Place::text);
            // A table in one line, a word, or a list.
            if let Some(text) = text.filter(|text| text.starts_with(['{', '"', '['])) {
                self.add(Slot::Key(key), text.to_owned(), None);
            }
        }
    }

    fn add(&mut self, slot: Slot, text: String, words: Option<String>) {
        let is_known = |part: &Part| part.slot == slot && part.text == text;
        if !self.0.iter().any(is_known) {
            let words = words.unwrap_or_else(|| text.clone());
            self.0.push(Part { slot, text, words });
        }
    }

    /// Candidates that differ in one part, where it may give a place to one of these tensors.
    pub(super) fn changed(
        &self,
        from: &Candidate,
        in_blocks: bool,
        unplaced: &[String],
    ) -> Vec<Candidate> {
        let slots: &[Slot] = if in_blocks { &IN_BLOCKS } else { &BESIDE };
        let parts = self.0.iter().filter(|part| slots.contains(&part.slot));
        let parts = parts.filter(|part| unplaced.is_empty() || part.may_name(unplaced));
        parts.map(|part| part.instead(from)).collect()
    }

    /// Candidates that differ in the kind of block.
    pub(super) fn blocks(&self, from: &Candidate) -> Vec<Candidate> {
        let parts = self.0.iter();
        let parts = parts.filter(|part| part.slot == Slot::Key("block"));
        parts.map(|part| part.instead(from)).collect()
    }
}

impl Part {
    /// A candidate with this in its place.
    fn instead(&self, from: &Candidate) -> Candidate {
        let mut candidate = from.clone();
        match self.slot {
            Slot::Key(key) => {
                candidate.keys.insert(key, self.text.clone());
                if key == "block" {
                    candidate.with.clear();
                }
            }
            Slot::Table(table) => {
                candidate.tables.insert(table, self.text.clone());
            }
        }
        candidate
    }

    /// Whether a module of it is one of these; a setting names none and may be the reason for all.
    fn may_name(&self, unplaced: &[String]) -> bool {
        if matches!(self.slot, Slot::Key("norm" | "conv" | "act" | "strides")) {
            return true;
        }
        let words = self.words.split('"').skip(1).step_by(2);
        let mut words = words.filter(|word| !word.is_empty());
        words.any(|word| {
            let dotted = format!(".{word}.");
            unplaced
                .iter()
                .any(|name| format!(".{name}.").contains(&dotted))
        })
    }
}

/// The text of the file that a part is in.
fn source<T>(part: &Located<T>) -> String {
    part.place.source.text.clone()
}
