//! Keys in the last line: their words, and where they are.

use ratatui::layout::Rect;

use super::App;
use crate::tui::input::Key;
use crate::tui::keys::{Binding, Bound, Scope};
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
    /// Whether it is the key of one step back, which always has room.
    leads_back: bool,
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
        let words = match command {
            // Without a question about a place it leads back to the lesson.
            Command::Answer if !app.course.asks_for_place() => {
                app.theme.language().word("back-lesson")
            }
            _ => short,
        };
        Some(Self {
            key: key.name(),
            words: words.to_owned(),
            command,
            is_possible: app.why_not(command).is_none(),
            leads_back: false,
            area: Rect::ZERO,
        })
    }

    /// Key of one step back with the place that it leads to; `None` if there is no step to take.
    fn back(app: &App, binding: &Binding) -> Option<Self> {
        let words = match (binding.command, binding.scope) {
            (Command::Back, Scope::Opened | Scope::Scatter | Scope::Anywhere) => {
                cut(&app.theme.say(&app.back_to()?), LONGEST)
            }
            _ => binding.short(app.theme.language())?.to_owned(),
        };
        Some(Self {
            key: Key::Esc.name(),
            words,
            command: binding.command,
            is_possible: app.why_not(binding.command).is_none(),
            leads_back: true,
            area: Rect::ZERO,
        })
    }

    /// Cells that it takes.
    fn cells(&self) -> usize {
        width(&self.key) + width(&self.words) + 3
    }
}

/// Keys in the last line, as many as have room. Those that are active everywhere are at its end; they and Esc, which leads one
/// step back, always have room.
pub fn hints(app: &App, line: Rect) -> Vec<Hint> {
    let scopes = app.scopes();
    let esc = app.keys.binding(&scopes, Key::Esc);
    let of = |scope: &Scope| -> Vec<Hint> {
        let rows = app.keys.bindings(*scope);
        rows.filter_map(|bound| match esc {
            Some(esc) if std::ptr::eq(esc, bound.binding) => Hint::back(app, esc),
            _ => Hint::new(app, &scopes, &bound),
        })
        .collect()
    };
    let is_last = |scope: &&Scope| matches!(scope, Scope::Opened | Scope::Anywhere);
    let last: Vec<Hint> = scopes.iter().filter(is_last).flat_map(of).collect();
    let first = scopes.iter().filter(|scope| !is_last(scope)).flat_map(of);
    let first: Vec<Hint> = first.collect();
    let reserved = last
        .iter()
        .chain(first.iter().filter(|hint| hint.leads_back));
    let taken = 1 + reserved.map(Hint::cells).sum::<usize>();
    let mut room = usize::from(line.width).saturating_sub(taken);
    let mut shown = Vec::new();
    for hint in first {
        if hint.leads_back {
            shown.push(hint);
        } else if hint.cells() <= room {
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
