//! Keys of the file itself that have no effect: each is refused at its place, since its author meant something by it. A value
//! that equals the default, such as `bias = false`, is accepted, and a part that is defined but not named is a warning.
//!
//! A setting is read through [`Read`](super::read::Read), which records the access, and the builder records the names used in
//! calculations; a setting that was never read had no effect.

use super::builder::Builder;
use super::read::no_effect;
use crate::network::{Layer, Shape};
use crate::spec::decode::{Named, PerStage};
use crate::spec::expr::Expr;
use crate::spec::file::Define;
use crate::spec::pair::StageStride;
use crate::spec::value::Value;
use crate::spec::{ArchitectureFile, Located, NormKind, Place, Problem, RawLayer, Severity};

/// All keys of the file itself that had no effect on the network, which is complete.
pub(super) fn problems(file: &ArchitectureFile, builder: &Builder) -> Vec<Problem> {
    let mut idle = Vec::new();
    idle.extend(norm(file, builder));
    idle.extend(settings(file, builder));
    idle.extend(preprocess(file, builder));
    idle.extend(names(file, builder));
    if let Some(define) = &file.define {
        idle.extend(unnamed(file, &define.value));
        idle.extend(parameters(&define.value, builder));
    }
    let own = idle.into_iter().filter(|idle| builder.is_own(&idle.place));
    own.map(|idle| Problem {
        severity: idle.severity,
        ..no_effect(&idle.key, &idle.place, &idle.why, &idle.help)
    })
    .collect()
}

/// A key that had no effect.
struct Idle {
    severity: Severity,
    key: String,
    place: Place,
    why: String,
    help: String,
}

impl Idle {
    fn new(key: &str, place: &Place, why: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            key: key.to_owned(),
            place: place.clone(),
            why: why.into(),
            help: help.into(),
        }
    }

    /// The key as a warning rather than an error: a part that is defined but not named changes nothing in the network of this
    /// file.
    fn warning(self) -> Self {
        Self {
            severity: Severity::Warning,
            ..self
        }
    }
}

fn place<T>(key: Option<&Located<T>>) -> Option<&Place> {
    key.map(|key| &key.place)
}

/// Settings of normalisations that no layer uses.
fn norm(file: &ArchitectureFile, builder: &Builder) -> Vec<Idle> {
    let Some(norm) = file.norm.as_ref().map(|norm| &norm.value) else {
        return Vec::new();
    };
    let settings = &builder.settings;
    let kind = settings.norm.peek();
    let mut nodes = builder.network.nodes();
    let has_none = !nodes.any(|(_, node)| matches!(node.layer, Layer::Norm(_)));
    let grouped = "only the kinds \"group\" and \"evo_s0\" have groups";
    let of_size = match norm.group_size {
        Some(_) => "`group_size` decides",
        None => grouped,
    };
    let own = "every normalisation has its own";
    let running = if kind.has_momentum() {
        own
    } else {
        "only a batch normalisation keeps running statistics"
    };
    let keys = [
        (
            "kind",
            place(norm.kind.as_ref()),
            settings.norm.is_idle(),
            own,
        ),
        (
            "groups",
            place(norm.groups.as_ref()),
            settings.groups.is_idle(),
            of_size,
        ),
        (
            "group_size",
            place(norm.group_size.as_ref()),
            settings.group_size.is_idle(),
            grouped,
        ),
        (
            "derived",
            place(norm.derived.as_ref().filter(|own| own.value)),
            settings.derived.is_idle(),
            grouped,
        ),
        (
            "affine",
            place(norm.affine.as_ref()),
            settings.affine.is_idle(),
            if kind == NormKind::Instance {
                own
            } else {
                "only an instance normalisation may be without scale and shift"
            },
        ),
        ("eps", place(norm.eps.as_ref()), settings.eps.is_idle(), own),
        (
            "momentum",
            place(norm.momentum.as_ref()),
            settings.momentum.is_idle(),
            running,
        ),
    ];
    let idle = keys.into_iter().filter_map(|(key, place, is_idle, why)| {
        let why = if has_none {
            "no layer is a normalisation"
        } else {
            why
        };
        let help = "take it out, or choose another kind of normalisation";
        Some(Idle::new(key, place.filter(|_| is_idle)?, why, help))
    });
    idle.collect()
}

/// Settings for all layers of a kind, if the network has none of that kind.
fn settings(file: &ArchitectureFile, builder: &Builder) -> Vec<Idle> {
    let conv = file.conv.as_ref().map(|conv| &conv.value);
    let standardize = conv.and_then(|conv| conv.standardize.as_ref());
    let standardize = standardize
        .filter(|_| builder.settings.standardize.is_idle())
        .map(|key| {
            let help = "take it out, or take `standardize = false` out of a convolution";
            Idle::new("standardize", &key.place, "no convolution takes it", help)
        });
    let relu = file.functional_relu.as_ref();
    let relu = relu
        .filter(|relu| relu.value && builder.relu_functions == 0)
        .map(|key| {
            let help = "take it out, or let a block call one module again: { act = \"relu\" } in two places";
            Idle::new("functional_relu", &key.place, "no block calls one ReLU twice", help)
        });
    let act = file.act.as_ref();
    let act = act
        .filter(|_| builder.settings.act_is_read.is_idle())
        .map(|key| {
            let why = "every activation has a kind of its own, or there is none";
            let help = "take it out, or take `kind` out of an activation";
            Idle::new("act", &key.place, why, help)
        });
    standardize.into_iter().chain(relu).chain(act).collect()
}

/// Preprocessing settings without effect.
fn preprocess(file: &ArchitectureFile, builder: &Builder) -> Vec<Idle> {
    let Some(own) = file
        .preprocess
        .as_ref()
        .and_then(|own| own.value.0.as_ref())
    else {
        return Vec::new();
    };
    // Preprocessing set on the command line has the input's place; its command checks it.
    let input = file.input.as_ref().map(|input| &input.place);
    let interpolation = own.interpolation.as_ref().map(|key| &key.place);
    let interpolation = interpolation
        .filter(|place| own.resize.is_none() && input != Some(place))
        .map(|place| {
            let help = "take it out, or say to which side pictures are resized: resize = 256";
            Idle::new(
                "interpolation",
                place,
                "no picture is resized without `resize`",
                help,
            )
        });
    let channels = builder.network.reads().map(Shape::channels);
    let bgr = own.bgr.as_ref().map(|key| &key.place);
    let bgr = bgr
        .filter(|place| channels.is_some_and(|channels| channels != 3) && input != Some(place))
        .map(|place| {
            let why = "only a picture of three channels has an order of colours";
            Idle::new(
                "bgr",
                place,
                why,
                "take it out, or let the input have three channels",
            )
        });
    interpolation.into_iter().chain(bgr).collect()
}

/// Names for numbers that no calculation of a layer uses.
fn names(file: &ArchitectureFile, builder: &Builder) -> Vec<Idle> {
    let mut idle = Vec::new();
    for (name, _) in file.with.iter().flat_map(|with| &with.value.0) {
        if builder.is_unread(&name.value) {
            let why = "no layer of this network uses the parameter";
            let help = "take it out, or let a layer of the block use it";
            idle.push(Idle::new(&name.value, &name.place, why, help));
        }
    }
    // A spec must state strides: those of 1 are always accepted.
    let strides = file.strides.as_ref();
    let halves = |strides: &&Located<Vec<Located<StageStride>>>| {
        let numbers = strides
            .value
            .iter()
            .flat_map(|stride| stride.value.numbers());
        numbers.into_iter().any(|stride| stride.value != 1)
    };
    if let Some(strides) = strides
        .filter(halves)
        .filter(|_| builder.is_unread("stride"))
    {
        let help =
            "write 1 for every stage, or let a layer of the block use it: stride = \"stride\"";
        idle.push(Idle::new(
            "strides",
            &strides.place,
            "no layer uses `stride`",
            help,
        ));
    }
    // A number of classes that equals the network's outputs is accepted, although nothing depends on it.
    let outputs = builder.channels();
    let classes = file.classes.as_ref();
    if let Some(classes) = classes.filter(|classes| classes.value != outputs)
        && builder.is_unread("classes")
    {
        let why = format!("no layer uses it, and the network has {outputs} outputs");
        let help = "let the last layer have as many outputs: out = \"classes\"";
        idle.push(Idle::new("classes", &classes.place, why, help));
    }
    idle
}

/// Parts that the file defines and no stage uses.
fn unnamed(file: &ArchitectureFile, define: &Define) -> Vec<Idle> {
    let is_named = |names: &Option<Located<PerStage<String>>>, name: &str| {
        let mut all = names.iter().flat_map(|names| names.value.all());
        all.any(|known| known.value == name)
    };
    let mut idle = Vec::new();
    let mut missed = |what: &str, name: &Located<String>| {
        let why = format!("no stage has this {what}");
        let help = format!("take it out, or name it: {what} = \"{}\"", name.value);
        idle.push(Idle::new(&name.value, &name.place, why, help).warning());
    };
    let blocks = || define.blocks.iter().flat_map(|all| &all.value.0);
    for (name, _) in blocks().filter(|(name, _)| !is_named(&file.block, &name.value)) {
        missed("block", name);
    }
    let of_blocks: Vec<&str> = blocks()
        .filter_map(|(_, block)| Some(block.value.shortcut.as_ref()?.value.as_str()))
        .collect();
    for (name, _) in define.shortcuts.iter().flat_map(|all| &all.value.0) {
        if !is_named(&file.shortcut, &name.value) && !of_blocks.contains(&name.value.as_str()) {
            missed("shortcut", name);
        }
    }
    for (name, _) in define.attentions.iter().flat_map(|all| &all.value.0) {
        if !is_named(&file.attention, &name.value) {
            missed("attention", name);
        }
    }
    idle
}

/// Parameters of the file's own parts that nothing uses, in this network or in their text.
fn parameters(define: &Define, builder: &Builder) -> Vec<Idle> {
    fn layers(list: Option<&Located<Vec<Located<RawLayer>>>>) -> impl Iterator<Item = &RawLayer> {
        list.into_iter()
            .flat_map(|list| &list.value)
            .map(|layer| &layer.value)
    }
    let blocks = define.blocks.iter().flat_map(|all| &all.value.0);
    let blocks: Vec<_> = blocks.map(|(_, block)| &block.value).collect();
    let attentions = define.attentions.iter().flat_map(|all| &all.value.0);
    let attentions: Vec<_> = attentions.map(|(_, part)| &part.value).collect();
    let shortcuts = define.shortcuts.iter().flat_map(|all| &all.value.0);
    let shortcuts = shortcuts.map(|(_, part)| part.value.layers.as_ref());
    // A shortcut or attention used with a block may use its names.
    let lists = blocks
        .iter()
        .flat_map(|block| [&block.before, &block.main, &block.after_add].map(Option::as_ref))
        .chain(attentions.iter().map(|part| part.layers.as_ref()))
        .chain(shortcuts);
    let all: Vec<&RawLayer> = lists.flat_map(layers).collect();
    let own: Vec<&Located<Named<Expr>>> = blocks
        .iter()
        .filter_map(|block| block.parameters.as_ref())
        .chain(
            attentions
                .iter()
                .filter_map(|part| part.parameters.as_ref()),
        )
        .collect();
    let outs: Vec<&Expr> = blocks
        .iter()
        .filter_map(|block| Some(&block.out.as_ref()?.value))
        .chain(
            own.iter()
                .flat_map(|own| own.value.0.iter().map(|(_, expr)| &expr.value)),
        )
        .collect();
    let mut idle = Vec::new();
    for (name, _) in own.iter().flat_map(|own| &own.value.0) {
        let word = name.value.as_str();
        let in_layers = all.iter().any(|layer| {
            let condition = layer.when.as_deref();
            uses(&layer.layer.value, word) || condition.is_some_and(|when| uses(&when.value, word))
        });
        if builder.is_unread(word) && !in_layers && !outs.iter().any(|expr| expr.mentions(word)) {
            let why = "no layer uses this parameter";
            let help = "take it out, or let a layer use it";
            idle.push(Idle::new(word, &name.place, why, help).warning());
        }
    }
    idle
}

/// Whether a text within a value contains a name as a word.
fn uses(value: &Value, name: &str) -> bool {
    match value {
        Value::Text(text) => text
            .split(|c: char| !c.is_alphanumeric() && c != '_')
            .any(|word| word == name),
        Value::Array(values) => values.iter().any(|value| uses(&value.value, name)),
        Value::Table(entries) => entries.iter().any(|(_, value)| uses(&value.value, name)),
        _ => false,
    }
}
