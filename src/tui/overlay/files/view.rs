//! Popup of the file picker.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::message;
use crate::report::format::bytes;
use crate::text::{Joint, Message};
use crate::tui::kit::list;
use crate::tui::kit::paint;
use crate::tui::kit::text::{Side, cut, end_of, pad, wrap};
use crate::tui::kit::theme::{Role, Theme};
use crate::tui::overlay::files::{Described, Files, HERE, areas};
use crate::tui::worker::{Preview, Wanted};

pub(in crate::tui) fn render(frame: &mut Frame, area: Rect, theme: Theme, files: &Files) {
    let [heading, typed, rows, about] = areas(area);
    let list = list::List::new(files.len(), files.cursor);
    let what = match files.wanted {
        Wanted::Weights => "files-weights",
        Wanted::Pictures => "files-image",
        Wanted::Networks => "files-network",
        Wanted::Data => "files-data",
    };
    let mut title = Message::new(what);
    if matches!(files.wanted, Wanted::Weights | Wanted::Pictures) {
        title = title.with("endings", Joint::Comma.of(files.wanted.endings()));
    }
    let title = theme.say(&title);
    paint::popup(frame, area, theme, &list.titled(theme, &title, rows));
    // The end of a long path is more informative than its beginning.
    let path = files.folder.display().to_string();
    let room = usize::from(heading.width).saturating_sub(2);
    let path = end_of(&path, room);
    let dim = theme.style(Role::Dim);
    paint::text(frame, heading, 0, &format!(" {path}"), dim);
    let text = end_of(&files.text, room.saturating_sub(3));
    let prompt = Line::from(vec![
        Span::styled(" › ", dim),
        Span::styled(format!("{text}▏"), theme.style(Role::Key)),
    ]);
    paint::line(frame, typed, 0, &prompt);
    if let Some(error) = &files.error {
        let problem = message!("folder-unreadable", reason = error.clone());
        let text = format!(" {}", theme.say(&problem));
        paint::text(frame, rows, 1, &text, theme.style(Role::Error));
    } else if files.is_empty() && files.typed_path().is_none() {
        let text = format!("   {}", theme.word("notice-no-match"));
        paint::text(frame, rows, 0, &text, theme.style(Role::Warning));
    }
    let name_room = usize::from(rows.width).saturating_sub(14);
    list.render_in_box(frame, (rows, area), theme, |place| {
        let Some(entry) = files.at(place) else {
            return Line::default();
        };
        let (name, size) = if entry.is_file {
            (entry.name.clone(), bytes(u128::from(entry.size)))
        } else if entry.name == HERE {
            (theme.word("files-here").to_owned(), String::new())
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
    describe(frame, about, theme, files);
}

/// Lines about the selected file, below a rule.
fn describe(frame: &mut Frame, area: Rect, theme: Theme, files: &Files) {
    let rule = "─".repeat(usize::from(area.width));
    paint::text(frame, area, 0, &rule, theme.style(Role::Rule));
    let (lines, first) = match files.description() {
        None => return,
        Some(Described::Reading) => (vec![theme.word("preview-reading").to_owned()], Role::Dim),
        Some(Described::Ready(preview)) => said(preview, theme),
    };
    let room = usize::from(area.width).saturating_sub(2);
    let most = usize::from(area.height).saturating_sub(1);
    let mut wrapped = lines.iter().flat_map(|line| wrap(line, room, 0));
    let mut shown: Vec<String> = wrapped.by_ref().take(most).collect();
    if let (Some(last), Some(more)) = (shown.last_mut(), wrapped.next()) {
        *last = cut(&format!("{last} {more}"), room);
    }
    for (row, line) in (1..).zip(shown) {
        let style = theme.style(if row == 1 { first } else { Role::Dim });
        paint::text(frame, area, row, &format!(" {line}"), style);
    }
}

fn said(preview: &Preview, theme: Theme) -> (Vec<String>, Role) {
    if let Some(problem) = &preview.problem {
        let problem = theme.say(problem);
        return (problem.lines().map(str::to_owned).collect(), Role::Error);
    }
    let lines = preview.lines.iter().map(|line| theme.say(line));
    (lines.collect(), Role::Title)
}
