//! Parses a lesson file from top to bottom.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Ask, Head, Lesson, PANES, Step, View};
use crate::lesson::evaluate::World;
use crate::lesson::query::Query;
use crate::lesson::value::Kind;
use crate::message;
use crate::report::Column;
use crate::report::checks::rule_pages::unlinked;
use crate::spec::decode::Decode;
use crate::spec::source::Located;
use crate::spec::{Place, Problem, Source, value};
use crate::text::{Joint, Message};

/// Texts of a question.
struct Texts {
    question: String,
    hint: String,
    why: String,
    after: String,
}

/// Parses a lesson.
///
/// # Errors
/// All problems in the file.
pub(super) fn read(source: Arc<Source>) -> Result<Lesson, Vec<Problem>> {
    let mut reader = FileReader {
        source,
        at: 0,
        problems: Vec::new(),
    };
    match reader.lesson() {
        Some(lesson) if reader.problems.is_empty() => Ok(lesson),
        _ => Err(reader.problems),
    }
}

struct FileReader {
    source: Arc<Source>,
    at: usize,
    problems: Vec<Problem>,
}

impl FileReader {
    fn wrong(&mut self, at: usize, message: impl Into<Message>) {
        let place = Place {
            source: self.source.clone(),
            span: at..(at + 1).min(self.source.text.len()),
        };
        self.problems
            .push(Problem::error("lesson", message).at(&place));
    }

    fn wrong_at(&mut self, place: &Place, message: impl Into<Message>) {
        self.problems
            .push(Problem::error("lesson", message).at(place));
    }

    /// Text up to `mark`, after which parsing continues; all of the text if there is no mark.
    fn until(&mut self, mark: &str) -> (String, bool) {
        let rest = &self.source.text[self.at..];
        if let Some(found) = rest.find(mark) {
            let text = without_pictures(&rest[..found]);
            self.at += found + mark.len();
            (text, true)
        } else {
            let text = without_pictures(rest);
            self.at = self.source.text.len();
            (text, false)
        }
    }

    /// The table in the comment that has just been opened.
    fn comment<T: Decode>(&mut self) -> Option<Located<T>> {
        let start = self.at;
        let (_, closed) = self.until("-->");
        if !closed {
            self.wrong(start, message!("lesson-file-open-comment"));
            return None;
        }
        // Everything else as blanks, which preserves the file's line and column numbers.
        let end = self.at - 3;
        let bytes = self.source.text.bytes().enumerate();
        let padded = bytes.map(|(at, byte)| match byte {
            b'\n' => b'\n',
            byte if (start..end).contains(&at) => byte,
            _ => b' ',
        });
        let text = String::from_utf8(padded.collect()).unwrap_or_default();
        let padded = Arc::new(Source {
            name: self.source.name.clone(),
            text,
        });
        let (document, mut problems) = value::parse(&padded);
        let table = Located::<T>::decode(&document, &mut problems);
        self.problems.append(&mut problems);
        table
    }

    fn lesson(&mut self) -> Option<Lesson> {
        let (before, found) = self.until("<!-- lesson");
        if !found || !before.is_empty() {
            self.at = 0;
            self.wrong(0, message!("lesson-file-head"));
            return None;
        }
        let head = self.comment::<Head>()?.value;
        let Some(id) = head.id else {
            self.wrong(0, message!("lesson-file-no-id"));
            return None;
        };
        let own = head.networks.map(|own| own.value.0).unwrap_or_default();
        let own: BTreeMap<_, _> = own
            .into_iter()
            .map(|(key, text)| (key.value, text.value))
            .collect();
        let world = World::new(own);
        let (text, mut more) = self.until("<!-- ask");
        let Some((title, intro)) = text
            .strip_prefix("# ")
            .map(|text| text.split_once('\n').unwrap_or((text, "")))
        else {
            self.wrong(self.at.saturating_sub(1), message!("lesson-file-no-title"));
            return None;
        };
        let (title, intro) = (title.trim().to_owned(), intro.trim().to_owned());
        let mut steps = Vec::new();
        while more {
            let place = self.at;
            let ask = self.comment::<Ask>()?;
            let (question, _) = self.until("<details>");
            let first = self.details();
            let second = if self.next_is("<details>") {
                self.until("<details>");
                self.details()
            } else {
                Some(String::new())
            };
            let (Some(first), Some(second)) = (first, second) else {
                self.wrong(place, message!("lesson-file-shape"));
                return None;
            };
            // If there are two, the first is the hint.
            let (hint, why) = if second.is_empty() {
                (second, first)
            } else {
                (first, second)
            };
            if question.is_empty() || why.is_empty() {
                self.wrong(place, message!("lesson-file-shape"));
                return None;
            }
            let (after, another) = self.until("<!-- ask");
            more = another;
            let texts = Texts {
                question,
                hint,
                why,
                after,
            };
            if let Some(step) = self.step(place, ask.value, &world, texts) {
                steps.push(step);
            }
        }
        if steps.is_empty() && self.problems.is_empty() {
            self.wrong(0, message!("lesson-file-no-question"));
        }
        Some(Lesson {
            id: id.value,
            title,
            claims: head.claims.map(|claims| claims.value).unwrap_or_default(),
            intro,
            steps,
            world,
        })
    }

    /// The rest of a collapsible part after `<details>`, without its summary; `None` if it is not closed.
    fn details(&mut self) -> Option<String> {
        let (_, headed) = self.until("</summary>");
        let (text, closed) = self.until("</details>");
        (headed && closed).then_some(text)
    }

    /// Whether only blanks come before `mark`.
    fn next_is(&self, mark: &str) -> bool {
        self.source.text[self.at..].trim_start().starts_with(mark)
    }

    fn step(&mut self, at: usize, ask: Ask, world: &World, texts: Texts) -> Option<Step> {
        let (Some(query), Some(kind)) = (ask.query, ask.kind) else {
            self.wrong(at, message!("lesson-file-query-and-kind"));
            return None;
        };
        let Some(kind_found) = Kind::parse(&kind.value) else {
            self.wrong_at(
                &kind.place,
                message!("lesson-file-kind", kind = &kind.value),
            );
            return None;
        };
        let parsed = match Query::parse(&query.value).and_then(|parsed| {
            names(world, &parsed)?;
            Ok(parsed)
        }) {
            Ok(parsed) => parsed,
            Err(reason) => {
                self.wrong_at(&query.place, reason);
                return None;
            }
        };
        let options = ask.options.map(|options| options.value).unwrap_or_default();
        if (kind_found == Kind::Choice) != (options.len() > 1) {
            self.wrong_at(&kind.place, message!("lesson-file-options"));
        }
        let (question, words) = with_options(&texts.question);
        if words.len() != options.len() {
            self.wrong(
                at,
                message!(
                    "lesson-file-option-words",
                    options = options.len(),
                    words = words.len()
                ),
            );
        }
        let options = options.into_iter().zip(words);
        let options = options.collect();
        let view = ask.view.map(|view| view.value);
        if let Some(view) = &view {
            self.view(at, view, world);
        }
        Some(Step {
            query_text: query.value,
            query: parsed,
            kind: kind_found,
            options,
            hint: texts.hint,
            within: ask.within.map_or(0.0, |within| within.value),
            view,
            question,
            why: texts.why,
            after: texts.after,
        })
    }

    fn view(&mut self, at: usize, view: &View, world: &World) {
        let Some(net) = &view.net else {
            self.wrong(at, message!("lesson-file-view-net"));
            return;
        };
        if let Err(reason) = world.net(&net.value) {
            self.wrong_at(&net.place, reason);
            return;
        }
        for layer in [&view.layer, &view.step].into_iter().flatten() {
            if let Err(reason) = world.layer(&format!("{}.{}", net.value, layer.value)) {
                self.wrong_at(&layer.place, reason);
            }
        }
        if let Some(column) = &view.column
            && Column::parse(&column.value).is_none()
        {
            self.wrong_at(
                &column.place,
                message!("lesson-file-column", column = &column.value),
            );
        }
        for pane in [&view.pane, &view.then].into_iter().flatten() {
            if !PANES.contains(&pane.value.as_str()) {
                self.wrong_at(
                    &pane.place,
                    message!(
                        "lesson-file-pane",
                        pane = &pane.value,
                        panes = Joint::Comma.of(PANES)
                    ),
                );
            }
        }
    }
}

/// Text of a question, and those of its options: lines `- a) words` at its end, lettered in order.
fn with_options(text: &str) -> (String, Vec<String>) {
    let mut words = Vec::new();
    let mut question = Vec::new();
    for line in text.lines() {
        let letter = char::from(b'a' + (words.len() % 26) as u8);
        match line.strip_prefix(&format!("- {letter}) ")) {
            Some(option) => words.push(option.trim().to_owned()),
            None => question.push(line),
        }
    }
    (question.join("\n").trim().to_owned(), words)
}

/// A text without images and links, which only the book can show.
fn without_pictures(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.starts_with("!["));
    let text = lines.collect::<Vec<_>>().join("\n");
    unlinked(text.trim())
}

/// Checks that a query can be evaluated, without the passes that take time.
fn names(world: &World, query: &Query) -> Result<(), Message> {
    match query {
        Query::Number(_) => Ok(()),
        Query::Join(left, _, right) => names(world, left).and_then(|()| names(world, right)),
        Query::Call(function, words)
            if matches!(function.as_str(), "bn" | "bn_distance" | "runs" | "top") =>
        {
            match words.first() {
                Some(first) if first.contains('.') => world.layer(first).map(|_| ()),
                Some(first) => world.net(first).map(|_| ()),
                None => world.answer(query).map(|_| ()),
            }
        }
        Query::Call(..) => world.answer(query).map(|_| ()),
    }
}
