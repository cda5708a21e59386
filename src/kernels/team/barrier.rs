//! The barrier at which threads wait for each other.

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering, fence};
use std::sync::{Condvar, Mutex, PoisonError};

use super::lock;

/// Turns that a thread spins, 1.5 µs: parts of a step end that close together on separate cores.
const SPINS: u32 = 64;
/// Turns in which it then yields its core, 20 µs or more: if two threads share a core, the one that is awaited runs at once.
const YIELDS: u32 = 64;

/// Calls `ask` for about as long as it takes to wake a sleeping thread, until it has an answer; `None` if it has none. The
/// caller then sleeps, and uses no core.
///
/// Measured on two cores (`docs/src/performance.md`): longer turns make a pass no faster on free cores, and up to twelve
/// times slower on busy ones.
pub(super) fn awake<T>(mut ask: impl FnMut() -> Option<T>) -> Option<T> {
    for turn in 0..SPINS + YIELDS {
        let answer = ask();
        if answer.is_some() {
            return answer;
        }
        if turn < SPINS {
            std::hint::spin_loop();
        } else {
            std::thread::yield_now();
        }
    }
    None
}

/// Barrier of a team: after it, all threads may read data that one of them wrote before it.
#[derive(Debug)]
pub struct Barrier {
    threads: usize,
    arrived: AtomicUsize,
    round: AtomicUsize,
    broken: AtomicBool,
    /// Number of threads that sleep, or are about to.
    asleep: AtomicUsize,
    /// Held between the last look at `round` and sleeping, so no thread is woken in between and then sleeps.
    bed: Mutex<()>,
    bell: Condvar,
}

/// Panic of a thread that waited for one that has panicked.
#[derive(Debug)]
pub(super) struct Broken;

impl Barrier {
    /// A barrier for this many threads.
    pub fn new(threads: usize) -> Self {
        Self {
            threads,
            arrived: AtomicUsize::new(0),
            round: AtomicUsize::new(0),
            broken: AtomicBool::new(false),
            asleep: AtomicUsize::new(0),
            bed: Mutex::new(()),
            bell: Condvar::new(),
        }
    }

    /// Returns when every thread has arrived.
    ///
    /// # Panics
    /// When one of the threads has panicked and will not arrive.
    pub fn wait(&self) {
        if self.threads == 1 {
            return;
        }
        let round = self.round.load(Ordering::Acquire);
        if self.arrived.fetch_add(1, Ordering::AcqRel) + 1 == self.threads {
            self.arrived.store(0, Ordering::Relaxed);
            self.round.store(round + 1, Ordering::Release);
            self.wake();
        } else {
            self.wait_until(|| self.round.load(Ordering::Acquire) != round);
        }
    }

    /// Spins for a while, and then sleeps until `is_over`.
    fn wait_until(&self, is_over: impl Fn() -> bool) {
        if awake(|| is_over().then_some(())).is_some() {
            return;
        }
        let mut bed = lock(&self.bed);
        self.asleep.fetch_add(1, Ordering::Relaxed);
        // Either this thread sees that the wait is over, or the thread that ended it sees that this one sleeps: both write
        // before they read.
        fence(Ordering::SeqCst);
        while !is_over() {
            if self.broken.load(Ordering::Acquire) {
                drop(bed);
                // The first panic has called the hook; this one does not.
                resume_unwind(Box::new(Broken));
            }
            bed = self.bell.wait(bed).unwrap_or_else(PoisonError::into_inner);
        }
        self.asleep.fetch_sub(1, Ordering::Relaxed);
    }

    /// Wakes all sleeping threads.
    fn wake(&self) {
        fence(Ordering::SeqCst);
        if self.asleep.load(Ordering::Relaxed) > 0 {
            drop(lock(&self.bed));
            self.bell.notify_all();
        }
    }

    /// Makes every waiting thread panic, now and later.
    pub fn break_up(&self) {
        self.broken.store(true, Ordering::Release);
        self.wake();
    }

    /// Number of threads that sleep here.
    #[cfg(test)]
    pub fn asleep(&self) -> usize {
        self.asleep.load(Ordering::Relaxed)
    }
}
