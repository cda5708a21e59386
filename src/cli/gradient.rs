//! `gradient`: a backward pass, and how large each gradient is along the depth.

use std::ops::ControlFlow;
use std::sync::Arc;

use clap::Args as ClapArgs;
use serde::Serialize;
use serde_json::{Map, Value};

use super::fit::{fitting, unchosen};
use super::flags::{Body, Format, Shape, input_size, named, positive, spoken};
use super::output::{Failure, Output, width};
use super::progress::Progress;
use super::subject::sound;
use crate::analysis::Rule;
use crate::engine::gradient::{Backward, Batch, Norms, Options};
use crate::engine::kernels::Real;
use crate::engine::{
    GradientError, Input, InputChoice, LayerWeights, LoadedWeights, Mode, WeightsChoice,
};
use crate::lower::Model;
use crate::message;
use crate::network::Table;
use crate::report::format::dims;
use crate::report::grid::{Grid, Side};
use crate::weights::Fingerprint;

/// Images of a batch, unless said otherwise.
const BATCH: u64 = 2;

#[derive(Debug, ClapArgs)]
pub(super) struct GradientArgs {
    #[arg(value_parser = named())]
    name: String,
    #[arg(long, value_name = "SIZE", value_parser = input_size)]
    input_size: Option<[u64; 2]>,
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=crate::network::limits::BATCH))]
    batch: Option<u64>,
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=crate::network::limits::CHANNELS))]
    classes: Option<u64>,
    #[command(flatten)]
    body: Body,
    #[arg(long, value_name = "SRC", value_parser = named())]
    weights: Option<String>,
    #[arg(long, value_name = "SRC", value_parser = named())]
    input: Option<String>,
    #[arg(long, value_name = "N", value_delimiter = ',')]
    label: Vec<usize>,
    #[arg(long)]
    inference: bool,
    #[arg(long, value_name = "X", allow_negative_numbers = true, value_parser = positive)]
    step: Option<f64>,
    #[arg(long)]
    single: bool,
    #[arg(long, default_value = "text")]
    format: Format,
}

/// The JSON of `gradient`.
#[derive(Debug, Serialize)]
struct Shown {
    model: String,
    seed: Option<u64>,
    train: bool,
    weights: String,
    input: Vec<usize>,
    input_source: String,
    labels: Vec<usize>,
    precision: &'static str,
    loss: f64,
    input_gradient: Option<Fingerprint>,
    parameters: Map<String, Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    step: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    loss_after: Option<f64>,
    /// The norm of the gradient of each part along the depth.
    blocks: Map<String, Value>,
    /// Bytes of values that were kept for the way back.
    kept_bytes: u64,
    #[serde(skip)]
    norms: Norms,
}

/// A failure of a backward pass, for people.
pub(super) fn notice(error: &GradientError) -> Failure {
    Failure::failed(match error {
        GradientError::Refused(message) => message.clone(),
        GradientError::Stopped => message!("gradient-stopped"),
        GradientError::Engine(error) => error.message(),
    })
}

pub(super) fn gradient(args: &GradientArgs) -> Result<Output, Failure> {
    let choice = args.input.as_deref().map(InputChoice::parse).transpose();
    let choice = choice.map_err(Failure::usage)?;
    let usual = match choice {
        Some(InputChoice::File(_)) => 1,
        _ => BATCH,
    };
    let shape = Shape {
        input_size: args.input_size,
        batch: args.batch.unwrap_or(usual),
        classes: args.classes,
        body: args.body,
    };
    let subject = sound(&args.name, shape, Rule::default())?;
    let model = subject.model;
    let mut notes = String::new();
    let weights = if let Some(text) = &args.weights {
        WeightsChoice::parse_in(text, &model).map_err(unchosen)?
    } else {
        let choice = WeightsChoice::default_for(&model);
        notes = spoken().say(&message!("run-chose-weights", weights = choice.to_string())) + "\n";
        choice
    };
    let choice = choice.unwrap_or_else(|| InputChoice::default_for(&model, &weights));
    // A picture is prepared as the weights expect it.
    let model = match choice {
        InputChoice::File(_) => Arc::new(weights.prepared(Model::clone(&model))),
        _ => model,
    };
    let model = &model;
    let mode = if args.inference {
        Mode::Inference
    } else {
        Mode::Training
    };
    let network = Arc::new(model.network.clone());
    let backward = Backward::new(Arc::clone(&network), mode).map_err(|error| notice(&error))?;
    let batch = shape.batch as usize;
    let admitted = if args.single {
        backward.admit::<f32>(batch, Options::default())
    } else {
        backward.admit::<f64>(batch, Options::default())
    };
    admitted.map_err(|error| notice(&error))?;
    let labels = labels(&args.label, batch, backward.classes())?;
    let source = fitting(model, &weights)?;
    let loaded = LoadedWeights::load(&network, source.as_ref());
    let loaded = loaded.map_err(Failure::failed)?;
    let opened = choice.open(model, batch);
    let input = opened.map_err(Failure::failed)?;
    let pass = Pass {
        args,
        backward: &backward,
        labels,
        weights: &weights,
        choice: &choice,
    };
    let shown = if args.single {
        pass.run::<f32>(model, loaded.all(), &input)?
    } else {
        pass.run::<f64>(model, loaded.all(), &input)?
    };
    let finite = shown.loss.is_finite();
    let mut output = match args.format {
        Format::Json => Output::json(&shown),
        Format::Text => Output::data(text(&shown)),
        Format::Csv => Output::data(grid(&shown).csv()),
        Format::Markdown => Output::data(grid(&shown).markdown()),
    };
    output.stderr = notes;
    if !finite {
        output.stderr += &spoken().say(&message!("gradient-not-finite"));
        output.stderr.push('\n');
        output.code = 1;
    }
    Ok(output)
}

/// The label of each image.
fn labels(given: &[usize], batch: usize, classes: usize) -> Result<Vec<usize>, Failure> {
    let labels = match given {
        [] => (0..batch).map(|image| image % classes.max(1)).collect(),
        [one] => vec![*one; batch],
        each => each.to_vec(),
    };
    if labels.len() != batch {
        let message = message!(
            "gradient-labels-count",
            labels = labels.len(),
            images = batch
        );
        return Err(Failure::usage(message));
    }
    match labels.iter().find(|&&label| label >= classes) {
        Some(&label) => {
            let last = classes.saturating_sub(1);
            let message = message!(
                "gradient-label-beyond",
                label = label,
                classes = classes,
                last = last
            );
            Err(Failure::usage(message))
        }
        None => Ok(labels),
    }
}

/// One backward pass of the command.
struct Pass<'a> {
    args: &'a GradientArgs,
    backward: &'a Backward,
    labels: Vec<usize>,
    weights: &'a WeightsChoice,
    choice: &'a InputChoice,
}

impl Pass<'_> {
    fn run<T: Real>(
        &self,
        model: &Model,
        mut weights: Table<LayerWeights<T>>,
        input: &Input,
    ) -> Result<Shown, Failure> {
        let network = &model.network;
        let (maps, is_prepared) = match input {
            Input::Pixels(maps) => (maps, false),
            Input::Prepared(maps) => (maps, true),
        };
        let values = maps.mapv(|x| T::rounded(x.into()));
        let batch = Batch {
            input: &values,
            is_prepared,
            labels: &self.labels,
        };
        let options = Options::default();
        let progress = Progress::of(2 * network.len(), "running");
        let found = self.backward.run(&weights, batch, options, &mut |_, _| {
            progress.step();
            ControlFlow::Continue(())
        });
        let found = found.map_err(|error| notice(&error))?;
        drop(progress);
        let loss_after = match self.args.step {
            Some(step) => {
                found.descend(&mut weights, step);
                let after = self.backward.loss(&weights, batch, options);
                Some(after.map_err(|error| notice(&error))?.0)
            }
            None => None,
        };
        let named = found.named(network).map(|(name, own)| {
            let print = serde_json::to_value(Fingerprint::of(own));
            (name, print.unwrap_or(Value::Null))
        });
        let norms = Norms::of(&found, network);
        let blocks = norms
            .blocks
            .iter()
            .map(|block| (block.name.clone(), block.norm.into()));
        let input = found.input.as_ref().map(|own| Fingerprint::of(own));
        Ok(Shown {
            model: model.spec.name.clone(),
            seed: match self.weights {
                WeightsChoice::Synthetic(seed) | WeightsChoice::Initial(_, seed) => Some(*seed),
                WeightsChoice::Shipped | WeightsChoice::File(..) => None,
            },
            train: !self.args.inference,
            weights: self.weights.to_string(),
            input: maps.shape().to_vec(),
            input_source: self.choice.to_string(),
            labels: self.labels.clone(),
            precision: if self.args.single { "f32" } else { "f64" },
            loss: found.loss,
            input_gradient: input,
            parameters: named.collect(),
            step: self.args.step,
            loss_after,
            blocks: blocks.collect(),
            kept_bytes: found.kept as u64,
            norms,
        })
    }
}

/// A row a tensor.
fn grid(shown: &Shown) -> Grid {
    let word = |id| spoken().word(id);
    let mut grid = Grid::new([
        (word("label-tensor"), Side::Left),
        (word("label-shape"), Side::Right),
        (word("gradient-column-norm"), Side::Right),
        (word("label-rms"), Side::Right),
    ]);
    for own in &shown.norms.tensors {
        grid.row(vec![
            own.name.clone(),
            dims(&own.shape),
            format!("{:.4e}", own.norm),
            format!("{:.4e}", own.rms()),
        ]);
    }
    grid
}

/// Cells of the longest bar.
const BAR: f64 = 30.0;

/// A row a block, with a bar along the logarithm of its norm.
fn blocks(norms: &Norms) -> Grid {
    let word = |id| spoken().word(id);
    let mut grid = Grid::new([
        (word("gradient-column-block"), Side::Left),
        (word("gradient-column-norm"), Side::Right),
        (word("gradient-column-log"), Side::Left),
    ]);
    let logs = || {
        norms
            .blocks
            .iter()
            .map(|block| block.norm.log10())
            .filter(|log| log.is_finite())
    };
    // A bar begins at a power of ten, so that all have a length.
    let low = logs().fold(f64::INFINITY, f64::min).floor();
    let high = logs()
        .fold(f64::NEG_INFINITY, f64::max)
        .ceil()
        .max(low + 1.0);
    for block in &norms.blocks {
        let part = (block.norm.log10() - low) / (high - low);
        let cells = if part.is_finite() {
            (part * BAR).round().max(1.0)
        } else {
            0.0
        };
        grid.row(vec![
            block.name.clone(),
            format!("{:.4e}", block.norm),
            "█".repeat(cells as usize),
        ]);
    }
    grid
}

fn text(shown: &Shown) -> String {
    let say = |message| spoken().say(&message);
    let mode = if shown.train {
        "gradient-batch-statistics"
    } else {
        "gradient-running-statistics"
    };
    let mut text = say(message!(
        "gradient-title",
        model = &shown.model,
        input = dims(&shown.input),
        weights = &shown.weights,
        mode = crate::text::Message::new(mode)
    ));
    text += &format!(
        "\n{}\n",
        say(message!(
            "gradient-loss",
            loss = format!("{:.6}", shown.loss)
        ))
    );
    if let (Some(step), Some(after)) = (shown.step, shown.loss_after) {
        let after = format!("{after:.6}");
        text += &say(message!(
            "gradient-loss-after",
            step = step.to_string(),
            loss = after
        ));
        text.push('\n');
    }
    text.push('\n');
    text += &blocks(&shown.norms).text(width(), true);
    if let Some(ratio) = shown.norms.first_over_last() {
        text += &format!(
            "\n{}\n",
            say(message!("gradient-ratio", ratio = format!("{ratio:.3e}")))
        );
    }
    text.push('\n');
    text + &grid(shown).text(width(), true)
}
