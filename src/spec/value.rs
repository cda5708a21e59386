//! TOML document as a tree in which every key and value has its place.

use std::sync::Arc;

use toml::de::{DeTable, DeValue};

use super::problem::Problem;
use super::source::{Located, Place, Source};
use super::syntax;
use crate::message;
use crate::sorting::Sorting;

/// Value of a TOML document.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Text.
    Text(String),
    /// Integer, even beyond TOML's 64 bits, because each key checks a smaller limit of its own.
    Integer(i128),
    /// Floating-point number.
    Float(f64),
    /// `true` or `false`.
    Bool(bool),
    /// List.
    Array(Vec<Located<Value>>),
    /// Keys and values in the order in which they are written.
    Table(Vec<(Located<String>, Located<Value>)>),
    /// Date or time, which no spec uses.
    Date,
}

impl Value {
    /// The id of its kind's name: for "expected …, found …".
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "kind-text",
            Self::Integer(_) => "kind-whole-number",
            Self::Float(_) => "kind-fraction",
            Self::Bool(_) => "kind-boolean",
            Self::Array(_) => "kind-list",
            Self::Table(_) => "kind-table",
            Self::Date => "kind-date",
        }
    }
}

/// Parses a whole document: its readable part, and all syntax errors.
pub fn parse(source: &Arc<Source>) -> (Located<Value>, Vec<Problem>) {
    let (table, errors) = DeTable::parse_recoverable(&source.text);
    let mut problems: Vec<Problem> = errors
        .into_iter()
        .map(|error| {
            let help = match error.span() {
                Some(_) => message!(
                    "help-write-toml",
                    table = "{ conv = \"conv1\", kernel = 3 }"
                ),
                None => message!("help-key-parts"),
            };
            let span = error.span().unwrap_or_else(|| longest_key(&source.text));
            let place = Place {
                source: source.clone(),
                span,
            };
            let reason = syntax::reason(error.message());
            Problem::error("syntax", message!("problem-not-toml", reason = reason))
                .at(&place)
                .help(help)
        })
        .collect();
    // Problems after an error on the same line are mostly its consequences. Places are converted to lines once, because a
    // file may have as many errors as lines.
    let breaks: Vec<usize> = source.text.match_indices('\n').map(|(at, _)| at).collect();
    let start = |problem: &Problem| problem.place.as_ref().map(|place| place.span.start);
    problems.order_by_key(start);
    problems.dedup_by_key(|problem| {
        start(problem).map(|start| breaks.partition_point(|&at| at < start))
    });
    let span = table.span();
    (
        located(source, span, table_value(source, table.into_inner())),
        problems,
    )
}

/// Key with the most parts: too many parts are the only error that the parser reports without a place.
fn longest_key(text: &str) -> std::ops::Range<usize> {
    let mut start = 0;
    let mut longest = (0, 0..0);
    for line in text.split_inclusive('\n') {
        // The parts of a key end before its value.
        let key = line.split(['=', '#']).next().unwrap_or_default();
        let parts = key.matches('.').count();
        if parts > longest.0 {
            let from = start + key.len() - key.trim_start().len();
            longest = (parts, from..start + key.trim_end().len());
        }
        start += line.len();
    }
    longest.1
}

fn located<T>(source: &Arc<Source>, span: std::ops::Range<usize>, value: T) -> Located<T> {
    Located {
        value,
        place: Place {
            source: source.clone(),
            span,
        },
    }
}

fn table_value(source: &Arc<Source>, table: DeTable<'_>) -> Value {
    let mut entries: Vec<_> = table
        .into_iter()
        .map(|(key, value)| {
            let key = located(source, key.span(), key.get_ref().to_string());
            let span = value.span();
            (key, located(source, span, own(source, value.into_inner())))
        })
        .collect();
    entries.order_by_key(|(key, _)| key.place.span.start);
    Value::Table(entries)
}

fn own(source: &Arc<Source>, value: DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => Value::Text(text.into_owned()),
        DeValue::Integer(integer) => {
            let value = i128::from_str_radix(integer.as_str(), integer.radix());
            Value::Integer(value.unwrap_or(i128::MAX))
        }
        DeValue::Float(float) => Value::Float(float.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(flag) => Value::Bool(flag),
        DeValue::Datetime(_) => Value::Date,
        DeValue::Array(items) => Value::Array(
            items
                .into_iter()
                .map(|item| {
                    let span = item.span();
                    located(source, span, own(source, item.into_inner()))
                })
                .collect(),
        ),
        DeValue::Table(table) => table_value(source, table),
    }
}
