//! Comparison of two networks: the summary of differences, the totals, the paired rows, and the selected pair.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::message;
use crate::report::Column;
use crate::report::compare::Mark;
use crate::text::{Argument, Joint, Message};
use crate::tui::context::Context;
use crate::tui::kit::fold_tree::Item;
use crate::tui::kit::layout;
use crate::tui::kit::paint;
use crate::tui::kit::text::{Side, cut, end_of, pad, width, wrap};
use crate::tui::kit::theme::{Role, Theme};
use crate::tui::screen::compare::{Compare, PairRow, Side as Of, areas, cost_texts, rows};

pub(super) fn render(frame: &mut Frame<'_>, compare: &Compare, context: &Context) {
    let [headline, totals_area, table_area, detail_area] = areas(context.view);
    let theme = context.theme;
    let unit = compare.a.analysis.rule.unit();
    let room = usize::from(headline.width).saturating_sub(2);
    let seen = usize::from(headline.height);
    let mut lines = wrap(&theme.say(&compare.comparison.headline(unit)), room, 0);
    if lines.len() > seen {
        // The costs are among the totals below.
        lines = wrap(&theme.say(&compare.comparison.changes()), room, 0);
    }
    if lines.len() > seen {
        // The totals below show the rest; the last line says that there is more.
        let rest = lines.split_off(seen.saturating_sub(1)).join(" ");
        lines.push(cut(&rest, room));
    }
    for (row, text) in lines.iter().enumerate() {
        let text = format!(" {text}");
        paint::text(frame, headline, row as u16, &text, theme.style(Role::Title));
    }
    let used = totals(frame, totals_area, theme, compare);
    let left = usize::from(totals_area.width).saturating_sub(used);
    if left >= 50 {
        let beside = Rect {
            x: totals_area.x + used as u16 + 2,
            width: left as u16 - 3,
            ..totals_area
        };
        differences(frame, beside, theme, compare);
    }
    table(frame, table_area, theme, compare);
    detail(frame, detail_area, theme, compare);
}

/// Style of a mark; its sign has the same meaning.
fn style(theme: Theme, mark: Mark) -> Style {
    match mark {
        Mark::Same | Mark::Follows => theme.style(Role::Dim),
        Mark::Moved => theme.style(Role::Note),
        Mark::Changed => theme.style(Role::Warning),
        Mark::Appeared => theme.style(Role::Good),
        Mark::Gone => theme.style(Role::Error),
    }
}

/// Most cells of a name over the totals: a long one is cut rather than the numbers pushed out.
const NAME: usize = 22;

/// Totals of both; returns the cells that they need.
fn totals(frame: &mut Frame, area: Rect, theme: Theme, compare: &Compare) -> usize {
    let numbers = compare.sides().numbers();
    let [a, b] = compare.names.each_ref().map(|name| end_of(name, NAME));
    let difference = theme.word("label-difference");
    let heads = ["", &a, &b, difference];
    let numbers: Vec<[String; 4]> = numbers
        .into_iter()
        .map(|(label, [a, b, difference])| [theme.say(&label), a, b, difference])
        .collect();
    let widths: Vec<usize> = (0..4)
        .map(|column| {
            let cells = numbers.iter().map(|row| width(&row[column]));
            let head = width(heads[column]);
            cells.max().unwrap_or(0).max(head)
        })
        .collect();
    let all = widths.iter().sum::<usize>() + 2 * widths.len();
    let line = |cells: [&str; 4]| -> Vec<String> {
        let side = |column| if column == 0 { Side::Left } else { Side::Right };
        cells
            .iter()
            .enumerate()
            .map(|(column, cell)| pad(cell, widths[column], side(column)))
            .collect()
    };
    let head = format!(" {}", line(heads).join("  "));
    paint::text(frame, area, 0, &head, theme.style(Role::Dim));
    for (row, cells) in numbers.iter().enumerate() {
        let name = &cells[0];
        let cells = line([name, &cells[1], &cells[2], &cells[3]]);
        let spans = vec![
            Span::styled(
                format!(" {}  ", pad(name, widths[0], Side::Left)),
                theme.style(Role::Dim),
            ),
            Span::raw(format!("{}  {}  ", cells[1], cells[2])),
            Span::raw(cells[3].clone()),
        ];
        paint::line(frame, area, row as u16 + 1, &Line::from(spans));
    }
    all.min(usize::from(area.width))
}

/// Counted differences, as far as there is room.
fn differences(frame: &mut Frame, area: Rect, theme: Theme, compare: &Compare) {
    let all = &compare.comparison.differences;
    let title = match all.len() {
        0 => message!("compare-no-difference"),
        count => message!("compare-differences", count = count),
    };
    paint::text(frame, area, 0, &theme.say(&title), theme.style(Role::Dim));
    let room = usize::from(area.height.saturating_sub(1));
    let shown = if all.len() > room {
        room.saturating_sub(1)
    } else {
        all.len()
    };
    for (row, difference) in all.iter().take(shown).enumerate() {
        let what = difference.what.clone();
        let text = theme.say(&match difference.places.as_slice() {
            [] => what,
            [place] => message!("compare-at", what = what, place = place),
            [place, rest @ ..] => message!(
                "compare-at-places",
                what = what,
                place = place,
                count = rest.len(),
            ),
        });
        let mark = difference.kind;
        let counted = message!("mark-counted", count = difference.count, mark = mark.word());
        let count = format!("{} {} ", mark.sign(), theme.say(&counted));
        let room = usize::from(area.width).saturating_sub(width(&count));
        let line = Line::from(vec![
            Span::styled(count, style(theme, mark)),
            Span::raw(cut(&text, room)),
        ]);
        paint::line(frame, area, row as u16 + 1, &line);
    }
    if shown < all.len() {
        let text = theme.say(&message!("compare-more", count = all.len() - shown));
        paint::text(frame, area, shown as u16 + 1, &text, theme.style(Role::Dim));
    }
}

/// Cells of each column of the table.
struct Widths {
    name: usize,
    what: usize,
    /// Numbers of the shown costs, with their cells.
    costs: Vec<(usize, usize)>,
    /// Numbers of the costs without room.
    hidden: Vec<usize>,
}

fn widths(theme: Theme, compare: &Compare, room: usize) -> Widths {
    const LEAST_NAME: usize = 18;
    let heads = heads(theme, compare);
    // A sorted column has its sign.
    let sign = |column| {
        if compare.sorted_by == Some(column) {
            2
        } else {
            0
        }
    };
    let cells =
        |column: usize| compare.cost_widths[column].max(width(&heads[column]) + sign(column));
    let mut costs: Vec<(usize, usize)> = (compare.passed.min(3)..4)
        .map(|column| (column, cells(column)))
        .collect();
    let taken =
        |costs: &[(usize, usize)]| costs.iter().map(|(_, width)| width + 2).sum::<usize>() + 4;
    while costs.len() > 1 && taken(&costs) + 2 * LEAST_NAME > room {
        costs.pop();
    }
    let left = room.saturating_sub(taken(&costs));
    let name = (left / 2).clamp(LEAST_NAME.min(left / 2), 34);
    let what = left.saturating_sub(2 * name + 2);
    Widths {
        name,
        what: if what < 16 { 0 } else { what },
        hidden: (0..4)
            .filter(|column| !costs.iter().any(|(shown, _)| shown == column))
            .collect(),
        costs,
    }
}

impl Compare {
    /// Scrolls the columns of costs by one; returns whether there was one to scroll to.
    pub(super) fn scroll_columns(&mut self, right: bool, theme: Theme, table: Rect) -> bool {
        let was = self.passed;
        let widths = widths(theme, self, usize::from(table.width).saturating_sub(2));
        if right && widths.hidden.len() > was {
            self.passed += 1;
        } else if !right {
            self.passed = was.saturating_sub(1);
        }
        self.passed != was
    }

    /// Cost whose heading is at a column of the screen.
    pub(super) fn cost_at(&self, theme: Theme, table: Rect, x: u16) -> Option<usize> {
        let widths = widths(theme, self, usize::from(table.width).saturating_sub(2));
        let what = if widths.what > 0 { widths.what + 2 } else { 0 };
        let mut begin = 1 + 2 * widths.name + 3 + what;
        let at = usize::from(x.saturating_sub(table.x));
        for (column, cells) in widths.costs {
            begin += 2;
            if (begin..begin + cells).contains(&at) {
                return Some(column);
            }
            begin += cells;
        }
        None
    }
}

fn heads(theme: Theme, compare: &Compare) -> [String; 4] {
    [
        message!("column-parameters"),
        compare.a.title(Column::Macs),
        message!("column-rf"),
        message!("column-activations"),
    ]
    .map(|head| theme.say(&head))
}

fn table(frame: &mut Frame, area: Rect, theme: Theme, compare: &Compare) {
    let widths = widths(theme, compare, usize::from(area.width).saturating_sub(2));
    let rows = rows(area);
    let list = compare.tree.list();
    let room = widths.name.saturating_sub(2);
    let [a, b] = compare.names.each_ref().map(|name| end_of(name, room));
    let mut head = format!(
        " {}   {}",
        pad(&format!("  {a}"), widths.name, Side::Left),
        pad(&b, widths.name, Side::Left)
    );
    if widths.what > 0 {
        let what = if compare.only_differences {
            theme.word("compare-only-differences")
        } else {
            theme.word("compare-what-changed")
        };
        let what = format!("  {}", list.titled(theme, what, rows));
        head += &pad(&what, widths.what + 2, Side::Left);
    }
    let heads = heads(theme, compare);
    for &(column, cells) in &widths.costs {
        let title = match compare.sorted_by {
            Some(sorted) if sorted == column => format!("{} ▼", heads[column]),
            _ => heads[column].clone(),
        };
        head += &format!("  {}", pad(&title, cells, Side::Right));
    }
    paint::text(frame, area, 0, &head, theme.style(Role::Dim));
    list.render(frame, rows, theme, |place| {
        let item = compare.tree.at(place);
        item.map_or_else(Line::default, |item| line(theme, compare, item, &widths))
    });
    if compare.tree.is_empty() {
        let text = format!("  {}", theme.word("compare-nothing-differs"));
        paint::text(frame, rows, 0, &text, theme.style(Role::Good));
    }
}

fn line<'l>(theme: Theme, compare: &Compare, item: &Item<PairRow>, widths: &Widths) -> Line<'l> {
    let pair = &item.row;
    let mark = style(theme, pair.mark);
    let of_name = |side: Of| match (pair.row(side), item.depth) {
        (None, _) => theme.style(Role::Dim),
        (Some(_), 0) => theme.style(Role::Title),
        (Some(_), _) if pair.mark == Mark::Same => Style::new(),
        (Some(_), _) => mark,
    };
    let is_tree = compare.sorted_by.is_none();
    let indent = "  ".repeat(if is_tree { item.depth } else { 0 });
    let first = format!(
        "{indent}{} {}",
        if is_tree { item.fold().sign() } else { " " },
        compare.name(pair, Of::A)
    );
    let second = format!("{indent}{}", compare.name(pair, Of::B));
    let mut spans = vec![
        Span::raw(" "),
        Span::styled(pad(&first, widths.name, Side::Left), of_name(Of::A)),
        Span::styled(format!(" {} ", pair.mark.sign()), mark),
        Span::styled(pad(&second, widths.name, Side::Left), of_name(Of::B)),
    ];
    if widths.what > 0 {
        let what = match (&pair.what, pair.mark) {
            (Some(what), _) => theme.say(what),
            (None, Mark::Same) => String::new(),
            (None, mark) => theme.say(&mark.word()),
        };
        let text = format!("  {}", pad(&what, widths.what, Side::Left));
        spans.push(Span::styled(text, mark));
    }
    let texts = cost_texts(pair.cost);
    for &(column, cells) in &widths.costs {
        let text = pad(&texts[column], cells, Side::Right);
        spans.push(Span::raw(format!("  {text}")));
    }
    Line::from(spans)
}

/// Differences in cost that are not zero.
fn cost(compare: &Compare, pair: &PairRow) -> Argument {
    let words = pair.cost.words(compare.a.analysis.rule.unit());
    let parts: Vec<Message> = words.into_iter().flatten().collect();
    if parts.is_empty() {
        message!("compare-cost-none").into()
    } else {
        Joint::Comma.of(parts)
    }
}

/// The selected row in each of the networks, and its differences.
fn detail(frame: &mut Frame, area: Rect, theme: Theme, compare: &Compare) {
    let Some(item) = compare.tree.selected() else {
        paint::heading(frame, area, theme, theme.word("compare-selected"), false);
        return;
    };
    let pair = &item.row;
    let name = [Of::A, Of::B]
        .into_iter()
        .find_map(|side| Some(compare.subject(side).name(pair.row(side)?)));
    let word = theme.say(&pair.mark.word());
    let title = format!("{} · {word}", name.unwrap_or_default());
    paint::heading(frame, area, theme, &title, false);
    let hidden = widths(theme, compare, usize::from(area.width).saturating_sub(2)).hidden;
    if !hidden.is_empty() {
        let heads = heads(theme, compare);
        let titles = hidden.iter().map(|&column| heads[column].clone());
        let notes = [
            message!("layers-hidden", columns = Joint::Comma.of(titles)),
            message!("layers-hidden-short", count = hidden.len()),
        ]
        .map(|note| theme.say(&note));
        let taken = width(&title) + 5;
        paint::note_at_right(frame, area, 0, taken, &notes, theme.style(Role::Dim));
    }
    let inside = layout::inside(area);
    let label = compare
        .names
        .iter()
        .map(|name| width(name))
        .max()
        .unwrap_or(0)
        .min(26);
    let mut lines = Vec::new();
    for (side, name) in [Of::A, Of::B].into_iter().zip(&compare.names) {
        let text = pair.row(side).map_or_else(
            || theme.word("compare-has-none").to_owned(),
            |row| {
                let summary = theme.say(&compare.subject(side).summary(row));
                format!("{summary} → {}", compare.output(pair, side))
            },
        );
        lines.push((name.as_str(), text));
    }
    let cost = cost(compare, pair);
    match &pair.what {
        None => lines.push((
            theme.word("label-costs"),
            theme.say(&message!("text-lines", lines = cost)),
        )),
        Some(what) => {
            let text = message!("compare-change-and-cost", what = what.clone(), cost = cost);
            lines.push((theme.word("label-changed"), theme.say(&text)));
        }
    }
    let room = usize::from(inside.width).saturating_sub(label + 2);
    let is_roomy = inside.height > 4;
    let mut row = 0;
    for (name, text) in lines {
        let texts = if is_roomy {
            wrap(&text, room, 2)
        } else {
            vec![cut(&text, room)]
        };
        for (number, text) in texts.into_iter().enumerate() {
            let name = if number == 0 { name } else { "" };
            let line = Line::from(vec![
                Span::styled(
                    format!("{}  ", pad(name, label, Side::Left)),
                    theme.style(Role::Dim),
                ),
                Span::raw(pad(&text, room, Side::Left)),
            ]);
            paint::line(frame, inside, row, &line);
            row += 1;
        }
    }
}
