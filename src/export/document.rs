//! The network as a document: JSON with everything, and the layer table as Markdown and CSV.

use serde::Serialize;

use crate::message;
use crate::report::format::thousands;
use crate::report::network::json::{self, LayerRow};
use crate::report::network::stats::Stats;
use crate::report::network::table::{COLUMNS, table};
use crate::report::{Cell, Column, Level, Subject, network::rows};
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

/// CSV of every column, one row per stage, block or layer.
pub fn csv(subject: &Subject, level: Level) -> String {
    let rows = rows::rows(&subject.model.network, level);
    let plain = |cell: &Cell| cell.plain().into();
    table(subject, &rows, &Column::ALL, Column::key, plain).csv()
}
