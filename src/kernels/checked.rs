//! Jobs that are checked against the lengths of their maps, before any kernel trusts them.

use std::fmt;

use super::Memory;
use super::geometry::Geometry;
use super::simd::BLOCK;

/// A job that would read or write beyond its memory: a fault of the plan, found before anything runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutOfReach {
    what: &'static str,
    wanted: usize,
    there: usize,
}

impl fmt::Display for OutOfReach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} reaches {} of {}", self.what, self.wanted, self.there)
    }
}

impl std::error::Error for OutOfReach {}

/// The work of a kernel, with everything that it assumes about memory.
pub trait Job {
    /// Checks that the memory holds everything that a kernel reads and writes for the job, with tiles of `tile_blocks`
    /// blocks, on `threads` threads.
    ///
    /// # Errors
    /// The first memory that is too small, or the first two maps whose layouts disagree.
    fn check(&self, tile_blocks: usize, threads: usize) -> Result<(), OutOfReach>;
}

/// A job that passed its check, for a given number of threads. Kernels take no other.
#[derive(Debug)]
pub struct Checked<J> {
    job: J,
    threads: usize,
}

impl<J: Job> Checked<J> {
    /// Checks the job, in release builds too.
    ///
    /// # Errors
    /// The job reaches beyond its memory.
    pub fn new(job: J, tile_blocks: usize, threads: usize) -> Result<Self, OutOfReach> {
        job.check(tile_blocks, threads)?;
        Ok(Self { job, threads })
    }

    /// The job, for a kernel that runs as one of `threads` threads.
    ///
    /// # Panics
    /// The job was checked for fewer threads, whose scratch memory may be too small.
    #[inline(always)]
    pub fn on(&self, threads: usize) -> &J {
        assert!(threads <= self.threads, "a job of {} threads", self.threads);
        &self.job
    }
}

/// Refuses an access to `wanted` numbers if only `there` exist.
pub fn within(what: &'static str, wanted: usize, there: usize) -> Result<(), OutOfReach> {
    check(wanted <= there, what, wanted, there)
}

/// Refuses two numbers that differ.
pub fn same(what: &'static str, wanted: usize, there: usize) -> Result<(), OutOfReach> {
    check(wanted == there, what, wanted, there)
}

fn check(
    is_right: bool,
    what: &'static str,
    wanted: usize,
    there: usize,
) -> Result<(), OutOfReach> {
    let fault = OutOfReach {
        what,
        wanted,
        there,
    };
    if is_right { Ok(()) } else { Err(fault) }
}

/// Refuses a map that is not whole in its memory, or not in blocks.
pub fn whole(what: &'static str, memory: Memory, at: &Geometry) -> Result<(), OutOfReach> {
    same(what, BLOCK, at.lanes)?;
    within(what, at.len(), memory.len())
}

/// Refuses two maps that differ in images, channels, rows or pixels.
pub fn alike(what: &'static str, a: &Geometry, b: &Geometry) -> Result<(), OutOfReach> {
    like_channels(what, a, b)?;
    same(what, a.height, b.height)?;
    same(what, a.width, b.width)
}

/// Refuses two maps that differ in images or channels.
pub(crate) fn like_channels(
    what: &'static str,
    a: &Geometry,
    b: &Geometry,
) -> Result<(), OutOfReach> {
    same(what, a.images, b.images)?;
    same(what, a.channels, b.channels)
}

#[cfg(test)]
mod tests {
    use super::super::pointwise::Affine;
    use super::super::pool::Pool;
    use super::*;

    fn at(lanes: usize) -> Geometry {
        Geometry {
            lanes,
            ..Geometry::blocked(2, [20, 3, 5])
        }
    }

    fn memory(len: usize) -> Memory {
        Memory::new(std::ptr::null_mut(), len)
    }

    /// Two images of two blocks of 15 pixels: memory that is one number too short is refused, in release builds too.
    #[test]
    fn a_job_that_reaches_beside_a_map_is_refused() {
        let whole = 2 * 2 * 15 * BLOCK;
        let job = |x: usize, y: usize, lanes: usize| Affine {
            x: memory(x),
            y: memory(y),
            x_at: at(lanes),
            y_at: at(BLOCK),
            mean_scale_shift: None,
            relu: true,
        };
        assert!(Checked::new(job(whole, whole, BLOCK), 1, 1).is_ok());
        let short = Checked::new(job(whole - 1, whole, BLOCK), 1, 1).map(|_| ());
        assert_eq!(
            short.unwrap_err().to_string(),
            "a layer's input reaches 960 of 959"
        );
        assert!(Checked::new(job(whole, whole - 1, BLOCK), 1, 1).is_err());
        assert!(Checked::new(job(whole, whole, 1), 1, 1).is_err(), "planes");
    }

    #[test]
    fn a_window_that_begins_after_its_map_is_refused() {
        let whole = 2 * 2 * 15 * BLOCK;
        let job = |stride: usize| Pool {
            x: memory(whole),
            y: memory(whole),
            x_at: at(BLOCK),
            y_at: at(BLOCK),
            kernel: [1, 1],
            stride: [stride, stride],
            padding: [0, 0],
            dilation: [1, 1],
            count_padding: true,
        };
        assert!(Checked::new(job(1), 1, 1).is_ok());
        assert!(Checked::new(job(2), 1, 1).is_err());
    }
}
