//! Fit of stem and head to the input.

use super::super::downsample::Block;
use super::{Finding, Weight, is_pre_activation, plain};
use crate::message;
use crate::network::{Layer, LayerId, Network, Pool, Reshape, Shape, Shapes, Stage};
use crate::text::format::dims;

/// Side of the image from which on it is reduced by 4 before the first stage, and up to which it is not reduced at all, in
/// pixels.
const LARGE: u64 = 128;
const SMALL: u64 = 64;

/// Finding about the stem.
pub(super) fn stem(network: &Network, shapes: &Shapes, blocks: &[Block]) -> Vec<Finding> {
    let layers: Vec<LayerId> = network
        .ids()
        .filter(|&id| network[id].scope.stage == Stage::Stem)
        .collect();
    let size = |id: LayerId| shapes[id].and_then(Shape::size);
    let (Some(&first), Some(&last)) = (layers.first(), layers.last()) else {
        return Vec::new();
    };
    let read = network.inputs(first).first().copied().and_then(size);
    let (Some([before, _]), Some([left, _])) = (read, size(last)) else {
        return Vec::new();
    };
    let has = |test: fn(&Layer) -> bool| layers.iter().any(|&id| test(&network[id].layer));
    let mut findings = Vec::new();
    let post = blocks
        .iter()
        .any(|block| !is_pre_activation(network, block))
        || plain(network, blocks).next().is_some();
    if post
        && !has(|layer| {
            layer.is_activation() || matches!(layer, Layer::Norm(norm) if norm.activates())
        })
    {
        findings.push(Finding {
            rule: "stem-without-relu",
            weight: Weight::Warning,
            layer: Some(first),
            message: message!("problem-stem-without-relu"),
            help: message!("help-stem-without-relu", example = "{ act = \"relu\" }"),
        });
    }
    // Factor by which the stem reduces the side, rounded.
    let reduces = (before + left / 2) / left.max(1);
    // A stem that keeps its pixels is intended if the stages make up for it, as RegNet's four and Darknet's five strides do.
    let made_up = ends_at_a_32nd(network, shapes, before);
    if before >= LARGE && !made_up && reduces <= 1 {
        findings.push(Finding {
            rule: "small-stem",
            weight: Weight::Warning,
            layer: Some(first),
            message: message!("problem-small-stem", pixels = before),
            help: message!("help-small-stem"),
        });
    } else if before >= LARGE && !made_up && reduces < 4 {
        findings.push(Finding {
            rule: "stem-without-pool",
            weight: Weight::Warning,
            layer: Some(first),
            message: message!("problem-stem-without-pool", from = before, to = left),
            help: message!(
                "help-stem-without-pool",
                example = "{ max_pool = \"maxpool\", kernel = 3, stride = 2, padding = 1 }"
            ),
        });
    } else if before <= SMALL && reduces >= 4 {
        findings.push(Finding {
            rule: "large-stem",
            weight: Weight::Warning,
            layer: Some(first),
            message: message!("problem-large-stem", from = before, to = left),
            help: message!("help-large-stem"),
        });
    }
    findings.extend(pool_without_padding(network, shapes, &layers));
    findings
}

/// Whether the last map has a 32nd of the `side` that the stem reads, as that of every network whose stem and stages halve it five times.
fn ends_at_a_32nd(network: &Network, shapes: &Shapes, side: u64) -> bool {
    let last = network
        .ids()
        .filter(|&id| matches!(network[id].scope.stage, Stage::Body(_)))
        .filter_map(|id| shapes[id].and_then(Shape::size))
        .next_back();
    last.is_some_and(|[left, _]| left <= side.div_ceil(32))
}

/// A pool with stride 2 whose output is not half of its input: 55 for 112 pixels instead of 56.
fn pool_without_padding(network: &Network, shapes: &Shapes, stem: &[LayerId]) -> Option<Finding> {
    stem.iter().find_map(|&id| {
        let Layer::Pool(Pool::Max(window)) = &network[id].layer else {
            return None;
        };
        let size = |id: LayerId| shapes[id].and_then(Shape::size);
        let mut read = *network.inputs(id).first()?;
        // A separate padding layer before it belongs to it.
        if matches!(
            network[read].layer,
            Layer::Reshape(Reshape::ConstantPad2d { .. })
        ) {
            read = *network.inputs(read).first()?;
        }
        let ([from, _], [to, _]) = (size(read)?, size(id)?);
        let wanted = from.div_ceil(2);
        (window.stride == [2; 2] && to != wanted).then(|| Finding {
            rule: "pool-loses-pixels",
            weight: Weight::Warning,
            layer: Some(id),
            message: message!(
                "problem-pool-loses-pixels",
                from = from,
                to = to,
                wanted = wanted
            ),
            help: message!("help-pool-loses-pixels"),
        })
    })
}

/// Finding about the head.
pub(super) fn head(network: &Network, shapes: &Shapes) -> Option<Finding> {
    if is_meant_for_one_size(network) {
        return None;
    }
    network.nodes().find_map(|(id, node)| {
        let read = *network.inputs(id).first()?;
        let [height, width] = shapes[read].and_then(Shape::size)?;
        (matches!(node.layer, Layer::Reshape(Reshape::Flatten)) && [height, width] != [1; 2]).then(
            || Finding {
                rule: "head-tied-to-size",
                weight: Weight::Warning,
                layer: Some(id),
                message: message!("problem-head-tied-to-size", size = dims([height, width])),
                help: message!(
                    "help-head-tied-to-size",
                    example = "{ global_avg_pool = \"avgpool\" }"
                ),
            },
        )
    })
}

/// Whether the head reads places on purpose: it makes a vector that describes a picture, and normalises it (a face cut out to 112×112
/// pixels), or it takes statistics along one axis (a voice, whose frequencies are always as many).
fn is_meant_for_one_size(network: &Network) -> bool {
    let head = || {
        network
            .nodes()
            .map(|(_, node)| node)
            .filter(|node| node.scope.stage == Stage::Head)
    };
    let along = |layer: &Layer| {
        matches!(
            layer,
            Layer::Pool(Pool::Along(_) | Pool::MeanDeviation { .. })
        )
    };
    let describes = head()
        .skip_while(|node| !matches!(node.layer, Layer::Linear(_)))
        .any(|node| matches!(node.layer, Layer::Norm(_)));
    describes || head().any(|node| along(&node.layer))
}
