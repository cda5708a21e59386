//! Preparation of a pass: loads weights and input, and adds the layers that preprocess a picture.

use std::sync::Arc;

use super::held::HeldPass;
use crate::engine::budget::{Way, admit};
use crate::engine::sources::through_layers;
use crate::engine::{InputChoice, Keep, LoadedWeights, Mode, Session, WeightsChoice};
use crate::message;
use crate::network::Network;
use crate::network::check::first_at_fault;
use crate::report::Subject;
use crate::report::pass::activation::Value;
use crate::text::{Joint, Message};
use crate::weights::explain;
use crate::weights::published::PublishedWeights;

/// Pass before its first layer.
#[derive(Debug)]
pub struct Prepared {
    /// The pass.
    pub pass: HeldPass,
    /// Network that it runs, including the layers that preprocess its picture, with its analysis.
    pub subject: Arc<Subject>,
    /// Network again, shared between passes.
    pub network: Arc<Network>,
    /// Input of the pass.
    pub picture: Value,
}

/// Network that weights fit whole, in place of the one that they were meant for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fit {
    /// Name of the network.
    pub name: String,
    /// Number of its classes, if it differs from the network's own.
    pub classes: Option<u64>,
}

/// Reason why there is no pass.
#[derive(Debug)]
pub struct Refusal {
    /// The reason.
    pub reason: Message,
    /// Network that the weights fit, if there is one.
    pub fit: Option<Fit>,
}

pub(super) fn prepare(
    subjects: (Arc<Subject>, Arc<Network>),
    weights: (&WeightsChoice, Option<&PublishedWeights>),
    input: &InputChoice,
) -> Result<Prepared, Refusal> {
    let mut fit = None;
    prepared(subjects, weights, input, &mut fit).map_err(|reason| Refusal { reason, fit })
}

fn prepared(
    (subject, network): (Arc<Subject>, Arc<Network>),
    (weights, published): (&WeightsChoice, Option<&PublishedWeights>),
    input: &InputChoice,
    fit: &mut Option<Fit>,
) -> Result<Prepared, Message> {
    let is_picture = !matches!(input, InputChoice::Synthetic(_));
    let expected = published.filter(|_| is_picture && first_at_fault(&network).is_none());
    let (subject, network) = match expected {
        Some(published) => {
            let model = subject.model.prepared(published.preparation());
            let network = Arc::new(model.network.clone());
            let subject = Subject::new(model, subject.analysis.rule, subject.batch);
            (Arc::new(subject), network)
        }
        None => (subject, network),
    };
    let model = &subject.model;
    let source = weights.open(model)?;
    let own_fault = first_at_fault(&network);
    if own_fault.is_none()
        && let Some(misfit) = explain(model, source.as_ref())
    {
        let whole = misfit.closest.as_ref();
        *fit = whole.filter(|one| one.is_exact()).map(|one| Fit {
            name: one.name.clone(),
            classes: one.classes,
        });
        return Err(message!(
            "text-lines",
            lines = Joint::Lines.of(misfit.lines())
        ));
    }
    if own_fault.is_none() {
        admit(&network, 1, Way::Everything(Mode::Inference))?;
    }
    let pictures = input.pictures(model, 1)?;
    let by_layers = through_layers(model, &pictures)?;
    let (subject, network, input) = if let Some((model, input)) = by_layers {
        let network = Arc::new(model.network.clone());
        let subject = Subject::new(model, subject.analysis.rule, subject.batch);
        (Arc::new(subject), network, input)
    } else {
        let input = input.open(model, 1)?;
        (Arc::clone(&subject), Arc::clone(&network), input)
    };
    let loaded = |network: &Network| LoadedWeights::load(network, source.as_ref());
    let session = match first_at_fault(&network) {
        Some(fault) => Session::up_to(&network, fault, loaded(&network.before(fault))?, input),
        None => Session::new(
            Arc::clone(&network),
            loaded(&network)?,
            input,
            Mode::Inference,
            Keep::Everything,
        ),
    };
    let session = session?;
    Ok(Prepared {
        picture: Value::of(Message::of("image"), session.input()),
        pass: HeldPass::new(session),
        subject,
        network,
    })
}
