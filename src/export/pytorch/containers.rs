//! Modules under names of several parts: `nn.ModuleList` and `nn.ModuleDict` in between, so that keys stay as they are.

use super::template::{Piece, text};

/// The modules of a class by the parts of their names.
pub(super) struct Container {
    children: Vec<(String, Node)>,
}

enum Node {
    Module(Vec<Piece>),
    Container(Container),
}

impl Container {
    /// Of modules under their paths, in order.
    pub(super) fn new(entries: Vec<(String, Vec<Piece>)>) -> Self {
        let mut root = Self {
            children: Vec::new(),
        };
        for (path, pieces) in entries {
            root.insert(&path, pieces);
        }
        root
    }

    fn insert(&mut self, path: &str, pieces: Vec<Piece>) {
        let Some((first, rest)) = path.split_once('.') else {
            self.children.push((path.to_owned(), Node::Module(pieces)));
            return;
        };
        let known = self.children.iter().position(|(name, _)| name == first);
        let at = known.unwrap_or_else(|| {
            let empty = Node::Container(Self {
                children: Vec::new(),
            });
            self.children.push((first.to_owned(), empty));
            self.children.len() - 1
        });
        if let Node::Container(container) = &mut self.children[at].1 {
            container.insert(rest, pieces);
        }
    }

    /// The statements of `__init__` that make them.
    pub(super) fn statements(self) -> Vec<Vec<Piece>> {
        self.children
            .into_iter()
            .map(|(name, node)| {
                let (before, after) = if is_identifier(&name) {
                    (format!("self.{name} = "), "")
                } else {
                    (format!("self.add_module({name:?}, "), ")")
                };
                let mut line = vec![text(before)];
                line.extend(node.pieces());
                line.push(text(after));
                line
            })
            .collect()
    }

    /// How `forward` reaches a module; `None` where there is none of that name.
    pub(super) fn accessor(&self, path: &str) -> Option<String> {
        let (first, rest) = path
            .split_once('.')
            .map_or((path, None), |(a, b)| (a, Some(b)));
        let own = if is_identifier(first) {
            format!("self.{first}")
        } else {
            format!("self._modules[{first:?}]")
        };
        match (self.child(first)?, rest) {
            (Node::Module(_), None) => Some(own),
            (Node::Container(container), Some(rest)) => container.below(&own, rest),
            _ => None,
        }
    }

    fn below(&self, own: &str, path: &str) -> Option<String> {
        let (first, rest) = path
            .split_once('.')
            .map_or((path, None), |(a, b)| (a, Some(b)));
        let own = if self.is_list() {
            format!("{own}[{first}]")
        } else {
            format!("{own}[{first:?}]")
        };
        match (self.child(first)?, rest) {
            (Node::Module(_), None) => Some(own),
            (Node::Container(container), Some(rest)) => container.below(&own, rest),
            _ => None,
        }
    }

    fn child(&self, name: &str) -> Option<&Node> {
        self.children
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, node)| node)
    }

    /// Whether its names are 0, 1, 2, …
    fn is_list(&self) -> bool {
        let names = self.children.iter().enumerate();
        names
            .into_iter()
            .all(|(at, (name, _))| *name == at.to_string())
    }

    fn pieces(self) -> Vec<Piece> {
        let list = self.is_list();
        let mut pieces = vec![text(if list {
            "nn.ModuleList(["
        } else {
            "nn.ModuleDict({"
        })];
        for (at, (name, node)) in self.children.into_iter().enumerate() {
            if at > 0 {
                pieces.push(text(", "));
            }
            if !list {
                pieces.push(text(format!("{name:?}: ")));
            }
            pieces.extend(node.pieces());
        }
        pieces.push(text(if list { "])" } else { "})" }));
        pieces
    }
}

impl Node {
    fn pieces(self) -> Vec<Piece> {
        match self {
            Self::Module(pieces) => pieces,
            Self::Container(container) => container.pieces(),
        }
    }
}

/// Whether Python takes it as the name of an attribute.
fn is_identifier(name: &str) -> bool {
    const WORDS: [&str; 35] = [
        "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class",
        "continue", "def", "del", "elif", "else", "except", "finally", "for", "from", "global",
        "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return",
        "try", "while", "with", "yield",
    ];
    let mut characters = name.chars();
    characters
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
        && characters.all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !WORDS.contains(&name)
}

/// `pre_basic` as `PreBasic`; what cannot be in a name is left out.
pub(super) fn camel(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric());
    let joined: String = words
        .filter_map(|word| {
            let first = word.chars().next()?;
            Some(format!("{}{}", first.to_ascii_uppercase(), &word[1..]))
        })
        .collect();
    if joined.starts_with(|c: char| c.is_ascii_alphabetic()) {
        joined
    } else {
        format!("Net{joined}")
    }
}
