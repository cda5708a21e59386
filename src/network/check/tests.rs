//! Each rule of legality, broken on purpose.

use super::*;
use crate::network::layer::{Activation, Combine, Conv, Conv2d};
use crate::network::{LayerPath, Node, Scope, Stage, StageInfo, Window};
use crate::text::Language;

fn node(path: &str, layer: Layer) -> Node {
    Node {
        path: LayerPath::new(path),
        layer,
        scope: Scope::of_stage(Stage::Stem),
        function: false,
    }
}

fn input() -> Layer {
    Layer::Input {
        channels: 3,
        size: [8, 8],
    }
}

fn conv(in_channels: u64, out_channels: u64, groups: u64) -> Layer {
    Layer::Conv(Conv::Spatial(Conv2d {
        in_channels,
        out_channels,
        window: Window::square(3, 1, 1),
        groups,
        bias: false,
        standardize: None,
    }))
}

fn rules(network: &Network) -> Vec<&'static str> {
    check(network).into_iter().map(|fault| fault.rule).collect()
}

#[test]
fn a_small_residual_network_is_legal() {
    let mut network = Network::new();
    let x = network.add(node("input", input()), &[]);
    let y = network.add(node("conv", conv(3, 3, 1)), &[x]);
    network.add(node("add", Layer::Combine(Combine::Add)), &[y, x]);
    assert_eq!(check(&network), []);
    assert_eq!(network.inputs(network.sink().unwrap())[..], [y, x]);
}

#[test]
fn each_rule_finds_what_breaks_it() {
    let mut two_inputs = Network::new();
    let a = two_inputs.add(node("a", input()), &[]);
    let b = two_inputs.add(node("b", input()), &[]);
    two_inputs.add(node("add", Layer::Combine(Combine::Add)), &[a, b]);
    assert_eq!(rules(&two_inputs), ["one-source"]);

    let mut dangling = Network::new();
    let x = dangling.add(node("input", input()), &[]);
    dangling.add(node("unread", Layer::Activation(Activation::Relu)), &[x]);
    dangling.add(node("relu", Layer::Activation(Activation::Relu)), &[x]);
    assert_eq!(rules(&dangling), ["one-sink"]);

    let mut alone = Network::new();
    let x = alone.add(node("input", input()), &[]);
    alone.add(node("add", Layer::Combine(Combine::Add)), &[x]);
    assert_eq!(rules(&alone), ["arity"]);

    let mut twice = Network::new();
    let x = twice.add(node("input", input()), &[]);
    let y = twice.add(node("conv", conv(3, 3, 1)), &[x]);
    twice.add(node("conv", conv(3, 3, 1)), &[y]);
    assert_eq!(rules(&twice), ["unique-paths"]);

    for path in ["layer1", "layer1.0"] {
        let mut held = Network::new();
        let x = held.add(node("input", input()), &[]);
        held.add(node(path, conv(3, 3, 1)), &[x]);
        assert_eq!(rules(&held), [""; 0]);
        held.add_stage(StageInfo {
            name: "layer1".into(),
            paper_name: None,
            block: "basic".into(),
            blocks: vec!["layer1.0".into()],
        });
        assert_eq!(rules(&held), ["stage-paths"], "{path}");
    }

    let mut odd = Network::new();
    let x = odd.add(node("input", input()), &[]);
    odd.add(node("conv", conv(3, 4, 2)), &[x]);
    assert_eq!(rules(&odd), ["shapes"]);
    assert_eq!(
        Language::ENGLISH.say(&check(&odd)[0].message),
        "3 input channels cannot be split into 2 groups"
    );
}

#[test]
fn the_walk_goes_on_after_a_fault() {
    let mut network = Network::new();
    let x = network.add(node("input", input()), &[]);
    let y = network.add(node("conv", conv(3, 8, 1)), &[x]);
    let sum = network.add(node("add", Layer::Combine(Combine::Add)), &[y, x]);
    let last = network.add(node("second", conv(9, 8, 1)), &[sum]);
    let (shapes, faults) = shapes(&network);
    assert_eq!(shapes[sum], Some(Shape::map(8, 8, 8)));
    let layers: Vec<_> = faults.iter().filter_map(|fault| fault.layer).collect();
    assert_eq!(layers, [sum, last]);
}
