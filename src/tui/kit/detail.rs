//! Detail panel: the facts about one row of the layer table, line by line.

use crate::message;
use crate::network::{Branch, LayerId, Network, ParameterKind};
use crate::report::format::{dims, percent_of, short};
use crate::report::network::formula::{self, formulas};
use crate::report::{Cell, Column, Row, RowKind, Subject};
use crate::text::{Joint, Language, Message};
use crate::tui::kit::text::wrap;

/// Line of the detail panel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Label; empty if the line continues the one above.
    pub label: String,
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
    let room = cells.saturating_sub(LABELS).max(10);
    let mut broken = Vec::new();
    for (label, text) in lines {
        for (number, text) in wrap(&language.say(&text), room, 2).into_iter().enumerate() {
            let label = match number {
                0 => language.say(&label),
                _ => String::new(),
            };
            broken.push(Line { label, text });
        }
    }
    broken
}

/// Name of the row and its location.
pub fn title(subject: &Subject, row: &Row) -> Message {
    let name = subject.name(row);
    match row.kind {
        RowKind::Layer(id) => {
            let node = &subject.model.network[id];
            let title = format!("{name} · {}", node.layer.op());
            match node.scope.branch {
                None => Message::of(title),
                Some(Branch::Main) => message!("detail-on-main-path", layer = title),
                Some(Branch::Shortcut) => message!("detail-on-shortcut", layer = title),
            }
        }
        RowKind::Stage(stage) => Message::of(match subject.paper_name(stage) {
            Some(paper) => format!("{name} · {paper}"),
            None => name,
        }),
        RowKind::Run { first, last, .. } => {
            message!("detail-equal-blocks", name = name, count = last - first + 1)
        }
        RowKind::Block { .. } => Message::of(name),
    }
}

fn layer(subject: &Subject, row: &Row, id: LayerId) -> Vec<(Message, Message)> {
    let model = &subject.model;
    let network = &model.network;
    let shape = |id: LayerId| {
        subject.analysis.shapes[id].map_or_else(|| "—".to_owned(), |shape| shape.to_string())
    };
    let inputs: Vec<_> = network.inputs(id).into_iter().map(shape).collect();
    let shape = if inputs.is_empty() {
        shape(id)
    } else {
        format!("{} → {}", inputs.join(" + "), shape(id))
    };
    let mut lines = vec![
        (message!("column-what"), subject.summary(row)),
        (message!("label-shape"), Message::of(shape)),
    ];
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
        let reads = Message::of(Joint::Comma.of(reads));
        lines.push((message!("column-reads"), reads));
    }
    lines.extend(read_by(network, network.users(id)));
    let feeds = subject.analysis.sums.of(id);
    let feeds: Vec<_> = feeds.map(|add| network[add].path.to_string()).collect();
    if !feeds.is_empty() {
        let feeds = Message::of(Joint::Comma.of(feeds));
        lines.push((message!("label-feeds"), feeds));
    }
    let node = &network[id];
    for (number, parameter) in node.layer.parameters().into_iter().enumerate() {
        let shape = if parameter.shape.is_empty() {
            message!("label-scalar")
        } else {
            Message::of(dims(&parameter.shape))
        };
        let path = node.path.parameter(parameter.name);
        let text = match parameter.kind {
            ParameterKind::Learned => message!("detail-tensor", path = path, shape = shape),
            ParameterKind::Buffer => message!("detail-statistic", path = path, shape = shape),
            ParameterKind::Counter => message!("detail-counter", path = path, shape = shape),
        };
        let label = if number == 0 { "state_dict" } else { "" };
        lines.push((Message::of(label), text));
    }
    if let Some(place) = model.origin(id) {
        lines.push((message!("label-written-in"), Message::of(place.to_string())));
    }
    lines
}

/// Line with the layers that read an output, if there are any.
fn read_by(network: &Network, users: Vec<LayerId>) -> Option<(Message, Message)> {
    let paths = users.into_iter().map(|user| network[user].path.to_string());
    let paths: Vec<String> = paths.collect();
    (!paths.is_empty()).then(|| {
        (
            message!("label-read-by"),
            Message::of(Joint::Comma.of(paths)),
        )
    })
}

fn group(subject: &Subject, row: &Row) -> Vec<(Message, Message)> {
    let network = &subject.model.network;
    let is_inside = |id: &LayerId| row.contains(*id);
    let mut sources: Vec<LayerId> = row
        .layers(network)
        .flat_map(|id| network.inputs(id))
        .filter(|id| !is_inside(id))
        .collect();
    let users = row
        .last(network)
        .map_or_else(Vec::new, |last| network.users(last));
    let text = |column| match subject.cell(row, column) {
        Cell::Empty => "—".to_owned(),
        // Only shapes and counts are asked for.
        cell => cell.text(Language::ENGLISH),
    };
    let of_all = |column| match (subject.cell(row, column), subject.total(column)) {
        (Cell::Count(0), _) => Message::of("0"),
        (Cell::Count(part), Cell::Count(whole)) => {
            let share = percent_of(part, whole);
            match part {
                0..1_000 => message!("detail-share", count = part, share = share),
                _ => message!(
                    "detail-large-share",
                    count = text(column),
                    short = short(part),
                    share = share,
                ),
            }
        }
        _ => Message::of(text(column)),
    };
    let shape = match subject.cell(row, Column::Input) {
        // No layer comes before the image.
        Cell::Empty if row.layers(network).next() == network.ids().next() => text(Column::Output),
        _ => format!("{} → {}", text(Column::Input), text(Column::Output)),
    };
    let rule = subject.analysis.rule;
    let mut lines = vec![
        (message!("column-what"), subject.summary(row)),
        (message!("label-shape"), Message::of(shape)),
        (
            message!("detail-layers"),
            Message::of(row.layers(network).count()),
        ),
        (message!("column-parameters"), of_all(Column::Params)),
        (subject.title(Column::Macs), of_all(Column::Macs)),
        (message!("label-rule"), formula::rule(rule)),
        (message!("column-activations"), of_all(Column::Activations)),
    ];
    if !sources.is_empty() {
        sources.sort_unstable();
        sources.dedup();
        let paths = sources.into_iter().map(|id| network[id].path.to_string());
        let paths = Message::of(Joint::Comma.of(paths));
        lines.insert(2, (message!("column-reads"), paths));
    }
    if let Some(line) = read_by(network, users) {
        let at = lines.len().min(3);
        lines.insert(at, line);
    }
    let field = match subject.cell(row, Column::ReceptiveField) {
        Cell::Count(1) => Some(message!("detail-field-of-one")),
        field @ (Cell::Count(_) | Cell::Text(_)) => {
            Some(message!("detail-field", size = field.plain()))
        }
        _ => None,
    };
    lines.extend(field.map(|field| (message!("stats-receptive-field"), field)));
    lines
}
