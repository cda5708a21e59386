//! Title line: the current location, and the tabs of a network.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::message;
use crate::report::format::{dims, short};
use crate::text::{Joint, Message};
use crate::tui::app::App;
use crate::tui::keys::Scope;
use crate::tui::kit::paint;
use crate::tui::kit::text::{cut, width};
use crate::tui::kit::theme::{Role, Theme};
use crate::tui::message::Command;
use crate::tui::screen::Screen;
use crate::tui::screen::compare::Compare;
use crate::tui::screen::network::Opened;
use crate::tui::screen::network::tabs::Strip;
use crate::tui::setup::Setup;

pub(super) fn render(frame: &mut Frame, area: Rect, app: &App) {
    let theme = app.theme;
    if let Some(compare) = app.compared() {
        let [a, b] = [&compare.a, &compare.b].map(|subject| subject.model.title());
        let [a, b] = [&a, &b].map(|title| title.of(theme.language()));
        let line = Line::from(vec![
            Span::styled(format!(" {a} → {b}"), theme.style(Role::Key)),
            Span::styled(
                format!("  {}", theme.say(&compare_title(compare))),
                theme.style(Role::Dim),
            ),
        ]);
        paint::line(frame, area, 0, &line);
        return;
    }
    if matches!(app.screen, Screen::Train) {
        let line = Line::from(vec![
            Span::styled(
                format!(" {}", theme.word("title-train")),
                theme.style(Role::Key),
            ),
            Span::styled(
                format!("  {}", theme.word("title-train-purpose")),
                theme.style(Role::Dim),
            ),
        ]);
        paint::line(frame, area, 0, &line);
        return;
    }
    let Some(opened) = app.opened() else {
        let line = Line::from(vec![
            Span::styled(" resnet-explore ", theme.style(Role::Key)),
            Span::styled(
                format!(" {}", theme.word("title-purpose")),
                theme.style(Role::Dim),
            ),
        ]);
        paint::line(frame, area, 0, &line);
        return;
    };
    let is_asked = opened.layers.is_asked();
    // The title of a network with a mistake names the mistake, and that of a lesson's own network its parent.
    let title = match app.course.anonymous_network() {
        Some(name) if is_asked => theme.word(name).to_owned(),
        _ => opened.title(theme.language()),
    };
    let strip = Strip::new(area, theme, &title, opened.tab);
    let room = strip.left().map_or(area.width, |x| x - area.x);
    let left = Rect {
        width: room.saturating_sub(1),
        ..area
    };
    let title = format!(" {title}");
    let title = cut(&title, usize::from(left.width));
    let room = usize::from(left.width).saturating_sub(width(&title));
    let line = Line::from(vec![
        Span::styled(title, theme.style(Role::Key)),
        Span::styled(
            if is_asked {
                String::new()
            } else {
                sizes(theme, opened, room)
            },
            theme.style(Role::Dim),
        ),
    ]);
    paint::line(frame, left, 0, &line);
    for (mark, sign) in [(strip.before, "‹ "), (strip.after, " ›")] {
        let place = mark.unwrap_or_default();
        paint::text(frame, place, 0, sign, theme.style(Role::Key));
    }
    for (tab, place) in strip.tabs {
        let mark = if is_asked { "" } else { opened.sign(tab) };
        let key = app.keys.key(Scope::Network, Command::Show(tab));
        let text = format!(" {key} {}{mark}", theme.say(&tab.word()));
        let style = if tab == opened.tab {
            theme.style(Role::Selected)
        } else {
            theme.style(Role::Dim)
        };
        paint::text(frame, place, 0, &text, style);
    }
}

/// Settings of both networks: `input 224×224 and 32×32, batch 1, rule conv+fc`.
fn compare_title(compare: &Compare) -> Message {
    let [a, b] = [&compare.comparison.a, &compare.comparison.b]
        .map(|stats| dims(stats.input.iter().skip(1)));
    let mut sizes = vec![a, b];
    sizes.dedup();
    let Setup { rule, batch, .. } = compare.setup;
    message!(
        "title-compared",
        sizes = Joint::And.of(sizes),
        batch = batch,
        rule = rule.name(),
    )
}

/// Size of the network, as far as there is room.
fn sizes(theme: Theme, opened: &Opened, room: usize) -> String {
    let subject = &opened.subject;
    let facts = [
        message!("title-params", count = short(subject.params().0)),
        message!(
            "title-operations",
            count = short(subject.macs().0),
            unit = subject.analysis.rule.unit(),
        ),
        message!("title-depth", depth = subject.analysis.depth),
    ];
    let mut text = String::new();
    for (number, fact) in facts.iter().enumerate() {
        let gap = if number == 0 { "  " } else { " · " };
        let fact = format!("{gap}{}", theme.say(fact));
        if width(&text) + width(&fact) > room {
            break;
        }
        text += &fact;
    }
    text
}
