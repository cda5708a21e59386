//! Gradients against central differences of the loss, over random networks of every unit, and for each unit alone.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use ndarray::{Array4, ArrayD, Ix4};
use resnet_explore::engine::gradient::{Backward, Batch, Gradients, Options};
use resnet_explore::engine::{LayerWeights, LoadedWeights, Mode};
use resnet_explore::lower::{Overrides, open_text};
use resnet_explore::network::{Layer, LayerId, Network, Table, check};
use resnet_explore::weights::{Synthetic, synthetic_input};

use super::spec::{Numbers, Spec};

/// A number of the environment that sets a test's extent.
pub(super) fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name)
        .ok()
        .map_or(usual, |text| text.parse().expect("a number"))
}

struct Problem {
    backward: Backward,
    weights: Table<LayerWeights<f64>>,
    input: Array4<f64>,
    labels: Vec<usize>,
    options: Options,
}

impl Problem {
    fn gradients(&self, weights: &Table<LayerWeights<f64>>, input: &Array4<f64>) -> Gradients<f64> {
        let batch = Batch {
            input,
            is_prepared: true,
            labels: &self.labels,
        };
        let mut observer = |_, _| ControlFlow::Continue(());
        self.backward
            .run(weights, batch, self.options, &mut observer)
            .expect("a batch that fits")
    }

    /// The loss where one tensor, the input where `place` is none, has moved along `along` by `step`.
    fn loss(&self, place: Option<(LayerId, usize)>, along: &ArrayD<f64>, step: f64) -> f64 {
        let Some((layer, tensor)) = place else {
            let along = along.view().into_dimensionality::<Ix4>().expect("maps");
            return self
                .gradients(&self.weights, &(&self.input + &(&along * step)))
                .loss;
        };
        let mut weights = self.weights.clone();
        let own = &mut weights[layer];
        own.tensors_mut()[tensor].zip_mut_with(along, |w, &d| *w += step * d);
        self.gradients(&weights, &self.input).loss
    }
}

/// The largest difference between a gradient along a direction and central differences, in parts of what the network's gradients are
/// along such directions. Steps that cross a corner of a ReLU or a maximum fail to converge, and are recognised by it.
#[derive(Default)]
struct Found {
    worst: BTreeMap<&'static str, f64>,
    compared: BTreeMap<&'static str, u64>,
    corners: u64,
}

/// Largest distance of a difference from the gradient, in parts of it.
const TOLERANCE: f64 = 2e-6;

/// A gradient: its operator, its layer and tensor, and its values.
type Gradient<'a> = (&'static str, Option<(LayerId, usize)>, &'a ArrayD<f64>);

fn hold(
    problem: &Problem,
    network: &Network,
    numbers: &mut Numbers,
    found: &mut Found,
    text: &str,
) {
    let gradients = problem.gradients(&problem.weights, &problem.input);
    let mut places: Vec<Gradient<'_>> =
        vec![("input", None, gradients.input.as_ref().expect("wanted"))];
    for (id, node) in network.nodes() {
        for (tensor, own) in gradients.layers[id].iter().enumerate() {
            places.push((node.layer.op(), Some((id, tensor)), own));
        }
    }
    let size = |all: &ArrayD<f64>| all.iter().map(|x| x * x).sum::<f64>().sqrt();
    let largest = places
        .iter()
        .map(|(_, _, own)| size(own))
        .fold(0.0, f64::max);
    for (op, place, own) in places {
        // A direction of signs, so that every number of the tensor has its part.
        let along = own.mapv(|_| if numbers.one_in(2) { 1.0 } else { -1.0 });
        let slope: f64 = own.iter().zip(&along).map(|(g, d)| g * d).sum();
        let scale = size(own).max(1e-4 * largest).max(1e-9);
        let difference = |step: f64| {
            (problem.loss(place, &along, step) - problem.loss(place, &along, -step)) / (2.0 * step)
        };
        // Smaller steps until it is right: the part that a difference leaves out falls with the square of the step, and what
        // rounding of the loss adds grows with its inverse. Steps end where that would be a quarter of the tolerance.
        let mut off = f64::INFINITY;
        let rounding = f64::EPSILON * gradients.loss.abs().max(1.0);
        let smaller = std::iter::successors(Some(1e-8), |step| Some(step / 10.0))
            .take_while(|step| rounding / step < TOLERANCE / 4.0 * scale);
        // Where all gradients are tiny, only large steps change the loss by more than its rounding.
        let steps = [1e-4, 1e-5, 3e-6, 1e-6, 1e-7].into_iter();
        for step in steps.chain(smaller).chain([1e-3, 1e-2]) {
            off = off.min((difference(step) - slope).abs() / scale);
            if off < TOLERANCE / 20.0 {
                break;
            }
        }
        if off <= TOLERANCE {
            let worst = found.worst.entry(op).or_default();
            *worst = worst.max(off);
            *found.compared.entry(op).or_default() += 1;
            continue;
        }
        // At a corner of a ReLU or a maximum the two sides differ, and the gradient is that of one of them.
        let here = problem.gradients(&problem.weights, &problem.input).loss;
        let step = 1e-7;
        let sides = [1.0, -1.0]
            .map(|sign| (problem.loss(place, &along, sign * step) - here) / (sign * step));
        let near = sides.map(|side| (side - slope).abs() / scale);
        let apart = (sides[0] - sides[1]).abs() / scale;
        assert!(
            near.iter().any(|&near| near < 1e-3) && apart > 1e-3,
            "{op} at {place:?}: the gradient is {slope:e}, the sides {sides:?}, the scale {scale:e}\n{text}"
        );
        found.corners += 1;
    }
}

/// A problem of a spec; none where the network is not legal, large, or its statistics are of one value.
fn problem(seed: u64, text: &str, mode: Mode) -> Option<(Problem, Arc<Network>)> {
    let model = open_text("random.toml", text, &Overrides::default());
    let network = Arc::new(model.network.clone());
    let (shapes, _) = check::shapes(&network);
    let is_small = network
        .ids()
        .all(|id| shapes[id].is_some_and(|shape| shape.elements() < 6_000));
    if !check::check(&network).is_empty() || network.sink().is_none() || !is_small {
        return None;
    }
    let Some(Layer::Input { channels, size }) = network.nodes().next().map(|(_, node)| &node.layer)
    else {
        return None;
    };
    let images = 2 + (seed % 2) as usize;
    let shape = [images as u64, *channels, size[0], size[1]].map(|n| n as usize);
    let input: Array4<f32> = synthetic_input(seed, &shape).into_dimensionality().ok()?;
    let weights = LoadedWeights::load(&network, &Synthetic { seed }).ok()?;
    let backward = Backward::new(Arc::clone(&network), mode).expect("a derivative for each unit");
    let options = Options {
        smoothing: if seed.is_multiple_of(3) { 0.1 } else { 0.0 },
        dropout: seed.is_multiple_of(2).then_some(seed),
        wants_input: true,
    };
    backward.admit::<f64>(images, options).ok()?;
    let classes = backward.classes();
    let problem = Problem {
        labels: (0..images).map(|image| (image * 7 + 1) % classes).collect(),
        weights: weights.all(),
        input: input.mapv(f64::from),
        backward,
        options,
    };
    let loss = problem.gradients(&problem.weights, &problem.input).loss;
    loss.is_finite().then_some((problem, network))
}

#[test]
fn random_networks_have_the_gradients_that_differences_show() {
    let (wanted, mut seed) = (
        number("RESNET_EXPLORE_NETWORKS", 40),
        number("RESNET_EXPLORE_SEED", 0),
    );
    let mut found = Found::default();
    let mut ops: BTreeMap<&'static str, u64> = BTreeMap::new();
    let mut done = 0;
    while done < wanted {
        seed += 1;
        let text = Spec::random(&mut Numbers(seed));
        let mode = if seed.is_multiple_of(2) {
            Mode::Training
        } else {
            Mode::Inference
        };
        let Some((problem, network)) = problem(seed, &text, mode) else {
            continue;
        };
        done += 1;
        for (_, node) in network.nodes() {
            *ops.entry(node.layer.op()).or_default() += 1;
        }
        let text = format!(
            "RESNET_EXPLORE_SEED={} RESNET_EXPLORE_NETWORKS=1\n{text}",
            seed - 1
        );
        hold(&problem, &network, &mut Numbers(!seed), &mut found, &text);
    }
    println!(
        "{done} networks, {} corners; largest differences:",
        found.corners
    );
    for (op, worst) in &found.worst {
        println!("{op:26} {:5} tensors {worst:.1e}", found.compared[op]);
    }
    println!("layers on the way: {ops:?}");
    let compared: u64 = found.compared.values().sum();
    assert!(
        found.corners * 20 <= compared,
        "{} corners of {compared}",
        found.corners
    );
}

/// Each unit with its settings, as a list of layers that reads 24 channels, and the rest of the spec that it needs.
const UNITS: [(&str, &str); 60] = [
    ("{ norm = \"u\" }", ""),
    ("{ norm = \"u\" }", "[norm]\nkind = \"group\"\ngroups = 2"),
    ("{ norm = \"u\" }", "[norm]\nkind = \"evo_s0\"\ngroups = 2"),
    ("{ norm = \"u\" }", "[norm]\nkind = \"filter_response\""),
    ("{ norm = \"u\", kind = \"instance\" }", ""),
    ("{ norm = \"u\", kind = \"instance\", affine = true }", ""),
    ("{ norm = \"u\", kind = \"split\", instance = 5 }", ""),
    ("{ norm_act = \"u\" }", ""),
    ("{ act = \"u\" }", ""),
    ("{ act = \"u\", kind = \"relu6\" }", ""),
    ("{ act = \"u\", kind = \"leaky_relu\", slope = 0.3 }", ""),
    ("{ act = \"u\", kind = \"prelu\" }", ""),
    (
        "{ act = \"u\", kind = \"prelu\", weights = \"channels\" }",
        "",
    ),
    ("{ act = \"u\", kind = \"elu\", alpha = 0.8 }", ""),
    ("{ act = \"u\", kind = \"silu\" }", ""),
    ("{ act = \"u\", kind = \"gelu\" }", ""),
    (
        "{ act = \"u\", kind = \"gelu\", approximate = \"tanh\" }",
        "",
    ),
    ("{ act = \"u\", kind = \"hard_swish\" }", ""),
    ("{ act = \"u\", kind = \"tanh\" }", ""),
    ("{ sigmoid = \"u\" }", ""),
    ("{ dropout = \"u\" }", ""),
    ("{ scale = \"u\" }", ""),
    ("{ bias = \"u\" }", ""),
    ("{ attention = \"u\" }", "attention = \"squeeze_excite\""),
    ("{ attention = \"u\" }", "attention = \"efficient_channel\""),
    ("{ channel_conv = \"u\", kernel = 5 }", ""),
    ("{ conv = \"u\", kernel = 3, out = 9, bias = true }", ""),
    (
        "{ conv = \"u\", kernel = [3, 2], stride = [2, 1], padding = [1, 0], out = 10 }",
        "",
    ),
    (
        "{ conv = \"u\", kernel = 4, padding = \"same\", stride = 2, out = 8 }",
        "",
    ),
    (
        "{ conv = \"u\", kernel = 3, dilation = [2, 1], padding = [2, 1], out = 8 }",
        "",
    ),
    (
        "{ conv = \"u\", kernel = 3, out = 12, groups = 4, bias = true }",
        "",
    ),
    (
        "{ conv = \"u\", kernel = 5, out = 24, groups = 24, stride = 2 }",
        "",
    ),
    ("{ conv = \"u\", kernel = 3, out = 48, groups = 24 }", ""),
    ("{ conv = \"u\", kernel = 1, out = 7, stride = 2 }", ""),
    ("{ conv = \"u\", kernel = 1, out = 7, padding = 1 }", ""),
    (
        "{ conv = \"u\", kernel = 3, out = 8 }",
        "[conv]\nstandardize = 0.00001",
    ),
    (
        "{ conv = \"u\", kernel = 3, out = 8, bias = true }",
        "[conv]\nstandardize = 0.00001\ngamma = 1.7",
    ),
    ("{ multiply = \"u\", factor = 0.3 }", ""),
    (
        "{ max_pool = \"u\", kernel = 3, stride = 2, padding = 1 }",
        "",
    ),
    (
        "{ max_pool = \"u\", kernel = 2, stride = 2, padding = 0, rounding = \"ceil\" }",
        "",
    ),
    (
        "{ max_pool = \"u\", kernel = 2, stride = 1, padding = 1, dilation = 2 }",
        "",
    ),
    (
        "{ avg_pool = \"u\", kernel = 3, stride = 2, padding = 1 }",
        "",
    ),
    (
        "{ avg_pool = \"u\", kernel = 3, stride = 2, padding = 1, count_include_pad = false }",
        "",
    ),
    (
        "{ avg_pool = \"u\", kernel = [2, 3], stride = 2, padding = 1, rounding = \"ceil\" }",
        "",
    ),
    ("{ blur_pool = \"u\", kernel = 3, stride = 2 }", ""),
    ("{ blur_pool = \"u\", kernel = 4, stride = 1 }", ""),
    ("{ mean = \"u\", axis = \"height\" }", ""),
    ("{ mean = \"u\", axis = \"width\" }", ""),
    ("{ mean_deviation = \"u\", axis = \"height\" }", ""),
    ("{ mean_deviation = \"u\", axis = \"width\" }", ""),
    (
        "{ space_to_depth = \"u\", block = 2, order = \"by channel\" }",
        "",
    ),
    (
        "{ space_to_depth = \"u\", block = 2, order = \"by pixel\" }",
        "",
    ),
    ("{ pixel_shuffle = \"u\", block = 2 }", ""),
    ("{ constant_pad = \"u\", padding = [1, 2] }", ""),
    (
        "{ pad_shortcut = \"u\", out = 29, stride = [2, 1], zeros = \"both ends\" }",
        "",
    ),
    (
        "{ split_attention = \"u\", out = 24, reduced = 6, radix = 1, stride = 1 }",
        "",
    ),
    (
        "{ split_attention = \"u\", out = 24, reduced = 6, radix = 2, stride = 2 }",
        "",
    ),
    (
        "{ split_attention = \"u\", out = 24, reduced = 6, radix = 3, stride = 1 }",
        "",
    ),
    (
        "{ selective_kernel = \"u\", out = 24, reduced = 6, stride = 1 }",
        "",
    ),
    (
        "{ res2net = \"u\", norms = \"un\", scale = 3, stride = 1, first = 0 }",
        "",
    ),
];

#[test]
fn each_unit_alone_has_the_gradients_that_differences_show() {
    let mut found = Found::default();
    for (unit, rest) in UNITS {
        for (turn, size) in [[6, 6], [8, 4], [4, 10]].into_iter().enumerate() {
            let [height, width] = size;
            let text = format!(
                "input = [3, {height}, {width}]\nclasses = 5\nblock = \"basic\"\nblocks = [1]\nwidths = [6]\nstrides = [1]\n{}\n[stem]\nlayers = [{{ conv = \"c\", kernel = 1, out = 24 }}, {unit}, {{ conv = \"d\", kernel = 1, out = 6 }}]\n[head]\nlayers = [{{ global_avg_pool = \"p\" }}, {{ flatten = \"f\" }}, {{ linear = \"fc\", out = \"classes\" }}]\n{}\n",
                if rest.starts_with('[') { "" } else { rest },
                if rest.starts_with('[') { rest } else { "" },
            );
            for mode in [Mode::Training, Mode::Inference] {
                let seed = 7 + turn as u64;
                let (problem, network) =
                    problem(seed, &text, mode).unwrap_or_else(|| panic!("no problem of {text}"));
                hold(&problem, &network, &mut Numbers(seed), &mut found, &text);
            }
        }
    }
    println!(
        "{} units, {} corners; largest differences:",
        UNITS.len(),
        found.corners
    );
    for (op, worst) in &found.worst {
        println!("{op:26} {:5} tensors {worst:.1e}", found.compared[op]);
    }
}
