//! Boxes and lines of a block: the amount of text in them, and their drawing.

use super::{Choices, INK, LINE, PATH, TEXT, border, boxed};
use crate::export::figure::{Item, Panel};
use crate::export::font::Weight;
use crate::export::place::{Drawn, SIGN};
use crate::export::scene::{Anchor, Scene, Stroke};
use crate::export::style::light;

/// Room that the boxes of a block take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A line for the layer and one for what follows it.
    Full,
    /// The layer in two lines.
    Narrow,
    /// The layer alone, in two lines, without the block's output.
    Tight,
    /// The same in as many lines as a narrow box needs.
    Wrapped,
}

impl Form {
    /// Whether a box names the layer alone.
    pub(super) const fn is_brief(self) -> bool {
        matches!(self, Self::Tight | Self::Wrapped)
    }
}

/// Widest text of a wrapped box, unless one word is wider.
const WRAPPED: f64 = 66.0;

/// A text in lines for a narrow box; widths on both sides of an arrow stay together.
fn wrapped(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for part in text.split(", ") {
        let mut line = String::new();
        for word in part.replace(" → ", "\u{a0}→\u{a0}").split(' ') {
            let longer = format!("{line} {word}");
            if line.is_empty() {
                word.clone_into(&mut line);
            } else if Weight::Regular.width(&longer) * TEXT <= WRAPPED {
                line = longer;
            } else {
                lines.push(std::mem::replace(&mut line, word.to_owned()));
            }
        }
        lines.push(line);
    }
    lines
        .iter()
        .map(|line| line.replace('\u{a0}', " "))
        .collect()
}

/// The panel with its lines in this form.
pub(super) fn formed(panel: &Panel, form: Form) -> Panel {
    let mut panel = panel.clone();
    for item in panel.items.iter_mut().filter(|item| !item.is_again) {
        if form.is_brief() {
            item.lines.truncate(1);
        }
        if form == Form::Wrapped {
            item.lines = item.lines.iter().flat_map(|line| wrapped(line)).collect();
        } else if form != Form::Full
            && let Some(first) = item.lines.first_mut()
            && let Some((what, widths)) = first.rsplit_once(", ")
        {
            let widths = widths.to_owned();
            *first = what.to_owned();
            item.lines.insert(1, widths);
        }
    }
    panel
}

/// Adds the items and edges of a panel.
pub(super) fn draw(body: &mut Scene, drawn: &Drawn, form: Form, choices: &Choices) {
    for edge in &drawn.layout.edges {
        let Some(points) = drawn.points(edge) else {
            continue;
        };
        let (stroke, radius) = if edge.link.shortcut {
            (choices.shortcut(edge.link.identity), 16.0)
        } else {
            (PATH, 6.0)
        };
        body.arrow(&points, radius, stroke);
    }
    if let Some(place) = drawn.entry() {
        let (left, upper) = place.corner();
        let label = drawn.panel.entry.clone().unwrap_or_default();
        pill(body, [left, upper, place.width, place.height], label);
    }
    for (i, item) in drawn.panel.items.iter().enumerate() {
        let place = drawn.place(i);
        let (left, upper) = place.corner();
        let area = [left, upper, place.width, place.height];
        if let Some(sign) = item.sign {
            operation(body, area, sign, item);
        } else {
            let is_broken = item.fault.is_some();
            // Where any line may be a piece of a word group, none is the name.
            let has_name = form != Form::Wrapped;
            boxed(
                body,
                area,
                &item.lines,
                item.category,
                [is_broken, has_name],
            );
        }
    }
}

/// A shape on the path.
pub(super) fn pill(scene: &mut Scene, area: [f64; 4], label: String) {
    let border = Stroke {
        colour: LINE,
        width: 0.6,
        dash: None,
    };
    scene.rect(area, area[3] / 2.0, "#ffffff", border);
    let at = (
        area[0] + area[2] / 2.0,
        area[1] + area[3] / 2.0 + TEXT * 0.36,
    );
    scene.text(at, label, TEXT, Weight::Regular, Anchor::Middle, INK);
}

/// An addition or multiplication: its sign in a circle.
fn operation(scene: &mut Scene, area: [f64; 4], sign: char, item: &Item) {
    scene.rect(
        area,
        SIGN,
        light(item.category),
        border(item.fault.is_some()),
    );
    let at = (area[0] + SIGN, area[1] + SIGN + TEXT * 0.36);
    scene.text(
        at,
        sign.to_string(),
        TEXT,
        Weight::Bold,
        Anchor::Middle,
        INK,
    );
}
