//! Scatter plot of the catalogue: accuracy against a cost, with the name of the chosen network.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Color;
use ratatui::symbols::Marker;
use ratatui::text::{Line, Span};
use ratatui::widgets::canvas::{Canvas, Line as Stroke, Points};

use crate::message;
use crate::report::catalogue::plot::{
    Axis, Bounds, Point, accuracy_ticks, best, cost_ticks, points,
};
use crate::report::format::{short, with_sign};
use crate::tui::context::Context;
use crate::tui::kit::layout;
use crate::tui::kit::paint;
use crate::tui::kit::text::{Side, pad, width};
use crate::tui::kit::theme::{Role, Theme};
use crate::tui::screen::catalogue::{Catalogue, list, place};

pub(super) fn render(frame: &mut Frame<'_>, catalogue: &Catalogue, context: &Context, axis: Axis) {
    let (body, theme) = (context.view, context.theme);
    let [plot, details] = place::panels(body);
    let points = points(catalogue.shown(), axis);
    heading(frame, plot, theme, catalogue, axis, points.len());
    let plane = place::plane(plot);
    let bounds = Bounds::around(&points);
    axes(frame, plot, plane, theme, axis, &bounds);
    let selected = catalogue.selected();
    let chosen = points
        .iter()
        .position(|point| selected.is_some_and(|entry| entry.name == point.entry.name));
    if points.is_empty() {
        let text = format!("  {}", theme.word("points-none"));
        paint::text(frame, plane, 1, &text, theme.style(Role::Warning));
    } else {
        dots(frame, plane, context, &bounds, &points);
        signs(frame, plane, (theme, catalogue), &bounds, &points, chosen);
    }
    let inside = if details.y == plot.y {
        paint::rule_at_left(frame, details, theme)
    } else {
        paint::heading(frame, details, theme, theme.word("title-about"), false);
        layout::inside(details)
    };
    if let Some(number) = chosen {
        list::about(
            frame,
            inside,
            theme,
            points[number].entry,
            catalogue.trained(),
        );
    }
}

fn heading(
    frame: &mut Frame,
    plot: Rect,
    theme: Theme,
    catalogue: &Catalogue,
    axis: Axis,
    drawn: usize,
) {
    let mut spans = Vec::new();
    if catalogue.is_typing || !catalogue.query().is_empty() {
        let search = format!(" {} ", theme.word("catalogue-search"));
        spans.push(Span::styled(search, theme.style(Role::Dim)));
        let query = format!("{}▏ ", catalogue.query());
        spans.push(Span::styled(query, theme.style(Role::Key)));
    }
    let missing = catalogue.found() - drawn;
    let trained = catalogue.trained();
    // The training data is always shown; the number of networks without a point only if there is room.
    let titles = [
        message!("points-title", count = drawn, cost = axis.word()),
        message!("points-title-short", count = drawn, cost = axis.word()),
    ]
    .map(|title| format!(" {}", theme.say(&title)));
    let data = [trained.words(), trained.short()].map(|data| match catalogue.counting() {
        Some(counting) => format!(" · {} · {}", theme.say(&data), theme.say(&counting)),
        None => format!(" · {}", theme.say(&data)),
    });
    let not_drawn = [
        message!("points-missing", count = missing),
        message!("points-missing-short", count = missing),
    ];
    let [long, short] = not_drawn.map(|count| format!(" · {}", theme.say(&count)));
    let counts = [long, short, String::new()];
    let all = titles.iter().flat_map(|title| {
        let counts = counts.iter().skip(if missing > 0 { 0 } else { 2 });
        let data = &data;
        counts.flat_map(move |count| data.iter().map(move |data| [title, data, count]))
    });
    let taken: usize = spans.iter().map(Span::width).sum();
    let fits = |texts: &[&String; 3]| {
        taken + texts.iter().map(|text| width(text)).sum::<usize>() <= usize::from(plot.width)
    };
    let shortest = [&titles[1], &data[1], &counts[2]];
    let [title, data, count] = all.into_iter().find(fits).unwrap_or(shortest);
    spans.push(Span::styled(title.clone(), theme.style(Role::Title)));
    spans.extend([data, count].map(|text| Span::styled(text.clone(), theme.style(Role::Dim))));
    paint::line(frame, plot, 0, &Line::from(spans));
}

/// Axes with their numbers: percent on the left, the cost with its prefix below.
fn axes(frame: &mut Frame, plot: Rect, plane: Rect, theme: Theme, axis: Axis, bounds: &Bounds) {
    let rule = theme.style(Role::Rule);
    let dim = theme.style(Role::Dim);
    let scale = Rect {
        x: plot.x,
        width: plane.x.saturating_sub(plot.x),
        ..plane
    };
    let room = usize::from(scale.width.saturating_sub(1));
    for row in 0..plane.height {
        let text = format!("{}│", " ".repeat(room));
        paint::text(frame, scale, row, &text, rule);
    }
    let last = plane.height.saturating_sub(1);
    for tick in accuracy_ticks(bounds, 2.0 / f64::from(plane.height.max(1))) {
        let part = bounds.part(f64::from(tick));
        let dot = (part * f64::from((plane.height * 4).saturating_sub(1))).round() as u16;
        let line = Line::from(vec![
            Span::styled(pad(&with_sign(tick), room, Side::Right), dim),
            Span::styled("┤", rule),
        ]);
        paint::line(frame, scale, last.saturating_sub(dot / 4), &line);
    }
    let below = Rect {
        y: plane.bottom(),
        height: 2,
        ..plane
    };
    let mut line: Vec<char> = "─".repeat(usize::from(plane.width)).chars().collect();
    let mut numbers = String::new();
    for tick in cost_ticks(bounds.x, usize::from(plane.width / 9)) {
        let part = ((tick as f64).log10() - bounds.x[0]) / (bounds.x[1] - bounds.x[0]);
        let dot = (part * f64::from((plane.width * 2).saturating_sub(1))).round() as usize;
        let text = short(tick).replace(".00 ", " ");
        let cells = width(&text);
        // A number at the end of the axis is moved to the left, not cut.
        let last = usize::from(plane.width).saturating_sub(cells);
        let start = (dot / 2).saturating_sub(cells / 2).min(last);
        if start > 0 && start <= width(&numbers) {
            continue;
        }
        if let Some(sign) = line.get_mut(dot / 2) {
            *sign = '┬';
        }
        numbers += &" ".repeat(start.saturating_sub(width(&numbers)));
        numbers += &text;
    }
    let corner = Rect {
        x: below.x.saturating_sub(1),
        width: below.width + 1,
        ..below
    };
    let line: String = std::iter::once('└').chain(line).collect();
    paint::text(frame, corner, 0, &line, rule);
    paint::line(frame, below, 1, &Line::styled(numbers, dim));
    let unit = match axis {
        Axis::Macs => theme.word("column-macs"),
        Axis::Params => theme.word("column-params"),
    };
    paint::text(
        frame,
        Rect {
            width: 7,
            ..Rect { x: plot.x, ..below }
        },
        1,
        &format!(" {unit}"),
        dim,
    );
}

/// All points, and the line along those that no cheaper one equals in accuracy.
fn dots(frame: &mut Frame, plane: Rect, context: &Context, bounds: &Bounds, points: &[Point<'_>]) {
    let theme = context.theme;
    let colour = |role| theme.style(role).fg.unwrap_or(Color::Reset);
    let places: Vec<(f64, f64)> = points
        .iter()
        .map(|point| place::dot(plane, bounds, point))
        .map(|(x, y)| (f64::from(x), f64::from(y)))
        .collect();
    let right = f64::from(plane.width) * 2.0 - 1.0;
    let top = f64::from(plane.height) * 4.0 - 1.0;
    // A single dot is hard to see from the last row of a room, so a point is a square of four.
    let squares: Vec<(f64, f64)> = places
        .iter()
        .flat_map(|&(x, y)| [(x, y), (x + 1.0, y), (x, y + 1.0), (x + 1.0, y + 1.0)])
        .map(|(x, y)| (x.min(right), y.min(top)))
        .collect();
    let best = best(points);
    let canvas = Canvas::default()
        .marker(if context.ascii {
            Marker::Dot
        } else {
            Marker::Braille
        })
        .x_bounds([0.0, right])
        .y_bounds([0.0, top])
        .paint(|canvas| {
            // Without braille a line would be as thick as the points.
            if !context.ascii {
                for pair in best.windows(2) {
                    let ((x1, y1), (x2, y2)) = (places[pair[0]], places[pair[1]]);
                    canvas.draw(&Stroke::new(x1, y1, x2, y2, colour(Role::Rule)));
                }
                canvas.layer();
            }
            canvas.draw(&Points::new(&squares, colour(Role::Bar)));
        });
    frame.render_widget(canvas, plane.intersection(frame.area()));
}

/// Chosen point with its name, the points of its family, and the marked ones.
fn signs(
    frame: &mut Frame,
    plane: Rect,
    (theme, catalogue): (Theme, &Catalogue),
    bounds: &Bounds,
    points: &[Point<'_>],
    chosen: Option<usize>,
) {
    let mut put = |point: &Point<'_>, text: &str, style| {
        let cell = place::cell(plane, bounds, point);
        let room = Rect {
            x: cell.x,
            y: cell.y,
            width: (width(text) as u16).min(plane.right().saturating_sub(cell.x)),
            height: 1,
        };
        paint::line(frame, room, 0, &Line::styled(text.to_owned(), style));
    };
    let family = chosen.map(|number| &points[number].entry.family);
    for point in points {
        if Some(&point.entry.family) == family {
            put(point, "●", theme.style(Role::Current));
        }
    }
    for point in points {
        let marked = catalogue.marked();
        if let Some(at) = marked.iter().position(|name| *name == point.entry.name) {
            put(point, &(at + 1).to_string(), theme.style(Role::Key));
        }
    }
    let Some(point) = chosen.map(|number| &points[number]) else {
        return;
    };
    put(point, "◆", theme.style(Role::Selected));
    let label = format!(" {} ", point.entry.title.of(theme.language()));
    let cell = place::cell(plane, bounds, point);
    let cells = (width(&label) as u16).min(plane.width);
    // On the right if there is room, or else on the left.
    let x = if cell.x + 1 + cells <= plane.right() {
        cell.x + 1
    } else {
        cell.x.saturating_sub(cells).max(plane.x)
    };
    let room = Rect {
        x,
        y: cell.y,
        width: cells,
        height: 1,
    };
    paint::line(
        frame,
        room,
        0,
        &Line::styled(label, theme.style(Role::Selected)),
    );
}
