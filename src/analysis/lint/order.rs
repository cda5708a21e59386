//! Order of convolution, normalisation, ReLU and addition.

use super::super::downsample::Block;
use super::{Finding, Weight, is_pre_activation, plain};
use crate::message;
use crate::network::{
    Branch, Category, Combine, Conv, Layer, LayerId, Network, Norm, Pool, Reshape, Shape, Shapes,
    Stage,
};

/// Edit that gives a block a ReLU after its addition.
const AFTER_ADD: &str = "after_add = [{ act = \"relu\" }]";

/// Findings of the rules of order, in the order of the layers within each rule.
pub(super) fn order(network: &Network, shapes: &Shapes, blocks: &[Block]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let post: Vec<&Block> = blocks
        .iter()
        .filter(|block| !is_pre_activation(network, block))
        .collect();
    for block in blocks {
        findings.extend(relu_before_add(network, block));
    }
    for block in &post {
        findings.extend(no_relu_after_add(network, block));
    }
    findings.extend(norms(network));
    if mostly_normalised(network, shapes) {
        // A pre-activation block ends with a bare convolution, and so does the stem before it.
        let stem = (post.len() == blocks.len()).then(|| {
            network
                .ids()
                .filter(|&id| network[id].scope.stage == Stage::Stem)
        });
        let stem = stem.into_iter().flatten();
        let body = post.iter().flat_map(|block| {
            let both = [&block.main, &block.shortcut];
            both.into_iter().flatten().copied()
        });
        findings.extend(
            stem.chain(body)
                .chain(plain(network, blocks))
                .filter(|&id| is_map_conv(network, shapes, id) && !feeds_norm(network, id))
                .map(|id| missing_norm(network, id)),
        );
    }
    findings
}

fn relu_before_add(network: &Network, block: &Block) -> Option<Finding> {
    let last = *block.main.last()?;
    let adds = network.inputs(block.add).contains(&last);
    let layer = &network[last].layer;
    (adds && layer.is_activation() && !passes_negative(layer)).then_some(Finding {
        rule: "relu-before-add",
        weight: Weight::Warning,
        layer: Some(last),
        message: message!("problem-relu-before-add"),
        help: message!("help-relu-before-add", example = AFTER_ADD),
    })
}

/// Whether a layer is an activation that lets some of what is negative through: Darknet's leaky ReLU comes before the addition, and
/// nothing after it.
fn passes_negative(layer: &Layer) -> bool {
    matches!(layer, Layer::Activation(function) if !function.gates() && function.value(-0.5) < 0.0)
}

fn no_relu_after_add(network: &Network, block: &Block) -> Option<Finding> {
    let ends_activated = |&last: &LayerId| passes_negative(&network[last].layer);
    if block.main.last().is_some_and(ends_activated) {
        return None;
    }
    let users = network.users(block.add);
    let rests = users.iter().all(|&user| {
        // The next addition reads the value that an identity shortcut passes on.
        !matches!(
            network[user].layer.category(),
            Category::Activation | Category::Norm
        )
    });
    (rests && !users.is_empty()).then_some(Finding {
        rule: "no-relu-after-add",
        weight: Weight::Warning,
        layer: Some(block.add),
        message: message!("problem-no-relu-after-add"),
        help: message!("help-no-relu-after-add", example = AFTER_ADD),
    })
}

/// Misplaced normalisations.
fn norms(network: &Network) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (id, node) in network.nodes() {
        if node.layer.category() != Category::Norm {
            continue;
        }
        let Some(&before) = network.inputs(id).first() else {
            continue;
        };
        match &network[before].layer {
            layer if layer.is_activation() && follows_conv(network, before) => {
                findings.push(Finding {
                    rule: "norm-after-relu",
                    weight: Weight::Warning,
                    layer: Some(id),
                    message: message!("problem-norm-after-relu"),
                    help: message!("help-norm-after-relu"),
                });
            }
            Layer::Pool(Pool::Max(_)) if node.scope.stage == Stage::Stem => {
                findings.push(Finding {
                    rule: "norm-after-pool",
                    weight: Weight::Warning,
                    layer: Some(id),
                    message: message!("problem-norm-after-pool"),
                    help: message!("help-norm-after-pool"),
                });
            }
            Layer::Conv(Conv::Spatial(conv))
                if conv.bias && matches!(node.layer, Layer::Norm(Norm::Batch(_))) =>
            {
                findings.push(Finding {
                    rule: "bias-before-norm",
                    weight: Weight::Note,
                    layer: Some(before),
                    message: message!("problem-bias-before-norm", count = conv.out_channels),
                    help: message!("help-bias-before-norm"),
                });
            }
            _ => {}
        }
    }
    findings
}

fn follows_conv(network: &Network, id: LayerId) -> bool {
    network
        .inputs(id)
        .first()
        .is_some_and(|&before| matches!(network[before].layer, Layer::Conv(Conv::Spatial(_))))
}

/// Whether a layer is a convolution of maps, rather than of a gate, which reads one pixel.
fn is_map_conv(network: &Network, shapes: &Shapes, id: LayerId) -> bool {
    let reads_a_map = || {
        let read = network.inputs(id).first().and_then(|&read| shapes[read]);
        read.and_then(Shape::size)
            .is_some_and(|size| size != [1; 2])
    };
    matches!(network[id].layer, Layer::Conv(Conv::Spatial(_))) && reads_a_map()
}

fn feeds_norm(network: &Network, id: LayerId) -> bool {
    network.users(id).iter().any(|&user| {
        network[user].layer.category() == Category::Norm
            // The normalisation may come after layers that only move numbers, as in an antialiased or split convolution; a
            // ReLU in between is the subject of another rule.
            || ((network[user].layer.is_activation()
                || matches!(
                    network[user].layer,
                    Layer::Pool(Pool::Blur { .. })
                        | Layer::Combine(Combine::Concat { .. })
                        | Layer::Reshape(Reshape::Slice { .. })
                ))
                && feeds_norm(network, user))
    })
}

/// Whether most convolutions are normalised, which makes one that is not an exception.
fn mostly_normalised(network: &Network, shapes: &Shapes) -> bool {
    let convs: Vec<_> = network
        .ids()
        .filter(|&id| is_map_conv(network, shapes, id))
        .collect();
    let normalised = convs.iter().filter(|&&id| feeds_norm(network, id)).count();
    2 * normalised > convs.len()
}

/// Whether a normalisation follows a convolution later, after a pool.
fn is_late(network: &Network, id: LayerId) -> bool {
    let users = network.users(id);
    users.iter().any(|&user| match &network[user].layer {
        Layer::Pool(Pool::Max(_) | Pool::Average { .. }) => is_late(network, user),
        layer if layer.is_activation() => is_late(network, user),
        _ => network[user].layer.category() == Category::Norm,
    })
}

fn missing_norm(network: &Network, id: LayerId) -> Finding {
    if network[id].scope.branch == Some(Branch::Shortcut) {
        Finding {
            rule: "projection-without-norm",
            weight: Weight::Warning,
            layer: Some(id),
            message: message!("problem-projection-without-norm"),
            help: message!("help-projection-without-norm"),
        }
    } else {
        Finding {
            rule: "norm-missing",
            weight: Weight::Warning,
            layer: Some(id),
            message: message!("problem-norm-missing"),
            help: if is_late(network, id) {
                message!("help-norm-late")
            } else {
                message!("help-norm-missing", example = "{ norm = \"bn\" }")
            },
        }
    }
}
