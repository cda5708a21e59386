//! The collapsible tree of stages, blocks and layers.
//!
//! When ranked or filtered it is flat: only layers, in the order of a number or of execution. No drawing happens here.

use std::collections::HashMap;

use crate::network::LayerId;
use crate::report::network::rows::Branch;
use crate::report::{Row, RowKind};
use crate::sorting::Sorting;
use crate::tui::kit::cursor::{Cursor, Motion};
use crate::tui::kit::fold_tree;
use crate::tui::kit::fold_tree::FoldTree;
use crate::tui::kit::list::List;

pub use crate::tui::kit::fold_tree::Fold;

/// A row of the tree.
pub type Item = fold_tree::Item<Row>;

impl Item {
    /// Layer of the row, if it is a single one.
    pub const fn layer(&self) -> Option<LayerId> {
        match self.row.kind {
            RowKind::Layer(id) => Some(id),
            RowKind::Stage(_) | RowKind::Block { .. } | RowKind::Run { .. } => None,
        }
    }
}

/// Tree with its folds, selection and scroll position.
#[derive(Debug, Clone)]
pub struct LayerTree {
    tree: FoldTree<Row>,
    /// Layers in the order of a number, if they are ranked.
    ranking: Option<Vec<usize>>,
    /// Whether each row matches the filter, if there is one.
    filter: Option<Vec<bool>>,
}

impl LayerTree {
    /// A tree of these branches, all collapsed.
    pub fn new(branches: &[Branch]) -> Self {
        let mut rows = Vec::new();
        for branch in branches {
            add(&mut rows, branch, 0);
        }
        Self {
            tree: FoldTree::new(rows),
            ranking: None,
            filter: None,
        }
    }

    /// Number of visible rows.
    pub fn len(&self) -> usize {
        self.tree.len()
    }

    /// Whether no row is visible.
    pub fn is_empty(&self) -> bool {
        self.tree.is_empty()
    }

    /// All rows, visible or not, parents first.
    pub fn items(&self) -> &[Item] {
        self.tree.items()
    }

    /// All rows, with only the first of equal consecutive blocks.
    pub fn distinct(&self) -> Vec<&Row> {
        let items = self.items();
        let mut rows = Vec::new();
        let mut index = 0;
        // Ends of a run's first block and of the run itself.
        let mut skipped = None;
        while let Some(item) = items.get(index) {
            if let Some((_, end)) = skipped.take_if(|(start, _)| *start == index) {
                index = end;
                continue;
            }
            if matches!(item.row.kind, RowKind::Run { .. }) {
                skipped = items.get(index + 1).map(|first| (first.end(), item.end()));
            }
            rows.push(&item.row);
            index += 1;
        }
        rows
    }

    /// Visible rows, from the top.
    pub fn shown(&self) -> impl Iterator<Item = &Item> {
        self.tree.shown()
    }

    /// Whether only layers are shown, ranked or filtered, instead of their tree.
    pub const fn is_ranked(&self) -> bool {
        self.tree.is_flat()
    }

    /// Shows only the layers for which `meant` returns true, or all rows again.
    pub fn filter(&mut self, meant: Option<impl Fn(&Row) -> bool>) {
        let layer = self.selected().and_then(Item::layer);
        let was_filtered = self.filter.is_some();
        self.filter = meant.map(|meant| {
            self.items()
                .iter()
                .map(|item| item.layer().is_some() && meant(&item.row))
                .collect()
        });
        self.refresh();
        if let Some(id) = layer
            && was_filtered
            && !self.is_ranked()
        {
            self.select_layer(id);
        }
    }

    /// Selection and scroll position among the visible rows.
    pub const fn cursor(&self) -> Cursor {
        self.tree.cursor()
    }

    /// Its visible rows as a list.
    pub fn list(&self) -> List {
        self.tree.list()
    }

    /// Row at `place` among the visible ones.
    pub fn at(&self, place: usize) -> Option<&Item> {
        self.tree.at(place)
    }

    /// The selected row.
    pub fn selected(&self) -> Option<&Item> {
        self.tree.selected()
    }

    /// Moves the selection.
    pub fn go(&mut self, motion: Motion, page: usize) {
        self.tree.go(motion, page);
    }

    /// Selects the row at `place` among the visible ones.
    pub fn select_place(&mut self, place: usize) {
        self.tree
            .select_place(place.min(self.len().saturating_sub(1)));
    }

    /// Selects the visible row that contains a layer.
    pub fn select_row_of(&mut self, id: LayerId) {
        let place = self.shown().position(|item| item.row.contains(id));
        if let Some(place) = place {
            self.select_place(place);
        }
    }

    /// Selects a layer and expands its ancestors; if a filter hides it, the filter is removed.
    pub fn select_layer(&mut self, id: LayerId) {
        let Some(index) = self
            .items()
            .iter()
            .position(|item| item.layer() == Some(id))
        else {
            return;
        };
        if self.filter.as_ref().is_some_and(|meant| !meant[index]) {
            self.filter = None;
            self.refresh();
        }
        self.tree.reveal(index);
    }

    /// Collapses the selected row, or goes to its parent if there is nothing to collapse.
    pub fn close(&mut self) {
        self.tree.close();
    }

    /// Expands the selected row, or goes to its first child if it is expanded already.
    pub fn open(&mut self) {
        self.tree.open();
    }

    /// Collapses or expands the selected row.
    pub fn toggle(&mut self) {
        self.tree.toggle();
    }

    /// Collapses everything; the selection moves to the selected row's root.
    pub fn close_all(&mut self) {
        self.tree.close_all();
    }

    /// Expands everything.
    pub fn open_all(&mut self) {
        self.tree.open_all();
    }

    /// Copies the folds of the rows that another tree has too.
    pub fn fold_as(&mut self, other: &Self) {
        let folds: HashMap<RowKind, bool> = other
            .items()
            .iter()
            .map(|item| (item.row.kind, item.fold() == Fold::Open))
            .collect();
        self.tree.fold_where(|row| folds.get(&row.kind).copied());
    }

    /// Shows only layers, in the order that `compare` gives their keys; equal ones in the order of execution.
    pub fn rank<K>(
        &mut self,
        key: impl Fn(&Row) -> K,
        compare: impl Fn(&K, &K) -> std::cmp::Ordering,
    ) {
        let mut layers: Vec<_> = self
            .items()
            .iter()
            .enumerate()
            .filter(|(_, item)| item.layer().is_some())
            .map(|(index, item)| (key(&item.row), index))
            .collect();
        layers.order_by(|(a, _), (b, _)| compare(a, b));
        self.ranking = Some(layers.into_iter().map(|(_, index)| index).collect());
        self.refresh();
    }

    /// Shows the tree again; the selected layer stays selected.
    pub fn unrank(&mut self) {
        let layer = self.selected().and_then(Item::layer);
        if self.ranking.take().is_some() {
            self.refresh();
            if let Some(id) = layer {
                self.select_layer(id);
            }
        }
    }

    /// Scrolls until the selected row is among the `height` visible ones.
    pub fn keep(&mut self, height: usize) {
        self.tree.keep(height);
    }

    /// Shows the tree, or the layers that match the filter, in the order of the ranking or of execution.
    fn refresh(&mut self) {
        let is_meant = |&index: &usize| self.filter.as_ref().is_none_or(|meant| meant[index]);
        let flat = match &self.ranking {
            Some(ranking) => Some(ranking.iter().copied().filter(is_meant).collect()),
            None => self
                .filter
                .is_some()
                .then(|| (0..self.items().len()).filter(is_meant).collect()),
        };
        self.tree.show_flat(flat);
    }
}

fn add(rows: &mut Vec<(usize, Row)>, branch: &Branch, depth: usize) {
    rows.push((depth, branch.row.clone()));
    for child in &branch.children {
        add(rows, child, depth + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lower::{Overrides, open};
    use crate::network::Network;
    use crate::report::network::rows::tree;

    fn network() -> Network {
        open("resnet18", &Overrides::default()).unwrap().network
    }

    #[test]
    fn folded_it_has_a_row_a_stage_and_unfolded_every_layer() {
        let network = network();
        let mut tree = LayerTree::new(&tree(&network));
        // input, stem, four stages, head
        assert_eq!(tree.len(), 7);
        tree.open_all();
        // and 8 blocks
        assert_eq!(tree.len(), 7 + 8 + network.len());
        tree.go(Motion::Last, 10);
        tree.close_all();
        assert_eq!(tree.cursor().at, 6, "the head, which the last layer is in");
    }

    #[test]
    fn right_goes_in_and_left_goes_out() {
        let network = network();
        let mut tree = LayerTree::new(&tree(&network));
        tree.go(Motion::Down, 10);
        tree.go(Motion::Down, 10);
        tree.open();
        assert_eq!(tree.len(), 9);
        tree.open();
        assert_eq!(tree.selected().unwrap().depth, 1);
        tree.open();
        tree.open();
        let path = |tree: &LayerTree| {
            let id = tree.selected().unwrap().layer().unwrap();
            network[id].path.to_string()
        };
        assert_eq!(path(&tree), "layer1.0.conv1");
        tree.open();
        tree.toggle();
        assert_eq!(path(&tree), "layer1.0.conv1", "a leaf has nothing to fold");
        tree.close();
        tree.close();
        tree.close();
        tree.close();
        assert_eq!((tree.len(), tree.cursor().at), (7, 2));
    }

    #[test]
    fn selecting_a_layer_unfolds_its_way() {
        let network = network();
        let mut tree = LayerTree::new(&tree(&network));
        let id = network.find("layer4.1.conv2").unwrap();
        tree.select_layer(id);
        assert_eq!(tree.selected().unwrap().layer(), Some(id));
        tree.keep(5);
        let cursor = tree.cursor();
        assert!((cursor.top..cursor.top + 5).contains(&cursor.at));
    }

    #[test]
    fn ranking_shows_each_layer_once_and_gives_the_tree_back() {
        let network = network();
        let mut tree = LayerTree::new(&tree(&network));
        tree.rank(|row| row.last(&network), |a, b| b.cmp(a));
        assert_eq!(tree.len(), network.len());
        assert_eq!(tree.selected().unwrap().layer(), network.sink());
        tree.close();
        tree.toggle();
        tree.close_all();
        tree.open_all();
        assert_eq!(tree.len(), network.len());
        tree.unrank();
        assert_eq!(tree.selected().unwrap().layer(), network.sink());
        assert_eq!(
            tree.len(),
            7 + 8 + network.len(),
            "what was unfolded stays so"
        );
    }

    #[test]
    fn an_empty_network_has_no_row_and_takes_every_command() {
        let mut tree = LayerTree::new(&[]);
        tree.go(Motion::Down, 0);
        tree.open();
        tree.close();
        tree.toggle();
        tree.open_all();
        tree.keep(0);
        assert!(tree.is_empty() && tree.selected().is_none());
    }
}
