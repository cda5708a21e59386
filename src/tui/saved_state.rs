//! State that the explorer saves from one run to the next, in a separate file.
//!
//! A file that cannot be used is no error: the explorer starts afresh and reports it once.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::export::file;
use crate::message;
use crate::spec::user;
use crate::text::{Message, system};

/// Environment variable that names the file instead of the default; if it is set but empty, nothing is saved.
pub const VARIABLE: &str = "RESNET_EXPLORE_STATE";

/// Version of the file's format; it increases when the meaning of a key changes.
const VERSION: u64 = 1;

/// Saved state. Missing values are as at the first start.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SavedState {
    /// Version of the format.
    pub version: u64,
    /// Name of the network that was shown last.
    pub network: Option<String>,
    /// Title of its view.
    pub view: Option<String>,
    /// Colours, if the user chose some.
    pub theme: Option<String>,
    /// Whether only ASCII is drawn, if the user chose.
    pub ascii: Option<bool>,
    /// State of the catalogue.
    pub catalogue: List,
    /// Folders that files were taken from.
    pub folders: Folders,
    /// State of the layer table, if a network was opened.
    pub table: Option<Table>,
    /// Files that were opened, the last one first.
    pub recent: Vec<String>,
}

/// Folders that files were taken from.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Folders {
    /// Folder of weights.
    pub weights: Option<String>,
    /// Folder of pictures.
    pub images: Option<String>,
    /// Folder of networks.
    pub networks: Option<String>,
    /// Folder of data to train on.
    pub data: Option<String>,
}

impl Folders {
    /// Those of weights, pictures, networks and data.
    pub fn of([weights, images, networks, data]: [Option<String>; 4]) -> Self {
        Self {
            weights,
            images,
            networks,
            data,
        }
    }

    /// Those of weights, pictures, networks and data.
    pub fn all(&self) -> [&Option<String>; 4] {
        [&self.weights, &self.images, &self.networks, &self.data]
    }
}

/// State of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct List {
    /// Key of the order, as on the command line.
    pub sort: Option<String>,
    /// Whether the order is reversed.
    pub reversed: bool,
    /// Collapsed families.
    pub folded: BTreeSet<String>,
    /// Cost on the axis of the scatter plot, if it is shown.
    pub points: Option<String>,
}

/// State of the layer table, for any network.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Table {
    /// Columns, as on the command line.
    pub columns: Vec<String>,
    /// Whether the bars show parameters.
    pub bars_of_params: bool,
    /// Whether numbers have one prefix per column.
    pub prefixed: bool,
    /// The counting rule.
    pub rule: Option<String>,
}

/// Path of the file: `$RESNET_EXPLORE_STATE`, or else `resnet-explore/explorer.json` in the system's folder for program state
/// (`$XDG_STATE_HOME`, `~/.local/state`); `None` if nothing is to be saved.
pub fn path() -> Option<PathBuf> {
    if let Some(path) = std::env::var_os(VARIABLE) {
        return (!path.is_empty()).then(|| path.into());
    }
    Some(user::state_folder()?.join("explorer.json"))
}

/// Largest size of the file in bytes.
const LARGEST: u64 = 16 << 20;

/// Saved state of a file; `None` if there is no file yet.
///
/// # Errors
/// It cannot be read, is damaged, or comes from a later program: a message for the user. The second value is true if the file
/// must not be overwritten, because it is of a later program or may be intact.
pub fn read(path: &Path) -> Result<Option<SavedState>, (Message, bool)> {
    let bytes = match crate::spec::open::bytes(path, LARGEST) {
        Ok(bytes) => bytes,
        // If its folder is missing too, writing will report it.
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        Err(error) => {
            let (file, reason) = (path.display().to_string(), system::reason(&error));
            let problem = message!("file-unreadable", file = file, reason = reason);
            return Err((problem, true));
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

/// Writes the file atomically.
///
/// # Errors
/// It cannot be written; the message is for the user.
pub fn write(path: &Path, state: &SavedState) -> Result<(), Message> {
    let state = SavedState {
        version: VERSION,
        ..state.clone()
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
    let text = serde_json::to_string_pretty(&state)
        .map_err(|error| failed(Message::foreign(error.to_string())))?
        + "\n";
    file::write(path, text.as_bytes(), file::Existing::Replace)
        .map_err(|error| failed(error.message()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_saved_state_is_read_and_another_file_is_reported() {
        let own = format!("resnet-explore-state-{}", std::process::id());
        let folder = std::env::temp_dir().join(own);
        let path = folder.join("deep/state.json");
        assert_eq!(read(&path), Ok(None));
        let state = SavedState {
            network: Some("resnet50".to_owned()),
            ..SavedState::default()
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
            let (problem, stays) = read(&path).unwrap_err();
            assert_eq!(stays, must_stay, "{text}: {problem}");
        }
        // Text that is not UTF-8, as a whole or within a JSON string, is damaged as well, so the file is replaced.
        for bytes in [&b"\xFF\xFE"[..], b"{\"version\": 1, \"network\": \"\xE9\"}"] {
            std::fs::write(&path, bytes).unwrap();
            let (problem, stays) = read(&path).unwrap_err();
            assert!(problem.id == "remembered-damaged" && !stays, "{problem}");
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
