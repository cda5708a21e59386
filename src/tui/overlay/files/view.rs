//! Popup of the file browser: weights or a picture.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::message;
use crate::report::format::bytes;
use crate::text::{Joint, Message};
use crate::tui::kit::layout;
use crate::tui::kit::paint;
use crate::tui::kit::text::{Side, pad, width};
use crate::tui::kit::theme::{Role, Theme};
use crate::tui::overlay::files::{Files, List, endings};

pub(in crate::tui) fn render(frame: &mut Frame, area: Rect, theme: Theme, files: &Files) {
    let [heading, rows] = layout::searched(area);
    let height = usize::from(rows.height);
    let what = match files.list {
        List::Weights => "files-weights",
        List::Inputs => "files-image",
    };
    let more = paint::more(theme, files.entries.len(), files.cursor.top, height);
    let endings = Joint::Comma.of(endings(files.list).iter().copied());
    let title = theme.say(&Message::new(what).with("endings", endings));
    paint::popup(frame, area, theme, &paint::titled(&title, &more));
    // The end of a long path is more informative than its beginning.
    let path = files.folder.display().to_string();
    let room = usize::from(heading.width).saturating_sub(2);
    let skipped = width(&path).saturating_sub(room);
    let path: String = match skipped {
        0 => path,
        skipped => format!("…{}", path.chars().skip(skipped + 1).collect::<String>()),
    };
    paint::text(
        frame,
        heading,
        0,
        &format!(" {path}"),
        theme.style(Role::Dim),
    );
    if let Some(error) = &files.error {
        let told = message!("folder-unreadable", reason = error.clone());
        let text = format!(" {}", theme.language().say(&told));
        paint::text(frame, rows, 1, &text, theme.style(Role::Error));
    }
    let name_room = usize::from(rows.width).saturating_sub(14);
    let window = files.entries.iter().enumerate().skip(files.cursor.top);
    for (row, (number, entry)) in window.take(height).enumerate() {
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
        let line = Line::from(vec![
            Span::styled(format!("  {}", pad(&name, name_room, Side::Left)), style),
            Span::styled(pad(&size, 10, Side::Right), theme.style(Role::Dim)),
        ]);
        paint::line(frame, rows, row as u16, &line);
        if number == files.cursor.at {
            paint::highlight(frame, rows, row as u16, theme.style(Role::Selected));
        }
    }
}
