//! Collapsible tree: folds, selection and scroll position, without any drawing.

use crate::tui::kit::cursor::{Cursor, Motion};
use crate::tui::kit::list::List;

/// A row of a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item<T> {
    /// Row itself.
    pub row: T,
    /// Depth; 0 for a root.
    pub depth: usize,
    /// End of its descendants: one past the last one, in the order of the whole tree.
    end: usize,
    parent: Option<usize>,
    fold: Fold,
}

/// Fold of an item: whether its children are visible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fold {
    /// It has no children.
    Leaf,
    /// Its children are hidden.
    Closed,
    /// Its children are visible.
    Open,
}

impl Fold {
    /// Sign before a row's name.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Leaf => " ",
            Self::Closed => "▸",
            Self::Open => "▾",
        }
    }
}

impl<T> Item<T> {
    /// Fold of the item.
    pub const fn fold(&self) -> Fold {
        self.fold
    }

    /// One past the number of its last descendant.
    pub const fn end(&self) -> usize {
        self.end
    }

    /// Number of its parent.
    pub const fn parent(&self) -> Option<usize> {
        self.parent
    }
}

/// Tree with its folds, selection and scroll position.
#[derive(Debug, Clone)]
pub struct FoldTree<T> {
    /// Items, parents before their children.
    items: Vec<Item<T>>,
    /// Items in a flat order instead of the tree.
    flat: Option<Vec<usize>>,
    /// Whether each item is hidden, with all its descendants.
    hidden: Vec<bool>,
    /// Visible items, in order.
    shown: Vec<usize>,
    cursor: Cursor,
}

impl<T> Default for FoldTree<T> {
    fn default() -> Self {
        Self::new(std::iter::empty())
    }
}

impl<T> FoldTree<T> {
    /// A tree of rows with their depths, parents before their children, all collapsed.
    pub fn new(rows: impl IntoIterator<Item = (usize, T)>) -> Self {
        let mut items: Vec<Item<T>> = Vec::new();
        // The last item at each depth.
        let mut above: Vec<usize> = Vec::new();
        for (depth, row) in rows {
            let index = items.len();
            let depth = depth.min(above.len());
            above.truncate(depth);
            for &parent in &above {
                items[parent].end = index + 1;
                items[parent].fold = Fold::Closed;
            }
            items.push(Item {
                row,
                depth,
                end: index + 1,
                parent: above.last().copied(),
                fold: Fold::Leaf,
            });
            above.push(index);
        }
        let mut tree = Self {
            hidden: vec![false; items.len()],
            items,
            flat: None,
            shown: Vec::new(),
            cursor: Cursor::default(),
        };
        tree.refresh(None);
        tree
    }

    /// Number of visible rows.
    pub fn len(&self) -> usize {
        self.shown.len()
    }

    /// Whether no row is visible.
    pub fn is_empty(&self) -> bool {
        self.shown.is_empty()
    }

    /// All rows, visible or not, parents first.
    pub fn items(&self) -> &[Item<T>] {
        &self.items
    }

    /// Visible rows, from the top.
    pub fn shown(&self) -> impl DoubleEndedIterator<Item = &Item<T>> {
        self.shown.iter().map(|&index| &self.items[index])
    }

    /// Whether a flat list is shown instead of the tree.
    pub const fn is_flat(&self) -> bool {
        self.flat.is_some()
    }

    /// Selection and scroll position among the visible rows.
    pub const fn cursor(&self) -> Cursor {
        self.cursor
    }

    /// Its visible rows as a list.
    pub fn list(&self) -> List {
        List::new(self.len(), self.cursor)
    }

    /// Row at `place` among the visible ones.
    pub fn at(&self, place: usize) -> Option<&Item<T>> {
        self.items.get(*self.shown.get(place)?)
    }

    /// The selected row.
    pub fn selected(&self) -> Option<&Item<T>> {
        self.items.get(self.selected_index()?)
    }

    /// Number of the selected row among all rows.
    pub fn selected_index(&self) -> Option<usize> {
        self.shown.get(self.cursor.at).copied()
    }

    /// Moves the selection.
    pub fn go(&mut self, motion: Motion, page: usize) {
        self.cursor.go(motion, self.shown.len(), page);
    }

    /// Selects the row at `place` among the visible ones; returns whether there is one.
    pub fn select_place(&mut self, place: usize) -> bool {
        let is_there = place < self.shown.len();
        if is_there {
            self.cursor.at = place;
        }
        is_there
    }

    /// Scrolls until the selected row is among the `height` visible ones.
    pub fn keep(&mut self, height: usize) {
        self.cursor.keep(self.shown.len(), height);
    }

    /// Shows these items as a flat list, or the tree again; the first one is selected.
    pub fn show_flat(&mut self, items: Option<Vec<usize>>) {
        self.flat = items;
        self.refresh(None);
        self.cursor = Cursor::default();
    }

    /// Copies folds, selection and scroll position from a tree with the same number of items; otherwise changes nothing.
    pub fn resume(&mut self, other: &Self) {
        if self.items.len() != other.items.len() {
            return;
        }
        for (item, other) in self.items.iter_mut().zip(&other.items) {
            item.fold = other.fold;
        }
        let selected = other.selected_index();
        self.refresh(selected);
        self.cursor.top = other.cursor.top;
    }

    /// Hides the items for which `is_hidden` returns true, with all their descendants.
    pub fn hide(&mut self, is_hidden: impl Fn(&T) -> bool) {
        let selected = self.selected_index();
        self.hidden = self.items.iter().map(|item| is_hidden(&item.row)).collect();
        self.refresh(selected);
    }

    /// Selects item `index` and expands its ancestors.
    pub fn reveal(&mut self, index: usize) {
        let mut above = self.items.get(index).and_then(|item| item.parent);
        while let Some(parent) = above {
            self.items[parent].fold = Fold::Open;
            above = self.items[parent].parent;
        }
        self.refresh(Some(index));
    }

    /// Collapses the selected row, or goes to its parent if there is nothing to collapse.
    pub fn close(&mut self) {
        let Some(index) = self.selected_index().filter(|_| !self.is_flat()) else {
            return;
        };
        if self.items[index].fold == Fold::Open {
            self.items[index].fold = Fold::Closed;
            self.refresh(Some(index));
        } else if let Some(parent) = self.items[index].parent {
            self.refresh(Some(parent));
        }
    }

    /// Expands the selected row, or goes to its first child if it is expanded already.
    pub fn open(&mut self) {
        let Some(index) = self.selected_index() else {
            return;
        };
        match self.items[index].fold {
            Fold::Leaf => {}
            Fold::Closed => {
                self.items[index].fold = Fold::Open;
                self.refresh(Some(index));
            }
            Fold::Open => {
                let is_seen =
                    |&below: &usize| self.items[below].parent == Some(index) && !self.hidden[below];
                let first = (index + 1..self.items[index].end).find(is_seen);
                self.refresh(first.or(Some(index)));
            }
        }
    }

    /// Collapses or expands the selected row.
    pub fn toggle(&mut self) {
        match self.selected().map(Item::fold) {
            Some(Fold::Open) => self.close(),
            Some(Fold::Closed) => self.open(),
            Some(Fold::Leaf) | None => {}
        }
    }

    /// Collapses everything; the selection moves to the selected row's root.
    pub fn close_all(&mut self) {
        self.fold_where(|_| Some(false));
    }

    /// Expands everything.
    pub fn open_all(&mut self) {
        self.fold_where(|_| Some(true));
    }

    /// Expands rows for which `is_open` returns `Some(true)`, collapses those with `Some(false)`, leaves the others.
    pub fn fold_where(&mut self, is_open: impl Fn(&T) -> Option<bool>) {
        let selected = self.selected_index();
        for item in &mut self.items {
            if item.fold != Fold::Leaf {
                item.fold = match is_open(&item.row) {
                    Some(true) => Fold::Open,
                    Some(false) => Fold::Closed,
                    None => item.fold,
                };
            }
        }
        self.refresh(selected);
    }

    /// Lists the visible rows anew and selects item `index`, or its nearest visible ancestor.
    fn refresh(&mut self, index: Option<usize>) {
        self.shown.clear();
        if let Some(flat) = &self.flat {
            self.shown.extend(flat);
        } else {
            let mut next = 0;
            while let Some(item) = self.items.get(next) {
                if self.hidden[next] {
                    next = item.end;
                    continue;
                }
                self.shown.push(next);
                next = match item.fold {
                    Fold::Closed => item.end,
                    Fold::Open | Fold::Leaf => next + 1,
                };
            }
        }
        let mut wanted = index;
        while let Some(item) = wanted {
            if let Some(place) = self.shown.iter().position(|&shown| shown == item) {
                self.cursor.at = place;
                return;
            }
            wanted = self.items[item].parent;
        }
        self.cursor.select(self.cursor.at, self.shown.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_hidden_takes_what_is_below_it_along() {
        let mut tree = FoldTree::new([(0, "a"), (1, "b"), (2, "c"), (1, "d"), (0, "e")]);
        tree.open_all();
        tree.select_place(2);
        tree.hide(|&row| row == "b");
        let shown: Vec<_> = tree.shown().map(|item| item.row).collect();
        assert_eq!(shown, ["a", "d", "e"]);
        assert_eq!(tree.selected().map(|item| item.row), Some("a"));
        tree.open();
        assert_eq!(tree.selected().map(|item| item.row), Some("d"));
        tree.hide(|_| false);
        assert_eq!(tree.len(), 5);
        assert_eq!(tree.items()[0].fold(), Fold::Open);
    }
}
