//! Decoder from a terminal's bytes to [`Input`]: keys, the mouse, pastes and answers, in time linear in the number of bytes.
//!
//! An incomplete sequence is given up after a while, so no key is lost to it: a lone Escape is a key, the end of a paste may
//! never come, and an answer may be cut short. Ctrl-C on its own ends any sequence.

#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use crate::tui::input::{Input, Key, Wheel};

/// Longest time from Escape to the rest of its sequence; afterwards it was the key.
const ESCAPE: Duration = Duration::from_millis(25);
/// Longest time without a byte of a paste or an answer before it is given up.
const STILL: Duration = Duration::from_secs(1);
/// Silence before Ctrl-C that makes it a key rather than a part of a paste.
const ALONE: Duration = Duration::from_millis(40);
/// Most bytes that are kept of a paste, of an answer and of the numbers of a sequence; more are read and dropped.
const LONGEST_PASTE: usize = 1 << 16;
const LONGEST_ANSWER: usize = 128;
const LONGEST_NUMBERS: usize = 64;

const ESC: u8 = 0x1B;
const INTERRUPT: u8 = 0x03;
/// End of a paste.
const PASTED: &[u8] = b"\x1b[201~";

/// Decoded event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Event {
    /// Input of the user.
    Input(Input),
    /// Name of the terminal.
    Name(String),
}

/// Position in a sequence.
#[derive(Debug, Clone, PartialEq, Eq)]
enum State {
    /// Outside any sequence.
    Ground,
    /// In a character of more than one byte.
    Character(Vec<u8>, usize),
    /// After Escape.
    Escape,
    /// Within this number of bytes without a meaning here.
    Skipped(usize),
    /// After `ESC O`.
    Single,
    /// After `ESC [`, with the numbers so far.
    Control(Vec<u8>),
    /// After `ESC [ M`: the oldest form of a mouse position.
    Mouse(Vec<u8>),
    /// In a paste.
    Paste(Vec<u8>),
    /// In a string of the terminal, which ends with `ESC \` or the bell.
    Text {
        /// Its first byte: `P`, `]`, `_`, `^` or `X`.
        kind: u8,
        /// Kept part of the text.
        text: Vec<u8>,
        /// Whether the last byte was Escape.
        ends: bool,
    },
}

/// Decoder of bytes into events.
#[derive(Debug)]
pub(super) struct Decoder {
    state: State,
    events: VecDeque<Event>,
    /// Time of the last byte.
    last: Option<Instant>,
}

impl Default for Decoder {
    fn default() -> Self {
        Self {
            state: State::Ground,
            events: VecDeque::new(),
            last: None,
        }
    }
}

impl Decoder {
    /// Decodes bytes that arrived together at `now`.
    pub(super) fn feed(&mut self, bytes: &[u8], now: Instant) {
        let is_late = self.last.is_none_or(|last| now >= last + ALONE);
        if bytes == [INTERRUPT] && is_late {
            self.give_up();
        }
        for &byte in bytes {
            self.take(byte);
        }
        self.last = Some(now);
    }

    /// Next event.
    pub(super) fn next(&mut self) -> Option<Event> {
        self.events.pop_front()
    }

    /// Time at which the current sequence is given up, unless more of it arrives.
    pub(super) fn deadline(&self) -> Option<Instant> {
        let patience = match &self.state {
            State::Ground => return None,
            State::Paste(_) => STILL,
            State::Text { text, .. } if !text.is_empty() => STILL,
            _ => ESCAPE,
        };
        Some(self.last? + patience)
    }

    /// Gives up the current sequence if its time is over.
    pub(super) fn wait_until(&mut self, now: Instant) {
        if self.deadline().is_some_and(|deadline| now >= deadline) {
            self.give_up();
        }
    }

    /// Gives up the current sequence; the user's part of it is kept.
    fn give_up(&mut self) {
        match std::mem::replace(&mut self.state, State::Ground) {
            State::Escape => self.press(Key::Esc),
            State::Paste(text) => {
                let is_interrupted = text.contains(&INTERRUPT);
                self.paste(&text);
                if is_interrupted {
                    self.press(Key::Interrupt);
                }
            }
            _ => {}
        }
    }

    fn press(&mut self, key: Key) {
        self.events.push_back(Event::Input(Input::Key(key)));
    }

    fn paste(&mut self, text: &[u8]) {
        let text = String::from_utf8_lossy(text).into_owned();
        self.events.push_back(Event::Input(Input::Paste(text)));
    }

    fn take(&mut self, byte: u8) {
        self.state = match std::mem::replace(&mut self.state, State::Ground) {
            State::Ground => self.begin(byte),
            State::Character(mut bytes, wanted) => {
                if !(0x80..0xC0).contains(&byte) {
                    // The character was cut short: the byte after it is not lost.
                    self.state = State::Ground;
                    return self.take(byte);
                }
                bytes.push(byte);
                if bytes.len() < wanted {
                    State::Character(bytes, wanted)
                } else {
                    if let Ok(text) = std::str::from_utf8(&bytes) {
                        text.chars().for_each(|sign| self.press(Key::Char(sign)));
                    }
                    State::Ground
                }
            }
            State::Escape => self.escaped(byte),
            State::Skipped(more) => match more {
                ..=1 => State::Ground,
                more => State::Skipped(more - 1),
            },
            State::Single if byte == ESC => State::Escape,
            State::Single => {
                let key = if byte == b'M' {
                    Some(Key::Enter)
                } else {
                    arrow(byte)
                };
                if let Some(key) = key {
                    self.press(key);
                }
                State::Ground
            }
            State::Control(numbers) => self.control(numbers, byte),
            State::Mouse(mut bytes) => {
                bytes.push(byte.wrapping_sub(32));
                if let [button, column, row] = bytes[..] {
                    self.mouse(u32::from(button), u32::from(column), u32::from(row), true);
                    State::Ground
                } else {
                    State::Mouse(bytes)
                }
            }
            State::Paste(text) => self.pasted(text, byte),
            State::Text { kind, text, ends } => self.take_text(kind, text, ends, byte),
        };
    }

    /// Handles the first byte of a sequence or a key.
    fn begin(&mut self, byte: u8) -> State {
        match byte {
            ESC => return State::Escape,
            INTERRUPT => self.press(Key::Interrupt),
            0x1A => self.press(Key::Suspend),
            b'\r' => self.press(Key::Enter),
            b'\t' => self.press(Key::Tab),
            0x7F | 0x08 => self.press(Key::Backspace),
            b' '..0x7F => self.press(Key::Char(char::from(byte))),
            0xC2..0xE0 => return State::Character(vec![byte], 2),
            0xE0..0xF0 => return State::Character(vec![byte], 3),
            0xF0..0xF5 => return State::Character(vec![byte], 4),
            // Other controls have no meaning here, and other bytes are not text.
            _ => {}
        }
        State::Ground
    }

    fn escaped(&mut self, byte: u8) -> State {
        match byte {
            b'[' => State::Control(Vec::new()),
            b'O' => State::Single,
            b'P' | b']' | b'_' | b'^' | b'X' => State::Text {
                kind: byte,
                text: Vec::new(),
                ends: false,
            },
            ESC => {
                self.press(Key::Esc);
                State::Escape
            }
            INTERRUPT | 0x1A => self.begin(byte),
            // A key with Alt has no meaning here; neither has the rest of its character.
            0xC2..0xE0 => State::Skipped(1),
            0xE0..0xF0 => State::Skipped(2),
            0xF0..0xF5 => State::Skipped(3),
            _ => State::Ground,
        }
    }

    fn control(&mut self, mut numbers: Vec<u8>, byte: u8) -> State {
        match byte {
            // Linux's console begins function keys like this.
            b'[' if numbers.is_empty() => State::Skipped(1),
            b'M' if numbers.is_empty() => State::Mouse(Vec::new()),
            0x20..0x40 => {
                if numbers.len() < LONGEST_NUMBERS {
                    numbers.push(byte);
                }
                State::Control(numbers)
            }
            b'~' if numbers == b"200" => State::Paste(Vec::new()),
            0x40..0x7F => {
                self.controlled(&numbers, byte);
                State::Ground
            }
            // It was not a sequence.
            ESC => State::Escape,
            INTERRUPT => self.begin(byte),
            _ => State::Ground,
        }
    }

    fn controlled(&mut self, numbers: &[u8], last: u8) {
        let (is_mouse, text) = match numbers {
            [b'<', rest @ ..] => (true, rest),
            rest => (false, rest),
        };
        let text = String::from_utf8_lossy(text);
        let numbers: Vec<Option<u32>> = text.split(';').map(|part| part.parse().ok()).collect();
        match (&numbers[..], last) {
            (&[Some(button), Some(column), Some(row)], b'M' | b'm') => {
                // Without `<` the button number is higher by 32.
                let button = if is_mouse {
                    button
                } else {
                    button.wrapping_sub(32)
                };
                self.mouse(button, column, row, last == b'M');
            }
            // The second number holds the modifiers: 1 plus Shift 1, Alt 2 and Control 4.
            (&[_, Some(with), ..], _) if with.wrapping_sub(1) & 6 != 0 => {}
            (&[first, ..], b'~') => {
                let key = match first {
                    Some(1 | 7) => Key::Home,
                    Some(4 | 8) => Key::End,
                    Some(5) => Key::PageUp,
                    Some(6) => Key::PageDown,
                    _ => return,
                };
                self.press(key);
            }
            (_, b'Z') => self.press(Key::BackTab),
            _ => {
                if let Some(key) = arrow(last) {
                    self.press(key);
                }
            }
        }
    }

    fn mouse(&mut self, button: u32, column: u32, row: u32, is_pressed: bool) {
        let place = |cell: u32| u16::try_from(cell.saturating_sub(1)).ok();
        let (Some(column), Some(row), true) = (place(column), place(row), is_pressed) else {
            return;
        };
        // Shift, Alt and Control add 4, 8 and 16.
        let input = match button & !0b1_1100 {
            0 => Input::Click(column, row),
            64 => Input::Wheel(column, row, Wheel::Up),
            65 => Input::Wheel(column, row, Wheel::Down),
            _ => return,
        };
        self.events.push_back(Event::Input(input));
    }

    fn pasted(&mut self, mut text: Vec<u8>, byte: u8) -> State {
        if text.len() == LONGEST_PASTE + PASTED.len() {
            // Makes room for what may be the end.
            text.remove(LONGEST_PASTE);
        }
        text.push(byte);
        if !text.ends_with(PASTED) {
            return State::Paste(text);
        }
        text.truncate((text.len() - PASTED.len()).min(LONGEST_PASTE));
        self.paste(&text);
        State::Ground
    }

    fn take_text(&mut self, kind: u8, mut text: Vec<u8>, ends: bool, byte: u8) -> State {
        match byte {
            // `ESC \` ends it; any other sequence with Escape begins after it.
            _ if ends && byte != b'\\' => {
                self.state = State::Escape;
                self.take(byte);
                return std::mem::replace(&mut self.state, State::Ground);
            }
            b'\\' if ends => self.answer(kind, &text),
            0x07 => self.answer(kind, &text),
            // These bytes end any sequence.
            0x18 | 0x1A => {}
            ESC => {
                return State::Text {
                    kind,
                    text,
                    ends: true,
                };
            }
            _ => {
                if text.len() < LONGEST_ANSWER {
                    text.push(byte);
                }
                return State::Text {
                    kind,
                    text,
                    ends: false,
                };
            }
        }
        State::Ground
    }

    /// Handles an answer: `ESC P > | name ESC \` is a terminal's name; nothing else was asked for.
    fn answer(&mut self, kind: u8, text: &[u8]) {
        if kind == b'P'
            && let Some(name) = text.strip_prefix(b">|")
        {
            let name = String::from_utf8_lossy(name).into_owned();
            self.events.push_back(Event::Name(name));
        }
    }
}

/// Key of the sequence with this last byte.
const fn arrow(last: u8) -> Option<Key> {
    Some(match last {
        b'A' => Key::Up,
        b'B' => Key::Down,
        b'C' => Key::Right,
        b'D' => Key::Left,
        b'H' => Key::Home,
        b'F' => Key::End,
        _ => return None,
    })
}
