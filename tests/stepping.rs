//! Promise: a pass that steps with the fast kernels has the values of the plain one, layer by layer, on every kind of kernel,
//! also if it is edited, in training mode, ended at a fault or full of NaNs.

use std::sync::Arc;

use ndarray::Array4;
use resnet_explore::engine::session::edit::possible;
use resnet_explore::engine::{Edit, Input, Isa, Keep, LoadedWeights, Mode, Session, Tensor};
use resnet_explore::lower::{Overrides, open};
use resnet_explore::network::{Branch, Combine, Conv, Layer, LayerId, Network, Norm, Preprocess};
use resnet_explore::weights::{Synthetic, synthetic_input};

fn network(name: &str, size: [u64; 2]) -> Network {
    let overrides = Overrides {
        input_size: Some(size),
        classes: Some(10),
        ..Overrides::default()
    };
    open(name, &overrides).expect("a shipped network").network
}

fn pixels(network: &Network, images: usize) -> Array4<f32> {
    let image = network.ids().next().expect("an image");
    let Layer::Input { channels, size } = network[image].layer else {
        panic!("the first layer is the image");
    };
    let shape = [
        images,
        channels as usize,
        size[0] as usize,
        size[1] as usize,
    ];
    let pixels = synthetic_input(9, &shape).mapv(|x| (x * 40.0 + 128.0).clamp(0.0, 255.0));
    pixels.into_dimensionality().expect("a batch of maps")
}

fn plain(network: Network, input: Input, mode: Mode) -> Session {
    let network = Arc::new(network);
    let weights = LoadedWeights::load(&network, &Synthetic { seed: 9 }).expect("any name");
    Session::new(network, weights, input, mode, Keep::Everything).expect("it is legal")
}

fn ended(mut session: Session) -> Session {
    while session.step().is_some() {}
    session
}

fn isas() -> impl Iterator<Item = Isa> {
    Isa::ALL.into_iter().filter(|isa| isa.is_available())
}

/// Fails if a number differs by more than `bound` times the rms of all.
fn assert_close(found: &Tensor, right: &Tensor, bound: f64, what: &str) {
    assert_eq!(found.shape(), right.shape(), "{what}");
    let squares: f64 = right.iter().map(|&x| f64::from(x).powi(2)).sum();
    let rms = (squares / right.len() as f64).sqrt().max(1e-6);
    let apart = found
        .iter()
        .zip(right)
        .map(|(a, b)| f64::from((a - b).abs()));
    let worst = apart.fold(0.0, f64::max) / rms;
    assert!(worst <= bound, "{what}: {worst:e} of the rms away");
}

fn assert_same_pass(fast: &Session, plain: &Session, what: &str) {
    let groups = |layer: &Layer| matches!(layer, Layer::Norm(Norm::Group(_)));
    // A normalisation over an image amplifies earlier rounding, that of the plain kernels too.
    let enlarges = plain.network().nodes().any(|(_, node)| groups(&node.layer));
    let bound = if enlarges { 5e-5 } else { 2e-5 };
    for id in plain.network().ids() {
        let [found, right] = [fast, plain].map(|session| session.value(id).expect("it ran"));
        let path = &plain.network()[id].path;
        assert_close(found, right, bound, &format!("{what}, {path}"));
    }
}

#[test]
fn every_layer_has_what_the_plain_kernels_give() {
    for (number, name) in [
        "resnet20_fashion",
        "resnet26d",
        "seresnext26d_32x4d",
        "resnest14d",
        "skresnet18",
        "res2next50",
        "ecaresnet26t",
        "resnetblur18",
        "resnetv2_18",
        "resnet50_gn",
        "resnet20_cifar",
    ]
    .into_iter()
    .enumerate()
    {
        let network = network(name, [40 + 3 * (number as u64 % 4), 45]);
        let input = Input::Pixels(pixels(&network, 2));
        let session = ended(plain(network.clone(), input.clone(), Mode::Inference));
        for isa in isas() {
            let pass = plain(network.clone(), input.clone(), Mode::Inference);
            let mut fast = ended(pass.with_kernels(isa, 1 + number % 3));
            assert_eq!(fast.kernels(), Some(isa));
            assert_same_pass(&fast, &session, &format!("{name} on {isa}"));
            // Again with weights that are already packed, and with steps back.
            fast.rewind();
            for _ in 0..7 {
                fast.step();
            }
            fast.step_back();
            assert_same_pass(&ended(fast), &session, &format!("{name} on {isa}, again"));
        }
    }
}

#[test]
fn what_is_not_kept_changes_nothing() {
    let network = Arc::new(network("resnet26d", [64; 2]));
    let weights = LoadedWeights::load(&network, &Synthetic { seed: 9 }).expect("any name");
    let [all, needed] = [Keep::Everything, Keep::Needed].map(|keep| {
        let input = Input::Pixels(pixels(&network, 1));
        let session = Session::new(
            Arc::clone(&network),
            Arc::clone(&weights),
            input,
            Mode::Inference,
            keep,
        );
        ended(session.expect("legal").with_kernels(Isa::best(), 2))
    });
    assert_eq!(all.output(), needed.output());
    let first = network.ids().next().expect("an image");
    assert!(needed.value(first).is_none());
}

#[test]
fn changes_are_what_they_are_in_a_plain_pass() {
    let network = network("resnet26d", [64; 2]);
    let input = Input::Pixels(pixels(&network, 1));
    let session = ended(plain(network.clone(), input.clone(), Mode::Inference));
    let fast = ended(plain(network, input, Mode::Inference).with_kernels(Isa::best(), 2));
    let of = |wanted: fn(&Layer) -> bool, number: usize| -> LayerId {
        let all = fast
            .network()
            .nodes()
            .filter(|(_, node)| wanted(&node.layer));
        all.map(|(id, _)| id).nth(number).expect("there are some")
    };
    let add = of(|layer| *layer == Layer::Combine(Combine::Add), 2);
    let conv = of(|layer| matches!(layer, Layer::Conv(Conv::Spatial(_))), 5);
    let norm = of(|layer| matches!(layer, Layer::Norm(Norm::Batch(_))), 4);
    let moved = fast
        .network()
        .ids()
        .flat_map(|id| possible(fast.network(), id))
        .find(|edit| matches!(edit, Edit::MoveStride { .. }))
        .expect("a stride that can be moved");
    let changes: Vec<Vec<Edit>> = vec![
        vec![Edit::Silence {
            add,
            branch: Branch::Main,
        }],
        vec![Edit::Silence {
            add,
            branch: Branch::Shortcut,
        }],
        vec![Edit::Bypass { layer: norm }],
        vec![
            Edit::Mute {
                layer: conv,
                channel: 3,
            },
            Edit::Mute {
                layer: conv,
                channel: 17,
            },
        ],
        vec![moved.clone()],
        vec![moved, Edit::Bypass { layer: norm }],
        possible(
            fast.network(),
            of(|layer| matches!(layer, Layer::Input { .. }), 0),
        ),
        possible(
            fast.network(),
            of(
                |layer| matches!(layer, Layer::Preprocess(Preprocess::Standardize { .. })),
                0,
            ),
        )
        .into_iter()
        .take(1)
        .collect(),
    ];
    for change in changes {
        assert!(!change.is_empty());
        let [right, found] =
            [&session, &fast].map(|pass| ended(pass.edited(change.clone()).expect("it applies")));
        assert!(found.kernels().is_some());
        assert_same_pass(&found, &right, &format!("{change:?}"));
        // And back: shared and recomputed values agree.
        let back = ended(found.edited(Vec::new()).expect("nothing is changed"));
        assert_eq!(back.output(), fast.output(), "{change:?}");
    }
}

#[test]
fn training_is_calculated_in_double_precision_all_the_same() {
    let network = network("resnet20_cifar", [32; 2]);
    let input = Input::Pixels(pixels(&network, 2));
    let session = ended(plain(network.clone(), input.clone(), Mode::Training));
    let begun = plain(network.clone(), input.clone(), Mode::Training).with_kernels(Isa::best(), 2);
    let fast = ended(plain(network, input, Mode::Inference).with_kernels(Isa::best(), 2));
    let turned = fast
        .edited(vec![Edit::Mode(Mode::Training)])
        .expect("it applies");
    for other in [ended(begun), ended(turned)] {
        assert_eq!(other.kernels(), None);
        assert_eq!(other.output(), session.output());
    }
}

#[test]
fn a_pass_up_to_a_fault_runs_as_well() {
    let network = network("resnet18", [64; 2]);
    let adds = network
        .nodes()
        .filter(|(_, node)| node.layer == Layer::Combine(Combine::Add));
    let fault = adds.map(|(id, _)| id).nth(2).expect("an addition");
    let weights = LoadedWeights::load(&network, &Synthetic { seed: 9 }).expect("any name");
    let [right, found] = [false, true].map(|is_fast| {
        let input = Input::Pixels(pixels(&network, 1));
        let pass = Session::up_to(&network, fault, Arc::clone(&weights), input).expect("legal");
        ended(if is_fast {
            pass.with_kernels(Isa::best(), 2)
        } else {
            pass
        })
    });
    assert!(found.kernels().is_some());
    assert_same_pass(&found, &right, "up to a fault");
}

#[test]
fn a_number_that_is_none_is_seen_after_every_layer() {
    let network = network("resnet26d", [64; 2]);
    let mut input = pixels(&network, 1);
    input[[0, 1, 30, 30]] = f32::NAN;
    let input = Input::Pixels(input);
    let session = ended(plain(network.clone(), input.clone(), Mode::Inference));
    for isa in isas() {
        let fast =
            ended(plain(network.clone(), input.clone(), Mode::Inference).with_kernels(isa, 2));
        for id in network.ids() {
            let nans = [&session, &fast].map(|pass| {
                let value = pass.value(id).expect("it ran");
                value.iter().map(|x| x.is_nan()).collect::<Vec<_>>()
            });
            assert!(nans[0].contains(&true));
            assert_eq!(nans[0], nans[1], "{isa}, {}", network[id].path);
        }
    }
}
