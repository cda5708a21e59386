//! Templates of classes, built from the tree of modules.

mod forward;

use std::collections::{HashMap, HashSet};

use super::containers::Container;
use super::module::{in_sequence, module};
use super::names;
use super::template::{Class, Piece, Role, signature, slots};
use super::tree::{Component, Item};
use crate::network::{Branch, Combine, Conv, Gate, Layer, LayerId, Network, Pool, Reshape};

/// Classes found so far; a class comes before those that use it.
pub(super) struct Builder<'a> {
    pub(super) network: &'a Network,
    pub(super) classes: Vec<Class>,
    /// Class name of the whole network.
    pub(super) root: String,
    /// Class of each signature.
    pub(super) by_signature: HashMap<String, usize>,
    /// Number of classes of each kind that have requested a name.
    pub(super) taken: HashMap<String, usize>,
    /// Kind of each block, by its path.
    pub(super) blocks: HashMap<&'a str, &'a str>,
    /// Layer whose output channels are the classes.
    pub(super) classifier: Option<LayerId>,
    /// Layers of a block that see the mean of each map alone.
    pub(super) pooled: HashSet<LayerId>,
}

/// Last layer with tensors, if it gives `classes` outputs and nothing but reshapes follow it.
pub(super) fn classifier(network: &Network, classes: Option<u64>) -> Option<LayerId> {
    let mut id = network.sink()?;
    loop {
        let outputs = match &network[id].layer {
            Layer::Linear(linear) => linear.out_features,
            Layer::Conv(Conv::Spatial(conv)) => conv.out_channels,
            Layer::Reshape(Reshape::Flatten | Reshape::Dropout { .. })
            | Layer::Pool(Pool::Global) => {
                id = *network.inputs(id).first()?;
                continue;
            }
            _ => return None,
        };
        return (Some(outputs) == classes).then_some(id);
    }
}

/// Layers of blocks between the mean of each map and the gate that it controls.
pub(super) fn pooled(network: &Network) -> HashSet<LayerId> {
    let mut found = HashSet::new();
    for (id, node) in network.nodes() {
        let follows = match &node.layer {
            Layer::Pool(Pool::Global | Pool::Along(_)) => true,
            Layer::Conv(_) | Layer::Norm(_) | Layer::Activation(_) | Layer::Linear(_) => {
                network.inputs(id).iter().all(|input| found.contains(input))
            }
            _ => false,
        };
        if follows && node.scope.block.is_some() {
            found.insert(id);
        }
    }
    found
}

/// Kind of each block of `network`, by its path.
pub(super) fn blocks(network: &Network) -> HashMap<&str, &str> {
    let stages = network.stages().iter();
    stages
        .flat_map(|stage| {
            stage
                .blocks
                .iter()
                .map(|path| (path.as_str(), stage.block.as_str()))
        })
        .collect()
}

impl Item {
    /// Path below its parent.
    fn name(&self) -> &str {
        match self {
            Self::Leaf { name, .. } => name,
            Self::Child(child) => &child.name,
        }
    }

    /// Output value.
    fn output(&self) -> LayerId {
        match self {
            Self::Leaf { id, .. } => *id,
            Self::Child(child) => child.output,
        }
    }

    /// Operands.
    fn reads(&self, network: &Network) -> Vec<LayerId> {
        match self {
            Self::Leaf { id, .. } => network.inputs(*id).to_vec(),
            Self::Child(child) => vec![child.input],
        }
    }
}

/// Parts of a block's shortcut.
struct Shortcut {
    /// Value from which it is computed.
    source: LayerId,
    /// Index of its module among the items; `None` if it is the value itself.
    item: Option<usize>,
    /// Index of the addition.
    add: usize,
}

impl Builder<'_> {
    /// Expression that creates a module.
    pub(super) fn constructor(&mut self, component: &Component) -> Vec<Piece> {
        if self.is_sequence(component) {
            let items = component.items.iter();
            return vec![Piece::Sequence(
                items
                    .map(|item| {
                        let pieces = match item {
                            Item::Leaf { id, .. } => {
                                let pieces = in_sequence(&self.network[*id].layer);
                                self.meant(*id, pieces).unwrap_or_default()
                            }
                            Item::Child(child) => self.constructor(child),
                        };
                        (item.name().to_owned(), pieces)
                    })
                    .collect(),
            )];
        }
        vec![self.object(component)]
    }

    /// The pieces of a layer, with the numbers whose meaning its place in the network decides.
    fn meant(&self, id: LayerId, pieces: Option<Vec<Piece>>) -> Option<Vec<Piece>> {
        let role = if self.classifier == Some(id) {
            Role::Classes
        } else if self.pooled.contains(&id) {
            Role::Squeeze
        } else {
            return pieces;
        };
        let mut pieces = pieces?;
        for piece in &mut pieces {
            if let Piece::Number(slot) = piece
                && slot.role == Role::Out
            {
                slot.role = role;
            }
        }
        Some(pieces)
    }

    /// Whether each item is a named module whose input is the output of the one before it.
    fn is_sequence(&self, component: &Component) -> bool {
        let mut value = component.input;
        let mut names: HashSet<&str> = HashSet::new();
        component.items.iter().all(|item| {
            let reads = item.reads(self.network) == [value];
            value = item.output();
            let name = item.name();
            let fresh = names.insert(name) && names::is_free(name);
            let modular = match item {
                Item::Leaf { id, .. } => in_sequence(&self.network[*id].layer).is_some(),
                Item::Child(_) => true,
            };
            reads && fresh && modular
        }) && !component.prefix.is_empty()
    }

    /// An object of a class: a new class, or an existing one if they differ in numbers alone.
    fn object(&mut self, component: &Component) -> Piece {
        let shortcut = self.shortcut(component);
        let skipped = shortcut.as_ref().and_then(|shortcut| shortcut.item);

        let paths = self.paths(component);
        let mut entries: Vec<(String, Vec<Piece>)> = Vec::new();
        let mut made: HashSet<&str> = HashSet::new();
        for (at, item) in component.items.iter().enumerate() {
            let Some(path) = paths[at].as_deref().filter(|_| Some(at) != skipped) else {
                continue;
            };
            if !made.insert(path) {
                continue;
            }
            let pieces = match item {
                Item::Leaf { id, .. } => self.meant(*id, module(&self.network[*id].layer)),
                Item::Child(child) => Some(self.constructor(child)),
            };
            entries.extend(pieces.map(|pieces| (path.to_owned(), pieces)));
        }
        let container = Container::new(entries).made();
        let reached: Vec<Option<&str>> = paths
            .iter()
            .map(|path| {
                container
                    .accessors
                    .get(path.as_deref()?)
                    .map(String::as_str)
            })
            .collect();
        let forward = self.forward(component, shortcut.as_ref(), &reached);
        let init = container.statements;

        let mut name = None;
        let mut pieces = None;
        if let Some(at) = skipped {
            let item = &component.items[at];
            let (first, rest) = item.name().split_once('.').unwrap_or((item.name(), ""));
            name = Some(first.to_owned());
            let own = match item {
                Item::Leaf { id, .. } => in_sequence(&self.network[*id].layer).unwrap_or_default(),
                Item::Child(child) => self.constructor(child),
            };
            pieces = Some(if rest.is_empty() {
                own
            } else {
                vec![Piece::Sequence(vec![(rest.to_owned(), own)])]
            });
        }

        let kind = self.kind(component);
        let lines = init.iter().chain(&forward);
        let notice: Vec<String> = lines.clone().map(|line| signature(line)).collect();
        let full = format!("{kind}\n{}", notice.join("\n"));
        let numbers: Vec<_> = lines.flat_map(|line| slots(line)).collect();
        let values = numbers.iter().map(|slot| slot.value).collect();
        let known = self.by_signature.get(&full).copied();
        let class = known.unwrap_or_else(|| {
            self.by_signature.insert(full, self.classes.len());
            let name = self.free_name(&kind);
            self.classes.push(Class {
                name,
                first: component.prefix.clone(),
                is_block: self.blocks.contains_key(component.prefix.as_str()),
                init,
                forward,
                shortcut: None,
                with_shortcut: 0,
                objects: Vec::new(),
                arguments: Vec::new(),
                written: Vec::new(),
            });
            self.classes.len() - 1
        });
        let entry = &mut self.classes[class];
        entry.objects.push(values);
        if name.is_some() {
            entry.shortcut = name;
            entry.with_shortcut += 1;
        }
        Piece::Call {
            class,
            slots: numbers,
            shortcut: pieces,
        }
    }

    /// Path of each item's module below this one; `None` for an expression. Tensors have the paths of the network. A module
    /// without tensors, such as a pool, is created once for equal calls, and yields its name to others.
    fn paths(&self, component: &Component) -> Vec<Option<String>> {
        let is_bare = |item: &Item| matches!(item, Item::Leaf { id, .. } if self.network[*id].layer.parameters().is_empty());
        let mut taken: HashSet<String> = component
            .items
            .iter()
            .filter(|item| !is_bare(item))
            .map(|item| item.name().to_owned())
            .collect();
        let mut bare: HashMap<&str, Vec<(&Layer, String)>> = HashMap::new();
        let mut paths = Vec::with_capacity(component.items.len());
        for item in &component.items {
            let name = item.name();
            let Item::Leaf { id, .. } = item else {
                paths.push(Some(name.to_owned()));
                continue;
            };
            let layer = &self.network[*id].layer;
            if !is_bare(item) {
                paths.push(Some(name.to_owned()));
            } else if module(layer).is_none() {
                paths.push(None);
            } else {
                let known = bare.entry(name).or_default();
                let found = known.iter().find(|(other, _)| *other == layer);
                let found = found.map(|(_, path)| path.clone());
                let path = found.unwrap_or_else(|| {
                    let numbered = (2..).map(|number| format!("{name}_{number}"));
                    let mut names = std::iter::once(name.to_owned()).chain(numbered);
                    let path = names.find(|name| !taken.contains(name)).unwrap_or_default();
                    taken.insert(path.clone());
                    known.push((layer, path.clone()));
                    path
                });
                paths.push(Some(path));
            }
        }
        paths
    }

    /// A class name that neither another class nor the file uses: `Bottleneck`, `Bottleneck2`.
    fn free_name(&mut self, kind: &str) -> String {
        loop {
            let count = self.taken.entry(kind.to_owned()).or_default();
            *count += 1;
            let name = match *count {
                1 => kind.to_owned(),
                count => format!("{kind}{count}"),
            };
            let is_new = name == kind || !self.taken.contains_key(&name);
            if is_new && !names::is_used(&name) {
                self.taken.entry(name.clone()).or_insert(1);
                return name;
            }
        }
    }

    /// Name for a class: its kind of block, its operation, or its module's name.
    fn kind(&self, component: &Component) -> String {
        if component.prefix.is_empty() {
            return self.root.clone();
        }
        if let Some(block) = self.blocks.get(component.prefix.as_str()) {
            return names::camel(block);
        }
        let has = |wanted: fn(&Layer) -> bool| {
            component.items.iter().any(
                |item| matches!(item, Item::Leaf { id, .. } if wanted(&self.network[*id].layer)),
            )
        };
        if has(|layer| matches!(layer, Layer::Conv(Conv::Channels { .. }))) {
            return "EfficientChannelAttention".to_owned();
        }
        if has(|layer| matches!(layer, Layer::Combine(Combine::RadixWeightedSum { .. }))) {
            let selects = has(|layer| matches!(layer, Layer::Combine(Combine::Concat { .. })));
            let name = if selects {
                "SelectiveKernel"
            } else {
                "SplitAttention"
            };
            return name.to_owned();
        }
        if has(|layer| matches!(layer, Layer::Combine(Combine::Multiply)))
            && component.items.len() > 3
        {
            return "SqueezeExcitation".to_owned();
        }
        if has(|layer| matches!(layer, Layer::Gate(Gate::RadixSoftmax { .. }))) {
            return "Attention".to_owned();
        }
        let is_chain = component.items.iter().all(|item| {
            let Item::Leaf { id, .. } = item else {
                return false;
            };
            let layer = &self.network[*id].layer;
            let blurs = matches!(layer, Layer::Pool(Pool::Blur { .. }));
            blurs
                || matches!(
                    layer,
                    Layer::Conv(_) | Layer::Norm(_) | Layer::Activation(_)
                )
        });
        if is_chain && has(|layer| matches!(layer, Layer::Conv(_))) {
            return "ConvNormAct".to_owned();
        }
        // `stages.0` is a stage.
        let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let parts: Vec<&str> = component.prefix.split('.').collect();
        let word = parts.iter().rev().find(|part| !is_number(part));
        let word = word.copied().unwrap_or("part");
        let one = parts.last().is_some_and(|part| is_number(part));
        names::camel(word.strip_suffix('s').filter(|_| one).unwrap_or(word))
    }

    /// Shortcut of a block.
    fn shortcut(&self, component: &Component) -> Option<Shortcut> {
        if !self.blocks.contains_key(component.prefix.as_str()) {
            return None;
        }
        let is_add = |item: &Item| matches!(item, Item::Leaf { id, .. } if matches!(self.network[*id].layer, Layer::Combine(Combine::Add)));
        let add = component.items.iter().rposition(is_add)?;
        let operand = *component.items[add].reads(self.network).get(1)?;
        let of = |item: &Item| self.network[item.output()].scope.branch == Some(Branch::Shortcut);
        let modules: Vec<usize> = (0..add).filter(|&at| of(&component.items[at])).collect();
        match modules[..] {
            [] => Some(Shortcut {
                source: operand,
                item: None,
                add,
            }),
            [at] if component.items[at].output() == operand && is_argument(component, at) => {
                let Item::Leaf { id, .. } = component.items[at] else {
                    let source = component.items[at].reads(self.network)[0];
                    return Some(Shortcut {
                        source,
                        item: Some(at),
                        add,
                    });
                };
                in_sequence(&self.network[id].layer)?;
                let source = *self.network.inputs(id).first()?;
                Some(Shortcut {
                    source,
                    item: Some(at),
                    add,
                })
            }
            _ => None,
        }
    }
}

/// Whether the module of item `at` can be an argument of its block: its name is valid for one, and no other item is below it.
fn is_argument(component: &Component, at: usize) -> bool {
    let first = |name: &str| name.split('.').next().unwrap_or_default().to_owned();
    let name = component.items[at].name();
    let own = first(name);
    let alone = component
        .items
        .iter()
        .enumerate()
        .all(|(other, item)| other == at || first(item.name()) != own);
    let rest = name.split_once('.').map(|(_, rest)| rest);
    alone && names::is_argument(&own) && rest.is_none_or(names::is_free)
}
