//! Number of threads that make a pass faster.

use super::method::Method;
use super::plan::{Kind, Op, Plan};
use crate::network::{Layer, Network};

/// Multiplications below which a thread's share of a pass is not worth waking it: 0.2 ms of the fastest kernels.
const OF_PASS: usize = 10_000_000;
/// Multiplications below which a thread's share of a step is not worth the wait at its end: 2 µs.
const OF_STEP: usize = 100_000;
/// Multiplications that take as long as reading one weight from memory.
const OF_WEIGHT: usize = 8;

/// Number of threads, at most `cores`, that make a pass faster.
///
/// The bounds are measured (`docs/src/performance.md`): for a pass of 0.3 ms, a second thread saves at most an eighth of the
/// time on free cores, and adds half of it on busy ones.
pub(super) fn worthwhile(network: &Network, plan: &Plan, cores: usize) -> usize {
    let all: usize = plan
        .ops
        .iter()
        .map(|op| work(network, plan, op))
        .fold(0, usize::saturating_add);
    let steps = plan.ops.len().max(1);
    let most = (all / OF_PASS).min(all / steps / OF_STEP);
    cores.min(most).max(1)
}

/// Work of a step, in multiplications or their equivalent in time.
fn work(network: &Network, plan: &Plan, op: &Op) -> usize {
    let outputs = plan.values[op.output].at.len();
    let layer = &network[op.layers[0]].layer;
    match (&op.kind, layer) {
        (
            Kind::Conv { .. } | Kind::Dot { .. },
            Layer::Conv(crate::network::Conv::Spatial(conv)),
        ) => {
            let [rows, columns] = conv.window.kernel;
            let each = (conv.in_channels / conv.groups.max(1) * rows * columns) as usize;
            let all = outputs.saturating_mul(each);
            let all = match op.kind {
                Kind::Conv {
                    method: Method::Winograd(side),
                    ..
                } => {
                    // A tile of `side`² pixels takes (side + 2)² multiplications instead of 9·`side`².
                    all / (9 * side * side) * (side + 2) * (side + 2)
                }
                _ => all,
            };
            let weights = (conv.out_channels as usize).saturating_mul(each);
            all.saturating_add(weights.saturating_mul(OF_WEIGHT))
        }
        (Kind::Dot { .. }, Layer::Linear(linear)) => {
            let weights = (linear.in_features * linear.out_features) as usize;
            let all = outputs.saturating_mul(linear.in_features as usize);
            all.saturating_add(weights.saturating_mul(OF_WEIGHT))
        }
        // Each number is read and written.
        _ => outputs.saturating_mul(16),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Isa;
    use super::super::choices::Choices;
    use super::super::plan::plan;
    use super::*;
    use crate::lower::{Overrides, open};
    use crate::network::check;

    fn of(name: &str, side: u64, images: usize, cores: usize) -> usize {
        let overrides = Overrides {
            input_size: Some([side; 2]),
            ..Overrides::default()
        };
        let network = open(name, &overrides).unwrap().network;
        let (shapes, _) = check::shapes(&network);
        let choices = Choices {
            winograd: true,
            ..Choices::plain(images, Isa::best())
        };
        let plan = plan(&network, &shapes, choices).unwrap();
        worthwhile(&network, &plan, cores)
    }

    #[test]
    fn a_small_pass_is_one_threads() {
        assert_eq!(of("resnet20_fashion", 28, 1, 8), 1);
        assert_eq!(of("resnet20_fashion", 28, 16, 2), 2);
        // Few multiplications, and many weights to read.
        assert_eq!(of("resnet18", 32, 1, 2), 2);
        assert_eq!(of("resnet50", 224, 1, 8), 8);
        assert_eq!(of("resnet50", 224, 1, 1), 1);
    }
}
