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
    /// Origin of the sizes of its pieces.
    pub sizes: Sizes,
}

/// Origin of the sizes of a convolution's pieces: tiles, strips, groups of weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sizes {
    /// The constants, the same on every machine.
    Constant,
    /// The measured rates of tiles and sizes of caches.
    Measured,
}

/// Name of each way with constant sizes, in the kept file.
const ALL: [(&str, Candidate); 15] = {
    use Split::{Channels, Pixels};
    const fn way(side: Option<usize>, split: Option<Split>, strip: usize) -> Candidate {
        Candidate {
            side,
            split,
            strip,
            sizes: Sizes::Constant,
        }
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

/// End of the name of a way whose sizes are measured.
const MEASURED: &str = "-measured";

impl Candidate {
    /// Every candidate: those with constant sizes first.
    pub fn all() -> impl Iterator<Item = Self> {
        let of = |sizes| ALL.iter().map(move |(_, own)| Self { sizes, ..*own });
        of(Sizes::Constant).chain(of(Sizes::Measured))
    }

    /// Name, in the kept file and for scripts.
    pub fn name(self) -> String {
        let constant = Self {
            sizes: Sizes::Constant,
            ..self
        };
        let mut all = ALL.iter();
        let name = all
            .find(|(_, own)| *own == constant)
            .map_or("", |own| own.0);
        let end = match self.sizes {
            Sizes::Constant => "",
            Sizes::Measured => MEASURED,
        };
        format!("{name}{end}")
    }

    /// The candidate with this name.
    pub fn parse(name: &str) -> Option<Self> {
        let (name, sizes) = match name.strip_suffix(MEASURED) {
            Some(name) => (name, Sizes::Measured),
            None => (name, Sizes::Constant),
        };
        let mut all = ALL.iter();
        let (_, own) = all.find(|(own, _)| *own == name)?;
        Some(Self { sizes, ..*own })
    }

    /// Candidates that differ in a pass on `threads` threads: one thread has nothing to divide.
    pub fn on(threads: usize) -> impl Iterator<Item = Self> {
        Self::all().filter(move |own| own.split.is_some() == (threads > 1))
    }

    /// Candidates that a plan knows without measured rates: the division follows the sizes.
    pub(super) fn unmeasured() -> impl Iterator<Item = Self> {
        let plain = |own: &Self| own.split.is_none() && own.strip == 1;
        Self::all().filter(move |own| plain(own) && own.sizes == Sizes::Constant)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_candidate_has_its_name() {
        let names: BTreeSet<String> = Candidate::all().map(Candidate::name).collect();
        for own in Candidate::all() {
            assert_eq!(Candidate::parse(&own.name()), Some(own));
        }
        assert!(Candidate::parse("").is_none() && Candidate::parse("-measured").is_none());
        assert_eq!(names.len(), Candidate::all().count());
        // What constants choose has the same pieces as one of those that are timed, whatever the number of threads.
        for threads in [1, 2] {
            for own in Candidate::unmeasured() {
                let alike = |other: Candidate| {
                    (other.side, other.strip, other.sizes) == (own.side, own.strip, own.sizes)
                };
                let count = Candidate::on(threads).filter(|other| alike(*other)).count();
                assert_eq!(count, threads, "{}", own.name());
            }
        }
    }
}
