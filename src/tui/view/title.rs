//! Title line: the current location, and the tabs of a network.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::paint;
use crate::report::format::short;
use crate::spec::Severity;
use crate::tui::app::App;
use crate::tui::compare::Compare;
use crate::tui::layout;
use crate::tui::message::Tab;
use crate::tui::opened::Opened;
use crate::tui::setup::Setup;
use crate::tui::text::{cut, width};
use crate::tui::theme::Role;

pub(super) fn render(frame: &mut Frame, area: Rect, app: &App) {
    let theme = app.theme;
    if let Some(compare) = app.compared() {
        let [a, b] = [&compare.a, &compare.b].map(|subject| subject.model.title());
        let line = Line::from(vec![
            Span::styled(format!(" {a} → {b}"), theme.style(Role::Key)),
            Span::styled(format!("  {}", told(compare)), theme.style(Role::Dim)),
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
    let tabs = layout::tabs(area, theme);
    let room = tabs
        .first()
        .map_or(area.width, |(_, place)| place.x - area.x);
    let left = Rect {
        width: room.saturating_sub(1),
        ..area
    };
    let title = format!(" {}", opened.subject.model.title());
    let title = cut(&title, usize::from(left.width));
    let room = usize::from(left.width).saturating_sub(width(&title));
    let line = Line::from(vec![
        Span::styled(title, theme.style(Role::Key)),
        Span::styled(sizes(opened, room), theme.style(Role::Dim)),
    ]);
    paint::line(frame, left, 0, &line);
    for (number, (tab, place)) in tabs.into_iter().enumerate() {
        let worst = opened
            .checks
            .problems
            .first()
            .map(|problem| problem.severity);
        let mark = match (tab, worst) {
            (Tab::Checks, Some(Severity::Error)) => "✗",
            (Tab::Checks, Some(Severity::Warning)) => "!",
            _ => " ",
        };
        let text = format!(" {} {}{mark}", number + 1, theme.known(tab.title()));

        let style = if tab == opened.tab {
            theme.style(Role::Selected)
        } else {
            theme.style(Role::Dim)
        };
        paint::text(frame, place, 0, &text, style);
    }
}

/// Settings of both networks: `input 224×224 and 32×32, batch 1, rule conv+fc`.
fn told(compare: &Compare) -> String {
    let [a, b] = [&compare.comparison.a, &compare.comparison.b].map(|stats| {
        let sizes: Vec<_> = stats.input.iter().skip(1).map(u64::to_string).collect();
        sizes.join("×")
    });
    let input = if a == b { a } else { format!("{a} and {b}") };
    let Setup { rule, batch, .. } = compare.setup;
    format!("input {input} · batch {batch} · rule {rule}")
}

/// Size of the network, as far as there is room.
fn sizes(opened: &Opened, room: usize) -> String {
    let subject = &opened.subject;
    let facts = [
        format!("  {} params", short(subject.params().0)),
        format!(
            " · {} {}",
            short(subject.macs().0),
            subject.analysis.rule.unit()
        ),
        format!(" · depth {}", subject.analysis.depth),
    ];
    let mut text = String::new();
    for fact in facts {
        if width(&text) + width(&fact) > room {
            break;
        }
        text += &fact;
    }
    text
}
