//! Overview: figures with gauges on the left, the plot of the networks and the slowest layers on the right.

use std::time::Duration;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::LineGauge;

use super::{SLOWEST, Stats, areas};
use crate::message;
use crate::report::catalogue::entry::Figures;
use crate::report::catalogue::plot::{Bounds, cost_ticks, points};
use crate::report::format::{accuracy, bytes, dims, percent, share, short, thousands, with_sign};
use crate::report::{Column, Subject};
use crate::sorting::Sorting;
use crate::text::Message;
use crate::tui::context::Context;
use crate::tui::kit::layout::{below, inside};
use crate::tui::kit::paint;
use crate::tui::kit::plot::{Axes, Pen, Series, render as plot};
use crate::tui::kit::text::{Side, bar, cut, duration, pad, width, wrap};
use crate::tui::kit::theme::{Role, Theme};
use crate::tui::pane::Net;
use crate::tui::worker::Survey;

/// A figure of the network.
pub(super) struct Figure {
    /// Name of the quantity.
    pub(super) label: Message,
    /// Its value in few characters.
    value: String,
    /// Its exact value.
    pub(super) exact: String,
    /// The number itself.
    number: u128,
    /// The number in a row of the catalogue, if that has it.
    of: Option<fn(&Figures) -> u128>,
}

/// Parameters, operations, depth and receptive field.
pub(super) fn sizes(net: &Net<'_>) -> Vec<Figure> {
    let subject = net.subject;
    let count = |label, number: u128, of| Figure {
        label,
        value: short(number),
        exact: number.to_string(),
        number,
        of,
    };
    let whole = |figure: Figure| Figure {
        value: thousands(figure.number),
        ..figure
    };
    let operations = subject.title(Column::Macs);
    let mut figures = vec![
        count(
            message!("column-parameters"),
            subject.params().0,
            Some(|one| one.params),
        ),
        count(operations, subject.macs().0, Some(|one| one.macs)),
        count(message!("stats-flops"), subject.flops(), None),
        count(
            message!("column-activations"),
            subject.activations().0,
            Some(|one| one.activations),
        ),
    ];
    let depth = subject.analysis.depth as u128;
    figures.push(whole(count(
        message!("column-depth"),
        depth,
        Some(|one| one.depth as u128),
    )));
    let field = subject
        .analysis
        .final_receptive_field(&subject.model.network);
    if let Some(field) = field {
        let of: fn(&Figures) -> u128 = |one| one.receptive_field.unwrap_or(0);
        figures.push(whole(count(
            message!("stats-receptive-field"),
            field.size(),
            Some(of),
        )));
    }
    figures
}

/// Bytes of memory: weights, activations at most in inference, and those kept in training.
pub(super) fn memory(net: &Net<'_>) -> Vec<Figure> {
    let memory = &net.subject.analysis.memory;
    let batch = u128::from(net.subject.batch);
    let rows = [
        (message!("overview-weights"), memory.weights),
        (
            message!("overview-inference"),
            memory.peak_activations * batch,
        ),
        (
            message!("overview-training"),
            memory.training_activations * batch,
        ),
    ];
    let figure = |(label, number): (Message, u128)| Figure {
        label,
        value: bytes(number),
        exact: number.to_string(),
        number,
        of: None,
    };
    rows.map(figure).into_iter().collect()
}

pub(super) fn render(frame: &mut Frame<'_>, context: &Context, stats: &Stats, net: &Net<'_>) {
    let [left, right] = areas(context.view);
    let survey = stats.survey(net.subject);
    figures(frame, left, context.theme, (stats, net), survey);
    let right = Rect {
        x: right.x + 1,
        width: right.width.saturating_sub(1),
        ..right
    };
    let times = match stats.times.len() {
        0 => 2,
        count => count as u16 + 1,
    };
    let height = right.height.saturating_sub(times);
    let above = Rect { height, ..right };
    among(frame, above, context, (stats, net), survey);
    slowest(frame, below(right, height, 0), context.theme, &stats.times);
}

/// Lines that are drawn one below the other.
struct Page<'f, 'b> {
    frame: &'f mut Frame<'b>,
    area: Rect,
    row: u16,
}

impl Page<'_, '_> {
    fn line(&mut self, line: &Line<'_>) {
        paint::line(self.frame, self.area, self.row, line);
        self.row += 1;
    }

    /// Rest of the area.
    fn rest(&self) -> Rect {
        below(self.area, self.row, 0)
    }

    fn heading(&mut self, theme: Theme, title: &str) {
        if self.row + 1 < self.area.height {
            paint::heading(self.frame, self.rest(), theme, title, false);
        }
        self.row += 1;
    }
}

/// Title, sizes, memory and changes.
fn figures(
    frame: &mut Frame<'_>,
    area: Rect,
    theme: Theme,
    (stats, net): (&Stats, &Net<'_>),
    survey: Option<&Survey>,
) {
    let subject = net.subject;
    let mut pen = Page {
        frame,
        area,
        row: 0,
    };
    let title = match (survey, subject.batch) {
        (Some(survey), 1) => message!("overview-size-among", count = survey.others.len()),
        (_, 1) => message!("overview-size"),
        (_, batch) => message!("overview-size-batch", batch = batch),
    };
    pen.heading(theme, &theme.say(&title));
    if let Some(at) = net.faults.first() {
        let path = subject.model.network[*at].path.to_string();
        let text = theme.say(&message!("overview-at-fault", path = path));
        for line in wrap(&text, usize::from(area.width).saturating_sub(2), 0) {
            pen.line(&Line::styled(format!(" {line}"), theme.style(Role::Error)));
        }
    }
    pen.line(&shape(theme, subject));
    // A batch or another rule makes counts that the catalogue's are not.
    let is_alike = subject.batch == 1 && subject.analysis.rule == crate::analysis::Rule::default();
    for figure in sizes(net) {
        let rank = figure.of.zip(survey).and_then(|(of, survey)| {
            let own = survey.own.figures.as_ref().map(of);
            let is_counted = is_alike || own == Some(figure.number);
            let others = survey.others.iter();
            let others = others.filter_map(|one| one.figures.as_ref().map(of));
            let smaller = others.filter(|&number| number < figure.number);
            is_counted.then(|| share(smaller.count() as u128, survey.others.len() as u128))
        });
        let note = rank.map(|rank| theme.say(&message!("overview-rank", share = percent(rank))));
        gauge(&mut pen, theme, &figure, rank.zip(note));
    }
    if let Some(top1) = survey.and_then(|survey| survey.own.accuracy.as_ref()) {
        let label = pad(theme.word("stats-accuracy"), LABEL, Side::Left);
        let value = pad(&with_sign(accuracy(top1.top1)), VALUE, Side::Right);
        pen.line(&Line::from(vec![
            Span::styled(format!(" {label}"), theme.style(Role::Dim)),
            Span::styled(value, theme.style(Role::Title)),
            Span::styled(
                format!("  {}", theme.word("overview-top1")),
                theme.style(Role::Dim),
            ),
        ]));
    }
    let memory = memory(net);
    let most = memory.iter().map(|figure| figure.number).max().unwrap_or(1);
    let title = match stats.free {
        Some(free) => message!("overview-memory-of", free = bytes(free)),
        None => message!("overview-memory"),
    };
    pen.heading(theme, &theme.say(&title));
    for figure in memory {
        let ratio = share(figure.number, stats.free.unwrap_or(most).max(1)).min(1.0);
        let note = stats.free.map_or_else(String::new, |_| percent(ratio));
        gauge(&mut pen, theme, &figure, Some((ratio, note)));
    }
    for (title, change) in survey.map_or(&[][..], |survey| &survey.changes) {
        pen.heading(theme, &theme.say(title));
        let text = theme.say(change);
        for line in wrap(&text, usize::from(area.width).saturating_sub(2), 0) {
            pen.line(&Line::raw(format!(" {line}")));
        }
    }
}

/// Cells of a label, and of a value.
const LABEL: usize = 16;
const VALUE: usize = 10;

/// Shape of the input and of the output.
fn shape(theme: Theme, subject: &Subject) -> Line<'static> {
    let network = &subject.model.network;
    let shapes = &subject.analysis.shapes;
    let of = |id| shapes[id].map_or_else(|| "?".to_owned(), |shape| dims(shape.dims()));
    let ends =
        [network.ids().next(), network.sink()].map(|id| id.map_or_else(|| "?".to_owned(), of));
    let label = pad(theme.word("stats-shape"), LABEL, Side::Left);
    Line::from(vec![
        Span::styled(format!(" {label}"), theme.style(Role::Dim)),
        Span::raw(ends.join(" → ")),
    ])
}

/// A figure with its gauge, as far as there is room.
fn gauge(pen: &mut Page<'_, '_>, theme: Theme, figure: &Figure, ratio: Option<(f64, String)>) {
    let label = pad(&theme.say(&figure.label), LABEL, Side::Left);
    let value = pad(&figure.value, VALUE, Side::Right);
    let line = Line::from(vec![
        Span::styled(format!(" {label}"), theme.style(Role::Dim)),
        Span::styled(value, theme.style(Role::Title)),
    ]);
    let taken = (LABEL + VALUE + 3) as u16;
    let room = pen.area.width.saturating_sub(taken);
    let row = pen.rest();
    pen.line(&line);
    let Some((ratio, note)) = ratio.filter(|_| room > 8 && row.height > 0) else {
        return;
    };
    let cells = width(&note) as u16;
    let place = Rect {
        x: row.x + taken,
        width: room.saturating_sub(cells + 2).min(30),
        height: 1,
        ..row
    };
    let bar = LineGauge::default()
        .ratio(ratio.clamp(0.0, 1.0))
        .label("")
        .filled_symbol("━")
        .unfilled_symbol("─")
        .filled_style(theme.style(Role::Bar))
        .unfilled_style(theme.style(Role::Rule));
    pen.frame
        .render_widget(bar, place.intersection(pen.frame.area()));
    let beside = Rect {
        x: place.right() + 1,
        width: cells,
        ..place
    };
    paint::text(pen.frame, beside, 0, &note, theme.style(Role::Dim));
}

/// The network as a point among the others.
fn among(
    frame: &mut Frame<'_>,
    area: Rect,
    context: &Context,
    (stats, net): (&Stats, &Net<'_>),
    survey: Option<&Survey>,
) {
    let theme = context.theme;
    let title = message!("overview-among", cost = stats.axis.word());
    paint::heading(frame, area, theme, &theme.say(&title), false);
    let rest = below(area, 1, 0);
    let Some(survey) = survey else {
        let word = if stats.is_lost {
            "job-program-error"
        } else {
            "overview-surveying"
        };
        let text = format!(" {}", theme.word(word));
        paint::text(frame, rest, 0, &text, theme.style(Role::Dim));
        return;
    };
    let all = points(survey.others.iter(), stats.axis);
    let bounds = Bounds::around(&all);
    // A few weak networks would press the others together at the top.
    let mut heights: Vec<f64> = all.iter().map(|point| point.y).collect();
    heights.order_by(f64::total_cmp);
    let lowest = heights
        .get(heights.len() / 20)
        .copied()
        .unwrap_or(bounds.y[0]);
    let lowest = survey
        .own
        .accuracy
        .as_ref()
        .map_or(lowest, |own| lowest.min(own.top1))
        - 1.0;
    let cost = stats.axis.cost(&survey.own).unwrap_or_default();
    let here = (cost.max(1) as f64).log10();
    let own = survey.own.accuracy.as_ref().map(|own| own.top1);
    let note = match own {
        Some(top1) => message!(
            "overview-point",
            title = net.subject.model.title(),
            top1 = accuracy(top1)
        ),
        None => message!("overview-no-accuracy", title = net.subject.model.title()),
    };
    let room = usize::from(area.width).saturating_sub(1);
    let last = rest.height.saturating_sub(1);
    paint::text(
        frame,
        rest,
        last,
        &cut(&format!(" {}", theme.say(&note)), room),
        theme.style(Role::Current),
    );
    let axes = Axes {
        x: [bounds.x[0].min(here), bounds.x[1].max(here)],
        y: [lowest.max(bounds.y[0]), bounds.y[1]],
        is_log: false,
        names: cost_ticks(bounds.x, usize::from(area.width / 12))
            .into_iter()
            .map(|tick| ((tick as f64).log10(), short(tick).replace(".00 ", " ")))
            .collect(),
    };
    let places = || {
        let seen = all.iter().filter(|point| point.y >= lowest);
        seen.map(|point| [point.x, point.y])
    };
    let mut others = Series::default();
    // Braille dots are ranges of one value; without them every point has its sign.
    if context.ascii {
        others.points = places().collect();
    } else {
        others.ranges = places().map(|[x, y]| [x, y, y]).collect();
    }
    let mark = match own {
        Some(top1) => Series {
            points: vec![[here, top1]],
            look: 1,
            has_signs: true,
            ..Series::default()
        },
        None => Series {
            points: bounds.y.map(|y| [here, y]).to_vec(),
            look: 1,
            is_line: true,
            ..Series::default()
        },
    };
    let pen = Pen {
        theme,
        is_ascii: context.ascii,
    };
    let area = Rect {
        height: last,
        ..rest
    };
    if area.height > 4 {
        plot(frame, area, pen, &axes, &[others, mark]);
    }
}

/// The layers that took longest.
fn slowest(frame: &mut Frame<'_>, area: Rect, theme: Theme, times: &[(String, Duration)]) {
    paint::heading(frame, area, theme, theme.word("overview-times"), false);
    let inside = inside(area);
    if times.is_empty() {
        let text = theme.word("overview-no-pass");
        paint::text(frame, inside, 0, text, theme.style(Role::Dim));
        return;
    }
    let most = times[0].1.as_secs_f64().max(f64::MIN_POSITIVE);
    let room = usize::from(inside.width);
    let (name_room, value_room) = (room / 2, 9);
    for (row, (path, time)) in (0..).zip(times.iter().take(SLOWEST)) {
        let value = duration(*time);
        let share = time.as_secs_f64() / most;
        let cells = room.saturating_sub(name_room + value_room + 2);
        let line = Line::from(vec![
            Span::raw(pad(path, name_room, Side::Left)),
            Span::styled(
                pad(&value, value_room, Side::Right),
                theme.style(Role::Title),
            ),
            Span::styled(format!("  {}", bar(share, cells)), theme.style(Role::Bar)),
        ]);
        paint::line(frame, inside, row, &line);
    }
}
