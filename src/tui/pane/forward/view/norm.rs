//! Numbers of a batch normalisation: the statistics of inference and of training side by side, with the output of each.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::engine::Mode;
use crate::message;
use crate::report::pass::activation::norm::Moments;
use crate::report::pass::activation::{Norm, NormChannel};
use crate::tui::kit::paint;
use crate::tui::kit::text::{Side, number, pad, width};
use crate::tui::kit::theme::{Role, Theme};
use crate::tui::pane::forward::maps;

/// One of the numbers of a channel.
type Number = fn(&NormChannel) -> Option<f32>;

/// Cells of a channel's column.
const COLUMN: usize = 9;
const LABELS: usize = 22;

/// A line of the table: the ids of its mode and its label, what it is of each channel, and the mode that it belongs to.
type Line = ([&'static str; 2], Number, Option<Mode>);

const LINES: [Line; 10] = [
    (["", "norm-scale"], |channel| Some(channel.gamma), None),
    (["", "norm-shift"], |channel| Some(channel.beta), None),
    (
        ["label-inference", "norm-running-mean"],
        |channel| Some(channel.running.mean),
        Some(Mode::Inference),
    ),
    (
        ["", "norm-running-variance"],
        |channel| Some(channel.running.variance),
        Some(Mode::Inference),
    ),
    (
        ["", "norm-output-mean"],
        |channel| channel.inference.map(|moments| moments.mean),
        Some(Mode::Inference),
    ),
    (
        ["", "norm-output-variance"],
        |channel| channel.inference.map(|moments| moments.variance),
        Some(Mode::Inference),
    ),
    (
        ["label-training", "norm-batch-mean"],
        |channel| Some(channel.batch.mean),
        Some(Mode::Training),
    ),
    (
        ["", "norm-batch-variance"],
        |channel| Some(channel.batch.variance),
        Some(Mode::Training),
    ),
    (
        ["", "norm-output-mean"],
        |channel| channel.training.map(|moments| moments.mean),
        Some(Mode::Training),
    ),
    (
        ["", "norm-output-variance"],
        |channel| channel.training.map(|moments| moments.variance),
        Some(Mode::Training),
    ),
];

pub(super) fn render(frame: &mut Frame, area: Rect, theme: Theme, norm: &Norm, first: usize) {
    if area.height >= maps::norm::LARGE {
        table(frame, area, theme, norm, first);
    } else if area.height >= maps::norm::SMALL
        && let Some(channel) = norm.channels.get(first)
    {
        one(frame, area, theme, (norm, channel), first);
    }
}

/// Role of a mode's lines: those of the pass's mode are emphasised.
fn role(norm: &Norm, mode: Option<Mode>) -> Role {
    match mode {
        Some(mode) if mode == norm.mode => Role::Title,
        _ => Role::Dim,
    }
}

/// Table with one column per channel, from the first visible one.
fn table(frame: &mut Frame, area: Rect, theme: Theme, norm: &Norm, first: usize) {
    let count = usize::from(area.width).saturating_sub(LABELS) / COLUMN;
    let channels = || norm.channels.iter().enumerate().skip(first).take(count);
    let mut head = pad(theme.word("label-channel"), LABELS, Side::Left);
    for (channel, _) in channels() {
        head += &format!("{channel:>COLUMN$}");
    }
    paint::text(frame, area, 0, &head, theme.style(Role::Dim));
    for (row, (label, of, mode)) in LINES.into_iter().enumerate() {
        let mut text = pad(&label_of(theme, label, mode), LABELS, Side::Left);
        for (_, channel) in channels() {
            text += &format!("{:>COLUMN$}", shown(of(channel)));
        }
        let style = theme.style(role(norm, mode));
        paint::text(frame, area, row as u16 + 1, &text, style);
    }
}

/// A line's label, after its mode or below the line that names it.
fn label_of(theme: Theme, [mode, label]: [&'static str; 2], of: Option<Mode>) -> String {
    let label = theme.word(label);
    if of.is_none() {
        return label.to_owned();
    }
    let room = ["label-inference", "label-training"]
        .map(|mode| width(theme.word(mode)) + 2)
        .into_iter()
        .max();
    let mode = match mode {
        "" => String::new(),
        mode => format!("{}:", theme.word(mode)),
    };
    pad(&mode, room.unwrap_or(0), Side::Left) + label
}

/// First visible channel, one line per mode.
fn one(
    frame: &mut Frame,
    area: Rect,
    theme: Theme,
    (norm, channel): (&Norm, &NormChannel),
    number_of: usize,
) {
    let affine = message!(
        "norm-channel",
        channel = number_of,
        gamma = shown(Some(channel.gamma)),
        beta = shown(Some(channel.beta)),
    );
    paint::text(frame, area, 0, &theme.say(&affine), theme.style(Role::Dim));
    let cells = |label: &str, texts: [String; 4]| {
        let label = pad(label, 10, Side::Left);
        texts
            .iter()
            .fold(label, |line, text| line + &pad(text, 9, Side::Right))
    };
    let head = [
        "μ",
        "σ²",
        theme.word("norm-output-mean"),
        theme.word("norm-output-variance"),
    ];
    let head = cells(theme.word("norm-by"), head.map(str::to_owned));
    paint::text(frame, area, 1, &head, theme.style(Role::Dim));
    let lines = [
        (
            "label-inference",
            Mode::Inference,
            channel.running,
            channel.inference,
        ),
        (
            "label-training",
            Mode::Training,
            channel.batch,
            channel.training,
        ),
    ];
    for (row, (label, mode, by, out)) in lines.into_iter().enumerate() {
        let out = |of: fn(&Moments) -> f32| shown(out.as_ref().map(of));
        let texts = [
            shown(Some(by.mean)),
            shown(Some(by.variance)),
            out(|moments| moments.mean),
            out(|moments| moments.variance),
        ];
        let style = theme.style(role(norm, Some(mode)));
        paint::text(
            frame,
            area,
            row as u16 + 2,
            &cells(theme.word(label), texts),
            style,
        );
    }
}

fn shown(value: Option<f32>) -> String {
    value.map_or_else(|| "—".to_owned(), |value| number(f64::from(value)))
}
