//! Maps of where a network looks, against autograd's; and effective receptive fields.

use std::ops::ControlFlow;
use std::sync::Arc;

use ndarray::Array2;
use resnet_explore::analysis::receptive_field::receptive_field;
use resnet_explore::engine::gradient::Backward;
use resnet_explore::engine::saliency::{
    Choice, FieldRun, Heat, Method, Patch, Saliency, effective_field,
};
use resnet_explore::engine::{Input, InputChoice, LoadedWeights, Mode, WeightsChoice};
use resnet_explore::lower::{Model, Overrides, open};
use resnet_explore::network::check;
use resnet_explore::text::Language;
use resnet_explore::weights::Fingerprint;
use serde_json::Value;

use crate::common::{count, rows, sizes, text};

fn go(_: usize, _: usize) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

fn model(row: &Value) -> (Model, WeightsChoice, InputChoice) {
    let (_, name) = text(row, "model").rsplit_once(':').expect("a source");
    let input = sizes(row, "input");
    let overrides = Overrides {
        input_size: Some([input[2], input[3]]),
        ..Overrides::default()
    };
    let model = open(name, &overrides).expect("a shipped network");
    if name.ends_with("fashion") {
        (model, WeightsChoice::Shipped, InputChoice::Sample(0))
    } else {
        let seed = 7;
        (
            model,
            WeightsChoice::Synthetic(seed),
            InputChoice::Synthetic(seed),
        )
    }
}

fn loaded(model: &Model, weights: &WeightsChoice) -> Arc<LoadedWeights> {
    let source = weights.open(model).expect("weights");
    LoadedWeights::load(&model.network, source.as_ref()).expect("weights that fit")
}

fn saliency(model: &Model, weights: &WeightsChoice, input: &InputChoice) -> Saliency {
    let input = input.open(model, 1).expect("an input");
    let network = Arc::new(model.network.clone());
    Saliency::new(network, loaded(model, weights), &input).expect("a network with classes")
}

/// The largest difference as a part of the largest value.
fn differs(found: &Array2<f32>, expected: &Value) -> f64 {
    let expected: Vec<f64> = expected
        .as_array()
        .expect("values")
        .iter()
        .map(|value| value.as_f64().expect("a number"))
        .collect();
    assert_eq!(found.len(), expected.len());
    let largest = expected.iter().fold(0.0_f64, |most, x| most.max(x.abs()));
    let pairs = found.iter().zip(&expected);
    let worst = pairs
        .map(|(&own, right)| (f64::from(own) - right).abs())
        .fold(0.0, f64::max);
    worst / largest.max(f64::MIN_POSITIVE)
}

/// The same of fingerprints.
fn prints_differ(own: &Fingerprint, row: &Value) -> f64 {
    let number = |key: &str| row[key].as_f64().expect("a number");
    let largest = number("max").abs().max(number("min").abs());
    let samples = row["samples"].as_array().expect("samples").iter();
    let samples = samples
        .zip(own.samples)
        .map(|(right, own)| (right.as_f64().expect("a number") - f64::from(own)).abs());
    let sizes = [("rms", own.rms), ("min", own.min), ("max", own.max)];
    let sizes = sizes.map(|(key, own)| (number(key) - own).abs());
    samples.chain(sizes).fold(0.0, f64::max) / largest
}

#[test]
fn maps_of_where_a_network_looks_are_autograds() {
    let rows = rows("saliency.jsonl");
    assert_eq!(rows.len(), 7);
    for row in &rows {
        let name = text(row, "model");
        let (model, weights, input) = model(row);
        let saliency = saliency(&model, &weights, &input);
        let classes = row["classes"].as_array().expect("classes");
        let labels: Vec<usize> = classes
            .iter()
            .map(|own| count(own, "label") as usize)
            .collect();
        assert_eq!(saliency.likeliest().expect("scores"), labels[0], "{name}");
        let heats = |choice: Choice| -> Vec<Heat> {
            saliency.heats(choice, &labels, &mut go).expect("maps")
        };
        let earlier = Choice {
            at: model.network.find(text(row, "earlier")),
            ..Choice::of(Method::GradCam)
        };
        assert!(earlier.at.is_some(), "{name}");
        let each = [
            ("cam", heats(Choice::of(Method::Cam)), 1e-5),
            ("grad_cam", heats(Choice::of(Method::GradCam)), 1e-5),
            ("earlier", heats(earlier), 1e-5),
        ];
        let mut worst = Vec::new();
        for (key, heats, bound) in &each {
            for (heat, own) in heats.iter().zip(classes) {
                let difference = differs(&heat.values, &own[*key]);
                assert!(difference < *bound, "{name} {key}: {difference:e}");
                worst.push((*key, difference));
                let score = own["score"].as_f64().expect("a score");
                assert!((f64::from(heat.score) - score).abs() < 1e-4 * score.abs().max(1.0));
            }
        }
        let products = heats(Choice::of(Method::GradientInput));
        for (heat, own) in products.iter().zip(classes) {
            let difference = prints_differ(&Fingerprint::of(&heat.values), &own["gradient_input"]);
            assert!(difference < 1e-5, "{name} gradient × input: {difference:e}");
            worst.push(("gradient × input", difference));
        }
        println!("{name}: {worst:?}");
    }
}

#[test]
fn a_map_and_the_bias_make_the_score() {
    let model = open("resnet20_fashion", &Overrides::default()).expect("shipped");
    let (weights, input) = (WeightsChoice::Shipped, InputChoice::Sample(3));
    let saliency = saliency(&model, &weights, &input);
    let all: Vec<usize> = (0..10).collect();
    let heats = saliency
        .heats(Choice::of(Method::Cam), &all, &mut go)
        .expect("maps");
    let loaded = loaded(&model, &weights);
    let place = saliency.cam_place().expect("pool and linear");
    let bias = loaded.of(place.weighs).tensors()[1].to_owned();
    for heat in heats {
        let mean = heat.values.mean().expect("cells");
        let score = mean + bias[[heat.class]];
        assert!((score - heat.score).abs() < 1e-4, "{score} {}", heat.score);
    }
}

#[test]
fn occlusion_is_the_score_that_is_lost_under_each_patch() {
    let model = open("resnet20_fashion", &Overrides::default()).expect("shipped");
    let (weights, input) = (WeightsChoice::Shipped, InputChoice::Sample(0));
    let saliency = saliency(&model, &weights, &input);
    let patch = Patch {
        side: 14,
        stride: 14,
    };
    let choice = Choice {
        patch: Some(patch),
        ..Choice::of(Method::Occlusion)
    };
    let mut steps = Vec::new();
    let heats = saliency
        .heats(choice, &[9, 5], &mut |done, all| {
            steps.push((done, all));
            ControlFlow::Continue(())
        })
        .expect("maps");
    assert_eq!(steps, [(5, 5)]);
    assert_eq!(saliency.passes(patch), 5);
    // The same by hand: the upper left quarter at the mean colour, which is zero after preprocessing.
    let Input::Pixels(mut pixels) = input.open(&model, 1).expect("a sample") else {
        panic!("a picture");
    };
    pixels.mapv_inplace(|value| (value / 255.0 - 0.2860) / 0.3530);
    pixels.slice_mut(ndarray::s![.., .., ..14, ..14]).fill(0.0);
    let network = Arc::new(model.network.clone());
    let covered = Saliency::new(network, loaded(&model, &weights), &Input::Prepared(pixels));
    let scores = covered.expect("a network").scores().expect("scores");
    for heat in &heats {
        let lost = heat.score - scores[heat.class];
        assert!((heat.values[[3, 3]] - lost).abs() < 1e-3);
        let corners = [[0, 0], [13, 13]].map(|place| heat.values[place].to_bits());
        assert_eq!(corners[0], corners[1]);
    }
    let mut stop = |_, _| ControlFlow::Break(());
    assert!(saliency.heats(choice, &[9], &mut stop).is_err());
}

#[test]
fn a_method_without_a_meaning_is_refused_by_name() {
    let refused = |name: &str, choice: Choice, classes: &[usize]| {
        let model = open(name, &Overrides::default()).expect("shipped");
        let synthetic = (WeightsChoice::Synthetic(0), InputChoice::Synthetic(0));
        let saliency = saliency(&model, &synthetic.0, &synthetic.1);
        let best = Choice::best(&model.network, &check::shapes(&model.network).0).method;
        let is_exact = saliency.cam_place().is_ok();
        assert_eq!(best == Method::Cam, is_exact, "{name}");
        let choice = Choice {
            at: choice.at.or_else(|| {
                model
                    .network
                    .find("fc")
                    .filter(|_| name == "resnet20_cifar")
            }),
            ..choice
        };
        let error = saliency
            .heats(choice, classes, &mut go)
            .expect_err("no meaning");
        match error {
            resnet_explore::engine::GradientError::Refused(message) => {
                Language::ENGLISH.say(&message)
            }
            other => other.to_string(),
        }
    };
    let clip = refused("iresnet18", Choice::of(Method::Cam), &[0]);
    assert!(clip.contains("CAM needs a global average pool"), "{clip}");
    let vector = refused("resnet20_cifar", Choice::of(Method::GradCam), &[0]);
    assert!(vector.starts_with("`fc` outputs a vector"), "{vector}");
    let class = refused("resnet20_cifar", Choice::of(Method::Cam), &[10]);
    assert!(
        class.contains("no label 10") || class.contains("label 10"),
        "{class}"
    );
    let patch = Choice {
        patch: Some(Patch {
            side: 40,
            stride: 1,
        }),
        ..Choice::of(Method::Occlusion)
    };
    let patch = refused("resnet20_cifar", patch, &[0]);
    assert!(patch.contains("from 1 to 32"), "{patch}");
}

#[test]
fn effective_fields_are_autograds_and_lie_in_the_theoretical_ones() {
    for row in rows("saliency.jsonl") {
        let name = text(&row, "model");
        let (model, weights, _) = model(&row);
        if name.ends_with("fashion") {
            continue;
        }
        let network = Arc::new(model.network.clone());
        let backward = Backward::new(Arc::clone(&network), Mode::Inference).expect("derivatives");
        let tensors = loaded(&model, &weights).all::<f32>();
        let layer = network.find(text(&row, "earlier")).expect("a layer");
        let run = FieldRun { inputs: 1, seed: 7 };
        let field = effective_field(&backward, &tensors, layer, run, &mut |_, _| {
            ControlFlow::Continue(())
        })
        .expect("a field");
        let difference = prints_differ(&Fingerprint::of(&field.map), &row["field"]);
        assert!(difference < 1e-5, "{name}: {difference:e}");
        let theory = receptive_field(&network)[layer].expect("a field").sizes();
        let [rows, columns] = field.extent().map(|side| side as u128);
        println!(
            "{name}: theory {theory:?}, extent {rows}×{columns}, effective {:.1}",
            field.side()
        );
        // Gates of attention and statistics of an image let every cell see all of it, which the theory leaves out.
        if !name.contains("se") && !name.contains("bit") {
            assert!(rows <= theory[0] && columns <= theory[1], "{name}");
        }
        assert!(field.side() >= 1.0 && field.pixels() as u128 <= rows * columns);
    }
}
