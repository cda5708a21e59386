//! JSON Schema of spec files, generated from the declarations that decode them.

use serde_json::{Value, json};

use super::units::UNITS;
use crate::spec::decode::Decode;
use crate::spec::{ArchitectureFile, AttentionFile, BlockFile, ShortcutFile};
use crate::spec::{FROM, OneOrMore, WHEN};

/// JSON Schema (2020-12) of an architecture file; `$defs` contains those of blocks, shortcuts and layers.
pub fn schema() -> Value {
    let mut root = ArchitectureFile::schema();
    let units: Vec<Value> = UNITS
        .iter()
        .map(|unit| {
            let mut schema = (unit.schema)();
            schema["required"] = json!([unit.key]);
            schema["properties"][WHEN] = json!({"type": "string", "description": "the layer is there only where this is not 0: \"stride > 1\""});
            schema["properties"][FROM] = OneOrMore::schema();
            schema["properties"][FROM]["description"] = "the layers that it reads, by name; the one before it unless said".into();
            schema
        })
        .collect();
    root["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
    root["title"] = "A residual network for resnet-explore".into();
    root["$defs"] = json!({
        "layer": {"oneOf": units},
        "block": BlockFile::schema(),
        "shortcut": ShortcutFile::schema(),
        "attention": AttentionFile::schema(),
    });
    root
}
