//! Promise: a network with another output stride or another number of input channels is timm's and torchvision's with the same.

#![allow(
    clippy::print_stdout,
    reason = "`--nocapture` shows the largest difference of each network"
)]

mod common;

use std::path::Path;
use std::sync::Arc;

use common::{count, rows, sizes, text};
use ndarray::ArrayD;
use resnet_explore::analysis::{Elements, Macs, Params, Rule, cost, last_map};
use resnet_explore::engine::compiled::LayerSource;
use resnet_explore::engine::{
    Compiled, Input, Isa, Keep, LoadedWeights, Mode, Options, Precision, Session,
};
use resnet_explore::lower::{Model, Overrides, open, open_text};
use resnet_explore::network::{Layer, Network, Norm, Preprocess, check};
use resnet_explore::spec::{OutputStride, Problem, Severity};
use resnet_explore::text::Language;
use resnet_explore::weights::fit::wanted;
use resnet_explore::weights::safetensors::serialized;
use resnet_explore::weights::{Fingerprint, Synthetic, WeightSource, checkpoint, synthetic_input};
use serde_json::Value;

fn strided(row: &Value) -> Option<OutputStride> {
    row["output_stride"].as_u64().and_then(OutputStride::of)
}

#[test]
fn dilated_networks_have_timms_parameters_operations_and_maps() {
    let rows = rows("dilated.jsonl");
    assert_eq!(rows.len(), 320);
    for row in rows {
        let overrides = Overrides {
            output_stride: strided(&row),
            ..Overrides::default()
        };
        let name = text(&row, "name");
        let Model {
            network, problems, ..
        } = open(name, &overrides).expect("a shipped network");
        assert!(problems.is_empty(), "{name}: {problems:?}");
        let (shapes, faults) = check::shapes(&network);
        assert!(faults.is_empty(), "{name}");
        let params = cost::params(&network).iter().sum::<Params>().0;
        let macs = cost::macs(&network, &shapes, Rule::ConvFc)
            .iter()
            .sum::<Macs>()
            .0;
        let activations = cost::activations(&network, &shapes)
            .iter()
            .sum::<Elements>()
            .0;
        let of = |key| count(&row, key);
        assert_eq!(
            [params, macs, activations],
            [of("params"), of("macs"), of("activations")],
            "{name} with an output stride of {}",
            row["output_stride"]
        );
        let map = last_map(&network, &shapes)
            .and_then(|id| shapes[id])
            .expect("a map");
        assert_eq!(map.dims().as_slice(), sizes(&row, "features"), "{name}");
    }
}

/// Difference from PyTorch's output in f64, relative to its rms, by the plain kernels or those of a processor.
fn difference(row: &Value, network: &Network, weights: &dyn WeightSource, isa: Option<Isa>) -> f64 {
    let shape: Vec<usize> = sizes(row, "input")
        .into_iter()
        .map(|side| side as usize)
        .collect();
    let seed = row["seed"].as_u64().expect("a seed");
    let input = synthetic_input(seed, &shape)
        .into_dimensionality()
        .expect("a batch of maps");
    let (input, network) = (Input::Prepared(input), Arc::new(network.clone()));
    let output = match isa {
        None => {
            let weights = LoadedWeights::load(&network, weights).expect("weights that fit");
            let session = Session::new(network, weights, input, Mode::Inference, Keep::Needed);
            let mut session = session.expect("a legal network");
            while session.step().is_some() {}
            session.output().expect("the pass has ended").clone()
        }
        Some(isa) => {
            let options = Options {
                isa,
                ..Options::default()
            };
            let source: &dyn LayerSource = &weights;
            let mut compiled = Compiled::new(network, source, options).expect("a legal network");
            compiled.run(&input).expect("an input that fits")
        }
    };
    let golden: Fingerprint = serde_json::from_value(row["output"].clone()).expect("a fingerprint");
    Fingerprint::of(&output).worst_difference(&golden)
}

/// As in the tests of the forward and of the compiled pass: these normalisations amplify rounding.
fn tolerance(network: &Network) -> f64 {
    let amplifies = |layer: &Layer| {
        matches!(
            layer,
            Layer::Norm(Norm::Group(_) | Norm::FilterResponse { .. })
        )
    };
    let own = network.nodes().any(|(_, node)| amplifies(&node.layer));
    match Precision::of(network, Mode::Inference) {
        Precision::Double => 1e-4,
        Precision::Single if own => 5e-5,
        Precision::Single => 2e-5,
    }
}

/// The plain kernels, and those of every processor that this one can be.
fn ways() -> Vec<Option<Isa>> {
    let fast = Isa::ALL.into_iter().filter(|isa| isa.is_available());
    std::iter::once(None).chain(fast.map(Some)).collect()
}

#[test]
fn dilated_passes_are_pytorchs_on_every_kind_of_kernel() {
    let rows = rows("golden_dilated.jsonl.gz");
    assert_eq!(rows.len(), 76);
    let mut wrong = Vec::new();
    for row in &rows {
        let name = text(row, "model");
        let name = name.split_once(':').map_or(name, |(_, name)| name);
        let input = sizes(row, "input");
        let overrides = Overrides {
            input_size: Some([input[2], input[3]]),
            output_stride: strided(row),
            ..Overrides::default()
        };
        let network = open(name, &overrides).expect("a shipped network").network;
        let seed = row["seed"].as_u64().expect("a seed");
        for isa in ways() {
            let found = difference(row, &network, &Synthetic { seed }, isa);
            let kernel = isa.map_or("plain", Isa::name);
            println!(
                "{name:24} {:>2} {kernel:8} {found:.1e}",
                row["output_stride"]
            );
            if found > tolerance(&network) || found.is_nan() {
                wrong.push(format!("{name} on {kernel}: {found:e}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn said(problems: &[Problem]) -> Vec<String> {
    let english = |problem: &Problem| {
        let place = problem
            .place
            .as_ref()
            .map_or_else(String::new, ToString::to_string);
        let help = problem
            .help
            .as_ref()
            .map(|help| Language::ENGLISH.say(help));
        let message = Language::ENGLISH.say(&problem.message);
        format!("{place}: {message}; {}", help.unwrap_or_default())
    };
    problems.iter().map(english).collect()
}

#[test]
fn an_output_stride_that_a_network_cannot_have_is_refused_with_the_reason() {
    let of = |name: &str, number: u64| {
        let overrides = Overrides {
            output_stride: OutputStride::of(number),
            ..Overrides::default()
        };
        said(&open(name, &overrides).expect("a shipped network").problems)
    };
    assert_eq!(
        of("resnet20_cifar", 8),
        [
            "architectures/cifar/resnet20_cifar.toml:12:12: the output stride cannot be 8: it is 4, and dilation only makes it smaller; leave it out"
        ]
    );
    assert!(of("iresnet50", 32)[0].ends_with(
        "it is 16, and dilation only makes it smaller; ask for 8 or 16, or leave it out"
    ));
    for (name, number) in [
        ("resnet50", 32),
        ("iresnet50", 8),
        ("speaker_resnet34", 8),
        ("tresnet_m", 8),
        ("keras_resnet50v2", 16),
        ("fixup_resnet50", 8),
    ] {
        assert!(of(name, number).is_empty(), "{name} {number}");
    }
    let text = |lines: &str| {
        let text = format!("inherits = \"resnet50\"\n{lines}");
        said(&open_text("own.toml", &text, &Overrides::default()).problems)
    };
    assert!(text("output_stride = 16").is_empty());
    assert_eq!(
        text("output_stride = 12"),
        ["own.toml:2:17: the output stride cannot be 12; write 8, 16 or 32"]
    );
    assert_eq!(
        text("strides = [1, 3, 2, 2]\noutput_stride = 8"),
        [
            "own.toml:3:17: the output stride cannot be 8: the blocks' strides lead from 4 to 12 without meeting it; leave it out, or change `strides` so that they meet it before 12"
        ]
    );
    let stem = "stem = { layers = [{ conv = \"conv1\", kernel = 7, out = 64, stride = 16 }] }\noutput_stride = 8";
    assert_eq!(
        text(stem),
        [
            "own.toml:3:17: the output stride cannot be 8: the layers before the first block already have a stride of 16; ask for 16 or 32"
        ]
    );
}

/// A checkpoint of a network with synthetic weights.
fn written(folder: &Path, name: &str, seed: u64) -> std::path::PathBuf {
    let network = open(name, &Overrides::default())
        .expect("a shipped network")
        .network;
    let source = Synthetic { seed };
    let tensors: Vec<(String, ArrayD<f32>)> = wanted(&network)
        .into_iter()
        .map(|(name, shape)| {
            (
                name.clone(),
                source.tensor(&name, &shape).expect("any name"),
            )
        })
        .collect();
    let views: Vec<_> = tensors
        .iter()
        .map(|(name, tensor)| (name.clone(), tensor.view()))
        .collect();
    let path = folder.join(format!("{name}.safetensors"));
    std::fs::write(&path, serialized(&views)).expect("room for a checkpoint");
    path
}

#[test]
fn a_checkpoint_is_adapted_to_other_channels_as_timm_does() {
    let folder = tempfile::tempdir().expect("a folder");
    for row in rows("in_channels.jsonl") {
        let (name, first) = (text(&row, "model"), text(&row, "first"));
        let number = |key: &str| row[key].as_u64().expect("a number");
        let (channels, side) = (number("channels"), number("size"));
        let path = written(folder.path(), name, number("seed"));
        let overrides = Overrides {
            input_size: Some([side; 2]),
            in_channels: Some(channels),
            ..Overrides::default()
        };
        let network = open(name, &overrides).expect("a shipped network").network;
        let params = cost::params(&network).iter().sum::<Params>().0;
        assert_eq!(params, count(&row, "params"), "{name} with {channels}");
        let file = checkpoint::open_for(&path, &network, None).expect("it fits");
        let told = file.origin().messages();
        let told: Vec<_> = told.iter().map(|one| Language::ENGLISH.say(one)).collect();
        assert!(
            told.iter()
                .any(|one| one.contains("first convolution is adapted from 3 channels")),
            "{told:?}"
        );
        let (_, shape) = wanted(&network)
            .into_iter()
            .find(|(own, _)| own == first)
            .expect("a first convolution");
        let weight = file.tensor(first, &shape).expect("it is adapted");
        let golden: Fingerprint =
            serde_json::from_value(row["weight"].clone()).expect("a fingerprint");
        let apart = Fingerprint::of(&weight).worst_difference(&golden);
        assert!(apart < 1e-6, "{name} with {channels}: {apart:e}");
        let mut pass = row.clone();
        pass["input"] = serde_json::json!([1, channels, side, side]);
        for isa in ways() {
            let found = difference(&pass, &network, file.as_ref(), isa);
            println!("{name:12} {channels:>2} {found:.1e}");
            assert!(
                found < tolerance(&network),
                "{name} with {channels}: {found:e}"
            );
        }
        std::fs::remove_file(path).expect("it was written");
    }
}

#[test]
fn other_channels_take_the_mean_of_the_values_that_pictures_are_standardised_by() {
    let standardize = |model: &Model| {
        let mut nodes = model.network.nodes();
        nodes.find_map(|(_, node)| match &node.layer {
            Layer::Preprocess(Preprocess::Standardize { mean, std }) => {
                Some((mean.clone(), std.clone()))
            }
            _ => None,
        })
    };
    let overrides = Overrides {
        in_channels: Some(4),
        ..Overrides::default()
    };
    let asked = open("resnet50", &overrides).expect("a shipped network");
    let expected = (vec![0.449_f32; 4], vec![0.226_f32; 4]);
    let found = standardize(&asked).expect("it standardises");
    for (found, expected) in found
        .0
        .iter()
        .chain(&found.1)
        .zip(expected.0.iter().chain(&expected.1))
    {
        assert!((found - expected).abs() < 1e-6);
    }
    let note = |text: &str| open_text("own.toml", text, &Overrides::default());
    let gray = note("inherits = \"resnet18\"\ninput = [1, 224, 224]");
    assert!(
        gray.problems
            .iter()
            .all(|problem| problem.severity == Severity::Note)
    );
    assert_eq!(standardize(&gray).expect("it standardises").0.len(), 1);
    assert_eq!(
        said(&gray.problems)[0],
        "own.toml:2:9: `mean` of `preprocess` has 3 values, for other channels; each of the 1 gets their mean, as in timm; state `mean` for these channels, if their values are known"
    );
    // Values that the file itself gives for other channels than its own are a mistake.
    let own = note(
        "inherits = \"resnet18\"\ninput = [4, 224, 224]\npreprocess = { mean = [0, 0, 0], std = [1, 1, 1] }",
    );
    assert_eq!(
        own.problems
            .iter()
            .filter(|problem| problem.severity == Severity::Error)
            .count(),
        2
    );
}

#[test]
fn a_checkpoint_that_cannot_be_adapted_does_not_fit() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = written(folder.path(), "tresnet_m", 1);
    let overrides = Overrides {
        in_channels: Some(4),
        ..Overrides::default()
    };
    // timm adapts space to depth to one channel alone.
    let network = open("tresnet_m", &overrides)
        .expect("a shipped network")
        .network;
    let file = checkpoint::open_for(&path, &network, None).expect("it can be read");
    assert!(file.origin().channels.is_none());
    assert!(!resnet_explore::weights::misfits(&wanted(&network), file.as_ref()).is_empty());
}
