//! Lines below the layer table: the location of its selected row, notes about hidden rows and columns, and the totals.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::message;
use crate::report::{Column, RowKind, Subject};
use crate::text::Joint;
use crate::tui::kit::paint;
use crate::tui::kit::text::{Side, pad, width};
use crate::tui::kit::theme::{Role, Theme};
use crate::tui::pane::layers::Layers;
use crate::tui::pane::layers::table::{Plan, Slot};
use crate::tui::pane::layers::table_rows;

/// Rule below the rows: the path of the selected row on the left, notes on the right.
pub(super) fn rule(
    frame: &mut Frame,
    area: Rect,
    theme: Theme,
    layers: &Layers,
    subject: &Subject,
    hidden: &[Column],
) {
    let room = usize::from(area.width);
    // The rule itself is visible at both ends, and between the two texts.
    let mut trail = breadcrumb(subject, layers);
    let taken = if layers.filter.is_empty() {
        width(&trail)
    } else {
        0
    };
    let marks = marks(area, theme, layers, subject, hidden);
    let mut marks = fitting(&marks, room.saturating_sub(taken + 12));
    if !marks.is_empty() {
        marks = format!(" {marks} ");
    }
    if width(&trail) + width(&marks) + 10 > room {
        trail.clear();
    }
    let end = if marks.is_empty() { 0 } else { 2 };
    let piece = room.saturating_sub(width(&trail) + width(&marks) + end);
    let line = Line::from(vec![
        Span::styled(trail, theme.style(Role::Dim)),
        Span::styled("─".repeat(piece), theme.style(Role::Rule)),
        Span::styled(marks, theme.style(Role::Dim)),
        Span::styled("─".repeat(end), theme.style(Role::Rule)),
    ]);
    paint::line(frame, area, area.height.saturating_sub(2), &line);
}

/// Notes on the table's state, the most important first, each in a long and a short form.
fn marks(
    area: Rect,
    theme: Theme,
    layers: &Layers,
    subject: &Subject,
    hidden: &[Column],
) -> Vec<[String; 2]> {
    let mut marks = Vec::new();
    if !layers.filter.is_empty() {
        let found = message!(
            "layers-found",
            count = layers.tree.len(),
            all = subject.model.network.len(),
            filter = &layers.filter,
        );
        let brief = format!("{} × “{}”", layers.tree.len(), layers.filter);
        marks.push([theme.say(&found), brief]);
    }
    if let Some(column) = layers.ranked_by {
        let title = subject.title(column);
        let ranked = message!("layers-ranked", column = title.clone());
        let brief = message!("layers-ranked-short", column = title);
        marks.push([ranked, brief].map(|mark| theme.say(&mark)));
    }
    let rows = usize::from(table_rows(area).height);
    let more = paint::more(theme, layers.tree.len(), layers.tree.cursor().top, rows);
    if !more.is_empty() {
        marks.push([more.clone(), more]);
    }
    if !hidden.is_empty() {
        let titles = hidden.iter().map(|&column| subject.title(column));
        let hidden = [
            message!("layers-hidden", columns = Joint::Comma.of(titles)),
            message!("layers-hidden-short", count = hidden.len()),
        ];
        marks.push(hidden.map(|mark| theme.say(&mark)));
    }
    marks
}

/// As many of the notes as there is room for, in the long form if possible.
fn fitting(marks: &[[String; 2]], room: usize) -> String {
    let mut text = String::new();
    for forms in marks {
        let gap = if text.is_empty() { "" } else { " · " };
        let form = forms
            .iter()
            .find(|form| width(&text) + width(gap) + width(form) <= room);
        if let Some(form) = form {
            text += gap;
            text += form;
        }
    }
    text
}

/// Last line: totals, and the rule by which they are counted.
pub(super) fn totals(
    frame: &mut Frame,
    area: Rect,
    theme: Theme,
    layers: &Layers,
    subject: &Subject,
    plan: &Plan,
) {
    let cells = plan.slots.iter().map(|&(slot, cells)| match slot {
        Slot::Name => {
            let rule = subject.analysis.rule;
            let total = theme.word("column-total");
            let full = theme.say(&message!("total-by-rule", rule = rule.name()));
            let text = if width(&full) <= cells {
                full
            } else {
                format!("{total} · {rule}")
            };
            pad(&text, cells, Side::Left)
        }
        Slot::Data(column) if layers.veiled == Some(column) => pad("?", cells, column.side()),
        Slot::Data(column) => pad(&layers.total(subject, column), cells, column.side()),
        Slot::Bars if subject.batch > 1 => {
            let batch = message!("label-batch-of", count = subject.batch);
            pad(&theme.say(&batch), cells, Side::Left)
        }
        Slot::Bars => String::new(),
    });
    let cells: Vec<_> = cells.collect();
    let text = format!(" {}", cells.join(&" ".repeat(plan.gap)));
    let row = area.height.saturating_sub(1);
    paint::text(frame, area, row, text.trim_end(), theme.style(Role::Title));
}

/// Location of the selected row: stage, block, layer; empty for a stage.
fn breadcrumb(subject: &Subject, layers: &Layers) -> String {
    let Some(item) = layers.tree.selected().filter(|item| item.depth > 0) else {
        return String::new();
    };
    let stage = subject
        .stage_of(&item.row)
        .map(|stage| subject.stage_name(stage));
    let name = subject.name(&item.row);
    let mut parts: Vec<String> = stage.into_iter().collect();
    if let RowKind::Layer(id) = item.row.kind {
        let own = subject.block_name(id);
        if let Some(block) = name
            .strip_suffix(&own)
            .map(|block| block.trim_end_matches('.'))
            && !block.is_empty()
            && parts.last().is_some_and(|stage| stage != block)
        {
            parts.push(block.to_owned());
        }
        parts.push(own);
    } else {
        parts.push(name);
    }
    format!("── {} ", parts.join(" › "))
}
