//! The tables of the three kinds of files: architecture, block and shortcut.

use std::sync::Arc;

use serde_json::json;

use super::activation::Act;
use super::decode::{Decode, Named, OneOrEach, OrNone, PerBlock, PerStage, expected, table, word};
use super::expr::{Expr, Template};
use super::interpolation::Interpolation;
use super::norm_kind::NormKind;
use super::pair::StageStride;
use super::problem::Problem;
use super::published::Published;
use super::source::Located;
use super::value::Value;
use crate::message;

/// The key of a condition that any layer may have.
pub const WHEN: &str = "when";

/// One layer of a list, still as written: which keys it may have depends on its unit, which `lower` knows.
///
/// Every block of a stage, of every network, reads it again: it is shared, not copied.
#[derive(Debug, Clone, PartialEq)]
pub struct RawLayer {
    /// Its table, without its condition.
    pub layer: Arc<Located<Value>>,
    /// Its condition.
    pub when: Option<Arc<Located<Value>>>,
}

impl RawLayer {
    /// Takes a table apart.
    pub fn new(mut layer: Located<Value>) -> Self {
        let when = match &mut layer.value {
            Value::Table(entries) => {
                let at = entries.iter().position(|(key, _)| key.value == WHEN);
                at.map(|at| Arc::new(entries.remove(at).1))
            }
            _ => None,
        };
        Self {
            layer: Arc::new(layer),
            when,
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

/// When a block's shortcut has layers of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Where the identity would not fit: the stride is not 1, or channels in and out differ.
    ShapeChanges,
    /// Where channels in and out differ, whatever the stride.
    ChannelsChange,
    /// Where the stride is not 1, whatever the channels: a common mistake, here so that it can be shown.
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
    /// A network, or its difference from the one that it inherits.
    pub struct ArchitectureFile {
        /// The network that this one is a variant of: a name of the catalogue, or a path relative to this file.
        inherits: String = "inherits",
        /// Its name as people write it: ResNet-50.
        title: String = "title",
        /// The group that `list` shows it in.
        family: String = "family",
        /// What distinguishes it, in a sentence.
        summary: String = "summary",
        /// Other names that it can be asked for by.
        aliases: Vec<Located<String>> = "aliases",
        /// Where it was published.
        paper: Paper = "paper",
        /// The image that it reads: channels, height, width.
        input: Vec<Located<u64>> = "input",
        /// How many classes it tells apart.
        classes: u64 = "classes",
        /// The classes' names, in the order of the outputs.
        labels: Vec<Located<String>> = "labels",
        /// How a picture becomes what the first layer reads; "none" takes an inherited one away.
        preprocess: OrNone<Preprocess> = "preprocess",
        /// Trained weights that are shipped beside this file.
        weights: Weights = "weights",
        /// The folder of shipped pictures, beside this file.
        samples: String = "samples",
        /// Accuracies that were published for trained weights of this network.
        published: Published = "published",
        /// What runs before the first block.
        stem: Part = "stem",
        /// The kind of residual block.
        block: PerStage<String> = "block",
        /// How many blocks each stage has.
        blocks: Vec<Located<u64>> = "blocks",
        /// The width of the blocks in each stage, which they call `width`; a stage may have a list, one per block.
        widths: Vec<Located<PerBlock<u64>>> = "widths",
        /// The stride of each stage's first block, which it calls `stride`; every other block has 1. Two numbers are a pair,
        /// height and width; any other list has one stride per block.
        strides: Vec<Located<StageStride>> = "strides",
        /// Values for the block's parameters, one for all stages or one a stage; a stage may have a list, one a block.
        with: Named<PerStage<PerBlock<Expr>>> = "with",
        /// The kind of shortcut in place of the block's own, one for all stages or one a stage; "none" adds nothing.
        shortcut: PerStage<String> = "shortcut",
        /// The kind of attention that stands where the block has a place for one, one for all stages or one a stage.
        attention: PerStage<String> = "attention",
        /// The kind of every normalisation, and its settings.
        norm: Norm = "norm",
        /// The activation of every layer that does not name its own, but of those within a gate: a kind, or a table with its settings;
        /// "relu" unless said.
        act: Act = "act",
        /// Settings of every convolution.
        conv: ConvSettings = "conv",
        /// Whether PyTorch's build calls a block's ReLU as a module once and as `F.relu` from then on; not unless said. Only
        /// the rule ptflops counts the two differently.
        functional_relu: bool = "functional_relu",
        /// A shortcut around all stages.
        skip: OrNone<Skip> = "skip",
        /// Layers of every stage around its blocks.
        stage: StageLayers = "stage",
        /// What runs after the last block.
        head: Part = "head",
        /// How stages and blocks are named.
        names: Names = "names",
        /// Blocks, shortcuts and attentions of this network's own.
        define: Define = "define",
    }
}

table! {
    /// Where a network was published.
    pub struct Paper {
        /// Its title.
        title: String = "title",
        /// Its authors.
        authors: String = "authors",
        /// The year of its first version.
        year: u64 = "year",
        /// Where to read it.
        url: String = "url",
        /// What it does in a sentence of its abstract, word for word; it holds for every spec that names the same paper.
        quote: String = "quote",
    }
}

table! {
    /// How a picture becomes what the first layer reads.
    pub struct Preprocess {
        /// The shorter side after resizing, before the centre is cut out.
        resize: u64 = "resize",
        /// By which filter it is resized; bilinear unless said.
        interpolation: Interpolation = "interpolation",
        /// Whether the network reads blue first; red unless said.
        bgr: bool = "bgr",
        /// What every value is divided by; 255 unless said.
        divisor: f64 = "divisor",
        /// The mean that is subtracted: one for all channels, or one per channel.
        mean: OneOrEach<f64> = "mean",
        /// The standard deviation that it is divided by: one for all channels, or one per channel.
        std: OneOrEach<f64> = "std",
    }
}

table! {
    /// Trained weights that are shipped beside this file.
    pub struct Weights {
        /// A safetensors file.
        file: String = "file",
        /// What they were trained on, and how.
        about: String = "about",
        /// Share of test images classified rightly, in percent.
        top1: f64 = "top1",
    }
}

table! {
    /// A shortcut around all stages: the stem's output is added to that of the last block.
    pub struct Skip {
        /// Layers after the last block and before the addition.
        main: Vec<Located<RawLayer>> = "main",
        /// Layers between the stem and the addition; none for the identity.
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
    /// A list of layers.
    pub struct Part {
        /// In the order in which they run.
        layers: Vec<Located<RawLayer>> = "layers",
    }
}

table! {
    /// Settings of every convolution.
    pub struct ConvSettings {
        /// Bring the weights of each output channel to mean 0 and variance 1 first, with this added to the variance.
        standardize: f64 = "standardize",
        /// Scaled standardisation: the standardised weights are multiplied by this over the root of how many one output channel has, and by a
        /// learned gain of the channel, `gain`; not unless said.
        gamma: f64 = "gamma",
    }
}

table! {
    /// The kind of every normalisation, and its settings.
    pub struct Norm {
        /// "batch" unless said; also "group", "instance", "split" (some channels by instance and the rest by batch), "none", and the
        /// two that are their own activation, `evo_s0` and `filter_response`.
        kind: NormKind = "kind",
        /// Groups of channels, for the kinds that have them; 32 unless said.
        groups: u64 = "groups",
        /// Channels in a group, in place of a number of groups.
        group_size: u64 = "group_size",
        /// Whether an instance normalisation has a scale and a shift a channel; not unless said, as in PyTorch.
        affine: bool = "affine",
        /// Whether the class of a group normalisation is derived from PyTorch's, as timm's is: ptflops counts PyTorch's own alone.
        derived: bool = "derived",
        /// Added to the variance; 0.00001 unless said.
        eps: f64 = "eps",
        /// Share of the batch's statistics in the new running ones; 0.1 unless said.
        momentum: f64 = "momentum",
    }
}

table! {
    /// How stages and blocks are named; `stage` counts from 1, `block` from 0.
    pub struct Names {
        /// The module path of a stage: `layer{stage}`.
        stage: Template = "stage",
        /// The module path of a block: `layer{stage}.{block}`.
        block: Template = "block",
        /// The paper's name of a stage: `conv{stage + 1}_x`.
        paper: Template = "paper",
    }
}

table! {
    /// Blocks, shortcuts and attentions of a network's own.
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
    /// A gate: layers whose output multiplies the map that they read, channel by channel.
    pub struct AttentionFile {
        /// What distinguishes it, in a sentence.
        summary: String = "summary",
        /// Values that a network may set with `with`, and what they are unless it does; `in` is the map's channels.
        parameters: Named<Expr> = "parameters",
        /// In the order in which they run.
        layers: Vec<Located<RawLayer>> = "layers",
    }
}

table! {
    /// A residual block: its layers in the order in which they run.
    pub struct BlockFile {
        /// What distinguishes it, in a sentence.
        summary: String = "summary",
        /// Values that a network may set with `with`, and what they are unless it does.
        parameters: Named<Expr> = "parameters",
        /// How many channels it puts out.
        out: Expr = "out",
        /// Layers before the two paths part: a projection sees what they put out, an identity shortcut does not.
        before: Vec<Located<RawLayer>> = "before",
        /// The residual function.
        main: Vec<Located<RawLayer>> = "main",
        /// The kind of shortcut; "none" adds nothing.
        shortcut: String = "shortcut",
        /// Layers after the addition.
        after_add: Vec<Located<RawLayer>> = "after_add",
    }
}

table! {
    /// What a shortcut does where it is not the identity.
    pub struct ShortcutFile {
        /// What distinguishes it, in a sentence.
        summary: String = "summary",
        /// When it has these layers; elsewhere it is the identity.
        when: When = "when",
        /// In the order in which they run.
        layers: Vec<Located<RawLayer>> = "layers",
        /// Layers in place of the identity, which read the block's own input as the identity does: a pool without parameters.
        identity: Vec<Located<RawLayer>> = "identity",
    }
}

impl BlockFile {
    /// Whether the network's attention stands somewhere in it.
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
    /// How a picture becomes what the first layer reads, where anything is done.
    pub fn preprocessing(&self) -> Option<&Preprocess> {
        self.preprocess.as_ref()?.value.0.as_ref()
    }

    /// Whether every block that this file chooses is one that it defines with a shortcut, which the parent's would hide.
    fn brings_its_shortcut(&self) -> bool {
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

    /// This file's keys over those of its parent; what is about one network alone is not inherited.
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
        parent.weights = None;
        parent.samples = None;
        if child.block.is_some() {
            // Parameters are the block's: another block has others.
            parent.with = None;
            if child.brings_its_shortcut() {
                parent.shortcut = None;
            }
        }
        if let Some(published) = &mut parent.published {
            published.value = Published::default().inherit(std::mem::take(&mut published.value));
        }
        child.published = nested(child.published, parent.published.take(), Published::inherit);
        let preprocess = |child, parent| OrNone::over(child, parent, Preprocess::or);
        child.preprocess = nested(child.preprocess, parent.preprocess.take(), preprocess);
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
