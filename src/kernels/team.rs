//! Threads that outlive a pass, the loading of its weights, or an iteration over the catalogue.
//!
//! Starting a thread takes as long as the whole pass of a small network, so idle threads sleep until there is other work.
//! Each piece of work has exclusive threads: all its parts run at the same time and may wait for each other.

mod barrier;

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

pub use barrier::Barrier;
use barrier::{Broken, awake};

/// Name of every thread of a pool.
pub const HELPER: &str = "helper";

/// Maximum number of idle threads that are kept.
const KEPT: usize = 64;

/// Maximum number of threads that share a list: its items are read, and more threads would wait for memory.
const SHARING: usize = 8;

/// Values that are done by one thread before another would be awake.
pub const ALONE: usize = 1 << 14;

/// Number of threads that the processor runs at once.
pub fn cores() -> usize {
    static CORES: OnceLock<usize> = OnceLock::new();
    *CORES.get_or_init(|| std::thread::available_parallelism().map_or(1, usize::from))
}

/// One thread's part of the work.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    /// Index of the thread, from 0.
    pub index: usize,
    /// Number of threads.
    pub of: usize,
}

impl Part {
    /// This thread's share of `count` equal pieces of work.
    pub fn of(self, count: usize) -> std::ops::Range<usize> {
        count * self.index / self.of..count * (self.index + 1) / self.of
    }
}

/// Payload of a panic.
type Panic = Box<dyn Any + Send>;

/// Threads for one piece of work at a time.
struct Helpers(ThreadPool);

/// Idle threads, the last used at the end.
static IDLE: Mutex<Vec<Helpers>> = Mutex::new(Vec::new());

impl Helpers {
    /// Takes `count` threads, idle ones if there are any; fewer if the system refuses, and `None` if it refuses all.
    fn take(count: usize) -> Option<Self> {
        if count == 0 {
            return None;
        }
        let mut idle = lock(&IDLE);
        if let Some(place) = idle.iter().rposition(|helpers| helpers.count() == count) {
            return Some(idle.remove(place));
        }
        drop(idle);
        let halves = std::iter::successors(Some(count), |count| Some(count / 2));
        halves
            .take_while(|&count| count > 0)
            .find_map(|count| Self::start(count).ok())
    }

    fn start(count: usize) -> Result<Self, rayon::ThreadPoolBuildError> {
        let threads = ThreadPoolBuilder::new()
            .num_threads(count)
            .thread_name(|_| HELPER.to_owned());
        threads.build().map(Self)
    }

    fn count(&self) -> usize {
        self.0.current_num_threads()
    }

    /// Keeps the threads for other work; if there are too many, ends those that were idle longest.
    fn give_back(self) {
        let mut idle = lock(&IDLE);
        idle.push(self);
        let mut kept = 0;
        let old = idle.iter().rposition(|helpers| {
            kept += helpers.count();
            kept > KEPT
        });
        let old: Vec<Self> = idle.drain(..old.map_or(0, |last| last + 1)).collect();
        drop(idle);
        drop(old);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Calls `work` on `threads` threads at once, including this one, and returns when all have ended; on fewer if the system
/// refuses to start as many.
///
/// For a single thread, this one does the work and no other is woken.
///
/// # Panics
/// After all have ended, if one of them has panicked: with this thread's own panic, or with the message of another's, so this
/// thread's panic hook is called for it. The threads can be used again.
pub fn together(threads: usize, work: &(dyn Fn(Part, &Barrier) + Sync)) {
    let Some(helpers) = Helpers::take(threads.saturating_sub(1)) else {
        return work(Part { index: 0, of: 1 }, &Barrier::new(1));
    };
    let of = helpers.count() + 1;
    let barrier = Barrier::new(of);
    let part = |index: usize| {
        let part = Part { index, of };
        let outcome = catch_unwind(AssertUnwindSafe(|| work(part, &barrier)));
        if outcome.is_err() {
            // The others would wait for this one.
            barrier.break_up();
        }
        // A thread that only waited for one that panicked is not at fault itself.
        outcome.err().filter(|panic| !panic.is::<Broken>())
    };
    let fallen: Mutex<Option<Panic>> = Mutex::new(None);
    let ended = AtomicUsize::new(0);
    let own = helpers.0.in_place_scope(|scope| {
        scope.spawn_broadcast(|_, context| {
            if let Some(panic) = part(context.index() + 1) {
                *lock(&fallen) = Some(panic);
            }
            ended.fetch_add(1, Ordering::Release);
        });
        let own = part(0);
        // The scope's end would wait asleep, and the parts mostly end together.
        awake(|| (ended.load(Ordering::Acquire) + 1 == of).then_some(()));
        own
    });
    helpers.give_back();
    if let Some(own) = own {
        resume_unwind(own);
    }
    if let Some(panic) = lock(&fallen).take() {
        pass_on(&panic);
    }
}

/// Panics on this thread with the message of a helper's panic.
fn pass_on(panic: &Panic) -> ! {
    panic!("a thread of the pool has panicked: {}", message(panic))
}

/// Message of a panic.
fn message(panic: &Panic) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("unknown")
}

/// Results of `work` for every item, in the items' order, computed on all cores.
///
/// # Panics
/// With the message of a panic of `work`.
pub fn share<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = cores().min(SHARING).min(items.len());
    // If there is one thread, this one does the work.
    let helpers = (threads > 1).then(|| Helpers::take(threads)).flatten();
    let Some(helpers) = helpers else {
        return items.iter().map(work).collect();
    };
    // Neighbouring items take similar time: a thread gets single items rather than runs of them.
    let all = || items.par_iter().with_max_len(1).map(&work).collect();
    let outcome = catch_unwind(AssertUnwindSafe(|| helpers.0.install(all)));
    helpers.give_back();
    outcome.unwrap_or_else(|panic| pass_on(&panic))
}

/// Calls `work` on runs of `size` values (the last may be shorter) with each run's number, on all cores.
///
/// # Panics
/// With the message of a panic of `work`.
pub fn share_mut<T: Send>(values: &mut [T], size: usize, work: impl Fn(usize, &mut [T]) + Sync) {
    let runs = values.len().div_ceil(size.max(1));
    let threads = cores().min(SHARING).min(runs);
    let helpers = (threads > 1 && values.len() >= ALONE)
        .then(|| Helpers::take(threads))
        .flatten();
    let numbered = |(number, run): (usize, &mut [T])| work(number, run);
    let Some(helpers) = helpers else {
        values
            .chunks_mut(size.max(1))
            .enumerate()
            .for_each(numbered);
        return;
    };
    let all = || values.par_chunks_mut(size).enumerate().for_each(numbered);
    let outcome = catch_unwind(AssertUnwindSafe(|| helpers.0.install(all)));
    helpers.give_back();
    if let Err(panic) = outcome {
        pass_on(&panic);
    }
}

#[cfg(test)]
mod tests;
