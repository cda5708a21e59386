//! Numbers of a batch normalisation: the statistics of inference and of training side by side, with the output of each.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::paint;
use crate::engine::Mode;
use crate::report::activation::norm::Moments;
use crate::report::activation::{Norm, NormChannel};
use crate::tui::maps;
use crate::tui::text::number;
use crate::tui::theme::{Role, Theme};

/// One of the numbers of a channel.
type Number = fn(&NormChannel) -> Option<f32>;

/// Cells of a channel's column.
const COLUMN: usize = 9;
const LABELS: usize = 22;

/// Line of the table: its label, its number for a channel, and the mode that it belongs to.
type Line = (&'static str, Number, Option<Mode>);

const LINES: [Line; 10] = [
    ("scale γ", |channel| Some(channel.gamma), None),
    ("shift β", |channel| Some(channel.beta), None),
    (
        "inference: running μ",
        |channel| Some(channel.running.mean),
        Some(Mode::Inference),
    ),
    (
        "           running σ²",
        |channel| Some(channel.running.variance),
        Some(Mode::Inference),
    ),
    (
        "           out μ",
        |channel| channel.inference.map(|moments| moments.mean),
        Some(Mode::Inference),
    ),
    (
        "           out σ²",
        |channel| channel.inference.map(|moments| moments.variance),
        Some(Mode::Inference),
    ),
    (
        "training:  batch μ",
        |channel| Some(channel.batch.mean),
        Some(Mode::Training),
    ),
    (
        "           batch σ²",
        |channel| Some(channel.batch.variance),
        Some(Mode::Training),
    ),
    (
        "           out μ",
        |channel| channel.training.map(|moments| moments.mean),
        Some(Mode::Training),
    ),
    (
        "           out σ²",
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
    let mut head = format!("{:<LABELS$}", "channel");
    for (channel, _) in channels() {
        head += &format!("{channel:>COLUMN$}");
    }
    paint::text(frame, area, 0, &head, theme.style(Role::Dim));
    for (row, (label, of, mode)) in LINES.into_iter().enumerate() {
        let mut text = format!("{label:<LABELS$}");
        for (_, channel) in channels() {
            text += &format!("{:>COLUMN$}", shown(of(channel)));
        }
        let style = theme.style(role(norm, mode));
        paint::text(frame, area, row as u16 + 1, &text, style);
    }
}

/// First visible channel, one line per mode.
fn one(
    frame: &mut Frame,
    area: Rect,
    theme: Theme,
    (norm, channel): (&Norm, &NormChannel),
    number_of: usize,
) {
    let affine = format!(
        "channel {number_of}: γ {}, β {}",
        shown(Some(channel.gamma)),
        shown(Some(channel.beta))
    );
    paint::text(frame, area, 0, &affine, theme.style(Role::Dim));
    let cells = |label: &str, texts: [String; 4]| {
        texts.iter().fold(format!("{label:<10}"), |line, text| {
            line + &format!("{text:>9}")
        })
    };
    let head = ["μ", "σ²", "out μ", "out σ²"].map(str::to_owned);
    let head = cells("by", head);
    paint::text(frame, area, 1, &head, theme.style(Role::Dim));
    let lines = [
        (
            "inference",
            Mode::Inference,
            channel.running,
            channel.inference,
        ),
        ("training", Mode::Training, channel.batch, channel.training),
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
        paint::text(frame, area, row as u16 + 2, &cells(label, texts), style);
    }
}

fn shown(value: Option<f32>) -> String {
    value.map_or_else(|| "—".to_owned(), |value| number(f64::from(value)))
}
