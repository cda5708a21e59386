//! Demonstration: keys and pauses from a file, replayed as if somebody typed them.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use crate::message;
use crate::text::{Message, said};
use crate::tui::input::{Input, Key};

/// Step of a demonstration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Press or type something.
    Input(Input),
    /// Pause.
    Wait(Duration),
}

/// Error in a line of a demonstration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplayError {
    /// Line number, from 1.
    pub line: usize,
    /// The word that means nothing.
    pub word: String,
}

impl ReplayError {
    /// Place, problem and fix.
    pub fn message(&self) -> Message {
        let Self { line, word } = self;
        message!(
            "replay-pause",
            line = *line,
            word = word,
            limit = LONGEST.to_string()
        )
    }
}

said!(ReplayError);

/// Demonstration during its replay.
#[derive(Debug)]
pub(super) struct Replay {
    steps: VecDeque<Step>,
    /// Earliest time of the next step.
    not_before: Instant,
}

/// Pause between two keys, so each is seen.
pub(super) const BEAT: Duration = Duration::from_millis(40);

impl Replay {
    pub(super) fn new(steps: Vec<Step>) -> Self {
        Self {
            steps: steps.into(),
            not_before: Instant::now(),
        }
    }

    /// Time to wait for the user before the next step, at most `idle`.
    pub(super) fn patience(&self, now: Instant, idle: Duration) -> Duration {
        if self.steps.is_empty() {
            idle
        } else {
            idle.min(self.not_before.saturating_duration_since(now))
        }
    }

    /// Next input, if it is due.
    pub(super) fn next(&mut self, now: Instant) -> Option<Input> {
        while now >= self.not_before {
            match self.steps.pop_front()? {
                Step::Wait(pause) => self.not_before = now + pause,
                Step::Input(input) => {
                    self.not_before = now + BEAT;
                    return Some(input);
                }
            }
        }
        None
    }

    /// Ends the demonstration if the user presses, clicks or pastes anything; a resize does not end it.
    pub(super) fn hear(&mut self, typed: Option<&Input>) {
        if typed.is_some_and(|input| !matches!(input, Input::Resize(..))) {
            self.steps.clear();
        }
    }
}

/// Longest pause in seconds.
const LONGEST: f64 = 3600.0;

/// Parses a demonstration: words are separated by blanks, `#` begins a comment. A word is a named key (`Enter`, `Down`),
/// `wait:SECONDS`, or characters that are pressed one after the other; `Space` is a blank.
///
/// # Errors
/// A pause has an invalid number of seconds.
pub fn parse(text: &str) -> Result<Vec<Step>, ReplayError> {
    let mut steps = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let line = line.split(" #").next().unwrap_or_default();
        if line.trim_start().starts_with('#') {
            continue;
        }
        for word in line.split_whitespace() {
            if let Some(seconds) = word.strip_prefix("wait:") {
                let pause = seconds
                    .parse()
                    .ok()
                    .filter(|seconds| (0.0..=LONGEST).contains(seconds));
                let pause = pause.ok_or_else(|| ReplayError {
                    line: number + 1,
                    word: word.to_owned(),
                })?;
                steps.push(Step::Wait(Duration::from_secs_f64(pause)));
            } else if let Some(key) = Key::parse(word) {
                steps.push(Step::Input(Input::Key(key)));
            } else {
                let keys = word.chars().map(|c| Step::Input(Input::Key(Key::Char(c))));
                steps.extend(keys);
            }
        }
    }
    Ok(steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_keys_pauses_and_text() {
        let steps = parse("# a visit\n/50 Enter wait:0.5 # look\nSpace").unwrap();
        let key = |key| Step::Input(Input::Key(key));
        assert_eq!(
            steps,
            [
                key(Key::Char('/')),
                key(Key::Char('5')),
                key(Key::Char('0')),
                key(Key::Enter),
                Step::Wait(Duration::from_millis(500)),
                key(Key::Char(' ')),
            ]
        );
    }

    #[test]
    fn a_key_ends_it_and_another_size_does_not() {
        let mut replay = Replay::new(parse("j j").unwrap());
        replay.hear(None);
        replay.hear(Some(&Input::Resize(80, 24)));
        assert_eq!(
            replay.next(Instant::now()),
            Some(Input::Key(Key::Char('j')))
        );
        replay.hear(Some(&Input::Key(Key::Down)));
        assert_eq!(replay.next(Instant::now() + BEAT), None);
    }

    #[test]
    fn a_bad_pause_is_reported_with_its_line() {
        for pause in ["wait:soon", "wait:-1", "wait:1e9", "wait:nan"] {
            let error = parse(&format!("j\n{pause}")).unwrap_err();
            assert_eq!(error.line, 2, "{pause}");
        }
    }
}
