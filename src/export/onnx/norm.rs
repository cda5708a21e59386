//! Nodes of normalisations.

use super::graph::{Graph, float, int, ints};
use super::message::AttributeProto;
use super::step::Step;
use crate::network::Norm;
use crate::network::layer::{BatchNorm2d, GroupNorm, InstanceNorm};

/// Adds the nodes of a normalisation and returns the name of its value.
pub(super) fn add(graph: &mut Graph, norm: &Norm, step: &Step<'_>) -> String {
    match norm {
        Norm::Batch(settings) => batch(graph, settings, step),
        Norm::Group(settings) => group(graph, settings, step),
        Norm::Instance(settings) => instance(graph, settings, step),
        Norm::EvoS0(settings) => evo(graph, settings, step),
        Norm::FilterResponse { features, eps } => filter_response(graph, *features, *eps, step),
    }
}

/// Batch normalisation with running statistics, as in inference mode.
fn batch(graph: &mut Graph, settings: &BatchNorm2d, step: &Step<'_>) -> String {
    let [weight, bias, mean, var] = ["weight", "bias", "running_mean", "running_var"]
        .map(|name| step.weight(graph, name, &[settings.features]));
    graph.node(
        &step.name,
        "BatchNormalization",
        &[step.input(), &weight, &bias, &mean, &var],
        vec![epsilon(settings.eps)],
    )
}

fn instance(graph: &mut Graph, settings: &InstanceNorm, step: &Step<'_>) -> String {
    let features = settings.features;
    let [weight, bias] = if settings.affine {
        ["weight", "bias"].map(|name| step.weight(graph, name, &[features]))
    } else {
        [("ones", 1.0), ("zeros", 0.0)].map(|(name, value)| {
            let values = vec![value; features as usize];
            graph.floats(&step.part(name), &[features as i64], &values)
        })
    };
    graph.node(
        &step.name,
        "InstanceNormalization",
        &[step.input(), &weight, &bias],
        vec![epsilon(settings.eps)],
    )
}

/// Group normalisation: each group becomes one channel of an instance normalisation, since opset 17 has no group
/// normalisation.
fn group(graph: &mut Graph, settings: &GroupNorm, step: &Step<'_>) -> String {
    let groups = settings.groups as usize;
    let grouped = graph.reshape(&step.part("groups"), step.input(), &[0, groups as i64, -1]);
    let ones = graph.floats(&step.part("ones"), &[groups as i64], &vec![1.0; groups]);
    let zeros = graph.floats(&step.part("zeros"), &[groups as i64], &vec![0.0; groups]);
    let normal = graph.node(
        &step.part("normal"),
        "InstanceNormalization",
        &[&grouped, &ones, &zeros],
        vec![epsilon(settings.eps)],
    );
    let like = step.input();
    let normal = graph.reshape_like(&step.part("channels"), &normal, like, &step.shape());
    affine(graph, &normal, settings.features, &step.name.clone(), step)
}

/// `x · sigmoid(v·x) / √(var + ε) · weight + bias`
fn evo(graph: &mut Graph, settings: &GroupNorm, step: &Step<'_>) -> String {
    let input = step.input();
    let groups = [0, settings.groups as i64, -1];
    let v = per_channel(graph, "v", settings.features, step);
    let scaled = graph.node(&step.part("scaled"), "Mul", &[input, &v], vec![]);
    let gate = graph.node(&step.part("gate"), "Sigmoid", &[&scaled], vec![]);
    let gated = graph.node(&step.part("gated"), "Mul", &[input, &gate], vec![]);

    let grouped = graph.reshape(&step.part("groups"), input, &groups);
    let mean = mean(graph, &step.part("mean"), &grouped, vec![2]);
    let centred = graph.node(&step.part("centred"), "Sub", &[&grouped, &mean], vec![]);
    let rms = root_mean_square(graph, &centred, vec![2], settings.eps, step);

    let gated = graph.reshape(&step.part("gated_groups"), &gated, &groups);
    let normal = graph.node(&step.part("normal"), "Div", &[&gated, &rms], vec![]);
    let like = step.input();
    let normal = graph.reshape_like(&step.part("channels"), &normal, like, &step.shape());
    affine(graph, &normal, settings.features, &step.name.clone(), step)
}

/// `max(x / √(mean of x² + ε) · weight + bias, tau)`
fn filter_response(graph: &mut Graph, features: u64, eps: f64, step: &Step<'_>) -> String {
    let rms = root_mean_square(graph, step.input(), vec![2, 3], eps, step);
    let normal = graph.node(&step.part("normal"), "Div", &[step.input(), &rms], vec![]);
    let shifted = affine(graph, &normal, features, &step.part("shifted"), step);
    let tau = per_channel(graph, "tau", features, step);
    graph.node(&step.name, "Max", &[&shifted, &tau], vec![])
}

/// `√(mean of x² + ε)` over `axes`, which keep size 1.
fn root_mean_square(
    graph: &mut Graph,
    input: &str,
    axes: Vec<i64>,
    eps: f64,
    step: &Step<'_>,
) -> String {
    let squares = graph.node(&step.part("squares"), "Mul", &[input, input], vec![]);
    let mean = mean(graph, &step.part("mean_square"), &squares, axes);
    let eps = graph.floats(&step.part("eps"), &[], &[eps as f32]);
    let sum = graph.node(&step.part("mean_square_eps"), "Add", &[&mean, &eps], vec![]);
    graph.node(&step.part("rms"), "Sqrt", &[&sum], vec![])
}

pub(super) fn mean(graph: &mut Graph, name: &str, input: &str, axes: Vec<i64>) -> String {
    let attributes = vec![ints("axes", axes), int("keepdims", 1)];
    graph.node(name, "ReduceMean", &[input], attributes)
}

/// A tensor with one number per channel, in a shape that broadcasts over a map.
fn per_channel(graph: &mut Graph, name: &str, features: u64, step: &Step<'_>) -> String {
    let tensor = step.weight(graph, name, &[features]);
    graph.reshape(&step.part(name), &tensor, &[1, features as i64, 1, 1])
}

/// `x · weight + bias`, per channel.
fn affine(graph: &mut Graph, input: &str, features: u64, name: &str, step: &Step<'_>) -> String {
    let weight = per_channel(graph, "weight", features, step);
    let bias = per_channel(graph, "bias", features, step);
    let product = graph.node(&step.part("product"), "Mul", &[input, &weight], vec![]);
    graph.node(name, "Add", &[&product, &bias], vec![])
}

/// Attribute with the ε that is added to the variance.
fn epsilon(eps: f64) -> AttributeProto {
    float("epsilon", eps as f32)
}
