//! What the explorer remembers from one run to the next, in a file of its own.
//!
//! A file that cannot be used is no error: the explorer begins anew and says so once.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::export::file;
use crate::message;
use crate::spec::user;
use crate::text::{Message, system};

/// The variable that names the file in place of the usual one; set to nothing, nothing is remembered.
pub const VARIABLE: &str = "RESNET_EXPLORE_STATE";

/// The form of the file. A program that changes what a key means counts on.
const VERSION: u64 = 1;

/// What is remembered. What is missing in a file is as it is at the first start.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Remembered {
    /// The form of the file.
    pub version: u64,
    /// The network that was looked at last, by name.
    pub network: Option<String>,
    /// The view of it, by its title.
    pub view: Option<String>,
    /// The colours, where the user chose some.
    pub theme: Option<String>,
    /// Whether ASCII alone is drawn, where the user chose.
    pub ascii: Option<bool>,
    /// What the catalogue looks like.
    pub catalogue: List,
    /// What the layer table looks like, where a network was opened.
    pub table: Option<Table>,
}

/// What the catalogue looks like.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct List {
    /// What it is sorted by, as on the command line.
    pub sort: Option<String>,
    /// Whether the order is turned round.
    pub reversed: bool,
    /// Folded families.
    pub folded: BTreeSet<String>,
    /// The cost that points are shown against, when they are.
    pub points: Option<String>,
}

/// What the layer table of any network looks like.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Table {
    /// Its columns, as on the command line.
    pub columns: Vec<String>,
    /// Whether the bars show parameters.
    pub bars_of_params: bool,
    /// Whether numbers have one prefix a column.
    pub prefixed: bool,
    /// The counting rule.
    pub rule: Option<String>,
}

/// The file: `$RESNET_EXPLORE_STATE`, or else `resnet-explore/explorer.json` where the system keeps what programs remember
/// (`$XDG_STATE_HOME`, `~/.local/state`); none where nothing is to be remembered.
pub fn path() -> Option<PathBuf> {
    if let Some(path) = std::env::var_os(VARIABLE) {
        return (!path.is_empty()).then(|| path.into());
    }
    Some(user::state_folder()?.join("explorer.json"))
}

/// The most bytes that are remembered.
const LARGEST: u64 = 16 << 20;

/// What a file remembers; nothing where there is none yet.
///
/// # Errors
/// It cannot be read, is damaged, or is of a later program: a sentence for the user. The file of a later program must not be
/// written over, which the second value says.
pub fn read(path: &Path) -> Result<Option<Remembered>, (Message, bool)> {
    let bytes = match crate::spec::open::bytes(path, LARGEST) {
        Ok(bytes) => bytes,
        // Where there is no folder for it either, writing will tell.
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        Err(error) => {
            let (file, reason) = (path.display().to_string(), system::reason(&error));
            let told = message!("file-unreadable", file = file, reason = reason);
            return Err((told, true));
        }
    };
    let damaged = || {
        let file = path.display().to_string();
        (message!("remembered-damaged", file = file), false)
    };
    let value: serde_json::Value = serde_json::from_slice(&bytes).map_err(|_| damaged())?;
    match value.get("version").and_then(serde_json::Value::as_u64) {
        Some(VERSION) => {}
        Some(later) if later > VERSION => {
            let file = path.display().to_string();
            return Err((message!("remembered-newer", file = file), true));
        }
        _ => return Err(damaged()),
    }
    serde_json::from_value(value)
        .map(Some)
        .map_err(|_| damaged())
}

/// Writes the file, whole or not at all.
///
/// # Errors
/// It cannot be written: a sentence for the user.
pub fn write(path: &Path, remembered: &Remembered) -> Result<(), Message> {
    let remembered = Remembered {
        version: VERSION,
        ..remembered.clone()
    };
    let failed = |reason: Message| message!("remembered-nothing", reason = reason);
    if let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        std::fs::create_dir_all(folder).map_err(|error| {
            let (folder, reason) = (folder.display().to_string(), system::reason(&error));
            failed(message!(
                "folder-unmakeable",
                folder = folder,
                reason = reason
            ))
        })?;
    }
    let text = serde_json::to_string_pretty(&remembered)
        .map_err(|error| failed(Message::foreign(error.to_string())))?
        + "\n";
    file::write(path, text.as_bytes(), file::Existing::Replace)
        .map_err(|error| failed(error.message()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_what_is_no_state_is_told() {
        let own = format!("resnet-explore-state-{}", std::process::id());
        let folder = std::env::temp_dir().join(own);
        let path = folder.join("deep/state.json");
        assert_eq!(read(&path), Ok(None));
        let state = Remembered {
            network: Some("resnet50".to_owned()),
            ..Remembered::default()
        };
        write(&path, &state).unwrap();
        let again = read(&path).unwrap().unwrap();
        assert_eq!(
            (again.network, again.version),
            (state.network.clone(), VERSION)
        );
        for (text, must_stay) in [
            ("", false),
            ("{\"version\": 1, \"network\": 5}", false),
            ("[1, 2", false),
            ("{}", false),
            ("{\"version\": 99}", true),
        ] {
            std::fs::write(&path, text).unwrap();
            let (told, stays) = read(&path).unwrap_err();
            assert_eq!(stays, must_stay, "{text}: {told}");
        }
        // Damaged as well, so that it is replaced: text that is not UTF-8, whole or within a text of JSON.
        for bytes in [&b"\xFF\xFE"[..], b"{\"version\": 1, \"network\": \"\xE9\"}"] {
            std::fs::write(&path, bytes).unwrap();
            let (told, stays) = read(&path).unwrap_err();
            assert!(told.id == "remembered-damaged" && !stays, "{told}");
        }
        assert!(
            write(&folder, &state)
                .unwrap_err()
                .id
                .starts_with("remembered-nothing")
        );
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
