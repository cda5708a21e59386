//! An addition as a picture: main path + shortcut = sum, with the scale and the sum of one cell.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::activation::head;
use super::histogram;
use crate::message;
use crate::report::pass::activation::{Activation, Value, range};
use crate::report::pass::value_trace::signed_sum;
use crate::tui::context::Context;
use crate::tui::keys::Scope;
use crate::tui::kit::feature_map::{self, signed_shade};
use crate::tui::kit::paint;
use crate::tui::kit::picture::{Map, Pictures};
use crate::tui::kit::text::number;
use crate::tui::kit::theme::{Role, Theme};
use crate::tui::message::Command;
use crate::tui::pane::Net;
use crate::tui::pane::forward::Forward;
use crate::tui::pane::forward::maps::below;
use crate::tui::pane::forward::sum::{CAPTION, GAP, Places, places};

/// Fewest lines in which a distribution is worth drawing.
const LEAST_BARS: u16 = 4;

pub(super) fn render<'a>(
    frame: &mut Frame,
    area: Rect,
    context: &Context,
    (forward, shown, net): (&'a Forward, &'a Activation, &Net<'_>),
    pictures: &mut Pictures<'a>,
) {
    let theme = context.theme;
    head(frame, area, context, (forward, shown, net));
    let places = places(forward, area, shown);
    let channel = forward.sum_channel(shown);
    let operands = shown.inputs.len();
    for (number, &(value, area)) in places.values.iter().enumerate() {
        let is_zeroed = forward.is_zeroed(shown, number);
        caption(
            frame,
            area,
            theme,
            (name(theme, forward, number), value, channel),
            is_zeroed,
        );
        let map = Map::new(
            value.channel(channel),
            value.size[1],
            (-places.reach, places.reach),
        );
        let ink = (theme, context.ascii);
        if !is_zeroed {
            let place = below(area, CAPTION);
            feature_map::paint_signed(frame, place, ink, map, places.pixels, pictures);
        }
        let sign = match number {
            0 => continue,
            _ if number < operands => "+",
            _ if number == operands => "=",
            _ => "│",
        };
        let middle = CAPTION + (places.pixels.1 / 4) as u16;
        let gap = Rect {
            x: area.x.saturating_sub(GAP - 1),
            width: 1,
            ..area
        };
        paint::text(frame, gap, middle, sign, theme.style(Role::Key));
    }
    legend(frame, context, &places);
    paint::text(
        frame,
        below(places.below, 1),
        0,
        &cell(context, forward, shown),
        Style::new(),
    );
    let rest = below(places.below, 3);
    if rest.height > LEAST_BARS {
        let heading = theme.word("title-distribution");
        paint::text(frame, rest, 0, heading, theme.style(Role::Dim));
        histogram::render(frame, below(rest, 1), theme, &shown.output);
    }
}

/// Name of the picture with this number.
fn name(theme: Theme, forward: &Forward, number: usize) -> String {
    let operands = forward.on_screen().map_or(0, |shown| shown.inputs.len());
    theme
        .word(match number {
            0 => "maps-residual",
            _ if number < operands => "maps-identity",
            _ if number == operands => "maps-sum",
            _ => "maps-sum-before",
        })
        .to_owned()
}

/// Name of a value and the range of its channel.
fn caption(
    frame: &mut Frame,
    area: Rect,
    theme: Theme,
    (name, value, channel): (String, &Value, usize),
    is_zeroed: bool,
) {
    paint::text(frame, area, 0, &name, theme.style(Role::Title));
    if is_zeroed {
        let style = theme.style(Role::Error);
        paint::text(frame, below(area, 1), 0, theme.word("maps-zeroed"), style);
        return;
    }
    let (low, high) = range(value.channel(channel));
    let [low, high] = [low, high].map(|value| number(f64::from(value)).trim().to_owned());
    let text = theme.say(&message!("maps-range", low = low, high = high));
    paint::text(frame, below(area, 1), 0, &text, theme.style(Role::Dim));
}

/// The one scale, from the largest negative to the largest positive value.
fn legend(frame: &mut Frame, context: &Context, places: &Places<'_>) {
    const STEPS: i16 = 8;
    let theme = context.theme;
    let end = number(f64::from(places.reach)).trim().to_owned();
    let mut spans = vec![Span::styled(format!("−{end} "), theme.style(Role::Dim))];
    for step in -STEPS..=STEPS {
        let value = f32::from(step) / f32::from(STEPS);
        let style = if theme.has_greys() {
            Style::new().fg(theme.tinted(theme.ground(), value))
        } else {
            Style::new()
        };
        let sign = if theme.has_greys() && !context.ascii {
            '█'
        } else {
            signed_shade(value)
        };
        spans.push(Span::styled(sign.to_string(), style));
    }
    let rest = message!("maps-one-scale", end = end);
    spans.push(Span::styled(
        format!(" {}", theme.say(&rest)),
        theme.style(Role::Dim),
    ));
    paint::line(frame, places.below, 0, &Line::from(spans));
}

/// The sum of the channel's largest value: `channel 0, row 22, column 20: 0.338 + 1.976 = 2.315`.
fn cell(context: &Context, forward: &Forward, shown: &Activation) -> String {
    let cell = forward.sum_cell(shown);
    let at = |value: &Value| {
        let values = value.channel(cell.channel);
        let value = values.get(cell.row * value.size[1] + cell.column).copied();
        f64::from(value.unwrap_or(f32::NAN))
    };
    let operand = |(number, value)| {
        if forward.is_zeroed(shown, number) {
            0.0
        } else {
            at(value)
        }
    };
    let operands: Vec<f64> = shown.inputs.iter().enumerate().map(operand).collect();
    let text = message!(
        "maps-sum-of-cell",
        cell = cell.message(),
        sum = signed_sum(&operands, at(&shown.output)),
        key = context.keys.key(Scope::Forward, Command::Explain),
    );
    context.theme.say(&text)
}
