//! A real pass of a trained network as a film: a frame for every layer, and rests at those that are worth a look.

use std::ops::ControlFlow;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use super::prepare::{Prepared, prepare};
use super::{TOP_CLASSES, top_classes};
use crate::analysis::Rule;
use crate::engine::{Guess, InputChoice, Session, WeightsChoice};
use crate::lower::{Overrides, open};
use crate::network::{Category, LayerId, Network, Stage};
use crate::report::Subject;
use crate::report::pass::activation::{Activation, Value};
use crate::spec::Problem;
use crate::text::Message;

/// Network of the film, which has built-in weights.
pub const NETWORK: &str = "resnet20_fashion";

/// Input of the film.
const INPUT: InputChoice = InputChoice::Sample(0);

/// Reason to rest at a layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// The picture, before anything has run.
    Picture,
    /// Feature maps of the first convolution.
    Kernels,
    /// First addition of a main path and its shortcut.
    Addition,
    /// End of a stage.
    Stage,
    /// Pool that leaves one number per map.
    Pooled,
    /// Likeliest classes.
    Answer,
}

impl Moment {
    /// Length of the rest.
    const fn length(self) -> Duration {
        Duration::from_millis(match self {
            Self::Picture | Self::Kernels => 2_000,
            Self::Addition => 4_500,
            Self::Stage => 1_200,
            Self::Pooled => 1_500,
            Self::Answer => 3_000,
        })
    }
}

/// Length of a frame without a rest.
const GLANCE: Duration = Duration::from_millis(50);

/// A layer that has run.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Layer.
    pub layer: LayerId,
    /// Inputs, for an addition.
    pub inputs: Vec<Value>,
    /// Output.
    pub output: Value,
    /// Reason to rest here.
    pub moment: Option<Moment>,
    /// Length.
    pub length: Duration,
}

/// Film of a pass.
#[derive(Debug)]
pub struct Film {
    /// Network that ran.
    pub subject: Arc<Subject>,
    /// One frame per layer, in order; never empty.
    pub frames: Vec<Frame>,
    /// Likeliest classes.
    pub guesses: Vec<Guess>,
}

/// The film, which is made once: it is the same each time.
///
/// # Errors
/// The network cannot run; the message is for the user.
pub(super) fn film() -> Result<Arc<Film>, Message> {
    static FILM: OnceLock<Result<Arc<Film>, Message>> = OnceLock::new();
    FILM.get_or_init(|| shoot().map(Arc::new)).clone()
}

/// Runs the network of the film, and keeps what every layer outputs.
///
/// # Errors
/// The network cannot run; the message is for the user.
fn shoot() -> Result<Film, Message> {
    let reason = |problems: Vec<Problem>| {
        let first = problems.first().map(Problem::headline);
        first.unwrap_or_else(|| Message::new("pass-program-error"))
    };
    let model = open(NETWORK, &Overrides::default()).map_err(reason)?;
    let network = Arc::new(model.network.clone());
    let subject = Arc::new(Subject::new(model, Rule::default(), 1));
    let Prepared {
        pass,
        subject,
        network,
        ..
    } = prepare((subject, network), (&WeightsChoice::Shipped, None), &INPUT)
        .map_err(|refusal| refusal.reason)?;
    let mut session = pass.into_session();
    let _ = session.run_all(&mut |_, _| ControlFlow::Continue(()));
    let frames = network.ids().filter_map(|id| frame(&session, &network, id));
    Ok(Film {
        frames: frames.collect(),
        guesses: top_classes(&session, TOP_CLASSES),
        subject,
    })
}

/// Frame of a layer.
fn frame(session: &Session, network: &Network, id: LayerId) -> Option<Frame> {
    let activation = Activation::of(session, id)?;
    let moment = moment(network, id);
    let inputs = match moment {
        Some(Moment::Addition) => activation.inputs,
        _ => Vec::new(),
    };
    Some(Frame {
        layer: id,
        inputs,
        output: activation.output,
        moment,
        length: moment.map_or(GLANCE, Moment::length),
    })
}

/// Reason to rest at a layer.
fn moment(network: &Network, id: LayerId) -> Option<Moment> {
    let is_first_of = |category: Category| {
        let mut nodes = network.nodes();
        let first = nodes.find(|(_, node)| node.layer.category() == category);
        first.map(|(first, _)| first) == Some(id)
    };
    let stage = network[id].scope.stage;
    let is_last_of_stage = || {
        let mut nodes = network.nodes().skip(id.index() + 1);
        matches!(stage, Stage::Body(_)) && nodes.all(|(_, node)| node.scope.stage != stage)
    };
    if id.index() == 0 {
        Some(Moment::Picture)
    } else if Some(id) == network.sink() {
        Some(Moment::Answer)
    } else if is_first_of(Category::Convolution) {
        Some(Moment::Kernels)
    } else if is_first_of(Category::Residual) {
        Some(Moment::Addition)
    } else if is_last_of_stage() {
        Some(Moment::Stage)
    } else if stage == Stage::Head && network[id].layer.category() == Category::Pool {
        Some(Moment::Pooled)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_film_is_a_whole_pass_of_twenty_seconds_with_every_moment_in_order() {
        let film = shoot().unwrap();
        let layers = film.subject.model.network.len();
        assert_eq!(film.frames.len(), layers);
        let moments: Vec<_> = film
            .frames
            .iter()
            .filter_map(|frame| frame.moment)
            .collect();
        assert_eq!(
            moments,
            [
                Moment::Picture,
                Moment::Kernels,
                Moment::Addition,
                Moment::Stage,
                Moment::Stage,
                Moment::Stage,
                Moment::Pooled,
                Moment::Answer,
            ]
        );
        let length: Duration = film.frames.iter().map(|frame| frame.length).sum();
        assert!((18..=22).contains(&length.as_secs()), "{length:?}");
    }

    #[test]
    fn the_sum_of_the_film_is_that_of_its_main_path_and_shortcut_and_the_boot_is_recognised() {
        let film = shoot().unwrap();
        let is_addition = |frame: &&Frame| frame.moment == Some(Moment::Addition);
        let addition = film.frames.iter().find(is_addition).unwrap();
        let [main, shortcut] = &addition.inputs[..] else {
            panic!("two inputs");
        };
        let pairs = main.values().iter().zip(shortcut.values());
        for ((main, shortcut), sum) in pairs.zip(addition.output.values()) {
            assert!((main + shortcut - sum).abs() < 1e-6);
        }
        let truth = INPUT.label(&film.subject.model).unwrap();
        let label = film.subject.model.label(film.guesses[0].class).unwrap();
        assert_eq!(label.own(), truth.own());
        assert_eq!(truth.own(), "Ankle boot");
    }
}
