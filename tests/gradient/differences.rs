//! Gradients against central differences of the loss, over random networks of every unit, and for each unit alone.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use ndarray::{Array4, ArrayD, Ix4};
use resnet_explore::engine::gradient::{Backward, Batch, Gradients, Options, Probe};
use resnet_explore::engine::kernels::backward::loss::cross_entropy;
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
        let weights = self.moved((layer, tensor), along, step);
        self.gradients(&weights, &self.input).loss
    }

    fn moved(
        &self,
        (layer, tensor): (LayerId, usize),
        along: &ArrayD<f64>,
        step: f64,
    ) -> Table<LayerWeights<f64>> {
        let mut weights = self.weights.clone();
        let own = &mut weights[layer];
        own.tensors_mut()[tensor].zip_mut_with(along, |w, &d| *w += step * d);
        weights
    }

    /// Outputs of layers, and the gradients of the loss by them, without dropout.
    fn outputs(
        &self,
        by: &[LayerId],
        weights: &Table<LayerWeights<f64>>,
    ) -> BTreeMap<LayerId, (ArrayD<f64>, ArrayD<f64>)> {
        let of = self.backward.network().sink().expect("a loss");
        let gradient = |logits: &ArrayD<f64>| {
            let logits = logits.view().into_dimensionality().expect("vectors");
            cross_entropy(logits, &self.labels, self.options.smoothing)
                .1
                .into_dyn()
        };
        let mut observer = |_, _| ControlFlow::Continue(());
        let input = (&self.input, true);
        let probe = Probe { of, by };
        let probed = self
            .backward
            .probe(weights, input, probe, gradient, &mut observer);
        probed.expect("an input that fits").by
    }
}

/// Results of the comparisons: largest differences, in parts of what the network's gradients are along such directions, and how many
/// directions were at a corner of a ReLU or a maximum, or lost to rounding.
#[derive(Default)]
struct Found {
    worst: BTreeMap<&'static str, f64>,
    compared: BTreeMap<&'static str, u64>,
    corners: u64,
    extrapolated: u64,
    lost: u64,
}

/// Largest distance of a difference from the gradient, in parts of it.
const TOLERANCE: f64 = 2e-6;

/// Largest error of an extrapolated slope that still decides anything, in parts of the gradient.
const DECIDES: f64 = 1e-4;

/// Largest error of one that still shows a gradient that is another one altogether.
const SHOWS: f64 = 1e-2;

/// Gradients that are this small count as 0.
const NOTHING: f64 = 1e-9;

/// A gradient: its operator, its layer and tensor, and its values.
type Gradient<'a> = (&'static str, Option<(LayerId, usize)>, &'a ArrayD<f64>);

/// A line through the parameters, along which the loss is looked at.
struct Line<'a> {
    problem: &'a Problem,
    place: Option<(LayerId, usize)>,
    along: ArrayD<f64>,
    /// Size of the gradient that differences are measured in.
    scale: f64,
}

/// Outcome of one comparison.
#[derive(Debug)]
enum Verdict {
    /// The slope is the gradient's, so far from it, in parts of the scale.
    Agrees { off: f64, is_extrapolated: bool },
    /// The loss has a corner here, and the gradient is that of one side.
    Corner,
    /// The gradient is a sum of terms so much larger that rounding leaves no more of it, as of normalisations in a row over nearly equal
    /// values; or rounding of the loss leaves a hundredth of it in doubt.
    Lost,
    /// The slope is another one.
    Wrong(String),
}

impl Line<'_> {
    fn loss(&self, step: f64) -> f64 {
        self.problem.loss(self.place, &self.along, step)
    }

    fn difference(&self, step: f64) -> f64 {
        (self.loss(step) - self.loss(-step)) / (2.0 * step)
    }

    /// A step, smaller where the gradient is so large that the loss is another one at once.
    fn local(&self, step: f64) -> f64 {
        step / self.scale.max(1.0)
    }

    /// Rounding of the loss, from a table of differences over steps so small that a smooth function's third and fourth differences
    /// are nothing beside it (Moré and Wild 2011), and from passes whose numbers are an ulp beside the right ones, as steps may be so
    /// small that they change no value; at least that of its last operation.
    fn rounding(&self) -> f64 {
        let mut row: Vec<f64> = (-4..=4_i8)
            .map(|at| self.loss(self.local(1e-8) * f64::from(at)))
            .collect();
        let here = row[4];
        let beside = self.beside().map(|found| (found.loss - here).abs());
        let mut largest = beside.fold(f64::EPSILON * here.abs().max(1.0), f64::max);
        // The variance of a k-th difference is (2k)!/(k!)² times that of a value.
        for spread in [2.0, 6.0, 20.0, 70.0_f64] {
            row = row.windows(2).map(|two| two[1] - two[0]).collect();
            if spread >= 20.0 {
                let squares: f64 = row.iter().map(|x| x * x).sum();
                largest = largest.max((squares / row.len() as f64 / spread).sqrt());
            }
        }
        largest
    }

    /// The slope by Richardson's extrapolation of central differences, or of those to one side, and its error: where the truncation is
    /// gone, neighbours in the table agree, and what rounding adds to a difference is the loss's own by the step. None where no step
    /// decides anything.
    fn extrapolated(&self, rounding: f64, side: Option<f64>) -> Option<[f64; 2]> {
        let mut best: Option<[f64; 2]> = None;
        let mut first = self.local(0.1);
        let here = self.loss(0.0);
        let difference = |step: f64| match side {
            None => self.difference(step),
            Some(sign) => (self.loss(sign * step) - here) / (sign * step),
        };
        // Powers of the step that a difference leaves out, and how much farther apart its two losses are.
        let (power, span) = side.map_or((2, 2.0), |_| (1, 1.0));
        // Four times the deviation of a difference.
        let rounded = |step: f64| 4.0 * rounding * std::f64::consts::SQRT_2 / (span * step);
        while rounded(first) < SHOWS * self.scale {
            let mut above: Vec<f64> = Vec::new();
            for halvings in 0..4 {
                let step = first / f64::from(1 << halvings);
                let mut row = vec![difference(step)];
                for (column, higher) in above.iter().enumerate() {
                    let factor = f64::from(1 << (power * (column + 1))) - 1.0;
                    row.push(row[column] + (row[column] - higher) / factor);
                }
                for (column, higher) in above.iter().enumerate() {
                    // A difference, against that of twice the step, and what is extrapolated from both, which doubles the rounding at most.
                    let apart = (row[column] - higher).abs();
                    let plain = [row[column], apart + rounded(step)];
                    let more = (row[column + 1] - row[column]).abs();
                    let further = [row[column + 1], apart.max(more) + 2.0 * rounded(step)];
                    for own in [plain, further] {
                        if best.is_none_or(|[_, least]| own[1] < least) {
                            best = Some(own);
                        }
                    }
                }
                above = row;
            }
            first /= 4.0;
        }
        best.filter(|[_, error]| *error < SHOWS * self.scale)
    }

    /// Passes whose weights and input are each an ulp beside the right ones.
    fn beside(&self) -> impl Iterator<Item = Gradients<f64>> {
        (1..=4).map(|turn| {
            let mut numbers = Numbers(turn);
            let mut beside = |x: f64| {
                let up = numbers.one_in(2);
                x * (1.0 + if up { f64::EPSILON } else { -f64::EPSILON })
            };
            let mut weights = self.problem.weights.clone();
            for id in self.problem.backward.network().ids() {
                for mut tensor in weights[id].tensors_mut() {
                    tensor.mapv_inplace(&mut beside);
                }
            }
            self.problem
                .gradients(&weights, &self.problem.input.mapv(beside))
        })
    }

    /// Rounding of the gradient along this line: how far from it passes are whose numbers are an ulp beside the right ones, and an
    /// ulp of each of the terms that the slope is the sum of. These are, for each value that the layer outputs, its gradient times what
    /// the value changes by.
    fn own_rounding(&self) -> f64 {
        let slope = |found: Gradients<f64>| {
            let own = match self.place {
                None => found.input.as_ref().expect("wanted"),
                Some((layer, tensor)) => &found.layers[layer][tensor],
            };
            own.iter().zip(&self.along).map(|(g, d)| g * d).sum::<f64>()
        };
        let problem = self.problem;
        let here = slope(problem.gradients(&problem.weights, &problem.input));
        let apart = self.beside().map(|found| (slope(found) - here).abs());
        let terms = self.place.map_or(0.0, |place| {
            let step = 1e-3;
            let weights = self.problem.moved(place, &self.along, step);
            let output = |weights| self.problem.outputs(&[place.0], weights).remove(&place.0);
            let (here, gradient) = output(&self.problem.weights).expect("the loss depends on it");
            let (there, _) = output(&weights).expect("the loss depends on it");
            let terms = (there - here) / step * gradient;
            terms.iter().map(|term| term.abs()).sum()
        });
        apart.fold(f64::EPSILON * terms, f64::max)
    }

    /// Whether a slope is the loss's along this line.
    fn judge(&self, slope: f64) -> Verdict {
        let mut off = f64::INFINITY;
        let steps = [1e-4, 1e-5, 3e-6, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-11];
        // Smaller ones than 1e-7 where an ulp of the loss is nothing to the difference: the gradient is large, or a corner near.
        let ulp = f64::EPSILON * self.loss(0.0).abs().max(1.0);
        let is_seen = |step: f64| step >= 1e-7 || ulp / step < TOLERANCE / 2.0 * self.scale;
        for step in steps.into_iter().filter(|&step| is_seen(step)) {
            off = off.min((self.difference(step) - slope).abs() / self.scale);
            if off < TOLERANCE / 20.0 {
                break;
            }
        }
        if off <= TOLERANCE {
            return Verdict::Agrees {
                off,
                is_extrapolated: false,
            };
        }
        // Where gradients are tiny, only large steps change the loss by more than its rounding, and they leave out more.
        let rounding = self.rounding();
        let is_near =
            |[found, error]: [f64; 2]| (found - slope).abs() <= TOLERANCE * self.scale + error;
        let decides = |[_, error]: [f64; 2]| error < DECIDES * self.scale;
        let extrapolated = self.extrapolated(rounding, None);
        if let Some(found) = extrapolated {
            let apart = (found[0] - slope).abs();
            if is_near(found) && decides(found) {
                return Verdict::Agrees {
                    off: apart / self.scale,
                    is_extrapolated: true,
                };
            }
            if is_near(found) || apart <= 4.0 * self.own_rounding() {
                return Verdict::Lost;
            }
        }
        // Rounding of the loss, as of normalisations in a row over equal values, hides it at steps that pass no corner; or all gradients
        // of the network are nothing, as of a sigmoid that is saturated, and no step shows another one.
        let is_hidden = rounding / self.local(1e-4) > SHOWS * self.scale;
        let is_nothing = extrapolated.is_none() && self.scale <= NOTHING && off <= SHOWS;
        if is_hidden || is_nothing {
            return Verdict::Lost;
        }
        // At a corner of a ReLU or a maximum, or so near one that no step fits between, the gradient is that of one side.
        let sides = [1.0, -1.0].map(|sign| self.extrapolated(rounding, Some(sign)));
        if sides
            .into_iter()
            .flatten()
            .any(|side| is_near(side) && decides(side))
        {
            return Verdict::Corner;
        }
        Verdict::Wrong(format!(
            "the gradient is {slope:e}, the slope and its error {extrapolated:?}, those of the sides {sides:?}, the scale {:e}",
            self.scale
        ))
    }
}

/// Calls `each` with every gradient of a problem along a direction of signs, so that every number of the tensor has its part.
fn each_line(
    problem: &Problem,
    network: &Network,
    numbers: &mut Numbers,
    mut each: impl FnMut(&'static str, &Line<'_>, f64),
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
        let along = own.mapv(|_| if numbers.one_in(2) { 1.0 } else { -1.0 });
        let slope: f64 = own.iter().zip(&along).map(|(g, d)| g * d).sum();
        let line = Line {
            problem,
            place,
            along,
            scale: size(own).max(1e-4 * largest).max(NOTHING),
        };
        each(op, &line, slope);
    }
}

fn hold(
    problem: &Problem,
    network: &Network,
    numbers: &mut Numbers,
    found: &mut Found,
    text: &str,
) {
    each_line(problem, network, numbers, |op, line, slope| {
        match line.judge(slope) {
            Verdict::Agrees {
                off,
                is_extrapolated,
            } => {
                let worst = found.worst.entry(op).or_default();
                *worst = worst.max(off);
                *found.compared.entry(op).or_default() += 1;
                found.extrapolated += u64::from(is_extrapolated);
            }
            Verdict::Corner => found.corners += 1,
            Verdict::Lost => found.lost += 1,
            Verdict::Wrong(reason) => panic!("{op} at {:?}: {reason}\n{text}", line.place),
        }
    });
}

/// A problem of a spec; none where the network is not legal, large, its statistics are of one value, or a value is not finite.
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
    let ids: Vec<LayerId> = network.ids().collect();
    let outputs = problem.outputs(&ids, &problem.weights);
    // The maximum of a window that lies in the padding is −∞.
    let mut values = outputs.values().flat_map(|(output, _)| output);
    values
        .all(|value| value.is_finite())
        .then_some((problem, network))
}

/// The problem of a random network, with its spec; every other seed's in training mode.
fn random(seed: u64) -> Option<(Problem, Arc<Network>, String)> {
    let text = Spec::random(&mut Numbers(seed));
    let mode = if seed.is_multiple_of(2) {
        Mode::Training
    } else {
        Mode::Inference
    };
    let (problem, network) = problem(seed, &text, mode)?;
    Some((problem, network, text))
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
        let Some((problem, network, text)) = random(seed) else {
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
        "{done} networks, {} corners, {} extrapolated, {} lost to rounding; largest differences:",
        found.corners, found.extrapolated, found.lost
    );
    for (op, worst) in &found.worst {
        println!("{op:26} {:5} tensors {worst:.1e}", found.compared[op]);
    }
    println!("layers on the way: {ops:?}");
    // Of a few networks for one to look at, some are more.
    let compared = found.compared.values().sum::<u64>().max(1000);
    assert!(
        found.corners * 20 <= compared && found.lost * 100 <= compared,
        "{} corners, {} lost of {compared}",
        found.corners,
        found.lost
    );
}

/// A gradient that is wrong by a thousandth is refused: of a few tensors of each network, and of those that are judged in another way.
/// Seed 654 has gradients of 10⁻⁶, seed 100097 has some of 10⁶, and seed 1928 has a corner so near that no step fits between.
/// Seed 10046 has dropout after joined maps.
///
/// Not judged so finely is a gradient whose terms are more than 10⁹ times as large as their sum, as of a bias before normalisations of
/// one pixel of two equal images, where they cancel but for what a shortcut adds (seed 1068); and one so tiny, beside how soon the loss
/// bends, that rounding of the loss leaves it in doubt (seed 101795). They have to be refused where they are twice as large, and the
/// others of their networks where they are wrong by a thousandth. The test of random networks counts them, and fails if they are more
/// than one in a hundred.
#[test]
fn a_gradient_that_is_wrong_by_a_thousandth_is_refused() {
    let mut refused: BTreeMap<&'static str, u64> = BTreeMap::new();
    let mut passed = Vec::new();
    for seed in (1..=12).chain([654, 1068, 1928, 10_046, 100_097, 101_795]) {
        let Some((problem, network, _)) = random(seed) else {
            continue;
        };
        let mut judged = 0;
        each_line(
            &problem,
            &network,
            &mut Numbers(!seed),
            |op, line, slope| {
                let is_wanted = match seed {
                    654 => line.scale < 2e-6,
                    1068 | 101_795 => true,
                    1928 => (6e-5..7e-5).contains(&line.scale),
                    100_097 => line.scale > 1e6,
                    _ => judged < 2,
                };
                if !is_wanted {
                    return;
                }
                let is_along = slope.abs() >= line.scale / 2.0;
                let (way, wrong) = match line.judge(slope) {
                    Verdict::Corner => ("corner", slope + line.scale / 1000.0),
                    // Along a direction that the gradient hardly has, a part of it is nothing.
                    _ if !is_along => return,
                    Verdict::Lost => ("lost", 2.0 * slope),
                    Verdict::Agrees {
                        is_extrapolated, ..
                    } => {
                        let way = match is_extrapolated {
                            true => "extrapolated",
                            false if line.scale > 1e3 => "large",
                            false => "near",
                        };
                        (way, 1.001 * slope)
                    }
                    Verdict::Wrong(reason) => panic!("seed {seed}: {op}: {reason}"),
                };
                judged += 1;
                match line.judge(wrong) {
                    Verdict::Wrong(_) => *refused.entry(way).or_default() += 1,
                    verdict => passed.push(format!("seed {seed}: {op}: {way}: {verdict:?}")),
                }
            },
        );
    }
    println!("wrong gradients refused: {refused:?}");
    assert!(passed.is_empty(), "{passed:#?}");
    assert!(refused.len() == 5 && refused["near"] > 10, "{refused:?}");
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
