//! A Mermaid flowchart, which GitHub and many editors draw inside Markdown.

use super::figure::{self, Item};
use super::style::{Direction, Options, light};
use crate::network::Category;
use crate::report::Subject;

/// The flowchart, without the fence around it.
pub fn mermaid(subject: &Subject, options: &Options) -> String {
    let flow = match options.direction {
        Direction::Down => "TD",
        Direction::Right => "LR",
    };
    let panels = figure::panels(subject, options);
    let mut text = format!(
        "---\ntitle: {}\n---\nflowchart {flow}\n",
        serde_json::Value::from(subject.model.title())
    );
    let mut edges = String::new();
    let mut shortcuts = Vec::new();
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
            text += &format!("      {}\n", node(id, item));
            for (operand, input) in item.inputs.iter().enumerate() {
                let from = match input {
                    Some(input) => first + input,
                    None if first == 0 => continue,
                    None => first - 1,
                };
                let on_shortcut = item.on_shortcut
                    || input.is_some_and(|input| panel.items[input].on_shortcut)
                    || item.sign == Some('+') && operand > 0;
                let arrow = match (on_shortcut, item.sign) {
                    (true, Some(_)) if !input.is_some_and(|i| panel.items[i].on_shortcut) => "-.->",
                    _ => "-->",
                };
                edges += &format!("  n{from} {arrow} n{id}\n");
                if on_shortcut {
                    shortcuts.push(count.to_string());
                }
                count += 1;
            }
            if let Some(shortcut) = item.bypass
                && id > 0
            {
                let what = escape(&shortcut.describe());
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
    if !shortcuts.is_empty() {
        text += &format!("  linkStyle {} stroke:#c0392b\n", shortcuts.join(","));
    }
    text
}

fn node(id: usize, item: &Item) -> String {
    let class = Category::ALL
        .iter()
        .position(|&category| category == item.category)
        .unwrap_or(0);
    if let Some(sign) = item.sign {
        return format!("n{id}((\"{sign}\")):::c{class}");
    }
    let lines: Vec<String> = item.lines.iter().map(|line| escape(line)).collect();
    format!("n{id}[\"{}\"]:::c{class}", lines.join("<br/>"))
}

/// Mermaid's own entities, for what would end a label or be read as HTML or Markdown.
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
