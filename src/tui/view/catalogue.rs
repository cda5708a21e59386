//! The list of networks by family, the search, and the details of the selected one.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::paint;
use crate::report::format::short;
use crate::report::list::Entry;
use crate::tui::app::{App, Mode};
use crate::tui::catalogue::Line as Row;
use crate::tui::layout;
use crate::tui::text::{Side, pad, wrap};
use crate::tui::theme::Role;

/// Columns after the name: heading and width.
const COLUMNS: [(&str, usize); 5] = [
    ("input", 9),
    ("params", 9),
    ("MACs", 9),
    ("depth", 5),
    ("year", 4),
];

pub(super) fn render(frame: &mut Frame, body: Rect, app: &App) {
    let [list, details] = layout::catalogue(body);
    search(frame, list, app);
    rows(frame, list, app);
    let inside = if details.y == list.y {
        paint::rule_at_left(frame, details, app.theme)
    } else {
        paint::heading(frame, details, app.theme, "about", false);
        layout::inside(details)
    };
    if let Some(entry) = app.catalogue.selected() {
        about(frame, inside, app, entry);
    }
}

fn search(frame: &mut Frame, list: Rect, app: &App) {
    let theme = app.theme;
    let catalogue = &app.catalogue;
    let found = format!(
        "{} of {} networks",
        catalogue.found(),
        catalogue.entries().len()
    );
    let line = if app.mode == Mode::Search || !catalogue.query().is_empty() {
        Line::from(vec![
            Span::styled(" search ", theme.style(Role::Dim)),
            Span::styled(format!("{}▏", catalogue.query()), theme.style(Role::Key)),
            Span::styled(format!("  {found}, Esc shows all"), theme.style(Role::Dim)),
        ])
    } else {
        let mut text = format!(" {} networks", catalogue.entries().len());
        if catalogue.sort() != crate::report::list::SortKey::Catalogue {
            text += &format!(", sorted by {}", catalogue.sort().name());
        }
        Line::styled(text, theme.style(Role::Dim))
    };
    paint::line(frame, list, 0, &line);
}

fn name_width(list: Rect) -> usize {
    let others: usize = COLUMNS.iter().map(|(_, width)| width + 2).sum();
    usize::from(list.width).saturating_sub(others + 4)
}

fn rows(frame: &mut Frame, list: Rect, app: &App) {
    let theme = app.theme;
    let name = name_width(list);
    let mut heading = pad(
        &format!("   {}", theme.say("network")),
        name + 3,
        Side::Left,
    );
    for (title, width) in COLUMNS {
        heading += &format!("  {}", pad(theme.say(title), width, Side::Right));
    }
    paint::text(frame, list, 1, &heading, theme.style(Role::Dim));

    let area = layout::catalogue_rows(list);
    if app.catalogue.found() == 0 {
        let text = "   nothing has that name; Esc shows all networks";
        paint::text(frame, area, 1, text, theme.style(Role::Warning));
    }
    let height = usize::from(area.height);
    for (row, (is_selected, line)) in app.catalogue.window(height).enumerate() {
        let row = row as u16;
        match line {
            Row::Family(number) => {
                let family = &app.catalogue.entries()[number].family;
                paint::text(
                    frame,
                    area,
                    row,
                    &format!(" {family}"),
                    theme.style(Role::Title),
                );
            }
            Row::Entry(number) => {
                let entry = &app.catalogue.entries()[number];
                let mut text = format!("   {}", pad(&entry.title, name, Side::Left));
                for (cell, (_, width)) in cells(entry).iter().zip(COLUMNS) {
                    text += &format!("  {}", pad(cell, width, Side::Right));
                }
                paint::line(frame, area, row, &Line::raw(text));
                if is_selected {
                    paint::highlight(frame, area, row, theme.style(Role::Selected));
                }
            }
        }
    }
}

fn cells(entry: &Entry) -> [String; COLUMNS.len()] {
    [
        input(entry),
        short(entry.params),
        short(entry.macs),
        entry.depth.to_string(),
        entry
            .year
            .map_or_else(|| "—".to_owned(), |year| year.to_string()),
    ]
}

fn input(entry: &Entry) -> String {
    let dims: Vec<_> = entry.input.iter().map(u64::to_string).collect();
    dims.join("×")
}

fn about(frame: &mut Frame, area: Rect, app: &App, entry: &Entry) {
    let theme = app.theme;
    let title = Line::from(vec![
        Span::styled(entry.title.clone(), theme.style(Role::Title)),
        Span::styled(format!("  {}", entry.name), theme.style(Role::Dim)),
    ]);
    paint::line(frame, area, 0, &title);
    let mut row = 1;
    let weights = if entry.weights {
        "trained weights and pictures are in the binary"
    } else {
        "none in the binary: runs on made-up ones, or on a file of yours"
    };
    let mut paper = entry.paper.clone().unwrap_or_else(|| "—".to_owned());
    if let Some(year) = entry.year {
        paper += &format!(" ({year})");
    }
    let facts = [
        ("", entry.summary.as_str()),
        ("paper", paper.as_str()),
        ("weights", weights),
    ];
    // Beside the list there is room for air between the facts.
    let has_air = area.height > 12;
    for (label, text) in facts {
        row += u16::from(has_air);
        let label_width = if label.is_empty() { 0 } else { 9 };
        let room = usize::from(area.width).saturating_sub(label_width);
        for (number, text) in wrap(text, room, 0).into_iter().enumerate() {
            let label = pad(
                if number == 0 { label } else { "" },
                label_width,
                Side::Left,
            );
            let line = Line::from(vec![
                Span::styled(label, theme.style(Role::Dim)),
                Span::raw(text),
            ]);
            paint::line(frame, area, row, &line);
            row += 1;
        }
    }
}
