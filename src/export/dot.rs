//! Graphviz: a cluster per stage and block, stages side by side, shortcuts at their side, equal blocks drawn once.

use super::fault::notices;
use super::figure::{self, Item, Panel};
use super::legend::{Swatch, entries, share_fill};
use super::style::{Direction, Options, Paint, SCALE, light, step, xml};
use crate::analysis::downsample::Shortcut;
use crate::message;
use crate::report::format::short;
use crate::report::{Level, Subject};
use crate::text::{Language, Message};

/// Colour of everything on a shortcut.
const SHORTCUT: &str = "#c0392b";

/// The network as a DOT graph.
pub fn dot(subject: &Subject, options: &Options) -> String {
    let panels = figure::panels(subject, options);
    let shares = panels.iter().flat_map(|panel| &panel.items);
    let largest = shares.filter_map(|item| item.share).fold(0.0, f64::max);
    let (rankdir, side) = match options.direction {
        Direction::Down => ("TB", "e"),
        // Graphviz puts a branch above the path, and the side of a block below it is free.
        Direction::Right if options.level == Level::Layer => ("LR", "n"),
        Direction::Right => ("LR", "s"),
    };
    let mut writer = Writer {
        side,
        direction: options.direction,
        language: options.language,
        largest,
        nodes: 0,
    };
    let columns: Vec<Column> = panels
        .iter()
        .enumerate()
        .map(|(number, panel)| writer.column(panel, number))
        .collect();
    let mut pieces = Vec::new();
    let mut edges = String::new();
    for (number, column) in columns.iter().enumerate() {
        if let Some(before) = number.checked_sub(1).map(|before| &columns[before]) {
            pieces.push(corners(number));
            edges += &way(before, column, number, options.direction);
        }
        pieces.push(column.nodes.clone());
        edges += &column.edges;
    }
    // From left to right, Graphviz puts the first column at the bottom.
    if options.direction == Direction::Right {
        pieces.reverse();
    }
    let legend = legend(subject, options, &panels, largest);
    format!(
        "digraph {} {{\n  graph [label=<{legend}>, rankdir={rankdir}, newrank=true, labelloc=t, fontname=\"Helvetica\", fontsize=11, nodesep=0.3, ranksep=0.25]\n  \
         node [shape=box, style=\"rounded,filled\", fontname=\"Helvetica\", fontsize=11, margin=\"0.12,0.05\", color=\"#555555\"]\n  \
         edge [fontname=\"Helvetica\", fontsize=9, color=\"#555555\", fontcolor=\"#333333\", arrowsize=0.7]\n{}{edges}}}\n",
        quote(&subject.model.spec.name),
        pieces.concat(),
    )
}

fn heading(subject: &Subject) -> Message {
    message!(
        "figure-dot-heading",
        title = subject.model.title(),
        parameters = short(subject.params().0),
        operations = short(subject.macs().0),
        unit = subject.analysis.rule.unit(),
        rule = subject.analysis.rule.name(),
    )
}

/// A DOT string: quotes and backslashes escaped, line breaks as `\n`.
fn quote(text: &str) -> String {
    let escaped = text
        .replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('\n', "\\n");
    format!("\"{escaped}\"")
}

/// DOT text of a panel, with the nodes at its two ends.
struct Column {
    nodes: String,
    edges: String,
    first: String,
    last: String,
}

/// Two corners between a column and the one before it; without them Graphviz would draw the line through boxes.
fn corners(number: usize) -> String {
    format!(
        "  subgraph \"cluster between {number}\" {{\n    style=invis; label=\"\"; node [shape=point, width=0.01, height=0.01, style=\"\"]\n    \
         low{number} [label=\"\"]\n    high{number} [label=\"\"]\n    high{number} -> low{number} [dir=none, weight=20]\n  }}\n"
    )
}

/// The line from the end of a column to the beginning of the next, through the corners between them, each of which shares a
/// rank with its end.
fn way(from: &Column, to: &Column, number: usize, direction: Direction) -> String {
    let (low, high) = (format!("low{number}"), format!("high{number}"));
    let ranks = format!(
        "  {{ rank=same; {}; {low} }}\n  {{ rank=same; {}; {high}; {} }}\n",
        from.last, from.first, to.first
    );
    // An edge within a rank also determines the order of its ends.
    ranks
        + &match direction {
            Direction::Down => format!(
                "  {} -> {low} [dir=none]\n  {} -> {high} [style=invis]\n  {high} -> {}\n",
                from.last, from.first, to.first
            ),
            Direction::Right => format!(
                "  {low} -> {} [dir=none]\n  {high} -> {} [style=invis]\n  {} -> {high} [dir=back]\n",
                from.last, from.first, to.first
            ),
        }
}

struct Writer {
    /// Side on which shortcuts pass.
    side: &'static str,
    direction: Direction,
    language: Language,
    largest: f64,
    /// Number of nodes written so far.
    nodes: usize,
}

impl Writer {
    fn column(&mut self, panel: &Panel, number: usize) -> Column {
        let start = self.nodes;
        self.nodes += panel.items.len();
        let entry = format!("in{number}");
        let name = |item: Option<usize>| {
            item.map_or_else(|| entry.clone(), |item| format!("n{}", start + item))
        };
        let (mut text, mut edges) = (String::new(), String::new());
        // On the side without incoming lines.
        let (title, label) = match self.direction {
            Direction::Down => ("labeljust=l", "labeljust=l"),
            Direction::Right => ("labeljust=r", "labeljust=l; labelloc=b"),
        };
        let boxed = !panel.title.is_empty();
        if boxed {
            text += &cluster(&format!("stage {number}"), &panel.title, title, "#f7f7f7");
        }
        if let Some(shape) = &panel.entry {
            text += &format!(
                "    {entry} [label={}, fillcolor=\"#ffffff\", fontsize=9, height=0.2]\n",
                quote(shape)
            );
        }
        for (i, item) in panel.items.iter().enumerate() {
            let frame = panel.frames.iter().find(|frame| frame.items.contains(&i));
            if let Some(frame) = frame.filter(|frame| frame.items.start == i) {
                let id = format!("block {}", start + i);
                text += &cluster(&id, &frame.label, label, "#ffffff");
            }
            text += &format!("      {} [{}]\n", name(Some(i)), self.look(item));
            if frame.is_some_and(|frame| frame.items.end == i + 1) {
                text += "    }\n";
            }
        }
        if boxed {
            text += "  }\n";
        }
        for link in panel.links() {
            let has_tail = link.from.is_some() || panel.entry.is_some();
            if has_tail {
                let (tail, head) = (name(link.from), name(Some(link.to)));
                let from = link.from.map(|from| &panel.items[from]);
                edges += &format!(
                    "  {tail} -> {head} [{}]\n",
                    self.edge(link, from, &panel.items[link.to])
                );
            }
        }
        for (i, item) in panel.items.iter().enumerate() {
            if let Some(shortcut) = item.bypass {
                let (tail, head) = (name(i.checked_sub(1)), name(Some(i)));
                edges += &format!("  {tail} -> {head} [{}]\n", self.bypass(shortcut));
            }
        }
        let first = panel.entry.as_ref().map_or(Some(0), |_| None);
        Column {
            first: name(first),
            last: name(panel.items.len().checked_sub(1)),
            nodes: text,
            edges,
        }
    }

    fn look(&self, item: &Item) -> String {
        let lines = match item.sign {
            Some(sign) => sign.to_string(),
            None => item.without_shape().join("\n"),
        };
        let (fill, ink) = match item.share {
            None => (light(item.category), "#000000"),
            Some(share) => {
                let (fill, _, turned) = SCALE[step(share, self.largest)];
                (fill, if turned { "#ffffff" } else { "#000000" })
            }
        };
        let mut look = format!("label={}, fillcolor=\"{fill}\"", quote(&lines));
        if ink != "#000000" {
            look += &format!(", fontcolor=\"{ink}\"");
        }
        if item.sign.is_some() {
            look += ", shape=circle, width=0.3, height=0.3, fixedsize=true, fontsize=14";
        }
        if item.fault.is_some() {
            look += &format!(", color=\"{SHORTCUT}\", penwidth=4");
        } else if item.on_shortcut() {
            look += &format!(", color=\"{SHORTCUT}\", penwidth=1.6");
        }
        look + &format!(", tooltip={}", quote(&item.tooltip))
    }

    fn edge(&self, link: figure::Link, from: Option<&Item>, to: &Item) -> String {
        let side = self.side;
        let mut style = Vec::new();
        // A label only at changes of shape is more informative than the same label on every edge.
        if let Some(from) = from.filter(|from| from.reshapes) {
            style.push(format!("label={}", quote(&format!(" {}", from.output))));
        }
        if !link.shortcut {
            style.push("weight=8".to_owned());
            return style.join(", ");
        }
        // Consecutive items of a shortcut are close together, and the way back to the path may be long.
        let within = to.on_shortcut() && from.is_some_and(Item::on_shortcut);
        let weight = if within { 4 } else { 0 };
        style.push(format!(
            "color=\"{SHORTCUT}\", penwidth=1.8, weight={weight}"
        ));
        if link.identity {
            style.push(format!(
                "style=dashed, tailport={side}, headport={side}, tooltip={}",
                quote(self.language.word("figure-identity-shortcut"))
            ));
        }
        style.join(", ")
    }

    /// Edge for the shortcut of a block that is drawn as one box.
    fn bypass(&self, shortcut: Shortcut) -> String {
        let style = match shortcut {
            Shortcut::Identity => "dashed",
            Shortcut::Projection { .. }
            | Shortcut::ZeroPadding { .. }
            | Shortcut::Pool { .. }
            | Shortcut::Gate => "solid",
        };
        format!(
            "color=\"{SHORTCUT}\", penwidth=1.8, style={style}, weight=0, tailport={0}, headport={0}, tooltip={1}",
            self.side,
            quote(&self.language.say(&shortcut.describe()))
        )
    }
}

fn cluster(id: &str, label: &str, place: &str, background: &str) -> String {
    format!(
        "  subgraph {} {{\n    label={}; {place}; style=\"rounded,filled\"; color=\"#bbbbbb\"; fillcolor=\"{background}\"; fontname=\"Helvetica\"; fontsize=11\n",
        quote(&format!("cluster {id}")),
        quote(label)
    )
}

/// Heading, and below it the legend of the colours and lines in use.
fn legend(subject: &Subject, options: &Options, panels: &[Panel], largest: f64) -> String {
    let language = options.language;
    let mut cells = String::new();
    for (swatch, label) in entries(subject, options, panels, largest) {
        let sign = match swatch {
            Swatch::Kind(category) => format!("<td bgcolor=\"{}\">    </td>", light(category)),
            Swatch::Share(index) => format!("<td bgcolor=\"{}\">    </td>", share_fill(index)),
            Swatch::Shortcut { identity } => {
                let line = if identity { "- - -" } else { "───" };
                format!("<td><font color=\"{SHORTCUT}\">{line}</font></td>")
            }
        };
        cells += &format!("{sign}<td>{}   </td>", xml(&label));
    }
    let mut below: Vec<String> = Vec::new();
    if let Paint::Measured { machine, .. } = &options.paint {
        below.push(format!("<tr><td>{}</td></tr>", xml(&language.say(machine))));
    }
    below.extend(notices(subject, language).iter().map(|notice| {
        format!(
            "<tr><td><font color=\"{SHORTCUT}\">{}</font></td></tr>",
            xml(notice)
        )
    }));
    format!(
        "<table border=\"0\" cellborder=\"0\"><tr><td><font point-size=\"18\">{}</font></td></tr>\
         <tr><td><table border=\"0\" cellborder=\"0\" cellspacing=\"3\"><tr>{cells}</tr></table></td></tr>{}</table>",
        xml(&language.say(&heading(subject))),
        below.concat()
    )
}
