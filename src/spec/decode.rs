//! Decoding of a TOML tree into typed tables: all mistakes at once, with their places, and a schema from the same source.

use serde_json::json;

use super::act_kind::{self, ActKind};
use super::expr::{Expr, Template};
use super::problem::{Problem, did_you_mean, nearest, quoted};
use super::source::{Located, Place};
use super::value::Value;
use crate::message;
use crate::text::{Joint, Message};

/// Type that can be decoded from TOML and describes itself as JSON Schema.
pub trait Decode: Sized {
    /// Decodes `value`; errors are added to `problems`, and `None` means that nothing usable was left.
    fn decode(value: &Located<Value>, problems: &mut Vec<Problem>) -> Option<Self>;

    /// JSON Schema of the accepted values.
    fn schema() -> serde_json::Value;
}

/// Largest whole number of any key; sizes have lower limits of their own.
const MAX_INTEGER: i128 = 1 << 31;

/// A value of another kind than the one of that id, and how the right one is written.
pub(super) fn expected(wanted: &'static str, found: &Located<Value>, help: Message) -> Problem {
    let message = message!(
        "problem-expected",
        wanted = Message::new(wanted),
        found = Message::new(found.value.kind())
    );
    Problem::error("type", message).at(&found.place).help(help)
}

/// A table in place of something else.
fn no_table(found: &Located<Value>) -> Problem {
    let help = message!("help-write-table", example = "{ key = 1 }");
    expected("kind-table", found, help)
}

impl<T: Decode> Decode for Located<T> {
    fn decode(value: &Located<Value>, problems: &mut Vec<Problem>) -> Option<Self> {
        T::decode(value, problems).map(|decoded| Located {
            value: decoded,
            place: value.place.clone(),
        })
    }

    fn schema() -> serde_json::Value {
        T::schema()
    }
}

impl Decode for String {
    fn decode(value: &Located<Value>, problems: &mut Vec<Problem>) -> Option<Self> {
        if let Value::Text(text) = &value.value {
            return Some(text.clone());
        }
        problems.push(expected("kind-text", value, message!("help-write-text")));
        None
    }

    fn schema() -> serde_json::Value {
        json!({"type": "string"})
    }
}

impl Decode for bool {
    fn decode(value: &Located<Value>, problems: &mut Vec<Problem>) -> Option<Self> {
        if let Value::Bool(flag) = value.value {
            return Some(flag);
        }
        problems.push(expected(
            "kind-true-or-false",
            value,
            message!("help-write-boolean"),
        ));
        None
    }

    fn schema() -> serde_json::Value {
        json!({"type": "boolean"})
    }
}

impl Decode for f64 {
    fn decode(value: &Located<Value>, problems: &mut Vec<Problem>) -> Option<Self> {
        match value.value {
            Value::Float(number) if number.is_finite() => Some(number),
            Value::Integer(number) => Some(number as f64),
            _ => {
                problems.push(expected(
                    "kind-number",
                    value,
                    message!("help-write-number"),
                ));
                None
            }
        }
    }

    fn schema() -> serde_json::Value {
        json!({"type": "number"})
    }
}

impl Decode for u64 {
    fn decode(value: &Located<Value>, problems: &mut Vec<Problem>) -> Option<Self> {
        match value.value {
            Value::Integer(number @ 0..=MAX_INTEGER) => u64::try_from(number).ok(),
            Value::Integer(number) => {
                problems.push(out_of_range(number, &value.place));
                None
            }
            _ => {
                problems.push(expected(
                    "kind-whole-number",
                    value,
                    message!("help-write-whole-number"),
                ));
                None
            }
        }
    }

    fn schema() -> serde_json::Value {
        json!({"type": "integer", "minimum": 0, "maximum": MAX_INTEGER as u64})
    }
}

fn out_of_range(number: i128, place: &Place) -> Problem {
    let (message, help) = if number < 0 {
        (
            message!("problem-negative", number = number.to_string()),
            message!("help-zero-or-more"),
        )
    } else {
        (
            message!(
                "problem-number-too-large",
                number = number.to_string(),
                most = MAX_INTEGER.to_string()
            ),
            message!("help-possible-size"),
        )
    };
    Problem::error("size", message).at(place).help(help)
}

impl Decode for Expr {
    fn decode(value: &Located<Value>, problems: &mut Vec<Problem>) -> Option<Self> {
        match &value.value {
            Value::Integer(number) if (0..=MAX_INTEGER).contains(number) => {
                i64::try_from(*number).ok().map(Self::Number)
            }
            Value::Integer(number) => {
                problems.push(out_of_range(*number, &value.place));
                None
            }
            Value::Text(text) => Self::parse(text)
                .map_err(|reason| {
                    let help = message!("help-write-names-and-numbers");
                    let message = message!("problem-calculation-unreadable", reason = reason);
                    problems.push(
                        Problem::error("expression", message)
                            .at(&value.place)
                            .help(help),
                    );
                })
                .ok(),
            _ => {
                let help = message!("help-write-calculation");
                problems.push(expected("kind-calculation", value, help));
                None
            }
        }
    }

    fn schema() -> serde_json::Value {
        json!({"oneOf": [{"type": "integer", "minimum": 0}, {"type": "string", "description": "names and numbers with + - * / and brackets"}]})
    }
}

impl Decode for Template {
    fn decode(value: &Located<Value>, problems: &mut Vec<Problem>) -> Option<Self> {
        let text = String::decode(value, problems)?;
        Self::parse(&text)
            .map_err(|reason| {
                let message = message!("problem-name-unreadable", reason = reason);
                let help = message!("help-write-name", example = "\"layer{stage}.{block}\"");
                problems.push(
                    Problem::error("expression", message)
                        .at(&value.place)
                        .help(help),
                );
            })
            .ok()
    }

    fn schema() -> serde_json::Value {
        json!({"type": "string", "description": "a name with calculations in braces: layer{stage}.{block}"})
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(value: &Located<Value>, problems: &mut Vec<Problem>) -> Option<Self> {
        let Value::Array(items) = &value.value else {
            problems.push(expected("kind-list", value, message!("help-write-list")));
            return None;
        };
        // A bad item is reported, and then the whole array has no value, because a shorter one would have another meaning.
        let decoded: Vec<Option<T>> = items.iter().map(|item| T::decode(item, problems)).collect();
        decoded.into_iter().collect()
    }

    fn schema() -> serde_json::Value {
        json!({"type": "array", "items": T::schema()})
    }
}

/// One value for all, or one for each.
#[derive(Debug, Clone, PartialEq)]
pub enum OneOrEach<T> {
    /// The same value everywhere.
    All(Located<T>),
    /// Values in order.
    Each(Vec<Located<T>>),
}

/// One value for all stages, or one per stage.
pub type PerStage<T> = OneOrEach<T>;

/// One value for all blocks of a stage, or one per block.
pub type PerBlock<T> = OneOrEach<T>;

impl<T> OneOrEach<T> {
    /// Values as written.
    pub fn all(&self) -> &[Located<T>] {
        match self {
            Self::All(value) => std::slice::from_ref(value),
            Self::Each(values) => values,
        }
    }

    /// Value of stage or block `number`, from 0.
    pub fn get(&self, number: usize) -> Option<&Located<T>> {
        match self {
            Self::All(value) => Some(value),
            Self::Each(values) => values.get(number),
        }
    }
}

impl<T: Decode> Decode for OneOrEach<T> {
    fn decode(value: &Located<Value>, problems: &mut Vec<Problem>) -> Option<Self> {
        match value.value {
            Value::Array(_) => Vec::decode(value, problems).map(Self::Each),
            _ => Located::decode(value, problems).map(Self::All),
        }
    }

    fn schema() -> serde_json::Value {
        json!({"anyOf": [T::schema(), Vec::<T>::schema()]})
    }
}

/// Table, or the word "none" instead.
#[derive(Debug, Clone, PartialEq)]
pub struct OrNone<T>(pub Option<T>);

impl<T> OrNone<T> {
    /// Merges a child's value over its parent's: two tables are joined, and "none" in either discards the parent's value.
    pub(super) fn over(child: Self, parent: Self, join: impl FnOnce(T, T) -> T) -> Self {
        match (child.0, parent.0) {
            (Some(child), Some(parent)) => Self(Some(join(child, parent))),
            (child, _) => Self(child),
        }
    }
}

impl<T: Decode> Decode for OrNone<T> {
    fn decode(value: &Located<Value>, problems: &mut Vec<Problem>) -> Option<Self> {
        let Value::Text(word) = &value.value else {
            return T::decode(value, problems).map(|table| Self(Some(table)));
        };
        if word == "none" {
            return Some(Self(None));
        }
        let message = message!("problem-expected-none-or-table", found = word);
        let help = message!("help-write-none-or-table", example = "{ key = 1 }");
        problems.push(Problem::error("type", message).at(&value.place).help(help));
        None
    }

    fn schema() -> serde_json::Value {
        json!({"anyOf": [{"enum": ["none"]}, T::schema()]})
    }
}

/// User-defined keys with values of one type, in the order in which they are written.
#[derive(Debug, Clone, PartialEq)]
pub struct Named<T>(pub Vec<(Located<String>, Located<T>)>);

impl<T> Default for Named<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Named<T> {
    /// Value of `key`.
    pub fn get(&self, key: &str) -> Option<&Located<T>> {
        self.0
            .iter()
            .find(|(name, _)| name.value == key)
            .map(|(_, value)| value)
    }
}

impl<T: Decode> Decode for Named<T> {
    fn decode(value: &Located<Value>, problems: &mut Vec<Problem>) -> Option<Self> {
        let Value::Table(entries) = &value.value else {
            problems.push(no_table(value));
            return None;
        };
        let decoded = entries
            .iter()
            .filter_map(|(key, value)| Some((key.clone(), Located::decode(value, problems)?)))
            .collect();
        Some(Self(decoded))
    }

    fn schema() -> serde_json::Value {
        json!({"type": "object", "additionalProperties": T::schema()})
    }
}

/// Reader of one table's keys, which reports unused ones.
pub struct TableReader<'a> {
    entries: &'a [(Located<String>, Located<Value>)],
    known: Vec<&'static str>,
}

impl<'a> TableReader<'a> {
    /// A reader of `value`, which must be a table.
    pub fn new(value: &'a Located<Value>, problems: &mut Vec<Problem>) -> Option<Self> {
        let Value::Table(entries) = &value.value else {
            problems.push(no_table(value));
            return None;
        };
        Some(Self {
            entries,
            known: Vec::with_capacity(16),
        })
    }

    /// Value of `key`, if there is one and it can be decoded.
    pub fn take<T: Decode>(
        &mut self,
        key: &'static str,
        problems: &mut Vec<Problem>,
    ) -> Option<Located<T>> {
        self.known.push(key);
        let (_, value) = self.entries.iter().find(|(name, _)| name.value == key)?;
        Located::decode(value, problems)
    }

    /// Reports every unused key.
    pub fn finish(self, problems: &mut Vec<Problem>) {
        for (key, value) in self.entries {
            if !self.known.contains(&key.value.as_str()) {
                if let Value::Text(word) = &value.value
                    && act_kind::is_other(word)
                {
                    problems.push(no_activation(key, word, self.known.contains(&"act")));
                    continue;
                }
                let known = || self.known.iter().copied();
                let help = if let Some(name) = nearest(&key.value, known()) {
                    did_you_mean(name)
                } else {
                    message!("help-known-keys", keys = quoted(known()))
                };
                let message = message!("problem-unknown-key", key = &key.value);
                problems.push(
                    Problem::error("unknown-key", message)
                        .at(&key.place)
                        .help(help),
                );
            }
        }
    }
}

/// Problem of an unknown key that asks for an activation, for which its name is more helpful than the known keys.
fn no_activation(key: &Located<String>, word: &str, is_here: bool) -> Problem {
    let key_name = &key.value;
    let Some(kind) = ActKind::from_any_spelling(word).map(ActKind::word) else {
        let message = message!("problem-unknown-activation", key = key_name, word = word);
        let help = message!("help-supported-activation");
        return Problem::error("unknown-key", message)
            .at(&key.place)
            .help(help);
    };
    let message = message!("problem-key-chooses-no-activation", key = key_name);
    let help = if is_here {
        message!("help-write-act", kind = kind)
    } else {
        let layer = format!("{{ act = \"act\", kind = \"{kind}\" }}");
        message!("help-write-act-or-kind", kind = kind, layer = layer)
    };
    Problem::error("unknown-key", message)
        .at(&key.place)
        .help(help)
}

/// The value that a word of a closed list names. `what` is the id of what the words name.
pub(crate) fn word<T: Copy>(
    value: &Located<Value>,
    words: &[(&str, T)],
    what: &'static str,
    problems: &mut Vec<Problem>,
) -> Option<T> {
    let text = String::decode(value, problems)?;
    let found = words.iter().find(|(word, _)| *word == text);
    if found.is_none() {
        let known = || words.iter().map(|(word, _)| *word);
        let near = nearest(&text, known());
        problems.push(no_word(&text, what, near, known()).at(&value.place));
    }
    found.map(|(_, value)| *value)
}

/// A text that is none of the known words, with the one that was meant where it is near.
pub(super) fn no_word<'a>(
    text: &str,
    what: &'static str,
    near: Option<&str>,
    known: impl Iterator<Item = &'a str>,
) -> Problem {
    let message = message!("problem-not-a", word = text, what = Message::new(what));
    Problem::error("value", message).help(if let Some(near) = near {
        did_you_mean(near)
    } else {
        let words = known.map(|word| format!("`\"{word}\"`"));
        message!("help-write-one-of", words = Joint::Or.of(words))
    })
}

/// Declares a table of a spec: the struct, its decoder and its schema from one list of keys.
///
/// Every key is optional: missing ones are inherited from the parent.
macro_rules! table {
    ($(#[doc = $doc:literal])* $vis:vis struct $name:ident { $($(#[doc = $key_doc:literal])* $field:ident: $type:ty = $key:literal,)* }) => {
        $(#[doc = $doc])*
        #[allow(clippy::struct_field_names, reason = "a unit's own key carries its name")]
        #[derive(Debug, Clone, PartialEq, Default)]
        $vis struct $name { $($(#[doc = $key_doc])* $vis $field: Option<$crate::spec::source::Located<$type>>,)* }

        impl $crate::spec::decode::Decode for $name {
            fn decode(
                value: &$crate::spec::source::Located<$crate::spec::value::Value>,
                problems: &mut Vec<$crate::spec::problem::Problem>,
            ) -> Option<Self> {
                let mut reader = $crate::spec::decode::TableReader::new(value, problems)?;
                let table = Self { $($field: reader.take($key, problems),)* };
                reader.finish(problems);
                Some(table)
            }

            fn schema() -> serde_json::Value {
                let mut properties = serde_json::Map::new();
                $(
                    let mut schema = <$type as $crate::spec::decode::Decode>::schema();
                    schema["description"] = concat!($($key_doc),*).trim().into();
                    properties.insert($key.to_owned(), schema);
                )*
                serde_json::json!({
                    "type": "object",
                    "description": concat!($($doc),*).trim(),
                    "properties": properties,
                    "additionalProperties": false,
                })
            }
        }

        impl $name {
            /// These keys, with missing ones from `parent`.
            #[allow(dead_code, reason = "not every table is inherited")]
            fn or(self, parent: Self) -> Self {
                Self { $($field: self.$field.or(parent.$field),)* }
            }
        }
    };
}
pub(crate) use table;
