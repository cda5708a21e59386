//! Promise: the compiled pass outputs what PyTorch does, for every network and on every kind of kernel, and so does each of
//! its layers.

#![allow(
    clippy::print_stdout,
    reason = "`--nocapture` shows the largest difference of each network"
)]

#[path = "compiled/bf16.rs"]
mod bf16;
mod common;
#[path = "compiled/generated.rs"]
mod generated;
#[path = "compiled/nan.rs"]
mod nan;
#[path = "compiled/order.rs"]
mod order;
#[path = "compiled/planar.rs"]
mod planar;
#[path = "compiled/random.rs"]
mod random;
#[path = "compiled/ranks.rs"]
mod ranks;
#[path = "compiled/spec.rs"]
mod spec;
#[path = "compiled/together.rs"]
mod together;

use std::ops::ControlFlow;
use std::sync::{Arc, Mutex};

use common::{shipped_rows, sizes, text, two_at_a_time};
use ndarray::Array4;
use resnet_explore::engine::compiled::LayerSource;
use resnet_explore::engine::{
    Compiled, Input, Isa, Keep, LoadedWeights, Mode, Options, Precision, Session,
};
use resnet_explore::lower::{Model, Overrides, open};
use resnet_explore::network::{Layer, Norm};
use resnet_explore::weights::{Fingerprint, Synthetic, WeightSource, synthetic_input};
use serde_json::Value;

fn sized(name: &str, size: [u64; 2]) -> Model {
    let overrides = Overrides {
        input_size: Some(size),
        ..Overrides::default()
    };
    open(name, &overrides).expect("a shipped network")
}

fn model(row: &Value) -> Model {
    let name = text(row, "model");
    let name = name.rsplit_once(':').map_or(name, |(_, name)| name);
    let input = sizes(row, "input");
    sized(name, [input[2], input[3]])
}

fn batch(seed: u64, input: &[u64]) -> Array4<f32> {
    let input: Vec<usize> = input.iter().map(|&n| n as usize).collect();
    synthetic_input(seed, &input)
        .into_dimensionality()
        .expect("a batch of maps")
}

/// Largest difference from PyTorch's pass in f64, relative to the output's rms.
fn difference(row: &Value, model: &Model, options: Options) -> f64 {
    let seed = row["seed"].as_u64().expect("a seed");
    let input = batch(seed, &sizes(row, "input"));
    let options = Options {
        batch: input.dim().0,
        ..options
    };
    let source = &Synthetic { seed } as &dyn WeightSource;
    let weights: &dyn LayerSource = &source;
    let network = Arc::new(model.network.clone());
    let mut compiled = Compiled::new(network, weights, options).expect("a legal network");
    let output = compiled
        .run(&Input::Prepared(input))
        .expect("an input that fits");
    let golden: Fingerprint = serde_json::from_value(row["output"].clone()).expect("a fingerprint");
    Fingerprint::of(&output).worst_difference(&golden)
}

fn tolerance(model: &Model) -> f64 {
    match Precision::of(&model.network, Mode::Inference) {
        Precision::Single => 2e-5,
        Precision::Double => 1e-4,
    }
}

#[test]
fn every_network_puts_out_what_pytorch_does() {
    let rows = shipped_rows("golden.jsonl.gz", "model");
    let wrong = Mutex::new(Vec::new());
    two_at_a_time(rows.len(), |number| {
        let row = &rows[number];
        let model = model(row);
        let options = Options {
            threads: Some(1 + number % 2),
            isa: chosen(),
            ..Options::default()
        };
        let found = difference(row, &model, options);
        let name = text(row, "model");
        println!("{name:32} {:?} {found:.1e}", sizes(row, "input"));
        if found > tolerance(&model) || found.is_nan() {
            wrong
                .lock()
                .expect("no panic")
                .push(format!("{name}: {found:e}"));
        }
    });
    let wrong = wrong.into_inner().expect("no panic");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_network_of_each_family_is_pytorchs_on_every_kind_of_kernel() {
    let families = [
        "plain8_digits",
        "plain20_cifar",
        "kuangliu_resnet18",
        "iresnet18",
        "fixup_resnet18",
        "resnet18_ibn_a",
        "resnet18_ibn_b",
        "pyramidnet110_a48",
        "speaker_resnet18",
        "keras_resnet50v2",
        "regnetx_002",
        "regnety_002",
        "resnet50_clip_gap",
        "nf_resnet26",
        "nf_ecaresnet50",
        "tresnet_m",
        "darknet53",
        "darknetaa53",
        "cspresnet50",
    ];
    let mut rows = shipped_rows("golden.jsonl.gz", "model");
    rows.retain(|row| {
        let name = text(row, "model");
        families
            .iter()
            .any(|own| name.split_once(':').is_some_and(|(_, name)| name == *own))
    });
    assert_eq!(rows.len(), families.len());
    let isas: Vec<Isa> = Isa::ALL
        .into_iter()
        .filter(|isa| isa.is_available())
        .collect();
    two_at_a_time(rows.len(), |number| {
        let row = &rows[number];
        let model = model(row);
        for &isa in &isas {
            let options = Options {
                threads: Some(1),
                isa,
                ..Options::default()
            };
            let found = difference(row, &model, options);
            println!("{:32} {isa:8} {found:.1e}", text(row, "model"));
            assert!(
                found <= tolerance(&model),
                "{} {isa}: {found:e}",
                text(row, "model")
            );
        }
    });
}

/// The best kernels, or those named by `RESNET_EXPLORE_KERNEL`, which fill the table of errors by kernel.
fn chosen() -> Isa {
    std::env::var("RESNET_EXPLORE_KERNEL")
        .ok()
        .map_or_else(Isa::best, |name| Isa::parse(&name).expect("a kernel"))
}

/// A network of each family, at a size that leaves odd remainders, on every kind of kernel, with one thread and more.
#[test]
fn every_layer_is_what_the_plain_kernels_make_it() {
    let names = [
        "resnet20_fashion",
        "resnet10t",
        "resnet26d",
        "seresnext26d_32x4d",
        "resnest14d",
        "skresnet18",
        "res2next50",
        "ecaresnet26t",
        "resnetblur18",
        "resnetv2_18",
        "resnet50_gn",
        "resnetv2_50d_evos",
        "wrn_16_8",
        "resnet20_cifar",
    ];
    let isas: Vec<Isa> = Isa::ALL
        .into_iter()
        .filter(|isa| isa.is_available())
        .collect();
    two_at_a_time(names.len(), |number| {
        let size = [40 + 3 * (number as u64 % 4), 45];
        let model = sized(names[number], size);
        let network = Arc::new(model.network.clone());
        let weights = LoadedWeights::load(&network, &Synthetic { seed: 5 }).expect("weights");
        let channels = match model.network.nodes().next().map(|(_, node)| &node.layer) {
            Some(Layer::Input { channels, .. }) => *channels,
            _ => 3,
        };
        let input = batch(5, &[2, channels, size[0], size[1]]);
        // Pixels, so preprocessing is tested too.
        let input = Input::Pixels(input.mapv(|x| (x + 2.0) * 63.0));
        let mut session = Session::new(
            Arc::clone(&network),
            Arc::clone(&weights),
            input.clone(),
            Mode::Inference,
            Keep::Everything,
        )
        .expect("a legal network");
        let _ = session.run_all(&mut |_, _| ControlFlow::Continue(()));
        let by_image = network
            .nodes()
            .any(|(_, node)| matches!(node.layer, Layer::Norm(Norm::Group(_) | Norm::EvoS0(_))));
        for (turn, &isa) in isas.iter().enumerate() {
            let options = Options {
                batch: 2,
                threads: Some(1 + (turn + number) % 3),
                isa,
                winograd: true,
                each_layer: true,
                ..Options::default()
            };
            let mut compiled =
                Compiled::new(Arc::clone(&network), &*weights, options).expect("a legal network");
            let mut seen = Vec::new();
            let mut largest = [0.0_f64; 2];
            let watched = compiled.watch(&input, &mut |id, value| {
                seen.push(id);
                let plain = session.value(id).expect("it ran");
                assert_eq!(value.shape(), plain.shape());
                // The rms of the error, and the largest single error of all layers.
                let squares: f64 = plain.iter().map(|&x| f64::from(x).powi(2)).sum();
                let scale = squares.sqrt().max(1e-6);
                let apart = value.iter().zip(plain).map(|(a, b)| f64::from(a - b));
                let error = apart.clone().map(|x| x * x).sum::<f64>().sqrt() / scale;
                let worst = apart.map(f64::abs).fold(0.0, f64::max) / scale;
                let worst = worst * (plain.len() as f64).sqrt();
                // A normalisation over an image amplifies earlier errors, in the plain kernels as well.
                let bounds = if by_image { [1e-5, 5e-5] } else { [4e-6, 2e-5] };
                largest = [largest[0].max(error), largest[1].max(worst)];
                assert!(
                    error <= bounds[0] && worst <= bounds[1],
                    "{} {isa}: {} is {error:e} away, a number of it {worst:e}",
                    names[number],
                    network[id].path
                );
                ControlFlow::Continue(())
            });
            assert_eq!(watched, Ok(ControlFlow::Continue(())));
            let all: Vec<_> = network.ids().collect();
            assert_eq!(seen, all, "{}: each layer, in order", names[number]);
            let [error, worst] = largest;
            println!(
                "{:24} {isa:8} error {error:.1e} worst {worst:.1e}",
                names[number]
            );
        }
    });
}
