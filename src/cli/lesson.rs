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
use crate::spec::problem::nearest;
use crate::text::Language;

/// Word that asks again what was answered wrong.
const REVIEW: &str = "review";

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
    question: usize,
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
        Some(id) if id == REVIEW && !args.list => review(&lessons, language, &mut progress)?,
        Some(id) if !args.list => {
            let lesson = called(&lessons, id)?;
            teach(lesson, language, &mut progress)?
        }
        _ if args.export.is_some() && !args.list => Output::default(),
        _ => Output::data(list(&lessons, language, &progress)),
    };
    if let Some(path) = &args.export {
        export(path, &progress, args.force)?;
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
        let right = format!("{} / {}", progress.right(&lesson.id), lesson.steps.len());
        grid.row(vec![lesson.id.clone(), lesson.title.clone(), right]);
    }
    let due = progress.due(progress::today()).len();
    let exercises = message!(
        "lesson-exercises",
        right = progress.right(exercise::ID),
        all = Exercise::all(lessons).len(),
    );
    let review = message!("lesson-due", count = due);
    format!(
        "{}\n {}\n {}\n",
        grid.text(width(), false),
        language.say(&exercises),
        language.say(&review)
    )
}

fn export(path: &std::path::Path, progress: &Progress, force: bool) -> Result<(), Failure> {
    let rows: Vec<Row<'_>> = progress
        .answers
        .iter()
        .flat_map(|(lesson, answers)| {
            let row = move |(question, answer): (&usize, _)| Row {
                lesson,
                question: *question,
                answer,
            };
            answers.iter().map(row)
        })
        .collect();
    let text = match path.extension().and_then(|extension| extension.to_str()) {
        Some("json") => serde_json::to_string_pretty(&rows).unwrap_or_default() + "\n",
        Some("csv") => {
            let titles = [
                "lesson", "question", "answer", "truth", "right", "tries", "hint",
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
                    row.question.to_string(),
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

/// Markdown for a plain terminal: without marks of emphasis and HTML.
fn plain(text: &str) -> String {
    text.replace("**", "").replace('`', "")
}

/// Question with its number among those that are asked.
struct Asked<'l> {
    lesson: &'l Lesson,
    /// Number in its lesson, from 1.
    number: usize,
    step: &'l Step,
}

impl<'l> Asked<'l> {
    fn all(lesson: &'l Lesson) -> Vec<Self> {
        let steps = (1..).zip(&lesson.steps);
        let all = steps.map(|(number, step)| Self {
            lesson,
            number,
            step,
        });
        all.collect()
    }
}

fn teach(lesson: &Lesson, language: Language, progress: &mut Progress) -> Result<Output, Failure> {
    say(&format!(
        "{}\n\n{}\n\n{}\n",
        lesson.title,
        plain(&lesson.intro),
        language.word("lesson-keys")
    ));
    go_through(&Asked::all(lesson), language, progress)
}

/// Asks again what was answered wrong, late or with the hint, when its time has come.
fn review(
    lessons: &[Lesson],
    language: Language,
    progress: &mut Progress,
) -> Result<Output, Failure> {
    let due = progress.due(progress::today());
    let due: Vec<(String, usize)> = due
        .into_iter()
        .map(|(id, at)| (id.to_owned(), at))
        .collect();
    let asked = lessons.iter().flat_map(Asked::all);
    let is_due = |asked: &Asked<'_>| {
        let own =
            |(id, number): &(String, usize)| *id == asked.lesson.id && *number == asked.number;
        due.iter().any(own)
    };
    let asked: Vec<Asked<'_>> = asked.filter(is_due).collect();
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
    for (at, own) in (1_usize..).zip(asked) {
        let step = own.step;
        let truth = own
            .lesson
            .world
            .answer(&step.query)
            .map_err(Failure::failed)?;
        let place = language.say(&message!("lesson-question", number = at, all = all));
        say(&format!("\n{place}\n{}\n", plain(&step.question)));
        for (letter, (_, text)) in ('a'..).zip(&step.options) {
            say(&format!("  {letter}) {text}\n"));
        }
        let Some(answer) = ask(step, &truth, language) else {
            say(&format!("\n{}\n", language.word("lesson-left")));
            break;
        };
        right += usize::from(answer.right);
        explain(own, &truth, language);
        if let Err(error) = progress.keep(&own.lesson.id, own.number, answer) {
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
fn explain(asked: &Asked<'_>, truth: &Value, language: Language) {
    let step = asked.step;
    let found = message!(
        "lesson-found",
        query = &step.query_text,
        value = step.shown(truth)
    );
    let found = language.say(&found);
    say(&format!("{found}\n\n{}\n", plain(&step.why_alone())));
    if let Some(command) = look::command(asked.lesson, step) {
        let look = language.say(&message!("lesson-look", command = command));
        say(&format!("{look}\n"));
    }
    if !step.after.is_empty() {
        say(&format!("\n{}\n", plain(&step.after)));
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
                    language.say(&message!("lesson-hint", hint = plain(&step.hint)))
                ));
                continue;
            }
            _ => {}
        }
        let Some(read) = step.read(&typed) else {
            say(&format!(
                "{} {}\n",
                language.word("lesson-unreadable"),
                language.word(step.kind.words())
            ));
            continue;
        };
        let had_hint = attempt.hint;
        if attempt.judge(step, &typed, &read, truth) {
            say(&format!("{}\n", language.word("lesson-right")));
        } else {
            let reason = step.slip(&read).map(plain).unwrap_or_default();
            let text = format!("{} {reason}", language.word("lesson-wrong"));
            say(&format!("{}\n", text.trim_end()));
            if attempt.hint && !had_hint {
                say(&format!(
                    "{}\n",
                    language.say(&message!("lesson-hint", hint = plain(&step.hint)))
                ));
            }
        }
    }
    Some(attempt.kept(truth))
}
