//! Promise: user-defined networks — sizes that differ along the axes, plain blocks, zeros at the end of the channels, widths
//! and strides per block, a pool of one pixel, a skip around all stages — have PyTorch's parameters, operations, shapes and
//! outputs.

mod common;

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use common::{count, rows, sizes, text};
use ndarray::Array4;
use resnet_explore::analysis::Rule;
use resnet_explore::engine::{
    Compiled, Input, Isa, Keep, LoadedWeights, Mode, Options, Precision, Session, Tensor,
};
use resnet_explore::lower::{Model, Overrides, open, open_text};
use resnet_explore::network::{Combine, Layer, Preprocess, Shape};
use resnet_explore::report::{Subject, checks::check};
use resnet_explore::spec::Severity;
use resnet_explore::weights::{Fingerprint, Synthetic, synthetic_input};
use serde_json::Value;

/// PyTorch's results for each network: shapes of the body, and counts.
fn made() -> impl Iterator<Item = Value> {
    rows("made.jsonl")
        .into_iter()
        .chain(rows("units_act.jsonl"))
        .chain(rows("units_norm.jsonl"))
        .chain(rows("units_more.jsonl"))
}

fn model(row: &Value) -> Model {
    let path = format!("tests/specs/ok/{}.toml", text(row, "name"));
    open(&path, &Overrides::default()).expect("a spec")
}

#[test]
fn parameters_operations_and_tensors_are_pytorchs() {
    for row in made() {
        let name = text(&row, "name").to_owned();
        let subject = Subject::new(model(&row), Rule::ConvFc, 1);
        assert_eq!(subject.params().0, count(&row, "params"), "{name}");
        if row.get("macs").is_some() {
            assert_eq!(subject.macs().0, count(&row, "macs"), "{name}");
            let activations = count(&row, "activations");
            assert_eq!(subject.activations().0, activations, "{name}");
        }
        for (rule, counted) in row["counts"].as_object().into_iter().flatten() {
            let rule = Rule::parse(rule).expect("a rule");
            let counts = Subject::new(model(&row), rule, 1).macs().0;
            assert_eq!(
                u64::try_from(counts).ok(),
                counted.as_u64(),
                "{name}, {rule}"
            );
        }
        if let Some(saved) = row["saved"].as_u64() {
            let network = &subject.model.network;
            let kept = network
                .ids()
                .map(|id| subject.analysis.saved[id].0)
                .sum::<u128>();
            assert_eq!(u64::try_from(kept).ok(), Some(saved), "{name}");
        }
        let mut found = BTreeMap::new();
        for (_, node) in subject.model.network.nodes() {
            for parameter in node.layer.parameters() {
                found.insert(
                    node.path.parameter(parameter.name),
                    parameter.shape.to_vec(),
                );
            }
        }
        let wanted: BTreeMap<String, Vec<u64>> = row["state"]
            .as_object()
            .expect("a table")
            .iter()
            .map(|(key, _)| (key.clone(), sizes(&row["state"], key)))
            .collect();
        assert_eq!(found, wanted, "{name}");
    }
}

/// Largest difference of a tensor from PyTorch's, relative to its rms.
fn apart(found: &Tensor, row: &Value) -> f64 {
    apart_from(found, &row["output"])
}

fn apart_from(found: &Tensor, golden: &Value) -> f64 {
    let golden: Fingerprint = serde_json::from_value(golden.clone()).expect("a fingerprint");
    Fingerprint::of(found).worst_difference(&golden)
}

#[test]
fn outputs_are_pytorchs_on_every_kind_of_kernel() {
    for row in made() {
        let name = text(&row, "name").to_owned();
        let network = Arc::new(model(&row).network);
        let Some(Layer::Input { channels, size }) = network.nodes().next().map(|(_, n)| &n.layer)
        else {
            panic!("{name}: no input");
        };
        let seed = row["seed"].as_u64().expect("a seed");
        let shape = [1, *channels, size[0], size[1]].map(|n| n as usize);
        let input: Array4<f32> = synthetic_input(seed, &shape)
            .into_dimensionality()
            .expect("maps");
        let input = Input::Prepared(input);
        let weights = LoadedWeights::load(&network, &Synthetic { seed }).expect("any weights");
        let mut session = Session::new(
            Arc::clone(&network),
            Arc::clone(&weights),
            input.clone(),
            Mode::Inference,
            Keep::Needed,
        )
        .expect("a legal network");
        let _ = session.run_all(&mut |_, _| ControlFlow::Continue(()));
        let plain = session.output().expect("it ran").clone();
        assert!(apart(&plain, &row) <= 2e-5, "{name}, plain");
        for isa in Isa::ALL.into_iter().filter(|isa| isa.is_available()) {
            for winograd in [true, false] {
                let options = Options {
                    isa,
                    winograd,
                    ..Options::default()
                };
                let mut compiled =
                    Compiled::new(Arc::clone(&network), &*weights, options).expect("a network");
                let found = compiled.run(&input).expect("an input that fits");
                let off = apart(&found, &row);
                assert!(
                    off <= 2e-5,
                    "{name}, {isa}, transformed {winograd}: {off:e}"
                );
            }
        }
    }
}

#[test]
fn norms_pools_and_reshapes_are_pytorchs_in_both_modes_and_in_every_tools_count() {
    let more = rows("units_more.jsonl");
    for row in rows("units_norm.jsonl").into_iter().chain(more) {
        let name = text(&row, "name").to_owned();
        let network = Arc::new(model(&row).network);
        let seed = row["seed"].as_u64().expect("a seed");
        let mut shape: Vec<usize> = sizes(&row, "input").iter().map(|n| *n as usize).collect();
        shape[0] = 2;
        let input: Array4<f32> = synthetic_input(seed, &shape)
            .into_dimensionality()
            .expect("maps");
        let weights = LoadedWeights::load(&network, &Synthetic { seed }).expect("any weights");
        let session = |mode| {
            let input = Input::Prepared(input.clone());
            let (network, weights) = (Arc::clone(&network), Arc::clone(&weights));
            Session::new(network, weights, input, mode, Keep::Everything).expect("a legal network")
        };
        let ran = |mut session: Session, golden: &str, way: &str| {
            let _ = session.run_all(&mut |_, _| ControlFlow::Continue(()));
            let found = session.output().expect("it ran").clone();
            let off = apart_from(&found, &row[golden]);
            assert!(off <= 2e-5, "{name}, {golden}, {way}: {off:e}");
        };
        let double = |mode| session(mode).in_precision(Precision::Double).expect("room");
        ran(double(Mode::Inference), "batch", "plain, double");
        ran(double(Mode::Training), "training", "plain, double");
        for isa in Isa::ALL.into_iter().filter(|isa| isa.is_available()) {
            let way = format!("{isa}, layer-wise");
            ran(session(Mode::Inference).with_kernels(isa, 2), "batch", &way);
        }
        let counts = row["counts"].as_object().expect("a table");
        for (rule, count) in counts {
            let rule = Rule::parse(rule).expect("a rule");
            let subject = Subject::new(model(&row), rule, 1);
            let count = u128::from(count.as_u64().expect("a count"));
            assert_eq!(subject.macs().0, count, "{name} by rule {rule}");
        }
        let subject = Subject::new(model(&row), Rule::ConvFc, 1);
        let saved = subject.analysis.memory.training_activations;
        assert_eq!(saved, count(&row, "saved"), "{name}: bytes kept");
    }
}

/// Rules of all problems and findings of a network.
fn rules(model: &Model) -> Vec<&'static str> {
    let said = check::check(model).into_iter();
    said.filter(|problem| problem.severity >= Severity::Warning)
        .map(|problem| problem.rule)
        .collect()
}

#[test]
fn a_plain_network_is_no_mistake_and_its_missing_parts_still_are() {
    let plain = "inherits = \"resnet20_cifar\"\nshortcut = \"none\"\n";
    let of = |text: &str| rules(&open_text("plain.toml", text, &Overrides::default()));
    assert_eq!(of(plain), [] as [&str; 0]);
    for depth in [34, 50] {
        let text = format!("inherits = \"resnet{depth}\"\nshortcut = \"none\"\n");
        assert_eq!(of(&text), [] as [&str; 0], "{depth}");
    }
    let model = open_text("plain.toml", plain, &Overrides::default());
    let adds = |model: &Model| {
        let nodes = model.network.nodes();
        nodes
            .filter(|(_, node)| node.layer == Layer::Combine(Combine::Add))
            .count()
    };
    assert_eq!(adds(&model), 0);
    // No shortcut in one stage alone.
    let mixed =
        "inherits = \"resnet20_cifar\"\nshortcut = [\"none\", \"zero_padding\", \"projection\"]\n";
    let mixed = open_text("mixed.toml", mixed, &Overrides::default());
    assert_eq!((adds(&mixed), rules(&mixed)), (6, Vec::new()));
    // A norm missing from a plain block, and a stem without ReLU, are reported as in any other network.
    let block = "block = \"own\"\n[define.blocks.own]\nout = \"width\"\nmain = [{ conv = \"a\", kernel = 3, out = \"width\", stride = \"stride\" }, { norm = \"b\" }, { act = \"r\" }, { conv = \"c\", kernel = 3, out = \"width\" }]\nshortcut = \"none\"\nafter_add = [{ norm = \"d\" }, { act = \"r\" }, { conv = \"e\", kernel = 1, out = \"width\" }, { act = \"r\" }]\n";
    let text = format!("inherits = \"resnet20_cifar\"\n{block}");
    assert_eq!(of(&text), ["norm-missing"]);
    let stem =
        "[stem]\nlayers = [{ conv = \"conv1\", kernel = 3, out = 16 }, { norm = \"bn1\" }]\n";
    assert_eq!(of(&format!("{plain}{stem}")), ["stem-without-relu"]);
}

#[test]
fn a_network_without_norms_misses_none() {
    let text = "inherits = \"resnet18\"\nblock = \"own\"\n[stem]\nlayers = [{ conv = \"conv1\", kernel = 7, out = 64, stride = 2 }, { act = \"relu\" }, { max_pool = \"maxpool\", kernel = 3, stride = 2, padding = 1 }]\n[define.blocks.own]\nout = \"width\"\nmain = [{ conv = \"conv1\", kernel = 3, out = \"width\", stride = \"stride\" }, { act = \"relu\" }, { conv = \"conv2\", kernel = 3, out = \"width\" }]\nshortcut = \"bare_projection\"\nafter_add = [{ act = \"relu\" }]\n";
    let model = open_text("fixup.toml", text, &Overrides::default());
    assert_eq!(rules(&model), [] as [&str; 0]);
}

#[test]
fn one_number_prepares_all_channels_and_none_takes_the_preparation_away() {
    let of = |text: &str| open_text("prepared.toml", text, &Overrides::default());
    let layers = |model: &Model| {
        let nodes = model.network.nodes();
        let of_picture = nodes.filter(|(_, node)| node.path.module.starts_with("preprocess."));
        of_picture
            .map(|(_, node)| node.layer.clone())
            .collect::<Vec<_>>()
    };
    let one = of("inherits = \"resnet18\"\npreprocess = { mean = 0.5, std = 0.25 }\n");
    assert_eq!(one.problems, []);
    assert!(
        layers(&one).contains(&Layer::Preprocess(Preprocess::Standardize {
            mean: vec![0.5; 3],
            std: vec![0.25; 3],
        }))
    );
    // A single mean and deviation fit any number of input channels.
    let grey = of(
        "inherits = \"resnet18\"\ninput = [1, 224, 224]\npreprocess = { mean = 0.5, std = 0.25 }\n",
    );
    assert_eq!(grey.problems, []);
    let none = of("inherits = \"resnet18\"\npreprocess = \"none\"\n");
    assert_eq!((layers(&none), none.problems.len()), (Vec::new(), 0));
}

#[test]
fn the_receptive_field_has_a_height_and_a_width() {
    let text = "inherits = \"resnet20_cifar\"\nblocks = [1, 1, 1]\nstrides = [1, [2, 1], [1, 2]]\n";
    let model = open_text("uneven.toml", text, &Overrides::default());
    assert_eq!(model.problems, []);
    let subject = Subject::new(model, Rule::ConvFc, 1);
    let network = &subject.model.network;
    let field = subject
        .analysis
        .final_receptive_field(network)
        .expect("a map");
    // Seven 3×3 convolutions with strides 1, 1, 1, 1, 2, 2, 2 down and 1, 1, 1, 1, 1, 1, 2 across, each of which adds two
    // steps.
    assert_eq!(
        field.sizes(),
        [3 + 4 + 2 + 4 + 4 + 4, 3 + 4 + 2 + 2 + 2 + 4]
    );
    let last = network
        .ids()
        .rev()
        .find_map(|id| match subject.analysis.shapes[id] {
            Some(Shape::Map { size, .. }) if size != [1, 1] => Some(size),
            _ => None,
        });
    assert_eq!(last, Some([16, 16]));
}
