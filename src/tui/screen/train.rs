//! Training of several networks side by side: what is planned, the training while it rests, and the curves so far.

pub mod curve;
mod experiment;
mod keys;
mod plan;
mod view;

use ratatui::layout::{Constraint, Layout, Rect};

use crate::engine::train::{Part, Recipe, Training, Watch};
use crate::message;
use crate::text::Message;
use crate::tui::file::File;
use crate::tui::kit::cursor::Cursor;
use crate::tui::message::{Experiment, Field, Panel};
use crate::tui::request::{Asks, Request};
use crate::tui::worker::{Facts, Lane, Pupils, Task, Teaching, Trained};
use curve::Curve;
pub use plan::Net;

/// State of a training.
#[derive(Debug, Default)]
pub enum Phase {
    /// It is planned.
    #[default]
    Planned,
    /// A worker has it.
    Running,
    /// It waits for a command, or is at its end.
    Resting(Box<Training>),
    /// It could not begin, for this reason.
    Failed(Message),
}

/// Change of a running training.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Change {
    /// Another learning rate.
    Rate(f64),
    /// A network without a part of it.
    TakeAway(usize, Part),
    /// A network with a part again that was taken away from it.
    GiveBack(usize, Part),
    /// Another channel to watch.
    Watch(Watch),
}

/// Action for when the worker returns the training.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum After {
    /// It rests.
    #[default]
    Rest,
    /// It continues with its changes.
    GoOn,
    /// Its best weights are written.
    Keep,
}

/// Training of several networks.
#[derive(Debug, Default)]
pub struct Train {
    /// Networks.
    pub nets: Vec<Net>,
    /// Experiment that they belong to.
    pub experiment: Option<Experiment>,
    /// Name of the data, or a path; empty if none is chosen.
    pub data: String,
    /// Recipe.
    pub recipe: Recipe,
    /// State.
    pub phase: Phase,
    /// Facts about the training.
    pub facts: Facts,
    /// Curves of each network with each seed.
    pub curves: Vec<Curve>,
    /// Selected row: a network, or a field of the recipe.
    pub cursor: Cursor,
    /// First panel.
    pub panel: Panel,
    /// Whether the one plot that has room shows accuracies, instead of losses.
    pub shows_accuracy: bool,
    /// Layer and channel that are watched.
    pub watch: Watch,
    /// Last change, with its epoch.
    pub note: Option<Message>,
    /// Open box: parts of the selected network.
    pub boxed: Option<Cursor>,
    /// Ticket number of its news.
    pub ticket: u64,
    pending: Vec<Change>,
    after: After,
    /// Whether there are weights that were neither written nor given up.
    is_unkept: bool,
}

/// Part of the learning rate that one key leaves, and by which the other multiplies it.
const FACTOR: f64 = 2.0;
/// Folder of the weights.
const FOLDER: &str = "trained";

impl Train {
    /// Whether a worker has the training.
    pub const fn is_busy(&self) -> bool {
        matches!(self.phase, Phase::Running)
    }

    /// Whether weights would be lost that were not written, for the first time.
    pub const fn warns(&mut self) -> bool {
        std::mem::replace(&mut self.is_unkept, false)
    }

    /// Whether nothing has begun yet.
    pub const fn is_planned(&self) -> bool {
        matches!(self.phase, Phase::Planned | Phase::Failed(_))
    }

    /// Number of the selected network.
    pub fn selected(&self) -> usize {
        self.cursor.at.min(self.nets.len().saturating_sub(1))
    }

    /// Field of the recipe that is selected.
    pub fn field(&self) -> Option<Field> {
        Field::ALL
            .get(self.cursor.at.checked_sub(self.nets.len())?)
            .copied()
    }

    /// Number of rows: networks and fields.
    pub fn rows(&self) -> usize {
        self.nets.len() + Field::ALL.len()
    }

    /// Curves of a network, one for each seed.
    pub fn of(&self, net: usize) -> impl Iterator<Item = &Curve> {
        self.curves.iter().filter(move |curve| curve.net == net)
    }

    /// Curve of the selected network that panels show: that of its first seed.
    pub fn shown(&self) -> Option<&Curve> {
        self.of(self.selected()).next()
    }

    /// Drops the training, and returns to the plan.
    pub fn begin_anew(&mut self, asks: &mut Asks) {
        if self.is_busy() {
            asks.ask(Request::StopLane(Lane::Training));
        }
        // News of the dropped training have another ticket.
        self.ticket = 0;
        self.phase = Phase::Planned;
        self.curves.clear();
        self.pending.clear();
        self.facts = Facts::default();
        self.note = None;
        self.after = After::Rest;
        self.is_unkept = false;
    }

    /// Runs the training until its end, or for one batch.
    fn run(&mut self, is_one_batch: bool, asks: &mut Asks) {
        let pupils = match std::mem::replace(&mut self.phase, Phase::Running) {
            Phase::Running => return,
            Phase::Resting(training) if training.is_done() => {
                asks.notify(message!("train-is-done"));
                self.phase = Phase::Resting(training);
                return;
            }
            Phase::Resting(training) => Pupils::Old(training),
            Phase::Planned | Phase::Failed(_) => {
                self.phase = Phase::Planned;
                if self.nets.is_empty() {
                    asks.notify(message!("train-no-nets"));
                    return;
                }
                if self.data.is_empty() {
                    asks.notify(message!("train-no-data"));
                    return;
                }
                self.curves = Curve::all(self.nets.len(), &self.recipe.seeds);
                self.phase = Phase::Running;
                Pupils::New {
                    data: self.data.clone(),
                    recipe: self.recipe.clone(),
                    entrants: self.nets.iter().map(Net::entrant).collect(),
                }
            }
        };
        asks.ask(Request::Teach(Task::Train(Box::new(Teaching {
            pupils,
            watch: self.watch,
            is_one_batch,
        }))));
    }

    /// Lets the training rest, and writes its best weights then if that is asked for.
    fn rest(&mut self, after: After, asks: &mut Asks) {
        if self.is_busy() {
            self.after = after;
            asks.ask(Request::StopLane(Lane::Training));
        }
    }

    /// Changes the training: at once if it rests, or else as soon as the worker has returned it.
    fn change(&mut self, change: Change, asks: &mut Asks) {
        match &mut self.phase {
            Phase::Running => {
                self.pending.push(change);
                self.after = After::GoOn;
                asks.ask(Request::StopLane(Lane::Training));
            }
            Phase::Resting(training) => {
                if let Err(reason) = Self::apply(training, change) {
                    asks.notify(reason);
                    return;
                }
                self.record(change);
            }
            Phase::Planned | Phase::Failed(_) => {}
        }
    }

    fn apply(training: &mut Training, change: Change) -> Result<(), Message> {
        match change {
            Change::Rate(rate) => training.set_rate(rate),
            Change::TakeAway(net, part) => training.take_away(net, part)?,
            Change::GiveBack(net, part) => training.give_back(net, part)?,
            Change::Watch(watch) => training.watch = watch,
        }
        Ok(())
    }

    /// Shows a change that was made.
    fn record(&mut self, change: Change) {
        let epoch = self.curves.iter().map(Curve::epochs).fold(0.0, f64::max);
        let epoch = format!("{epoch:.1}");
        match change {
            Change::Rate(rate) => {
                self.note = Some(message!(
                    "train-note-rate",
                    epoch = epoch,
                    rate = plan::rate_text(rate)
                ));
            }
            Change::TakeAway(number, part) | Change::GiveBack(number, part) => {
                let Some(net) = self.nets.get_mut(number) else {
                    return;
                };
                let id = if matches!(change, Change::TakeAway(..)) {
                    net.lacks.push(part);
                    "train-note-without"
                } else {
                    net.lacks.retain(|own| *own != part);
                    "train-note-with"
                };
                let note = Message::new(id).with("epoch", epoch);
                let note = note.with("net", net.title.clone());
                self.note = Some(note.with("part", part.word()));
            }
            Change::Watch(_) => {}
        }
    }

    /// Handles news from the worker.
    pub fn take(&mut self, trained: Trained, asks: &mut Asks) {
        match trained {
            Trained::Begun(facts) => self.facts = facts,
            Trained::Moments(moments, facts) => {
                self.facts = facts;
                for moment in moments {
                    self.is_unkept = true;
                    if let Some(curve) = self.curves.get_mut(moment.student) {
                        curve.take(moment, facts.steps);
                    }
                }
            }
            Trained::Failed(reason) => self.phase = Phase::Failed(reason),
            Trained::Back(training) => self.take_back(training, asks),
        }
    }

    /// Handles the end of a job that nobody expected.
    pub fn lose(&mut self) {
        self.phase = Phase::Failed(message!("job-program-error"));
    }

    fn take_back(&mut self, mut training: Box<Training>, asks: &mut Asks) {
        for change in std::mem::take(&mut self.pending) {
            match Self::apply(&mut training, change) {
                Ok(()) => self.record(change),
                Err(reason) => asks.notify(reason),
            }
        }
        let is_done = training.is_done();
        self.phase = Phase::Resting(training);
        match std::mem::take(&mut self.after) {
            After::GoOn if !is_done => self.run(false, asks),
            After::Keep => self.keep(asks),
            _ if is_done => asks.notify(message!("train-is-done")),
            _ => {}
        }
    }

    /// Writes the best weights so far of every network.
    fn keep(&mut self, asks: &mut Asks) {
        let Phase::Resting(training) = &self.phase else {
            asks.notify(message!("train-nothing-to-keep"));
            return;
        };
        let has_seeds = self.recipe.seeds.len() > 1;
        let files = training.students().iter().map(|student| {
            let mut name = self.nets[student.entrant].file_stem();
            if has_seeds {
                name += &format!("-seed{}", student.seed);
            }
            File {
                name: name + ".safetensors",
                bytes: student.kept(),
            }
        });
        asks.ask(Request::Keep(FOLDER, files.collect()));
        self.is_unkept = false;
    }
}

/// Columns of the list of networks and of the recipe.
const LIST: u16 = 34;
/// Columns from which both plots are side by side.
const BOTH: u16 = 76;

/// Areas of a training.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Areas {
    /// Networks and recipe.
    pub list: Rect,
    /// Plots of losses and accuracies; one alone if there is no room for both.
    pub plots: Vec<Rect>,
    /// Panels with their areas.
    pub panels: Vec<(Panel, Rect)>,
    /// Lines about the progress and the result.
    pub below: Rect,
}

/// Areas in `body`, with so many lines about the result.
pub fn areas(body: Rect, first: Panel, lines: u16) -> Areas {
    let [above, below] = body.layout(&Layout::vertical([
        Constraint::Min(0),
        Constraint::Length(lines.min(body.height / 3)),
    ]));
    let [list, right] = above.layout(&Layout::horizontal([
        Constraint::Length(LIST.min(body.width * 2 / 5)),
        Constraint::Min(0),
    ]));
    let [plots, panels] = right.layout(&Layout::vertical([
        Constraint::Percentage(50),
        Constraint::Percentage(50),
    ]));
    let plots = if right.width >= BOTH {
        halves(plots, 2)
    } else {
        vec![plots]
    };
    let columns = (right.width / 38).clamp(1, 2);
    let rows = (panels.height / 14).clamp(1, 2);
    let places = Layout::vertical(vec![Constraint::Fill(1); usize::from(rows)]).split(panels);
    let places = places.iter().flat_map(|row| halves(*row, columns));
    let panels = (0..).map(|step| first.after(step)).zip(places).collect();
    Areas {
        list,
        plots,
        panels,
        below,
    }
}

/// `area` in so many columns.
fn halves(area: Rect, columns: u16) -> Vec<Rect> {
    let columns = vec![Constraint::Fill(1); usize::from(columns)];
    Layout::horizontal(columns).split(area).to_vec()
}
