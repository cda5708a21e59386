//! Layer table as JSON, whose fields are promises to scripts.

use serde::Serialize;

use crate::analysis::ReceptiveField;
use crate::network::{Branch, LayerId, Shape, Stage};
use crate::report::Subject;
use crate::text::Language;

/// Node of the DAG, in the order of execution.
#[derive(Debug, Clone, Serialize)]
pub struct LayerRow {
    /// PyTorch module path.
    pub path: String,
    /// Number of the module's call, from 1.
    pub call: u32,
    /// PyTorch class.
    pub op: &'static str,
    /// Name of the stage in code.
    pub stage: String,
    /// Number of the block in its stage, from 0.
    pub block: Option<u32>,
    /// `main`, `shortcut` or null.
    pub branch: Option<&'static str>,
    /// Input shapes, without the batch.
    pub inputs: Vec<Vec<u64>>,
    /// Output shape, without the batch.
    pub output: Option<Vec<u64>>,
    /// Kernel height and width.
    pub kernel: Option<[u64; 2]>,
    /// Stride along height and width.
    pub stride: Option<[u64; 2]>,
    /// Padding along height and width.
    pub padding: Option<[u64; 2]>,
    /// Dilation along height and width.
    pub dilation: Option<[u64; 2]>,
    /// Groups of a convolution.
    pub groups: Option<u64>,
    /// Learned parameters.
    pub params: u128,
    /// Elements of running means and variances.
    pub buffers: u128,
    /// Operations, for the batch.
    pub macs: u128,
    /// Output elements of convolutions and linear layers, for the batch.
    pub activations: u128,
    /// Bytes of this layer that training keeps for the backward pass, for the batch.
    pub saved_for_backward: u128,
    /// Receptive field in pixels; null after the global pool.
    pub receptive_field: Option<u128>,
    /// Width of the receptive field, if it differs from the height.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub receptive_field_width: Option<u128>,
    /// Paths of the additions that the layer's branch feeds, the innermost first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub feeds: Vec<String>,
    /// Tensors of the layer in the `state_dict`.
    pub parameters: Vec<TensorRow>,
}

/// Tensor of the `state_dict`.
#[derive(Debug, Clone, Serialize)]
pub struct TensorRow {
    /// Key of the tensor.
    pub name: String,
    /// Dimensions of the tensor.
    pub shape: Vec<u64>,
}

/// Rows of all nodes.
pub fn layers(subject: &Subject) -> Vec<LayerRow> {
    subject
        .model
        .network
        .ids()
        .map(|id| layer(subject, id))
        .collect()
}

/// Row of one node.
pub fn layer(subject: &Subject, id: LayerId) -> LayerRow {
    let network = &subject.model.network;
    let analysis = &subject.analysis;
    let node = &network[id];
    let batch = u128::from(subject.batch);
    let window = node.layer.window();
    LayerRow {
        path: node.path.module.clone(),
        call: node.path.call,
        op: node.layer.op(),
        stage: match node.scope.stage {
            Stage::Preprocess => "input".to_owned(),
            stage => subject.stage_name(stage),
        },
        block: node.scope.block,
        branch: node.scope.branch.map(Branch::name),
        inputs: network
            .inputs(id)
            .into_iter()
            .filter_map(|input| analysis.shapes[input].map(Shape::dims))
            .collect(),
        output: analysis.shapes[id].map(Shape::dims),
        kernel: window.map(|window| window.kernel),
        stride: match &node.layer {
            crate::network::Layer::Reshape(
                crate::network::Reshape::PadShortcut { .. }
                | crate::network::Reshape::SpaceToDepth { .. },
            ) => Some(node.layer.stride()),
            _ => window.map(|window| window.stride),
        },
        padding: window.map(|window| window.padding),
        dilation: window.map(|window| window.dilation),
        groups: match &node.layer {
            crate::network::Layer::Conv(crate::network::Conv::Spatial(conv)) => Some(conv.groups),
            _ => None,
        },
        params: analysis.params[id].0,
        buffers: analysis.buffers[id].0,
        macs: analysis.macs[id].0 * batch,
        activations: analysis.activations[id].0 * batch,
        saved_for_backward: analysis.saved[id].0 * batch,
        receptive_field: analysis.receptive_field[id].map(ReceptiveField::size),
        receptive_field_width: analysis.receptive_field[id].and_then(ReceptiveField::other_width),
        feeds: analysis
            .sums
            .of(id)
            .map(|add| network[add].path.to_string())
            .collect(),
        parameters: node
            .layer
            .parameters()
            .into_iter()
            .map(|parameter| TensorRow {
                name: node.path.parameter(parameter.name),
                shape: parameter.shape.to_vec(),
            })
            .collect(),
    }
}

/// Cell as JSON: exact numbers, shapes as arrays, null for empty cells.
pub fn cell(cell: &crate::report::Cell) -> serde_json::Value {
    use crate::report::Cell;
    match cell {
        Cell::Empty => serde_json::Value::Null,
        Cell::Text(text) => text.clone().into(),
        Cell::Said(message) => Language::ENGLISH.say(message).into(),
        Cell::Share(share) => (*share).into(),
        Cell::Shape(shape) => shape.dims().into(),
        // Not every reader takes a JSON number beyond 64 bits exactly, so such a count becomes a string.
        Cell::Count(count) => {
            u64::try_from(*count).map_or_else(|_| count.to_string().into(), Into::into)
        }
    }
}
