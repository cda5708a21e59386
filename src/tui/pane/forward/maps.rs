//! Layout of a layer's maps in the forward pass's panel: their positions, their size and their number.

use ratatui::layout::{Position, Rect};

use crate::report::pass::activation::{Activation, Value};
use crate::tui::kit::feature_map::stretch;
use crate::tui::pane::forward::{Forward, Zoom, place};

/// Role of a value for the shown layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Input.
    Reads,
    /// Output.
    PutsOut,
    /// Output in the other mode.
    OtherMode,
    /// Output before a change.
    Was,
}

/// Areas of the panel's parts.
pub(super) struct Places<'a> {
    /// Values that are shown, in order, with their areas.
    pub(super) values: Vec<(Part, &'a Value, Rect)>,
    /// Area of the histogram or the classes.
    pub(super) bottom: Rect,
    /// Area of a batch normalisation's numbers; empty for any other layer.
    pub(super) norm: Rect,
}

/// Grid of maps in an area.
pub(super) struct Grid {
    /// Width and height of a map in pixels.
    pub(super) tile: (usize, usize),
    /// Number of maps side by side.
    pub(super) across: usize,
    /// Number of maps below each other.
    pub(super) down: usize,
}

/// The shown layer's data and the layout of its panel.
fn shown(forward: &Forward, body: Rect) -> Option<(&Activation, Places<'_>)> {
    let shown = forward.on_screen()?;
    Some((shown, places(place::activation(body), shown, forward)))
}

/// Number of channels of the output that are shown at once, for turning the page.
pub(super) fn channels_per_page(forward: &Forward, body: Rect) -> usize {
    let Some((shown, places)) = shown(forward, body) else {
        return 1;
    };
    let zoom = forward.maps.zoom;
    let maps = places
        .values
        .iter()
        .find(|(part, ..)| *part == Part::PutsOut);
    let grid = maps.map(|(.., area)| grid(&shown.output, below_caption(*area), zoom));
    grid.map_or(1, |grid| grid.across * grid.down).max(1)
}

/// Channel, row and column of the output value at a position on the screen.
pub(super) fn cell_at(
    forward: &Forward,
    body: Rect,
    at: Position,
) -> Option<(usize, usize, usize)> {
    let (shown, places) = shown(forward, body)?;
    if let Some(explained) = &forward.explained {
        return in_explanation(body, &shown.output, explained.cell.channel, at);
    }
    let (_, value, area) = places
        .values
        .into_iter()
        .find(|(part, _, area)| *part == Part::PutsOut && area.contains(at))?;
    let place = below_caption(area);
    if !place.contains(at) {
        return None;
    }
    let (x, y) = (usize::from(at.x - place.x), usize::from(at.y - place.y) * 2);
    if value.is_vector() {
        return vector_cell(value, place, x, y);
    }
    let grid = grid(value, place, forward.maps.zoom);
    let (width, height) = grid.tile;
    let step = height.div_ceil(2) * 2 + 2;
    let (across, down) = (x / (width + 1), y / step);
    let (column, row) = (x % (width + 1), y % step);
    let channel = grid.first(value, forward.maps.first) + down * grid.across + across;
    let is_there = across < grid.across && column < width && row < height;
    (is_there && channel < value.channels).then(|| {
        (
            channel,
            row * value.size[0] / height.max(1),
            column * value.size[1] / width.max(1),
        )
    })
}

/// Value of a vector at a position, row by row.
fn vector_cell(value: &Value, place: Rect, x: usize, y: usize) -> Option<(usize, usize, usize)> {
    let across = usize::from(place.width).min(value.channels).max(1);
    let channel = y * across + x;
    (x < across && channel < value.channels).then_some((channel, 0, 0))
}

/// The same while a value is explained: its channel is drawn on the left, a vector as a whole.
fn in_explanation(
    body: Rect,
    value: &Value,
    channel: usize,
    at: Position,
) -> Option<(usize, usize, usize)> {
    let place = below(place::explained_pictures(place::explanation(body))[0], 1);
    if !place.contains(at) {
        return None;
    }
    let (x, y) = (usize::from(at.x - place.x), usize::from(at.y - place.y) * 2);
    if value.is_vector() {
        return vector_cell(value, place, x, y);
    }
    let [rows, columns] = value.size;
    let (width, height) = stretch(value.size, place.width.into(), place.height.into());
    (x < width && y < height).then(|| (channel, y * rows / height, x * columns / width))
}

/// Lines above the values: the heading, the sources of the pass, and at the end the most likely classes, or the fault before
/// which the pass has stopped.
pub(super) fn head(forward: &Forward) -> u16 {
    let has_more = forward.has_likeliest() || forward.is_at_fault();
    if has_more { 3 } else { 2 }
}

/// Lays out the panel: the inputs side by side in rows, the outputs below, and the numbers at the bottom.
pub(super) fn places<'a>(area: Rect, shown: &'a Activation, forward: &Forward) -> Places<'a> {
    let body = below(area, head(forward));
    let is_small = body.height < 20;
    let norm_rows = match (&shown.norm, is_small) {
        (None, _) => 0,
        (Some(_), true) => norm::SMALL,
        (Some(_), false) => norm::LARGE,
    };
    let reads = shown.inputs.iter().map(|value| (Part::Reads, value));
    let mut puts_out = vec![(Part::PutsOut, &shown.output)];
    let other = shown.norm.as_ref().and_then(|norm| norm.other.as_ref());
    puts_out.extend(shown.was.iter().map(|value| (Part::Was, value)));
    let beside = usize::from(body.width / LEAST).max(1);
    if puts_out.len() < beside {
        puts_out.extend(other.map(|value| (Part::OtherMode, value)));
    }
    let reads: Vec<_> = reads.collect();
    let mut rows: Vec<&[(Part, &Value)]> = Vec::new();
    if forward.maps.zoom != Zoom::Single {
        rows.extend(reads.chunks(beside));
        rows.extend(puts_out.chunks(beside));
    }
    let all: Vec<_> = reads.iter().chain(&puts_out).copied().collect();
    if rows.is_empty() {
        rows.push(&all);
    }
    let is_strip = |row: &&[(Part, &Value)]| row.iter().all(|(_, value)| value.is_vector());
    let strips = rows.iter().filter(|row| is_strip(row)).count() as u16;
    let bottom_rows = match (forward.shows_top_classes(), norm_rows) {
        (true, _) => body.height.saturating_sub(strips * STRIP).max(7),
        (false, 1..) if body.height < 40 => 0,
        (false, _) if is_small => 4,
        (false, _) => 8,
    }
    .min(body.height);
    let norm_rows = norm_rows.min(body.height - bottom_rows);
    let from_end = |rows: u16, height: u16| Rect {
        y: body.bottom() - rows,
        height,
        ..body
    };
    let mut left = body.height - bottom_rows - norm_rows;
    let maps = rows.len() as u16 - strips;
    let each = left.saturating_sub(strips * STRIP) / maps.max(1);
    let mut y = body.y;
    let mut values = Vec::new();
    for row in rows {
        let height = if is_strip(&row) { STRIP } else { each }.min(left);
        let place = Rect { y, height, ..body };
        y += height;
        left -= height;
        let gap = 2;
        let count = row.len() as u16;
        let width = (body.width + gap) / count.max(1);
        for (number, (part, value)) in row.iter().enumerate() {
            let place = Rect {
                x: place.x + number as u16 * width,
                width: width.saturating_sub(gap),
                ..place
            };
            values.push((*part, *value, place.intersection(body)));
        }
    }
    Places {
        values,
        norm: from_end(norm_rows + bottom_rows, norm_rows),
        bottom: from_end(bottom_rows, bottom_rows),
    }
}

/// Minimum width of a value beside another one, in columns.
const LEAST: u16 = 24;

/// Lines of a vector: its caption, its pixels, and an empty line.
const STRIP: u16 = 4;

/// Lines above the maps of a value.
const CAPTION: u16 = 2;

/// Area of a value's maps, below its caption.
pub(super) fn below_caption(area: Rect) -> Rect {
    let maps = below(area, CAPTION);
    Rect {
        // An empty line separates the maps from the next caption.
        height: maps.height.saturating_sub(1),
        ..maps
    }
}

impl Grid {
    /// First channel to show if `wanted` is requested: the last page is full.
    pub(super) fn first(&self, value: &Value, wanted: usize) -> usize {
        let count = (self.across * self.down).min(value.channels);
        wanted.min(value.channels - count)
    }
}

/// Lays out maps of a value's size in an area: large, but several of them if there are several.
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
    let wanted = if value.is_coloured() {
        1
    } else {
        value.channels.min(6)
    };
    let mut best = of(1);
    for down in 2..=6 {
        if best.across * best.down >= wanted {
            break;
        }
        let next = of(down);
        // Smaller maps are not recognisable, unless the map itself is no larger.
        if next.tile.1 < value.size[0].min(12) {
            break;
        }
        best = next;
    }
    best
}

/// Width and height in pixels of a picture of `size` (height, width) in an area of this size in cells: enlarged by a whole
/// factor, or reduced in proportion.
pub(super) fn fit([height, width]: [usize; 2], columns: usize, rows: usize) -> (usize, usize) {
    let (height, width) = (height.max(1), width.max(1));
    let factor = (columns / width).min(rows * 2 / height);
    if factor >= 1 {
        return (width * factor, height * factor);
    }
    stretch([height, width], columns, rows)
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

/// Lines of the numbers of a batch normalisation.
pub(super) mod norm {
    /// For one channel.
    pub(in crate::tui::pane::forward) const SMALL: u16 = 4;
    /// For as many channels as fit.
    pub(in crate::tui::pane::forward) const LARGE: u16 = 12;
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
