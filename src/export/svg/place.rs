//! How large a panel is, and where in it everything stands.

use super::{BESIDE, NARROW, SIGN, TITLE, text_width};
use crate::export::figure::{Item, Panel};
use crate::export::layout::Layout;
use crate::export::style::{Direction, Options};

/// A panel with the sizes of what is in it.
pub(super) struct Drawn<'p> {
    pub(super) panel: &'p Panel,
    pub(super) layout: Layout,
    pub(super) direction: Direction,
    /// Width and height of every box.
    pub(super) cell: (f64, f64),
    /// Where each rank begins along the flow, and its extent.
    pub(super) ranks: Vec<(f64, f64)>,
    /// Where each lane begins across it, and its extent.
    pub(super) lanes: Vec<(f64, f64)>,
    pub(super) size: (f64, f64),
    pub(super) enter: (f64, f64),
    pub(super) exit: (f64, f64),
}

impl<'p> Drawn<'p> {
    pub(super) fn new(panel: &'p Panel, options: &Options) -> Self {
        let layout = Layout::new(panel);
        let direction = options.direction;
        let most = panel.items.iter().map(|item| item.lines.len()).max();
        let widest = panel
            .items
            .iter()
            .filter(|item| item.sign.is_none())
            .flat_map(|item| &item.lines)
            .map(|line| text_width(line))
            .fold(60.0, f64::max);
        let cell = (widest + 18.0, 10.0 + 13.5 * most.unwrap_or(1) as f64);
        let is_down = direction == Direction::Down;
        let bypass = panel.items.iter().any(|item| item.bypass.is_some());
        // Ranks: an entry, then as high as their highest item; more room where a frame begins or ends.
        let mut starts = vec![false; layout.length];
        for frame in &panel.frames {
            let ranks = &layout.ranks[frame.items.clone()];
            starts[ranks.iter().copied().min().unwrap_or(0)] = true;
        }
        let top = if panel.title.is_empty() { 0.0 } else { TITLE };
        let mut at = if is_down { top + 8.0 } else { 14.0 };
        let mut ranks = Vec::new();
        for (rank, &begins) in starts.iter().enumerate() {
            let inside = (0..panel.items.len()).filter(|&i| layout.ranks[i] == rank);
            let extent = inside
                .map(|i| item_size(&panel.items[i], cell, is_down))
                .map(|(width, height)| if is_down { height } else { width })
                .fold(0.0, f64::max);
            let extent = match (rank, &panel.entry) {
                (0, Some(_)) if is_down => 18.0,
                (0, Some(entry)) => text_width(entry) + 14.0,
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
        let holds = |lane: usize| {
            (0..panel.items.len()).any(|i| layout.lanes[i] == lane && panel.items[i].sign.is_none())
        };
        let mut across = match (is_down, panel.frames.is_empty()) {
            (true, _) => 16.0,
            (false, true) => top + 8.0,
            // Room for the frames' labels.
            (false, false) => top + 22.0,
        };
        let mut lanes = Vec::new();
        for lane in 0..layout.width {
            let extent = match (holds(lane) || lane == 0, is_down) {
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
        drawn.enter = drawn.turned(drawn.ranks[0].0, main);
        drawn.exit = drawn.turned(along, main);
        drawn
    }

    /// Along and across the flow as x and y.
    pub(super) fn turned(&self, along: f64, across: f64) -> (f64, f64) {
        match self.direction {
            Direction::Down => (across, along),
            Direction::Right => (along, across),
        }
    }

    /// The middle of a lane.
    pub(super) fn lane(&self, lane: usize) -> f64 {
        self.lanes[lane].0 + self.lanes[lane].1 / 2.0
    }

    /// The middle of an item, along and across.
    pub(super) fn middle(&self, i: usize) -> (f64, f64) {
        let (start, extent) = self.ranks[self.layout.ranks[i]];
        (start + extent / 2.0, self.lane(self.layout.lanes[i]))
    }

    /// Half of what an item takes, along and across.
    pub(super) fn half(&self, i: usize) -> (f64, f64) {
        let is_down = self.direction == Direction::Down;
        let (width, height) = item_size(&self.panel.items[i], self.cell, is_down);
        if is_down {
            (height / 2.0, width / 2.0)
        } else {
            (width / 2.0, height / 2.0)
        }
    }
}

/// Width and height of an item; a box in a row of boxes is as high as its text needs.
pub(super) fn item_size(item: &Item, cell: (f64, f64), is_down: bool) -> (f64, f64) {
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
