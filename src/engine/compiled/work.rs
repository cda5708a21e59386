//! The threads of a pass, walking through its steps.

use std::ops::Range;
use std::time::{Duration, Instant};

use super::copy;
use super::kernels::Memory;
use super::prepare::Prepared;
use super::run::Pass;
use super::team;
use crate::engine::Tensor;
use crate::network::LayerId;

/// What the threads of a pass share.
pub(super) struct Work<'a> {
    pub(super) pass: &'a Pass<'a>,
    pub(super) prepared: &'a [Prepared],
    pub(super) scratch: &'a [[Memory; 2]],
    pub(super) threads: usize,
}

impl Work<'_> {
    /// Runs some steps on all threads, and notes what each took.
    pub(super) fn steps(&self, steps: Range<usize>, times: &mut [Duration]) {
        let times = std::sync::Mutex::new(times);
        team::together(self.threads, &|part, barrier| {
            let mut own = Vec::with_capacity(steps.len());
            let mut began = Instant::now();
            for step in steps.clone() {
                let op = &self.pass.plan.ops[step];
                // SAFETY: `places` gave every value and scratch memory a place of its own, `Isa` was asked for, and all
                // threads walk the same steps with a barrier between them.
                #[allow(unsafe_code, reason = "steps hand raw memory to kernels")]
                unsafe {
                    let scratch = self.scratch[step];
                    self.pass
                        .step(op, &self.prepared[step], scratch, part, barrier);
                }
                barrier.wait();
                let now = Instant::now();
                own.push(now - began);
                began = now;
            }
            if part.index == 0
                && let Ok(mut times) = times.lock()
            {
                times.copy_from_slice(&own);
            }
        });
    }

    /// A value in the shape that layer `id` gives it.
    pub(super) fn value(&self, value: usize, id: Option<LayerId>) -> Tensor {
        let shape = id.and_then(|id| self.pass.shapes[id]);
        let at = self.pass.plan.values[value].at;
        // SAFETY: all threads have ended, and the value's place is its own until the last step that reads it.
        #[allow(unsafe_code, reason = "a value is read from the shared memory")]
        unsafe {
            copy::read(self.pass.values[value], &at, shape)
        }
    }
}
