//! Promise: differences between two networks are found and named, and their costs add up to the difference of the totals.

use resnet_explore::analysis::Rule;
use resnet_explore::lower::{Overrides, open};
use resnet_explore::report::compare::{Comparison, Cost, Mark, Unit};
use resnet_explore::report::{Level, Subject};
use resnet_explore::spec::catalog;
use resnet_explore::text::{Language, Message};

fn say(message: &Message) -> String {
    Language::ENGLISH.say(message)
}

fn subject(name: &str) -> Subject {
    let model = open(name, &Overrides::default()).expect("a shipped network");
    Subject::new(model, Rule::default(), 1)
}

fn compared(a: &str, b: &str) -> Comparison {
    Comparison::new(&subject(a), &subject(b))
}

#[test]
fn v1_and_v1_5_differ_by_three_strides() {
    for (a, b) in [
        ("resnet50_v1", "resnet50"),
        ("resnet101_v1", "resnet101"),
        ("resnet152_v1", "resnet152"),
    ] {
        let comparison = compared(a, b);
        let [only] = comparison.differences.as_slice() else {
            panic!("{:#?}", comparison.differences);
        };
        assert_eq!(
            (only.kind, only.of, only.count),
            (Mark::Moved, Unit::Stride, 3)
        );
        assert_eq!(say(&only.what), "stride 2 from conv1 to conv2");
        assert_eq!(only.places, ["layer2.0", "layer3.0", "layer4.0"]);
        assert_eq!(only.cost, comparison.total);
        assert_eq!(only.cost.params, 0);
        assert_eq!(only.cost.macs, 231_211_008);
        assert_eq!(only.cost.receptive_field, -56);
    }
    let comparison = compared("resnet50_v1", "resnet50");
    assert_eq!(
        say(&comparison.headline(Rule::ConvFc.unit())),
        "3 strides moved: +231,211,008 MACs, receptive field 483 → 427"
    );
}

#[test]
fn a_network_is_like_itself() {
    for name in ["resnet50", "res2net50d", "preact_resnet164_cifar"] {
        let comparison = compared(name, name);
        assert!(comparison.differences.is_empty());
        assert_eq!(comparison.total, Cost::default());
        let rows = comparison.pairs(Level::Layer);
        assert!(rows.iter().all(|pair| pair.mark == Mark::Same));
    }
}

#[test]
fn a_deeper_network_has_more_blocks() {
    let comparison = compared("resnet50", "resnet101");
    let [only] = comparison.differences.as_slice() else {
        panic!("{:#?}", comparison.differences);
    };
    assert_eq!(
        (only.kind, only.of, only.count),
        (Mark::Appeared, Unit::Block, 17)
    );
    assert_eq!(say(&only.what), "bottleneck in layer3");
    assert_eq!(only.cost.receptive_field, 971 - 427);
}

#[test]
fn attention_appears_as_one_module() {
    let comparison = compared("resnet50", "seresnet50");
    let appeared: Vec<_> = comparison
        .differences
        .iter()
        .filter(|difference| difference.kind == Mark::Appeared)
        .collect();
    assert_eq!(appeared.len(), 1, "{appeared:#?}");
    assert!(
        say(&appeared[0].what).starts_with("se ("),
        "{}",
        appeared[0].what
    );
    assert_eq!(appeared[0].places.len(), 16);
}

/// Every network against its neighbour in the catalogue, and against ResNet-50, both ways.
#[test]
fn costs_add_up_for_any_two_networks() {
    let names = catalog::names();
    let subjects: Vec<_> = names.iter().map(|name| subject(name)).collect();
    let middle = subjects
        .iter()
        .find(|subject| subject.model.spec.name == "resnet50")
        .expect("it is shipped");
    let neighbours = subjects.iter().zip(subjects.iter().skip(1));
    let hub = subjects
        .iter()
        .flat_map(|subject| [(subject, middle), (middle, subject)]);
    for (a, b) in neighbours.chain(hub) {
        let comparison = Comparison::new(a, b);
        let what = format!("{} → {}", comparison.a.name, comparison.b.name);
        let sum = |costs: &mut dyn Iterator<Item = Cost>| {
            costs.fold(Cost::default(), |sum, cost| sum + cost)
        };
        let of_differences = sum(&mut comparison.differences.iter().map(|one| one.cost));
        assert_eq!(of_differences, comparison.total, "{what}");
        for level in Level::ALL {
            let rows = comparison.pairs(level);
            let of_rows = sum(&mut rows.iter().map(|pair| pair.cost));
            assert_eq!(of_rows, comparison.total, "{what} {}", level.name());
        }
        let less = |a: u128, b: u128| b.cast_signed() - a.cast_signed();
        let (from, to) = (&comparison.a, &comparison.b);
        assert_eq!(
            comparison.total.params,
            less(from.params, to.params),
            "{what}"
        );
        assert_eq!(comparison.total.macs, less(from.macs, to.macs), "{what}");
        assert_eq!(
            comparison.total.activations,
            less(from.activations, to.activations),
            "{what}"
        );
        if let (Some(from), Some(to)) = (from.receptive_field, to.receptive_field) {
            assert_eq!(comparison.total.receptive_field, less(from, to), "{what}");
        }
        // Each layer of both networks is in one row.
        for (of_a, subject) in [(true, a), (false, b)] {
            let mut seen: Vec<_> = comparison
                .pairs(Level::Layer)
                .into_iter()
                .filter_map(|pair| {
                    if of_a {
                        pair.a.as_ref()
                    } else {
                        pair.b.as_ref()
                    }
                })
                .flat_map(|row| row.layers(&subject.model.network))
                .collect();
            seen.sort_unstable();
            assert_eq!(
                seen,
                subject.model.network.ids().collect::<Vec<_>>(),
                "{what}"
            );
        }
    }
}
