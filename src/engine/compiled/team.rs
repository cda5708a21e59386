//! Threads that walk through a pass together.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// Which part of the work is a thread's.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    /// The thread, from 0.
    pub(super) index: usize,
    /// Threads.
    pub(super) of: usize,
}

impl Part {
    /// Its share of `count` pieces that are all the same work.
    pub(super) fn of(self, count: usize) -> std::ops::Range<usize> {
        count * self.index / self.of..count * (self.index + 1) / self.of
    }
}

/// Where the threads wait for each other: what one wrote before it, all may read behind it.
///
/// The waits of a pass are a few microseconds, far less than it takes to sleep and wake: they spin, and give the processor
/// away only when that takes long.
#[derive(Debug)]
pub(super) struct Barrier {
    threads: usize,
    arrived: AtomicUsize,
    round: AtomicUsize,
    broken: AtomicBool,
}

/// Turns of a waiting thread before it gives the processor away.
const SPINS: u32 = 1 << 14;

impl Barrier {
    pub(super) fn new(threads: usize) -> Self {
        Self {
            threads,
            arrived: AtomicUsize::new(0),
            round: AtomicUsize::new(0),
            broken: AtomicBool::new(false),
        }
    }

    /// Returns when every thread has come.
    ///
    /// # Panics
    /// When one of them has panicked, and will not come.
    pub(super) fn wait(&self) {
        if self.threads == 1 {
            return;
        }
        let round = self.round.load(Ordering::Acquire);
        if self.arrived.fetch_add(1, Ordering::AcqRel) + 1 == self.threads {
            self.arrived.store(0, Ordering::Relaxed);
            self.round.store(round + 1, Ordering::Release);
            return;
        }
        let mut spins = 0;
        while self.round.load(Ordering::Acquire) == round {
            spins += 1;
            if spins < SPINS {
                std::hint::spin_loop();
            } else {
                assert!(
                    !self.broken.load(Ordering::Relaxed),
                    "another thread of this pass has panicked"
                );
                std::thread::yield_now();
            }
        }
    }
}

/// Tells the others when its thread panics.
struct Alarm<'a>(&'a Barrier);

impl Drop for Alarm<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.broken.store(true, Ordering::Relaxed);
        }
    }
}

/// Calls `work` on `threads` threads at once, this one among them, and returns when all have ended.
///
/// One thread is this one: none is made for it.
pub(super) fn together(threads: usize, work: &(dyn Fn(Part, &Barrier) + Sync)) {
    let barrier = Barrier::new(threads);
    std::thread::scope(|scope| {
        for index in 1..threads {
            let barrier = &barrier;
            scope.spawn(move || {
                let _alarm = Alarm(barrier);
                work(Part { index, of: threads }, barrier);
            });
        }
        let _alarm = Alarm(&barrier);
        work(
            Part {
                index: 0,
                of: threads,
            },
            &barrier,
        );
    });
}
