//! A fix as an edit of a spec: which key gets which value.

use std::sync::Arc;

use super::source::Source;
use crate::message;
use crate::text::{Joint, Message};

/// Step on the path to a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    /// Key of a table.
    Name(String),
    /// Index in a list, from 0.
    At(usize),
}

/// Change of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Set it to this TOML; a missing key is added.
    Set(String),
    /// Remove it from its list.
    Remove,
    /// Insert this TOML after it in its list.
    Follow(String),
    /// Swap it with the one before it in its list.
    SwapBack,
}

/// Change of one value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Path to the value from the top of the file.
    pub keys: Vec<Key>,
    /// Change of the value.
    pub change: Change,
}

/// A fix of a spec that only needs to be applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// File to edit: the network's own spec.
    pub source: Arc<Source>,
    /// Edits of the file.
    pub edits: Vec<Edit>,
}

impl Fix {
    /// Its edits in words: `shortcut = "projection"`, remove `main[2]`.
    pub fn title(&self) -> Message {
        let edits: Vec<Message> = self.edits.iter().map(Edit::title).collect();
        match <[Message; 1]>::try_from(edits) {
            Ok([edit]) => edit,
            Err(edits) => message!("fix-edits", edits = Joint::Semicolon.of(edits)),
        }
    }
}

impl Edit {
    fn title(&self) -> Message {
        let key = way(&self.keys);
        match &self.change {
            Change::Set(value) => {
                let line: Vec<&str> = value.lines().map(str::trim).collect();
                message!("fix-set", key = key, value = line.join(" "))
            }
            Change::Remove => message!("fix-remove", key = key),
            Change::Follow(value) => message!("fix-follow", key = key, value = value),
            Change::SwapBack => message!("fix-swap", key = key),
        }
    }
}

/// Path as text: `define.blocks.mine.main[2].bias`.
pub fn way(keys: &[Key]) -> String {
    let mut text = String::new();
    for key in keys {
        match key {
            Key::Name(name) if text.is_empty() => text += name,
            Key::Name(name) => text += &format!(".{name}"),
            Key::At(at) => text += &format!("[{at}]"),
        }
    }
    text
}
