//! Keys in the last line: their words, and where they are.

use ratatui::layout::Rect;

use super::App;
use crate::tui::input::Key;
use crate::tui::keys::{Bound, Scope};
use crate::tui::kit::text::{cut, width};
use crate::tui::message::Command;

/// Most cells of the place that a step back leads to.
const LONGEST: usize = 24;

/// Key with a word about it.
#[derive(Debug)]
pub struct Hint {
    /// Name of the key.
    pub key: String,
    /// Word about it.
    pub words: String,
    /// Its command.
    pub command: Command,
    /// Whether it can act now.
    pub is_possible: bool,
    /// Area of both.
    pub area: Rect,
}

impl Hint {
    fn new(app: &App, scopes: &[Scope], bound: &Bound<'_>) -> Option<Self> {
        let short = bound.binding.short(app.theme.language())?;
        // A key that an inner scope has means something else there.
        let command = bound.binding.command;
        let is_own = |key: &&Key| app.keys.command(scopes, **key) == Some(command);
        let key = bound.keys.iter().find(is_own)?;
        let back = match bound.binding.scope {
            Scope::Opened => Some(app.theme.say(&app.back_to())),
            _ => None,
        };
        Some(Self {
            key: key.name(),
            words: back.map_or_else(|| short.to_owned(), |place| cut(&place, LONGEST)),
            command,
            is_possible: app.why_not(command).is_none(),
            area: Rect::ZERO,
        })
    }

    /// Cells that it takes.
    fn cells(&self) -> usize {
        width(&self.key) + width(&self.words) + 3
    }
}

/// Keys in the last line, as many as have room. Those that are active everywhere, and the one that
/// leads back, are at its end and always have room.
pub fn hints(app: &App, line: Rect) -> Vec<Hint> {
    let scopes = app.scopes();
    let of = |scope: &Scope| -> Vec<Hint> {
        let rows = app.keys.bindings(*scope);
        rows.filter_map(|bound| Hint::new(app, &scopes, &bound))
            .collect()
    };
    let is_last = |scope: &&Scope| matches!(scope, Scope::Opened | Scope::Anywhere);
    let last: Vec<Hint> = scopes.iter().filter(is_last).flat_map(of).collect();
    let first = scopes.iter().filter(|scope| !is_last(scope)).flat_map(of);
    let taken = 1 + last.iter().map(Hint::cells).sum::<usize>();
    let mut room = usize::from(line.width).saturating_sub(taken);
    let mut shown = Vec::new();
    for hint in first {
        if hint.cells() <= room {
            room -= hint.cells();
            shown.push(hint);
        }
    }
    shown.extend(last);
    let mut x = line.x + 1;
    for hint in &mut shown {
        let cells = hint.cells() as u16;
        hint.area = Rect::new(x, line.y, cells - 2, 1).intersection(line);
        x += cells;
    }
    shown
}
