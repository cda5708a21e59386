//! Start screen: its doors, each with a small picture of what is after it.

mod film;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::{Block, BorderType};

use super::{Door, Start, areas};
use crate::lesson::course;
use crate::message;
use crate::report::pass::activation::range;
use crate::spec::catalog;
use crate::tui::context::Context;
use crate::tui::keys::Scope;
use crate::tui::kit::feature_map::{self, stretch};
use crate::tui::kit::layout::{below, framed};
use crate::tui::kit::paint;
use crate::tui::kit::picture::{Map, Pictures};
use crate::tui::kit::text::{cut_to, width, wrap};
use crate::tui::kit::theme::{Role, Theme};
use crate::tui::message::Command;

/// A residual block.
const BLOCK: [&str; 11] = [
    "        x",
    "        ├──────╮",
    "   conv 3×3    │",
    "   norm · ReLU │",
    "   conv 3×3    │",
    "      norm     │",
    "        │      │",
    "        ⊕──────╯",
    "        │",
    "       ReLU",
    "        ▼",
];

/// Lines of the block up to the sum, where there is no room for what follows it.
const TO_THE_SUM: usize = 8;

/// A spec, narrow enough for the smallest door.
const SPEC: [&str; 5] = [
    "title = \"ResNet-38\"",
    "block = \"bottleneck\"",
    "",
    "blocks = [2,3,5,2]",
    "stem = \"deep\"",
];

pub(super) fn render<'a>(
    frame: &mut Frame<'_>,
    context: &Context,
    start: &'a Start,
    pictures: &mut Pictures<'a>,
) {
    if let Some(watch) = start.watch {
        film::render(frame, context, (start, watch), pictures);
        return;
    }
    let theme = context.theme;
    let ([above, beneath], doors) = areas(context.view);
    paint::text(
        frame,
        above,
        0,
        theme.word("start-title"),
        theme.style(Role::Title),
    );
    paint::text(
        frame,
        above,
        1,
        theme.word("start-purpose"),
        theme.style(Role::Dim),
    );
    for (door, area) in Door::ALL.into_iter().zip(doors) {
        let inside = one_door(frame, area, theme, (start, door));
        let about = theme.say(&match door {
            Door::Watch => message!("door-watch-about"),
            Door::Learn => {
                let [lessons, quizzes] = course::counts(theme.language());
                message!("door-learn-about", lessons = lessons, quizzes = quizzes)
            }
            Door::Mine => message!("door-mine-about"),
        });
        let lines = wrap(&about, usize::from(inside.width), 0);
        for (row, line) in (0..).zip(&lines) {
            paint::text(frame, inside, row, line, theme.style(Role::Dim));
        }
        let art = below(inside, lines.len() as u16 + 1, 0);
        match door {
            Door::Watch => picture(frame, art, theme, start, pictures),
            Door::Learn if usize::from(art.height) < BLOCK.len() => {
                text(frame, art, theme, &BLOCK[..TO_THE_SUM]);
            }
            Door::Learn => text(frame, art, theme, &BLOCK),
            Door::Mine => text(frame, art, theme, &SPEC),
        }
    }
    let other = message!(
        "start-others",
        back = context.keys.key(Scope::Opened, Command::Back),
        count = catalog::all_names().len(),
        again = context.keys.key(Scope::Catalogue, Command::Start),
    );
    paint::text(
        frame,
        beneath,
        0,
        &theme.say(&other),
        theme.style(Role::Dim),
    );
}

/// Draws the frame of a door; returns the area inside it.
fn one_door(
    frame: &mut Frame<'_>,
    area: Rect,
    theme: Theme,
    (start, door): (&Start, Door),
) -> Rect {
    let is_selected = start.door == door;
    let (border, role, mark) = if is_selected {
        (BorderType::Double, Role::Key, "▶ ")
    } else {
        (BorderType::Plain, Role::Rule, "")
    };
    let number = door as usize + 1;
    let title = format!(" {mark}{number}  {} ", theme.word(door.id()));
    let block = Block::bordered()
        .border_type(border)
        .border_style(theme.style(role))
        .title(ratatui::text::Span::styled(
            title,
            theme.style(if is_selected { Role::Key } else { Role::Title }),
        ));
    frame.render_widget(block, area.intersection(frame.area()));
    let inside = framed(area);
    Rect {
        x: inside.x + inside.width.min(1),
        width: inside.width.saturating_sub(2),
        ..inside
    }
}

/// Draws the picture that goes through the network.
fn picture<'a>(
    frame: &mut Frame<'_>,
    area: Rect,
    theme: Theme,
    start: &'a Start,
    pictures: &mut Pictures<'a>,
) {
    let first = start.film.as_deref().and_then(|film| film.frames.first());
    let Some(value) = first.map(|frame| &frame.output).filter(|_| area.height > 3) else {
        return;
    };
    let (columns, rows) = stretch(value.size, area.width.into(), area.height.into());
    let area = Rect {
        x: area.x + area.width.saturating_sub(columns as u16) / 2,
        width: columns as u16,
        ..area
    };
    let map = Map::new(value.channel(0), value.size[1], range(value.channel(0)));
    feature_map::paint(frame, area, theme, map, (columns, rows), pictures);
}

/// Draws lines of text in the middle of an area.
fn text(frame: &mut Frame<'_>, area: Rect, theme: Theme, lines: &[&str]) {
    let widest = lines.iter().map(|line| width(line)).max().unwrap_or(0);
    let room = usize::from(area.width);
    let indent = " ".repeat(room.saturating_sub(widest) / 2);
    let top = usize::from(area.height).saturating_sub(lines.len()) / 2;
    for (row, line) in lines.iter().enumerate() {
        let line = cut_to(&format!("{indent}{line}"), room);
        paint::text(
            frame,
            area,
            (top + row) as u16,
            &line,
            theme.style(Role::Note),
        );
    }
}
