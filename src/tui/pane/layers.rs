//! Layer table of a network: its tree, columns, ranking, bars, and the panel that has the focus.

mod about;
mod keys;
mod table;
mod totals;
mod view;

use ratatui::layout::{Constraint, Layout, Rect};

use crate::network::LayerId;
use crate::report::format::{Prefix, dims};
use crate::report::{Cell, Column, Row, Subject, network::rows};
use crate::sorting::Sorting;
use crate::spec::{Problem, Severity};
use crate::text::Language;
use crate::tui::kit::cursor::Cursor;
use crate::tui::kit::layer_tree::{Item, LayerTree};
use crate::tui::kit::layout::below;
use crate::tui::kit::text;

/// Quantity whose share the bars show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bars {
    /// Operations.
    Macs,
    /// Learned parameters.
    Params,
}

impl Bars {
    /// Column with the shares.
    pub const fn column(self) -> Column {
        match self {
            Self::Macs => Column::MacsShare,
            Self::Params => Column::ParamsShare,
        }
    }

    /// Column with the quantity itself.
    pub const fn count(self) -> Column {
        match self {
            Self::Macs => Column::Macs,
            Self::Params => Column::Params,
        }
    }

    /// The other quantity.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Macs => Self::Params,
            Self::Params => Self::Macs,
        }
    }
}

/// Format of counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Numbers {
    /// Full numbers.
    #[default]
    Full,
    /// One decimal prefix per column, which is in its heading.
    Prefixed,
}

impl Numbers {
    /// The other format.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Full => Self::Prefixed,
            Self::Prefixed => Self::Full,
        }
    }
}

/// Panel that has the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    /// The table.
    Table,
    /// Details of the selected row, with the scroll position.
    Detail(Cursor),
}

impl Focus {
    /// The other panel, scrolled to its beginning.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Table => Self::Detail(Cursor::default()),
            Self::Detail(_) => Self::Table,
        }
    }
}

/// Open box of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picking {
    /// Choosing columns.
    Columns(Cursor),
    /// Choosing the ranking.
    Ranking(Cursor),
}

/// The layer table.
#[derive(Debug, Clone)]
pub struct Layers {
    /// Rows.
    pub tree: LayerTree,
    /// Columns between the name and the bars, with their widths in cells.
    columns: Vec<(Column, usize)>,
    /// Number of columns that are scrolled past, to see those after them.
    passed: usize,
    /// Column that the layers are ranked by, if they are.
    pub ranked_by: Option<Column>,
    /// Words of the filter; empty without one.
    pub filter: String,
    /// Quantity of the bars.
    pub bars: Bars,
    /// Format of counts.
    numbers: Numbers,
    /// Panel that has the focus.
    pub focus: Focus,
    /// Open box.
    pub picking: Option<Picking>,
    /// Column that a lesson asks about, whose cells are hidden until the answer.
    pub veiled: Option<Column>,
    /// Whether faults are not marked, because a lesson asks about them.
    pub hides_faults: bool,
    /// Layers at fault.
    faults: Vec<LayerId>,
    full: Fullness,
}

/// Shares that fill a bar completely: of MACs and of parameters.
#[derive(Debug, Clone, Copy)]
struct Fullness {
    /// In the tree: the share of the largest stage.
    stages: [f64; 2],
    /// In a ranking: the share of the largest layer.
    layers: [f64; 2],
}

impl Fullness {
    fn of(subject: &Subject, tree: &LayerTree) -> Self {
        Self {
            stages: largest(subject, tree, |item| item.depth == 0),
            layers: largest(subject, tree, |item| item.layer().is_some()),
        }
    }
}

/// Default columns.
const COLUMNS: [Column; 5] = [
    Column::Summary,
    Column::Output,
    Column::Params,
    Column::Macs,
    Column::ReceptiveField,
];

impl Layers {
    /// The collapsed table of a network.
    pub fn new(subject: &Subject, problems: &[Problem]) -> Self {
        let network = &subject.model.network;
        let mut tree = LayerTree::new(&rows::folded(subject));
        if let Some(id) = subject.opening() {
            tree.select_row_of(id);
        }
        let faults = problems
            .iter()
            .filter(|problem| problem.severity == Severity::Error)
            .filter_map(|problem| network.find(problem.path.as_deref()?))
            .collect();
        let mut layers = Self {
            columns: Vec::new(),
            passed: 0,
            ranked_by: None,
            filter: String::new(),
            bars: Bars::Macs,
            numbers: Numbers::default(),
            focus: Focus::Table,
            picking: None,
            veiled: None,
            hides_faults: false,
            faults,
            full: Fullness::of(subject, &tree),
            tree,
        };
        for column in COLUMNS {
            layers.toggle_column(subject, column);
        }
        layers
    }

    /// Updates the table after its network was counted with other settings; a ranking keeps its column and is computed anew.
    pub fn recount(&mut self, subject: &Subject) {
        self.full = Fullness::of(subject, &self.tree);
        self.show_numbers(subject, self.numbers);
        if self.ranked_by.is_some() {
            let layer = self.tree.selected().and_then(Item::layer);
            self.rank(subject, self.ranked_by);
            if let Some(id) = layer {
                self.tree.select_layer(id);
            }
        }
    }

    /// Table of another network with this one's columns, ranking, filter and bars; the same network keeps folds and
    /// selection.
    #[must_use]
    pub fn renewed(&self, subject: &Subject, problems: &[Problem], is_same: bool) -> Self {
        let mut layers = Self::new(subject, problems);
        for column in Column::ALL {
            if self.has_column(column) != layers.has_column(column) {
                layers.toggle_column(subject, column);
            }
        }
        layers.bars = self.bars;
        layers.focus = self.focus;
        layers.show_numbers(subject, self.numbers);
        layers.veiled = self.veiled;
        layers.hides_faults = self.hides_faults;
        if is_same {
            layers.tree = self.tree.clone();
            layers.filter.clone_from(&self.filter);
            layers.ranked_by = self.ranked_by;
        } else {
            layers.tree.fold_as(&self.tree);
        }
        layers
    }

    /// Columns with their widths in cells, the same for every row, so nothing moves while the user scrolls.
    pub fn columns(&self) -> &[(Column, usize)] {
        &self.columns
    }

    /// Whether a column is shown.
    pub fn has_column(&self, column: Column) -> bool {
        self.columns.iter().any(|(shown, _)| *shown == column)
    }

    /// Shows or hides a column, in its usual order.
    pub fn toggle_column(&mut self, subject: &Subject, column: Column) {
        if self.has_column(column) {
            self.columns.retain(|(shown, _)| *shown != column);
            self.passed = 0;
            return;
        }
        self.columns.push((column, self.widest(subject, column)));
        let place = |column| Column::ALL.iter().position(|known| *known == column);
        self.columns.order_by_key(|(column, _)| place(*column));
    }

    /// Format of counts.
    pub const fn numbers(&self) -> Numbers {
        self.numbers
    }

    /// Changes the format of counts.
    pub fn show_numbers(&mut self, subject: &Subject, numbers: Numbers) {
        self.numbers = numbers;
        let columns = std::mem::take(&mut self.columns);
        self.columns = columns
            .into_iter()
            .map(|(column, _)| (column, self.widest(subject, column)))
            .collect();
    }

    /// Text of a cell; an unknown shape is a dash.
    pub fn cell(&self, subject: &Subject, row: &Row, column: Column, language: Language) -> String {
        cell(subject, row, column, self.prefix(subject, column), language)
    }

    /// Text of a column's total.
    pub fn total(&self, subject: &Subject, column: Column) -> String {
        // Totals are numbers.
        shown(
            &subject.total(column),
            self.prefix(subject, column),
            Language::ENGLISH,
        )
    }

    /// Heading of a column in the user's language, with the prefix of its numbers.
    pub fn title(&self, subject: &Subject, column: Column, language: Language) -> String {
        let title = language.say(&subject.title(column));
        match self.prefix(subject, column).map(Prefix::letter) {
            None | Some("") => title,
            Some(letter) => format!("{title}, {letter}"),
        }
    }

    fn prefix(&self, subject: &Subject, column: Column) -> Option<Prefix> {
        // A total sums all layers, so it is computed only if it matters.
        if self.numbers != Numbers::Prefixed {
            return None;
        }
        match subject.total(column) {
            Cell::Count(total) => Some(Prefix::of_parts(total)),
            _ => None,
        }
    }

    /// Cells that the widest text of a column needs.
    fn widest(&self, subject: &Subject, column: Column) -> usize {
        let prefix = self.prefix(subject, column);
        let of_rows: Vec<String> = match column {
            // No row exceeds the total.
            _ if column.adds_up() => Vec::new(),
            // It grows within equal blocks, and the largest number is the longest.
            Column::ReceptiveField => {
                let fields = subject.analysis.receptive_field.iter().flatten();
                let larger = |a: [u128; 2], b: [u128; 2]| [a[0].max(b[0]), a[1].max(b[1])];
                let is_uneven = fields.clone().any(|field| field.other_width().is_some());
                let largest = fields.map(|field| field.sizes()).reduce(larger);
                largest
                    .map(|[height, width]| {
                        if is_uneven {
                            dims([height, width])
                        } else {
                            Cell::Count(height).plain()
                        }
                    })
                    .into_iter()
                    .collect()
            }
            Column::Path => {
                let items = self.tree.items().iter();
                items.map(|item| subject.name(&item.row)).collect()
            }
            _ => {
                let rows = self.tree.distinct().into_iter();
                let cells: Vec<Cell> = rows.map(|row| subject.cell(row, column)).collect();
                let said = |language| {
                    let cells = cells.iter();
                    cells.map(move |cell| shown(cell, prefix, language))
                };
                match column {
                    Column::Summary | Column::Branch => Language::all().flat_map(said).collect(),
                    _ => said(Language::ENGLISH).collect(),
                }
            }
        };
        of_rows
            .into_iter()
            .chain(Language::all().map(|language| self.title(subject, column, language)))
            .chain([self.total(subject, column)])
            .map(|text| text::width(&text))
            .max()
            .unwrap_or(0)
    }

    /// Ranks the layers by a column, the largest first, or shows the tree again.
    pub fn rank(&mut self, subject: &Subject, column: Option<Column>) {
        self.ranked_by = column;
        match column {
            Some(column) => {
                let key = |row: &Row| subject.cell(row, column);
                self.tree.rank(key, |a, b| match (a, b) {
                    (Cell::Empty, _) | (_, Cell::Empty) => a.order(b),
                    _ => b.order(a),
                });
                if !self.has_column(column) {
                    self.toggle_column(subject, column);
                }
            }
            None => self.tree.unrank(),
        }
    }

    /// Shows only layers that have all these words in their path, kind, description or branch; no words show all layers.
    pub fn set_filter(&mut self, subject: &Subject, words: &str) {
        words.trim().clone_into(&mut self.filter);
        let words = plain(&self.filter);
        let has_all = |row: &Row| {
            let columns = [Column::Path, Column::Op, Column::Summary, Column::Branch];
            let cells = columns.map(|column| subject.cell(row, column));
            let texts = Language::all()
                .flat_map(|language| cells.iter().map(move |cell| plain(&cell.text(language))));
            let text = texts.collect::<Vec<_>>().join(" ");
            // "stride 1" must not match "stride 16".
            match words.split_once("stride ") {
                Some((before, after)) => {
                    let stride = after.split_whitespace().next().unwrap_or_default();
                    let own = subject.cell(row, Column::Stride).plain();
                    let rest = after.strip_prefix(stride).unwrap_or_default();
                    own == stride
                        && before.split_whitespace().all(|word| text.contains(word))
                        && rest.split_whitespace().all(|word| text.contains(word))
                }
                None => words.split_whitespace().all(|word| text.contains(word)),
            }
        };
        self.tree.filter((!words.is_empty()).then_some(has_all));
    }

    /// Whether a row is a faulty layer, or contains one.
    pub fn is_faulty(&self, row: &Row) -> bool {
        self.faults().iter().any(|&id| row.contains(id))
    }

    /// Whether a lesson's question is asked, so that nothing is said that may answer it.
    pub const fn is_asked(&self) -> bool {
        self.hides_faults
    }

    /// Layers at fault, unless a lesson hides them.
    pub fn faults(&self) -> &[LayerId] {
        if self.hides_faults { &[] } else { &self.faults }
    }

    /// Shows again what a lesson has hidden.
    pub fn unveil(&mut self) {
        self.veiled = None;
        self.hides_faults = false;
    }

    /// Share of a row in the whole network, and the filled part of its bar.
    pub fn share(&self, subject: &Subject, row: &Row) -> (f64, f64) {
        let share = share(subject, row, self.bars);
        let full = if self.tree.is_ranked() {
            self.full.layers
        } else {
            self.full.stages
        }[self.bars as usize];
        (share, if full > 0.0 { share / full } else { 0.0 })
    }
}

/// Lower case, with `x` for `×`.
fn plain(text: &str) -> String {
    text.to_lowercase().replace('×', "x").replace(',', "")
}

/// Columns that the layers can be ranked by; `None` is the tree.
pub fn rankings() -> Vec<Option<Column>> {
    let columns = Column::ALL
        .into_iter()
        .filter(|column| column.is_numeric() || *column == Column::Output)
        .map(Some);
    std::iter::once(None).chain(columns).collect()
}

/// Largest shares of MACs and of parameters among some rows.
fn largest(subject: &Subject, tree: &LayerTree, is_meant: impl Fn(&Item) -> bool) -> [f64; 2] {
    [Bars::Macs, Bars::Params].map(|bars| {
        // The comparison uses the count, because every share sums the whole network again.
        let count = |item: &&Item| match subject.cell(&item.row, bars.count()) {
            Cell::Count(count) => count,
            _ => 0,
        };
        let items = tree.items().iter().filter(|item| is_meant(item));
        items
            .max_by_key(count)
            .map_or(0.0, |item| share(subject, &item.row, bars))
    })
}

fn share(subject: &Subject, row: &Row, bars: Bars) -> f64 {
    match subject.cell(row, bars.column()) {
        Cell::Share(share) => share,
        _ => 0.0,
    }
}

/// Text of a cell; an unknown shape is a dash.
fn cell(
    subject: &Subject,
    row: &Row,
    column: Column,
    prefix: Option<Prefix>,
    language: Language,
) -> String {
    match (subject.cell(row, column), column) {
        (Cell::Empty, Column::Input | Column::Output) => "—".to_owned(),
        (cell, _) => shown(&cell, prefix, language),
    }
}

/// Text of a value, for a count with the prefix of its column.
fn shown(cell: &Cell, prefix: Option<Prefix>, language: Language) -> String {
    match (cell, prefix) {
        (Cell::Count(number), Some(prefix)) => prefix.show(*number, 2),
        _ => cell.text(language),
    }
}

/// Areas of the layer table and of the selected row's details; one is empty if there is room for one only.
pub fn areas(body: Rect, focus: Focus) -> [Rect; 2] {
    if body.width >= 190 {
        let detail = body.width / 3;
        body.layout(&Layout::horizontal([
            Constraint::Min(0),
            Constraint::Length(detail),
        ]))
    } else if body.height >= 30 {
        body.layout(&Layout::vertical([
            Constraint::Min(0),
            Constraint::Length(14),
        ]))
    } else {
        match focus {
            Focus::Table => [body, Rect::ZERO],
            Focus::Detail(_) => [Rect::ZERO, body],
        }
    }
}

/// Rows of the layer table, between its heading and the totals.
pub fn table_rows(table: Rect) -> Rect {
    below(table, 1, 2)
}
