//! Networks whose layers were added in another order than the order of execution: tables, counts and passes are the same.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use resnet_explore::analysis::{Rule, analyze};
use resnet_explore::engine::{Compiled, Input, Keep, LoadedWeights, Mode, Options, Session};
use resnet_explore::lower::{Overrides, open_text};
use resnet_explore::network::{Draft, Layer, LayerId, Network, check};
use resnet_explore::weights::Synthetic;

use super::spec::{Numbers, Spec};
use super::{batch, sized};

/// The same layers and edges, drafted in an order given by `numbers`.
fn shuffled(network: &Network, numbers: &mut Numbers) -> Network {
    let mut order: Vec<LayerId> = network.ids().collect();
    for place in (1..order.len()).rev() {
        order.swap(place, numbers.below(place as u64 + 1) as usize);
    }
    let mut draft = Draft::new();
    for stage in network.stages() {
        draft.add_stage(stage.clone());
    }
    let drafted: BTreeMap<LayerId, _> = order
        .iter()
        .map(|&id| (id, draft.add(network[id].clone())))
        .collect();
    order.reverse();
    for id in order {
        let inputs: Vec<_> = network.inputs(id).iter().map(|id| drafted[id]).collect();
        draft.connect(drafted[&id], &inputs);
    }
    draft.build().expect("a network has no circle")
}

/// Everything known about each layer, by its path; and the totals.
fn notice(network: &Network) -> (BTreeMap<String, String>, String) {
    let sums = network.sums();
    let path = |id: LayerId| network[id].path.to_string();
    let mut lines: BTreeMap<String, String> = BTreeMap::new();
    let mut totals = String::new();
    for rule in Rule::ALL {
        let of = analyze(network, rule);
        for id in network.ids() {
            let reads: Vec<String> = network.inputs(id).iter().map(|&id| path(id)).collect();
            let feeds: Vec<String> = sums.of(id).map(path).collect();
            let line = format!(
                "{:?} reads {reads:?} feeds {feeds:?}: {:?} {:?} {:?} {:?} {:?} {:?} {:?}\n",
                network[id],
                of.shapes[id],
                of.params[id],
                of.buffers[id],
                of.macs[id],
                of.activations[id],
                of.saved[id],
                of.receptive_field[id]
            );
            *lines.entry(path(id)).or_default() += &line;
        }
        let smaller: Vec<_> = of
            .downsample
            .iter()
            .map(|own| (path(own.layer), own.from, own.to, own.stride, own.shortcut))
            .collect();
        totals += &format!(
            "{} {smaller:?} {:?}\n",
            of.depth,
            check::check(network).len()
        );
    }
    (lines, totals)
}

fn same(network: &Network, numbers: &mut Numbers, what: &str) {
    let other = shuffled(network, numbers);
    assert_eq!(notice(&other), notice(network), "{what}");
    // The order depends on the network alone, not on the order in which it was drafted.
    let again = shuffled(network, numbers);
    assert!(again.nodes().eq(other.nodes()), "{what}");

    let Some(Layer::Input { channels, size }) = network.nodes().next().map(|(_, node)| &node.layer)
    else {
        panic!("no input");
    };
    let input = Input::Prepared(batch(7, &[1, *channels, size[0], size[1]]));
    let values = |network: &Network| {
        let network = Arc::new(network.clone());
        let weights = LoadedWeights::load(&network, &Synthetic { seed: 5 }).expect("any weights");
        let mut session = Session::new(
            Arc::clone(&network),
            Arc::clone(&weights),
            input.clone(),
            Mode::Inference,
            Keep::Everything,
        )
        .expect("a legal network");
        let _ = session.run_all(&mut |_, _| ControlFlow::Continue(()));
        let bits = |id| -> Vec<u32> {
            let value = session.value(id).expect("it ran");
            value.iter().map(|x: &f32| x.to_bits()).collect()
        };
        let values: BTreeMap<String, Vec<u32>> = network
            .ids()
            .map(|id| (network[id].path.to_string(), bits(id)))
            .collect();
        let options = Options {
            each_layer: true,
            ..Options::default()
        };
        let mut compiled = Compiled::new(network, &*weights, options).expect("a legal network");
        let output = compiled.run(&input).expect("an input that fits");
        let output: Vec<u32> = output.iter().map(|x| x.to_bits()).collect();
        (values, output)
    };
    assert!(values(&other) == values(network), "{what}");
}

#[test]
fn networks_drafted_in_any_order_are_the_same() {
    let (mut made, mut seed) = (0, 0);
    while made < 60 {
        let mut numbers = Numbers(seed);
        let text = Spec {
            numbers: &mut numbers,
            names: 0,
        }
        .text();
        seed += 1;
        let network = open_text("random.toml", &text, &Overrides::default()).network;
        let (shapes, _) = check::shapes(&network);
        let is_small = |id| shapes[id].is_some_and(|shape| shape.elements() < 50_000);
        if network.is_empty() || !check::check(&network).is_empty() || !network.ids().all(is_small)
        {
            continue;
        }
        same(&network, &mut numbers, &text);
        made += 1;
    }
    for name in [
        "resnet18",
        "seresnet50",
        "skresnet18",
        "res2net50_26w_4s",
        "resnest50d",
    ] {
        same(&sized(name, [33; 2]).network, &mut Numbers(seed), name);
    }
}
