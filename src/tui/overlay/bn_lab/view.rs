//! `BnLab` of a batch normalisation, over everything else.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::BnLab;
use crate::text::Message;
use crate::tui::kit::layout;
use crate::tui::kit::paint;
use crate::tui::kit::theme::{Role, Theme};

pub(in crate::tui) fn render(frame: &mut Frame, area: Rect, theme: Theme, lab: &BnLab) {
    let inside = layout::framed(area);
    let height = usize::from(inside.height);
    let lines = lab.lines(usize::from(inside.width), theme.language());
    let top = lab.cursor.top.min(lines.len().saturating_sub(1));
    let setup = &lab.setup;
    let title = Message::new(if setup.constant {
        "lab-heading-constant"
    } else {
        "lab-heading"
    });
    let title = title
        .with("path", &lab.path)
        .with("count", setup.size)
        .with("channel", setup.channel);
    let mut title = theme.say(&title);
    if lab.is_busy {
        title += &format!(" · {}", theme.word("notice-measuring"));
    }
    let more = paint::more(theme, lines.len(), top, height);
    paint::popup(frame, area, theme, &paint::titled(&title, &more));
    if lines.is_empty() {
        paint::text(
            frame,
            inside,
            0,
            theme.word("notice-sending"),
            theme.style(Role::Dim),
        );
    }
    for (row, (text, role)) in lines.iter().skip(top).take(height).enumerate() {
        let style = role.map_or(Style::new(), |role| theme.style(role));
        paint::text(frame, inside, row as u16, text, style);
    }
    paint::scrollbar(frame, area, theme, lines.len(), top);
}
