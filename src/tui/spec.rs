//! The spec of a network as lines of text, and which of them the selected layer was written in.

use std::path::PathBuf;
use std::time::SystemTime;

use super::cursor::Cursor;
use crate::network::LayerId;
use crate::report::Subject;
use crate::report::language::Language;
use crate::report::snippet::{Style, render};
use crate::spec::{Problem, Severity};

/// The spec beside what it makes.
#[derive(Debug)]
pub struct SpecView {
    /// The file's name.
    pub name: String,
    /// Its lines.
    pub lines: Vec<String>,
    /// How far it is scrolled.
    pub cursor: Cursor,
    /// Why the file as it is now is not what is shown: it broke after it was opened.
    pub broken: Option<String>,
    /// The line of the first error, from 1.
    pub broken_line: Option<usize>,
    /// When the file was changed last, as far as it is one.
    stamp: Option<(PathBuf, SystemTime)>,
}

impl SpecView {
    /// The spec of a network.
    pub fn new(subject: &Subject) -> Self {
        let source = &subject.model.spec.source;
        let path = PathBuf::from(&source.name);
        let stamp = changed(&path).map(|time| (path, time));
        Self {
            name: source.name.clone(),
            lines: source
                .text
                .lines()
                .map(|line| line.replace('\t', "    "))
                .collect(),
            cursor: Cursor::default(),
            broken: None,
            broken_line: None,
            stamp,
        }
    }

    /// Whether the file has changed since it was read; asks the file system.
    pub fn has_changed(&self) -> bool {
        self.stamp
            .as_ref()
            .is_some_and(|(path, time)| changed(path).is_some_and(|now| now != *time))
    }

    /// Remembers that the file as it is now was looked at.
    pub fn was_read(&mut self) {
        if let Some((path, time)) = &mut self.stamp
            && let Some(now) = changed(path)
        {
            *time = now;
        }
    }

    /// Shows the file's text with what is wrong in it; the network stays as it was.
    pub fn show_broken(&mut self, problems: &[Problem], language: Language) {
        let error = problems
            .iter()
            .find(|problem| problem.severity == Severity::Error);
        let Some(error) = error else {
            return;
        };
        self.broken = Some(render(error, Style::Plain, language));
        if let Some(place) = &error.place
            && place.source.name == self.name
        {
            self.lines = place
                .source
                .text
                .lines()
                .map(|line| line.replace('\t', "    "))
                .collect();
            let (line, _) = place.line_column();
            self.broken_line = Some(line);
            self.cursor.at = line.saturating_sub(1);
        }
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

fn changed(path: &std::path::Path) -> Option<SystemTime> {
    std::fs::metadata(path).ok()?.modified().ok()
}
