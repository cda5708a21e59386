//! Layout of the graph's boxes on the screen, and its visible part.

use ratatui::layout::{Constraint, Layout, Position, Rect};

use crate::report::Level;
use crate::tui::kit::layout::below;
use crate::tui::message::Turn;
use crate::tui::pane::graph::Graph;
use crate::tui::pane::graph::diagram::Diagram;

/// Cells on the left for the names of blocks.
pub const MARGIN: usize = 12;
/// Column of a lane in which edges run, from the box's left side.
pub const WIRE: usize = 3;
/// Width of a track in cells.
const TRACK: usize = 3;

/// Width of a shape at an arrow.
const SHAPE: usize = 12;

/// Sizes of a diagram in cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    /// Width of a box in the first lane.
    width: usize,
    /// Width of a box in another lane.
    side: usize,
    /// Width of a box in the first lane where nothing is beside it.
    alone: usize,
    /// Whether the first lane is alone at each rank.
    is_alone: Vec<bool>,
    /// Whether boxes have a frame.
    pub is_framed: bool,
    /// Lines for values in a box; 0 without a pass.
    pub values: usize,
    tracks: usize,
    lanes: usize,
    /// First line of each rank, and the line after the last one.
    tops: Vec<usize>,
}

impl Measure {
    /// The sizes of a graph's diagram in a panel.
    pub fn new(graph: &Graph, diagram: &Diagram, panel: Rect) -> Self {
        let is_framed = graph.level() != Level::Layer || panel.height >= 34;
        let values = match (graph.shows_values(), panel.height) {
            (false, _) => 0,
            (true, ..24) => 4,
            (true, 24..44) => 5,
            (true, _) => 6,
        };
        let tracks = diagram.lanes.track_count;
        let room = usize::from(panel.width).saturating_sub(MARGIN + 2 + TRACK * (tracks + 1));
        // Two lanes are placed side by side if the boxes remain wide enough; the main path has more to say.
        let side = (room * 2 / 5).clamp(20, 46);
        let width = match diagram.lanes.lane_count {
            0 | 1 if graph.has_fault => room.saturating_sub(SHAPE),
            0 | 1 => room,
            _ => room.saturating_sub(side),
        };
        let width = width.clamp(24, 64);
        let whole = usize::from(panel.width).saturating_sub(MARGIN + 2);
        Self {
            width,
            side,
            alone: whole.min(64).max(width),
            is_alone: diagram.lanes.is_alone.clone(),
            is_framed,
            values,
            tracks,
            lanes: diagram.lanes.lane_count.max(1),
            tops: tops(diagram, values + if is_framed { 3 } else { 1 }),
        }
    }

    /// Width of a lane.
    const fn width(&self, lane: usize) -> usize {
        if lane == 0 { self.width } else { self.side }
    }

    /// Width of a box in a lane at a rank: in the first one, of all the room where nothing is beside it.
    pub fn box_width(&self, lane: usize, rank: usize) -> usize {
        match lane {
            0 if self.is_alone.get(rank).is_some_and(|is_alone| *is_alone) => self.alone,
            lane => self.width(lane),
        }
    }

    /// Left side of a lane.
    pub fn lane(&self, lane: usize) -> usize {
        match lane {
            0 => MARGIN,
            lane => MARGIN + self.width + TRACK * (self.tracks + 1) + (lane - 1) * (self.side + 2),
        }
    }

    /// Column of a track.
    pub fn track(&self, track: usize) -> usize {
        MARGIN + self.width + TRACK * track + 2
    }

    /// First line of a rank.
    pub fn rank(&self, rank: usize) -> usize {
        self.tops.get(rank).copied().unwrap_or(self.bottom())
    }

    /// Lines of a rank's boxes, including their frames if they have any.
    pub fn height(&self, rank: usize) -> usize {
        (self.rank(rank + 1) - self.rank(rank)).max(2) - 1
    }

    /// Line below a rank's boxes.
    pub fn below(&self, rank: usize) -> usize {
        self.rank(rank) + self.height(rank)
    }

    /// Lines of text in a rank's boxes.
    pub fn text(&self, rank: usize) -> usize {
        self.height(rank) - self.values - if self.is_framed { 2 } else { 0 }
    }

    /// Rank of a line.
    pub fn rank_at(&self, y: usize) -> usize {
        self.tops.partition_point(|&top| top <= y).saturating_sub(1)
    }

    /// Lines that the tallest rank takes, with its edges.
    fn step(&self) -> usize {
        let steps = self.tops.windows(2).map(|pair| pair[1] - pair[0]);
        steps.max().unwrap_or(1)
    }

    /// Line after the last rank.
    fn bottom(&self) -> usize {
        self.tops.last().copied().unwrap_or(0)
    }

    /// Line of a box at which edges enter from the side.
    pub fn port(&self, rank: usize) -> usize {
        self.rank(rank) + self.height(rank) / 2
    }

    /// Columns and lines of the whole diagram.
    pub fn whole(&self) -> (usize, usize) {
        let last = self.lanes - 1;
        let lanes = self.lane(last) + self.width(last);
        (lanes.max(MARGIN + self.alone) + 1, self.bottom())
    }
}

/// First line of each rank, whose boxes have as many lines of text as the tallest of them and `more` around it.
fn tops(diagram: &Diagram, more: usize) -> Vec<usize> {
    let ranks = &diagram.lanes.ranks;
    let mut texts = vec![1; ranks.iter().max().map_or(0, |rank| rank + 1)];
    for (node, &rank) in diagram.boxes.iter().zip(ranks) {
        texts[rank] = texts[rank].max(node.lines.len());
    }
    let mut tops = vec![0];
    tops.extend(texts.into_iter().scan(0, |top, text| {
        *top += text + more;
        Some(*top)
    }));
    tops
}

/// Areas of the diagram below its heading, and of the selected box's details: one line if there is no room for more.
pub fn panels(body: Rect) -> [Rect; 2] {
    let (diagram, detail) = if body.width >= 150 {
        let [diagram, detail] = body.layout(&Layout::horizontal([
            Constraint::Min(0),
            Constraint::Length(body.width / 3),
        ]));
        (diagram, detail)
    } else if body.height >= 30 {
        let [diagram, detail] = body.layout(&Layout::vertical([
            Constraint::Min(0),
            Constraint::Length(9),
        ]));
        (diagram, detail)
    } else {
        // One line about the selected box remains.
        let [diagram, detail] = body.layout(&Layout::vertical([
            Constraint::Min(0),
            Constraint::Length(1),
        ]));
        (diagram, detail)
    };
    [below(diagram, 1, 0), detail]
}

fn panel(body: Rect) -> Rect {
    panels(body)[0]
}

/// Number of boxes on one screen.
pub fn page(graph: &Graph, body: Rect) -> usize {
    let panel = panel(body);
    graph.diagram().map_or(1, |diagram| {
        let measure = Measure::new(graph, diagram, panel);
        (usize::from(panel.height) / measure.step()).max(2) - 1
    })
}

/// Scrolls as little as necessary to show the selected box.
pub fn keep(graph: &mut Graph, body: Rect) {
    graph.lay_out();
    let panel = panel(body);
    let (Some(diagram), Some(at)) = (graph.diagram(), graph.selected()) else {
        return;
    };
    let measure = Measure::new(graph, diagram, panel);
    let (width, height) = (
        usize::from(panel.width).max(1),
        usize::from(panel.height).max(1),
    );
    let (whole_width, whole_height) = measure.whole();
    let fit = |origin: usize, begin: usize, len: usize, room: usize, whole: usize| {
        let low = (begin + len).saturating_sub(room);
        // If a box is larger than the panel, its beginning is shown.
        let origin = if low > begin {
            begin
        } else {
            origin.clamp(low, begin)
        };
        origin.min(whole.saturating_sub(room).max(begin.min(low)))
    };
    let rank = diagram.lanes.ranks[at];
    // The names of blocks stay visible with the first lane.
    let (x, wide) = match diagram.lanes.lanes[at] {
        0 => (0, MARGIN + measure.box_width(0, rank)),
        lane => (measure.lane(lane), measure.width(lane)),
    };
    // A box is shown with a neighbour above and below, so the user sees where the edges lead.
    let air = usize::from(height > 3 * measure.step());
    let begin = measure.rank(rank.saturating_sub(air));
    let tall = measure.rank(rank + 1 + air) - begin;
    graph.origin = (
        fit(graph.origin.0, x, wide, width, whole_width),
        fit(graph.origin.1, begin, tall, height, whole_height),
    );
}

/// Scrolls; the selection follows if it would leave the visible part.
pub fn pan(graph: &mut Graph, body: Rect, turn: Turn) {
    let panel = panel(body);
    let Some(diagram) = graph.diagram() else {
        return;
    };
    let measure = Measure::new(graph, diagram, panel);
    let (width, height) = measure.whole();
    let most = (
        width.saturating_sub(usize::from(panel.width)),
        height.saturating_sub(usize::from(panel.height)),
    );
    let (x, y) = graph.origin;
    let origin = match turn {
        Turn::Left => (x.saturating_sub(8), y),
        Turn::Right => ((x + 8).min(most.0.max(x)), y),
        Turn::Up => (x, y.saturating_sub(measure.step())),
        Turn::Down => (x, (y + measure.step()).min(most.1.max(y))),
    };
    let top = measure.rank_at(origin.1 + measure.step() - 1);
    let end = measure.rank_at(origin.1 + usize::from(panel.height));
    let rows = end.saturating_sub(top).max(1);
    let lane = graph.selected().map_or(0, |at| diagram.lanes.lanes[at]);
    let rank = graph.selected().map_or(0, |at| diagram.lanes.ranks[at]);
    let (low, high) = (
        top + usize::from(rows > 3),
        (top + rows).saturating_sub(1 + usize::from(rows > 3)),
    );
    let wanted = rank.clamp(low, high.max(low));
    let near = diagram
        .in_ranks(wanted, wanted + 1)
        .min_by_key(|&at| diagram.lanes.lanes[at].abs_diff(lane));
    graph.origin = origin;
    if let Some(near) = near.filter(|_| wanted != rank) {
        graph.select(near);
    }
}

/// Numbers of the visible boxes.
pub fn visible(graph: &Graph, body: Rect) -> Vec<usize> {
    let panel = panel(body);
    let Some(diagram) = graph.diagram() else {
        return Vec::new();
    };
    let measure = Measure::new(graph, diagram, panel);
    let (top, height) = (graph.origin.1, usize::from(panel.height));
    let ranks = [top, top + height].map(|line| measure.rank_at(line));
    diagram.in_ranks(ranks[0], ranks[1] + 1).collect()
}

/// Box at a position on the screen.
pub fn box_at(graph: &Graph, body: Rect, at: Position) -> Option<usize> {
    let panel = panel(body);
    let diagram = graph.diagram()?;
    if !panel.contains(at) {
        return None;
    }
    let measure = Measure::new(graph, diagram, panel);
    let x = usize::from(at.x - panel.x) + graph.origin.0;
    let y = usize::from(at.y - panel.y) + graph.origin.1;
    let rank = measure.rank_at(y);
    diagram.in_ranks(rank, rank + 1).find(|&number| {
        let lane = diagram.lanes.lanes[number];
        let left = measure.lane(lane);
        (left..left + measure.box_width(lane, rank)).contains(&x)
    })
}
