//! The spec of a network as lines of text, and which of them the selected layer was written in.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::cursor::Cursor;
use crate::network::LayerId;
use crate::report::Subject;
use crate::report::language::Language;
use crate::report::snippet::{Style, render};
use crate::spec::{Problem, Severity, Source};

/// The spec beside what it makes.
#[derive(Debug)]
pub struct SpecView {
    /// The file's name.
    pub name: String,
    /// Its lines.
    pub lines: Vec<String>,
    /// How far it is scrolled.
    pub cursor: Cursor,
    /// Why the file as it is now is not what is shown: it, or one that it inherits, broke after it was opened.
    pub broken: Option<String>,
    /// The line of the first error, from 1.
    pub broken_line: Option<usize>,
    /// The files that it is made of, each with when it was changed last, as far as they are some.
    stamps: Vec<(PathBuf, SystemTime)>,
}

impl SpecView {
    /// The spec of a network.
    pub fn new(subject: &Subject) -> Self {
        let spec = &subject.model.spec;
        let files = std::iter::once(&spec.source).chain(&spec.parent_files);
        let stamps = files.filter_map(|source| {
            let path = PathBuf::from(&source.name);
            let time = changed(&path)?;
            Some((path, time))
        });
        Self {
            name: spec.source.name.clone(),
            lines: lines(&spec.source),
            cursor: Cursor::default(),
            broken: None,
            broken_line: None,
            stamps: stamps.collect(),
        }
    }

    /// Whether one of its files has changed since they were read; asks the file system.
    pub fn has_changed(&self) -> bool {
        let is_other =
            |(path, time): &(PathBuf, SystemTime)| changed(path).is_some_and(|now| now != *time);
        self.stamps.iter().any(is_other)
    }

    /// Remembers that its files as they are now were looked at.
    pub fn was_read(&mut self) {
        for (path, time) in &mut self.stamps {
            if let Some(now) = changed(path) {
                *time = now;
            }
        }
    }

    /// Shows the text of the file that has an error, which may be one that it inherits; the network stays as it was. Says where
    /// the error is: `base.toml, line 3`.
    pub fn show_broken(&mut self, problems: &[Problem], language: Language) -> Option<String> {
        let error = problems
            .iter()
            .find(|problem| problem.severity == Severity::Error)?;
        self.broken = Some(render(error, Style::Plain, language));
        let place = error.place.as_ref()?;
        let (line, _) = place.line_column();
        // A shipped part that does not fit any more is right: the excerpt shows its line.
        let path = Path::new(&place.source.name);
        if self.stamps.iter().any(|(own, _)| own == path) {
            self.name.clone_from(&place.source.name);
            self.lines = lines(&place.source);
            self.broken_line = Some(line);
            self.cursor.at = line.saturating_sub(1);
        }
        Some(format!("{}, line {line}", place.source.name))
    }

    /// The line of this file that a layer was written in, from 1; `None` where it comes from a parent or a shipped block.
    pub fn line_of(&self, subject: &Subject, id: LayerId) -> Option<usize> {
        let place = subject.model.origin(id)?;
        (place.source.name == self.name).then(|| place.line_column().0)
    }

    /// The first layer that was written in a line, from 1.
    pub fn layer_at(&self, subject: &Subject, line: usize) -> Option<LayerId> {
        let ids = subject.model.network.ids();
        ids.into_iter()
            .find(|&id| self.line_of(subject, id) == Some(line))
    }
}

fn lines(source: &Source) -> Vec<String> {
    let lines = source.text.lines();
    lines.map(|line| line.replace('\t', "    ")).collect()
}

fn changed(path: &Path) -> Option<SystemTime> {
    std::fs::metadata(path).ok()?.modified().ok()
}
