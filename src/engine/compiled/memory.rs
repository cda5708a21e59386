//! Memory of values: aligned, with a place for each value while it is needed.

#![allow(unsafe_code, reason = "pages of bytes are looked at as numbers")]

use memmap2::MmapMut;

use super::plan::{Op, Plan};
use super::prepare::Prepared;
use crate::kernels::Memory;
use crate::kernels::checked::OutOfReach;
use crate::sorting::Sorting;

/// Aligned memory, initially zero, whose first number begins a cache line.
#[derive(Debug)]
pub(super) struct Aligned {
    numbers: Numbers,
    first: usize,
    len: usize,
}

#[derive(Debug)]
enum Numbers {
    Few(Vec<f32>),
    /// Separate memory pages, large ones if the system has them: a processor caches few page addresses, and a pass reads
    /// hundreds of megabytes.
    Many(MmapMut),
}

/// Numbers per cache line.
pub(super) const LINE: usize = 16;
/// Numbers per large page.
const PAGE: usize = (2 << 20) / size_of::<f32>();

impl Aligned {
    pub(super) fn new(len: usize) -> Self {
        let bytes = len * size_of::<f32>();
        if len >= PAGE
            && let Ok(map) = MmapMut::map_anon(bytes)
        {
            // Only a hint: if the system refuses it, pages are small.
            #[cfg(target_os = "linux")]
            let _ = map.advise(memmap2::Advice::HugePage);
            return Self {
                numbers: Numbers::Many(map),
                first: 0,
                len,
            };
        }
        let numbers = vec![0.0; len + LINE];
        let first = numbers.as_ptr().align_offset(LINE * size_of::<f32>());
        Self {
            first: if first < LINE { first } else { 0 },
            numbers: Numbers::Few(numbers),
            len,
        }
    }

    pub(super) fn as_slice(&self) -> &[f32] {
        let all = match &self.numbers {
            Numbers::Few(numbers) => numbers.as_slice(),
            // SAFETY: any bytes are numbers, and a page begins at a multiple of their size.
            Numbers::Many(map) => unsafe { map.align_to().1 },
        };
        &all[self.first..self.first + self.len]
    }

    pub(super) fn as_mut_slice(&mut self) -> &mut [f32] {
        let all = match &mut self.numbers {
            Numbers::Few(numbers) => numbers.as_mut_slice(),
            // SAFETY: as above.
            Numbers::Many(map) => unsafe { map.align_to_mut().1 },
        };
        &mut all[self.first..self.first + self.len]
    }
}

/// Request for a place: `len` numbers from one step to another, both included.
#[derive(Debug, Clone, Copy)]
pub(super) struct Need {
    pub(super) len: usize,
    pub(super) from: usize,
    pub(super) to: usize,
}

/// Assigns a place to each need, so that no two that are needed at once overlap; also returns the total length.
///
/// The largest take the lowest place that is free for their time.
pub(super) fn places(needs: &[Need]) -> (Vec<usize>, usize) {
    let mut order: Vec<usize> = (0..needs.len()).collect();
    order.order_by_key(|&need| std::cmp::Reverse(needs[need].len));
    let mut places = vec![0; needs.len()];
    let mut done: Vec<usize> = Vec::new();
    let mut all = 0;
    for need in order {
        let Need { len, from, to } = needs[need];
        let len = len.next_multiple_of(LINE);
        // Needs of the same time, in the order of their places.
        let rivals = done
            .iter()
            .filter(|&&other| needs[other].from <= to && from <= needs[other].to);
        let mut place = 0;
        for &rival in rivals {
            if place + len <= places[rival] {
                break;
            }
            place = place.max(places[rival] + needs[rival].len.next_multiple_of(LINE));
        }
        places[need] = place;
        all = all.max(place + len);
        let at = done.partition_point(|&other| places[other] <= place);
        done.insert(at, need);
    }
    (places, all)
}

/// Places of a pass's values, followed by two scratch memories per step.
#[derive(Debug)]
pub(super) struct Arrangement {
    /// Length of each, in numbers.
    lens: Vec<usize>,
    /// Start of each.
    places: Vec<usize>,
    /// Value whose place each one occupies.
    in_place_of: Vec<usize>,
    /// Total length, in numbers.
    pub(super) all: usize,
}

/// Arranges the values of a plan. A sum overwrites one of its operands if nothing reads it afterwards: a stage's residual
/// stays in its place.
pub(super) fn arrange(plan: &Plan, prepared: &[Prepared]) -> Arrangement {
    let lives: Vec<Need> = lives(plan).collect();
    let mut needs = lives.clone();
    let mut in_place_of: Vec<usize> = (0..lives.len()).collect();
    for (step, (op, own)) in plan.ops.iter().zip(prepared).enumerate() {
        let at = plan.values[op.output].at;
        if let Some(residual) = op.residual
            && lives[residual].to == step
            && !op.inputs.contains(&residual)
            && plan.values[residual].at == at
            && lives[residual].len == lives[op.output].len
            && own.writes_once(op, &at)
        {
            let first = in_place_of[residual];
            in_place_of[op.output] = first;
            needs[first].to = lives[op.output].to;
            needs[op.output].len = 0;
        }
    }
    needs.extend(prepared.iter().enumerate().flat_map(|(step, own)| {
        own.scratch.map(|len| Need {
            len,
            from: step,
            to: step,
        })
    }));
    let (mut places, all) = places(&needs);
    for (value, first) in in_place_of.iter().enumerate() {
        places[value] = places[*first];
    }
    in_place_of.extend(lives.len()..needs.len());
    let lens = in_place_of.iter().map(|first| needs[*first].len).collect();
    Arrangement {
        lens,
        places,
        in_place_of,
        all,
    }
}

/// Memory of a pass.
#[derive(Debug)]
pub(super) struct Store {
    arrangement: Arrangement,
    numbers: Maps,
}

#[derive(Debug)]
enum Maps {
    /// One memory, whose places are reused.
    Shared(Aligned),
    /// Separate memory for each, between the given number of NaNs, which reveal reads beyond a map.
    Apart(Vec<Vec<f32>>, usize),
}

impl Store {
    pub(super) fn new(arrangement: Arrangement, apart: Option<usize>) -> Self {
        let numbers = match apart {
            None => Maps::Shared(Aligned::new(arrangement.all)),
            Some(border) => {
                let own = |(need, &first): (usize, &usize)| {
                    let len = arrangement.lens[need] + 2 * border;
                    vec![f32::NAN; if first == need { len } else { 0 }]
                };
                let maps = arrangement.in_place_of.iter().enumerate().map(own);
                Maps::Apart(maps.collect(), border)
            }
        };
        Self {
            arrangement,
            numbers,
        }
    }

    /// Memory of each value and of each scratch memory; separate memories are filled with NaN.
    ///
    /// # Errors
    /// A map is not within its memory.
    pub(super) fn maps(&mut self) -> Result<Vec<Memory>, OutOfReach> {
        let Arrangement {
            lens,
            places,
            in_place_of,
            ..
        } = &self.arrangement;
        match &mut self.numbers {
            Maps::Shared(all) => {
                let all = all.as_mut_slice();
                let all = Memory::new(all.as_mut_ptr(), all.len());
                let pairs = places.iter().zip(lens);
                pairs.map(|(&place, &len)| all.part(place, len)).collect()
            }
            Maps::Apart(maps, border) => {
                let starts: Vec<Memory> = maps
                    .iter_mut()
                    .map(|map| {
                        map.fill(f32::NAN);
                        Memory::new(map.as_mut_ptr(), map.len().saturating_sub(*border))
                    })
                    .collect();
                let firsts = in_place_of.iter().zip(lens);
                firsts
                    .map(|(&first, &len)| starts[first].part(*border, len))
                    .collect()
            }
        }
    }

    /// Total length, in numbers.
    pub(super) fn len(&self) -> usize {
        match &self.numbers {
            Maps::Shared(all) => all.as_slice().len(),
            Maps::Apart(maps, _) => maps.iter().map(Vec::len).sum(),
        }
    }
}

/// Lifetime of every value: from the step that writes it to the last that reads it. One that leaves the steps of its turn is
/// kept for the whole batch, and lives as long as any turn of its writer or its readers.
fn lives(plan: &Plan) -> impl Iterator<Item = Need> {
    let parts = plan.parts();
    let part = move |step: usize| {
        let own = parts.iter().find(|(steps, _)| steps.contains(&step));
        own.map_or((step..step + 1, usize::MAX), Clone::clone)
    };
    plan.values.iter().enumerate().map(move |(value, own)| {
        let reads = |op: &Op| op.inputs.contains(&value) || op.residual == Some(value);
        let from = plan
            .ops
            .iter()
            .position(|op| op.output == value)
            .unwrap_or(0);
        let to = if Some(value) == plan.output {
            plan.ops.len()
        } else {
            plan.ops.iter().rposition(reads).unwrap_or(from)
        };
        let (first, images) = part(from);
        if first.contains(&to) {
            let len = own.at.image() * images.min(own.at.images);
            return Need { len, from, to };
        }
        let (last, at_last) = part(to);
        let is_whole = |images: usize| images >= own.at.images;
        Need {
            len: own.at.len(),
            from: if is_whole(images) { from } else { first.start },
            to: if is_whole(at_last) { to } else { last.end - 1 },
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_needed_at_once_does_not_overlap() {
        let needs: Vec<Need> = (0..60)
            .map(|i| Need {
                len: 1 + (i * 37) % 100,
                from: i,
                to: i + (i * 13) % 7,
            })
            .collect();
        let (places, all) = places(&needs);
        for (a, need) in needs.iter().enumerate() {
            assert!(places[a] + need.len <= all);
            for (b, other) in needs.iter().enumerate().skip(a + 1) {
                let at_once = need.from <= other.to && other.from <= need.to;
                let apart = places[a] + need.len <= places[b] || places[b] + other.len <= places[a];
                assert!(!at_once || apart, "{a} and {b}");
            }
        }
        let sum: usize = needs.iter().map(|need| need.len).sum();
        assert!(all < sum / 3, "places are used again: {all} of {sum}");
    }

    #[test]
    fn the_first_number_begins_a_cache_line() {
        for len in [0, 1, 100, PAGE + 3] {
            let memory = Aligned::new(len);
            assert_eq!(memory.as_slice().as_ptr().align_offset(64), 0);
            assert_eq!(memory.as_slice().len(), len);
            assert!(memory.as_slice().iter().all(|x| *x == 0.0));
        }
    }
}
