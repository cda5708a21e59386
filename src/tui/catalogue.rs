//! The list of shipped networks: the families as a tree, search, order, selection and marks.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use super::cursor::{Cursor, Motion};
use super::fold_tree::{Fold, FoldTree};
use super::fuzzy;
use crate::report::list::{Entry, SortKey, entries};
use crate::report::published::Trained;
use crate::report::scatter::{Axis, Point, points};

/// A line of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// The family of the entries below.
    Family {
        /// The number of its first entry here.
        first: usize,
        /// How many of its networks are found.
        found: usize,
        /// How many it has.
        all: usize,
    },
    /// An entry, by its number.
    Entry(usize),
}

/// The list of networks with what is searched for, selected and marked.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    entries: Vec<Entry>,
    tree: FoldTree<Line>,
    query: String,
    sort: SortKey,
    /// Whether the order is turned round.
    is_reversed: bool,
    /// Families whose networks are hidden while nothing is searched for.
    folded: BTreeSet<String>,
    /// Networks to compare, by name: two at most, the first marked first.
    marked: Vec<String>,
    /// The networks as points instead of lines, against this cost.
    pub plot: Option<Axis>,
    /// The cost that they were shown against last.
    axis: Axis,
    /// Whose accuracies are shown.
    trained: Trained,
}

impl Catalogue {
    /// All shipped networks.
    pub fn load() -> Self {
        // A shipped file that cannot be read would be a bug that the tests find; the list is then empty.
        Self::new(entries().unwrap_or_default())
    }

    /// These networks.
    pub fn new(entries: Vec<Entry>) -> Self {
        let mut catalogue = Self {
            entries,
            ..Self::default()
        };
        catalogue.refresh();
        catalogue
    }

    /// All networks, found or not.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// What is searched for.
    pub fn query(&self) -> &str {
        &self.query
    }

    /// The networks that are marked, by name: two at most.
    pub fn marked(&self) -> &[String] {
        &self.marked
    }

    /// Marks the selected network, or no longer; a third takes the place of the first.
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

    /// Shows the networks as points, or as a list again; a network that is drawn is selected.
    pub fn turn_plot(&mut self) {
        if let Some(axis) = self.plot.take() {
            self.axis = axis;
        } else {
            self.plot = Some(self.axis);
            self.select_drawn();
        }
    }

    /// Which weights' accuracies are shown.
    pub const fn trained(&self) -> Trained {
        self.trained
    }

    /// Shows the accuracies of other weights.
    pub fn compare_trained(&mut self, trained: Trained) {
        self.trained = trained;
        for entry in &mut self.entries {
            entry.compare(trained);
        }
        self.refresh_at_selected();
        self.select_drawn();
    }

    /// The points that are drawn.
    pub fn points(&self) -> Vec<Point<'_>> {
        points(self.shown(), self.plot.unwrap_or_default())
    }

    /// The number of the selected network among the points.
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

    /// Where points are shown and none of them is selected, selects the first.
    fn select_drawn(&mut self) {
        if self.plot.is_some() && self.selected_point().is_none() {
            self.select_point(0);
        }
    }

    /// What it is sorted by.
    pub const fn sort(&self) -> SortKey {
        self.sort
    }

    /// Whether the order is turned round: the largest first.
    pub const fn is_reversed(&self) -> bool {
        self.is_reversed
    }

    /// Sorts it; the selected network stays selected.
    pub fn sort_by(&mut self, key: SortKey, is_reversed: bool) {
        self.sort = key;
        self.is_reversed = is_reversed && key != SortKey::Catalogue;
        self.refresh_at_selected();
    }

    /// The families that are folded.
    pub const fn folded(&self) -> &BTreeSet<String> {
        &self.folded
    }

    /// Folds these families and no others.
    pub fn fold_families(&mut self, families: BTreeSet<String>) {
        self.folded = families;
        self.refresh_at_selected();
    }

    /// Selects the network called `name`, where it is found; its family is unfolded.
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

    /// The networks that are found, folded or not, from the top.
    pub fn shown(&self) -> impl Iterator<Item = &Entry> {
        self.tree.items().iter().filter_map(|item| match item.row {
            Line::Entry(number) => self.entries.get(number),
            Line::Family { .. } => None,
        })
    }

    /// The selection and scroll among the lines.
    pub const fn cursor(&self) -> Cursor {
        self.tree.cursor()
    }

    /// How many lines are shown.
    pub fn len(&self) -> usize {
        self.tree.len()
    }

    /// Whether no line is shown.
    pub fn is_empty(&self) -> bool {
        self.tree.is_empty()
    }

    /// How many networks are found.
    pub fn found(&self) -> usize {
        self.shown().count()
    }

    /// The lines of a screenful, each with whether it is selected and folded.
    pub fn window(&self, height: usize) -> impl Iterator<Item = (bool, Fold, Line)> {
        self.tree
            .window(height)
            .map(|(is_selected, item)| (is_selected, item.fold(), item.row))
    }

    /// The selected network.
    pub fn selected(&self) -> Option<&Entry> {
        match self.tree.selected()?.row {
            Line::Entry(number) => self.entries.get(number),
            Line::Family { .. } => None,
        }
    }

    /// The networks of the selected family, where one is selected.
    pub fn selected_family(&self) -> Option<Vec<&Entry>> {
        let item = self.tree.selected()?;
        let Line::Family { first, .. } = item.row else {
            return None;
        };
        let family = &self.entries.get(first)?.family;
        Some(
            self.shown()
                .filter(|entry| entry.family == *family)
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

    /// Selects the line at `place`; says whether there is one.
    pub fn select_place(&mut self, place: usize) -> bool {
        self.tree.select_place(place)
    }

    /// Changes the folds.
    pub fn fold(&mut self, change: impl FnOnce(&mut FoldTree<Line>)) {
        change(&mut self.tree);
        self.remember_folds();
    }

    /// Adds to what is searched for.
    pub fn type_text(&mut self, text: &str) {
        self.query.push_str(text);
        self.refresh();
        self.select_drawn();
    }

    /// Takes the last character back.
    pub fn erase(&mut self) {
        self.query.pop();
        self.refresh();
        self.select_drawn();
    }

    /// Shows all networks; the selected one stays selected.
    pub fn show_all(&mut self) {
        self.query.clear();
        self.refresh_at_selected();
    }

    /// Scrolls so that the selected line is among the `height` that are seen.
    pub fn keep(&mut self, height: usize) {
        self.tree.keep(height);
    }

    /// A search unfolds what it finds, which is no wish of the user's about folds.
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
                Line::Family { first, .. } => Some(self.entries[first].family.clone()),
                Line::Entry(_) => None,
            })
            .collect();
    }

    /// Lists the lines anew; what was selected stays so where it is still there.
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
            // Where the family is folded, its heading stands for the network.
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
                Some(is_searching || !self.folded.contains(&self.entries[*first].family))
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
        let family = |number: usize| &self.entries[number].family;
        let mut lines = Vec::new();
        // A family's networks stand in several places of the catalogue where several folders have some.
        let mut families: Vec<(&String, Vec<usize>)> = Vec::new();
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
                .filter(|entry| entry.family == *own)
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
        let fields = [&entry.name, &entry.title, &entry.family].map(|field| plain(field));
        self.query
            .split_whitespace()
            .map(plain)
            .all(|word| fields.iter().any(|field| has(field, &word)))
    }
}

/// Letters and digits in lower case: `ResNet-50` and `resnet50` are alike.
fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
