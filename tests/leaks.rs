//! Promise: no answer is on the screen before it is given. Every question is opened at three sizes and in both languages; the question,
//! its options and the keys are masked, and what is left holds the right answer only if it holds the wrong ones too, or if the
//! lesson declares why it may.

#[path = "common/explorer.rs"]
mod explorer;

use std::collections::{BTreeMap, BTreeSet};

use explorer::Explorer;
use ratatui::layout::Rect;
use resnet_explore::lesson::{Kind, Lesson, Step, Value, course};
use resnet_explore::report::format::short;
use resnet_explore::text::Language;
use resnet_explore::tui::course::place::shared;
use resnet_explore::tui::kit::layout;
use resnet_explore::tui::kit::text::width;
use resnet_explore::tui::teach;

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (200, 60)];

/// The screen without the lesson's text below its heading, without the tabs, and without the footer.
fn masked(explorer: &mut Explorer) -> String {
    explorer.picture();
    let [title, room, footer] = layout::outline(explorer.app.size);
    let [_, lesson] = shared(room, &explorer.app.course);
    let text = Rect {
        y: lesson.y + 1,
        height: lesson.height.saturating_sub(1),
        ..lesson
    };
    let buffer = explorer.terminal.backend().buffer();
    let mut out = String::new();
    for y in 0..buffer.area.height {
        let mut x = 0;
        let mut line = String::new();
        while x < buffer.area.width {
            let symbol = buffer[(x, y)].symbol();
            let is_masked = text.contains((x, y).into()) || footer.contains((x, y).into());
            line += if is_masked { " " } else { symbol };
            x += width(symbol).max(1) as u16;
        }
        // The tabs begin with the number of the first one.
        let end = if y == title.y { line.find(" 1 ") } else { None };
        // Times differ from run to run.
        let line = line[..end.unwrap_or(line.len())].replace("0.1 ms", "");
        out += &line;
        out.push('\n');
    }
    out
}

/// Whether a text has these words, with no letter or digit directly before or after them.
fn has(text: &str, words: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '#' | '×' | ',');
    let is_ascii = words.is_ascii();
    text.match_indices(words).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + words.len()..].chars();
        let joined = |c: char| is_part(c) || c == '.';
        let follows: Vec<char> = after.take(2).collect();
        let goes_on = match follows.as_slice() {
            ['.', next] => next.is_ascii_digit() || next.is_ascii_alphabetic(),
            [next, ..] => is_part(*next),
            [] => false,
        };
        !is_ascii && !words.contains('×') || !before.is_some_and(joined) && !goes_on
    })
}

/// Words of a text.
fn words(text: &str) -> BTreeSet<String> {
    let is_gap = |c: char| c.is_whitespace() || ":;()，。、；：（）“”\"".contains(c);
    let words = text.split(is_gap).map(|word| word.trim_matches([',', '.']));
    words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// Whether a text has an answer in one of the ways in which it is written.
fn shows(text: &str, value: &Value) -> bool {
    // A single digit is everywhere on a screen, in places that have nothing to do with the question.
    if matches!(value, Value::Number(number) if number.abs() < 10.0 && number.fract() == 0.0) {
        return false;
    }
    let mut ways = vec![value.text(), value.text().replace(',', "")];
    if let Value::Number(number) = value
        && *number >= 10_000.0
    {
        ways.push(short(*number as u128));
    }
    ways.iter().any(|way| has(text, way))
}

/// Whether a text distinguishes the right answer from the wrong ones.
fn tells(text: &str, step: &Step, truth: &Value) -> bool {
    if step.kind != Kind::Choice {
        let is_everywhere = step.slips.iter().all(|slip| shows(text, &slip.value));
        return shows(text, truth) && !is_everywhere;
    }
    let all: Vec<BTreeSet<String>> = step.options.iter().map(|(_, text)| words(text)).collect();
    let mut common = all[0].clone();
    for own in &all {
        common = common.intersection(own).cloned().collect();
    }
    let asked = words(&step.question);
    let lower = text.to_lowercase();
    let is_shown = |at: usize| {
        let own: Vec<_> = all[at]
            .difference(&common)
            .filter(|word| !asked.contains(*word))
            .collect();
        let in_words = !own.is_empty() && own.iter().all(|word| has(&lower, word));
        in_words || has(text, &step.options[at].0)
    };
    let key = step.key().expect("a right option");
    let wrong = (0..step.options.len()).filter(|at| *at != key);
    is_shown(key) && !wrong.into_iter().all(is_shown)
}

fn truths(lesson: &Lesson) -> Vec<Value> {
    let own = |step: &Step| match (step.kind, step.key()) {
        // The words of the options are compared, and no training is needed for them.
        (Kind::Choice, Some(at)) => Value::Text(step.options[at].0.clone()),
        _ => lesson.world.answer(&step.query).expect("an answer"),
    };
    lesson.steps.iter().map(own).collect()
}

#[test]
fn no_answer_is_on_the_screen_before_it_is_given() {
    let mut leaks: BTreeMap<String, String> = BTreeMap::new();
    let mut declared: BTreeMap<String, bool> = BTreeMap::new();
    for language in Language::all() {
        let lessons = course::lessons(language).expect("the lessons");
        let all: Vec<Vec<Value>> = lessons.iter().map(truths).collect();
        for size in SIZES {
            let mut explorer = Explorer::new(None, size);
            explorer.app.speak(language);
            for (lesson, truths) in lessons.iter().zip(&all) {
                teach(&mut explorer.app, &lesson.id);
                for (number, (step, truth)) in (1..).zip(lesson.steps.iter().zip(truths)) {
                    explorer = explorer.press("n");
                    let screen = masked(&mut explorer);
                    let place = format!("{} {}.{number}", language.code(), lesson.id);
                    let tells = tells(&screen, step, truth);
                    if step.leak.is_some() {
                        *declared
                            .entry(format!("{}.{number}", lesson.id))
                            .or_default() |= tells;
                    } else if tells {
                        leaks.insert(
                            format!("{place}: {}", truth.text()),
                            format!("{size:?}\n{screen}"),
                        );
                    }
                }
            }
        }
    }
    let screens: Vec<String> = leaks
        .iter()
        .map(|(place, screen)| format!("{place} at {screen}"))
        .collect();
    assert!(
        leaks.is_empty(),
        "{}\n{:#?}",
        screens.join("\n"),
        leaks.keys()
    );
    let stale: Vec<_> = declared.iter().filter(|(_, tells)| !**tells).collect();
    assert!(stale.is_empty(), "nothing leaks there: {stale:?}");
}

#[test]
fn no_answer_is_in_the_text_before_the_questions_or_in_a_hint() {
    let mut told = BTreeSet::new();
    for language in Language::all() {
        for lesson in course::lessons(language).expect("the lessons") {
            let truths = truths(&lesson);
            for (number, (step, truth)) in (1..).zip(lesson.steps.iter().zip(&truths)) {
                let place = format!(
                    "{} {}.{number}: {}",
                    language.code(),
                    lesson.id,
                    truth.text()
                );
                let intro = format!("{}\n{}", lesson.title, lesson.intro).replace(['*', '`'], "");
                if tells(&intro, step, truth) {
                    told.insert(format!("{place} is in the introduction"));
                }
                if step.kind != Kind::Choice && shows(&step.hint, truth) {
                    told.insert(format!("{place} is in the hint"));
                }
            }
        }
    }
    assert!(told.is_empty(), "{told:#?}");
}
