//! Popup of the file browser: weights or a picture.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::message;
use crate::report::format::bytes;
use crate::text::{Joint, Message};
use crate::tui::kit::layout;
use crate::tui::kit::list;
use crate::tui::kit::paint;
use crate::tui::kit::text::{Side, end_of, pad};
use crate::tui::kit::theme::{Role, Theme};
use crate::tui::overlay::files::{Files, List, endings};

pub(in crate::tui) fn render(frame: &mut Frame, area: Rect, theme: Theme, files: &Files) {
    let [heading, rows] = layout::searched(area);
    let list = list::List::new(files.entries.len(), files.cursor);
    let what = match files.list {
        List::Weights => "files-weights",
        List::Inputs => "files-image",
    };
    let endings = Joint::Comma.of(endings(files.list).iter().copied());
    let title = theme.say(&Message::new(what).with("endings", endings));
    paint::popup(frame, area, theme, &list.titled(theme, &title, rows));
    // The end of a long path is more informative than its beginning.
    let path = files.folder.display().to_string();
    let room = usize::from(heading.width).saturating_sub(2);
    let path = end_of(&path, room);
    paint::text(
        frame,
        heading,
        0,
        &format!(" {path}"),
        theme.style(Role::Dim),
    );
    if let Some(error) = &files.error {
        let problem = message!("folder-unreadable", reason = error.clone());
        let text = format!(" {}", theme.language().say(&problem));
        paint::text(frame, rows, 1, &text, theme.style(Role::Error));
    }
    let name_room = usize::from(rows.width).saturating_sub(14);
    list.render_in_box(frame, (rows, area), theme, |number| {
        let entry = &files.entries[number];
        let (name, size) = if entry.is_file {
            (entry.name.clone(), bytes(u128::from(entry.size)))
        } else {
            (format!("{}/", entry.name), String::new())
        };
        let style = theme.style(if entry.is_file {
            Role::Title
        } else {
            Role::Dim
        });
        Line::from(vec![
            Span::styled(format!("  {}", pad(&name, name_room, Side::Left)), style),
            Span::styled(pad(&size, 10, Side::Right), theme.style(Role::Dim)),
        ])
    });
}
