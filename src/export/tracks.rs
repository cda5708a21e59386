//! Tracks beside a path: the place of an edge that passes others, in a figure and in the explorer's graph.

use std::ops::Range;

use crate::sorting::Sorting;

/// Tracks from the path outwards, each free or taken at each rank.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tracks {
    /// By rank, then by track.
    taken: Vec<Vec<bool>>,
}

impl Tracks {
    /// Takes the first track, from `track` on, that is free at all `ranks`.
    pub fn take(&mut self, ranks: Range<usize>, track: usize) -> usize {
        let mut track = track;
        while ranks.clone().any(|rank| self.is_taken(rank, track)) {
            track += 1;
        }
        if self.taken.len() < ranks.end {
            self.taken.resize(ranks.end, Vec::new());
        }
        for rank in ranks {
            let taken = &mut self.taken[rank];
            if taken.len() <= track {
                taken.resize(track + 1, false);
            }
            taken[track] = true;
        }
        track
    }

    /// Whether a track is taken at a rank.
    pub fn is_taken(&self, rank: usize, track: usize) -> bool {
        let taken = self.taken.get(rank).and_then(|taken| taken.get(track));
        taken.copied().unwrap_or(false)
    }

    /// Number of tracks up to the outermost one that is taken at a rank.
    pub fn width_at(&self, rank: usize) -> usize {
        self.taken.get(rank).map_or(0, Vec::len)
    }

    /// Number of tracks up to the outermost one.
    pub fn width(&self) -> usize {
        self.taken.iter().map(Vec::len).max().unwrap_or(0)
    }
}

/// Puts edges in the order in which they take their tracks: short ones first, so that an edge runs inside those that pass it.
pub fn short_ones_first<E>(edges: &mut [E], ranks: impl Fn(&E) -> Range<usize>) {
    edges.order_by_key(|edge| {
        let ranks = ranks(edge);
        (ranks.len(), ranks.start)
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edge_runs_inside_those_that_pass_it_and_outside_none_that_has_ended() {
        let mut edges = [0..9, 2..4, 1..6, 9..12, 4..6];
        short_ones_first(&mut edges, Clone::clone);
        let mut tracks = Tracks::default();
        let taken: Vec<_> = edges
            .iter()
            .map(|edge| (edge.clone(), tracks.take(edge.clone(), 0)))
            .collect();
        let wanted = [(2..4, 0), (4..6, 0), (9..12, 0), (1..6, 1), (0..9, 2)];
        assert_eq!(taken, wanted);
        assert_eq!(
            (tracks.width(), tracks.width_at(0), tracks.width_at(12)),
            (3, 3, 0)
        );
        assert!(tracks.is_taken(0, 2) && !tracks.is_taken(0, 1));
    }
}
