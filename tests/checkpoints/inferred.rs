//! A spec is inferred from tensors alone, with the network itself and all of the same tensors taken out of the catalogue.

use std::collections::{BTreeMap, HashSet};

use resnet_explore::lower::{self, Model, Overrides};
use resnet_explore::network::Network;
use resnet_explore::spec::catalog;
use resnet_explore::weights::fit::{Named, wanted};
use resnet_explore::weights::infer::infer;

fn sorted(network: &Network) -> Vec<Named> {
    let mut names = wanted(network);
    names.sort();
    names
}

/// Whether both compute the same, whatever their layers are called.
fn computes_the_same(one: &Network, other: &Network) -> bool {
    let of = |network: &Network| -> Vec<_> {
        network
            .nodes()
            .map(|(id, node)| (node.layer.clone(), network.inputs(id).to_vec()))
            .collect()
    };
    of(one) == of(other)
}

/// Networks of the catalogue by their tensors.
fn catalogue() -> BTreeMap<&'static str, (Model, Vec<Named>)> {
    let nets = catalog::names().iter().map(|name| {
        let model = lower::open(name, &Overrides::default()).expect("a shipped network");
        let names = sorted(&model.network);
        (*name, (model, names))
    });
    nets.collect()
}

/// Counts, over these networks, specs with exactly the tensors, and those that compute the same too.
fn measured(nets: &[&str]) -> ([usize; 2], Vec<String>) {
    let all = catalogue();
    let (mut counts, mut wrong) = ([0; 2], Vec::new());
    for name in nets {
        let (model, own) = &all[name];
        let twins: HashSet<&str> = all
            .iter()
            .filter(|(_, (_, other))| other == own)
            .map(|(name, _)| *name)
            .collect();
        let is_excluded = |name: &str| twins.contains(name);
        let tensors = wanted(&model.network);
        let found = infer(&tensors, &is_excluded);
        let Some(found) = found.filter(|found| found.fits) else {
            wrong.push((*name).to_owned());
            continue;
        };
        let made = lower::open_text("inferred.toml", &found.spec, &Overrides::default());
        assert_eq!(sorted(&made.network), *own, "{name}: {}", found.spec);
        counts[0] += 1;
        if computes_the_same(&made.network, &model.network) {
            counts[1] += 1;
        } else {
            wrong.push(format!("{name}: other output by {}", found.parent));
        }
    }
    (counts, wrong)
}

/// Of these, one of each kind, every one is found without itself.
const SOME: [&str; 8] = [
    "resnet18",
    "resnet101",
    "resnext101_32x8d",
    "wide_resnet50_2",
    "seresnet50",
    "resnet50d",
    "resnet56_cifar",
    "preact_resnet164_cifar",
];

#[test]
fn a_network_is_inferred_from_its_relatives() {
    let (counts, wrong) = measured(&SOME);
    assert_eq!(counts[0], SOME.len(), "{wrong:?}");
}

/// Share of the catalogue's networks, in percent, that are found without themselves: with exactly the tensors, and with the same output.
/// Both may only grow.
const FOUND: [usize; 2] = [79, 52];

#[test]
#[ignore = "takes minutes"]
fn most_of_the_catalogue_is_inferred_without_itself() {
    let names = catalog::names();
    let (counts, wrong) = measured(names);
    let shares = counts.map(|count| 100 * count / names.len());
    assert!(
        shares[0] >= FOUND[0] && shares[1] >= FOUND[1],
        "{counts:?} of {}: {wrong:#?}",
        names.len()
    );
}
