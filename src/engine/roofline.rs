//! The machine's limits: multiply-adds and bytes per second, and the least time of a piece of work under both (Williams,
//! Waterman and Patterson 2009, "Roofline").

use std::sync::Mutex;
use std::time::Instant;

use super::compiled::{Isa, multiply_adds};
use crate::kernels::{order, team::together};

/// Both ceilings, of all threads together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Machine {
    /// FLOPs per second in a loop of nothing but multiply-adds in registers.
    pub flops: f64,
    /// Bytes per second to and from memory, in a triad `a = b + s · c` over arrays larger than the caches (STREAM, by John
    /// `McCalpin`).
    pub bytes: f64,
}

/// Ceiling that limits a piece of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ceiling {
    /// Multiply-adds per second.
    Arithmetic,
    /// Memory traffic per second.
    Memory,
}

impl Ceiling {
    /// `arithmetic` or `memory`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Arithmetic => "arithmetic",
            Self::Memory => "memory",
        }
    }
}

impl Machine {
    /// Measures both ceilings, which takes some tenths of a second and 192 MiB. `None` if the processor lacks the
    /// instructions.
    pub fn measure(isa: Isa, threads: usize) -> Option<Self> {
        let threads = threads.max(1);
        // All threads at once: cores that share a clock or a multiplier are not counted twice.
        let found = Mutex::new(Vec::new());
        together(threads, &|_, barrier| {
            barrier.wait();
            let own = peak(isa);
            if let Ok(mut found) = found.lock() {
                found.push(own);
            }
        });
        let found = found.into_inner().unwrap_or_default();
        let flops = found.into_iter().sum::<Option<f64>>()?;
        Some(Self {
            flops,
            bytes: triad(threads),
        })
    }

    /// Least seconds for the given FLOPs and bytes, and the ceiling that sets them.
    pub fn least(&self, flops: f64, bytes: f64) -> (f64, Ceiling) {
        let (arithmetic, memory) = (flops / self.flops, bytes / self.bytes);
        if arithmetic >= memory {
            (arithmetic, Ceiling::Arithmetic)
        } else {
            (memory, Ceiling::Memory)
        }
    }

    /// Maximum FLOPs per second of work with `intensity` FLOPs per byte.
    pub fn bound(&self, intensity: f64) -> f64 {
        self.flops.min(intensity * self.bytes)
    }
}

/// FLOPs per second of one thread in a loop of nothing but multiply-adds: the ceiling of every kernel.
fn peak(isa: Isa) -> Option<f64> {
    let mut best = 0.0_f64;
    for _ in 0..5 {
        let began = Instant::now();
        let (flops, sum) = multiply_adds(isa, 2_000_000)?;
        std::hint::black_box(sum);
        best = best.max(flops as f64 / began.elapsed().as_secs_f64());
    }
    Some(best)
}

/// Numbers per array: 64 MiB, more than the caches of most machines.
const LENGTH: usize = 16 << 20;

/// Bytes per second of the best of five triads, counted as in STREAM: two arrays read and one written.
fn triad(threads: usize) -> f64 {
    let mut a = vec![0.0_f32; LENGTH];
    let b = vec![1.0_f32; LENGTH];
    let c = vec![2.0_f32; LENGTH];
    let part = LENGTH.div_ceil(threads);
    let mut best = 0.0_f64;
    for round in 0..5 {
        let scale = round as f32;
        let began = Instant::now();
        let parts: Vec<Mutex<&mut [f32]>> = a.chunks_mut(part).map(Mutex::new).collect();
        together(threads, &|own, _| {
            // Fewer threads than requested take more than one part each.
            for index in own.of(parts.len()) {
                let from = index * part;
                if let Ok(mut a) = parts[index].lock() {
                    order::triad(&mut a, &b[from..], &c[from..], scale);
                }
            }
        });
        let seconds = began.elapsed().as_secs_f64();
        // The first round also allocates the pages.
        if round > 0 {
            best = best.max((3 * LENGTH * size_of::<f32>()) as f64 / seconds);
        }
        std::hint::black_box(&a);
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lower_ceiling_bounds() {
        let machine = Machine {
            flops: 200e9,
            bytes: 20e9,
        };
        // The ridge is at 10 FLOPs per byte.
        assert!((machine.bound(5.0) - 100e9).abs() < 1.0);
        assert!((machine.bound(50.0) - 200e9).abs() < 1.0);
        let (seconds, ceiling) = machine.least(1e9, 1e9);
        assert!((seconds - 0.05).abs() < 1e-9 && ceiling == Ceiling::Memory);
        let (seconds, ceiling) = machine.least(1e9, 1e6);
        assert!((seconds - 0.005).abs() < 1e-9 && ceiling == Ceiling::Arithmetic);
    }

    #[test]
    fn this_machine_has_ceilings() {
        let machine = Machine::measure(Isa::best(), 1).unwrap();
        assert!(machine.flops > 0.0 && machine.flops.is_finite());
        assert!(machine.bytes > 0.0 && machine.bytes.is_finite());
    }
}
