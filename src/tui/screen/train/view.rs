//! Training: the networks and the recipe on the left, the curves and panels on the right, the progress and the result below.

mod panels;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::curve::Curve;
use super::{Phase, Train, areas};
use crate::message;
use crate::report::format::{bytes, percent, thousands};
use crate::text::Message;
use crate::tui::context::Context;
use crate::tui::keys::Scope;
use crate::tui::kit::cursor::Cursor;
use crate::tui::kit::layout::{below_heading, height};
use crate::tui::kit::list::List;
use crate::tui::kit::paint;
use crate::tui::kit::picture::Pictures;
use crate::tui::kit::plot::{self, Axes, Pen, SIGNS, Series, number_text};
use crate::tui::kit::text::{Side, pad, width, wrap};
use crate::tui::kit::theme::Role;
use crate::tui::message::Experiment::{Depth, Input, Norm};
use crate::tui::message::{Command, Field};

pub(super) fn render<'a>(
    frame: &mut Frame<'_>,
    context: &Context,
    train: &'a Train,
    pictures: &mut Pictures<'a>,
) {
    let theme = context.theme;
    let findings = findings(train, context);
    let areas = areas(context.view, train.panel, findings.len() as u16 + 1);
    list(frame, areas.list, context, train);
    let kinds: &[bool] = match (areas.plots.len(), train.shows_accuracy) {
        (2, _) => &[false, true],
        (_, false) => &[false],
        (_, true) => &[true],
    };
    for (&is_accuracy, area) in kinds.iter().zip(&areas.plots) {
        curves(frame, *area, context, train, is_accuracy);
    }
    for (panel, area) in areas.panels {
        panels::render(frame, area, context, (train, panel), pictures);
    }
    paint::line(frame, areas.below, 0, &status(train, context));
    for (row, (text, role)) in findings.iter().enumerate() {
        paint::text(frame, areas.below, row as u16 + 1, text, theme.style(*role));
    }
}

/// Rows that the lines below take.
pub(super) fn lines_below(train: &Train, context: &Context) -> u16 {
    findings(train, context).len() as u16 + 1
}

/// Selectable row in a line of the list.
pub(super) fn row_at(train: &Train, line: usize) -> Option<usize> {
    let nets = train.nets.len();
    let row = if line < nets {
        line
    } else {
        // Between networks and recipe there is a heading.
        line.checked_sub(1).filter(|row| *row >= nets)?
    };
    (row < train.rows()).then_some(row)
}

/// Lines of the list: networks, a heading, and the recipe. It scrolls as little as necessary to show the selected one.
pub(super) fn lines(train: &Train, rows: Rect) -> List {
    let (nets, at) = (train.nets.len(), train.cursor.at);
    let len = nets + 1 + Field::ALL.len();
    let mut cursor = Cursor {
        at: if at < nets { at } else { at + 1 },
        top: 0,
    };
    cursor.keep(len, height(rows));
    List::new(len, cursor)
}

/// Networks with their last accuracies, and the recipe.
fn list(frame: &mut Frame<'_>, area: Rect, context: &Context, train: &Train) {
    let theme = context.theme;
    let rows = below_heading(area);
    let list = lines(train, rows);
    let title = list.titled(theme, theme.word("train-nets"), rows);
    paint::heading(frame, area, theme, &title, true);
    let cells = usize::from(rows.width.saturating_sub(1));
    let labels = train.labels();
    list.render_in_box(frame, (inner(rows), area), theme, |line| {
        let Some(number) = line.checked_sub(labels.len()) else {
            return net(train, context, (line, &labels[line]), cells);
        };
        if let Some(number) = number.checked_sub(1) {
            return setting(train, context, Field::ALL[number], cells);
        }
        let title = theme.word("train-recipe");
        let rest = cells.saturating_sub(width(title) + 4);
        let rule = theme.style(Role::Rule);
        Line::from(vec![
            Span::styled("── ", rule),
            Span::styled(title.to_owned(), theme.style(Role::Title)),
            Span::styled(format!(" {}", "─".repeat(rest)), rule),
        ])
    });
}

/// Line of a network with its last figures.
fn net<'l>(
    train: &Train,
    context: &Context,
    (number, label): (usize, &Message),
    cells: usize,
) -> Line<'l> {
    let theme = context.theme;
    let curves: Vec<&Curve> = train.of(number).collect();
    let ended = curves.iter().any(|curve| curve.ended.is_some());
    let figures = if ended {
        theme.word("train-ended").to_owned()
    } else {
        figures(&curves)
    };
    let room = cells.saturating_sub(width(&figures) + 4);
    Line::from(vec![
        Span::styled(
            format!(" {} ", SIGNS[number % SIGNS.len()]),
            theme.series(number),
        ),
        Span::raw(pad(&theme.say(label), room, Side::Left)),
        Span::styled(
            format!(" {figures}"),
            theme.style(if ended { Role::Error } else { Role::Title }),
        ),
    ])
}

/// Line of a setting of the recipe.
fn setting<'l>(train: &Train, context: &Context, field: Field, cells: usize) -> Line<'l> {
    let theme = context.theme;
    let name = theme.say(&field.word());
    let value = train.value(field);
    let value = if value.is_empty() {
        "—".to_owned()
    } else {
        value
    };
    let room = cells.saturating_sub(15);
    Line::from(vec![
        Span::styled(
            format!(" {} ", pad(&name, 12, Side::Left)),
            theme.style(Role::Dim),
        ),
        Span::raw(pad(&value, room, Side::Left)),
    ])
}

/// `area` without its last column, which separates it from the next one.
const fn inner(area: Rect) -> Rect {
    Rect {
        width: area.width.saturating_sub(1),
        ..area
    }
}

/// Mean loss and accuracy of some curves.
fn figures(curves: &[&Curve]) -> String {
    let mean = |values: Vec<f64>| {
        (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
    };
    let loss = mean(curves.iter().filter_map(|own| own.loss()).collect());
    let accuracy = mean(curves.iter().filter_map(|own| own.accuracy()).collect());
    let loss = loss.map_or_else(String::new, number_text);
    let accuracy = accuracy.map_or_else(String::new, percent);
    format!("{loss} {accuracy:>7}").trim_end().to_owned()
}

/// Curves of all networks: the mean over the seeds, and their range.
fn curves(frame: &mut Frame<'_>, area: Rect, context: &Context, train: &Train, is_accuracy: bool) {
    let theme = context.theme;
    let title = if is_accuracy {
        "train-plot-accuracy"
    } else {
        "train-plot-loss"
    };
    paint::heading(frame, area, theme, theme.word(title), false);
    let inside = below_heading(area);
    let series: Vec<Series> = (0..train.nets.len())
        .map(|number| {
            let curves: Vec<&[[f64; 2]]> = train
                .of(number)
                .map(|own| if is_accuracy { &own.tests } else { &own.losses })
                .map(Vec::as_slice)
                .filter(|points| !points.is_empty())
                .collect();
            of_seeds(&curves, number, is_accuracy)
        })
        .collect();
    // Losses of one magnitude are easier to distinguish on a linear axis.
    let linear = Axes::around(&series, false);
    let is_wide = linear.is_some_and(|axes| axes.y[1] > 10.0 * axes.y[0].max(0.0));
    let Some(mut axes) = Axes::around(&series, is_wide && !is_accuracy) else {
        let lines = match &train.phase {
            Phase::Failed(reason) => (theme.say(reason), Role::Error),
            _ if is_accuracy => (theme.word("train-no-test-yet").to_owned(), Role::Dim),
            Phase::Running => (theme.word("train-begins").to_owned(), Role::Dim),
            _ => (theme.say(&hint(context)), Role::Dim),
        };
        let cells = usize::from(inside.width.saturating_sub(2));
        for (row, text) in wrap(&lines.0, cells, 0).iter().enumerate() {
            let line = Line::styled(format!(" {text}"), theme.style(lines.1));
            paint::line(frame, inside, row as u16, &line);
        }
        return;
    };
    axes.x = [0.0, axes.x[1].ceil().max(1.0)];
    if is_accuracy {
        axes.y = [axes.y[0].min(90.0), 100.0];
    }
    let last = axes.x[1] as usize;
    let step = last.div_ceil(8).max(1);
    axes.names = (0..=last)
        .step_by(step)
        .map(|epoch| (epoch as f64, epoch.to_string()))
        .collect();
    let pen = Pen {
        theme,
        is_ascii: context.ascii,
    };
    plot::render(frame, inside, pen, &axes, &series);
}

/// Series of one network: the mean of its curves as far as all go, with their range; accuracies in percent.
fn of_seeds(curves: &[&[[f64; 2]]], look: usize, is_accuracy: bool) -> Series {
    let len = curves.iter().map(|own| own.len()).min().unwrap_or(0);
    let scale = if is_accuracy { 100.0 } else { 1.0 };
    let mut series = Series {
        look,
        is_line: true,
        has_signs: is_accuracy && len <= 20,
        ..Series::default()
    };
    for at in 0..len {
        let values = curves.iter().map(|own| scale * own[at][1]);
        let (low, high) = values
            .clone()
            .fold((f64::INFINITY, f64::NEG_INFINITY), |range, value| {
                (range.0.min(value), range.1.max(value))
            });
        let x = curves[0][at][0];
        let mean = values.sum::<f64>() / curves.len() as f64;
        series.points.push([x, mean]);
        if curves.len() > 1 {
            series.ranges.push([x, low, high]);
        }
    }
    series
}

/// Keys that begin a training.
fn hint(context: &Context) -> Message {
    let key = |command| context.keys.key(Scope::Train, command);
    message!(
        "train-hint",
        run = key(Command::RunAll),
        depth = key(Command::Try(Depth)),
        norm = key(Command::Try(Norm)),
        input = key(Command::Try(Input)),
        add = key(Command::Compare)
    )
}

/// Line about the progress.
fn status(train: &Train, context: &Context) -> Line<'static> {
    let theme = context.theme;
    let epoch = train.curves.iter().map(Curve::epochs).fold(0.0, f64::max);
    let mut facts = vec![message!(
        "train-status-epoch",
        epoch = format!("{epoch:.1}"),
        epochs = train.recipe.epochs
    )];
    if let Some(speed) = train.facts.speed {
        facts.push(message!(
            "train-status-speed",
            speed = thousands(speed as u128)
        ));
    }
    if let (Some(left), true) = (train.facts.left, train.is_busy()) {
        facts.push(message!(
            "train-status-left",
            seconds = format!("{left:.0}")
        ));
    }
    if train.facts.takes > 0 {
        facts.push(message!(
            "train-status-memory",
            memory = bytes(train.facts.takes)
        ));
    }
    let state = match &train.phase {
        Phase::Planned => ("train-state-planned", Role::Dim),
        Phase::Running => ("train-state-running", Role::Good),
        Phase::Resting(training) if training.is_done() => ("train-state-done", Role::Title),
        Phase::Resting(_) => ("train-state-paused", Role::Current),
        Phase::Failed(_) => ("train-state-failed", Role::Error),
    };
    let mut spans = vec![Span::styled(
        format!(" {} ", theme.word(state.0)),
        theme.style(state.1),
    )];
    let facts: Vec<String> = facts.iter().map(|fact| theme.say(fact)).collect();
    spans.push(Span::styled(facts.join(" · "), theme.style(Role::Dim)));
    if let Some(note) = &train.note {
        let note = format!("  {}", theme.say(note));
        spans.push(Span::styled(note, theme.style(Role::Current)));
    }
    Line::from(spans)
}

/// Lines about the result, wrapped, each with its role.
fn findings(train: &Train, context: &Context) -> Vec<(String, Role)> {
    let theme = context.theme;
    let cells = usize::from(context.view.width.saturating_sub(2)).max(20);
    let mut lines = Vec::new();
    for message in train.findings() {
        let text = theme.say(&message);
        let wrapped = wrap(text.trim_end(), cells, 0).into_iter();
        lines.extend(wrapped.map(|line| (format!(" {line}"), Role::Title)));
    }
    for (number, net) in train.nets.iter().enumerate() {
        if let Some(reason) = train.of(number).find_map(|own| own.ended.as_ref()) {
            let text = message!(
                "train-ended-why",
                net = net.label(),
                reason = reason.clone()
            );
            let text = theme.say(&text);
            let wrapped = wrap(&text, cells, 0).into_iter();
            lines.extend(wrapped.map(|line| (format!(" {line}"), Role::Error)));
        }
    }
    lines
}
