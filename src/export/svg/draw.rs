//! A panel's frames, edges and items as SVG.

use super::place::{Drawn, item_size};
use super::{SIGN, TITLE, text_width};
use crate::analysis::downsample::Shortcut;
use crate::export::figure;
use crate::export::layout::Edge;
use crate::export::style::{Direction, Options, Paint, step, xml};
use crate::network::Category;

impl Drawn<'_> {
    pub(super) fn text(&self, options: &Options, largest: f64) -> String {
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
        for i in 0..self.panel.items.len() {
            text += &self.item(i, options, largest);
        }
        text
    }

    /// What goes on behind the last item.
    pub(super) fn way_out(&self) -> String {
        let Some(last) = self.panel.items.len().checked_sub(1) else {
            return String::new();
        };
        let (along, across) = self.middle(last);
        let (x, y) = self.turned(along + self.half(last).0, across);
        format!(
            "<path class=\"e\" d=\"M{x:.1} {y:.1}L{:.1} {:.1}\"/>\n",
            self.exit.0, self.exit.1
        )
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
        let lane = edge.lane.unwrap_or(self.layout.lanes[link.to]);
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
        let to_lane = self.layout.lanes[link.to];
        let is_sign = self.panel.items[link.to].sign.is_some();
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
        let class = match (link.shortcut, link.identity) {
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
        let head = if link.shortcut { "r" } else { "a" };
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
        let mut text = format!("<g class=\"x\"><title>{}</title>", xml(&item.tooltip));
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
            Shortcut::Projection { .. }
            | Shortcut::ZeroPadding { .. }
            | Shortcut::Pool { .. }
            | Shortcut::Gate => "k",
        };
        let (before, behind) = (along - half - 15.0, along + half + 9.0);
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
