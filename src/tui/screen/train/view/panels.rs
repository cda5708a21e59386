//! Panels of a training: the batch, a batch normalisation, the gradients, the first kernels.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::engine::train::Statistic;
use crate::message;
use crate::tui::context::Context;
use crate::tui::kit::feature_map;
use crate::tui::kit::layout::below_heading;
use crate::tui::kit::paint;
use crate::tui::kit::picture::{Map, Pictures};
use crate::tui::kit::plot::{self, Axes, Pen, Series};
use crate::tui::kit::theme::Role;
use crate::tui::message::Panel;
use crate::tui::screen::train::Train;

/// A statistic of the batch and of the running one.
type Pair = fn(&Statistic) -> [f32; 2];

pub(super) fn render<'a>(
    frame: &mut Frame<'_>,
    area: Rect,
    context: &Context,
    (train, panel): (&'a Train, Panel),
    pictures: &mut Pictures<'a>,
) {
    let theme = context.theme;
    paint::heading(frame, area, theme, &title(train, panel, context), false);
    let inside = below_heading(area);
    let is_shown = match panel {
        Panel::Batch => batch(frame, inside, context, train, pictures),
        Panel::Norm => norm(frame, inside, context, train),
        Panel::Gradients => gradients(frame, inside, context, train),
        Panel::Kernels => kernels(frame, inside, context, train, pictures),
    };
    if is_shown.is_none() {
        let id = match (panel, train.shown().and_then(|own| own.latest.as_ref())) {
            (Panel::Norm, Some(_)) => "train-no-norm",
            _ => "train-nothing-yet",
        };
        let text = format!(" {}", theme.word(id));
        paint::text(frame, inside, 0, &text, theme.style(Role::Dim));
    }
}

/// Title of a panel, with the selected network.
fn title(train: &Train, panel: Panel, context: &Context) -> String {
    let theme = context.theme;
    let Some(net) = train.nets.get(train.selected()) else {
        return theme.word(panel.id()).to_owned();
    };
    let what = theme.word(panel.id());
    let statistic = train.shown().and_then(|own| own.statistics.last());
    match (panel, statistic) {
        (Panel::Gradients, _) => what.to_owned(),
        (Panel::Norm, Some(own)) => theme.say(&message!(
            "train-title-norm",
            path = &own.path,
            channel = own.channel,
            net = net.title.clone()
        )),
        _ => theme.say(&message!(
            "train-title",
            what = what,
            net = net.title.clone()
        )),
    }
}

/// Pictures of the batch, each with its class, and with the network's answer where that is another.
fn batch<'a>(
    frame: &mut Frame<'_>,
    area: Rect,
    context: &Context,
    train: &'a Train,
    pictures: &mut Pictures<'a>,
) -> Option<()> {
    let theme = context.theme;
    let own = &train.shown()?.latest.as_ref()?.pictures;
    let [height, width] = own.size;
    let each = height * width;
    // A small picture has one column per pixel; a large one is made smaller.
    let columns = width.clamp(6, 16).min(usize::from(area.width));
    let rows = (height * columns / width.max(1)).div_ceil(2).max(1);
    let [across, down] = [columns + 2, rows + 1];
    let per_row = (usize::from(area.width) / across).max(1);
    let fitting = per_row * (usize::from(area.height) / down).max(1);
    for (number, values) in own.values.chunks(each.max(1)).take(fitting).enumerate() {
        let place = Rect {
            x: area.x + 1 + (number % per_row * across) as u16,
            y: area.y + (number / per_row * down) as u16,
            width: columns as u16,
            height: down as u16,
        }
        .intersection(area);
        let map = Map::new(values, width, (0.0, 255.0));
        feature_map::paint(frame, place, theme, map, (columns, rows * 2), pictures);
        let (label, answer) = (own.labels.get(number)?, own.answers.get(number)?);
        let (text, role) = if label == answer {
            (format!("{label} ✓"), Role::Good)
        } else {
            (format!("{label} → {answer}"), Role::Error)
        };
        paint::text(frame, place, rows as u16, &text, theme.style(role));
    }
    Some(())
}

/// Mean and variance of the watched channel: of each batch, and running.
fn norm(frame: &mut Frame<'_>, area: Rect, context: &Context, train: &Train) -> Option<()> {
    let theme = context.theme;
    let own = &train.shown()?.statistics;
    own.last()?;
    let line = Line::from(vec![
        Span::styled(
            format!(" ● {}   ", theme.word("train-norm-batch")),
            theme.series(0),
        ),
        Span::styled(
            format!("◆ {}", theme.word("train-norm-running")),
            theme.series(1),
        ),
    ]);
    paint::line(frame, area, 0, &line);
    let room = crate::tui::kit::layout::below(area, 1, 0);
    let half = room.width / 2;
    let both = [
        Rect {
            width: half,
            ..room
        },
        Rect {
            x: room.x + half,
            width: room.width - half,
            ..room
        },
    ];
    let kinds: [(&str, Pair); 2] = [
        ("train-norm-mean", |own| own.mean),
        ("train-norm-variance", |own| own.variance),
    ];
    for ((name, values), area) in kinds.into_iter().zip(both) {
        let series = [0, 1].map(|look| Series {
            points: own
                .iter()
                .enumerate()
                .map(|(step, own)| [step as f64, f64::from(values(own)[look])])
                .collect(),
            look,
            is_line: look == 1,
            ..Series::default()
        });
        let mut axes = Axes::around(&series, false)?;
        axes.names = vec![(
            f64::midpoint(axes.x[0], axes.x[1]),
            theme.word(name).to_owned(),
        )];
        plot::render(frame, area, pen(context), &axes, &series);
    }
    Some(())
}

/// Gradient norm of each block of every network, in the last step.
fn gradients(frame: &mut Frame<'_>, area: Rect, context: &Context, train: &Train) -> Option<()> {
    let series: Vec<Series> = (0..train.nets.len())
        .filter_map(|look| {
            let blocks = &train.of(look).next()?.latest.as_ref()?.blocks;
            let last = blocks.len().saturating_sub(1).max(1) as f64;
            let points = blocks.iter().enumerate();
            Some(Series {
                points: points
                    .map(|(at, own)| [at as f64 / last, own.norm])
                    .collect(),
                look,
                is_line: true,
                has_signs: false,
                ..Series::default()
            })
        })
        .collect();
    let mut axes = Axes::around(&series, true)?;
    axes.x = [0.0, 1.0];
    let words = [(0.0, "train-depth-first"), (1.0, "train-depth-last")];
    axes.names = words
        .map(|(place, id)| (place, context.theme.word(id).to_owned()))
        .to_vec();
    plot::render(frame, area, pen(context), &axes, &series);
    Some(())
}

/// Kernels of the first convolution, all with one range around zero.
fn kernels<'a>(
    frame: &mut Frame<'_>,
    area: Rect,
    context: &Context,
    train: &'a Train,
    pictures: &mut Pictures<'a>,
) -> Option<()> {
    let own = train.shown()?.latest.as_ref()?.kernels.as_ref()?;
    let [height, width] = own.size;
    let each = height * width;
    let largest = own.values.iter().fold(0.0_f32, |most, x| most.max(x.abs()));
    let count = own.values.len() / each.max(1);
    // As large as all of them fit, by a whole factor.
    let fits = |factor: usize| {
        let across = usize::from(area.width.saturating_sub(1)) / (width * factor + 2);
        let down = usize::from(area.height) / ((height * factor).div_ceil(2) + 1);
        across * down >= count
    };
    let factor = (1..=8).rev().find(|&factor| fits(factor)).unwrap_or(1);
    let (columns, lines) = (width * factor, height * factor);
    let [across, down] = [columns + 2, lines.div_ceil(2) + 1];
    let per_row = (usize::from(area.width.saturating_sub(1)) / across).max(1);
    for (number, values) in own.values.chunks(each.max(1)).enumerate() {
        let place = Rect {
            x: area.x + 1 + (number % per_row * across) as u16,
            y: area.y + (number / per_row * down) as u16,
            width: columns as u16,
            height: lines.div_ceil(2) as u16,
        }
        .intersection(area);
        let map = Map::new(values, width, (-largest, largest));
        feature_map::paint(frame, place, context.theme, map, (columns, lines), pictures);
    }
    Some(())
}

const fn pen(context: &Context) -> Pen {
    Pen {
        theme: context.theme,
        is_ascii: context.ascii,
    }
}
