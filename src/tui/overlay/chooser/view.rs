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
        .map(|offer| Entry {
            name: theme.say(&offer.name()),
            words: theme.say(&offer.words()),
            short: offer.short().map(|words| theme.say(&words)),
        })
        .collect();
    let inputs: Vec<_> = chooser
        .inputs
        .iter()
        .map(|(choice, words)| Entry {
            name: match choice {
                InputChoice::File(path) => file_name(path),
                _ => choice.to_string(),
            },
            words: match choice {
                // The class of a sample is the answer.
                InputChoice::Sample(_) if is_veiled => theme.word("present-hidden").to_owned(),
                _ => theme.say(words),
            },
            short: None,
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
        has(List::Weights),
    );
    list(
        frame,
        inputs_area,
        theme,
        theme.word("column-input"),
        &inputs,
        chooser.inputs_at,
        has(List::Inputs),
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

/// Line of a list.
struct Entry {
    name: String,
    words: String,
    /// Fewer words, where these have no room.
    short: Option<String>,
}

fn list(
    frame: &mut Frame,
    area: Rect,
    theme: Theme,
    title: &str,
    entries: &[Entry],
    cursor: Cursor,
    has_keys: bool,
) {
    let rows = chooser_rows(area);
    let role = if has_keys {
        Role::Selected
    } else {
        Role::Marked
    };
    let list = list::List::new(entries.len(), cursor).with(Some(role));
    let title = list.titled(theme, title, rows);
    paint::heading(frame, area, theme, &title, has_keys);
    let longest = entries.iter().map(|entry| width(&entry.name)).max();
    let most = usize::from(rows.width).saturating_sub(6);
    let name_room = longest.unwrap_or(0).clamp(12, most.max(12));
    // The last column is the scrollbar's.
    let room = usize::from(rows.width).saturating_sub(name_room + 4);
    // Words without room are shorter in every line, or not there at all, but never cut.
    let fits = |words: &&str| width(words) <= room;
    let is_long = entries.iter().all(|entry| fits(&&*entry.words));
    list.render(frame, rows, theme, |number| {
        let Entry { name, words, short } = &entries[number];
        let mark = if number == cursor.at { "●" } else { " " };
        let long = Some(&**words).filter(|_| is_long || short.is_none());
        let words = long.filter(fits).or(short.as_deref().filter(fits));
        Line::from(vec![
            Span::raw(format!("{mark} {} ", pad(name, name_room, Side::Left))),
            Span::styled(words.unwrap_or_default(), theme.style(Role::Dim)),
        ])
    });
}
