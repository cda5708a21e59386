//! Areas of the gradients.

use ratatui::layout::{Constraint, Layout, Rect};

/// Columns from which the list is beside the plot.
const WIDE: u16 = 100;

/// Areas of the plot, of the list of blocks (empty without room), and of the lines about the result.
pub fn areas(body: Rect, findings: u16) -> [Rect; 3] {
    let most = (body.height / 2).max(3);
    let [above, below] = body.layout(&Layout::vertical([
        Constraint::Min(0),
        Constraint::Length(findings.min(most)),
    ]));
    if body.width < WIDE {
        return [above, Rect { width: 0, ..above }, below];
    }
    let [plot, list] = above.layout(&Layout::horizontal([
        Constraint::Min(0),
        Constraint::Length((body.width / 3).min(48)),
    ]));
    [plot, list, below]
}
