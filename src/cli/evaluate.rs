//! `evaluate`: the accuracy of a network on labelled images, and which classes it takes for which.

use std::collections::BTreeMap;
use std::sync::Arc;

use clap::Args as ClapArgs;
use serde_json::json;

use super::engine::{EngineArgs, admitted};
use super::fit::{fitting, unchosen};
use super::flags::{Body, Format, Shape, input_size, named, spoken};
use super::output::{Failure, Output, width};
use super::progress::Progress;
use super::subject::sound;
use super::train::opened;
use crate::analysis::Rule;
use crate::engine::budget::Way;
use crate::engine::lesions::likeliest;
use crate::engine::sources::classes;
use crate::engine::{Compiled, Input, WeightsChoice};
use crate::lower::Model;
use crate::message;
use crate::report::format::{percent, thousands};
use crate::report::grid::{Grid, Side};
use crate::sorting::Sorting;
use crate::weights::{DataError, Dataset};

/// Classes of the largest matrix that is printed whole.
const WHOLE: usize = 20;

/// Pairs of classes that are printed of a larger one.
const PAIRS: usize = 10;

#[derive(Debug, ClapArgs)]
pub(super) struct EvaluateArgs {
    #[arg(value_parser = named())]
    name: String,
    #[arg(long, value_name = "SRC", default_value = "digits", value_parser = named())]
    data: String,
    #[arg(long)]
    all: bool,
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    #[arg(long, value_name = "SIZE", value_parser = input_size)]
    input_size: Option<[u64; 2]>,
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=crate::network::limits::CHANNELS))]
    classes: Option<u64>,
    #[command(flatten)]
    body: Body,
    #[arg(long, value_name = "SRC", value_parser = named())]
    weights: Option<String>,
    #[arg(long, value_name = "N", default_value_t = 64, value_parser = clap::value_parser!(u64).range(1..=crate::network::limits::BATCH))]
    batch_size: u64,
    #[command(flatten)]
    engine: EngineArgs,
    #[arg(long, default_value = "text")]
    format: Format,
}

/// Number of images of each class that were taken for each class.
#[derive(Debug, Default)]
struct Confusion(BTreeMap<(usize, usize), usize>);

impl Confusion {
    fn add(&mut self, labels: &[usize], answers: &[usize]) {
        for (&label, &answer) in labels.iter().zip(answers) {
            *self.0.entry((label, answer)).or_default() += 1;
        }
    }

    fn count(&self, label: usize, answer: usize) -> usize {
        self.0.get(&(label, answer)).copied().unwrap_or(0)
    }

    fn images(&self) -> usize {
        self.0.values().sum()
    }

    fn right(&self) -> usize {
        let right = self.0.iter().filter(|((label, answer), _)| label == answer);
        right.map(|(_, count)| count).sum()
    }

    fn of(&self, label: usize) -> usize {
        let own = self.0.range((label, 0)..=(label, usize::MAX));
        own.map(|(_, count)| count).sum()
    }

    /// Classes that were taken for others, the most frequent first.
    fn mistakes(&self) -> Vec<((usize, usize), usize)> {
        let wrong = self.0.iter().filter(|((label, answer), _)| label != answer);
        let mut wrong: Vec<_> = wrong.map(|(&pair, &count)| (pair, count)).collect();
        wrong.order_by_key(|&(pair, count)| (std::cmp::Reverse(count), pair));
        wrong
    }
}

pub(super) fn evaluate(args: &EvaluateArgs) -> Result<Output, Failure> {
    let shape = Shape {
        input_size: args.input_size,
        batch: args.batch_size,
        classes: args.classes,
        body: args.body,
    };
    let subject = sound(&args.name, shape, Rule::default())?;
    let model = &subject.model;
    let data = opened(&args.data)?;
    let wrong = |error: DataError| Failure::failed(error.0);
    let missing = || Failure::failed(message!("choice-no-input"));
    let steps = model.picture_steps().ok_or_else(missing)?;
    let count = classes(model).ok_or_else(|| {
        let message = message!("evaluate-no-classes", net = &model.spec.name);
        Failure::failed(message)
    })?;
    data.fits(&model.spec.name, &steps, count).map_err(wrong)?;
    let mut notes = String::new();
    let weights = if let Some(text) = &args.weights {
        WeightsChoice::parse_in(text, model).map_err(unchosen)?
    } else {
        let choice = WeightsChoice::default_for(model);
        notes +=
            &(spoken().say(&message!("run-chose-weights", weights = choice.to_string())) + "\n");
        choice
    };
    let source = fitting(model, &weights)?;
    let (train, test) = data.parts(args.seed);
    let of: Vec<usize> = if args.all {
        train.into_iter().chain(test).collect()
    } else {
        test
    };
    let batch = (args.batch_size as usize).min(of.len()).max(1);
    admitted(model, batch as u64, Way::Compiled)?;
    let options = args.engine.options(batch as u64, false);
    let network = Arc::new(model.network.clone());
    let compiled = Compiled::new(network, &source.as_ref(), options);
    let mut compiled = compiled.map_err(Failure::failed)?;
    let mut confusion = Confusion::default();
    let progress = Progress::of(of.len().div_ceil(batch), "progress-running");
    for part in of.chunks(batch) {
        // A plan has one size of batch: the last one is filled with its first image.
        let filled = part.iter().chain(std::iter::repeat(&part[0])).take(batch);
        let filled: Vec<usize> = filled.copied().collect();
        let pixels = data.pixels(&filled, &steps).map_err(wrong)?;
        let output = compiled
            .run(&Input::Pixels(pixels))
            .map_err(Failure::failed)?;
        confusion.add(&data.labels(part), &likeliest(&output));
        progress.step();
    }
    drop(progress);
    let names = names(model, &data, count);
    let mut output = match args.format {
        Format::Json => Output::json(&in_json(args, model, &weights, &confusion, &names)),
        Format::Csv => Output::data(matrix(&confusion, &names).csv()),
        Format::Markdown => Output::data(matrix(&confusion, &names).markdown()),
        Format::Text => Output::data(text(model, &data, &weights, &confusion, &names)),
    };
    output.stderr = notes;
    Ok(output)
}

/// The names of the classes: those of the data's folders, or the network's.
fn names(model: &Model, data: &Dataset, count: usize) -> Vec<String> {
    let own = data.classes().unwrap_or_default();
    let name = |class: usize| {
        let label = || {
            model
                .label(class)
                .map(|label| label.of(spoken()).to_owned())
        };
        let name = own.get(class).cloned().or_else(label);
        name.unwrap_or_else(|| class.to_string())
    };
    (0..count).map(name).collect()
}

/// A row per class of the images, a column per class of the answers.
fn matrix(confusion: &Confusion, names: &[String]) -> Grid {
    let first = spoken().word("evaluate-column-class");
    let heads = std::iter::once((first.to_owned(), Side::Left));
    let heads = heads.chain(names.iter().map(|name| (name.clone(), Side::Right)));
    let mut grid = Grid::new(heads);
    for (label, name) in names.iter().enumerate() {
        let counts = (0..names.len()).map(|answer| match confusion.count(label, answer) {
            0 => "·".to_owned(),
            count => count.to_string(),
        });
        grid.row(
            std::iter::once(name.clone())
                .chain(counts)
                .collect::<Vec<_>>(),
        );
    }
    grid
}

fn in_json(
    args: &EvaluateArgs,
    model: &Model,
    weights: &WeightsChoice,
    confusion: &Confusion,
    names: &[String],
) -> serde_json::Value {
    let classes = names.iter().enumerate().map(|(class, name)| {
        json!({
            "class": class,
            "label": name,
            "images": confusion.of(class),
            "right": confusion.count(class, class),
        })
    });
    let pairs = confusion.0.iter().map(
        |(&(label, answer), &count)| json!({"label": label, "answer": answer, "images": count}),
    );
    json!({
        "net": model.spec.name,
        "weights": weights.to_string(),
        "data": args.data,
        "images": confusion.images(),
        "right": confusion.right(),
        "accuracy": confusion.right() as f64 / confusion.images().max(1) as f64,
        "classes": classes.collect::<Vec<_>>(),
        "confusion": pairs.collect::<Vec<_>>(),
    })
}

fn text(
    model: &Model,
    data: &Dataset,
    weights: &WeightsChoice,
    confusion: &Confusion,
    names: &[String],
) -> String {
    let share = confusion.right() as f64 / confusion.images().max(1) as f64;
    let title = message!(
        "evaluate-title",
        model = &model.spec.name,
        weights = weights.to_string(),
        data = data.name(),
        right = thousands(confusion.right() as u128),
        images = thousands(confusion.images() as u128),
        share = percent(share)
    );
    let mut text = format!("{}\n\n", spoken().say(&title));
    if names.len() <= WHOLE {
        text += &format!("{}\n", spoken().word("evaluate-matrix"));
        text += &matrix(confusion, names).text(width(), true);
        text.push('\n');
    }
    let mistakes = confusion.mistakes();
    if !mistakes.is_empty() {
        text += &format!("\n{}\n", spoken().word("evaluate-mistakes"));
    }
    for ((label, answer), count) in mistakes.into_iter().take(PAIRS) {
        let line = message!(
            "evaluate-mistake",
            count = count,
            label = &names[label],
            answer = &names[answer]
        );
        text += &format!("  {}\n", spoken().say(&line));
    }
    text
}
