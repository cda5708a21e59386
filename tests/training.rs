//! Promise: training is PyTorch's, step by step; the same by its seed on any number of threads and over an interruption; and what
//! cannot be learned from is refused before it begins.

#![allow(
    clippy::print_stdout,
    reason = "`--nocapture` shows the largest difference of each network"
)]

#[path = "training/command.rs"]
mod command;
mod common;
#[path = "common/english.rs"]
mod english;
#[path = "training/measured.rs"]
mod measured;
#[path = "training/refused.rs"]
mod refused;
#[path = "training/data.rs"]
mod sets;
#[path = "training/side_by_side.rs"]
mod side_by_side;

use std::sync::Arc;

use common::data;
use ndarray::Array4;
use resnet_explore::engine::train::{Settings, parameters};
use resnet_explore::engine::{LoadedWeights, TrainError, Trainer};
use resnet_explore::lower::{Model, Overrides, open_text};
use resnet_explore::text::Language;
use resnet_explore::weights::{Dataset, Fingerprint, Initial, Scheme, Synthetic, WeightSource};
use serde_json::Value;

/// The network of CIFAR-10 of some depth, for digits.
pub(crate) fn spec(depth: u64) -> String {
    let blocks = (depth - 2) / 6;
    format!(
        "inherits = \"resnet20_cifar\"\nsummary = \"for digits\"\ninput = [1, 8, 8]\nlabels = [\"0\", \"1\", \"2\", \"3\", \"4\", \"5\", \"6\", \"7\", \"8\", \"9\"]\nblocks = [{blocks}, {blocks}, {blocks}]\n[preprocess]\nresize = 8\nmean = [0.3]\nstd = [1]\n"
    )
}

fn model(depth: u64) -> Model {
    open_text("digits.toml", &spec(depth), &Overrides::default())
}

/// The network of a row: another one of CIFAR-10 with so many blocks a stage, for digits.
fn model_of(row: &Value) -> Model {
    let blocks = row["blocks"].as_u64().expect("a number");
    let text = spec(6 * blocks + 2).replace("resnet20_cifar", common::text(row, "net"));
    open_text("digits.toml", &text, &Overrides::default())
}

/// A network that has seen nothing, and the batch that it sees at a step.
fn trainer(model: &Model, source: &dyn WeightSource, settings: Settings) -> Trainer {
    let network = Arc::new(model.network.clone());
    let weights = LoadedWeights::load(&network, source).expect("any weights");
    Trainer::new(&network, &weights, settings, |_| false).expect("it can learn")
}

fn batch(data: &Dataset, model: &Model, step: usize) -> (Array4<f32>, Vec<usize>) {
    let of: Vec<usize> = (0..64)
        .map(|image| (64 * step + image) * 17 % data.len())
        .collect();
    let steps = model.picture_steps().expect("it reads pictures");
    (
        data.pixels(&of, &steps).expect("pictures"),
        data.labels(&of),
    )
}

fn numbers(row: &Value, key: &str) -> Vec<f64> {
    let all = row[key].as_array().expect("a list").iter();
    all.map(|own| own.as_f64().expect("a number")).collect()
}

#[test]
fn the_losses_of_fifty_steps_are_pytorchs() {
    let text = std::fs::read_to_string(data("training.json")).expect("the fixture");
    let rows: Vec<Value> = serde_json::from_str(&text).expect("JSON");
    assert_eq!(rows.len(), 7);
    let digits = Dataset::digits().expect("in the binary");
    for row in rows {
        let number = |key: &str| row[key].as_f64().expect("a number");
        let model = model_of(&row);
        let settings = Settings {
            momentum: number("momentum") as f32,
            weight_decay: number("weight_decay") as f32,
            smoothing: number("smoothing"),
            seed: 0,
        };
        let mut trainer = trainer(&model, &Synthetic { seed: 7 }, settings);
        let (single, double) = (numbers(&row, "losses_f32"), numbers(&row, "losses_f64"));
        let apart = |own: &[f64]| {
            let both = own.iter().zip(&double).map(|(a, b)| (a - b).abs());
            both.fold(0.0, f64::max)
        };
        let mut losses = Vec::new();
        for step in 0..50 {
            let (pixels, labels) = batch(&digits, &model, step);
            let (seen, _) = trainer
                .step(&pixels, &labels, number("lr"))
                .expect("a loss");
            losses.push(seen.mean_loss());
        }
        let (ours, theirs) = (apart(&losses), number("gap"));
        assert!(apart(&single) <= theirs);
        let bound = 1e-3_f64.max(10.0 * theirs);
        println!(
            "{}, {} blocks a stage, lr {}: {ours:.1e} from f64, PyTorch's f32 {theirs:.1e}",
            row["net"], row["blocks"], row["lr"]
        );
        assert!(ours <= bound, "{ours:e} beyond {bound:e}");
        // Its remaining state, such as running statistics, is right if its losses are right to the end.
        let state = row["state_f64"].as_object().expect("a table");
        let mut compared = 0;
        for (name, own) in parameters(trainer.network(), trainer.weights()) {
            let Some(golden) = state.get(&name) else {
                continue;
            };
            let golden: Fingerprint =
                serde_json::from_value(golden.clone()).expect("a fingerprint");
            let off = Fingerprint::of(&own).worst_difference(&golden);
            compared += 1;
            assert!(off <= 1e-2_f64.max(100.0 * theirs), "{name}: {off:e}");
        }
        assert!(compared >= 15, "{compared} tensors");
    }
}

#[test]
fn a_loss_that_is_no_number_ends_it_with_step_and_layer() {
    let model = model(8);
    let digits = Dataset::digits().expect("in the binary");
    let initial = Initial::new(&model.network, Scheme::He, 1);
    let mut trainer = trainer(&model, &initial, Settings::default());
    let mut ended = None;
    for step in 0..20 {
        let (pixels, labels) = batch(&digits, &model, step);
        if let Err(error) = trainer.step(&pixels, &labels, 1e30) {
            ended = Some((step as u64 + 1, error));
            break;
        }
    }
    let (step, error) = ended.expect("it diverged");
    let TrainError::Diverged(message) = error else {
        panic!("{error}");
    };
    assert_eq!(trainer.steps() + 1, step);
    let notice = Language::ENGLISH.say(&message);
    assert!(
        notice.contains(&format!("step {step}")) && notice.contains("first layer"),
        "{notice}"
    );
}

#[test]
fn frozen_layers_keep_their_weights_and_statistics() {
    let model = model(8);
    let network = Arc::new(model.network.clone());
    let initial = Initial::new(&network, Scheme::Torch, 3);
    let weights = LoadedWeights::load(&network, &initial).expect("weights");
    let is_frozen = |id| {
        let module = &network[id].path.module;
        module.starts_with("layer1") || module == "conv1" || module == "bn1"
    };
    let settings = Settings::default();
    let mut trainer =
        Trainer::new(&network, &weights, settings, is_frozen).expect("the rest learns");
    let before: Vec<_> = (parameters(&network, trainer.weights()))
        .map(|(name, own)| (name, own.to_owned()))
        .collect();
    let digits = Dataset::digits().expect("in the binary");
    let (pixels, labels) = batch(&digits, &model, 0);
    for _ in 0..2 {
        trainer.step(&pixels, &labels, 0.1).expect("a loss");
    }
    for ((name, old), (_, new)) in before.iter().zip(parameters(&network, trainer.weights())) {
        let is_frozen =
            name.starts_with("layer1") || name.starts_with("conv1") || name.starts_with("bn1.");
        assert_eq!(old == new, is_frozen, "{name}");
    }
    let all = Trainer::new(&network, &weights, settings, |_| true);
    assert!(all.is_err(), "nothing is left to learn");
}
