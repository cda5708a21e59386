//! Laboratory of a batch normalisation: its settings, and the measurements so far.

use std::sync::Arc;

use super::app::{App, Effect, Mode};
use super::cursor::Cursor;
use super::message::Command;
use super::text::wrap;
use super::theme::Role;
use super::worker::{Job, Task};
use crate::engine::LabError;
use crate::engine::WeightsChoice;
use crate::message;
use crate::network::{Layer, LayerId, Norm};
use crate::report::Subject;
use crate::report::pass::bn_lab::{
    Experiment, Measured, SIZES, Section, Setup, Shown, distances, epsilon, formula, histograms,
    remarks, running, values,
};
use crate::text::{Language, Message};

/// Most batches that update the running statistics.
pub const MOST: usize = 12;

/// Open laboratory.
#[derive(Debug)]
pub struct Laboratory {
    /// Path of the layer.
    pub path: String,
    /// Settings of the experiment.
    pub setup: Setup,
    /// Results of the batch.
    pub shown: Option<Box<Shown>>,
    /// Results for batches of each size, as far as they are measured.
    pub measured: [Option<Measured>; SIZES.len()],
    /// Reason why there are no results.
    pub failed: Option<Message>,
    /// Scroll position.
    pub cursor: Cursor,
    /// Whether a worker is measuring.
    pub is_busy: bool,
    /// Ticket number of its news.
    pub ticket: u64,
    /// Whether the sizes are not measured because that would take too long.
    is_long: bool,
    weights: WeightsChoice,
    experiment: Option<Box<Experiment>>,
}

/// News from a worker about a laboratory.
#[derive(Debug)]
pub enum Told {
    /// Results of a batch.
    Shown(Box<Shown>),
    /// Results for batches of the size at that position.
    Measured(usize, Measured),
    /// No results, for this reason.
    Failed(Message),
    /// The measurements are complete.
    Done(Option<Box<Experiment>>),
}

/// Job for the worker.
#[derive(Debug)]
pub struct Experimenting {
    /// Network and its spec.
    pub subject: Arc<Subject>,
    /// Source of its weights.
    pub weights: WeightsChoice,
    /// Path of the layer.
    pub path: String,
    /// Settings of the experiment.
    pub setup: Setup,
    /// Experiment with the earlier measurements.
    pub experiment: Option<Box<Experiment>>,
    /// Whether each size is measured already.
    pub known: [bool; SIZES.len()],
}

/// Operations for 64 pictures up to the layer, above which the sizes are not measured, because that would take a minute.
const LONG: f64 = 3e10;

impl Experimenting {
    /// Measures; `send` returns whether to continue.
    pub fn perform(mut self, send: &mut dyn FnMut(Told) -> bool) {
        let mut experiment = self.experiment.take();
        if let Err(reason) = self.setup_and_sizes(&mut experiment, send) {
            send(Told::Failed(reason.message()));
        }
        send(Told::Done(experiment));
    }

    fn setup_and_sizes(
        &self,
        experiment: &mut Option<Box<Experiment>>,
        send: &mut dyn FnMut(Told) -> bool,
    ) -> Result<(), LabError> {
        let own = if let Some(own) = experiment {
            own
        } else {
            let new = Experiment::new(&self.subject.model, &self.weights, &self.path);
            experiment.insert(Box::new(new?))
        };
        // The first batch is shown before the others run.
        let first = Setup {
            batches: 1,
            ..self.setup.clone()
        };
        if !send(Told::Shown(Box::new(own.show(&first)?))) {
            return Ok(());
        }
        if self.setup.batches > 1 && !send(Told::Shown(Box::new(own.show(&self.setup)?))) {
            return Ok(());
        }
        for (place, &size) in SIZES.iter().enumerate() {
            if self.known[place] {
                continue;
            }
            // A size that cannot be measured, such as one value per channel, stays empty.
            if let Ok(measured) = own.measure(size, self.setup.channel)
                && !send(Told::Measured(place, measured))
            {
                return Ok(());
            }
        }
        Ok(())
    }
}

impl Laboratory {
    fn new(path: String, weights: WeightsChoice) -> Self {
        Self {
            path,
            setup: Setup {
                size: SIZES[2],
                channel: 0,
                batches: 6,
                constant: false,
            },
            shown: None,
            measured: [None; SIZES.len()],
            failed: None,
            cursor: Cursor::default(),
            is_busy: false,
            ticket: 0,
            is_long: false,
            weights,
            experiment: None,
        }
    }

    /// Handles news from the worker.
    pub fn take(&mut self, told: Told) {
        match told {
            Told::Shown(shown) => self.shown = Some(shown),
            Told::Measured(place, measured) => self.measured[place] = Some(measured),
            Told::Failed(reason) => self.failed = Some(reason),
            Told::Done(experiment) => {
                self.is_busy = false;
                self.experiment = experiment;
            }
        }
    }

    /// Sections of the page.
    pub fn sections(&self, cells: usize, language: Language) -> Vec<Section> {
        let Some(shown) = &self.shown else {
            return Vec::new();
        };
        let mut values = values(shown, language);
        values.lines.push(String::new());
        values.lines.extend(histograms(shown, cells, language));
        vec![
            formula(shown, language),
            values,
            running(shown, language),
            distances(&self.measured, self.is_long, language),
            epsilon(shown, language),
            remarks(shown, language),
        ]
    }

    /// Page in `cells` cells; sections are side by side if there is room. A heading has its role.
    pub fn lines(&self, cells: usize, language: Language) -> Vec<(String, Option<Role>)> {
        if let Some(reason) = &self.failed {
            let lines = wrap(&language.say(reason), cells, 0);
            return lines
                .into_iter()
                .map(|line| (line, Some(Role::Error)))
                .collect();
        }
        let sections = self.sections(cells.min(100), language);
        let mut lines = Vec::new();
        for section in sections {
            if !lines.is_empty() {
                lines.push((String::new(), None));
            }
            lines.push((section.title, Some(Role::Title)));
            for line in section.lines {
                let is_sentence = line.contains(' ') && !line.starts_with(' ');
                if is_sentence {
                    lines.extend(wrap(&line, cells, 2).into_iter().map(|line| (line, None)));
                } else {
                    lines.push((line, None));
                }
            }
        }
        lines
    }

    fn job(&mut self, subject: &Arc<Subject>) -> Task {
        self.is_busy = true;
        self.failed = None;
        Task::Laboratory(Box::new(Experimenting {
            subject: Arc::clone(subject),
            weights: self.weights.clone(),
            path: self.path.clone(),
            setup: self.setup.clone(),
            experiment: self.experiment.take(),
            known: self
                .measured
                .map(|measured| self.is_long || measured.is_some()),
        }))
    }
}

/// Opens the laboratory of the selected batch normalisation, or of the next one after the selected layer.
pub(super) fn open(app: &mut App) -> Option<Effect> {
    let opened = app.screen.opened_mut()?;
    let network = &opened.subject.model.network;
    let is_norm = |id: &LayerId| matches!(&network[*id].layer, Layer::Norm(Norm::Batch(norm)) if !norm.vectors);
    let from = opened.layer().map_or(0, LayerId::index);
    let found = network.ids().skip(from).find(is_norm);
    let Some(id) = found.or_else(|| network.ids().find(is_norm)) else {
        app.notice = Some(message!("notice-no-norm"));
        return None;
    };
    let path = network[id].path.to_string();
    let weights = WeightsChoice::default_for(&opened.subject.model);
    let mut laboratory = Laboratory::new(path, weights);
    // A large network at full size takes long, so it begins with few pictures.
    let before: f64 = opened
        .subject
        .analysis
        .macs
        .iter()
        .take(id.index())
        .map(|macs| macs.0 as f64)
        .sum();
    laboratory.is_long = before * SIZES[SIZES.len() - 1] as f64 > LONG;
    if before > 1e8 {
        laboratory.setup.size = SIZES[1];
        laboratory.setup.batches = 3;
    }
    app.mode = Mode::Laboratory;
    start(app, laboratory)
}

/// Restarts the measurements with new settings.
fn start(app: &mut App, mut laboratory: Laboratory) -> Option<Effect> {
    app.tickets += 1;
    let ticket = app.tickets;
    let opened = app.screen.opened_mut()?;
    laboratory.ticket = ticket;
    let task = laboratory.job(&opened.subject);
    opened.laboratory = Some(laboratory);
    Some(Effect::Start(Job { ticket, task }))
}

/// Executes a command of the laboratory.
pub(super) fn command(app: &mut App, command: Command) -> Option<Effect> {
    let opened = app.screen.opened_mut()?;
    let mut laboratory = opened.laboratory.take()?;
    let before = laboratory.setup.clone();
    let channels = laboratory
        .shown
        .as_ref()
        .map_or(1, |shown| shown.settings.features as usize);
    let setup = &mut laboratory.setup;
    let place = SIZES
        .iter()
        .position(|size| *size == setup.size)
        .unwrap_or(0);
    match command {
        Command::NextMaps => setup.channel = (setup.channel + 1) % channels,
        Command::PreviousMaps => setup.channel = (setup.channel + channels - 1) % channels,
        Command::Enlarge => setup.size = SIZES[(place + 1).min(SIZES.len() - 1)],
        Command::Shrink => setup.size = SIZES[place.saturating_sub(1)],
        Command::Step => setup.batches = (setup.batches + 1).min(MOST),
        Command::StepBack => setup.batches = setup.batches.max(2) - 1,
        Command::Constant => setup.constant = !setup.constant,
        _ => {}
    }
    if laboratory.setup == before {
        opened.laboratory = Some(laboratory);
        return None;
    }
    if laboratory.setup.channel != before.channel {
        laboratory.measured = [None; SIZES.len()];
    }
    start(app, laboratory)
}

/// Leaves the laboratory without waiting for its measurements.
pub(super) fn leave(app: &mut App) -> Option<Effect> {
    app.mode = Mode::Browse;
    let laboratory = app.screen.opened_mut()?.laboratory.take()?;
    laboratory.is_busy.then_some(Effect::CancelLaboratory)
}
