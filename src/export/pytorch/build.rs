//! From the tree of modules to the templates of classes.

mod forward;

use super::containers::{self, Container};
use super::module::{in_sequence, module};
use super::template::{Class, Piece, signature, slots};
use super::tree::{Component, Item};
use crate::network::{Branch, Layer, LayerId, Network};

/// The classes that have been found so far; one that another uses stands before it.
pub(super) struct Builder<'a> {
    pub(super) network: &'a Network,
    pub(super) classes: Vec<Class>,
    /// The whole network's class name.
    pub(super) root: String,
}

impl Item {
    /// Its path below its parent.
    fn name(&self) -> &str {
        match self {
            Self::Leaf { name, .. } => name,
            Self::Child(child) => &child.name,
        }
    }

    /// The value that it makes.
    fn output(&self) -> LayerId {
        match self {
            Self::Leaf { id, .. } => *id,
            Self::Child(child) => child.output,
        }
    }

    /// The values that it reads.
    fn reads(&self, network: &Network) -> Vec<LayerId> {
        match self {
            Self::Leaf { id, .. } => network.inputs(*id).to_vec(),
            Self::Child(child) => vec![child.input],
        }
    }
}

/// How a block's shortcut comes about.
struct Shortcut {
    /// The value that it is made of.
    source: LayerId,
    /// The place of its module among the items; none where it is the value itself.
    item: Option<usize>,
    /// The place of the addition.
    add: usize,
}

impl Builder<'_> {
    /// The expression that makes a module.
    pub(super) fn constructor(&mut self, component: &Component) -> Vec<Piece> {
        if self.is_sequence(component) {
            let items = component.items.iter();
            return vec![Piece::Sequence(
                items
                    .map(|item| {
                        let pieces = match item {
                            Item::Leaf { id, .. } => {
                                in_sequence(&self.network[*id].layer).unwrap_or_default()
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

    /// Whether each item reads what the one before it makes, as a module with a name of its own.
    fn is_sequence(&self, component: &Component) -> bool {
        let mut value = component.input;
        let mut names: Vec<&str> = Vec::new();
        component.items.iter().all(|item| {
            let reads = item.reads(self.network) == [value];
            value = item.output();
            let name = item.name();
            let fresh = !names.contains(&name) && !name.contains('.');
            names.push(name);
            let modular = match item {
                Item::Leaf { id, .. } => in_sequence(&self.network[*id].layer).is_some(),
                Item::Child(_) => true,
            };
            reads && fresh && modular
        }) && !component.prefix.is_empty()
    }

    /// An object of a class: a new one, or one that differs in its numbers alone.
    fn object(&mut self, component: &Component) -> Piece {
        let shortcut = self.shortcut(component);
        let skipped = shortcut.as_ref().and_then(|shortcut| shortcut.item);

        let mut entries: Vec<(String, Vec<Piece>)> = Vec::new();
        for (at, item) in component.items.iter().enumerate() {
            let known = entries.iter().any(|(name, _)| name == item.name());
            if Some(at) == skipped || known {
                continue;
            }
            let pieces = match item {
                Item::Leaf { id, .. } => module(&self.network[*id].layer),
                Item::Child(child) => Some(self.constructor(child)),
            };
            entries.extend(pieces.map(|pieces| (item.name().replace('#', "_"), pieces)));
        }
        let container = Container::new(entries);
        let forward = self.forward(component, shortcut.as_ref(), &container);
        let init = container.statements();

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
        let told: Vec<String> = lines.clone().map(|line| signature(line)).collect();
        let full = format!("{kind}\n{}", told.join("\n"));
        let numbers: Vec<_> = lines.flat_map(|line| slots(line)).collect();
        let values = numbers.iter().map(|slot| slot.value).collect();
        let known = self
            .classes
            .iter()
            .position(|class| class.signature == full);
        let class = known.unwrap_or_else(|| {
            let taken = self
                .classes
                .iter()
                .filter(|class| class.kind == kind)
                .count();
            self.classes.push(Class {
                name: match taken {
                    0 => kind.clone(),
                    count => format!("{kind}{}", count + 1),
                },
                kind,
                first: component.prefix.clone(),
                signature: full,
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

    /// What a class is called: its kind of block, or what it does, or its module's name.
    fn kind(&self, component: &Component) -> String {
        if component.prefix.is_empty() {
            return self.root.clone();
        }
        let stage = self
            .network
            .stages()
            .iter()
            .find(|stage| stage.blocks.contains(&component.prefix));
        if let Some(stage) = stage {
            return containers::camel(&stage.block);
        }
        let has = |wanted: fn(&Layer) -> bool| {
            component.items.iter().any(
                |item| matches!(item, Item::Leaf { id, .. } if wanted(&self.network[*id].layer)),
            )
        };
        if has(|layer| matches!(layer, Layer::ChannelConv { .. })) {
            return "EfficientChannelAttention".to_owned();
        }
        if has(|layer| matches!(layer, Layer::RadixWeightedSum { .. })) {
            let selects = has(|layer| matches!(layer, Layer::Concat { .. }));
            let name = if selects {
                "SelectiveKernel"
            } else {
                "SplitAttention"
            };
            return name.to_owned();
        }
        if has(|layer| matches!(layer, Layer::Multiply)) && component.items.len() > 3 {
            return "SqueezeExcitation".to_owned();
        }
        let mut parts = component.name.rsplit('.');
        let word = parts.find(|part| !part.bytes().all(|byte| byte.is_ascii_digit()));
        containers::camel(word.unwrap_or("part"))
    }

    /// The shortcut of a block.
    fn shortcut(&self, component: &Component) -> Option<Shortcut> {
        let stages = self.network.stages();
        if !stages
            .iter()
            .any(|stage| stage.blocks.contains(&component.prefix))
        {
            return None;
        }
        let is_add = |item: &Item| matches!(item, Item::Leaf { id, .. } if matches!(self.network[*id].layer, Layer::Add));
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
            [at] if component.items[at].output() == operand
                && component.items[at].name().matches('.').count() <= 1 =>
            {
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
