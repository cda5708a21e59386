//! Keys of the file itself that have no effect: each is refused at its place, since its author meant something by it. A value
//! that equals the default, such as `bias = false`, is accepted, and a part that is defined but not named is a warning.
//!
//! A setting is read through [`Read`](super::read::Read), which records the access, and the builder records the names used in
//! calculations; a setting that was never read had no effect.

use super::builder::Builder;
use super::read::no_effect;
use crate::message;
use crate::network::{Layer, Shape};
use crate::spec::decode::{Named, PerStage};
use crate::spec::expr::Expr;
use crate::spec::file::Define;
use crate::spec::pair::StageStride;
use crate::spec::value::Value;
use crate::spec::{ArchitectureFile, Located, NormKind, Place, Problem, RawLayer, Severity};
use crate::text::Message;

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
        ..no_effect(&idle.key, &idle.place, idle.why, idle.help)
    })
    .collect()
}

/// A key that had no effect.
struct Idle {
    severity: Severity,
    key: String,
    place: Place,
    why: Message,
    help: Message,
}

impl Idle {
    fn new(key: &str, place: &Place, why: Message, help: Message) -> Self {
        Self {
            severity: Severity::Error,
            key: key.to_owned(),
            place: place.clone(),
            why,
            help,
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
    let grouped = "why-only-grouped";
    let of_size = match norm.group_size {
        Some(_) => "why-group-size",
        None => grouped,
    };
    let own = "why-own-norm";
    let running = if kind.has_momentum() {
        own
    } else {
        "why-only-batch"
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
                "why-only-instance"
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
        let place = place.filter(|_| is_idle)?;
        let why = Message::new(if has_none { "why-no-norm" } else { why });
        Some(Idle::new(key, place, why, message!("help-other-norm")))
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
            let why = message!("why-no-conv");
            Idle::new("standardize", &key.place, why, message!("help-standardize"))
        });
    let gamma = conv.and_then(|conv| conv.gamma.as_ref());
    let gamma = gamma
        .filter(|_| builder.settings.standardize.peek().is_none())
        .map(|key| {
            let why = message!("why-nothing-standardized");
            let example = "conv = { standardize = 1e-6 }";
            let help = message!("help-let-network-standardize", example = example);
            Idle::new("gamma", &key.place, why, help)
        });
    let relu = file.functional_relu.as_ref();
    let relu = relu
        .filter(|relu| relu.value && builder.relu_functions == 0)
        .map(|key| {
            let why = message!("why-no-second-relu");
            let help = message!("help-functional-relu", example = "{ act = \"relu\" }");
            Idle::new("functional_relu", &key.place, why, help)
        });
    let act = file.act.as_ref();
    let act = act
        .filter(|_| builder.settings.act_is_read.is_idle())
        .map(|key| {
            let why = message!("why-own-act");
            Idle::new("act", &key.place, why, message!("help-own-act"))
        });
    let convs = standardize.into_iter().chain(gamma);
    convs.chain(relu).chain(act).collect()
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
            let why = message!("why-no-resize");
            Idle::new("interpolation", place, why, message!("help-resize"))
        });
    let channels = builder.network.reads().map(Shape::channels);
    let bgr = own.bgr.as_ref().map(|key| &key.place);
    let bgr = bgr
        .filter(|place| channels.is_some_and(|channels| channels != 3) && input != Some(place))
        .map(|place| {
            let why = message!("why-not-three-channels");
            Idle::new("bgr", place, why, message!("help-three-channels"))
        });
    interpolation.into_iter().chain(bgr).collect()
}

/// Names for numbers that no calculation of a layer uses.
fn names(file: &ArchitectureFile, builder: &Builder) -> Vec<Idle> {
    let mut idle = Vec::new();
    for (name, _) in file.with.iter().flat_map(|with| &with.value.0) {
        if builder.is_unread(&name.value) {
            let why = message!("why-no-layer-of-network");
            let help = message!("help-use-in-block");
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
        let why = message!("why-no-stride");
        let help = message!("help-use-stride");
        idle.push(Idle::new("strides", &strides.place, why, help));
    }
    // A number of classes that equals the network's outputs is accepted, although nothing depends on it.
    let outputs = builder.channels();
    let classes = file.classes.as_ref();
    if let Some(classes) = classes.filter(|classes| classes.value != outputs)
        && builder.is_unread("classes")
    {
        let why = message!("why-no-classes", count = outputs);
        let help = message!("help-use-classes");
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
    let mut missed = |key: &str, why: &'static str, name: &Located<String>| {
        let help = message!("help-name-it", key = key, name = &name.value);
        idle.push(Idle::new(&name.value, &name.place, Message::new(why), help).warning());
    };
    let blocks = || define.blocks.iter().flat_map(|all| &all.value.0);
    for (name, _) in blocks().filter(|(name, _)| !is_named(&file.block, &name.value)) {
        missed("block", "why-no-stage-block", name);
    }
    let of_blocks: Vec<&str> = blocks()
        .filter_map(|(_, block)| Some(block.value.shortcut.as_ref()?.value.as_str()))
        .collect();
    for (name, _) in define.shortcuts.iter().flat_map(|all| &all.value.0) {
        if !is_named(&file.shortcut, &name.value) && !of_blocks.contains(&name.value.as_str()) {
            missed("shortcut", "why-no-stage-shortcut", name);
        }
    }
    for (name, _) in define.attentions.iter().flat_map(|all| &all.value.0) {
        if !is_named(&file.attention, &name.value) {
            missed("attention", "why-no-stage-attention", name);
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
            let why = message!("why-no-layer");
            let help = message!("help-use-in-layer");
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
