//! Keys and clicks of the start screen and of the film.

use ratatui::Frame;
use ratatui::layout::Position;

use super::watch::Watch;
use super::{Door, Start, areas, view};
use crate::tui::context::Context;
use crate::tui::keys::Scope;
use crate::tui::kit::cursor::Motion;
use crate::tui::kit::picture::Pictures;
use crate::tui::message::{Command, Tab, Turn};
use crate::tui::request::{Asks, Request};
use crate::tui::worker::{NETWORK, Task};

impl Start {
    /// Scopes of its keys, the innermost first; that of the film alone.
    pub fn keys(&self) -> Vec<Scope> {
        match self.watch {
            Some(_) => vec![Scope::Watch],
            None => vec![Scope::Start, Scope::Lists],
        }
    }

    /// Has the film made, unless it is there.
    pub fn prepare(&mut self, asks: &mut Asks) {
        if self.film.is_none() && self.failed.is_none() && !self.is_busy {
            self.is_busy = true;
            asks.ask(Request::Film(Task::Film));
        }
    }

    /// Shows the film from its beginning.
    pub fn watch(&mut self, asks: &mut Asks) {
        self.door = Door::Watch;
        self.prepare(asks);
        self.watch = Some(Watch::default());
    }

    /// Leaves the film; returns whether there was one to leave.
    pub const fn back(&mut self) -> bool {
        self.watch.take().is_some()
    }

    /// Executes a command.
    pub fn update(&mut self, command: Command, asks: &mut Asks) {
        if let (Some(watch), Some(film)) = (&mut self.watch, &self.film) {
            match command {
                Command::Pause => watch.is_paused = !watch.is_paused,
                Command::Later | Command::Earlier => watch.skip(command == Command::Later, film),
                Command::Rewind => *watch = Watch::default(),
                Command::Accept => {
                    self.watch = None;
                    asks.ask(Request::Open(NETWORK.to_owned()));
                    asks.ask(Request::Do(Command::Show(Tab::Forward)));
                }
                _ => {}
            }
            return;
        }
        match command {
            Command::Accept => asks.ask(Request::Do(match self.door {
                Door::Watch => Command::Watch,
                Door::Learn => Command::Lessons,
                Door::Mine => Command::Mine,
            })),
            Command::Side(Turn::Left) | Command::Move(Motion::Up) => self.turn(2),
            Command::Side(_) | Command::Move(Motion::Down) => self.turn(1),
            Command::Move(Motion::First | Motion::PageUp) => self.door = Door::ALL[0],
            Command::Move(_) => self.door = Door::ALL[2],
            _ => {}
        }
    }

    /// Selects the door so many places to the right.
    const fn turn(&mut self, places: usize) {
        self.door = Door::ALL[(self.door as usize + places) % Door::ALL.len()];
    }

    /// Goes through the clicked door; a click on the film pauses it.
    pub fn click(&mut self, at: Position, context: &Context) -> Option<Command> {
        if self.watch.is_some() {
            return Some(Command::Pause);
        }
        let (_, doors) = areas(context.view);
        let clicked = doors.iter().position(|door| door.contains(at))?;
        self.door = Door::ALL[clicked];
        Some(Command::Accept)
    }

    /// Draws it, and adds its maps to the visible pictures.
    pub fn render<'a>(
        &'a self,
        frame: &mut Frame<'_>,
        context: &Context,
        pictures: &mut Pictures<'a>,
    ) {
        view::render(frame, context, self, pictures);
    }
}
