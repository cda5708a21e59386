//! Promise: the batch normalisation laboratory has PyTorch's numbers: statistics, output and running statistics.

mod common;

use common::{data, text};
use resnet_explore::engine::WeightsChoice;
use resnet_explore::engine::bn_lab::{BnLab, Rights, Start, moments};
use resnet_explore::lower::{Overrides, open};
use serde_json::Value;

fn numbers(row: &Value) -> Vec<f64> {
    row.as_array()
        .expect("a list")
        .iter()
        .map(|x| x.as_f64().expect("a number"))
        .collect()
}

fn close<'a>(what: &str, found: impl IntoIterator<Item = &'a f32>, wanted: &Value) {
    let wanted = numbers(wanted);
    let rms = (wanted.iter().map(|x| x * x).sum::<f64>() / wanted.len() as f64).sqrt();
    let mut count = 0;
    for (found, wanted) in found.into_iter().zip(&wanted) {
        count += 1;
        assert!(
            (f64::from(*found) - wanted).abs() <= 2e-5 * rms,
            "{what}: {found} against {wanted}"
        );
    }
    assert_eq!(count, wanted.len(), "{what}");
}

#[test]
fn batches_have_pytorchs_statistics_outputs_and_running_statistics() {
    let fixture: Value =
        serde_json::from_slice(&std::fs::read(data("bn_lab.json")).expect("a file")).expect("JSON");
    let channel = fixture["channel"].as_u64().expect("a number") as usize;
    let model = open("resnet20_fashion", &Overrides::default()).expect("shipped");
    let mut state = None;
    for row in fixture["rows"].as_array().expect("rows") {
        let path = text(row, "layer");
        let lab = BnLab::new(&model, &WeightsChoice::Shipped, path).expect("a laboratory");
        let (size, number) = (
            row["size"].as_u64().expect("a size"),
            row["number"].as_u64().expect("a number"),
        );
        let input = lab.input(size as usize, number as usize).expect("a batch");
        let batch = lab.statistics(&input);
        let what = format!("{path}, batch {number} of {size}");
        close(&what, &batch.mean, &row["mean"]);
        close(&what, &batch.variance_biased, &row["biased"]);
        close(&what, &batch.variance_unbiased, &row["unbiased"]);
        let one = lab
            .channel(&input, channel, &lab.start(Start::Stored))
            .expect("a channel");
        close(&what, one.training.iter().take(40), &row["training"]);
        close(&what, one.inference.iter().take(40), &row["inference"]);
        if (size, number) == (16, 0) {
            state = Some((lab.start(Start::Fresh), lab.start(Start::Stored)));
        }
        let (fresh, stored) = state.take().expect("the first batch is 0");
        let (fresh, stored) = (lab.moved(&fresh, &batch), lab.moved(&stored, &batch));
        close(&what, &fresh.mean, &row["fresh"]["mean"]);
        close(&what, &fresh.variance, &row["fresh"]["var"]);
        close(&what, &stored.mean, &row["stored"]["mean"]);
        close(&what, &stored.variance, &row["stored"]["var"]);
        state = Some((fresh, stored));
    }
}

#[test]
fn larger_batches_lie_nearer_and_the_shape_of_a_distribution_stays() {
    let model = open("resnet20_fashion", &Overrides::default()).expect("shipped");
    let lab = BnLab::new(&model, &WeightsChoice::Shipped, "bn1").expect("a laboratory");
    let distances = [1, 4, 16, 64].map(|size| lab.distance(size).expect("a distance").mean);
    assert!(
        distances.is_sorted_by(|small, large| small > large),
        "{distances:?}"
    );
    let input = lab.input(16, 0).expect("a batch");
    let one = lab
        .channel(&input, 3, &lab.start(Start::Fresh))
        .expect("a channel");
    let (x, normalized) = (moments(&one.x), moments(&one.normalized));
    assert!(normalized.mean.abs() < 1e-6 && (normalized.variance - 1.0).abs() < 1e-3);
    assert!((x.skewness - normalized.skewness).abs() < 1e-4 && x.skewness.abs() > 0.1);
    assert!((x.kurtosis - normalized.kurtosis).abs() < 1e-3);
    // A constant channel has variance 0: ε keeps the quotient finite, and the output is β.
    let constant = input.mapv(|_| 0.5);
    let one = lab
        .channel(&constant, 3, &lab.start(Start::Fresh))
        .expect("a channel");
    assert!(one.training.iter().all(|&y| (y - one.beta).abs() < 1e-6));
}

#[test]
fn right_answers_depend_on_the_statistics_that_normalise() {
    let model = open("resnet20_fashion", &Overrides::default()).expect("shipped");
    let rights = Rights::measure(&model, &WeightsChoice::Shipped).expect("passes");
    let measured = Rights {
        of: 22,
        alone: 5,
        running: 20,
        together: 21,
    };
    assert_eq!(rights, Some(measured));
    let without_samples = open("resnet18", &Overrides::default()).expect("shipped");
    let none = Rights::measure(&without_samples, &WeightsChoice::Synthetic(0)).expect("nothing");
    assert_eq!(none, None);
}
