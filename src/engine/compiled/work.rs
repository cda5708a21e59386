//! Threads of a pass, on their way through its steps.

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::copy;
use super::prepare::Prepared;
use super::run::{Pass, Task};
use crate::engine::{EngineError, Tensor};
use crate::kernels::Memory;
use crate::kernels::team;
use crate::network::LayerId;

/// State that the threads of a pass share.
pub(super) struct Work<'a> {
    pub(super) pass: &'a Pass<'a>,
    pub(super) prepared: &'a [Prepared],
    pub(super) scratch: &'a [[Memory; 2]],
    pub(super) threads: usize,
    /// Number of steps of the pass that are done.
    pub(super) done: &'a AtomicUsize,
}

impl Work<'_> {
    /// Runs a range of steps on all threads, and records the time of each.
    ///
    /// # Errors
    /// One of the steps would reach beyond its maps; none has run.
    pub(super) fn steps(
        &self,
        steps: Range<usize>,
        times: &mut [Duration],
    ) -> Result<(), EngineError> {
        let tasks = self.tasks(steps.clone())?;
        let times = std::sync::Mutex::new(times);
        team::together(self.threads, &|part, barrier| {
            let mut own = Vec::with_capacity(steps.len());
            let mut began = Instant::now();
            for step in steps.clone() {
                // SAFETY: `places` gave every value and scratch memory its own place, the processor has the instructions of
                // `Isa`, and all threads run the same steps with a barrier between them.
                #[allow(unsafe_code, reason = "steps hand raw memory to kernels")]
                unsafe {
                    self.pass.step(&tasks[step - steps.start], part, barrier);
                }
                barrier.wait();
                let now = Instant::now();
                own.push(now - began);
                if part.index == 0 {
                    self.done.store(step + 1, Ordering::Relaxed);
                }
                began = now;
            }
            if part.index == 0
                && let Ok(mut times) = times.lock()
            {
                times.copy_from_slice(&own);
            }
        });
        Ok(())
    }

    /// Tasks of a range of steps, checked against the memory of their maps.
    ///
    /// # Errors
    /// One of the steps would reach beyond its maps.
    pub(super) fn tasks(&self, steps: Range<usize>) -> Result<Vec<Task<'_>>, EngineError> {
        steps
            .map(|step| {
                let (op, prepared) = (&self.pass.plan.ops[step], &self.prepared[step]);
                self.pass
                    .task(op, prepared, self.scratch[step], self.threads)
                    .map_err(|beyond| EngineError::Beside {
                        layer: Some(self.pass.network[op.layers[0]].path.to_string()),
                        reach: beyond.to_string(),
                    })
            })
            .collect()
    }

    /// A value in the shape of layer `id`'s output.
    pub(super) fn value(&self, value: usize, id: Option<LayerId>) -> Tensor {
        let shape = id.and_then(|id| self.pass.shapes[id]);
        let at = self.pass.plan.values[value].at;
        // SAFETY: all threads have ended, and no other value uses the place before the last step that reads this one.
        #[allow(unsafe_code, reason = "a value is read from the shared memory")]
        unsafe {
            copy::read(self.pass.values[value], &at, shape)
        }
    }
}
