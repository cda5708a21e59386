//! Lab of a batch normalisation, over everything else: its film, and below it the text.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

use super::{BnLab, film};
use crate::text::Message;
use crate::tui::context::Context;
use crate::tui::kit::cursor::Cursor;
use crate::tui::kit::layout;
use crate::tui::kit::list::List;
use crate::tui::kit::paint;
use crate::tui::kit::text::cut;
use crate::tui::kit::theme::Role;

pub(in crate::tui) fn render(frame: &mut Frame, area: Rect, context: &Context, lab: &BnLab) {
    let theme = context.theme;
    let inside = layout::framed(area);
    let film = film::rows(lab, inside);
    let lines = lab.lines(usize::from(inside.width), theme.language());
    let top = lab.cursor.top.min(film + lines.len().saturating_sub(1));
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
    if lab.is_random() {
        title += &format!(" · {}", theme.word("random-weights"));
    }
    if lab.is_busy {
        title += &format!(" · {}", theme.word("notice-measuring"));
    }
    let list = List::new(film + lines.len(), Cursor { at: top, top }).with(None);
    paint::popup(frame, area, theme, &list.titled(theme, &title, inside));
    if lines.is_empty() {
        paint::text(
            frame,
            inside,
            0,
            theme.word("notice-sending"),
            theme.style(Role::Dim),
        );
    }
    let room = usize::from(inside.width);
    list.render_in_box(frame, (inside, area), theme, |number| {
        let Some((text, role)) = number.checked_sub(film).map(|line| &lines[line]) else {
            return Line::default();
        };
        let style = role.map_or(Style::new(), |role| theme.style(role));
        Line::styled(cut(text, room), style)
    });
    if let (0, Some(shown)) = (top, &lab.shown)
        && film > 0
    {
        let place = Rect {
            height: (film as u16).min(inside.height),
            ..inside
        };
        film::render(frame, place, context, (lab, shown));
    }
}
