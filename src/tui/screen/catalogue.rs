//! List of shipped networks: the families as a tree, with search, order, selection and marks.

mod keys;
mod list;
mod neighbours;
pub mod place;
mod points;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use crate::kernels::team::share;
use crate::message;
use crate::report::catalogue::entry::{Entry, Figures, SortKey, figures, outlines};
use crate::report::catalogue::plot::{Axis, Point, points};
use crate::report::catalogue::published::Trained;
use crate::tui::kit::cursor::{Cursor, Motion};
use crate::tui::kit::fold_tree::{Fold, FoldTree};
use crate::tui::kit::fuzzy;
use crate::tui::kit::list::List;
use crate::tui::worker::Task;

/// A line of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// Heading of the family of the entries below.
    Family {
        /// Number of its first entry here.
        first: usize,
        /// Number of its networks that match.
        found: usize,
        /// Number of all its networks.
        all: usize,
    },
    /// An entry, by its number.
    Entry(usize),
}

/// List of networks with the search, the selection and the marks.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    entries: Vec<Entry>,
    tree: FoldTree<Line>,
    query: String,
    /// Whether the search is typed.
    pub is_typing: bool,
    sort: SortKey,
    /// Whether the order is reversed.
    is_reversed: bool,
    /// Families that are collapsed while the search is empty.
    folded: BTreeSet<String>,
    /// Names of the networks to compare: two at most, the first marked first.
    marked: Vec<String>,
    /// Cost on the axis of the scatter plot; `None` while the list is shown.
    pub plot: Option<Axis>,
    /// Cost on the axis of the last scatter plot.
    axis: Axis,
    /// Source of the weights whose accuracies are shown.
    trained: Trained,
    /// Number of columns that are scrolled past; 0 shows the most important ones.
    passed: usize,
    counting: Counting,
}

/// State of the worker that counts the networks which were not seen at once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Counting {
    #[default]
    NotBegun,
    UnderWay,
    Over,
}

impl Catalogue {
    /// The catalogue of all shipped networks, with no figures yet.
    pub fn load() -> Self {
        // A shipped file that cannot be read would be a bug that the tests find; the list is then empty.
        Self::new(outlines().unwrap_or_default())
    }

    /// Task that counts the networks; `None` if it was begun before, or there is nothing to count.
    ///
    /// Those on the first `rows` lines are counted at once, so that they appear with their figures, and the others by the task.
    pub fn job(&mut self, rows: usize) -> Option<Task> {
        if self.counting != Counting::NotBegun {
            return None;
        }
        self.counting = Counting::UnderWay;
        let top = self.cursor().top;
        let seen = (top..top + rows).filter_map(|place| match self.line_at(place)?.1 {
            Line::Entry(number) => Some(self.entries[number].name.clone()),
            Line::Family { .. } => None,
        });
        self.count(seen.collect());
        let left = self.uncounted();
        if left.is_empty() {
            self.counting = Counting::Over;
            return None;
        }
        Some(Task::Count(left))
    }

    /// Counts all networks that are not counted yet, for what needs the figures of all.
    pub fn count_all(&mut self) {
        self.count(self.uncounted());
    }

    fn count(&mut self, names: Vec<String>) {
        let counted = share(&names, |name| figures(name));
        let counted = names.into_iter().zip(counted);
        self.take(
            counted
                .filter_map(|(name, own)| Some((name, own?)))
                .collect(),
        );
    }

    fn uncounted(&self) -> Vec<String> {
        let left = self.entries.iter().filter(|entry| entry.figures.is_none());
        left.map(|entry| entry.name.clone()).collect()
    }

    /// Takes figures; when the last ones are there, an order by figures holds.
    pub fn take(&mut self, counted: Vec<(String, Figures)>) {
        for (name, figures) in counted {
            let entry = self.entries.iter_mut().find(|entry| entry.name == name);
            if let Some(entry) = entry {
                entry.figures = Some(figures);
            }
        }
        if self.is_counted() {
            self.counting = Counting::Over;
            if self.sort.takes_figures() {
                self.refresh_at_selected();
            }
            self.select_drawn();
        }
    }

    /// Whether every network has its figures.
    pub fn is_counted(&self) -> bool {
        self.entries.iter().all(|entry| entry.figures.is_some())
    }

    /// Whether a worker counts networks.
    pub const fn is_counting(&self) -> bool {
        matches!(self.counting, Counting::UnderWay)
    }

    /// The worker ended before it had counted all.
    pub const fn lose(&mut self) {
        self.counting = Counting::Over;
    }

    /// Progress of the counting, while it is under way.
    fn counting(&self) -> Option<crate::text::Message> {
        let all = self.entries.len();
        let done = all - self.uncounted().len();
        self.is_counting()
            .then(|| message!("catalogue-counting", done = done, all = all))
    }

    /// The catalogue of these networks.
    pub fn new(entries: Vec<Entry>) -> Self {
        let mut catalogue = Self {
            entries,
            ..Self::default()
        };
        catalogue.refresh();
        catalogue
    }

    /// All networks, matching or not.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Text of the search.
    pub fn query(&self) -> &str {
        &self.query
    }

    /// Names of the marked networks: two at most.
    pub fn marked(&self) -> &[String] {
        &self.marked
    }

    /// Marks or unmarks the selected network; a third mark replaces the first.
    pub fn mark(&mut self) {
        let Some(name) = self.selected().map(|entry| entry.name.clone()) else {
            return;
        };
        if let Some(at) = self.marked.iter().position(|marked| *marked == name) {
            self.marked.remove(at);
            return;
        }
        if self.marked.len() == 2 {
            self.marked.remove(0);
        }
        self.marked.push(name);
    }

    /// Switches between scatter plot and list; in the plot, a network that has a point is selected.
    pub fn turn_plot(&mut self) {
        if let Some(axis) = self.plot.take() {
            self.axis = axis;
        } else {
            self.plot = Some(self.axis);
            self.select_drawn();
        }
    }

    /// Source of the weights whose accuracies are shown.
    pub const fn trained(&self) -> Trained {
        self.trained
    }

    /// Shows the accuracies of weights from another source.
    pub fn compare_trained(&mut self, trained: Trained) {
        self.trained = trained;
        for entry in &mut self.entries {
            entry.compare(trained);
        }
        self.refresh_at_selected();
        self.select_drawn();
    }

    /// Points of the plot.
    pub fn points(&self) -> Vec<Point<'_>> {
        points(self.shown(), self.plot.unwrap_or_default())
    }

    /// Number of the selected network among the points.
    pub fn selected_point(&self) -> Option<usize> {
        let name = &self.selected()?.name;
        self.points()
            .iter()
            .position(|point| point.entry.name == *name)
    }

    /// Selects a point by its number.
    pub fn select_point(&mut self, number: usize) {
        let name = self
            .points()
            .get(number)
            .map(|point| point.entry.name.clone());
        self.select_name(name.as_deref());
    }

    /// Selects the first point if points are shown and none is selected.
    fn select_drawn(&mut self) {
        if self.plot.is_some() && self.selected_point().is_none() {
            self.select_point(0);
        }
    }

    /// Key of the order.
    pub const fn sort(&self) -> SortKey {
        self.sort
    }

    /// Whether the order is reversed: the largest first.
    pub const fn is_reversed(&self) -> bool {
        self.is_reversed
    }

    /// Sorts the list; the selected network stays selected.
    pub fn sort_by(&mut self, key: SortKey, is_reversed: bool) {
        self.sort = key;
        self.is_reversed = is_reversed && key != SortKey::Catalogue;
        self.refresh_at_selected();
    }

    /// Families that are collapsed.
    pub const fn folded(&self) -> &BTreeSet<String> {
        &self.folded
    }

    /// Collapses exactly these families.
    pub fn fold_families(&mut self, families: BTreeSet<String>) {
        self.folded = families;
        self.refresh_at_selected();
    }

    /// Selects the network called `name`, if it matches the search, and expands its family.
    pub fn select_name(&mut self, name: Option<&str>) {
        let place = self.tree.items().iter().position(|item| match item.row {
            Line::Entry(number) => Some(self.entries[number].name.as_str()) == name,
            Line::Family { .. } => false,
        });
        if let Some(place) = place {
            self.tree.reveal(place);
            self.remember_folds();
        }
    }

    /// Networks that match, collapsed or not, from the top.
    pub fn shown(&self) -> impl Iterator<Item = &Entry> {
        self.tree.items().iter().filter_map(|item| match item.row {
            Line::Entry(number) => self.entries.get(number),
            Line::Family { .. } => None,
        })
    }

    /// Selection and scroll position among the lines.
    pub const fn cursor(&self) -> Cursor {
        self.tree.cursor()
    }

    /// Number of lines that are shown.
    pub fn len(&self) -> usize {
        self.tree.len()
    }

    /// Whether no line is shown.
    pub fn is_empty(&self) -> bool {
        self.tree.is_empty()
    }

    /// Number of networks that match.
    pub fn found(&self) -> usize {
        self.shown().count()
    }

    /// Its lines as a list.
    pub fn list(&self) -> List {
        self.tree.list()
    }

    /// Line at `place` among those that are shown, with its fold.
    pub fn line_at(&self, place: usize) -> Option<(Fold, Line)> {
        self.tree.at(place).map(|item| (item.fold(), item.row))
    }

    /// The selected network.
    pub fn selected(&self) -> Option<&Entry> {
        match self.tree.selected()?.row {
            Line::Entry(number) => self.entries.get(number),
            Line::Family { .. } => None,
        }
    }

    /// Networks of the selected family; `None` if no family is selected.
    pub fn selected_family(&self) -> Option<Vec<&Entry>> {
        let item = self.tree.selected()?;
        let Line::Family { first, .. } = item.row else {
            return None;
        };
        let family = self.entries.get(first)?.family.own();
        Some(
            self.shown()
                .filter(|entry| entry.family.own() == family)
                .collect(),
        )
    }

    /// Moves the selection: among the lines, or from point to point in the order of their cost.
    pub fn go(&mut self, motion: Motion, page: usize) {
        if self.plot.is_none() {
            return self.tree.go(motion, page);
        }
        let mut cursor = Cursor {
            at: self.selected_point().unwrap_or(0),
            top: 0,
        };
        cursor.go(motion, self.points().len(), 10);
        self.select_point(cursor.at);
    }

    /// Selects the line at `place`; returns whether there is one.
    pub fn select_place(&mut self, place: usize) -> bool {
        self.tree.select_place(place)
    }

    /// Applies a change to the tree's folds.
    pub fn fold(&mut self, change: impl FnOnce(&mut FoldTree<Line>)) {
        change(&mut self.tree);
        self.remember_folds();
    }

    /// Adds to the search.
    pub fn type_text(&mut self, text: &str) {
        self.query.push_str(text);
        self.refresh();
        self.select_drawn();
    }

    /// Removes the last character of the search.
    pub fn erase(&mut self) {
        self.query.pop();
        self.refresh();
        self.select_drawn();
    }

    /// Clears the search; the selected network stays selected.
    pub fn show_all(&mut self) {
        self.query.clear();
        self.refresh_at_selected();
    }

    /// Scrolls until the selected line is among the `height` visible ones.
    pub fn keep(&mut self, height: usize) {
        self.tree.keep(height);
    }

    /// Remembers the collapsed families; those that a search expands are not the user's choice and do not count.
    fn remember_folds(&mut self) {
        if !self.query.is_empty() || self.sort != SortKey::Catalogue {
            return;
        }
        self.folded = self
            .tree
            .items()
            .iter()
            .filter(|item| item.fold() == Fold::Closed)
            .filter_map(|item| match item.row {
                Line::Family { first, .. } => Some(self.entries[first].family.own().to_owned()),
                Line::Entry(_) => None,
            })
            .collect();
    }

    /// Lists the lines anew; the selection stays if its network is still there.
    fn refresh_at_selected(&mut self) {
        let name = self.selected().map(|entry| entry.name.clone());
        let family = self
            .selected_family()
            .and_then(|entries| Some(entries.first()?.family.clone()));
        self.refresh();
        let is_selected = |line: &Line| match line {
            Line::Entry(number) => Some(&self.entries[*number].name) == name.as_ref(),
            Line::Family { first, .. } => Some(&self.entries[*first].family) == family.as_ref(),
        };
        let place = self
            .tree
            .items()
            .iter()
            .position(|item| is_selected(&item.row));
        if let Some(place) = place {
            let is_folded = self.tree.items()[place]
                .parent()
                .is_some_and(|parent| self.tree.items()[parent].fold() == Fold::Closed);
            // If the family is collapsed, its heading is selected instead of the network.
            let place = match self.tree.items()[place].parent() {
                Some(parent) if is_folded => parent,
                _ => place,
            };
            self.tree.reveal(place);
        }
    }

    fn refresh(&mut self) {
        let mut found = self.those(|number| self.names(number, |field, word| field.contains(word)));
        if found.is_empty() {
            found = self.those(|number| self.entries[number].matches(&self.query));
        }
        if found.is_empty() {
            let has = |field: &str, word: &str| fuzzy::score(field, word).is_some();
            found = self.those(|number| self.names(number, has));
        }
        let lines = if self.sort == SortKey::Catalogue {
            self.by_family(&found)
        } else {
            let entry = |number: &usize| &self.entries[*number];
            found.sort_by(|a, b| self.sort.order(entry(a), entry(b), self.is_reversed));
            found
                .into_iter()
                .map(|number| (0, Line::Entry(number)))
                .collect()
        };
        // The first network is selected, not its family.
        let first = lines
            .iter()
            .position(|(_, line)| matches!(line, Line::Entry(_)));
        self.tree = FoldTree::new(lines);
        let is_searching = !self.query.is_empty();
        self.tree.fold_where(|line| match line {
            Line::Family { first, .. } => {
                Some(is_searching || !self.folded.contains(self.entries[*first].family.own()))
            }
            Line::Entry(_) => None,
        });
        let is_seen = |first: &usize| {
            let parent = self.tree.items()[*first].parent();
            parent.is_none_or(|parent| self.tree.items()[parent].fold() == Fold::Open)
        };
        if let Some(first) = first.filter(is_seen) {
            self.tree.reveal(first);
        }
    }

    fn by_family(&self, found: &[usize]) -> Vec<(usize, Line)> {
        let family = |number: usize| self.entries[number].family.own();
        let mut lines = Vec::new();
        // A family's networks are in several places of the catalogue if several folders have some.
        let mut families: Vec<(&str, Vec<usize>)> = Vec::new();
        for &number in found {
            let own = family(number);
            match families.iter_mut().find(|(known, _)| *known == own) {
                Some((_, run)) => run.push(number),
                None => families.push((own, vec![number])),
            }
        }
        for (own, run) in families {
            let all = self
                .entries
                .iter()
                .filter(|entry| entry.family.own() == own)
                .count();
            lines.push((
                0,
                Line::Family {
                    first: run[0],
                    found: run.len(),
                    all,
                },
            ));
            lines.extend(run.into_iter().map(|number| (1, Line::Entry(number))));
        }
        lines
    }

    fn those(&self, is_meant: impl Fn(usize) -> bool) -> Vec<usize> {
        (0..self.entries.len())
            .filter(|&number| is_meant(number))
            .collect()
    }

    /// Whether a network's name, title or family has every word of the query.
    fn names(&self, number: usize, has: impl Fn(&str, &str) -> bool) -> bool {
        let entry = &self.entries[number];
        let texts = entry.title.all().chain(entry.family.all());
        let fields: Vec<String> = std::iter::once(entry.name.as_str())
            .chain(texts)
            .map(plain)
            .collect();
        self.query
            .split_whitespace()
            .map(plain)
            .all(|word| fields.iter().any(|field| has(field, &word)))
    }
}

/// Letters and digits in lower case, so that `ResNet-50` equals `resnet50`.
fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
