//! What a layer read and put out: captions, maps, a histogram, and at the end the likeliest classes.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::feature_map::{self, Map, fit, stretch};
use super::{guesses, histogram, norm, paint};
use crate::report::activation::{Activation, Value, range};
use crate::tui::app::App;
use crate::tui::forward::{Contrast, Forward, Maps, Zoom};
use crate::tui::layout;
use crate::tui::message::Tab;
use crate::tui::opened::Opened;
use crate::tui::text::{cut, width};
use crate::tui::theme::{Role, Theme};

/// Where the parts of the panel are.
struct Places {
    /// One for each input, then one for the output.
    values: Vec<Rect>,
    /// The histogram or the classes.
    bottom: Rect,
    /// The numbers of a batch normalisation; empty for any other layer.
    norm: Rect,
}

/// How maps are laid out in a box.
struct Grid {
    /// Pixels of a map.
    tile: (usize, usize),
    across: usize,
    down: usize,
}

/// How many channels the output's maps show at once, for turning the page.
pub(in crate::tui) fn channels_per_page(app: &App) -> usize {
    let Some(opened) = app.opened().filter(|opened| opened.tab == Tab::Forward) else {
        return 1;
    };
    let Some(shown) = &opened.forward.shown else {
        return 1;
    };
    let [_, body, _] = layout::outline(app.size);
    let area = layout::activation(body);
    let has_guesses = !opened.forward.guesses.is_empty();
    let places = places(area, shown, has_guesses, opened.forward.maps.zoom);
    let maps = places
        .values
        .last()
        .map_or(Rect::ZERO, |area| below_caption(*area));
    let grid = grid(&shown.output, maps, opened.forward.maps.zoom);
    (grid.across * grid.down).max(1)
}

/// What the pass runs on, in words.
pub(super) fn runs_on(forward: &Forward) -> String {
    forward
        .running_on
        .as_ref()
        .map_or_else(String::new, |(weights, input)| {
            format!("weights {weights} · {input}")
        })
}

pub(super) fn render(
    frame: &mut Frame,
    area: Rect,
    app: &App,
    opened: &Opened,
    shown: &Activation,
) {
    let theme = app.theme;
    let forward = &opened.forward;
    let node = &opened.subject.model.network[shown.layer];
    let micros = shown.time.as_secs_f64() * 1e6;
    let time = match micros {
        0.0..99.5 => format!("{micros:.0} µs"),
        99.5..9_950.0 => format!("{:.1} ms", micros / 1e3),
        _ => format!("{:.0} ms", micros / 1e3),
    };
    let title = format!("{} · {}", node.path, node.layer.summary());
    paint::heading(frame, area, theme, &title, false);
    let on = format!("{time} · {}", runs_on(forward));
    paint::text(frame, row(area, 1), 0, &on, theme.style(Role::Dim));

    let is_end = Some(shown.layer) == opened.subject.model.network.sink();
    let has_guesses = is_end && !forward.guesses.is_empty();
    let places = places(area, shown, has_guesses, forward.maps.zoom);
    let values = shown
        .inputs
        .iter()
        .map(|value| ("reads", value))
        .chain(std::iter::once(("puts out", &shown.output)));
    for ((role, value), area) in values.zip(&places.values) {
        draw(frame, *area, theme, role, value, forward.maps);
    }
    if has_guesses {
        guesses::render(frame, places.bottom, app, opened);
    } else {
        let heading = "how often each value occurs";
        paint::text(frame, places.bottom, 0, heading, theme.style(Role::Dim));
        histogram::render(frame, row(places.bottom, 1), theme, &shown.output);
    }
    norm::render(frame, places.norm, theme, &shown.norm, forward.maps.first);
}

fn places(area: Rect, shown: &Activation, has_guesses: bool, zoom: Zoom) -> Places {
    let body = row(area, 2);
    let norm_rows = match (shown.norm.is_empty(), body.height) {
        (true, _) | (_, 0..22) => 0,
        _ => 5,
    };
    let mut values: Vec<&Value> = shown.inputs.iter().collect();
    values.push(&shown.output);
    let strips = values.iter().filter(|value| value.is_vector()).count() as u16;
    let bottom_rows = match (has_guesses, body.height) {
        (true, height) => height.saturating_sub(strips * STRIP).max(7),
        (false, 0..22) => 4,
        (false, _) => 8,
    }
    .min(body.height);
    let end = body.bottom();
    let norm = Rect {
        y: end.saturating_sub(norm_rows + bottom_rows),
        height: norm_rows,
        ..body
    };
    let bottom = Rect {
        y: end.saturating_sub(bottom_rows),
        height: bottom_rows,
        ..body
    };
    let mut left = body.height.saturating_sub(bottom_rows + norm_rows);
    if zoom == Zoom::Single {
        let beside = Rect {
            height: left,
            ..body
        };
        let count = values.len() as u16;
        let each = body.width.saturating_sub(2 * (count - 1)) / count;
        let parts = vec![Constraint::Length(each); values.len()];
        return Places {
            values: beside.layout_vec(&Layout::horizontal(parts).spacing(2)),
            bottom,
            norm,
        };
    }
    let maps = values.len() as u16 - strips;
    let each = left.saturating_sub(strips * STRIP) / maps.max(1);
    let mut y = body.y;
    let mut take = |rows: u16| {
        let rows = rows.min(left);
        let place = Rect {
            y,
            height: rows,
            ..body
        };
        y += rows;
        left -= rows;
        place
    };
    let places: Vec<Rect> = values
        .iter()
        .map(|value| take(if value.is_vector() { STRIP } else { each }))
        .collect();
    Places {
        values: places,
        norm,
        bottom,
    }
}

/// Lines of a vector: its caption, its pixels, and air.
const STRIP: u16 = 4;

/// Lines above the maps of a value.
const CAPTION: u16 = 2;

fn below_caption(area: Rect) -> Rect {
    let maps = row(area, CAPTION);
    Rect {
        // A line of air keeps the maps from the next caption.
        height: maps.height.saturating_sub(1),
        ..maps
    }
}

fn draw(frame: &mut Frame, area: Rect, theme: Theme, role: &str, value: &Value, maps: Maps) {
    let place = below_caption(area);
    let pixels = value.values().len();
    if value.is_vector() {
        caption(frame, area, theme, role, value, "a pixel each");
        let across = usize::from(place.width).min(pixels).max(1);
        let map = Map {
            values: value.values(),
            width: across,
            range: range(value.values()),
        };
        let down = pixels.div_ceil(across);
        feature_map::paint(frame, place, theme, map, (across, down));
        return;
    }
    let grid = grid(value, place, maps.zoom);
    let count = (grid.across * grid.down).min(value.channels);
    let first = maps.first.min(value.channels - count.min(value.channels));
    let channels = if count == 1 {
        format!("channel {first}")
    } else {
        format!("channels {first}–{}", first + count - 1)
    };
    caption(frame, area, theme, role, value, &channels);
    for number in 0..count {
        let values = value.channel(first + number);
        let map = Map {
            values,
            width: value.size[1],
            range: match maps.contrast {
                Contrast::Map => range(values),
                Contrast::Layer => (value.statistics.min, value.statistics.max),
            },
        };
        let (width, height) = (grid.tile.0 as u16, grid.tile.1.div_ceil(2) as u16);
        let x = (number % grid.across) as u16 * (width + 1);
        let y = (number / grid.across) as u16 * (height + 1);
        let tile = Rect::new(place.x + x, place.y + y, width, height).intersection(place);
        feature_map::paint(frame, tile, theme, map, grid.tile);
    }
}

/// Two lines: which value it is with its shape and the channels that are shown, and its numbers.
fn caption(frame: &mut Frame, area: Rect, theme: Theme, role: &str, value: &Value, channels: &str) {
    let name = if role == "reads" {
        format!("reads {}", value.label)
    } else {
        "puts out".to_owned()
    };
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
    let numbers = value.statistics;
    let mut facts = vec![
        format!("mean {}", number(numbers.mean)),
        format!("std {}", number(numbers.std)),
        format!("min {}", number(f64::from(numbers.min))),
        format!("max {}", number(f64::from(numbers.max))),
        format!("{:>5.1}% zero", numbers.zeros * 100.0),
    ];
    if numbers.not_finite > 0 {
        facts.insert(0, format!("{} not finite", numbers.not_finite));
    }
    let mut text = String::new();
    for fact in facts {
        if width(&text) + width(&fact) > usize::from(area.width) {
            break;
        }
        text += &fact;
        text += "  ";
    }
    let text = text.trim_end();
    paint::text(frame, row(area, 1), 0, text, theme.style(Role::Dim));
}

/// A number in six cells.
pub(super) fn number(value: f64) -> String {
    match value.abs() {
        0.0..99.995 => format!("{value:>6.2}"),
        99.995..99_999.5 => format!("{value:>6.0}"),
        _ => format!("{value:>6.0e}"),
    }
}

/// Lays maps of a value's size out in a box: large, but several of them where there are several.
fn grid(value: &Value, area: Rect, zoom: Zoom) -> Grid {
    let (columns, rows) = (usize::from(area.width), usize::from(area.height));
    let of = |down: usize| {
        let tile = fit(value.size, columns, ((rows + 1) / down).saturating_sub(1));
        Grid {
            tile,
            across: ((columns + 1) / (tile.0 + 1)).max(1),
            down,
        }
    };
    if zoom == Zoom::Single {
        let tile = stretch(value.size, columns, rows);
        return Grid {
            tile,
            across: 1,
            down: 1,
        };
    }
    let wanted = value.channels.min(6);
    let mut best = of(1);
    for down in 2..=6 {
        if best.across * best.down >= wanted {
            break;
        }
        let next = of(down);
        // Smaller than this nothing can be recognised, unless the map itself has no more.
        if next.tile.1 < value.size[0].min(12) {
            break;
        }
        best = next;
    }
    best
}

/// `area` from its row `rows` on.
fn row(area: Rect, rows: u16) -> Rect {
    let rows = rows.min(area.height);
    Rect {
        y: area.y + rows,
        height: area.height - rows,
        ..area
    }
}
