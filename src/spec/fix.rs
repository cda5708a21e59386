//! A fix made in a file's text, so that all else stays as it was written.

use std::ops::Range;
use std::sync::Arc;

pub use super::edit::{Change, Edit, Fix, Key, way};
use super::source::{Located, Place, Source};
use super::value::{self, Value};
use crate::message;
use crate::sorting::Sorting;
use crate::text::Message;

impl Fix {
    /// Text of the file after the fix.
    ///
    /// # Errors
    /// The file's structure does not match the edits.
    pub fn apply(&self) -> Result<String, Message> {
        let (document, _) = value::parse(&self.source);
        let mut replacements = Vec::new();
        for edit in &self.edits {
            replacements.extend(replaced(&self.source.text, &document, edit)?);
        }
        replacements.order_by_key(|(range, _)| range.start);
        let overlap = replacements
            .windows(2)
            .any(|pair| pair[0].0.end > pair[1].0.start);
        if overlap {
            return Err(message!("fix-overlap"));
        }
        let mut text = self.source.text.clone();
        for (range, new) in replacements.into_iter().rev() {
            text.replace_range(range, &new);
        }
        Ok(text)
    }
}

/// Path to the innermost value that contains a place; `None` if the place is in another file.
pub fn keys_at(source: &Arc<Source>, place: &Place) -> Option<Vec<Key>> {
    fn walk(value: &Located<Value>, span: &Range<usize>, keys: &mut Vec<Key>) -> bool {
        let holds = |value: &Located<Value>| {
            let own = &value.place.span;
            own.start <= span.start && span.end <= own.end
        };
        if value.place.span == *span {
            return true;
        }
        let children: Vec<(Key, &Located<Value>)> = match &value.value {
            Value::Table(entries) => entries
                .iter()
                .map(|(key, value)| (Key::Name(key.value.clone()), value))
                .collect(),
            Value::Array(items) => (0..).map(Key::At).zip(items).collect(),
            _ => Vec::new(),
        };
        for (key, child) in children {
            // The place of a table with a heading is the heading, and its values come after it.
            let is_table = matches!(child.value, Value::Table(_)) && !is_inline(child);
            if holds(child) || is_table {
                keys.push(key);
                if walk(child, span, keys) {
                    return true;
                }
                keys.pop();
            }
        }
        false
    }
    if place.source != *source {
        return None;
    }
    let (document, _) = value::parse(source);
    let mut keys = Vec::new();
    walk(&document, &place.span, &mut keys).then_some(keys)
}

/// Value at the end of a path.
pub fn value_at<'v>(document: &'v Located<Value>, keys: &[Key]) -> Option<&'v Located<Value>> {
    keys.iter()
        .try_fold(document, |value, key| match (key, &value.value) {
            (Key::Name(name), Value::Table(entries)) => {
                let entry = entries.iter().find(|(key, _)| key.value == *name);
                entry.map(|(_, value)| value)
            }
            (Key::At(at), Value::Array(items)) => items.get(*at),
            _ => None,
        })
}

fn is_inline(value: &Located<Value>) -> bool {
    let text = &value.place.source.text;
    text.get(value.place.span.start..)
        .is_some_and(|rest| rest.starts_with('{'))
}

type Replacement = (Range<usize>, String);

fn replaced(
    text: &str,
    document: &Located<Value>,
    edit: &Edit,
) -> Result<Vec<Replacement>, Message> {
    let missing = || message!("fix-not-in-file", key = way(&edit.keys));
    let found = value_at(document, &edit.keys);
    match (&edit.change, found) {
        (Change::Set(new), Some(value)) => Ok(vec![(value.place.span.clone(), new.clone())]),
        (Change::Set(new), None) => Ok(vec![added(text, document, &edit.keys, new)?]),
        (change, Some(_)) => {
            let (Some(Key::At(at)), Some(parent)) = (
                edit.keys.last(),
                value_at(document, &edit.keys[..edit.keys.len() - 1]),
            ) else {
                return Err(message!("fix-not-in-list", key = way(&edit.keys)));
            };
            let Value::Array(items) = &parent.value else {
                return Err(missing());
            };
            let span = |at: usize| items[at].place.span.clone();
            let own = span(*at);
            Ok(match change {
                // The separator before it is removed too, so neighbours can be removed together.
                Change::Remove => vec![match (at.checked_sub(1), items.get(at + 1)) {
                    (Some(before), _) => (span(before).end..own.end, String::new()),
                    (None, Some(next)) => (own.start..next.place.span.start, String::new()),
                    (None, None) => (own, String::new()),
                }],
                Change::Follow(new) => {
                    // In a list with one item per line, it gets its own line.
                    let line = text[..own.start].rfind('\n').map_or(0, |at| at + 1);
                    let indent = &text[line..own.start];
                    let between = if indent.trim().is_empty() && line > 0 {
                        format!(",\n{indent}")
                    } else {
                        ", ".to_owned()
                    };
                    vec![(own.end..own.end, between + new)]
                }
                Change::SwapBack => {
                    let before = at.checked_sub(1).map(span).ok_or_else(missing)?;
                    vec![
                        (before.clone(), text[own.clone()].to_owned()),
                        (own, text[before].to_owned()),
                    ]
                }
                Change::Set(_) => Vec::new(),
            })
        }
        (_, None) => Err(missing()),
    }
}

/// Insertion of a missing key with its value.
fn added(
    text: &str,
    document: &Located<Value>,
    keys: &[Key],
    new: &str,
) -> Result<Replacement, Message> {
    let Some((Key::Name(name), parents)) = keys.split_last() else {
        return Err(message!("fix-cannot-add", key = way(keys)));
    };
    let line_end = |at: usize| text[at..].find('\n').map_or(text.len(), |end| at + end + 1);
    let own_line = |at: usize, line: String| {
        let line = if at > 0 && !text[..at].ends_with('\n') {
            format!("\n{line}")
        } else {
            line
        };
        (at..at, line)
    };
    match value_at(document, parents) {
        Some(parent) if !parents.is_empty() && is_inline(parent) => {
            let span = parent.place.span.clone();
            let inside = text[span.start..span.end - 1].trim_end();
            let at = span.start + inside.len();
            let comma = if inside.ends_with(['{', ',']) {
                " "
            } else {
                ", "
            };
            Ok((at..at, format!("{comma}{name} = {new}")))
        }
        Some(parent) => {
            let Value::Table(entries) = &parent.value else {
                return Err(message!("fix-not-a-table", key = way(parents)));
            };
            // The key comes after the last plain value of the table, because tables with a heading come later.
            let plain = entries
                .iter()
                .filter(|(_, value)| !matches!(value.value, Value::Table(_)) || is_inline(value));
            let last = plain.map(|(_, value)| value.place.span.end).max();
            let at = match last {
                Some(end) => line_end(end),
                None if parents.is_empty() => 0,
                None => line_end(parent.place.span.end),
            };
            Ok(own_line(at, format!("{name} = {new}\n")))
        }
        None => {
            let line = format!("\n[{}]\n{name} = {new}\n", way(parents));
            Ok(own_line(text.len(), line))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apply(text: &str, keys: &[Key], change: Change) -> Result<String, Message> {
        let source = Arc::new(Source {
            name: "x.toml".to_owned(),
            text: text.to_owned(),
        });
        let edit = Edit {
            keys: keys.to_vec(),
            change,
        };
        let edits = vec![edit];
        Fix { source, edits }.apply()
    }

    fn name(name: &str) -> Key {
        Key::Name(name.to_owned())
    }

    const TEXT: &str = "inherits = \"a\" # why\nwidth = 4\n\n[stem]\nlayers = [\n  { conv = \"c\", kernel = 3 }, # one\n  { act = \"relu\" },\n]\n";

    #[test]
    fn values_are_set_where_they_stand_and_added_where_they_belong() {
        let set =
            |keys: &[Key], value: &str| apply(TEXT, keys, Change::Set(value.to_owned())).unwrap();
        assert!(set(&[name("width")], "8").contains("width = 8\n"));
        assert!(
            set(&[name("shortcut")], "\"b\"").contains("width = 4\nshortcut = \"b\"\n\n[stem]")
        );
        let conv = [name("stem"), name("layers"), Key::At(0)];
        let padded = [conv.as_slice(), &[name("padding")]].concat();
        assert!(set(&padded, "1").contains("{ conv = \"c\", kernel = 3, padding = 1 }, # one"));
        assert!(set(&[name("head"), name("layers")], "[]").ends_with("]\n\n[head]\nlayers = []\n"));
        assert!(set(&[name("stem"), name("x")], "1").ends_with("]\nx = 1\n"));
        assert_eq!(
            apply("", &[name("a")], Change::Set("1".to_owned())).unwrap(),
            "a = 1\n"
        );
    }

    #[test]
    fn layers_are_taken_out_put_after_and_swapped() {
        let at = |at| [name("stem"), name("layers"), Key::At(at)];
        let taken = apply(TEXT, &at(1), Change::Remove).unwrap();
        assert!(
            taken.ends_with("{ conv = \"c\", kernel = 3 },\n]\n"),
            "{taken}"
        );
        let after = apply(TEXT, &at(0), Change::Follow("{ norm = \"n\" }".to_owned())).unwrap();
        assert!(
            after.contains("kernel = 3 },\n  { norm = \"n\" }, # one\n  { act"),
            "{after}"
        );
        let swapped = apply(TEXT, &at(1), Change::SwapBack).unwrap();
        assert!(
            swapped.contains("[\n  { act = \"relu\" }, # one\n  { conv"),
            "{swapped}"
        );
        assert!(apply(TEXT, &at(0), Change::SwapBack).is_err());
        assert!(apply(TEXT, &at(7), Change::Remove).is_err());
    }

    #[test]
    fn a_place_leads_to_its_keys() {
        let source = Arc::new(Source {
            name: "x.toml".to_owned(),
            text: TEXT.to_owned(),
        });
        let start = TEXT.find("{ act").unwrap();
        let span = start..start + "{ act = \"relu\" }".len();
        let place = Place {
            source: source.clone(),
            span,
        };
        let keys = keys_at(&source, &place).unwrap();
        assert_eq!(way(&keys), "stem.layers[1]");
    }
}
