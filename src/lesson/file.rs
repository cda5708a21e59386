//! A lesson file: Markdown that is also a chapter of the book, with its questions in comments.
//!
//! ```text
//! <!-- lesson                       once, at the top: id, claims, own networks
//! # Title
//! text
//! <!-- ask                          query, kind, options, view
//! the question
//! - a) the first option             of a choice, one for each in the comment
//! <details><summary>…</summary>     the hint; none where there is one such part only
//! </details>
//! <details><summary>…</summary>     what the answer means; `QUERY` = **VALUE** is held against the tool by a test
//! </details>
//! ```

mod reader;

use std::sync::Arc;

use super::evaluate::World;
use super::query::Query;
use super::value::{Kind, Value};
use crate::spec::decode::{Named, table};
use crate::spec::{Problem, Source};

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
        /// The options of a choice: what the query would find; their words stand behind the question.
        options: Vec<String> = "options",
        /// How far a number may lie off, as a share.
        within: f64 = "within",
        /// What to look at.
        view: View = "view",
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
        reader::read(source)
    }
}
