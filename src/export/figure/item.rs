//! Items of a diagram: one for a whole row, or one for a layer.

use super::{Item, Side, title};
use crate::analysis::downsample::block_shortcut;
use crate::export::fault::{of_layer, of_row};
use crate::export::style::Options;
use crate::message;
use crate::network::{Branch, Category, Combine, Layer, LayerId, Network, Norm, Reshape, Stage};
use crate::report::format::{percent, short};
use crate::report::network::rows::{Row, RowKind};
use crate::report::{Cell, Column, Subject};

/// An item for a whole row, which occurs `count` times.
pub(super) fn summed(subject: &Subject, options: &Options, row: &Row, count: u128) -> Item {
    let network = &subject.model.network;
    let number = |column| match subject.cell(row, column) {
        Cell::Count(number) => number * count,
        _ => 0,
    };
    let (params, macs) = (number(Column::Params), number(Column::Macs));
    let language = options.language;
    let what = match row.kind {
        RowKind::Block { .. } | RowKind::Run { .. } => subject.cell(row, Column::Op).text(language),
        RowKind::Stage(Stage::Body(_)) => language.say(&subject.summary(row)),
        RowKind::Stage(_) | RowKind::Layer(_) => String::new(),
    };
    let output = subject.cell(row, Column::Output).text(language);
    let name = match row.kind {
        RowKind::Stage(stage) => title(subject, stage),
        _ => subject.name(row),
    };
    let mut lines = vec![name];
    lines.push(if what.is_empty() {
        format!("→ {output}")
    } else {
        format!("{what} → {output}")
    });
    if params + macs > 0 {
        lines.push(language.say(&message!(
            "figure-costs",
            parameters = short(params),
            operations = short(macs),
            unit = subject.analysis.rule.unit(),
        )));
    }
    let share = options.paint.share(subject, row).map(|s| s * count as f64);
    let shortcut = match row.kind {
        RowKind::Block { .. } => block_shortcut(network, row.layers(network)),
        _ => None,
    };
    let mut tooltip = lines.join("\n");
    if let Some(shortcut) = shortcut {
        let shortcut = message!("figure-shortcut", shortcut = shortcut.describe());
        tooltip += &format!("\n{}", language.say(&shortcut));
    }
    tooltip += &notice(share);
    let fault = of_row(subject, row, language);
    tooltip.extend(fault.iter().map(|fault| format!("\n{fault}")));
    Item {
        fault,
        lines,
        output,
        is_row: true,
        reshapes: true,
        category: category(network, row),
        share,
        tooltip,
        sign: None,
        side: Side::Main,
        is_again: false,
        bypass: shortcut,
        inputs: Vec::new(),
    }
}

/// Category that colours a row: convolution for blocks and stages, linear for a head, its own for an input.
pub(in crate::export) fn category(network: &Network, row: &Row) -> Category {
    match row.kind {
        RowKind::Stage(Stage::Preprocess) => Category::Input,
        RowKind::Stage(Stage::Head) => Category::Linear,
        RowKind::Layer(id) => network[id].layer.category(),
        RowKind::Stage(_) | RowKind::Block { .. } | RowKind::Run { .. } => Category::Convolution,
    }
}

fn notice(share: Option<f64>) -> String {
    share.map_or_else(String::new, |share| format!("\n{}", percent(share)))
}

/// An item for a layer, with the operands `inputs`.
pub(super) fn layer(
    subject: &Subject,
    options: &Options,
    id: LayerId,
    inputs: Vec<Option<usize>>,
) -> Item {
    let language = options.language;
    let network = &subject.model.network;
    let node = &network[id];
    let block = match (node.scope.stage, node.scope.block) {
        (Stage::Body(stage), Some(block)) => network
            .stage(stage)
            .and_then(|stage| stage.blocks.get(block as usize))
            .map_or("", String::as_str),
        _ => "",
    };
    let name = node.path.below(block).to_owned();
    let sign = match &node.layer {
        Layer::Combine(Combine::Add) => Some('+'),
        Layer::Combine(combine) if combine.reads_gate() => Some('×'),
        _ => None,
    };
    let lines = match &node.layer {
        Layer::Norm(Norm::Batch(_)) => {
            vec![language.say(&message!("figure-batch-norm", name = name))]
        }
        Layer::Activation(_) | Layer::Reshape(Reshape::Flatten | Reshape::Dropout { .. }) => {
            vec![language.say(&node.layer.summary())]
        }
        layer => vec![name, language.say(&layer.summary())],
    };
    let share = options.paint.share(subject, &Row::layer(id));
    let output = subject.analysis.shapes[id].map_or_else(String::new, |shape| shape.to_string());
    let batch = u128::from(subject.batch);
    let fault = of_layer(subject, id, language);
    let problem = fault
        .as_ref()
        .map_or_else(String::new, |fault| format!("\n{fault}"));
    let read = network
        .inputs(id)
        .first()
        .and_then(|&input| subject.analysis.shapes[input]);
    Item {
        lines,
        reshapes: read != subject.analysis.shapes[id],
        is_row: false,
        category: node.layer.category(),
        share,
        tooltip: format!(
            "{}\n{}\n{}{}{problem}",
            node.path,
            language.say(&node.layer.summary()),
            [
                message!("figure-output", output = &output),
                message!(
                    "figure-parameters",
                    count = short(subject.analysis.params[id].0),
                ),
                message!(
                    "title-operations",
                    count = short(subject.analysis.macs[id].0 * batch),
                    unit = subject.analysis.rule.unit(),
                ),
            ]
            .map(|line| language.say(&line))
            .join("\n"),
            notice(share)
        ),
        fault,
        sign,
        side: match node.scope.branch {
            Some(Branch::Shortcut) => Side::Shortcut,
            // A sum within the main path, or outside any block, is not the end of a shortcut.
            None if node.layer == Layer::Combine(Combine::Add) && node.scope.block.is_some() => {
                Side::Join
            }
            _ => Side::Main,
        },
        is_again: false,
        bypass: None,
        inputs,
        output,
    }
}
