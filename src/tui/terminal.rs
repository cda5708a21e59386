//! Terminal: acquired, restored in every case, and its events as [`Input`]. crossterm is used in this module only.

#[cfg(unix)]
mod decoder;
#[cfg_attr(unix, path = "terminal/unix.rs")]
#[cfg_attr(not(unix), path = "terminal/elsewhere.rs")]
mod source;

use std::io::{self, BufWriter, IsTerminal, Write};
use std::panic;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crossterm::clipboard::CopyToClipboard;
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

use crate::kernels::team;
use crate::tui::app::App;
use crate::tui::graphics::{Graphics, Protocol};
use crate::tui::input::Input;
use crate::tui::view;
use crate::tui::worker;
use source::{Sink, Source};

/// Whether the terminal is acquired: it is restored once, by the first one to do so.
static TAKEN: AtomicBool = AtomicBool::new(false);
/// Whether pictures may be on it, which kitty keeps until they are deleted.
static HAS_PICTURES: AtomicBool = AtomicBool::new(false);
/// Whether a write has found the terminal gone.
static IS_GONE: AtomicBool = AtomicBool::new(false);
/// Whether output was thrown away, perhaps within a sequence.
static IS_CUT: AtomicBool = AtomicBool::new(false);

/// Event of the terminal or a signal.
#[derive(Debug)]
#[cfg_attr(not(unix), allow(dead_code, reason = "only Unix has these signals"))]
enum Event {
    /// Input of the user.
    Input(Input),
    /// Name of the terminal.
    Name(String),
    /// The terminal was resized.
    Resizes,
    /// The program is to be suspended.
    Suspends,
    /// The program continues after a stop.
    Resumes,
}

type Backend = CrosstermBackend<BufWriter<Output>>;

/// Terminal while the explorer has it. Dropping it restores it.
pub(super) struct Screen {
    terminal: Terminal<Backend>,
    source: Source,
    graphics: Graphics,
    /// Protocol for pictures, once it is known.
    protocol: Option<Protocol>,
    has_learned: bool,
}

/// Asks the shell's job of this program to stop, which arrives as an event; returns whether there is a shell.
pub(super) fn suspend() -> io::Result<bool> {
    source::suspend_job()
}

/// Whether input and output are a terminal.
pub(super) fn is_there() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

fn is_taken() -> bool {
    TAKEN.load(Ordering::SeqCst)
}

impl Screen {
    /// Acquires the terminal: raw mode, alternate screen, mouse, no cursor.
    ///
    /// If the protocol for pictures is neither given nor known from the environment, the terminal is asked for its name. It
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

    /// Draws the state, in one update if the terminal supports that. Pictures that are not encoded yet stay in half blocks
    /// unless there is time; returns whether there were any.
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

    /// Next input, waiting at most `timeout`; `None` if there is none, or none with a meaning here.
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

    /// Acquires the terminal again after other programs had it: nothing that was set or drawn can be relied on.
    fn take_again(&mut self) -> io::Result<Input> {
        if is_taken() {
            // The original mode is the one to restore, not the one that a shell has left.
            disable_raw_mode()?;
        }
        self.terminal = occupy(false)?;
        self.graphics = Graphics::new(self.protocol, cell_size());
        let (columns, rows) = self.size()?;
        Ok(Input::Resize(columns, rows))
    }

    /// Whether the terminal has reported its abilities since the last call, so the screen is drawn again.
    pub(super) fn has_learned(&mut self) -> bool {
        std::mem::take(&mut self.has_learned)
    }

    /// Copies a text to the terminal's clipboard, if it has one.
    pub(super) fn copy(&mut self, text: &str) -> io::Result<()> {
        let output = self.terminal.backend_mut();
        // OSC 52 works over SSH too.
        execute!(output, CopyToClipboard::to_clipboard_from(text))
    }

    /// Whether the program is to end, because of a signal or because the terminal is gone.
    pub(super) fn is_ended(&self) -> bool {
        if IS_GONE.load(Ordering::SeqCst) {
            self.source.hang_up();
        }
        self.source.ending().is_some()
    }

    /// Restores the terminal. If a signal has asked the program to end, it ends here by that signal; a lost terminal counts
    /// as such a signal, rather than as an error.
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

/// Output to a terminal. A lost one accepts everything, and the loss is recorded: nobody can read an error, and printing one
/// would fail as well.
struct Output(Sink);

impl Output {
    fn unless_gone<T>(result: io::Result<T>, otherwise: T) -> io::Result<T> {
        /// Error codes `EIO`, `ENXIO` and `EPIPE`, the same on every Unix.
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

/// Makes the terminal raw, and shows an empty screen. From here on every exit restores it, even one with an error.
fn occupy(asks: bool) -> io::Result<Terminal<Backend>> {
    TAKEN.store(true, Ordering::SeqCst);
    let taken = enable_raw_mode().and_then(|()| {
        let mut output = BufWriter::with_capacity(1 << 16, Output(Sink));
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

/// Query for a terminal's name and version: xterm's XTVERSION. Terminals that do not know it stay silent.
const ASK: &[u8] = b"\x1b[>q";

/// Width and height of a cell in pixels, if the terminal reports them.
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

/// Reverts all that `enter` does, in reverse order.
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

/// Command that deletes all pictures of the screen from kitty; other terminals ignore it.
const FORGET_ALL: &[u8] = b"\x1b_Ga=d,d=A,q=2\x1b\\";

/// End of a text within a sequence, such as a picture; elsewhere it means nothing.
const STRING_END: &[u8] = b"\x1b\\";

/// Restores the terminal, unless that is done already.
fn give_back() {
    if give_back_to(&mut Output(Sink), &TAKEN) {
        let _ = disable_raw_mode();
    }
}

/// Writes what restores a terminal that was taken; returns whether it was.
fn give_back_to(output: &mut impl Write, taken: &AtomicBool) -> bool {
    let was_taken = taken.swap(false, Ordering::SeqCst);
    if was_taken {
        if IS_CUT.load(Ordering::SeqCst) {
            let _ = output.write_all(STRING_END);
        }
        // If the terminal is gone, an error has no reader.
        if HAS_PICTURES.load(Ordering::SeqCst) {
            let _ = output.write_all(FORGET_ALL);
        }
        let _ = leave(output);
    }
    was_taken
}

/// Makes a panic restore the terminal before its message is printed. The explorer itself reports a panic of a worker, whose
/// message would only garble the screen.
fn give_back_on_panic() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let thread = std::thread::current();
            // A helper's panic becomes a panic of the thread that it helps.
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

    /// Private modes that a text sets or resets: `?25h`.
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
    fn a_text_is_copied_in_base64() {
        for (text, coded) in [("", ""), ("f", "Zg=="), ("foobar", "Zm9vYmFy")] {
            let mut bytes = Vec::new();
            queue!(bytes, CopyToClipboard::to_clipboard_from(text)).unwrap();
            let sequence = format!("\x1b]52;c;{coded}\x1b\\");
            assert_eq!(String::from_utf8(bytes).unwrap(), sequence);
        }
    }

    #[test]
    fn a_terminal_is_given_back_once_and_only_if_it_was_taken() {
        let taken = AtomicBool::new(false);
        let mut bytes = Vec::new();
        assert!(!give_back_to(&mut bytes, &taken));
        assert!(bytes.is_empty(), "a terminal of somebody else: {bytes:?}");
        taken.store(true, Ordering::SeqCst);
        assert!(give_back_to(&mut bytes, &taken));
        assert_eq!(String::from_utf8(bytes.clone()).unwrap(), written(leave));
        assert!(!give_back_to(&mut bytes, &taken), "once is enough");
        assert_eq!(String::from_utf8(bytes).unwrap(), written(leave));
    }
}
