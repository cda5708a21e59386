//! Promise: every layer of a forward pass has PyTorch's values, in inference and in training mode.
//!
//! The largest difference in the sixteen samples, mean, rms, minimum and maximum is at most 2e-5 of the tensor's rms.

#![allow(
    clippy::print_stdout,
    reason = "`--nocapture` shows the largest difference of each network"
)]

mod common;

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use common::{data, gunzip, rows, shipped_rows, sizes, text};
use ndarray::Array4;
use resnet_explore::engine::{
    Input, InputChoice, Keep, LoadedWeights, Mode, Session, WeightsChoice, top,
};
use resnet_explore::lower::{Model, Overrides, open};
use resnet_explore::network::{Layer, LayerPath, Norm};
use resnet_explore::weights::{Fingerprint, Synthetic, synthetic_input};
use serde_json::Value;

const TOLERANCE: f64 = 2e-5;

/// Tolerance for any layer. Group normalisation amplifies rounding: two passes in f32 and f64 may differ so much. timm
/// computes the root mean square of a filter response normalisation in f32 even in its f64 pass, and the layers after it
/// amplify that.
fn leaf_tolerance(model: &Model) -> f64 {
    let of = |layer: &Layer| match layer {
        Layer::Norm(Norm::FilterResponse { .. }) => 5e-5,
        Layer::Norm(Norm::Group(_)) => 3e-5,
        _ => TOLERANCE,
    };
    let layers = model.network.nodes().map(|(_, node)| of(&node.layer));
    layers.fold(TOLERANCE, f64::max)
}

/// Network of this catalogue for `torchvision:resnet50` or `resnet50`, at the input's size.
fn model(row: &Value) -> Model {
    let name = text(row, "model");
    let name = name.split_once(':').map_or(name, |(_, name)| name);
    let input = sizes(row, "input");
    let overrides = Overrides {
        input_size: Some([input[2], input[3]]),
        ..Overrides::default()
    };
    open(name, &overrides).expect("a shipped network")
}

fn synthetic(row: &Value, model: &Model) -> Session {
    let seed = row["seed"].as_u64().expect("a seed");
    let mode = if row["train"].as_bool() == Some(true) {
        Mode::Training
    } else {
        Mode::Inference
    };
    let network = Arc::new(model.network.clone());
    let weights = LoadedWeights::load(&network, &Synthetic { seed })
        .expect("synthetic weights have any name");
    let shape: Vec<usize> = sizes(row, "input")
        .into_iter()
        .map(|size| size as usize)
        .collect();
    let input = synthetic_input(seed, &shape)
        .into_dimensionality()
        .expect("a batch of maps");
    Session::new(network, weights, Input::Prepared(input), mode, Keep::Needed)
        .expect("the network is legal")
}

/// Fingerprint of every layer by its printed path, and that of the output.
fn fingerprints(session: &mut Session) -> (BTreeMap<String, Fingerprint>, Fingerprint) {
    let network = session.network().clone();
    let mut found = BTreeMap::new();
    let _ = session.run_all(&mut |id, value| {
        found.insert(network[id].path.to_string(), Fingerprint::of(value));
        ControlFlow::Continue(())
    });
    let output = Fingerprint::of(session.output().expect("the pass has ended"));
    (found, output)
}

fn golden(row: &Value) -> Fingerprint {
    serde_json::from_value(row.clone()).expect("a fingerprint")
}

/// Output of a leaf module of PyTorch, by this program's path for it.
///
/// timm's residual networks have a name for each activation of a block, while torchvision calls one module several times;
/// timm also has a `drop` without effect after each normalisation that contains its activation. The catalogue has one name
/// for both libraries.
fn leaf<'a>(
    found: &'a BTreeMap<String, Fingerprint>,
    module: &str,
    call: u32,
) -> Option<&'a Fingerprint> {
    let at = |module: &str, call| {
        let path = LayerPath {
            module: module.to_owned(),
            call,
        };
        found.get(&path.to_string())
    };
    let (parent, own) = module
        .rsplit_once('.')
        .map_or(("", module), |(parent, own)| (parent, own));
    let beside = |name: &str| {
        if parent.is_empty() {
            name.to_owned()
        } else {
            format!("{parent}.{name}")
        }
    };
    at(module, call).or_else(|| match own {
        "drop" => at(parent, call),
        "pool" if parent == "global_pool" => at("avgpool", call),
        "flatten" if parent == "global_pool" => at("flatten", call),
        _ => at(&beside("relu"), own.strip_prefix("act")?.parse().ok()?),
    })
}

/// The largest difference in the layers that PyTorch names, and their number.
fn worst_layer(row: &Value, found: &BTreeMap<String, Fingerprint>) -> (f64, String, usize) {
    let layers = row["layers"].as_array().expect("layers");
    let (mut worst, mut at) = (0.0, String::new());
    let mut before = None;
    for layer in layers {
        let (module, call) = (
            text(layer, "name"),
            layer["call"].as_u64().expect("a call") as u32,
        );
        // A module that drops nothing is no layer here: it outputs its input.
        let ours = leaf(found, module, call)
            .or_else(|| before.filter(|_| module.rsplit('.').next() == Some("drop")))
            .unwrap_or_else(|| panic!("{} has {module}#{call}", row["model"]));
        before = Some(ours);
        let mut golden = golden(layer);
        // The channels of a gate are a row or a vector in some modules, and a map of one pixel here.
        let sizes = |shape: &[usize]| -> Vec<usize> {
            shape.iter().copied().filter(|size| *size != 1).collect()
        };
        if sizes(&golden.shape) == sizes(&ours.shape) {
            golden.shape.clone_from(&ours.shape);
        }
        let difference = ours.worst_difference(&golden);
        if difference > worst {
            (worst, at) = (difference, format!("{module}#{call}"));
        }
    }
    (worst, at, layers.len())
}

#[test]
fn every_network_puts_out_what_pytorch_does() {
    let goldens = shipped_rows("golden.jsonl.gz", "model");
    assert!(
        goldens.len() > resnet_explore::spec::catalog::names().len(),
        "one for each network, and some at other sizes"
    );
    for row in goldens {
        let model = model(&row);
        let mut session = synthetic(&row, &model);
        let (_, output) = fingerprints(&mut session);
        let difference = output.worst_difference(&golden(&row["output"]));
        println!(
            "{:32} {:?} output {difference:.1e}",
            text(&row, "model"),
            sizes(&row, "input")
        );
        assert!(
            difference <= TOLERANCE,
            "{}: {difference:e}",
            text(&row, "model")
        );
    }
}

#[test]
fn every_layer_puts_out_what_pytorchs_does() {
    let families = shipped_rows("golden_layers_families.jsonl.gz", "model");
    for row in rows("golden_layers.jsonl.gz").into_iter().chain(families) {
        if row.get("seed").is_none_or(Value::is_null) {
            continue; // The trained network has a separate test.
        }
        let model = model(&row);
        let mut session = synthetic(&row, &model);
        let (found, output) = fingerprints(&mut session);
        let (worst, at, count) = worst_layer(&row, &found);
        println!(
            "{:32} {count:4} layers, worst {worst:.1e} at {at}",
            text(&row, "model")
        );
        let tolerance = leaf_tolerance(&model);
        assert!(
            worst <= tolerance,
            "{} {at}: {worst:e}",
            text(&row, "model")
        );
        assert!(output.worst_difference(&golden(&row["output"])) <= TOLERANCE);
    }
}

#[test]
fn training_mode_normalises_by_the_batch_and_moves_the_running_statistics() {
    for row in rows("golden_train.jsonl.gz") {
        let model = model(&row);
        let mut session = synthetic(&row, &model);
        let (found, _) = fingerprints(&mut session);
        let (worst, at, count) = worst_layer(&row, &found);
        println!(
            "{:32} {count:4} layers in training, worst {worst:.1e} at {at}",
            text(&row, "model")
        );
        assert!(
            worst <= TOLERANCE,
            "{} {at}: {worst:e}",
            text(&row, "model")
        );
        let wanted = row["running"].as_object().expect("running statistics");
        let mut compared = 0;
        for (id, node) in model.network.nodes() {
            let Some((mean, var)) = session.running(id) else {
                continue;
            };
            for (name, tensor) in [("running_mean", mean), ("running_var", var)] {
                let key = node.path.parameter(name);
                let difference = Fingerprint::of(tensor).worst_difference(&golden(&wanted[&key]));
                assert!(difference <= TOLERANCE, "{key}: {difference:e}");
                compared += 1;
            }
        }
        assert_eq!(
            compared,
            wanted.len(),
            "every running statistic of {}",
            text(&row, "model")
        );
    }
}

fn fashion(input: Input, keep: Keep) -> Session {
    let model = open("resnet20_fashion", &Overrides::default()).expect("a shipped network");
    let source = WeightsChoice::Shipped
        .open(&model)
        .expect("shipped weights");
    let network = Arc::new(model.network.clone());
    let weights = LoadedWeights::load(&network, source.as_ref()).expect("they fit");
    Session::new(network, weights, input, Mode::Inference, keep).expect("the network is legal")
}

#[test]
fn the_trained_network_sees_the_ankle_boot_layer_by_layer() {
    let goldens = rows("golden_layers.jsonl.gz");
    let row = goldens
        .iter()
        .find(|row| row.get("weights").is_some())
        .expect("a pass on the shipped weights");
    let model = open("resnet20_fashion", &Overrides::default()).expect("a shipped network");
    let input = InputChoice::Sample(0)
        .open(&model, 1)
        .expect("a shipped picture");
    let mut session = fashion(input, Keep::Everything);
    let (found, _) = fingerprints(&mut session);
    let prepared = &found["preprocess.standardize"];
    assert!(prepared.worst_difference(&golden(&row["input_fingerprint"])) <= TOLERANCE);
    let (worst, at, _) = worst_layer(row, &found);
    println!("trained: worst {worst:.1e} at {at}");
    assert!(worst <= TOLERANCE, "{at}: {worst:e}");
    let best = top(session.output().expect("the end"), 1)[0][0];
    assert_eq!(model.labels().expect("labels")[best.class], "Ankle boot");
    assert!(best.probability > 0.99, "{best:?}");
}

#[test]
fn the_trained_network_classifies_the_first_hundred_test_images_as_pytorch_does() {
    let bytes = gunzip(&std::fs::read(data("fashion_first100.bin.gz")).expect("the fixture"));
    let pixels: Vec<f32> = bytes.iter().map(|&byte| f32::from(byte)).collect();
    let images = Array4::from_shape_vec([100, 1, 28, 28], pixels).expect("100 images");
    let mut session = fashion(Input::Pixels(images), Keep::Needed);
    let _ = session.run_all(&mut |_, _| ControlFlow::Continue(()));
    let logits = session.output().expect("the end");
    let facts: Value =
        serde_json::from_slice(&std::fs::read(data("fashion.json")).expect("the fixture"))
            .expect("JSON");
    let found: Vec<u64> = top(logits, 1)
        .iter()
        .map(|image| image[0].class as u64)
        .collect();
    assert_eq!(found, sizes(&facts, "first_100"));
    for (image, wanted) in facts["first_logits"]
        .as_array()
        .expect("a list")
        .iter()
        .enumerate()
    {
        for (class, wanted) in wanted.as_array().expect("a list").iter().enumerate() {
            let difference =
                (f64::from(logits[[image, class]]) - wanted.as_f64().expect("a number")).abs();
            assert!(
                difference < 1e-4,
                "image {image} class {class}: {difference:e}"
            );
        }
    }
}

#[test]
fn every_shipped_picture_gets_pytorchs_class() {
    let facts: Value =
        serde_json::from_slice(&std::fs::read(data("fashion.json")).expect("the fixture"))
            .expect("JSON");
    let wanted = facts["samples"].as_array().expect("samples");
    let model = open("resnet20_fashion", &Overrides::default()).expect("a shipped network");
    let labels = model.labels().expect("labels");
    let samples = resnet_explore::engine::sources::samples(&model);
    assert_eq!(samples.len(), wanted.len());
    let mut session = fashion(
        InputChoice::Sample(0)
            .open(&model, samples.len())
            .expect("all pictures"),
        Keep::Needed,
    );
    let _ = session.run_all(&mut |_, _| ControlFlow::Continue(()));
    for ((guesses, wanted), sample) in top(session.output().expect("the end"), 1)
        .iter()
        .zip(wanted)
        .zip(&samples)
    {
        let name = |key: &str| match &wanted[key] {
            Value::String(name) => name.clone(),
            number => labels[number.as_u64().expect("a class") as usize].to_owned(),
        };
        assert_eq!(
            labels[guesses[0].class],
            name("predicted"),
            "{}",
            sample.file
        );
        assert_eq!(sample.label.own(), name("label"), "{}", sample.file);
    }
}

#[test]
fn stepping_running_and_stepping_back_give_the_same_numbers() {
    let model = open("resnet20_fashion", &Overrides::default()).expect("a shipped network");
    let input = || {
        InputChoice::Sample(1)
            .open(&model, 1)
            .expect("a shipped picture")
    };
    let mut run = fashion(input(), Keep::Needed);
    let _ = run.run_all(&mut |_, _| ControlFlow::Continue(()));
    let mut stepped = fashion(input(), Keep::Everything);
    let middle = model.network.find("layer2.1.add").expect("a layer");
    let _ = stepped.run_to(middle, &mut |_, _| ControlFlow::Continue(()));
    assert_eq!(stepped.current(), Some(middle));
    let value = stepped.value(middle).expect("it has run").clone();
    for _ in 0..7 {
        stepped.step_back().expect("everything is kept");
    }
    assert!(stepped.value(middle).is_none());
    while stepped.step().is_some() {}
    assert_eq!(stepped.value(middle), Some(&value));
    assert_eq!(stepped.output(), run.output());
    // A lean pass has dropped the values that no layer reads any more, and refuses to step back to a wrong value.
    assert!(run.value(middle).is_none());
    assert!(run.step_back().is_none() || run.step_back().is_none());
    stepped.rewind();
    assert_eq!(stepped.current(), None);
    assert_eq!(stepped.step_back(), None);
}

#[test]
fn the_shapes_that_run_are_the_shapes_that_were_inferred() {
    for name in [
        "resnet18",
        "resnext50_32x4d",
        "preact_resnet164_cifar",
        "resnet20_fashion",
    ] {
        let overrides = Overrides {
            input_size: Some([37, 50]),
            classes: Some(3),
            ..Overrides::default()
        };
        let model = open(name, &overrides).expect("a shipped network");
        let (shapes, faults) = resnet_explore::network::check::shapes(&model.network);
        assert!(faults.is_empty(), "{name}");
        let network = Arc::new(model.network.clone());
        let weights = LoadedWeights::load(&network, &Synthetic { seed: 1 }).expect("synthetic");
        let input = InputChoice::Synthetic(1)
            .open(&model, 2)
            .expect("synthetic");
        let mut session =
            Session::new(network, weights, input, Mode::Inference, Keep::Needed).expect("legal");
        let _ = session.run_all(&mut |id, value| {
            let mut wanted = vec![2];
            wanted.extend(
                shapes[id]
                    .expect("a shape")
                    .dims()
                    .iter()
                    .map(|&size| size as usize),
            );
            assert_eq!(value.shape(), wanted, "{name} {}", model.network[id].path);
            ControlFlow::Continue(())
        });
    }
}

#[test]
fn what_cannot_run_is_said_before_it_starts() {
    let model = open("resnet18", &Overrides::default()).expect("a shipped network");
    let network = Arc::new(model.network.clone());
    let weights = LoadedWeights::load(&network, &Synthetic { seed: 1 }).expect("synthetic");
    let start = |shape: [usize; 4]| {
        let refused = Session::new(
            network.clone(),
            weights.clone(),
            Input::Prepared(Array4::zeros(shape)),
            Mode::Inference,
            Keep::Everything,
        )
        .expect_err("it does not fit");
        resnet_explore::text::Language::ENGLISH.say(&refused.message())
    };
    assert_eq!(
        start([1, 1, 224, 224]),
        "the network takes 3×224×224, and the input is 1×224×224 (channels × height × width)"
    );
}
