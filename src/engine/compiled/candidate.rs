//! The ways to compute a convolution, among which a plan chooses.

use crate::kernels::direct::Split;

/// A way to compute a convolution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// Outputs along a side of a transformed tile, 2 or 4; `None` for the direct method.
    pub side: Option<usize>,
    /// Division among threads; `None` by the sizes of maps and weights.
    pub split: Option<Split>,
    /// Memory of a strip of transformed tiles, as a multiple of the one that stays in the second-level cache. A longer strip
    /// reads the weights less often.
    pub strip: usize,
}

/// Name of each candidate, in the kept file.
const ALL: [(&str, Candidate); 15] = {
    use Split::{Channels, Pixels};
    const fn way(side: Option<usize>, split: Option<Split>, strip: usize) -> Candidate {
        Candidate { side, split, strip }
    }
    [
        ("direct", way(None, None, 1)),
        ("direct-pixels", way(None, Some(Pixels), 1)),
        ("direct-channels", way(None, Some(Channels), 1)),
        ("winograd2", way(Some(2), None, 1)),
        ("winograd2-long", way(Some(2), None, 4)),
        ("winograd2-pixels", way(Some(2), Some(Pixels), 1)),
        ("winograd2-pixels-long", way(Some(2), Some(Pixels), 4)),
        ("winograd2-channels", way(Some(2), Some(Channels), 1)),
        ("winograd2-channels-long", way(Some(2), Some(Channels), 4)),
        ("winograd4", way(Some(4), None, 1)),
        ("winograd4-long", way(Some(4), None, 4)),
        ("winograd4-pixels", way(Some(4), Some(Pixels), 1)),
        ("winograd4-pixels-long", way(Some(4), Some(Pixels), 4)),
        ("winograd4-channels", way(Some(4), Some(Channels), 1)),
        ("winograd4-channels-long", way(Some(4), Some(Channels), 4)),
    ]
};

impl Candidate {
    /// Every candidate.
    pub fn all() -> impl Iterator<Item = Self> {
        ALL.iter().map(|(_, own)| *own)
    }

    /// Name, in the kept file and for scripts.
    pub fn name(self) -> &'static str {
        let mut all = ALL.iter();
        all.find(|(_, own)| *own == self).map_or("", |own| own.0)
    }

    /// The candidate with this name.
    pub fn parse(name: &str) -> Option<Self> {
        let mut all = ALL.iter();
        Some(all.find(|(own, _)| *own == name)?.1)
    }

    /// Candidates that differ in a pass on `threads` threads: one thread has nothing to divide.
    pub fn on(threads: usize) -> impl Iterator<Item = Self> {
        Self::all().filter(move |own| own.split.is_some() == (threads > 1))
    }

    /// Candidates that a plan knows without measured rates: the division follows the sizes.
    pub(super) fn unmeasured() -> impl Iterator<Item = Self> {
        Self::all().filter(|own| own.split.is_none() && own.strip == 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_candidate_has_its_name() {
        for own in Candidate::all() {
            assert_eq!(Candidate::parse(own.name()), Some(own));
        }
        assert_eq!(Candidate::parse(""), None);
        assert_eq!(Candidate::unmeasured().count(), 3);
        assert_eq!(Candidate::on(1).count(), 5);
        assert_eq!(Candidate::on(2).count(), 10);
    }
}
