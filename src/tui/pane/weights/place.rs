//! Layout of the weights: the list of tensors, and what is known of the selected one.

use ratatui::layout::{Constraint, Layout, Rect};

/// Areas of the list and of the selected tensor: one below the other, or side by side on a wide screen.
pub(super) fn areas(body: Rect) -> [Rect; 2] {
    if body.width >= 170 {
        return body.layout(&Layout::horizontal([
            Constraint::Fill(3),
            Constraint::Fill(2),
        ]));
    }
    let below = match body.height {
        0..30 => 10,
        30..46 => 16,
        _ => 24,
    };
    body.layout(&Layout::vertical([
        Constraint::Min(0),
        Constraint::Length(below),
    ]))
}

/// Grid of kernels: how many are side by side and below each other in an area, one pixel apart.
pub(super) fn grid([height, width]: [usize; 2], area: Rect) -> [usize; 2] {
    let across = (usize::from(area.width) + 1) / (width + 1);
    // A cell has two pixels, and a kernel begins with a cell.
    let down = (usize::from(area.height) * 2 + 1) / (height.div_ceil(2) * 2 + 2);
    [across.max(1), down.max(1)]
}
