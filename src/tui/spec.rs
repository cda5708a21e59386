//! The spec of a network as lines of text, and which of them the selected layer was written in.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::cursor::Cursor;
use super::fault::Fault;
use crate::network::LayerId;
use crate::report::Subject;
use crate::spec::{Problem, Source, catalog, named};

/// The spec beside what it makes.
#[derive(Debug)]
pub struct SpecView {
    /// The file's name.
    pub name: String,
    /// Its lines.
    pub lines: Vec<String>,
    /// How far it is scrolled.
    pub cursor: Cursor,
    /// Why the network is not what the file says now: it, or one that it inherits, has an error.
    pub broken: Option<Problem>,
    /// The line of the first error, from 1.
    pub broken_line: Option<usize>,
    /// The files that it is made of, each with how it was when it was looked at; none for one that was gone.
    stamps: Vec<(PathBuf, Option<Stamp>)>,
    /// Whether a file that it is made of was not found, and may come.
    lacks_parent: bool,
}

/// How a file was: when it was written, and its length.
type Stamp = (SystemTime, u64);

impl SpecView {
    /// The spec of a network.
    pub fn new(subject: &Subject) -> Self {
        let spec = &subject.model.spec;
        let files = std::iter::once(&spec.source).chain(&spec.parent_files);
        let stamps = files.filter_map(|source| {
            // A shipped one is in the program; a file that is where its name says is another.
            if catalog::name_of(source).is_some() {
                return None;
            }
            let path = named::path(&source.name);
            let stamp = stamp(&path)?;
            Some((path, Some(stamp)))
        });
        Self {
            name: spec.source.name.clone(),
            lines: lines(&spec.source),
            cursor: Cursor::default(),
            broken: None,
            broken_line: None,
            stamps: stamps.collect(),
            lacks_parent: false,
        }
    }

    /// Whether one of its files has changed, gone or come since they were read; asks the file system.
    pub fn has_changed(&self) -> bool {
        let is_other = |(path, known): &(PathBuf, Option<Stamp>)| stamp(path) != *known;
        self.lacks_parent || self.stamps.iter().any(is_other)
    }

    /// Remembers that its files as they are now were looked at.
    pub fn was_read(&mut self) {
        for (path, known) in &mut self.stamps {
            *known = stamp(path);
        }
    }

    /// When its files were written, the last of them.
    pub fn written(&self) -> Option<SystemTime> {
        let times = self
            .stamps
            .iter()
            .filter_map(|(_, stamp)| Some(stamp.as_ref()?.0));
        times.max()
    }

    /// Shows the text of the file that has an error, which may be one that it inherits; the network stays as it was.
    pub fn show_broken(&mut self, subject: &Subject, fault: &Fault) {
        let own = &subject.model.spec.source;
        self.name.clone_from(&own.name);
        self.lines = lines(own);
        self.broken_line = None;
        self.lacks_parent = fault
            .problems
            .iter()
            .any(|problem| problem.rule == "inherits");
        self.broken = fault.first().cloned();
        let Some(place) = self.broken.as_ref().and_then(|error| error.place.as_ref()) else {
            return;
        };
        // A shipped part that does not fit any more is right: the excerpt shows its line.
        let path = named::path(&place.source.name);
        if place.source.name == self.name || self.stamps.iter().any(|(own, _)| *own == path) {
            let (line, _) = place.line_column();
            self.name.clone_from(&place.source.name);
            self.lines = lines(&place.source);
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

fn lines(source: &Source) -> Vec<String> {
    let lines = source.text.lines();
    lines.map(|line| line.replace('\t', "    ")).collect()
}

fn stamp(path: &Path) -> Option<Stamp> {
    let told = std::fs::metadata(path).ok()?;
    Some((told.modified().ok()?, told.len()))
}
