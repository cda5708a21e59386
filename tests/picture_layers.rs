//! Promise: the steps that bring an image to a network's size are layers of the network. They match torchvision's transforms,
//! in both engines, are explained pixel by pixel, cost nothing, and leave the network after them unchanged.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use resnet_explore::analysis::{Rule, seen::seen};
use resnet_explore::engine::sources::{pixels, through_layers};
use resnet_explore::engine::value_trace::Cell;
use resnet_explore::engine::{
    Compiled, Input, Keep, LoadedWeights, Mode, Options, Session, Tensor, explain,
};
use resnet_explore::export::onnx::{Onnx, Options as OnnxOptions};
use resnet_explore::export::pytorch::pytorch;
use resnet_explore::lower::{Model, Overrides, Preparation, open, open_prepared};
use resnet_explore::network::{self, Filter, Layer, LayerId, Network, check};
use resnet_explore::report::Subject;
use resnet_explore::weights::{Picture, Synthetic};

fn picture(name: &str) -> Picture {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/pictures");
    Picture::open(folder.join(name)).unwrap()
}

/// A network of 64×64 pixels with this preprocessing.
fn model(preparation: Preparation) -> Model {
    let small = Overrides {
        input_size: Some([64; 2]),
        classes: Some(10),
        ..Overrides::default()
    };
    let preparation = Preparation {
        resize: Some(72),
        ..preparation
    };
    open_prepared("resnet18", &small, &preparation).unwrap()
}

fn filter(filter: Filter) -> Preparation {
    Preparation {
        filter: Some(filter),
        ..Preparation::default()
    }
}

fn session(model: &Model, input: Input) -> Session {
    let network = Arc::new(model.network.clone());
    let weights = LoadedWeights::load(&network, &Synthetic { seed: 3 }).unwrap();
    let mut session =
        Session::new(network, weights, input, Mode::Inference, Keep::Everything).unwrap();
    while session.step().is_some() {}
    session
}

/// The layer with that operation.
fn of(network: &Network, op: &str) -> LayerId {
    network
        .nodes()
        .find(|(_, node)| node.layer.op() == op)
        .unwrap()
        .0
}

#[test]
fn layers_give_what_is_prepared_outside_and_the_network_after_them_the_same() {
    let bgr = Preparation {
        bgr: true,
        ..filter(Filter::Bicubic)
    };
    for (name, how) in [
        ("wide_bilinear_64_56.png", filter(Filter::Bilinear)),
        ("tall_bicubic_51_45.png", bgr),
        ("odd_cmyk.jpg", filter(Filter::Nearest)),
        ("odd_grey.png", filter(Filter::Bicubic)),
    ] {
        let model = model(how);
        let pictures = [picture(name)];
        let (whole, input) = through_layers(&model, &pictures).unwrap().unwrap();
        let prepared = pixels(&model, &pictures).unwrap();
        let Input::Pixels(expected) = &prepared else {
            panic!("pixels");
        };
        let inside = session(&whole, input);
        let last = inside
            .network()
            .ids()
            .nth(whole.network.picture_layers() - 1)
            .unwrap();
        assert_eq!(
            inside.value(last).unwrap(),
            &expected.clone().into_dyn(),
            "{name}"
        );
        let outside = session(&model, prepared);
        assert_eq!(inside.output(), outside.output(), "{name}");
    }
}

#[test]
fn a_network_of_grey_pictures_makes_a_coloured_one_grey() {
    let fashion = open("resnet20_fashion", &Overrides::default()).unwrap();
    let pictures = [picture("odd_rgb.png")];
    let (whole, input) = through_layers(&fashion, &pictures).unwrap().unwrap();
    let session = session(&whole, input);
    let grey = session.value(of(&whole.network, "Grayscale")).unwrap();
    assert_eq!(grey.shape(), [1, 1, 16, 24]);
    // Pillow's grey of the two colours in the image.
    assert!((grey[[0, 0, 8, 2]] - 81.0).abs() + (grey[[0, 0, 8, 20]] - 67.0).abs() < 1e-6);
    // A grey image is unchanged, and so is one of the network's own size.
    let (whole, _) = through_layers(&fashion, &[picture("odd_grey.png")])
        .unwrap()
        .unwrap();
    assert!(
        whole
            .network
            .nodes()
            .all(|(_, node)| node.layer != Layer::Picture(network::Picture::Grayscale))
    );
    assert!(
        model(Preparation::default())
            .for_pictures(3, [64, 64])
            .is_none()
    );
}

#[test]
fn the_compiled_pass_tells_of_the_same_layers() {
    let model = model(Preparation {
        bgr: true,
        ..Preparation::default()
    });
    let pictures = [
        picture("wide_bilinear_64_56.png"),
        picture("wide_bilinear_64_56.png"),
    ];
    let (whole, input) = through_layers(&model, &pictures).unwrap().unwrap();
    let network = Arc::new(whole.network.clone());
    let weights = LoadedWeights::load(&network, &Synthetic { seed: 3 }).unwrap();
    let plain = session(&whole, input.clone());
    for each_layer in [true, false] {
        let options = Options {
            batch: 2,
            each_layer,
            ..Options::default()
        };
        let mut compiled = Compiled::new(Arc::clone(&network), &*weights, options).unwrap();
        assert!(compiled.network().nodes().eq(network.nodes()));
        let near = |id: LayerId, value: &Tensor| {
            let expected = plain.value(id).unwrap();
            assert_eq!(value.shape(), expected.shape(), "{}", network[id].path);
            let rms = (expected.iter().map(|x| x * x).sum::<f32>() / expected.len() as f32).sqrt();
            let far = value
                .iter()
                .zip(expected)
                .map(|(a, b)| (a - b).abs())
                .fold(0.0, f32::max);
            assert!(
                far <= 1e-4 * rms.max(1e-3),
                "{}: {far} of {rms}",
                network[id].path
            );
        };
        let mut notice = Vec::new();
        let _ = compiled
            .watch(&input, &mut |id, value| {
                near(id, value);
                notice.push(id);
                ControlFlow::Continue(())
            })
            .unwrap();
        if each_layer {
            assert_eq!(notice, network.ids().collect::<Vec<_>>());
        }
        near(network.sink().unwrap(), &compiled.run(&input).unwrap());
        let steps: Vec<LayerId> = compiled.steps().flat_map(|(step, _)| step.layers).collect();
        assert_eq!(steps.last(), network.sink().as_ref());
    }
}

#[test]
fn every_pixel_is_explained_to_the_level() {
    let bgr = |kind| Preparation {
        bgr: true,
        ..filter(kind)
    };
    for (name, how) in [
        ("wide_bilinear_64_56.png", bgr(Filter::Bilinear)),
        ("tall_bicubic_51_45.png", bgr(Filter::Bicubic)),
        ("tiny_bilinear_64_56.png", bgr(Filter::Nearest)),
    ] {
        let (whole, input) = through_layers(&model(how), &[picture(name)])
            .unwrap()
            .unwrap();
        let session = session(&whole, input);
        for op in [
            "Input",
            "Resize",
            "CenterCrop",
            "RgbToBgr",
            "Scale",
            "Standardize",
        ] {
            let id = of(&whole.network, op);
            let shape = session.value(id).unwrap().shape().to_vec();
            for part in 0..5 {
                let cell = Cell {
                    image: 0,
                    channel: part % 3,
                    row: part * (shape[2] - 1) / 4,
                    column: (4 - part) * (shape[3] - 1) / 4,
                };
                let explanation = explain(&session, id, cell).unwrap();
                for step in &explanation.steps {
                    let path = &whole.network[step.layer].path;
                    assert!(step.agrees(), "{name}: {path} {cell:?}: {step:?}");
                    let rounds = matches!(op, "Input" | "Resize" | "CenterCrop" | "RgbToBgr");
                    assert!(
                        !rounds || step.difference() == 0.0,
                        "{name}: {path} {cell:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn a_cell_is_traced_back_to_the_pixels_of_the_picture() {
    let how = filter(Filter::Bicubic);
    let (whole, input) = through_layers(&model(how), &[picture("wide_bilinear_64_56.png")])
        .unwrap()
        .unwrap();
    let Input::Pixels(values) = &input else {
        panic!("pixels");
    };
    let before = session(&whole, input.clone());
    let network = &whole.network;
    let (shapes, _) = check::shapes(network);
    let conv = network.find("conv1").unwrap();
    let (row, column) = (10, 21);
    let region = seen(network, &shapes, conv, row, column)[network.ids().next().unwrap()].unwrap();
    // Only the pixels inside the region are made white, then only those outside.
    for inside in [true, false] {
        let mut changed = values.clone();
        for ((_, _, y, x), value) in changed.indexed_iter_mut() {
            let lies_in = (region.rows[0]..=region.rows[1]).contains(&(y as u64))
                && (region.columns[0]..=region.columns[1]).contains(&(x as u64));
            if lies_in == inside {
                *value = 255.0;
            }
        }
        let after = session(&whole, Input::Pixels(changed));
        let at = [0, 5, row as usize, column as usize];
        let [before, after] = [&before, &after].map(|pass| pass.value(conv).unwrap()[at].to_bits());
        assert_eq!(before != after, inside);
    }
}

#[test]
fn pictures_cost_nothing_and_leave_counts_and_exports_as_they_are() {
    let model = open("resnet50", &Overrides::default()).unwrap();
    let whole = model.for_pictures(3, [480, 640]).unwrap();
    assert!(check::check(&whole.network).is_empty());
    assert_eq!(whole.picture_steps(), model.picture_steps());
    for rule in Rule::ALL {
        let [own, with] = [&model, &whole].map(|model| Subject::new(model.clone(), rule, 1));
        assert_eq!(
            own.analysis.macs.iter().map(|macs| macs.0).sum::<u128>(),
            with.analysis.macs.iter().map(|macs| macs.0).sum::<u128>(),
            "{rule}"
        );
        let layers = whole.network.picture_layers();
        assert!(
            with.analysis
                .macs
                .iter()
                .take(layers)
                .all(|macs| macs.0 == 0),
            "{rule}"
        );
    }
    let fields = |model: &Model| {
        let subject = Subject::new(model.clone(), Rule::default(), 1);
        let fields: Vec<_> = subject.analysis.receptive_field.iter().copied().collect();
        fields[model.network.picture_layers().saturating_sub(1)..].to_vec()
    };
    assert_eq!(fields(&model), fields(&whole));
    assert_eq!(pytorch(&model), pytorch(&whole));
    for preprocess in [true, false] {
        let options = OnnxOptions {
            preprocess,
            ..OnnxOptions::default()
        };
        let [own, with] = [&model, &whole]
            .map(|model| format!("{:?}", Onnx::new(&model.network, "r", "R", options)));
        assert!(own == with);
    }
}
