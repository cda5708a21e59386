//! A lesson file: Markdown that is also a chapter of the book, with its questions in comments.
//!
//! ```text
//! <!-- lesson                       once, at the top: id, claims, own networks
//! # Title
//! text
//! <!-- ask                          query, kind, options, view
//! the question
//! - a) the first option             of a choice, one for each in the comment
//! <details><summary>…</summary>     hint
//! </details>
//! <details><summary>…</summary>     explanation; a test compares `QUERY` = **VALUE** with the tool
//! </details>
//! <details><summary>…</summary>     wrong answers: `- b) reason` for each wrong option, `` - `VALUE`: reason `` otherwise
//! </details>
//! ```

mod reader;

use std::sync::Arc;

use super::evaluate::World;
use super::query::Query;
use super::value::{Kind, Value, option_of};
use crate::spec::decode::{Named, table};
use crate::spec::{Problem, Source};

table! {
    /// Settings at the top of a lesson.
    pub struct Head {
        /// Name on the command line.
        id: String = "id",
        /// Claims of the blog-style explanation that the lesson decides.
        claims: Vec<String> = "claims",
        /// Specs of networks that its queries may name.
        networks: Named<String> = "networks",
    }
}
table! {
    /// A question as written in the file.
    pub struct Ask {
        /// Query to the tool.
        query: String = "query",
        /// Kind of answer: choice, number, shape or place.
        kind: String = "kind",
        /// Options of a choice: possible results of the query; their texts follow the question.
        options: Vec<String> = "options",
        /// Tolerance for a number, as a share.
        within: f64 = "within",
        /// Claims that its answer decides.
        decides: Vec<String> = "decides",
        /// Reason why the answer may be on the screen during the question.
        leak: String = "leak",
        /// View to look at.
        view: View = "view",
        /// Command that shows the answer, if it is another one than the query's own.
        look: String = "look",
    }
}
table! {
    /// A place in the explorer.
    pub struct View {
        /// Network.
        net: String = "net",
        /// Pane: layers, graph, forward, checks, spec, gradients or laboratory.
        pane: String = "pane",
        /// Layer.
        layer: String = "layer",
        /// Column of the layer table.
        column: String = "column",
        /// Layer up to which a pass runs, including it.
        step: String = "step",
        /// Number of the sample that the pass runs on.
        sample: u64 = "sample",
        /// Channel whose map is shown.
        channel: u64 = "channel",
        /// View that is shown after the answer, if it is another one.
        then: String = "then",
    }
}

/// Views that a lesson can control.
pub const PANES: [&str; 7] = [
    "layers",
    "graph",
    "forward",
    "checks",
    "spec",
    "gradients",
    "laboratory",
];

/// A lesson.
#[derive(Debug)]
pub struct Lesson {
    /// Name on the command line.
    pub id: String,
    /// Heading.
    pub title: String,
    /// Claims that the lesson decides.
    pub claims: Vec<String>,
    /// Text before the first question.
    pub intro: String,
    /// Questions in order.
    pub steps: Vec<Step>,
    /// Evaluator for its queries.
    pub world: World,
}

impl Lesson {
    /// Whether it asks about the lessons before it and teaches nothing itself.
    pub fn is_quiz(&self) -> bool {
        self.id.starts_with("quiz-")
    }
}

/// A question with the texts before and after it.
#[derive(Debug)]
pub struct Step {
    /// Query as written, which no other question of the lesson has.
    pub query_text: String,
    /// Query to the tool.
    pub query: Query,
    /// Kind of answer.
    pub kind: Kind,
    /// Options of a choice: value and text of each.
    pub options: Vec<(String, String)>,
    /// Hint.
    pub hint: String,
    /// Tolerance for a number, as a share.
    pub within: f64,
    /// View to look at.
    pub view: Option<View>,
    /// Text of the question.
    pub question: String,
    /// Explanation of the answer.
    pub why: String,
    /// Tempting wrong answers: each wrong option of a choice, and at least one for other kinds.
    pub slips: Vec<Slip>,
    /// Claims that the answer decides.
    pub decides: Vec<String>,
    /// Reason why the answer may be on the screen during the question.
    pub leak: Option<String>,
    /// Command that shows the answer, without the program's name, in place of the query's own.
    pub look: Option<String>,
    /// Text between this question and the next.
    pub after: String,
}

/// A tempting wrong answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Slip {
    /// The answer.
    pub value: Value,
    /// Sentence on why it is tempting, and why it is wrong.
    pub reason: String,
}

impl Step {
    /// Reason why this answer is tempting and wrong, if it is one that the lesson expects.
    pub fn slip(&self, answer: &Value) -> Option<&str> {
        let is_same = |slip: &&Slip| answer.agrees(&slip.value, self.within);
        Some(&self.slips.iter().find(is_same)?.reason)
    }

    /// Value of the option that holds a result of the tool: the same text, or the range around a number.
    pub fn option_of(&self, truth: &Value) -> Option<&str> {
        option_of(&self.options, truth)
    }

    /// Whether an option, by its value, is the tool's result.
    pub fn is_right(&self, answer: &Value, truth: &Value) -> bool {
        match self.kind {
            Kind::Choice => self.option_of(truth) == Some(&answer.text()),
            _ => answer.agrees(truth, self.within),
        }
    }
}

impl Lesson {
    /// Queries of the questions in order; they name the questions among the saved answers.
    pub fn queries(&self) -> impl Iterator<Item = &str> {
        self.steps.iter().map(|step| step.query_text.as_str())
    }

    /// Parses a file.
    ///
    /// # Errors
    /// All problems, each with its place: missing marks, unknown keys, and queries, networks, layers or columns that do not
    /// exist.
    pub fn parse(name: &str, text: &str) -> Result<Self, Vec<Problem>> {
        let source = Arc::new(Source {
            name: name.to_owned(),
            text: text.to_owned(),
        });
        reader::read(source)
    }
}
