//! Boxes of the forward pass: weights and input, files, changes.

use ratatui::layout::{Position, Rect};

use super::Forward;
use crate::engine::Edit;
use crate::tui::context::Context;
use crate::tui::kit::cursor::Cursor;
use crate::tui::message::Command;
use crate::tui::overlay::chooser::List;
use crate::tui::overlay::picker;
use crate::tui::pane::Net;
use crate::tui::request::{Asks, Request};

/// Open box of the pass.
#[derive(Debug)]
pub enum Boxed {
    /// Choosing weights and input.
    Chooser,
    /// Typing weights or an input into the chooser.
    Typing(String),
    /// Choosing changes.
    Changes(Cursor),
}

impl Forward {
    /// Executes a command of the open box.
    pub(super) fn in_box(&mut self, command: Command, net: &Net<'_>, asks: &mut Asks) {
        match (command, self.boxed.take()) {
            (Command::Accept, Some(Boxed::Typing(text))) => {
                self.boxed = Some(match self.chooser.add(text.trim()) {
                    Ok(()) => Boxed::Chooser,
                    Err(error) => {
                        asks.notify(error.message());
                        Boxed::Typing(text)
                    }
                });
            }
            (Command::Erase, Some(Boxed::Typing(mut text))) => {
                text.pop();
                self.boxed = Some(Boxed::Typing(text));
            }
            (Command::Accept, Some(Boxed::Chooser)) if self.chooser.source().is_none() => {
                self.boxed = Some(if let Some(weights) = self.chooser.missing() {
                    asks.ask(Request::Fetch(weights));
                    Boxed::Chooser
                } else {
                    self.chooser.list = List::Weights;
                    Boxed::Typing(String::new())
                });
            }
            (Command::Accept, Some(Boxed::Chooser)) => {
                if let Some(task) = self.prepare(net.subject) {
                    asks.ask(Request::Run(task));
                }
            }
            (command, Some(Boxed::Chooser)) => {
                self.boxed = Some(match command {
                    Command::TypeChoice => Boxed::Typing(String::new()),
                    _ => Boxed::Chooser,
                });
                if command == Command::FindFile {
                    let wanted = self.chooser.list.wanted();
                    asks.ask(Request::PickFile(wanted, self.chooser.folder()));
                }
                match command {
                    Command::OtherList => self.chooser.list = self.chooser.list.other(),
                    // The key that opens the lists, pressed again.
                    Command::Choose => self.chooser.list = List::Weights,
                    _ => {}
                }
            }
            (Command::Accept, Some(Boxed::Changes(cursor))) => {
                match self.offered.get(cursor.at).cloned() {
                    Some(edit) => self.change_by(edit, asks),
                    None => asks.ask(Request::Do(Command::Prepare)),
                }
            }
            (_, boxed) => self.boxed = boxed,
        }
    }

    /// Handles a click while a box is open: inside, it goes to the list; outside, it closes the box.
    pub(super) fn click_in_box(&mut self, area: Rect, at: Position) -> Option<Command> {
        if !area.contains(at) {
            return Some(Command::Back);
        }
        let lines = self.lines_offered();
        match &mut self.boxed {
            Some(Boxed::Changes(cursor)) => picker::click(cursor, lines, area, at),
            Some(Boxed::Chooser) => self.chooser.click(area, at),
            Some(Boxed::Typing(_)) | None => None,
        }
    }

    /// Opens the lists of weights and inputs, with what is on this disk now.
    pub(super) fn choose(&mut self) {
        self.chooser.refresh();
        self.boxed = Some(Boxed::Chooser);
    }

    /// Possible changes, with those that are made.
    pub(super) fn change_lines(&self, context: &Context) -> Vec<String> {
        let network = self.running();
        let line = |edit: &Edit| {
            let mark = if self.is_changed(edit) {
                "[✓]"
            } else {
                "[ ]"
            };
            format!(" {mark} {}", context.theme.say(&edit.message(network)))
        };
        let mut lines: Vec<String> = self.offered.iter().map(line).collect();
        let typed = context.theme.word("title-prepare-typed");
        lines.push(format!("     {typed}"));
        lines
    }
}
