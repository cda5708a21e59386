//! A repair as an edit of a spec: which key gets which value.

use std::fmt;
use std::sync::Arc;

use super::source::Source;

/// A step on the way to a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    /// A key of a table.
    Name(String),
    /// A place in a list, from 0.
    At(usize),
}

/// What becomes of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// It is this, in TOML; a key that is not there is added.
    Set(String),
    /// It is taken out of its list.
    Remove,
    /// This, in TOML, comes after it in its list.
    Follow(String),
    /// It changes its place with the one before it in its list.
    SwapBack,
}

/// One value that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The way to it from the top of the file.
    pub keys: Vec<Key>,
    /// What becomes of it.
    pub change: Change,
}

/// A repair of a spec that only needs to be applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// The file that is edited: the network's own spec.
    pub source: Arc<Source>,
    /// Edits of it.
    pub edits: Vec<Edit>,
}

impl fmt::Display for Fix {
    /// `shortcut = "projection"`, `main[2]: taken out`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, edit) in self.edits.iter().enumerate() {
            if number > 0 {
                f.write_str("; ")?;
            }
            let way = way(&edit.keys);
            match &edit.change {
                Change::Set(value) => {
                    let line: Vec<&str> = value.lines().map(str::trim).collect();
                    write!(f, "{way} = {}", line.join(" "))?;
                }
                Change::Remove => write!(f, "take {way} out")?,
                Change::Follow(value) => write!(f, "put {value} behind {way}")?,
                Change::SwapBack => write!(f, "put {way} before the one above it")?,
            }
        }
        Ok(())
    }
}

/// `define.blocks.mine.main[2].bias`
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
