//! Nodes for pixels that become channels and back, and for means with deviations.

use super::graph::{Graph, int, ints, text};
use super::norm::mean;
use super::step::Step;
use crate::network::layer::{Axis, Order};

/// Adds the nodes for squares of pixels as channels: ONNX's own operator has timm's order, PyTorch's order needs a
/// transposition.
pub(super) fn space_to_depth(
    graph: &mut Graph,
    block: u64,
    order: Order,
    step: &Step<'_>,
) -> String {
    let side = block as i64;
    if order == Order::ByPixel {
        let attributes = vec![int("blocksize", side)];
        return graph.node(&step.name, "SpaceToDepth", &[step.input()], attributes);
    }
    let channels = step.from.channels() as i64;
    let [height, width] = step
        .from
        .size()
        .unwrap_or_default()
        .map(|n| n as i64 / side);
    let squares = [0, channels, height, side, width, side];
    let squares = graph.reshape(&step.part("squares"), step.input(), &squares);
    let order = vec![ints("perm", vec![0, 1, 3, 5, 2, 4])];
    let moved = graph.node(&step.part("moved"), "Transpose", &[&squares], order);
    graph.reshape(&step.name, &moved, &step.shape())
}

pub(super) fn pixel_shuffle(graph: &mut Graph, block: u64, step: &Step<'_>) -> String {
    let attributes = vec![int("blocksize", block as i64), text("mode", "CRD")];
    graph.node(&step.name, "DepthToSpace", &[step.input()], attributes)
}

/// Adds the nodes for means and deviations; the unbiased variance is the mean square times n / (n − 1).
pub(super) fn mean_deviation(graph: &mut Graph, axis: Axis, eps: f64, step: &Step<'_>) -> String {
    let lines = || vec![2 + axis.index() as i64];
    let count = step.from.size().unwrap_or_default()[axis.index()] as f64;
    let input = step.input();
    let means = mean(graph, &step.part("mean"), input, lines());
    let centred = graph.node(&step.part("centred"), "Sub", &[input, &means], vec![]);
    let squares = graph.node(&step.part("squares"), "Mul", &[&centred, &centred], vec![]);
    let biased = mean(graph, &step.part("biased"), &squares, lines());
    let factor = graph.floats(&step.part("factor"), &[], &[(count / (count - 1.0)) as f32]);
    let variance = graph.node(&step.part("variance"), "Mul", &[&biased, &factor], vec![]);
    let eps = graph.floats(&step.part("eps"), &[], &[eps as f32]);
    let sum = graph.node(
        &step.part("variance_eps"),
        "Add",
        &[&variance, &eps],
        vec![],
    );
    let deviations = graph.node(&step.part("deviation"), "Sqrt", &[&sum], vec![]);
    let both = [means.as_str(), &deviations];
    graph.node(&step.name, "Concat", &both, vec![int("axis", 1)])
}
