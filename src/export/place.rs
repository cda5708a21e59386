//! Sizes and positions: a panel, the items in it, and the courses of its edges.

use super::figure::{Item, Panel};
use super::font::Weight;
use super::layout::{Edge, Layout};
use super::style::{Direction, Options};

/// Height of a panel's title.
pub(super) const TITLE: f64 = 32.0;
/// Radius of a sign.
pub(super) const SIGN: f64 = 10.0;
/// Width of a lane with edges alone.
const NARROW: f64 = 18.0;
/// Distances of a frame's border from its first and its last item.
pub(super) const FRAME_ABOVE: f64 = 22.0;
pub(super) const FRAME_BELOW: f64 = 7.0;
/// Gap between boxes of neighbouring lanes.
const BESIDE: f64 = 14.0;
/// Height of the input label.
const ENTRY: f64 = 18.0;

/// Width of a line of text at 11 pixels, if it is bold.
pub(super) fn text_width(line: &str) -> f64 {
    Weight::Bold.width(line) * 11.0
}

/// A rectangle by its centre, width and height.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Place {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Place {
    /// Upper left corner.
    pub(super) fn corner(self) -> (f64, f64) {
        (self.x - self.width / 2.0, self.y - self.height / 2.0)
    }
}

/// A panel with the sizes of its contents.
pub(super) struct Drawn<'p> {
    pub(super) panel: &'p Panel,
    pub(super) layout: Layout,
    pub(super) direction: Direction,
    /// Width and height of every box.
    pub(super) cell: (f64, f64),
    /// Start and extent of each rank, along the flow.
    pub(super) ranks: Vec<(f64, f64)>,
    /// Start and extent of each lane, across the flow.
    pub(super) lanes: Vec<(f64, f64)>,
    pub(super) size: (f64, f64),
    pub(super) enter: (f64, f64),
    pub(super) exit: (f64, f64),
}

impl<'p> Drawn<'p> {
    pub(super) fn new(panel: &'p Panel, options: &Options) -> Self {
        Self::with(panel, options, Layout::new(panel), 60.0)
    }

    /// The same in a layout of one's own, with room for a text of at least `least` in each box.
    pub(super) fn with(panel: &'p Panel, options: &Options, layout: Layout, least: f64) -> Self {
        let direction = options.direction;
        let most = panel.items.iter().map(|item| item.lines.len()).max();
        let widest = panel
            .items
            .iter()
            .filter(|item| item.sign.is_none())
            .flat_map(|item| &item.lines)
            .map(|line| text_width(line))
            .fold(least, f64::max);
        let is_down = direction == Direction::Down;
        // A frame's label is next to the line that enters the frame, unless it is very long.
        let beside = panel.frames.iter().map(|frame| text_width(&frame.label));
        let labels = beside.fold(0.0, f64::max).min(120.0);
        let widest = if is_down {
            widest.max(2.0 * labels - 14.0)
        } else {
            widest
        };
        let cell = (widest + 18.0, 10.0 + 13.5 * most.unwrap_or(1) as f64);
        let bypass = panel.items.iter().any(|item| item.bypass.is_some());
        // Ranks: the input, then each as high as its highest item; more room if a frame begins or ends.
        let mut starts = vec![false; layout.length];
        for frame in &panel.frames {
            let ranks = &layout.ranks[frame.items.clone()];
            starts[ranks.iter().copied().min().unwrap_or(0)] = true;
        }
        let mut extents = vec![0.0; layout.length];
        let mut holds = vec![false; layout.width];
        for (i, item) in panel.items.iter().enumerate() {
            let (width, height) = item_size(item, cell, is_down);
            let extent: &mut f64 = &mut extents[layout.ranks[i]];
            *extent = extent.max(if is_down { height } else { width });
            holds[layout.lanes[i]] |= item.sign.is_none();
        }
        let top = if panel.title.is_empty() { 0.0 } else { TITLE };
        let mut at = if is_down { top + 8.0 } else { 14.0 };
        let mut ranks = Vec::new();
        for (rank, &begins) in starts.iter().enumerate() {
            let extent = extents[rank];
            let extent = match (rank, &panel.entry) {
                (0, Some(_)) if is_down => ENTRY,
                (0, Some(entry)) => entry_width(entry),
                (0, None) => 0.0,
                _ => extent,
            };
            let gap = match (begins, rank) {
                (_, 0) => 0.0,
                (false, 1) if panel.entry.is_none() => 4.0,
                (true, _) if is_down => 40.0,
                (true, _) => 34.0,
                _ if bypass => 32.0,
                _ => 15.0,
            };
            at += gap;
            ranks.push((at, extent));
            at += extent;
        }
        let along = at
            + if panel.frames.is_empty() && !bypass {
                14.0
            } else {
                22.0
            };
        let mut across = match (is_down, panel.frames.is_empty()) {
            (true, _) => 16.0,
            (false, true) => top + 8.0,
            // Room for the frames' labels.
            (false, false) => top + 22.0,
        };
        let mut lanes = Vec::new();
        for (lane, holds) in holds.into_iter().enumerate() {
            let extent = match (holds || lane == 0, is_down) {
                (false, _) => NARROW,
                (true, true) => cell.0,
                (true, false) => cell.1,
            };
            lanes.push((across, extent));
            across += extent + BESIDE;
        }
        across += if bypass { 10.0 } else { 2.0 };
        let title = text_width(&panel.title) * 1.25 + 24.0;
        let size = if is_down {
            (across.max(title), along)
        } else {
            (along.max(title), across + 4.0)
        };
        let mut drawn = Self {
            panel,
            layout,
            direction,
            cell,
            ranks,
            lanes,
            size,
            enter: (0.0, 0.0),
            exit: (0.0, 0.0),
        };
        let main = drawn.lanes[0].0 + drawn.lanes[0].1 / 2.0;
        drawn.enter = drawn.oriented(drawn.ranks[0].0, main);
        drawn.exit = drawn.oriented(along, main);
        drawn
    }

    /// Coordinates along and across the flow as x and y.
    pub(super) fn oriented(&self, along: f64, across: f64) -> (f64, f64) {
        match self.direction {
            Direction::Down => (across, along),
            Direction::Right => (along, across),
        }
    }

    /// Centre of a lane.
    pub(super) fn lane(&self, lane: usize) -> f64 {
        self.lanes[lane].0 + self.lanes[lane].1 / 2.0
    }

    /// Centre of an item, along and across the flow.
    pub(super) fn middle(&self, i: usize) -> (f64, f64) {
        let (start, extent) = self.ranks[self.layout.ranks[i]];
        (start + extent / 2.0, self.lane(self.layout.lanes[i]))
    }

    /// Half the size of an item, along and across the flow.
    pub(super) fn half(&self, i: usize) -> (f64, f64) {
        let is_down = self.direction == Direction::Down;
        let (width, height) = item_size(&self.panel.items[i], self.cell, is_down);
        if is_down {
            (height / 2.0, width / 2.0)
        } else {
            (width / 2.0, height / 2.0)
        }
    }

    /// Corners of an edge from its start to its end; `None` if the panel has no input.
    pub(super) fn points(&self, edge: &Edge) -> Option<Vec<(f64, f64)>> {
        let link = edge.link;
        let (to_along, to_across) = self.middle(link.to);
        let (to_half, to_side) = self.half(link.to);
        let to_rank = self.layout.ranks[link.to];
        let (from_along, from_across, from_half, from_side, from_rank, from_lane) =
            if let Some(i) = link.from {
                let ((along, across), (half, side)) = (self.middle(i), self.half(i));
                let (rank, lane) = (self.layout.ranks[i], self.layout.lanes[i]);
                (along, across, half, side, rank, lane)
            } else {
                let entry = self.panel.entry.as_ref()?;
                let (start, extent) = self.ranks[0];
                let side = match self.direction {
                    Direction::Down => entry_width(entry) / 2.0,
                    Direction::Right => ENTRY / 2.0,
                };
                let (half, middle) = (extent / 2.0, start + extent / 2.0);
                (middle, self.lane(0), half, side, 0, 0)
            };
        let gap_after = |rank: usize| {
            let end = self.ranks[rank].0 + self.ranks[rank].1;
            let next = self.ranks.get(rank + 1).map_or(end + 14.0, |next| next.0);
            // Between two frames, if there are any: on the border of one, a line would not be seen.
            if next - end > FRAME_BELOW + FRAME_ABOVE {
                f64::midpoint(end + FRAME_BELOW, next - FRAME_ABOVE)
            } else {
                end + (next - end).min(14.0) / 2.0
            }
        };
        let mut points: Vec<(f64, f64)> = Vec::new();
        let lane = edge.lane.unwrap_or(self.layout.lanes[link.to]);
        let passing = self.lane(lane);
        // A sign is entered at its side; otherwise a line that leaves it would look like a continuation.
        let from_sign = link
            .from
            .is_some_and(|from| self.panel.items[from].sign.is_some());
        if edge.lane.is_some()
            && !from_sign
            && from_lane < lane
            && self.layout.is_clear(from_rank, from_lane, lane + 1)
        {
            points.push((from_along, from_across + from_side));
            points.push((from_along, passing));
        } else {
            points.push((from_along + from_half, from_across));
            if (passing - from_across).abs() > 0.5 {
                points.push((gap_after(from_rank), from_across));
                points.push((gap_after(from_rank), passing));
            }
        }
        let to_lane = self.layout.lanes[link.to];
        let is_sign = self.panel.items[link.to].sign.is_some();
        let sideways = if edge.lane.is_some() { lane } else { from_lane };
        let at_side =
            is_sign && sideways > to_lane && self.layout.is_clear(to_rank, to_lane, sideways + 1);
        if at_side {
            // An edge without a separate lane runs in the lane that it starts in.
            let passing = self.lane(sideways);
            if edge.lane.is_none() {
                points.truncate(1);
            }
            points.push((to_along, passing));
            points.push((to_along, to_across + to_side));
        } else {
            if (passing - to_across).abs() > 0.5 {
                let before = self.ranks[to_rank].0 - 7.0;
                points.push((before, passing));
                points.push((before, to_across));
            }
            points.push((to_along - to_half, to_across));
        }
        let oriented = |(along, across)| self.oriented(along, across);
        Some(points.into_iter().map(oriented).collect())
    }

    /// Line from the last item to the exit of the panel.
    pub(super) fn way_out(&self) -> Option<[(f64, f64); 2]> {
        let last = self.panel.items.len().checked_sub(1)?;
        let (along, across) = self.middle(last);
        Some([self.oriented(along + self.half(last).0, across), self.exit])
    }

    /// Position of the input label.
    pub(super) fn entry(&self) -> Option<Place> {
        let width = entry_width(self.panel.entry.as_ref()?);
        let (start, extent) = self.ranks[0];
        let (x, y) = self.oriented(start + extent / 2.0, self.lane(0));
        Some(Place {
            x,
            y,
            width,
            height: ENTRY,
        })
    }

    /// Position of an item.
    pub(super) fn place(&self, i: usize) -> Place {
        let (along, across) = self.middle(i);
        let is_down = self.direction == Direction::Down;
        let (width, height) = item_size(&self.panel.items[i], self.cell, is_down);
        let (x, y) = self.oriented(along, across);
        Place {
            x,
            y,
            width,
            height,
        }
    }
}

fn entry_width(entry: &str) -> f64 {
    text_width(entry) + 14.0
}

/// Width and height of an item; a box in a row of boxes is as high as its text needs.
fn item_size(item: &Item, cell: (f64, f64), is_down: bool) -> (f64, f64) {
    if item.sign.is_some() {
        (2.0 * SIGN, 2.0 * SIGN)
    } else if is_down {
        (cell.0, 9.0 + 13.5 * item.lines.len() as f64)
    } else {
        let widest = item
            .lines
            .iter()
            .map(|line| text_width(line))
            .fold(40.0, f64::max);
        (widest + 18.0, cell.1)
    }
}
