//! Promise: gradients are autograd's, for every kind of layer, in both precisions and both modes, and agree with differences of
//! the loss; nothing without a derivative passes for one whose gradient is zero.

#![allow(
    clippy::print_stdout,
    reason = "`--nocapture` shows the largest difference of each network"
)]

mod common;
#[path = "gradient/differences.rs"]
mod differences;
#[path = "gradient/looked.rs"]
mod looked;
#[path = "gradient/quick.rs"]
mod quick;
#[path = "gradient/refused.rs"]
mod refused;
#[path = "gradient/shift.rs"]
mod shift;
#[allow(dead_code, reason = "numbers of which this promise needs a part")]
#[path = "compiled/spec.rs"]
mod spec;

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex};

use common::{shipped_rows, sizes, text, two_at_a_time};
use ndarray::{Array4, ArrayD};
use resnet_explore::engine::gradient::{Backward, Batch, Gradients, Options};
use resnet_explore::engine::kernels::Real;
use resnet_explore::engine::{LayerWeights, LoadedWeights, Mode};
use resnet_explore::lower::{Overrides, open};
use resnet_explore::network::{Network, Table};
use resnet_explore::weights::{Fingerprint, Synthetic, synthetic_input};
use serde_json::Value;

/// A part of a network's largest rms below which a gradient counts as zero.
const FLOOR: f64 = 1e-6;

/// Passes an ulp beside the right input, at most.
const TURNS: u64 = 6;

struct Case {
    backward: Backward,
    weights: Arc<LoadedWeights>,
    input: Array4<f32>,
    labels: Vec<usize>,
}

impl Case {
    fn of(row: &Value) -> Self {
        let name = text(row, "model");
        let name = name.rsplit_once(':').map_or(name, |(_, name)| name);
        let input = sizes(row, "input");
        let overrides = Overrides {
            input_size: Some([input[2], input[3]]),
            ..Overrides::default()
        };
        let network = Arc::new(open(name, &overrides).expect("a shipped network").network);
        let seed = row["seed"].as_u64().expect("a seed");
        let mode = if row["train"] == true {
            Mode::Training
        } else {
            Mode::Inference
        };
        let shape: Vec<usize> = input.iter().map(|&n| n as usize).collect();
        let weights = LoadedWeights::load(&network, &Synthetic { seed }).expect("any weights");
        let backward = Backward::new(network, mode).expect("every layer has a derivative");
        Self {
            labels: (0..shape[0])
                .map(|image| image % backward.classes())
                .collect(),
            backward,
            weights,
            input: synthetic_input(seed, &shape)
                .into_dimensionality()
                .expect("maps"),
        }
    }

    fn gradients<T: Real>(&self, weights: &Table<LayerWeights<T>>) -> Gradients<T> {
        self.gradients_of(&self.input, weights)
    }

    /// In single precision, of an input that lies an ulp beside the right one.
    fn beside(&self, turn: u64) -> Gradients<f32> {
        let mut numbers = spec::Numbers(turn);
        let input = self.input.mapv(|x| {
            let ulp = if numbers.one_in(2) {
                f32::EPSILON
            } else {
                -f32::EPSILON
            };
            x * (1.0 + ulp)
        });
        self.gradients_of(&input, &self.weights.all())
    }

    fn gradients_of<T: Real>(
        &self,
        input: &Array4<f32>,
        weights: &Table<LayerWeights<T>>,
    ) -> Gradients<T> {
        let input = input.mapv(|x| T::rounded(x.into()));
        let batch = Batch {
            input: &input,
            is_prepared: true,
            labels: &self.labels,
        };
        let mut observer = |_, _| ControlFlow::Continue(());
        self.backward
            .run(weights, batch, Options::default(), &mut observer)
            .expect("a batch that fits")
    }

    fn network(&self) -> &Network {
        self.backward.network()
    }
}

/// Name of a layer in a table of errors.
fn family(network: &Network, parameter: &str) -> String {
    let layer = network.nodes().find(|(_, node)| {
        let own = node.layer.parameters();
        own.iter()
            .any(|own| node.path.parameter(own.name) == parameter)
    });
    let op = layer.map_or("input", |(_, node)| node.layer.op());
    op.to_owned()
}

/// The largest errors by kind of layer: of f64 and of f32, and PyTorch's of f32.
type Errors = BTreeMap<String, [f64; 3]>;

fn f64_of(row: &Value, key: &str) -> f64 {
    row[key].as_f64().expect("a number")
}

/// Compares a gradient in f64 with its golden fingerprint; the largest difference in parts of what is allowed and of its rms.
fn exact(found: &ArrayD<f64>, golden: &Value, largest: f64) -> (f64, f64) {
    let own: Fingerprint = serde_json::from_value(golden.clone()).expect("a fingerprint");
    assert_eq!(found.shape(), own.shape);
    let print = Fingerprint::of(found);
    let scale = own.rms.max(FLOOR * largest);
    let last = found.len() - 1;
    let values: Vec<f64> = found.iter().copied().collect();
    let moments = [
        (print.mean, own.mean),
        (print.rms, own.rms),
        (print.min, own.min),
        (print.max, own.max),
    ];
    let samples = own.samples.iter().enumerate().map(|(k, &sample)| {
        let sample = f64::from(sample);
        (values[k * last / 15], sample, 6e-8 * sample.abs())
    });
    let moments = moments.map(|(a, b)| (a, b, 0.0));
    let all = moments.into_iter().chain(samples);
    all.fold(
        (0.0, 0.0),
        |(part, error): (f64, f64), (ours, theirs, rounding)| {
            let apart = (ours - theirs).abs();
            assert!(apart.is_finite());
            let beyond = (apart - rounding).max(0.0) / scale;
            (
                part.max(apart / (1e-7 * scale + rounding)),
                error.max(beyond),
            )
        },
    )
}

/// The root mean square of the difference between single and double, as a part of the gradient's scale.
fn single_error(single: &ArrayD<f32>, double: &ArrayD<f64>, largest: f64) -> f64 {
    let count = double.len() as f64;
    let apart = single
        .iter()
        .zip(double)
        .map(|(&a, &b)| (f64::from(a) - b).powi(2));
    let rms = (double.iter().map(|x| x * x).sum::<f64>() / count).sqrt();
    (apart.sum::<f64>() / count).sqrt() / rms.max(FLOOR * largest)
}

#[test]
fn every_gradient_is_autograds() {
    let rows = shipped_rows("gradients.jsonl.gz", "model");
    assert!(rows.len() >= 22);
    let wrong = Mutex::new(Vec::new());
    let errors = Mutex::new(Errors::new());
    two_at_a_time(rows.len(), |number| {
        let row = &rows[number];
        let name = text(row, "model");
        let case = Case::of(row);
        let mut weights = case.weights.all::<f64>();
        let double = case.gradients(&weights);
        let single = case.gradients(&case.weights.all::<f32>());
        let loss = f64_of(row, "loss");
        let mut faults = Vec::new();
        if (double.loss - loss).abs() > 1e-9 * loss {
            faults.push(format!(
                "{name}: the loss is {} and not {loss}",
                double.loss
            ));
        }
        let golden = row["parameters"].as_object().expect("a table");
        let largest = golden
            .values()
            .map(|row| f64_of(row, "rms"))
            .fold(0.0, f64::max);
        let mut pairs = vec![(
            "input".to_owned(),
            double.input.clone().expect("wanted"),
            single.input.clone().expect("wanted"),
            &row["input_gradient"],
        )];
        let singles: BTreeMap<_, _> = single.named(case.network()).collect();
        for (parameter, own) in double.named(case.network()) {
            let single = singles[&parameter].clone();
            let golden = &golden[&parameter];
            pairs.push((parameter, own.clone(), single, golden));
        }
        assert_eq!(
            pairs.len(),
            golden.len() + 1,
            "{name}: a gradient for each parameter"
        );
        let (mut most, mut ours, mut theirs) = (0.0_f64, 0.0_f64, 0.0_f64);
        let mut beyond = Vec::new();
        for (parameter, double, single, golden) in pairs {
            let (part, error) = exact(&double, golden, largest);
            if part > 1.0 {
                faults.push(format!("{name}, {parameter}: f64 {error:.1e} off"));
            }
            let own = single_error(&single, &double, largest);
            let pytorchs = f64_of(golden, "f32");
            if own > 10.0 * pytorchs {
                beyond.push((parameter.clone(), double, own, pytorchs));
            }
            (most, ours, theirs) = (most.max(error), ours.max(own), theirs.max(pytorchs));
            let mut errors = errors.lock().expect("no panic");
            let of = errors
                .entry(family(case.network(), &parameter))
                .or_default();
            *of = [of[0].max(error), of[1].max(own), of[2].max(pytorchs)];
        }
        // A value next to a ReLU's corner falls to its other side in one pass and not in the next: such a pass may be as far off
        // as PyTorch's worst, and one an ulp beside it has to be right for each tensor.
        for turn in 1..=TURNS {
            if beyond.is_empty() {
                break;
            }
            let single = case.beside(turn);
            let singles: BTreeMap<_, _> = single.named(case.network()).collect();
            beyond.retain(|(parameter, double, own, pytorchs)| {
                let other = match singles.get(parameter) {
                    Some(single) => single_error(single, double, largest),
                    None => single_error(single.input.as_ref().expect("wanted"), double, largest),
                };
                *own > 10.0 * theirs || other > 10.0 * pytorchs
            });
        }
        faults.extend(beyond.into_iter().map(|(parameter, _, own, pytorchs)| {
            format!("{name}, {parameter}: f32 {own:.1e} off, PyTorch's {pytorchs:.1e}")
        }));
        if let Some(step) = row["step"].as_f64() {
            double.descend(&mut weights, step);
            let after = case.gradients(&weights).loss;
            let golden = f64_of(row, "loss_after");
            if (after - golden).abs() > 1e-7 * golden {
                faults.push(format!(
                    "{name}: after a step the loss is {after}, not {golden}"
                ));
            }
        }
        println!("{name:32} f64 {most:.1e}  f32 {ours:.1e}  PyTorch's f32 {theirs:.1e}");
        wrong.lock().expect("no panic").extend(faults);
    });
    for (family, [double, single, theirs]) in errors.into_inner().expect("no panic") {
        println!("{family:26} f64 {double:.1e}  f32 {single:.1e}  PyTorch's f32 {theirs:.1e}");
    }
    let wrong = wrong.into_inner().expect("no panic");
    assert!(wrong.is_empty(), "{wrong:#?}");
}
