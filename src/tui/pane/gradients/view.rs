//! Gradients along the depth: the plot, the list of blocks, and the lines about the result.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{Gradients, Point, areas};
use crate::message;
use crate::report::format::percent;
use crate::text::Message;
use crate::tui::context::Context;
use crate::tui::keys::Scope;
use crate::tui::kit::layout::below_heading;
use crate::tui::kit::list::List;
use crate::tui::kit::paint;
use crate::tui::kit::plot::{self, Axes, Pen, SIGNS, Series, number_text};
use crate::tui::kit::text::{Side, pad, width, wrap};
use crate::tui::kit::theme::Role;
use crate::tui::message::Command;
use crate::tui::pane::Net;
use crate::tui::worker::Start;
use crate::weights::Scheme;

pub(super) fn render(frame: &mut Frame<'_>, context: &Context, own: &Gradients, net: &Net<'_>) {
    let theme = context.theme;
    let findings = finding_lines(own, net, context);
    let [above, list, below] = areas(context.view, findings.len() as u16 + 1);
    paint::heading(frame, above, theme, &heading(own, net, context), true);
    let inside = below_heading(above);
    let points: Vec<Vec<Point>> = (0..2).map(|number| own.points(number)).collect();
    legend(frame, inside, context, own, net);
    let room = crate::tui::kit::layout::below(inside, 1, 0);
    if let Some((axes, series)) = axes(own, &points) {
        let pen = Pen {
            theme,
            is_ascii: context.ascii,
        };
        plot::render(frame, room, pen, &axes, &series);
    } else {
        let (text, role) = words(own, net, context);
        let cells = usize::from(room.width.saturating_sub(2));
        for (row, text) in wrap(&text, cells, 0).iter().enumerate() {
            let line = Line::styled(format!(" {text}"), theme.style(role));
            paint::line(frame, room, row as u16 + 1, &line);
        }
    }
    if list.width > 0 {
        blocks(frame, list, context, own, &points);
    }
    paint::heading(frame, below, theme, theme.word("gradients-result"), false);
    for (row, (text, role)) in findings.iter().enumerate() {
        paint::text(frame, below, row as u16 + 1, text, theme.style(*role));
    }
}

/// Heading: the weights, the seeds and the batch.
fn heading(own: &Gradients, net: &Net<'_>, context: &Context) -> String {
    let theme = context.theme;
    let start = match own.start {
        Start::Initial(Scheme::He) => "gradients-start-he",
        Start::Initial(Scheme::Torch) => "gradients-start-torch",
        Start::Own => "gradients-start-own",
    };
    let title = message!(
        "gradients-heading",
        what = Message::new(if own.is_by_tensor {
            "gradients-of-tensors"
        } else {
            "gradients-of-blocks"
        }),
        start = Message::new(start),
        seeds = own.seeds,
        batch = Gradients::batch(net.subject)
    );
    let title = theme.say(&title);
    match own.progress {
        Some(part) => format!("{title} · {}", percent(part)),
        None => title,
    }
}

/// Sign and name of each network.
fn legend(frame: &mut Frame<'_>, area: Rect, context: &Context, own: &Gradients, net: &Net<'_>) {
    let theme = context.theme;
    let mut spans = vec![Span::raw(" ")];
    let nets = std::iter::once(net.subject).chain(own.other.as_ref());
    for (number, subject) in nets.enumerate() {
        let title = subject.model.title();
        spans.push(Span::styled(
            format!("{} {}   ", SIGNS[number], title.of(theme.language())),
            theme.series(number),
        ));
    }
    if own.other.is_none() {
        let key = context.keys.key(Scope::Gradients, Command::Compare);
        let text = theme.say(&message!("gradients-add-another", key = key));
        spans.push(Span::styled(text, theme.style(Role::Dim)));
    }
    paint::line(frame, area, 0, &Line::from(spans));
}

/// Axes and series of the measurements so far.
fn axes(own: &Gradients, points: &[Vec<Point>]) -> Option<(Axes, Vec<Series>)> {
    let series: Vec<Series> = points
        .iter()
        .enumerate()
        .filter(|(_, points)| !points.is_empty())
        .map(|(look, points)| Series {
            points: points.iter().map(|own| [own.depth, own.mean()]).collect(),
            ranges: points
                .iter()
                .filter(|own| own.norms.len() > 1)
                .map(|own| [own.depth, own.range()[0], own.range()[1]])
                .collect(),
            look,
            is_line: true,
            has_signs: !own.is_by_tensor && points.len() <= 40,
        })
        .collect();
    let mut axes = Axes::around(&series, true)?;
    // Names of the network with more points; those without room are left out.
    let longest = points.iter().max_by_key(|points| points.len())?;
    axes.names = longest
        .iter()
        .map(|point| (point.depth, format!(" {} ", point.name)))
        .collect();
    Some((axes, series))
}

/// Text while there is no plot.
fn words(own: &Gradients, net: &Net<'_>, context: &Context) -> (String, Role) {
    let theme = context.theme;
    if let Some(reason) = &own.failed {
        return (theme.say(reason), Role::Error);
    }
    if !net.can_run || net.why.is_some() {
        return (theme.word("pass-spec-has-errors").to_owned(), Role::Error);
    }
    if own.is_busy() {
        return (theme.word("notice-measuring").to_owned(), Role::Dim);
    }
    let key = context.keys.key(Scope::Gradients, Command::RunAll);
    (
        theme.say(&message!("gradients-press", key = key)),
        Role::Dim,
    )
}

/// List of the blocks or parameters with their norms.
fn blocks(
    frame: &mut Frame<'_>,
    area: Rect,
    context: &Context,
    own: &Gradients,
    points: &[Vec<Point>],
) {
    let theme = context.theme;
    let inside = paint::rule_at_left(frame, area, theme);
    let rows = below_heading(inside);
    let len = points.iter().map(Vec::len).max().unwrap_or(0);
    let list = List::new(len, own.cursor).with(Some(Role::Marked));
    let title = list.titled(theme, theme.word("gradients-list"), rows);
    paint::heading(frame, inside, theme, &title, false);
    // Networks of other depths have other names, and then each has its own.
    let is_alike = points[1].is_empty()
        || points[0].len() == points[1].len()
            && points[0]
                .iter()
                .zip(&points[1])
                .all(|(a, b)| a.name == b.name);
    let shown = if is_alike { points } else { &points[..1] };
    list.render(frame, rows, theme, |at| {
        let names = shown.iter().find_map(|points| points.get(at));
        let Some(point) = names else {
            return Line::default();
        };
        let numbers: Vec<_> = shown
            .iter()
            .filter_map(|points| points.get(at))
            .map(|point| pad(&number_text(point.mean()), 11, Side::Right))
            .collect();
        let taken: usize = numbers.iter().map(|text| width(text)).sum();
        // The last column is the scrollbar's.
        let room = usize::from(rows.width).saturating_sub(taken + 1);
        let mut spans = vec![Span::raw(pad(&point.name, room, Side::Left))];
        let numbers = numbers.into_iter().enumerate();
        spans.extend(numbers.map(|(look, text)| Span::styled(text, theme.series(look))));
        Line::from(spans)
    });
}

/// Lines about the result, wrapped, each with its role.
pub(super) fn finding_lines(
    own: &Gradients,
    net: &Net<'_>,
    context: &Context,
) -> Vec<(String, Role)> {
    let theme = context.theme;
    let cells = usize::from(context.view.width.saturating_sub(2)).max(20);
    let mut lines = Vec::new();
    let found = own.findings(net.subject);
    if found.is_empty() {
        let text = theme.word("gradients-belief");
        lines.extend(
            wrap(text, cells, 0)
                .into_iter()
                .map(|line| (line, Role::Dim)),
        );
    }
    for message in found {
        let text = theme.say(&message);
        lines.extend(
            wrap(&text, cells, 0)
                .into_iter()
                .map(|line| (line, Role::Title)),
        );
    }
    lines
        .into_iter()
        .map(|(line, role)| (format!(" {line}"), role))
        .collect()
}
