//! The totals of a network and a row a stage. The fields are the JSON of `stats`.

use serde::Serialize;

use super::published::Published;
use super::rows::{Level, RowKind, rows};
use super::{Cell, Column, Row, Subject};
use crate::analysis::ReceptiveField;
use crate::network::window::sides;
use crate::network::{Shape, Stage};
use crate::text::Message;

/// Everything that `stats` says.
#[derive(Debug, Clone, Serialize)]
pub struct Stats {
    /// The name that it was asked for by.
    pub name: String,
    /// Its name as people write it.
    pub title: String,
    /// Its group.
    pub family: Option<String>,
    /// Images at once.
    pub batch: u64,
    /// Channels, height, width.
    pub input: Vec<u64>,
    /// Shape of the output.
    pub output: Vec<u64>,
    /// Learned parameters.
    pub params: u128,
    /// Elements of running means and variances.
    pub buffers: u128,
    /// Operations by the rule in `count`, for the batch.
    pub macs: u128,
    /// Floating-point operations, for the batch.
    pub flops: u128,
    /// The rule's name.
    pub count: &'static str,
    /// Elements put out by convolutions and linear layers, for the batch.
    pub activations: u128,
    /// Convolutions on the main path, and linear layers.
    pub depth: usize,
    /// Of the last feature map, in pixels.
    pub receptive_field: Option<u128>,
    /// Its width, where that is another than its height.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub receptive_field_width: Option<u128>,
    /// Bytes, activations for the batch.
    pub memory: MemoryBytes,
    /// What runs before the first block.
    pub stem: Option<StageStats>,
    /// The stages of blocks.
    pub stages: Vec<StageStats>,
    /// What runs after the last block.
    pub head: Option<StageStats>,
    /// Where the map gets smaller.
    pub downsample: Vec<DownsampleRow>,
    /// Published accuracies of known weights, while the network has the classes that they were trained for.
    pub published: Option<Published>,
}

/// Bytes in 32-bit floats.
#[derive(Debug, Clone, Serialize)]
pub struct MemoryBytes {
    /// Parameters and running statistics.
    pub weights: u128,
    /// The most that is alive at once in inference.
    pub peak_activations: u128,
    /// What training keeps for the backward pass.
    pub training_activations: u128,
}

/// A stage in one row.
#[derive(Debug, Clone, Serialize)]
pub struct StageStats {
    /// Its name in code.
    pub name: String,
    /// Its name in the paper.
    pub paper_name: Option<String>,
    /// The kind of its blocks.
    pub block: Option<String>,
    /// How many it has.
    pub blocks: usize,
    /// Shape of its output.
    pub output: Vec<u64>,
    /// Learned parameters.
    pub params: u128,
    /// Operations, for the batch.
    pub macs: u128,
    /// Receptive field of its output.
    pub receptive_field: Option<u128>,
    /// Its width, where that is another than its height.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub receptive_field_width: Option<u128>,
}

/// A layer that makes the map smaller.
#[derive(Debug, Clone, Serialize)]
pub struct DownsampleRow {
    /// Its path.
    pub layer: String,
    /// PyTorch's class.
    pub op: &'static str,
    /// Height and width that come in.
    pub from: [u64; 2],
    /// Height and width put out.
    pub to: [u64; 2],
    /// Its stride.
    pub main_stride: u64,
    /// Its stride along the width, where that is another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub main_stride_width: Option<u64>,
    /// What the shortcut of its block does.
    pub shortcut: Option<Message>,
}

impl Stats {
    /// Puts the answers about a network together.
    pub fn new(subject: &Subject) -> Self {
        let network = &subject.model.network;
        let analysis = &subject.analysis;
        let batch = u128::from(subject.batch);
        let stage_rows = rows(network, Level::Stage);
        let find = |wanted: Stage| {
            stage_rows
                .iter()
                .find(|row| row.kind == RowKind::Stage(wanted))
                .map(|row| stage(subject, row, wanted))
        };
        let dims = |shape: Option<Shape>| shape.map(Shape::dims).unwrap_or_default();
        let field = analysis.final_receptive_field(network);
        Self {
            name: subject.model.spec.name.clone(),
            title: subject.model.title().to_owned(),
            family: subject
                .model
                .spec
                .file
                .family
                .as_ref()
                .map(|family| family.value.clone()),
            batch: subject.batch,
            input: dims(network.ids().next().and_then(|id| analysis.shapes[id])),
            output: dims(network.sink().and_then(|id| analysis.shapes[id])),
            params: subject.params().0,
            buffers: subject.buffers().0,
            macs: subject.macs().0,
            flops: subject.flops(),
            count: analysis.rule.name(),
            activations: subject.activations().0,
            depth: analysis.depth,
            receptive_field: field.map(ReceptiveField::size),
            receptive_field_width: field.and_then(ReceptiveField::other_width),
            memory: MemoryBytes {
                weights: analysis.memory.weights,
                peak_activations: analysis.memory.peak_activations * batch,
                training_activations: analysis.memory.training_activations * batch,
            },
            stem: find(Stage::Stem),
            stages: (1..=network.stages().len() as u32)
                .filter_map(|number| find(Stage::Body(number)))
                .collect(),
            head: find(Stage::Head),
            downsample: analysis
                .downsample
                .iter()
                .map(|place| DownsampleRow {
                    layer: network[place.layer].path.to_string(),
                    op: network[place.layer].layer.op(),
                    from: place.from,
                    to: place.to,
                    main_stride: place.stride[0],
                    main_stride_width: Some(place.stride[1])
                        .filter(|&width| width != place.stride[0]),
                    shortcut: place
                        .shortcut
                        .map(crate::analysis::downsample::Shortcut::describe),
                })
                .collect(),
            published: Published::of_subject(subject),
        }
    }
}

/// A size along the height and, where it is another, along the width, as text.
pub fn with_width<T: Copy + PartialEq + std::fmt::Display>(height: T, width: Option<T>) -> String {
    sides([height, width.unwrap_or(height)])
}

fn stage(subject: &Subject, row: &Row, stage: Stage) -> StageStats {
    let network = &subject.model.network;
    let count = |column| match subject.cell(row, column) {
        Cell::Count(count) => count,
        _ => 0,
    };
    let info = match stage {
        Stage::Body(number) => network.stage(number),
        _ => None,
    };
    let field = row
        .last(network)
        .and_then(|id| subject.analysis.receptive_field[id]);
    StageStats {
        name: subject.stage_name(stage),
        paper_name: subject.paper_name(stage),
        block: info.map(|info| info.block.clone()),
        blocks: info.map_or(0, |info| info.blocks.len()),
        output: row
            .last(network)
            .and_then(|id| subject.analysis.shapes[id])
            .map(Shape::dims)
            .unwrap_or_default(),
        params: count(Column::Params),
        macs: count(Column::Macs),
        receptive_field: field.map(ReceptiveField::size),
        receptive_field_width: field.and_then(ReceptiveField::other_width),
    }
}
