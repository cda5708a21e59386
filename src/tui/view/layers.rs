//! The layer table: a tree with columns, bars and totals, and the detail of its selected row.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::table::{PERCENT, Plan, Slot, plan};
use super::{detail, paint};
use crate::report::{Column, RowKind, Subject};
use crate::tui::app::App;
use crate::tui::layer_tree::{Fold, Item};
use crate::tui::layers::{Bars, Focus, cell};
use crate::tui::layout;
use crate::tui::opened::Opened;
use crate::tui::text::{Side, bar, pad};
use crate::tui::theme::{Role, Theme};

pub(super) fn render(frame: &mut Frame, body: Rect, app: &App, opened: &Opened) {
    let [table_area, detail_area] = layout::layers(body, opened.layers.focus);
    if !table_area.is_empty() {
        table(frame, table_area, app, opened);
    }
    if !detail_area.is_empty() {
        detail::render(
            frame,
            detail_area,
            app,
            opened,
            detail_area.y == table_area.y,
        );
    }
}

fn table(frame: &mut Frame, area: Rect, app: &App, opened: &Opened) {
    let theme = app.theme;
    let layers = &opened.layers;
    let plan = plan(layers.columns(), usize::from(area.width).saturating_sub(2));
    head(frame, area, theme, opened, &plan);
    let rows = layout::table_rows(area);
    let height = usize::from(rows.height);
    for (row, (is_selected, item)) in layers.tree.window(height).enumerate() {
        let line = line(theme, opened, item, &plan);
        paint::line(frame, rows, row as u16, &line);
        if is_selected {
            let role = match layers.focus {
                Focus::Table => Role::Selected,
                Focus::Detail(_) => Role::Marked,
            };
            paint::highlight(frame, rows, row as u16, theme.style(role));
        }
    }
    totals(frame, area, theme, opened, &plan);
}

fn head(frame: &mut Frame, area: Rect, theme: Theme, opened: &Opened, plan: &Plan) {
    let layers = &opened.layers;
    let cells = plan.slots.iter().map(|&(slot, width)| match slot {
        Slot::Name => pad(theme.say("layer"), width, Side::Left),
        Slot::Data(column) if layers.ranked_by == Some(column) => {
            let title = format!("{} ▼", theme.say(column.title()));
            let has_room = crate::tui::text::width(&title) <= width;
            let title = if has_room {
                &title
            } else {
                theme.say(column.title())
            };
            pad(title, width, side(column))
        }
        Slot::Data(column) => pad(theme.say(column.title()), width, side(column)),
        Slot::Bars => {
            let of = match layers.bars {
                Bars::Macs => "MACs",
                Bars::Params => "params",
            };
            pad(&format!("{:>6} {of}", "%"), width, Side::Left)
        }
    });
    let cells: Vec<_> = cells.collect();
    let text = format!(" {}", cells.join(&" ".repeat(plan.gap)));
    paint::text(frame, area, 0, &text, theme.style(Role::Dim));
}

fn line<'l>(theme: Theme, opened: &Opened, item: &Item, plan: &Plan) -> Line<'l> {
    let subject = &opened.subject;
    let mut spans = vec![Span::raw(" ")];
    for (number, &(slot, width)) in plan.slots.iter().enumerate() {
        if number > 0 {
            spans.push(Span::raw(" ".repeat(plan.gap)));
        }
        match slot {
            Slot::Name => {
                let is_faulty = opened.layers.is_faulty(&item.row);
                let is_ranked = opened.layers.tree.is_ranked();
                let (text, style) = name(theme, subject, item, is_ranked, is_faulty);
                spans.push(Span::styled(pad(&text, width, Side::Left), style));
            }
            Slot::Data(column) => {
                let text = if opened.layers.veiled == Some(column) {
                    "?".to_owned()
                } else {
                    cell(subject, &item.row, column)
                };
                let style = match text.as_str() {
                    "0" | "—" => theme.style(Role::Dim),
                    _ => Style::new(),
                };
                spans.push(Span::styled(pad(&text, width, side(column)), style));
            }
            Slot::Bars => {
                let (share, part) = opened.layers.share(subject, &item.row);
                let room = width.saturating_sub(PERCENT);
                let percent = format!("{:>5.1}%", share * 100.0);
                let style = if share > 0.0 {
                    Style::new()
                } else {
                    theme.style(Role::Dim)
                };
                spans.push(Span::styled(pad(&percent, PERCENT, Side::Left), style));
                spans.push(Span::styled(bar(part, room), theme.style(Role::Bar)));
            }
        }
    }
    Line::from(spans)
}

/// A row's name with its place in the tree.
pub(super) fn name(
    theme: Theme,
    subject: &Subject,
    item: &Item,
    is_ranked: bool,
    is_faulty: bool,
) -> (String, Style) {
    let fold = match item.fold() {
        Fold::Leaf => " ",
        Fold::Closed => "▸",
        Fold::Open => "▾",
    };
    let fault = if is_faulty { "✗ " } else { "" };
    let (words, style) = match item.row.kind {
        RowKind::Layer(id) => {
            let words = if is_ranked {
                subject.name(&item.row)
            } else {
                subject.block_name(id)
            };
            let category = subject.model.network[id].layer.category();
            (words, theme.category(category))
        }
        RowKind::Block { .. } => (subject.name(&item.row), Style::new()),
        RowKind::Stage(stage) => {
            let name = subject.name(&item.row);
            let words = match subject.paper_name(stage) {
                Some(paper) => format!("{name} · {paper}"),
                None => name,
            };
            (words, theme.style(Role::Title))
        }
    };
    let style = if is_faulty {
        theme.style(Role::Error)
    } else {
        style
    };
    let text = if is_ranked {
        format!("{fault}{words}")
    } else {
        format!("{}{fold} {fault}{words}", " ".repeat(item.depth * 2))
    };
    (text, style)
}

fn totals(frame: &mut Frame, area: Rect, theme: Theme, opened: &Opened, plan: &Plan) {
    let layers = &opened.layers;
    let subject = &opened.subject;
    let rows = layout::table_rows(area);
    let cursor = layers.tree.cursor();
    let mut marks = vec![paint::more(
        layers.tree.len(),
        cursor.top,
        usize::from(rows.height),
    )];
    if !layers.filter.is_empty() {
        let of = opened.subject.model.network.len();
        let found = layers.tree.len();
        marks.push(format!(
            "{found} of {of} layers with “{}”, Esc shows all",
            layers.filter
        ));
    }
    if let Some(column) = layers.ranked_by {
        marks.push(format!("ranked by {}", column.title()));
    }
    if plan.hidden > 0 {
        marks.push(
            format!("{} columns need a wider terminal", plan.hidden)
                .replace("1 columns need", "1 column needs"),
        );
    }
    marks.retain(|mark| !mark.is_empty());
    let marks = marks.join(" · ");
    let trail = breadcrumb(subject, layers);
    let taken = crate::tui::text::width(&marks) + 5;
    let has_room = crate::tui::text::width(&trail) + taken + 6 <= usize::from(area.width);
    let trail = if has_room { trail } else { String::new() };
    let rule = usize::from(area.width).saturating_sub(taken + crate::tui::text::width(&trail));
    let line = Line::from(vec![
        Span::styled(trail.clone(), theme.style(Role::Dim)),
        Span::styled("─".repeat(rule), theme.style(Role::Rule)),
        Span::styled(format!(" {marks} "), theme.style(Role::Dim)),
        Span::styled("──────", theme.style(Role::Rule)),
    ]);
    let line = if marks.is_empty() && trail.is_empty() {
        Line::styled("─".repeat(usize::from(area.width)), theme.style(Role::Rule))
    } else {
        line
    };
    paint::line(frame, area, area.height.saturating_sub(2), &line);

    let cells = plan.slots.iter().map(|&(slot, width)| match slot {
        Slot::Name => pad(theme.say("total"), width, Side::Left),
        Slot::Data(column) if layers.veiled == Some(column) => pad("?", width, side(column)),
        Slot::Data(column) => pad(&subject.total(column).text(), width, side(column)),
        Slot::Bars => pad(
            &format!("rule {}", subject.analysis.rule),
            width,
            Side::Left,
        ),
    });
    let cells: Vec<_> = cells.collect();
    let text = format!(" {}", cells.join(&" ".repeat(plan.gap)));
    paint::text(
        frame,
        area,
        area.height.saturating_sub(1),
        &text,
        theme.style(Role::Title),
    );
}

/// Where the selected row is: stage, block, layer; nothing for a stage.
fn breadcrumb(subject: &Subject, layers: &crate::tui::layers::Layers) -> String {
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

const fn side(column: Column) -> Side {
    if column.is_numeric() {
        Side::Right
    } else {
        Side::Left
    }
}
