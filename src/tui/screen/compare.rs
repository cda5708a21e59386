//! Comparison of two networks: the tree of their paired rows, and the selected one.

mod keys;
mod view;

use std::sync::Arc;

use ratatui::layout::{Constraint, Layout, Rect};

use crate::lower::Model;
use crate::message;
use crate::network::LayerId;
use crate::report::compare::{Comparison, Cost, Mark, Pair, Sides};
use crate::report::format::difference;
use crate::report::network::rows::alike;
use crate::report::{Column, Row, RowKind, Subject};
use crate::sorting::Sorting;
use crate::spec::has_errors;
use crate::text::{Language, Message};
use crate::tui::kit::fold_tree::{Fold, FoldTree};
use crate::tui::kit::layout::below;
use crate::tui::kit::text;
pub use crate::tui::message::Side;
use crate::tui::setup::Setup;

/// Row of both networks, or of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairRow {
    /// Row of the first network, if it has one.
    pub a: Option<Row>,
    /// Row of the second network, if it has one.
    pub b: Option<Row>,
    /// Kind of their difference.
    pub mark: Mark,
    /// Description of the change.
    pub what: Option<Message>,
    /// Cost of the second minus that of the first.
    pub cost: Cost,
    /// Number of equal pairs that the row represents.
    pub count: usize,
}

impl PairRow {
    /// Row of one of the networks.
    pub const fn row(&self, side: Side) -> Option<&Row> {
        match side {
            Side::A => self.a.as_ref(),
            Side::B => self.b.as_ref(),
        }
    }

    fn is_layer(&self) -> bool {
        let kind = self.a.as_ref().or(self.b.as_ref()).map(|row| row.kind);
        matches!(kind, Some(RowKind::Layer(_)))
    }
}

/// Comparison of two networks.
#[derive(Debug)]
pub struct Compare {
    /// The first network.
    pub a: Arc<Subject>,
    /// The second one.
    pub b: Arc<Subject>,
    /// Names by which they are opened.
    pub names: [String; 2],
    /// Text of the first one's file before a fix, if that is what is compared.
    before: Option<String>,
    /// Settings that both are built and counted with.
    pub setup: Setup,
    /// Differences.
    pub comparison: Comparison,
    /// Paired rows.
    pub tree: FoldTree<PairRow>,
    /// Whether rows without a difference are hidden.
    pub only_differences: bool,
    /// Cells that the widest text of each cost needs, over all rows and the total.
    pub cost_widths: [usize; 4],
    /// Number of columns of costs that are scrolled past.
    passed: usize,
    /// Cost that the layers are sorted by, the largest difference first, instead of the tree.
    sorted_by: Option<usize>,
}

/// Cells that the widest of some costs needs: the longest texts are those of the largest and of the smallest number.
fn widest(costs: impl Iterator<Item = Cost>) -> [usize; 4] {
    let ends = costs.map(|cost| (cost, cost)).reduce(|ends, (cost, _)| {
        let of = |choose: fn(i128, i128) -> i128, a: Cost, b: Cost| Cost {
            params: choose(a.params, b.params),
            macs: choose(a.macs, b.macs),
            activations: choose(a.activations, b.activations),
            receptive_field: choose(a.receptive_field, b.receptive_field),
        };
        (of(i128::min, ends.0, cost), of(i128::max, ends.1, cost))
    });
    let (least, most) = ends.unwrap_or_default();
    let [least, most] = [least, most].map(cost_texts);
    std::array::from_fn(|column| text::width(&least[column]).max(text::width(&most[column])))
}

/// Numbers of a cost, the most important first: parameters, operations, receptive field, activations.
const fn costs(cost: Cost) -> [i128; 4] {
    [
        cost.params,
        cost.macs,
        cost.receptive_field,
        cost.activations,
    ]
}

/// Texts of a cost, in the same order.
pub fn cost_texts(cost: Cost) -> [String; 4] {
    costs(cost).map(difference)
}

impl Compare {
    /// Compares two networks with these names, built and counted with `setup`.
    pub fn new(models: [Arc<Model>; 2], names: [String; 2], setup: Setup) -> Self {
        let subjects = models.map(|model| Subject::new(model, setup.rule, setup.batch));
        Self::of(subjects.map(Arc::new), names, setup)
    }

    /// The same two networks, counted with other settings.
    #[must_use]
    pub fn recounted(&self, setup: Setup) -> Self {
        let recounted =
            |subject: &Arc<Subject>| Arc::new(subject.recounted(setup.rule, setup.batch));
        let subjects = [&self.a, &self.b].map(recounted);
        Self::of(subjects, self.names.clone(), setup)
    }

    /// The same comparison with the networks swapped.
    #[must_use]
    pub fn swapped(&self) -> Self {
        let [a, b] = self.names.clone();
        let subjects = [&self.b, &self.a].map(Arc::clone);
        let mut swapped = Self::of(subjects, [b, a], self.setup);
        swapped.resume(self);
        let sides = [(Side::A, Side::B), (Side::B, Side::A)];
        let here = sides
            .into_iter()
            .find_map(|(own, other)| Some((other, self.layer(own)?)));
        if let (Some((side, id)), true) = (here, self.is_at_layer()) {
            swapped.select_layer(side, id);
        }
        swapped
    }

    fn of([a, b]: [Arc<Subject>; 2], names: [String; 2], setup: Setup) -> Self {
        let comparison = Comparison::new(&a, &b);
        let mut rows = Vec::new();
        for stage in &comparison.stages {
            add(&mut rows, &a, &b, stage, 0);
        }
        let mut tree = FoldTree::new(rows);
        // If a stage differs, its blocks show the difference; other stages stay on one line each.
        tree.fold_where(|row| {
            let kind = row.a.as_ref().or(row.b.as_ref()).map(|row| row.kind);
            Some(matches!(kind, Some(RowKind::Stage(_))) && row.mark != Mark::Same)
        });
        let items = tree.items().iter().map(|item| item.row.cost);
        let cost_widths = widest(items.chain([comparison.total]));
        Self {
            a,
            b,
            names,
            before: None,
            setup,
            comparison,
            tree,
            only_differences: false,
            cost_widths,
            passed: 0,
            sorted_by: None,
        }
    }

    /// Sorts the layers by the difference of a cost, or shows the tree again.
    pub fn sort(&mut self, cost: Option<usize>) {
        self.sorted_by = cost;
        let order = cost.map(|cost| {
            let size = |index: &usize| costs(self.tree.items()[*index].row.cost)[cost].abs();
            let items = self.tree.items().iter().enumerate();
            let is_meant = |row: &PairRow| {
                row.is_layer() && !(self.only_differences && row.mark == Mark::Same)
            };
            let mut order: Vec<usize> = items
                .filter(|(_, item)| is_meant(&item.row))
                .map(|(index, _)| index)
                .collect();
            order.order_by_key(|index| std::cmp::Reverse(size(index)));
            order
        });
        self.tree.show_flat(order);
    }

    /// Restores the folds, the selection and the filter of another comparison of the same two networks.
    pub fn resume(&mut self, other: &Self) {
        self.show_differences(other.only_differences);
        self.tree.resume(&other.tree);
        self.passed = other.passed;
        if other.sorted_by.is_some() {
            self.sort(other.sorted_by);
        }
    }

    /// Hint for a network with errors, and for two without any matching layers in their blocks; `None` for others.
    pub fn hint(&self) -> Option<Message> {
        let models = [&self.a, &self.b].map(|subject| &subject.model);
        if let Some(broken) = models.into_iter().find(|model| has_errors(&model.problems)) {
            return Some(message!("notice-compares-broken", title = broken.title()));
        }
        let is_paired = |row: &PairRow| {
            let (Some(a), Some(_)) = (&row.a, &row.b) else {
                return false;
            };
            let first = a.layers(&self.a.model.network).next();
            row.is_layer() && first.is_some_and(|id| self.a.model.network[id].scope.block.is_some())
        };
        let has_pair = self.tree.items().iter().any(|item| is_paired(&item.row));
        (!has_pair).then(|| message!("notice-nothing-paired"))
    }

    /// Tables of the comparison.
    pub fn sides(&self) -> Sides<'_> {
        Sides {
            a: &self.a,
            b: &self.b,
            comparison: &self.comparison,
        }
    }

    /// One of the networks.
    pub fn subject(&self, side: Side) -> &Subject {
        match side {
            Side::A => &self.a,
            Side::B => &self.b,
        }
    }

    /// Hides rows that are the same in both, or shows all.
    pub fn show_differences(&mut self, only: bool) {
        self.only_differences = only;
        self.tree.hide(|row| only && row.mark == Mark::Same);
        if self.sorted_by.is_some() {
            self.sort(self.sorted_by);
        }
    }

    /// Goes to the next or previous layer or block that differs itself; returns whether there is one.
    pub fn go_to_difference(&mut self, forward: bool) -> bool {
        let items = self.tree.items();
        let here = self.tree.selected_index().unwrap_or(0);
        // Rows that contain differences are skipped on the way to them; a whole block that only one network has is one
        // difference, rather than one per layer.
        let is_whole = |index: usize| {
            let item = &items[index];
            let is_alone = item.row.a.is_none() || item.row.b.is_none();
            is_alone || item.fold() == Fold::Leaf
        };
        let is_difference = |&index: &usize| {
            let item = &items[index];
            is_whole(index)
                && !matches!(item.row.mark, Mark::Same | Mark::Follows)
                && !item.parent().is_some_and(is_whole)
        };
        let found = if forward {
            (here + 1..items.len()).find(is_difference)
        } else {
            (0..here).rev().find(is_difference)
        };
        if let Some(index) = found {
            self.tree.reveal(index);
        }
        found.is_some()
    }

    /// First layer of the selected row in one of the networks.
    pub fn layer(&self, side: Side) -> Option<LayerId> {
        let row = self.tree.selected()?.row.row(side)?;
        row.layers(&self.subject(side).model.network).next()
    }

    /// Whether the selected row is one layer.
    pub fn is_at_layer(&self) -> bool {
        self.tree.selected().is_some_and(|item| item.row.is_layer())
    }

    /// Selects the row that begins with a layer of one of the networks.
    pub fn select_layer(&mut self, side: Side, id: LayerId) {
        let is_it = |row: &PairRow| {
            row.row(side)
                .is_some_and(|row| row.kind == RowKind::Layer(id))
        };
        if let Some(index) = self.tree.items().iter().position(|item| is_it(&item.row)) {
            self.tree.reveal(index);
        }
    }

    /// Name of a row: `layer3.0.conv1`, within its block `conv1`; `—` if the network has none.
    pub fn name(&self, pair: &PairRow, side: Side) -> String {
        let subject = self.subject(side);
        let Some(row) = pair.row(side) else {
            return "—".to_owned();
        };
        let name = match row.kind {
            RowKind::Layer(id) if self.sorted_by.is_none() => subject.block_name(id),
            _ => subject.name(row),
        };
        match pair.count {
            1 => name,
            count => format!("{name} ×{count}"),
        }
    }

    /// Output shape of a row.
    pub fn output(&self, pair: &PairRow, side: Side) -> String {
        let subject = self.subject(side);
        pair.row(side).map_or_else(String::new, |row| {
            subject.cell(row, Column::Output).text(Language::ENGLISH)
        })
    }
}

/// Adds a pair and its children; equal consecutive blocks get a row above them.
fn add(rows: &mut Vec<(usize, PairRow)>, a: &Subject, b: &Subject, pair: &Pair, depth: usize) {
    rows.push((depth, single(pair)));
    let mut rest = pair.children.as_slice();
    while let Some((_, others)) = rest.split_first() {
        let mut length = 1;
        while others
            .get(length - 1)
            .is_some_and(|next| is_equal(a, b, &rest[length - 1], next))
        {
            length += 1;
        }
        let (run, after) = rest.split_at(length);
        let below = if length > 1 {
            rows.push((depth + 1, run_row(run)));
            depth + 2
        } else {
            depth + 1
        };
        for child in run {
            if child.children.is_empty() {
                rows.push((below, single(child)));
            } else {
                add(rows, a, b, child, below);
            }
        }
        rest = after;
    }
}

fn single(pair: &Pair) -> PairRow {
    PairRow {
        a: pair.a.clone(),
        b: pair.b.clone(),
        mark: pair.mark,
        what: pair.what.clone(),
        cost: pair.cost,
        count: 1,
    }
}

/// The row above equal pairs of blocks.
fn run_row(run: &[Pair]) -> PairRow {
    let (first, last) = (&run[0], &run[run.len() - 1]);
    let span =
        |first: &Option<Row>, last: &Option<Row>| Some(Row::run(first.as_ref()?, last.as_ref()?));
    PairRow {
        a: span(&first.a, &last.a),
        b: span(&first.b, &last.b),
        mark: first.mark,
        what: first.what.clone(),
        cost: run
            .iter()
            .fold(Cost::default(), |sum, pair| sum + pair.cost),
        count: run.len(),
    }
}

/// Whether two pairs of blocks are the same in each network and differ in the same way.
fn is_equal(a: &Subject, b: &Subject, one: &Pair, next: &Pair) -> bool {
    let is_alike = |subject: &Subject, x: &Option<Row>, y: &Option<Row>| match (x, y) {
        (Some(x), Some(y)) => alike(subject, x, y),
        (None, None) => true,
        _ => false,
    };
    let is_same_pair = |one: &Pair, next: &Pair| {
        one.mark == next.mark && one.what == next.what && one.cost == next.cost
    };
    is_alike(a, &one.a, &next.a)
        && is_alike(b, &one.b, &next.b)
        && is_same_pair(one, next)
        && one.children.len() == next.children.len()
        && one
            .children
            .iter()
            .zip(&next.children)
            .all(|(one, next)| is_same_pair(one, next))
}

/// Areas of a comparison: the summary, the totals, the table, and the selected pair.
pub fn areas(body: Rect) -> [Rect; 4] {
    let is_high = body.height >= 30;
    body.layout(&Layout::vertical([
        Constraint::Length(if is_high { 2 } else { 1 }),
        Constraint::Length(if is_high { 7 } else { 6 }),
        Constraint::Min(0),
        Constraint::Length(if is_high { 8 } else { 4 }),
    ]))
}

/// Rows of a comparison's table, below its heading.
pub fn rows(table: Rect) -> Rect {
    below(table, 1, 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lower::{Overrides, open};

    fn compare(a: &str, b: &str) -> Compare {
        let models = [a, b].map(|name| Arc::new(open(name, &Overrides::default()).unwrap()));
        Compare::new(models, [a, b].map(str::to_owned), Setup::default())
    }

    #[test]
    fn blocks_that_only_one_has_are_one_row() {
        let compare = compare("resnet50", "resnet101");
        let run = compare
            .tree
            .items()
            .iter()
            .find(|item| item.row.mark == Mark::Appeared && item.row.count > 1)
            .expect("the blocks that ResNet-101 has more");
        assert_eq!(compare.name(&run.row, Side::B), "layer3.6–22 ×17");
        assert_eq!(compare.name(&run.row, Side::A), "—");
        let rows: i128 = compare
            .tree
            .items()
            .iter()
            .filter(|item| item.depth == 0)
            .map(|item| item.row.cost.params)
            .sum();
        assert_eq!(rows, compare.comparison.total.params);
    }

    #[test]
    fn differences_are_met_in_order_and_alone() {
        let mut compare = compare("resnet50", "resnet50_v1");
        let mut met = Vec::new();
        while compare.go_to_difference(true) {
            let row = &compare.tree.selected().unwrap().row;
            met.push((compare.name(row, Side::B), row.mark));
        }
        assert_eq!(met.len(), 6, "both convolutions of three blocks: {met:?}");
        assert!(met.iter().all(|(_, mark)| *mark == Mark::Moved), "{met:?}");
        assert!(compare.go_to_difference(false));
        compare.show_differences(true);
        assert!(compare.tree.shown().all(|item| item.row.mark != Mark::Same));
    }
}
