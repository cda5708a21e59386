//! Misfits grouped by part of the network.

use super::Misfit;
use super::structure::place;
use crate::message;
use crate::text::{Argument, Joint};
use std::collections::{BTreeSet, HashMap};

/// Misfits of one part: a stage of blocks, or a part outside the stages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Common beginning of all names: `layer3`, `fc`.
    pub part: String,
    /// Numbers of the blocks with misfits in the stage.
    pub blocks: BTreeSet<u64>,
    /// Numbers of tensors that are missing, of another shape, and left over.
    pub counts: [usize; 3],
    /// First misfit of the part.
    pub first: Misfit,
}

/// Groups in the order in which they first occur.
pub(super) fn groups(misfits: &[Misfit]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for misfit in misfits {
        let name = misfit.name();
        let (part, block) = match place(name) {
            Some(place) => (place.part.to_owned(), Some(place.block)),
            None => (beside(name).to_owned(), None),
        };
        let number = *places.entry(part.clone()).or_insert_with(|| {
            groups.push(Group {
                part,
                blocks: BTreeSet::new(),
                counts: [0; 3],
                first: misfit.clone(),
            });
            groups.len() - 1
        });
        let group = &mut groups[number];
        group.blocks.extend(block);
        group.counts[match misfit {
            Misfit::Missing { .. } => 0,
            Misfit::Shape { .. } => 1,
            Misfit::Extra { .. } => 2,
        }] += 1;
    }
    groups
}

/// Module of a tensor outside the stages: its name without the last word; at most the first two words.
fn beside(name: &str) -> &str {
    let ends: Vec<usize> = name.match_indices('.').map(|(at, _)| at).collect();
    match ends.as_slice() {
        [] => name,
        [end] => &name[..*end],
        [.., _] => &name[..ends[1]],
    }
}

impl Group {
    /// Counts of each kind: `4 missing, 1 left over`.
    pub fn tally(&self) -> Argument {
        tally(self.counts)
    }

    /// Name of the part with its blocks: `layer3, blocks 6–22`.
    pub fn title(&self) -> Argument {
        let part = &self.part;
        match self.blocks.len() {
            0 => part.into(),
            1 => message!("fit-part-block", part = part, blocks = ranges(&self.blocks)).into(),
            _ => message!(
                "fit-part-blocks",
                part = part,
                blocks = ranges(&self.blocks)
            )
            .into(),
        }
    }
}

/// `4 missing, 1 of another shape, 2 left over`, without zero counts.
pub(super) fn tally([missing, other, left_over]: [usize; 3]) -> Argument {
    let some = [
        (missing > 0).then(|| message!("fit-missing", count = missing)),
        (other > 0).then(|| message!("fit-other-shape", count = other)),
        (left_over > 0).then(|| message!("fit-left-over", count = left_over)),
    ];
    Joint::Comma.of(some.into_iter().flatten())
}

/// Numbers in ascending order, with runs as `6–22`.
fn ranges(numbers: &BTreeSet<u64>) -> String {
    let mut runs: Vec<[u64; 2]> = Vec::new();
    for &number in numbers {
        match runs.last_mut() {
            Some([_, last]) if *last + 1 == number => *last = number,
            _ => runs.push([number; 2]),
        }
    }
    let runs = runs.iter().map(|[first, last]| {
        if first == last {
            first.to_string()
        } else {
            format!("{first}–{last}")
        }
    });
    runs.collect::<Vec<_>>().join(", ")
}
