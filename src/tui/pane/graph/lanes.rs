//! Layout of a graph's boxes and edges: a rank from top to bottom, and a lane or a track from left to right.
//!
//! A residual network is one path with branches beside it, so the path keeps the first lane, a branch with boxes takes the
//! first free lane on the right, and an edge that skips boxes takes the first free track between the two, short ones first, as in
//! a figure.

use crate::export::tracks::{Tracks, short_ones_first};
use crate::sorting::Sorting;

/// Positions of boxes and edges.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lanes {
    /// Rank of each box from the top; an input is above the boxes that take its output.
    pub ranks: Vec<usize>,
    /// Lane of each box from the left.
    pub lanes: Vec<usize>,
    /// The edges.
    pub wires: Vec<Wire>,
    /// Number of lanes.
    pub lane_count: usize,
    /// Number of tracks between the first lane and the others.
    pub track_count: usize,
    /// Whether the first lane is alone at each rank: no box, lane or track is beside it.
    pub is_alone: Vec<bool>,
}

/// An edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wire {
    /// The box that it leaves.
    pub from: usize,
    /// The box that it enters.
    pub to: usize,
    /// Route of the edge.
    pub way: Way,
}

/// Route of an edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Down its lane.
    Straight,
    /// Across below its beginning, then down the target's lane: a branch begins.
    Out,
    /// Down the source's lane, then across: a branch ends.
    In,
    /// Across, down a track, and back: the edge skips boxes.
    Skip(usize),
}

/// Places boxes with these inputs, each after all of its inputs; `is_side` marks boxes beside the path.
pub fn place(inputs: &[Vec<usize>], is_side: &[bool]) -> Lanes {
    let count = inputs.len();
    let mut ranks = vec![0; count];
    for (at, inputs) in inputs.iter().enumerate() {
        ranks[at] = inputs
            .iter()
            .map(|&input| ranks[input] + 1)
            .max()
            .unwrap_or(0);
    }
    let (next, previous) = chains(inputs, is_side);

    // A branch occupies its lane from below its source to the target of its last edge.
    let mut last_reader = ranks.clone();
    for (at, inputs) in inputs.iter().enumerate() {
        for &input in inputs {
            last_reader[input] = last_reader[input].max(ranks[at]);
        }
    }
    let mut lanes = vec![0; count];
    let mut free_from: Vec<usize> = Vec::new();
    let mut heads: Vec<_> = (0..count).filter(|&at| previous[at].is_none()).collect();
    heads.order_by_key(|&head| (ranks[head], head));
    for head in heads {
        let mut end = head;
        while let Some(after) = next[end] {
            end = after;
        }
        let lane = first_free(&mut free_from, ranks[head], last_reader[end]);
        let mut at = Some(head);
        while let Some(node) = at {
            lanes[node] = lane;
            at = next[node];
        }
    }

    let mut wires = Vec::new();
    let mut tracks = Tracks::default();
    let mut passing = Vec::new();
    let mut edges: Vec<_> = (0..count)
        .flat_map(|to| inputs[to].iter().map(move |&from| (from, to)))
        .collect();
    edges.order_by_key(|&(from, to)| (ranks[from], ranks[to]));
    for (from, to) in edges {
        let begins = inputs[to].first() == Some(&from) && previous[to].is_none();
        let ends = next[from].is_none();
        let way = if next[from] == Some(to) {
            Way::Straight
        } else if begins && lanes[to] != lanes[from] {
            Way::Out
        } else if ends && lanes[to] != lanes[from] {
            Way::In
        } else {
            passing.push(wires.len());
            Way::Skip(0)
        };
        wires.push(Wire { from, to, way });
    }
    let between = |wire: &Wire| ranks[wire.from]..ranks[wire.to];
    short_ones_first(&mut passing, |&at| between(&wires[at]));
    for at in passing {
        wires[at].way = Way::Skip(tracks.take(between(&wires[at]), 0));
    }
    Lanes {
        is_alone: alone(&ranks, &lanes, &wires),
        lane_count: free_from.len(),
        track_count: tracks.width(),
        ranks,
        lanes,
        wires,
    }
}

/// Whether the first lane is alone at each rank. An edge beside it occupies the ranks after its beginning, up to its end.
fn alone(ranks: &[usize], lanes: &[usize], wires: &[Wire]) -> Vec<bool> {
    let count = ranks.iter().max().map_or(0, |last| last + 1);
    // Edges that begin before a rank, less those that have ended.
    let mut changes = vec![0_isize; count + 1];
    for wire in wires {
        let is_beside = wire.way != Way::Straight || lanes[wire.to] > 0;
        if is_beside {
            changes[ranks[wire.from] + 1] += 1;
            changes[(ranks[wire.to] + 1).min(count)] -= 1;
        }
    }
    let mut beside = 0;
    let mut alone: Vec<bool> = changes[..count]
        .iter()
        .map(|change| {
            beside += change;
            beside == 0
        })
        .collect();
    for (rank, lane) in ranks.iter().zip(lanes) {
        alone[*rank] &= *lane == 0;
    }
    alone
}

/// Next and previous box of each box in its lane.
fn chains(inputs: &[Vec<usize>], is_side: &[bool]) -> (Vec<Option<usize>>, Vec<Option<usize>>) {
    let mut next: Vec<Option<usize>> = vec![None; inputs.len()];
    let mut previous = next.clone();
    // The path comes first, so a shortcut that is written before it does not take its lane.
    for side in [false, true] {
        for (at, inputs) in inputs.iter().enumerate() {
            if is_side[at] != side {
                continue;
            }
            let free = |input: &&usize| next[**input].is_none();
            let same = inputs
                .iter()
                .filter(free)
                .find(|&&input| is_side[input] == side);
            let any = || inputs.iter().find(|input| free(input) && !side);
            if let Some(&input) = same.or_else(any) {
                next[input] = Some(at);
                previous[at] = Some(input);
            }
        }
    }
    (next, previous)
}

/// First lane that is free at `start`, which is then occupied up to `end`.
fn first_free(free_from: &mut Vec<usize>, start: usize, end: usize) -> usize {
    let lane = free_from
        .iter()
        .position(|&free| free <= start)
        .unwrap_or(free_from.len());
    if lane == free_from.len() {
        free_from.push(0);
    }
    free_from[lane] = end.max(start + 1);
    lane
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identity_takes_a_track_and_a_projection_a_lane() {
        // in → conv → bn → add ← in; add → conv → bn → add ← projection ← add
        let inputs = vec![
            vec![],
            vec![0],
            vec![1],
            vec![2, 0],
            vec![3],
            vec![4],
            vec![3],
            vec![5, 6],
        ];
        let is_side = [false, false, false, false, false, false, true, false];
        let lanes = place(&inputs, &is_side);
        assert_eq!(lanes.ranks, [0, 1, 2, 3, 4, 5, 4, 6]);
        assert_eq!(lanes.lanes, [0, 0, 0, 0, 0, 0, 1, 0]);
        assert_eq!((lanes.lane_count, lanes.track_count), (2, 1));
        let alone = [true, false, false, false, false, false, false];
        assert_eq!(
            lanes.is_alone, alone,
            "beside the identity and the projection"
        );
        let way = |from, to| {
            let wire = lanes
                .wires
                .iter()
                .find(|wire| (wire.from, wire.to) == (from, to));
            wire.unwrap().way
        };
        assert_eq!(way(0, 3), Way::Skip(0));
        assert_eq!(way(3, 6), Way::Out);
        assert_eq!(way(6, 7), Way::In);
        assert_eq!(way(5, 7), Way::Straight);
    }

    #[test]
    fn a_gate_s_edge_runs_inside_the_shortcut_that_passes_it() {
        // in → conv → pool → fc → × ← conv; × → add ← in
        let inputs = vec![vec![], vec![0], vec![1], vec![2], vec![3, 1], vec![4, 0]];
        let lanes = place(&inputs, &[false; 6]);
        let way = |from, to| {
            let mut wires = lanes.wires.iter();
            let wire = wires.find(|wire| (wire.from, wire.to) == (from, to));
            wire.map(|wire| wire.way)
        };
        assert_eq!(way(1, 4), Some(Way::Skip(0)));
        assert_eq!(way(0, 5), Some(Way::Skip(1)));
        assert_eq!(lanes.track_count, 2);
    }

    #[test]
    fn no_two_boxes_stand_at_one_place() {
        // A split into three branches, one of them longer, and their sum.
        let inputs = vec![vec![], vec![0], vec![0], vec![0], vec![3], vec![1, 2, 4]];
        let lanes = place(&inputs, &[false; 6]);
        let mut places: Vec<_> = lanes.ranks.iter().zip(&lanes.lanes).collect();
        places.sort_unstable();
        places.dedup();
        assert_eq!(places.len(), 6);
    }
}
