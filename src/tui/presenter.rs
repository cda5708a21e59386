//! Presenter mode: a large label of the place, the last key with its words, answers that wait for a key, and a question before
//! leaving.

use ratatui::layout::Rect;

use super::input::Key;
use crate::text::Language;

/// Lines of the large label, with an empty one below it.
const LABEL: u16 = 4;

/// State of presenter mode.
#[derive(Debug, Clone, Default)]
pub struct Presenter {
    /// Last key that had a command, with the id of its help.
    echo: Option<(Key, &'static str)>,
    /// Whether the answers are shown.
    pub is_revealed: bool,
    /// Whether the last key asked to quit.
    asks_to_quit: bool,
}

impl Presenter {
    /// Remembers a key and the id of its help.
    pub(super) const fn hear(&mut self, key: Key, help: &'static str) {
        self.echo = Some((key, help));
    }

    /// Whether to ask before leaving; the second time in a row, leave.
    pub(super) const fn asks(&mut self) -> bool {
        !std::mem::replace(&mut self.asks_to_quit, true)
    }

    /// Forgets that it was asked to quit.
    pub(super) const fn stays(&mut self) {
        self.asks_to_quit = false;
    }

    /// Last key and its words.
    pub fn echo(&self, language: Language) -> Option<(String, &'static str)> {
        let (key, help) = self.echo?;
        Some((key.name(), language.word(help)))
    }
}

/// Lines of the label in a body of this height; none where the view would have too little room.
pub(super) const fn rows(body: Rect) -> u16 {
    if body.height < 20 { 0 } else { LABEL }
}
