//! Worker thread of a pass: it reports every layer, and can be stopped between two layers.

mod bn_lab;
mod change;
mod film;
mod gradients;
mod held;
mod inquiry;
mod look;
mod prepare;
mod preview;
mod survey;
mod training;

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use crate::engine::{Guess, InputChoice, Isa, Session, WeightsChoice, top};
use crate::kernels::team::cores;
use crate::lesson::{Query, Value, World};
use crate::network::{LayerId, Network};
use crate::report::Subject;
use crate::report::catalogue::entry::{Figures, figures};
use crate::report::pass::activation::{Activation, Difference};
use crate::text::Message;
use crate::weights::disk::Places;
use crate::weights::fetch::{FetchError, Fetched, Progress, Settings, fetch};
use crate::weights::published::PublishedWeights;
pub use bn_lab::{BnLabJob, BnLabNews};
pub use change::Change;
pub use film::{Film, Frame, Moment, NETWORK};
pub use gradients::{Measured, Measuring, Start};
pub use held::HeldPass;
pub use inquiry::{Found, Inquiry, LesionResult, Looks, Question};
pub use look::{Kernels as FirstKernels, Look, Pair};
use prepare::prepare;
pub use prepare::{Fit, Prepared, Refusal};
pub use preview::{Described, Kind as FileKind, Preview, Wanted};
pub use survey::{Survey, Surveying};
pub use training::{Facts, Pupils, Teaching, Trained};

/// Name of the worker's thread.
pub const THREAD: &str = "forward pass";

/// Number of classes that are shown at the end.
pub const TOP_CLASSES: usize = 5;

/// Number of networks whose figures are told together: a frame for each would take longer than counting them.
const COUNTED_TOGETHER: usize = 12;

/// Task with its ticket number.
#[derive(Debug)]
pub struct Job {
    /// Ticket number of the job's news; others belong to a pass that was left.
    pub ticket: u64,
    /// Task of the job.
    pub task: Task,
}

/// Task of a worker.
#[derive(Debug)]
pub enum Task {
    /// Load weights and input, and create a pass.
    Prepare {
        /// Network and its spec.
        subject: Arc<Subject>,
        /// Network again, shared between passes.
        network: Arc<Network>,
        /// Source of the weights.
        weights: WeightsChoice,
        /// Published weights that these are, whose preprocessing a picture gets.
        published: Option<&'static PublishedWeights>,
        /// Source of the input.
        input: InputChoice,
    },
    /// Answer a lesson's question.
    Answer {
        /// Networks of the lesson itself: names and specs.
        own: BTreeMap<String, String>,
        /// Question to answer.
        query: Query,
    },
    /// Measure gradients.
    Gradients(Box<Measuring>),
    /// Make a film of a pass.
    Film,
    /// Train networks.
    Train(Box<Teaching>),
    /// Ask where a trained network looks, or what its blocks are for.
    Inquire(Box<Inquiry>),
    /// Look at weights, as a network reads them.
    Look {
        /// Network.
        subject: Arc<Subject>,
        /// Weights, and those beside them.
        pair: Pair,
    },
    /// Download published weights into the caches.
    Fetch {
        /// Weights to download.
        weights: &'static PublishedWeights,
        /// Caches.
        places: Places,
    },
    /// Count the shipped networks of these names.
    Count(Vec<String>),
    /// Look around a network.
    Survey(Box<Surveying>),
    /// Describe a file.
    Preview(Box<Described>),
    /// Measure a batch normalisation.
    BnLab(Box<BnLabJob>),
    /// Change a pass.
    Change(Box<Change>),
    /// Run layers.
    Run {
        /// Pass to run.
        pass: HeldPass,
        /// Pass before its changes, which runs equally far.
        beside: Option<HeldPass>,
        /// End of the run.
        until: Until,
        /// Pause after each layer, to show it.
        rest: Duration,
    },
}

/// Kernels that passes run with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kernels {
    /// Fastest kernels that the processor supports, on all threads.
    #[default]
    Fast,
    /// Portable kernels, whose numbers are the same on every processor.
    Plain,
}

/// End of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// After one layer.
    Next,
    /// After this layer.
    Layer(LayerId),
    /// At the end of the network.
    End,
}

/// Lane of a job. Jobs run in order within a lane; lanes run in parallel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lane {
    /// The forward pass.
    Pass,
    /// Questions of lessons.
    Lesson,
    /// A look at weights.
    Weights,
    /// A download.
    Fetch,
    /// Sizes of gradients.
    Gradients,
    /// Training.
    Training,
    /// A film of a pass.
    Film,
    /// Inquiries.
    Inquiry,
    /// Figures of the catalogue.
    Count,
    /// Surveys.
    Survey,
    /// Descriptions of files.
    Preview,
    /// The lab of a batch normalisation.
    BnLab,
}

impl Task {
    /// Lane of the task.
    pub const fn lane(&self) -> Lane {
        match self {
            Self::Prepare { .. } | Self::Change(_) | Self::Run { .. } => Lane::Pass,
            Self::Answer { .. } => Lane::Lesson,
            Self::Look { .. } => Lane::Weights,
            Self::Fetch { .. } => Lane::Fetch,
            Self::Gradients(_) => Lane::Gradients,
            Self::Train(_) => Lane::Training,
            Self::Film => Lane::Film,
            Self::Inquire(_) => Lane::Inquiry,
            Self::Count(_) => Lane::Count,
            Self::Survey(_) => Lane::Survey,
            Self::Preview(_) => Lane::Preview,
            Self::BnLab(_) => Lane::BnLab,
        }
    }
}

/// News from a worker.
#[derive(Debug)]
pub struct News {
    /// Ticket number of the job.
    pub ticket: u64,
    /// Event that is reported.
    pub event: Event,
}

/// Event of a job.
#[derive(Debug)]
pub enum Event {
    /// A pass is prepared, or the reason why not.
    Prepared(Result<Box<Prepared>, Refusal>),
    /// A layer has run.
    Passed {
        /// Layer that has run.
        layer: LayerId,
        /// Time that the layer took.
        took: Duration,
        /// Time that the job has taken so far.
        elapsed: Duration,
    },
    /// Inputs and outputs of a layer of a slow run.
    Shown(Box<Activation>),
    /// The job is done or was stopped; the pass comes back.
    Done(Box<Outcome>),
    /// A changed pass has come as far as the pass before the change; with what there is to say about it.
    Changed(Box<Outcome>, Option<Message>),
    /// A change was stopped: the pass stays as it is.
    Kept,
    /// A change is impossible, for this reason: the pass stays as it is.
    Refused(Message),
    /// The correct answer, or the reason why there is none.
    Answered(Result<Value, Message>),
    /// The tensors of these weights, or the reason why they cannot be read.
    Looked(Box<Pair>, Result<Box<Look>, Message>),
    /// Progress of a download.
    Fetching(Progress),
    /// The download is done, or the reason why not.
    Fetched(Result<Fetched, FetchError>),
    /// Figures of some networks of the catalogue.
    Counted(Vec<(String, Figures)>),
    /// The result of a survey.
    Surveyed(Box<Survey>),
    /// The description of a file.
    Previewed(std::path::PathBuf, Box<Preview>),
    /// News about gradients.
    Gradients(Measured),
    /// News about a training.
    Trained(Trained),
    /// News about an inquiry.
    Inquired(Found),
    /// The film of a pass, or the reason why there is none.
    Filmed(Result<Arc<Film>, Message>),
    /// News about a lab.
    BnLab(BnLabNews),
    /// The worker ended without returning the pass.
    Lost(Lane),
}

/// Pass after its run on the worker.
#[derive(Debug)]
pub struct Outcome {
    /// The pass.
    pub pass: HeldPass,
    /// Pass before its changes.
    pub beside: Option<HeldPass>,
    /// Data of the last layer that ran.
    pub activation: Option<Activation>,
    /// Most likely classes, at the end.
    pub top_classes: Vec<Guess>,
    /// All classes of the pass before its changes.
    pub top_classes_before: Vec<Guess>,
    /// Relative difference of each output from the one before the change; empty without a change.
    pub differences: Vec<Option<f64>>,
}

impl Outcome {
    /// Views of a pass, compared with the one before its changes.
    fn of(session: Session, beside: Option<HeldPass>) -> Self {
        let current = session.current();
        let mut activation = current.and_then(|id| Activation::of(&session, id));
        if let (Some(activation), Some(beside)) = (&mut activation, &beside) {
            activation.compare(&session, beside);
        }
        let top_classes = top_classes(&session, TOP_CLASSES);
        let top_classes_before = match &beside {
            Some(beside) if !top_classes.is_empty() => self::top_classes(beside, usize::MAX),
            _ => Vec::new(),
        };
        let differences = beside
            .as_ref()
            .map_or_else(Vec::new, |beside| differences(&session, beside));
        Self {
            pass: HeldPass::new(session),
            beside,
            activation,
            top_classes,
            top_classes_before,
            differences,
        }
    }
}

/// Drops the rest of a pass on a separate thread: the values of a deep network take hundreds of megabytes, and freeing them
/// would delay a frame.
pub(in crate::tui) fn discard<T: Send + 'static>(value: T) {
    let thread = std::thread::Builder::new().name("discarded".to_owned());
    // Without a thread, it is dropped here together with the closure that could not be moved.
    drop(thread.spawn(move || drop(value)));
}

/// Running worker, with the channel of its news and the means to stop it.
#[derive(Debug)]
pub struct Worker {
    news: Receiver<News>,
    cancel: Arc<AtomicBool>,
}

impl Worker {
    /// Starts `job` on a thread.
    pub fn start(job: Job, kernels: Kernels) -> Self {
        let (sender, news) = mpsc::channel();
        let cancel = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&cancel);
        let (ticket, lane) = (job.ticket, job.task.lane());
        let lost = sender.clone();
        let work = move || {
            // When the explorer has ended nobody listens, and the news may be lost.
            let mut send = |event| drop(sender.send(News { ticket, event }));
            let work = AssertUnwindSafe(|| perform(job.task, kernels, &flag, &mut send));
            if catch_unwind(work).is_err() {
                send(Event::Lost(lane));
            }
        };
        let thread = std::thread::Builder::new().name(THREAD.to_owned());
        if thread.spawn(work).is_err() {
            drop(lost.send(News {
                ticket,
                event: Event::Lost(lane),
            }));
        }
        Self { news, cancel }
    }

    /// Asks the worker to stop at the next layer.
    pub fn cancel(&self) {
        self.cancel.store(true, Ordering::Relaxed);
    }

    /// Next news, waiting at most `timeout`; `None` if there are none yet.
    pub fn wait(&self, timeout: Duration) -> Option<News> {
        self.news.recv_timeout(timeout).ok()
    }
}

/// Performs a task on this thread, and reports to `send`.
pub fn perform(task: Task, kernels: Kernels, cancel: &AtomicBool, send: &mut dyn FnMut(Event)) {
    match task {
        Task::Prepare {
            subject,
            network,
            weights,
            published,
            input,
        } => send(Event::Prepared(
            prepare((subject, network), (&weights, published), &input).map(|prepared| {
                Box::new(match kernels {
                    Kernels::Plain => prepared,
                    Kernels::Fast => {
                        let session = prepared.pass.into_session();
                        Prepared {
                            pass: HeldPass::new(session.with_kernels(Isa::best(), threads())),
                            ..prepared
                        }
                    }
                })
            }),
        )),
        Task::Answer { own, query } => send(Event::Answered(World::new(own).answer(&query))),
        Task::BnLab(job) => job.perform(&mut |news| {
            send(Event::BnLab(news));
            go_on(cancel).is_continue()
        }),
        Task::Count(names) => {
            for names in names.chunks(COUNTED_TOGETHER) {
                if go_on(cancel).is_break() {
                    break;
                }
                let counted = names
                    .iter()
                    .filter_map(|name| Some((name.clone(), figures(name)?)));
                send(Event::Counted(counted.collect()));
            }
        }
        Task::Survey(job) => send(Event::Surveyed(Box::new(job.perform()))),
        Task::Preview(file) => {
            let preview = Box::new(preview::preview(&file));
            send(Event::Previewed(file.0, preview));
        }
        Task::Look { subject, pair } => look::look(&subject.model, pair, cancel, send),
        Task::Fetch { weights, places } => {
            let settings = Settings::of_system();
            let fetched = fetch(weights, &places, &settings, cancel, &mut |progress| {
                send(Event::Fetching(*progress));
            });
            send(Event::Fetched(fetched));
        }
        Task::Gradients(job) => {
            job.perform(kernels, cancel, &mut |measured| {
                send(Event::Gradients(measured));
            });
        }
        Task::Film => send(Event::Filmed(film::film())),
        Task::Inquire(job) => job.perform(cancel, &mut |found| send(Event::Inquired(found))),
        Task::Train(job) => job.perform(kernels, cancel, &mut |trained| {
            send(Event::Trained(trained));
        }),
        Task::Change(change) => change.perform(cancel, send),
        Task::Run {
            pass,
            beside,
            until,
            rest,
        } => {
            let mut session = pass.into_session();
            run(&mut session, (until, rest), cancel, send);
            let beside = beside.map(|beside| {
                let mut beside = beside.into_session();
                if let Some(id) = session.current() {
                    // If it was stopped, fewer layers can be compared.
                    let _ = beside.run_to(id, &mut |_, _| go_on(cancel));
                }
                HeldPass::new(beside)
            });
            let outcome = Outcome::of(session, beside);
            send(Event::Done(Box::new(outcome)));
        }
    }
}

/// The `count` most likely classes, at the end.
fn top_classes(session: &Session, count: usize) -> Vec<Guess> {
    session
        .output()
        .and_then(|logits| top(logits, count).into_iter().next())
        .unwrap_or_default()
}

/// Relative difference of each output from that of the pass before its changes; `None` for a layer that has not run in both,
/// or that has another output shape now.
fn differences(session: &Session, before: &Session) -> Vec<Option<f64>> {
    let ids = session.network().ids();
    ids.map(|id| {
        let (now, was) = (session.value(id)?, before.value(id)?);
        // Outputs from before the change are shared.
        if std::ptr::eq(now, was) {
            return Some(0.0);
        }
        let difference = Difference::of(now.as_slice()?, was.as_slice()?)?;
        Some(difference.relative)
    })
    .collect()
}

fn go_on(cancel: &AtomicBool) -> ControlFlow<()> {
    if cancel.load(Ordering::Relaxed) {
        ControlFlow::Break(())
    } else {
        ControlFlow::Continue(())
    }
}

fn run(
    session: &mut Session,
    (until, rest): (Until, Duration),
    cancel: &AtomicBool,
    send: &mut dyn FnMut(Event),
) {
    let began = Instant::now();
    let last = match until {
        Until::Next => session.next(),
        Until::Layer(id) => Some(id),
        Until::End => session.network().sink(),
    };
    while session.next().is_some() && session.next() <= last {
        let Some(id) = session.step() else {
            break;
        };
        send(Event::Passed {
            layer: id,
            took: session.time(id).unwrap_or_default(),
            elapsed: began.elapsed(),
        });
        if !rest.is_zero() && Some(id) != last {
            if let Some(activation) = Activation::of(session, id) {
                send(Event::Shown(Box::new(activation)));
            }
            sleep(rest, cancel);
        }
        if go_on(cancel).is_break() {
            break;
        }
    }
}

/// Pauses, unless the job is stopped.
fn sleep(rest: Duration, cancel: &AtomicBool) {
    let until = Instant::now() + rest;
    while Instant::now() < until && go_on(cancel).is_continue() {
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// One core is left to the screen, so keys are handled in time while a pass runs.
fn threads() -> usize {
    cores().saturating_sub(1).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Rule;
    use crate::lower::{Overrides, open};

    fn task(weights: WeightsChoice) -> Task {
        let model = open("resnet20_cifar", &Overrides::default()).unwrap();
        let network = Arc::new(model.network.clone());
        Task::Prepare {
            subject: Arc::new(Subject::new(model, Rule::default(), 1)),
            network,
            weights,
            published: None,
            input: InputChoice::Synthetic(0),
        }
    }

    fn pass() -> HeldPass {
        let mut prepared = None;
        let task = task(WeightsChoice::Synthetic(0));
        perform(task, Kernels::Fast, &AtomicBool::new(false), &mut |event| {
            if let Event::Prepared(result) = event {
                prepared = result.ok().map(|prepared| prepared.pass);
            }
        });
        prepared.unwrap()
    }

    #[test]
    fn what_cannot_be_had_is_said() {
        let mut said = String::new();
        perform(
            task(WeightsChoice::Shipped),
            Kernels::Fast,
            &AtomicBool::new(false),
            &mut |event| {
                if let Event::Prepared(Err(reason)) = event {
                    said = crate::text::Language::ENGLISH.say(&reason.reason);
                }
            },
        );
        assert!(said.starts_with("there are no built-in weights"), "{said}");
    }

    #[test]
    fn a_stopped_run_gives_the_pass_back_where_it_stands() {
        let mut passed = 0;
        let mut outcome = None;
        let task = Task::Run {
            pass: pass(),
            beside: None,
            until: Until::End,
            rest: Duration::ZERO,
        };
        perform(
            task,
            Kernels::Fast,
            &AtomicBool::new(true),
            &mut |event| match event {
                Event::Passed { .. } => passed += 1,
                Event::Done(done) => outcome = Some(done),
                _ => {}
            },
        );
        let outcome = outcome.unwrap();
        assert_eq!(passed, 1);
        assert_eq!(outcome.pass.current().map(LayerId::index), Some(0));
        assert!(outcome.top_classes.is_empty());
    }

    #[test]
    fn a_thread_runs_to_the_end_and_says_so() {
        let worker = Worker::start(
            Job {
                ticket: 7,
                task: Task::Run {
                    pass: pass(),
                    beside: None,
                    until: Until::End,
                    rest: Duration::ZERO,
                },
            },
            Kernels::Fast,
        );
        loop {
            let news = worker.wait(Duration::from_secs(60)).unwrap();
            assert_eq!(news.ticket, 7);
            if let Event::Done(outcome) = news.event {
                assert_eq!(outcome.pass.next(), None);
                assert_eq!(outcome.top_classes.len(), TOP_CLASSES);
                break;
            }
        }
    }
}
