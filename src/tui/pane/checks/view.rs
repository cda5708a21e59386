//! Checks: the list of problems and notes, and the selected one with the lines of the spec; or the summary if there are none.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::message;
use crate::report::checks::rule_pages;
use crate::report::format::dims;
use crate::report::network::stats::{DownsampleRow, with_width};
use crate::spec::Severity;
use crate::text::{Joint, Message};
use crate::tui::context::Context;
use crate::tui::keys::Scope;
use crate::tui::kit::layout;
use crate::tui::kit::paint;
use crate::tui::kit::text::{Side, pad, width, wrap};
use crate::tui::kit::theme::{Role, Theme};
use crate::tui::message::Command;
use crate::tui::pane::checks::{Checks, areas, what_was_checked};

pub(super) fn render(frame: &mut Frame, context: &Context, checks: &Checks) {
    let (body, theme) = (context.view, context.theme);
    let [list_area, rest] = areas(body, checks.problems.len());
    if checks.problems.is_empty() {
        let row = all_is_well(frame, rest, theme);
        downsampling(frame, below(rest, row + 1), theme, checks);
        return;
    }
    list(frame, list_area, theme, checks);
    let row = excerpt(frame, rest, context, checks);
    downsampling(frame, below(rest, row + 1), theme, checks);
}

fn below(area: Rect, rows: u16) -> Rect {
    let rows = rows.min(area.height);
    Rect {
        y: area.y + rows,
        height: area.height - rows,
        ..area
    }
}

fn list(frame: &mut Frame, area: Rect, theme: Theme, checks: &Checks) {
    let count = |severity: Severity| {
        let count = checks
            .problems
            .iter()
            .filter(|problem| problem.severity == severity)
            .count();
        let id = match severity {
            Severity::Error => "check-errors",
            Severity::Warning => "check-warnings",
            Severity::Note => "check-notes",
        };
        (count > 0).then(|| Message::new(id).with("count", count))
    };
    let counts: Vec<_> = [Severity::Error, Severity::Warning, Severity::Note]
        .into_iter()
        .filter_map(count)
        .collect();
    let rows = layout::below_heading(area);
    let height = usize::from(rows.height);
    let more = paint::more(theme, checks.problems.len(), checks.cursor.top, height);
    let counts = message!("check-counts", counts = Joint::Comma.of(counts));
    let title = format!("{}  {more}", theme.say(&counts));
    paint::heading(frame, area, theme, title.trim_end(), true);
    let window = checks.problems.iter().enumerate().skip(checks.cursor.top);
    for (row, (number, problem)) in window.take(height).enumerate() {
        let style = match problem.severity {
            Severity::Error => theme.style(Role::Error),
            Severity::Warning => theme.style(Role::Warning),
            Severity::Note => theme.style(Role::Note),
        };
        let sign = match problem.severity {
            Severity::Error => "✗",
            Severity::Warning => "!",
            Severity::Note => "·",
        };
        let path = problem.path.as_deref().unwrap_or("—");
        let room = usize::from(rows.width).saturating_sub(37);
        let line = Line::from(vec![
            Span::styled(
                format!(
                    " {sign} {}",
                    pad(theme.word(problem.severity.id()), 9, Side::Left)
                ),
                style,
            ),
            Span::raw(pad(path, 24, Side::Left)),
            Span::raw(pad(
                &theme.language().say(&problem.message),
                room,
                Side::Left,
            )),
        ]);
        paint::line(frame, rows, row as u16, &line);
        if number == checks.cursor.at {
            paint::highlight(frame, rows, row as u16, theme.style(Role::Selected));
        }
    }
}

/// Draws the selected problem in the style of rustc; returns the number of its rows.
fn excerpt(frame: &mut Frame, area: Rect, context: &Context, checks: &Checks) -> u16 {
    let theme = context.theme;
    paint::heading(frame, area, theme, theme.word("title-problem"), false);
    let inside = layout::inside(area);
    let mut row = 0;
    for text in checks.excerpt(theme.language()).lines() {
        // Lines of the spec keep their columns, so that underlines stay in place; sentences are wrapped.
        let is_drawing = text.contains(['│', '╭', '━', '╰']) && !text.contains('╰');
        let lines = if is_drawing {
            vec![text.to_owned()]
        } else {
            wrap(text, usize::from(inside.width), 2)
        };
        for text in lines {
            paint::line(frame, inside, row, &Line::styled(text, Style::new()));
            row += 1;
        }
    }
    if let Some(fix) = checks.selected().and_then(|problem| problem.fix()) {
        let key = context.keys.key(Scope::Checks, Command::Fix);
        let fix = theme.say(&message!("checks-f-applies", key = key, fix = fix.title()));
        for text in wrap(&fix, usize::from(inside.width), 2) {
            paint::text(frame, inside, row, &text, theme.style(Role::Good));
            row += 1;
        }
    }
    let why = checks
        .selected()
        .and_then(|problem| rule_pages::meaning(problem.rule, theme.language()));
    if let Some(why) = why {
        row += 1;
        for text in wrap(&why, usize::from(inside.width), 0) {
            paint::text(frame, inside, row, &text, theme.style(Role::Dim));
            row += 1;
        }
    }
    row + 1
}

fn all_is_well(frame: &mut Frame, area: Rect, theme: Theme) -> u16 {
    paint::heading(frame, area, theme, theme.word("title-checks"), true);
    let inside = layout::inside(area);
    let text = theme.word("checks-none");
    paint::text(frame, inside, 0, text, theme.style(Role::Good));
    let mut row = 1;
    for text in wrap(
        &theme.language().say(&what_was_checked()),
        usize::from(inside.width),
        0,
    ) {
        paint::text(frame, inside, row, &text, theme.style(Role::Dim));
        row += 1;
    }
    row + 1
}

/// Layers that downsample, as far as there is room.
fn downsampling(frame: &mut Frame, area: Rect, theme: Theme, checks: &Checks) {
    if area.height < 4 {
        return;
    }
    paint::heading(frame, area, theme, theme.word("title-downsampling"), false);
    let inside = layout::inside(area);
    if checks.downsample.is_empty() {
        paint::text(
            frame,
            inside,
            0,
            theme.word("checks-no-downsampling"),
            Style::new(),
        );
        return;
    }
    let mut lines = vec![
        [
            "column-layer",
            "column-op",
            "column-size",
            "column-stride",
            "column-shortcut",
        ]
        .map(|title| theme.word(title).to_owned()),
    ];
    let rows = checks.downsample.iter();
    lines.extend(rows.map(|place| cells(theme, place)));
    let widest = |column: usize| lines.iter().map(|line| width(&line[column])).max();
    let widths: Vec<_> = (0..lines[0].len())
        .map(|column| widest(column).unwrap_or(0))
        .collect();
    let height = usize::from(inside.height);
    for (row, line) in lines.iter().take(height).enumerate() {
        let cells: Vec<_> = line
            .iter()
            .zip(&widths)
            .map(|(cell, &width)| pad(cell, width, Side::Left))
            .collect();
        let style = if row == 0 {
            theme.style(Role::Dim)
        } else {
            Style::new()
        };
        paint::text(frame, inside, row as u16, &cells.join("  "), style);
    }
}

fn cells(theme: Theme, place: &DownsampleRow) -> [String; 5] {
    let size = |[height, width]: [u64; 2]| dims([height, width]);
    [
        place.layer.clone(),
        place.op.to_owned(),
        format!("{} → {}", size(place.from), size(place.to)),
        with_width(place.main_stride, place.main_stride_width),
        place
            .shortcut
            .as_ref()
            .map_or_else(|| "—".to_owned(), |shortcut| theme.say(shortcut)),
    ]
}
