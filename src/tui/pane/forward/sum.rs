//! An addition as a picture: one channel of main path, shortcut and sum side by side, on one scale.

use ratatui::layout::{Position, Rect};

use super::explained::largest;
use super::{Forward, maps, place};
use crate::engine::Edit;
use crate::engine::value_trace::Cell;
use crate::network::Branch;
use crate::report::pass::activation::{Activation, Value, range};
use crate::tui::kit::feature_map::stretch;

/// Cells between two pictures, with the sign between them.
pub(super) const GAP: u16 = 3;
/// Lines above a picture: its name and its range.
pub(super) const CAPTION: u16 = 2;
/// Lines below the pictures: the scale, and the sum of one cell.
const BELOW: u16 = 2;

/// Pictures of an addition and their areas.
pub(super) struct Places<'a> {
    /// Values from left to right, each with its area below the head.
    pub(super) values: Vec<(&'a Value, Rect)>,
    /// Width and height of each picture in pixels.
    pub(super) pixels: (usize, usize),
    /// Lines below the pictures.
    pub(super) below: Rect,
    /// Largest magnitude of the channel in all pictures: the one scale.
    pub(super) reach: f32,
}

impl Forward {
    /// Area of the shown addition, if it is drawn as a picture.
    pub(super) fn sum_place(&self, body: Rect) -> Option<Rect> {
        (self.shows_sum() && self.explained.is_none()).then(|| place::sum(body))
    }

    /// Channel of the pictures.
    pub(super) fn sum_channel(&self, shown: &Activation) -> usize {
        let last = shown.output.channels.saturating_sub(1);
        self.maps.first.min(last)
    }

    /// Whether a change replaces an operand of the shown addition by zeros.
    pub(super) fn is_zeroed(&self, shown: &Activation, operand: usize) -> bool {
        let branch = match operand {
            0 => Branch::Main,
            _ => Branch::Shortcut,
        };
        let add = shown.layer;
        let is_before = self.flip.as_ref().is_some_and(|flip| flip.is_before);
        !is_before
            && operand < shown.inputs.len()
            && self.is_changed(&Edit::Silence { add, branch })
    }

    /// Cell whose sum is written below the pictures: that of the channel's largest value.
    pub(super) fn sum_cell(&self, shown: &Activation) -> Cell {
        largest(&shown.output, self.sum_channel(shown))
    }
}

/// Lays out the pictures: main path, shortcut, sum, and after a change the sum before it.
pub(super) fn places<'a>(forward: &Forward, area: Rect, shown: &'a Activation) -> Places<'a> {
    let body = maps::below(area, maps::head(forward));
    let values: Vec<&Value> = shown
        .inputs
        .iter()
        .chain([&shown.output])
        .chain(&shown.was)
        .collect();
    let count = values.len() as u16;
    let width = (body.width + GAP) / count.max(1);
    let place = |number: u16| Rect {
        x: body.x + number * width,
        width: width.saturating_sub(GAP),
        height: body.height.saturating_sub(BELOW),
        ..body
    };
    let rows = usize::from(place(0).height.saturating_sub(CAPTION));
    let pixels = stretch(shown.output.size, place(0).width.into(), rows);
    let drawn = (CAPTION + pixels.1.div_ceil(2) as u16).min(place(0).height);
    let channel = forward.sum_channel(shown);
    let reach = |value: &&Value| {
        let (low, high) = range(value.channel(channel));
        low.abs().max(high.abs())
    };
    Places {
        pixels,
        below: maps::below(body, drawn),
        reach: values.iter().map(reach).fold(0.0, f32::max),
        values: (0..)
            .zip(values)
            .map(|(at, value)| (value, place(at)))
            .collect(),
    }
}

/// Channel, row and column of the value at a position in one of the pictures.
pub(super) fn cell_at(
    forward: &Forward,
    area: Rect,
    at: Position,
) -> Option<(usize, usize, usize)> {
    let shown = forward.on_screen()?;
    let places = places(forward, area, shown);
    let (width, height) = places.pixels;
    places.values.iter().find_map(|(value, area)| {
        let place = maps::below(*area, CAPTION);
        let (x, y) = (at.x.checked_sub(place.x)?, at.y.checked_sub(place.y)?);
        let (x, y) = (usize::from(x), usize::from(y) * 2);
        let [rows, columns] = value.size;
        (x < width && y < height).then(|| {
            let channel = forward.sum_channel(shown);
            (channel, y * rows / height, x * columns / width)
        })
    })
}
