//! Timeline of a pass: one bar per layer, as high as its number and in the colour of its category.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

use super::activation::duration;
use crate::message;
use crate::network::LayerId;
use crate::report::format::percent;
use crate::text::{Joint, Message};
use crate::tui::kit::paint;
use crate::tui::kit::theme::{Role, Theme};
use crate::tui::pane::forward::Forward;
use crate::tui::pane::forward::place::{timeline_bars, timeline_cursor};
use crate::tui::pane::forward::timeline::{Quantity, bar_width};

pub(super) fn render(frame: &mut Frame, area: Rect, theme: Theme, forward: &Forward) {
    let network = &forward.subject.model.network;
    let place = timeline_bars(area);
    let bars = forward.bars(usize::from(place.width));
    let width = bar_width(place, bars.len());
    let each = bars.first().map_or(1, |bar| bar.count);
    paint::heading(frame, area, theme, &title(theme, forward, each), false);
    let pointed = forward.pointed();
    for (number, bar) in bars.iter().enumerate() {
        let x = place.x + number as u16 * width;
        let mut style = theme.category(network[bar.layer].layer.category());
        let is_pointed = pointed.is_some_and(|id| bar.has(id));
        if is_pointed {
            style = theme.style(Role::Current);
            // An arrow below the bar: it cannot be taken for a value, whatever the colours.
            let arrow = Line::styled("▲", style);
            let cursor = timeline_cursor(area);
            let middle = cursor.x + number as u16 * width + width / 2;
            let cell = Rect::new(middle, cursor.y, 1, cursor.height).intersection(cursor);
            paint::line(frame, cell, 0, &arrow);
        }
        let eighths = bar.share.map(|share| {
            let full = f64::from(place.height) * 8.0;
            (share.min(1.0) * full).ceil().max(1.0) as u16
        });
        let is_cut_off = bar.share.is_some_and(|share| share > 1.0);
        for row in 0..place.height {
            let floor = (place.height - 1 - row) * 8;
            let sign = match eighths.map(|eighths| eighths.saturating_sub(floor)) {
                None if floor == 0 => '·',
                Some(_) if row == 0 && is_cut_off => '↑',
                None | Some(0) => ' ',
                Some(1) => '▁',
                Some(2) => '▂',
                Some(3) => '▃',
                Some(4) => '▄',
                Some(5) => '▅',
                Some(6) => '▆',
                Some(7) => '▇',
                Some(_) => '█',
            };
            let style = match bar.share {
                None if !is_pointed => theme.style(Role::Dim),
                _ => style,
            };
            draw(
                frame,
                Rect::new(x, place.y + row, width, 1).intersection(place),
                sign,
                style,
            );
        }
    }
}

fn draw(frame: &mut Frame, area: Rect, sign: char, style: Style) {
    let area = area.intersection(frame.area());
    for column in area.left()..area.right() {
        if let Some(cell) = frame.buffer_mut().cell_mut((column, area.y)) {
            cell.set_char(sign).set_style(style);
        }
    }
}

/// Legend of the bars, with the numbers of the layer at the cursor and of the largest one.
fn title(theme: Theme, forward: &Forward, each: usize) -> String {
    let network = &forward.subject.model.network;
    let number = |id: LayerId| match forward.quantity {
        Quantity::Time => forward.time(id).map(duration),
        Quantity::Difference => forward.difference(id).map(percent),
    };
    let what = match forward.quantity {
        Quantity::Time => message!("timeline-time"),
        Quantity::Difference => message!("timeline-change"),
    };
    let mut parts = vec![if each > 1 {
        message!("timeline-several", what = what, count = each)
    } else {
        what
    }];
    let mut pointed_id = None;
    if let Some((id, text)) = forward.pointed().and_then(|id| Some((id, number(id)?))) {
        parts.push(Message::of(format!("{} {text}", network[id].path)));
        pointed_id = Some(id);
    }
    if let Some((id, text)) = forward.largest().and_then(|id| Some((id, number(id)?)))
        && pointed_id != Some(id)
    {
        let path = network[id].path.to_string();
        parts.push(match forward.quantity {
            Quantity::Time => message!("timeline-longest", path = path, value = text),
            Quantity::Difference => message!("timeline-largest", path = path, value = text),
        });
    }
    if forward.quantity == Quantity::Time {
        let all = network.ids().filter_map(|id| forward.time(id)).sum();
        parts.push(message!("timeline-all", time = duration(all)));
    }
    theme.say(&Message::of(Joint::Dot.of(parts)))
}
