//! Right answers of a trained network by the statistics that its batch normalisations use: those of each image alone, the running
//! ones, and those of all images as one batch.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::LabError;
use crate::engine::lesions::likeliest;
use crate::engine::sources::sample_classes;
use crate::engine::{InputChoice, Isa, Keep, LoadedWeights, Mode, Session, WeightsChoice};
use crate::kernels::team::cores;
use crate::lower::Model;

/// Samples whose likeliest class is theirs, by the statistics that normalise them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rights {
    /// Number of samples.
    pub of: usize,
    /// By the statistics of each sample alone: batches of 1 in training mode.
    pub alone: usize,
    /// By the running statistics: inference.
    pub running: usize,
    /// By the statistics of all samples: one batch in training mode.
    pub together: usize,
}

impl Rights {
    /// Runs the samples of a network in three ways; `None` if it has no samples of known classes.
    ///
    /// # Errors
    /// The weights cannot be loaded, or a pass is rejected.
    pub fn measure(model: &Model, weights: &WeightsChoice) -> Result<Option<Self>, LabError> {
        let Some(labels) = sample_classes(model).filter(|labels| !labels.is_empty()) else {
            return Ok(None);
        };
        let network = Arc::new(model.network.clone());
        let source = weights.open(model)?;
        let loaded = LoadedWeights::load(&network, source.as_ref())?;
        let right = |first: usize, count: usize, mode: Mode| -> Result<usize, LabError> {
            let input = InputChoice::Sample(first).open(model, count)?;
            let (network, loaded) = (Arc::clone(&network), Arc::clone(&loaded));
            let session = Session::new(network, loaded, input, mode, Keep::Needed)?;
            let mut session = session.with_kernels(Isa::best(), cores());
            let _ = session.run_all(&mut |_, _| ControlFlow::Continue(()));
            let classes = session.output().map(likeliest).unwrap_or_default();
            let pairs = classes.iter().zip(&labels[first..]);
            Ok(pairs.filter(|(class, label)| class == label).count())
        };
        let alone = (0..labels.len()).map(|number| right(number, 1, Mode::Training));
        Ok(Some(Self {
            of: labels.len(),
            alone: alone.sum::<Result<usize, LabError>>()?,
            running: right(0, labels.len(), Mode::Inference)?,
            together: right(0, labels.len(), Mode::Training)?,
        }))
    }
}
