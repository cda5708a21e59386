//! A Mermaid flowchart, which GitHub and many editors draw inside Markdown: a column per stage, and a ⊕ per block, which its
//! shortcut reaches beside it.

use super::fault::notices;
use super::figure::{self, Item, Panel};
use super::legend::{Swatch, entries};
use super::style::{Direction, Options, Paint, light};
use crate::analysis::downsample::Shortcut;
use crate::message;
use crate::network::Category;
use crate::report::{Level, Subject};
use crate::text::{Language, Message};

/// Limits of Mermaid's default settings, which GitHub uses: longer texts and more edges are refused.
const MAX_CHARACTERS: usize = 50_000;
const MAX_EDGES: usize = 500;

/// Settings that GitHub obeys: columns close enough for a page, and lines of text that stay whole.
const CLOSE: &str =
    "config:\n  flowchart:\n    nodeSpacing: 24\n    rankSpacing: 34\n    wrappingWidth: 300\n";

/// Shortcuts, and the borders of what is at fault: at least 3 to 1 on white and on GitHub's dark page.
const RED: &str = "#d1453b";

/// A flowchart without the code fence around it, with the reason if it shows less than was asked for.
pub struct Chart {
    /// Source text.
    pub text: String,
    /// Message about what was folded and why, or that nothing helped.
    pub notice: Option<Message>,
}

/// A flowchart within GitHub's limits: equal blocks are drawn once, then layers as blocks, then blocks as stages, until it fits.
pub fn mermaid(subject: &Subject, options: &Options) -> Chart {
    let asked = flowchart(subject, options);
    let Some(reason) = beyond(&asked) else {
        let (text, notice) = (asked, None);
        return Chart { text, notice };
    };
    let equal = Options {
        fold: true,
        ..options.clone()
    };
    let coarser = Level::ALL
        .into_iter()
        .rev()
        .filter(|&level| level < options.level);
    let coarser = coarser.map(|level| Options {
        level,
        ..equal.clone()
    });
    for fewer in (!options.fold)
        .then(|| equal.clone())
        .into_iter()
        .chain(coarser)
    {
        let text = flowchart(subject, &fewer);
        if beyond(&text).is_none() {
            let notice = message!("export-folded", reason = reason, level = fewer.level.word());
            return Chart {
                text: commented(&text, &notice),
                notice: Some(notice),
            };
        }
    }
    Chart {
        text: commented(&asked, &reason),
        notice: Some(reason),
    }
}

/// A flowchart that begins with a comment; a comment must not come before the title.
fn commented(text: &str, notice: &Message) -> String {
    let notice = Language::ENGLISH.say(notice);
    text.replacen("\nflowchart ", &format!("\n%% {notice}\nflowchart "), 1)
}

/// Reason that a flowchart is not drawn with the default settings.
fn beyond(text: &str) -> Option<Message> {
    let characters = text.encode_utf16().count();
    let is_edge = |line: &&str| line.contains("-->") || line.contains(".->");
    let edges = text.lines().filter(is_edge).count();
    if edges > MAX_EDGES {
        return Some(message!(
            "export-many-edges",
            count = edges,
            limit = MAX_EDGES
        ));
    }
    (characters > MAX_CHARACTERS).then(|| {
        message!(
            "export-many-characters",
            count = characters,
            limit = MAX_CHARACTERS
        )
    })
}

/// The flowchart at the level that is asked for, however large.
pub fn flowchart(subject: &Subject, options: &Options) -> String {
    // Mermaid wraps nothing: a stage stays in one piece.
    let inner = Options {
        direction: Direction::Down,
        paint: Paint::Kind,
        ..options.clone()
    };
    let panels = figure::panels(subject, &inner);
    let mut writer = Writer {
        language: options.language,
        across: options.direction == Direction::Right,
        ..Writer::default()
    };
    for (number, panel) in panels.iter().enumerate() {
        writer.panel(number, panel);
    }
    let flow = match (options.direction, writer.boxes.is_empty()) {
        // Boxes of stages are columns when their insides run down.
        (Direction::Down, false) | (Direction::Right, true) => "LR",
        (Direction::Down, true) | (Direction::Right, false) => "TB",
    };
    writer.legend(subject, &inner, &panels);
    format!(
        "---\ntitle: {}\n{CLOSE}---\nflowchart {flow}\n{}{}{}",
        serde_json::Value::from(subject.model.title().of(options.language)),
        writer.nodes,
        writer.edges,
        writer.styles(&panels)
    )
}

/// Text of a flowchart under construction.
#[derive(Default)]
struct Writer {
    language: Language,
    /// Whether a stage runs from left to right.
    across: bool,
    nodes: String,
    edges: String,
    /// Number of edges written so far.
    count: usize,
    /// Number of items written so far.
    items: usize,
    /// Indices of the edges on shortcuts.
    shortcuts: Vec<String>,
    /// Boxes of stages.
    boxes: Vec<String>,
    /// Nodes at fault.
    broken: Vec<String>,
}

impl Writer {
    fn panel(&mut self, number: usize, panel: &Panel) {
        let first = self.items;
        self.items += panel.items.len();
        if !panel.title.is_empty() {
            self.open(&format!("s{number}"), &panel.title);
            let flow = if self.across { "LR" } else { "TB" };
            self.nodes += &format!("  direction {flow}\n");
        }
        if number > 0 {
            self.entry(panel, number);
        }
        for (i, item) in panel.items.iter().enumerate() {
            let frame = panel
                .frames
                .iter()
                .position(|frame| frame.items.contains(&i));
            let frame = frame.map(|frame| (frame, &panel.frames[frame]));
            if let Some((place, frame)) = frame.filter(|(_, frame)| frame.items.start == i) {
                self.open(&format!("s{number}b{place}"), &frame.label);
            }
            self.item(panel, number, first, i, item);
            if frame.is_some_and(|(_, frame)| frame.items.end == i + 1) {
                self.nodes += "end\n";
            }
        }
        if !panel.title.is_empty() {
            self.nodes += "end\n";
        }
    }

    /// The line from the column before, and the shape that it brings: on it where only the first item reads it, or else a node
    /// of its own, from which shortcuts can start.
    fn entry(&mut self, panel: &Panel, number: usize) {
        let shape = escape(panel.entry.as_deref().unwrap_or(" "));
        let before = number - 1;
        if reads_once(panel) {
            self.edge(&format!("s{before} -- \"{shape}\" --> s{number}"), false);
        } else {
            self.nodes += &format!("  e{number}([\"{shape}\"]):::io\n");
            self.edge(&format!("s{before} --> s{number}"), false);
        }
    }

    /// Opens a box.
    fn open(&mut self, id: &str, label: &str) {
        self.nodes += &format!("subgraph {id}[\"{}\"]\n", escape(label));
        self.boxes.push(id.to_owned());
    }

    /// An item, the ⊕ of its shortcut, and the edges to both.
    fn item(&mut self, panel: &Panel, number: usize, first: usize, i: usize, item: &Item) {
        let id = first + i;
        if item.fault.is_some() {
            self.broken.push(format!("n{id}"));
        }
        self.nodes += &format!("  {}\n", node(id, item));
        let source = |from: Option<usize>| match from {
            Some(from) if panel.items[from].bypass.is_some() => Some(format!("p{}", first + from)),
            Some(from) => Some(format!("n{}", first + from)),
            None => (number > 0 && !reads_once(panel)).then(|| format!("e{number}")),
        };
        for link in panel.links_to(i) {
            if let Some(from) = source(link.from) {
                let arrow = if link.identity { "-.->" } else { "-->" };
                self.edge(&format!("{from} {arrow} n{id}"), link.shortcut);
            }
        }
        let Some(shortcut) = item.bypass else {
            return;
        };
        let sum = class(Category::Residual);
        self.nodes += &format!("  p{id}((\"+\")):::{sum}\n");
        self.edge(&format!("n{id} --> p{id}"), false);
        if let Some(from) = item.inputs.first().and_then(|&from| source(from)) {
            let arrow = match shortcut {
                Shortcut::Identity => "-.->",
                _ => "-->",
            };
            self.edge(&format!("{from} {arrow} p{id}"), true);
        }
    }

    fn edge(&mut self, edge: &str, is_shortcut: bool) {
        if is_shortcut {
            self.shortcuts.push(self.count.to_string());
        }
        self.edges += &format!("{edge}\n");
        self.count += 1;
    }

    /// The colours and lines in use, and the problems of the spec.
    fn legend(&mut self, subject: &Subject, options: &Options, panels: &[Panel]) {
        let title = escape(self.language.word("figure-legend"));
        self.nodes += &format!("subgraph key[\"{title}\"]\n  direction TB\n");
        for (number, (swatch, label)) in entries(subject, options, panels, 0.0)
            .into_iter()
            .enumerate()
        {
            let label = escape(&label);
            match swatch {
                Swatch::Kind(category) => {
                    self.nodes += &format!("  k{number}[\"{label}\"]:::{}\n", class(category));
                }
                // No line of the legend makes a diagram too large.
                Swatch::Shortcut { identity } if self.count < MAX_EDGES => {
                    let sum = class(Category::Residual);
                    self.nodes +=
                        &format!("  k{number}((\" \")):::io\n  k{number}p((\"+\")):::{sum}\n");
                    let arrow = if identity {
                        format!("-. \"{label}\" .->")
                    } else {
                        format!("-- \"{label}\" -->")
                    };
                    self.edge(&format!("k{number} {arrow} k{number}p"), true);
                }
                Swatch::Share(_) | Swatch::Shortcut { .. } => {}
            }
        }
        for (number, notice) in notices(subject, self.language).iter().enumerate() {
            let id = format!("x{number}");
            self.nodes += &format!("  {id}[\"{}\"]\n", escape(notice));
            self.broken.push(id);
        }
        self.nodes += "end\n";
        self.boxes.push("key".to_owned());
    }

    /// Colours that are legible on a light page and on a dark one: each fill has its own ink, boxes show the page, and lines
    /// are between both.
    fn styles(&self, panels: &[Panel]) -> String {
        let ink = "stroke:#555555,color:#1c1f23";
        let mut text = format!("classDef io fill:#ffffff,{ink}\n");
        let items = || panels.iter().flat_map(|panel| &panel.items);
        for category in Category::ALL {
            let sums = category == Category::Residual && !self.shortcuts.is_empty();
            if sums || items().any(|item| item.category == category) {
                let (class, fill) = (class(category), light(category));
                text += &format!("classDef {class} fill:{fill},{ink}\n");
            }
        }
        text += "classDef frame fill:none,stroke:#8b949e\n";
        text += &format!("class {} frame\n", self.boxes.join(","));
        if !self.broken.is_empty() {
            text += &format!(
                "classDef bad stroke:{RED},stroke-width:4px\nclass {} bad\n",
                self.broken.join(",")
            );
        }
        text += "linkStyle default stroke:#7d8590\n";
        if !self.shortcuts.is_empty() {
            let shortcuts = self.shortcuts.join(",");
            text += &format!("linkStyle {shortcuts} stroke:{RED},stroke-width:2px\n");
        }
        text
    }
}

/// Whether only the first item reads the panel's input, once.
fn reads_once(panel: &Panel) -> bool {
    let mut from_outside = panel.links().filter(|link| link.from.is_none());
    let first = from_outside.next();
    let is_bypassed = panel
        .items
        .first()
        .is_some_and(|item| item.bypass.is_some());
    first.is_some_and(|link| link.to == 0) && from_outside.next().is_none() && !is_bypassed
}

/// Class of a category's nodes.
fn class(category: Category) -> String {
    let place = Category::ALL.iter().position(|&one| one == category);
    format!("c{}", place.unwrap_or(0))
}

fn node(id: usize, item: &Item) -> String {
    let class = class(item.category);
    if let Some(sign) = item.sign {
        return format!("n{id}((\"{sign}\")):::{class}");
    }
    // A label beyond 200 pixels would be broken at any word.
    let lines: Vec<String> = item
        .lines
        .iter()
        .flat_map(|line| line.split(" · "))
        .map(escape)
        .collect();
    format!("n{id}[\"{}\"]:::{class}", lines.join("<br/>"))
}

/// Escapes characters that would end a label, or be read as HTML or Markdown, as Mermaid's entities.
fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '"' | '<' | '>' | '&' | '#' | ';' | '`' | '\\' | '*' | '[' | ']' | '{' | '}' => {
                escaped += &format!("#{};", c as u32);
            }
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}
