//! Promise: every shipped network has PyTorch's parameters, buffers, operations, activations, shapes and tensor names.

mod common;

use std::collections::{BTreeSet, HashMap};

use common::{count, rows, shipped_rows, sizes, text};
use resnet_explore::analysis::lint::{Weight, lint};
use resnet_explore::analysis::{Elements, Macs, Params, Rule};
use resnet_explore::lower::{Overrides, open};
use resnet_explore::network::{Conv, Layer, Norm, Pool, Shape};
use resnet_explore::report::{Cell, Column, Level, Subject, network::rows as report_rows};
use resnet_explore::spec::catalog;
use resnet_explore::text::Language;

fn subject(name: &str) -> Subject {
    let model = open(name, &Overrides::default()).expect("a shipped network");
    Subject::new(model, Rule::ConvFc, 1)
}

#[test]
fn every_file_has_a_row_of_truth_and_no_problem() {
    let truth: BTreeSet<String> = rows("catalogue.jsonl")
        .iter()
        .map(|row| text(row, "name").to_owned())
        .collect();
    let shipped: BTreeSet<String> = catalog::names()
        .iter()
        .map(|name| (*name).to_owned())
        .collect();
    let unproven: Vec<_> = shipped.difference(&truth).collect();
    assert!(
        unproven.is_empty(),
        "files in architectures/ without a row of truth: {unproven:?}"
    );
    for name in shipped {
        let model = open(&name, &Overrides::default()).expect("a shipped network");
        assert_eq!(model.problems, [], "{name}");
        let file = &model.spec.file;
        assert!(
            file.title.is_some() && file.summary.is_some(),
            "{name} has a title and a summary"
        );
        assert!(
            file.family.is_some() && file.paper.is_some(),
            "{name} has a family and a paper"
        );
    }
}

/// Titles that are not names have a translation, and so have all families that are not.
#[test]
fn every_network_has_its_texts_in_every_language() {
    let museum = std::fs::read_dir("docs/src/museum").expect("the museum");
    let museum = museum.map(|entry| entry.expect("an entry").path());
    let museum = museum.filter(|path| path.extension().is_some_and(|end| end == "toml"));
    let museum = museum.map(|path| path.to_string_lossy().into_owned());
    let is_english = |text: &str| {
        let mut words = text.split(|letter: char| !letter.is_ascii_alphabetic());
        words.any(|word| word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_lowercase()))
    };
    // The owner of a repository, and a word of a network's own name.
    let is_name = |text: &str| text.contains("kuangliu") || text.ends_with("-light");
    let shipped = catalog::names().iter().map(ToString::to_string);
    for name in shipped.chain(museum) {
        let model = open(&name, &Overrides::default()).expect("a shipped network");
        let summary = model.summary().expect("a summary");
        let texts = [Some(model.title()), model.family(), Some(summary.clone())];
        for language in Language::all().filter(|language| *language != Language::ENGLISH) {
            assert_ne!(summary.of(language), summary.own(), "{name}");
            for text in texts.iter().flatten().filter(|text| !is_name(text.own())) {
                let is_translated = text.of(language) != text.own();
                assert!(is_translated || !is_english(text.own()), "{name}: {text:?}");
            }
        }
    }
    let boot = open("resnet20_fashion", &Overrides::default()).expect("a network");
    let boot = boot.label(9).expect("a class");
    assert_eq!(
        (boot.own(), boot.of(Language::CHINESE)),
        ("Ankle boot", "短靴")
    );
}

#[test]
fn no_network_is_taken_for_a_mistake() {
    for name in catalog::names() {
        let subject = subject(name);
        let warnings: Vec<_> = lint(&subject.model.network)
            .into_iter()
            .filter(|finding| finding.weight == Weight::Warning)
            .map(|finding| (finding.rule, finding.message))
            .collect();
        assert_eq!(warnings, [], "{name}");
    }
}

#[test]
fn a_layer_knows_whether_it_has_tensors() {
    for name in catalog::names() {
        for (_, node) in subject(name).model.network.nodes() {
            let layer = &node.layer;
            assert_eq!(layer.has_parameters(), !layer.parameters().is_empty());
        }
    }
}

#[test]
fn totals_equal_pytorchs() {
    let rows = shipped_rows("catalogue.jsonl", "name");
    assert!(rows.len() >= catalog::names().len());
    for row in rows {
        let name = text(&row, "name");
        let subject = subject(name);
        let network = &subject.model.network;
        let found = [
            subject.params().0,
            subject.buffers().0,
            subject.macs().0,
            subject.activations().0,
            network.state_dict().len() as u128,
        ];
        let wanted =
            ["params", "buffers", "macs", "activations", "tensors"].map(|key| count(&row, key));
        assert_eq!(
            found, wanted,
            "{name}: params, buffers, macs, activations, tensors"
        );
        let shape = |id| subject.analysis.shapes[id].map(Shape::dims);
        assert_eq!(
            network.ids().next().and_then(shape),
            Some(sizes(&row, "input")),
            "{name}"
        );
        assert_eq!(
            network.sink().and_then(shape),
            Some(sizes(&row, "output")),
            "{name}"
        );
    }
}

#[test]
fn every_tensor_has_pytorchs_name_shape_and_place() {
    let rows = shipped_rows("state.jsonl.gz", "name");
    assert_eq!(
        rows.len(),
        catalog::names().len(),
        "a state_dict for each network"
    );
    for row in rows {
        let name = text(&row, "name");
        let mut found: Vec<(String, Vec<u64>)> = subject(name)
            .model
            .network
            .state_dict()
            .into_iter()
            .map(|(key, parameter)| (key, parameter.shape.to_vec()))
            .collect();
        let mut wanted: Vec<(String, Vec<u64>)> = row["state"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|pair| {
                let shape = pair[1].as_array().expect("a shape");
                let shape = shape
                    .iter()
                    .map(|size| size.as_u64().expect("a size"))
                    .collect();
                (pair[0].as_str().expect("a key").to_owned(), shape)
            })
            .collect();
        // Some modules register their parts in another order than they run in; there the names are compared as a set. timm's
        // pre-activation blocks, TResNet's and CLIP's register the shortcut first, and it runs last; a Res2Net block all its convolutions
        // before its normalisations, kuangliu's and Keras' pre-activation blocks each convolution before its normalisation or the
        // shortcut before both; and a module's own numbers, as Fixup has, come before those of its parts.
        let in_another_order = [
            "resnetv2_",
            "res2",
            "tresnet_",
            "nf_",
            "kuangliu_preact_",
            "keras_",
            "fixup_",
        ];
        if in_another_order.iter().any(|start| name.starts_with(start))
            || name.ends_with("_clip_gap")
        {
            found.sort();
            wanted.sort();
        }
        assert_eq!(found, wanted, "{name}");
    }
}

#[test]
fn every_module_has_pytorchs_shape_settings_and_parameters() {
    for row in rows("layers.jsonl.gz") {
        let name = text(&row, "name");
        let subject = subject(name);
        let network = &subject.model.network;
        let mut calls: HashMap<&str, u32> = HashMap::new();
        let modules = row["layers"].as_array().expect("a list");
        for module in modules {
            let module_name = text(module, "name");
            let call = calls.entry(module_name).or_insert(0);
            *call += 1;
            let path = if *call > 1 {
                format!("{module_name}#{call}")
            } else {
                module_name.to_owned()
            };
            let id = network
                .find(&path)
                .unwrap_or_else(|| panic!("{name} has {path}"));
            let layer = &network[id].layer;
            assert_eq!(layer.op(), text(module, "op"), "{name} {path}");
            let output = subject.analysis.shapes[id].expect("a shape").dims();
            assert_eq!(output, sizes(module, "output"), "{name} {path}");
            assert_eq!(
                subject.analysis.params[id].0,
                count(module, "params"),
                "{name} {path}"
            );
            if let Layer::Conv(Conv::Spatial(conv)) = layer {
                let window = &conv.window;
                assert_eq!(
                    window.kernel.to_vec(),
                    sizes(module, "kernel_size"),
                    "{name} {path}"
                );
                assert_eq!(
                    window.stride.to_vec(),
                    sizes(module, "stride"),
                    "{name} {path}"
                );
                assert_eq!(
                    window.padding.to_vec(),
                    sizes(module, "padding"),
                    "{name} {path}"
                );
                assert_eq!(
                    u128::from(conv.groups),
                    count(module, "groups"),
                    "{name} {path}"
                );
            }
        }
        // Layers without a PyTorch module: additions, the input and its preprocessing, flattening, ReLUs called as functions.
        let unnamed = network
            .nodes()
            .filter(|(_, node)| {
                matches!(
                    node.layer,
                    Layer::Conv(Conv::Spatial(_))
                        | Layer::Norm(Norm::Batch(_))
                        | Layer::Linear(_)
                        | Layer::Pool(Pool::Max(_))
                ) && !calls.contains_key(node.path.module.as_str())
            })
            .count();
        assert_eq!(unnamed, 0, "{name} has layers that PyTorch has not");
    }
}

#[test]
fn rows_add_up_to_totals_at_every_level() {
    for name in catalog::names() {
        let subject = subject(name);
        for level in Level::ALL {
            let rows = report_rows::rows(&subject.model.network, level);
            for column in Column::ALL.into_iter().filter(|column| column.adds_up()) {
                let sum: u128 = rows
                    .iter()
                    .map(|row| match subject.cell(row, column) {
                        Cell::Count(count) => count,
                        other => panic!("{name}: {column:?} is {other:?}"),
                    })
                    .sum();
                assert_eq!(
                    Cell::Count(sum),
                    subject.total(column),
                    "{name} {level:?} {column:?}"
                );
            }
        }
    }
}

#[test]
fn published_figures_come_out() {
    // Published counts and receptive fields of these networks; He et al. 2015 and Araujo et al. 2019 give them rounded.
    for (name, depth, field) in [
        ("resnet18", 18, 435),
        ("resnet34", 34, 899),
        ("resnet50", 50, 427),
        ("resnet50_v1", 50, 483),
        ("resnet101", 101, 971),
        ("resnet101_v1", 101, 1027),
        ("resnet152", 152, 1451),
        ("resnet152_v1", 152, 1507),
    ] {
        let subject = subject(name);
        assert_eq!(subject.analysis.depth, depth, "{name}");
        let found = subject
            .analysis
            .final_receptive_field(&subject.model.network);
        assert_eq!(
            found.map(resnet_explore::analysis::ReceptiveField::size),
            Some(field),
            "{name}"
        );
    }
}

#[test]
fn v1_and_v1_5_differ_by_three_strides_alone() {
    for depth in ["resnet50", "resnet101", "resnet152"] {
        let (newer, older) = (subject(depth), subject(&format!("{depth}_v1")));
        assert_eq!(newer.macs().0 - older.macs().0, 231_211_008, "{depth}");
        assert_eq!(newer.params(), older.params(), "{depth}");
    }
}

#[test]
fn batch_size_and_classes_change_what_they_should() {
    let overrides = Overrides {
        input_size: Some([320, 224]),
        classes: Some(10),
        ..Overrides::default()
    };
    let model = open("resnet50", &overrides).expect("a shipped network");
    let one = Subject::new(model.clone(), Rule::ConvFc, 1);
    let eight = Subject::new(model, Rule::Torch, 8);
    assert_eq!(one.params(), Params(25_557_032 - 990 * 2049));
    assert_eq!(eight.params(), one.params());
    assert_eq!(eight.macs(), Macs(one.macs().0 * 8 * 2));
    assert_eq!(eight.flops(), one.flops() * 8);
    assert_eq!(eight.activations(), Elements(one.activations().0 * 8));
}

#[test]
fn an_alias_finds_its_network() {
    assert_eq!(
        open("torchvision:resnet34", &Overrides::default())
            .expect("an alias")
            .spec
            .name,
        "resnet34"
    );
}
