//! Weights: the list of tensors, the selected one's figures and distribution, and kernels as pictures.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::{Phase, Row, Weights, across_and_down, areas};
use crate::message;
use crate::report::format::dims;
use crate::report::tensors::{bars, figure};
use crate::text::Joint;
use crate::tui::context::Context;
use crate::tui::keys::Scope;
use crate::tui::kit::feature_map;
use crate::tui::kit::layout::{below, below_heading};
use crate::tui::kit::list::List;
use crate::tui::kit::paint;
use crate::tui::kit::picture::Pictures;
use crate::tui::kit::text::{Side, pad, width, wrap};
use crate::tui::kit::theme::{Role, Theme};
use crate::tui::message::Command;
use crate::tui::overlay::chooser::Source;
use crate::tui::pane::{Net, about_random};
use crate::tui::worker::FirstKernels;
use crate::weights::values::{TensorReport, Values};

/// Figure of a tensor's values, as text.
type Figure = fn(&Values) -> String;

pub(super) fn render<'a>(
    frame: &mut Frame,
    context: &Context,
    (weights, net): (&'a Weights, &Net<'_>),
    pictures: &mut Pictures<'a>,
) {
    let (body, theme) = (context.view, context.theme);
    let look = match &weights.phase {
        Phase::Ready(look) => look,
        Phase::Failed(reason) => {
            return words(frame, body, theme, (&theme.say(reason), Role::Error));
        }
        Phase::Reading => {
            return words(
                frame,
                body,
                theme,
                (theme.word("weights-pane-reading"), Role::Dim),
            );
        }
        Phase::Idle => {
            return words(
                frame,
                body,
                theme,
                (theme.word("weights-pane-idle"), Role::Dim),
            );
        }
    };
    if let (true, Some(kernels)) = (weights.is_large, &look.kernels) {
        return grid(
            frame,
            kernels_area(body, true),
            theme,
            (kernels, weights.first),
            pictures,
        );
    }
    let [table, detail] = areas(body);
    list(frame, table, context, weights, net);
    if let Some(row) = weights.selected() {
        let detail = if detail.y == body.y {
            paint::rule_at_left(frame, detail, theme)
        } else {
            detail
        };
        selected(frame, detail, context, (weights, &row), pictures);
    }
}

/// Text in place of the tensors.
fn words(frame: &mut Frame, area: Rect, theme: Theme, (text, role): (&str, Role)) {
    let cells = usize::from(area.width).saturating_sub(2);
    let lines = text.lines().flat_map(|line| wrap(line, cells, 0));
    for (row, line) in (1..).zip(lines) {
        paint::text(frame, area, row, &format!(" {line}"), theme.style(role));
    }
}

/// Columns after the tensor's name: a cell for each row, empty where there is nothing to say.
fn cells(theme: Theme, row: &Row<'_>, is_pair: bool) -> Vec<String> {
    let values = row.tensor.values.as_ref();
    let of = |value: fn(&Values) -> f64| values.map_or_else(String::new, |own| figure(value(own)));
    let count = |value: fn(&Values) -> usize| match values.map(value) {
        None | Some(0) => String::new(),
        Some(count) => count.to_string(),
    };
    let mut cells = vec![dims(&row.tensor.shape)];
    if is_pair {
        let change = row.change;
        cells.extend(match (change, row.other) {
            (Some(change), _) => [figure(change.relative), figure(change.largest)],
            (None, Some(_)) => [theme.word("weights-pane-equal").to_owned(), String::new()],
            (None, None) => [theme.word("weights-pane-alone").to_owned(), String::new()],
        });
    }
    cells.extend([of(|own| own.mean), of(|own| own.std)]);
    if !is_pair {
        cells.extend([of(|own| own.min), of(|own| own.max)]);
        cells.push(count(|own| own.zeros));
    }
    cells.push(count(|own| own.not_finite));
    if !is_pair {
        cells.push(values.map_or_else(String::new, |own| bars(&own.histogram)));
    }
    cells.push(row.tensor.dtype.clone().unwrap_or_default());
    cells
}

fn heads(theme: Theme, is_pair: bool) -> Vec<&'static str> {
    let ids: &[&'static str] = if is_pair {
        &[
            "label-shape",
            "weights-column-relative",
            "weights-column-largest",
            "label-mean",
            "label-std",
            "weights-column-not-finite",
            "weights-column-dtype",
        ]
    } else {
        &[
            "label-shape",
            "label-mean",
            "label-std",
            "label-min",
            "label-max",
            "weights-column-zeros",
            "weights-column-not-finite",
            "label-histogram",
            "weights-column-dtype",
        ]
    };
    ids.iter().map(|id| theme.word(id)).collect()
}

fn list(frame: &mut Frame, area: Rect, context: &Context, weights: &Weights, net: &Net<'_>) {
    let theme = context.theme;
    let Some(look) = weights.look() else {
        return;
    };
    let is_pair = look.difference.is_some();
    let rows = weights.rows();
    let body = below_heading(below_heading(area));
    let list = List::new(rows.len(), weights.cursor);
    let name = |source: &Option<Source>| {
        let source = source.as_ref();
        source.map_or_else(String::new, |source| theme.say(&source.message()))
    };
    let title = match &look.difference {
        None if weights.read.as_ref().is_some_and(Source::is_random) => {
            let about = theme.say(&about_random(net.offers_trained, context));
            format!("{} · {about}", name(&weights.read))
        }
        None => name(&weights.read),
        Some(found) => theme.say(&message!(
            "weights-pane-pair",
            first = name(&weights.read),
            second = name(&weights.second),
            changed = found.changed.len(),
            equal = found.equal
        )),
    };
    let title = list.titled(theme, &title, body);
    paint::heading(frame, area, theme, &title, true);
    let visible = list.visible(body);
    let window = &rows[visible.clone()];
    let table: Vec<Vec<String>> = window
        .iter()
        .map(|row| cells(theme, row, is_pair))
        .collect();
    let heads = heads(theme, is_pair);
    let widest = |column: usize| {
        let own = table.iter().map(|row| width(&row[column])).max();
        own.unwrap_or(0).max(width(heads[column]))
    };
    let longest = window.iter().map(|row| width(&row.tensor.name)).max();
    let names = longest.unwrap_or(0).clamp(6, usize::from(area.width) / 3);
    // Columns are shown as long as they have room; those without any content are not.
    let mut room = usize::from(area.width).saturating_sub(names + 3);
    let (mut shown, mut hidden) = (Vec::new(), Vec::new());
    for column in 0..heads.len() {
        let needs = widest(column) + 2;
        if table.iter().all(|row| row[column].is_empty()) {
            continue;
        }
        if needs > room {
            // Narrower columns after it would be out of order.
            room = 0;
            hidden.push(heads[column]);
            continue;
        }
        room -= needs;
        shown.push((column, needs - 2));
    }
    if !hidden.is_empty() {
        let notes = [
            message!(
                "layers-hidden",
                columns = Joint::Comma.of(hidden.iter().copied())
            ),
            message!("layers-hidden-short", count = hidden.len()),
        ]
        .map(|note| theme.say(&note));
        let taken = width(&title) + 4;
        paint::note_at_right(frame, area, 0, taken, &notes, theme.style(Role::Dim));
    }
    let side = |column: usize| {
        let head = heads[column];
        let is_left =
            head == theme.word("label-histogram") || head == theme.word("weights-column-dtype");
        if is_left { Side::Left } else { Side::Right }
    };
    let mut line = format!(" {}", pad(theme.word("label-tensor"), names, Side::Left));
    for (column, cells) in &shown {
        line += &format!("  {}", pad(heads[*column], *cells, side(*column)));
    }
    paint::text(frame, area, 1, &line, theme.style(Role::Dim));
    list.render(frame, body, theme, |number| {
        let (row, cells) = (&rows[number], &table[number - visible.start]);
        let mut spans = vec![Span::raw(format!(
            " {}",
            pad(&row.tensor.name, names, Side::Left)
        ))];
        for (column, room) in &shown {
            let text = format!("  {}", pad(&cells[*column], *room, side(*column)));
            let is_wrong = heads[*column] == theme.word("weights-column-not-finite");
            let style = if is_wrong {
                theme.style(Role::Error)
            } else {
                Style::new()
            };
            spans.push(Span::styled(text, style));
        }
        Line::from(spans)
    });
}

/// The selected tensor: its exact figures, its distribution, and its kernels if a picture is what they read.
fn selected<'a>(
    frame: &mut Frame,
    area: Rect,
    context: &Context,
    (weights, row): (&'a Weights, &Row<'_>),
    pictures: &mut Pictures<'a>,
) {
    let theme = context.theme;
    let tensor = row.tensor;
    let dtype = tensor.dtype.clone().unwrap_or_default();
    let title = format!("{} · {} {dtype}", tensor.name, dims(&tensor.shape));
    paint::heading(frame, area, theme, title.trim_end(), false);
    let inside = below(area, 1, 0);
    let look = weights.look();
    let kernels = look
        .and_then(|look| look.kernels.as_ref())
        .filter(|kernels| kernels.name == tensor.name);
    let mut lines: Vec<(String, Role)> = Vec::new();
    let both: Vec<&TensorReport> = [Some(tensor), row.other].into_iter().flatten().collect();
    let figures: [(&str, Figure); 6] = [
        ("label-min", |own| exact(own.min)),
        ("label-mean", |own| exact(own.mean)),
        ("label-std", |own| exact(own.std)),
        ("label-max", |own| exact(own.max)),
        ("weights-column-zeros", |own| own.zeros.to_string()),
        ("weights-column-not-finite", |own| {
            own.not_finite.to_string()
        }),
    ];
    let words = figures.map(|(id, _)| theme.word(id));
    let label = words.iter().map(|word| width(word)).max().unwrap_or(0);
    let label = label.max(width(theme.word("label-histogram")));
    for ((id, of), word) in figures.iter().zip(words) {
        let values = both.iter().map(|one| one.values.as_ref().map(of));
        let values: Vec<String> = values
            .map(|value| pad(&value.unwrap_or_default(), 23, Side::Left))
            .collect();
        let is_wrong = *id == "weights-column-not-finite"
            && both
                .iter()
                .any(|one| one.values.as_ref().is_some_and(|own| own.not_finite > 0));
        let role = if is_wrong { Role::Error } else { Role::Dim };
        let text = format!(" {}  {}", pad(word, label, Side::Left), values.join(" "));
        lines.push((text.trim_end().to_owned(), role));
    }
    let histogram = both.iter().map(|one| {
        let values = one.values.as_ref();
        pad(
            &values.map_or_else(String::new, |own| bars(&own.histogram)),
            23,
            Side::Left,
        )
    });
    let word = pad(theme.word("label-histogram"), label, Side::Left);
    let text = format!(" {word}  {}", histogram.collect::<Vec<_>>().join(" "));
    lines.push((text.trim_end().to_owned(), Role::Title));
    if let Some(look) = look.filter(|look| !look.undone.is_empty()) {
        let what = Joint::Semicolon.of(look.undone.clone());
        let undone = theme.say(&message!("weights-undone", what = what));
        lines.push((format!(" {undone}"), Role::Dim));
    }
    if let Some(kernels) = kernels {
        let more = message!(
            "weights-pane-kernels",
            count = kernels.count,
            key = context.keys.key(Scope::Weights, Command::Enlarge)
        );
        lines.push((format!(" {}", theme.say(&more)), Role::Dim));
    }
    for (number, (text, role)) in (0..).zip(&lines) {
        paint::text(frame, inside, number, text, theme.style(*role));
    }
    if let Some(kernels) = kernels {
        grid(
            frame,
            kernels_area(area, false),
            theme,
            (kernels, weights.first),
            pictures,
        );
    }
}

/// A figure in full.
fn exact(value: f64) -> String {
    if value.is_nan() {
        String::new()
    } else {
        value.to_string()
    }
}

/// Area of the kernels in the panel of the selected tensor, or in the whole view.
pub(super) fn kernels_area(area: Rect, is_large: bool) -> Rect {
    let inside = below(area, 1, 0);
    let taken = if is_large { 1 } else { 42.min(inside.width) };
    Rect {
        x: inside.x + taken,
        width: inside.width.saturating_sub(taken + 1),
        ..inside
    }
}

/// Kernels as pictures, each with its own range.
fn grid<'a>(
    frame: &mut Frame,
    area: Rect,
    theme: Theme,
    (kernels, first): (&'a FirstKernels, usize),
    pictures: &mut Pictures<'a>,
) {
    let [height, width] = kernels.size;
    let [across, down] = across_and_down(kernels.size, area);
    let page = across * down;
    let last = (first + page).min(kernels.count);
    let range = message!(
        "weights-pane-kernels-seen",
        name = &kernels.name,
        first = first,
        last = last.saturating_sub(1),
        count = kernels.count
    );
    let title = Rect {
        y: area.y.saturating_sub(1),
        height: 1,
        ..area
    };
    if area.x < 3 {
        paint::heading(frame, title, theme, &theme.say(&range), false);
    }
    let visible = area.intersection(frame.area());
    let cells = height.div_ceil(2);
    for (place, kernel) in (first..last).enumerate() {
        let Some(map) = kernels.map(kernel) else {
            continue;
        };
        let left = place % across * (width + 1);
        let top = place / across * (cells + 1);
        let own = Rect::new(
            area.x + left as u16,
            area.y + top as u16,
            width as u16,
            cells as u16,
        );
        let own = own.intersection(visible);
        feature_map::paint(frame, own, theme, map, (width, height), pictures);
    }
}
