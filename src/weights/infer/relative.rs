//! The networks of the catalogue with their tensors, and which of them a file resembles.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::OnceLock;

use crate::lower;
use crate::network::{Layer, Pool};
use crate::sorting::Sorting;
use crate::spec::catalog;
use crate::weights::fit::{Named, wanted};

/// A network of the catalogue.
#[derive(Debug)]
pub(super) struct Relative {
    /// Its name.
    pub(super) name: &'static str,
    /// Its tensors.
    pub(super) tensors: Vec<Named>,
    /// Whether no shortcut is in it: one without tensors is more often there than not.
    is_plain: bool,
    /// Its first pool, which no tensor shows.
    pool: Option<Pool>,
    /// Number of its layers: of networks with the same tensors, the simplest has the fewest.
    layers: usize,
    kinds: Kinds,
}

/// Kinds of tensors: names without their numbers, shapes, and both.
#[derive(Debug)]
struct Kinds {
    names: HashSet<u64>,
    shapes: HashSet<u64>,
    both: HashSet<u64>,
}

impl Kinds {
    fn of(tensors: &[Named]) -> Self {
        let hash = |value: &dyn Fn(&mut DefaultHasher)| {
            let mut hasher = DefaultHasher::new();
            value(&mut hasher);
            hasher.finish()
        };
        let mut made = Self {
            names: HashSet::new(),
            shapes: HashSet::new(),
            both: HashSet::new(),
        };
        for (name, shape) in tensors {
            let name = without_numbers(name);
            made.names.insert(hash(&|hasher| name.hash(hasher)));
            made.shapes.insert(hash(&|hasher| shape.hash(hasher)));
            made.both
                .insert(hash(&|hasher| (&name, shape).hash(hasher)));
        }
        made
    }
}

/// A name whose numbers are all one sign: `layer#.#.conv#.weight`.
fn without_numbers(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    for c in name.chars() {
        if !c.is_ascii_digit() {
            text.push(c);
        } else if !text.ends_with('#') {
            text.push('#');
        }
    }
    text
}

/// All networks of the catalogue that is compiled in, built once on two threads.
pub(super) fn all() -> &'static [Relative] {
    static ALL: OnceLock<Vec<Relative>> = OnceLock::new();
    ALL.get_or_init(|| {
        let names = catalog::names();
        let (first, second) = names.split_at(names.len() / 2);
        let many = |names: &'static [&'static str]| -> Vec<Relative> {
            names.iter().filter_map(|name| relative(name)).collect()
        };
        std::thread::scope(|scope| {
            let other = scope.spawn(move || many(second));
            let mut all = many(first);
            all.extend(other.join().unwrap_or_default());
            all
        })
    })
}

fn relative(name: &'static str) -> Option<Relative> {
    let model = lower::open_shipped(name).ok()?;
    let tensors = wanted(&model.network);
    Some(Relative {
        name,
        is_plain: !model
            .network
            .nodes()
            .any(|(_, node)| matches!(node.layer, Layer::Combine(_))),
        pool: model
            .network
            .nodes()
            .find_map(|(_, node)| match &node.layer {
                Layer::Pool(pool) => Some(*pool),
                _ => None,
            }),
        layers: model.network.len(),
        kinds: Kinds::of(&tensors),
        tensors,
    })
}

/// Share of kinds that two have in common.
fn share(one: &HashSet<u64>, other: &HashSet<u64>) -> f64 {
    let both = one.intersection(other).count();
    let all = one.len() + other.len() - both;
    both as f64 / all.max(1) as f64
}

/// Networks in the order of their likeness to a file, and whether the names of the file are those of some.
#[derive(Debug)]
pub(super) struct Ranked {
    /// By names and shapes.
    pub(super) by_names: Vec<&'static Relative>,
    /// By shapes alone.
    pub(super) by_shapes: Vec<&'static Relative>,
    /// Whether names of the file are names of the catalogue.
    pub(super) names_known: bool,
}

/// Likeness of names from which they are taken for those of the catalogue.
const KNOWN: f64 = 0.3;

/// Ranks the catalogue without the networks for which `is_excluded` holds.
pub(super) fn ranked(found: &[Named], is_excluded: &dyn Fn(&str) -> bool) -> Ranked {
    let own = Kinds::of(found);
    let nets = all().iter().filter(|relative| !is_excluded(relative.name));
    let nets: Vec<&'static Relative> = nets.collect();
    let mut names_known = false;
    let alike = |relative: &Relative| nets.iter().filter(|own| own.pool == relative.pool).count();
    let unusual: HashMap<&str, Reverse<usize>> = nets
        .iter()
        .map(|relative| (relative.name, Reverse(alike(relative))))
        .collect();
    let sorted = |likeness: &mut dyn FnMut(&Relative) -> f64| {
        let mut ranked: Vec<(f64, &'static Relative)> = nets
            .iter()
            .map(|relative| (likeness(relative), *relative))
            .filter(|(alike, _)| *alike > 0.0)
            .collect();
        ranked.order_by(|one, other| {
            let simplicity = |relative: &Relative| {
                let unusual = unusual.get(relative.name).copied();
                (relative.is_plain, unusual, relative.layers)
            };
            let simpler = simplicity(one.1).cmp(&simplicity(other.1));
            other.0.total_cmp(&one.0).then(simpler)
        });
        ranked.into_iter().map(|(_, relative)| relative).collect()
    };
    let by_names = sorted(&mut |relative| {
        let names = share(&own.names, &relative.kinds.names);
        names_known |= names >= KNOWN;
        names + share(&own.both, &relative.kinds.both)
    });
    let by_shapes = sorted(&mut |relative| share(&own.shapes, &relative.kinds.shapes));
    Ranked {
        by_names,
        by_shapes,
        names_known,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_names_are_no_difference() {
        assert_eq!(without_numbers("layer10.2.conv1"), "layer#.#.conv#");
        let tensors = |names: &[&str]| -> Vec<Named> {
            let named = names.iter();
            named.map(|name| ((*name).to_owned(), vec![2])).collect()
        };
        let one = Kinds::of(&tensors(&["layer1.0.a", "layer1.1.a", "b"]));
        let other = Kinds::of(&tensors(&["layer2.0.a", "c"]));
        assert_eq!((one.names.len(), one.shapes.len()), (2, 1));
        assert!((share(&one.names, &other.names) - 1.0 / 3.0).abs() < 1e-9);
    }
}
