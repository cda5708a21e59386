//! A learner's answers, saved in a file: written to a temporary file and renamed, and never overwritten if it cannot be read.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::export::file::{Existing, WriteError, write};
use crate::message;
use crate::text::{Message, system};

/// Version of the file format that this program writes.
const VERSION: u64 = 1;

/// Maximum size of the file in bytes.
const MAX_BYTES: u64 = 16 << 20;

/// Last answer to a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Answer as typed.
    pub answer: String,
    /// Result of the tool.
    pub truth: String,
    /// Whether the answer is correct.
    pub right: bool,
    /// Number of tries.
    pub tries: u32,
    /// Whether the hint was shown.
    pub hint: bool,
}

/// Answers by `LESSON.NUMBER`, with numbers from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    version: u64,
    /// Answers by lesson, then by question.
    pub answers: BTreeMap<String, BTreeMap<usize, Answer>>,
    #[serde(skip)]
    file: Option<PathBuf>,
}

impl Progress {
    /// Loads the file, and returns a notice about it if there is one. A file of a newer version is left alone, and nothing is
    /// saved; a damaged one is renamed.
    pub fn load(file: Option<PathBuf>) -> (Self, Option<Message>) {
        let mut progress = Self {
            version: VERSION,
            answers: BTreeMap::new(),
            file,
        };
        let Some(path) = progress.file.clone() else {
            return (progress, Some(message!("progress-no-home")));
        };
        let text = match crate::spec::open::bytes(&path, MAX_BYTES) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return (progress, None),
            Err(error) => {
                progress.file = None;
                return (
                    progress,
                    Some(message!(
                        "progress-unreadable",
                        file = path.display().to_string(),
                        reason = system::reason(&error)
                    )),
                );
            }
        };
        let version = serde_json::from_str::<serde_json::Value>(&text)
            .ok()
            .and_then(|value| value["version"].as_u64());
        if version.is_some_and(|version| version > VERSION) {
            progress.file = None;
            return (
                progress,
                Some(message!(
                    "progress-newer",
                    file = path.display().to_string()
                )),
            );
        }
        match serde_json::from_str::<Self>(&text) {
            Ok(read) => {
                progress.answers = read.answers;
                (progress, None)
            }
            Err(error) => {
                let (file, note) = set_aside(&path, &error.to_string());
                progress.file = file;
                (progress, Some(note))
            }
        }
    }

    /// Empty progress that is not saved to a file.
    pub const fn nowhere() -> Self {
        Self {
            version: VERSION,
            answers: BTreeMap::new(),
            file: None,
        }
    }

    /// Saves an answer, in the file too.
    ///
    /// # Errors
    /// The file cannot be written; its previous contents are unchanged.
    pub fn keep(&mut self, lesson: &str, number: usize, answer: Answer) -> Result<(), WriteError> {
        self.remember(lesson, number, answer);
        self.save()
    }

    /// Records an answer until the file is saved.
    pub fn remember(&mut self, lesson: &str, number: usize, answer: Answer) {
        self.answers
            .entry(lesson.to_owned())
            .or_default()
            .insert(number, answer);
    }

    /// Writes the file.
    ///
    /// # Errors
    /// The file cannot be written; its previous contents are unchanged.
    pub fn save(&self) -> Result<(), WriteError> {
        let Some(path) = &self.file else {
            return Ok(());
        };
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|error| WriteError {
                path: path.clone(),
                reason: system::reason(&error),
            })?;
        }
        let text = serde_json::to_string_pretty(self).unwrap_or_default() + "\n";
        write(path, text.as_bytes(), Existing::Replace)
    }

    /// Number of questions in a lesson that were answered correctly.
    pub fn right(&self, lesson: &str) -> usize {
        self.answers.get(lesson).map_or(0, |answers| {
            answers.values().filter(|answer| answer.right).count()
        })
    }
}

/// Renames a damaged file to an unused name.
fn set_aside(path: &Path, reason: &str) -> (Option<PathBuf>, Message) {
    let other = (1..1000)
        .map(|number| path.with_extension(format!("damaged-{number}.json")))
        .find(|other| !other.exists());
    match other {
        Some(other) if std::fs::rename(path, &other).is_ok() => (
            Some(path.to_owned()),
            message!(
                "progress-damaged-kept",
                file = path.display().to_string(),
                cause = reason,
                other = other.display().to_string()
            ),
        ),
        _ => (
            None,
            message!(
                "progress-damaged",
                file = path.display().to_string(),
                cause = reason
            ),
        ),
    }
}

/// Path of the file in the state folder, by XDG: `$XDG_STATE_HOME` or `~/.local/state`.
pub fn file(variable: impl Fn(&str) -> Option<String>) -> Option<PathBuf> {
    let absolute = |text: String| Some(PathBuf::from(text)).filter(|path| path.is_absolute());
    let folder = variable("XDG_STATE_HOME").and_then(absolute).or_else(|| {
        let home = variable("HOME").or_else(|| variable("USERPROFILE"));
        Some(home.and_then(absolute)?.join(".local/state"))
    });
    Some(folder?.join("resnet-explore/lessons.json"))
}
