//! A panel's frames, edges and items as SVG.

use crate::analysis::downsample::Shortcut;
use crate::export::figure;
use crate::export::layout::Edge;
use crate::export::place::{Drawn, FRAME_ABOVE, FRAME_BELOW, SIGN, TITLE};
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
        if let (Some(entry), Some(place)) = (&self.panel.entry, self.entry()) {
            let (left, top) = place.corner();
            text += &format!(
                "<rect class=\"in\" x=\"{left:.1}\" y=\"{top:.1}\" width=\"{:.1}\" height=\"{}\" rx=\"9\"/>\
                 <text class=\"m c\" x=\"{:.1}\" y=\"{:.1}\">{}</text>\n",
                place.width,
                place.height,
                place.x,
                place.y + 3.5,
                xml(entry)
            );
        }
        text.extend(self.layout.edges.iter().filter_map(|edge| self.edge(edge)));
        for i in 0..self.panel.items.len() {
            text += &self.item(i, options, largest);
        }
        text
    }

    /// Line that continues after the last item.
    pub(super) fn line_out(&self) -> String {
        self.way_out().map_or_else(String::new, |[from, to]| {
            format!(
                "<path class=\"e\" d=\"M{:.1} {:.1}L{:.1} {:.1}\"/>\n",
                from.0, from.1, to.0, to.1
            )
        })
    }

    fn frame(&self, frame: &figure::Frame) -> String {
        let ranks = frame.items.clone().map(|i| self.layout.ranks[i]);
        let (first, last) = (ranks.clone().min().unwrap_or(0), ranks.max().unwrap_or(0));
        let start = self.ranks[first].0 - FRAME_ABOVE;
        let end = self.ranks[last].0 + self.ranks[last].1 + FRAME_BELOW;
        let across = match self.direction {
            Direction::Down => (8.0, self.size.0 - 8.0),
            Direction::Right => (TITLE + 2.0, self.size.1 - 6.0),
        };
        let (x, y) = self.oriented(start, across.0);
        let (right, bottom) = self.oriented(end, across.1);
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

    fn edge(&self, edge: &Edge) -> Option<String> {
        let points = self.points(edge)?;
        let link = edge.link;
        let class = match (link.shortcut, link.identity) {
            (true, true) => "k i",
            (true, false) => "k",
            _ => "e",
        };
        let path: Vec<String> = points
            .iter()
            .map(|(x, y)| format!("{x:.1} {y:.1}"))
            .collect();
        let head = if link.shortcut { "r" } else { "a" };
        Some(format!(
            "<path class=\"{class}\" d=\"M{}\" marker-end=\"url(#{head})\" stroke-linejoin=\"round\"/>\n",
            path.join("L")
        ))
    }

    fn item(&self, i: usize, options: &Options, largest: f64) -> String {
        let item = &self.panel.items[i];
        let (along, across) = self.middle(i);
        let (x, y) = self.oriented(along, across);
        let fill = match (&options.paint, item.share) {
            (Paint::Kind, _) | (_, None) => {
                let place = Category::ALL.iter().position(|&c| c == item.category);
                format!("c{}", place.unwrap_or(0))
            }
            (_, Some(share)) => format!("q{}", step(share, largest)),
        };
        let on = match (item.fault.is_some(), item.on_shortcut()) {
            (true, _) => " k bad",
            (false, true) => " k on",
            (false, false) => "",
        };
        let mut text = format!("<g class=\"x\"><title>{}</title>", xml(&item.tooltip));
        if let Some(sign) = item.sign {
            text += &format!(
                "<circle class=\"b {fill}{on}\" style=\"fill-opacity:1\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{SIGN}\"/>\
                 <text class=\"t c\" x=\"{x:.1}\" y=\"{:.1}\">{sign}</text></g>\n",
                y + 4.5
            );
            return text;
        }
        if let Some(shortcut) = item.bypass {
            text += &self.bypass(i, shortcut);
        }
        let place = self.place(i);
        let (left, upper) = place.corner();
        text += &format!(
            "<rect class=\"b {fill}{on}\" style=\"fill-opacity:1\" x=\"{left:.1}\" y=\"{upper:.1}\" width=\"{:.1}\" height=\"{:.1}\" rx=\"4\"/>",
            place.width, place.height
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

    /// Shortcut of a block drawn as one box: along its side, from before it to after it.
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
        let (before, after) = (along - half - 15.0, along + half + 9.0);
        let outside = across + side + 14.0;
        let points = [
            (before, across),
            (before, outside),
            (after, outside),
            (after, across + 1.0),
        ]
        .map(|(along, across)| self.oriented(along, across))
        .map(|(x, y)| format!("{x:.1} {y:.1}"));
        format!(
            "<path class=\"{class}\" d=\"M{}\" marker-end=\"url(#r)\" stroke-linejoin=\"round\"/>",
            points.join("L")
        )
    }
}
