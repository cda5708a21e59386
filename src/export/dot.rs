//! Graphviz: a cluster per stage and block, stages side by side, shortcuts beside their block, equal blocks drawn
//! once. Ranks and lanes are those of the one layout, as hints for Graphviz's own.

use super::fault::notices;
use super::figure::{self, Item, Panel};
use super::layout::{Edge, Layout};
use super::legend::{Swatch, entries, share_fill};
use super::style::{Direction, Options, Paint, SCALE, light, step, xml};
use crate::analysis::downsample::Shortcut;
use crate::message;
use crate::network::Category;
use crate::report::Subject;
use crate::report::format::short;
use crate::sorting::Sorting;
use crate::text::{Language, Message};

/// Colour of everything on a shortcut.
const SHORTCUT: &str = "#c0392b";

/// Look of a sign in a circle.
const SIGN: &str = "shape=circle, width=0.3, height=0.3, fixedsize=true, fontsize=14";

/// The network as a DOT graph.
pub fn dot(subject: &Subject, options: &Options) -> String {
    let panels = figure::panels(subject, options);
    let shares = panels.iter().flat_map(|panel| &panel.items);
    let largest = shares.filter_map(|item| item.share).fold(0.0, f64::max);
    let (rankdir, side) = match options.direction {
        Direction::Down => ("TB", "e"),
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
                "  {} -> {low} [dir=none, tailport=e]\n  {} -> {high} [style=invis]\n  {high} -> {}\n",
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
        let names = Names {
            panel,
            number,
            start: self.nodes,
        };
        self.nodes += panel.items.len();
        let layout = Layout::new(panel);
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
                "    in{number} [label={}, fillcolor=\"#ffffff\", fontsize=9, height=0.2, group=main{number}]\n",
                quote(shape)
            );
        }
        for (i, item) in panel.items.iter().enumerate() {
            let frame = panel.frames.iter().find(|frame| frame.items.contains(&i));
            if let Some(frame) = frame.filter(|frame| frame.items.start == i) {
                let id = format!("block {}", names.start + i);
                text += &cluster(&id, &frame.label, label, "#ffffff");
            }
            let group = match layout.lanes[i] {
                0 => format!(", group=main{number}"),
                _ => String::new(),
            };
            text += &format!("      {} [{}{group}]\n", names.item(i), self.look(item));
            if item.bypass.is_some() {
                text += &sum(&names.output(i), number);
            }
            let passing = layout.edges.iter().filter(|edge| edge.link.to == i);
            for edge in passing {
                if let Some(tail) = names.tail(edge.link.from) {
                    let (point, pinned) = self.edge(&names, &layout, edge, &tail);
                    text += &point;
                    edges += &pinned;
                }
            }
            if let Some(shortcut) = item.bypass {
                let (point, pinned) = self.bypass(&names, i, shortcut);
                text += &point;
                edges += &pinned;
            }
            if frame.is_some_and(|frame| frame.items.end == i + 1) {
                text += "    }\n";
            }
        }
        if boxed {
            text += "  }\n";
        }
        edges += &ranks(&names, &layout);
        let last = panel.items.len().checked_sub(1);
        Column {
            first: match panel.entry {
                Some(_) => format!("in{number}"),
                None => names.item(0),
            },
            last: last.map_or_else(|| format!("in{number}"), |last| names.output(last)),
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
            look += &format!(", {SIGN}");
        }
        if item.fault.is_some() {
            look += &format!(", color=\"{SHORTCUT}\", penwidth=4");
        } else if item.on_shortcut() {
            look += &format!(", color=\"{SHORTCUT}\", penwidth=1.6");
        }
        look + &format!(", tooltip={}", quote(&item.tooltip))
    }

    /// An edge between items, and the point that it passes if it is an identity shortcut: at the rank and beside the lane that
    /// the layout gives it.
    fn edge(
        &self,
        names: &Names<'_>,
        layout: &Layout,
        edge: &Edge,
        tail: &str,
    ) -> (String, String) {
        let link = edge.link;
        let (panel, head) = (names.panel, names.item(link.to));
        let from = link.from.map(|from| &panel.items[from]);
        let mut style = Vec::new();
        // A label only at changes of shape is more informative than the same label on every edge.
        if let Some(from) = from.filter(|from| from.reshapes) {
            style.push(format!("label={}", quote(&format!(" {}", from.output))));
        }
        if link.identity {
            let tooltip = self.language.word("figure-identity-shortcut");
            let rank = link.from.map_or(0, |from| layout.ranks[from]);
            let beside = usize::midpoint(rank, layout.ranks[link.to]);
            let beside = (0..panel.items.len())
                .filter(|&i| layout.ranks[i] == beside && edge.lane.is_some())
                .max_by_key(|&i| layout.lanes[i]);
            return self.pass(
                tail,
                &head,
                beside.map(|i| names.item(i)),
                "dashed",
                tooltip,
            );
        }
        if link.shortcut {
            // Consecutive items of a shortcut are close together, and the way back to the path may be long.
            let within = panel.items[link.to].on_shortcut() && from.is_some_and(Item::on_shortcut);
            let weight = if within { 4 } else { 0 };
            style.push(format!(
                "color=\"{SHORTCUT}\", penwidth=1.8, weight={weight}"
            ));
        } else {
            style.push("weight=8".to_owned());
        }
        (
            String::new(),
            format!("  {tail} -> {head} [{}]\n", style.join(", ")),
        )
    }

    /// Edges around a block that is drawn as one box: into its ⊕, and the shortcut beside it.
    fn bypass(&self, names: &Names<'_>, i: usize, shortcut: Shortcut) -> (String, String) {
        let style = match shortcut {
            Shortcut::Identity => "dashed",
            Shortcut::Projection { .. }
            | Shortcut::ZeroPadding { .. }
            | Shortcut::Pool { .. }
            | Shortcut::Gate => "solid",
        };
        let (block, sum) = (names.item(i), names.output(i));
        let into = format!("  {block} -> {sum} [weight=8]\n");
        let read = names.panel.items[i].inputs.first();
        let Some(tail) = read.and_then(|&read| names.tail(read)) else {
            return (String::new(), into);
        };
        let tooltip = self.language.say(&shortcut.describe());
        let (point, around) = self.pass(&tail, &sum, Some(block), style, &tooltip);
        (point, into + &around)
    }

    /// A line of a shortcut that leaves and enters at the side, and in between passes a point in the rank of `beside`, after it.
    fn pass(
        &self,
        tail: &str,
        head: &str,
        beside: Option<String>,
        style: &str,
        tooltip: &str,
    ) -> (String, String) {
        let side = self.side;
        let look = format!(
            "color=\"{SHORTCUT}\", penwidth=1.8, style={style}, weight=0, tooltip={}",
            quote(tooltip)
        );
        let Some(beside) = beside else {
            let edge = format!("  {tail} -> {head} [{look}, tailport={side}, headport={side}]\n");
            return (String::new(), edge);
        };
        let point = format!("by_{head}");
        let (into, out) = match self.direction {
            Direction::Down => ("n", "s"),
            Direction::Right => ("w", "e"),
        };
        let edges = format!(
            "  {{ rank=same; {beside}; {point} }}\n  {beside} -> {point} [style=invis]\n  \
             {tail} -> {point} [{look}, dir=none, tailport={side}, headport={into}]\n  \
             {point} -> {head} [{look}, tailport={out}, headport={side}]\n"
        );
        let point = format!(
            "      {point} [shape=point, style=invis, width=0.01, height=0.01, label=\"\"]\n"
        );
        (point, edges)
    }
}

/// Names of a panel's nodes.
struct Names<'a> {
    panel: &'a Panel,
    number: usize,
    /// Number of items in the panels before.
    start: usize,
}

impl Names<'_> {
    fn item(&self, i: usize) -> String {
        format!("n{}", self.start + i)
    }

    /// Node that has an item's output: the ⊕ after a block that is drawn as one box.
    fn output(&self, i: usize) -> String {
        match self.panel.items[i].bypass {
            Some(_) => format!("sum{}", self.start + i),
            None => self.item(i),
        }
    }

    /// Node at the start of an edge; `None` if nothing is known of the panel's input.
    fn tail(&self, from: Option<usize>) -> Option<String> {
        match (from, &self.panel.entry) {
            (Some(from), _) => Some(self.output(from)),
            (None, Some(_)) => Some(format!("in{}", self.number)),
            (None, None) => None,
        }
    }
}

/// The ⊕ of a block that is drawn as one box, in the main lane of a panel.
fn sum(name: &str, number: usize) -> String {
    let fill = light(Category::Residual);
    format!("      {name} [label=\"+\", fillcolor=\"{fill}\", {SIGN}, group=main{number}]\n")
}

/// Items of the same rank, in the order of their lanes.
fn ranks(names: &Names<'_>, layout: &Layout) -> String {
    let mut ranks: Vec<Vec<usize>> = vec![Vec::new(); layout.length];
    for (i, &rank) in layout.ranks.iter().enumerate() {
        ranks[rank].push(i);
    }
    let mut text = String::new();
    for rank in ranks.iter_mut().filter(|rank| rank.len() > 1) {
        rank.order_by_key(|&i| layout.lanes[i]);
        let items: Vec<String> = rank.iter().map(|&i| names.item(i)).collect();
        let (all, order) = (items.join("; "), items.join(" -> "));
        text += &format!("  {{ rank=same; {all} }}\n  {order} [style=invis]\n");
    }
    text
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
