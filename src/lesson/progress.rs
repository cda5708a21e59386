//! What a learner has answered, kept in a file: written aside and renamed, and never overwritten when it cannot be read.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::export::file::{Existing, WriteError, write};
use crate::message;
use crate::text::{Message, system};

/// The version of the file that this program writes.
const VERSION: u64 = 1;

/// The most bytes that answers take.
const LARGEST: u64 = 16 << 20;

/// The last answer to a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// As typed.
    pub answer: String,
    /// What the tool found.
    pub truth: String,
    /// Whether they agree.
    pub right: bool,
    /// How often it was tried.
    pub tries: u32,
    /// Whether the hint was shown.
    pub hint: bool,
}

/// Answers by `LESSON.NUMBER`, numbers from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    version: u64,
    /// By lesson, then by question.
    pub answers: BTreeMap<String, BTreeMap<usize, Answer>>,
    #[serde(skip)]
    file: Option<PathBuf>,
}

impl Progress {
    /// What the file holds, and what is to be said about it. A file from a newer version is left alone, and nothing is
    /// kept; a damaged one is moved aside.
    pub fn load(file: Option<PathBuf>) -> (Self, Option<Message>) {
        let mut progress = Self {
            version: VERSION,
            answers: BTreeMap::new(),
            file,
        };
        let Some(path) = progress.file.clone() else {
            return (progress, Some(message!("progress-no-home")));
        };
        let text = match crate::spec::open::bytes(&path, LARGEST) {
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
                let (file, note) = aside(&path, &error.to_string());
                progress.file = file;
                (progress, Some(note))
            }
        }
    }

    /// Nothing yet, and kept in no file.
    pub const fn nowhere() -> Self {
        Self {
            version: VERSION,
            answers: BTreeMap::new(),
            file: None,
        }
    }

    /// Keeps an answer, in the file too.
    ///
    /// # Errors
    /// The file cannot be written; what stood there still does.
    pub fn keep(&mut self, lesson: &str, number: usize, answer: Answer) -> Result<(), WriteError> {
        self.remember(lesson, number, answer);
        self.save()
    }

    /// Keeps an answer until the file is saved.
    pub fn remember(&mut self, lesson: &str, number: usize, answer: Answer) {
        self.answers
            .entry(lesson.to_owned())
            .or_default()
            .insert(number, answer);
    }

    /// Writes the file.
    ///
    /// # Errors
    /// The file cannot be written; what stood there still does.
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

    /// How many questions of a lesson were answered rightly.
    pub fn right(&self, lesson: &str) -> usize {
        self.answers.get(lesson).map_or(0, |answers| {
            answers.values().filter(|answer| answer.right).count()
        })
    }
}

/// Moves a damaged file aside under a name that nothing has.
fn aside(path: &Path, reason: &str) -> (Option<PathBuf>, Message) {
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

/// The file in the folder for state, by XDG: `$XDG_STATE_HOME` or `~/.local/state`.
pub fn file(variable: impl Fn(&str) -> Option<String>) -> Option<PathBuf> {
    let absolute = |text: String| Some(PathBuf::from(text)).filter(|path| path.is_absolute());
    let folder = variable("XDG_STATE_HOME").and_then(absolute).or_else(|| {
        let home = variable("HOME").or_else(|| variable("USERPROFILE"));
        Some(home.and_then(absolute)?.join(".local/state"))
    });
    Some(folder?.join("resnet-explore/lessons.json"))
}
