//! Inputs and outputs of a layer: captions, maps, a histogram, and at the end the most likely classes.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::{histogram, kernels, norm, top_classes};
use crate::message;
use crate::report::Subject;
use crate::report::format::percent;
use crate::report::pass::activation::{Activation, Value, range};
use crate::text::{Joint, Message};
use crate::tui::context::Context;
use crate::tui::kit::feature_map;
use crate::tui::kit::paint;
use crate::tui::kit::picture::Map;
use crate::tui::kit::picture::Pictures;
pub(super) use crate::tui::kit::text::duration;
use crate::tui::kit::text::number;
use crate::tui::kit::text::{cut, width};
use crate::tui::kit::theme::{Role, Theme};
use crate::tui::pane::forward::maps::{Part, below, below_caption, grid, places};
use crate::tui::pane::forward::{Contrast, Forward, Maps, Zoom};
use crate::tui::pane::{Net, about_random};

/// Description of the pass's weights and input.
pub(super) fn runs_on(context: &Context, forward: &Forward) -> String {
    let theme = context.theme;
    let has_trained = forward.chooser.has_trained();
    let random = forward
        .is_random
        .then(|| about_random(has_trained, context));
    forward
        .running_on
        .as_ref()
        .map_or_else(String::new, |(weights, input)| {
            let weights = message!("pass-weights", weights = weights.clone());
            let input = if forward.is_veiled {
                message!("pass-input-veiled")
            } else {
                input.clone()
            };
            // The end of the line may have no room.
            let first = forward.changes().into_iter().chain(random);
            let parts = first.chain([weights, input]);
            theme.say(&Message::of(Joint::Dot.of(parts)))
        })
}

pub(super) fn render<'a>(
    frame: &mut Frame,
    area: Rect,
    context: &Context,
    (forward, shown, net): (&'a Forward, &'a Activation, &Net<'_>),
    pictures: &mut Pictures<'a>,
) {
    let theme = context.theme;
    head(frame, area, context, (forward, shown, net));
    let subject: &Subject = net.subject;
    let places = places(area, shown, forward);
    for &(part, value, area) in &places.values {
        draw(
            frame,
            area,
            theme,
            (part, value, shown, forward.maps),
            pictures,
        );
    }
    if forward.shows_top_classes() {
        top_classes::render(frame, places.bottom, theme, (forward, subject), pictures);
    } else if let Some(kernels) = &forward.kernels
        && places.bottom.height > 2
    {
        kernels::render(frame, places.bottom, theme, kernels, pictures);
    } else if places.bottom.height > 1 {
        let heading = theme.word("title-distribution");
        paint::text(frame, places.bottom, 0, heading, theme.style(Role::Dim));
        histogram::render(frame, below(places.bottom, 1), theme, &shown.output);
    }
    if let Some(numbers) = &shown.norm {
        norm::render(frame, places.norm, theme, numbers, forward.maps.first);
    }
}

/// Lines above a layer's values: its heading, the sources of the pass, and at the end the most likely classes.
pub(super) fn head(
    frame: &mut Frame,
    area: Rect,
    context: &Context,
    (forward, shown, net): (&Forward, &Activation, &Net<'_>),
) {
    let theme = context.theme;
    let node = &forward.running()[shown.layer];
    let mut title = format!("{} · {}", node.path, theme.say(&node.layer.summary()));
    if let Some(flip) = &forward.flip {
        let side = theme.word(if flip.is_before {
            "flip-before"
        } else {
            "flip-after"
        });
        title = format!("{side} · {title}");
    }
    paint::heading(frame, area, theme, &title, forward.flip.is_some());
    let on = format!("{} · {}", duration(shown.time), runs_on(context, forward));
    paint::text(frame, below(area, 1), 0, &on, theme.style(Role::Dim));
    if forward.has_likeliest() {
        top_classes::line(frame, below(area, 2), theme, forward, net.subject);
    } else if let (true, Some(why)) = (forward.is_at_fault(), &net.why) {
        let text = format!("✗ {}", theme.say(why));
        paint::text(frame, below(area, 2), 0, &text, theme.style(Role::Error));
    }
}

fn draw<'a>(
    frame: &mut Frame,
    area: Rect,
    theme: Theme,
    (part, value, shown, maps): (Part, &'a Value, &Activation, Maps),
    pictures: &mut Pictures<'a>,
) {
    let place = below_caption(area);
    let pixels = value.values().len();
    if value.is_vector() {
        caption(
            frame,
            area,
            theme,
            (part, value, shown),
            theme.word("pass-pixels"),
        );
        let across = usize::from(place.width).min(pixels).max(1);
        let map = Map::new(value.values(), across, range(value.values()));
        let down = pixels.div_ceil(across);
        feature_map::paint(frame, place, theme, map, (across, down), pictures);
        return;
    }
    let grid = grid(value, place, maps.zoom);
    if value.is_coloured() && maps.zoom != Zoom::Single {
        caption(
            frame,
            area,
            theme,
            (part, value, shown),
            theme.word("pass-in-colour"),
        );
        let map = Map::new(value.values(), value.size[1], range(value.values())).coloured();
        feature_map::paint(frame, place, theme, map, grid.tile, pictures);
        return;
    }
    let count = (grid.across * grid.down).min(value.channels);
    let first = grid.first(value, maps.first);
    let channels = if count == 1 {
        message!("pass-channel", channel = first)
    } else {
        let last = first + count - 1;
        message!("pass-channels", channels = format!("{first}–{last}"))
    };
    let channels = theme.say(&channels);
    caption(frame, area, theme, (part, value, shown), &channels);
    for number in 0..count {
        let values = value.channel(first + number);
        let range = match maps.contrast {
            Contrast::Map => range(values),
            Contrast::Layer => (value.statistics.min, value.statistics.max),
        };
        let map = Map::new(values, value.size[1], range);
        let (width, height) = (grid.tile.0 as u16, grid.tile.1.div_ceil(2) as u16);
        let x = (number % grid.across) as u16 * (width + 1);
        let y = (number / grid.across) as u16 * (height + 1);
        let tile = Rect::new(place.x + x, place.y + y, width, height).intersection(place);
        feature_map::paint(frame, tile, theme, map, grid.tile, pictures);
    }
}

/// Mean, deviation, smallest and largest value.
const SPREAD: usize = 4;

/// Caption of a value in two lines: its name with its shape and the visible channels, and its statistics.
fn caption(
    frame: &mut Frame,
    area: Rect,
    theme: Theme,
    (part, value, shown): (Part, &Value, &Activation),
    channels: &str,
) {
    let name = match part {
        // The operands of an addition have labels of their own.
        Part::Reads if shown.inputs.len() > 1 => value.label.clone(),
        Part::Reads => message!("pass-input", source = value.label.clone()),
        Part::PutsOut if shown.was.is_some() => message!("pass-output-now"),
        Part::PutsOut => message!("pass-output"),
        // These say themselves what they are.
        Part::OtherMode | Part::Was => value.label.clone(),
    };
    let name = theme.say(&name);
    let shape = value.shape();
    let has_room = width(&name) + width(&shape) + width(channels) + 2 <= usize::from(area.width);
    let name = cut(
        &name,
        usize::from(area.width).saturating_sub(width(&shape) + 1),
    );
    let line = Line::from(vec![
        Span::styled(name, theme.style(Role::Title)),
        Span::styled(format!(" {shape}"), Style::new()),
        Span::styled(
            if has_room {
                format!("  {channels}")
            } else {
                String::new()
            },
            theme.style(Role::Dim),
        ),
    ]);
    paint::line(frame, area, 0, &line);
    let statistics = value.statistics;
    let mut facts = vec![
        message!("pass-mean", value = number(statistics.mean)),
        message!("pass-std", value = number(statistics.std)),
        message!("pass-min", value = number(f64::from(statistics.min))),
        message!("pass-max", value = number(f64::from(statistics.max))),
        message!(
            "pass-zeros",
            share = format!("{:>7}", percent(statistics.zeros))
        ),
    ];
    if statistics.dead > 0 {
        facts.push(message!("pass-dead", count = statistics.dead));
    }
    if let (Part::Was, Some(difference)) = (part, shown.difference()) {
        let changed_by = percent(difference.relative);
        facts.insert(0, message!("pass-changed-by", share = changed_by));
    }
    if statistics.not_finite > 0 {
        facts.insert(
            0,
            message!("pass-not-finite", count = statistics.not_finite),
        );
    }
    let facts: Vec<String> = facts.iter().map(|fact| theme.say(fact)).collect();
    let room = usize::from(area.width);
    let fitting = |gap: usize| {
        let mut taken = 0;
        let fits = |fact: &&String| {
            taken += width(fact) + gap;
            taken - gap <= room
        };
        facts.iter().take_while(fits).count()
    };
    // The smallest and the largest value are worth a narrow gap.
    let gap = if fitting(2) < SPREAD { 1 } else { 2 };
    let text = facts[..fitting(gap)].join(&" ".repeat(gap));
    paint::text(frame, below(area, 1), 0, &text, theme.style(Role::Dim));
}
