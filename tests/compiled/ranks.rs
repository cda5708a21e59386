//! Every layer on a map and on a vector, in every engine: either all compute the same, or `check` refuses it.

use std::ops::ControlFlow;
use std::sync::Arc;

use ndarray::Array4;
use resnet_explore::engine::value_trace::Cell;
use resnet_explore::engine::{
    Compiled, Input, Isa, Keep, LoadedWeights, Mode, Options, Session, explain,
};
use resnet_explore::lower::{Overrides, open_text};
use resnet_explore::network::layer::{
    Axis, BatchNorm2d, Conv2d, GroupNorm, InstanceNorm, Linear, Order, Scalar,
};
use resnet_explore::network::resample::Filter;
use resnet_explore::network::{
    Activation, Combine, Conv, Gate, Layer, LayerId, Network, Norm, Picture, Pool, Preprocess,
    Reshape, Window, check,
};
use resnet_explore::weights::{Synthetic, synthetic_input};

use super::generated::Chain;

/// Channels of the map and features of the vector: three, as layers on colours require.
const CHANNELS: u64 = 3;
const SIDE: u64 = 4;

/// An example of every layer, made for [`CHANNELS`]; the compiler demands one for a new layer.
#[allow(clippy::too_many_lines, reason = "one example a layer")]
fn examples() -> Vec<Layer> {
    let window = Window::square(2, 1, 0);
    let group = GroupNorm {
        features: CHANNELS,
        groups: 3,
        eps: 1e-5,
        derived: false,
    };
    let mut all = vec![
        Layer::Picture(Picture::Grayscale),
        Layer::Picture(Picture::Resize {
            shorter: 3,
            filter: Filter::Bilinear,
        }),
        Layer::Picture(Picture::CenterCrop { size: [2, 2] }),
        Layer::Picture(Picture::RgbToBgr),
        Layer::Preprocess(Preprocess::Scale { divisor: 3.0 }),
        Layer::Preprocess(Preprocess::Standardize {
            mean: vec![0.5; 3],
            std: vec![2.0; 3],
        }),
        Layer::Conv(Conv::Spatial(Conv2d {
            in_channels: CHANNELS,
            out_channels: 5,
            window,
            groups: 1,
            bias: true,
            standardize: None,
        })),
        Layer::Norm(Norm::Batch(BatchNorm2d {
            features: CHANNELS,
            eps: 1e-5,
            momentum: 0.1,
            vectors: false,
        })),
        Layer::Norm(Norm::Batch(BatchNorm2d {
            features: CHANNELS,
            eps: 1e-5,
            momentum: 0.1,
            vectors: true,
        })),
        Layer::Norm(Norm::Group(group.clone())),
        Layer::Norm(Norm::Instance(InstanceNorm {
            features: CHANNELS,
            eps: 1e-5,
            affine: true,
        })),
        Layer::Norm(Norm::EvoS0(group)),
        Layer::Norm(Norm::FilterResponse {
            features: CHANNELS,
            eps: 1e-5,
        }),
        Layer::Pool(Pool::Max(window)),
        Layer::Pool(Pool::Average {
            window,
            count_include_pad: true,
        }),
        Layer::Pool(Pool::Blur {
            kernel: 3,
            stride: 1,
        }),
        Layer::Reshape(Reshape::ConstantPad2d {
            before: [1, 1],
            after: [1, 1],
        }),
        Layer::Pool(Pool::Global),
        Layer::Pool(Pool::Along(Axis::Width)),
        Layer::Pool(Pool::MeanDeviation {
            axis: Axis::Height,
            eps: 1e-7,
        }),
        Layer::Reshape(Reshape::SpaceToDepth {
            block: 2,
            order: Order::ByPixel,
        }),
        Layer::Reshape(Reshape::PixelShuffle { block: 1 }),
        Layer::Reshape(Reshape::PadShortcut {
            stride: [1; 2],
            channels: 7,
            zeros: resnet_explore::network::layer::Zeros::BothEnds,
        }),
        Layer::Combine(Combine::Add),
        Layer::Combine(Combine::Multiply),
        Layer::Conv(Conv::Channels { kernel: 3 }),
        Layer::Reshape(Reshape::Slice {
            start: 1,
            channels: 2,
        }),
        Layer::Combine(Combine::Concat { inputs: 2 }),
        Layer::Gate(Gate::RadixSum { radix: 3 }),
        Layer::Gate(Gate::RadixSoftmax {
            radix: 3,
            groups: 1,
        }),
        Layer::Combine(Combine::RadixWeightedSum { radix: 3 }),
        Layer::Reshape(Reshape::Flatten),
        Layer::Reshape(Reshape::Dropout { p: 0.5 }),
        Layer::Scalar(Scalar::Scale),
        Layer::Scalar(Scalar::Bias),
        Layer::Scalar(Scalar::Times { factor: -0.3 }),
        Layer::Linear(Linear {
            in_features: CHANNELS,
            out_features: 5,
            bias: true,
        }),
    ];
    let behind_norms = all
        .iter()
        .position(|layer| matches!(layer, Layer::Pool(_)))
        .expect("pools follow");
    all.splice(
        behind_norms..behind_norms,
        Activation::ALL.map(Layer::Activation),
    );
    for layer in &all {
        match layer {
            Layer::Input { .. }
            | Layer::Picture(
                Picture::Grayscale
                | Picture::Resize { .. }
                | Picture::CenterCrop { .. }
                | Picture::RgbToBgr,
            )
            | Layer::Preprocess(Preprocess::Scale { .. } | Preprocess::Standardize { .. })
            | Layer::Conv(Conv::Spatial(_) | Conv::Channels { .. })
            | Layer::Norm(
                Norm::Batch(_)
                | Norm::Group(_)
                | Norm::Instance(_)
                | Norm::EvoS0(_)
                | Norm::FilterResponse { .. },
            )
            | Layer::Activation(_)
            | Layer::Scalar(Scalar::Scale | Scalar::Bias | Scalar::Times { .. })
            | Layer::Pool(
                Pool::Max(_)
                | Pool::Average { .. }
                | Pool::Blur { .. }
                | Pool::Global
                | Pool::Along(_)
                | Pool::MeanDeviation { .. },
            )
            | Layer::Combine(
                Combine::Add
                | Combine::Multiply
                | Combine::Concat { .. }
                | Combine::RadixWeightedSum { .. },
            )
            | Layer::Gate(Gate::RadixSum { .. } | Gate::RadixSoftmax { .. })
            | Layer::Reshape(
                Reshape::ConstantPad2d { .. }
                | Reshape::PadShortcut { .. }
                | Reshape::Slice { .. }
                | Reshape::SpaceToDepth { .. }
                | Reshape::PixelShuffle { .. }
                | Reshape::Flatten
                | Reshape::Dropout { .. },
            )
            | Layer::Linear(_) => {}
        }
    }
    all
}

/// Runs a legal network in every engine, and compares the middle of each layer.
fn every_engine(network: Network, what: &str) {
    let network = Arc::new(network);
    let Some(Layer::Input { channels, size }) = network.nodes().next().map(|(_, node)| &node.layer)
    else {
        panic!("{what}: no input");
    };
    let images = 2;
    let shape = [
        images,
        *channels as usize,
        size[0] as usize,
        size[1] as usize,
    ];
    let input: Array4<f32> = synthetic_input(4, &shape)
        .into_dimensionality()
        .expect("maps");
    let input = Input::Pixels(input.mapv(|x| x * 20.0 + 100.0));
    let weights = LoadedWeights::load(&network, &Synthetic { seed: 4 }).expect("weights");
    let session = |mode| {
        let (network, weights) = (Arc::clone(&network), Arc::clone(&weights));
        Session::new(network, weights, input.clone(), mode, Keep::Everything)
    };
    let sink = network.sink().expect("one end");
    let run = |mut session: Session| {
        let _ = session.run_all(&mut |_, _| ControlFlow::Continue(()));
        assert!(session.output().is_some(), "{what}");
        session
    };
    let plain = run(session(Mode::Inference).expect("legal"));
    // Training mode may refuse statistics of one value, with an error.
    if let Ok(training) = session(Mode::Training) {
        run(training);
    }
    let right = plain.output().expect("it ran");
    let close = |found: &resnet_explore::engine::Tensor, engine: &str| {
        assert_eq!(found.shape(), right.shape(), "{what}, {engine}");
        for (a, b) in found.iter().zip(right) {
            assert!(
                (a - b).abs() <= 1e-4 * b.abs().max(1.0),
                "{what}, {engine}: {a} for {b}"
            );
        }
    };
    let cell = Cell {
        image: 1,
        channel: 0,
        row: 0,
        column: 0,
    };
    let look = |session: &Session, id: LayerId| {
        if let Err(error) = explain(session, id, cell) {
            panic!(
                "{what}: `{}` is not explained: {error}",
                session.network()[id].path
            );
        }
    };
    for id in network.ids() {
        look(&plain, id);
    }
    for isa in Isa::ALL.into_iter().filter(|isa| isa.is_available()) {
        let stepped = run(session(Mode::Inference)
            .expect("legal")
            .with_kernels(isa, 2));
        close(stepped.output().expect("it ran"), "stepped");
        look(&stepped, sink);
        for each_layer in [false, true] {
            let options = Options {
                batch: images,
                threads: Some(2),
                isa,
                each_layer,
                apart: Some(16),
                ..Options::default()
            };
            let mut compiled = Compiled::new(Arc::clone(&network), &*weights, options)
                .unwrap_or_else(|error| panic!("{what}: {error}"));
            close(&compiled.run(&input).expect("it fits"), &format!("{isa}"));
        }
    }
}

#[test]
fn every_layer_on_a_map_and_on_a_vector() {
    let mut legal = Vec::new();
    for layer in examples() {
        for rank in ["map", "pixel", "vector"] {
            // A vector has as many features as the map has channels.
            let side = if rank == "map" { SIDE } else { 1 };
            let (mut chain, mut at) = Chain::new(CHANNELS, [side, side]);
            let image = at;
            if rank == "vector" {
                at = chain.add("flatten", Layer::Reshape(Reshape::Flatten), &[at]);
            }
            // Gates and shares have one pixel.
            let other = match &layer {
                Layer::Combine(Combine::Multiply | Combine::RadixWeightedSum { .. })
                    if rank == "map" =>
                {
                    chain.add("mean", Layer::Pool(Pool::Global), &[image])
                }
                _ => at,
            };
            let operands: Vec<LayerId> = [at, other]
                .into_iter()
                .cycle()
                .take(layer.arity())
                .collect();
            chain.add("layer", layer.clone(), &operands);
            let what = format!("{} on a {rank}", layer.op());
            if check::check(&chain.0).is_empty() {
                every_engine(chain.0, &what);
                legal.push(what);
            }
        }
    }
    // Layers that compute on a vector; all others that are made for maps are refused there.
    let on_vectors: Vec<&str> = legal
        .iter()
        .filter_map(|what| what.strip_suffix(" on a vector"))
        .collect();
    let mut wanted = vec!["Scale", "BatchNorm1d"];
    wanted.extend(Activation::ALL.map(Activation::op));
    wanted.extend([
        "Add",
        "Dropout",
        "ScalarScale",
        "ScalarBias",
        "ScalarTimes",
        "Linear",
    ]);
    assert_eq!(on_vectors, wanted);
    assert_eq!(
        legal
            .iter()
            .filter(|what| what.ends_with(" on a map"))
            .count(),
        examples().len() - 2
    );
}

#[test]
fn every_unit_in_a_head_after_a_vector() {
    let units = [
        "{ conv = \"u\", kernel = 1, out = 5 }",
        "{ norm = \"u\" }",
        "{ norm_act = \"u\" }",
        "{ act = \"u\" }",
        "{ act = \"u\", kind = \"prelu\", weights = \"channels\" }",
        "{ dropout = \"u\" }",
        "{ scale = \"u\" }",
        "{ bias = \"u\" }",
        "{ sigmoid = \"u\" }",
        "{ max_pool = \"u\", kernel = 1 }",
        "{ avg_pool = \"u\", kernel = 1 }",
        "{ global_avg_pool = \"u\" }",
        "{ mean = \"u\" }",
        "{ mean = \"u\", axis = \"width\" }",
        "{ mean_deviation = \"u\" }",
        "{ space_to_depth = \"u\", block = 2 }",
        "{ pixel_shuffle = \"u\", block = 2 }",
        "{ blur_pool = \"u\" }",
        "{ constant_pad = \"u\", padding = 1 }",
        "{ gate = \"u\", layers = [{ sigmoid = \"s\" }] }",
        "{ attention = \"u\" }",
        "{ channel_conv = \"u\", kernel = 3 }",
        "{ res2net = \"u\", norms = \"n\", scale = 2, first = 1 }",
        "{ split_attention = \"u\", out = 8, reduced = 4 }",
        "{ selective_kernel = \"u\", out = 8, reduced = 4 }",
        "{ pad_shortcut = \"u\", out = 16 }",
        "{ flatten = \"u\" }",
        "{ linear = \"u\", out = 5 }",
    ];
    let mut legal = Vec::new();
    for unit in units {
        let text = format!(
            "input = [3, 8, 8]\nclasses = 8\nblock = \"basic\"\nblocks = [1]\nwidths = [8]\nstrides = [1]\nattention = \"squeeze_excite\"\n[stem]\nlayers = [{{ conv = \"conv1\", kernel = 3, out = 8 }}]\n[head]\nlayers = [{{ global_avg_pool = \"p\" }}, {{ flatten = \"f\" }}, {{ linear = \"a\", out = \"classes\" }}, {unit}]\n"
        );
        let model = open_text("unit.toml", &text, &Overrides::default());
        let is_legal = check::check(&model.network).is_empty()
            && !resnet_explore::spec::problem::has_errors(&model.problems);
        if is_legal {
            every_engine(model.network, unit);
            legal.push(unit.split(['{', '=']).nth(1).unwrap_or_default().trim());
        }
    }
    let wanted = [
        "norm", "norm_act", "act", "act", "dropout", "scale", "bias", "sigmoid", "linear",
    ];
    assert_eq!(legal, wanted);
}
