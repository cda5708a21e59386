//! Histogram: the distribution of values, in bars of eighths.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::report::pass::activation::Value;
use crate::tui::kit::paint;
use crate::tui::kit::text::width;
use crate::tui::kit::theme::{Role, Theme};

/// Draws the distribution of values, with minimum and maximum below. One bar far above all others is cut off and marked with
/// an arrow, so that the zeros after a ReLU do not hide the rest.
pub(super) fn render(frame: &mut Frame, area: Rect, theme: Theme, value: &Value) {
    if area.height < 2 || area.width < 16 {
        return;
    }
    let rows = usize::from(area.height) - 1;
    let columns = usize::from(area.width).min(value.histogram.len());
    let per_column = value.histogram.len().div_ceil(columns);
    let heights: Vec<usize> = value
        .histogram
        .chunks(per_column)
        .map(|bins| bins.iter().sum())
        .collect();
    let mut sorted = heights.clone();
    sorted.sort_unstable();
    let largest = sorted.last().copied().unwrap_or(0);
    let second = sorted.iter().rev().nth(1).copied().unwrap_or(0);
    let top = if second > 0 && largest > 4 * second {
        second * 5 / 4 + 1
    } else {
        largest
    }
    .max(1);
    for row in 0..rows {
        let floor = (rows - 1 - row) * 8;
        let text: String = heights
            .iter()
            .map(|&height| {
                let eighths = (height.min(top) * rows * 8).div_ceil(top);
                if height > top && row == 0 {
                    return '↑';
                }
                match eighths.saturating_sub(floor).min(8) {
                    0 => ' ',
                    8 => '█',
                    part => char::from_u32('▁' as u32 + part as u32 - 1).unwrap_or(' '),
                }
            })
            .collect();
        paint::text(frame, area, row as u16, &text, theme.style(Role::Bar));
    }
    let (min, max) = (
        format!("{:.2}", value.statistics.min),
        format!("{:.2}", value.statistics.max),
    );
    let between = heights.len().saturating_sub(width(&min) + width(&max));
    let axis = format!("{min}{}{max}", " ".repeat(between));
    paint::text(frame, area, rows as u16, &axis, theme.style(Role::Dim));
}
