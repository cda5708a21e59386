//! Large label of presenter mode with the last key, and the echo of that key in the last line.

mod letters;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::tui::app::App;
use crate::tui::kit::paint;
use crate::tui::kit::text::{end_of, width};
use crate::tui::kit::theme::Role;
use crate::tui::screen::Screen;

/// Draws the large label, and the last key at its right.
pub(super) fn render(frame: &mut Frame<'_>, area: Rect, app: &App) {
    let theme = app.theme;
    let Some(presenter) = app.presenter.as_ref().filter(|_| area.height > 0) else {
        return;
    };
    let key = presenter
        .echo(theme.language())
        .map_or_else(String::new, |(key, _)| key);
    let draw = |frame: &mut Frame<'_>, x: u16, text: &str, role: Role| {
        let place = Rect {
            x: area.x + x,
            width: area.width.saturating_sub(x),
            ..area
        };
        for (row, line) in (0..).zip(letters::lines(text, app.ascii)) {
            paint::text(frame, place, row, &line, theme.style(role));
        }
    };
    let taken = letters::width(&key, app.ascii) as u16 + 2;
    let room = usize::from(area.width.saturating_sub(taken + 1));
    draw(
        frame,
        1,
        &fitting(&label(app), room, app.ascii),
        Role::Title,
    );
    draw(frame, area.width.saturating_sub(taken), &key, Role::Key);
}

/// End of a text that has room as large letters.
fn fitting(text: &str, room: usize, is_ascii: bool) -> String {
    let mut cells = width(text);
    let mut end = text.to_owned();
    while letters::width(&end, is_ascii) > room && cells > 1 {
        cells -= 1;
        end = end_of(text, cells);
    }
    end
}

/// Place on the screen: the layer, or the name of the screen.
fn label(app: &App) -> String {
    let word = |id| app.theme.word(id).to_owned();
    match &app.screen {
        Screen::Catalogue | Screen::Start => "resnet-explore".to_owned(),
        Screen::Train => word("title-train"),
        Screen::Compare(compare) => compare.names.join(" → "),
        Screen::Network(opened) => {
            let network = &opened.subject.model.network;
            let layer = opened.layer();
            layer.map_or_else(|| opened.name(), |id| network[id].path.to_string())
        }
    }
}

/// The last key and its words in the last line; returns whether there were any.
pub(super) fn render_echo(frame: &mut Frame<'_>, area: Rect, app: &App) -> bool {
    let echo = app
        .presenter
        .as_ref()
        .and_then(|own| own.echo(app.theme.language()));
    let Some((key, words)) = echo else {
        return false;
    };
    let line = Line::from(vec![
        Span::styled(format!(" {key}  "), app.theme.style(Role::Key)),
        Span::styled(words, app.theme.style(Role::Title)),
    ]);
    paint::line(frame, area, 0, &line);
    true
}
