//! Blocks and shortcuts by name: the network's own, or the catalogue's.

use super::builder::Builder;
use crate::spec::decode::Named;
use crate::spec::problem::nearest;
use crate::spec::{
    ArchitectureFile, AttentionFile, BlockFile, Located, Problem, ShortcutFile, catalog,
};

pub(super) fn find_block<'f>(
    file: &'f ArchitectureFile,
    name: &Located<String>,
    builder: &mut Builder,
) -> Option<&'f Located<BlockFile>> {
    let define = file.define.as_ref().map(|define| &define.value);
    let own = define.and_then(|define| define.blocks.as_ref());
    let part = Part {
        what: "block",
        own: own.map(|own| &own.value),
        shipped: catalog::block,
        names: catalog::block_names,
    };
    part.find(name, builder)
}

pub(super) fn find_shortcut<'f>(
    file: &'f ArchitectureFile,
    name: &Located<String>,
    builder: &mut Builder,
) -> Option<&'f Located<ShortcutFile>> {
    let define = file.define.as_ref().map(|define| &define.value);
    let own = define.and_then(|define| define.shortcuts.as_ref());
    let part = Part {
        what: "shortcut",
        own: own.map(|own| &own.value),
        shipped: catalog::shortcut,
        names: catalog::shortcut_names,
    };
    part.find(name, builder)
}

pub(super) fn find_attention<'f>(
    file: &'f ArchitectureFile,
    name: &Located<String>,
    builder: &mut Builder,
) -> Option<&'f Located<AttentionFile>> {
    let define = file.define.as_ref().map(|define| &define.value);
    let own = define.and_then(|define| define.attentions.as_ref());
    let part = Part {
        what: "attention",
        own: own.map(|own| &own.value),
        shipped: catalog::attention,
        names: catalog::attention_names,
    };
    part.find(name, builder)
}

/// A kind of part: where its own and its shipped ones are.
struct Part<'f, T: 'static> {
    what: &'static str,
    own: Option<&'f Named<T>>,
    shipped: fn(&str, &mut Vec<Problem>) -> Option<&'static Located<T>>,
    names: fn() -> Vec<&'static str>,
}

impl<'f, T> Part<'f, T> {
    /// The part called `name`; one that is not there is reported with the nearest that is.
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
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("there are: {}", known.join(", ")),
            };
            let message = format!("there is no {} called `{}`", self.what, name.value);
            let problem = Problem::error("unknown-name", message);
            builder.report(problem.at(&name.place).help(help));
        }
        found
    }
}
