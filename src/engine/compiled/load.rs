//! Loading of weights from a source to the kernels: read and packed on all threads.

use std::borrow::Cow;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::memory::{Aligned, LINE};
use super::plan::{Op, Plan};
use super::prepare::{Prepared, fill};
use crate::engine::{LayerWeights, LoadedWeights, loaded};
use crate::kernels::isa::Isa;
use crate::kernels::team::together;
use crate::network::{LayerId, Network};
use crate::weights::{WeightError, WeightSource};

/// Source of weights, layer by layer.
pub trait LayerSource: Sync {
    /// Weights of one layer.
    ///
    /// # Errors
    /// A tensor is missing or has another shape.
    fn layer(&self, network: &Network, id: LayerId) -> Result<Cow<'_, LayerWeights>, WeightError>;
}

impl LayerSource for LoadedWeights {
    fn layer(&self, _: &Network, id: LayerId) -> Result<Cow<'_, LayerWeights>, WeightError> {
        Ok(Cow::Borrowed(self.of(id)))
    }
}

impl LayerSource for &dyn WeightSource {
    /// Read on request: a large checkpoint is never in memory twice.
    fn layer(&self, network: &Network, id: LayerId) -> Result<Cow<'_, LayerWeights>, WeightError> {
        loaded::layer(&network[id].layer, &network[id].path, *self).map(Cow::Owned)
    }
}

/// Weights of one step, to be read and packed by one thread.
struct Job<'a> {
    op: &'a Op,
    prepared: &'a mut Prepared,
    packed: &'a mut [f32],
}

/// Gives the weights of each step a place, then reads and packs them there.
///
/// # Errors
/// The first step whose tensors are missing or have another shape.
pub(super) fn load(
    network: &Network,
    plan: &Plan,
    prepared: &mut [Prepared],
    source: &dyn LayerSource,
    isa: Isa,
    threads: usize,
) -> Result<Aligned, WeightError> {
    let mut len = 0_usize;
    for own in prepared.iter_mut() {
        let from = len.next_multiple_of(LINE);
        len = from + own.weights.len();
        own.weights = from..len;
    }
    let mut all = Aligned::new(len);
    let mut rest = all.as_mut_slice();
    let mut taken = 0;
    let mut jobs = Vec::new();
    for (op, prepared) in plan.ops.iter().zip(prepared) {
        let (before, others) = std::mem::take(&mut rest).split_at_mut(prepared.weights.end - taken);
        taken = prepared.weights.end;
        rest = others;
        let from = before.len() - prepared.weights.len();
        jobs.push(Mutex::new(Job {
            op,
            prepared,
            packed: &mut before[from..],
        }));
    }
    // The largest first: a large one at the end would leave the other threads idle.
    let size = |job: &usize| jobs[*job].lock().map_or(0, |job| job.packed.len());
    let mut order: Vec<usize> = (0..jobs.len()).collect();
    order.sort_by_cached_key(|job| std::cmp::Reverse(size(job)));
    let next = AtomicUsize::new(0);
    let failed: Mutex<Option<(usize, WeightError)>> = Mutex::new(None);
    together(threads.min(jobs.len()).max(1), &|_, _| {
        while let Some(&number) = order.get(next.fetch_add(1, Ordering::Relaxed)) {
            let Ok(mut job) = jobs[number].lock() else {
                continue;
            };
            let Job {
                op,
                prepared,
                packed,
            } = &mut *job;
            let weights: Result<Vec<_>, WeightError> = op
                .layers
                .iter()
                .map(|&id| Ok((id, source.layer(network, id)?)))
                .collect();
            match weights {
                Ok(weights) => fill(network, op, isa, &weights, prepared, packed),
                Err(error) => {
                    if let Ok(mut failed) = failed.lock()
                        && failed.as_ref().is_none_or(|(first, _)| number < *first)
                    {
                        *failed = Some((number, error));
                    }
                }
            }
        }
    });
    drop(jobs);
    match failed.into_inner() {
        Ok(Some((_, error))) => Err(error),
        _ => Ok(all),
    }
}
