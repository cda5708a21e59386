//! Popup of the chooser: weights and input of a pass.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::engine::InputChoice;
use crate::message;
use crate::tui::context::Context;
use crate::tui::keys::Scope;
use crate::tui::kit::cursor::Cursor;
use crate::tui::kit::list;
use crate::tui::kit::paint;
use crate::tui::kit::text::{Side, cut, end_of, pad, width};
use crate::tui::kit::theme::{Role, Theme};
use crate::tui::message::Command;
use crate::tui::overlay::chooser::offers::file_name;
use crate::tui::overlay::chooser::{Chooser, List, Offer, chooser_rows};

pub(in crate::tui) fn render(
    frame: &mut Frame<'_>,
    area: Rect,
    context: &Context,
    (chooser, is_veiled): (&Chooser, bool),
    typed: Option<&str>,
) {
    let theme = context.theme;
    let how = message!(
        "chooser-keys",
        other = context.keys.key(Scope::Chooser, Command::OtherList),
        accept = context.keys.key(Scope::Chooser, Command::Accept),
    );
    paint::popup(frame, area, theme, theme.word("title-run"));
    let [weights_area, inputs_area, about, prompt] = chooser.areas(area);
    let weights: Vec<_> = chooser
        .weights
        .iter()
        .map(|offer| (theme.say(&offer.name()), theme.say(&offer.words())))
        .collect();
    let inputs: Vec<_> = chooser
        .inputs
        .iter()
        .map(|(choice, words)| match choice {
            // The class of a sample is the answer.
            InputChoice::Sample(_) if is_veiled => {
                (choice.to_string(), theme.word("present-hidden").to_owned())
            }
            InputChoice::File(path) => (file_name(path), theme.say(words)),
            _ => (choice.to_string(), theme.say(words)),
        })
        .collect();
    let has = |list| chooser.list == list;
    list(
        frame,
        weights_area,
        theme,
        theme.word("column-weights"),
        &weights,
        chooser.weights_at,
        (has(List::Weights), chooser.has_published()),
    );
    list(
        frame,
        inputs_area,
        theme,
        theme.word("column-input"),
        &inputs,
        chooser.inputs_at,
        (has(List::Inputs), false),
    );

    if let Some(offer) = chooser.weights.get(chooser.weights_at.at) {
        for (row, line) in (0..).zip(offer.about()) {
            // The end of a path names the file.
            let text = theme.say(&line);
            let text = match offer {
                Offer::Ready(_) if row > 0 => end_of(&text, usize::from(about.width) - 1),
                _ => cut(&text, usize::from(about.width).saturating_sub(1)),
            };
            paint::text(
                frame,
                about,
                row,
                &format!(" {text}"),
                theme.style(Role::Dim),
            );
        }
    }
    let line = match typed {
        Some(text) => {
            let forms = match chooser.list {
                List::Weights => theme.word("chooser-type-weights"),
                List::Inputs => theme.word("chooser-type-input"),
            };
            Line::from(vec![
                Span::styled(format!(" {forms}: "), theme.style(Role::Dim)),
                Span::styled(format!("{text}▏"), theme.style(Role::Key)),
            ])
        }
        None => Line::styled(format!(" {}", theme.say(&how)), theme.style(Role::Dim)),
    };
    paint::line(frame, prompt, 0, &line);
}

fn list(
    frame: &mut Frame,
    area: Rect,
    theme: Theme,
    title: &str,
    entries: &[(String, String)],
    cursor: Cursor,
    (has_keys, has_long): (bool, bool),
) {
    let rows = chooser_rows(area);
    let role = if has_keys {
        Role::Selected
    } else {
        Role::Marked
    };
    let most = if has_long {
        usize::from(rows.width) * 3 / 10
    } else {
        usize::from(rows.width).saturating_sub(12)
    };
    let list = list::List::new(entries.len(), cursor).with(Some(role));
    let title = list.titled(theme, title, rows);
    paint::heading(frame, area, theme, &title, has_keys);
    let longest = entries.iter().map(|(name, _)| width(name)).max();
    let name_room = longest.unwrap_or(0).clamp(12, most.max(12));
    let room = usize::from(rows.width).saturating_sub(name_room + 4);
    list.render(frame, rows, theme, |number| {
        let (name, words) = &entries[number];
        let mark = if number == cursor.at { "●" } else { " " };
        Line::from(vec![
            Span::raw(format!("{mark} {} ", pad(name, name_room, Side::Left))),
            Span::styled(pad(words, room, Side::Left), theme.style(Role::Dim)),
        ])
    });
}
