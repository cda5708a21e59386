//! Detail panel: the facts about one row of the layer table, line by line.

use super::text::wrap;
use crate::network::{LayerId, ParameterKind};
use crate::report::format::{percent, short};
use crate::report::formula::formulas;
use crate::report::{Cell, Column, Row, RowKind, Subject};
use crate::text::Language;

/// Line of the detail panel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Label; empty if the line continues the one above.
    pub label: &'static str,
    /// Text of the line.
    pub text: String,
}

/// Cells of the label column, including the blank after it.
pub const LABELS: usize = 17;

/// Lines about a row, wrapped to `cells` cells.
pub fn lines(subject: &Subject, row: &Row, cells: usize, language: Language) -> Vec<Line> {
    let lines = match row.kind {
        RowKind::Layer(id) => layer(subject, row, id),
        RowKind::Stage(_) | RowKind::Block { .. } | RowKind::Run { .. } => group(subject, row),
    };
    lines
        .into_iter()
        .flat_map(|(label, text)| {
            wrap(
                &language.tell(&text),
                cells.saturating_sub(LABELS).max(10),
                2,
            )
            .into_iter()
            .enumerate()
            .map(move |(number, text)| Line {
                label: if number == 0 { label } else { "" },
                text,
            })
        })
        .collect()
}

/// Name of the row and its location.
pub fn title(subject: &Subject, row: &Row) -> String {
    let name = subject.name(row);
    match row.kind {
        RowKind::Layer(id) => {
            let node = &subject.model.network[id];
            let branch = node.scope.branch.map_or("", |branch| match branch.name() {
                "main" => ", on the main path",
                _ => ", on the shortcut",
            });
            format!("{name} · {}{branch}", node.layer.op())
        }
        RowKind::Stage(stage) => match subject.paper_name(stage) {
            Some(paper) => format!("{name} · {paper}"),
            None => name,
        },
        RowKind::Run { first, last, .. } => format!("{name} · {} equal blocks", last - first + 1),
        RowKind::Block { .. } => name,
    }
}

fn layer(subject: &Subject, row: &Row, id: LayerId) -> Vec<(&'static str, String)> {
    let model = &subject.model;
    let network = &model.network;
    let shape = |id: LayerId| {
        subject.analysis.shapes[id].map_or_else(|| "—".to_owned(), |shape| shape.to_string())
    };
    let inputs: Vec<_> = network.inputs(id).into_iter().map(shape).collect();
    let mut lines = vec![("what", subject.summary(row))];
    lines.push(if inputs.is_empty() {
        ("shape", shape(id))
    } else {
        ("shape", format!("{} → {}", inputs.join(" + "), shape(id)))
    });
    lines.extend(
        formulas(subject, id)
            .into_iter()
            .map(|line| (line.label, line.text)),
    );
    let reads: Vec<_> = network
        .inputs(id)
        .into_iter()
        .map(|input| network[input].path.to_string())
        .collect();
    if !reads.is_empty() {
        lines.push(("reads", reads.join(", ")));
    }
    let node = &network[id];
    for (number, parameter) in node.layer.parameters().into_iter().enumerate() {
        let dims: Vec<_> = parameter.shape.iter().map(u64::to_string).collect();
        let dims = if dims.is_empty() {
            "scalar".to_owned()
        } else {
            dims.join("×")
        };
        let kind = match parameter.kind {
            ParameterKind::Learned => "",
            ParameterKind::Buffer => ", a running statistic",
            ParameterKind::Counter => ", a counter",
        };
        let label = if number == 0 { "state_dict" } else { "" };
        lines.push((
            label,
            format!("{} {dims}{kind}", node.path.parameter(parameter.name)),
        ));
    }
    if let Some(place) = model.origin(id) {
        lines.push(("written in", place.to_string()));
    }
    lines
}

fn group(subject: &Subject, row: &Row) -> Vec<(&'static str, String)> {
    let network = &subject.model.network;
    let text = |column| match subject.cell(row, column) {
        Cell::Empty => "—".to_owned(),
        cell => cell.text(),
    };
    let of_all = |column| match (subject.cell(row, column), subject.total(column)) {
        (Cell::Count(0), _) => "0".to_owned(),
        (Cell::Count(part), Cell::Count(whole)) => {
            let share = percent(part, whole);
            match part {
                0..1_000 => format!("{part}, {share} of all"),
                _ => format!("{} ({}), {share} of all", text(column), short(part)),
            }
        }
        _ => text(column),
    };
    let shape = match subject.cell(row, Column::Input) {
        // No layer comes before the image.
        Cell::Empty if row.layers(network).next() == network.ids().next() => text(Column::Output),
        _ => format!("{} → {}", text(Column::Input), text(Column::Output)),
    };
    let mut lines = vec![
        ("what", subject.summary(row)),
        ("shape", shape),
        ("layers", row.layers(network).count().to_string()),
        ("parameters", of_all(Column::Params)),
        (subject.analysis.rule.unit(), of_all(Column::Macs)),
        (
            "rule",
            format!(
                "{}: {}",
                subject.analysis.rule,
                subject.analysis.rule.sentence()
            ),
        ),
        ("activations", of_all(Column::Activations)),
    ];
    let field = subject.cell(row, Column::ReceptiveField);
    match field {
        Cell::Count(1) => lines.push(("receptive field", "1 pixel at its output".to_owned())),
        Cell::Count(_) | Cell::Text(_) => {
            let size = field.plain();
            lines.push(("receptive field", format!("{size} pixels at its output")));
        }
        _ => {}
    }
    lines
}
