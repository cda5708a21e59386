//! Several networks that learn from the same batches in turn, one step at a time: whoever asks for the steps may look, stop, and
//! change something in between.

use std::sync::Arc;
use std::time::Instant;

use ndarray::Array4;

use super::look::{self, Learned, Watch};
use super::part::{Part, standardised};
use super::{Augment, Course, Schedule, Seen, Settings, TrainError, Trainer, parameters};
use crate::engine::budget::room;
use crate::engine::{LayerWeights, LoadedWeights};
use crate::lower::PictureSteps;
use crate::message;
use crate::network::{Network, Shortened, Table};
use crate::text::Message;
use crate::weights::safetensors::serialized;
use crate::weights::{Dataset, Initial, Scheme};

/// Recipe that all networks of a training follow.
#[derive(Debug, Clone, PartialEq)]
pub struct Recipe {
    /// Passes over the data.
    pub epochs: usize,
    /// Pictures of a batch.
    pub batch: usize,
    /// Learning rate.
    pub rate: f64,
    /// Change of the learning rate.
    pub schedule: Schedule,
    /// Distribution of the initial weights.
    pub scheme: Scheme,
    /// Momentum, weight decay, smoothing.
    pub settings: Settings,
    /// Changes of pictures.
    pub augment: Augment,
    /// Seeds: each network is trained once with each.
    pub seeds: Vec<u64>,
}

impl Default for Recipe {
    fn default() -> Self {
        Self {
            epochs: 8,
            batch: 64,
            rate: 0.05,
            schedule: Schedule::Constant,
            scheme: Scheme::He,
            settings: Settings::default(),
            augment: Augment::default(),
            seeds: vec![1],
        }
    }
}

/// Network of a training before it is built for each seed.
#[derive(Debug, Clone)]
pub struct Entrant {
    /// Name that is shown.
    pub name: String,
    /// The network.
    pub network: Arc<Network>,
    /// Preparation of its pictures.
    pub steps: PictureSteps,
    /// Parts that it lacks from the beginning.
    pub lacks: Vec<Part>,
    /// Whether its pixels are standardised by the mean and deviation of the data, instead of as its spec says.
    pub is_standardised: bool,
}

/// Weights of the most accurate epoch.
#[derive(Debug, Clone)]
struct Best {
    accuracy: f64,
    epoch: usize,
    network: Arc<Network>,
    weights: Table<LayerWeights<f32>>,
}

/// One network with one seed.
#[derive(Debug, Clone)]
pub struct Student {
    /// Number of its network, in the order of entry.
    pub entrant: usize,
    /// Its seed.
    pub seed: u64,
    /// Number of its seed.
    course: usize,
    trainer: Trainer,
    /// The network with the parts that were taken away from it since it began, and these parts.
    whole: Option<Box<Trainer>>,
    taken: Vec<Part>,
    steps: PictureSteps,
    best: Option<Best>,
    ended: Option<Message>,
    /// Seconds of all steps, and of all tests.
    seconds: [f64; 2],
    /// Number of steps, and of tests.
    count: [usize; 2],
}

impl Student {
    /// The network that learns.
    pub fn network(&self) -> &Network {
        self.trainer.network()
    }

    /// Reason why it ended before the others.
    pub const fn ended(&self) -> Option<&Message> {
        self.ended.as_ref()
    }

    /// Epoch of its best weights, from 1, and their accuracy.
    pub fn best(&self) -> Option<(usize, f64)> {
        self.best.as_ref().map(|best| (best.epoch, best.accuracy))
    }

    /// Its best weights so far in the format safetensors; those of now if it was not tested yet.
    pub fn kept(&self) -> Vec<u8> {
        let (network, weights) = match &self.best {
            Some(best) => (&*best.network, &best.weights),
            None => (self.trainer.network(), self.trainer.weights()),
        };
        let all: Vec<_> = parameters(network, weights).collect();
        serialized(&all)
    }
}

/// Event of a training.
#[derive(Debug, Clone)]
pub struct Moment {
    /// Number of the student.
    pub student: usize,
    /// Epoch, from 0.
    pub epoch: usize,
    /// Step within the epoch, from 0.
    pub step: usize,
    /// Kind of event, and its numbers.
    pub event: Happened,
}

/// Kind of event.
#[derive(Debug, Clone)]
pub enum Happened {
    /// It learned from a batch.
    Learned(Box<Learned>),
    /// It was tested at the end of an epoch.
    Tested(Seen),
    /// It ended before the others, for this reason.
    Ended(Message),
}

/// Place in the course of a training.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cursor {
    /// Epoch, from 0.
    pub epoch: usize,
    /// Step within the epoch; the number of steps while networks are tested.
    pub step: usize,
    /// Number of the next student.
    student: usize,
}

/// Pixels and classes of a batch, with the number of its course, its place, and how its pictures were read.
type Held = ((usize, Cursor, PictureSteps), (Array4<f32>, Vec<usize>));

/// Networks that learn side by side.
#[derive(Debug, Clone)]
pub struct Training {
    recipe: Recipe,
    courses: Vec<Course>,
    entrants: Vec<Entrant>,
    students: Vec<Student>,
    cursor: Cursor,
    /// Layer and channel that are watched.
    pub watch: Watch,
    /// Last batch, which the next network may learn from too.
    held: Option<Held>,
    order: Vec<Vec<Vec<usize>>>,
}

/// A training that goes on without a part of its network.
fn without(trainer: &Trainer, part: Part) -> Result<Trainer, Message> {
    let short: Shortened = part.taken_from(trainer.network())?;
    let short = trainer.shortened(short).map_err(TrainError::from)?;
    Ok(short)
}

impl Training {
    /// Builds every network for every seed.
    ///
    /// # Errors
    /// A network does not fit the data or has nothing to learn, or all of them take too much memory.
    pub fn new(data: &Dataset, recipe: Recipe, entrants: Vec<Entrant>) -> Result<Self, Message> {
        let course = |&seed: &u64| Course::new(data.clone(), seed, recipe.batch, recipe.augment);
        let courses: Vec<Course> = recipe.seeds.iter().map(course).collect();
        let mut training = Self {
            courses,
            recipe,
            entrants,
            students: Vec::new(),
            cursor: Cursor::default(),
            watch: Watch::default(),
            held: None,
            order: Vec::new(),
        };
        for entrant in 0..training.entrants.len() {
            for course in 0..training.courses.len() {
                let student = training.begin(entrant, course)?;
                training.students.push(student);
            }
        }
        room(training.takes()).map_err(|error| error.message())?;
        Ok(training)
    }

    /// One network before its first step.
    fn begin(&self, number: usize, place: usize) -> Result<Student, Message> {
        let (entrant, course) = (&self.entrants[number], &self.courses[place]);
        let Recipe { scheme, .. } = self.recipe;
        let seed = self.recipe.seeds[place];
        let mut network = Arc::clone(&entrant.network);
        if entrant.is_standardised {
            network = Arc::new(standardised(&network, course, &entrant.steps)?);
        }
        for part in &entrant.lacks {
            network = Arc::new(part.taken_from(&network)?.network);
        }
        let source = Initial::new(&network, scheme, seed);
        let weights = LoadedWeights::load(&network, &source).map_err(|error| error.message())?;
        let settings = Settings {
            seed,
            ..self.recipe.settings
        };
        let trainer = Trainer::new(&network, &weights, settings, |_| false);
        let trainer = trainer.map_err(TrainError::from)?;
        let fits = (course.data()).fits(&entrant.name, &entrant.steps, trainer.classes());
        fits.map_err(|error| error.0)?;
        let admitted = trainer.admit(self.recipe.batch, course.smallest());
        admitted.map_err(TrainError::from)?;
        Ok(Student {
            entrant: number,
            seed,
            course: place,
            trainer,
            steps: entrant.steps,
            whole: None,
            taken: Vec::new(),
            best: None,
            ended: None,
            seconds: [0.0; 2],
            count: [0; 2],
        })
    }

    /// The same on the plain kernels, whose numbers are the same on every processor.
    #[must_use]
    pub fn on_plain_kernels(mut self) -> Self {
        for student in &mut self.students {
            student.trainer = student.trainer.clone().on_plain_kernels();
        }
        self
    }

    /// Recipe of all networks.
    pub const fn recipe(&self) -> &Recipe {
        &self.recipe
    }

    /// Networks with each of their seeds.
    pub fn students(&self) -> &[Student] {
        &self.students
    }

    /// Next step.
    pub const fn cursor(&self) -> Cursor {
        self.cursor
    }

    /// Steps of an epoch.
    pub fn steps(&self) -> usize {
        self.courses.first().map_or(0, Course::steps)
    }

    /// Pictures that train, and that test.
    pub fn counts(&self) -> (usize, usize) {
        self.courses.first().map_or((0, 0), Course::counts)
    }

    /// Bytes that all networks take.
    pub fn takes(&self) -> u128 {
        let own = |student: &Student| student.trainer.takes(self.recipe.batch);
        self.students.iter().map(own).sum()
    }

    /// Seconds until the end, by the time of the steps so far; `None` before the first.
    pub fn left(&self) -> Option<f64> {
        let (steps, epochs) = (self.steps(), self.recipe.epochs);
        let mut left = 0.0;
        for own in self.students.iter().filter(|own| own.ended.is_none()) {
            if own.count[0] == 0 {
                return None;
            }
            let all = [steps * epochs, epochs].into_iter();
            for ((all, done), seconds) in all.zip(own.count).zip(own.seconds) {
                let each = seconds / done.max(1) as f64;
                left += each * all.saturating_sub(done) as f64;
            }
        }
        Some(left)
    }

    /// Pictures per second that all networks have learned from, each counted for each network.
    pub fn speed(&self) -> Option<f64> {
        let pictures = self.students.iter().map(|own| own.count[0]);
        let pictures = pictures.sum::<usize>() * self.recipe.batch;
        let seconds: f64 = self.students.iter().map(|own| own.seconds[0]).sum();
        (seconds > 0.0).then(|| pictures as f64 / seconds)
    }

    /// Whether nothing is left to do.
    pub fn is_done(&self) -> bool {
        self.cursor.epoch >= self.recipe.epochs
            || self.students.iter().all(|own| own.ended.is_some())
    }

    /// Whether every network has learned from the last batch, and was tested if that was the last of an epoch.
    pub fn is_between(&self) -> bool {
        self.cursor.student == 0 && self.cursor.step < self.steps()
    }

    /// Sets the learning rate from the next step on.
    pub const fn set_rate(&mut self, rate: f64) {
        self.recipe.rate = rate;
    }

    /// Takes a part away from a network, which runs without it.
    ///
    /// # Errors
    /// It has no such part, or cannot do without it.
    pub fn take_away(&mut self, entrant: usize, part: Part) -> Result<(), Message> {
        self.rebuild(entrant, |own| {
            let whole = match own.whole.take() {
                Some(whole) => whole.following(&own.trainer),
                None => own.trainer.clone(),
            };
            own.trainer = without(&own.trainer, part)?;
            own.whole = Some(Box::new(whole));
            own.taken.push(part);
            Ok(())
        })
    }

    /// Gives a part back to a network, with its weights as they were when it was taken away.
    ///
    /// # Errors
    /// The network has it, or began without it.
    pub fn give_back(&mut self, entrant: usize, part: Part) -> Result<(), Message> {
        self.rebuild(entrant, |own| {
            let place = own.taken.iter().position(|taken| *taken == part);
            let (Some(place), Some(whole)) = (place, own.whole.take()) else {
                return Err(message!("train-part-not-taken", part = part.word()));
            };
            own.taken.remove(place);
            let whole = whole.following(&own.trainer);
            own.trainer = whole.clone();
            for taken in &own.taken {
                own.trainer = without(&own.trainer, *taken)?;
            }
            own.whole = (!own.taken.is_empty()).then(|| Box::new(whole));
            Ok(())
        })
    }

    /// Changes a network with each of its seeds, or with none if one of them refuses.
    fn rebuild(
        &mut self,
        entrant: usize,
        change: impl Fn(&mut Student) -> Result<(), Message>,
    ) -> Result<(), Message> {
        let mut changed = self.students.clone();
        for own in changed.iter_mut().filter(|own| own.entrant == entrant) {
            change(own)?;
            let smallest = self.courses[own.course].smallest();
            let admitted = own.trainer.admit(self.recipe.batch, smallest);
            admitted.map_err(TrainError::from)?;
        }
        self.students = changed;
        Ok(())
    }

    /// Lets the next network learn from the batch, or tests it at the end of an epoch; `None` at the end of all.
    pub fn next_moment(&mut self) -> Option<Moment> {
        while !self.is_done() {
            let at = self.cursor;
            self.cursor.student += 1;
            if self.students[at.student].ended.is_some() {
                self.settle();
                continue;
            }
            let event = if at.step == self.steps() {
                self.test(at)
            } else {
                self.learn(at)
            };
            let event = event.unwrap_or_else(|reason| {
                self.students[at.student].ended = Some(reason.clone());
                Happened::Ended(reason)
            });
            self.settle();
            return Some(Moment {
                student: at.student,
                epoch: at.epoch,
                step: at.step,
                event,
            });
        }
        None
    }

    /// Goes on to the next batch, and to the next epoch, as soon as all networks are done with theirs.
    fn settle(&mut self) {
        let rest = &self.students[self.cursor.student.min(self.students.len())..];
        if rest.iter().any(|own| own.ended.is_none()) {
            return;
        }
        self.cursor.student = 0;
        self.cursor.step += 1;
        if self.cursor.step > self.steps() {
            self.cursor.step = 0;
            self.cursor.epoch += 1;
        }
    }

    /// Pictures of the batch at a place, as they are held or read anew.
    fn hold(&mut self, at: Cursor) -> Result<(), Message> {
        let student = &self.students[at.student];
        let key = (student.course, Cursor { student: 0, ..at }, student.steps);
        if self.held.as_ref().is_some_and(|(own, _)| *own == key) {
            return Ok(());
        }
        let course = &self.courses[student.course];
        if at.step == 0 || self.order.len() != self.courses.len() {
            self.order = (self.courses.iter())
                .map(|course| course.epoch(at.epoch))
                .collect();
        }
        let of = &self.order[student.course][at.step];
        let batch = course.batch(of, &student.steps, (at.epoch, at.step));
        self.held = Some((key, batch.map_err(|error| error.0)?));
        Ok(())
    }

    fn learn(&mut self, at: Cursor) -> Result<Happened, Message> {
        self.hold(at)?;
        let part = (self.recipe.schedule).part(at.epoch, at.step, self.steps(), self.recipe.epochs);
        let rate = self.recipe.rate * part;
        let student = &mut self.students[at.student];
        let Some((_, (pixels, labels))) = &self.held else {
            return Err(message!("choice-no-input"));
        };
        let began = Instant::now();
        let (seen, gradients) = student.trainer.step(pixels, labels, rate)?;
        student.seconds[0] += began.elapsed().as_secs_f64();
        student.count[0] += 1;
        let mut learned = look::at(&student.trainer, &gradients, (pixels, labels), self.watch);
        (learned.seen, learned.rate) = (seen, rate);
        Ok(Happened::Learned(Box::new(learned)))
    }

    fn test(&mut self, at: Cursor) -> Result<Happened, Message> {
        let student = &mut self.students[at.student];
        let course = &self.courses[student.course];
        let began = Instant::now();
        let mut tested = Seen::default();
        for of in course.tests() {
            let batch = course.plain(of, &student.steps);
            let (pixels, labels) = batch.map_err(|error| error.0)?;
            tested.add(student.trainer.test(&pixels, &labels)?);
        }
        student.seconds[1] += began.elapsed().as_secs_f64();
        student.count[1] += 1;
        let accuracy = tested.accuracy();
        if student.best().is_none_or(|(_, best)| accuracy > best) {
            student.best = Some(Best {
                accuracy,
                epoch: at.epoch + 1,
                network: Arc::clone(student.trainer.shared()),
                weights: student.trainer.weights().clone(),
            });
        }
        Ok(Happened::Tested(tested))
    }
}
