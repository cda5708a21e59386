//! Promise: the published accuracies of known weights are in the specs, each as in its source.

mod common;

use std::collections::BTreeMap;

use resnet_explore::lower::{Overrides, open, open_text};
use resnet_explore::report::catalogue::entry::{Entry, SortKey, entries};
use resnet_explore::report::catalogue::plot::{Axis, best, points};
use resnet_explore::report::catalogue::published::{Accuracy, Published, Trained};
use resnet_explore::spec::catalog;
use resnet_explore::text::Language;

/// Rows of timm's results table: the other columns by weights and size.
fn table() -> BTreeMap<(String, String), Vec<String>> {
    let text = std::fs::read_to_string(common::data("published_accuracy.csv")).expect("a fixture");
    let mut lines = text.lines();
    assert_eq!(
        lines.next(),
        Some("weights,img_size,top1,top5,crop_pct,interpolation")
    );
    lines
        .map(|line| {
            let mut cells = line.split(',').map(str::to_owned);
            let key = (cells.next().expect("a name"), cells.next().expect("a size"));
            (key, cells.collect())
        })
        .collect()
}

fn published(name: &str) -> Option<Published> {
    let model = open(name, &Overrides::default()).expect("a shipped network");
    Published::of(&model.spec.file)
}

#[test]
fn every_row_of_timms_table_is_in_its_spec_and_no_other() {
    let table = table();
    assert_eq!(table.len(), 295);
    let mut found = BTreeMap::new();
    for name in catalog::names() {
        let Some(published) = published(name) else {
            continue;
        };
        assert!(published.on.is_some_and(|on| on.contains("ImageNet-1k")));
        let source = published.source.expect("a source");
        if source.contains("Caffe") {
            assert!(name.ends_with("_v1"), "{name}");
            continue;
        }
        assert!(source.starts_with("timm, results/results-imagenet.csv"));
        for row in published.accuracy {
            assert_eq!(row.weights.split('.').next(), Some(*name));
            let cells = vec![
                format!("{:.3}", row.top1),
                format!("{:.3}", row.top5.expect("top-5")),
                format!("{:.3}", row.crop.expect("a crop")),
                row.interpolation.expect("an interpolation"),
            ];
            let twice = found.insert((row.weights.clone(), row.size.to_string()), cells);
            assert_eq!(twice, None, "{} at {}", row.weights, row.size);
        }
    }
    assert_eq!(found, table);
}

#[test]
fn several_weights_of_one_network_are_reported_apart() {
    let published = published("resnet50").expect("known weights");
    let of = |weights: &str| {
        let rows = published.accuracy.iter();
        let own = rows.filter(|row| row.weights == weights);
        own.map(|row| (row.size, row.top1)).collect::<Vec<_>>()
    };
    assert_eq!(of("resnet50.tv_in1k"), [(224, 76.156)]);
    assert_eq!(of("resnet50.tv2_in1k"), [(224, 80.846), (176, 79.434)]);
    assert_eq!(published.best().map(|best| best.top1), Some(81.24));
}

#[test]
fn a_variant_inherits_the_source_and_no_accuracy() {
    let text = "inherits = \"resnet50\"\nblock = \"bottleneck_v1\"\n";
    let file = open_text("mine.toml", text, &Overrides::default())
        .spec
        .file;
    assert_eq!(Published::of(&file), None);
    let own = "[published]\naccuracy = [{ weights = \"mine\", size = 160, top1 = 50 }]\n";
    let model = open_text("mine.toml", &format!("{text}{own}"), &Overrides::default());
    let published = Published::of(&model.spec.file).expect("one");
    assert_eq!(published.accuracy.len(), 1);
    assert!(
        published
            .source
            .is_some_and(|source| source.starts_with("timm"))
    );
}

#[test]
fn the_list_shows_the_accuracy_at_the_size_that_operations_are_counted_at() {
    let mut entries = entries().expect("the catalogue is sound");
    SortKey::Top1.sort(&mut entries);
    let known = |entry: &Entry| entry.accuracy.is_some();
    assert!(
        entries.is_sorted_by_key(|entry| !known(entry)),
        "the unknown are last"
    );
    let best: Vec<f64> = entries
        .iter()
        .filter_map(|entry| Some(entry.accuracy.as_ref()?.top1))
        .collect();
    assert!(best.is_sorted_by(|left, right| left >= right));
    assert_eq!(entries[0].name, "ecaresnet269d");
    for entry in entries.iter().filter(|entry| known(entry)) {
        let own = entry.input[1];
        let mut rows = published(&entry.name).expect("known").accuracy;
        rows.retain(Accuracy::is_of_imagenet_1k);
        let shown = entry.accuracy.as_ref().expect("known");
        let nearest = rows.iter().map(|row| row.size.abs_diff(own)).min();
        assert_eq!(Some(shown.size.abs_diff(own)), nearest, "{}", entry.name);
        let better = |row: &&Accuracy| row.size == shown.size && row.top1 > shown.top1;
        assert_eq!(rows.iter().find(better), None, "{}", entry.name);
        assert_eq!(
            entry.top1().contains('@'),
            shown.size != own,
            "{}",
            entry.name
        );
    }
}

#[test]
fn every_shipped_tag_says_what_its_weights_were_trained_on() {
    for name in catalog::names() {
        for row in published(name).map_or_else(Vec::new, |published| published.accuracy) {
            let data = row
                .data
                .as_deref()
                .unwrap_or_else(|| panic!("{} has no data", row.weights));
            // timm's tags show it: other data before `_ft_`, or a teacher's.
            let tag = row.weights.split_once('.').expect("a tag").1;
            let has_more = tag.contains("_ft_") || tag.contains("distilled");
            assert_eq!(row.is_of_imagenet_1k(), !has_more, "{tag}: {data}");
        }
    }
}

#[test]
fn networks_are_compared_by_what_was_trained_on_imagenet_1k_alone_unless_all_is_asked_for() {
    let entries = entries().expect("the catalogue is sound");
    let more = |entries: &[Entry]| {
        let shown = entries.iter().filter_map(|entry| entry.accuracy.as_ref());
        shown.filter(|best| !best.is_of_imagenet_1k()).count()
    };
    let on_the_front = |entries: &[Entry], axis| {
        let points = points(entries, axis);
        let front = best(&points);
        let shown = front
            .iter()
            .filter_map(|&at| points[at].entry.accuracy.as_ref());
        shown.filter(|best| !best.is_of_imagenet_1k()).count()
    };
    assert_eq!(more(&entries), 0);
    for axis in [Axis::Macs, Axis::Params] {
        assert_eq!(on_the_front(&entries, axis), 0);
    }
    let mut all = entries.clone();
    for entry in &mut all {
        entry.compare(Trained::OnAnything);
    }
    let known = all.iter().filter(|entry| entry.accuracy.is_some()).count();
    assert_eq!((known, more(&all)), (110, 17));
    assert!(on_the_front(&all, Axis::Macs) > 5);
    for entry in all.iter().filter(|entry| entry.accuracy.is_some()) {
        let best = entry.accuracy.as_ref().expect("known");
        assert_eq!(
            entry.top1().contains('+'),
            !best.is_of_imagenet_1k(),
            "{}",
            entry.name
        );
    }
    let mut again = all;
    for entry in &mut again {
        entry.compare(Trained::OnImageNet1k);
    }
    assert_eq!(again, entries);
}

#[test]
fn a_spec_says_what_its_own_weights_were_trained_on() {
    let data = |row: &str| {
        let text = format!(
            "inherits = \"resnet50\"\n[published]\naccuracy = [{{ {row}, size = 224, top1 = 50 }}]\n"
        );
        let model = open_text("mine.toml", &text, &Overrides::default());
        let published = Published::of(&model.spec.file).expect("one");
        published.accuracy[0].data.clone()
    };
    assert_eq!(data("weights = \"mine\""), None);
    assert_eq!(
        data("weights = \"mine.a1_in1k\"").as_deref(),
        Some("ImageNet-1k")
    );
    assert_eq!(
        data("weights = \"mine\", data = \"photos\"").as_deref(),
        Some("photos")
    );
}

#[test]
fn an_accuracy_on_other_pictures_is_not_held_against_imagenets() {
    let entry = |on: &str| {
        let text = format!(
            "inherits = \"resnet50\"\n[published]\n{on}accuracy = [{{ weights = \"mine\", size = 224, top1 = 99, data = \"ImageNet-1k\" }}]\n"
        );
        let mut entry = Entry::new(&open_text("mine.toml", &text, &Overrides::default()));
        let alike = entry.top1();
        entry.compare(Trained::OnAnything);
        let data = entry.accuracy.as_ref().expect("known").data();
        (alike, entry.top1(), Language::ENGLISH.say(&data))
    };
    let own =
        |alike: &str, all: &str, data: &str| (alike.to_owned(), all.to_owned(), data.to_owned());
    assert_eq!(entry(""), own("99.00", "99.00", "ImageNet-1k"));
    assert_eq!(
        entry("on = \"my photos\"\n"),
        own("", "99.00+", "ImageNet-1k, tested on my photos")
    );
}
