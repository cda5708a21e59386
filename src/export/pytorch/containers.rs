//! Modules under names of several parts, with `nn.ModuleList` and `nn.ModuleDict` in between, which preserves the keys. A
//! module may have others below it: PyTorch keeps them next to its tensors.

use std::collections::HashMap;

use super::names::{is_attribute, is_free, literal};
use super::template::{Piece, text};

/// Modules of a class, by the parts of their names.
#[derive(Default)]
pub(super) struct Container {
    /// The module itself, unless it is only a container.
    module: Option<Vec<Piece>>,
    /// Modules below it, in order.
    children: Vec<(String, Container)>,
    /// Index of each child.
    places: HashMap<String, usize>,
}

/// Statements that create the modules, and expressions that access them.
#[derive(Default)]
pub(super) struct Made {
    /// Statements of `__init__`.
    pub(super) statements: Vec<Vec<Piece>>,
    /// Expression for each path.
    pub(super) accessors: HashMap<String, String>,
}

impl Container {
    /// Creates the container of modules under their paths, which are distinct, in order.
    pub(super) fn new(entries: Vec<(String, Vec<Piece>)>) -> Self {
        let mut root = Self::default();
        for (path, pieces) in entries {
            let own = path.split('.').fold(&mut root, Self::child);
            own.module = Some(pieces);
        }
        root
    }

    fn child(&mut self, name: &str) -> &mut Self {
        let at = self.places.get(name).copied().unwrap_or_else(|| {
            let at = self.children.len();
            self.places.insert(name.to_owned(), at);
            self.children.push((name.to_owned(), Self::default()));
            at
        });
        &mut self.children[at].1
    }

    /// Converts everything into statements.
    pub(super) fn made(self) -> Made {
        let mut made = Made::default();
        for (name, child) in self.children {
            child.assign("self", &name, &name, &mut made);
        }
        made
    }

    /// Whether it is a tensor rather than a module.
    fn is_parameter(&self) -> bool {
        let first = self.module.as_ref().and_then(|pieces| pieces.first());
        matches!(first, Some(Piece::Text(text)) if text.starts_with("nn.Parameter("))
    }

    /// Adds the statement that makes this module a child of `parent`.
    fn assign(self, parent: &str, name: &str, path: &str, made: &mut Made) {
        let name_text = literal(name);
        let (own, before, after) = if self.is_parameter() && !is_attribute(name) {
            let own = format!("{parent}._parameters[{name_text}]");
            (own.clone(), format!("{own} = "), "")
        } else if is_attribute(name) {
            let own = format!("{parent}.{name}");
            (own.clone(), format!("{own} = "), "")
        } else {
            let own = format!("{parent}._modules[{name_text}]");
            if is_free(name) {
                (own, format!("{parent}.add_module({name_text}, "), ")")
            } else if name == "training" {
                (own, format!("adopt({parent}, {name_text}, "), ")")
            } else {
                (own.clone(), format!("{own} = "), "")
            }
        };
        let place = made.statements.len();
        made.statements.push(Vec::new());
        let mut line = vec![text(before)];
        line.extend(self.expression(&own, path, made));
        line.push(text(after));
        made.statements[place] = line;
    }

    /// Expression that creates the module. Children that cannot be part of it follow as statements.
    fn expression(self, own: &str, path: &str, made: &mut Made) -> Vec<Piece> {
        let below = |name: &str| format!("{path}.{name}");
        if let Some(pieces) = self.module {
            made.accessors.insert(path.to_owned(), own.to_owned());
            for (name, child) in self.children {
                child.assign(own, &name, &below(&name), made);
            }
            return pieces;
        }
        let names = self.children.iter().enumerate();
        let list = names
            .into_iter()
            .all(|(at, (name, _))| *name == at.to_string());
        let mut pieces = vec![text(if list {
            "nn.ModuleList(["
        } else {
            "nn.ModuleDict({"
        })];
        let mut first = true;
        let mut later = Vec::new();
        for (name, child) in self.children {
            // A list or a dictionary can only contain modules.
            if !is_free(&name) || child.is_parameter() {
                later.push((name, child));
                continue;
            }
            if !std::mem::take(&mut first) {
                pieces.push(text(", "));
            }
            let key = literal(&name);
            let reached = if list {
                format!("{own}[{name}]")
            } else {
                pieces.push(text(format!("{key}: ")));
                format!("{own}[{key}]")
            };
            pieces.extend(child.expression(&reached, &below(&name), made));
        }
        pieces.push(text(if list { "])" } else { "})" }));
        for (name, child) in later {
            child.assign(own, &name, &below(&name), made);
        }
        pieces
    }
}
