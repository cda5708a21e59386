//! Inquiries about a trained network: where it looks, and what its blocks are for. A job of the worker, and its news.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::go_on;
use crate::engine::lesions::{Lesion, answers, likeliest, whole_pass};
use crate::engine::saliency::{Choice, Heat, PixelMap, Saliency, grey};
use crate::engine::sources::{sample_classes, samples};
use crate::engine::{GradientError, InputChoice, LoadedWeights, WeightsChoice};
use crate::message;
use crate::report::Subject;
use crate::sorting::Sorting;
use crate::text::Message;
use crate::weights::published::PublishedWeights;

/// Kind of inquiry.
#[derive(Debug, Clone, PartialEq)]
pub enum Question {
    /// Accuracy over the samples without each path of each block.
    Lesions,
    /// Maps of where a network looks at an input.
    Looks {
        /// Input.
        input: InputChoice,
        /// Method.
        choice: Choice,
        /// Classes; the likeliest one and the next if there are none.
        classes: Vec<usize>,
    },
}

/// Job for the worker.
#[derive(Debug)]
pub struct Inquiry {
    /// Network.
    pub subject: Arc<Subject>,
    /// Its weights.
    pub weights: WeightsChoice,
    /// Published weights that these are, whose preprocessing a picture gets.
    pub published: Option<&'static PublishedWeights>,
    /// Question.
    pub question: Question,
}

/// Maps over a picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Looks {
    /// Picture: the mean of its channels.
    pub picture: PixelMap,
    /// Maps, one for each class.
    pub heats: Vec<Heat>,
    /// Scores of all classes.
    pub scores: Vec<f32>,
}

/// Result of one lesion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LesionResult {
    /// Lesion.
    pub lesion: Lesion,
    /// Samples whose likeliest class is theirs.
    pub right: usize,
}

/// News from a worker about an inquiry.
#[derive(Debug)]
pub enum Found {
    /// Part of the job that is done.
    Progress(f64),
    /// Number of samples that lesions are tried on.
    Samples(usize),
    /// Result of a lesion.
    Lesion(LesionResult),
    /// Maps.
    Looks(Box<Looks>),
    /// There is no result, for this reason.
    Failed(Message),
    /// The job is done or was stopped.
    Done,
}

impl Inquiry {
    /// Answers the question.
    pub(super) fn perform(self, cancel: &AtomicBool, send: &mut dyn FnMut(Found)) {
        let found = match &self.question {
            Question::Lesions => self.lesions(cancel, send),
            Question::Looks {
                input,
                choice,
                classes,
            } => self.looks(input, *choice, classes, cancel, send),
        };
        if let Err(reason) = found {
            send(Found::Failed(reason));
        }
        send(Found::Done);
    }

    fn loaded(&self) -> Result<Arc<LoadedWeights>, Message> {
        let model = &self.subject.model;
        let source = self.weights.open(model)?;
        Ok(LoadedWeights::load(&model.network, source.as_ref())?)
    }

    fn lesions(&self, cancel: &AtomicBool, send: &mut dyn FnMut(Found)) -> Result<(), Message> {
        let model = &self.subject.model;
        let count = samples(model).len();
        let labels = sample_classes(model).filter(|labels| !labels.is_empty());
        let labels = labels.ok_or_else(|| message!("inquiry-lesions-no-samples"))?;
        let network = Arc::new(model.network.clone());
        let input = InputChoice::Sample(0).open(model, count)?;
        send(Found::Samples(count));
        let pass = whole_pass(Arc::clone(&network), self.loaded()?, input)?;
        let all = Lesion::all(&network);
        let runs = all.len() as f64;
        for (number, lesion) in all.into_iter().enumerate() {
            let right = if lesion == Lesion::Nothing {
                let classes = pass.output().map(likeliest).unwrap_or_default();
                let pairs = classes.iter().zip(&labels);
                pairs.filter(|(class, label)| class == label).count()
            } else {
                answers(&pass, &lesion, &labels)?.right
            };
            send(Found::Lesion(LesionResult { lesion, right }));
            send(Found::Progress((number + 1) as f64 / runs));
            if go_on(cancel).is_break() {
                break;
            }
        }
        Ok(())
    }

    fn looks(
        &self,
        input: &InputChoice,
        choice: Choice,
        classes: &[usize],
        cancel: &AtomicBool,
        send: &mut dyn FnMut(Found),
    ) -> Result<(), Message> {
        let model = match self.published {
            Some(weights) => &self.subject.model.prepared(weights.preparation()),
            None => self.subject.model.as_ref(),
        };
        let network = Arc::new(model.network.clone());
        let input = input.open(model, 1)?;
        let saliency = Saliency::new(network, self.loaded()?, &input);
        let saliency = saliency.map_err(|error| error.message())?;
        let scores = saliency.scores().map_err(|error| error.message())?;
        let classes = if classes.is_empty() {
            two_likeliest(&scores)
        } else {
            classes.to_vec()
        };
        let heats = saliency.heats(choice, &classes, &mut |done, all| {
            send(Found::Progress(done as f64 / all.max(1) as f64));
            go_on(cancel)
        });
        let heats = match heats {
            Ok(heats) => heats,
            Err(GradientError::Stopped) => return Ok(()),
            Err(error) => return Err(error.message()),
        };
        send(Found::Looks(Box::new(Looks {
            picture: grey(&input),
            heats,
            scores,
        })));
        Ok(())
    }
}

/// The class with the highest score, and the next one.
fn two_likeliest(scores: &[f32]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.order_by(|&a, &b| scores[b].total_cmp(&scores[a]));
    order.truncate(2);
    order
}
