//! Element-wise operations on one map, or on several of the same shape.

use super::Memory;
use super::checked::{Checked, Job, OutOfReach, alike, like_channels, same, whole, within};
use super::geometry::Geometry;
use super::simd::{BLOCK, Simd};
use super::team::Part;

/// Pixels of row `y` of a block, counted over all images.
#[inline(always)]
unsafe fn line(memory: Memory, at: &Geometry, [block, y]: [usize; 2]) -> *mut f32 {
    memory.run(block * at.block() + at.at(y, 0), at.width * BLOCK)
}

/// `(x − mean) · scale + shift` for each channel: a batch normalisation that was not folded into a convolution, or a ReLU
/// alone.
///
/// The difference is taken first: if it is small, little of it is lost to rounding.
pub struct Affine<'a> {
    /// Input.
    pub x: Memory,
    /// Output.
    pub y: Memory,
    /// Layout of the input.
    pub x_at: Geometry,
    /// Layout of the output.
    pub y_at: Geometry,
    /// One number of each for every channel of the blocks; without them, numbers pass unchanged.
    pub mean_scale_shift: Option<[&'a [f32]; 3]>,
    /// Whether a ReLU is applied at the end.
    pub relu: bool,
}

/// Computes this thread's part.
#[inline(always)]
pub(crate) unsafe fn affine<S: Simd>(job: &Affine<'_>, part: Part) {
    let (from_at, to_at) = (job.x_at, job.y_at);
    let zero = S::splat(0.0);
    for row in part.of(to_at.images * to_at.blocks() * to_at.height) {
        let (block, y) = (row / to_at.height, row % to_at.height);
        let from = line(job.x, &from_at, [block, y]).cast_const();
        let to = line(job.y, &to_at, [block, y]);
        let channel = block % to_at.blocks() * BLOCK;
        let mut lane = 0;
        while lane < BLOCK {
            let each = job
                .mean_scale_shift
                .map(|each| each.map(|each| S::load(each.as_ptr().add(channel + lane))));
            for x in 0..to_at.width {
                let mut value = S::load(from.add(x * BLOCK + lane));
                if let Some([mean, scale, shift]) = each {
                    value = S::fma(S::sub(value, mean), scale, shift);
                }
                if job.relu {
                    value = S::max(zero, value);
                }
                S::store(to.add(x * BLOCK + lane), value);
            }
            lane += S::LANES;
        }
    }
}

impl Job for Affine<'_> {
    fn check(&self, _tile_blocks: usize, _threads: usize) -> Result<(), OutOfReach> {
        whole("a layer's input", self.x, &self.x_at)?;
        whole("a layer's output", self.y, &self.y_at)?;
        alike("a layer's map", &self.x_at, &self.y_at)?;
        for each in self.mean_scale_shift.iter().flatten() {
            within(
                "a normalisation's numbers",
                self.y_at.blocks() * BLOCK,
                each.len(),
            )?;
        }
        Ok(())
    }
}

/// `relu(x · gate + residual)`, in which every part but `x` may be missing.
pub struct Combine {
    /// Input.
    pub x: Memory,
    /// One number per channel.
    pub gate: Memory,
    /// Residual, which is added at the end; none if null.
    pub residual: Memory,
    /// Output.
    pub y: Memory,
    /// Layout of the input.
    pub x_at: Geometry,
    /// Layout of the gate.
    pub gate_at: Geometry,
    /// Layout of the residual.
    pub r_at: Geometry,
    /// Layout of the output.
    pub y_at: Geometry,
    /// Whether a ReLU is applied at the end.
    pub relu: bool,
}

/// Computes this thread's part.
#[inline(always)]
pub(crate) unsafe fn combine<S: Simd>(job: &Combine, part: Part) {
    let (from_at, to_at) = (job.x_at, job.y_at);
    let zero = S::splat(0.0);
    for row in part.of(to_at.images * to_at.blocks() * to_at.height) {
        let (block, y) = (row / to_at.height, row % to_at.height);
        let from = line(job.x, &from_at, [block, y]).cast_const();
        let to = line(job.y, &to_at, [block, y]);
        let residual = if job.residual.is_none() {
            std::ptr::null()
        } else {
            line(job.residual, &job.r_at, [block, y]).cast_const()
        };
        let mut lane = 0;
        while lane < BLOCK {
            let gate = if job.gate.is_none() {
                S::splat(1.0)
            } else {
                S::load(
                    job.gate
                        .at(block * job.gate_at.block() + job.gate_at.at(0, 0) + lane),
                )
            };
            for x in 0..to_at.width {
                let mut value = S::mul(S::load(from.add(x * BLOCK + lane)), gate);
                if !residual.is_null() {
                    value = S::add(value, S::load(residual.add(x * BLOCK + lane)));
                }
                if job.relu {
                    value = S::max(zero, value);
                }
                S::store(to.add(x * BLOCK + lane), value);
            }
            lane += S::LANES;
        }
    }
}

impl Job for Combine {
    fn check(&self, _tile_blocks: usize, _threads: usize) -> Result<(), OutOfReach> {
        whole("a sum's input", self.x, &self.x_at)?;
        whole("a sum's output", self.y, &self.y_at)?;
        alike("a sum's map", &self.x_at, &self.y_at)?;
        if !self.gate.is_none() {
            whole("a gate", self.gate, &self.gate_at)?;
            like_channels("a gate", &self.gate_at, &self.y_at)?;
        }
        if !self.residual.is_none() {
            whole("a sum's other input", self.residual, &self.r_at)?;
            alike("a sum's other map", &self.r_at, &self.y_at)?;
        }
        Ok(())
    }
}

/// Sum of `radix` maps that lie one after the other in the channels, each of whole blocks.
pub struct RadixSum {
    /// Input.
    pub x: Memory,
    /// Output.
    pub y: Memory,
    /// Layout of the input.
    pub x_at: Geometry,
    /// Layout of the output.
    pub y_at: Geometry,
    /// Number of groups that are added.
    pub radix: usize,
}

/// Computes this thread's part.
#[inline(always)]
pub(crate) unsafe fn radix_sum<S: Simd>(job: &RadixSum, part: Part) {
    let (from_at, to_at) = (job.x_at, job.y_at);
    for row in part.of(to_at.images * to_at.blocks() * to_at.height) {
        let (block, y) = (row / to_at.height, row % to_at.height);
        let to = line(job.y, &to_at, [block, y]);
        let (image, block) = (block / to_at.blocks(), block % to_at.blocks());
        let from = job
            .x
            .at(image * from_at.image() + block * from_at.block() + from_at.at(y, 0))
            .cast_const();
        let next = to_at.blocks() * from_at.block();
        let mut at = 0;
        while at < to_at.width * BLOCK {
            let mut sum = S::load(from.add(at));
            for map in 1..job.radix {
                sum = S::add(sum, S::load(from.add(map * next + at)));
            }
            S::store(to.add(at), sum);
            at += S::LANES;
        }
    }
}

impl Job for RadixSum {
    fn check(&self, _tile_blocks: usize, _threads: usize) -> Result<(), OutOfReach> {
        whole("a sum's input", self.x, &self.x_at)?;
        whole("a sum's output", self.y, &self.y_at)?;
        let (x, y) = (&self.x_at, &self.y_at);
        same("a sum's images", x.images, y.images)?;
        same("a sum's rows", x.height, y.height)?;
        same("a sum's pixels", x.width, y.width)?;
        same("a sum's channels", x.channels, y.channels * self.radix)?;
        same("the last block of a sum", 0, y.channels % BLOCK)
    }
}

/// Sum of `radix` maps, each weighted by its share, which is one number per channel.
pub struct WeightedSum {
    /// Maps that are read.
    pub maps: RadixSum,
    /// Share of each group.
    pub shares: Memory,
    /// Layout of the shares.
    pub shares_at: Geometry,
}

/// Computes this thread's part.
#[inline(always)]
pub(crate) unsafe fn weighted_sum<S: Simd>(job: &WeightedSum, part: Part) {
    let (from_at, to_at, shares_at) = (job.maps.x_at, job.maps.y_at, job.shares_at);
    for row in part.of(to_at.images * to_at.blocks() * to_at.height) {
        let (block, y) = (row / to_at.height, row % to_at.height);
        let to = line(job.maps.y, &to_at, [block, y]);
        let (image, block) = (block / to_at.blocks(), block % to_at.blocks());
        let from = job
            .maps
            .x
            .at(image * from_at.image() + block * from_at.block() + from_at.at(y, 0))
            .cast_const();
        let shares = job
            .shares
            .at(image * shares_at.image() + block * shares_at.block() + shares_at.at(0, 0));
        let mut lane = 0;
        while lane < BLOCK {
            for x in 0..to_at.width {
                let mut sum = S::splat(0.0);
                for map in 0..job.maps.radix {
                    let share =
                        S::load(shares.add(map * to_at.blocks() * shares_at.block() + lane));
                    let value = S::load(
                        from.add(map * to_at.blocks() * from_at.block() + x * BLOCK + lane),
                    );
                    sum = S::fma(value, share, sum);
                }
                S::store(to.add(x * BLOCK + lane), sum);
            }
            lane += S::LANES;
        }
    }
}

impl Job for WeightedSum {
    fn check(&self, tile_blocks: usize, threads: usize) -> Result<(), OutOfReach> {
        self.maps.check(tile_blocks, threads)?;
        whole("the shares of a sum", self.shares, &self.shares_at)?;
        like_channels("the shares of a sum", &self.shares_at, &self.maps.x_at)
    }
}

/// Channels picked from maps, at every `stride`-th pixel along height and width, with `offset` pixels of zeros before the
/// first.
pub struct Gather<'a> {
    /// Maps that are read.
    pub maps: Vec<(Memory, Geometry)>,
    /// Output.
    pub y: Memory,
    /// Layout of the output.
    pub y_at: Geometry,
    /// Source of each output channel: the number of a map and a channel of it; zeros for `None`.
    pub sources: &'a [Option<(usize, usize)>],
    /// Distance between windows.
    pub stride: [usize; 2],
    /// First row and column that are read.
    pub offset: [usize; 2],
}

impl Job for Gather<'_> {
    fn check(&self, _tile_blocks: usize, _threads: usize) -> Result<(), OutOfReach> {
        whole("a joined map", self.y, &self.y_at)?;
        for (memory, at) in &self.maps {
            whole("a map that is picked from", *memory, at)?;
            same(
                "the images of a map that is picked from",
                at.images,
                self.y_at.images,
            )?;
        }
        for &(map, channel) in self.sources.iter().flatten() {
            within("a map that is picked from", map + 1, self.maps.len())?;
            within(
                "a channel that is picked",
                channel + 1,
                self.maps[map].1.channels,
            )?;
        }
        Ok(())
    }
}

/// Pointer to a row of a map that equals the block's row unchanged, if there is one.
unsafe fn whole_row(job: &Gather<'_>, block: usize, image: usize, y: usize) -> Option<*const f32> {
    let sources = job.sources.get(block * BLOCK..(block + 1) * BLOCK)?;
    let (map, first) = sources[0]?;
    let (memory, at) = job.maps[map];
    let one_block = first.is_multiple_of(BLOCK)
        && at.lanes == BLOCK
        && sources
            .iter()
            .enumerate()
            .all(|(lane, source)| *source == Some((map, first + lane)));
    let same_place = job.stride == [1; 2] && job.offset == [0; 2] && at.width == job.y_at.width;
    (one_block && same_place && y < at.height).then(|| {
        memory
            .run(
                image * at.image() + first / BLOCK * at.block() + at.at(y, 0),
                at.width * BLOCK,
            )
            .cast_const()
    })
}

/// Computes this thread's part.
pub unsafe fn gather(job: &Checked<Gather<'_>>, part: Part) {
    let job = job.on(part.of);
    let at = job.y_at;
    for row in part.of(at.images * at.blocks() * at.height) {
        let (block, y) = (row / at.height, row % at.height);
        let to = line(job.y, &at, [block, y]);
        let (image, block) = (block / at.blocks(), block % at.blocks());
        if let Some(from) = whole_row(job, block, image, y) {
            std::ptr::copy_nonoverlapping(from, to, at.width * BLOCK);
            continue;
        }
        for lane in 0..BLOCK {
            let source = job.sources.get(block * BLOCK + lane).copied().flatten();
            let from = source.and_then(|(map, channel)| {
                let (memory, at) = job.maps[map];
                let y = (y * job.stride[0])
                    .checked_sub(job.offset[0])
                    .filter(|y| *y < at.height)?;
                Some((
                    memory.at(image * at.image()
                        + channel / BLOCK * at.block()
                        + at.at(y, 0)
                        + channel % BLOCK),
                    at.width,
                ))
            });
            for x in 0..at.width {
                let value = from.and_then(|(from, width)| {
                    let x = (x * job.stride[1])
                        .checked_sub(job.offset[1])
                        .filter(|x| *x < width)?;
                    Some(*from.add(x * BLOCK))
                });
                *to.add(x * BLOCK + lane) = value.unwrap_or(0.0);
            }
        }
    }
}
