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
        let text = Spec::random(&mut numbers);
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

/// Layers of a stem that read each other by name, in the order of a possible run.
const LAYERS: [&str; 8] = [
    "{ conv = \"first\", kernel = 3, padding = 1, out = 6, from = \"input\" }",
    "{ norm = \"bn\", from = \"first\" }",
    "{ act = \"relu\", from = \"bn\" }",
    "{ conv = \"narrow\", kernel = 1, out = \"in\", from = \"relu\" }",
    "{ conv = \"wide\", kernel = 5, padding = 2, out = \"in\", from = \"relu\" }",
    "{ add = \"sum\", from = [\"narrow\", \"wide\"] }",
    "{ concat = \"cat\", from = [\"sum\", \"first\"] }",
    "{ conv = \"last\", kernel = 1, out = \"width\", from = \"cat\" }",
];

fn listed(layers: &[&str]) -> String {
    format!(
        "input = [3, 9, 8]\nclasses = 5\nblock = \"basic\"\nshortcut = \"projection\"\nblocks = [1]\nwidths = [8]\nstrides = [1]\n[stem]\nlayers = [{}]\n[head]\nlayers = [{{ global_avg_pool = \"p\" }}, {{ flatten = \"f\" }}, {{ linear = \"fc\", out = \"classes\" }}]\n",
        layers.join(", ")
    )
}

fn lowered(layers: &[&str]) -> resnet_explore::lower::Model {
    open_text("listed.toml", &listed(layers), &Overrides::default())
}

#[test]
fn layers_of_a_spec_may_be_written_in_any_order() {
    let model = lowered(&LAYERS);
    assert!(model.problems.is_empty(), "{:?}", model.problems);
    let reads = |path: &str| -> Vec<String> {
        let id = model.network.find(path).expect(path);
        let inputs = model.network.inputs(id);
        inputs
            .iter()
            .map(|&id| model.network[id].path.to_string())
            .collect()
    };
    assert_eq!(reads("sum"), ["narrow", "wide"]);
    assert_eq!(reads("cat"), ["sum", "first"]);
    assert_eq!(reads("layer1.0.conv1"), ["last"]);
    let told_of = |model: &resnet_explore::lower::Model| -> Vec<String> {
        let nodes = model.network.nodes();
        nodes
            .map(|(id, node)| format!("{node:?} {:?}", model.network.inputs(id)))
            .collect()
    };
    let wanted = told_of(&model);
    let mut numbers = Numbers(5);
    for _ in 0..100 {
        let mut layers = LAYERS;
        for place in (1..layers.len()).rev() {
            layers.swap(place, numbers.below(place as u64 + 1) as usize);
        }
        let model = lowered(&layers);
        assert!(model.problems.is_empty(), "{:?}", model.problems);
        assert_eq!(told_of(&model), wanted, "{layers:?}");
    }
}

#[test]
fn layers_that_cannot_be_put_in_order_are_named() {
    let said = |layers: &[&str]| -> Vec<String> {
        let problems = lowered(layers).problems;
        let english = resnet_explore::text::Language::ENGLISH;
        problems
            .iter()
            .map(|own| english.say(&own.message))
            .collect()
    };
    let conv = |name: &str, from: &str| {
        format!("{{ conv = \"{name}\", kernel = 1, out = 8, from = \"{from}\" }}")
    };
    let [a, b, c] = [conv("a", "c"), conv("b", "a"), conv("c", "b")];
    assert_eq!(
        said(&[&a, &b, &c])[0],
        "layers take each other's output in a cycle: `a` → `b` → `c` → `a`"
    );
    assert_eq!(
        said(&[&conv("a", "nowhere")])[0],
        "this list has no layer called `nowhere`"
    );
    let [a, b] = [conv("a", "input"), conv("b", "input")];
    assert_eq!(
        said(&[&a, &b])[0],
        "the output of several layers of this list is taken by no other layer: `a`, `b`"
    );
    assert_eq!(
        said(&[&a, "{ add = \"sum\" }"])[0],
        "this layer joins 1 layer, not the number that it takes"
    );
    assert_eq!(
        said(&[&a, &b, "{ act = \"relu\", from = [\"a\", \"b\"] }"])[0],
        "this layer names 2 inputs, but takes one"
    );
}
