//! Threads of a pass, on their way through its turns.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::copy;
use super::prepare::Prepared;
use super::run::{Pass, Task};
use super::turns::Turn;
use crate::engine::{EngineError, Tensor};
use crate::kernels::Memory;
use crate::kernels::team;
use crate::network::LayerId;

/// State that the threads of a pass share.
pub(super) struct Work<'a> {
    /// Turns of the pass, each with the state of its steps.
    pub(super) turns: Vec<(Turn, Pass<'a>)>,
    /// Memory of each value.
    pub(super) values: &'a [Memory],
    pub(super) prepared: &'a [Prepared],
    pub(super) scratch: &'a [[Memory; 2]],
    pub(super) threads: usize,
    /// Number of steps of the pass that are done, if steps of a turn count as the share of it that they are.
    pub(super) done: &'a AtomicUsize,
}

impl Work<'_> {
    /// All steps of all turns, in order: numbers of the turn and of the step.
    pub(super) fn all(&self) -> Vec<[usize; 2]> {
        let turns = self.turns.iter().enumerate();
        turns
            .flat_map(|(number, (turn, _))| turn.steps.clone().map(move |step| [number, step]))
            .collect()
    }

    /// Runs steps of turns on all threads, and adds the time of each to `times`; `before` are those of the pass that have run.
    ///
    /// # Errors
    /// One of the steps would reach beyond its maps; none has run.
    pub(super) fn run(
        &self,
        steps: &[[usize; 2]],
        before: usize,
        times: &mut [Duration],
    ) -> Result<(), EngineError> {
        let tasks = self.tasks(steps)?;
        let all: usize = self.turns.iter().map(|(turn, _)| turn.steps.len()).sum();
        let times = Mutex::new(times);
        team::together(self.threads, &|part, barrier| {
            let mut own = Vec::with_capacity(steps.len());
            let mut began = Instant::now();
            for (number, (task, [turn, _])) in tasks.iter().zip(steps).enumerate() {
                // SAFETY: `places` gave every value and scratch memory its own place, the processor has the instructions of
                // `Isa`, and all threads run the same steps with a barrier between them.
                #[allow(unsafe_code, reason = "steps hand raw memory to kernels")]
                unsafe {
                    self.turns[*turn].1.step(task, part, barrier);
                }
                barrier.wait();
                let now = Instant::now();
                own.push(now - began);
                if part.index == 0 {
                    let done = (before + number + 1) * self.prepared.len() / all.max(1);
                    self.done.store(done, Ordering::Relaxed);
                }
                began = now;
            }
            if part.index == 0
                && let Ok(mut times) = times.lock()
            {
                for ([_, step], own) in steps.iter().zip(own) {
                    times[*step] += own;
                }
            }
        });
        Ok(())
    }

    /// Tasks of steps of turns, checked against the memory of their maps.
    ///
    /// # Errors
    /// One of the steps would reach beyond its maps.
    pub(super) fn tasks(&self, steps: &[[usize; 2]]) -> Result<Vec<Task<'_>>, EngineError> {
        let task = |&[turn, step]: &[usize; 2]| {
            let pass = &self.turns[turn].1;
            let (op, prepared) = (&pass.plan.ops[step], &self.prepared[step]);
            pass.task(op, prepared, self.scratch[step], self.threads)
                .map_err(|beyond| EngineError::Beside {
                    layer: Some(pass.network[op.layers[0]].path.to_string()),
                    reach: beyond.to_string(),
                })
        };
        steps.iter().map(task).collect()
    }

    /// The output of the last layer, `id`, for the whole batch.
    pub(super) fn output(&self, id: Option<LayerId>) -> Option<Tensor> {
        let pass = &self.turns.first()?.1;
        let value = pass.plan.output?;
        let shape = id.and_then(|id| pass.shapes[id]);
        // SAFETY: all threads have ended, and the output has a place for the whole batch until the end.
        #[allow(unsafe_code, reason = "a value is read from the shared memory")]
        unsafe {
            let at = &pass.plan.values[value].at;
            Some(copy::read(self.values[value], at, shape))
        }
    }

    /// A value in the shape of layer `id`'s output, for the images of a turn.
    pub(super) fn value(&self, turn: usize, value: usize, id: Option<LayerId>) -> Tensor {
        let pass = &self.turns[turn].1;
        let shape = id.and_then(|id| pass.shapes[id]);
        let at = pass.at(value);
        // SAFETY: all threads have ended, and no other value uses the place before the last step that reads this one.
        #[allow(unsafe_code, reason = "a value is read from the shared memory")]
        unsafe {
            copy::read(pass.values[value], &at, shape)
        }
    }
}
