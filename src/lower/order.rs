//! Lists of layers in any order: a layer says by name what it reads, and runs after it.

use super::builder::{Builder, Cursor};
use crate::message;
use crate::network::order;
use crate::spec::decode::Decode;
use crate::spec::problem::{did_you_mean, nearest, quoted};
use crate::spec::{Located, OneOrMore, Place, Problem, RawLayer};
use crate::text::Joint;

/// Name of what the list itself reads.
const INPUT: &str = "input";

/// The units' knowledge of a layer.
#[derive(Clone, Copy)]
pub(super) struct Units {
    /// Name of a layer.
    pub(super) name: fn(&RawLayer) -> Option<String>,
    /// Whether a layer joins several others.
    pub(super) takes_several: fn(&RawLayer) -> bool,
    /// Adds a layer that reads the one at the cursor.
    pub(super) lower: fn(&RawLayer, &mut Builder),
}

/// Adds the layers of a list, each after those that it reads.
///
/// A layer without `from` reads the one written before it. The list's output is that of the one layer that no other reads.
pub(super) fn lower_all(layers: &[Located<RawLayer>], units: Units, builder: &mut Builder) {
    if layers.iter().all(|layer| layer.value.from.is_none()) {
        for layer in layers {
            if builder.is_full {
                return;
            }
            (units.lower)(&layer.value, builder);
        }
        return;
    }
    let Some(input) = builder.cursor else {
        return;
    };
    let Some(reads) = reads(layers, units, builder) else {
        return;
    };
    let Some(order) = sorted(layers, &reads, units, builder) else {
        return;
    };
    let mut outputs: Vec<Option<Cursor>> = vec![None; layers.len()];
    let at = |read: Option<usize>, outputs: &[Option<Cursor>]| match read {
        Some(layer) => outputs[layer],
        None => Some(input),
    };
    for &number in &order {
        if builder.is_full {
            return;
        }
        let operands: Option<Vec<Cursor>> = reads[number]
            .iter()
            .map(|&read| at(read, &outputs))
            .collect();
        let Some(operands) = operands else {
            continue;
        };
        builder.cursor = operands.first().copied();
        builder.operands = operands;
        (units.lower)(&layers[number].value, builder);
        builder.operands.clear();
        outputs[number] = builder.cursor;
    }
    builder.cursor = order.last().and_then(|&last| outputs[last]);
}

/// The layers that each layer reads; `None` is the list's input.
fn reads(
    layers: &[Located<RawLayer>],
    units: Units,
    builder: &mut Builder,
) -> Option<Vec<Vec<Option<usize>>>> {
    let names: Vec<Option<String>> = layers.iter().map(|own| (units.name)(&own.value)).collect();
    let mut all = Vec::with_capacity(layers.len());
    let mut is_whole = true;
    for (number, layer) in layers.iter().enumerate() {
        let Some(from) = &layer.value.from else {
            all.push(vec![number.checked_sub(1)]);
            continue;
        };
        let mut problems = Vec::new();
        let from = OneOrMore::decode(from, &mut problems);
        is_whole &= problems.is_empty();
        for problem in problems {
            builder.report(problem);
        }
        let mut own = Vec::new();
        for name in from.iter().flat_map(|from| &from.0) {
            let is_of = |known: &&Option<String>| known.as_deref() == Some(name.value.as_str());
            let found = names.iter().position(|known| is_of(&known));
            if names.iter().filter(is_of).count() > 1 {
                let message = message!("problem-two-of-one-name", name = &name.value);
                let help = message!("help-name-of-its-own");
                let problem = Problem::error("unit", message).at(&name.place);
                builder.report(problem.help(help));
                is_whole = false;
            }
            if found.is_none() && name.value != INPUT {
                builder.report(unknown(name, &names));
                is_whole = false;
            }
            own.push(found);
        }
        let takes = (units.takes_several)(&layer.value);
        if own.len() > 1 && !takes {
            let message = message!("problem-reads-several", count = own.len());
            let example = "{ add = \"sum\", from = [\"a\", \"b\"] }";
            let help = message!("help-join-layers", example = example);
            let problem = Problem::error("unit", message).at(&layer.place);
            builder.report(problem.help(help));
            is_whole = false;
        }
        all.push(own);
    }
    is_whole.then_some(all)
}

fn unknown(name: &Located<String>, names: &[Option<String>]) -> Problem {
    let known = || names.iter().flatten().map(String::as_str).chain([INPUT]);
    let help = match nearest(&name.value, known()) {
        Some(near) => did_you_mean(near),
        None => message!("help-layers-of-list", names = quoted(known())),
    };
    let message = message!("problem-no-layer-of-name", name = &name.value);
    Problem::error("unit", message).at(&name.place).help(help)
}

/// An order in which the layers can run, its last one the list's output.
fn sorted(
    layers: &[Located<RawLayer>],
    reads: &[Vec<Option<usize>>],
    units: Units,
    builder: &mut Builder,
) -> Option<Vec<usize>> {
    let edges: Vec<Vec<usize>> = (reads.iter())
        .map(|own| own.iter().flatten().copied().collect())
        .collect();
    let name = |number: usize| {
        let name = (units.name)(&layers[number].value);
        format!("`{}`", name.unwrap_or_default())
    };
    let place = |number: usize| -> &Place { &layers[number].place };
    match order(&edges) {
        Err(cycle) => {
            let paths = cycle
                .iter()
                .chain(cycle.first())
                .map(|&number| name(number));
            let message = message!("problem-circle", paths = Joint::Arrow.of(paths));
            let problem = Problem::error("unit", message).at(place(cycle[0]));
            builder.report(problem.help(message!("help-circle")));
            None
        }
        Ok(order) => {
            let is_read = |number: &usize| edges.iter().any(|own| own.contains(number));
            let unread: Vec<usize> = (0..layers.len()).filter(|own| !is_read(own)).collect();
            if unread.len() > 1 {
                let names = Joint::Comma.of(unread.iter().map(|&number| name(number)));
                let message = message!("problem-several-outputs", names = names);
                let problem = Problem::error("unit", message).at(place(unread[0]));
                builder.report(problem.help(message!("help-one-output")));
                return None;
            }
            Some(order)
        }
    }
}
