//! `run`: a real forward pass, and what came out.

pub(super) mod args;
mod input;
mod show;

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use super::engine::{Way, pass, session};
use super::fit::fitting;
use super::flags::Format;
use super::output::{Failure, Output};
use super::subject::sound_prepared;
use super::value::{Setting, value};
use crate::analysis::Rule;
use crate::engine::{ChoiceError, Guess, InputChoice, Keep, Session, Tensor, WeightsChoice, top};
use crate::lower::Model;
use crate::network::LayerId;
use crate::report::Subject;
use crate::weights::Fingerprint;
use args::RunArgs;
use input::Batch;
use show::{Class, LayerValue, Pass, grid, six, text};

pub(super) fn run(args: &RunArgs) -> Result<Output, Failure> {
    let subject = sound_prepared(&args.name, args.shape, &args.prepare, Rule::default())?;
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
    let choices = inputs(args, model, &weights_choice, &mut notes)?;
    let names: Vec<String> = choices.iter().map(ToString::to_string).collect();
    let names = names.join(", ");
    let batch = Batch::read(model, &choices, args.shape.batch)?;
    let input = input_shape(model, batch.images);
    notes += &batch.notes(model);
    // Whoever looks into the pass sees its pictures prepared layer by layer.
    let looks_in = args.layers || args.value.is_some() || args.until.is_some();
    let (subject, pixels) = batch.opened(subject, looks_in)?;
    let mut layers = Vec::new();
    if args.layers && subject.model.network.picture_layers() == 0 {
        layers = batch.before(&subject.model)?;
    }
    let model = &subject.model;
    let wanted = args.value.as_ref().map(|wanted| wanted.path.as_str());
    let target = target(&subject, wanted.or(args.until.as_deref()))?;
    if let Some(wanted) = &args.value {
        // An explanation reads what ran before its value.
        let mut session = session(model, source.as_ref(), pixels, args.train, Keep::Everything)?;
        let setting = Setting::new(model, &weights_choice, &names, args.train);
        let mut out = value(&mut session, target, wanted, &setting, args)?;
        out.stderr = notes;
        return Ok(out);
    }
    let mut output = None;
    let way = Way {
        engine: args.engine,
        plain: args.plain,
        train: args.train,
        each_layer: args.layers,
        target,
    };
    let ran = pass(model, source.as_ref(), pixels, way, &mut |id, value| {
        if args.layers || id == target {
            let fingerprint = Fingerprint::of(value);
            if id == target {
                let guesses = guesses(model, id, value, args.top);
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
        seed: seed(&weights_choice),
        train: args.train,
        input,
        input_source: names,
        input_label: choices[0].label(model),
        pictures: batch.seen,
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
    Ok(Output {
        stderr: notes,
        ..rendered(args.format, &subject, &shown)
    })
}

/// The inputs that were named, or else the one that goes with the weights, which is said.
fn inputs(
    args: &RunArgs,
    model: &Model,
    weights: &WeightsChoice,
    notes: &mut String,
) -> Result<Vec<InputChoice>, Failure> {
    let choices = args.input.iter().map(|text| InputChoice::parse(text));
    let mut choices = choices.collect::<Result<Vec<_>, _>>().map_err(usage)?;
    if choices.is_empty() {
        let choice = InputChoice::default_for(model, weights);
        *notes += &format!("input: {choice} (choose another with --input)\n");
        choices.push(choice);
    }
    Ok(choices)
}

/// The logits' likeliest classes; only what the network puts out are logits: any other vector has no classes.
fn guesses(model: &Model, id: LayerId, value: &Tensor, count: usize) -> Vec<Vec<Guess>> {
    if model.network.sink() == Some(id) {
        top(value, count)
    } else {
        Vec::new()
    }
}

fn seed(weights: &WeightsChoice) -> Option<u64> {
    match weights {
        WeightsChoice::Synthetic(seed) => Some(*seed),
        WeightsChoice::Shipped | WeightsChoice::File(_) => None,
    }
}

fn rendered(format: Format, subject: &Subject, shown: &Pass) -> Output {
    match format {
        Format::Json => Output::json(shown),
        Format::Text => Output::data(text(subject, shown)),
        Format::Csv => Output::data(grid(shown, &|number| number.to_string()).csv()),
        Format::Markdown => Output::data(grid(shown, &six).markdown()),
    }
}

#[allow(clippy::needless_pass_by_value, reason = "handed to map_err")]
fn usage(error: ChoiceError) -> Failure {
    Failure::usage(error.to_string())
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
