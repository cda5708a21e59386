//! Explanation of one value: its position on the map, the region of the picture that it sees, and its operands.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::Line;

use crate::analysis::Region;
use crate::message;
use crate::report::pass::activation::{Activation, Value, range};
use crate::report::pass::value_trace::{self, Kind, figures};
use crate::tui::kit::cursor::Cursor;
use crate::tui::kit::feature_map;
use crate::tui::kit::feature_map::stretch;
use crate::tui::kit::list::{List, Page};
use crate::tui::kit::paint;
use crate::tui::kit::picture::Map;
use crate::tui::kit::picture::Pictures;
use crate::tui::kit::text::cut;
use crate::tui::kit::theme::{Role, Theme};
use crate::tui::pane::forward::explained::Explained;
use crate::tui::pane::forward::{Forward, place};

pub(super) fn render<'a>(
    frame: &mut Frame,
    area: Rect,
    theme: Theme,
    (forward, shown, explained): (&'a Forward, &'a Activation, &Explained),
    pictures: &mut Pictures<'a>,
) {
    let network = forward.running();
    let cell = explained.cell;
    let value = match &explained.explanation {
        Ok(explanation) => explanation
            .last()
            .map_or_else(String::new, |step| format!(" = {}", figures(step.value))),
        Err(_) => String::new(),
    };
    let path = &network[shown.layer].path;
    let title = format!("{path} · {}{value}", theme.say(&cell.message()));
    paint::heading(frame, area, theme, &title, true);

    let [_, text] = place::explained(area);
    let map = Region::cell(cell.row as u64, cell.column as u64);
    let seen = explained.explanation.as_ref().ok().and_then(|explanation| {
        let image = network.ids().next()?;
        explanation.seen[image]
    });
    let [left, right] = place::explained_pictures(area);
    let output = &shown.output;
    let caption = theme.say(&message!(
        "value-channel-of",
        channel = cell.channel,
        shape = output.shape(),
    ));
    picture(
        frame,
        left,
        theme,
        (&caption, output, cell.channel, Some(map)),
        pictures,
    );
    if let Some(image) = &forward.picture {
        let caption = theme.word("value-seen-part");
        picture(frame, right, theme, (caption, image, 0, seen), pictures);
    }

    let lines = explained.lines(network, usize::from(text.width), theme.language());
    let height = usize::from(text.height);
    let top = explained.cursor.top.min(lines.len().saturating_sub(height));
    let list = List::new(lines.len(), Cursor { at: top, top });
    let styled = |line: &value_trace::Line| {
        let style = match line.kind {
            Kind::Heading => theme.style(Role::Title),
            Kind::Plain => Style::new(),
            Kind::Note => theme.style(Role::Dim),
            Kind::Agrees => theme.style(Role::Good),
            Kind::Differs => theme.style(Role::Error),
        };
        Line::styled(cut(&line.text, usize::from(text.width)), style)
    };
    let styled: Vec<Line<'_>> = lines.iter().map(styled).collect();
    Page {
        lines: &styled,
        top,
    }
    .render(frame, text, theme);
    let rule = place::explained_rule(area);
    let title = list.titled(theme, theme.word("value-how"), text);
    paint::heading(frame, rule, theme, &title, false);
}

/// One channel below its caption, with a region marked.
fn picture<'a>(
    frame: &mut Frame,
    area: Rect,
    theme: Theme,
    (caption, value, channel, region): (&str, &'a Value, usize, Option<Region>),
    pictures: &mut Pictures<'a>,
) {
    paint::text(frame, area, 0, caption, theme.style(Role::Dim));
    let place = Rect {
        y: area.y + area.height.min(1),
        height: area.height.saturating_sub(1),
        ..area
    };
    // A vector is shown as one row of pixels around the chosen one.
    let (values, size, region) = if value.is_vector() {
        let across = usize::from(place.width).min(value.values().len()).max(1);
        let down = value.values().len().div_ceil(across);
        let region = Region::cell((channel / across) as u64, (channel % across) as u64);
        (value.values(), [down, across], Some(region))
    } else {
        (value.channel(channel), value.size, region)
    };
    let pixels = if value.is_vector() {
        (size[1], size[0])
    } else {
        stretch(size, usize::from(place.width), usize::from(place.height))
    };
    let map = Map::new(values, size[1], range(values));
    let before = pictures.len();
    feature_map::paint(frame, place, theme, map, pixels, pictures);
    for picture in &mut pictures[before..] {
        *picture = picture.marked(region);
    }
    if let Some(region) = region {
        mark(frame, place, theme, (size, pixels), region);
    }
}

/// Draws the border of a region into a map of `size` (height, width) that is painted with this number of pixels.
fn mark(
    frame: &mut Frame,
    area: Rect,
    theme: Theme,
    ([height, width], (columns, rows)): ([usize; 2], (usize, usize)),
    region: Region,
) {
    let area = area.intersection(frame.area());
    let span = |[first, last]: [u64; 2], side: usize, pixels: usize| {
        let start = first as usize * pixels / side.max(1);
        let end = (last as usize + 1) * pixels / side.max(1);
        (start, end.max(start + 1).min(pixels.max(1)) - 1)
    };
    let (top, bottom) = span(region.rows, height, rows);
    let (left, right) = span(region.columns, width, columns);
    let colour = theme.style(Role::Current).fg;
    for row in top..=bottom {
        for column in left..=right {
            let is_border = row == top || row == bottom || column == left || column == right;
            let at = (area.x + column as u16, area.y + (row / 2) as u16);
            if !is_border || at.0 >= area.right() || at.1 >= area.bottom() {
                continue;
            }
            let Some(cell) = frame.buffer_mut().cell_mut(at) else {
                continue;
            };
            match colour.filter(|_| theme.has_greys()) {
                Some(colour) if row % 2 == 0 => {
                    cell.set_char('▀').set_fg(colour);
                }
                Some(colour) => {
                    cell.set_bg(colour);
                }
                None => {
                    cell.set_style(Style::new().add_modifier(Modifier::REVERSED));
                }
            }
        }
    }
}
