//! Graphviz: clusters for stages and blocks, the shortcut beside its block, colours by kind of layer.

use super::style::{Direction, light};
use crate::analysis::downsample::{Shortcut, block_shortcut};
use crate::network::Category;
use crate::network::{Branch, Layer, LayerId, Network, Stage};
use crate::report::format::short;
use crate::report::rows::{self, Level, Row, RowKind};
use crate::report::{Cell, Column, Subject};

/// Nodes in one column of a block diagram, so that ResNet-152 fits a page.
const COLUMN: usize = 12;

/// The colour of everything that belongs to a shortcut.
const SHORTCUT: &str = "#c0392b";

/// The network as a DOT graph, unfolded to `level`.
pub fn dot(subject: &Subject, level: Level, direction: Direction) -> String {
    let rankdir = match direction {
        Direction::Down => "TB",
        Direction::Right => "LR",
    };
    let mut text = format!(
        "digraph {} {{\n  graph [label={}, rankdir={rankdir}, labelloc=t, fontname=\"Helvetica\", fontsize=18, nodesep=0.3, ranksep=0.3]\n  \
         node [shape=box, style=\"rounded,filled\", fontname=\"Helvetica\", fontsize=11, margin=\"0.12,0.05\", color=\"#555555\"]\n  \
         edge [fontname=\"Helvetica\", fontsize=9, color=\"#555555\", fontcolor=\"#333333\", arrowsize=0.7]\n",
        quote(&subject.model.spec.name),
        quote(&heading(subject)),
    );
    text += &match level {
        Level::Layer => layers(subject),
        Level::Block => columns(subject, &rows::rows(&subject.model.network, Level::Block)),
        Level::Stage => chain(subject, &rows::rows(&subject.model.network, Level::Stage)),
    };
    text += &legend(subject, level);
    text + "}\n"
}

fn heading(subject: &Subject) -> String {
    format!(
        "{}: {} parameters, {} {} (rule {})",
        subject.model.title(),
        short(subject.params().0),
        short(subject.macs().0),
        subject.analysis.rule.unit(),
        subject.analysis.rule
    )
}

/// A DOT string: quotes and backslashes escaped, lines broken by `\n`.
fn quote(text: &str) -> String {
    let escaped = text
        .replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('\n', "\\n");
    format!("\"{escaped}\"")
}

fn node_name(id: LayerId) -> String {
    format!("n{}", id.index())
}

fn shape(subject: &Subject, id: LayerId) -> String {
    subject.analysis.shapes[id].map_or_else(|| "?".to_owned(), |shape| shape.to_string())
}

/// Every layer is a node, every block and stage a cluster.
fn layers(subject: &Subject) -> String {
    let network = &subject.model.network;
    let mut text = String::new();
    for stage in rows::tree(network) {
        let boxed = matches!(stage.row.kind, RowKind::Stage(Stage::Body(_)));
        if boxed {
            text += &open_cluster(subject, &stage.row, "  ", "#f7f7f7");
        }
        for child in &stage.children {
            if child.children.is_empty() {
                text += &layer_nodes(subject, &child.row);
            } else {
                text += &open_cluster(subject, &child.row, "    ", "#ffffff");
                text += &layer_nodes(subject, &child.row);
                text += "    }\n";
            }
        }
        if boxed {
            text += "  }\n";
        }
    }
    for (id, _) in network.nodes() {
        for input in network.inputs(id) {
            text += &layer_edge(subject, input, id);
        }
    }
    text
}

fn open_cluster(subject: &Subject, row: &Row, indent: &str, background: &str) -> String {
    let name = subject.name(row);
    let paper = match subject.cell(row, Column::PaperName) {
        Cell::Text(paper) if matches!(row.kind, RowKind::Stage(_)) => format!(" ({paper})"),
        _ => String::new(),
    };
    format!(
        "{indent}subgraph {} {{\n{indent}  label={}; labeljust=l; style=\"rounded,filled\"; color=\"#bbbbbb\"; fillcolor=\"{background}\"; fontname=\"Helvetica\"; fontsize=11\n",
        quote(&format!("cluster {name}")),
        quote(&format!("{name}{paper}"))
    )
}

fn layer_nodes(subject: &Subject, row: &Row) -> String {
    let network = &subject.model.network;
    let mut text = String::new();
    for id in row.layers(network) {
        let node = &network[id];
        let block = match (node.scope.stage, node.scope.block) {
            (Stage::Body(stage), Some(block)) => network
                .stage(stage)
                .and_then(|stage| stage.blocks.get(block as usize))
                .map_or("", String::as_str),
            _ => "",
        };
        let name = node.path.below(block);
        let label = match &node.layer {
            Layer::Relu => "ReLU".to_owned(),
            Layer::Add => "+".to_owned(),
            layer => format!("{name}\n{}", layer.summary()),
        };
        let mut style = format!(
            "label={}, fillcolor=\"{}\"",
            quote(&label),
            light(node.layer.category())
        );
        if node.layer == Layer::Add {
            style += ", shape=circle, margin=0, fontsize=16";
        }
        if node.scope.branch == Some(Branch::Shortcut) {
            style += &format!(", color=\"{SHORTCUT}\", penwidth=1.6");
        }
        style += &format!(", tooltip={}", quote(&tooltip(subject, id)));
        text += &format!("      {} [{style}]\n", node_name(id));
    }
    text
}

fn tooltip(subject: &Subject, id: LayerId) -> String {
    let node = &subject.model.network[id];
    format!(
        "{}\n{}\noutput {}\n{} parameters\n{} {}",
        node.path,
        node.layer.summary(),
        shape(subject, id),
        short(subject.analysis.params[id].0),
        short(subject.analysis.macs[id].0),
        subject.analysis.rule.unit()
    )
}

fn layer_edge(subject: &Subject, from: LayerId, to: LayerId) -> String {
    let network = &subject.model.network;
    let mut style = Vec::new();
    let shortcut = on_shortcut(network, from, to);
    // A label where the shape changes says more than the same label on every edge.
    let is_input = matches!(network[from].layer, Layer::Input { .. });
    if !shortcut && (is_input || changes_shape(subject, network, from)) {
        style.push(format!(
            "label={}",
            quote(&format!(" {}", shape(subject, from)))
        ));
    }
    if shortcut {
        style.push(format!("color=\"{SHORTCUT}\", penwidth=1.8, weight=0"));
        if network[from].scope.branch != Some(Branch::Shortcut) && network[to].layer == Layer::Add {
            style.push("style=dashed, tooltip=\"identity shortcut\"".to_owned());
        }
    } else {
        style.push("weight=8".to_owned());
    }
    format!(
        "  {} -> {} [{}]\n",
        node_name(from),
        node_name(to),
        style.join(", ")
    )
}

fn changes_shape(subject: &Subject, network: &Network, id: LayerId) -> bool {
    let input = network
        .inputs(id)
        .first()
        .and_then(|&input| subject.analysis.shapes[input]);
    input != subject.analysis.shapes[id]
}

/// The edges from where the paths part to where they meet, on the shortcut's side.
fn on_shortcut(network: &Network, from: LayerId, to: LayerId) -> bool {
    let shortcut = Some(Branch::Shortcut);
    let second_operand =
        network[to].layer == Layer::Add && network.inputs(to).last() == Some(&from);
    network[from].scope.branch == shortcut || network[to].scope.branch == shortcut || second_operand
}

/// A node a block, in columns of at most [`COLUMN`], side by side.
fn columns(subject: &Subject, rows: &[Row]) -> String {
    let network = &subject.model.network;
    let mut text = String::new();
    let mut column = 0;
    let mut start = 0;
    while start < rows.len() {
        let stage = subject.stage_of(&rows[start]);
        let body = matches!(stage, Some(Stage::Body(_)));
        let end = rows[start..]
            .iter()
            .take(if body { COLUMN } else { rows.len() })
            .take_while(|row| {
                body && subject.stage_of(row) == stage || !body && !is_body(subject, row)
            })
            .count()
            + start;
        let label = match stage {
            Some(stage @ Stage::Body(_)) => {
                let paper = subject
                    .paper_name(stage)
                    .map_or_else(String::new, |paper| format!(" ({paper})"));
                format!("{}{paper}", subject.stage_name(stage))
            }
            Some(Stage::Head) => "head".to_owned(),
            _ => "stem".to_owned(),
        };
        text += &format!(
            "  subgraph {} {{\n    label={}; labeljust=l; style=\"rounded,filled\"; color=\"#bbbbbb\"; fillcolor=\"#f7f7f7\"; fontname=\"Helvetica\"; fontsize=12\n",
            quote(&format!("cluster {column}")),
            quote(&label)
        );
        for row in &rows[start..end] {
            text += &format!("    {}\n", row_node(subject, row));
        }
        text += "  }\n";
        column += 1;
        start = end;
    }
    for (index, pair) in rows.windows(2).enumerate() {
        let same_column = same_column(subject, rows, index);
        text += &block_edge(subject, network, &pair[0], &pair[1], same_column);
    }
    text
}

fn is_body(subject: &Subject, row: &Row) -> bool {
    matches!(subject.stage_of(row), Some(Stage::Body(_)))
}

/// Whether the rows at `index` and behind it stand in one column.
fn same_column(subject: &Subject, rows: &[Row], index: usize) -> bool {
    let (this, next) = (&rows[index], &rows[index + 1]);
    match (subject.stage_of(this), next.kind) {
        (
            Some(Stage::Body(stage)),
            RowKind::Block {
                stage: other,
                block,
            },
        ) => stage == other && !(block as usize).is_multiple_of(COLUMN),
        (_, RowKind::Block { .. }) => false,
        _ => !is_body(subject, this),
    }
}

fn row_name(row: &Row, network: &Network) -> String {
    row.last(network)
        .map_or_else(|| "none".to_owned(), node_name)
}

fn row_node(subject: &Subject, row: &Row) -> String {
    let network = &subject.model.network;
    let category = match row.kind {
        RowKind::Layer(id) => network[id].layer.category(),
        RowKind::Block { .. } | RowKind::Stage(_) => Category::Convolution,
    };
    let count = |column| match subject.cell(row, column) {
        Cell::Count(count) => short(count),
        _ => String::new(),
    };
    let summary = match row.kind {
        RowKind::Block { .. } => subject.cell(row, Column::Op).text(),
        RowKind::Stage(Stage::Body(_)) | RowKind::Layer(_) => subject.summary(row),
        RowKind::Stage(_) => String::new(),
    };
    let mut lines = vec![subject.name(row), summary];
    if !matches!(row.kind, RowKind::Layer(_)) {
        lines.push(format!(
            "{} params · {} {}",
            count(Column::Params),
            count(Column::Macs),
            subject.title(Column::Macs)
        ));
    }
    lines.retain(|line| !line.is_empty());
    format!(
        "{} [label={}, fillcolor=\"{}\"]",
        row_name(row, network),
        quote(&lines.join("\n")),
        light(category)
    )
}

/// The edge between two rows, and beside it the shortcut of the row that it leads to.
fn block_edge(
    subject: &Subject,
    network: &Network,
    from: &Row,
    to: &Row,
    same_column: bool,
) -> String {
    let (tail, head) = (row_name(from, network), row_name(to, network));
    let label = from
        .last(network)
        .map(|id| shape(subject, id))
        .unwrap_or_default();
    let shortcut = match to.kind {
        RowKind::Block { .. } => block_shortcut(network, to.layers(network)),
        RowKind::Layer(_) | RowKind::Stage(_) => None,
    };
    let label = quote(&format!(" {label}"));
    let tooltip = shortcut.map(|shortcut| quote(&shortcut.describe()));
    if !same_column {
        // Between columns both paths are one line of two colours, which must not pull the next column down.
        let colours = match tooltip {
            Some(tooltip) => {
                format!("color=\"#555555:{SHORTCUT}\", penwidth=1.4, tooltip={tooltip}, ")
            }
            None => String::new(),
        };
        return format!("  {tail} -> {head} [label={label}, {colours}constraint=false]\n");
    }
    let mut text = format!("  {tail} -> {head} [label={label}]\n");
    if let (Some(shortcut), Some(tooltip)) = (shortcut, tooltip) {
        let style = match shortcut {
            Shortcut::Identity => "dashed",
            Shortcut::Projection { .. } | Shortcut::ZeroPadding { .. } | Shortcut::Gate => "solid",
        };
        text += &format!(
            "  {tail} -> {head} [color=\"{SHORTCUT}\", penwidth=1.8, style={style}, tooltip={tooltip}]\n"
        );
    }
    text
}

/// A node a stage.
fn chain(subject: &Subject, rows: &[Row]) -> String {
    let network = &subject.model.network;
    let nodes: Vec<_> = rows
        .iter()
        .map(|row| format!("  {}", row_node(subject, row)))
        .collect();
    let edges: String = rows
        .windows(2)
        .map(|pair| block_edge(subject, network, &pair[0], &pair[1], true))
        .collect();
    nodes.join("\n") + "\n" + &edges
}

/// What the colours mean, of the kinds that are there.
fn legend(subject: &Subject, level: Level) -> String {
    let network = &subject.model.network;
    let mut lines = String::new();
    if level == Level::Layer {
        for category in Category::ALL {
            if network
                .nodes()
                .any(|(_, node)| node.layer.category() == category)
            {
                lines += &format!(
                    "<tr><td bgcolor=\"{}\"> </td><td align=\"left\">{}</td></tr>",
                    light(category),
                    category.name()
                );
            }
        }
    }
    if level != Level::Stage {
        lines += &format!(
            "<tr><td><font color=\"{SHORTCUT}\">───</font></td><td align=\"left\">shortcut with layers</td></tr>\
             <tr><td><font color=\"{SHORTCUT}\">- - -</font></td><td align=\"left\">identity shortcut</td></tr>"
        );
    }
    if lines.is_empty() {
        return lines;
    }
    // Below the last layer of a long chain it is out of the way; beside columns it needs no anchor.
    let below = match (level, network.sink()) {
        (Level::Layer, Some(sink)) => format!("  {} -> legend [style=invis]\n", node_name(sink)),
        _ => String::new(),
    };
    format!(
        "{below}  legend [shape=plaintext, style=\"\", label=<<table border=\"0\" cellborder=\"0\" cellspacing=\"2\">{lines}</table>>]\n"
    )
}
