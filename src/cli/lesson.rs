//! `lesson`: the course in a plain terminal; it reads answers from stdin, line by line, and also works in a pipe.

use std::path::PathBuf;

use clap::Args as ClapArgs;
use serde::Serialize;

use super::flags::spoken;
use super::output::{Failure, Output, read_line, say, width};
use crate::export::file::{Existing, write};
use crate::lesson::{Answer, Attempt, Lesson, Progress, Step, Value, course, progress};
use crate::message;
use crate::report::grid::{Grid, Side};
use crate::spec::problem::nearest;
use crate::text::Language;

#[derive(Debug, ClapArgs)]
pub(super) struct LessonArgs {
    id: Option<String>,
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
    grid.text(width(), false)
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

fn teach(lesson: &Lesson, language: Language, progress: &mut Progress) -> Result<Output, Failure> {
    say(&format!(
        "{}\n\n{}\n\n{}\n",
        lesson.title,
        plain(&lesson.intro),
        language.word("lesson-keys")
    ));
    let (mut right, mut stderr) = (0, String::new());
    for (number, step) in (1..).zip(&lesson.steps) {
        let truth = lesson.world.answer(&step.query).map_err(Failure::failed)?;
        let all = lesson.steps.len();
        let place = language.say(&message!("lesson-question", number = number, all = all));
        say(&format!("\n{place}\n{}\n", plain(&step.question)));
        for (letter, (_, text)) in ('a'..).zip(&step.options) {
            say(&format!("  {letter}) {text}\n"));
        }
        let Some(answer) = ask(step, &truth, language) else {
            say(&format!("\n{}\n", language.word("lesson-left")));
            break;
        };
        right += usize::from(answer.right);
        let value = step.shown(&truth);
        let found = message!("lesson-found", query = &step.query_text, value = value);
        let found = language.say(&found);
        say(&format!("{found}\n\n{}\n", plain(&step.why_alone())));
        if let Some(command) = look(step) {
            say(&format!(
                "{}\n",
                language.say(&message!("lesson-look", command = command))
            ));
        }
        if !step.after.is_empty() {
            say(&format!("\n{}\n", plain(&step.after)));
        }
        if let Err(error) = progress.keep(&lesson.id, number, answer) {
            stderr = super::note(&error.message());
        }
    }
    let all = lesson.steps.len();
    let summary = language.say(&message!("lesson-right-answers", right = right, all = all));
    Ok(Output {
        stdout: format!("\n{summary}\n"),
        stderr,
        code: 0,
    })
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
            say(&format!("{}\n", language.word("lesson-wrong")));
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

/// Command that shows the subject of the question.
fn look(step: &Step) -> Option<String> {
    let net = &step.view.as_ref()?.net.as_ref()?.value;
    let view = step.view.as_ref()?;
    let pane = view.pane.as_ref().map_or("layers", |pane| &pane.value);
    Some(match pane {
        "forward" => format!("resnet-explore run {net} --layers"),
        "checks" => format!("resnet-explore stats {net}"),
        _ => format!("resnet-explore table {net}"),
    })
}
