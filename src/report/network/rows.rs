//! Rows of a layer table: stages, blocks and layers, each a run of layers in the order of execution.

mod runs;

use std::ops::Range;

use crate::message;
use crate::network::{LayerId, Network, Stage};
use crate::report::Subject;
use crate::text::{Joint, Message};

pub use runs::{alike, folded};

/// Level of detail of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// One row per stage.
    Stage,
    /// One row per block; stem and head by layer.
    Block,
    /// One row per layer.
    Layer,
}

impl Level {
    /// All levels, the coarsest first.
    pub const ALL: [Self; 3] = [Self::Stage, Self::Block, Self::Layer];

    /// Name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Stage => "stage",
            Self::Block => "block",
            Self::Layer => "layer",
        }
    }

    /// Its rows, for people.
    pub const fn word(self) -> Message {
        Message::new(match self {
            Self::Stage => "level-stages",
            Self::Block => "level-blocks",
            Self::Layer => "level-layers",
        })
    }

    /// Level called `name`.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.name() == name)
    }
}

/// Unit that a row represents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RowKind {
    /// Stage with all its layers.
    Stage(Stage),
    /// Block in a stage of the body.
    Block {
        /// Number of the stage, from 1.
        stage: u32,
        /// Number of the block, from 0.
        block: u32,
    },
    /// Equal consecutive blocks of a stage.
    Run {
        /// Number of the stage, from 1.
        stage: u32,
        /// First block, from 0.
        first: u32,
        /// Last block.
        last: u32,
    },
    /// Single layer.
    Layer(LayerId),
}

/// Row: the unit that it represents, and the layers that it sums up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Unit that it represents.
    pub kind: RowKind,
    /// Its layers, by their positions in the order of execution; never empty.
    layers: Range<usize>,
}

impl Row {
    /// The row of one layer.
    pub const fn layer(id: LayerId) -> Self {
        Self {
            kind: RowKind::Layer(id),
            layers: id.index()..id.index() + 1,
        }
    }

    /// The row of equal blocks from `first` to `last`; for other rows, only the first.
    #[must_use]
    pub fn run(first: &Self, last: &Self) -> Self {
        match (first.kind, last.kind) {
            (RowKind::Block { stage, block }, RowKind::Block { block: end, .. }) => Self {
                kind: RowKind::Run {
                    stage,
                    first: block,
                    last: end,
                },
                layers: first.layers.start..last.layers.end,
            },
            _ => first.clone(),
        }
    }

    /// Layers of the row in the order of execution.
    pub fn layers<'n>(
        &self,
        network: &'n Network,
    ) -> impl DoubleEndedIterator<Item = LayerId> + use<'n> {
        network.ids_at(self.layers.clone())
    }

    /// Last layer of the row, whose output is the row's.
    pub fn last(&self, network: &Network) -> Option<LayerId> {
        self.layers(network).next_back()
    }

    /// Whether a layer belongs to the row.
    pub fn contains(&self, id: LayerId) -> bool {
        self.layers.contains(&id.index())
    }
}

/// Row with the rows below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// Row itself.
    pub row: Row,
    /// Rows below it, in the order of execution.
    pub children: Vec<Branch>,
}

/// Whole table as a tree: stages contain blocks, which contain layers.
pub fn tree(network: &Network) -> Vec<Branch> {
    let mut stages: Vec<Branch> = Vec::new();
    for (id, node) in network.nodes() {
        let stage_kind = RowKind::Stage(node.scope.stage);
        let stage = open(&mut stages, stage_kind, id);
        let siblings = match (node.scope.stage, node.scope.block) {
            (Stage::Body(stage_number), Some(block)) => {
                let kind = RowKind::Block {
                    stage: stage_number,
                    block,
                };
                &mut open(&mut stage.children, kind, id).children
            }
            _ => &mut stage.children,
        };
        siblings.push(Branch {
            row: Row::layer(id),
            children: Vec::new(),
        });
    }
    stages
}

/// The last of `branches` if it is of `kind`, extended to `id`, or else a new one.
fn open(branches: &mut Vec<Branch>, kind: RowKind, id: LayerId) -> &mut Branch {
    if branches.last().is_none_or(|last| last.row.kind != kind) {
        branches.push(Branch {
            row: Row {
                kind,
                layers: id.index()..id.index(),
            },
            children: Vec::new(),
        });
    }
    let last = branches.len() - 1;
    branches[last].row.layers.end = id.index() + 1;
    &mut branches[last]
}

/// Rows of one level; each layer is in exactly one of them.
pub fn rows(network: &Network, level: Level) -> Vec<Row> {
    let mut rows = Vec::new();
    for stage in tree(network) {
        if level == Level::Stage {
            rows.push(stage.row);
            continue;
        }
        for child in stage.children {
            if level == Level::Layer && !child.children.is_empty() {
                rows.extend(child.children.into_iter().map(|layer| layer.row));
            } else {
                rows.push(child.row);
            }
        }
    }
    rows
}

impl Subject {
    /// Name of a row in code: `layer1`, `layer1.0`, `layer1.0.conv1`.
    pub fn name(&self, row: &Row) -> String {
        let network = &self.model.network;
        match row.kind {
            RowKind::Stage(stage) => self.stage_name(stage),
            RowKind::Block { stage, block } => self.name_of_block(stage, block),
            RowKind::Run { stage, first, last } => {
                let last = self.name_of_block(stage, last);
                let end = last.rsplit_once('.').map_or(last.as_str(), |(_, end)| end);
                format!("{}–{end}", self.name_of_block(stage, first))
            }
            RowKind::Layer(id) => network[id].path.to_string(),
        }
    }

    fn name_of_block(&self, stage: u32, block: u32) -> String {
        self.model
            .network
            .stage(stage)
            .and_then(|stage| stage.blocks.get(block as usize))
            .cloned()
            .unwrap_or_else(|| format!("{stage}.{block}"))
    }

    /// Name of a layer without that of its block: `conv1` of `layer1.0.conv1`.
    pub fn block_name(&self, id: LayerId) -> String {
        let network = &self.model.network;
        let node = &network[id];
        let block = match (node.scope.stage, node.scope.block) {
            (Stage::Body(stage), Some(block)) => network
                .stage(stage)
                .and_then(|stage| stage.blocks.get(block as usize)),
            _ => None,
        };
        let name = node.path.below(block.map_or("preprocess", String::as_str));
        match node.path.call {
            1 => name.to_owned(),
            call => format!("{name}#{call}"),
        }
    }

    /// Name of a stage in code.
    pub fn stage_name(&self, stage: Stage) -> String {
        match stage {
            Stage::Preprocess => "input".to_owned(),
            Stage::Stem => "stem".to_owned(),
            Stage::Body(number) => self
                .model
                .network
                .stage(number)
                .map_or_else(|| number.to_string(), |stage| stage.name.clone()),
            Stage::Head => "head".to_owned(),
        }
    }

    /// Name of a stage in the paper: `conv2_x`.
    pub fn paper_name(&self, stage: Stage) -> Option<String> {
        match stage {
            Stage::Body(number) => self.model.network.stage(number)?.paper_name.clone(),
            // The paper calls the first convolution conv1, and includes the pool in conv2_x.
            Stage::Stem => self
                .model
                .network
                .stage(1)?
                .paper_name
                .as_ref()
                .map(|_| "conv1".to_owned()),
            Stage::Preprocess | Stage::Head => None,
        }
    }

    /// Short description of a row.
    pub fn summary(&self, row: &Row) -> Message {
        let network = &self.model.network;
        match row.kind {
            RowKind::Stage(Stage::Body(number)) => {
                let stage = network.stage(number);
                Message::of(stage.map_or_else(String::new, |stage| {
                    format!("{} × {}", stage.blocks.len(), stage.block)
                }))
            }
            RowKind::Stage(_) => {
                let layers = row.layers(network);
                Message::of(Joint::Dot.of(layers.map(|id| network[id].layer.summary())))
            }
            RowKind::Block { stage, .. } => self.summary_of_block(stage, row.layers(network)),
            RowKind::Run { stage, first, last } => {
                let count = (last - first + 1) as usize;
                let layers: Vec<_> = row.layers(network).collect();
                let of_one = layers.iter().copied().take(layers.len() / count);
                let block = self.summary_of_block(stage, of_one);
                message!("row-times", count = count, block = block)
            }
            RowKind::Layer(id) => network[id].layer.summary(),
        }
    }

    fn summary_of_block(&self, stage: u32, layers: impl Iterator<Item = LayerId>) -> Message {
        let network = &self.model.network;
        let block = network
            .stage(stage)
            .map_or("", |stage| stage.block.as_str());
        match crate::analysis::downsample::block_shortcut(network, layers) {
            Some(shortcut) => message!(
                "row-block-and-shortcut",
                block = block,
                shortcut = shortcut.describe(),
            ),
            None => Message::of(block),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lower::{Overrides, open};

    #[test]
    fn every_level_holds_each_layer_once() {
        for name in ["resnet18", "resnet50", "preact_resnet164_cifar"] {
            let model = open(name, &Overrides::default()).unwrap();
            for level in Level::ALL {
                let seen: Vec<_> = rows(&model.network, level)
                    .iter()
                    .flat_map(|row| row.layers(&model.network))
                    .collect();
                assert_eq!(
                    seen,
                    model.network.ids().collect::<Vec<_>>(),
                    "{name} {}",
                    level.name()
                );
            }
        }
    }
}
