//! Tabs of a network's views, in the title line.

use ratatui::layout::Rect;

use crate::tui::kit::text::width;
use crate::tui::kit::theme::Theme;
use crate::tui::message::Tab;

/// Areas of the tabs in the title line, at its right end.
pub fn areas(title: Rect, theme: Theme) -> Vec<(Tab, Rect)> {
    let widths: Vec<u16> = Tab::ALL
        .iter()
        .map(|tab| width(&theme.say(&tab.word())) as u16 + 4)
        .collect();
    let all = widths.iter().sum::<u16>();
    let gap = u16::from(title.width >= all + 40);
    let all = all + gap * (widths.len() as u16 - 1);
    let mut x = title.right().saturating_sub(all);
    Tab::ALL
        .into_iter()
        .zip(widths)
        .map(|(tab, width)| {
            let place = Rect::new(x, title.y, width, 1).intersection(title);
            x += width + gap;
            (tab, place)
        })
        .collect()
}
