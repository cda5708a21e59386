//! The network as a document: JSON with everything, and the layer table as Markdown and CSV.

use serde::Serialize;

use crate::message;
use crate::report::format::thousands;
use crate::report::grid::{Grid, Side};
use crate::report::network::json::{self, LayerRow};
use crate::report::network::rows::{self, RowKind};
use crate::report::network::stats::Stats;
use crate::report::network::table::{COLUMNS, table};
use crate::report::{Cell, Column, Level, Row, Subject};
use crate::text::{Language, Message};

/// Version of the JSON: it rises when a field is removed or changes its meaning, not when one is added.
pub const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document {
    format: &'static str,
    version: u32,
    network: Stats,
    layers: Vec<Node>,
}

#[derive(Serialize)]
struct Node {
    /// Index in the array.
    id: usize,
    /// Indices of the layer's operands, in order.
    reads: Vec<usize>,
    /// Category, as in the legend of diagrams.
    kind: &'static str,
    /// Short description.
    summary: Message,
    #[serde(flatten)]
    row: LayerRow,
}

/// JSON of the totals, the stages, and every layer with its operands.
pub fn json(subject: &Subject) -> String {
    let network = &subject.model.network;
    let layers = network
        .nodes()
        .zip(json::layers(subject))
        .map(|((id, node), row)| Node {
            id: id.index(),
            reads: network
                .inputs(id)
                .iter()
                .map(|input| input.index())
                .collect(),
            kind: node.layer.category().name(),
            summary: node.layer.summary(),
            row,
        })
        .collect();
    let document = Document {
        format: "resnet-explore network",
        version: VERSION,
        network: Stats::new(subject),
        layers,
    };
    // Numbers, texts and arrays of them, all of which JSON can represent.
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}

/// Markdown: a heading, the totals in a sentence, and the table.
pub fn markdown(subject: &Subject, level: Level, language: Language) -> String {
    let stats = Stats::new(subject);
    let rule = subject.analysis.rule;
    let line = message!(
        "document-totals",
        parameters = thousands(stats.params),
        operations = thousands(stats.macs),
        unit = rule.unit(),
        rule = rule.name(),
        batch = stats.batch,
        depth = stats.depth,
    );
    format!(
        "# {}\n\n{}\n\n{}",
        stats.title.of(language),
        language.say(&line),
        table(
            subject,
            &rows::rows(&subject.model.network, level),
            &COLUMNS,
            |column| subject.title(column),
            Cell::shown
        )
        .in_language(language)
        .markdown()
    )
}

/// CSV of every column, one row per stage, block or layer, with its stage and block, what it reads, and the rule that counted.
pub fn csv(subject: &Subject, level: Level) -> String {
    let ends = ["stage", "block", "reads", "count"].map(|key| (key, Side::Left));
    // The operands come after the place of the row.
    let columns = || {
        Column::ALL
            .into_iter()
            .filter(|column| *column != Column::Reads)
    };
    let titles = columns().map(|column| (column.key(), column.side()));
    let mut grid = Grid::new(titles.chain(ends));
    for row in rows::rows(&subject.model.network, level) {
        let cells = columns().map(|column| subject.cell(&row, column).plain());
        let stage = subject.stage_of(&row);
        let ends = [
            stage.map_or_else(String::new, |stage| subject.stage_name(stage)),
            block(subject, &row),
            subject.cell(&row, Column::Reads).plain(),
            subject.analysis.rule.name().to_owned(),
        ];
        grid.row(cells.chain(ends));
    }
    grid.csv()
}

/// Number of a row's block in its stage; empty for a row that is not one block, nor in one.
fn block(subject: &Subject, row: &Row) -> String {
    let block = match row.kind {
        RowKind::Block { block, .. } => Some(block),
        RowKind::Layer(id) => subject.model.network[id].scope.block,
        RowKind::Stage(_) | RowKind::Run { .. } => None,
    };
    block.map_or_else(String::new, |block| block.to_string())
}
