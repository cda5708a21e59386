//! Promise: every rule gives the figure that its tool prints, to the unit, and rows add up to totals under every rule.

mod common;

use common::{count, rows, sizes, text};
use resnet_explore::analysis::{Macs, Rule};
use resnet_explore::lower::{Model, Overrides, open};
use resnet_explore::network::{Conv, Layer, Norm, Pool, Reshape};
use resnet_explore::report::network::stats::Stats;
use resnet_explore::report::{
    Cell, Column, Level, Subject, network::formula, network::rows as report_rows,
};
use resnet_explore::spec::catalog;
use resnet_explore::text::Language;
use serde_json::Value;

/// Rules whose tools were run, and their keys in the fixture.
const PRINTED: [(Rule, &str); 6] = [
    (Rule::Torch, "torch"),
    (Rule::Fvcore, "fvcore"),
    (Rule::Ptflops, "ptflops_pytorch"),
    (Rule::PtflopsAten, "ptflops_aten"),
    (Rule::Thop, "thop"),
    (Rule::Torchinfo, "torchinfo"),
];

fn shipped(name: &str) -> Model {
    open(name, &Overrides::default()).expect("a shipped network")
}

fn total(model: &Model, rule: Rule) -> u128 {
    Subject::new(model.clone(), rule, 1).macs().0
}

/// Network of a row in the fixture.
fn network_of(row: &Value) -> Model {
    let name = text(row, "model");
    let name = name.split_once(':').map_or(name, |(_, name)| name);
    let input = sizes(row, "input");
    let overrides = Overrides {
        input_size: Some([input[1], input[2]]),
        ..Overrides::default()
    };
    open(name, &overrides).unwrap_or_else(|_| panic!("{name} is shipped"))
}

/// Operations of a network that a tool does not see. timm rebuilds the head of a pruned network as a class derived from
/// `Linear`, which tools that look up a module's class do not know.
fn unseen(model: &Model, rule: Rule) -> u128 {
    if !model.spec.name.ends_with("_pruned") {
        return 0;
    }
    let head = model
        .network
        .nodes()
        .find_map(|(_, node)| match &node.layer {
            Layer::Linear(linear) => Some(linear),
            _ => None,
        });
    let head = head.expect("a linear head");
    let weights = u128::from(head.in_features * head.out_features);
    match rule {
        Rule::Ptflops => weights + u128::from(head.out_features),
        Rule::Thop => weights,
        _ => 0,
    }
}

#[test]
fn every_rule_gives_what_its_tool_prints() {
    let rows = rows("counters.jsonl");
    assert_eq!(rows.len(), 31, "rows of the fixture");
    let mut wrong = Vec::new();
    for row in &rows {
        let name = text(row, "model");
        let model = network_of(row);
        let subject = Subject::new(model.clone(), Rule::ConvFc, 1);
        let input = model.network.ids().next().expect("an input");
        let shape = subject.analysis.shapes[input].expect("a shape").dims();
        assert_eq!(shape, sizes(row, "input"), "{name}");
        for (rule, key) in PRINTED {
            let found = total(&model, rule);
            let printed = count(row, key) + unseen(&model, rule);
            if found != printed {
                wrong.push(format!(
                    "{name} by {rule}: {found}, and the tool: {printed}"
                ));
            }
        }
        // torch counts the same multiply-adds as two operations each.
        assert_eq!(
            total(&model, Rule::ConvFc) * 2,
            count(row, "torch"),
            "{name}"
        );
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn calflops_prints_what_its_rule_gives() {
    let rows = rows("counters_calflops.jsonl");
    assert_eq!(rows.len(), 14);
    for row in &rows {
        let name = text(row, "model");
        let model = network_of(row);
        let printed = count(row, "calflops");
        assert_eq!(total(&model, Rule::Calflops), printed, "{name}");
        let macs = count(row, "calflops_macs");
        assert_eq!(total(&model, Rule::ConvFc), macs, "{name}");
    }
}

#[test]
fn fvcores_operators_add_up_kind_by_kind() {
    for row in rows("counters.jsonl") {
        let model = network_of(&row);
        // Standardising weights is a batch norm to fvcore, and part of the convolution here.
        let standardizes = |layer: &Layer| matches!(layer, Layer::Conv(Conv::Spatial(conv)) if conv.standardize.is_some());
        if model
            .network
            .nodes()
            .any(|(_, node)| standardizes(&node.layer))
        {
            continue;
        }
        let subject = Subject::new(model, Rule::Fvcore, 1);
        let network = &subject.model.network;
        let by = |op: fn(&Layer) -> bool| -> u128 {
            network
                .nodes()
                .filter(|(_, node)| op(&node.layer))
                .map(|(id, _)| subject.analysis.macs[id].0)
                .sum()
        };
        let found = [
            by(|layer| {
                matches!(
                    layer,
                    Layer::Conv(Conv::Spatial(_) | Conv::Channels { .. })
                        | Layer::Pool(Pool::Blur { .. })
                )
            }),
            by(|layer| matches!(layer, Layer::Norm(Norm::Batch(_)))),
            by(|layer| matches!(layer, Layer::Pool(Pool::Global))),
            by(|layer| matches!(layer, Layer::Linear(_))),
        ];
        let printed = &row["fvcore_by_operator"];
        let of = |key| printed[key].as_u64().map_or(0, u128::from);
        let wanted = ["conv", "batch_norm", "adaptive_avg_pool2d", "linear"].map(of);
        assert_eq!(found, wanted, "{}", text(&row, "model"));
    }
}

#[test]
fn rows_add_up_to_totals_under_every_rule() {
    for name in catalog::names() {
        let model = shipped(name);
        for rule in Rule::ALL {
            let subject = Subject::new(model.clone(), rule, 3);
            for level in Level::ALL {
                let sum: u128 = report_rows::rows(&subject.model.network, level)
                    .iter()
                    .map(|row| match subject.cell(row, Column::Macs) {
                        Cell::Count(count) => count,
                        other => panic!("{name}: {other:?}"),
                    })
                    .sum();
                assert_eq!(Macs(sum), subject.macs(), "{name} {rule} {level:?}");
            }
        }
    }
}

#[test]
fn every_rule_grows_with_the_batch_in_proportion() {
    let model = shipped("resnet20_cifar");
    for rule in Rule::ALL {
        let three = Subject::new(model.clone(), rule, 3);
        assert_eq!(three.macs().0, 3 * total(&model, rule), "{rule}");
        assert_eq!(
            three.flops(),
            three.macs().0 * rule.flops_per_count(),
            "{rule}"
        );
    }
    // Figures printed by torch, fvcore, torchinfo and thop for a batch of three.
    let printed = [
        (Rule::Torch, 243_306_240),
        (Rule::Fvcore, 122_795_904),
        (Rule::Torchinfo, 121_657_278),
        (Rule::Thop, 123_926_592),
    ];
    for (rule, printed) in printed {
        let three = Subject::new(model.clone(), rule, 3);
        assert_eq!(three.macs().0, printed, "{rule}");
    }
}

#[test]
fn the_rules_without_a_fixture_are_sums_of_their_terms() {
    // ResNet-50 by hand: elements of ReLUs and additions, pools, and conv + fc.
    const MACS: u128 = 4_089_184_256;
    const RELUS: u128 = 9_608_704;
    const ADDITIONS: u128 = 5_519_360;
    const POOLED: u128 = 64 * 56 * 56;
    const LAST_MAP: u128 = 2048 * 7 * 7;
    const BIASES: u128 = 1000;
    let model = shipped("resnet50");
    assert_eq!(
        total(&model, Rule::ConvnetBurden),
        MACS + BIASES + 2 * RELUS + 2 * POOLED * 4 + LAST_MAP + ADDITIONS
    );
    assert_eq!(
        total(&model, Rule::TfProfiler),
        2 * MACS + BIASES + 9 * POOLED + LAST_MAP + ADDITIONS
    );
}

#[test]
fn convnet_burdens_table_comes_out_as_it_rounds() {
    for (name, giga) in [
        ("resnet18", 2),
        ("resnet34", 4),
        ("resnet50_v1", 4),
        ("resnet101_v1", 8),
        ("resnet152_v1", 11),
        ("resnext50_32x4d", 4),
    ] {
        let found = total(&shipped(name), Rule::ConvnetBurden);
        assert_eq!(
            (found + 500_000_000) / 1_000_000_000,
            giga,
            "{name}: {found}"
        );
    }
}

#[test]
fn only_ptflops_tells_functions_from_modules() {
    let text = r#"inherits = "resnet20_cifar""#;
    let other = "\nfunctional_relu = false\n";
    let open =
        |text: &str| resnet_explore::lower::open_text("own.toml", text, &Overrides::default());
    let (functions, modules) = (open(text), open(&format!("{text}{other}")));
    for rule in Rule::ALL {
        let [called, hooked] = [&functions, &modules].map(|model| total(model, rule));
        // The second ReLU of nine blocks, on maps of 16·32², 32·16² and 64·8².
        let difference = if rule == Rule::Ptflops {
            3 * (16_384 + 8_192 + 4_096)
        } else {
            0
        };
        assert_eq!(hooked - called, difference, "{rule}");
    }
}

#[test]
fn a_layers_formula_ends_in_its_count() {
    let model = shipped("resnet18");
    for rule in Rule::ALL {
        let subject = Subject::new(model.clone(), rule, 1);
        for id in subject.model.network.ids() {
            let count = subject.analysis.macs[id].0;
            let lines = formula::formulas(&subject, id);
            let line = lines.iter().find(|line| line.label == rule.unit());
            match line {
                Some(line) => {
                    let shown = resnet_explore::report::format::thousands(count);
                    assert!(
                        Language::ENGLISH.say(&line.text).ends_with(&shown),
                        "{rule}: {line:?}"
                    );
                }
                None => assert_eq!(count, 0, "{rule}"),
            }
        }
    }
}

#[test]
fn what_training_keeps_is_what_autograd_keeps() {
    let rows = rows("saved.jsonl");
    assert_eq!(rows.len(), 28, "rows of the fixture");
    let mut wrong = Vec::new();
    for row in &rows {
        let model = network_of(row);
        let analysis = Subject::new(model, Rule::ConvFc, 1).analysis;
        // timm's legacy networks drop features before their head: a mask of 512 numbers, for a layer that no other tool sees.
        let mask = match text(row, "model") {
            "timm:legacy_seresnet18" => 512 * 4,
            _ => 0,
        };
        let (found, kept) = (
            analysis.memory.training_activations + mask,
            count(row, "saved_bytes_per_image"),
        );
        if found != kept {
            wrong.push(format!("{}: {found}, autograd: {kept}", text(row, "model")));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_layers_keep_adds_up_for_every_network_and_no_layer_keeps_what_nothing_reads() {
    for name in catalog::names() {
        let subject = Subject::new(shipped(name), Rule::ConvFc, 3);
        let network = &subject.model.network;
        let rows = report_rows::rows(network, Level::Layer);
        let kept = |row| match subject.cell(row, Column::SavedForBackward) {
            Cell::Count(bytes) => bytes,
            other => panic!("{name}: {other:?}"),
        };
        let sum: u128 = rows.iter().map(kept).sum();
        let total = Stats::new(&subject).memory.training_activations;
        assert_eq!(sum, total, "{name}");
        assert!(total > 0, "{name}");
        // Nothing reads the output of the last layer, and a view has no separate memory.
        let last = network.sink().expect("an output");
        assert_eq!(subject.analysis.saved[last].0, 0, "{name}");
        for (id, node) in network.nodes() {
            if matches!(
                node.layer,
                Layer::Reshape(Reshape::Flatten | Reshape::Slice { .. })
            ) {
                assert_eq!(subject.analysis.saved[id].0, 0, "{name} {}", node.path);
            }
        }
    }
}
