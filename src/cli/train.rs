//! `train`: trains networks side by side and saves them.

pub(super) mod args;
mod save;
mod show;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Instant;

use serde_json::json;

use super::fit::{fitting, unchosen};
use super::flags::{Format, Shape, spoken};
use super::gradient::notice;
use super::interrupt;
use super::output::{Failure, Output, say};
use super::progress::Progress;
use super::subject::sound;
use crate::analysis::Rule;
use crate::engine::train::{Augment, Course, Seen, Settings, TrainError};
use crate::engine::{LoadedWeights, Trainer, WeightsChoice};
use crate::lower::{Model, PictureSteps};
use crate::message;
use crate::network::LayerId;
use crate::report::format::{bytes, short, thousands};
use crate::spec::named;
use crate::text::system::reason;
use crate::weights::graft::Graft;
use crate::weights::{DataError, Dataset, Initial, Scheme, WeightSource, checkpoint};
use args::TrainArgs;
use save::{Epoch, Log, Place, Same};

/// A network that learns.
struct Net {
    name: String,
    trainer: Trainer,
    steps: PictureSteps,
    place: Option<Place>,
    log: Log,
    best: f64,
    /// Pictures that it learned from in this epoch, and the time that took.
    seen: Seen,
    seconds: f64,
    /// Reason why it ended before the others.
    ended: Option<Failure>,
}

fn data_failure(error: &DataError) -> Failure {
    Failure::failed(error.0.clone())
}

fn train_failure(error: &TrainError) -> Failure {
    match error {
        TrainError::Gradient(error) => notice(error),
        TrainError::Diverged(message) => Failure::failed(message.clone()),
    }
}

/// The data of a name: the digits in the binary, or a directory.
pub(super) fn opened(name: &str) -> Result<Dataset, Failure> {
    let data = match name {
        "digits" => Dataset::digits(),
        path => Dataset::open(&named::path(path)),
    };
    data.map_err(|error| data_failure(&error))
}

pub(super) fn train(args: &TrainArgs) -> Result<Output, Failure> {
    let data = opened(&args.data)?;
    let augment = Augment {
        shift: usize::from(args.shift),
        mirror: args.mirror,
    };
    let course = Course::new(data, args.seed, args.batch_size as usize, augment);
    let folder = args.output.as_ref().or(args.resume.as_ref());
    let mut notes = String::new();
    let mut nets = Vec::new();
    for name in &args.names {
        if nets.iter().any(|net: &Net| net.name == *name) {
            let message = message!("train-twice", net = name);
            return Err(Failure::usage(message));
        }
        nets.push(begin(
            name,
            args,
            &course,
            folder.map(PathBuf::as_path),
            &mut notes,
        )?);
    }
    if let Some(folder) = &args.output {
        std::fs::create_dir_all(folder).map_err(|error| {
            let path = folder.display().to_string();
            let message = message!("data-unreadable", path = path, reason = reason(&error));
            Failure::failed(message)
        })?;
    }
    estimate(args, &course, &nets, &mut notes)?;
    let stop = interrupt::cancel_flag();
    super::output::notify(&notes);
    let names = nets
        .iter()
        .map(|net| net.log.net.chars().count())
        .max()
        .unwrap_or(0);
    if let Some(heading) = show::heading(args.format) {
        say(&heading);
    }
    let first = nets
        .iter()
        .map(|net| net.log.epochs.len())
        .min()
        .unwrap_or(0);
    let mut is_stopped = false;
    for epoch in first..args.epochs as usize {
        if !learn(args, &course, &mut nets, epoch, || {
            stop.load(Ordering::Relaxed)
        })? {
            is_stopped = true;
            break;
        }
        for net in nets.iter_mut().filter(|net| net.ended.is_none()) {
            let own = net.end_epoch(args, &course, epoch)?;
            if !say(&show::line(args.format, &own, names)) {
                is_stopped = true;
            }
        }
        if is_stopped || nets.iter().all(|net| net.ended.is_some()) {
            break;
        }
    }
    Ok(ended(args, nets, names, is_stopped))
}

/// Words at the end.
fn ended(args: &TrainArgs, nets: Vec<Net>, names: usize, is_stopped: bool) -> Output {
    let mut output = Output::default();
    for net in &nets {
        let saved = net.place.as_ref().filter(|_| net.is_saved());
        let saved = saved.map(|place| place.best.display().to_string());
        match (args.format, saved) {
            (Format::Json, saved) => {
                output.stdout += &json!({"net": net.log.net, "saved": saved}).to_string();
                output.stdout.push('\n');
            }
            (Format::Text, Some(path)) => {
                let epoch = net.log.best_epoch;
                let message = message!(
                    "train-saved",
                    net = &net.log.net,
                    epoch = epoch,
                    path = path
                );
                output.stderr += &(spoken().say(&message) + "\n");
            }
            _ => {}
        }
    }
    if args.format == Format::Text {
        let all: Vec<(&str, &[Epoch])> = nets
            .iter()
            .map(|net| (net.log.net.as_str(), net.log.epochs.as_slice()))
            .collect();
        output.stdout += &show::curves(&all, names);
    }
    if is_stopped {
        let id = if nets.iter().any(Net::is_saved) {
            "train-stopped-kept"
        } else {
            "train-stopped"
        };
        output.stderr += &(spoken().word(id).to_owned() + "\n");
        // As of a program that the signal has ended.
        output.code = 130;
    }
    for net in nets {
        if let Some(failure) = net.ended {
            let own = failure.into_output();
            output.stderr += &format!("{}: {}", net.log.net, own.stderr);
            output.code = 1;
        }
    }
    output
}

/// A network that is about to learn.
fn begin(
    name: &str,
    args: &TrainArgs,
    course: &Course,
    folder: Option<&Path>,
    notes: &mut String,
) -> Result<Net, Failure> {
    let shape = Shape {
        input_size: args.input_size,
        batch: args.batch_size,
        classes: args.classes,
        body: args.body,
    };
    let subject = sound(name, shape, Rule::default())?;
    let model = &subject.model;
    let choice = match &args.weights {
        Some(text) => WeightsChoice::parse_in(text, model).map_err(unchosen)?,
        None => WeightsChoice::Initial(Scheme::He, args.seed),
    };
    // Pictures are prepared as the weights expect them.
    let mut model = choice.prepared(Model::clone(model));
    for part in &args.without {
        let short = part.taken_from(&model.network).map_err(Failure::failed)?;
        model.network = short.network;
    }
    let model = &model;
    let network = Arc::new(model.network.clone());
    let frozen = frozen(args, model)?;
    let net = model.spec.name.clone();
    let place = folder.map(|folder| Place::of(folder, &net));
    let same = Same::of(args);
    let source = beginning(model, &choice, args.seed, notes)?;
    let loaded = LoadedWeights::load(&network, source.as_ref());
    let loaded = loaded.map_err(Failure::failed)?;
    let settings = Settings {
        momentum: args.momentum as f32,
        weight_decay: args.weight_decay as f32,
        smoothing: args.smoothing,
        seed: args.seed,
    };
    let trainer = Trainer::new(&network, &loaded, settings, |id| frozen.contains(&id));
    let mut trainer = trainer.map_err(|error| notice(&error))?;
    let Some(steps) = model.picture_steps() else {
        return Err(Failure::failed(message!("choice-no-input")));
    };
    let fits = course.data().fits(&net, &steps, trainer.classes());
    fits.map_err(|error| data_failure(&error))?;
    trainer
        .admit(args.batch_size as usize, course.smallest())
        .map_err(|error| notice(&error))?;
    let mut log = Log {
        net: net.clone(),
        weights: choice.to_string(),
        settings: same.clone(),
        best_epoch: 0,
        epochs: Vec::new(),
    };
    if let Some(place) = &place {
        if args.resume.is_some() {
            log = place.resumed(&net, &same)?;
            let file = checkpoint::open(&place.last);
            let file = file.map_err(Failure::failed)?;
            let resumed = trainer.resume(file.as_ref());
            resumed.map_err(|error| Failure::failed(error.0))?;
        } else {
            place.refuse_taken()?;
        }
    }
    let accuracies = log.epochs.iter().map(|own| own.test_accuracy);
    Ok(Net {
        name: name.to_owned(),
        best: accuracies.fold(-1.0, f64::max),
        trainer,
        steps,
        place,
        log,
        seen: Seen::default(),
        seconds: 0.0,
        ended: None,
    })
}

/// The weights that a network begins with; a head that a checkpoint lacks begins anew.
fn beginning(
    model: &Model,
    choice: &WeightsChoice,
    seed: u64,
    notes: &mut String,
) -> Result<Box<dyn WeightSource>, Failure> {
    if !matches!(choice, WeightsChoice::File(..) | WeightsChoice::Shipped) {
        return fitting(model, choice);
    }
    let source = choice.open(model).map_err(Failure::failed)?;
    let initial = Initial::new(&model.network, Scheme::He, seed);
    match Graft::new(&model.network, source, initial) {
        Ok(graft) => {
            let begun: Vec<&str> = graft.begun().collect();
            let message = message!("train-begun-anew", tensors = begun.join(", "));
            *notes += &(spoken().say(&message) + "\n");
            Ok(Box::new(graft))
        }
        // It fits, or it is said why not.
        Err(_) => fitting(model, choice),
    }
}

/// The layers that keep their weights.
fn frozen(args: &TrainArgs, model: &Model) -> Result<Vec<LayerId>, Failure> {
    let mut frozen = Vec::new();
    for path in &args.freeze {
        let within = |module: &str| {
            module
                .strip_prefix(path.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        let nodes = model
            .network
            .nodes()
            .filter(|(_, node)| within(&node.path.module));
        let own: Vec<LayerId> = nodes.map(|(id, _)| id).collect();
        if own.is_empty() {
            let message = message!("train-freeze-nothing", path = path, net = &model.spec.name);
            return Err(Failure::usage(message));
        }
        frozen.extend(own);
    }
    Ok(frozen)
}

/// Says before it begins how much there is to do, and how long a step takes.
fn estimate(
    args: &TrainArgs,
    course: &Course,
    nets: &[Net],
    notes: &mut String,
) -> Result<(), Failure> {
    let (train, test) = course.counts();
    let mut left = 0.0;
    for net in nets {
        let (pixels, labels) = course
            .plain(course.sample(), &net.steps)
            .map_err(|error| data_failure(&error))?;
        let mut copy = net.trainer.clone();
        // The first step pays for memory that the second has.
        let _ = copy.step(&pixels, &labels, 0.0);
        let began = Instant::now();
        let _ = copy.step(&pixels, &labels, 0.0);
        let step = began.elapsed().as_secs_f64();
        let epochs = (args.epochs as usize).saturating_sub(net.log.epochs.len());
        left += step * (course.steps() * epochs) as f64;
        let elements = |own: &[usize]| own.iter().product::<usize>() as u128;
        let parameters = net.trainer.network().state_dict().into_iter();
        let learned =
            parameters.filter(|(_, own)| own.kind == crate::network::ParameterKind::Learned);
        let learned: u128 = learned
            .map(|(_, own)| {
                elements(
                    &own.shape
                        .iter()
                        .map(|&side| side as usize)
                        .collect::<Vec<_>>(),
                )
            })
            .sum();
        let message = message!(
            "train-estimate",
            net = &net.log.net,
            parameters = short(learned),
            memory = bytes(net.trainer.takes(args.batch_size as usize)),
            step = format!("{:.1}", step * 1e3)
        );
        *notes += &(spoken().say(&message) + "\n");
    }
    let message = message!(
        "train-plan",
        data = course.data().name(),
        train = thousands(train as u128),
        test = thousands(test as u128),
        steps = thousands((course.steps() * args.epochs as usize) as u128),
        seconds = format!("{left:.0}")
    );
    *notes += &(spoken().say(&message) + "\n");
    if args.output.is_none() && args.resume.is_none() {
        *notes += &(spoken().word("train-not-kept").to_owned() + "\n");
    }
    Ok(())
}

/// One epoch of all networks; false where it was stopped.
fn learn(
    args: &TrainArgs,
    course: &Course,
    nets: &mut [Net],
    epoch: usize,
    is_stopped: impl Fn() -> bool,
) -> Result<bool, Failure> {
    let batches = course.epoch(epoch);
    let progress = Progress::of(batches.len() * nets.len(), "training");
    for (step, of) in batches.iter().enumerate() {
        let part = args
            .schedule()
            .part(epoch, step, batches.len(), args.epochs as usize);
        for net in nets.iter_mut() {
            // One that has come further waits for the others.
            if net.ended.is_some() || net.log.epochs.len() > epoch {
                continue;
            }
            if is_stopped() {
                return Ok(false);
            }
            let batch = course.batch(of, &net.steps, (epoch, step));
            let (pixels, labels) = batch.map_err(|error| data_failure(&error))?;
            let began = Instant::now();
            match net.trainer.step(&pixels, &labels, args.lr * part) {
                Ok((seen, _)) => net.seen.add(seen),
                Err(error) => net.ended = Some(train_failure(&error)),
            }
            net.seconds += began.elapsed().as_secs_f64();
            progress.step();
        }
    }
    Ok(true)
}

impl Net {
    /// Whether its directory has weights, which the end of its first epoch writes.
    const fn is_saved(&self) -> bool {
        self.place.is_some() && self.log.best_epoch > 0
    }

    /// Tests the network, and saves it.
    fn end_epoch(
        &mut self,
        args: &TrainArgs,
        course: &Course,
        epoch: usize,
    ) -> Result<Epoch, Failure> {
        if let Some(own) = self.log.epochs.get(epoch) {
            return Ok(own.clone());
        }
        let mut tested = Seen::default();
        for of in course.tests() {
            let batch = course.plain(of, &self.steps);
            let (pixels, labels) = batch.map_err(|error| data_failure(&error))?;
            let seen = self.trainer.test(&pixels, &labels);
            tested.add(seen.map_err(|error| train_failure(&error))?);
        }
        let own = Epoch {
            net: self.log.net.clone(),
            seed: args.seed,
            epoch: epoch + 1,
            loss: self.seen.mean_loss(),
            accuracy: self.seen.accuracy(),
            test_accuracy: tested.accuracy(),
            seconds: self.seconds,
            images_per_second: self.seen.pictures as f64 / self.seconds.max(1e-9),
        };
        self.seen = Seen::default();
        self.seconds = 0.0;
        let is_best = own.test_accuracy > self.best;
        self.log.epochs.push(own.clone());
        if is_best {
            self.best = own.test_accuracy;
            self.log.best_epoch = epoch + 1;
        }
        if let Some(place) = &self.place {
            if is_best {
                place.keep_best(&self.trainer)?;
            }
            place.keep_last(&self.trainer, &self.log)?;
        }
        Ok(own)
    }
}
