//! A spec is inferred from tensors alone, with the network itself and all of the same tensors taken out of the catalogue.

use std::collections::{BTreeMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::{Duration, Instant};

use resnet_explore::lower::{self, Model, Overrides};
use resnet_explore::network::{Layer, Network};
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

/// Height and width of a network's input.
fn side(network: &Network) -> [u64; 2] {
    let mut layers = network.nodes().map(|(_, node)| &node.layer);
    let input = layers.find_map(|layer| match layer {
        Layer::Input { size, .. } => Some(*size),
        _ => None,
    });
    input.expect("a network has an input")
}

/// The first layers, with their inputs, in which two networks differ.
fn first_difference(one: &Network, other: &Network) -> String {
    let of = |network: &Network| -> Vec<String> {
        network
            .nodes()
            .map(|(id, node)| format!("{:?} {:?}", node.layer, network.inputs(id)))
            .collect()
    };
    let (one, other) = (of(one), of(other));
    let at = one.iter().zip(&other).position(|(one, other)| one != other);
    let at = at.unwrap_or_else(|| one.len().min(other.len()));
    let layer = |all: &[String]| {
        all.get(at)
            .map_or("nothing", |own| own)
            .chars()
            .take(200)
            .collect::<String>()
    };
    format!("layer {at}: {} for {}", layer(&one), layer(&other))
}

/// Networks of the catalogue by their tensors.
fn catalogue() -> BTreeMap<&'static str, (Model, Vec<Named>)> {
    let nets = catalog::names().iter().map(|name| {
        let model = lower::open_shipped(name).expect("a shipped network");
        let names = sorted(&model.network);
        (*name, (model, names))
    });
    nets.collect()
}

/// Tensors under names in which every module's word is a random one; no two paths share a word.
fn renamed(tensors: &[Named], seed: u64) -> Vec<Named> {
    let word = |path: &str| {
        let mut hasher = DefaultHasher::new();
        (path, seed).hash(&mut hasher);
        let letters = (0..7).map(|at| (b'a' + (hasher.finish() >> (5 * at)) as u8 % 26) as char);
        letters.collect::<String>()
    };
    let name = |name: &str| {
        let ends = name.match_indices('.').map(|(at, _)| at);
        let words = ends.map(|end| word(&name[..end]));
        let leaf = name.rsplit('.').next().unwrap_or_default();
        words.chain([leaf.to_owned()]).collect::<Vec<_>>().join(".")
    };
    tensors
        .iter()
        .map(|(own, shape)| (name(own), shape.clone()))
        .collect()
}

/// Shares of a measure, in percent: specs with exactly the tensors, those that compute the same from the same image too, and
/// of these the ones that suppose the same size of it, which no tensor shows.
#[derive(Debug, Default)]
struct Measured {
    /// By family: networks, specs with the tensors, with the output, with the size too.
    families: BTreeMap<String, [usize; 4]>,
    wrong: Vec<String>,
    slowest: (Duration, &'static str),
    total: Duration,
}

impl Measured {
    fn shares(&self) -> [usize; 3] {
        let sum = |at: usize| self.families.values().map(|own| own[at]).sum::<usize>();
        [1, 2, 3].map(|at| 100 * sum(at) / sum(0))
    }
}

/// Infers these networks without themselves and without all of the same tensors.
fn measured(nets: &[&'static str], names: impl Fn(&[Named]) -> Vec<Named>) -> Measured {
    let all = catalogue();
    let mut made = Measured::default();
    for name in nets {
        let (model, own) = &all[name];
        let twins: HashSet<&str> = all
            .iter()
            .filter(|(_, (_, other))| other == own)
            .map(|(name, _)| *name)
            .collect();
        let is_excluded = |name: &str| twins.contains(name);
        let tensors = names(&wanted(&model.network));
        let start = Instant::now();
        let found = infer(&tensors, &is_excluded);
        let time = start.elapsed();
        made.total += time;
        made.slowest = made.slowest.max((time, *name));
        let family = model
            .family()
            .map_or_else(String::new, |own| own.own().to_owned());
        let counts = made.families.entry(family).or_default();
        counts[0] += 1;
        let Some(found) = found.filter(|found| found.fits) else {
            made.wrong.push(format!("{name}: no spec"));
            continue;
        };
        let spec = lower::open_text("inferred.toml", &found.spec, &Overrides::default());
        assert!(spec.problems.is_empty(), "{name}: {:?}", spec.problems);
        if found.renamed {
            let shapes = |list: &[Named]| {
                let mut shapes: Vec<_> = list.iter().map(|(_, shape)| shape.clone()).collect();
                shapes.sort();
                shapes
            };
            assert_eq!(shapes(&wanted(&spec.network)), shapes(own), "{name}");
        } else {
            assert_eq!(sorted(&spec.network), *own, "{name}: {}", found.spec);
        }
        counts[1] += 1;
        let overrides = Overrides {
            input_size: Some(side(&model.network)),
            ..Overrides::default()
        };
        let sized = lower::open_text("inferred.toml", &found.spec, &overrides);
        if computes_the_same(&sized.network, &model.network) {
            counts[2] += 1;
            counts[3] += usize::from(side(&spec.network) == side(&model.network));
        } else {
            let difference = first_difference(&sized.network, &model.network);
            made.wrong.push(format!(
                "{name}: other output by {}: {difference}",
                found.parent
            ));
        }
    }
    made
}

/// Of these, of different families, every one is found without itself.
const SOME: [&str; 13] = [
    "resnet18",
    "resnet101",
    "resnext101_32x8d",
    "wide_resnet50_2",
    "seresnet50",
    "resnet50d",
    "resnet56_cifar",
    "preact_resnet164_cifar",
    "regnety_016",
    "keras_resnet101v2",
    "resnet50_ibn_b",
    "pyramidnet110_a84",
    "tresnet_l",
];

/// So are these with every module renamed at random.
const SOME_RENAMED: [&str; 5] = [
    "resnet34",
    "resnet101",
    "regnetx_016",
    "keras_resnet50v2",
    "resnetv2_152",
];

#[test]
fn a_network_is_inferred_from_its_relatives() {
    let made = measured(&SOME, <[Named]>::to_vec);
    assert_eq!(made.shares()[0], 100, "{made:#?}");
}

#[test]
fn names_may_say_nothing() {
    let made = measured(&SOME_RENAMED, |tensors| renamed(tensors, 7));
    assert_eq!(made.shares(), [100; 3], "{made:#?}");
}

/// Hostile lists of tensors are answered, whatever with.
#[test]
fn strange_tensors_are_answered() {
    let plain = wanted(&lower::open_shipped("resnet18").unwrap().network);
    let shapes: [&[usize]; 5] = [
        &[],
        &[0, 0, 0, 0],
        &[usize::MAX; 4],
        &[1; 40],
        &[usize::MAX],
    ];
    for shape in shapes {
        let all = plain.iter().map(|(name, _)| (name.clone(), shape.to_vec()));
        infer(&all.collect::<Vec<_>>(), &|_| false);
    }
    for count in [0, 5, 29] {
        infer(&plain[..count], &|_| false);
        infer(&plain[plain.len() - count..], &|_| false);
    }
    let many = (0..200).map(|block| (format!("layer1.{block}.conv1.weight"), vec![64, 64, 3, 3]));
    infer(&many.collect::<Vec<_>>(), &|_| false);
    let names = [
        "",
        ".",
        "..",
        "layer1.0",
        "layer1.0.",
        "\"\n]",
        &"a.".repeat(400_000),
    ];
    let odd = names.map(|name| (name.to_owned(), vec![3; 4]));
    infer(&odd, &|_| false);
}

/// Share of the catalogue's networks, in percent, that are found without themselves: with exactly the tensors, with the same output from
/// the same image, and with the same size of it too. All may only grow.
const FOUND: [usize; 3] = [96, 83, 72];

/// The same with every module renamed at random.
const RENAMED: [usize; 3] = [85, 70, 59];

/// Every network of the catalogue, or as many as the variable says, evenly spread.
fn some_of_the_catalogue() -> Vec<&'static str> {
    let names = catalog::names();
    let every = std::env::var("INFER_EVERY").map_or(1, |every| every.parse().unwrap());
    names.iter().copied().step_by(every).collect()
}

#[test]
#[ignore = "takes half a minute when optimised"]
fn most_of_the_catalogue_is_inferred_without_itself() {
    let made = measured(&some_of_the_catalogue(), <[Named]>::to_vec);
    let shares = made.shares();
    let mut wanted = shares.iter().zip(FOUND);
    assert!(
        wanted.all(|(own, least)| *own >= least),
        "{shares:?} {made:#?}"
    );
}

#[test]
#[ignore = "takes half a minute when optimised"]
fn most_of_the_catalogue_is_inferred_under_random_names() {
    let made = measured(&some_of_the_catalogue(), |tensors| renamed(tensors, 7));
    let shares = made.shares();
    let mut wanted = shares.iter().zip(RENAMED);
    assert!(
        wanted.all(|(own, least)| *own >= least),
        "{shares:?} {made:#?}"
    );
}
