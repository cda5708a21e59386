//! `lesson`: the course in a plain terminal; it reads answers from stdin, line by line, and also works in a pipe.

mod fix;

use std::path::PathBuf;

use clap::Args as ClapArgs;
use serde::Serialize;

use super::flags::spoken;
use super::output::{Failure, Output, read_line, say, width};
use crate::export::file::{Existing, write};
use crate::lesson::exercise::{self, Exercise};
use crate::lesson::{Answer, Attempt, Lesson, Progress, Step, Value, course, look, progress};
use crate::message;
use crate::report::grid::{Grid, Side};
use crate::sorting::Sorting;
use crate::spec::problem::nearest;
use crate::text::{Language, Message};
use crate::tui::kit::prose;

#[derive(Debug, ClapArgs)]
pub(super) struct LessonArgs {
    id: Option<String>,
    piece: Option<String>,
    #[arg(long, value_name = "DIR")]
    folder: Option<PathBuf>,
    #[arg(long)]
    list: bool,
    #[arg(long, value_name = "FILE")]
    export: Option<PathBuf>,
    #[arg(long, requires = "export")]
    force: bool,
}

/// Row of an export.
#[derive(Debug, Serialize)]
struct Row<'a> {
    lesson: &'a str,
    /// Number in its lesson, from 1, if the lesson still asks it.
    question: Option<usize>,
    query: &'a str,
    #[serde(flatten)]
    answer: &'a Answer,
}

pub(super) fn lesson(args: &LessonArgs) -> Result<Output, Failure> {
    let variable = |name: &str| std::env::var(name).ok();
    let language = spoken();
    let lessons = course::lessons(language).map_err(|problems| Failure::problems(&problems))?;
    let (mut progress, note) = Progress::load(progress::file(variable));
    let note = note.map(|notice| super::note(&notice)).unwrap_or_default();
    let mut output = match &args.id {
        Some(id) if id == exercise::ID && !args.list => {
            let (piece, folder) = (args.piece.as_deref(), args.folder.as_deref());
            fix::fix(&lessons, piece, folder, &mut progress)?
        }
        Some(id) if id == course::REVIEW && !args.list => {
            review(&lessons, language, &mut progress)?
        }
        Some(id) if !args.list => {
            let lesson = called(&lessons, id)?;
            teach(lesson, language, &mut progress)?
        }
        _ if args.export.is_some() && !args.list => Output::default(),
        _ => Output::data(list(&lessons, language, &progress)),
    };
    if let Some(path) = &args.export {
        export(path, &lessons, &progress, args.force)?;
    }
    output.stderr = note + &output.stderr;
    Ok(output)
}

/// Lesson with this id.
pub(super) fn called<'l>(lessons: &'l [Lesson], id: &str) -> Result<&'l Lesson, Failure> {
    let found = lessons.iter().find(|lesson| lesson.id == id);
    found.ok_or_else(|| {
        let near = nearest(id, lessons.iter().map(|lesson| lesson.id.as_str()));
        let help = match near {
            Some(near) => message!("did-you-mean", name = near),
            None => message!("lesson-lists"),
        };
        Failure::usage(message!("lesson-unknown", name = id, help = help))
    })
}

fn list(lessons: &[Lesson], language: Language, progress: &Progress) -> String {
    let [id, title, right] = [
        "lesson-column-id",
        "lesson-column-lesson",
        "lesson-column-right",
    ]
    .map(|column| language.word(column));
    let mut grid = Grid::new([(id, Side::Left), (title, Side::Left), (right, Side::Right)]);
    for lesson in lessons {
        let right = format!("{} / {}", progress.right(lesson), lesson.steps.len());
        grid.row(vec![lesson.id.clone(), lesson.title.clone(), right]);
    }
    let due = progress.due(lessons, progress::today()).len();
    let all = Exercise::all(lessons);
    let exercises = message!(
        "lesson-exercises",
        right = exercise::right(&all, progress),
        all = all.len(),
    );
    let review = message!("lesson-due", count = due);
    format!(
        "{}\n {}\n {}\n",
        grid.text(width(), false),
        language.say(&exercises),
        language.say(&review)
    )
}

/// Answers so far, those of a lesson together and in its order.
fn rows<'a>(lessons: &[Lesson], progress: &'a Progress) -> Vec<Row<'a>> {
    let number = |lesson: &str, query: &str| {
        let lesson = lessons.iter().find(|own| own.id == lesson)?;
        Some(lesson.queries().position(|own| own == query)? + 1)
    };
    let mut rows = Vec::new();
    for (lesson, answers) in &progress.answers {
        let first = rows.len();
        rows.extend(answers.iter().map(|(query, answer)| Row {
            lesson,
            question: number(lesson, query),
            query,
            answer,
        }));
        rows[first..].order_by_key(|row| row.question.unwrap_or(usize::MAX));
    }
    rows
}

fn export(
    path: &std::path::Path,
    lessons: &[Lesson],
    progress: &Progress,
    force: bool,
) -> Result<(), Failure> {
    let rows = rows(lessons, progress);
    let text = match path.extension().and_then(|extension| extension.to_str()) {
        Some("json") => serde_json::to_string_pretty(&rows).unwrap_or_default() + "\n",
        Some("csv") => {
            let titles = [
                "lesson", "question", "query", "answer", "truth", "right", "tries", "hint",
            ];
            let mut grid = Grid::new(titles.map(|title| (title, Side::Left)));
            for row in &rows {
                let Answer {
                    answer,
                    truth,
                    right,
                    tries,
                    hint,
                    ..
                } = row.answer;
                grid.row(vec![
                    row.lesson.to_owned(),
                    row.question.map_or_else(String::new, |at| at.to_string()),
                    row.query.to_owned(),
                    answer.clone(),
                    truth.clone(),
                    right.to_string(),
                    tries.to_string(),
                    hint.to_string(),
                ]);
            }
            grid.csv()
        }
        _ => {
            let file = path.display().to_string();
            return Err(Failure::usage(message!("lesson-export-name", file = file)));
        }
    };
    let existing = if force {
        Existing::Replace
    } else {
        Existing::Keep
    };
    write(path, text.as_bytes(), existing).map_err(Failure::failed)
}

/// Question with its lesson.
type Asked<'l> = (&'l Lesson, &'l Step);

fn teach(lesson: &Lesson, language: Language, progress: &mut Progress) -> Result<Output, Failure> {
    say(&format!(
        "{}\n\n{}\n\n{}\n{}\n",
        lesson.title,
        prose::bare(&lesson.intro),
        language.say(&message!("lesson-beside", id = &lesson.id)),
        language.word("lesson-keys")
    ));
    let asked: Vec<Asked<'_>> = lesson.steps.iter().map(|step| (lesson, step)).collect();
    go_through(&asked, language, progress)
}

/// Asks again what was answered wrong, late or with the hint, when its time has come.
fn review(
    lessons: &[Lesson],
    language: Language,
    progress: &mut Progress,
) -> Result<Output, Failure> {
    let due = progress.due(lessons, progress::today()).into_iter();
    let asked = due.map(|(lesson, step)| (&lessons[lesson], &lessons[lesson].steps[step]));
    let asked: Vec<Asked<'_>> = asked.collect();
    let count = message!("lesson-due", count = asked.len());
    say(&format!("{}\n", language.say(&count)));
    if asked.is_empty() {
        return Ok(Output::default());
    }
    say(&format!("\n{}\n", language.word("lesson-keys")));
    go_through(&asked, language, progress)
}

/// Asks these questions one after the other.
fn go_through(
    asked: &[Asked<'_>],
    language: Language,
    progress: &mut Progress,
) -> Result<Output, Failure> {
    let (mut right, mut stderr) = (0, String::new());
    let all = asked.len();
    for (at, (lesson, step)) in (1_usize..).zip(asked) {
        let truth = lesson.world.answer(&step.query).map_err(Failure::failed)?;
        let place = language.say(&message!("lesson-question", number = at, all = all));
        say(&format!("\n{place}\n{}\n", prose::bare(&step.question)));
        for (letter, (_, text)) in ('a'..).zip(&step.options) {
            say(&format!("  {letter}) {text}\n"));
        }
        let Some(answer) = ask(step, &truth, language) else {
            say(&format!("\n{}\n", language.word("lesson-left")));
            break;
        };
        right += usize::from(answer.right);
        explain((lesson, step), &truth, language);
        if let Err(error) = progress.keep(&lesson.id, &step.query_text, answer) {
            stderr = super::note(&error.message());
        }
    }
    let summary = language.say(&message!("lesson-right-answers", right = right, all = all));
    Ok(Output {
        stdout: format!("\n{summary}\n"),
        stderr,
        code: 0,
    })
}

/// Says the tool's result, why it is so, and the command that shows it.
fn explain((lesson, step): Asked<'_>, truth: &Value, language: Language) {
    let found = message!(
        "lesson-found",
        query = &step.query_text,
        value = step.shown(truth)
    );
    let found = language.say(&found);
    say(&format!("{found}\n\n{}\n", prose::bare(&step.why_alone())));
    if let Some(command) = look::command(lesson, step) {
        let look = language.say(&message!("lesson-look", command = command));
        say(&format!("{look}\n"));
    }
    if !step.after.is_empty() {
        say(&format!("\n{}\n", prose::bare(&step.after)));
    }
}

/// Asks until the answer is correct, given up, or wrong too often; `None` if the user quits.
fn ask(step: &Step, truth: &Value, language: Language) -> Option<Answer> {
    let mut attempt = Attempt::default();
    while !attempt.is_over() {
        say(language.word("lesson-prompt"));
        let typed = read_line()?;
        match typed.as_str() {
            "q" => return None,
            "s" => break,
            "" => {
                say(&format!("{}\n", language.word("lesson-nothing-typed-help")));
                continue;
            }
            "?" | "？" => {
                attempt.hint = true;
                say(&format!(
                    "{}\n",
                    language.say(&message!("lesson-hint", hint = prose::bare(&step.hint)))
                ));
                continue;
            }
            _ => {}
        }
        let Some(read) = step.read(&typed) else {
            let kind = Message::new(step.kind.words());
            let refused = language.say(&message!("lesson-unreadable", kind = kind));
            say(&format!("{refused}\n"));
            continue;
        };
        let had_hint = attempt.hint;
        if attempt.judge(step, &typed, &read, truth) {
            say(&format!("{}\n", language.word("lesson-right")));
        } else {
            let wrong = language.say(&step.wrong(&read));
            say(&format!("{}\n", prose::bare(&wrong)));
            if attempt.hint && !had_hint {
                say(&format!(
                    "{}\n",
                    language.say(&message!("lesson-hint", hint = prose::bare(&step.hint)))
                ));
            }
        }
    }
    Some(attempt.kept(truth))
}
