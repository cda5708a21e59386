//! A pass on a thread of its own: it tells of every layer, and can be stopped between two.

mod prepare;

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use super::laboratory::{Experimenting, Told};
use crate::engine::team::cores;
use crate::engine::{Guess, InputChoice, Isa, Session, WeightsChoice, top};
use crate::lesson::{Query, Value, World};
use crate::network::{LayerId, Network};
use crate::report::Subject;
use crate::report::activation::{Activation, Difference};
use crate::text::Message;
pub use prepare::Prepared;
use prepare::prepare;

/// The name of the worker's thread.
pub const THREAD: &str = "forward pass";

/// How many classes are shown at the end.
pub const GUESSES: usize = 5;

/// Work, and the number that its news carry.
#[derive(Debug)]
pub struct Job {
    /// News of another number are about a pass that was left.
    pub ticket: u64,
    /// What to do.
    pub task: Task,
}

/// What to do.
#[derive(Debug)]
pub enum Task {
    /// Fetch weights and input, and start a pass.
    Prepare {
        /// The network and its spec.
        subject: Arc<Subject>,
        /// The network again, as passes share it.
        network: Arc<Network>,
        /// Where the weights come from.
        weights: WeightsChoice,
        /// Where the input comes from.
        input: InputChoice,
    },
    /// Answer a lesson's question.
    Answer {
        /// Networks of the lesson's own: names and specs.
        own: BTreeMap<String, String>,
        /// The question.
        query: Query,
    },
    /// Measure a batch normalisation.
    Laboratory(Box<Experimenting>),
    /// Run layers.
    Run {
        /// The pass.
        session: Box<Session>,
        /// The pass before it was changed, which comes as far.
        beside: Option<Box<Session>>,
        /// How far.
        until: Until,
        /// How long to rest behind each layer, so that it can be looked at.
        rest: Duration,
    },
}

/// The kernels that passes step with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kernels {
    /// The fastest that the processor has, on all of its threads.
    #[default]
    Fast,
    /// The plain ones, whose numbers are the same on every processor.
    Plain,
}

/// How far to run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// One layer.
    Next,
    /// Up to this one, and with it.
    Layer(LayerId),
    /// To the end.
    End,
}

/// Work of one lane is done one after the other; lanes go on beside each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lane {
    /// The forward pass.
    Pass,
    /// Questions of lessons.
    Lesson,
    /// The laboratory of a batch normalisation.
    Laboratory,
}

impl Task {
    /// Which lane it goes in.
    pub const fn lane(&self) -> Lane {
        match self {
            Self::Prepare { .. } | Self::Run { .. } => Lane::Pass,
            Self::Answer { .. } => Lane::Lesson,
            Self::Laboratory(_) => Lane::Laboratory,
        }
    }
}

/// What the worker tells.
#[derive(Debug)]
pub struct News {
    /// The job's.
    pub ticket: u64,
    /// What happened.
    pub event: Event,
}

/// What happened.
#[derive(Debug)]
pub enum Event {
    /// A pass can start, or the reason why not.
    Prepared(Result<Box<Prepared>, Message>),
    /// A layer has run.
    Passed {
        /// Which.
        layer: LayerId,
        /// How long it took.
        took: Duration,
        /// How long the job has taken so far.
        elapsed: Duration,
    },
    /// What a layer of a slow run read and put out.
    Shown(Box<Activation>),
    /// The job is done or was stopped; the pass comes back.
    Done(Box<Outcome>),
    /// What the tool found, or why it cannot.
    Answered(Result<Value, String>),
    /// A laboratory tells of itself.
    Laboratory(Told),
    /// The worker ended without giving the pass back.
    Lost,
}

/// A pass that comes back from the worker.
#[derive(Debug)]
pub struct Outcome {
    /// The pass.
    pub session: Session,
    /// The pass before it was changed.
    pub beside: Option<Box<Session>>,
    /// The last layer that ran.
    pub activation: Option<Activation>,
    /// The likeliest classes, at the end.
    pub guesses: Vec<Guess>,
    /// All classes of the pass before it was changed.
    pub guesses_before: Vec<Guess>,
    /// How far each output lies from what it was before the change, by the norm of that; empty without a change.
    pub differences: Vec<Option<f64>>,
}

/// Drops what a pass has left on a thread of its own: the values of a deep network are hundreds of megabytes, and giving
/// them back would make a frame late.
pub(super) fn discard<T: Send + 'static>(value: T) {
    let thread = std::thread::Builder::new().name("left behind".to_owned());
    // Without a thread it is dropped here, as the closure that could not be moved.
    drop(thread.spawn(move || drop(value)));
}

/// A worker and the way to hear of it and to stop it.
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
        let ticket = job.ticket;
        let lost = sender.clone();
        let work = move || {
            // Nobody listens any more when the explorer has ended; the news are lost then, as they should be.
            let mut send = |event| drop(sender.send(News { ticket, event }));
            let work = AssertUnwindSafe(|| perform(job.task, kernels, &flag, &mut send));
            if catch_unwind(work).is_err() {
                send(Event::Lost);
            }
        };
        let thread = std::thread::Builder::new().name(THREAD.to_owned());
        if thread.spawn(work).is_err() {
            drop(lost.send(News {
                ticket,
                event: Event::Lost,
            }));
        }
        Self { news, cancel }
    }

    /// Asks it to stop at the next layer.
    pub fn cancel(&self) {
        self.cancel.store(true, Ordering::Relaxed);
    }

    /// The next news, waiting at most so long; `None` where there are none yet.
    pub fn wait(&self, timeout: Duration) -> Option<News> {
        self.news.recv_timeout(timeout).ok()
    }
}

/// Does a task on this thread, and tells `send` of it.
pub fn perform(task: Task, kernels: Kernels, cancel: &AtomicBool, send: &mut dyn FnMut(Event)) {
    match task {
        Task::Prepare {
            subject,
            network,
            weights,
            input,
        } => send(Event::Prepared(
            prepare(&subject, &network, (&weights, &input)).map(|prepared| {
                Box::new(match kernels {
                    Kernels::Plain => prepared,
                    Kernels::Fast => Prepared {
                        session: prepared.session.with_kernels(Isa::best(), threads()),
                        ..prepared
                    },
                })
            }),
        )),
        Task::Answer { own, query } => send(Event::Answered(World::new(own).answer(&query))),
        Task::Laboratory(job) => job.perform(&mut |told| {
            send(Event::Laboratory(told));
            go_on(cancel).is_continue()
        }),
        Task::Run {
            session,
            mut beside,
            until,
            rest,
        } => {
            let mut session = *session;
            run(&mut session, (until, rest), cancel, send);
            let current = session.current();
            if let (Some(beside), Some(id)) = (&mut beside, current) {
                // Whether it was stopped shows in what is there to compare with.
                let _ = beside.run_to(id, &mut |_, _| go_on(cancel));
            }
            let mut activation = current.and_then(|id| Activation::of(&session, id));
            if let (Some(activation), Some(beside)) = (&mut activation, &beside) {
                activation.compare(&session, beside);
            }
            let guesses = guesses(&session, GUESSES);
            let guesses_before = match &beside {
                Some(beside) if !guesses.is_empty() => self::guesses(beside, usize::MAX),
                _ => Vec::new(),
            };
            let differences = beside
                .as_ref()
                .map_or_else(Vec::new, |beside| differences(&session, beside));
            send(Event::Done(Box::new(Outcome {
                session,
                beside,
                activation,
                guesses,
                guesses_before,
                differences,
            })));
        }
    }
}

/// So many of the likeliest classes, at the end.
fn guesses(session: &Session, count: usize) -> Vec<Guess> {
    session
        .output()
        .and_then(|logits| top(logits, count).into_iter().next())
        .unwrap_or_default()
}

/// How far each output lies from that of the pass before it was changed; `None` for a layer that has not run in both, or that
/// puts out another shape now.
pub(super) fn differences(session: &Session, before: &Session) -> Vec<Option<f64>> {
    let ids = session.network().ids();
    ids.map(|id| {
        let (now, was) = (session.value(id)?, before.value(id)?);
        // What ran before the change is shared.
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

/// Rests, unless it is stopped.
fn sleep(rest: Duration, cancel: &AtomicBool) {
    let until = Instant::now() + rest;
    while Instant::now() < until && go_on(cancel).is_continue() {
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// One core is left to the screen: a key is answered in time while a pass runs.
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
            input: InputChoice::Synthetic(0),
        }
    }

    fn session() -> Box<Session> {
        let mut prepared = None;
        let task = task(WeightsChoice::Synthetic(0));
        perform(task, Kernels::Fast, &AtomicBool::new(false), &mut |event| {
            if let Event::Prepared(result) = event {
                prepared = result.ok().map(|prepared| Box::new(prepared.session));
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
                    said = crate::text::Language::ENGLISH.say(&reason);
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
            session: session(),
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
        assert_eq!(outcome.session.current().map(LayerId::index), Some(0));
        assert!(outcome.guesses.is_empty());
    }

    #[test]
    fn a_thread_runs_to_the_end_and_says_so() {
        let worker = Worker::start(
            Job {
                ticket: 7,
                task: Task::Run {
                    session: session(),
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
                assert_eq!(outcome.session.next(), None);
                assert_eq!(outcome.guesses.len(), GUESSES);
                break;
            }
        }
    }
}
