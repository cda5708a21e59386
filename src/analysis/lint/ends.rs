//! Fit of stem and head to the input.

use super::super::downsample::Block;
use super::{Finding, Weight, is_pre_activation, plain};
use crate::network::{Layer, LayerId, Network, Pool, Reshape, Shape, Shapes, Stage};

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
            message: "the stem has no ReLU".to_owned(),
            help: "the stem is convolution, normalisation, ReLU, and for large pictures a pool: add { act = \"relu\" }",
        });
    }
    // Factor by which the stem reduces the side, rounded.
    let reduces = (before + left / 2) / left.max(1);
    if before >= LARGE && reduces <= 1 {
        findings.push(Finding {
            rule: "small-stem",
            weight: Weight::Warning,
            layer: Some(first),
            message: format!("the stem keeps {before} pixels: it is the stem of CIFAR's 32-pixel pictures"),
            help: "for large pictures a 7×7 convolution and a pool, each with stride 2, reduce the side by 4 before the first stage; without them it costs 16 times the operations",
        });
    } else if before >= LARGE && reduces < 4 {
        findings.push(Finding {
            rule: "stem-without-pool",
            weight: Weight::Warning,
            layer: Some(first),
            message: format!("the stem reduces {before} pixels to {left} only: its pool is missing"),
            help: "put { max_pool = \"maxpool\", kernel = 3, stride = 2, padding = 1 } at the stem's end: every stage works on a quarter of the pixels then",
        });
    } else if before <= SMALL && reduces >= 4 {
        findings.push(Finding {
            rule: "large-stem",
            weight: Weight::Warning,
            layer: Some(first),
            message: format!("the stem reduces {before} pixels to {left}: it is the stem of ImageNet's 224-pixel pictures"),
            help: "small pictures need their pixels: a 3×3 convolution with stride 1 and no pool (see resnet20_cifar)",
        });
    }
    findings.extend(pool_without_padding(network, shapes, &layers));
    findings
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
        if matches!(network[read].layer, Layer::Reshape(Reshape::ConstantPad2d { .. })) {
            read = *network.inputs(read).first()?;
        }
        let ([from, _], [to, _]) = (size(read)?, size(id)?);
        let wanted = from.div_ceil(2);
        (window.stride == [2; 2] && to != wanted).then(|| Finding {
            rule: "pool-loses-pixels",
            weight: Weight::Warning,
            layer: Some(id),
            message: format!("the pool turns {from} pixels into {to}, and half of them are {wanted}"),
            help: "a pool with stride 2 halves the map with padding (kernel − 1) / 2, rounded down: 1 for 3×3, 2 for 5×5; with another, every later map is a pixel or more off",
        })
    })
}

/// Finding about the head.
pub(super) fn head(network: &Network, shapes: &Shapes) -> Option<Finding> {
    network.nodes().find_map(|(id, node)| {
        let read = *network.inputs(id).first()?;
        let [height, width] = shapes[read].and_then(Shape::size)?;
        (matches!(node.layer, Layer::Reshape(Reshape::Flatten)) && [height, width] != [1; 2]).then(|| Finding {
            rule: "head-tied-to-size",
            weight: Weight::Warning,
            layer: Some(id),
            message: format!("the head flattens {height}×{width} pixels: its linear layer fits pictures of this one size only"),
            help: "put { global_avg_pool = \"avgpool\" } before it: one number a channel whatever the size, and far fewer parameters",
        })
    })
}
