//! Page of a lesson: its text, with options and next actions below it.

use crate::lesson::course::Study;
use crate::lesson::{Answer, Kind, Step, progress};
use crate::message;
use crate::text::Message;
use crate::tui::course::{Course, Stage};
use crate::tui::keys::Scope;
use crate::tui::kit::cursor::Motion;
use crate::tui::kit::prose;
use crate::tui::kit::prose::Line;
use crate::tui::kit::theme::Role;
use crate::tui::message::Command;

/// Contents of a page.
#[derive(Debug, Default)]
pub struct Page {
    /// Title of the page.
    pub title: String,
    /// Text, which scrolls.
    pub text: Vec<Line>,
    /// Options, typed answer or next actions, which stay visible.
    pub below: Vec<Line>,
    /// First line in `below` and number of lines of each option.
    pub options: Vec<(usize, usize)>,
}

/// The open page, wrapped to `cells` cells.
pub fn page(course: &Course, cells: usize) -> Page {
    let Some((taught, lesson)) = course.lesson() else {
        return Page::default();
    };
    let language = course.language;
    let (name, intro) = match taught.study {
        Study::Lesson(_) => (lesson.title.as_str(), lesson.intro.as_str()),
        Study::Review => (language.word("review-title"), language.word("review-intro")),
    };
    let mut page = Page {
        title: name.to_owned(),
        ..Page::default()
    };
    let number = taught.page;
    if number == 0 {
        page.text = prose::lines(intro, cells);
        let how = message!("lesson-enter-first", key = accept(course));
        page.below = note(course, &how, cells);
    } else if let Some((_, step)) = course.step() {
        let of = taught.questions.len().to_string();
        let place = message!("lesson-question-of", number = number, all = of);
        page.title = format!("{name} · {}", language.say(&place));
        question(&mut page, course, step, cells);
    } else {
        page.title = format!("{name} · {}", language.word("lesson-summary"));
        summary(&mut page, course, taught.study, cells);
    }
    page
}

fn note(course: &Course, message: &Message, cells: usize) -> Vec<Line> {
    prose::plain(&course.language.say(message), cells, Some(Role::Dim))
}

/// Name of the key that goes on in a lesson.
fn accept(course: &Course) -> String {
    course.keys.key(Scope::Lesson, Command::Accept)
}

fn question(page: &mut Page, course: &Course, step: &Step, cells: usize) {
    let Some((taught, _)) = course.step() else {
        return;
    };
    let language = course.language;
    page.text = prose::lines(&step.question, cells);
    if taught.attempt.hint && !matches!(taught.stage, Stage::Answered(_)) {
        page.text.push(Vec::new());
        let hint = language.say(&message!("lesson-hint", hint = &step.hint));
        page.text.extend(prose::lines(&hint, cells));
    }
    match &taught.stage {
        Stage::Answered(truth) => {
            page.text.push(Vec::new());
            page.text.extend(verdict(course, cells));
            let query = format!("`{}`", step.query_text);
            let value = format!("**{}**", step.shown(truth));
            let found = language.say(&message!("lesson-found", query = query, value = value));
            page.text.extend(prose::lines(&found, cells));
            page.text.push(Vec::new());
            page.text.extend(prose::lines(&step.why_alone(), cells));
            if !step.after.is_empty() {
                page.text.push(Vec::new());
                page.text.extend(prose::lines(&step.after, cells));
            }
            let retry = course.keys.key(Scope::Answered, Command::Retry);
            let how = message!("lesson-enter-on", retry = retry, accept = accept(course));
            page.below = note(course, &how, cells);
        }
        Stage::Judging(_) => page.below = note(course, &message!("lesson-computing"), cells),
        Stage::Failed(reason) => {
            page.below = prose::plain(&course.language.say(reason), cells, Some(Role::Error));
        }
        Stage::Asking => {
            if let Some(said) = &taught.said {
                page.below = prose::lines(said, cells);
                for (_, role) in page.below.iter_mut().flatten() {
                    role.get_or_insert(Role::Warning);
                }
            }
            match (step.kind, &taught.typing) {
                (Kind::Choice, _) => {
                    for (at, (letter, (_, text))) in ('a'..).zip(&step.options).enumerate() {
                        let selected = at == taught.option.at;
                        let lines = prose::lines(text, cells.saturating_sub(5));
                        page.options.push((page.below.len(), lines.len()));
                        for (row, mut line) in lines.into_iter().enumerate() {
                            let mark = match (row, selected) {
                                (0, true) => format!("▸ {letter}) "),
                                (0, false) => format!("  {letter}) "),
                                _ => "     ".to_owned(),
                            };
                            line.insert(0, (mark, selected.then_some(Role::Key)));
                            page.below.push(line);
                        }
                    }
                    let way = |motion| course.keys.key(Scope::Lists, Command::Move(motion));
                    let how = message!(
                        "lesson-choose",
                        up = way(Motion::Up),
                        down = way(Motion::Down),
                        accept = course.keys.key(Scope::Question, Command::Accept),
                    );
                    page.below.extend(note(course, &how, cells));
                }
                (_, Some(typed)) => {
                    let prompt = language.word("lesson-prompt");
                    page.below.push(vec![
                        (prompt.to_owned(), Some(Role::Dim)),
                        (format!("{typed}▏"), Some(Role::Key)),
                    ]);
                    page.below
                        .extend(note(course, &Message::new(step.kind.words()), cells));
                }
                (Kind::Place, None) => {
                    let view = course.keys.key(Scope::Lesson, Command::ToView);
                    let answer = course.keys.key(Scope::Beside, Command::Answer);
                    let how = if taught.has_keys {
                        message!("lesson-place-alone", view = view, answer = answer)
                    } else {
                        message!("lesson-place-beside", answer = answer)
                    };
                    page.below.extend(note(course, &how, cells));
                }
                (_, None) => {
                    let how = message!("lesson-enter-type", key = accept(course));
                    page.below.extend(note(course, &how, cells));
                }
            }
        }
    }
}

fn verdict(course: &Course, cells: usize) -> Vec<Line> {
    let Some((taught, _)) = course.step() else {
        return Vec::new();
    };
    let language = course.language;
    let attempt = &taught.attempt;
    if attempt.answer.is_empty() {
        return prose::plain(language.word("lesson-answer-shown"), cells, Some(Role::Dim));
    }
    let (sign, word, role) = if attempt.right {
        ("✓", "lesson-right", Role::Good)
    } else {
        ("✗", "lesson-wrong", Role::Warning)
    };
    let own = language.say(&message!("lesson-your-answer", answer = &attempt.answer));
    let text = format!("{sign} {} {own}", language.word(word));
    let mut lines = prose::plain(&text, cells, Some(role));
    if let Some(reason) = &taught.said {
        lines.extend(prose::lines(reason, cells));
    }
    lines
}

fn summary(page: &mut Page, course: &Course, study: Study, cells: usize) {
    let language = course.language;
    let answers = &course.progress;
    let asked: Vec<_> = course
        .questions()
        .map(|(lesson, step)| (step, answers.answer(&lesson.id, &step.query_text)))
        .collect();
    let today = progress::today();
    let is_right = |answer: &Answer| match study {
        Study::Lesson(_) => answer.right,
        Study::Review => !answer.is_due(today),
    };
    let right = asked.iter().filter(|(_, own)| own.is_some_and(is_right));
    let score = message!("lesson-score", right = right.count(), all = asked.len());
    page.text = prose::plain(&language.say(&score), cells, Some(Role::Title));
    for (step, answer) in asked {
        page.text.push(Vec::new());
        page.text.extend(prose::lines(&step.question, cells));
        let Some(answer) = answer else {
            page.text
                .extend(note(course, &message!("lesson-not-answered"), cells));
            continue;
        };
        let (sign, role) = if is_right(answer) {
            ("✓", Role::Good)
        } else {
            ("✗", Role::Warning)
        };
        let mut notes = vec![format!("{sign} {}", step.words(&answer.truth))];
        if answer.tries > 1 {
            notes.push(language.say(&message!("lesson-tries", count = answer.tries)));
        }
        if answer.hint {
            notes.push(language.word("lesson-with-the-hint").to_owned());
        }
        if study == Study::Review {
            notes.push(language.say(&when(answer, today)));
        }
        let text = notes.join(" · ");
        page.text.extend(prose::plain(&text, cells, Some(role)));
    }
    let key = accept(course);
    let (next, does) = match (study, course.next()) {
        (Study::Review, _) => {
            let due = course.progress.due(course.all(), today).len();
            (
                message!("review-due", count = due),
                message!("review-enter-end", key = key),
            )
        }
        (_, Some((_, next))) => (
            message!("lesson-next", title = &next.title),
            message!("lesson-enter-next", key = key),
        ),
        (_, None) => (
            message!("lesson-last"),
            message!("lesson-enter-end", key = key),
        ),
    };
    page.below = prose::plain(&language.say(&next), cells, Some(Role::Title));
    page.below.extend(note(course, &does, cells));
}

/// The day on which a reviewed question is asked again.
fn when(answer: &Answer, today: u64) -> Message {
    if answer.rest == 0 {
        return message!("review-over");
    }
    let days = answer.due.saturating_sub(today) as usize;
    message!("review-again", count = days)
}
