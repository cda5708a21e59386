//! Output of a command, and the only place that prints.

use std::borrow::Cow;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::Serialize;

use super::flags::spoken;
use crate::export::file::reason;
use crate::message;
use crate::report::checks::snippet::{self, Style};
use crate::spec::{Problem, named};
use crate::text::{Language, Message, system};
use crate::tui::kit::ascii;

/// Texts for both streams and the exit code.
#[derive(Debug, Default)]
pub(super) struct Output {
    pub(super) stdout: String,
    pub(super) stderr: String,
    pub(super) code: u8,
}

impl Output {
    /// Output of data only.
    pub(super) fn data(stdout: String) -> Self {
        Self {
            stdout,
            ..Self::default()
        }
    }

    /// Output of data as indented JSON.
    pub(super) fn json(value: &impl Serialize) -> Self {
        match serde_json::to_string_pretty(value) {
            Ok(text) => Self::data(text + "\n"),
            Err(error) => {
                let cause = error.to_string();
                Failure::failed(message!("output-json", cause = cause)).into_output()
            }
        }
    }
}

/// Reason why a command failed.
#[derive(Debug)]
pub(super) struct Failure {
    notice: Content,
    code: u8,
}

#[derive(Debug)]
enum Content {
    /// To be said after the word "error".
    Message(Message),
    /// Problems with their excerpts, as they are printed.
    Problems(String),
}

impl Failure {
    /// Failure of the requested check or run.
    pub(super) fn failed(message: impl Into<Message>) -> Self {
        Self {
            notice: Content::Message(message.into()),
            code: 1,
        }
    }

    /// Failure because of a wrong call.
    pub(super) fn usage(message: impl Into<Message>) -> Self {
        Self {
            notice: Content::Message(message.into()),
            code: 2,
        }
    }

    /// Failure because of a spec's problems, each with its place; an unknown name counts as a wrong call.
    pub(super) fn problems(problems: &[Problem]) -> Self {
        let wrong_name = problems
            .iter()
            .all(|problem| problem.rule == "unknown-network");
        Self {
            notice: Content::Problems(render_all(problems)),
            code: if wrong_name { 2 } else { 1 },
        }
    }

    pub(super) fn into_output(self) -> Output {
        let mut stderr = match self.notice {
            Content::Message(message) => spoken().say(&message!("output-error", message = message)),
            Content::Problems(text) => text,
        };
        if !stderr.ends_with('\n') {
            stderr.push('\n');
        }
        Output {
            stdout: String::new(),
            stderr,
            code: self.code,
        }
    }
}

/// Number of problems that are printed with their excerpts; nobody reads more before fixing the first.
const MAX_PROBLEMS: usize = 50;

/// First problems with their excerpts, and the number of further ones. Colours are removed for streams without them.
pub(super) fn render_all(problems: &[Problem]) -> String {
    let first = problems.iter().take(MAX_PROBLEMS);
    let mut texts: Vec<_> = first
        .map(|problem| snippet::render(problem, Style::Colour, spoken()))
        .collect();
    if let more @ 1.. = problems.len().saturating_sub(MAX_PROBLEMS) {
        texts.push(spoken().say(&message!("check-more-problems", count = more)));
    }
    texts.join("\n\n") + "\n"
}

/// Width for tables: the terminal's, or none if stdout goes elsewhere.
pub(super) fn width() -> Option<u16> {
    if !std::io::stdout().is_terminal() {
        return None;
    }
    crossterm::terminal::size().ok().map(|(columns, _)| columns)
}

/// Whether stdout is a terminal, which binary data would garble.
pub(super) fn to_terminal() -> bool {
    std::io::stdout().is_terminal()
}

/// Whether stdout shows colours.
pub(super) fn has_colour() -> bool {
    anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never
}

/// Prints bytes that `fill` writes; a closed reader is no error.
pub(super) fn stream(
    fill: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
) -> Result<(), Failure> {
    /// Writer that records whether its reader is gone.
    struct Pipe<W: Write> {
        to: W,
        closed: bool,
    }
    impl<W: Write> Write for Pipe<W> {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.to.write(bytes).inspect_err(|error| {
                self.closed = error.kind() == std::io::ErrorKind::BrokenPipe;
            })
        }
        fn flush(&mut self) -> std::io::Result<()> {
            self.to.flush()
        }
    }
    opened().map_err(|error| lost(&error))?;
    let mut pipe = Pipe {
        to: std::io::BufWriter::new(std::io::stdout().lock()),
        closed: false,
    };
    match fill(&mut pipe).and_then(|()| pipe.flush()) {
        Err(_) if pipe.closed => Ok(()),
        result => result.map_err(|error| lost(&error)),
    }
}

/// The failure of a stdout that takes nothing.
fn lost(error: &std::io::Error) -> Failure {
    Failure::failed(message!("output-stdout", reason = reason(error)))
}

/// Whether stdout was closed at the program's start. Before `main`, Rust opens the null device instead, where all output
/// would be lost silently, so this is checked earlier.
static IS_CLOSED: AtomicBool = AtomicBool::new(false);

#[cfg(unix)]
#[ctor::ctor(unsafe)]
fn look_at_stdout() {
    let descriptor = rustix::io::fcntl_getfd(rustix::stdio::stdout());
    IS_CLOSED.store(descriptor.is_err(), Ordering::SeqCst);
}

/// Error if stdout is closed.
fn opened() -> std::io::Result<()> {
    if IS_CLOSED.load(Ordering::SeqCst) {
        let closed = message!("output-closed");
        return Err(system::error(std::io::ErrorKind::Other, closed));
    }
    Ok(())
}

/// Exit code after printing; a closed reader is no error.
#[allow(clippy::print_stderr, reason = "this is where the program prints")]
fn ended(printed: std::io::Result<()>, code: u8) -> ExitCode {
    match printed {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            let notice = lost(&error).into_output();
            anstream::eprint!("{}", notice.stderr);
            ExitCode::from(notice.code)
        }
        _ => ExitCode::from(code),
    }
}

/// Whether a terminal of this locale shows ASCII only. Chinese is an explicit choice, and has no ASCII form.
pub(super) fn is_ascii() -> bool {
    spoken() == Language::ENGLISH && ascii::is_needed(|name| std::env::var(name).ok())
}

/// Text as it is printed: bytes of file names that are not UTF-8 become `�`, and on a terminal whose locale is ASCII only,
/// all characters are replaced by ASCII.
fn shown(text: &str, is_terminal: bool) -> Cow<'_, str> {
    let text = named::shown(text);
    if is_terminal && is_ascii() {
        return Cow::Owned(ascii::text(&text));
    }
    text
}

/// Prints both texts.
pub(super) fn print(output: &Output) -> ExitCode {
    let notice = shown(&output.stderr, std::io::stderr().is_terminal());
    let _ = anstream::stderr().write_all(notice.as_bytes());
    if output.stdout.is_empty() {
        return ExitCode::from(output.code);
    }
    let data = shown(&output.stdout, to_terminal());
    let mut stdout = anstream::stdout();
    let printed = opened()
        .and_then(|()| stdout.write_all(data.as_bytes()))
        .and_then(|()| stdout.flush());
    ended(printed, output.code)
}

/// Prints clap's message: help and version on stdout, errors of the call on stderr.
pub(super) fn print_call(notice: &clap::Error) -> ExitCode {
    let code = notice.exit_code().clamp(0, 2) as u8;
    if notice.use_stderr() {
        let _ = notice.print();
        return ExitCode::from(code);
    }
    let printed = opened()
        .and_then(|()| notice.print())
        .and_then(|()| std::io::stdout().flush());
    ended(printed, code)
}

/// Prints a text at once, in a dialogue; returns false if the reader is gone.
pub(super) fn say(text: &str) -> bool {
    let mut stdout = anstream::stdout();
    stdout
        .write_all(shown(text, to_terminal()).as_bytes())
        .and_then(|()| stdout.flush())
        .is_ok()
}

/// Prints a notice at once, to stderr.
pub(super) fn notify(text: &str) {
    let notice = shown(text, std::io::stderr().is_terminal());
    let _ = anstream::stderr().write_all(notice.as_bytes());
}

/// Next line of input, without its end; `None` if there is no more.
pub(super) fn read_line() -> Option<String> {
    let mut bytes = Vec::new();
    let read = std::io::BufRead::read_until(&mut std::io::stdin().lock(), b'\n', &mut bytes);
    match read {
        Ok(1..) => Some(String::from_utf8_lossy(&bytes).trim().to_owned()),
        _ => None,
    }
}

/// Prints a question, whose answer is typed on the same line.
pub(super) fn ask(question: &str) -> std::io::Result<()> {
    let mut stderr = anstream::stderr();
    stderr.write_all(question.as_bytes())?;
    stderr.flush()
}
