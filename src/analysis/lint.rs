//! What is legal and still worth saying about where a network downsamples and where it projects.

use super::downsample::{self, Block, Downsample, Placement, Shortcut};
use crate::network::{Layer, LayerId, Network, Shapes, Stage, check};

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// Worth knowing; nothing is wrong.
    Note,
    /// Probably not what was meant.
    Warning,
}

/// Something to know about a network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule's id.
    pub rule: &'static str,
    /// How much it matters.
    pub weight: Weight,
    /// Where.
    pub layer: Option<LayerId>,
    /// What was found.
    pub message: String,
    /// What to do, or why it is so.
    pub help: &'static str,
}

/// Everything that the rules find, in the order of the layers within each rule.
pub fn lint(network: &Network) -> Vec<Finding> {
    let (shapes, _) = check::shapes(network);
    let blocks = downsample::blocks(network);
    let places = downsample::downsample(network, &shapes);
    let mut findings: Vec<_> = stride_placement(network, &places).into_iter().collect();
    findings.extend(stride_twice(network, &blocks));
    findings.extend(idle_projections(network, &shapes, &blocks));
    findings.extend(stages_that_keep_their_size(network, &places));
    findings
}

fn stride_placement(network: &Network, places: &[Downsample]) -> Option<Finding> {
    (downsample::placement(network) == Placement::FirstPointwise).then(|| Finding {
        rule: "stride-in-1x1",
        weight: Weight::Note,
        layer: places
            .iter()
            .map(|place| place.layer)
            .find(|&layer| network[layer].scope.block.is_some()),
        message: "the bottlenecks' stride sits in the first 1×1 (v1, as published in 2015)".to_owned(),
        help: "torchvision's v1.5 has it in the 3×3: the same parameters, more operations, better accuracy",
    })
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
                message: format!(
                    "the block's main path has a stride twice, at {} and here",
                    network[*first].path
                ),
                help: "a block takes one stride; put the other into another stage",
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
            let projects = matches!(downsample::shortcut(network, &block.shortcut), Shortcut::Projection { .. });
            (projects && before == after).then(|| Finding {
                rule: "idle-projection",
                weight: Weight::Note,
                layer: Some(first),
                message: format!("the shortcut is a projection where the identity would fit ({before})"),
                help: "option C of He et al. 2015: more parameters, hardly more accuracy; shortcut = \"projection\" keeps only the needed ones",
            })
        })
        .collect()
}

fn stages_that_keep_their_size(network: &Network, places: &[Downsample]) -> Vec<Finding> {
    (2..=network.stages().len() as u32)
        .filter(|&stage| {
            !places
                .iter()
                .any(|place| network[place.layer].scope.stage == Stage::Body(stage))
        })
        .filter_map(|stage| {
            let first = network
                .ids()
                .find(|&id| network[id].scope.stage == Stage::Body(stage))?;
            Some(Finding {
                rule: "stage-keeps-size",
                weight: Weight::Warning,
                layer: Some(first),
                message: format!("stage {stage} does not downsample"),
                help: "after the first stage, each halves the map with stride 2 in its first block, unless it is dilated",
            })
        })
        .collect()
}

/// Projections that the shapes need: how many of the blocks have one, and of those how many could do without.
pub fn projections(network: &Network) -> (usize, usize) {
    let blocks = downsample::blocks(network);
    let projecting = blocks
        .iter()
        .filter(|block| {
            block
                .shortcut
                .iter()
                .any(|&id| matches!(network[id].layer, Layer::Conv2d(_)))
        })
        .count();
    let (shapes, _) = check::shapes(network);
    (
        projecting,
        idle_projections(network, &shapes, &blocks).len(),
    )
}
