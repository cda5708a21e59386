//! Map over a picture: in colour where the terminal has enough of them, or else the map alone in shades.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::engine::saliency::PixelMap;
use crate::tui::kit::feature_map::shade;
use crate::tui::kit::theme::Theme;

/// Values over a picture, both with the picture's rows and columns.
pub(super) struct Over<'a> {
    /// Picture.
    pub(super) picture: &'a PixelMap,
    /// Value of each pixel, from −1 to 1.
    pub(super) heat: Option<&'a PixelMap>,
}

impl Over<'_> {
    /// Brightness and heat of a pixel of the screen.
    fn pixel(&self, column: usize, row: usize, (columns, lines): (usize, usize)) -> (f32, f32) {
        let (height, width) = self.picture.dim();
        let y = (row * height / lines.max(1)).min(height.saturating_sub(1));
        let x = (column * width / columns.max(1)).min(width.saturating_sub(1));
        let level = self.picture.get((y, x)).copied().unwrap_or(0.0);
        let heat = self.heat.and_then(|heat| heat.get((y, x)).copied());
        (level, heat.unwrap_or(0.0))
    }
}

/// Paints it with this number of pixels at the upper left corner of `area`.
pub(super) fn paint(
    frame: &mut Frame<'_>,
    area: Rect,
    theme: Theme,
    over: &Over<'_>,
    pixels: (usize, usize),
) {
    let area = area.intersection(frame.area());
    let columns = pixels.0.min(usize::from(area.width));
    let rows = pixels.1.div_ceil(2).min(usize::from(area.height));
    for row in 0..rows {
        for column in 0..columns {
            let [upper, lower] = [0, 1].map(|half| over.pixel(column, row * 2 + half, pixels));
            let at = (area.x + column as u16, area.y + row as u16);
            let Some(cell) = frame.buffer_mut().cell_mut(at) else {
                continue;
            };
            if theme.has_greys() {
                let [upper, lower] = [upper, lower].map(|(level, heat)| theme.tinted(level, heat));
                cell.set_char('▀')
                    .set_style(Style::new().fg(upper).bg(lower));
            } else {
                let level = |(level, heat): (f32, f32)| match over.heat {
                    Some(_) => heat.max(0.0),
                    None => level,
                };
                cell.set_char(shade(f32::midpoint(level(upper), level(lower))));
            }
        }
    }
}
