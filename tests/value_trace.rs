//! Promise: every value can be explained, and the numbers of the explanation give the value of the pass, within the stated
//! tolerance.

use std::sync::Arc;

use resnet_explore::engine::value_trace::{Cell, ExplainError, Formula, Step};
use resnet_explore::engine::{Edit, Input, Isa, Keep, LoadedWeights, Mode, Session, explain};
use resnet_explore::lower::{Overrides, open, open_text};
use resnet_explore::network::{Branch, Combine, Layer, LayerId, Network};
use resnet_explore::weights::{Synthetic, synthetic_input};

fn session(network: Network, batch: usize, mode: Mode) -> Session {
    let mut session = begun(network, batch, mode);
    while session.step().is_some() {}
    session
}

/// A pass that has not begun.
fn begun(network: Network, batch: usize, mode: Mode) -> Session {
    let network = Arc::new(network);
    let image = network.ids().next().expect("an image");
    let Layer::Input { channels, size } = network[image].layer else {
        panic!("the first layer is the image");
    };
    let shape = [batch, channels as usize, size[0] as usize, size[1] as usize];
    let pixels = synthetic_input(3, &shape).mapv(|x| (x * 40.0 + 128.0).clamp(0.0, 255.0));
    let input = Input::Pixels(pixels.into_dimensionality().expect("a batch of maps"));
    let weights = LoadedWeights::load(&network, &Synthetic { seed: 3 }).expect("any name");
    Session::new(network, weights, input, mode, Keep::Everything).expect("the network is legal")
}

fn network(name: &str, side: u64) -> Network {
    let overrides = Overrides {
        input_size: Some([side; 2]),
        classes: Some(10),
        ..Overrides::default()
    };
    open(name, &overrides).expect("a shipped network").network
}

/// Corners, borders and interior cells of a layer's output.
fn cells(session: &Session, id: LayerId) -> Vec<Cell> {
    let shape = session.value(id).expect("it has run").shape();
    let side = |axis: usize| shape.get(axis).copied().unwrap_or(1) - 1;
    let (image, channel) = (shape[0] - 1, side(1));
    let cell = |image, channel, row, column| Cell {
        image,
        channel,
        row,
        column,
    };
    vec![
        cell(0, 0, 0, 0),
        cell(image, channel, side(2), side(3)),
        cell(image, channel / 2, side(2) / 2, 0),
        cell(0, channel / 3, side(2) / 3, side(3) / 2),
    ]
}

fn hold(session: &Session, name: &str, kinds: &mut Vec<&'static str>) {
    let network = session.network();
    for id in network.ids() {
        for cell in cells(session, id) {
            let explanation = explain(session, id, cell).expect("everything is kept");
            let last = explanation.last().expect("a step");
            assert_eq!((last.layer, last.cell), (id, cell));
            for step in &explanation.steps {
                let path = &network[step.layer].path;
                assert!(
                    step.agrees(),
                    "{name} {path} {:?}: {} and {}, apart {:e}, allowed {:e}",
                    step.cell,
                    step.value,
                    step.computed,
                    step.difference(),
                    step.tolerance
                );
            }
        }
        let op = network[id].layer.op();
        if !kinds.contains(&op) {
            kinds.push(op);
        }
    }
}

#[test]
fn the_numbers_give_the_value_for_every_kind_of_layer() {
    let mut kinds = Vec::new();
    for name in [
        "resnext50_32x4d",
        "resnetblur18",
        "resnest14d",
        "skresnet18",
        "ecaresnet26t",
        "res2net50_48w_2s",
        "resnetv2_50d_evos",
        "resnetv2_50d_frn",
        "resnetv2_50x1_bit",
    ] {
        let network = network(name, 64);
        hold(
            &session(network.clone(), 1, Mode::Inference),
            name,
            &mut kinds,
        );
        for isa in Isa::ALL.into_iter().filter(|isa| isa.is_available()) {
            let mut fast = begun(network.clone(), 1, Mode::Inference).with_kernels(isa, 2);
            while fast.step().is_some() {}
            hold(&fast, &format!("{name} on {isa}"), &mut kinds);
        }
    }
    hold(
        &session(network("resnet20_cifar", 32), 2, Mode::Inference),
        "resnet20_cifar",
        &mut kinds,
    );
    for op in [
        "Input",
        "Scale",
        "Standardize",
        "Conv2d",
        "StdConv2d",
        "BatchNorm2d",
        "GroupNorm",
        "EvoNorm2dS0",
        "FilterResponseNormTlu2d",
        "ReLU",
        "Sigmoid",
        "MaxPool2d",
        "AvgPool2d",
        "BlurPool2d",
        "ConstantPad2d",
        "AdaptiveAvgPool2d",
        "PadShortcut",
        "Add",
        "Multiply",
        "Conv1d",
        "Slice",
        "Concat",
        "RadixSum",
        "RadixSoftmax",
        "RadixWeightedSum",
        "Flatten",
        "Linear",
    ] {
        assert!(
            kinds.contains(&op),
            "no network of this test has {op}: {kinds:?}"
        );
    }
}

#[test]
fn in_training_the_statistics_are_those_of_the_batch() {
    let session = session(network("resnet20_cifar", 32), 3, Mode::Training);
    hold(&session, "resnet20_cifar", &mut Vec::new());
    let norm = session.network().find("layer1.0.bn1").expect("a layer");
    let explanation = explain(&session, norm, Cell::default()).expect("it has run");
    let Some(Formula::Norm(formula)) = explanation.last().map(|step| &step.formula) else {
        panic!("a normalisation");
    };
    let words = format!("{:?}", formula.statistics);
    assert_eq!(words, format!("Batch({})", 3 * 32 * 32));
}

#[test]
fn the_tolerance_would_catch_a_wrong_weight() {
    let session = session(network("resnet20_cifar", 32), 1, Mode::Inference);
    let id = session.network().find("layer2.0.conv2").expect("a layer");
    for cell in cells(&session, id) {
        let explanation = explain(&session, id, cell).expect("it has run");
        let step = explanation.last().expect("a step");
        let Formula::Sum(sum) = &step.formula else {
            panic!("a sum");
        };
        // A typical product is far above the tolerance, so one too many or too few is noticed.
        let mean = sum
            .terms
            .iter()
            .map(|term| term.product().abs())
            .sum::<f64>()
            / sum.terms.len() as f64;
        assert!(
            step.tolerance < mean / 20.0,
            "{:e} of {mean:e}",
            step.tolerance
        );
        let mut wrong: Step = step.clone();
        wrong.computed -= sum.terms[sum.largest_first()[0]].product();
        assert!(!wrong.agrees());
    }
}

#[test]
fn a_block_is_explained_from_its_convolutions_to_its_relu() {
    let session = session(network("resnet50", 64), 1, Mode::Inference);
    let paths = |path: &str| -> Vec<String> {
        let network = session.network();
        let id = network.find(path).expect("a layer");
        let explanation = explain(&session, id, Cell::default()).expect("it has run");
        let steps = explanation.steps.iter();
        steps
            .map(|step| network[step.layer].path.to_string())
            .collect()
    };
    let add = |block: &str| {
        let network = session.network();
        let found = network.nodes().find(|(_, node)| {
            node.layer == Layer::Combine(Combine::Add) && node.path.module.starts_with(block)
        });
        found.expect("an addition").1.path.to_string()
    };
    assert_eq!(
        paths("layer1.0.relu#3"),
        [
            "layer1.0.conv3",
            "layer1.0.bn3",
            "layer1.0.downsample.0",
            "layer1.0.downsample.1",
            &add("layer1.0"),
            "layer1.0.relu#3"
        ]
    );
    // An identity shortcut passes on the output of the block before, which has its own explanation.
    assert_eq!(
        paths("layer1.1.relu#3"),
        [
            "layer1.1.conv3",
            "layer1.1.bn3",
            &add("layer1.1"),
            "layer1.1.relu#3"
        ]
    );
}

#[test]
fn windows_at_the_border_and_uneven_strides_read_what_the_kernel_reads() {
    // Kernel, stride and padding that divide nothing, in a network outside the catalogue.
    let text = "inherits = \"resnet20_cifar\"\nsummary = \"odd sizes\"\n";
    let odd = Overrides {
        input_size: Some([37, 29]),
        ..Overrides::default()
    };
    let model = open_text("odd.toml", text, &odd);
    hold(
        &session(model.network, 1, Mode::Inference),
        "odd",
        &mut Vec::new(),
    );
    let session = session(network("resnet18", 64), 1, Mode::Inference);
    let id = session.network().find("conv1").expect("a layer");
    let explanation = explain(&session, id, Cell::default()).expect("it has run");
    let Some(Formula::Sum(sum)) = explanation.last().map(|step| &step.formula) else {
        panic!("a sum");
    };
    // Of 7×7 taps with padding 3, 4×4 are inside the image.
    assert_eq!((sum.terms.len(), sum.border), (3 * 16, 3 * 33));
    let image = session.network().ids().next().expect("an image");
    let region = explanation.seen[image].expect("it sees the image");
    assert_eq!((region.rows, region.columns), ([0, 3], [0, 3]));
}

#[test]
fn an_edited_pass_is_explained_as_it_ran() {
    let session = session(network("resnet20_cifar", 32), 1, Mode::Inference);
    let network = session.network().clone();
    let add = network
        .nodes()
        .find(|(_, node)| node.layer == Layer::Combine(Combine::Add))
        .map(|(id, _)| id)
        .expect("an addition");
    let relu = network.find("layer1.1.relu").expect("a layer");
    let bn = network.find("layer1.2.bn1").expect("a layer");
    let edits = vec![
        Edit::Silence {
            add,
            branch: Branch::Main,
        },
        Edit::Bypass { layer: relu },
        Edit::Mute {
            layer: bn,
            channel: 0,
        },
    ];
    let mut edited = session.edited(edits).expect("it applies");
    while edited.step().is_some() {}
    hold(&edited, "edited", &mut Vec::new());
}

#[test]
fn what_is_not_there_is_said() {
    let mut session = session(network("resnet20_cifar", 32), 1, Mode::Inference);
    let id = session.network().find("layer1.0.conv1").expect("a layer");
    let far = Cell {
        channel: 16,
        ..Cell::default()
    };
    let error = explain(&session, id, far).expect_err("there are 16 channels");
    assert_eq!(
        resnet_explore::text::Language::ENGLISH.say(&error.message()),
        "layer1.0.conv1 outputs 16×32×32; there is no channel 16, row 0, column 0"
    );
    session.rewind();
    let error = explain(&session, id, Cell::default()).expect_err("nothing has run");
    assert!(matches!(error, ExplainError::NotThere(_)), "{error}");
}
