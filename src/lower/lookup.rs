//! Blocks and shortcuts by name: the network's own, or the catalogue's.

use super::builder::Builder;
use crate::message;
use crate::spec::decode::Named;
use crate::spec::problem::{did_you_mean, nearest, quoted};
use crate::spec::{
    ArchitectureFile, AttentionFile, BlockFile, Located, Place, Problem, ShortcutFile, catalog,
};
use crate::text::Message;

pub(super) fn find_block<'f>(
    file: &'f ArchitectureFile,
    name: &Located<String>,
    builder: &mut Builder,
) -> Option<&'f Located<BlockFile>> {
    let define = file.define.as_ref().map(|define| &define.value);
    let own = define.and_then(|define| define.blocks.as_ref());
    let part = Part {
        unknown: "problem-no-block",
        own: own.map(|own| &own.value),
        shipped: catalog::block,
        names: catalog::block_names,
    };
    part.find(name, builder)
}

/// Name of the shortcut that adds nothing: a keyword, not a file.
const NONE: &str = "none";

/// Shortcut that is added to a block's main path.
pub(super) enum Chosen<'f> {
    /// No shortcut: the block is plain.
    Nothing,
    /// A shortcut, and the place where it was named.
    Added(&'f ShortcutFile, Place),
}

/// Reports a shortcut of the file with the reserved name.
pub(super) fn defines_none(file: &ArchitectureFile) -> Option<Problem> {
    let shortcuts = file.define.as_ref()?.value.shortcuts.as_ref()?;
    let (key, own) = shortcuts
        .value
        .0
        .iter()
        .find(|(key, _)| key.value == NONE)?;
    let layers = own.value.layers.as_ref().map(|layers| &layers.place);
    let problem = Problem::error("value", message!("problem-shortcut-none"));
    let problem = problem.help(message!("help-rename-none"));
    Some(problem.at(layers.unwrap_or(&key.place)))
}

pub(super) fn find_shortcut<'f>(
    file: &'f ArchitectureFile,
    name: &Located<String>,
    builder: &mut Builder,
) -> Option<Chosen<'f>> {
    if name.value == NONE {
        return Some(Chosen::Nothing);
    }
    let define = file.define.as_ref().map(|define| &define.value);
    let own = define.and_then(|define| define.shortcuts.as_ref());
    let part = Part {
        unknown: "problem-no-shortcut",
        own: own.map(|own| &own.value),
        shipped: catalog::shortcut,
        names: || [catalog::shortcut_names(), vec![NONE]].concat(),
    };
    let found = part.find(name, builder)?;
    Some(Chosen::Added(&found.value, name.place.clone()))
}

pub(super) fn find_attention<'f>(
    file: &'f ArchitectureFile,
    name: &Located<String>,
    builder: &mut Builder,
) -> Option<&'f Located<AttentionFile>> {
    let define = file.define.as_ref().map(|define| &define.value);
    let own = define.and_then(|define| define.attentions.as_ref());
    let part = Part {
        unknown: "problem-no-attention",
        own: own.map(|own| &own.value),
        shipped: catalog::attention,
        names: catalog::attention_names,
    };
    part.find(name, builder)
}

/// A kind of part: its own definitions and the shipped ones.
struct Part<'f, T: 'static> {
    /// The id of the text that there is none of a name.
    unknown: &'static str,
    own: Option<&'f Named<T>>,
    shipped: fn(&str, &mut Vec<Problem>) -> Option<&'static Located<T>>,
    names: fn() -> Vec<&'static str>,
}

impl<'f, T> Part<'f, T> {
    /// The part called `name`; a missing one is reported with the most similar name.
    fn find(&self, name: &Located<String>, builder: &mut Builder) -> Option<&'f Located<T>> {
        if let Some(own) = self.own.and_then(|own| own.get(&name.value)) {
            return Some(own);
        }
        let found = (self.shipped)(&name.value, &mut builder.problems);
        if found.is_none() {
            let own = self.own.iter().flat_map(|own| own.0.iter());
            let own = own.map(|(key, _)| key.value.as_str());
            let known: Vec<_> = own.chain((self.names)()).collect();
            let help = match nearest(&name.value, known.iter().copied()) {
                Some(near) => did_you_mean(near),
                None => message!("help-there-are", names = quoted(known)),
            };
            let message = Message::new(self.unknown).with("name", &name.value);
            let problem = Problem::error("unknown-name", message);
            builder.report(problem.at(&name.place).help(help));
        }
        found
    }
}
