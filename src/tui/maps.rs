//! Where the maps of a layer are in the forward pass's panel, how large, and how many fit.

use ratatui::layout::{Constraint, Layout, Rect};

use super::app::App;
use super::forward::Zoom;
use super::layout;
use super::message::Tab;
use crate::report::activation::{Activation, Value};

/// Where the parts of the panel are.
pub(super) struct Places {
    /// One for each input, then one for the output, then one for what it was before a change.
    pub(super) values: Vec<Rect>,
    /// The histogram or the classes.
    pub(super) bottom: Rect,
    /// The numbers of a batch normalisation; empty for any other layer.
    pub(super) norm: Rect,
}

/// How maps are laid out in a box.
pub(super) struct Grid {
    /// Pixels of a map.
    pub(super) tile: (usize, usize),
    /// Maps beside each other.
    pub(super) across: usize,
    /// Maps below each other.
    pub(super) down: usize,
}

/// How many channels the output's maps show at once, for turning the page.
pub(super) fn channels_per_page(app: &App) -> usize {
    let Some(opened) = app.opened().filter(|opened| opened.tab == Tab::Forward) else {
        return 1;
    };
    let Some(shown) = &opened.forward.shown else {
        return 1;
    };
    let body = layout::body(app);
    let area = layout::activation(body);
    let has_guesses = opened.forward.has_guesses();
    let places = places(area, shown, has_guesses, opened.forward.maps.zoom);
    let maps = places
        .values
        .get(shown.inputs.len())
        .map_or(Rect::ZERO, |area| below_caption(*area));
    let grid = grid(&shown.output, maps, opened.forward.maps.zoom);
    (grid.across * grid.down).max(1)
}

/// Lays the panel out: the values share what the numbers below them leave.
pub(super) fn places(area: Rect, shown: &Activation, has_guesses: bool, zoom: Zoom) -> Places {
    let body = below(area, 2);
    let norm_rows = match (shown.norm.is_empty(), body.height) {
        (true, _) | (_, 0..22) => 0,
        _ => 7,
    };
    let mut values: Vec<&Value> = shown.inputs.iter().collect();
    values.push(&shown.output);
    values.extend(&shown.was);
    let strips = values.iter().filter(|value| value.is_vector()).count() as u16;
    let bottom_rows = match (has_guesses, body.height) {
        (true, height) => height.saturating_sub(strips * STRIP).max(7),
        (false, 0..22) => 4,
        (false, _) => 8,
    }
    .min(body.height);
    let end = body.bottom();
    let norm = Rect {
        y: end.saturating_sub(norm_rows + bottom_rows),
        height: norm_rows,
        ..body
    };
    let bottom = Rect {
        y: end.saturating_sub(bottom_rows),
        height: bottom_rows,
        ..body
    };
    let mut left = body.height.saturating_sub(bottom_rows + norm_rows);
    if zoom == Zoom::Single {
        let beside = Rect {
            height: left,
            ..body
        };
        let count = values.len() as u16;
        let each = body.width.saturating_sub(2 * (count - 1)) / count;
        let parts = vec![Constraint::Length(each); values.len()];
        return Places {
            values: beside.layout_vec(&Layout::horizontal(parts).spacing(2)),
            bottom,
            norm,
        };
    }
    let maps = values.len() as u16 - strips;
    let each = left.saturating_sub(strips * STRIP) / maps.max(1);
    let mut y = body.y;
    let mut take = |rows: u16| {
        let rows = rows.min(left);
        let place = Rect {
            y,
            height: rows,
            ..body
        };
        y += rows;
        left -= rows;
        place
    };
    let places: Vec<Rect> = values
        .iter()
        .map(|value| take(if value.is_vector() { STRIP } else { each }))
        .collect();
    Places {
        values: places,
        norm,
        bottom,
    }
}

/// Lines of a vector: its caption, its pixels, and air.
const STRIP: u16 = 4;

/// Lines above the maps of a value.
const CAPTION: u16 = 2;

/// Where the maps of a value are, below its caption.
pub(super) fn below_caption(area: Rect) -> Rect {
    let maps = below(area, CAPTION);
    Rect {
        // A line of air keeps the maps from the next caption.
        height: maps.height.saturating_sub(1),
        ..maps
    }
}

/// Lays maps of a value's size out in a box: large, but several of them where there are several.
pub(super) fn grid(value: &Value, area: Rect, zoom: Zoom) -> Grid {
    let (columns, rows) = (usize::from(area.width), usize::from(area.height));
    let of = |down: usize| {
        let tile = fit(value.size, columns, ((rows + 1) / down).saturating_sub(1));
        Grid {
            tile,
            across: ((columns + 1) / (tile.0 + 1)).max(1),
            down,
        }
    };
    if zoom == Zoom::Single {
        let tile = stretch(value.size, columns, rows);
        return Grid {
            tile,
            across: 1,
            down: 1,
        };
    }
    let wanted = value.channels.min(6);
    let mut best = of(1);
    for down in 2..=6 {
        if best.across * best.down >= wanted {
            break;
        }
        let next = of(down);
        // Smaller than this nothing can be recognised, unless the map itself has no more.
        if next.tile.1 < value.size[0].min(12) {
            break;
        }
        best = next;
    }
    best
}

/// Width and height in pixels of a picture of `size` (height, width) within a box of so many cells: enlarged by a whole
/// number or made smaller in proportion.
pub(super) fn fit([height, width]: [usize; 2], columns: usize, rows: usize) -> (usize, usize) {
    let (height, width) = (height.max(1), width.max(1));
    let factor = (columns / width).min(rows * 2 / height);
    if factor >= 1 {
        return (width * factor, height * factor);
    }
    stretch([height, width], columns, rows)
}

/// The same as large as the box allows, by any factor.
pub(super) fn stretch([height, width]: [usize; 2], columns: usize, rows: usize) -> (usize, usize) {
    let (height, width) = (height.max(1), width.max(1));
    let scale = (columns as f64 / width as f64).min(rows as f64 * 2.0 / height as f64);
    let scaled = |side: usize| ((side as f64 * scale).floor() as usize).max(1);
    (scaled(width), scaled(height))
}

/// `area` from its row `rows` on.
pub(super) fn below(area: Rect, rows: u16) -> Rect {
    let rows = rows.min(area.height);
    Rect {
        y: area.y + rows,
        height: area.height - rows,
        ..area
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_keep_their_proportions() {
        assert_eq!(fit([28, 28], 30, 14), (28, 28));
        assert_eq!(fit([7, 7], 30, 14), (28, 28));
        assert_eq!(fit([112, 112], 30, 14), (28, 28));
        assert_eq!(fit([1, 1000], 50, 3), (50, 1));
        assert_eq!(fit([0, 0], 0, 0), (1, 1));
    }
}
