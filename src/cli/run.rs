//! `run`: a forward pass and its results.

pub(super) mod args;
mod bf16;
mod bn;
mod cam;
mod fault;
mod finite;
mod input;
mod show;
mod value;

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use super::engine::{Way, admitted, pass, session};
use super::fit::{fitting, unchosen, undone, weights_from};
use super::flags::{Format, spoken};
use super::output::{Failure, Output};
use super::subject::prepared;
use crate::analysis::Rule;
use crate::engine::{ChoiceError, Guess, InputChoice, Keep, Session, Tensor, WeightsChoice, top};
use crate::lower::Model;
use crate::message;
use crate::network::LayerId;
use crate::report::Subject;
use crate::spec::has_errors;
use crate::text::Language;
use crate::weights::Fingerprint;
use crate::weights::published::PublishedWeights;
use args::RunArgs;
use bf16::{Reference, facts};
use input::Batch;
use show::{Class, LayerValue, Pass, grid, six, text};
use value::{Setting, value};

pub(super) fn run(args: &RunArgs) -> Result<Output, Failure> {
    let model = prepared(&args.name, args.shape, &args.prepare)?;
    let choice = choice(args, &model)?;
    // Published weights expect the preprocessing of their library, unless the flags have their own.
    let published = choice.published(&model);
    let model = match published {
        Some(weights) => model.prepared(weights.preparation()),
        None => model,
    };
    if has_errors(&model.problems) {
        return fault::run(args, &model);
    }
    let subject = Subject::new(model, Rule::default(), args.shape.batch);
    let model = &subject.model;
    let mut notes = String::new();
    let weights = noted(args, model, choice, published, &mut notes);
    let headless = headless(args, model, &weights)?;
    let subject = match &headless {
        Some(cut) => Subject::new(cut.clone(), Rule::default(), args.shape.batch),
        None => subject,
    };
    let model = &subject.model;
    let source = fitting(model, &weights)?;
    notes += &undone(source.as_ref());
    if let Some(path) = &args.bn {
        let mut output = bn::laboratory(args, model, &weights, path)?;
        output.stderr = notes;
        return Ok(output);
    }
    if args.looked.is_asked() {
        let mut output = cam::looked(args, model, &weights, source.as_ref())?;
        output.stderr.insert_str(0, &notes);
        return Ok(output);
    }
    let way = |target| Way {
        engine: args.engine,
        plain: args.plain,
        train: args.train,
        each_layer: args.layers,
        target,
    };
    if let Some(sink) = model.network.sink() {
        let takes = way(sink).takes(model, args.value.is_some());
        admitted(model, args.shape.batch, takes)?;
    }
    let setup = Setup::read(args, model, weights, notes)?;
    setup.refuse_idle(args)?;
    let (subject, input) = setup.batch.opened(subject, inspects_layers(args))?;
    let model = &subject.model;
    let wanted = args.value.as_ref().map(|wanted| wanted.path.as_str());
    let target = target(model, wanted.or(args.until.as_deref()))?;
    if let Some(wanted) = &args.value {
        // An explanation needs the values of earlier layers.
        let mut session = session(model, source.as_ref(), input, args.train, Keep::Everything)?;
        let setting = Setting::new(model, &setup.weights, &setup.names, args.train);
        let mut out = value(&mut session, target, wanted, &setting, args)?;
        out.stderr = setup.notes;
        let first = finite::first_kept(&session, target);
        finite::report_fault(model, source.as_ref(), first, &mut out)?;
        return Ok(out);
    }
    if args.top.is_some() && model.network.sink() != Some(target) {
        let path = model.network[target].path.to_string();
        return Err(Failure::usage(message!("run-idle-top", path = path)));
    }
    let mut seen = Seen::new(args, model, target, &setup.batch)?;
    seen.is_headless = headless.is_some();
    seen.reference = Reference::run(args, model, source.as_ref(), &input, way(target))?;
    let again = input.clone();
    let run = pass(
        model,
        source.as_ref(),
        input,
        way(target),
        &mut |id, value| {
            seen.layer(id, value);
            ControlFlow::Continue(())
        },
    )?;
    let running = run
        .session
        .as_ref()
        .filter(|_| args.train)
        .map(|session| running(model, session));
    let shown = Pass {
        bf16: facts(args, &seen),
        running,
        weights_from: weights_from(&setup.weights, source.as_ref()),
        seconds: run.seconds,
        kernel: run.kernel,
        ..seen.pass(args, &setup)?
    };
    let mut output = Output {
        stderr: setup.notes,
        ..rendered(args.format, &subject, &shown)
    };
    if !finite::is_finite(&shown.output) {
        let first = finite::first(model, source.as_ref(), again, args.train, target)?;
        finite::report_fault(model, source.as_ref(), Some(first), &mut output)?;
    }
    Ok(output)
}

/// Whether the user inspects the pass, so its pictures are preprocessed layer by layer.
fn inspects_layers(args: &RunArgs) -> bool {
    args.layers || args.value.is_some() || args.until.is_some()
}

/// Choices for a pass.
struct Setup {
    weights: WeightsChoice,
    choices: Vec<InputChoice>,
    /// Description of the inputs.
    names: String,
    /// Input shape of the network, apart from preprocessing.
    input: Vec<usize>,
    batch: Batch,
    /// Notes about default choices.
    notes: String,
}

impl Setup {
    fn read(
        args: &RunArgs,
        model: &Model,
        weights: WeightsChoice,
        mut notes: String,
    ) -> Result<Self, Failure> {
        let choices = inputs(args, model, &weights, &mut notes)?;
        let names: Vec<String> = choices.iter().map(ToString::to_string).collect();
        let batch = Batch::read(model, &choices, args.shape.batch)?;
        notes += &batch.notes(model);
        Ok(Self {
            weights,
            names: names.join(", "),
            input: input_shape(model, batch.images),
            choices,
            batch,
            notes,
        })
    }
}

impl Setup {
    /// Rejects options of preprocessing if there is no picture.
    fn refuse_idle(&self, args: &RunArgs) -> Result<(), Failure> {
        match args.prepare.of_pictures() {
            Some(option) if self.batch.seen.is_empty() => Err(Failure::usage(message!(
                "run-idle-picture",
                option = option,
                input = &self.names
            ))),
            _ => Ok(()),
        }
    }
}

/// Values that are recorded while a pass runs.
struct Seen<'a> {
    model: &'a Model,
    target: LayerId,
    top: usize,
    layers: Option<Vec<LayerValue>>,
    output: Option<(Fingerprint, Vec<Vec<Guess>>)>,
    /// Whether the head was left out, so that the last layer has no logits.
    is_headless: bool,
    /// Pass that the layers are compared with.
    reference: Option<Reference>,
}

impl<'a> Seen<'a> {
    fn new(
        args: &RunArgs,
        model: &'a Model,
        target: LayerId,
        batch: &Batch,
    ) -> Result<Self, Failure> {
        let mut layers = args.layers.then(Vec::new);
        if let Some(layers) = &mut layers
            && model.network.picture_layers() == 0
        {
            *layers = batch.before(model)?;
        }
        Ok(Self {
            model,
            target,
            top: args.top.unwrap_or(5),
            layers,
            output: None,
            is_headless: false,
            reference: None,
        })
    }

    /// Records the output of a layer, as far as it is needed.
    fn layer(&mut self, id: LayerId, value: &Tensor) {
        if self.layers.is_none() && id != self.target {
            return;
        }
        let fingerprint = Fingerprint::of(value);
        if id == self.target {
            let guesses = self.guesses(id, value);
            self.output = Some((fingerprint.clone(), guesses));
        }
        if let Some(layers) = &mut self.layers {
            let apart = self.reference.as_ref();
            let apart = apart.and_then(|reference| reference.apart(id, value));
            layers.push(LayerValue {
                apart,
                ..layer_value(self.model, id, fingerprint)
            });
        }
    }

    /// Likeliest classes of a layer's output, if it has logits.
    fn guesses(&self, id: LayerId, value: &Tensor) -> Vec<Vec<Guess>> {
        if self.is_headless {
            return Vec::new();
        }
        guesses(self.model, id, value, self.top)
    }

    fn pass(self, args: &RunArgs, setup: &Setup) -> Result<Pass, Failure> {
        let model = self.model;
        let Some((output, guesses)) = self.output else {
            return Err(Failure::failed(message!("run-no-layer")));
        };
        Ok(Pass {
            model: model.spec.name.clone(),
            weights: setup.weights.to_string(),
            weights_from: None,
            seed: seed(&setup.weights),
            train: args.train,
            input: setup.input.clone(),
            input_source: setup.names.clone(),
            input_label: setup.choices[0].label(model),
            pictures: setup.batch.seen.clone(),
            until: args.until.clone(),
            output,
            layers: self.layers,
            running: None,
            top: classes(model, &guesses),
            seconds: 0.0,
            kernel: "plain",
            bf16: None,
            ends_before: None,
            problems: Vec::new(),
        })
    }
}

/// Weights that were named, or else the network's own; for a picture the best at hand.
fn choice(args: &RunArgs, model: &Model) -> Result<WeightsChoice, Failure> {
    match &args.weights {
        Some(text) => WeightsChoice::parse_in(text, model)
            .and_then(|choice| choice.with_entry(args.entry.as_deref()))
            .map_err(unchosen),
        None if has_picture(args) => Ok(WeightsChoice::auto(model)),
        None => Ok(WeightsChoice::default_for(model)),
    }
}

/// Whether an input is the user's own picture.
fn has_picture(args: &RunArgs) -> bool {
    let is_file = |text: &String| matches!(InputChoice::parse(text), Ok(InputChoice::File(_)));
    args.input.iter().any(is_file)
}

/// The network without its head, for weights that have none, if the pass ends before it.
fn headless(
    args: &RunArgs,
    model: &Model,
    weights: &WeightsChoice,
) -> Result<Option<Model>, Failure> {
    let wanted = args.value.as_ref().map(|wanted| wanted.path.as_str());
    let Some(until) = wanted.or(args.until.as_deref()) else {
        return Ok(None);
    };
    if !matches!(weights, WeightsChoice::File(..)) {
        return Ok(None);
    }
    let until = target(model, Some(until))?;
    let network = &model.network;
    let learned = |id: &LayerId| !network[*id].layer.parameters().is_empty();
    let Some(head) = network.ids().rfind(learned) else {
        return Ok(None);
    };
    if head <= until || fitting(model, weights).is_ok() {
        return Ok(None);
    }
    let cut = model.before(head);
    Ok(fitting(&cut, weights).is_ok().then_some(cut))
}

/// The weights of the pass, with a note about those that were not named, and about published ones.
fn noted(
    args: &RunArgs,
    model: &Model,
    choice: WeightsChoice,
    published: Option<&PublishedWeights>,
    notes: &mut String,
) -> WeightsChoice {
    let file = choice.to_string();
    let mut say = |message| *notes += &(spoken().say(&message) + "\n");
    if let Some(weights) = published {
        say(message!(
            "run-published-weights",
            name = weights.name(),
            library = weights.publisher,
            licence = weights.licence.unwrap_or("?"),
            file = file
        ));
    } else if args.weights.as_deref().is_none_or(|text| text == "auto") {
        say(message!("run-chose-weights", weights = file));
        if has_picture(args) && matches!(choice, WeightsChoice::Synthetic(_)) {
            say(message!("run-no-trained-weights", name = &model.spec.name));
        }
    }
    choice
}

/// Inputs that were named, or else the one that goes with the weights, with a note.
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
        *notes += &spoken().say(&message!("run-chose-input", input = choice.to_string()));
        notes.push('\n');
        choices.push(choice);
    }
    Ok(choices)
}

/// Most likely classes of the logits; only the network's output has logits, so any other vector has no classes.
fn guesses(model: &Model, id: LayerId, value: &Tensor, count: usize) -> Vec<Vec<Guess>> {
    if model.network.sink() == Some(id) {
        top(value, count)
    } else {
        Vec::new()
    }
}

fn seed(weights: &WeightsChoice) -> Option<u64> {
    match weights {
        WeightsChoice::Synthetic(seed) | WeightsChoice::Initial(_, seed) => Some(*seed),
        WeightsChoice::Shipped | WeightsChoice::File(..) => None,
    }
}

fn rendered(format: Format, subject: &Subject, shown: &Pass) -> Output {
    match format {
        Format::Json => Output::json(shown),
        Format::Text => Output::data(text(subject, shown)),
        Format::Csv => {
            let number = |number: f64| number.to_string();
            Output::data(grid(shown, &number, Language::ENGLISH).csv())
        }
        Format::Markdown => Output::data(grid(shown, &six, Language::ENGLISH).markdown()),
    }
}

#[allow(clippy::needless_pass_by_value, reason = "handed to map_err")]
fn usage(error: ChoiceError) -> Failure {
    Failure::usage(error)
}

pub(super) fn target(model: &Model, until: Option<&str>) -> Result<LayerId, Failure> {
    let network = &model.network;
    match until {
        None => network
            .sink()
            .ok_or_else(|| Failure::failed(message!("run-no-layer"))),
        Some(path) => network.find(path).ok_or_else(|| {
            let paths: Vec<String> = network
                .nodes()
                .map(|(_, node)| node.path.to_string())
                .collect();
            let near = crate::spec::problem::nearest(path, paths.iter().map(String::as_str));
            let help = match near {
                Some(near) => message!("did-you-mean", name = near),
                None => message!("run-lists-layers", network = &model.spec.name),
            };
            Failure::usage(message!("no-such-layer", path = path, help = help))
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
        apart: None,
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
    guesses
        .iter()
        .map(|image| {
            image
                .iter()
                .map(|guess| Class {
                    class: guess.class,
                    label: model.label(guess.class),
                    probability: guess.probability,
                })
                .collect()
        })
        .collect()
}
