//! `lesson fix`: the learner corrects specs in an editor, and each version that is saved is judged at once.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use crate::cli::flags::spoken;
use crate::cli::output::{Failure, Output, read_line, render_all, say};
use crate::export::file::{Existing, write};
use crate::lesson::exercise::{self, Exercise, State};
use crate::lesson::{Answer, Lesson, Progress};
use crate::message;
use crate::spec::{Problem, open};
use crate::text::{Message, system};
use crate::tui::kit::prose;

/// Folder of the exercises, if none is named.
const FOLDER: &str = "resnet-fixes";

/// Time between two looks at the file.
const BEAT: Duration = Duration::from_millis(150);

/// Maximum size of a learner's file in bytes.
const MAX_BYTES: u64 = 1 << 20;

/// Hints that were given for an exercise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Given {
    Nothing,
    Hint,
    Advice,
}

/// Line that the learner has typed.
enum Typed {
    Next,
    Quit,
    Stay,
}

/// A learner at one exercise after the other.
struct Bench<'p> {
    folder: PathBuf,
    exercises: Vec<Exercise>,
    progress: &'p mut Progress,
    stderr: String,
}

pub(super) fn fix(
    lessons: &[Lesson],
    piece: Option<&str>,
    folder: Option<&Path>,
    progress: &mut Progress,
) -> Result<Output, Failure> {
    let mut bench = Bench {
        folder: folder.unwrap_or(Path::new(FOLDER)).to_owned(),
        exercises: Exercise::all(lessons),
        progress,
        stderr: String::new(),
    };
    let mut at = match piece {
        Some(piece) => bench.called(piece)?,
        None => bench.next_after(0).unwrap_or(0),
    };
    std::fs::create_dir_all(&bench.folder).map_err(|error| {
        let file = bench.folder.display().to_string();
        let reason = system::reason(&error);
        Failure::failed(message!("file-unwritable", file = file, reason = reason))
    })?;
    let lines = lines();
    let is_fixed = loop {
        let exercise = bench.exercises[at].clone();
        bench.begin(&exercise)?;
        let (is_fixed, has_next) = bench.work(&exercise, &lines);
        match bench.next_after(at + 1).filter(|_| has_next) {
            Some(next) => at = next,
            None => break is_fixed,
        }
    };
    let right = exercise::right(&bench.exercises, bench.progress);
    let all = bench.exercises.len();
    let summary = message!("fix-summary", right = right, all = all);
    Ok(Output {
        stdout: format!("\n{}\n", spoken().say(&summary)),
        stderr: bench.stderr,
        code: u8::from(!is_fixed),
    })
}

/// Lines as they are typed; the channel closes at the end of the input.
fn lines() -> Receiver<String> {
    let (send, lines) = channel();
    std::thread::spawn(move || {
        while let Some(line) = read_line() {
            if send.send(line).is_err() {
                break;
            }
        }
    });
    lines
}

impl Bench<'_> {
    /// Place of the exercise with this number or name.
    fn called(&self, piece: &str) -> Result<usize, Failure> {
        let is_it = |exercise: &Exercise| {
            exercise.number.to_string() == piece
                || exercise.piece == piece
                || exercise.piece.strip_prefix("museum:") == Some(piece)
        };
        let found = self.exercises.iter().position(is_it);
        let all = self.exercises.len();
        found.ok_or_else(|| Failure::usage(message!("fix-unknown", name = piece, all = all)))
    }

    /// The first exercise that is not corrected yet, from a place on and then from the first.
    fn next_after(&self, at: usize) -> Option<usize> {
        let is_left = |at: &usize| {
            let piece = &self.exercises[*at].piece;
            self.progress.answer(exercise::ID, piece).is_none()
        };
        (at..self.exercises.len()).chain(0..at).find(is_left)
    }

    fn path(&self, exercise: &Exercise) -> PathBuf {
        self.folder.join(exercise.file())
    }

    /// Writes the file unless it is there, and says what to do.
    fn begin(&self, exercise: &Exercise) -> Result<(), Failure> {
        let path = self.path(exercise);
        if !path.exists() {
            write(&path, exercise.written().as_bytes(), Existing::Keep).map_err(Failure::failed)?;
        }
        let place = message!(
            "fix-exercise",
            number = exercise.number,
            all = self.exercises.len()
        );
        tell(&place);
        say(&format!("{}\n", prose::bare(&exercise.task)));
        tell(&message!("fix-file", file = path.display().to_string()));
        say(&format!("{}\n", spoken().word("fix-keys")));
        Ok(())
    }

    /// Watches the file until the learner goes on; returns whether it is corrected, and whether another exercise follows.
    fn work(&mut self, exercise: &Exercise, lines: &Receiver<String>) -> (bool, bool) {
        let mut before = None;
        let mut is_fixed = false;
        let mut given = Given::Nothing;
        loop {
            let now = self.read(exercise);
            if before.as_ref() != Some(&now) {
                is_fixed = self.judge(exercise, &now);
                before = Some(now);
            }
            match lines.recv_timeout(BEAT) {
                Ok(line) => match self.typed(exercise, &line, &mut given) {
                    Typed::Next => return (is_fixed, true),
                    Typed::Quit => return (is_fixed, false),
                    Typed::Stay => {}
                },
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return (is_fixed, false),
            }
        }
    }

    fn read(&self, exercise: &Exercise) -> Result<String, Message> {
        let path = self.path(exercise);
        open::text(&path, MAX_BYTES).map_err(|error| {
            let file = path.display().to_string();
            message!(
                "fix-unreadable",
                file = file,
                reason = system::reason(&error)
            )
        })
    }

    /// Says what is wrong with a version of the file, or that nothing is.
    fn judge(&mut self, exercise: &Exercise, text: &Result<String, Message>) -> bool {
        let name = self.path(exercise).display().to_string();
        let state = match text {
            Ok(text) => exercise.judge(&name, text),
            Err(reason) => {
                tell(reason);
                return false;
            }
        };
        match state {
            State::Faulty(problems) => {
                let bare = problems.into_iter().map(|problem| Problem {
                    help: None,
                    ..problem
                });
                say(&format!("\n{}", render_all(&bare.collect::<Vec<_>>())));
                false
            }
            State::Other(difference) => {
                tell(&difference);
                false
            }
            State::Fixed => {
                self.keep(exercise);
                tell(&message!("fix-done"));
                say(&format!("{}\n", prose::bare(&exercise.why)));
                say(&format!("{}\n", spoken().word("fix-next")));
                true
            }
        }
    }

    fn keep(&mut self, exercise: &Exercise) {
        let answer = Answer {
            answer: exercise.file(),
            truth: exercise.piece.clone(),
            right: true,
            tries: 1,
            hint: false,
            rest: 0,
            due: 0,
        };
        if let Err(error) = self.progress.keep(exercise::ID, &exercise.piece, answer) {
            self.stderr = crate::cli::note(&error.message());
        }
    }

    fn typed(&self, exercise: &Exercise, line: &str, given: &mut Given) -> Typed {
        match line {
            "n" => return Typed::Next,
            "q" => return Typed::Quit,
            "h" | "?" | "？" => {
                let advice = exercise.advice().filter(|_| *given != Given::Nothing);
                let hint = match advice {
                    Some(advice) => spoken().say(&advice),
                    None => prose::bare(&exercise.hint),
                };
                *given = if *given == Given::Nothing {
                    Given::Hint
                } else {
                    Given::Advice
                };
                tell(&message!("lesson-hint", hint = hint));
            }
            "r" => self.renew(exercise),
            _ => say_keys(),
        }
        Typed::Stay
    }

    /// Puts the learner's version aside and writes the first one again.
    fn renew(&self, exercise: &Exercise) {
        let path = self.path(exercise);
        let aside = (1..1000).map(|number| path.with_extension(format!("mine-{number}.toml")));
        let Some(aside) = aside.into_iter().find(|aside| !aside.exists()) else {
            return;
        };
        let moved = std::fs::rename(&path, &aside);
        let written = write(&path, exercise.written().as_bytes(), Existing::Keep);
        match (moved, written) {
            (Ok(()), Ok(())) => tell(&message!("fix-aside", file = aside.display().to_string())),
            (_, Err(error)) => tell(&error.message()),
            (Err(error), _) => tell(&system::reason(&error)),
        }
    }
}

fn say_keys() {
    if std::io::stdin().is_terminal() {
        say(&format!("{}\n", spoken().word("fix-keys")));
    }
}

fn tell(message: &Message) {
    say(&format!("\n{}\n", spoken().say(message)));
}
