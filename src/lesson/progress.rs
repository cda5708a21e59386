//! A learner's answers, saved in a file: written to a temporary file and renamed, and never overwritten if it cannot be read.

mod numbers;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::file::Lesson;
use crate::export::file::{Existing, WriteError, write};
use crate::message;
use crate::text::{Message, system};

/// Version of the file format that this program writes.
const VERSION: u64 = 2;

/// Last version that named a question by its number in the lesson.
const NUMBERED: u64 = 1;

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
    /// Days until the next review after this one; 0 if the question is not reviewed.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub rest: u64,
    /// Day of the next review, counted from 1970.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub due: u64,
}

/// Days after which a question is not reviewed any more.
const LONGEST_REST: u64 = 9;

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes the field by reference"
)]
const fn is_zero(number: &u64) -> bool {
    *number == 0
}

impl Answer {
    /// Whether it was right at once and without the hint.
    const fn is_clean(&self) -> bool {
        self.right && self.tries == 1 && !self.hint
    }

    /// Whether it is reviewed on this day.
    pub const fn is_due(&self, day: u64) -> bool {
        self.rest > 0 && self.due <= day
    }
}

/// Today, counted in days from 1970.
pub fn today() -> u64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs() / 86_400)
}

/// Answers by lesson and question. A question is named by its query, which is the same in every language and stays when
/// questions are added, moved or removed; an exercise by its piece.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    version: u64,
    /// Answers by lesson, then by question. Those to questions that are no longer asked are kept too.
    pub answers: BTreeMap<String, BTreeMap<String, Answer>>,
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
                progress.answers = match read.version {
                    ..=NUMBERED => numbers::named(read.answers),
                    _ => read.answers,
                };
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
    pub fn keep(&mut self, lesson: &str, query: &str, answer: Answer) -> Result<(), WriteError> {
        self.remember(lesson, query, answer);
        self.save()
    }

    /// Records an answer until the file is saved.
    pub fn remember(&mut self, lesson: &str, query: &str, answer: Answer) {
        self.remember_on(today(), lesson, query, answer);
    }

    /// Records an answer of this day. A question that was answered right stays so when it is done again; one that was answered
    /// wrong, late or with the hint comes back, and rests longer after each clean answer: 1, 3 and 9 days.
    pub fn remember_on(&mut self, day: u64, lesson: &str, query: &str, answer: Answer) {
        let answers = self.answers.entry(lesson.to_owned()).or_default();
        let before = answers.get(query);
        let rest = match before.map_or(0, |before| before.rest) {
            _ if !answer.is_clean() => 1,
            0 => 0,
            _ if before.is_some_and(|before| before.due > day) => before.map_or(0, |own| own.rest),
            rest if rest > LONGEST_REST => 0,
            rest => rest * 3,
        };
        let due = match (rest, before) {
            (0, _) => 0,
            (1, _) => day,
            (_, Some(before)) if before.due > day => before.due,
            _ => day + rest / 3,
        };
        let kept = match before {
            Some(before) if before.right && !answer.right => before.clone(),
            _ => answer,
        };
        answers.insert(query.to_owned(), Answer { rest, due, ..kept });
    }

    /// Answer to a question, if it was answered.
    pub fn answer(&self, lesson: &str, query: &str) -> Option<&Answer> {
        self.answers.get(lesson)?.get(query)
    }

    /// Questions that are reviewed on this day, in the order of the course: the place of the lesson, and that of the question in it.
    pub fn due(&self, lessons: &[Lesson], day: u64) -> Vec<(usize, usize)> {
        let mut due = Vec::new();
        for (at, lesson) in lessons.iter().enumerate() {
            let is_due = |query: &str| {
                let answer = self.answer(&lesson.id, query);
                answer.is_some_and(|answer| answer.is_due(day))
            };
            let own = lesson.queries().enumerate();
            due.extend(
                own.filter(|(_, query)| is_due(query))
                    .map(|(step, _)| (at, step)),
            );
        }
        due
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

    /// Number of a lesson's questions that were answered correctly.
    pub fn right(&self, lesson: &Lesson) -> usize {
        self.right_among(&lesson.id, lesson.queries())
    }

    /// Number of these questions that were answered correctly.
    pub fn right_among<'q>(
        &self,
        lesson: &str,
        queries: impl IntoIterator<Item = &'q str>,
    ) -> usize {
        let answers = queries
            .into_iter()
            .filter_map(|query| self.answer(lesson, query));
        answers.filter(|answer| answer.right).count()
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
