//! Lab of a batch normalisation: its settings, and the measurements so far.

mod film;
mod view;

use std::sync::Arc;

use ratatui::layout::{Position, Rect};

use crate::engine::WeightsChoice;
use crate::engine::bn_lab::Rights;
use crate::network::{Layer, LayerId, Norm};
use crate::report::Subject;
use crate::report::pass::bn_lab::{
    BATCHES, Experiment, Measured, SIZES, Section, Setup, Shown, distances, epsilon, formula,
    histograms, remarks, rights, running, values,
};
use crate::text::{Language, Message};
use crate::tui::kit::cursor::{Cursor, Motion};
use crate::tui::kit::layout::{framed, height};
use crate::tui::kit::text::wrap;
use crate::tui::kit::theme::Role;
use crate::tui::message::Command;
use crate::tui::worker::{BnLabJob, BnLabNews, Task};
pub(in crate::tui) use view::render;

/// Most batches that update the running statistics.
pub const MOST: usize = 40;

/// Open lab.
#[derive(Debug)]
pub struct BnLab {
    /// Path of the layer.
    pub path: String,
    /// Settings of the experiment.
    pub setup: Setup,
    /// Results of the batch.
    pub shown: Option<Box<Shown>>,
    /// Results for batches of each size, as far as they are measured.
    pub measured: [Option<Measured>; SIZES.len()],
    /// Right answers by each kind of statistics, once they are counted.
    pub rights: Option<Rights>,
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
    /// Whether right answers are counted.
    counts: Counts,
    weights: WeightsChoice,
    experiment: Option<Box<Experiment>>,
}

/// Whether right answers are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Counts {
    /// Not yet asked for.
    No,
    /// Asked for.
    Asked,
    /// There are no samples to count.
    Impossible,
}

/// Operations for 64 pictures up to the layer, above which the sizes are not measured, because that would take a minute.
const LONG: f64 = 3e10;

impl BnLab {
    fn new(path: String, weights: WeightsChoice) -> Self {
        Self {
            path,
            setup: Setup {
                size: BATCHES[4],
                channel: 0,
                batches: 6,
                constant: false,
                eps: None,
            },
            shown: None,
            measured: [None; SIZES.len()],
            rights: None,
            counts: Counts::No,
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
    pub fn take(&mut self, news: BnLabNews) {
        match news {
            BnLabNews::Shown(shown) => self.shown = Some(shown),
            BnLabNews::Measured(place, measured) => self.measured[place] = Some(measured),
            BnLabNews::Rights(rights) => {
                self.rights = rights;
                if rights.is_none() {
                    self.counts = Counts::Impossible;
                }
            }
            BnLabNews::Failed(reason) => self.failed = Some(reason),
            BnLabNews::Done(experiment) => {
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
        let rights = self.rights.as_ref().map(|own| rights(own, language));
        let sections = vec![
            formula(shown, language),
            values,
            running(shown, language),
            distances(&self.measured, self.is_long, language),
            epsilon(shown, language),
            remarks(shown, language),
        ];
        sections.into_iter().chain(rights).collect()
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

    /// Task that measures with the current settings.
    pub fn job(&mut self, subject: &Arc<Subject>) -> Task {
        self.is_busy = true;
        self.failed = None;
        Task::BnLab(Box::new(BnLabJob {
            subject: Arc::clone(subject),
            weights: self.weights.clone(),
            path: self.path.clone(),
            setup: self.setup.clone(),
            experiment: self.experiment.take(),
            counts: self.counts == Counts::Asked && self.rights.is_none(),
            known: self
                .measured
                .map(|measured| self.is_long || measured.is_some()),
        }))
    }

    /// Executes a command; returns the task if the measurements are to begin anew.
    pub fn update(&mut self, command: Command, subject: &Arc<Subject>) -> Option<Task> {
        let before = self.setup.clone();
        let counted = self.counts;
        let channels = self
            .shown
            .as_ref()
            .map_or(1, |shown| shown.settings.features as usize);
        let setup = &mut self.setup;
        let place = BATCHES.iter().position(|size| *size == setup.size);
        let place = place.unwrap_or(0);
        match command {
            Command::NextMaps => setup.channel = (setup.channel + 1) % channels,
            Command::PreviousMaps => setup.channel = (setup.channel + channels - 1) % channels,
            Command::Enlarge => setup.size = BATCHES[(place + 1).min(BATCHES.len() - 1)],
            Command::Shrink => setup.size = BATCHES[place.saturating_sub(1)],
            Command::Step => setup.batches = (setup.batches + 1).min(MOST),
            Command::StepBack => setup.batches = setup.batches.max(2) - 1,
            Command::Constant => setup.constant = !setup.constant,
            Command::Slower | Command::Faster => {
                if let Some(shown) = &self.shown {
                    setup.move_eps(shown.own_eps, command == Command::Faster);
                }
            }
            Command::SwitchMode if self.counts == Counts::No => self.counts = Counts::Asked,
            _ => {}
        }
        if self.setup == before && self.counts == counted {
            return None;
        }
        if self.setup.channel != before.channel {
            self.measured = [None; SIZES.len()];
        }
        Some(self.job(subject))
    }

    /// Scrolls its text in a box of this area.
    pub fn go(&mut self, motion: Motion, area: Rect, language: Language) {
        let inside = framed(area);
        let film = film::rows(self, inside);
        let lines = film + self.lines(usize::from(inside.width), language).len();
        let was = self.cursor.top;
        self.cursor.scroll(motion, lines, height(inside));
        // The film is seen whole, or not at all.
        if (1..film).contains(&self.cursor.top) {
            self.cursor.top = if self.cursor.top > was { film } else { 0 };
        }
    }

    /// Closes it by a click outside.
    pub fn click(area: Rect, at: Position) -> Option<Command> {
        (!area.contains(at)).then_some(Command::Back)
    }

    /// Whether its weights are drawn at random.
    pub const fn is_random(&self) -> bool {
        self.weights.is_random()
    }

    /// Lab, on these weights, of the first batch normalisation from a layer on, or of the first one of all; `None` if there is none.
    pub fn at(subject: &Subject, from: usize, weights: WeightsChoice) -> Option<Self> {
        let network = &subject.model.network;
        let is_norm = |id: &LayerId| matches!(&network[*id].layer, Layer::Norm(Norm::Batch(norm)) if !norm.vectors);
        let found = network.ids().skip(from).find(is_norm);
        let id = found.or_else(|| network.ids().find(is_norm))?;
        let path = network[id].path.to_string();
        let mut lab = Self::new(path, weights);
        // A large network at full size takes long, so it begins with few pictures.
        let before: f64 = subject
            .analysis
            .macs
            .iter()
            .take(id.index())
            .map(|macs| macs.0 as f64)
            .sum();
        lab.is_long = before * SIZES[SIZES.len() - 1] as f64 > LONG;
        if before > 1e8 {
            lab.setup.size = BATCHES[2];
            lab.setup.batches = 3;
        }
        Some(lab)
    }
}
