//! The tensors that a spec is to have.

use super::candidate::Candidate;
use super::tally::Tally;
use crate::weights::fit::Named;

/// The tensors to arrive at.
pub(super) struct Goal {
    /// Tensors of the file, without bookkeeping.
    pub(super) found: Vec<Named>,
    /// Whether names count, or shapes alone.
    pub(super) by_name: bool,
    tally: Tally,
}

impl Goal {
    /// The tensors of a file.
    pub(super) fn new(found: &[Named], by_name: bool) -> Self {
        Self {
            found: found.to_vec(),
            by_name,
            tally: Tally::of(found, by_name),
        }
    }

    /// Shape of the file's tensor of that name, where names count.
    pub(super) fn shape(&self, name: &str) -> Option<&Vec<usize>> {
        let mut names = self.found.iter().filter(|_| self.by_name);
        names.find(|(own, _)| own == name).map(|(_, shape)| shape)
    }

    /// Number of tensors that either lacks; `None` for a spec with errors.
    pub(super) fn distance(&self, candidate: &Candidate) -> Option<usize> {
        let own = Tally::of(&candidate.tensors()?, self.by_name);
        Some(own.differences(&self.tally).iter().sum())
    }
}
