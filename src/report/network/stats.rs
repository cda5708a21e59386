//! Totals of a network, with one row per stage. The fields are the JSON of `stats`.

use serde::Serialize;

use crate::analysis::ReceptiveField;
use crate::network::window::sides;
use crate::network::{Shape, Stage};
use crate::report::catalogue::published::Published;
use crate::report::network::rows::{Level, RowKind, rows};
use crate::report::{Cell, Column, Row, Subject};
use crate::text::Message;

/// Contents of `stats`.
#[derive(Debug, Clone, Serialize)]
pub struct Stats {
    /// Name by which it was requested.
    pub name: String,
    /// Title of the network.
    pub title: String,
    /// Family of the network.
    pub family: Option<String>,
    /// Batch size.
    pub batch: u64,
    /// Channels, height and width of the input.
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
    /// Name of the rule.
    pub count: &'static str,
    /// Output elements of convolutions and linear layers, for the batch.
    pub activations: u128,
    /// Number of convolutions on the main path, plus linear layers.
    pub depth: usize,
    /// Receptive field of the last feature map, in pixels.
    pub receptive_field: Option<u128>,
    /// Width of the receptive field, if it differs from the height.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub receptive_field_width: Option<u128>,
    /// Memory in bytes, with activations for the batch.
    pub memory: MemoryBytes,
    /// Layers before the first block.
    pub stem: Option<StageStats>,
    /// Stages of blocks.
    pub stages: Vec<StageStats>,
    /// Layers after the last block.
    pub head: Option<StageStats>,
    /// Layers that downsample.
    pub downsample: Vec<DownsampleRow>,
    /// Published accuracies of known weights, if the network has the classes that they were trained for.
    pub published: Option<Published>,
}

/// Bytes of memory with 32-bit floats.
#[derive(Debug, Clone, Serialize)]
pub struct MemoryBytes {
    /// Parameters and running statistics.
    pub weights: u128,
    /// Peak memory of activations in inference.
    pub peak_activations: u128,
    /// Memory that training keeps for the backward pass.
    pub training_activations: u128,
}

/// Row of a stage.
#[derive(Debug, Clone, Serialize)]
pub struct StageStats {
    /// Name in code.
    pub name: String,
    /// Name in the paper.
    pub paper_name: Option<String>,
    /// Kind of its blocks.
    pub block: Option<String>,
    /// Number of its blocks.
    pub blocks: usize,
    /// Shape of its output.
    pub output: Vec<u64>,
    /// Learned parameters.
    pub params: u128,
    /// Operations, for the batch.
    pub macs: u128,
    /// Receptive field of its output.
    pub receptive_field: Option<u128>,
    /// Width of the receptive field, if it differs from the height.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub receptive_field_width: Option<u128>,
}

/// Layer that downsamples.
#[derive(Debug, Clone, Serialize)]
pub struct DownsampleRow {
    /// Path of the layer.
    pub layer: String,
    /// PyTorch class.
    pub op: &'static str,
    /// Height and width of the input.
    pub from: [u64; 2],
    /// Height and width of the output.
    pub to: [u64; 2],
    /// Stride of the layer.
    pub main_stride: u64,
    /// Stride along the width, if it differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub main_stride_width: Option<u64>,
    /// Description of the block's shortcut.
    pub shortcut: Option<Message>,
}

impl Stats {
    /// Collects the totals and rows of a network.
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

/// Size along the height and, if it differs, along the width, as text.
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
