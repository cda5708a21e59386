//! A lesson file: Markdown that is also a chapter of the book, with its questions in comments.
//!
//! ```text
//! <!-- lesson                       once, at the top: id, claims, own networks
//! # Title
//! text
//! <!-- ask                          query, kind, options, hint, view
//! the question
//! <details><summary>…</summary>     what the answer means; `QUERY` = **VALUE** is held against the tool by a test
//! </details>
//! ```

use std::collections::BTreeMap;
use std::sync::Arc;

use super::evaluate::World;
use super::query::Query;
use super::value::{Kind, Value};
use crate::report::Column;
use crate::report::explanation::unlinked;
use crate::spec::decode::{Decode, Named, table};
use crate::spec::source::Located;
use crate::spec::{Place, Problem, Source, value};

table! {
    /// What stands at the top of a lesson.
    pub struct Head {
        /// Its name on the command line.
        id: String = "id",
        /// Claims of the blog-style explanation that it decides.
        claims: Vec<String> = "claims",
        /// Specs of networks that its queries may name.
        networks: Named<String> = "networks",
    }
}
table! {
    /// A question as it is written.
    pub struct Ask {
        /// What the tool is asked.
        query: String = "query",
        /// What kind of answer is wanted: choice, number, shape or place.
        kind: String = "kind",
        /// The options of a choice: what the query would find, and the words for it.
        options: Vec<AskOption> = "options",
        /// What helps after a wrong answer.
        hint: String = "hint",
        /// How far a number may lie off, as a share.
        within: f64 = "within",
        /// What to look at.
        view: View = "view",
    }
}
table! {
    /// An option.
    pub struct AskOption {
        /// The value that makes it right.
        is: String = "is",
        /// Its words, where they are others.
        text: String = "text",
    }
}
table! {
    /// A place in the explorer.
    pub struct View {
        /// The network.
        net: String = "net",
        /// layers, graph, forward, checks, spec or laboratory.
        pane: String = "pane",
        /// The layer.
        layer: String = "layer",
        /// The column of the layer table.
        column: String = "column",
        /// The layer up to which a pass runs, and with it.
        step: String = "step",
        /// The view that is shown when the question is answered, where it is another.
        then: String = "then",
    }
}

/// The views that a lesson can drive.
pub const PANES: [&str; 6] = ["layers", "graph", "forward", "checks", "spec", "laboratory"];

/// A lesson.
#[derive(Debug)]
pub struct Lesson {
    /// Its name on the command line.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// Claims that it decides.
    pub claims: Vec<String>,
    /// Text before the first question.
    pub intro: String,
    /// Its questions in order.
    pub steps: Vec<Step>,
    /// What its queries are asked of.
    pub world: World,
}

/// A question with what leads to it and what follows from it.
#[derive(Debug)]
pub struct Step {
    /// The query as written.
    pub query_text: String,
    /// What the tool is asked.
    pub query: Query,
    /// What kind of answer is wanted.
    pub kind: Kind,
    /// Values and their words.
    pub options: Vec<(String, String)>,
    /// What helps.
    pub hint: String,
    /// How far a number may lie off, as a share.
    pub within: f64,
    /// What to look at.
    pub view: Option<View>,
    /// The question.
    pub question: String,
    /// What the answer means.
    pub why: String,
    /// Text between this question and the next.
    pub after: String,
}

impl Step {
    /// Whether an option, by its value, is what the tool found.
    pub fn is_right(&self, answer: &Value, truth: &Value) -> bool {
        match self.kind {
            Kind::Choice => answer.text() == truth.text(),
            _ => answer.agrees(truth, self.within),
        }
    }
}

impl Lesson {
    /// Reads a file.
    ///
    /// # Errors
    /// Everything that is wrong, each with its place: marks that are missing, unknown keys, and queries, networks, layers
    /// or columns that do not exist.
    pub fn parse(name: &str, text: &str) -> Result<Self, Vec<Problem>> {
        let source = Arc::new(Source {
            name: name.to_owned(),
            text: text.to_owned(),
        });
        let mut reader = FileReader {
            source,
            at: 0,
            problems: Vec::new(),
        };
        let lesson = reader.lesson();
        match lesson {
            Some(lesson) if reader.problems.is_empty() => Ok(lesson),
            _ => Err(reader.problems),
        }
    }
}

struct FileReader {
    source: Arc<Source>,
    at: usize,
    problems: Vec<Problem>,
}

impl FileReader {
    fn wrong(&mut self, at: usize, message: impl Into<String>) {
        let place = Place {
            source: self.source.clone(),
            span: at..(at + 1).min(self.source.text.len()),
        };
        self.problems
            .push(Problem::error("lesson", message).at(&place));
    }

    fn wrong_at(&mut self, place: &Place, message: impl Into<String>) {
        self.problems
            .push(Problem::error("lesson", message).at(place));
    }

    /// The text up to `mark`, behind which reading goes on; all of it where there is none.
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
            self.wrong(start, "this comment is not closed by -->");
            return None;
        }
        // Everything else as blanks, so that places are those of the file.
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
            self.wrong(0, "a lesson begins with <!-- lesson");
            return None;
        }
        let head = self.comment::<Head>()?.value;
        let Some(id) = head.id else {
            self.wrong(0, "the lesson has no id");
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
            self.wrong(
                self.at.saturating_sub(1),
                "behind its head a lesson has a title: # …",
            );
            return None;
        };
        let (title, intro) = (title.trim().to_owned(), intro.trim().to_owned());
        let mut steps = Vec::new();
        while more {
            let place = self.at;
            let ask = self.comment::<Ask>()?;
            let (question, opened) = self.until("<details>");
            let (_, headed) = self.until("</summary>");
            let (why, closed) = self.until("</details>");
            if !(opened && headed && closed) || question.is_empty() || why.is_empty() {
                self.wrong(place, "a question has its words, then <details><summary>…</summary>, the why, </details>");
                return None;
            }
            let (after, another) = self.until("<!-- ask");
            more = another;
            if let Some(step) = self.step(place, ask.value, &world, [question, why, after]) {
                steps.push(step);
            }
        }
        if steps.is_empty() && self.problems.is_empty() {
            self.wrong(0, "the lesson asks nothing");
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

    fn step(&mut self, at: usize, ask: Ask, world: &World, texts: [String; 3]) -> Option<Step> {
        let (Some(query), Some(kind)) = (ask.query, ask.kind) else {
            self.wrong(at, "a question has a query and a kind");
            return None;
        };
        let Some(kind_found) = Kind::parse(&kind.value) else {
            self.wrong_at(
                &kind.place,
                format!("`{}` is none of choice, number, shape, place", kind.value),
            );
            return None;
        };
        let parsed = match Query::parse(&query.value)
            .and_then(|parsed| names(world, &parsed).map(|()| parsed))
        {
            Ok(parsed) => parsed,
            Err(reason) => {
                self.wrong_at(&query.place, reason);
                return None;
            }
        };
        let options = ask.options.map(|options| options.value).unwrap_or_default();
        if (kind_found == Kind::Choice) != (options.len() > 1) {
            self.wrong_at(
                &kind.place,
                "a choice has two options or more, and nothing else has any",
            );
        }
        let options = options.into_iter().filter_map(|option| {
            let is = option.is?.value;
            let text = option.text.map_or_else(|| is.clone(), |text| text.value);
            Some((is, text))
        });
        let options = options.collect();
        let view = ask.view.map(|view| view.value);
        if let Some(view) = &view {
            self.view(at, view, world);
        }
        let [question, why, after] = texts;
        Some(Step {
            query_text: query.value,
            query: parsed,
            kind: kind_found,
            options,
            hint: ask.hint.map(|hint| hint.value).unwrap_or_default(),
            within: ask.within.map_or(0.0, |within| within.value),
            view,
            question,
            why,
            after,
        })
    }

    fn view(&mut self, at: usize, view: &View, world: &World) {
        let Some(net) = &view.net else {
            self.wrong(at, "a view names its net");
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
                format!("there is no column `{}`", column.value),
            );
        }
        for pane in [&view.pane, &view.then].into_iter().flatten() {
            if !PANES.contains(&pane.value.as_str()) {
                self.wrong_at(
                    &pane.place,
                    format!("`{}` is none of {}", pane.value, PANES.join(", ")),
                );
            }
        }
    }
}

/// A text without the pictures and links, which only the book can show.
fn without_pictures(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.starts_with("!["));
    let text = lines.collect::<Vec<_>>().join("\n");
    unlinked(text.trim())
}

/// Whether a query can be answered, without the passes that take time.
fn names(world: &World, query: &Query) -> Result<(), String> {
    match query {
        Query::Number(_) => Ok(()),
        Query::Join(left, _, right) => names(world, left).and_then(|()| names(world, right)),
        Query::Call(function, words)
            if matches!(function.as_str(), "bn" | "bn_distance" | "runs" | "top") =>
        {
            match words.first() {
                Some(first) if first.contains('.') => world.layer(first).map(|_| ()),
                Some(first) => world.net(first).map(|_| ()),
                None => Err(format!("{function} takes words")),
            }
        }
        Query::Call(..) => world.answer(query).map(|_| ()),
    }
}
