//! Types of values in JSON, as tables of the program, and the JSON Schema of one.

use serde_json::{Map, Value, json};

use crate::report::Column;

/// Type of a value.
#[derive(Debug)]
pub(super) enum Kind {
    Text,
    /// One of these words.
    Word(&'static [&'static str]),
    Integer,
    /// An integer that is not negative.
    Count,
    Number,
    Flag,
    List(&'static Self),
    /// A list of exactly this many values.
    Few(usize, &'static Self),
    /// The value, or null.
    Maybe(&'static Self),
    /// Any keys, each with a value of this type.
    Map(&'static Self),
    Record(&'static Record),
    Either(&'static [Self]),
    /// Columns of the layer table, as many as were asked for.
    Columns,
}

/// A key and the type of its value.
type Field = (&'static str, Kind);

/// An object with exactly these keys.
#[derive(Debug)]
pub(super) struct Record {
    /// Name among the schema's definitions.
    name: &'static str,
    always: &'static [Field],
    sometimes: &'static [Field],
    also: Option<&'static Self>,
}

impl Record {
    /// An object with keys that are always there.
    pub(super) const fn new(name: &'static str, always: &'static [Field]) -> Self {
        Self {
            name,
            always,
            sometimes: &[],
            also: None,
        }
    }

    /// Adds keys that are left out where they mean nothing.
    pub(super) const fn or(self, sometimes: &'static [Field]) -> Self {
        Self { sometimes, ..self }
    }

    /// Adds the keys of another object.
    pub(super) const fn with(self, also: &'static Self) -> Self {
        Self {
            also: Some(also),
            ..self
        }
    }

    /// It, and those whose keys it has too.
    fn parts(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |part| part.also)
    }
}

/// The JSON Schema of a format.
pub(super) fn schema(name: &str, kind: &Kind) -> Value {
    let mut definitions = Map::new();
    let mut root = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": format!("resnet-explore {name}"),
    });
    let own = kind.schema(&mut definitions);
    if let (Some(root), Value::Object(own)) = (root.as_object_mut(), own) {
        root.extend(own);
    }
    root["$defs"] = definitions.into();
    root
}

impl Kind {
    /// Schema of the type; records are added to the definitions, and referred to.
    fn schema(&self, definitions: &mut Map<String, Value>) -> Value {
        match self {
            Self::Text => json!({"type": "string"}),
            Self::Word(words) => json!({"enum": words}),
            Self::Integer => json!({"type": "integer"}),
            Self::Count => json!({"type": "integer", "minimum": 0}),
            Self::Number => json!({"type": "number"}),
            Self::Flag => json!({"type": "boolean"}),
            Self::List(of) => json!({"type": "array", "items": of.schema(definitions)}),
            Self::Few(count, of) => {
                let items = of.schema(definitions);
                json!({"type": "array", "items": items, "minItems": count, "maxItems": count})
            }
            Self::Maybe(of) => json!({"anyOf": [of.schema(definitions), {"type": "null"}]}),
            Self::Map(of) => {
                json!({"type": "object", "additionalProperties": of.schema(definitions)})
            }
            Self::Record(record) => record.schema(definitions),
            Self::Either(kinds) => {
                let kinds = kinds.iter().map(|kind| kind.schema(definitions));
                json!({"anyOf": kinds.collect::<Vec<_>>()})
            }
            Self::Columns => {
                let cell = Self::Maybe(&Self::Either(&[
                    Self::Text,
                    Self::Number,
                    Self::List(&Self::Count),
                ]));
                let cell = cell.schema(definitions);
                let columns = Column::ALL.map(|column| (column.key().to_owned(), cell.clone()));
                let columns: Map<String, Value> = columns.into_iter().collect();
                json!({"type": "object", "properties": columns, "additionalProperties": false, "minProperties": 1})
            }
        }
    }
}

impl Record {
    fn schema(&self, definitions: &mut Map<String, Value>) -> Value {
        let reference = json!({"$ref": format!("#/$defs/{}", self.name)});
        if definitions.contains_key(self.name) {
            return reference;
        }
        // Keeps the name's place, so that definitions are in the order in which they are met.
        definitions.insert(self.name.to_owned(), Value::Null);
        let properties: Map<String, Value> = self
            .parts()
            .flat_map(|part| part.always.iter().chain(part.sometimes))
            .map(|(key, kind)| ((*key).to_owned(), kind.schema(definitions)))
            .collect();
        let required: Vec<&str> = self
            .parts()
            .flat_map(|part| part.always)
            .map(|(key, _)| *key)
            .collect();
        let schema = json!({
            "type": "object",
            "properties": properties,
            "required": required,
            "additionalProperties": false,
        });
        definitions.insert(self.name.to_owned(), schema);
        reference
    }
}
