//! Images on their way to a compiled pass: the plain kernels do their preprocessing, before the plan's steps.
//!
//! A plan begins with an image of the network's input size. Resizing rounds as Pillow does, which needs no fast kernel, and a
//! photograph in blocks of sixteen channels would take more memory than all maps together.

use std::borrow::Cow;
use std::ops::ControlFlow;
use std::sync::Arc;

use super::load::LayerSource;
use crate::engine::pass::Observer;
use crate::engine::{LayerWeights, Mode, Tensor, plain};
use crate::network::{LayerId, Network, Shape};
use crate::weights::WeightError;

/// The network as given, and the number of its layers before the plan.
#[derive(Debug, Clone)]
pub(super) struct Whole {
    pub(super) network: Arc<Network>,
    /// Layers before the one that is the plan's input.
    before: usize,
}

impl Whole {
    /// Splits off the part of the network that is planned.
    pub(super) fn split(network: Arc<Network>) -> (Self, Arc<Network>) {
        let planned = match network.without_pictures() {
            Cow::Borrowed(_) => Arc::clone(&network),
            Cow::Owned(part) => Arc::new(part),
        };
        let before = network.picture_layers().saturating_sub(1);
        (Self { network, before }, planned)
    }

    /// Layer of the whole network with the number `id` in the planned part.
    pub(super) fn layer(&self, id: LayerId) -> LayerId {
        let place = self.before + id.index();
        self.network.ids_at(place..place + 1).next().unwrap_or(id)
    }

    /// Shape of the image, if there is one to preprocess.
    pub(super) fn picture(&self) -> Option<Shape> {
        let source = self.network.ids().next().filter(|_| self.before > 0)?;
        crate::network::infer::infer(&self.network[source].layer, &[]).ok()
    }

    /// Input of the planned part, computed from an image; `Break` if the observer ended the pass.
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
            // The plan's first step reports the last one.
            if id.index() < self.before
                && let Some(observer) = &mut observer
            {
                observer(id, &value)?;
            }
        }
        ControlFlow::Continue(value)
    }
}

/// Weights of the whole network, addressed by the numbers of its planned part.
pub(super) struct OfPart<'a> {
    pub(super) whole: &'a Whole,
    pub(super) source: &'a dyn LayerSource,
}

impl LayerSource for OfPart<'_> {
    fn layer(&self, _: &Network, id: LayerId) -> Result<Cow<'_, LayerWeights>, WeightError> {
        self.source.layer(&self.whole.network, self.whole.layer(id))
    }
}
