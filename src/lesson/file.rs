//! A lesson file: Markdown that is also a chapter of the book, with its questions in comments.
//!
//! ```text
//! <!-- lesson                       once, at the top: id, claims, own networks
//! # Title
//! text
//! <!-- ask                          query, kind, options, view
//! the question
//! - a) the first option             of a choice, one for each in the comment
//! <details><summary>…</summary>     hint; left out if there is only one such part
//! </details>
//! <details><summary>…</summary>     explanation; a test compares `QUERY` = **VALUE** with the tool
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
        /// View to look at.
        view: View = "view",
    }
}
table! {
    /// A place in the explorer.
    pub struct View {
        /// Network.
        net: String = "net",
        /// Pane: layers, graph, forward, checks, spec or laboratory.
        pane: String = "pane",
        /// Layer.
        layer: String = "layer",
        /// Column of the layer table.
        column: String = "column",
        /// Layer up to which a pass runs, including it.
        step: String = "step",
        /// View that is shown after the answer, if it is another one.
        then: String = "then",
    }
}

/// Views that a lesson can control.
pub const PANES: [&str; 6] = ["layers", "graph", "forward", "checks", "spec", "laboratory"];

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

/// A question with the texts before and after it.
#[derive(Debug)]
pub struct Step {
    /// Query as written.
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
    /// Text between this question and the next.
    pub after: String,
}

impl Step {
    /// Whether an option, by its value, is the tool's result.
    pub fn is_right(&self, answer: &Value, truth: &Value) -> bool {
        match self.kind {
            Kind::Choice => answer.text() == truth.text(),
            _ => answer.agrees(truth, self.within),
        }
    }
}

impl Lesson {
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
