//! Promise: an edited pass computes what a network written in that way would, runs again only from the first layer that the
//! edit affects, and leaves the original pass unchanged.

use std::sync::Arc;

use ndarray::Axis;
use resnet_explore::engine::session::edit::possible;
use resnet_explore::engine::session::edit::preprocessing::Standard;
use resnet_explore::engine::sources::through_layers;
use resnet_explore::engine::value_trace::{Cell, Step};
use resnet_explore::engine::{Edit, Input, Keep, LoadedWeights, Mode, Session, Tensor, explain};
use resnet_explore::lower::{Overrides, Preparation, open, open_prepared, open_text};
use resnet_explore::network::{
    self, Branch, Combine, Filter, Layer, LayerId, Network, Preprocess, check,
};
use resnet_explore::weights::{Picture, Synthetic, synthetic_input};

fn session(network: Network, mode: Mode) -> Session {
    let network = Arc::new(network);
    let weights = LoadedWeights::load(&network, &Synthetic { seed: 5 }).expect("any name");
    let input = synthetic_input(5, &[2, 3, 64, 64]).mapv(|x| x * 50.0 + 100.0);
    let input = Input::Pixels(input.into_dimensionality().expect("a batch of maps"));
    Session::new(network, weights, input, mode, Keep::Everything).expect("it is legal")
}

fn ended(mut session: Session) -> Session {
    while session.step().is_some() {}
    session
}

fn network(name: &str) -> Network {
    let small = Overrides {
        input_size: Some([64; 2]),
        classes: Some(10),
        ..Overrides::default()
    };
    open(name, &small).expect("a shipped network").network
}

fn output(session: &Session) -> &Tensor {
    session.output().expect("the pass has ended")
}

fn add_of(network: &Network, block: &str) -> LayerId {
    let found = network.nodes().find(|(_, node)| {
        node.layer == Layer::Combine(Combine::Add) && node.path.module.starts_with(block)
    });
    found.expect("an addition").0
}

#[test]
fn a_block_without_its_main_path_hands_on_its_shortcut() {
    let session = ended(session(network("resnet18"), Mode::Inference));
    let network = session.network();
    let add = add_of(network, "layer2.1");
    let block = vec![Edit::Silence {
        add,
        branch: Branch::Main,
    }];
    let edited = ended(session.edited(block).expect("it applies"));
    // The ReLU after the addition leaves the previous block's output unchanged, since that has passed a ReLU already.
    let before = network.inputs(add)[1];
    let after = network.users(add)[0];
    assert_eq!(edited.value(after), session.value(before));
    assert_ne!(output(&edited), output(&session));
}

#[test]
fn only_what_the_edit_affects_runs_again() {
    let session = ended(session(network("resnet18"), Mode::Inference));
    let original = output(&session).clone();
    let add = add_of(session.network(), "layer3.0");
    let off = Edit::Silence {
        add,
        branch: Branch::Shortcut,
    };
    let edited = session.edited(vec![off.clone()]).expect("it applies");
    assert_eq!(edited.next(), Some(add));
    // Values of earlier layers are shared with the original pass, not computed again or copied.
    let before = session.network().inputs(add)[0];
    let (old, new) = (session.value(before), edited.value(before));
    assert!(std::ptr::eq(
        old.expect("it ran"),
        new.expect("it is taken over")
    ));
    let edited = ended(edited);
    assert_eq!(output(&session), &original);
    // After an undo, the values of the first pass return to the bit, computed again from there.
    let undone = edited
        .edited(Vec::new())
        .expect("nothing speaks against it");
    assert_eq!(undone.next(), Some(add));
    assert_eq!(output(&ended(undone)), &original);
    // A second edit further on keeps the values of the first.
    let relu = session.network().find("layer4.1.relu").expect("a layer");
    let both = edited
        .edited(vec![off, Edit::Bypass { layer: relu }])
        .expect("it applies");
    assert_eq!(both.next(), Some(relu));
}

#[test]
fn a_moved_stride_is_the_other_resnet() {
    // With the stride in the 1×1 convolution it is the paper's ResNet-50; the tensors have the same names and shapes.
    let session = ended(session(network("resnet50"), Mode::Inference));
    let layer = |path: &str| session.network().find(path).expect("a layer");
    let edits = [2, 3, 4].map(|stage| Edit::MoveStride {
        from: layer(&format!("layer{stage}.0.conv2")),
        to: layer(&format!("layer{stage}.0.conv1")),
    });
    let edited = ended(session.edited(edits.to_vec()).expect("it applies"));
    let v1 = ended(self::session(network("resnet50_v1"), Mode::Inference));
    assert_eq!(output(&edited), output(&v1));
    assert_ne!(output(&edited), output(&session));
}

#[test]
fn the_mode_is_that_of_a_pass_that_began_with_it() {
    let session = ended(session(network("resnet18"), Mode::Inference));
    let training = vec![Edit::Mode(Mode::Training)];
    let edited = ended(session.edited(training).expect("it applies"));
    let trained = ended(self::session(network("resnet18"), Mode::Training));
    assert_eq!(output(&edited), output(&trained));
    let norm = session.network().find("bn1").expect("a layer");
    assert!(edited.running(norm).is_some() && session.running(norm).is_none());
}

#[test]
fn a_layer_left_out_is_a_spec_without_it() {
    let session = ended(session(network("resnet18"), Mode::Inference));
    let network = session.network();
    let standardize = network
        .nodes()
        .find(|(_, node)| {
            matches!(
                node.layer,
                Layer::Preprocess(Preprocess::Standardize { .. })
            )
        })
        .expect("preprocessing");
    let edit = Edit::Bypass {
        layer: standardize.0,
    };
    let edited = ended(session.edited(vec![edit]).expect("it applies"));
    let text = "inherits = \"resnet18\"\nsummary = \"raw\"\n\n[preprocess]\nmean = [0, 0, 0]\nstd = [1, 1, 1]\n";
    let small = Overrides {
        input_size: Some([64; 2]),
        classes: Some(10),
        ..Overrides::default()
    };
    let raw = open_text("raw.toml", text, &small).network;
    let raw = ended(self::session(raw, Mode::Inference));
    let apart = output(&edited) - output(&raw);
    let largest = output(&raw).iter().fold(0.0_f32, |a, b| a.max(b.abs()));
    assert!(apart.iter().all(|x| x.abs() <= 1e-5 * largest));
    // A muted channel is zero for the layers after it.
    let bn = network.find("layer1.0.bn1").expect("a layer");
    let mute = Edit::Mute {
        layer: bn,
        channel: 7,
    };
    let muted = ended(session.edited(vec![mute]).expect("it applies"));
    let value = muted.value(bn).expect("it ran");
    assert!(
        value
            .index_axis(ndarray::Axis(1), 7)
            .iter()
            .all(|x| *x == 0.0)
    );
    assert!(
        value
            .index_axis(ndarray::Axis(1), 6)
            .iter()
            .any(|x| *x != 0.0)
    );
}

#[test]
fn other_preprocessing_is_a_picture_prepared_otherwise() {
    let session = ended(session(network("resnet18"), Mode::Inference));
    let network = session.network();
    let of = |wanted: fn(&Layer) -> bool| {
        let found = network.nodes().find(|(_, node)| wanted(&node.layer));
        found.expect("it is there").0
    };
    let input = of(|layer| matches!(layer, Layer::Input { .. }));
    let standardize =
        of(|layer| matches!(layer, Layer::Preprocess(Preprocess::Standardize { .. })));
    let reversed = session.edited(vec![Edit::Reverse { layer: input }]);
    let reversed = ended(reversed.expect("it applies"));
    let (now, was) = (
        reversed.value(input).expect("it ran"),
        session.value(input).expect("it ran"),
    );
    for (channel, other) in [(0, 2), (1, 1), (2, 0)] {
        assert_eq!(
            now.index_axis(Axis(1), channel),
            was.index_axis(Axis(1), other)
        );
    }
    assert_ne!(output(&reversed), output(&session));
    let by = |standard: Standard| Edit::Replace {
        layer: standardize,
        by: standard.layer(3),
    };
    let halves = session.edited(vec![by(Standard::Halves)]);
    let halves = ended(halves.expect("it applies"));
    let scaled = session
        .value(network.inputs(standardize)[0])
        .expect("it ran");
    assert_eq!(
        halves.value(standardize).expect("it ran"),
        &scaled.mapv(|x| (x - 0.5) / 0.5)
    );
    assert_ne!(output(&halves), output(&session));
    // The network's own numbers are not offered as an edit.
    let offered = possible(network, standardize);
    assert!(offered.contains(&by(Standard::Halves)));
    assert!(!offered.contains(&by(Standard::ImageNet)));
}

#[test]
fn a_picture_that_is_resized_cropped_and_turned_otherwise_is_one_that_flags_prepare_so() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/data/pictures/wide_bilinear_64_56.png"
    );
    let pictures = [Picture::open(path).expect("a picture")];
    let small = |size| Overrides {
        input_size: Some([size; 2]),
        classes: Some(10),
        ..Overrides::default()
    };
    let prepared = |size, preparation: &Preparation| {
        let model =
            open_prepared("resnet18", &small(size), preparation).expect("a shipped network");
        let (model, input) = through_layers(&model, &pictures)
            .expect("three channels")
            .expect("it is resized");
        let network = Arc::new(model.network);
        let weights = LoadedWeights::load(&network, &Synthetic { seed: 5 }).expect("any name");
        let session = Session::new(network, weights, input, Mode::Inference, Keep::Everything);
        ended(session.expect("it is legal"))
    };
    let own = Preparation {
        resize: Some(72),
        ..Preparation::default()
    };
    let session = prepared(64, &own);
    let network = session.network();
    let of = |op: &str| {
        let found = network.nodes().find(|(_, node)| node.layer.op() == op);
        found.expect("it is there").0
    };
    let (resize, crop) = (of("Resize"), of("CenterCrop"));
    let filter = Filter::Bicubic;
    let edits = vec![
        Edit::Replace {
            layer: resize,
            by: Layer::Picture(network::Picture::Resize {
                shorter: 90,
                filter,
            }),
        },
        Edit::Replace {
            layer: crop,
            by: Layer::Picture(network::Picture::CenterCrop { size: [96; 2] }),
        },
        Edit::Reverse { layer: crop },
    ];
    let edited = ended(session.edited(edits).expect("it applies"));
    let flags = Preparation {
        resize: Some(90),
        crop: Some(96),
        filter: Some(filter),
        bgr: true,
        ..Preparation::default()
    };
    assert_eq!(output(&edited), output(&prepared(96, &flags)));
    assert_ne!(output(&edited), output(&session));
    // The explanation is of the edited pass.
    for layer in [resize, crop] {
        let cell = Cell {
            row: 95 - 9,
            column: 17,
            ..Cell::default()
        };
        let explanation = explain(&edited, layer, cell).expect("it ran");
        assert!(
            explanation.steps.iter().all(Step::agrees),
            "{explanation:?}"
        );
    }
    let back = session
        .edited(Vec::new())
        .expect("nothing speaks against it");
    assert_eq!(output(&ended(back)), output(&session));
}

#[test]
fn a_network_at_fault_is_changed_before_the_fault_as_the_sound_one_is() {
    let text = "inherits = \"resnet18\"\nsummary = \"a mistake\"\nshortcut = \"identity\"\n";
    let small = Overrides {
        input_size: Some([64; 2]),
        classes: Some(10),
        ..Overrides::default()
    };
    let broken = open_text("broken.toml", text, &small).network;
    let faults = check::check(&broken).into_iter();
    let fault = faults
        .filter_map(|fault| fault.layer)
        .min()
        .expect("a fault");
    assert_eq!(broken[fault].path.to_string(), "layer2.0.add");
    let part = broken.before(fault);
    let weights = LoadedWeights::load(&part, &Synthetic { seed: 5 }).expect("any name");
    let input = synthetic_input(5, &[2, 3, 64, 64]).mapv(|x| x * 50.0 + 100.0);
    let input = Input::Pixels(input.into_dimensionality().expect("a batch of maps"));
    let whole = ended(session(network("resnet18"), Mode::Inference));
    let session = ended(Session::up_to(&broken, fault, weights, input).expect("it runs so far"));
    let layer = |path: &str| session.network().find(path).expect("a layer");
    let off = Edit::Silence {
        add: add_of(session.network(), "layer1.1"),
        branch: Branch::Main,
    };
    let moved = Edit::MoveStride {
        from: layer("layer2.0.conv1"),
        to: layer("layer2.0.conv2"),
    };
    // Every offered edit is possible, and the faulty addition is not among them.
    assert!(possible(session.network(), layer("layer2.0.conv1")).contains(&moved));
    assert!(possible(session.network(), layer("layer1.1.conv1")).contains(&off));
    let of_block = possible(session.network(), layer("layer2.0.conv1"));
    assert!(
        !of_block
            .iter()
            .any(|edit| matches!(edit, Edit::Silence { .. }))
    );
    let edits = vec![off, moved];
    let edited = ended(session.edited(edits.clone()).expect("it applies"));
    let sound = ended(whole.edited(edits).expect("it applies"));
    let last = layer("layer2.0.bn2");
    assert_eq!(edited.value(last), sound.value(last));
    assert_ne!(edited.value(last), session.value(last));
}

#[test]
fn what_cannot_be_is_refused_with_its_reason() {
    let session = session(network("resnet50"), Mode::Inference);
    let layer = |path: &str| session.network().find(path).expect("a layer");
    let refused = |edit| {
        let refused = session.edited(vec![edit]).expect_err("it is refused");
        resnet_explore::text::Language::ENGLISH.say(&refused.message())
    };
    let conv = layer("layer2.0.conv2");
    let cases = [
        (
            Edit::Bypass { layer: conv },
            "layer2.0.conv2: it cannot be skipped: it changes the shape",
        ),
        (
            Edit::Silence {
                add: conv,
                branch: Branch::Main,
            },
            "layer2.0.conv2: only an addition has a main path and a shortcut",
        ),
        (
            Edit::MoveStride {
                from: layer("layer2.0.conv1"),
                to: conv,
            },
            "layer2.0.conv1: it has no stride that could be moved",
        ),
        (
            Edit::MoveStride {
                from: conv,
                to: layer("layer2.0.downsample.0"),
            },
            "layer2.0.downsample.0: it has a stride already",
        ),
        (
            Edit::Mute {
                layer: conv,
                channel: 128,
            },
            "layer2.0.conv2: it has no channel 128",
        ),
    ];
    for (edit, reason) in cases {
        assert_eq!(refused(edit), reason);
    }
    // Into another block, in which the shortcut would no longer fit.
    let illegal = refused(Edit::MoveStride {
        from: conv,
        to: layer("layer2.1.conv2"),
    });
    assert!(
        illegal.starts_with("the network cannot run: layer2."),
        "{illegal}"
    );
}

#[test]
fn everything_that_is_offered_can_be_done() {
    let session = session(network("resnet50"), Mode::Inference);
    let network = session.network();
    let mut strides = 0;
    for id in network.ids() {
        for edit in possible(network, id) {
            session
                .edited(vec![edit.clone()])
                .unwrap_or_else(|error| panic!("{edit:?}: {error}"));
            strides += usize::from(matches!(edit, Edit::MoveStride { .. }));
        }
    }
    // In the first block of stages 2 to 4: from conv2 to conv1 or conv3, counted from both ends.
    assert_eq!(strides, 3 * 4);
}
