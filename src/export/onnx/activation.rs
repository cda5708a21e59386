//! Nodes of activation functions, in opset 17.

use super::graph::{Graph, float};
use super::step::Step;
use crate::network::Activation;

/// Adds the nodes of `activation` and returns the name of its value.
pub(super) fn add(graph: &mut Graph, activation: Activation, step: &Step<'_>) -> String {
    let input = step.input();
    let named =
        |graph: &mut Graph, op: &str, attributes| graph.node(&step.name, op, &[input], attributes);
    match activation {
        Activation::Relu => named(graph, "Relu", vec![]),
        Activation::Relu6 => {
            let [least, most] = [("least", 0.0), ("most", 6.0)]
                .map(|(name, value)| graph.floats(&step.part(name), &[], &[value]));
            graph.node(&step.name, "Clip", &[input, &least, &most], vec![])
        }
        Activation::LeakyRelu { slope } => {
            named(graph, "LeakyRelu", vec![float("alpha", slope as f32)])
        }
        Activation::Prelu { weights } => {
            let slopes = step.weight(graph, "weight", &[weights]);
            let slopes = match step.from.size() {
                // The operator aligns the last axes, and the channels are not the last.
                Some(_) => graph.reshape(&step.part("slopes"), &slopes, &[weights as i64, 1, 1]),
                None => slopes,
            };
            graph.node(&step.name, "PRelu", &[input, &slopes], vec![])
        }
        Activation::Elu { alpha } => named(graph, "Elu", vec![float("alpha", alpha as f32)]),
        Activation::Silu => {
            let gate = graph.node(&step.part("gate"), "Sigmoid", &[input], vec![]);
            graph.node(&step.name, "Mul", &[input, &gate], vec![])
        }
        Activation::Gelu { tanh } => gelu(graph, tanh, step),
        Activation::HardSwish => named(graph, "HardSwish", vec![]),
        Activation::Sigmoid => named(graph, "Sigmoid", vec![]),
        Activation::Tanh => named(graph, "Tanh", vec![]),
    }
}

/// `Gelu` came with opset 20: here it is `x / 2 · (1 + f)`, with f an error function or a tanh.
fn gelu(graph: &mut Graph, tanh: bool, step: &Step<'_>) -> String {
    let input = step.input();
    let number = |graph: &mut Graph, name: &str, value: f64| {
        graph.floats(&step.part(name), &[], &[value as f32])
    };
    let inner = if tanh {
        let squared = graph.node(&step.part("squared"), "Mul", &[input, input], vec![]);
        let cube = number(graph, "of_cube", 0.044_715);
        let bent = graph.node(&step.part("bent"), "Mul", &[&squared, &cube], vec![]);
        let one = number(graph, "one_inside", 1.0);
        let factor = graph.node(&step.part("factor"), "Add", &[&bent, &one], vec![]);
        let curve = graph.node(&step.part("curve"), "Mul", &[input, &factor], vec![]);
        let root = number(graph, "root", (2.0 / std::f64::consts::PI).sqrt());
        graph.node(&step.part("scaled"), "Mul", &[&curve, &root], vec![])
    } else {
        let root = number(graph, "root", std::f64::consts::FRAC_1_SQRT_2);
        graph.node(&step.part("scaled"), "Mul", &[input, &root], vec![])
    };
    let op = if tanh { "Tanh" } else { "Erf" };
    let share = graph.node(&step.part("share"), op, &[&inner], vec![]);
    let one = number(graph, "one", 1.0);
    let share = graph.node(&step.part("shifted"), "Add", &[&share, &one], vec![]);
    let half = number(graph, "half", 0.5);
    let halved = graph.node(&step.part("halved"), "Mul", &[input, &half], vec![]);
    graph.node(&step.name, "Mul", &[&halved, &share], vec![])
}
