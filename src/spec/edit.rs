//! Fix as an edit of a spec: keys with new values.

use std::fmt;
use std::sync::Arc;

use super::source::Source;

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

/// Fix of a spec that can be applied automatically.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// File to edit: the network's own spec.
    pub source: Arc<Source>,
    /// Edits of the file.
    pub edits: Vec<Edit>,
}

impl fmt::Display for Fix {
    /// Formats the edits for people: `shortcut = "projection"`.
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
