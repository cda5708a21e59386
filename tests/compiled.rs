//! Promise: the compiled pass puts out what PyTorch does, for every network and on every kind of kernel.

#![allow(
    clippy::print_stdout,
    reason = "`--nocapture` shows the largest difference of each network"
)]

mod common;

use std::sync::Arc;

use common::{shipped_rows, sizes, text};
use ndarray::Array4;
use resnet_explore::engine::{Compiled, Input, LoadedWeights, Mode, Options, Precision};
use resnet_explore::lower::{Model, Overrides, open};
use resnet_explore::weights::{Fingerprint, Synthetic, synthetic_input};
use serde_json::Value;

fn model(row: &Value) -> Model {
    let name = text(row, "model");
    let name = name.rsplit_once(':').map_or(name, |(_, name)| name);
    let input = sizes(row, "input");
    let overrides = Overrides {
        input_size: Some([input[2], input[3]]),
        ..Overrides::default()
    };
    open(name, &overrides).expect("a shipped network")
}

/// The largest difference from PyTorch's pass in f64, as a part of the output's rms.
fn difference(row: &Value, model: &Model, options: Options) -> f64 {
    let seed = row["seed"].as_u64().expect("a seed");
    let weights = LoadedWeights::load(&model.network, &Synthetic { seed }).expect("weights");
    let input = sizes(row, "input")
        .into_iter()
        .map(|n| n as usize)
        .collect::<Vec<_>>();
    let input: Array4<f32> = synthetic_input(seed, &input)
        .into_dimensionality()
        .expect("a batch of maps");
    let options = Options {
        batch: input.dim().0,
        ..options
    };
    let mut compiled = Compiled::new(Arc::new(model.network.clone()), &*weights, options)
        .expect("a legal network");
    let output = compiled
        .run(&Input::Prepared(input))
        .expect("an input that fits");
    let golden: Fingerprint = serde_json::from_value(row["output"].clone()).expect("a fingerprint");
    Fingerprint::of(&output).worst_difference(&golden)
}

#[test]
fn every_network_puts_out_what_pytorch_does() {
    let mut wrong = Vec::new();
    for row in shipped_rows("golden.jsonl.gz", "model") {
        let model = model(&row);
        let tolerance = match Precision::of(&model.network, Mode::Inference) {
            Precision::Single => 2e-5,
            Precision::Double => 3e-4,
        };
        let found = difference(&row, &model, Options::default());
        println!(
            "{:32} {:?} {found:.1e}",
            text(&row, "model"),
            sizes(&row, "input")
        );
        if found > tolerance || found.is_nan() {
            wrong.push(format!("{}: {found:e}", text(&row, "model")));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
