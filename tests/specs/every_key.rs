//! Every key of a spec has an effect or is refused: a key that is accepted without effect would be an unnoticed mistake.

use std::collections::BTreeSet;

use resnet_explore::lower::{Overrides, open_text, schema};
use resnet_explore::spec::has_errors;
use serde_json::Value;

use super::english;

/// A small network in which each list of layers can be replaced.
const NET: &str = r#"
input = [3, 32, 32]
classes = 5
block = "own"
blocks = [2, 1]
widths = [8, 16]
strides = [1, 2]
SETTINGS
[stem]
layers = [{ conv = "conv1", kernel = 3, out = 8 }, STEM]

[head]
layers = [HEAD]

[define.blocks.own]
out = "width"
shortcut = "projection"
main = [{ conv = "a", kernel = 3, out = "width", stride = "stride" }, { norm = "b" }, { act = "relu" }]
after_add = [{ act = "relu" }]
"#;

const HEAD: &str =
    r#"{ global_avg_pool = "pool" }, { flatten = "flat" }, { linear = "fc", out = "classes" }"#;

/// Settings of the network under which a unit may have another meaning.
const SETTINGS: [&str; 7] = [
    "",
    "conv = { standardize = 1e-6 }",
    "norm = { kind = \"group\", groups = 2 }",
    "norm = { kind = \"evo_s0\", groups = 2 }",
    "norm = { kind = \"filter_response\" }",
    "norm = { kind = \"group\", group_size = 2, derived = true }",
    "attention = \"squeeze_excite\"",
];

/// A unit, one of its keys, the unit's text with `KEY` in place of that key, and two values. The unit is in the stem, after a
/// convolution of eight channels, or the whole head.
#[rustfmt::skip]
const UNITS: [(&str, &str, &str, [&str; 2]); 88] = [
    ("conv", "conv", "{ KEY, kernel = 3, out = 8 }", ["\"x\"", "\"y\""]),
    ("conv", "kernel", "{ conv = \"x\", KEY, out = 8 }", ["3", "5"]),
    ("conv", "out", "{ conv = \"x\", kernel = 3, KEY }", ["8", "16"]),
    ("conv", "stride", "{ conv = \"x\", kernel = 3, out = 8, KEY }", ["1", "2"]),
    ("conv", "padding", "{ conv = \"x\", kernel = 3, out = 8, KEY }", ["1", "2"]),
    ("conv", "dilation", "{ conv = \"x\", kernel = 3, out = 8, KEY }", ["1", "2"]),
    ("conv", "groups", "{ conv = \"x\", kernel = 3, out = 8, KEY }", ["1", "4"]),
    ("conv", "bias", "{ conv = \"x\", kernel = 3, out = 8, KEY }", ["false", "true"]),
    ("conv", "standardize", "{ conv = \"x\", kernel = 3, out = 8, KEY }", ["false", "true"]),
    ("norm", "norm", "{ KEY }", ["\"x\"", "\"y\""]),
    ("norm", "kind", "{ norm = \"x\", KEY }", ["\"batch\"", "\"instance\""]),
    ("norm", "affine", "{ norm = \"x\", kind = \"instance\", KEY }", ["false", "true"]),
    ("norm", "instance", "{ norm = \"x\", kind = \"split\", KEY }", ["2", "3"]),
    ("norm", "eps", "{ norm = \"x\", KEY }", ["0.001", "0.01"]),
    ("norm", "momentum", "{ norm = \"x\", KEY }", ["0.01", "0.02"]),
    ("norm_act", "norm_act", "{ KEY }", ["\"x\"", "\"y\""]),
    ("norm_act", "activates", "{ norm_act = \"x\", KEY }", ["true", "false"]),
    ("norm_act", "activation", "{ norm_act = \"x\", KEY }", ["\"relu\"", "\"silu\""]),
    ("act", "act", "{ KEY }", ["\"x\"", "\"y\""]),
    ("act", "kind", "{ act = \"x\", KEY }", ["\"silu\"", "\"gelu\""]),
    ("act", "slope", "{ act = \"x\", kind = \"leaky_relu\", KEY }", ["0.1", "0.2"]),
    ("act", "alpha", "{ act = \"x\", kind = \"elu\", KEY }", ["1", "2"]),
    ("act", "approximate", "{ act = \"x\", kind = \"gelu\", KEY }", ["\"none\"", "\"tanh\""]),
    ("act", "weights", "{ act = \"x\", kind = \"prelu\", KEY }", ["1", "\"channels\""]),
    ("dropout", "dropout", "{ KEY }", ["\"x\"", "\"y\""]),
    ("dropout", "p", "{ dropout = \"x\", KEY }", ["0.1", "0.2"]),
    ("scale", "scale", "{ KEY }", ["\"x\"", "\"y\""]),
    ("bias", "bias", "{ KEY }", ["\"x\"", "\"y\""]),
    ("multiply", "multiply", "{ KEY, by = 2 }", ["\"x\"", "\"y\""]),
    ("multiply", "by", "{ multiply = \"x\", KEY }", ["1", "0.2"]),
    ("multiply", "over_root", "{ multiply = \"x\", by = 5, KEY }", ["25", "\"25 + width\""]),
    ("sigmoid", "sigmoid", "{ KEY }", ["\"x\"", "\"y\""]),
    ("max_pool", "max_pool", "{ KEY, kernel = 2 }", ["\"x\"", "\"y\""]),
    ("max_pool", "kernel", "{ max_pool = \"x\", stride = 2, KEY }", ["2", "3"]),
    ("max_pool", "stride", "{ max_pool = \"x\", kernel = 2, KEY }", ["1", "2"]),
    ("max_pool", "padding", "{ max_pool = \"x\", kernel = 3, KEY }", ["0", "\"same\""]),
    ("max_pool", "dilation", "{ max_pool = \"x\", kernel = 2, KEY }", ["1", "2"]),
    ("max_pool", "rounding", "{ max_pool = \"x\", kernel = 3, KEY }", ["\"floor\"", "\"ceil\""]),
    ("avg_pool", "avg_pool", "{ KEY, kernel = 2 }", ["\"x\"", "\"y\""]),
    ("avg_pool", "kernel", "{ avg_pool = \"x\", stride = 2, KEY }", ["2", "3"]),
    ("avg_pool", "stride", "{ avg_pool = \"x\", kernel = 2, KEY }", ["1", "2"]),
    ("avg_pool", "padding", "{ avg_pool = \"x\", kernel = 3, KEY }", ["0", "1"]),
    ("avg_pool", "rounding", "{ avg_pool = \"x\", kernel = 3, KEY }", ["\"floor\"", "\"ceil\""]),
    ("avg_pool", "count_include_pad", "{ avg_pool = \"x\", kernel = 3, stride = 2, padding = \"same\", KEY }", ["false", "true"]),
    ("global_avg_pool", "global_avg_pool", "HEAD { KEY }, { flatten = \"flat\" }, { linear = \"fc\", out = 5 }", ["\"x\"", "\"y\""]),
    ("mean", "mean", "HEAD { KEY }, { flatten = \"flat\" }, { linear = \"fc\", out = 5 }", ["\"x\"", "\"y\""]),
    ("global_avg_pool", "axis", "{ global_avg_pool = \"x\", KEY }", ["\"height\"", "\"width\""]),
    ("mean", "axis", "{ mean = \"x\", KEY }", ["\"height\"", "\"width\""]),
    ("mean_deviation", "mean_deviation", "HEAD { KEY }, { flatten = \"flat\" }, { linear = \"fc\", out = 5 }", ["\"x\"", "\"y\""]),
    ("mean_deviation", "axis", "HEAD { mean_deviation = \"x\", KEY }, { flatten = \"flat\" }, { linear = \"fc\", out = 5 }", ["\"height\"", "\"width\""]),
    ("mean_deviation", "eps", "HEAD { mean_deviation = \"x\", KEY }, { flatten = \"flat\" }, { linear = \"fc\", out = 5 }", ["0.001", "0.01"]),
    ("space_to_depth", "space_to_depth", "{ KEY, block = 2 }", ["\"x\"", "\"y\""]),
    ("space_to_depth", "block", "{ space_to_depth = \"x\", KEY }", ["2", "4"]),
    ("space_to_depth", "order", "{ space_to_depth = \"x\", block = 2, KEY }", ["\"by channel\"", "\"by pixel\""]),
    ("pixel_shuffle", "pixel_shuffle", "{ KEY, block = 2 }", ["\"x\"", "\"y\""]),
    ("pixel_shuffle", "block", "{ conv = \"z\", kernel = 1, out = 36 }, { pixel_shuffle = \"x\", KEY }", ["2", "3"]),
    ("blur_pool", "blur_pool", "{ KEY }", ["\"x\"", "\"y\""]),
    ("blur_pool", "kernel", "{ blur_pool = \"x\", KEY }", ["3", "5"]),
    ("blur_pool", "stride", "{ blur_pool = \"x\", KEY }", ["1", "2"]),
    ("constant_pad", "constant_pad", "{ KEY, padding = 1 }", ["\"x\"", "\"y\""]),
    ("constant_pad", "padding", "{ constant_pad = \"x\", KEY }", ["1", "2"]),
    ("gate", "gate", "{ KEY, layers = [{ global_avg_pool = \"p\" }] }", ["\"x\"", "\"y\""]),
    ("gate", "layers", "{ gate = \"x\", KEY }", ["[{ global_avg_pool = \"p\" }]", "[{ global_avg_pool = \"p\" }, { sigmoid = \"s\" }]"]),
    // If a network has no attention, its place is empty whatever its name.
    ("attention", "attention", "BLOCK { KEY }", ["\"x\"", "\"y\""]),
    ("channel_conv", "channel_conv", "{ gate = \"g\", layers = [{ global_avg_pool = \"p\" }, { KEY, kernel = 3 }] }", ["\"x\"", "\"y\""]),
    ("channel_conv", "kernel", "{ gate = \"g\", layers = [{ global_avg_pool = \"p\" }, { channel_conv = \"x\", KEY }] }", ["3", "5"]),
    ("res2net", "res2net", "{ KEY, norms = \"n\", scale = 2, first = 0 }", ["\"x\"", "\"y\""]),
    ("res2net", "norms", "{ res2net = \"x\", KEY, scale = 2, first = 0 }", ["\"n\"", "\"m\""]),
    ("res2net", "scale", "{ res2net = \"x\", norms = \"n\", KEY, first = 0 }", ["2", "4"]),
    ("res2net", "stride", "{ res2net = \"x\", norms = \"n\", scale = 2, first = 1, KEY }", ["1", "2"]),
    ("res2net", "groups", "{ res2net = \"x\", norms = \"n\", scale = 2, first = 0, KEY }", ["1", "2"]),
    ("res2net", "first", "{ res2net = \"x\", norms = \"n\", scale = 2, KEY }", ["0", "1"]),
    ("split_attention", "split_attention", "{ KEY, out = 8, reduced = 4 }", ["\"x\"", "\"y\""]),
    ("split_attention", "out", "{ split_attention = \"x\", KEY, reduced = 4 }", ["8", "16"]),
    ("split_attention", "reduced", "{ split_attention = \"x\", out = 8, KEY }", ["4", "8"]),
    ("split_attention", "radix", "{ split_attention = \"x\", out = 8, reduced = 4, KEY }", ["1", "2"]),
    ("split_attention", "groups", "{ split_attention = \"x\", out = 8, reduced = 4, KEY }", ["1", "2"]),
    ("split_attention", "stride", "{ split_attention = \"x\", out = 8, reduced = 4, KEY }", ["1", "2"]),
    ("selective_kernel", "selective_kernel", "{ KEY, out = 8, reduced = 4 }", ["\"x\"", "\"y\""]),
    ("selective_kernel", "out", "{ selective_kernel = \"x\", KEY, reduced = 4 }", ["8", "16"]),
    ("selective_kernel", "reduced", "{ selective_kernel = \"x\", out = 8, KEY }", ["4", "8"]),
    ("selective_kernel", "stride", "{ selective_kernel = \"x\", out = 8, reduced = 4, KEY }", ["1", "2"]),
    ("selective_kernel", "groups", "{ selective_kernel = \"x\", out = 8, reduced = 4, KEY }", ["1", "2"]),
    ("selective_kernel", "split_input", "{ selective_kernel = \"x\", out = 8, reduced = 4, KEY }", ["0", "1"]),
    ("pad_shortcut", "pad_shortcut", "{ KEY, out = 16 }", ["\"x\"", "\"y\""]),
    ("pad_shortcut", "out", "{ pad_shortcut = \"x\", KEY }", ["16", "32"]),
    ("pad_shortcut", "stride", "{ pad_shortcut = \"x\", out = 16, KEY }", ["1", "2"]),
    ("pad_shortcut", "zeros", "{ pad_shortcut = \"x\", out = 16, KEY }", ["\"both ends\"", "\"end\""]),
];

/// Units of a head, in the same form.
#[rustfmt::skip]
const OF_HEADS: [(&str, &str, &str, [&str; 2]); 4] = [
    ("flatten", "flatten", "HEAD { global_avg_pool = \"p\" }, { KEY }, { linear = \"fc\", out = 5 }", ["\"x\"", "\"y\""]),
    ("linear", "linear", "HEAD { global_avg_pool = \"p\" }, { flatten = \"f\" }, { KEY, out = 5 }", ["\"x\"", "\"y\""]),
    ("linear", "out", "HEAD { global_avg_pool = \"p\" }, { flatten = \"f\" }, { linear = \"x\", KEY }", ["5", "\"classes + 1\""]),
    ("linear", "bias", "HEAD { global_avg_pool = \"p\" }, { flatten = \"f\" }, { linear = \"x\", out = 5, KEY }", ["true", "false"]),
];

/// Text of a network with a unit in its place.
fn with_unit(settings: &str, unit: &str) -> String {
    let mut net = NET.to_owned();
    let (stem, head) = match (unit.strip_prefix("HEAD "), unit.strip_prefix("BLOCK ")) {
        (Some(head), _) => ("", head),
        (_, Some(layer)) => {
            net = net.replace(
                "{ act = \"relu\" }]\nafter_add",
                &format!("{layer}]\nafter_add"),
            );
            ("", HEAD)
        }
        (None, None) => (unit, HEAD),
    };
    // Only a block with a place for attention may have one.
    let settings = if settings.starts_with("attention") && !unit.starts_with("BLOCK ") {
        ""
    } else {
        settings
    };
    let net = net
        .replace("SETTINGS", settings)
        .replace(", STEM", &format!(", {stem}"));
    net.replace("HEAD]", &format!("{head}]"))
}

/// Result of a text: the whole network, its preprocessing and its names.
fn made(text: &str) -> Result<String, String> {
    let model = open_text("own.toml", text, &Overrides::default());
    let notice: Vec<String> = model
        .problems
        .iter()
        .map(|problem| english(&problem.message))
        .collect();
    if has_errors(&model.problems) {
        let idle = notice
            .iter()
            .find(|message| message.contains("has no effect"));
        return Err(idle.unwrap_or_else(|| panic!("{notice:?}\n{text}")).clone());
    }
    let nodes: Vec<_> = model.network.nodes().collect();
    let stages = model.network.stages();
    Ok(format!(
        "{nodes:?} {stages:?} {:?} {:?}",
        model.picture_steps(),
        model.labels()
    ))
}

/// Result for two values of a key: one is refused, or whether the networks differ.
#[derive(Debug, PartialEq)]
enum Found {
    Acts,
    Refused,
    Nothing,
}

fn found(text: &str, key: &str, values: [&str; 2]) -> Found {
    let texts = values.map(|value| made(&text.replace("KEY", &format!("{key} = {value}"))));
    match texts {
        [Ok(one), Ok(other)] if one == other => Found::Nothing,
        [Ok(_), Ok(_)] => Found::Acts,
        [Err(notice), _] | [_, Err(notice)] => {
            assert!(
                notice.starts_with(&format!("`{key}` has no effect: ")),
                "{notice}"
            );
            Found::Refused
        }
    }
}

/// The keys of a table of the schema.
fn keys(table: &Value) -> BTreeSet<String> {
    let keys = table["properties"].as_object().expect("a table");
    keys.keys().cloned().collect()
}

#[test]
fn every_key_of_every_unit_acts_or_is_refused() {
    let cases = || UNITS.iter().chain(&OF_HEADS);
    let (mut acts, mut refused) = (0, 0);
    for (unit, key, text, values) in cases() {
        let mut ever = false;
        for settings in SETTINGS {
            match found(&with_unit(settings, text), key, *values) {
                Found::Acts => ever = true,
                Found::Refused => refused += 1,
                Found::Nothing => {
                    let is_empty = *unit == "attention" && !settings.starts_with("attention");
                    assert!(is_empty, "{unit}: `{key}` does nothing beside {settings:?}");
                }
            }
        }
        assert!(ever, "{unit}: `{key}` never acts");
        acts += 1;
    }
    assert_eq!(acts, UNITS.len() + OF_HEADS.len());
    // `standardize = true` where weights are not, `momentum`, `activates` and `activation` of the kinds that have none.
    assert_eq!(refused, 6 + 4 + 2 + 2);
    // A new unit, or a new key of one, needs a new line above.
    let schema = schema();
    let units = schema["$defs"]["layer"]["oneOf"].as_array().expect("units");
    let mut wanted = BTreeSet::new();
    for unit in units {
        let name = unit["required"][0].as_str().expect("a name");
        // Those that join layers need several: `tests/compiled/order.rs` holds them, and `from`.
        if ["add", "concat"].contains(&name) {
            continue;
        }
        let own = keys(unit).into_iter();
        let own = own.filter(|key| !["when", "from"].contains(&key.as_str()));
        wanted.extend(own.map(|key| (name.to_owned(), key)));
    }
    let tried: BTreeSet<_> = cases()
        .map(|(unit, key, ..)| ((*unit).to_owned(), (*key).to_owned()))
        .collect();
    assert_eq!(tried, wanted);
}

#[test]
fn a_condition_acts_on_every_unit() {
    for (unit, key, text, values) in UNITS.iter().filter(|(unit, ..)| *unit != "attention") {
        if unit != key || text.starts_with("HEAD") || *unit == "channel_conv" {
            continue;
        }
        let own = format!("{key} = {}, KEY", values[0]);
        let text = with_unit("", &text.replace("KEY", &own));
        assert_eq!(
            found(&text, "when", ["\"width == 8\"", "\"width == 9\""]),
            Found::Acts,
            "{unit}"
        );
    }
}

/// Keys of the file, as paths through its tables; the text before and around, and two values with different results.
#[rustfmt::skip]
const OF_FILES: [(&str, &str, [&str; 2]); 44] = [
    ("input", "", ["[3, 32, 32]", "[3, 64, 64]"]),
    ("classes", "", ["5", "6"]),
    ("labels", "", ["[\"a\", \"b\", \"c\", \"d\", \"e\"]", "[\"a\", \"b\", \"c\", \"d\", \"f\"]"]),
    ("block", "", ["\"own\"", "\"basic\""]),
    ("blocks", "", ["[2, 1]", "[1, 1]"]),
    ("widths", "", ["[8, 16]", "[8, 32]"]),
    ("strides", "", ["[1, 2]", "[2, 2]"]),
    ("with.base_width", "block = \"bottleneck\"", ["64", "128"]),
    ("shortcut", "", ["\"projection\"", "\"zero_padding\""]),
    ("attention", "block = \"basic\"", ["\"squeeze_excite\"", "\"efficient_channel\""]),
    ("act", "", ["\"silu\"", "{ kind = \"leaky_relu\", slope = 0.2 }"]),
    ("functional_relu", "block = \"basic\"", ["false", "true"]),
    ("norm.kind", "", ["\"batch\"", "\"filter_response\""]),
    ("norm.groups", "norm.kind = \"group\"", ["2", "4"]),
    ("norm.group_size", "norm.kind = \"group\"", ["2", "4"]),
    ("norm.derived", "norm.kind = \"group\"", ["false", "true"]),
    ("norm.affine", "norm.kind = \"instance\"", ["false", "true"]),
    ("norm.eps", "", ["0.001", "0.01"]),
    ("norm.momentum", "", ["0.01", "0.02"]),
    ("conv.standardize", "", ["0.001", "0.01"]),
    ("conv.gamma", "conv.standardize = 0.001", ["1", "1.7"]),
    ("stage.before", "", ["[{ norm = \"a\" }]", "[{ norm = \"b\" }]"]),
    ("stage.cross", "strides = [1, 1, 1, 1]", ["false", "true"]),
    ("stage.inner", "stage.cross = true\nstrides = [1, 1, 1, 1]", ["[{ norm = \"a\" }]", "[{ norm = \"b\" }]"]),
    ("stage.after", "", ["[{ norm = \"a\" }]", "[{ norm = \"b\" }]"]),
    ("names.stage", "", ["\"s{stage}\"", "\"t{stage}\""]),
    ("names.block", "", ["\"s{stage}.{block}\"", "\"t{stage}.{block}\""]),
    ("names.paper", "", ["\"s{stage}\"", "\"t{stage}\""]),
    ("preprocess.resize", "", ["64", "70"]),
    ("preprocess.interpolation", "preprocess.resize = 64", ["\"bilinear\"", "\"bicubic\""]),
    ("preprocess.bgr", "", ["false", "true"]),
    ("preprocess.divisor", "", ["255.0", "127.5"]),
    ("preprocess.mean", "preprocess.std = [1.0, 1.0, 1.0]", ["[0.0, 0.0, 0.0]", "[0.5, 0.0, 0.0]"]),
    ("preprocess.std", "preprocess.mean = [0.0, 0.0, 0.0]", ["[0.5, 1.0, 1.0]", "[1.0, 1.0, 1.0]"]),
    ("skip.main", SKIP, ["[]", "[{ norm = \"own\" }]"]),
    ("skip.shortcut", "", ["[{ conv = \"p\", kernel = 1, stride = 8, out = \"8 * in\" }]", "[{ conv = \"q\", kernel = 1, stride = 8, out = \"8 * in\" }]"]),
    ("skip.after_add", SKIP, ["[]", "[{ act = \"own\" }]"]),
    ("stem.layers", "", ["[{ conv = \"c\", kernel = 3, out = 8 }]", "[{ conv = \"c\", kernel = 5, out = 8 }]"]),
    ("head.layers", "", ["[{ global_avg_pool = \"p\" }, { flatten = \"f\" }, { linear = \"fc\", out = \"classes\" }]", "[{ global_avg_pool = \"p\" }, { flatten = \"f\" }, { linear = \"fc2\", out = \"classes\" }]"]),
    ("inherits", "", ["\"resnet18\"", "\"resnet34\""]),
    ("output_stride", "", ["8", "16"]),
    ("define.blocks", "block = \"mine\"", [MINE, MINE_WIDE]),
    ("define.shortcuts", "shortcut = \"mine\"", ["{ mine = { layers = [{ conv = \"p\", kernel = 1, out = \"out\", stride = \"stride\" }] } }", "{ mine = { layers = [{ conv = \"q\", kernel = 1, out = \"out\", stride = \"stride\" }] } }"]),
    ("define.attentions", "block = \"basic\"\nattention = \"mine\"", ["{ mine = { layers = [{ global_avg_pool = \"p\" }] } }", "{ mine = { layers = [{ global_avg_pool = \"p\" }, { sigmoid = \"s\" }] } }"]),
];

/// A shortcut around ResNet-18's stages.
const SKIP: &str = "skip.shortcut = [{ conv = \"p\", kernel = 1, stride = 8, out = \"8 * in\" }]";

const MINE: &str = "{ mine = { out = \"width\", shortcut = \"projection\", main = [{ conv = \"a\", kernel = 3, out = \"width\", stride = \"stride\" }] } }";
const MINE_WIDE: &str = "{ mine = { out = \"width\", shortcut = \"projection\", main = [{ conv = \"a\", kernel = 5, out = \"width\", stride = \"stride\" }] } }";

/// Keys that describe a network to its readers, or name files next to it: they are displayed, and affect no layer.
const ABOUT: [&str; 9] = [
    "title",
    "family",
    "summary",
    "translations",
    "aliases",
    "paper",
    "weights",
    "samples",
    "published",
];

#[test]
fn every_key_of_a_file_acts() {
    for (key, beside, values) in OF_FILES {
        // A child of a network, in which each key is alone.
        let parent = if key == "inherits" {
            ""
        } else {
            "inherits = \"resnet18\"\n"
        };
        let child = |value: &str| format!("{parent}{beside}\n{key} = {value}\n");
        let small = |value: &str| match key {
            "labels" | "blocks" | "widths" | "strides" | "block" => whole(key, value),
            _ => child(value),
        };
        let [one, other] = values.map(|value| made(&small(value)));
        assert!(one.is_ok() && other.is_ok(), "{key}: {one:?} {other:?}");
        assert_ne!(one, other, "`{key}` does nothing");
    }
    let mut wanted = BTreeSet::new();
    let schema = schema();
    for key in keys(&schema) {
        let table = &schema["properties"][&key];
        if ABOUT.contains(&key.as_str()) {
            continue;
        }
        // A table that a word may replace.
        let tables = ["oneOf", "anyOf"]
            .into_iter()
            .filter_map(|key| table[key].as_array());
        let inner = tables
            .flatten()
            .find_map(|own| own["properties"].as_object());
        let inner = inner.filter(|_| ["preprocess", "skip"].contains(&key.as_str()));
        match table["properties"].as_object().or(inner) {
            Some(inner) => wanted.extend(inner.keys().map(|inner| format!("{key}.{inner}"))),
            None => {
                wanted.insert(key);
            }
        }
    }
    let tried = OF_FILES.map(|(key, ..)| key.replace("with.base_width", "with"));
    assert_eq!(BTreeSet::from(tried), wanted);
}

/// The small network with another value for one of its keys.
fn whole(key: &str, value: &str) -> String {
    let text = with_unit("", "");
    let is_key = |line: &&str| line.starts_with(&format!("{key} = "));
    let old = text.lines().find(is_key);
    match old {
        Some(old) => text.replace(old, &format!("{key} = {value}")),
        None => format!("{key} = {value}\n{text}"),
    }
}

#[test]
fn an_activation_is_named_wherever_it_is_asked_for() {
    for text in [
        "act = { function = \"silu\" }",
        "activation = \"torch.nn.GELU\"",
        "norm = { act = \"leaky_relu\" }",
        "stem = { layers = [{ norm_act = \"bn1\", kind = \"SiLU\" }] }",
        "stem = { layers = [{ conv = \"conv1\", kernel = 7, out = 64, nonlinearity = \"hard_swish\" }] }",
        "activation = \"mish\"",
    ] {
        let model = open_text(
            "own.toml",
            &format!("inherits = \"resnet18\"\n{text}"),
            &Overrides::default(),
        );
        let word = text.rsplit('"').nth(1).expect("a word");
        let notice = match word {
            "mish" => "the activation `mish` is not supported",
            _ => "it does not choose an activation",
        };
        assert!(
            model
                .problems
                .iter()
                .any(|problem| english(&problem.message).contains(notice)),
            "{:?}",
            model.problems
        );
    }
}
