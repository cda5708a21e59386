//! Units in which layers are written, one file each: the keys of a unit, and the layers that it becomes.
//!
//! A layer's table has one key that names its unit and gives the module's name: `{ conv = "conv1", … }`. A new unit is a
//! new file here and a line in [`UNITS`].

mod act;
mod blur;
mod conv;
mod flatten;
mod gate;
mod join;
mod linear;
mod mean;
mod norm;
mod pad_shortcut;
mod padding;
mod pool;
mod regular;
mod res2net;
mod scalar;
mod selective_kernel;
mod space;
mod split_attention;

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

pub(super) use space::divisible_sides;

use crate::lower::builder::Builder;
use crate::lower::order::{self, Units};
use crate::message;
use crate::spec::decode::Decode;
use crate::spec::expr::Expr;
use crate::spec::problem::{did_you_mean, nearest, quoted};
use crate::spec::value::Value;
use crate::spec::{Located, Place, Problem, RawLayer, Written};

/// A unit: the key that names it, its keys as JSON Schema, and the function that adds its layers.
pub(super) struct Unit {
    pub(super) key: &'static str,
    pub(super) schema: fn() -> serde_json::Value,
    lower: fn(&Written, &mut Builder) -> Option<()>,
}

/// All units, in the order of the documentation.
pub(super) const UNITS: &[Unit] = &[
    conv::CONV,
    norm::NORM,
    norm::NORM_ACT,
    act::ACT,
    regular::DROPOUT,
    scalar::SCALE,
    scalar::BIAS,
    scalar::MULTIPLY,
    join::ADD,
    join::CONCAT,
    gate::SIGMOID,
    pool::MAX_POOL,
    pool::AVG_POOL,
    mean::GLOBAL_AVG_POOL,
    mean::MEAN,
    mean::MEAN_DEVIATION,
    blur::BLUR_POOL,
    blur::CONSTANT_PAD,
    gate::GATE,
    gate::ATTENTION,
    gate::CHANNEL_CONV,
    res2net::RES2NET,
    split_attention::SPLIT_ATTENTION,
    selective_kernel::SELECTIVE_KERNEL,
    pad_shortcut::PAD_SHORTCUT,
    space::SPACE_TO_DEPTH,
    space::PIXEL_SHUFFLE,
    flatten::FLATTEN,
    linear::LINEAR,
];

/// Maximum nesting depth of layers, which keeps the stack from overflowing for any file.
const DEEPEST: usize = 32;

/// Adds the layers of a list, each after those that it reads.
pub(super) fn lower_all(layers: &[Located<RawLayer>], builder: &mut Builder) {
    let units = Units {
        name,
        takes_several,
        lower,
    };
    order::lower_all(layers, units, builder);
}

/// The name of a layer, which is the value of its unit's key.
fn name(raw: &RawLayer) -> Option<String> {
    unit_text(raw).map(|(_, name)| name)
}

/// Whether a layer takes several others.
fn takes_several(raw: &RawLayer) -> bool {
    unit_text(raw).is_some_and(|(unit, _)| [join::ADD.key, join::CONCAT.key].contains(&unit.key))
}

fn unit_text(raw: &RawLayer) -> Option<(&'static Unit, String)> {
    let Value::Table(entries) = &raw.layer.value else {
        return None;
    };
    UNITS.iter().find_map(|unit| {
        let (_, value) = entries.iter().find(|(key, _)| key.value == unit.key)?;
        match &value.value {
            Value::Text(name) => Some((unit, name.clone())),
            _ => None,
        }
    })
}

/// Adds a layer that reads the one at the cursor.
fn lower(raw: &RawLayer, builder: &mut Builder) {
    let layer = &raw.layer;
    let Value::Table(entries) = &layer.value else {
        return;
    };
    if !holds(raw, builder) {
        return;
    }
    let units = by_key();
    let numbers = (entries.iter()).filter_map(|(key, _)| units.get(key.value.as_str()));
    let mut numbers: Vec<usize> = numbers.copied().collect();
    numbers.sort_unstable();
    let mut found: Vec<&Unit> = numbers.iter().map(|&number| &UNITS[number]).collect();
    if found.len() > 1 {
        // `bias` names a unit, and is a key of a convolution too.
        let all = found.clone();
        found.retain(|own| {
            !all.iter()
                .any(|unit| unit.key != own.key && keys_of(unit).contains(own.key))
        });
    }
    let mut found = found.into_iter();
    match (found.next(), found.next()) {
        (Some(_), None) if builder.depth == DEEPEST => {
            let message = message!("problem-layers-too-deep", most = DEEPEST);
            let problem = Problem::error("unit", message).at(&layer.place);
            builder.report(problem.help(message!("help-one-after-another")));
        }
        (Some(unit), None) => {
            builder.depth += 1;
            (unit.lower)(layer, builder);
            builder.depth -= 1;
        }
        (None, _) => builder.report(no_unit(layer, entries)),
        (Some(first), Some(second)) => {
            let message = message!("problem-two-units", first = first.key, second = second.key);
            let help = message!("help-two-layers");
            builder.report(Problem::error("unit", message).at(&layer.place).help(help));
        }
    }
}

/// Whether a layer's `when`, which every layer may have, holds here.
fn holds(raw: &RawLayer, builder: &mut Builder) -> bool {
    let Some(condition) = &raw.when else {
        return true;
    };
    let condition: Option<&Located<Expr>> = decode(condition, builder);
    condition.and_then(|condition| builder.holds(condition)) != Some(false)
}

/// Adds a unit that has no other key than its own, inside a larger one that is written at `layer`.
fn lower_text(key: &str, name: &str, layer: &Located<Value>, builder: &mut Builder) {
    let place = &layer.place;
    let at = |value| Located {
        value,
        place: place.clone(),
    };
    let name = at(Value::Text(name.to_owned()));
    let key = Located {
        value: key.to_owned(),
        place: place.clone(),
    };
    let table = at(Value::Table(vec![(key, name)]));
    lower(&RawLayer::new(table), builder);
}

fn no_unit(layer: &Located<Value>, entries: &[(Located<String>, Located<Value>)]) -> Problem {
    let keys = || UNITS.iter().map(|unit| unit.key);
    // The key that names a unit has a text, and no unit has it among its other keys.
    let is_text = |value: &Value| matches!(value, Value::Text(_));
    let settings = settings();
    let texts: Vec<&Located<String>> = entries
        .iter()
        .filter(|(key, value)| is_text(&value.value) && !settings.contains(key.value.as_str()))
        .map(|(key, _)| key)
        .collect();
    let others = entries.iter().map(|(key, _)| key);
    let near = |key: &&Located<String>| nearest(&key.value, keys()).is_some();
    let named = texts.iter().copied().find(near).or_else(|| {
        let first = texts.first().copied();
        first.or_else(|| {
            others
                .filter(|key| !settings.contains(key.value.as_str()))
                .find(near)
        })
    });
    let all = || quoted(keys());
    match named {
        Some(key) => Problem::error("unit", message!("problem-no-unit", name = &key.value))
            .at(&key.place)
            .help(match nearest(&key.value, keys()) {
                Some(unit) => did_you_mean(unit),
                None => message!("help-units", names = all()),
            }),
        None => Problem::error("unit", message!("problem-layer-without-unit"))
            .at(&layer.place)
            .help(message!("help-unit-keys", names = all())),
    }
}

/// Number of each unit in [`UNITS`] by its key.
fn by_key() -> &'static HashMap<&'static str, usize> {
    static UNIT: OnceLock<HashMap<&'static str, usize>> = OnceLock::new();
    UNIT.get_or_init(|| {
        let numbered = UNITS.iter().enumerate();
        numbered.map(|(number, unit)| (unit.key, number)).collect()
    })
}

/// The keys that a unit has beside the one that names it; read from its schema once, as many layers ask.
fn keys_of(unit: &Unit) -> &'static HashSet<String> {
    static KEYS: OnceLock<HashMap<&'static str, HashSet<String>>> = OnceLock::new();
    let all = KEYS.get_or_init(|| {
        let keys = |unit: &Unit| {
            let schema = (unit.schema)();
            let keys = schema["properties"].as_object().into_iter().flatten();
            keys.map(|(key, _)| key.clone())
                .filter(|key| key != unit.key)
                .collect()
        };
        UNITS.iter().map(|unit| (unit.key, keys(unit))).collect()
    });
    &all[unit.key]
}

/// The keys that units have beside the one that names them.
fn settings() -> HashSet<&'static str> {
    let keys = UNITS.iter().flat_map(keys_of);
    keys.map(String::as_str).collect()
}

/// Value of a required key; its absence is reported.
fn required<'a, T>(
    value: Option<&'a Located<T>>,
    key: &str,
    layer: &Located<Value>,
    builder: &mut Builder,
) -> Option<&'a Located<T>> {
    if value.is_none() && !mentions(layer, key) {
        let example = match key {
            "out" => "64",
            "padding" => "1",
            "by" => "0.2",
            "block" => "2",
            "layers" => "[{ global_avg_pool = \"pool\" }]",
            "norms" => "\"bns\"",
            "first" => "\"block == 0\"",
            "reduced" => "\"max(32, width / 2)\"",
            _ => "3",
        };
        builder.report(
            Problem::error("missing-key", message!("problem-missing-key", key = key))
                .at(&layer.place)
                .help(message!("help-write-key", key = key, value = example)),
        );
    }
    value
}

/// Whether a key is present at all; problems of its value are then already reported.
fn mentions(layer: &Located<Value>, wanted: &str) -> bool {
    matches!(&layer.value, Value::Table(entries) if entries.iter().any(|(key, _)| key.value == wanted))
}

/// Channels of one of `maps` equal parts; an uneven split is reported, since no part would have the rest.
pub(super) fn divided(
    channels: u64,
    maps: u64,
    place: &Place,
    builder: &mut Builder,
) -> Option<u64> {
    if channels.is_multiple_of(maps) {
        return Some(channels / maps);
    }
    let message = message!("problem-unequal-maps", channels = channels, maps = maps);
    let near = channels.next_multiple_of(maps.max(1));
    let help = message!("help-divisible-channels", maps = maps, near = near);
    builder.report(Problem::error("size", message).at(place).help(help));
    None
}

/// Decodes a unit's table; each mistake in it is reported once.
fn decode<'a, T: Decode + Send + Sync + 'static>(
    layer: &'a Written,
    builder: &mut Builder,
) -> Option<&'a T> {
    let (table, problems) = layer.decoded();
    for problem in problems {
        builder.report(problem.clone());
    }
    table
}
