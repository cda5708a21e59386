//! A forward pass that is stepped through: where it stands, what is shown of it, and what it runs on.

mod changes;
pub mod explained;
mod networks;
mod prepare;
pub mod stops;
pub mod timeline;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use super::chooser::Chooser;
use super::layer_tree::{Item, LayerTree};
use super::worker::{Event, Prepared, Task, Until, discard};
use crate::engine::{Edit, Guess, Session};
use crate::message;
use crate::network::check::first_at_fault;
use crate::network::{LayerId, Network};
use crate::report::Subject;
use crate::report::activation::{Activation, Value};
use crate::report::rows;
use crate::text::Message;
use explained::Explained;
use stops::Stops;
use timeline::Quantity;

/// Where a pass stands.
#[derive(Debug)]
pub enum Phase {
    /// Nothing was chosen yet.
    Idle,
    /// Weights and input are fetched.
    Preparing,
    /// The pass waits for a command.
    Ready(Box<Session>),
    /// The pass is with the worker.
    Running(Progress),
    /// There is no pass, for this reason.
    Failed(Message),
}

/// How far a run has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// How many layers had run when it began.
    pub from: usize,
    /// How many will have run at its end.
    pub to: usize,
    /// How many have run.
    pub done: usize,
    /// How long it has taken.
    pub elapsed: Duration,
}

/// What black and white in a map stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contrast {
    /// The least and largest of each map.
    Map,
    /// The least and largest of all maps of the value.
    Layer,
}

/// Which maps are shown, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Maps {
    /// The first channel.
    pub first: usize,
    /// Whether one channel is shown or as many as fit.
    pub zoom: Zoom,
    /// What black and white stand for.
    pub contrast: Contrast,
}

/// How many channels are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zoom {
    /// As many as fit.
    Grid,
    /// One.
    Single,
}

/// The most steps that wait: a key that is held down must not go on long after it is let go.
const MOST_OWED: usize = 8;

/// The forward pass of a network.
#[derive(Debug)]
pub struct Forward {
    /// The layers, to see where the pass stands and to choose where to run to.
    pub tree: LayerTree,
    /// Where the pass stands.
    pub phase: Phase,
    /// What it runs on.
    pub chooser: Chooser,
    /// What is known of the layer that is looked at.
    pub shown: Option<Activation>,
    /// The likeliest classes, at the end.
    pub guesses: Vec<Guess>,
    /// What the picture really shows, where that is known.
    pub truth: Option<String>,
    /// What the network reads.
    pub picture: Option<Value>,
    /// What the pass runs on, in words.
    pub running_on: Option<(String, String)>,
    /// Which maps are shown.
    pub maps: Maps,
    /// The value that is explained in place of the maps.
    pub explained: Option<Explained>,
    /// What can be changed, while that is chosen.
    pub offered: Vec<Edit>,
    /// The pass as it was before it was changed.
    pub original: Option<Box<Session>>,
    /// All classes before the change, the likeliest first.
    pub guesses_before: Vec<Guess>,
    /// Layers behind which a run stops.
    pub marked: BTreeSet<LayerId>,
    /// Where else it stops.
    pub stops: Stops,
    /// How long it rests behind each layer.
    pub rest: Duration,
    /// The first layer that cannot run, where the network breaks a rule there.
    pub fault: Option<LayerId>,
    /// Where a pass shall run to as soon as it is prepared.
    waiting: Option<LayerId>,
    /// Steps that were asked for while a step runs.
    owed: usize,
    /// How long each layer took when it last ran.
    pub times: Vec<Duration>,
    /// How far each output lies from what it was before the change; empty without a change.
    pub differences: Vec<Option<f64>>,
    /// What the timeline shows.
    pub quantity: Quantity,
    /// The network that was opened.
    own: Arc<Subject>,
    /// The one that the pass runs: with the layers that bring a picture to size, where it has one.
    pub subject: Arc<Subject>,
    network: Arc<Network>,
}

impl Forward {
    /// No pass yet.
    pub fn new(subject: &Arc<Subject>) -> Self {
        let network = &subject.model.network;
        Self {
            tree: LayerTree::new(&rows::tree(network)),
            phase: Phase::Idle,
            chooser: Chooser::new(subject),
            shown: None,
            guesses: Vec::new(),
            truth: None,
            picture: None,
            running_on: None,
            maps: Maps {
                first: 0,
                zoom: Zoom::Grid,
                contrast: Contrast::Map,
            },
            explained: None,
            offered: Vec::new(),
            original: None,
            guesses_before: Vec::new(),
            marked: BTreeSet::new(),
            stops: Stops::default(),
            rest: Duration::ZERO,
            waiting: None,
            owed: 0,
            fault: first_at_fault(network),
            times: vec![Duration::ZERO; network.len()],
            differences: Vec::new(),
            quantity: Quantity::default(),
            network: Arc::new(network.clone()),
            own: Arc::clone(subject),
            subject: Arc::clone(subject),
        }
    }

    /// How many layers have run.
    pub fn done(&self) -> usize {
        match &self.phase {
            Phase::Ready(session) => session.current().map_or(0, |id| id.index() + 1),
            Phase::Running(progress) => progress.done,
            Phase::Idle | Phase::Preparing | Phase::Failed(_) => 0,
        }
    }

    /// Whether the layer that is looked at is the last one, and the likeliest classes are known.
    pub fn has_guesses(&self) -> bool {
        let shown = self.shown.as_ref().map(|shown| shown.layer);
        shown.is_some() && shown == self.network.sink() && !self.guesses.is_empty()
    }

    /// How many layers can run: all, or those before a fault.
    pub fn end(&self) -> usize {
        self.fault.map_or(self.network.len(), LayerId::index)
    }

    /// Whether the likeliest classes are known, and another layer is looked at: they are told in a line then.
    pub fn has_likeliest(&self) -> bool {
        self.shown.is_some() && !self.guesses.is_empty() && !self.has_guesses()
    }

    /// Whether a worker is at it.
    pub const fn is_busy(&self) -> bool {
        matches!(self.phase, Phase::Preparing | Phase::Running(_))
    }

    /// Whether a value is explained, and the keys are for that.
    pub fn is_explaining(&self) -> bool {
        self.explained.is_some() && self.shown.is_some() && !self.is_busy()
    }

    /// The layer that ran last.
    pub fn current(&self) -> Option<LayerId> {
        self.network.ids().nth(self.done().checked_sub(1)?)
    }

    /// Drops the pass and fetches what is chosen for a new one.
    pub fn prepare(&mut self, subject: &Arc<Subject>) -> Option<Task> {
        let (weights, input) = self.chooser.chosen()?;
        let (weights, input) = (weights.clone(), input.clone());
        self.truth = input.label(&subject.model);
        let input_words = match &self.truth {
            Some(truth) => format!("{input}, {truth}"),
            None => format!("input {input}"),
        };
        self.running_on = Some((weights.to_string(), input_words));
        let before = std::mem::replace(&mut self.phase, Phase::Preparing);
        discard((before, self.original.take()));
        self.stop_stepping();
        self.shown = None;
        self.picture = None;
        self.explained = None;
        self.guesses.clear();
        self.guesses_before.clear();
        self.differences.clear();
        self.quantity = Quantity::Time;
        self.own = Arc::clone(subject);
        Some(Task::Prepare {
            subject: Arc::clone(subject),
            network: Arc::new(subject.model.network.clone()),
            weights,
            input,
        })
    }

    /// Hands the pass to a worker, to run so far; `None` where there is nothing to run. A step that is asked for during a step
    /// follows it.
    pub fn run(&mut self, until: Until) -> Option<Task> {
        if let (Until::Next, Phase::Running(Progress { from, to, .. })) = (until, &self.phase)
            && from + 1 == *to
        {
            self.owed = (self.owed + 1).min(MOST_OWED);
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
            Phase::Ready(session) => Some(Task::Run {
                session,
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

    /// Brings the pass to stand behind a layer, from its beginning where nothing has run; there may be nothing to do.
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
            Phase::Preparing | Phase::Running(_) => None,
        }
    }

    /// Forgets the steps that were asked for and have not begun.
    pub fn stop_stepping(&mut self) {
        self.owed = 0;
    }

    /// Takes the last layer back.
    pub fn step_back(&mut self) {
        if let Phase::Ready(session) = &mut self.phase {
            session.step_back();
            let current = session.current();
            self.guesses.clear();
            self.guesses_before.clear();
            self.shown = None;
            if let Some(id) = current {
                self.tree.select_layer(id);
                self.look_at(id);
            }
        }
    }

    /// Goes back to the beginning.
    pub fn rewind(&mut self) {
        if let Phase::Ready(session) = &mut self.phase {
            session.rewind();
            self.guesses.clear();
            self.guesses_before.clear();
            self.shown = None;
            self.explained = None;
        }
    }

    /// Shows a layer that has run; any other changes nothing.
    pub fn look_at(&mut self, id: LayerId) {
        if let Phase::Ready(session) = &self.phase
            && let Some(mut activation) =
                Activation::with_picture(session, id, self.picture.as_ref())
        {
            if let Some(original) = &self.original {
                activation.compare(session, original);
            }
            self.show(activation);
        }
    }

    /// Shows the selected layer, where it has run.
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

    /// Takes what the worker tells, and says what is to be done next.
    pub fn take(&mut self, event: Event) -> Option<Task> {
        match event {
            Event::Prepared(Ok(prepared)) => {
                let Prepared {
                    session,
                    subject,
                    network,
                } = *prepared;
                self.adopt(subject, network);
                self.phase = Phase::Ready(Box::new(session));
                if let Some(own) = self.waiting.take() {
                    return self.run(Until::Layer(self.in_pass(own)));
                }
            }
            Event::Prepared(Err(reason)) => self.phase = Phase::Failed(reason),
            Event::Passed {
                layer,
                took,
                elapsed,
            } => {
                self.times[layer.index()] = took;
                if let Phase::Running(progress) = &mut self.phase {
                    progress.done = layer.index() + 1;
                    progress.elapsed = elapsed;
                }
            }
            Event::Shown(activation) => {
                self.tree.select_layer(activation.layer);
                self.show(*activation);
            }
            Event::Done(outcome) => {
                if let Some(id) = outcome.session.current() {
                    self.tree.select_layer(id);
                }
                self.guesses = outcome.guesses;
                self.guesses_before = outcome.guesses_before;
                self.original = outcome.beside;
                if self.differences.is_empty() != outcome.differences.is_empty() {
                    // A change is seen in the timeline at once, and gone from it with the change.
                    self.quantity = if outcome.differences.is_empty() {
                        Quantity::Time
                    } else {
                        Quantity::Difference
                    };
                }
                self.differences = outcome.differences;
                if self.picture.is_none() {
                    let image = self.network.ids().next();
                    let value = image.and_then(|id| outcome.session.value(id));
                    self.picture = value.map(|value| Value::of("image".to_owned(), value));
                }
                self.phase = Phase::Ready(Box::new(outcome.session));
                if let Some(activation) = outcome.activation {
                    self.show(activation);
                }
                if let Some(left) = self.owed.checked_sub(1) {
                    let task = self.run(Until::Next);
                    // None waits at the end.
                    self.owed = if task.is_some() { left } else { 0 };
                    return task;
                }
            }
            Event::Lost => {
                self.phase = Phase::Failed(message!("pass-panicked"));
            }
            Event::Answered(_) | Event::Laboratory(_) => {}
        }
        None
    }

    fn show(&mut self, activation: Activation) {
        // The channel stays in view from layer to layer, as far as the next layer has it.
        if self.maps.first >= activation.output.channels {
            self.maps.first = 0;
        }
        self.shown = Some(activation);
        self.explain_again();
    }
}

impl Progress {
    /// How long it will still take, when every operation takes as long as those so far; `None` while that is a guess.
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
