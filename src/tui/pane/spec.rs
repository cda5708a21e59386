//! Spec of a network as lines of text, with the lines of each layer.

mod keys;
mod view;

use ratatui::layout::{Constraint, Layout, Rect};

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::network::LayerId;
use crate::report::Subject;
use crate::spec::{Problem, Source, catalog, named};
use crate::tui::fault::Fault;
use crate::tui::kit::cursor::Cursor;

/// View of the spec.
#[derive(Debug)]
pub struct SpecView {
    /// Name of the file.
    pub name: String,
    /// Lines of the file.
    pub lines: Vec<String>,
    /// Selection and scroll position.
    pub cursor: Cursor,
    /// Error because of which the network differs from the file as it is now: in the file, or in one that it inherits from.
    pub broken: Option<Problem>,
    /// Line number of the first error, from 1.
    pub broken_line: Option<usize>,
    /// Files that the spec consists of, each with its state when it was last read; `None` for one that was missing.
    stamps: Vec<(PathBuf, Option<Stamp>)>,
    /// Whether a file that the spec consists of was not found, but may still appear.
    lacks_parent: bool,
}

/// State of a file: its modification time and its length.
type Stamp = (SystemTime, u64);

impl SpecView {
    /// The view of a network's spec.
    pub fn new(subject: &Subject) -> Self {
        let spec = &subject.model.spec;
        let files = std::iter::once(&spec.source).chain(&spec.parent_files);
        let stamps = files.filter_map(|source| {
            // A shipped spec is inside the program; a file with the same name is a different one.
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

    /// Whether one of its files was changed, removed or created since they were read; asks the file system.
    pub fn has_changed(&self) -> bool {
        let is_other = |(path, known): &(PathBuf, Option<Stamp>)| stamp(path) != *known;
        self.lacks_parent || self.stamps.iter().any(is_other)
    }

    /// Records the current state of its files as read.
    pub fn was_read(&mut self) {
        for (path, known) in &mut self.stamps {
            *known = stamp(path);
        }
    }

    /// Modification time of its latest file.
    pub fn written(&self) -> Option<SystemTime> {
        let times = self
            .stamps
            .iter()
            .filter_map(|(_, stamp)| Some(stamp.as_ref()?.0));
        times.max()
    }

    /// Shows the text of the file that has an error, perhaps one that it inherits from; the network stays as it was.
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
        // A shipped part that no longer fits is correct in itself: the excerpt shows its line.
        let path = named::path(&place.source.name);
        if place.source.name == self.name || self.stamps.iter().any(|(own, _)| *own == path) {
            let (line, _) = place.line_column();
            self.name.clone_from(&place.source.name);
            self.lines = lines(&place.source);
            self.broken_line = Some(line);
            self.cursor.at = line.saturating_sub(1);
        }
    }

    /// Line of this file that defines a layer, from 1; `None` if it comes from a parent or a shipped block.
    pub fn line_of(&self, subject: &Subject, id: LayerId) -> Option<usize> {
        let place = subject.model.origin(id)?;
        (place.source.name == self.name).then(|| place.line_column().0)
    }

    /// First layer that a line defines, from 1.
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
    let metadata = std::fs::metadata(path).ok()?;
    Some((metadata.modified().ok()?, metadata.len()))
}

/// Areas of a spec's text, and of the notes about the selected line or the error.
pub fn areas(body: Rect, is_broken: bool) -> [Rect; 2] {
    if body.width >= 120 {
        body.layout(&Layout::horizontal([
            Constraint::Fill(1),
            Constraint::Fill(1),
        ]))
    } else {
        let lines = if is_broken { 10 } else { 8 };
        body.layout(&Layout::vertical([
            Constraint::Min(0),
            Constraint::Length(lines),
        ]))
    }
}
