//! Layer table: a tree with columns, bars and totals, and the details of its selected row.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::message;
use crate::network::{Combine, Layer, LayerId};
use crate::report::format::percentage;
use crate::report::{Column, Subject};
use crate::text::Message;
use crate::tui::kit::layer_tree::Item;
use crate::tui::kit::paint;
use crate::tui::kit::row;
use crate::tui::kit::text::{Side, bar, pad};
use crate::tui::kit::theme::{Role, Theme};
use crate::tui::pane::layers::about;
use crate::tui::pane::layers::table::{PERCENT, Plan, Slot};
use crate::tui::pane::layers::totals::{rule, totals};
use crate::tui::pane::layers::{Bars, Focus, Layers};
use crate::tui::pane::layers::{areas, table_rows};

pub(super) fn render(
    frame: &mut Frame,
    body: Rect,
    theme: Theme,
    layers: &Layers,
    subject: &Subject,
) {
    let [table_area, detail_area] = areas(body, layers.focus);
    if !table_area.is_empty() {
        table(frame, table_area, theme, layers, subject);
    }
    if !detail_area.is_empty() {
        about::render(
            frame,
            detail_area,
            theme,
            layers,
            subject,
            detail_area.y == table_area.y,
        );
    }
}

fn table(frame: &mut Frame, area: Rect, theme: Theme, layers: &Layers, subject: &Subject) {
    let plan = layers.plan(area);
    head(frame, area, theme, layers, subject, &plan);
    let rows = table_rows(area);
    let role = match layers.focus {
        Focus::Table => Role::Selected,
        Focus::Detail(_) => Role::Marked,
    };
    let list = layers.tree.list().with(Some(role));
    list.render(frame, rows, theme, |place| {
        let item = layers.tree.at(place);
        item.map_or_else(Line::default, |item| {
            line(theme, layers, subject, item, &plan)
        })
    });
    rule(frame, area, theme, layers, subject, &plan.hidden);
    totals(frame, area, theme, layers, subject, &plan);
}

fn head(
    frame: &mut Frame,
    area: Rect,
    theme: Theme,
    layers: &Layers,
    subject: &Subject,
    plan: &Plan,
) {
    let cells = plan.slots.iter().map(|&(slot, width)| match slot {
        Slot::Name => pad(theme.word("column-layer"), width, Side::Left),
        Slot::Data(column) => {
            let usual = layers.title(subject, column, theme.language());
            let marked = format!("{usual} ▼");
            let is_marked =
                layers.ranked_by == Some(column) && crate::tui::kit::text::width(&marked) <= width;
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

fn line<'l>(
    theme: Theme,
    layers: &Layers,
    subject: &Subject,
    item: &Item,
    plan: &Plan,
) -> Line<'l> {
    let mut spans = vec![Span::raw(" ")];
    let misfit = misfit(layers, subject, item);
    for (number, &(slot, width)) in plan.slots.iter().enumerate() {
        if number > 0 {
            spans.push(Span::raw(" ".repeat(plan.gap)));
        }
        match slot {
            Slot::Name => {
                let is_faulty = layers.is_faulty(&item.row);
                let is_ranked = layers.tree.is_ranked();
                let (text, style) = row::name(theme, subject, item, is_ranked, is_faulty);
                spans.push(Span::styled(pad(&text, width, Side::Left), style));
            }
            Slot::Data(_) | Slot::Bars if misfit.is_some() => {
                let text = misfit.as_ref().map(|text| theme.say(text));
                let style = theme.style(Role::Error);
                spans.push(Span::styled(text.unwrap_or_default(), style));
                break;
            }
            Slot::Data(column) => {
                let text = if layers.veiled == Some(column) {
                    "?".to_owned()
                } else {
                    layers.cell(subject, &item.row, column, theme.language())
                };
                let style = match text.as_str() {
                    "0" | "—" => theme.style(Role::Dim),
                    _ => Style::new(),
                };
                spans.push(Span::styled(pad(&text, width, column.side()), style));
            }
            Slot::Bars => {
                let (share, part) = layers.share(subject, &item.row);
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

/// Shapes at the arrows of an addition that cannot run, in place of its numbers.
fn misfit(layers: &Layers, subject: &Subject, item: &Item) -> Option<Message> {
    let id = item.layer().filter(|_| layers.veiled.is_none())?;
    let network = &subject.model.network;
    let is_sum = network[id].layer == Layer::Combine(Combine::Add);
    let shape = |id: LayerId| subject.analysis.shapes[id].map(|shape| shape.to_string());
    let shapes: Vec<String> = network.inputs(id).into_iter().filter_map(shape).collect();
    match &shapes[..] {
        [main, shortcut] if is_sum && main != shortcut && layers.is_faulty(&item.row) => {
            Some(message!("layers-misfit", main = main, shortcut = shortcut))
        }
        _ => None,
    }
}
