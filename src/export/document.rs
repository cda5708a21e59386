//! The network as a document: JSON with everything, and the layer table as Markdown and CSV.

use serde::Serialize;

use crate::report::json::{self, LayerRow};
use crate::report::stats::Stats;
use crate::report::table::{COLUMNS, table};
use crate::report::{Cell, Column, Level, Subject, rows};

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
    summary: String,
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
pub fn markdown(subject: &Subject, level: Level) -> String {
    let stats = Stats::new(subject);
    let rule = subject.analysis.rule;
    format!(
        "# {}\n\n{} parameters, {} {} by rule {rule} for a batch of {}, depth {}.\n\n{}",
        stats.title,
        crate::report::format::thousands(stats.params),
        crate::report::format::thousands(stats.macs),
        rule.unit(),
        stats.batch,
        stats.depth,
        table(
            subject,
            &rows::rows(&subject.model.network, level),
            &COLUMNS,
            |column| subject.title(column),
            Cell::text
        )
        .markdown()
    )
}

/// CSV of every column, one row per stage, block or layer.
pub fn csv(subject: &Subject, level: Level) -> String {
    let rows = rows::rows(&subject.model.network, level);
    table(subject, &rows, &Column::ALL, Column::key, Cell::plain).csv()
}
