//! Batch normalisation as a film: x, x̂ and y on one axis, a map before and after it, the running mean that follows the batches,
//! and sliders for the batch and ε.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::{BnLab, Counts};
use crate::message;
use crate::report::pass::activation::range;
use crate::report::pass::bn_lab::{BATCHES, Profile, Setup, Shown, rights, slot};
use crate::sorting::Sorting;
use crate::tui::context::Context;
use crate::tui::keys::Scope;
use crate::tui::kit::feature_map::{self, shade, stretch};
use crate::tui::kit::layout::below;
use crate::tui::kit::paint;
use crate::tui::kit::picture::Map;
use crate::tui::kit::plot::{self, Axes, Pen, SIGNS, Series, number_text};
use crate::tui::kit::theme::Role;
use crate::tui::message::Command;

/// Lines of the film in a box: all of a low one, so that it is above the fold.
const LOW: u16 = 24;
/// Lines of the sliders.
const SLIDERS: u16 = 2;

/// Number of lines that the film takes; none before there are results.
pub(super) fn rows(lab: &BnLab, inside: Rect) -> usize {
    if lab.shown.is_none() || lab.failed.is_some() {
        return 0;
    }
    let beyond = inside.height.saturating_sub(LOW);
    usize::from(inside.height.min(LOW) + beyond / 2)
}

pub(super) fn render(
    frame: &mut Frame<'_>,
    area: Rect,
    context: &Context,
    (lab, shown): (&BnLab, &Shown),
) {
    let [top, bottom, sliders] = area.layout(&Layout::vertical([
        Constraint::Fill(5),
        Constraint::Fill(4),
        Constraint::Length(SLIDERS),
    ]));
    let halves = |band: Rect| -> [Rect; 2] {
        band.layout(&Layout::horizontal([Constraint::Fill(11), Constraint::Fill(9)]).spacing(1))
    };
    let [values, maps] = halves(top);
    let [running, answers] = halves(bottom);
    distributions(frame, values, context, shown);
    before_and_after(frame, maps, context, shown);
    chase(frame, running, context, shown);
    which_statistics(frame, answers, context, lab);
    batch_slider(frame, sliders, context, shown);
    epsilon_slider(frame, below(sliders, 1, 0), context, shown);
}

/// x, x̂ and y as curves on one axis, with 0 and ±1σ marked.
fn distributions(frame: &mut Frame<'_>, area: Rect, context: &Context, shown: &Shown) {
    let [x, normalized, training, _] = &*shown.profiles;
    let all = [x, normalized, training];
    let names = [("x", 0), ("x̂", 1), ("y", 2)];
    legend(frame, area, context, &names);
    let ends = all.map(Profile::ends);
    let low = ends.iter().map(|end| end[0]).fold(-1.5, f32::min);
    let high = ends.iter().map(|end| end[1]).fold(1.5, f32::max);
    let ends = [f64::from(low), f64::from(high)];
    let bars = usize::from(plot::plane(area).width).max(8);
    let mut series: Vec<Series> = names
        .into_iter()
        .zip(all)
        .map(|((_, look), values)| Series {
            points: values.shares(ends, bars),
            look,
            is_line: true,
            ..Series::default()
        })
        .collect();
    let Some(mut axes) = Axes::around(&series, false) else {
        return;
    };
    axes.x = ends;
    axes.y = [0.0, top(&series)];
    axes.names = vec![
        (-1.0, "-1σ".to_owned()),
        (0.0, "0".to_owned()),
        (1.0, "+1σ".to_owned()),
    ];
    let marks = [-1.0, 0.0, 1.0].map(|at| [at, axes.y[0], axes.y[1]]);
    series.insert(
        0,
        Series {
            ranges: marks.to_vec(),
            look: MARKS,
            ..Series::default()
        },
    );
    plot::render(frame, below(area, 1, 0), pen(context), &axes, &series);
}

/// Top of the axis: a bar far above all others of its curve is cut off, so that it does not hide the rest.
fn top(series: &[Series]) -> f64 {
    let of = |own: &Series| {
        let mut bars: Vec<f64> = own.points.iter().map(|point| point[1]).collect();
        bars.order_by(f64::total_cmp);
        let [.., second, largest] = bars[..] else {
            return 1.0;
        };
        if second > 0.0 && largest > 2.0 * second {
            second * 1.25
        } else {
            largest
        }
    };
    series.iter().map(of).fold(f64::MIN_POSITIVE, f64::max)
}

/// Number of the look of marks: one that no curve has.
const MARKS: usize = 3;

fn pen(context: &Context) -> Pen {
    Pen {
        theme: context.theme,
        is_ascii: context.ascii,
    }
}

/// Names of curves with their signs, in a heading.
fn legend(frame: &mut Frame<'_>, area: Rect, context: &Context, names: &[(&str, usize)]) {
    let theme = context.theme;
    let mut spans = Vec::new();
    for (name, look) in names {
        let style = theme.series(*look);
        spans.push(Span::styled(
            format!("{} ", SIGNS[look % SIGNS.len()]),
            style,
        ));
        spans.push(Span::styled(format!("{name}  "), theme.style(Role::Title)));
    }
    spans.push(Span::styled(
        theme.word("lab-film-axis"),
        theme.style(Role::Dim),
    ));
    paint::line(frame, area, 0, &Line::from(spans));
}

/// Maps of the first image before and after the layer, on one grey scale with its legend.
fn before_and_after(frame: &mut Frame<'_>, area: Rect, context: &Context, shown: &Shown) {
    let theme = context.theme;
    let one = &shown.channel;
    let count = shown.size[0] * shown.size[1];
    let of_first = |values: &'_ [f32]| -> Vec<f32> { values.iter().take(count).copied().collect() };
    let maps = [("x", of_first(&one.x)), ("y", of_first(&one.training))];
    let ends = maps.each_ref().map(|(_, values)| range(values));
    let (low, high) = (ends[0].0.min(ends[1].0), ends[0].1.max(ends[1].1));
    let places: [Rect; 2] = area.layout(&Layout::horizontal([Constraint::Fill(1); 2]).spacing(2));
    let [_, narrow] = places.map(|place| below(place, 1, 1));
    let pixels = stretch(shown.size, narrow.width.into(), narrow.height.into());
    for ((name, values), place) in maps.iter().zip(places) {
        let (least, most) = range(values);
        let text = message!(
            "lab-film-map",
            name = *name,
            low = number_text(f64::from(least)),
            high = number_text(f64::from(most)),
        );
        paint::text(frame, place, 0, &theme.say(&text), theme.style(Role::Dim));
        let place = below(place, 1, 1);
        let map = Map::new(values, shown.size[1], (low, high));
        feature_map::paint(frame, place, theme, map, pixels, &mut Vec::new());
    }
    scale(
        frame,
        below(area, area.height.saturating_sub(1), 0),
        context,
        (low, high),
    );
}

/// The grey scale from its lowest to its highest value.
fn scale(frame: &mut Frame<'_>, area: Rect, context: &Context, (low, high): (f32, f32)) {
    const STEPS: u8 = 12;
    let theme = context.theme;
    let dim = theme.style(Role::Dim);
    let text = |value: f32| number_text(f64::from(value));
    let mut spans = vec![Span::styled(format!("{} ", text(low)), dim)];
    for step in 0..STEPS {
        let level = f32::from(step) / f32::from(STEPS - 1);
        spans.push(if theme.has_greys() {
            Span::styled("█", Style::new().fg(theme.grey(level)))
        } else {
            Span::raw(shade(level).to_string())
        });
    }
    let rest = format!(" {}  {}", text(high), theme.word("lab-film-scale"));
    spans.push(Span::styled(rest, dim));
    paint::line(frame, area, 0, &Line::from(spans));
}

/// The mean of each batch, and the running mean that follows them: from 0, and from the stored one.
fn chase(frame: &mut Frame<'_>, area: Rect, context: &Context, shown: &Shown) {
    let theme = context.theme;
    let names = ["lab-film-batches", "lab-film-from-zero", "lab-film-stored"];
    let mut spans = Vec::new();
    for (look, name) in names.into_iter().enumerate() {
        let style = theme.series(look);
        spans.push(Span::styled(format!("{} ", SIGNS[look]), style));
        spans.push(Span::styled(
            format!("{}  ", theme.word(name)),
            theme.style(Role::Title),
        ));
    }
    paint::line(frame, area, 0, &Line::from(spans));
    let [batches, from_zero, stored] = means(shown);
    let series = [
        Series {
            points: batches,
            has_signs: true,
            ..Series::default()
        },
        Series {
            points: from_zero,
            look: 1,
            is_line: true,
            ..Series::default()
        },
        Series {
            points: stored,
            look: 2,
            is_line: true,
            ..Series::default()
        },
    ];
    let Some(mut axes) = Axes::around(&series, false) else {
        return;
    };
    axes.names = (0..=shown.batches.len())
        .map(|number| (number as f64, number.to_string()))
        .collect();
    plot::render(frame, below(area, 1, 0), pen(context), &axes, &series);
}

/// Points of the batches' means, and of the running mean from 0 and from the stored one, by the number of batches.
fn means(shown: &Shown) -> [Vec<[f64; 2]>; 3] {
    let points = |start: Option<f32>, values: &mut dyn Iterator<Item = f32>| {
        let first = usize::from(start.is_none());
        let values = start.into_iter().chain(values).enumerate();
        values
            .map(|(number, value)| [(first + number) as f64, f64::from(value)])
            .collect()
    };
    [
        points(None, &mut shown.batches.iter().map(|batch| batch[0])),
        points(
            Some(0.0),
            &mut shown.running.iter().map(|running| running[0]),
        ),
        points(
            Some(shown.channel.running_mean),
            &mut shown.running.iter().map(|running| running[2]),
        ),
    ]
}

/// Right answers by each kind of statistics, or the key that counts them.
fn which_statistics(frame: &mut Frame<'_>, area: Rect, context: &Context, lab: &BnLab) {
    let theme = context.theme;
    let (title, lines) = match (&lab.rights, lab.counts) {
        (Some(found), _) => {
            let section = rights(found, theme.language());
            (section.title, section.lines)
        }
        (None, counts) => {
            let text = match counts {
                Counts::No => message!(
                    "lab-rights-key",
                    key = context.keys.key(Scope::BnLab, Command::SwitchMode)
                ),
                Counts::Asked => message!("notice-measuring"),
                Counts::Impossible => message!("lab-rights-none"),
            };
            (
                theme.word("lab-rights-which").to_owned(),
                vec![theme.say(&text)],
            )
        }
    };
    paint::text(frame, area, 0, &title, theme.style(Role::Title));
    let room = usize::from(area.width);
    let lines = lines
        .iter()
        .flat_map(|line| crate::tui::kit::text::wrap(line, room, 2));
    for (row, line) in (1..).zip(lines) {
        paint::text(frame, area, row, &line, Style::new());
    }
}

/// Sizes of the batch, with the chosen one marked.
fn batch_slider(frame: &mut Frame<'_>, area: Rect, context: &Context, shown: &Shown) {
    let theme = context.theme;
    let size = shown.setup.size;
    let mut spans = vec![Span::styled(
        format!("{} ", theme.word("label-batch")),
        theme.style(Role::Title),
    )];
    for other in BATCHES {
        spans.push(if other == size {
            Span::styled(format!("[{other}] "), theme.style(Role::Current))
        } else {
            Span::styled(format!("{other} "), theme.style(Role::Dim))
        });
    }
    let one = &shown.channel;
    let numbers = format!(
        " μ {}  σ² {}  γ {}  β {}",
        number_text(f64::from(one.mean)),
        number_text(f64::from(one.variance_biased)),
        number_text(f64::from(one.gamma)),
        number_text(f64::from(one.beta)),
    );
    spans.push(Span::raw(numbers));
    paint::line(frame, area, 0, &Line::from(spans));
}

/// ε as a slider, and the variance of x̂ that it leaves.
fn epsilon_slider(frame: &mut Frame<'_>, area: Rect, context: &Context, shown: &Shown) {
    let theme = context.theme;
    let eps = shown.settings.eps;
    let all = Setup::epsilons(shown.own_eps);
    let at = slot(&all, eps);
    let track: String = (0..all.len())
        .map(|place| if place == at { '●' } else { '─' })
        .collect();
    let variance = f64::from(shown.channel.variance_biased);
    let [smaller, larger] =
        [Command::Slower, Command::Faster].map(|command| context.keys.key(Scope::BnLab, command));
    let text = message!(
        "lab-film-eps",
        eps = format!("{eps:e}"),
        variance = format!("{:.6}", variance / (variance + eps)),
        smaller = smaller,
        larger = larger,
    );
    let line = Line::from(vec![
        Span::styled("ε ", theme.style(Role::Title)),
        Span::styled(track, theme.style(Role::Current)),
        Span::raw(format!("  {}", theme.say(&text))),
    ]);
    paint::line(frame, area, 0, &line);
}
