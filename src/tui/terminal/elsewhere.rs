//! Input and output of a terminal on systems other than Unix, read by crossterm.

use std::ffi::c_int;
use std::io::{self, Write};
use std::time::Duration;

use crossterm::event::{
    self, Event as Raw, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind,
};

use crate::tui::input::{Input, Key, Wheel};
use crate::tui::terminal::Event;

/// The terminal's input.
#[derive(Debug)]
pub(super) struct Source;

/// Minimum time to look for input that is already there: without any time, crossterm does not look at all.
const MOMENT: Duration = Duration::from_micros(50);

impl Source {
    #[allow(clippy::unnecessary_wraps, reason = "as on Unix")]
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self)
    }

    pub(super) fn next(&mut self, timeout: Duration) -> io::Result<Option<Event>> {
        if !event::poll(timeout.max(MOMENT))? {
            return Ok(None);
        }
        Ok(input(event::read()?))
    }

    pub(super) fn hang_up(&self) {}

    pub(super) fn ending(&self) -> Option<c_int> {
        None
    }
}

pub(super) fn is_gone() -> bool {
    false
}

pub(super) fn end_by(_: c_int) {}

#[allow(clippy::unnecessary_wraps, reason = "as on Unix")]
pub(super) fn stop() -> io::Result<()> {
    Ok(())
}

#[allow(clippy::unnecessary_wraps, reason = "as on Unix")]
pub(super) fn suspend_job() -> io::Result<bool> {
    Ok(false)
}

/// Standard output.
#[derive(Debug)]
pub(super) struct Sink;

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        io::stdout().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stdout().flush()
    }
}

fn input(event: Raw) -> Option<Event> {
    let input = match event {
        Raw::Key(event) => Input::Key(key(event)?),
        Raw::Paste(text) => Input::Paste(text),
        Raw::Resize(..) => return Some(Event::Resizes),
        Raw::Mouse(event) => match event.kind {
            MouseEventKind::Down(MouseButton::Left) => Input::Click(event.column, event.row),
            MouseEventKind::ScrollUp => Input::Wheel(event.column, event.row, Wheel::Up),
            MouseEventKind::ScrollDown => Input::Wheel(event.column, event.row, Wheel::Down),
            _ => return None,
        },
        Raw::FocusGained | Raw::FocusLost => return None,
    };
    Some(Event::Input(input))
}

fn key(event: KeyEvent) -> Option<Key> {
    // Windows also reports released keys.
    if event.kind == KeyEventKind::Release {
        return None;
    }
    if event
        .modifiers
        .intersects(KeyModifiers::CONTROL | KeyModifiers::ALT)
    {
        let is_interrupt =
            event.code == KeyCode::Char('c') && event.modifiers.contains(KeyModifiers::CONTROL);
        return is_interrupt.then_some(Key::Interrupt);
    }
    Some(match event.code {
        KeyCode::Char(character) => Key::Char(character),
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Esc,
        KeyCode::Tab => Key::Tab,
        KeyCode::BackTab => Key::BackTab,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        _ => return None,
    })
}
