//! `run`: a real forward pass, and what came out.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use serde::Serialize;

use super::args::{Format, RunArgs};
use super::engine::{Way, pass, session};
use super::fit::fitting;
use super::output::{Failure, Output, width};
use super::subject::sound;
use super::value::{Setting, value};
use crate::analysis::Rule;
use crate::engine::{ChoiceError, Guess, InputChoice, Keep, Session, WeightsChoice, top};
use crate::lower::Model;
use crate::network::LayerId;
use crate::report::Subject;
use crate::report::format::thousands;
use crate::report::grid::{Grid, Side};
use crate::weights::Fingerprint;

/// The JSON of `run`.
#[derive(Debug, Serialize)]
struct Pass {
    model: String,
    weights: String,
    seed: Option<u64>,
    train: bool,
    input: Vec<usize>,
    input_source: String,
    input_label: Option<String>,
    until: Option<String>,
    output: Fingerprint,
    #[serde(skip_serializing_if = "Option::is_none")]
    layers: Option<Vec<LayerValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    running: Option<BTreeMap<String, Fingerprint>>,
    top: Vec<Vec<Class>>,
    seconds: f64,
    /// The kernels that ran: `avx512`, or `plain`.
    kernel: &'static str,
}

/// What a layer put out.
#[derive(Debug, Serialize)]
struct LayerValue {
    name: String,
    call: u32,
    op: &'static str,
    #[serde(flatten)]
    value: Fingerprint,
}

/// A class and its share.
#[derive(Debug, Serialize)]
#[allow(clippy::struct_field_names, reason = "the names are the JSON's")]
struct Class {
    class: usize,
    label: Option<String>,
    probability: f32,
}

pub(super) fn run(args: &RunArgs) -> Result<Output, Failure> {
    let subject = sound(&args.name, args.shape, Rule::default())?;
    let model = &subject.model;
    let mut notes = String::new();
    let weights_choice = if let Some(text) = &args.weights {
        WeightsChoice::parse(text).map_err(usage)?
    } else {
        let choice = WeightsChoice::default_for(model);
        notes += &format!("weights: {choice} (choose others with --weights)\n");
        choice
    };
    let source = fitting(model, &weights_choice)?;
    if let Some(path) = &args.bn {
        let mut output = super::bn::laboratory(args, model, &weights_choice, path)?;
        output.stderr = notes;
        return Ok(output);
    }
    let input_choice = if let Some(text) = &args.input {
        InputChoice::parse(text).map_err(usage)?
    } else {
        let choice = InputChoice::default_for(model, &weights_choice);
        notes += &format!("input: {choice} (choose another with --input)\n");
        choice
    };
    let input = input_choice
        .open(model, args.shape.batch as usize)
        .map_err(|error| match error {
            ChoiceError::Batch(_) | ChoiceError::NoSuchSample { .. } => usage(error),
            error => failed(error),
        })?;
    let wanted = args.value.as_ref().map(|wanted| wanted.path.as_str());
    let target = target(&subject, wanted.or(args.until.as_deref()))?;
    if let Some(wanted) = &args.value {
        // An explanation reads what ran before its value.
        let mut session = session(model, source.as_ref(), input, args.train, Keep::Everything)?;
        let setting = Setting::new(model, &weights_choice, &input_choice, args.train);
        let mut out = value(&mut session, target, wanted, &setting, args)?;
        out.stderr = notes;
        return Ok(out);
    }
    let mut layers = Vec::new();
    let mut output = None;
    let way = Way {
        engine: args.engine,
        plain: args.plain,
        train: args.train,
        each_layer: args.layers,
        target,
    };
    let ran = pass(model, source.as_ref(), input, way, &mut |id, value| {
        if args.layers || id == target {
            let fingerprint = Fingerprint::of(value);
            if id == target {
                // Only what the network puts out are logits: any other vector has no classes.
                let is_output = model.network.sink() == Some(id);
                let guesses = if is_output {
                    top(value, args.top)
                } else {
                    Vec::new()
                };
                output = Some((fingerprint.clone(), guesses));
            }
            if args.layers {
                layers.push(layer_value(model, id, fingerprint));
            }
        }
        ControlFlow::Continue(())
    })?;
    let Some((output, guesses)) = output else {
        return Err(Failure::failed("the network has no layer to run"));
    };
    let shown = Pass {
        model: model.spec.name.clone(),
        weights: weights_choice.to_string(),
        seed: match weights_choice {
            WeightsChoice::Synthetic(seed) => Some(seed),
            WeightsChoice::Shipped | WeightsChoice::File(_) => None,
        },
        train: args.train,
        input: input_shape(model, args.shape.batch),
        input_source: input_choice.to_string(),
        input_label: input_choice.label(model),
        until: args.until.clone(),
        output,
        layers: args.layers.then_some(layers),
        running: ran
            .session
            .as_ref()
            .filter(|_| args.train)
            .map(|session| running(model, session)),
        top: classes(model, &guesses),
        seconds: ran.seconds,
        kernel: ran.kernel,
    };
    let mut out = match args.format {
        Format::Json => Output::json(&shown),
        Format::Text => Output::data(text(&subject, &shown)),
        Format::Csv => Output::data(grid(&shown, &|number| number.to_string()).csv()),
        Format::Markdown => Output::data(grid(&shown, &six).markdown()),
    };
    out.stderr = notes;
    Ok(out)
}

#[allow(clippy::needless_pass_by_value, reason = "handed to map_err")]
fn usage(error: ChoiceError) -> Failure {
    Failure::usage(error.to_string())
}

#[allow(clippy::needless_pass_by_value, reason = "handed to map_err")]
fn failed(error: ChoiceError) -> Failure {
    Failure::failed(error.to_string())
}

fn target(subject: &Subject, until: Option<&str>) -> Result<LayerId, Failure> {
    let network = &subject.model.network;
    match until {
        None => network
            .sink()
            .ok_or_else(|| Failure::failed("the network has no layer")),
        Some(path) => network.find(path).ok_or_else(|| {
            let paths: Vec<String> = network
                .nodes()
                .map(|(_, node)| node.path.to_string())
                .collect();
            let near = crate::spec::problem::nearest(path, paths.iter().map(String::as_str));
            let advice = near.map_or_else(
                || {
                    format!(
                        "`resnet-explore table {}` lists them",
                        subject.model.spec.name
                    )
                },
                |near| format!("did you mean `{near}`?"),
            );
            Failure::usage(format!("there is no layer `{path}`; {advice}"))
        }),
    }
}

fn layer_value(model: &Model, id: LayerId, value: Fingerprint) -> LayerValue {
    let node = &model.network[id];
    LayerValue {
        name: node.path.module.clone(),
        call: node.path.call,
        op: node.layer.op(),
        value,
    }
}

fn input_shape(model: &Model, batch: u64) -> Vec<usize> {
    let mut shape = vec![batch as usize];
    if let Some(crate::network::Layer::Input { channels, size }) = model
        .network
        .ids()
        .next()
        .map(|id| &model.network[id].layer)
    {
        shape.extend([*channels, size[0], size[1]].map(|size| size as usize));
    }
    shape
}

fn running(model: &Model, session: &Session) -> BTreeMap<String, Fingerprint> {
    let mut rows = BTreeMap::new();
    for (id, node) in model.network.nodes() {
        if let Some((mean, var)) = session.running(id) {
            rows.insert(node.path.parameter("running_mean"), Fingerprint::of(mean));
            rows.insert(node.path.parameter("running_var"), Fingerprint::of(var));
        }
    }
    rows
}

fn classes(model: &Model, guesses: &[Vec<Guess>]) -> Vec<Vec<Class>> {
    let labels = model.labels();
    guesses
        .iter()
        .map(|image| {
            image
                .iter()
                .map(|guess| Class {
                    class: guess.class,
                    label: labels
                        .as_ref()
                        .and_then(|labels| labels.get(guess.class))
                        .map(|label| (*label).to_owned()),
                    probability: guess.probability,
                })
                .collect()
        })
        .collect()
}

fn six(number: f64) -> String {
    format!("{number:.6}")
}

/// The layers' values, or the output's alone.
fn grid(pass: &Pass, number: &dyn Fn(f64) -> String) -> Grid {
    let numbers = ["mean", "rms", "min", "max"].map(|title| (title, Side::Right));
    let words = ["layer", "op", "shape"].map(|title| (title, Side::Left));
    let mut grid = Grid::new(words.into_iter().chain(numbers));
    let mut row = |name: String, op: &str, value: &Fingerprint| {
        let shape: Vec<_> = value.shape.iter().map(usize::to_string).collect();
        let numbers = [value.mean, value.rms, value.min, value.max].map(number);
        grid.row(
            [name, op.to_owned(), shape.join("×")]
                .into_iter()
                .chain(numbers)
                .collect(),
        );
    };
    for layer in pass.layers.iter().flatten() {
        let path = crate::network::LayerPath {
            module: layer.name.clone(),
            call: layer.call,
        };
        row(path.to_string(), layer.op, &layer.value);
    }
    if pass.layers.is_none() {
        row(
            pass.until.clone().unwrap_or_else(|| "output".to_owned()),
            "",
            &pass.output,
        );
    }
    grid
}

fn text(subject: &Subject, pass: &Pass) -> String {
    let bold = anstyle::Style::new().bold();
    let dims = |shape: &[usize]| {
        shape
            .iter()
            .map(usize::to_string)
            .collect::<Vec<_>>()
            .join("×")
    };
    let shows = pass
        .input_label
        .as_ref()
        .map_or_else(String::new, |label| format!(", shows: {label}"));
    let mode = if pass.train {
        "training (statistics of this batch)"
    } else {
        "inference"
    };
    let mut text = format!(
        "{bold}{}{bold:#}  {}\n\n  input    {} ({}{shows})\n  weights  {}\n  mode     {mode}\n  time     {:.3} s ({} kernels)\n\n",
        subject.model.title(),
        pass.model,
        pass.input_source,
        dims(&pass.input),
        pass.weights,
        pass.seconds,
        pass.kernel
    );
    text += &grid(pass, &six).text(width(), true);
    for (number, image) in pass.top.iter().enumerate() {
        text.push('\n');
        if pass.top.len() > 1 {
            text += &format!(" image {number}\n");
        }
        for class in image {
            let label = class
                .label
                .clone()
                .unwrap_or_else(|| format!("class {}", class.class));
            let bar = "█".repeat((class.probability * 30.0).round() as usize);
            let line = format!("  {:>6.2} %  {label:<16} {bar}", class.probability * 100.0);
            text += line.trim_end();
            text.push('\n');
        }
    }
    if let Some(running) = &pass.running {
        text += &format!(
            "\n  {} running statistics moved; `--format json` has them\n",
            thousands(running.len() as u128)
        );
    }
    text
}
