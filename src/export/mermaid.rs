//! A Mermaid flowchart, which GitHub and many editors draw inside Markdown.

use super::fault::notices;
use super::figure::{self, Item};
use super::style::{Direction, Options, light};
use crate::message;
use crate::network::Category;
use crate::report::Subject;
use crate::text::{Language, Message};

/// The flowchart, without the code fence around it.
pub fn mermaid(subject: &Subject, options: &Options) -> String {
    let flow = match options.direction {
        Direction::Down => "TD",
        Direction::Right => "LR",
    };
    // Mermaid wraps nothing: a stage stays in one piece.
    let panels = figure::panels(
        subject,
        &Options {
            direction: Direction::Down,
            ..options.clone()
        },
    );
    let mut text = format!(
        "---\ntitle: {}\n---\nflowchart {flow}\n",
        serde_json::Value::from(subject.model.title().of(options.language))
    );
    let mut edges = String::new();
    let mut shortcuts = Vec::new();
    let mut broken = Vec::new();
    let (mut count, mut first) = (0, 0);
    for (number, panel) in panels.iter().enumerate() {
        let boxed = !panel.title.is_empty();
        if boxed {
            text += &format!("  subgraph s{number}[\"{}\"]\n", escape(&panel.title));
        }
        let frame_at = |i: usize| {
            panel
                .frames
                .iter()
                .position(|frame| frame.items.contains(&i))
        };
        let mut open = None;
        for (i, item) in panel.items.iter().enumerate() {
            let frame = frame_at(i);
            if frame != open {
                if open.is_some() {
                    text += "    end\n";
                }
                if let Some(frame) = frame {
                    let label = escape(&panel.frames[frame].label);
                    text += &format!("    subgraph s{number}b{frame}[\"{label}\"]\n");
                }
                open = frame;
            }
            let id = first + i;
            if item.fault.is_some() {
                broken.push(format!("n{id}"));
            }
            text += &format!("      {}\n", node(id, item));
            for link in panel.links_to(i) {
                let from = match link.from {
                    Some(input) => first + input,
                    None if first == 0 => continue,
                    None => first - 1,
                };
                let arrow = if link.identity { "-.->" } else { "-->" };
                edges += &format!("  n{from} {arrow} n{id}\n");
                if link.shortcut {
                    shortcuts.push(count.to_string());
                }
                count += 1;
            }
            if let Some(shortcut) = item.bypass
                && id > 0
            {
                let what = escape(&options.language.say(&shortcut.describe()));
                edges += &format!("  n{} -. \"{what}\" .-> n{id}\n", id - 1);
                shortcuts.push(count.to_string());
                count += 1;
            }
        }
        if open.is_some() {
            text += "    end\n";
        }
        if boxed {
            text += "  end\n";
        }
        first += panel.items.len();
    }
    text += &edges;
    for (index, category) in Category::ALL.into_iter().enumerate() {
        let used = panels
            .iter()
            .flat_map(|panel| &panel.items)
            .any(|item| item.category == category);
        if used {
            let fill = light(category);
            text += &format!("  classDef c{index} fill:{fill},stroke:#555,color:#1c1f23\n");
        }
    }
    text += &faults(subject, options.language, &broken);
    if !shortcuts.is_empty() {
        text += &format!("  linkStyle {} stroke:#c0392b\n", shortcuts.join(","));
    }
    match beyond(&text) {
        // A comment must not come before the title.
        Some(notice) => {
            let notice = Language::ENGLISH.say(&notice);
            text.replacen("\nflowchart ", &format!("\n%% {notice}\nflowchart "), 1)
        }
        None => text,
    }
}

/// Style of the nodes at fault, and the problems.
fn faults(subject: &Subject, language: Language, broken: &[String]) -> String {
    if broken.is_empty() {
        return String::new();
    }
    let mut text = format!(
        "  classDef bad stroke:#c0392b,stroke-width:4px\n  class {} bad\n",
        broken.join(",")
    );
    for notice in notices(subject, language) {
        text += &format!("  %% {}\n", notice.replace(['\n', '\r'], " "));
    }
    text
}

/// Limits of Mermaid's default settings, which GitHub uses: longer texts and more edges are refused.
const MAX_CHARACTERS: usize = 50_000;
const MAX_EDGES: usize = 500;

/// Reason that a flowchart is not drawn with the default settings.
pub fn beyond(text: &str) -> Option<Message> {
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

fn node(id: usize, item: &Item) -> String {
    let class = Category::ALL
        .iter()
        .position(|&category| category == item.category)
        .unwrap_or(0);
    if let Some(sign) = item.sign {
        return format!("n{id}((\"{sign}\")):::c{class}");
    }
    // A label beyond 200 pixels would be broken at any word.
    let lines: Vec<String> = item
        .lines
        .iter()
        .flat_map(|line| line.split(" · "))
        .map(escape)
        .collect();
    format!("n{id}[\"{}\"]:::c{class}", lines.join("<br/>"))
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
