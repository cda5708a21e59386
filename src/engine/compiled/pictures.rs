//! Pictures on their way to a compiled pass: what works on them as a whole is done by the plain kernels, before the plan's steps.
//!
//! A plan begins where a picture has the size that the network reads. Resizing rounds as Pillow does, which no fast kernel needs to
//! know, and a photograph in blocks of sixteen channels would take more memory than all maps together.

use std::borrow::Cow;
use std::ops::ControlFlow;
use std::sync::Arc;

use super::load::LayerSource;
use crate::engine::pass::Observer;
use crate::engine::{LayerWeights, Mode, Tensor, plain};
use crate::network::{LayerId, Network, Shape};
use crate::weights::WeightError;

/// The network as it was given, and how much of it comes before the plan.
#[derive(Debug, Clone)]
pub(super) struct Whole {
    pub(super) network: Arc<Network>,
    /// Layers before the one that the plan takes for its input.
    before: usize,
}

impl Whole {
    /// The network, and the part of it that is planned.
    pub(super) fn split(network: Arc<Network>) -> (Self, Arc<Network>) {
        let planned = match network.without_pictures() {
            Cow::Borrowed(_) => Arc::clone(&network),
            Cow::Owned(part) => Arc::new(part),
        };
        let before = network.picture_layers().saturating_sub(1);
        (Self { network, before }, planned)
    }

    /// The layer that is number `id` of the planned part.
    pub(super) fn layer(&self, id: LayerId) -> LayerId {
        let place = self.before + id.index();
        self.network.ids_at(place..place + 1).next().unwrap_or(id)
    }

    /// The shape of the picture, where there is one to prepare.
    pub(super) fn picture(&self) -> Option<Shape> {
        let source = self.network.ids().next().filter(|_| self.before > 0)?;
        crate::network::infer::infer(&self.network[source].layer, &[]).ok()
    }

    /// What the planned part reads, made of a picture; `Break` when the observer ended it.
    pub(super) fn prepare(
        &self,
        picture: Tensor,
        mut observer: Option<&mut Observer<'_>>,
    ) -> ControlFlow<(), Tensor> {
        let mut value = picture;
        for id in self.network.ids_at(0..self.before + 1) {
            let layer = &self.network[id].layer;
            if id.index() > 0 {
                let read = [&value];
                value = plain::run(layer, &LayerWeights::None, &read, Mode::Inference).output;
            }
            // Of the last one the plan's first step tells.
            if id.index() < self.before
                && let Some(observer) = &mut observer
            {
                observer(id, &value)?;
            }
        }
        ControlFlow::Continue(value)
    }
}

/// Weights of the whole network, asked for by the numbers of its planned part.
pub(super) struct OfPart<'a> {
    pub(super) whole: &'a Whole,
    pub(super) source: &'a dyn LayerSource,
}

impl LayerSource for OfPart<'_> {
    fn layer(&self, _: &Network, id: LayerId) -> Result<Cow<'_, LayerWeights>, WeightError> {
        self.source.layer(&self.whole.network, self.whole.layer(id))
    }
}
