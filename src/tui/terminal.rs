//! The terminal: taken and given back whatever happens, and its events as [`Input`]. crossterm stays in this file.

use std::io::{self, BufWriter, IsTerminal, Stdout, Write};
use std::panic;
use std::sync::Arc;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crossterm::cursor::{Hide, Show};
use crossterm::event::{
    self, DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
    Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind,
};
use crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
    disable_raw_mode, enable_raw_mode,
};
use crossterm::{execute, queue};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;

use super::app::App;
use super::input::{Input, Key, Wheel};
use super::view;
use super::worker;

/// Whether the terminal is taken: it is given back once, by whoever comes first.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// The terminal while the explorer has it. Dropping it gives it back.
pub(super) struct Screen {
    terminal: Terminal<CrosstermBackend<BufWriter<Stdout>>>,
    /// Set by a signal that asks the program to end.
    ended: Arc<AtomicBool>,
}

/// Whether both ends are a terminal.
pub(super) fn is_there() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

impl Screen {
    /// Takes the terminal: raw mode, alternate screen, mouse, no cursor.
    pub(super) fn take() -> io::Result<Self> {
        give_back_on_panic();
        let ended = Arc::new(AtomicBool::new(false));
        #[cfg(unix)]
        end_on_signals(Arc::clone(&ended))?;
        TAKEN.store(true, Ordering::SeqCst);
        // From here on every way out gives the terminal back, also that of an error below.
        let screen = enable_raw_mode().and_then(|()| {
            let mut output = BufWriter::with_capacity(1 << 16, io::stdout());
            enter(&mut output)?;
            Terminal::new(CrosstermBackend::new(output))
        });
        match screen {
            Ok(terminal) => Ok(Self { terminal, ended }),
            Err(error) => {
                give_back();
                Err(error)
            }
        }
    }

    /// Columns and rows.
    pub(super) fn size(&self) -> io::Result<(u16, u16)> {
        let size = self.terminal.size()?;
        Ok((size.width, size.height))
    }

    /// Draws the state, in one update where the terminal can.
    pub(super) fn draw(&mut self, app: &App) -> io::Result<()> {
        queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        self.terminal.draw(|frame| view::render(frame, app))?;
        execute!(self.terminal.backend_mut(), EndSynchronizedUpdate)
    }

    /// Puts a text on the terminal's clipboard, where it has one.
    pub(super) fn copy(&mut self, text: &str) -> io::Result<()> {
        let output = self.terminal.backend_mut();
        output.write_all(super::outside::copy_sequence(text).as_bytes())?;
        Write::flush(output)
    }

    /// Whether a signal asks the program to end.
    pub(super) fn is_ended(&self) -> bool {
        self.ended.load(Ordering::Relaxed)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back();
    }
}

/// How long to look for what is there already: crossterm looks at nothing when it has no time at all.
const MOMENT: Duration = Duration::from_micros(50);

/// The next input, waiting at most so long; `None` where there is none, or none that means anything here.
pub(super) fn next(timeout: Duration) -> io::Result<Option<Input>> {
    if event::poll(timeout.max(MOMENT))? {
        Ok(input(event::read()?))
    } else {
        Ok(None)
    }
}

fn enter(output: &mut impl Write) -> io::Result<()> {
    execute!(
        output,
        EnterAlternateScreen,
        EnableMouseCapture,
        EnableBracketedPaste,
        Hide
    )
}

/// Undoes all that `enter` does, in reverse order.
fn leave(output: &mut impl Write) -> io::Result<()> {
    execute!(
        output,
        EndSynchronizedUpdate,
        Show,
        DisableBracketedPaste,
        DisableMouseCapture,
        LeaveAlternateScreen
    )
}

/// Gives the terminal back, unless that is done already.
fn give_back() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        // When the terminal is gone there is nobody to tell.
        let _ = leave(&mut io::stdout());
        let _ = disable_raw_mode();
    }
}

/// How long the loop has to see that a signal asks the program to end.
#[cfg(unix)]
const GRACE: Duration = Duration::from_secs(1);

/// Tells of signals that ask the program to end, and ends it where the loop does not see it in time: crossterm reads on for ever
/// from a terminal that is gone.
#[cfg(unix)]
fn end_on_signals(ended: Arc<AtomicBool>) -> io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let mut signals = signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGINT])?;
    std::thread::Builder::new()
        .name("signals".to_owned())
        .spawn(move || {
            for signal in signals.forever() {
                ended.store(true, Ordering::Relaxed);
                std::thread::sleep(GRACE);
                if TAKEN.load(Ordering::SeqCst) {
                    give_back();
                    let _ = signal_hook::low_level::emulate_default_handler(signal);
                }
            }
        })?;
    Ok(())
}

/// Makes a panic give the terminal back before its message is printed. One of the worker's is told by the explorer itself, and
/// its message would only scatter over the screen.
fn give_back_on_panic() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let is_worker = std::thread::current().name() == Some(worker::THREAD);
            if is_worker && TAKEN.load(Ordering::SeqCst) {
                return;
            }
            give_back();
            before(info);
        }));
    });
}

fn input(event: Event) -> Option<Input> {
    match event {
        Event::Key(event) => key(event).map(Input::Key),
        Event::Paste(text) => Some(Input::Paste(text)),
        Event::Resize(columns, rows) => Some(Input::Resize(columns, rows)),
        Event::Mouse(event) => match event.kind {
            MouseEventKind::Down(MouseButton::Left) => Some(Input::Click(event.column, event.row)),
            MouseEventKind::ScrollUp => Some(Input::Wheel(event.column, event.row, Wheel::Up)),
            MouseEventKind::ScrollDown => Some(Input::Wheel(event.column, event.row, Wheel::Down)),
            _ => None,
        },
        Event::FocusGained | Event::FocusLost => None,
    }
}

fn key(event: KeyEvent) -> Option<Key> {
    // Windows tells of releases too.
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

#[cfg(test)]
mod tests {
    use super::*;

    fn written(by: fn(&mut Vec<u8>) -> io::Result<()>) -> String {
        let mut bytes = Vec::new();
        by(&mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    /// The private modes that a text sets or resets: `?25h`.
    fn modes(text: &str, ending: char) -> Vec<String> {
        text.split("\x1b[?")
            .skip(1)
            .filter_map(|rest| {
                let end = rest.find(['h', 'l'])?;
                (rest[end..].starts_with(ending)).then(|| rest[..end].to_owned())
            })
            .collect()
    }

    #[test]
    fn whatever_is_turned_on_is_turned_off() {
        let (entered, left) = (written(enter), written(leave));
        for mode in modes(&entered, 'h') {
            assert!(modes(&left, 'l').contains(&mode), "?{mode} stays on");
        }
        for mode in modes(&entered, 'l') {
            assert!(modes(&left, 'h').contains(&mode), "?{mode} stays off");
        }
        assert!(modes(&left, 'h').contains(&"25".to_owned()), "the cursor");
        assert!(modes(&left, 'l').contains(&"1049".to_owned()), "the screen");
        assert!(modes(&left, 'l').contains(&"1000".to_owned()), "the mouse");
    }

    #[test]
    fn a_terminal_that_was_not_taken_is_left_alone() {
        assert!(!TAKEN.load(Ordering::SeqCst));
        give_back();
        assert!(!TAKEN.load(Ordering::SeqCst));
    }

    #[test]
    fn control_c_is_an_interrupt_and_other_controls_are_no_letters() {
        let press = |code, modifiers| key(KeyEvent::new(code, modifiers));
        assert_eq!(
            press(KeyCode::Char('c'), KeyModifiers::CONTROL),
            Some(Key::Interrupt)
        );
        assert_eq!(press(KeyCode::Char('q'), KeyModifiers::CONTROL), None);
        assert_eq!(
            press(KeyCode::Char('Z'), KeyModifiers::SHIFT),
            Some(Key::Char('Z'))
        );
    }
}
