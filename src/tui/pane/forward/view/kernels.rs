//! Kernels of a convolution that reads a picture, in its colours or in greys.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::message;
use crate::report::pass::activation::range;
use crate::tui::kit::feature_map;
use crate::tui::kit::paint;
use crate::tui::kit::picture::{Map, Pictures};
use crate::tui::kit::theme::{Role, Theme};
use crate::tui::pane::forward::Kernels;
use crate::tui::pane::forward::maps::{below, fit};

/// Largest factor by which a kernel is enlarged.
const LARGEST: usize = 4;

pub(super) fn render<'a>(
    frame: &mut Frame<'_>,
    area: Rect,
    theme: Theme,
    kernels: &'a Kernels,
    pictures: &mut Pictures<'a>,
) {
    let [height, width] = kernels.size;
    let room = below(area, 1);
    let rows = usize::from(room.height).min(height * LARGEST / 2);
    let (columns, lines) = fit(kernels.size, width * LARGEST, rows);
    let across = ((usize::from(room.width) + 1) / (columns + 1)).max(1);
    let down = ((usize::from(room.height) + 1) / (lines.div_ceil(2) + 1)).max(1);
    let count = (across * down).min(kernels.count());
    let heading = message!(
        "pass-kernels",
        shown = count,
        count = kernels.count(),
        size = crate::report::format::dims([height, width]),
    );
    paint::text(frame, area, 0, &theme.say(&heading), theme.style(Role::Dim));
    for number in 0..count {
        let values = kernels.kernel(number);
        let map = Map::new(values, width, range(values));
        let map = if kernels.channels == 3 {
            map.coloured()
        } else {
            map
        };
        let cells = lines.div_ceil(2) as u16;
        let x = (number % across * (columns + 1)) as u16;
        let y = (number / across) as u16 * (cells + 1);
        let place = Rect::new(room.x + x, room.y + y, columns as u16, cells);
        feature_map::paint(
            frame,
            place.intersection(room),
            theme,
            map,
            (columns, lines),
            pictures,
        );
    }
}
