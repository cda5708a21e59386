//! Promise: a published number leads back to the network, rule, size and head that it was counted by.

#![allow(
    clippy::print_stdout,
    reason = "`--nocapture` shows how many quotations are explained"
)]

use resnet_explore::report::number_lookup::{Confidence, Fit, Quantity, explain, ladder, parse};
use resnet_explore::text::Language;

fn first(text: &str) -> (String, String, String, u128, Confidence) {
    let found = explain(&parse(text).expect("a number"), None).expect("the catalogue is sound");
    let best = &found.matches[0];
    (
        best.net.clone(),
        best.rule.clone(),
        best.note
            .as_ref()
            .map_or_else(String::new, |note| Language::ENGLISH.say(note)),
        best.value,
        found.confidence,
    )
}

#[test]
fn the_numbers_of_resnet50_lead_back_to_it() {
    for (text, net, rule, note, value) in [
        ("3.8G", "resnet50_v1", "conv+fc", "", 3_857_973_248),
        ("3.86G", "resnet50_v1", "conv+fc", "", 3_857_973_248),
        ("4.09G", "resnet50", "conv+fc", "", 4_089_184_256),
        ("4.11G", "resnet50", "fvcore", "", 4_111_512_576),
        ("25.557M", "resnet50", "params", "", 25_557_032),
        ("25.6M", "resnet50", "params", "", 25_557_032),
        (
            "25.583M",
            "resnet50",
            "params",
            "with conv biases",
            25_583_592,
        ),
        (
            "25.637M",
            "resnet50",
            "params",
            "Keras' total: with conv biases and running statistics",
            25_636_712,
        ),
        (
            "23.508M",
            "resnet50",
            "params",
            "without the head",
            23_508_032,
        ),
        ("11.69M", "resnet18", "params", "", 11_689_512),
    ] {
        let (found_net, found_rule, found_note, found_value, _) = first(text);
        assert_eq!(
            (
                found_net.as_str(),
                found_rule.as_str(),
                found_note.as_str(),
                found_value
            ),
            (net, rule, note, value),
            "{text}"
        );
    }
}

#[test]
fn the_ladder_has_every_number_quoted_for_resnet50() {
    let number = parse("4.11G").expect("a number");
    let operations = ladder("resnet50", &number, Quantity::Operations);
    let quoted = |text: &str| {
        operations
            .iter()
            .any(|rung| rung.quoted.iter().any(|quoted| quoted == text))
    };
    for text in [
        "3.8 G", "3.86 G", "4.09 G", "4.11 G", "4.12 G", "4.13 G", "7.7 G", "8.2 G",
    ] {
        assert!(quoted(text), "{text}: {operations:#?}");
    }
    assert!(operations.is_sorted_by_key(|rung| rung.value));
    let params = ladder("resnet50", &number, Quantity::Params);
    for text in ["25.557 M", "25.584 M", "25.637 M", "23.508 M"] {
        assert!(
            params
                .iter()
                .any(|rung| rung.quoted.iter().any(|quoted| quoted == text)),
            "{text}"
        );
    }
}

#[test]
fn it_says_how_sure_it_is() {
    assert_eq!(first("25557032").4, Confidence::Certain);
    assert_eq!(first("4.09G").4, Confidence::Likely);
    let nothing = explain(&parse("999T").expect("a number"), None).expect("sound");
    assert_eq!(nothing.confidence, Confidence::Unknown);
    assert!(nothing.matches.is_empty());
}

#[test]
fn sizes_batches_and_classes_are_searched() {
    // ResNet-50 at 320 by 320, at batch 2, and with CIFAR-10's classes.
    let of = |text: &str| {
        explain(&parse(text).expect("a number"), Some("resnet50"))
            .expect("sound")
            .matches
    };
    let at_320 = of("8.344G macs");
    assert_eq!(at_320[0].input, [3, 320, 320], "{at_320:#?}");
    let batch = of("16.356737024G");
    assert!(
        batch
            .iter()
            .any(|one| one.batch == 4 && one.fit == Fit::Rounded),
        "{batch:#?}"
    );
    let cifar = of("23528522");
    assert_eq!((cifar[0].classes, cifar[0].value), (10, 23_528_522));
}

/// Whether a name is one of those that `|` parts.
fn is_among(known: &str, found: &str) -> bool {
    known.split('|').any(|one| one == found)
}

#[test]
fn what_is_called_likely_is_right_for_public_quotations() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/quotations.csv");
    let mut file = csv::Reader::from_path(path).expect("the fixture is in the repository");
    let (mut rows, mut right, mut wrong, mut missed) = (0, 0, Vec::new(), Vec::new());
    for row in file.records() {
        let row = row.expect("four fields");
        let (number, net, rule) = (&row[0], &row[1], &row[2]);
        assert!(row[3].contains("https://"), "{number} has no source");
        rows += 1;
        let found =
            explain(&parse(number).expect("a number"), None).expect("the catalogue is sound");
        let is_sure = matches!(found.confidence, Confidence::Certain | Confidence::Likely);
        let best = found.matches.first();
        let is_right =
            best.is_some_and(|best| is_among(net, &best.net) && is_among(rule, &best.rule));
        let told = best.map_or_else(String::new, |best| {
            format!("{} by {}: {}", best.net, best.rule, best.value)
        });
        match (is_sure, is_right) {
            (true, true) => right += 1,
            (true, false) => wrong.push(format!("{number} is {net} by {rule}, and not {told}")),
            // No rule gives these digits, so it cannot be sure.
            (false, _) if rule.is_empty() => {}
            (false, _) => missed.push(format!(
                "{number} is {net} by {rule}; {:?}: {told}",
                found.confidence
            )),
        }
    }
    println!(
        "{right} of {rows} quotations are called likely, and rightly; of these it is unsure: {missed:#?}"
    );
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(rows >= 100 && right >= 70, "{right} of {rows}; {missed:#?}");
}
