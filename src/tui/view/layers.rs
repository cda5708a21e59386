//! Layer table: a tree with columns, bars and totals, and the details of its selected row.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::table::{PERCENT, Plan, Slot, plan};
use super::totals::{rule, totals};
use super::{detail, paint};
use crate::message;
use crate::report::format::percentage;
use crate::report::{Column, RowKind, Subject};
use crate::tui::app::App;
use crate::tui::layer_tree::Item;
use crate::tui::layers::{Bars, Focus};
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
    rule(frame, area, theme, opened, plan.hidden);
    totals(frame, area, theme, opened, &plan);
}

fn head(frame: &mut Frame, area: Rect, theme: Theme, opened: &Opened, plan: &Plan) {
    let (layers, subject) = (&opened.layers, &opened.subject);
    let cells = plan.slots.iter().map(|&(slot, width)| match slot {
        Slot::Name => pad(theme.word("column-layer"), width, Side::Left),
        Slot::Data(column) => {
            let usual = layers.title(subject, column, theme.language());
            let marked = format!("{usual} ▼");
            let is_marked =
                layers.ranked_by == Some(column) && crate::tui::text::width(&marked) <= width;
            let title = if is_marked { marked } else { usual };
            pad(&title, width, column.side())
        }
        Slot::Bars => {
            let of = theme.say(&match layers.bars {
                Bars::Macs => subject.title(Column::Macs),
                Bars::Params => message!("column-params"),
            });
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
                    opened
                        .layers
                        .cell(subject, &item.row, column, theme.language())
                };
                let style = match text.as_str() {
                    "0" | "—" => theme.style(Role::Dim),
                    _ => Style::new(),
                };
                spans.push(Span::styled(pad(&text, width, column.side()), style));
            }
            Slot::Bars => {
                let (share, part) = opened.layers.share(subject, &item.row);
                let room = width.saturating_sub(PERCENT);
                let percent = format!("{:>6}", percentage(share));
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

/// Name of a row, indented by its depth in the tree.
pub(super) fn name(
    theme: Theme,
    subject: &Subject,
    item: &Item,
    is_ranked: bool,
    is_faulty: bool,
) -> (String, Style) {
    let fold = item.fold().sign();
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
        RowKind::Run { first, last, .. } => {
            let words = format!("{} ×{}", subject.name(&item.row), last - first + 1);
            (words, Style::new())
        }
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
