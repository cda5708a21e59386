//! The list of networks by family, the search, and the details of the selected one.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::message;
use crate::report::catalogue::columns::{Column, Form};
use crate::report::catalogue::entry::{Entry, SortKey};
use crate::report::catalogue::published::Trained;
use crate::report::format::{accuracy, dims};
use crate::sorting::Sorting;
use crate::text::{Joint, Language, Message};
use crate::tui::context::Context;
use crate::tui::kit::layout;
use crate::tui::kit::paint;
use crate::tui::kit::text::{Side, pad, width, wrap};
use crate::tui::kit::theme::{Role, Theme};
use crate::tui::screen::catalogue::{Catalogue, Line as Row, place};

/// Columns after the name, from left to right.
const COLUMNS: [Column; 8] = [
    Column::Input,
    Column::Params,
    Column::Macs,
    Column::Activations,
    Column::Depth,
    Column::ReceptiveField,
    Column::Top1,
    Column::Year,
];

/// Columns by importance, for when there is too little room.
const WANTED: [Column; 8] = [
    Column::Params,
    Column::Macs,
    Column::Top1,
    Column::Depth,
    Column::Year,
    Column::Input,
    Column::ReceptiveField,
    Column::Activations,
];

/// Column with the figure that the list is sorted by.
const fn of(key: SortKey) -> Option<Column> {
    match key {
        SortKey::Catalogue | SortKey::Name => None,
        SortKey::Params => Some(Column::Params),
        SortKey::Macs => Some(Column::Macs),
        SortKey::Activations => Some(Column::Activations),
        SortKey::Depth => Some(Column::Depth),
        SortKey::ReceptiveField => Some(Column::ReceptiveField),
        SortKey::Year => Some(Column::Year),
        SortKey::Top1 => Some(Column::Top1),
    }
}

/// Width of a column in cells.
const fn cells(column: Column) -> usize {
    match column {
        Column::Top1 => 10,
        Column::Input | Column::Params => 9,
        Column::Macs | Column::Activations => 7,
        _ => 6,
    }
}

/// Text of an entry's cell; a dash for what is not known, and an ellipsis for what is being counted.
fn cell(column: Column, entry: &Entry) -> String {
    if column.takes_figures() && entry.figures.is_none() {
        return "…".to_owned();
    }
    let text = Language::ENGLISH
        .part(&column.cell(entry, Form::Aligned))
        .into_owned();
    if text.is_empty() {
        "—".to_owned()
    } else {
        text
    }
}

/// Blanks before a network's name, for the fold and the mark.
const INDENT: usize = 4;
/// Minimum width of a name in cells.
const LEAST_NAME: usize = 25;

/// Key that the heading at a column of the screen sorts by.
pub(super) fn key_at(catalogue: &Catalogue, list: Rect, x: u16) -> Option<SortKey> {
    let room = room(list);
    let columns = plan(room, catalogue).shown;
    let others: usize = columns.iter().map(|column| cells(*column) + 2).sum();
    let mut begin = room - others.min(room);
    let at = usize::from(x.saturating_sub(list.x));
    if at < begin {
        return Some(SortKey::Name);
    }
    let column = columns.into_iter().find(|column| {
        begin += cells(*column) + 2;
        at < begin
    })?;
    SortKey::ALL
        .into_iter()
        .find(|key| of(*key) == Some(column))
}

/// Columns on the screen, and those without room.
struct Plan {
    shown: Vec<Column>,
    hidden: Vec<Column>,
}

/// Columns that fit beside the names: at first the most important ones, always with the one that determines the order;
/// after scrolling those from the first that is not scrolled past.
fn plan(room: usize, catalogue: &Catalogue) -> Plan {
    let mut left = room.saturating_sub(INDENT + LEAST_NAME);
    let mut take = |column: Column| {
        let cells = cells(column) + 2;
        let fits = cells <= left;
        if fits {
            left -= cells;
        }
        fits
    };
    let mut shown: Vec<Column> = Vec::new();
    if catalogue.passed > 0 {
        let from = &COLUMNS[catalogue.passed.min(COLUMNS.len() - 1)..];
        shown.extend(from.iter().copied().take_while(|column| take(*column)));
    } else {
        for column in of(catalogue.sort()).into_iter().chain(WANTED) {
            if !shown.contains(&column) && take(column) {
                shown.push(column);
            }
        }
        shown.order_by_key(|column| COLUMNS.iter().position(|known| known == column));
    }
    let hidden = COLUMNS.into_iter().filter(|column| !shown.contains(column));
    Plan {
        hidden: hidden.collect(),
        shown,
    }
}

/// Cells of a list for its columns.
fn room(list: Rect) -> usize {
    usize::from(list.width).saturating_sub(1)
}

impl Catalogue {
    /// Scrolls the columns by one; returns whether there was one to scroll to.
    pub(super) fn scroll_columns(&mut self, right: bool, list: Rect) -> bool {
        let was = self.passed;
        let plan = plan(room(list), self);
        let has_last = plan.shown.last() == COLUMNS.last();
        if right && !plan.hidden.is_empty() && (was == 0 || !has_last) {
            self.passed += 1;
        } else if !right {
            self.passed = was.saturating_sub(1);
        }
        self.passed != was
    }
}

pub(super) fn render(frame: &mut Frame<'_>, catalogue: &Catalogue, context: &Context) {
    let (body, theme) = (context.view, context.theme);
    let [list, details] = place::list(body);
    search(frame, list, theme, catalogue);
    rows(frame, list, theme, catalogue);
    let inside = if details.y == list.y {
        paint::rule_at_left(frame, details, theme)
    } else {
        paint::heading(frame, details, theme, theme.word("title-about"), false);
        layout::inside(details)
    };
    if let Some(entry) = catalogue.selected() {
        about(frame, inside, theme, entry, catalogue.trained());
    } else if let Some(entries) = catalogue.selected_family() {
        family(frame, inside, theme, &entries);
    }
}

fn search(frame: &mut Frame, list: Rect, theme: Theme, catalogue: &Catalogue) {
    let (count, all) = (catalogue.found(), catalogue.entries().len());
    let is_any = catalogue.trained() == Trained::OnAnything;
    let line = if catalogue.is_typing || !catalogue.query().is_empty() {
        let found = message!("catalogue-found", count = count, all = all);
        let any = is_any.then(|| message!("catalogue-any-data-short"));
        let notes = std::iter::once(found).chain(any);
        Line::from(vec![
            Span::styled(
                format!(" {} ", theme.word("catalogue-search")),
                theme.style(Role::Dim),
            ),
            Span::styled(format!("{}▏", catalogue.query()), theme.style(Role::Key)),
            Span::styled(
                format!("  {}", theme.say(&Message::of(Joint::Dot.of(notes)))),
                theme.style(Role::Dim),
            ),
        ])
    } else {
        let key = catalogue.sort().name();
        let mut notes = vec![match (catalogue.sort(), catalogue.is_reversed()) {
            (SortKey::Catalogue, _) => message!("catalogue-networks", count = all),
            (_, false) => message!("catalogue-sorted", count = all, key = key),
            (_, true) => message!("catalogue-sorted-reversed", count = all, key = key),
        }];
        notes.extend(catalogue.counting());
        if is_any {
            notes.push(message!("catalogue-any-data"));
        }
        match catalogue.marked() {
            [first, second, ..] => {
                notes.push(message!("notice-compares", first = first, second = second));
            }
            [first] => notes.push(message!("catalogue-marked", first = first)),
            [] => notes.push(message!("catalogue-badge")),
        }
        let text = format!(" {}", theme.say(&Message::of(Joint::Dot.of(notes))));
        Line::styled(text, theme.style(Role::Dim))
    };
    paint::line(frame, list, 0, &line);
    let hidden = plan(room(list), catalogue).hidden;
    if !hidden.is_empty() {
        let titles = hidden.iter().map(|column| column.heading(Form::Aligned));
        let notes = [
            message!("layers-hidden", columns = Joint::Comma.of(titles)),
            message!("layers-hidden-short", count = hidden.len()),
        ]
        .map(|note| theme.say(&note));
        let style = theme.style(Role::Dim);
        paint::note_at_right(frame, list, 0, line.width(), &notes, style);
    }
}

fn rows(frame: &mut Frame, list: Rect, theme: Theme, catalogue: &Catalogue) {
    let room = room(list);
    let columns = plan(room, catalogue).shown;
    let others: usize = columns.iter().map(|&column| cells(column) + 2).sum();
    let name = room.saturating_sub(others + INDENT);
    let mut heading = pad(
        &format!("   {}", theme.word("column-network")),
        name + INDENT,
        Side::Left,
    );
    let sorted = of(catalogue.sort());
    for &column in &columns {
        let cells = cells(column);
        let title = theme.say(&column.heading(Form::Aligned));
        let arrow = match (sorted == Some(column), catalogue.is_reversed()) {
            (false, _) => String::new(),
            (true, false) => format!("{title}▲"),
            (true, true) => format!("{title}▼"),
        };
        let title = if arrow.is_empty() || width(&arrow) > cells {
            &title
        } else {
            &arrow
        };
        heading += &format!("  {}", pad(title, cells, Side::Right));
    }
    paint::text(frame, list, 1, &heading, theme.style(Role::Dim));

    let area = place::list_rows(list);
    if catalogue.found() == 0 {
        let text = format!("   {}", theme.word("catalogue-nothing-found"));
        paint::text(frame, area, 1, &text, theme.style(Role::Warning));
    }
    catalogue
        .list()
        .render(frame, area, theme, |place| match catalogue.line_at(place) {
            None => Line::default(),
            Some((fold, Row::Family { first, found, all })) => {
                let family = family_name(theme, &catalogue.entries()[first]);
                let count = if found == all {
                    format!("  {all}")
                } else {
                    let place = message!("pane-place", at = found, of = all);
                    format!("  {}", theme.say(&place))
                };
                Line::from(vec![
                    Span::styled(
                        format!(" {} {family}", fold.sign()),
                        theme.style(Role::Title),
                    ),
                    Span::styled(count, theme.style(Role::Dim)),
                ])
            }
            Some((_, Row::Entry(number))) => {
                let entry = &catalogue.entries()[number];
                let mark = match catalogue
                    .marked()
                    .iter()
                    .position(|name| *name == entry.name)
                {
                    Some(0) => "[1]",
                    Some(_) => "[2]",
                    None if entry.weights => " ★ ",
                    None => "   ",
                };
                let mut text = pad(entry.title.of(theme.language()), name, Side::Left);
                for &column in &columns {
                    let cells = cells(column);
                    text += &format!("  {}", pad(&cell(column, entry), cells, Side::Right));
                }
                Line::from(vec![
                    Span::styled(format!("{mark} "), theme.style(Role::Key)),
                    Span::raw(text),
                ])
            }
        });
}

/// A family, or what specs with errors have in its place.
fn family_name(theme: Theme, entry: &Entry) -> String {
    match entry.error {
        Some(_) => theme.word("list-broken-family").to_owned(),
        None => entry.family.of(theme.language()).to_owned(),
    }
}

/// Summary of a family: the ranges of its networks' figures.
fn family(frame: &mut Frame, area: Rect, theme: Theme, entries: &[&Entry]) {
    let Some(first) = entries.first() else {
        return;
    };
    let count = theme.say(&message!("catalogue-networks", count = entries.len()));
    let title = Line::from(vec![
        Span::styled(family_name(theme, first), theme.style(Role::Title)),
        Span::styled(format!("  {count}"), theme.style(Role::Dim)),
    ]);
    paint::line(frame, area, 0, &title);
    let span = |column: Column, figure: &dyn Fn(&Entry) -> Option<f64>| {
        let known = || entries.iter().filter(|entry| figure(entry).is_some());
        let order = |a: &&&Entry, b: &&&Entry| {
            let value = |entry: &Entry| figure(entry).unwrap_or(0.0);
            value(a).total_cmp(&value(b))
        };
        let (least, most) = (known().min_by(order)?, known().max_by(order)?);
        let (least, most) = (cell(column, least), cell(column, most));
        Some(if least == most {
            least
        } else {
            theme.say(&message!("catalogue-range", least = least, most = most))
        })
    };
    let facts = [
        (
            Column::Params,
            span(Column::Params, &|entry| Some(entry.figures?.params as f64)),
        ),
        (
            Column::Macs,
            span(Column::Macs, &|entry| Some(entry.figures?.macs as f64)),
        ),
        (
            Column::Depth,
            span(Column::Depth, &|entry| Some(entry.figures?.depth as f64)),
        ),
        (
            Column::Top1,
            span(Column::Top1, &|entry| Some(entry.accuracy.as_ref()?.top1)),
        ),
        (
            Column::Year,
            span(Column::Year, &|entry| entry.year.map(|year| year as f64)),
        ),
    ];
    let facts = facts
        .into_iter()
        .filter_map(|(column, text)| Some((column, text?)));
    for (row, (column, text)) in facts.enumerate() {
        let line = Line::from(vec![
            Span::styled(
                pad(&theme.say(&column.heading(Form::Aligned)), 11, Side::Left),
                theme.style(Role::Dim),
            ),
            Span::raw(text),
        ]);
        paint::line(frame, area, row as u16 + 1, &line);
    }
}

/// Cells of a fact's label.
const LABEL: usize = 10;

/// Details of one network.
pub(super) fn about(
    frame: &mut Frame<'_>,
    area: Rect,
    theme: Theme,
    entry: &Entry,
    trained: Trained,
) {
    let title = Line::from(vec![
        Span::styled(entry.title.of(theme.language()), theme.style(Role::Title)),
        Span::styled(format!("  {}", entry.name), theme.style(Role::Dim)),
    ]);
    paint::line(frame, area, 0, &title);
    let mut lines = Vec::new();
    let weights = if entry.weights {
        theme.word("about-built-in")
    } else {
        theme.word("about-not-built-in")
    };
    let mut paper = entry.paper.clone().unwrap_or_else(|| "—".to_owned());
    if let Some(year) = entry.year {
        paper += &format!(" ({year})");
    }
    let accuracy = theme.say(&match &entry.accuracy {
        Some(best) => message!(
            "about-accuracy",
            share = accuracy(best.top1),
            weights = &best.weights,
            size = dims([best.size; 2]),
            data = best.data(),
        ),
        None if trained == Trained::OnImageNet1k && entry.accuracies > 0 => {
            message!("about-others-accuracy")
        }
        None => message!("about-no-accuracy"),
    });
    let summary = match &entry.problem {
        Some(error) => theme.say(error),
        None => entry.summary.of(theme.language()).to_owned(),
    };
    // Beside the list there is room for blank lines between the facts, and for more of the paper.
    let has_air = area.height > 12;
    if let (Some(authors), true) = (&entry.authors, has_air) {
        paper = format!("{authors}: {paper}");
    }
    let quote = entry.quote.as_ref().map(|quote| {
        let inside = quote.replace('“', "‘").replace('”', "’");
        format!("“{inside}”")
    });
    let mut facts = vec![
        ("", summary.as_str()),
        ("column-paper", paper.as_str()),
        ("stats-accuracy", accuracy.as_str()),
        ("column-weights", weights),
    ];
    let room = |label: &str| {
        let cells = if label.is_empty() { 0 } else { LABEL };
        usize::from(area.width).saturating_sub(cells)
    };
    if let Some(quote) = &quote {
        // Elsewhere it comes last, and only if it fits completely.
        let lines = |(label, text): &(&str, &str)| wrap(text, room(label), 0).len();
        let stated: usize = facts.iter().map(lines).sum();
        let quoted = wrap(quote, room(""), 0).len();
        if has_air {
            facts.insert(2, ("", quote.as_str()));
        } else if 1 + stated + quoted <= usize::from(area.height) {
            facts.push(("", quote.as_str()));
        }
    }
    for (label, text) in facts {
        if has_air {
            lines.push(Line::default());
        }
        let cells = if label.is_empty() { 0 } else { LABEL };
        for (number, text) in wrap(text, room(label), 0).into_iter().enumerate() {
            let label = match (number, label) {
                (0, label) if !label.is_empty() => theme.word(label),
                _ => "",
            };
            let label = pad(label, cells, Side::Left);
            lines.push(Line::from(vec![
                Span::styled(label, theme.style(Role::Dim)),
                Span::raw(text),
            ]));
        }
    }
    let facts = layout::below(area, 1, 0);
    paint::as_many(frame, facts, theme, lines);
}
