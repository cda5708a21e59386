//! Lint rules for legal networks: downsampling and projections, the order of layers, and the fit of stem and head to the
//! input.

mod ends;
mod order;

use std::collections::HashSet;

use super::downsample::{self, Block, Downsample, Placement, Shortcut};
use crate::message;
use crate::network::window::sides;
use crate::network::{Category, Conv, Layer, LayerId, Network, Reshape, Shapes, Stage, check};
use crate::text::Message;

/// Severity of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// Information; nothing is wrong.
    Note,
    /// Probably a mistake.
    Warning,
}

/// One result of a lint rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Id of the rule.
    pub rule: &'static str,
    /// Severity.
    pub weight: Weight,
    /// Layer that the finding is about, if it is a single one.
    pub layer: Option<LayerId>,
    /// The finding.
    pub message: Message,
    /// Advice on what to do, or the reason.
    pub help: Message,
}

/// All findings of the rules, in the order of the layers within each rule.
pub fn lint(network: &Network) -> Vec<Finding> {
    let (shapes, _) = check::shapes(network);
    let blocks = downsample::blocks(network);
    let places = downsample::downsample(network, &shapes);
    let mut findings: Vec<_> = stride_placement(network, &places).into_iter().collect();
    findings.extend(stride_twice(network, &blocks));
    findings.extend(idle_projections(network, &shapes, &blocks));
    findings.extend(stages_that_keep_their_size(network, &places));
    findings.extend(order::order(network, &shapes, &blocks));
    findings.extend(ends::stem(network, &shapes, &blocks));
    findings.extend(same_padding(network));
    findings.extend(ends::head(network, &shapes));
    findings
}

/// Whether a block normalises and activates before its first convolution (He et al. 2016), so it needs nothing after the
/// addition.
fn is_pre_activation(network: &Network, block: &Block) -> bool {
    let is_conv = |id: &&LayerId| network[**id].layer.category() == Category::Convolution;
    let Some(first) = block.main.iter().find(is_conv) else {
        return false;
    };
    let before = |id: LayerId| network.inputs(id).first().copied();
    let mut read = before(*first);
    // Layers of neither kind, such as the convolution's padding as a separate layer, are skipped.
    while let Some(id) = read
        && network[id].scope.block.is_some()
        && belongs(network, id, block)
    {
        if matches!(
            network[id].layer.category(),
            Category::Norm | Category::Activation
        ) {
            return true;
        }
        read = before(id);
    }
    false
}

/// Layers of blocks without an addition: those of a plain network, which lacks it on purpose.
fn plain(network: &Network, blocks: &[Block]) -> impl Iterator<Item = LayerId> {
    let adding: HashSet<(u32, u32)> = blocks.iter().map(|block| block.number).collect();
    network.ids().filter(move |&id| {
        let scope = network[id].scope;
        matches!((scope.stage, scope.block), (Stage::Body(stage), Some(block)) if !adding.contains(&(stage, block)))
    })
}

/// Whether a layer belongs to the block.
fn belongs(network: &Network, id: LayerId, block: &Block) -> bool {
    let scope = network[id].scope;
    (scope.stage, scope.block) == (Stage::Body(block.number.0), Some(block.number.1))
}

fn stride_placement(network: &Network, places: &[Downsample]) -> Option<Finding> {
    (downsample::placement(network) == Placement::FirstPointwise).then(|| Finding {
        rule: "stride-in-1x1",
        weight: Weight::Note,
        layer: places
            .iter()
            .map(|place| place.layer)
            .find(|&layer| network[layer].scope.block.is_some()),
        message: message!("problem-stride-in-1x1"),
        help: message!("help-stride-in-1x1"),
    })
}

/// Convolutions with TensorFlow's padding, if the padding differs between the two sides.
fn same_padding(network: &Network) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (id, node) in network.nodes() {
        let (Layer::Conv(Conv::Spatial(conv)), Some(&read)) =
            (&node.layer, network.inputs(id).first())
        else {
            continue;
        };
        if let Layer::Reshape(Reshape::ConstantPad2d { before, after }) = &network[read].layer
            && before != after
        {
            let own = conv.window.extent().map(|extent| (extent - 1) / 2);
            let own = sides(own);
            // For an even kernel, no equal padding gives the same size: nothing is wrong with these.
            if conv
                .window
                .extent()
                .iter()
                .any(|extent| extent.is_multiple_of(2))
            {
                continue;
            }
            findings.push(Finding {
                rule: "same-padding",
                weight: Weight::Note,
                layer: Some(id),
                message: {
                    let stride = sides(conv.window.stride);
                    let (axis, id) = if before[0] == after[0] {
                        (1, "problem-same-padding-left")
                    } else {
                        (0, "problem-same-padding-above")
                    };
                    Message::new(id)
                        .with("stride", stride)
                        .with("first", before[axis])
                        .with("last", after[axis])
                        .with("own", own)
                },
                help: message!("help-same-padding"),
            });
        }
    }
    findings
}

fn stride_twice(network: &Network, blocks: &[Block]) -> Vec<Finding> {
    blocks
        .iter()
        .filter_map(|block| {
            let strided = downsample::strided(network, block.main.iter().copied());
            let [first, .., last] = strided.as_slice() else {
                return None;
            };
            Some(Finding {
                rule: "stride-twice",
                weight: Weight::Warning,
                layer: Some(*last),
                message: message!(
                    "problem-stride-twice",
                    first = network[*first].path.to_string()
                ),
                help: message!("help-one-stride"),
            })
        })
        .collect()
}

fn idle_projections(network: &Network, shapes: &Shapes, blocks: &[Block]) -> Vec<Finding> {
    blocks
        .iter()
        .filter_map(|block| {
            let first = *block.shortcut.first()?;
            let before = shapes[*network.inputs(first).first()?]?;
            let after = shapes[*block.shortcut.last()?]?;
            let projects = matches!(
                downsample::shortcut(network, &block.shortcut),
                Shortcut::Projection { .. }
            );
            (projects && before == after).then(|| Finding {
                rule: "idle-projection",
                weight: Weight::Note,
                layer: Some(first),
                message: message!("problem-idle-projection", shape = before.to_string()),
                help: message!("help-idle-projection"),
            })
        })
        .collect()
}

fn stages_that_keep_their_size(network: &Network, places: &[Downsample]) -> Vec<Finding> {
    let stages = network.stages().len() as u32;
    let shrinks = |stage: u32| {
        places
            .iter()
            .any(|place| network[place.layer].scope.stage == Stage::Body(stage))
    };
    let first = |stage: u32| {
        network
            .ids()
            .find(|&id| network[id].scope.stage == Stage::Body(stage))
    };
    // A dilated stage keeps its size on purpose.
    let is_dilated = |stage: u32| {
        network.nodes().any(|(_, node)| {
            node.scope.stage == Stage::Body(stage)
                && matches!(&node.layer, Layer::Conv(Conv::Spatial(conv)) if conv.window.dilation != [1; 2])
        })
    };
    // Keras' ResNet V2 takes the stride in a stage's last block: that stage did it for the next.
    let is_halved_before = |stage: u32| {
        places.iter().any(|place| {
            let scope = network[place.layer].scope;
            scope.stage == Stage::Body(stage - 1) && scope.block.is_some_and(|block| block > 0)
        })
    };
    let kept: Vec<u32> = (2..=stages)
        .filter(|&stage| !shrinks(stage) && !is_halved_before(stage) && !is_dilated(stage))
        .collect();
    // If every later stage keeps its size, that is one fault rather than one per stage.
    if stages > 2 && kept.len() as u32 == stages - 1 {
        let id = if shrinks(1) {
            "problem-downsamples-once"
        } else {
            "problem-downsamples-nowhere"
        };
        return vec![Finding {
            rule: "downsamples-once",
            weight: Weight::Warning,
            layer: first(2),
            message: Message::new(id).with("stages", stages),
            help: message!("help-downsamples-once"),
        }];
    }
    kept.into_iter()
        .filter_map(|stage| {
            Some(Finding {
                rule: "stage-keeps-size",
                weight: Weight::Warning,
                layer: Some(first(stage)?),
                message: message!("problem-stage-keeps-size", stage = stage),
                help: message!("help-stage-keeps-size"),
            })
        })
        .collect()
}

/// Number of blocks with a projection shortcut, and the number of those whose shapes do not need it.
pub fn projections(network: &Network) -> (usize, usize) {
    let blocks = downsample::blocks(network);
    let projecting = blocks
        .iter()
        .filter(|block| {
            downsample::on_the_way(network, &block.shortcut)
                .iter()
                .any(|&id| matches!(network[id].layer, Layer::Conv(Conv::Spatial(_))))
        })
        .count();
    let (shapes, _) = check::shapes(network);
    (
        projecting,
        idle_projections(network, &shapes, &blocks).len(),
    )
}
