//! Lines that `train` prints: one an epoch, and curves at the end.

use super::save::Epoch;
use crate::cli::flags::{Format, spoken};
use crate::message;
use crate::report::format::{in_percent, percentage};

/// The heading of a form that has one.
pub(super) fn heading(format: Format) -> Option<String> {
    match format {
        Format::Csv => Some(
            "net,seed,epoch,loss,accuracy,test_accuracy,seconds,images_per_second\n".to_owned(),
        ),
        Format::Markdown => Some(
            "| net | seed | epoch | loss | accuracy | test accuracy | seconds | images per second |\n| --- | --: | --: | --: | --: | --: | --: | --: |\n"
                .to_owned(),
        ),
        Format::Text | Format::Json => None,
    }
}

/// An epoch of one network.
pub(super) fn line(format: Format, own: &Epoch, names: usize) -> String {
    match format {
        Format::Json => serde_json::to_string(own).unwrap_or_default() + "\n",
        Format::Csv | Format::Markdown => {
            let cells = [
                own.net.clone(),
                own.seed.to_string(),
                own.epoch.to_string(),
                format!("{:.6}", own.loss),
                format!("{:.6}", own.accuracy),
                format!("{:.6}", own.test_accuracy),
                format!("{:.3}", own.seconds),
                format!("{:.1}", own.images_per_second),
            ];
            if format == Format::Csv {
                // A name with a comma is quoted.
                let [net, rest @ ..] = cells;
                let net = if net.contains([',', '"']) {
                    format!("\"{}\"", net.replace('"', "\"\""))
                } else {
                    net
                };
                format!("{net},{}\n", rest.join(","))
            } else {
                format!("| {} |\n", cells.join(" | "))
            }
        }
        Format::Text => {
            spoken().say(&message!(
                "train-epoch",
                net = format!("{:names$}", own.net),
                epoch = format!("{:3}", own.epoch),
                loss = format!("{:8.4}", own.loss),
                train = format!("{:>5}", percentage(own.accuracy)),
                test = format!("{:>5}", percentage(own.test_accuracy)),
                rate = format!("{:.0}", own.images_per_second)
            )) + "\n"
        }
    }
}

/// Heights of a curve's cells.
const CELLS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// Cells of a curve, at most.
const LONGEST: usize = 60;

/// A curve between the least and the most of all.
fn curve(values: &[f64], [low, high]: [f64; 2]) -> String {
    let step = values.len().div_ceil(LONGEST).max(1);
    let cell = |value: f64| {
        let part = (value - low) / (high - low).max(f64::MIN_POSITIVE);
        let place = (part * 7.0).round().clamp(0.0, 7.0);
        CELLS[if place.is_finite() { place as usize } else { 7 }]
    };
    values
        .chunks(step)
        .filter_map(|own| own.last())
        .map(|&value| cell(value))
        .collect()
}

/// A number of an epoch.
type Value = fn(&Epoch) -> f64;

/// The losses and the accuracies of all networks, each on one scale.
pub(super) fn curves(nets: &[(&str, &[Epoch])], names: usize) -> String {
    let mut text = String::new();
    let of: [(&'static str, Value); 2] = [
        ("train-curve-loss", |own| own.loss),
        ("train-curve-test", |own| in_percent(own.test_accuracy)),
    ];
    for (title, value) in of {
        let all = || nets.iter().flat_map(|(_, epochs)| epochs.iter().map(value));
        let range = [
            all().fold(f64::INFINITY, f64::min),
            all().fold(f64::NEG_INFINITY, f64::max),
        ];
        if !range[0].is_finite() {
            continue;
        }
        let [low, high] = range.map(|value| format!("{value:.3}"));
        let title = crate::text::Message::new(title)
            .with("low", low)
            .with("high", high);
        text += &format!("\n{}\n", spoken().say(&title));
        for (net, epochs) in nets {
            let values: Vec<f64> = epochs.iter().map(value).collect();
            let last = values.last().copied().unwrap_or(f64::NAN);
            text += &format!("  {net:names$}  {}  {last:.3}\n", curve(&values, range));
        }
    }
    text
}
