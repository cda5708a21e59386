//! Tables of the file formats: architecture, block, shortcut and attention.

use serde_json::json;

use super::activation::Act;
use super::decode::{Decode, Named, OneOrEach, OrNone, PerBlock, PerStage, expected, table, word};
use super::expr::{Expr, Template};
use super::interpolation::Interpolation;
use super::norm_kind::NormKind;
use super::output_stride::OutputStride;
use super::pair::StageStride;
use super::problem::Problem;
use super::published::Published;
use super::source::Located;
use super::value::Value;
use super::written::Written;
use crate::message;

/// Key of a condition that any layer may have.
pub const WHEN: &str = "when";

/// Key that any layer may have: the layers that it reads.
pub const FROM: &str = "from";

/// One name, or a list of names.
#[derive(Debug, Clone, PartialEq)]
pub struct OneOrMore(pub Vec<Located<String>>);

impl Decode for OneOrMore {
    fn decode(value: &Located<Value>, problems: &mut Vec<Problem>) -> Option<Self> {
        if let Value::Array(items) = &value.value {
            let names = items.iter().map(|item| Located::decode(item, problems));
            return names.collect::<Option<_>>().map(Self);
        }
        Located::decode(value, problems).map(|name| Self(vec![name]))
    }

    fn schema() -> serde_json::Value {
        let name = String::schema();
        json!({"anyOf": [name, {"type": "array", "items": name, "minItems": 1}]})
    }
}

/// Layer of a list as written: its valid keys depend on its unit, which `lower` knows.
#[derive(Debug, Clone, PartialEq)]
pub struct RawLayer {
    /// Table of the layer, without its condition.
    pub layer: Written,
    /// Condition of the layer.
    pub when: Option<Written>,
    /// Names of the layers that it reads; the one written before it if it says none.
    pub from: Option<Written>,
}

impl RawLayer {
    /// Splits a table into layer, condition and the layers that it reads.
    pub fn new(mut layer: Located<Value>) -> Self {
        let mut take = |wanted: &str| match &mut layer.value {
            Value::Table(entries) => {
                let at = entries.iter().position(|(key, _)| key.value == wanted);
                at.map(|at| Written::new(entries.remove(at).1))
            }
            _ => None,
        };
        let (when, from) = (take(WHEN), take(FROM));
        Self {
            layer: Written::new(layer),
            when,
            from,
        }
    }
}

impl Decode for RawLayer {
    fn decode(value: &Located<Value>, problems: &mut Vec<Problem>) -> Option<Self> {
        if let Value::Table(_) = value.value {
            return Some(Self::new(value.clone()));
        }
        let example = "{ conv = \"conv1\", kernel = 3, out = 64 }";
        let help = message!("help-write-layer", example = example);
        problems.push(expected("kind-layer", value, help));
        None
    }

    fn schema() -> serde_json::Value {
        json!({"$ref": "#/$defs/layer"})
    }
}

/// Condition for the layers of a block's shortcut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// If the identity would not fit: the stride is not 1, or input and output channels differ.
    ShapeChanges,
    /// If input and output channels differ, whatever the stride.
    ChannelsChange,
    /// If the stride is not 1, whatever the channels: a common mistake, supported to demonstrate it.
    StrideIsNotOne,
    /// In every block.
    Always,
}

impl When {
    const WORDS: [(&'static str, Self); 4] = [
        ("the shape changes", Self::ShapeChanges),
        ("the channels change", Self::ChannelsChange),
        ("the stride is not 1", Self::StrideIsNotOne),
        ("always", Self::Always),
    ];
}

impl Decode for When {
    fn decode(value: &Located<Value>, problems: &mut Vec<Problem>) -> Option<Self> {
        word(value, &Self::WORDS, "word-condition", problems)
    }

    fn schema() -> serde_json::Value {
        json!({"enum": Self::WORDS.map(|(word, _)| word)})
    }
}

table! {
    /// Texts of a network in another language.
    pub struct Translation {
        /// Title.
        title: String = "title",
        /// Family.
        family: String = "family",
        /// Summary.
        summary: String = "summary",
        /// Names of the classes, in the order of the outputs.
        labels: Vec<Located<String>> = "labels",
    }
}

table! {
    /// Network, or its difference from the one that it inherits from.
    pub struct ArchitectureFile {
        /// Network that this one is a variant of: a name of the catalogue, or a path relative to this file.
        inherits: String = "inherits",
        /// Title, as people write it: ResNet-50.
        title: String = "title",
        /// Family, by which `list` groups networks.
        family: String = "family",
        /// Summary of its distinguishing features, in a sentence.
        summary: String = "summary",
        /// Its title, family, summary and labels in other languages, by the language's code: `[translations.zh]`.
        translations: Named<Translation> = "translations",
        /// Other names by which it can be requested.
        aliases: Vec<Located<String>> = "aliases",
        /// Publication.
        paper: Paper = "paper",
        /// Input image: channels, height, width.
        input: Vec<Located<u64>> = "input",
        /// Number of classes.
        classes: u64 = "classes",
        /// Names of the classes, in the order of the outputs.
        labels: Vec<Located<String>> = "labels",
        /// Preprocessing of a picture into the network's input; "none" removes an inherited one.
        preprocess: OrNone<Preprocess> = "preprocess",
        /// Trained weights that are shipped with this file.
        weights: Weights = "weights",
        /// Folder of shipped samples, next to this file.
        samples: String = "samples",
        /// Published accuracies of this network's trained weights.
        published: Published = "published",
        /// Layers before the first block.
        stem: Part = "stem",
        /// Kind of residual block.
        block: PerStage<String> = "block",
        /// Number of blocks in each stage.
        blocks: Vec<Located<u64>> = "blocks",
        /// Width of the blocks in each stage, which they call `width`; a stage may have a list, one per block.
        widths: Vec<Located<PerBlock<u64>>> = "widths",
        /// Stride of each stage's first block, which it calls `stride`; every other block has 1. Two numbers are a pair,
        /// height and width; any other list has one stride per block.
        strides: Vec<Located<StageStride>> = "strides",
        /// Pixels of the input per pixel of the last feature map: a block's stride beyond it becomes dilation of the layers after it.
        output_stride: OutputStride = "output_stride",
        /// Values of the block's parameters, one for all stages or one per stage; a stage may have a list, one per block.
        with: Named<PerStage<PerBlock<Expr>>> = "with",
        /// Kind of shortcut instead of the block's own, one for all stages or one per stage; "none" adds nothing.
        shortcut: PerStage<String> = "shortcut",
        /// Kind of attention in the block's place for it, one for all stages or one per stage.
        attention: PerStage<String> = "attention",
        /// Kind and settings of every normalisation.
        norm: Norm = "norm",
        /// Activation of every layer that does not name its own, except within a gate: a kind, or a table with its settings;
        /// "relu" by default.
        act: Act = "act",
        /// Settings of every convolution.
        conv: ConvSettings = "conv",
        /// Whether PyTorch's build calls a block's ReLU as a module once and as `F.relu` afterwards; false by default. Only
        /// the rule ptflops counts the two differently.
        functional_relu: bool = "functional_relu",
        /// Shortcut around all stages.
        skip: OrNone<Skip> = "skip",
        /// Layers of every stage around its blocks.
        stage: StageLayers = "stage",
        /// Layers after the last block.
        head: Part = "head",
        /// Names of stages and blocks.
        names: Names = "names",
        /// Blocks, shortcuts and attentions that this network defines itself.
        define: Define = "define",
    }
}

table! {
    /// Publication of a network.
    pub struct Paper {
        /// Title of the paper.
        title: String = "title",
        /// Authors of the paper.
        authors: String = "authors",
        /// Year of its first version.
        year: u64 = "year",
        /// Address of the paper.
        url: String = "url",
        /// Sentence of its abstract about its contribution, word for word; it holds for every spec that names the same paper.
        quote: String = "quote",
    }
}

table! {
    /// Preprocessing of a picture into the network's input.
    pub struct Preprocess {
        /// Shorter side after resizing, before the centre is cropped.
        resize: u64 = "resize",
        /// Filter of the resize; bilinear by default.
        interpolation: Interpolation = "interpolation",
        /// Whether the first channel is blue; red by default.
        bgr: bool = "bgr",
        /// Divisor of every value; 255 by default.
        divisor: f64 = "divisor",
        /// Mean that is subtracted: one for all channels, or one per channel.
        mean: OneOrEach<f64> = "mean",
        /// Standard deviation that is divided by: one for all channels, or one per channel.
        std: OneOrEach<f64> = "std",
    }
}

table! {
    /// Trained weights that are shipped with this file.
    pub struct Weights {
        /// Safetensors file.
        file: String = "file",
        /// Training data and method.
        about: String = "about",
        /// Percentage of test images that are classified correctly.
        top1: f64 = "top1",
    }
}

table! {
    /// Shortcut around all stages: the stem's output is added to that of the last block.
    pub struct Skip {
        /// Layers after the last block and before the addition.
        main: Vec<Located<RawLayer>> = "main",
        /// Layers between the stem and the addition; none for an identity shortcut.
        shortcut: Vec<Located<RawLayer>> = "shortcut",
        /// Layers after the addition.
        after_add: Vec<Located<RawLayer>> = "after_add",
    }
}

table! {
    /// Layers of every stage around its blocks. Their names are below the stage's, and `width` and `stride` are those of the first block.
    pub struct StageLayers {
        /// Layers before the first block.
        before: Vec<Located<RawLayer>> = "before",
        /// Whether the first half of the channels goes around the blocks, and only the second half through them (a cross stage partial
        /// network's); not unless said.
        cross: bool = "cross",
        /// Layers after the last block, before the halves are joined.
        inner: Vec<Located<RawLayer>> = "inner",
        /// Layers after that.
        after: Vec<Located<RawLayer>> = "after",
    }
}

table! {
    /// List of layers.
    pub struct Part {
        /// Layers in the order in which they run.
        layers: Vec<Located<RawLayer>> = "layers",
    }
}

table! {
    /// Settings of every convolution.
    pub struct ConvSettings {
        /// Standardises the weights of each output channel to mean 0 and variance 1 first, with this added to the variance.
        standardize: f64 = "standardize",
        /// Scaled standardisation: the standardised weights are multiplied by this over the root of how many one output channel has, and by a
        /// learned gain of the channel, `gain`; not unless said.
        gamma: f64 = "gamma",
    }
}

table! {
    /// Kind and settings of every normalisation.
    pub struct Norm {
        /// Kind: "batch" by default; also "group", "instance", "split" (some channels by instance and the rest by batch),
        /// "none", and the two that include their own activation, `evo_s0` and `filter_response`.
        kind: NormKind = "kind",
        /// Number of groups of channels, for the kinds that have them; 32 by default.
        groups: u64 = "groups",
        /// Number of channels per group, instead of a number of groups.
        group_size: u64 = "group_size",
        /// Whether an instance normalisation has a scale and a shift per channel; false by default, as in PyTorch.
        affine: bool = "affine",
        /// Whether a group normalisation's class is derived from PyTorch's, as in timm: ptflops counts only PyTorch's own.
        derived: bool = "derived",
        /// Constant that is added to the variance; 0.00001 by default.
        eps: f64 = "eps",
        /// Share of the batch's statistics in the updated running ones; 0.1 by default.
        momentum: f64 = "momentum",
    }
}

table! {
    /// Names of stages and blocks; `stage` counts from 1, `block` from 0.
    pub struct Names {
        /// Module path of a stage: `layer{stage}`.
        stage: Template = "stage",
        /// Module path of a block: `layer{stage}.{block}`.
        block: Template = "block",
        /// Name of a stage in the paper: `conv{stage + 1}_x`.
        paper: Template = "paper",
    }
}

table! {
    /// Blocks, shortcuts and attentions that a network defines itself.
    pub struct Define {
        /// Blocks by name.
        blocks: Named<BlockFile> = "blocks",
        /// Shortcuts by name.
        shortcuts: Named<ShortcutFile> = "shortcuts",
        /// Attentions by name.
        attentions: Named<AttentionFile> = "attentions",
    }
}

table! {
    /// Gate: layers whose output multiplies their input, channel by channel.
    pub struct AttentionFile {
        /// Summary of its distinguishing features, in a sentence.
        summary: String = "summary",
        /// Parameters that a network may set with `with`, and their defaults; `in` is the number of the map's channels.
        parameters: Named<Expr> = "parameters",
        /// Layers in the order in which they run.
        layers: Vec<Located<RawLayer>> = "layers",
    }
}

table! {
    /// Residual block: its layers in the order in which they run.
    pub struct BlockFile {
        /// Summary of its distinguishing features, in a sentence.
        summary: String = "summary",
        /// Parameters that a network may set with `with`, and their defaults.
        parameters: Named<Expr> = "parameters",
        /// Number of output channels.
        out: Expr = "out",
        /// Layers before the two paths split: a projection shortcut takes their output, an identity shortcut does not.
        before: Vec<Located<RawLayer>> = "before",
        /// Layers of the main path: the residual function.
        main: Vec<Located<RawLayer>> = "main",
        /// Kind of shortcut; "none" adds nothing.
        shortcut: String = "shortcut",
        /// Layers after the addition.
        after_add: Vec<Located<RawLayer>> = "after_add",
    }
}

table! {
    /// Layers of a shortcut that is not the identity.
    pub struct ShortcutFile {
        /// Summary of its distinguishing features, in a sentence.
        summary: String = "summary",
        /// Condition for these layers; otherwise the shortcut is the identity.
        when: When = "when",
        /// Layers in the order in which they run.
        layers: Vec<Located<RawLayer>> = "layers",
        /// Layers instead of the identity, whose input is the block's own like the identity's: a pool without parameters.
        identity: Vec<Located<RawLayer>> = "identity",
    }
}

impl BlockFile {
    /// Whether the block has a place for the network's attention.
    pub fn has_place_for_attention(&self) -> bool {
        let lists = [&self.before, &self.main, &self.after_add];
        let layers = lists.into_iter().flatten().flat_map(|list| &list.value);
        layers
            .into_iter()
            .any(|layer| match &layer.value.layer.value {
                Value::Table(entries) => entries.iter().any(|(key, _)| key.value == "attention"),
                _ => false,
            })
    }
}

impl ArchitectureFile {
    /// Preprocessing of a picture, if there is any.
    pub fn preprocessing(&self) -> Option<&Preprocess> {
        self.preprocess.as_ref()?.value.0.as_ref()
    }

    /// Whether all blocks that this file chooses are defined in it with a shortcut, which the parent's would override.
    fn defines_its_shortcuts(&self) -> bool {
        let blocks = self
            .define
            .as_ref()
            .and_then(|define| define.value.blocks.as_ref());
        let (Some(chosen), Some(own)) = (&self.block, blocks) else {
            return false;
        };
        let has_one = |name: &String| {
            let found = own.value.0.iter().find(|(key, _)| key.value == *name);
            found.is_some_and(|(_, block)| block.value.shortcut.is_some())
        };
        match &chosen.value {
            PerStage::All(name) => has_one(&name.value),
            PerStage::Each(names) => names.iter().all(|name| has_one(&name.value)),
        }
    }

    /// Merges this file's keys over those of its parent; keys about a single network are not inherited.
    #[must_use]
    pub fn inherit(self, parent: Self) -> Self {
        fn nested<T>(
            child: Option<Located<T>>,
            parent: Option<Located<T>>,
            or: impl FnOnce(T, T) -> T,
        ) -> Option<Located<T>> {
            match (child, parent) {
                (Some(child), Some(parent)) => Some(Located {
                    value: or(child.value, parent.value),
                    place: child.place,
                }),
                (child, parent) => child.or(parent),
            }
        }
        let (mut child, mut parent) = (self, parent);
        parent.title = None;
        parent.summary = None;
        parent.aliases = None;
        if let Some(translations) = &mut parent.translations {
            for (_, texts) in &mut translations.value.0 {
                let texts = &mut texts.value;
                (texts.title, texts.summary) = (None, None);
                if child.family.is_some() {
                    texts.family = None;
                }
                if child.labels.is_some() {
                    texts.labels = None;
                }
            }
        }
        parent.weights = None;
        parent.samples = None;
        if child.block.is_some() {
            // Parameters belong to the block: another block has others.
            parent.with = None;
            if child.defines_its_shortcuts() {
                parent.shortcut = None;
            }
        }
        if let Some(published) = &mut parent.published {
            published.value = Published::default().inherit(std::mem::take(&mut published.value));
        }
        child.published = nested(child.published, parent.published.take(), Published::inherit);
        let preprocess = |child, parent| OrNone::over(child, parent, Preprocess::or);
        child.preprocess = nested(child.preprocess, parent.preprocess.take(), preprocess);
        child.translations = nested(
            child.translations,
            parent.translations.take(),
            |child, parent| {
                let mut parent = parent.0;
                let mut entries = child.0;
                for (code, texts) in &mut entries {
                    let of_parent = parent
                        .iter()
                        .position(|(other, _)| other.value == code.value);
                    if let Some(number) = of_parent {
                        let inherited = parent.remove(number).1.value;
                        texts.value = std::mem::take(&mut texts.value).or(inherited);
                    }
                }
                entries.extend(parent);
                Named(entries)
            },
        );
        child.norm = nested(child.norm, parent.norm.take(), Norm::or);
        child.conv = nested(child.conv, parent.conv.take(), ConvSettings::or);
        child.names = nested(child.names, parent.names.take(), Names::or);
        child.with = nested(child.with, parent.with.take(), over);
        child.define = nested(child.define, parent.define.take(), |child, parent| Define {
            blocks: nested(child.blocks, parent.blocks, over),
            shortcuts: nested(child.shortcuts, parent.shortcuts, over),
            attentions: nested(child.attentions, parent.attentions, over),
        });
        child.or(parent)
    }
}

fn over<T>(child: Named<T>, parent: Named<T>) -> Named<T> {
    let mut entries = child.0;
    for (key, value) in parent.0 {
        if !entries.iter().any(|(name, _)| name.value == key.value) {
            entries.push((key, value));
        }
    }
    Named(entries)
}
