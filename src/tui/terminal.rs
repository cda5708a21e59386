//! The terminal: taken and given back whatever happens, and its events as [`Input`]. crossterm stays in this module.

#[cfg(unix)]
mod decoder;
#[cfg_attr(unix, path = "terminal/unix.rs")]
#[cfg_attr(not(unix), path = "terminal/elsewhere.rs")]
mod source;

use std::io::{self, BufWriter, IsTerminal, Stdout, Write};
use std::panic;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crossterm::cursor::{Hide, Show};
use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
};
use crossterm::style::ResetColor;
use crossterm::terminal::{
    BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen,
    LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{execute, queue};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;

use super::app::App;
use super::graphics::{Graphics, Protocol};
use super::input::Input;
use super::view;
use super::worker;
use crate::engine::team;
use source::Source;

/// Whether the terminal is taken: it is given back once, by whoever comes first.
static TAKEN: AtomicBool = AtomicBool::new(false);
/// Whether pictures may be on it, which kitty keeps until it is told to forget them.
static HAS_PICTURES: AtomicBool = AtomicBool::new(false);
/// Whether it was found to be gone when something was written.
static IS_GONE: AtomicBool = AtomicBool::new(false);

/// What comes from the terminal, and what signals ask for.
#[derive(Debug)]
#[cfg_attr(not(unix), allow(dead_code, reason = "only Unix has these signals"))]
enum Event {
    /// Something of the user's.
    Input(Input),
    /// What the terminal calls itself.
    Name(String),
    /// It has another size.
    Resizes,
    /// The program shall stop, and go on later.
    Suspends,
    /// It goes on, whoever has stopped it.
    Resumes,
}

type Backend = CrosstermBackend<BufWriter<Output>>;

/// The terminal while the explorer has it. Dropping it gives it back.
pub(super) struct Screen {
    terminal: Terminal<Backend>,
    source: Source,
    graphics: Graphics,
    /// How pictures are drawn, once that is known.
    protocol: Option<Protocol>,
    has_learned: bool,
}

/// Asks the shell's job that this is to stop, which comes back as an event; says whether there is a shell.
pub(super) fn suspend() -> io::Result<bool> {
    source::suspend_job()
}

/// Whether both ends are a terminal.
pub(super) fn is_there() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

fn is_taken() -> bool {
    TAKEN.load(Ordering::SeqCst)
}

impl Screen {
    /// Takes the terminal: raw mode, alternate screen, mouse, no cursor.
    ///
    /// Where the protocol for pictures is not given and the environment does not name it, the terminal is asked what it is. It
    /// may answer late or never: nobody waits, and until then half blocks are drawn.
    pub(super) fn take(graphics: Option<Protocol>) -> io::Result<Self> {
        give_back_on_panic();
        let source = Source::new()?;
        let variable = |name: &str| std::env::var(name).ok();
        let protocol = graphics.or_else(|| Protocol::of_environment(variable));
        let terminal = occupy(protocol.is_none())?;
        Ok(Self {
            terminal,
            source,
            graphics: Graphics::new(protocol, cell_size()),
            protocol,
            has_learned: false,
        })
    }

    /// Columns and rows.
    pub(super) fn size(&self) -> io::Result<(u16, u16)> {
        let size = self.terminal.size()?;
        Ok((size.width, size.height))
    }

    /// Draws the state, in one update where the terminal can. Pictures that are not encoded yet are left in half blocks unless
    /// there is time; says whether some were.
    pub(super) fn draw(&mut self, app: &App, has_time: bool) -> io::Result<bool> {
        let graphics = &mut self.graphics;
        let mut is_missing = false;
        queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        self.terminal.draw(|frame| {
            if graphics.is_on() {
                HAS_PICTURES.store(true, Ordering::SeqCst);
                let mut pictures = Vec::new();
                view::render_with_pictures(frame, app, &mut pictures);
                is_missing = graphics.paint(frame, &pictures, has_time);
            } else {
                view::render(frame, app);
            }
        })?;
        let gone = graphics.forget();
        self.terminal.backend_mut().write_all(gone.as_bytes())?;
        execute!(self.terminal.backend_mut(), EndSynchronizedUpdate)?;
        Ok(is_missing)
    }

    /// The next input, waiting at most so long; `None` where there is none, or none that means anything here.
    pub(super) fn next(&mut self, timeout: Duration) -> io::Result<Option<Input>> {
        match self.source.next(timeout)? {
            None => Ok(None),
            Some(Event::Input(input)) => Ok(Some(input)),
            Some(Event::Name(name)) => {
                self.graphics.learn(&name);
                self.protocol = self.protocol.or_else(|| Protocol::of_name(&name));
                self.has_learned = true;
                Ok(None)
            }
            Some(Event::Resizes) => {
                self.graphics.resize(cell_size());
                let (columns, rows) = self.size()?;
                Ok(Some(Input::Resize(columns, rows)))
            }
            Some(Event::Suspends) => {
                give_back();
                source::stop()?;
                self.take_again().map(Some)
            }
            Some(Event::Resumes) => self.take_again().map(Some),
        }
    }

    /// Takes the terminal anew after others had it: none of what was set or drawn can be relied on.
    fn take_again(&mut self) -> io::Result<Input> {
        if is_taken() {
            // What it was like before is what it was given back as, not what a shell has left behind.
            disable_raw_mode()?;
        }
        self.terminal = occupy(false)?;
        self.graphics = Graphics::new(self.protocol, cell_size());
        let (columns, rows) = self.size()?;
        Ok(Input::Resize(columns, rows))
    }

    /// Whether the terminal has said since the last question what it can do: the picture is drawn again then.
    pub(super) fn has_learned(&mut self) -> bool {
        std::mem::take(&mut self.has_learned)
    }

    /// Puts a text on the terminal's clipboard, where it has one.
    pub(super) fn copy(&mut self, text: &str) -> io::Result<()> {
        let output = self.terminal.backend_mut();
        output.write_all(super::outside::copy_sequence(text).as_bytes())?;
        Write::flush(output)
    }

    /// Whether the program is to end: a signal asks for it, or the terminal is gone.
    pub(super) fn is_ended(&self) -> bool {
        if IS_GONE.load(Ordering::SeqCst) {
            self.source.hang_up();
        }
        self.source.ending().is_some()
    }

    /// Gives the terminal back. Where a signal has asked the program to end, it ends here, and by that signal; a terminal that
    /// is gone is no error, but such a signal.
    pub(super) fn leave<E>(self, result: Result<(), E>) -> Result<(), E> {
        if source::is_gone() {
            self.source.hang_up();
        }
        let ending = self.source.ending();
        drop(self);
        if let Some(signal) = ending {
            source::end_by(signal);
        }
        result
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back();
    }
}

/// What is written to a terminal. One that is gone takes everything, and that it is gone is noted: nobody is left to read an
/// error, and whatever would print one fails itself.
struct Output(Stdout);

impl Output {
    fn unless_gone<T>(result: io::Result<T>, otherwise: T) -> io::Result<T> {
        /// `EIO`, `ENXIO` and `EPIPE` of every Unix.
        const GONE: [i32; 3] = [5, 6, 32];
        match result {
            Err(error)
                if error
                    .raw_os_error()
                    .is_some_and(|code| GONE.contains(&code)) =>
            {
                IS_GONE.store(true, Ordering::SeqCst);
                Ok(otherwise)
            }
            other => other,
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if IS_GONE.load(Ordering::SeqCst) {
            return Ok(bytes.len());
        }
        Self::unless_gone(self.0.write(bytes), bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if IS_GONE.load(Ordering::SeqCst) {
            return Ok(());
        }
        Self::unless_gone(self.0.flush(), ())
    }
}

/// Makes the terminal raw, and shows an empty screen on it. From here on every way out gives it back, also that of an error.
fn occupy(asks: bool) -> io::Result<Terminal<Backend>> {
    TAKEN.store(true, Ordering::SeqCst);
    let taken = enable_raw_mode().and_then(|()| {
        let mut output = BufWriter::with_capacity(1 << 16, Output(io::stdout()));
        enter(&mut output)?;
        if asks {
            output.write_all(ASK)?;
        }
        Terminal::new(CrosstermBackend::new(output))
    });
    if taken.is_err() {
        give_back();
    }
    taken
}

/// Asks a terminal for its name and version: xterm's XTVERSION. Those that do not know it are silent.
const ASK: &[u8] = b"\x1b[>q";

/// Width and height of a cell in pixels, where the terminal tells.
fn cell_size() -> Option<(u16, u16)> {
    let size = crossterm::terminal::window_size().ok()?;
    let cell = (
        size.width.checked_div(size.columns)?,
        size.height.checked_div(size.rows)?,
    );
    (cell.0 > 0 && cell.1 > 0).then_some(cell)
}

fn enter(output: &mut impl Write) -> io::Result<()> {
    execute!(
        output,
        EnterAlternateScreen,
        EnableMouseCapture,
        EnableBracketedPaste,
        Clear(ClearType::All),
        Hide
    )
}

/// Undoes all that `enter` does, in reverse order.
fn leave(output: &mut impl Write) -> io::Result<()> {
    execute!(
        output,
        EndSynchronizedUpdate,
        ResetColor,
        Show,
        DisableBracketedPaste,
        DisableMouseCapture,
        LeaveAlternateScreen
    )
}

/// Makes kitty forget all pictures of the screen; others pass it over.
const FORGET_ALL: &[u8] = b"\x1b_Ga=d,d=A,q=2\x1b\\";

/// Gives the terminal back, unless that is done already.
fn give_back() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        // When the terminal is gone there is nobody to tell.
        let mut output = Output(io::stdout());
        if HAS_PICTURES.load(Ordering::SeqCst) {
            let _ = output.write_all(FORGET_ALL);
        }
        let _ = leave(&mut output);
        let _ = disable_raw_mode();
    }
}

/// Makes a panic give the terminal back before its message is printed. One of the worker's is told by the explorer itself, and
/// its message would only scatter over the screen.
fn give_back_on_panic() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let thread = std::thread::current();
            // A helper's panic becomes one of the thread that it helps.
            let is_worker = matches!(thread.name(), Some(worker::THREAD | team::HELPER));
            if is_worker && TAKEN.load(Ordering::SeqCst) {
                return;
            }
            give_back();
            before(info);
        }));
    });
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
}
