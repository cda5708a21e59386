//! Weights tensor by tensor: their values, the first kernels as pictures, and two checkpoints side by side.

mod keys;
mod view;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use ratatui::layout::{Constraint, Layout, Rect};

use crate::engine::WeightsChoice;
use crate::report::Subject;
use crate::sorting::Sorting;
use crate::text::Message;
use crate::tui::context::Around;
use crate::tui::kit::cursor::Cursor;
use crate::tui::overlay::chooser::{Offer, Source, offers};
use crate::tui::worker::{Look, Pair, Task};
use crate::weights::values::{Change, TensorReport};

/// State of the weights' figures.
#[derive(Debug)]
enum Phase {
    /// Nothing was read yet.
    Idle,
    /// A worker reads them.
    Reading,
    /// They are read.
    Ready(Box<Look>),
    /// They cannot be read, for this reason.
    Failed(Message),
}

/// Place among the weights that are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slot {
    /// The weights.
    First,
    /// Those beside them.
    Second,
}

/// Open box: weights on offer for a place, with the selected one.
#[derive(Debug)]
struct Boxed {
    slot: Slot,
    cursor: Cursor,
    offers: Vec<Offer>,
}

impl Boxed {
    /// Number of lines: the weights, and one that looks for a file.
    const fn lines(&self) -> usize {
        self.offers.len() + 1
    }
}

/// The weights of a network.
#[derive(Debug)]
pub struct Weights {
    phase: Phase,
    /// The weights that the user has chosen here, instead of those of the pass.
    own: Option<Source>,
    /// The weights beside them.
    second: Option<Source>,
    /// The weights that are read, or were.
    read: Option<Source>,
    /// Selected row.
    cursor: Cursor,
    /// Whether the kernels have the whole view.
    is_large: bool,
    /// First kernel that is shown.
    first: usize,
    boxed: Option<Boxed>,
    around: Arc<Around>,
}

/// A row of the list: a tensor of either source, with its change.
struct Row<'a> {
    tensor: &'a TensorReport,
    other: Option<&'a TensorReport>,
    change: Option<&'a Change>,
}

impl Weights {
    /// A state without weights.
    pub fn new(around: &Arc<Around>) -> Self {
        Self {
            phase: Phase::Idle,
            own: None,
            second: None,
            read: None,
            cursor: Cursor::default(),
            is_large: false,
            first: 0,
            boxed: None,
            around: Arc::clone(around),
        }
    }

    /// Whether a worker reads.
    pub const fn is_busy(&self) -> bool {
        matches!(self.phase, Phase::Reading)
    }

    /// The worker has ended without having read them.
    pub fn lose(&mut self, reason: Message) {
        self.phase = Phase::Failed(reason);
    }

    /// Takes what a worker has read, unless other weights were chosen meanwhile.
    pub fn take(&mut self, pair: &Pair, found: Result<Box<Look>, Message>) {
        let first = self.read.as_ref().map(|source| &source.choice);
        let second = self.second.as_ref().map(|source| &source.choice);
        if first != Some(&pair.0) || second != pair.1.as_ref() {
            return;
        }
        self.phase = match found {
            Ok(look) => Phase::Ready(look),
            Err(reason) => Phase::Failed(reason),
        };
        self.cursor = Cursor::default();
        self.first = 0;
    }

    /// Task that reads the chosen weights, `usual` unless the user has chosen others; `None` if they are read or there are none.
    fn job(&mut self, subject: &Arc<Subject>, usual: Option<&Source>) -> Option<Task> {
        let source = self.own.as_ref().or(usual)?.clone();
        let is_same = self.read.as_ref() == Some(&source);
        if is_same && !matches!(self.phase, Phase::Idle) {
            return None;
        }
        let second = self.second.as_ref().map(|source| source.choice.clone());
        let pair = (source.choice.clone(), second);
        self.read = Some(source);
        self.phase = Phase::Reading;
        let subject = Arc::clone(subject);
        Some(Task::Look { subject, pair })
    }

    /// Chooses weights for a place; the same again beside themselves is none.
    fn choose(&mut self, slot: Slot, source: Source) {
        match slot {
            Slot::First => self.own = Some(source),
            Slot::Second => self.second = Some(source),
        }
        self.phase = Phase::Idle;
    }

    /// Chooses a file.
    fn choose_file(&mut self, slot: Slot, path: PathBuf, subject: &Subject) {
        let choice = WeightsChoice::File(path, None);
        self.choose(slot, Source::of(choice, &subject.model));
    }

    /// Weights for this network, at hand or published elsewhere.
    fn offers(&self, subject: &Subject) -> Vec<Offer> {
        let mut offers = offers::weights(subject, &self.around, &[]);
        offers.retain(|offer| *offer != Offer::Typed);
        offers
    }

    /// The figures that were read.
    const fn look(&self) -> Option<&Look> {
        match &self.phase {
            Phase::Ready(look) => Some(look),
            _ => None,
        }
    }

    /// Rows of the list: the tensors in their order; of two sources the changed ones first, the largest relative change before all.
    fn rows(&self) -> Vec<Row<'_>> {
        let Some(look) = self.look() else {
            return Vec::new();
        };
        let others: HashMap<&str, &TensorReport> = look
            .others
            .iter()
            .map(|one| (one.name.as_str(), one))
            .collect();
        let Some(difference) = &look.difference else {
            let rows = look.tensors.iter().map(|tensor| Row {
                tensor,
                other: None,
                change: None,
            });
            return rows.collect();
        };
        let ranks: HashMap<&str, usize> = difference
            .changed
            .iter()
            .enumerate()
            .map(|(rank, change)| (change.name.as_str(), rank))
            .collect();
        let mut rows: Vec<Row<'_>> = look
            .tensors
            .iter()
            .map(|tensor| Row {
                tensor,
                other: others.get(tensor.name.as_str()).copied(),
                change: ranks
                    .get(tensor.name.as_str())
                    .and_then(|rank| difference.changed.get(*rank)),
            })
            .collect();
        let only = |one: &&TensorReport| {
            difference
                .second_only
                .iter()
                .any(|(name, _)| *name == one.name)
        };
        rows.extend(look.others.iter().filter(only).map(|tensor| Row {
            tensor,
            other: None,
            change: None,
        }));
        let rank = |row: &Row<'_>| ranks.get(row.tensor.name.as_str()).copied();
        rows.order_by_key(|row| rank(row).unwrap_or(usize::MAX));
        rows
    }

    /// Number of rows.
    fn len(&self) -> usize {
        self.look().map_or(0, |look| {
            let more = look.difference.as_ref();
            look.tensors.len() + more.map_or(0, |found| found.second_only.len())
        })
    }

    /// The selected row.
    fn selected(&self) -> Option<Row<'_>> {
        self.rows().into_iter().nth(self.cursor.at)
    }
}

/// Areas of the list and of the selected tensor: one below the other, or side by side on a wide screen.
pub(super) fn areas(body: Rect) -> [Rect; 2] {
    if body.width >= 170 {
        return body.layout(&Layout::horizontal([
            Constraint::Fill(3),
            Constraint::Fill(2),
        ]));
    }
    let below = match body.height {
        0..30 => 10,
        30..46 => 16,
        _ => 24,
    };
    body.layout(&Layout::vertical([
        Constraint::Min(0),
        Constraint::Length(below),
    ]))
}

/// Grid of kernels: how many are side by side and below each other in an area, one pixel apart.
pub(super) fn across_and_down([height, width]: [usize; 2], area: Rect) -> [usize; 2] {
    let across = (usize::from(area.width) + 1) / (width + 1);
    // A cell has two pixels, and a kernel begins with a cell.
    let down = (usize::from(area.height) * 2 + 1) / (height.div_ceil(2) * 2 + 2);
    [across.max(1), down.max(1)]
}
