//! Areas of a training.

use ratatui::layout::{Constraint, Layout, Rect};

use crate::tui::message::Panel;

/// Columns of the list of networks and of the recipe.
const LIST: u16 = 34;
/// Columns from which both plots are side by side.
const BOTH: u16 = 76;

/// Areas of a training.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Areas {
    /// Networks and recipe.
    pub list: Rect,
    /// Plots of losses and accuracies; one alone if there is no room for both.
    pub plots: Vec<Rect>,
    /// Panels with their areas.
    pub panels: Vec<(Panel, Rect)>,
    /// Lines about the progress and the result.
    pub below: Rect,
}

/// Areas in `body`, with so many lines about the result.
pub fn areas(body: Rect, first: Panel, lines: u16) -> Areas {
    let [above, below] = body.layout(&Layout::vertical([
        Constraint::Min(0),
        Constraint::Length(lines.min(body.height / 3)),
    ]));
    let [list, right] = above.layout(&Layout::horizontal([
        Constraint::Length(LIST.min(body.width * 2 / 5)),
        Constraint::Min(0),
    ]));
    let [plots, panels] = right.layout(&Layout::vertical([
        Constraint::Percentage(50),
        Constraint::Percentage(50),
    ]));
    let plots = if right.width >= BOTH {
        halves(plots, 2)
    } else {
        vec![plots]
    };
    let columns = (right.width / 38).clamp(1, 2);
    let rows = (panels.height / 14).clamp(1, 2);
    let places = Layout::vertical(vec![Constraint::Fill(1); usize::from(rows)]).split(panels);
    let places = places.iter().flat_map(|row| halves(*row, columns));
    let panels = (0..).map(|step| first.after(step)).zip(places).collect();
    Areas {
        list,
        plots,
        panels,
        below,
    }
}

/// `area` in so many columns.
fn halves(area: Rect, columns: u16) -> Vec<Rect> {
    let columns = vec![Constraint::Fill(1); usize::from(columns)];
    Layout::horizontal(columns).split(area).to_vec()
}
