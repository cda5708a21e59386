//! The collapsible tree of stages, blocks and layers: what is unfolded, selected and scrolled to.
//!
//! Ranked, it is flat: the layers alone, in the order of some number. No drawing happens here.

use super::cursor::{Cursor, Motion};
use crate::network::LayerId;
use crate::report::rows::Branch;
use crate::report::{Row, RowKind};

/// A row of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What it stands for.
    pub row: Row,
    /// 0 for a stage.
    pub depth: usize,
    /// One past its last descendant, in the order of the whole tree.
    end: usize,
    parent: Option<usize>,
    fold: Fold,
}

/// Whether an item shows what is below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fold {
    /// There is nothing below it.
    Leaf,
    /// It hides what is below it.
    Closed,
    /// What is below it is shown.
    Open,
}

impl Item {
    /// Whether it shows what is below it.
    pub const fn fold(&self) -> Fold {
        self.fold
    }

    /// The layer that it is, when it is one.
    pub const fn layer(&self) -> Option<LayerId> {
        match self.row.kind {
            RowKind::Layer(id) => Some(id),
            RowKind::Stage(_) | RowKind::Block { .. } => None,
        }
    }
}

/// The tree with its folds, selection and scroll.
#[derive(Debug, Clone)]
pub struct LayerTree {
    /// Parents before their children.
    items: Vec<Item>,
    /// The layers in the order of a number, when they are ranked.
    ranking: Option<Vec<usize>>,
    /// Whether each row is one of those that are looked for, while some are.
    filter: Option<Vec<bool>>,
    /// Items that are shown, in order.
    shown: Vec<usize>,
    cursor: Cursor,
}

impl LayerTree {
    /// The tree of these branches, all folded.
    pub fn new(branches: &[Branch]) -> Self {
        let mut items = Vec::new();
        for branch in branches {
            add(&mut items, branch, 0, None);
        }
        let mut tree = Self {
            items,
            ranking: None,
            filter: None,
            shown: Vec::new(),
            cursor: Cursor::default(),
        };
        tree.refresh(None);
        tree
    }

    /// How many rows are shown.
    pub fn len(&self) -> usize {
        self.shown.len()
    }

    /// Whether no row is shown.
    pub fn is_empty(&self) -> bool {
        self.shown.is_empty()
    }

    /// All rows, shown or not, parents first.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// The shown rows, from the top.
    pub fn shown(&self) -> impl Iterator<Item = &Item> {
        self.shown.iter().map(|&index| &self.items[index])
    }

    /// Whether layers alone are shown, ranked or filtered, instead of their tree.
    pub const fn is_ranked(&self) -> bool {
        self.ranking.is_some() || self.filter.is_some()
    }

    /// Shows only the layers that are `meant`, or all rows again.
    pub fn filter(&mut self, meant: Option<impl Fn(&Row) -> bool>) {
        let layer = self.selected().and_then(Item::layer);
        let was_filtered = self.filter.is_some();
        self.filter = meant.map(|meant| {
            self.items
                .iter()
                .map(|item| item.layer().is_some() && meant(&item.row))
                .collect()
        });
        self.refresh(None);
        match layer {
            Some(id) if was_filtered && self.filter.is_none() && self.ranking.is_none() => {
                self.select_layer(id);
            }
            _ => self.cursor = Cursor::default(),
        }
    }

    /// The selection and scroll among the shown rows.
    pub const fn cursor(&self) -> Cursor {
        self.cursor
    }

    /// The shown rows of a screenful, each with whether it is selected.
    pub fn window(&self, height: usize) -> impl Iterator<Item = (bool, &Item)> {
        (self.cursor.top..self.shown.len())
            .take(height)
            .map(|place| (place == self.cursor.at, &self.items[self.shown[place]]))
    }

    /// The selected row.
    pub fn selected(&self) -> Option<&Item> {
        self.items.get(self.selected_index()?)
    }

    /// Moves the selection.
    pub fn go(&mut self, motion: Motion, page: usize) {
        self.cursor.go(motion, self.shown.len(), page);
    }

    /// Selects the row at `place` among those shown.
    pub fn select_place(&mut self, place: usize) {
        self.cursor.select(place, self.shown.len());
    }

    /// Selects a layer, and unfolds what it is in; where a filter hides it, all rows are shown again.
    pub fn select_layer(&mut self, id: LayerId) {
        let Some(index) = self.items.iter().position(|item| item.layer() == Some(id)) else {
            return;
        };
        if self.filter.as_ref().is_some_and(|meant| !meant[index]) {
            self.filter = None;
        }
        let mut above = self.items[index].parent;
        while let Some(parent) = above {
            self.items[parent].fold = Fold::Open;
            above = self.items[parent].parent;
        }
        self.refresh(Some(index));
    }

    /// Folds the selected row, or goes to what it is in where there is nothing to fold.
    pub fn close(&mut self) {
        let Some(index) = self.selected_index() else {
            return;
        };
        if self.items[index].fold == Fold::Open && !self.is_ranked() {
            self.items[index].fold = Fold::Closed;
            self.refresh(Some(index));
        } else if let Some(parent) = self.items[index].parent
            && !self.is_ranked()
        {
            self.refresh(Some(parent));
        }
    }

    /// Unfolds the selected row, or goes to the first row in it where it is unfolded.
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
            Fold::Open => self.refresh(Some(index + 1)),
        }
    }

    /// Folds or unfolds the selected row.
    pub fn toggle(&mut self) {
        match self.selected().map(Item::fold) {
            Some(Fold::Open) => self.close(),
            Some(Fold::Closed) => self.open(),
            Some(Fold::Leaf) | None => {}
        }
    }

    /// Folds everything; what the selected row is in stays selected.
    pub fn close_all(&mut self) {
        self.set_all(Fold::Closed);
    }

    /// Unfolds everything.
    pub fn open_all(&mut self) {
        self.set_all(Fold::Open);
    }

    /// Shows the layers alone, each with its key in the order of `compare`; equal ones in the order of execution.
    pub fn rank<K>(
        &mut self,
        key: impl Fn(&Row) -> K,
        compare: impl Fn(&K, &K) -> std::cmp::Ordering,
    ) {
        let mut layers: Vec<_> = self
            .items
            .iter()
            .enumerate()
            .filter(|(_, item)| item.layer().is_some())
            .map(|(index, item)| (key(&item.row), index))
            .collect();
        layers.sort_by(|(a, _), (b, _)| compare(a, b));
        self.ranking = Some(layers.into_iter().map(|(_, index)| index).collect());
        self.refresh(None);
        self.cursor = Cursor::default();
    }

    /// Shows the tree again; the selected layer stays selected.
    pub fn unrank(&mut self) {
        let layer = self.selected().and_then(Item::layer);
        if self.ranking.take().is_some() {
            self.refresh(None);
            if let Some(id) = layer {
                self.select_layer(id);
            }
        }
    }

    /// Scrolls so that the selected row is among the `height` that are seen.
    pub fn keep(&mut self, height: usize) {
        self.cursor.keep(self.shown.len(), height);
    }

    fn selected_index(&self) -> Option<usize> {
        self.shown.get(self.cursor.at).copied()
    }

    fn set_all(&mut self, fold: Fold) {
        let selected = self.selected_index();
        for item in &mut self.items {
            if item.fold != Fold::Leaf {
                item.fold = fold;
            }
        }
        self.refresh(selected);
    }

    /// Lists the shown rows anew and selects item `index`, or the nearest shown row that it is in.
    fn refresh(&mut self, index: Option<usize>) {
        self.shown.clear();
        let is_meant = |&index: &usize| self.filter.as_ref().is_none_or(|meant| meant[index]);
        if let Some(ranking) = &self.ranking {
            self.shown.extend(ranking.iter().copied().filter(is_meant));
        } else if self.filter.is_some() {
            self.shown.extend((0..self.items.len()).filter(is_meant));
        } else {
            let mut next = 0;
            while let Some(item) = self.items.get(next) {
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

fn add(items: &mut Vec<Item>, branch: &Branch, depth: usize, parent: Option<usize>) {
    let index = items.len();
    items.push(Item {
        row: branch.row.clone(),
        depth,
        end: index + 1,
        parent,
        fold: if branch.children.is_empty() {
            Fold::Leaf
        } else {
            Fold::Closed
        },
    });
    for child in &branch.children {
        add(items, child, depth + 1, Some(index));
    }
    items[index].end = items.len();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lower::{Overrides, open};
    use crate::network::Network;
    use crate::report::rows::tree;

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
        assert!(tree.window(5).any(|(selected, _)| selected));
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
