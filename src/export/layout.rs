//! Layout of a panel's items: a rank along the flow for each, and lanes next to the main path for parallel items and for
//! edges that pass others.

use super::figure::{Item, Link, Panel};
use super::tracks::{Tracks, short_ones_first};

/// An edge that is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Edge {
    pub(super) link: Link,
    /// Lane in which it passes the ranks in between; `None` if there are none.
    pub(super) lane: Option<usize>,
}

/// Ranks and lanes; rank 0 is the input.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Layout {
    pub(super) ranks: Vec<usize>,
    pub(super) lanes: Vec<usize>,
    pub(super) edges: Vec<Edge>,
    /// Number of items in each rank.
    pub(super) length: usize,
    pub(super) width: usize,
    taken: Tracks,
}

impl Layout {
    /// Lays out the items of `panel`, each of which comes after its operands.
    pub(super) fn new(panel: &Panel) -> Self {
        let beside: Vec<bool> = panel.items.iter().map(Item::on_shortcut).collect();
        Self::with(panel, &beside)
    }

    /// The same with these items next to the main path.
    pub(super) fn with(panel: &Panel, beside: &[bool]) -> Self {
        let mut ranks: Vec<usize> = Vec::with_capacity(panel.items.len());
        for item in &panel.items {
            let before = item
                .inputs
                .iter()
                .map(|input| input.map_or(0, |i| ranks[i]));
            ranks.push(before.max().unwrap_or(0) + 1);
        }
        let length = ranks.iter().max().map_or(1, |last| last + 1);
        let mut layout = Self {
            lanes: vec![0; ranks.len()],
            ranks,
            edges: Vec::new(),
            length,
            width: 1,
            taken: Tracks::default(),
        };
        let (side, main): (Vec<usize>, Vec<usize>) =
            (0..panel.items.len()).partition(|&i| beside[i]);
        for i in main {
            layout.lanes[i] = layout.taken.take(layout.ranks[i]..layout.ranks[i] + 1, 0);
        }
        layout.long_edges(panel, false);
        for i in side {
            // One after the other if they follow each other, next to everything on the main path.
            let rank = layout.ranks[i];
            let above = panel.items[i].inputs.first().copied().flatten();
            let lane = match above {
                Some(above) if beside[above] => layout.lanes[above],
                _ => {
                    let end = layout.end_of_block(panel, i);
                    (rank..end)
                        .map(|r| layout.taken.width_at(r))
                        .max()
                        .unwrap_or(1)
                        .max(1)
                }
            };
            layout.lanes[i] = layout.taken.take(rank..rank + 1, lane);
        }
        layout.long_edges(panel, true);
        layout.width = layout.taken.width().max(1);
        layout
    }

    /// Whether `rank` has no item and no passing edge in the lanes `from` to before `lane`.
    pub(super) fn is_clear(&self, rank: usize, from: usize, lane: usize) -> bool {
        (from + 1..lane).all(|lane| !self.taken.is_taken(rank, lane))
    }

    /// The rank after the last one of the frame that holds item `i`, or of all items if there are no frames.
    fn end_of_block(&self, panel: &Panel, i: usize) -> usize {
        // A block drawn alone has no frame.
        if panel.frames.is_empty() {
            return self.length;
        }
        // Frames are in the order of their items.
        let next = panel.frames.partition_point(|frame| frame.items.start <= i);
        panel.frames[..next]
            .last()
            .filter(|frame| frame.items.contains(&i))
            .and_then(|frame| self.ranks[frame.items.clone()].iter().max())
            .map_or(self.ranks[i] + 1, |last| last + 1)
    }

    /// Adds the edges of the main path or of the shortcuts, the short ones inside, the long ones outside.
    fn long_edges(&mut self, panel: &Panel, shortcut: bool) {
        let mut links: Vec<Link> = panel
            .links()
            .filter(|link| link.shortcut == shortcut)
            .collect();
        let ranks = self.ranks.clone();
        let between = |link: &Link| link.from.map_or(0, |from| ranks[from]) + 1..ranks[link.to];
        short_ones_first(&mut links, between);
        for link in links {
            let (from, to) = (link.from, link.to);
            let between = between(&link);
            let lane = (!between.is_empty()).then(|| {
                let own = from.map_or(0, |from| self.lanes[from]);
                let lane = if panel.items[to].on_shortcut() || own > 0 {
                    own.max(self.lanes[to])
                } else {
                    // Straight on where nothing is in the way.
                    usize::from(self.lanes[to] > 0)
                };
                self.taken.take(between, lane)
            });
            self.edges.push(Edge { link, lane });
        }
    }
}
