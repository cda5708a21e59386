//! Layout of a pass: its tree, the shown layer or an explanation, and the timeline.

use ratatui::layout::{Constraint, Layout, Rect};

use crate::tui::kit::layout::{below, inside, right_of_rule};

/// Timeline of a pass, at the bottom: its heading, its bars, and the line of its cursor.
pub fn timeline(body: Rect) -> Rect {
    let rows = match body.height {
        0..28 => 3,
        28..46 => 4,
        _ => 6,
    };
    Rect {
        y: body.bottom().saturating_sub(rows),
        height: rows.min(body.height),
        ..body
    }
}

/// Bars of a timeline, below its heading, with an empty column on each side.
pub fn timeline_bars(timeline: Rect) -> Rect {
    below(inside(timeline), 0, 1)
}

/// Line below the bars of a timeline, which shows the cursor.
pub fn timeline_cursor(timeline: Rect) -> Rect {
    let inside = inside(timeline);
    below(inside, inside.height.saturating_sub(1), 0)
}

/// Areas of a pass's tree and of the shown layer, above the timeline.
pub fn forward(body: Rect) -> [Rect; 2] {
    let body = Rect {
        height: body.height - timeline(body).height,
        ..body
    };
    let tree = match body.width {
        0..90 => 27,
        90..150 => 36,
        _ => 44,
    };
    body.layout(&Layout::horizontal([
        Constraint::Length(tree),
        Constraint::Min(0),
    ]))
}

/// Area of the shown layer, right of the rule beside the tree.
pub fn activation(body: Rect) -> Rect {
    let [_, rest] = forward(body);
    right_of_rule(rest)
}

/// Area of an explanation: beside the tree, or instead of it if the panel would be too narrow for the products.
pub fn explanation(body: Rect) -> Rect {
    let beside = activation(body);
    if beside.width >= 76 {
        return beside;
    }
    Rect {
        x: body.x + body.width.min(1),
        width: body.width.saturating_sub(2),
        ..body
    }
}

/// Area of an addition as a picture: beside the tree in a wide terminal, else instead of it, above the timeline.
pub fn sum(body: Rect) -> Rect {
    if body.width >= 150 {
        return activation(body);
    }
    Rect {
        x: body.x + body.width.min(1),
        width: body.width.saturating_sub(2),
        height: body.height - timeline(body).height,
        ..body
    }
}

/// Areas of an explanation's pictures and of its text.
pub fn explained(area: Rect) -> [Rect; 2] {
    let rows = (area.height / 3).clamp(6, 18);
    let top = below(area, 1, 0);
    let pictures = Rect {
        height: rows.min(top.height),
        ..top
    };
    [pictures, below(top, rows + 1, 0)]
}

/// Areas of an explanation's two pictures: the map, and the part of the input that the value sees.
pub fn explained_pictures(area: Rect) -> [Rect; 2] {
    let [pictures, _] = explained(area);
    let half = pictures.width / 2;
    [
        Rect {
            width: half.saturating_sub(1),
            ..pictures
        },
        Rect {
            x: pictures.x + half,
            width: pictures.width - half,
            ..pictures
        },
    ]
}

/// Heading between the pictures of an explanation and its text.
pub fn explained_rule(area: Rect) -> Rect {
    let [pictures, _] = explained(area);
    Rect {
        y: pictures.bottom(),
        height: 1,
        ..pictures
    }
}

/// Rows of a pass's tree, between its heading and the progress line.
pub fn forward_rows(tree: Rect) -> Rect {
    below(tree, 1, 2)
}
