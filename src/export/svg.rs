//! The network as SVG, without Graphviz: a panel a stage, the shortcut beside its block, equal blocks drawn once.

mod look;

use look::{connector, legend, style};

use super::figure::{self, Item, Panel};
use super::layout::{Edge, Layout};
use super::style::{Direction, Options, Paint, step, xml};
use crate::analysis::downsample::Shortcut;
use crate::network::Category;
use crate::report::Subject;
use crate::report::format::short;

/// Around everything, and between panels.
const MARGIN: f64 = 24.0;
/// Height of the heading.
const HEADING: f64 = 48.0;
/// Height of a panel's title.
const TITLE: f64 = 26.0;
/// A lane that only edges pass.
const NARROW: f64 = 18.0;
/// Between boxes of neighbouring lanes.
const BESIDE: f64 = 14.0;
/// Radius of a sign.
const SIGN: f64 = 10.0;

/// The picture.
pub fn svg(subject: &Subject, options: &Options) -> String {
    let panels = figure::panels(subject, options);
    let drawn: Vec<Drawn> = panels
        .iter()
        .map(|panel| Drawn::new(panel, options))
        .collect();
    let (mut x, mut y) = (MARGIN, MARGIN + HEADING);
    let mut places = Vec::new();
    for panel in &drawn {
        places.push((x, y));
        match options.direction {
            Direction::Down => x += panel.size.0 + MARGIN,
            Direction::Right => y += panel.size.1 + MARGIN,
        }
    }
    let widest = drawn.iter().map(|panel| panel.size.0).fold(0.0, f64::max);
    let highest = drawn.iter().map(|panel| panel.size.1).fold(0.0, f64::max);
    let (width, bottom) = match options.direction {
        Direction::Down => (x, MARGIN + HEADING + highest),
        Direction::Right => (widest + 2.0 * MARGIN, y - MARGIN),
    };
    let largest = panels
        .iter()
        .flat_map(|panel| &panel.items)
        .filter_map(|item| item.share)
        .fold(0.0, f64::max);
    let width = width.max(560.0);
    let (legend, below) = legend(subject, options, &panels, largest, width, bottom + 36.0);
    let height = below + MARGIN;
    let title = subject.model.title();
    let rule = &subject.analysis.rule;
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\">\n\
         <title>{0}</title>\n{1}<rect class=\"page\" width=\"100%\" height=\"100%\"/>\n\
         <text class=\"h\" x=\"{MARGIN}\" y=\"{2}\">{0}</text>\n<text class=\"s\" x=\"{MARGIN}\" y=\"{3}\">{4}</text>\n",
        xml(title),
        style(options.theme),
        MARGIN + 14.0,
        MARGIN + 34.0,
        xml(&format!(
            "{} parameters · {} {} (rule {rule}) · input {}",
            short(subject.params().0),
            short(subject.macs().0),
            rule.unit(),
            subject
                .model
                .network
                .ids()
                .next()
                .and_then(|id| subject.analysis.shapes[id])
                .map_or_else(String::new, |shape| shape.to_string())
        )),
    );
    for (panel, &(x, y)) in drawn.iter().zip(&places) {
        text += &format!("<g transform=\"translate({x:.1} {y:.1})\">\n");
        text += &panel.text(options, largest);
        text += "</g>\n";
    }
    // Over the panels, so that none hides a line's end.
    for (pair, corners) in drawn.windows(2).zip(places.windows(2)) {
        let ((x, y), next) = (corners[0], corners[1]);
        let (from, to) = (pair[0].exit, pair[1].enter);
        text += &connector(
            options.direction,
            (x + from.0, y + from.1),
            (next.0 + to.0, next.1 + to.1),
            next,
        );
    }
    text + &legend + "</svg>\n"
}

/// A panel with the sizes of what is in it.
struct Drawn<'p> {
    panel: &'p Panel,
    layout: Layout,
    direction: Direction,
    /// Width and height of every box.
    cell: (f64, f64),
    /// Where each rank begins along the flow, and its extent.
    ranks: Vec<(f64, f64)>,
    /// Where each lane begins across it, and its extent.
    lanes: Vec<(f64, f64)>,
    size: (f64, f64),
    enter: (f64, f64),
    exit: (f64, f64),
}

/// A rough width of a line of text at 11 pixels.
fn text_width(line: &str) -> f64 {
    line.chars().count() as f64 * 5.9
}

impl<'p> Drawn<'p> {
    fn new(panel: &'p Panel, options: &Options) -> Self {
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
        let mut at = if is_down { TITLE + 8.0 } else { 14.0 };
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
                (true, _) if is_down => 40.0,
                (true, _) => 34.0,
                _ if bypass => 26.0,
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
        let mut across = if is_down { 16.0 } else { TITLE + 22.0 };
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
        across += if bypass { 22.0 } else { 2.0 };
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
    fn turned(&self, along: f64, across: f64) -> (f64, f64) {
        match self.direction {
            Direction::Down => (across, along),
            Direction::Right => (along, across),
        }
    }

    /// The middle of a lane.
    fn lane(&self, lane: usize) -> f64 {
        self.lanes[lane].0 + self.lanes[lane].1 / 2.0
    }

    /// The middle of an item, along and across.
    fn middle(&self, i: usize) -> (f64, f64) {
        let (start, extent) = self.ranks[self.layout.ranks[i]];
        (start + extent / 2.0, self.lane(self.layout.lanes[i]))
    }

    /// Half of what an item takes, along and across.
    fn half(&self, i: usize) -> (f64, f64) {
        let is_down = self.direction == Direction::Down;
        let (width, height) = item_size(&self.panel.items[i], self.cell, is_down);
        if is_down {
            (height / 2.0, width / 2.0)
        } else {
            (width / 2.0, height / 2.0)
        }
    }

    fn text(&self, options: &Options, largest: f64) -> String {
        let mut text = format!(
            "<rect class=\"panel\" width=\"{:.1}\" height=\"{:.1}\" rx=\"8\"/>\n",
            self.size.0, self.size.1
        );
        if !self.panel.title.is_empty() {
            text += &format!(
                "<text class=\"t\" x=\"12\" y=\"18\">{}</text>\n",
                xml(&self.panel.title)
            );
        }
        for frame in &self.panel.frames {
            text += &self.frame(frame);
        }
        if let Some(entry) = &self.panel.entry {
            let (start, extent) = self.ranks[0];
            let width = text_width(entry) + 14.0;
            let (x, y) = self.turned(start + extent / 2.0, self.lane(0));
            text += &format!(
                "<rect class=\"in\" x=\"{:.1}\" y=\"{:.1}\" width=\"{width:.1}\" height=\"18\" rx=\"9\"/>\
                 <text class=\"m c\" x=\"{x:.1}\" y=\"{:.1}\">{}</text>\n",
                x - width / 2.0,
                y - 9.0,
                y + 3.5,
                xml(entry)
            );
        }
        for edge in &self.layout.edges {
            text += &self.edge(edge);
        }
        // What goes on behind the last item.
        if let Some(last) = self.panel.items.len().checked_sub(1) {
            let (along, across) = self.middle(last);
            let (x, y) = self.turned(along + self.half(last).0, across);
            text += &format!(
                "<path class=\"e\" d=\"M{x:.1} {y:.1}L{:.1} {:.1}\"/>\n",
                self.exit.0, self.exit.1
            );
        }
        for i in 0..self.panel.items.len() {
            text += &self.item(i, options, largest);
        }
        text
    }

    fn frame(&self, frame: &figure::Frame) -> String {
        let ranks = frame.items.clone().map(|i| self.layout.ranks[i]);
        let (first, last) = (ranks.clone().min().unwrap_or(0), ranks.max().unwrap_or(0));
        let start = self.ranks[first].0 - 22.0;
        let end = self.ranks[last].0 + self.ranks[last].1 + 7.0;
        let across = match self.direction {
            Direction::Down => (8.0, self.size.0 - 8.0),
            Direction::Right => (TITLE + 2.0, self.size.1 - 6.0),
        };
        let (x, y) = self.turned(start, across.0);
        let (right, bottom) = self.turned(end, across.1);
        format!(
            "<rect class=\"frame\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"{:.1}\" rx=\"6\"/>\
             <text class=\"f\" x=\"{:.1}\" y=\"{:.1}\">{}</text>\n",
            right - x,
            bottom - y,
            x + 7.0,
            y + 13.0,
            xml(&frame.label)
        )
    }

    fn edge(&self, edge: &Edge) -> String {
        let (to_along, to_across) = self.middle(edge.to);
        let (to_half, to_side) = self.half(edge.to);
        let to_rank = self.layout.ranks[edge.to];
        let (from_along, from_across, from_half, from_side, from_rank, from_lane) =
            if let Some(i) = edge.from {
                let ((along, across), (half, side)) = (self.middle(i), self.half(i));
                let (rank, lane) = (self.layout.ranks[i], self.layout.lanes[i]);
                (along, across, half, side, rank, lane)
            } else {
                let Some(entry) = &self.panel.entry else {
                    return String::new();
                };
                let (start, extent) = self.ranks[0];
                let side = match self.direction {
                    Direction::Down => text_width(entry) / 2.0 + 7.0,
                    Direction::Right => 9.0,
                };
                let (half, middle) = (extent / 2.0, start + extent / 2.0);
                (middle, self.lane(0), half, side, 0, 0)
            };
        let gap_after = |rank: usize| {
            let end = self.ranks[rank].0 + self.ranks[rank].1;
            let next = self.ranks.get(rank + 1).map_or(end + 14.0, |next| next.0);
            // Above a frame's label.
            end + (next - end).min(14.0) / 2.0
        };
        let mut points: Vec<(f64, f64)> = Vec::new();
        let lane = edge.lane.unwrap_or(self.layout.lanes[edge.to]);
        let passing = self.lane(lane);
        if edge.lane.is_some()
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
        let to_lane = self.layout.lanes[edge.to];
        let is_sign = self.panel.items[edge.to].sign.is_some();
        let sideways = if edge.lane.is_some() { lane } else { from_lane };
        let at_side =
            is_sign && sideways > to_lane && self.layout.is_clear(to_rank, to_lane, sideways + 1);
        if at_side {
            // Where the edge has no lane of its own it comes down the one that it starts in.
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
        let identity = edge.shortcut
            && is_sign
            && !edge
                .from
                .is_some_and(|from| self.panel.items[from].on_shortcut);
        let class = match (edge.shortcut, identity) {
            (true, true) => "k i",
            (true, false) => "k",
            _ => "e",
        };
        let path: Vec<String> = points
            .iter()
            .map(|&(along, across)| {
                let (x, y) = self.turned(along, across);
                format!("{x:.1} {y:.1}")
            })
            .collect();
        let head = if edge.shortcut { "r" } else { "a" };
        format!(
            "<path class=\"{class}\" d=\"M{}\" marker-end=\"url(#{head})\" stroke-linejoin=\"round\"/>\n",
            path.join("L")
        )
    }

    fn item(&self, i: usize, options: &Options, largest: f64) -> String {
        let item = &self.panel.items[i];
        let (along, across) = self.middle(i);
        let (x, y) = self.turned(along, across);
        let fill = match (&options.paint, item.share) {
            (Paint::Kind, _) | (_, None) => {
                let place = Category::ALL.iter().position(|&c| c == item.category);
                format!("c{}", place.unwrap_or(0))
            }
            (_, Some(share)) => format!("q{}", step(share, largest)),
        };
        let on = if item.on_shortcut { " k on" } else { "" };
        let mut text = format!("<g><title>{}</title>", xml(&item.tooltip));
        if let Some(sign) = item.sign {
            text += &format!(
                "<circle class=\"b {fill}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{SIGN}\"/>\
                 <text class=\"t c\" x=\"{x:.1}\" y=\"{:.1}\">{sign}</text></g>\n",
                y + 4.5
            );
            return text;
        }
        if let Some(shortcut) = item.bypass {
            text += &self.bypass(i, shortcut);
        }
        let (width, height) = item_size(item, self.cell, self.direction == Direction::Down);
        text += &format!(
            "<rect class=\"b {fill}{on}\" style=\"fill-opacity:1\" x=\"{:.1}\" y=\"{:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"4\"/>",
            x - width / 2.0,
            y - height / 2.0
        );
        let top = y - (item.lines.len() as f64 - 1.0) * 6.75 + 4.0;
        for (index, line) in item.lines.iter().enumerate() {
            let class = if index == 0 && item.lines.len() > 1 {
                "n c"
            } else {
                "c"
            };
            text += &format!(
                "<text class=\"{class}\" x=\"{x:.1}\" y=\"{:.1}\">{}</text>",
                top + index as f64 * 13.5,
                xml(line)
            );
        }
        text + "</g>\n"
    }

    /// The shortcut of a block drawn as one box: from before it to behind it, along its side.
    fn bypass(&self, i: usize, shortcut: Shortcut) -> String {
        let (along, across) = self.middle(i);
        let (half, side) = self.half(i);
        let class = match shortcut {
            Shortcut::Identity => "k i",
            Shortcut::Projection { .. } | Shortcut::ZeroPadding { .. } | Shortcut::Gate => "k",
        };
        let (before, behind) = (along - half - 15.0, along + half + 7.0);
        let outside = across + side + 14.0;
        let points = [
            (before, across),
            (before, outside),
            (behind, outside),
            (behind, across + 1.0),
        ]
        .map(|(along, across)| self.turned(along, across))
        .map(|(x, y)| format!("{x:.1} {y:.1}"));
        format!(
            "<path class=\"{class}\" d=\"M{}\" marker-end=\"url(#r)\" stroke-linejoin=\"round\"/>",
            points.join("L")
        )
    }
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
