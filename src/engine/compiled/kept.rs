//! The ways that won a race of the very pass that is planned.

use super::choices::Choices;
use super::options::By;
use super::plan::{Kind, Plan, plan};
use crate::network::{Network, Shapes};

/// Basis of the choices of a pass, in place of [`By::Kept`]: the ways that won its race, or the constants. `None` if it cannot be
/// planned.
pub(super) fn basis(network: &Network, shapes: &Shapes, choices: Choices) -> Option<By> {
    if choices.by != By::Kept {
        return Some(choices.by);
    }
    // A pass that keeps every layer apart is another one than those that were raced.
    let passes = choices.known.map(|known| &known.passes);
    let Some(passes) = passes.filter(|passes| !passes.is_empty() && !choices.each_layer) else {
        return Some(By::Constants);
    };
    let constants = Choices {
        by: By::Constants,
        ..choices
    };
    let name = name(&plan(network, shapes, constants)?, choices);
    Some(passes.get(&name).map_or(By::Constants, By::Ways))
}

/// Name of a pass in the kept file: everything that tells its convolutions from those of other passes, and their order. One in
/// 2⁶⁴ shares it by accident, and would only be slower.
pub(super) fn name(plan: &Plan, choices: Choices) -> String {
    let names = plan.ops.iter().filter_map(|op| match &op.kind {
        Kind::Conv { choice, .. } => Some(choice.name.as_str()),
        _ => None,
    });
    let count = names.clone().count();
    let direct = if choices.winograd { "" } else { " direct" };
    // FNV-1a, which is the same in every version of the program.
    let mut sum = 0xcbf2_9ce4_8422_2325_u64;
    for byte in names.flat_map(|name| name.bytes().chain([0])) {
        sum = (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("{count} convolutions{direct} {sum:016x}")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::engine::levels::{Basis, Known, Levels, Ways};
    use crate::kernels::isa::Isa;
    use crate::lower::{Overrides, open};
    use crate::network::check;

    #[test]
    fn a_winner_counts_for_its_own_pass_alone() {
        let of = |name: &str| open(name, &Overrides::default()).unwrap().network;
        let network = of("resnet20_cifar");
        let shapes = check::shapes(&network).0;
        let plain = Choices {
            winograd: true,
            by: By::Kept,
            ..Choices::plain(1, Isa::Portable)
        };
        let own = name(&plan(&network, &shapes, plain).unwrap(), plain);
        let ways = Ways {
            by: Basis::Timed,
            ms: [2.0, 1.0],
            of: BTreeMap::new(),
        };
        let levels = Levels {
            processor: String::new(),
            kernel: "portable".to_owned(),
            tiles: vec![("1x4".to_owned(), 1e9)],
            caches: [32 << 10, 1 << 20, 32 << 20],
            rates: [4e9, 3e9, 2e9, 1e9],
        };
        let known: &'static Known = Box::leak(Box::new(Known {
            passes: [(own, ways)].into(),
            ..Known::new(levels)
        }));
        let choices = Choices {
            known: Some(known),
            ..plain
        };
        let found = |network: &Network, choices: Choices| {
            let shapes = check::shapes(network).0;
            basis(network, &shapes, choices).unwrap()
        };
        let winner = By::Ways(known.passes.values().next().unwrap());
        assert_eq!(found(&network, choices), winner);
        assert_eq!(found(&network, plain), By::Constants, "nothing is known");
        let others = [
            Choices {
                images: 2,
                ..choices
            },
            Choices {
                threads: 2,
                ..choices
            },
            Choices {
                winograd: false,
                ..choices
            },
            Choices {
                each_layer: true,
                ..choices
            },
        ];
        for other in others {
            assert_eq!(found(&network, other), By::Constants, "{other:?}");
        }
        let deeper = of("resnet32_cifar");
        assert_eq!(found(&deeper, choices), By::Constants, "more of the same");
        // What is demanded stays.
        let demanded = Choices {
            by: By::Rates,
            ..choices
        };
        assert_eq!(found(&network, demanded), By::Rates);
    }
}
