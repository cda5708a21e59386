//! Film: the layer that runs, its maps, and words about what is worth a look.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::message;
use crate::report::format::{dims, percent};
use crate::report::pass::activation::{Value, range};
use crate::text::Message;
use crate::tui::context::Context;
use crate::tui::keys::Scope;
use crate::tui::kit::feature_map::{self, stretch};
use crate::tui::kit::layout::below;
use crate::tui::kit::paint;
use crate::tui::kit::picture::{Map, Pictures};
use crate::tui::kit::text::{Side, bar, number, pad, width, wrap};
use crate::tui::kit::theme::{Role, Theme};
use crate::tui::kit::tiles::Tiles;
use crate::tui::message::Command;
use crate::tui::screen::start::watch::Watch;
use crate::tui::screen::start::{Start, film_areas};
use crate::tui::worker::{Film, Frame as Shot, Moment};

pub(super) fn render<'a>(
    frame: &mut Frame<'_>,
    context: &Context,
    (start, watch): (&'a Start, Watch),
    pictures: &mut Pictures<'a>,
) {
    let theme = context.theme;
    let [heading, words, maps, progress] = film_areas(context.view);
    let shot = start.film.as_deref().and_then(|film| {
        let shot = watch.frame(film)?;
        Some((film, shot))
    });
    let Some((film, shot)) = shot else {
        let text = start.failed.clone();
        let text = text.unwrap_or_else(|| message!("notice-fetching"));
        paint::text(frame, words, 0, &theme.say(&text), theme.style(Role::Dim));
        return;
    };
    let node = &film.subject.model.network[shot.layer];
    let title = format!("{} · {}", node.path, theme.say(&node.layer.summary()));
    paint::heading(frame, heading, theme, &title, true);
    let text = theme.say(&caption(film, &film.frames[watch.captioned(film)], theme));
    for (row, line) in (0..).zip(wrap(&text, usize::from(words.width), 0)) {
        paint::text(frame, words, row, &line, theme.style(Role::Title));
    }
    match shot.moment {
        Some(Moment::Addition) => addition(frame, maps, theme, shot, pictures),
        Some(Moment::Answer) => answer(frame, maps, theme, film, pictures),
        _ => value(frame, maps, theme, &shot.output, pictures),
    }
    footer(frame, progress, context, (film, watch));
}

/// Words about a layer that is worth a look.
fn caption(film: &Film, shot: &Shot, theme: Theme) -> Message {
    let network = &film.subject.model.network;
    let count = shot.output.channels;
    let size = dims(shot.output.size);
    let Some(moment) = shot.moment else {
        return message!("watch-picture", size = size);
    };
    match moment {
        Moment::Picture => message!("watch-picture", size = size),
        Moment::Kernels => message!("watch-kernels", count = count),
        Moment::Addition => message!("watch-addition"),
        Moment::Stage => {
            let path = network[shot.layer].path.to_string();
            let stage = path.split('.').next().unwrap_or_default().to_owned();
            message!("watch-stage", stage = stage, count = count, size = size)
        }
        Moment::Pooled => message!("watch-pooled", count = count),
        Moment::Answer => {
            let first = film.guesses.first();
            message!(
                "watch-answer",
                class = first.map_or_else(String::new, |guess| class(film, theme, guess.class)),
                share = first.map_or_else(String::new, |guess| percent(guess.probability.into())),
                layers = network.len(),
            )
        }
    }
}

/// Name of a class.
fn class(film: &Film, theme: Theme, number: usize) -> String {
    let label = film.subject.model.label(number);
    theme.say(&label.map_or_else(
        || message!("label-class", number = number),
        |label| Message::from(&label),
    ))
}

/// Draws as many maps of a value as there is room for.
fn value<'a>(
    frame: &mut Frame<'_>,
    area: Rect,
    theme: Theme,
    value: &'a Value,
    pictures: &mut Pictures<'a>,
) {
    if value.is_vector() {
        let values = value.values();
        let across = values.len().div_ceil(4).max(1);
        let pixels = stretch(
            [values.len().div_ceil(across), across],
            area.width.into(),
            8,
        );
        let map = Map::new(values, across, range(values));
        feature_map::paint(frame, area, theme, map, pixels, pictures);
        return;
    }
    let tiles = Tiles::fill(value.size, value.channels, area);
    for channel in 0..tiles.count(value.channels) {
        let values = value.channel(channel);
        let map = Map::new(values, value.size[1], range(values));
        let place = tiles.place(area, channel);
        feature_map::paint(frame, place, theme, map, tiles.tile, pictures);
    }
}

/// Channel of an addition whose two inputs both have much to show.
fn telling(main: &Value, shortcut: &Value) -> usize {
    let spread = |value: &Value, channel: usize| {
        let (low, high) = range(value.channel(channel));
        high - low
    };
    let least = |channel: usize| spread(main, channel).min(spread(shortcut, channel));
    let channels = 0..main.channels.min(shortcut.channels);
    channels
        .max_by(|a, b| least(*a).total_cmp(&least(*b)))
        .unwrap_or(0)
}

/// Draws main path + shortcut = sum for one channel, on one scale, and one of its cells in numbers.
fn addition<'a>(
    frame: &mut Frame<'_>,
    area: Rect,
    theme: Theme,
    shot: &'a Shot,
    pictures: &mut Pictures<'a>,
) {
    let [main, shortcut] = &shot.inputs[..] else {
        return;
    };
    let channel = telling(main, shortcut);
    let terms = [main, shortcut, &shot.output].map(|value| value.channel(channel));
    let (low, high) = terms
        .iter()
        .fold((f32::MAX, f32::MIN), |(low, high), values| {
            let (least, most) = range(values);
            (low.min(least), high.max(most))
        });
    let sign = 3;
    let room = area.width.saturating_sub(2 * sign) / 3;
    let rows = area.height.saturating_sub(3);
    let pixels = stretch(main.size, room.into(), rows.into());
    let names = ["watch-main", "branch-shortcut", "watch-sum"];
    for (number, (values, name)) in terms.iter().zip(names).enumerate() {
        let x = area.x + number as u16 * (pixels.0 as u16 + sign);
        let place = Rect {
            x,
            width: pixels.0 as u16,
            height: rows,
            y: area.y + 1,
        };
        let head = Rect {
            y: area.y,
            height: 1,
            ..place
        };
        paint::text(frame, head, 0, theme.word(name), theme.style(Role::Key));
        let map = Map::new(values, main.size[1], (low, high));
        feature_map::paint(frame, place, theme, map, pixels, pictures);
        let between = Rect {
            x: x.saturating_sub(2),
            width: 1,
            ..place
        };
        let sign = ["", "+", "="][number];
        let middle = (pixels.1 / 4) as u16;
        paint::text(frame, between, middle, sign, theme.style(Role::Key));
    }
    let [a, b, sum] = terms;
    let shown = |value: f32| number(value.into()).trim().replace('.', "").parse::<i64>();
    // A cell whose numbers add up as they are shown.
    let adds_up = |at: usize| match (shown(a[at]), shown(b[at]), shown(sum[at])) {
        (Ok(a), Ok(b), Ok(sum)) => a + b == sum,
        _ => false,
    };
    let least = |at: &usize| {
        let least = a[*at].abs().min(b[*at].abs());
        if adds_up(*at) { least } else { 0.0 }
    };
    let cells = 0..a.len().min(b.len());
    let at = cells
        .max_by(|a, b| least(a).total_cmp(&least(b)))
        .unwrap_or(0);
    let [a, b, sum] = terms.map(|values| {
        let value = values.get(at).copied().unwrap_or_default();
        number(value.into()).trim().to_owned()
    });
    let row = at / main.size[1].max(1);
    let text = message!(
        "watch-cell",
        channel = channel,
        row = row,
        column = at - row * main.size[1],
        main = a,
        shortcut = b,
        sum = sum,
    );
    let below_maps = below(area, 1 + pixels.1.div_ceil(2) as u16, 0);
    paint::text(
        frame,
        below_maps,
        0,
        &theme.say(&text),
        theme.style(Role::Good),
    );
    let scale = [low, high].map(|value| number(value.into()).trim().to_owned());
    let scale = message!("watch-scale", low = &scale[0], high = &scale[1]);
    paint::text(
        frame,
        below_maps,
        1,
        &theme.say(&scale),
        theme.style(Role::Dim),
    );
}

/// Draws the picture beside the likeliest classes.
fn answer<'a>(
    frame: &mut Frame<'_>,
    area: Rect,
    theme: Theme,
    film: &'a Film,
    pictures: &mut Pictures<'a>,
) {
    let area = Rect {
        height: area.height.saturating_sub(1),
        ..area
    };
    let mut inside = area;
    if let Some(first) = film.frames.first() {
        let picture = &first.output;
        let pixels = stretch(
            picture.size,
            usize::from(area.width) / 2,
            area.height.into(),
        );
        let values = picture.channel(0);
        let map = Map::new(values, picture.size[1], range(values));
        feature_map::paint(frame, area, theme, map, pixels, pictures);
        let taken = (pixels.0 as u16 + 3).min(area.width);
        inside.x += taken;
        inside.width -= taken;
    }
    let names = film
        .guesses
        .iter()
        .map(|guess| class(film, theme, guess.class));
    let names: Vec<String> = names.collect();
    let widest = names.iter().map(|name| width(name)).max().unwrap_or(0);
    let room = usize::from(inside.width)
        .saturating_sub(widest + 10)
        .min(40);
    for (row, (guess, name)) in film.guesses.iter().zip(&names).enumerate() {
        let share = f64::from(guess.probability);
        let role = if row == 0 { Role::Good } else { Role::Dim };
        let line = Line::from(vec![
            Span::styled(pad(name, widest, Side::Left), theme.style(role)),
            Span::raw(format!(" {:>7} ", percent(share))),
            Span::styled(bar(share, room), theme.style(role)),
        ]);
        paint::line(frame, inside, row as u16 + 1, &line);
    }
}

/// Draws the part of the network that has run, and the keys at the end.
fn footer(frame: &mut Frame<'_>, area: Rect, context: &Context, (film, watch): (&Film, Watch)) {
    let theme = context.theme;
    let count = film.frames.len();
    let at = watch.frame + 1;
    let words = message!("watch-layers", at = at, of = count);
    let words = theme.say(&words);
    let room = usize::from(area.width).saturating_sub(width(&words) + 1);
    let line = Line::from(vec![
        Span::raw(format!("{words} ")),
        Span::styled(bar(at as f64 / count as f64, room), theme.style(Role::Bar)),
    ]);
    paint::line(frame, area, 0, &line);
    let key = |command| context.keys.key(Scope::Watch, command);
    let note = if watch.is_at_end(film) {
        message!(
            "watch-end",
            open = key(Command::Accept),
            again = key(Command::Rewind)
        )
    } else if watch.is_paused {
        message!("watch-paused", key = key(Command::Pause))
    } else {
        message!("watch-skip", pause = key(Command::Pause))
    };
    let role = if watch.is_at_end(film) || watch.is_paused {
        Role::Key
    } else {
        Role::Dim
    };
    paint::text(frame, area, 1, &theme.say(&note), theme.style(role));
}
