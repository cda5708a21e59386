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
use crate::tui::kit::list::{List, Page};
use crate::tui::kit::paint;
use crate::tui::kit::text::{Side, cut, cut_to, pad, width, wrap};
use crate::tui::kit::theme::{Role, Theme};
use crate::tui::message::Command;
use crate::tui::pane::checks::{Checks, areas, what_was_checked};

pub(super) fn render(frame: &mut Frame, context: &Context, checks: &Checks) {
    let (body, theme) = (context.view, context.theme);
    let [list_area, rest] = areas(body, checks.problems.len());
    let title = if checks.problems.is_empty() {
        "title-checks"
    } else {
        list(frame, list_area, theme, checks);
        "title-problem"
    };
    let inside = layout::inside(rest);
    let lines = page(context, checks, usize::from(inside.width));
    let list = List::new(lines.len(), checks.page);
    let title = list.titled(theme, theme.word(title), inside);
    paint::heading(frame, rest, theme, &title, checks.problems.is_empty());
    let (lines, top) = (&lines, checks.page.top);
    Page { lines, top }.render(frame, inside, theme);
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
    let list = List::new(checks.problems.len(), checks.cursor);
    let counts = message!("check-counts", counts = Joint::Comma.of(counts));
    let title = list.titled(theme, &theme.say(&counts), rows);
    paint::heading(frame, area, theme, &title, true);
    list.render(frame, rows, theme, |number| {
        let problem = &checks.problems[number];
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
        Line::from(vec![
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
        ])
    });
}

/// Text below the list in `cells` cells: the selected problem, or what was checked if there is none; and where the
/// network downsamples.
pub(super) fn page<'l>(context: &Context, checks: &Checks, cells: usize) -> Vec<Line<'l>> {
    let mut lines = if checks.problems.is_empty() {
        all_is_well(context.theme, cells)
    } else {
        excerpt(context, checks, cells)
    };
    lines.push(Line::default());
    lines.extend(downsampling(context.theme, checks, cells));
    lines
}

/// Lines of a text in one style, continued lines indented.
fn styled<'l>(text: &str, cells: usize, indent: usize, style: Style) -> Vec<Line<'l>> {
    let lines = wrap(text, cells, indent).into_iter();
    lines.map(|text| Line::styled(text, style)).collect()
}

/// The selected problem in the style of rustc.
fn excerpt<'l>(context: &Context, checks: &Checks, cells: usize) -> Vec<Line<'l>> {
    let theme = context.theme;
    let mut lines = Vec::new();
    for text in checks.excerpt(theme.language()).lines() {
        // Lines of the spec keep their columns, so that underlines stay in place; sentences are wrapped.
        let is_drawing = text.contains(['│', '╭', '━', '╰']) && !text.contains('╰');
        if is_drawing {
            lines.push(Line::raw(cut_to(text, cells)));
        } else {
            lines.extend(styled(text, cells, 2, Style::new()));
        }
    }
    if let Some(fix) = checks.selected().and_then(|problem| problem.fix()) {
        let key = context.keys.key(Scope::Checks, Command::Fix);
        let fix = theme.say(&message!("checks-f-applies", key = key, fix = fix.title()));
        lines.extend(styled(&fix, cells, 2, theme.style(Role::Good)));
    }
    let why = checks
        .selected()
        .and_then(|problem| rule_pages::meaning(problem.rule, theme.language()));
    if let Some(why) = why {
        lines.push(Line::default());
        lines.extend(styled(&why, cells, 0, theme.style(Role::Dim)));
    }
    lines
}

fn all_is_well<'l>(theme: Theme, cells: usize) -> Vec<Line<'l>> {
    let mut lines = styled(theme.word("checks-none"), cells, 0, theme.style(Role::Good));
    let checked = theme.say(&what_was_checked());
    lines.extend(styled(&checked, cells, 0, theme.style(Role::Dim)));
    lines
}

/// Layers that downsample.
fn downsampling<'l>(theme: Theme, checks: &Checks, room: usize) -> Vec<Line<'l>> {
    let title = theme.word("title-downsampling").to_owned();
    let mut page = vec![Line::styled(title, theme.style(Role::Title))];
    if checks.downsample.is_empty() {
        page.push(Line::raw(theme.word("checks-no-downsampling")));
        return page;
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
    for (row, line) in lines.iter().enumerate() {
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
        page.push(Line::styled(cut(cells.join("  ").trim_end(), room), style));
    }
    page
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
