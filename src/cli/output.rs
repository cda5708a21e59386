//! What a command says, and the one place that prints.

use std::borrow::Cow;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::Serialize;

use super::flags::spoken;
use crate::export::file::reason;
use crate::message;
use crate::report::snippet::{self, Style};
use crate::spec::{Problem, named};
use crate::text::{Language, Message, system};
use crate::tui::ascii;

/// Text for both streams and the exit code.
#[derive(Debug, Default)]
pub(super) struct Output {
    pub(super) stdout: String,
    pub(super) stderr: String,
    pub(super) code: u8,
}

impl Output {
    /// Data alone.
    pub(super) fn data(stdout: String) -> Self {
        Self {
            stdout,
            ..Self::default()
        }
    }

    /// Data as indented JSON.
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

/// Why a command could not do what it was asked for.
#[derive(Debug)]
pub(super) struct Failure {
    told: Told,
    code: u8,
}

#[derive(Debug)]
enum Told {
    /// To be said after the word "error".
    Message(Message),
    /// Problems with their excerpts, as they are printed.
    Problems(String),
}

impl Failure {
    /// What was asked about failed.
    pub(super) fn failed(message: impl Into<Message>) -> Self {
        Self {
            told: Told::Message(message.into()),
            code: 1,
        }
    }

    /// The call was wrong.
    pub(super) fn usage(message: impl Into<Message>) -> Self {
        Self {
            told: Told::Message(message.into()),
            code: 2,
        }
    }

    /// All problems of a spec, each with its place; a name that nothing has is a wrong call.
    pub(super) fn problems(problems: &[Problem]) -> Self {
        let wrong_name = problems
            .iter()
            .all(|problem| problem.rule == "unknown-network");
        Self {
            told: Told::Problems(render_all(problems)),
            code: if wrong_name { 2 } else { 1 },
        }
    }

    pub(super) fn into_output(self) -> Output {
        let mut stderr = match self.told {
            Told::Message(message) => spoken().say(&message!("output-error", message = message)),
            Told::Problems(text) => text,
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

/// So many problems are told with their excerpts; of more, nobody reads all before the first is mended.
const TOLD: usize = 50;

/// The first problems with their excerpts, and how many more there are. Colours are taken out where the stream does not want them.
pub(super) fn render_all(problems: &[Problem]) -> String {
    let first = problems.iter().take(TOLD);
    let mut texts: Vec<_> = first
        .map(|problem| snippet::render(problem, Style::Colour, spoken()))
        .collect();
    if let more @ 1.. = problems.len().saturating_sub(TOLD) {
        texts.push(spoken().say(&message!("check-more-problems", count = more)));
    }
    texts.join("\n\n") + "\n"
}

/// The width that a table may take: the terminal's, or none where stdout goes elsewhere.
pub(super) fn width() -> Option<u16> {
    if !std::io::stdout().is_terminal() {
        return None;
    }
    crossterm::terminal::size().ok().map(|(columns, _)| columns)
}

/// Whether stdout is a terminal, which bytes that are no text would confuse.
pub(super) fn to_terminal() -> bool {
    std::io::stdout().is_terminal()
}

/// Prints what `fill` writes, which need not be text; a reader that closed its end is no error.
pub(super) fn stream(
    fill: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
) -> Result<(), Failure> {
    /// Remembers whether the reader is gone.
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

/// Whether stdout was closed when the program began. Rust opens the null device in its place before `main`, where all that is
/// printed would be lost without a word, so that this is seen earlier.
static IS_CLOSED: AtomicBool = AtomicBool::new(false);

#[cfg(unix)]
#[ctor::ctor(unsafe)]
fn look_at_stdout() {
    let descriptor = rustix::io::fcntl_getfd(rustix::stdio::stdout());
    IS_CLOSED.store(descriptor.is_err(), Ordering::SeqCst);
}

/// An error where stdout is closed.
fn opened() -> std::io::Result<()> {
    if IS_CLOSED.load(Ordering::SeqCst) {
        let closed = message!("output-closed");
        return Err(system::error(std::io::ErrorKind::Other, closed));
    }
    Ok(())
}

/// What came of printing as an exit code; a reader that closed its end is no error.
#[allow(clippy::print_stderr, reason = "this is where the program prints")]
fn ended(printed: std::io::Result<()>, code: u8) -> ExitCode {
    match printed {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            let told = lost(&error).into_output();
            anstream::eprint!("{}", told.stderr);
            ExitCode::from(told.code)
        }
        _ => ExitCode::from(code),
    }
}

/// Whether a terminal of this locale shows ASCII alone. Chinese was asked for, and has no ASCII.
pub(super) fn is_ascii() -> bool {
    spoken() == Language::ENGLISH && ascii::is_needed(|name| std::env::var(name).ok())
}

/// A text as it is printed: what of a file's name is no UTF-8 is `�`, and on a terminal whose locale has ASCII alone there is no
/// other sign.
fn shown(text: &str, is_terminal: bool) -> Cow<'_, str> {
    let text = named::shown(text);
    if is_terminal && is_ascii() {
        return Cow::Owned(ascii::text(&text));
    }
    text
}

/// Prints both texts.
pub(super) fn print(output: &Output) -> ExitCode {
    let told = shown(&output.stderr, std::io::stderr().is_terminal());
    let _ = anstream::stderr().write_all(told.as_bytes());
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

/// Prints what clap has to say: help and version on stdout, what is wrong with the call on stderr.
pub(super) fn print_call(told: &clap::Error) -> ExitCode {
    let code = told.exit_code().clamp(0, 2) as u8;
    if told.use_stderr() {
        let _ = told.print();
        return ExitCode::from(code);
    }
    let printed = opened()
        .and_then(|()| told.print())
        .and_then(|()| std::io::stdout().flush());
    ended(printed, code)
}

/// Says something at once, in a conversation; `false` when nobody listens any more.
pub(super) fn say(text: &str) -> bool {
    let mut stdout = anstream::stdout();
    stdout
        .write_all(shown(text, to_terminal()).as_bytes())
        .and_then(|()| stdout.flush())
        .is_ok()
}

/// Tells something at once, beside the data.
pub(super) fn tell(text: &str) {
    let told = shown(text, std::io::stderr().is_terminal());
    let _ = anstream::stderr().write_all(told.as_bytes());
}

/// The next line that is typed, without its end; `None` when there is no more.
pub(super) fn hear() -> Option<String> {
    let mut bytes = Vec::new();
    let read = std::io::BufRead::read_until(&mut std::io::stdin().lock(), b'\n', &mut bytes);
    match read {
        Ok(1..) => Some(String::from_utf8_lossy(&bytes).trim().to_owned()),
        _ => None,
    }
}

/// Puts a question before a person, who answers on the same line.
pub(super) fn ask(question: &str) -> std::io::Result<()> {
    let mut stderr = anstream::stderr();
    stderr.write_all(question.as_bytes())?;
    stderr.flush()
}
