//! The numbers of a batch normalisation, for the channels that are shown.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::paint;
use crate::report::activation::NormChannel;
use crate::tui::text::number;
use crate::tui::theme::{Role, Theme};

/// One of the numbers of a channel: its own four, and mean and variance of what the layer read here.
type Number = fn(&NormChannel) -> f32;

/// Cells of a channel's column.
const COLUMN: usize = 8;
const LABELS: usize = 9;

pub(super) fn render(
    frame: &mut Frame,
    area: Rect,
    theme: Theme,
    norm: &[NormChannel],
    first: usize,
) {
    if area.height < 7 {
        return;
    }
    let count = usize::from(area.width).saturating_sub(LABELS) / COLUMN;
    let channels = || norm.iter().enumerate().skip(first).take(count);
    let row = |label: &str, cells: &mut dyn Iterator<Item = String>| {
        let mut text = format!("{label:<LABELS$}");
        for cell in cells {
            text += &format!("{cell:>COLUMN$}");
        }
        text
    };
    let head = row(
        "channel",
        &mut channels().map(|(channel, _)| channel.to_string()),
    );
    paint::text(frame, area, 0, &head, theme.style(Role::Dim));
    let lines: [(&str, Number); 6] = [
        ("scale γ", |channel| channel.gamma),
        ("shift β", |channel| channel.beta),
        ("mean μ", |channel| channel.mean),
        ("var. σ²", |channel| channel.variance),
        ("here μ", |channel| channel.image_mean),
        ("here σ²", |channel| channel.image_variance),
    ];
    for (line, (label, of)) in lines.into_iter().enumerate() {
        let text = row(
            label,
            &mut channels().map(|(_, channel)| number(f64::from(of(channel)))),
        );
        paint::text(frame, area, line as u16 + 1, &text, Style::new());
    }
}
