//! Step-by-step forward pass: its state, what it shows, and what it runs on.

pub mod boxes;
mod changes;
pub mod explained;
pub mod flip;
mod kernels;
mod keys;
mod maps;
mod networks;
pub mod place;
mod prepare;
mod seen;
pub mod stops;
pub mod sum;
pub mod timeline;
mod view;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use crate::engine::InputChoice;
use crate::engine::{Edit, Guess};
use crate::message;
use crate::network::check::first_at_fault;
use crate::network::{Branch, Combine, Layer, LayerId, Network};
use crate::report::Subject;
use crate::report::network::rows;
use crate::report::pass::activation::{Activation, Value};
use crate::sorting::Sorting;
use crate::text::{Message, Wording};
use crate::tui::context::Around;
use crate::tui::kit::layer_tree::{Item, LayerTree};
use crate::tui::overlay::chooser::Chooser;
use crate::tui::request::Asks;
use crate::tui::worker::{Event, Fit, HeldPass, Outcome, Prepared, Task, Until, discard};
pub use boxes::Boxed;
use changes::Changing;
use explained::Explained;
use flip::Flip;
pub use kernels::Kernels;
use stops::Stops;
use timeline::Quantity;

/// State of a pass.
#[derive(Debug)]
pub enum Phase {
    /// Nothing is chosen yet.
    Idle,
    /// A worker loads weights and input.
    Preparing,
    /// The pass waits for a command.
    Ready(HeldPass),
    /// The worker computes a change of the pass, which stays on the screen until then.
    Changing(Changing),
    /// The worker has the pass and runs it.
    Running(Progress),
    /// There is no pass, for this reason.
    Failed(Message),
}

/// Progress of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Number of layers that had run at its beginning.
    pub from: usize,
    /// Number of layers that will have run at its end.
    pub to: usize,
    /// Number of layers that have run so far.
    pub done: usize,
    /// Elapsed time.
    pub elapsed: Duration,
}

/// Range of values between black and white in a map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contrast {
    /// Minimum and maximum of each map.
    Map,
    /// Minimum and maximum over all maps of the value.
    Layer,
}

/// Maps that are shown, with their zoom and contrast.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Maps {
    /// Number of the first channel.
    pub first: usize,
    /// Number of channels: one, or as many as fit.
    pub zoom: Zoom,
    /// Range of values between black and white.
    pub contrast: Contrast,
}

/// Number of channels that are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zoom {
    /// One of an addition, as many as fit of any other layer.
    Auto,
    /// As many as fit.
    Grid,
    /// One.
    Single,
}

/// Most steps that are queued: the pass must not run on for long after a held key is released.
const MAX_QUEUED_STEPS: usize = 8;

/// The forward pass of a network.
#[derive(Debug)]
pub struct Forward {
    /// Layers, to show the state of the pass and to choose where to run to.
    pub tree: LayerTree,
    /// State of the pass.
    pub phase: Phase,
    /// Sources that it runs on.
    pub chooser: Chooser,
    /// Data of the shown layer.
    pub shown: Option<Activation>,
    /// Most likely classes, at the end.
    pub top_classes: Vec<Guess>,
    /// True class of the picture, if it is known.
    pub truth: Option<Wording>,
    /// Input of the network.
    pub picture: Option<Value>,
    /// Kernels of the shown layer, if it reads the picture.
    pub kernels: Option<Kernels>,
    /// Whether the pass runs on random weights.
    pub is_random: bool,
    /// Descriptions of the pass's weights and input.
    pub running_on: Option<(Message, Message)>,
    /// Maps that are shown.
    pub maps: Maps,
    /// Value that is explained, instead of the maps.
    pub explained: Option<Explained>,
    /// Open box.
    pub boxed: Option<Boxed>,
    /// Changes on offer, while the user chooses one.
    pub offered: Vec<Edit>,
    /// The pass before its changes.
    pub original: Option<HeldPass>,
    /// All classes before the change, the most likely first.
    pub top_classes_before: Vec<Guess>,
    /// Layers after which a run stops.
    pub marked: BTreeSet<LayerId>,
    /// Other layers at which runs stop.
    pub stops: Stops,
    /// Pause after each layer.
    pub rest: Duration,
    /// Network that the weights fit, after they did not fit this one.
    pub fit: Option<Fit>,
    /// First layer that cannot run, if the network breaks a rule there.
    pub fault: Option<LayerId>,
    /// The shown layer before and after the change, while one takes the place of the other.
    pub flip: Option<Flip>,
    /// Whether the answers are hidden until a key shows them.
    pub is_veiled: bool,
    /// Layer to run to as soon as the pass is prepared.
    waiting: Option<LayerId>,
    /// Change to make as soon as the pass is at its end.
    waiting_cut: Option<Edit>,
    /// Steps that were requested while a step runs.
    queued_steps: usize,
    /// Duration of each layer's last run.
    pub times: Vec<Duration>,
    /// Relative difference of each output from its value before the change; empty without a change.
    pub differences: Vec<Option<f64>>,
    /// Quantity that the timeline shows.
    pub quantity: Quantity,
    /// Network that was opened.
    own: Arc<Subject>,
    /// Network that the pass runs: including the layers that preprocess a picture, if it has one.
    pub subject: Arc<Subject>,
    network: Arc<Network>,
}

impl Forward {
    /// A state without a pass.
    pub fn new(subject: &Arc<Subject>, around: &Arc<Around>) -> Self {
        let network = &subject.model.network;
        Self {
            tree: LayerTree::new(&rows::tree(network)),
            phase: Phase::Idle,
            chooser: Chooser::new(subject, around),
            shown: None,
            top_classes: Vec::new(),
            truth: None,
            picture: None,
            kernels: None,
            is_random: false,
            running_on: None,
            maps: Maps {
                first: 0,
                zoom: Zoom::Auto,
                contrast: Contrast::Map,
            },
            explained: None,
            boxed: None,
            offered: Vec::new(),
            original: None,
            top_classes_before: Vec::new(),
            marked: BTreeSet::new(),
            stops: Stops::default(),
            rest: Duration::ZERO,
            flip: None,
            is_veiled: false,
            waiting: None,
            waiting_cut: None,
            queued_steps: 0,
            fit: None,
            fault: first_at_fault(network),
            times: vec![Duration::ZERO; network.len()],
            differences: Vec::new(),
            quantity: Quantity::default(),
            network: Arc::new(network.clone()),
            own: Arc::clone(subject),
            subject: Arc::clone(subject),
        }
    }

    /// The pass, unless the worker has it; while a change of it is computed, the pass before that change.
    pub fn pass(&self) -> Option<&HeldPass> {
        match &self.phase {
            Phase::Ready(pass) | Phase::Changing(Changing { pass, .. }) => Some(pass),
            Phase::Idle | Phase::Preparing | Phase::Running(_) | Phase::Failed(_) => None,
        }
    }

    /// Number of layers that have run.
    pub fn done(&self) -> usize {
        match (&self.phase, self.pass()) {
            (Phase::Running(progress), _) => progress.done,
            (_, pass) => pass
                .and_then(|pass| pass.current())
                .map_or(0, |id| id.index() + 1),
        }
    }

    /// Whether the shown layer is the last one and the most likely classes are known.
    pub fn shows_top_classes(&self) -> bool {
        let shown = self.shown.as_ref().map(|shown| shown.layer);
        shown.is_some() && shown == self.network.sink() && !self.top_classes.is_empty()
    }

    /// Whether the shown layer is an addition of maps, drawn as one: main path + shortcut = sum.
    pub fn shows_sum(&self) -> bool {
        self.maps.zoom != Zoom::Grid && self.is_at_sum()
    }

    /// Whether the shown layer is an addition of maps.
    fn is_at_sum(&self) -> bool {
        let is_sum = |shown: &Activation| {
            let layer = &self.running()[shown.layer].layer;
            *layer == Layer::Combine(Combine::Add) && !shown.output.is_vector()
        };
        self.on_screen().is_some_and(is_sum)
    }

    /// Shows one channel, or several: an addition begins with one, another layer with several.
    fn magnify(&mut self, is_closer: bool) {
        self.maps.zoom = match (is_closer, self.is_at_sum()) {
            (true, true) if self.maps.zoom == Zoom::Grid => Zoom::Auto,
            (true, _) => Zoom::Single,
            (false, true) => Zoom::Grid,
            (false, false) => Zoom::Auto,
        };
    }

    /// Number of layers that can run: all, or those before a fault.
    pub fn end(&self) -> usize {
        self.fault.map_or(self.network.len(), LayerId::index)
    }

    /// Whether the most likely classes are known while another layer is shown; they take one line then.
    pub fn has_likeliest(&self) -> bool {
        self.shown.is_some() && !self.top_classes.is_empty() && !self.shows_top_classes()
    }

    /// Layers that took longest in the pass so far, the longest first, each with its path.
    pub fn slowest(&self, count: usize) -> Vec<(String, Duration)> {
        let layers = self.network.nodes().zip(&self.times).take(self.done());
        let mut times: Vec<_> = layers.map(|((_, node), time)| (node, *time)).collect();
        times.order_by_key(|(_, time)| std::cmp::Reverse(*time));
        let slowest = times.into_iter().take(count);
        slowest
            .map(|(node, time)| (node.path.to_string(), time))
            .collect()
    }

    /// Whether a worker is busy with the pass.
    pub const fn is_busy(&self) -> bool {
        matches!(
            self.phase,
            Phase::Preparing | Phase::Changing(_) | Phase::Running(_)
        )
    }

    /// Whether there is no pass, and none is being prepared.
    pub const fn is_idle(&self) -> bool {
        matches!(self.phase, Phase::Idle | Phase::Failed(_))
    }

    /// Whether a change replaces an operand of an addition of the network that was opened.
    pub fn is_cut(&self, own: LayerId, branch: Branch) -> bool {
        let add = self.in_pass(own);
        self.is_changed(&Edit::Silence { add, branch })
    }

    /// Whether the pass has stopped before a layer that cannot run.
    pub fn is_at_fault(&self) -> bool {
        self.fault.is_some() && self.done() > 0 && self.done() == self.end()
    }

    /// Whether the pass waits for a command.
    pub const fn is_ready(&self) -> bool {
        matches!(self.phase, Phase::Ready(_))
    }

    /// Whether a value is explained and has the keys.
    pub fn is_explaining(&self) -> bool {
        self.explained.is_some() && self.shown.is_some() && !self.is_busy()
    }

    /// The layer that ran last.
    pub fn current(&self) -> Option<LayerId> {
        self.network.ids().nth(self.done().checked_sub(1)?)
    }

    /// Drops the pass and loads the chosen sources for a new one.
    pub fn prepare(&mut self, subject: &Arc<Subject>) -> Option<Task> {
        let (source, input) = self.chooser.chosen()?;
        let (source, input) = (source.clone(), input.clone());
        self.truth = input.label(&subject.model);
        let input_words = match &self.truth {
            Some(truth) => message!(
                "pass-input-and-class",
                input = input.to_string(),
                class = truth
            ),
            None => message!("pass-input-of", input = input.to_string()),
        };
        self.fit = None;
        self.running_on = Some((source.message(), input_words));
        self.is_random = source.is_random();
        let before = std::mem::replace(&mut self.phase, Phase::Preparing);
        discard((before, self.original.take()));
        self.stop_stepping();
        self.shown = None;
        self.picture = None;
        self.explained = None;
        self.top_classes.clear();
        self.top_classes_before.clear();
        self.differences.clear();
        self.quantity = Quantity::Time;
        self.own = Arc::clone(subject);
        Some(Task::Prepare {
            subject: Arc::clone(subject),
            network: Arc::new(subject.model.network.clone()),
            weights: source.choice,
            published: source.published,
            input,
        })
    }

    /// Gives the pass to a worker, to run up to `until`; `None` if there is nothing to run. A step during a step is queued.
    pub fn run(&mut self, until: Until) -> Option<Task> {
        if let (Until::Next, Phase::Running(Progress { from, to, .. })) = (until, &self.phase)
            && from + 1 == *to
        {
            self.queued_steps = (self.queued_steps + 1).min(MAX_QUEUED_STEPS);
            return None;
        }
        let from = self.done();
        let to = match until {
            Until::Next => from + 1,
            Until::Layer(id) => id.index() + 1,
            Until::End => self.network.len(),
        }
        .min(self.end());
        if to <= from {
            return None;
        }
        let progress = Phase::Running(Progress {
            from,
            to,
            done: from,
            elapsed: Duration::ZERO,
        });
        match std::mem::replace(&mut self.phase, progress) {
            Phase::Ready(pass) => Some(Task::Run {
                pass,
                beside: self.original.take(),
                until,
                rest: self.rest,
            }),
            other => {
                self.phase = other;
                None
            }
        }
    }

    /// Runs the pass up to a layer, or shows the layer if it has run already; without a pass, prepares one first.
    ///
    /// `own` is a layer of the network that was opened.
    pub fn bring_to(&mut self, subject: &Arc<Subject>, own: LayerId) -> Option<Task> {
        let id = self.in_pass(own);
        match &self.phase {
            Phase::Ready(_) if self.done() > id.index() => {
                self.tree.select_layer(id);
                self.look_at(id);
                None
            }
            Phase::Ready(_) => self.run(Until::Layer(id)),
            Phase::Idle | Phase::Failed(_) => {
                self.waiting = Some(own);
                self.prepare(subject)
            }
            Phase::Preparing | Phase::Changing(_) | Phase::Running(_) => None,
        }
    }

    /// Takes this input for the next pass; a pass that has run on another one is dropped.
    pub fn take_input(&mut self, input: &InputChoice) {
        if self.chooser.chosen().is_some_and(|(_, own)| own == input) {
            return;
        }
        self.chooser.add_input(input);
        if self.pass().is_some() || matches!(self.phase, Phase::Failed(_)) {
            let before = std::mem::replace(&mut self.phase, Phase::Idle);
            discard((before, self.original.take()));
            self.shown = None;
        }
    }

    /// Shows no times: a recording must not depend on the machine.
    pub fn forget_times(&mut self) {
        self.times.fill(Duration::ZERO);
        if let Some(shown) = &mut self.shown {
            shown.time = Duration::ZERO;
        }
    }

    /// Drops the queued steps, and the change that waits for the end.
    pub fn stop_stepping(&mut self) {
        self.queued_steps = 0;
        self.waiting_cut = None;
    }

    /// Undoes the last layer.
    pub fn step_back(&mut self) {
        if let Phase::Ready(pass) = &mut self.phase {
            pass.step_back();
            let current = pass.current();
            self.top_classes.clear();
            self.top_classes_before.clear();
            self.shown = None;
            if let Some(id) = current {
                self.tree.select_layer(id);
                self.look_at(id);
            }
        }
    }

    /// Rewinds to the beginning.
    pub fn rewind(&mut self) {
        if let Phase::Ready(pass) = &mut self.phase {
            pass.rewind();
            self.top_classes.clear();
            self.top_classes_before.clear();
            self.shown = None;
            self.explained = None;
        }
    }

    /// Shows a layer that has run; does nothing for others.
    pub fn look_at(&mut self, id: LayerId) {
        if let Some(pass) = self.pass()
            && let Some(mut activation) = Activation::with_picture(pass, id, self.picture.as_ref())
        {
            if let Some(original) = &self.original {
                activation.compare(pass, original);
            }
            self.show(activation);
        }
    }

    /// Shows the selected layer, if it has run.
    pub fn look_at_selected(&mut self) {
        if let Some(id) = self.tree.selected().and_then(Item::layer)
            && self.shown.as_ref().is_none_or(|shown| shown.layer != id)
        {
            self.look_at(id);
        }
    }

    /// The last layer of the selected row.
    pub fn selected_layer(&self) -> Option<LayerId> {
        self.tree.selected()?.row.last(&self.network)
    }

    /// Handles news from the worker; returns the next task.
    pub fn take(&mut self, event: Event, asks: &mut Asks) -> Option<Task> {
        match event {
            Event::Prepared(Ok(prepared)) => {
                let Prepared {
                    pass,
                    subject,
                    network,
                    picture,
                } = *prepared;
                self.picture = Some(picture);
                self.adopt(subject, network);
                self.phase = Phase::Ready(pass);
                if let Some(own) = self.waiting.take() {
                    return self.run(Until::Layer(self.in_pass(own)));
                }
            }
            Event::Prepared(Err(refusal)) => {
                self.phase = Phase::Failed(refusal.reason);
                self.fit = refusal.fit;
            }
            Event::Passed {
                layer,
                took,
                elapsed,
            } => match &mut self.phase {
                Phase::Changing(changing) => changing.note(layer, elapsed),
                Phase::Running(progress) => {
                    self.times[layer.index()] = took;
                    progress.done = layer.index() + 1;
                    progress.elapsed = elapsed;
                }
                _ => {}
            },
            Event::Shown(activation) => {
                self.tree.select_layer(activation.layer);
                self.show(*activation);
            }
            Event::Done(outcome) => {
                if let Some(id) = outcome.pass.current() {
                    self.tree.select_layer(id);
                }
                self.adopt_outcome(*outcome);
                if let Some(edit) = self.waiting_cut.take()
                    && self.done() == self.end()
                {
                    return self.change(edit);
                }
                if let Some(left) = self.queued_steps.checked_sub(1) {
                    let task = self.run(Until::Next);
                    // No step is queued at the end.
                    self.queued_steps = if task.is_some() { left } else { 0 };
                    return task;
                }
            }
            Event::Changed(outcome, told) => self.take_changed(*outcome, told, asks),
            Event::Kept => self.keep_pass(),
            Event::Refused(reason) => {
                self.keep_pass();
                asks.notify(reason);
            }
            Event::Answered(_)
            | Event::Lost(_)
            | Event::Looked(..)
            | Event::Fetching(_)
            | Event::Previewed(..)
            | Event::Counted(_)
            | Event::Surveyed(_)
            | Event::Fetched(_)
            | Event::BnLab(_)
            | Event::Gradients(_)
            | Event::Inquired(_)
            | Event::Filmed(_)
            | Event::Trained(_) => {}
        }
        None
    }

    /// The worker has ended without a result; a pass that it was to change is kept.
    pub fn lose(&mut self, reason: Message, asks: &mut Asks) {
        if matches!(self.phase, Phase::Changing(_)) {
            self.keep_pass();
            asks.notify(reason);
        } else {
            self.phase = Phase::Failed(reason);
        }
    }

    /// Takes a pass back from the worker, with what there is to see of it.
    fn adopt_outcome(&mut self, outcome: Outcome) {
        let before = std::mem::replace(&mut self.phase, Phase::Ready(outcome.pass));
        discard((
            before,
            std::mem::replace(&mut self.original, outcome.beside),
        ));
        self.top_classes = outcome.top_classes;
        self.top_classes_before = outcome.top_classes_before;
        if self.differences.is_empty() != outcome.differences.is_empty() {
            // The timeline shows a change at once, and drops it with the change.
            self.quantity = if outcome.differences.is_empty() {
                Quantity::Time
            } else {
                Quantity::Difference
            };
        }
        self.differences = outcome.differences;
        if let Some(activation) = outcome.activation {
            self.show(activation);
        }
    }

    fn show(&mut self, activation: Activation) {
        // The channel stays the same from layer to layer, if the next layer has it.
        if self.maps.first >= activation.output.channels {
            self.maps.first = 0;
        }
        let pass = self.pass();
        self.kernels = pass.and_then(|pass| Kernels::of(pass, activation.layer));
        self.shown = Some(activation);
        self.flip_again();
        self.explain_again();
    }
}

impl Progress {
    /// Remaining time, assuming that every operation takes as long as those so far; `None` while it is too early to tell.
    pub fn left(&self, subject: &Subject) -> Option<Duration> {
        let macs = |from: usize, to: usize| {
            subject
                .analysis
                .macs
                .iter()
                .skip(from)
                .take(to.saturating_sub(from))
                .map(|macs| macs.0 as f64)
                .sum::<f64>()
        };
        let done = macs(self.from, self.done);
        let left = macs(self.done, self.to);
        (done > 0.0 && self.elapsed > Duration::from_millis(300))
            .then(|| Duration::try_from_secs_f64(self.elapsed.as_secs_f64() * left / done).ok())?
    }
}
