//! Findings about one network, for reports.

use crate::spec::{Problem, Source};
use crate::text::Message;

/// Results of checking one network.
#[derive(Debug, Clone, Copy)]
pub struct Found<'a> {
    /// Name by which it was requested.
    pub name: &'a str,
    /// Its problems.
    pub problems: &'a [Problem],
    /// The spec that was checked; `None` where there is none.
    pub source: Option<&'a Source>,
    /// Sentences about the budgets that are met.
    pub kept: &'a [Message],
    /// Time that the check took, in seconds.
    pub seconds: f64,
}

impl<'a> Found<'a> {
    /// A network with its problems and nothing else.
    pub fn of(name: &'a str, problems: &'a [Problem]) -> Self {
        Self {
            name,
            problems,
            source: None,
            kept: &[],
            seconds: 0.0,
        }
    }
}

/// Use of a budget.
#[derive(Debug, Clone)]
pub struct Usage {
    /// Id of the budget's rule.
    pub rule: &'static str,
    /// The quantity.
    pub what: Message,
    /// Cost and limit.
    pub amounts: [u128; 2],
    /// Cost and limit for people.
    pub shown: [String; 2],
}
