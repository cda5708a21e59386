//! From the tree of modules to the templates of classes.

use std::collections::{BTreeMap, HashMap};

use super::containers::{self, Container};
use super::module::{expression, in_sequence, module};
use super::template::{Class, Piece, signature, slots, text};
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
            Self::Leaf { id, .. } => network.inputs(*id),
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

    /// The statements of `forward`.
    fn forward(
        &self,
        component: &Component,
        shortcut: Option<&Shortcut>,
        container: &Container,
    ) -> Vec<Vec<Piece>> {
        let network = self.network;
        let skipped = shortcut.and_then(|shortcut| shortcut.item);
        let steps: Vec<usize> = (0..component.items.len())
            .filter(|&at| Some(at) != skipped)
            .collect();
        let reads = |at: usize| {
            let mut reads = component.items[at].reads(network);
            if let Some(shortcut) = shortcut
                && shortcut.add == at
            {
                reads.truncate(1);
            }
            reads
        };
        let mut uses: BTreeMap<LayerId, usize> = BTreeMap::new();
        for &at in &steps {
            for id in reads(at) {
                *uses.entry(id).or_default() += 1;
            }
        }
        let mut scope = Scope {
            uses,
            names: HashMap::from([(component.input, "x".to_owned())]),
            pending: HashMap::new(),
        };
        let mut lines = Vec::new();
        let source = shortcut.map(|shortcut| shortcut.source);
        let begin = |scope: &Scope| {
            let of = source.and_then(|source| scope.names.get(&source).cloned());
            vec![text("shortcut = "), Piece::Shortcut(of.unwrap_or_default())]
        };
        if source == Some(component.input) {
            lines.push(begin(&scope));
        }
        for (place, &at) in steps.iter().enumerate() {
            let item = &component.items[at];
            let (read, out) = (reads(at), item.output());
            let mut inputs: Vec<Vec<Piece>> = read.iter().map(|id| scope.take(*id)).collect();
            if shortcut.is_some_and(|shortcut| shortcut.add == at) {
                inputs.push(vec![text("shortcut")]);
            }
            let root = read.first().copied();
            let made = match (container.accessor(&item.name().replace('#', "_")), item) {
                (None, Item::Leaf { id, .. }) => expression(&network[*id].layer, &inputs),
                (accessor, _) => {
                    let mut call = vec![text(format!("{}(", accessor.unwrap_or_default()))];
                    call.extend(inputs.into_iter().flatten());
                    call.push(text(")"));
                    call
                }
            };
            let next = steps.get(place + 1).copied();
            let Some(next) = next else {
                lines.push(std::iter::once(text("return ")).chain(made).collect());
                break;
            };
            let follows = matches!(&component.items[next], Item::Leaf { id, .. } if continues(&network[*id].layer));
            if follows
                && reads(next) == [out]
                && scope.uses.get(&out) == Some(&1)
                && source != Some(out)
            {
                scope
                    .pending
                    .insert(out, (made, root.map_or(out, |root| scope.root(root))));
                continue;
            }
            let name = scope.name(root, item, network);
            lines.push(
                [text(format!("{name} = "))]
                    .into_iter()
                    .chain(made)
                    .collect(),
            );
            scope.names.insert(out, name);
            if source == Some(out) {
                lines.push(begin(&scope));
            }
        }
        lines
    }
}

/// Whether a layer stands in one line with what it reads: a normalisation or an activation.
fn continues(layer: &Layer) -> bool {
    matches!(
        layer,
        Layer::BatchNorm2d(_)
            | Layer::GroupNorm(_)
            | Layer::EvoNorm2dS0(_)
            | Layer::FilterResponseNorm { .. }
            | Layer::Relu
            | Layer::Sigmoid
    )
}

/// The variables of a `forward`.
struct Scope {
    /// How often each value is still read.
    uses: BTreeMap<LayerId, usize>,
    /// The variable that holds a value.
    names: HashMap<LayerId, String>,
    /// Expressions that the next line takes in, with the value whose variable they began with.
    pending: HashMap<LayerId, (Vec<Piece>, LayerId)>,
}

impl Scope {
    /// What to write for a value that is read here.
    fn take(&mut self, id: LayerId) -> Vec<Piece> {
        if let Some(left) = self.uses.get_mut(&id) {
            *left = left.saturating_sub(1);
        }
        match self.pending.get(&id) {
            Some((pieces, _)) => pieces.clone(),
            None => vec![text(self.names.get(&id).cloned().unwrap_or_default())],
        }
    }

    /// The value whose variable an expression began with.
    fn root(&self, id: LayerId) -> LayerId {
        self.pending.get(&id).map_or(id, |(_, root)| *root)
    }

    /// The variable for what `item` makes: the one that it read, if nothing needs that any more.
    fn name(&self, root: Option<LayerId>, item: &Item, network: &Network) -> String {
        let live: Vec<&String> = self
            .names
            .iter()
            .filter(|(id, _)| self.uses.get(id).is_some_and(|&left| left > 0))
            .map(|(_, name)| name)
            .collect();
        if let Some(name) = root.and_then(|root| self.names.get(&self.root(root)))
            && !live.contains(&name)
        {
            return name.clone();
        }
        let hint = match item {
            Item::Child(_) => "y",
            Item::Leaf { id, .. } => match network[*id].layer {
                Layer::Slice { .. } => "part",
                Layer::GlobalAvgPool | Layer::RadixSum { .. } => "gate",
                _ => "y",
            },
        };
        let numbered = (2..).map(|number| format!("{hint}{number}"));
        std::iter::once(hint.to_owned())
            .chain(numbered)
            .find(|name| !live.contains(&name))
            .unwrap_or_default()
    }
}
