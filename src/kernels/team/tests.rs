//! Threads of the pool: together, in sequence, and in a panic.

use std::collections::BTreeSet;
use std::panic::catch_unwind;
use std::sync::atomic::AtomicU64;
use std::time::{Duration, Instant};

use super::*;

#[test]
fn all_parts_run_at_once_on_what_they_borrow() {
    for threads in [1, 2, 3, 5] {
        for round in 0..200_u64 {
            let own: Vec<AtomicU64> = (0..threads).map(|_| AtomicU64::new(0)).collect();
            let sums = Mutex::new(Vec::new());
            together(threads, &|part, barrier| {
                for turn in 0..5 {
                    own[part.index].store(round + turn, Ordering::Relaxed);
                    barrier.wait();
                    let sum: u64 = own.iter().map(|own| own.load(Ordering::Relaxed)).sum();
                    lock(&sums).push((sum, (round + turn) * part.of as u64));
                    barrier.wait();
                }
            });
            let sums = sums.into_inner().unwrap();
            assert_eq!(sums.len(), 5 * threads);
            assert!(sums.iter().all(|(found, wanted)| found == wanted));
        }
    }
}

/// Two pieces of work that wait for each other: neither may hold threads that the other needs.
#[test]
fn work_within_work_and_beside_it_has_threads_of_its_own() {
    let count = AtomicU64::new(0);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..20 {
                    together(3, &|_, barrier| {
                        barrier.wait();
                        together(2, &|_, barrier| {
                            barrier.wait();
                            count.fetch_add(1, Ordering::Relaxed);
                        });
                        barrier.wait();
                    });
                }
            });
        }
    });
    assert_eq!(count.into_inner(), 4 * 20 * 3 * 2);
}

/// The second part of a piece of work runs on the thread of the one before it: no thread was started for it.
#[test]
fn threads_outlive_what_they_do() {
    let mut seen = BTreeSet::new();
    for _ in 0..100 {
        let id = Mutex::new(None);
        together(2, &|part, _| {
            if part.index == 1 {
                let thread = std::thread::current();
                assert_eq!(thread.name(), Some(HELPER));
                *lock(&id) = Some(format!("{:?}", thread.id()));
            }
        });
        seen.extend(id.into_inner().unwrap());
    }
    // Other tests take threads too.
    assert!(
        seen.len() < 30,
        "{} threads for a hundred pieces",
        seen.len()
    );
}

#[test]
fn a_panic_of_any_thread_is_the_callers_and_the_pool_goes_on() {
    for threads in [1, 2, 4] {
        for bad in 0..threads {
            let reached = AtomicU64::new(0);
            let outcome = catch_unwind(AssertUnwindSafe(|| {
                together(threads, &|part, barrier| {
                    barrier.wait();
                    // Without the panic hook: nothing is wrong with this test.
                    if part.index == bad {
                        resume_unwind(Box::new("part has fallen"));
                    }
                    barrier.wait();
                    reached.fetch_add(1, Ordering::Relaxed);
                });
            }));
            let panic = outcome.expect_err("a part has panicked");
            assert!(
                message(&panic).ends_with("part has fallen"),
                "{}",
                message(&panic)
            );
            assert_eq!(reached.into_inner(), 0, "the others wait in vain");
        }
        let done = AtomicU64::new(0);
        together(threads, &|_, barrier| {
            barrier.wait();
            done.fetch_add(1, Ordering::Relaxed);
        });
        assert_eq!(done.into_inner(), threads as u64);
    }
}

/// A thread that panics does not release borrowed data before the others have ended.
#[test]
fn a_panic_waits_for_those_that_still_work() {
    let numbers = vec![1_u64; 1000];
    let sum = AtomicU64::new(0);
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        together(3, &|part, _| {
            if part.index == 0 {
                resume_unwind(Box::new("the first has fallen"));
            }
            std::thread::sleep(Duration::from_millis(30));
            sum.fetch_add(numbers.iter().sum(), Ordering::Relaxed);
        });
    }));
    assert!(outcome.is_err());
    assert_eq!(sum.into_inner(), 2000);
}

/// A long wait sleeps and uses no core.
#[test]
fn who_waits_long_sleeps() {
    together(3, &|part, barrier| {
        if part.index == 0 {
            let began = Instant::now();
            while barrier.asleep() < part.of - 1 {
                assert!(began.elapsed() < Duration::from_secs(60), "still awake");
                std::thread::yield_now();
            }
        }
        barrier.wait();
    });
}

#[test]
fn a_list_is_shared_in_its_order() {
    let items: Vec<u64> = (0..1000).collect();
    let squares = share(&items, |item| item * item);
    assert!(
        squares
            .iter()
            .zip(&items)
            .all(|(square, item)| *square == item * item)
    );
    assert_eq!(squares.len(), items.len());
    assert_eq!(share(&[], |item: &u64| *item), [0; 0]);
    let outcome = catch_unwind(|| {
        share(&items, |item| {
            if *item == 500 {
                resume_unwind(Box::new("the middle has fallen"));
            }
        })
    });
    let panic = outcome.expect_err("a panic");
    assert!(message(&panic).ends_with("the middle has fallen"));
}

#[test]
fn idle_threads_are_bounded() {
    let count = AtomicU64::new(0);
    for threads in [2, 100, 40, 50, 30] {
        together(threads, &|_, _| {
            count.fetch_add(1, Ordering::Relaxed);
        });
        let idle: usize = lock(&IDLE).iter().map(Helpers::count).sum();
        assert!(idle <= KEPT, "{idle} threads wait");
    }
    assert_eq!(count.into_inner(), 2 + 100 + 40 + 50 + 30);
}

/// Idle threads use no core: the kernel lists them as asleep, and they stay so.
#[cfg(target_os = "linux")]
#[test]
fn idle_threads_sleep() {
    let helpers = Helpers::take(3).unwrap();
    let threads = helpers.0.broadcast(|_| {
        let link = std::fs::read_link("/proc/thread-self").unwrap();
        link.file_name().unwrap().to_str().unwrap().to_owned()
    });
    // State, and times in user and kernel mode.
    let state = |thread: &String| {
        let stat = std::fs::read_to_string(format!("/proc/self/task/{thread}/stat")).unwrap();
        let after: Vec<&str> = stat
            .rsplit(')')
            .next()
            .unwrap()
            .split_whitespace()
            .collect();
        (
            after[0].to_owned(),
            after[11].to_owned(),
            after[12].to_owned(),
        )
    };
    let began = Instant::now();
    while threads.iter().any(|thread| state(thread).0 != "S") {
        assert!(began.elapsed() < Duration::from_secs(60), "still awake");
        std::thread::sleep(Duration::from_millis(1));
    }
    let asleep: Vec<_> = threads.iter().map(state).collect();
    std::thread::sleep(Duration::from_millis(100));
    assert_eq!(threads.iter().map(state).collect::<Vec<_>>(), asleep);
    helpers.give_back();
}
