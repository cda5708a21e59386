//! Promise: TensorFlow's padding puts the odd pixel at the bottom and right, and both engines compute what PyTorch does with
//! `F.pad`; the shapes are those of the other padding, the values are not.

mod common;

use std::process::Command;

use common::{data, gunzip, sizes};
use resnet_explore::analysis::downsample::downsample;
use resnet_explore::engine::kernels::pool::{avg_pool, max_pool};
use resnet_explore::lower::{Overrides, open, open_text};
use resnet_explore::network::infer::infer;
use resnet_explore::network::layer::Conv2d;
use resnet_explore::network::{Conv, Layer, Pool, Reshape, Rounding, Shape, Window, check};
use resnet_explore::text::Language;
use serde_json::Value;

fn run(words: &[&str]) -> Value {
    run_net("museum:same_padding", words)
}

fn run_net(net: &str, words: &[&str]) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_resnet-explore"))
        .args([
            "run",
            net,
            "--weights",
            "synthetic:7",
            "--input",
            "synthetic:7",
        ])
        .args(["--format", "json"])
        .args(words)
        .output()
        .expect("the binary runs");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
fn both_engines_have_pytorchs_values() {
    let truth: Value =
        serde_json::from_slice(&std::fs::read(data("same_padding.json")).expect("a file"))
            .expect("JSON");
    for row in truth["rows"].as_array().expect("rows") {
        let [height, width] = sizes(row, "size")[..] else {
            panic!("height and width");
        };
        let size = format!("{height}x{width}");
        for words in [vec!["--plain"], vec![], vec!["--kernel", "portable"]] {
            let words: Vec<&str> = [vec!["--input-size", &size], words].concat();
            let found = run(&words);
            let (found, wanted) = (&found["output"], &row["output"]);
            let rms = wanted["rms"].as_f64().expect("a number");
            let close = |found: &Value, wanted: &Value| {
                let (found, wanted) = (found.as_f64(), wanted.as_f64());
                let difference = (found.expect("a number") - wanted.expect("a number")).abs();
                assert!(
                    difference <= 2e-5 * rms,
                    "{words:?}: {found:?} against {wanted:?}"
                );
            };
            for key in ["mean", "rms", "min", "max"] {
                close(&found[key], &wanted[key]);
            }
            let samples = |value: &Value| value["samples"].as_array().expect("a list").clone();
            for (found, wanted) in samples(found).iter().zip(&samples(wanted)) {
                close(found, wanted);
            }
        }
    }
}

#[test]
fn the_odd_pixel_lies_below_and_at_the_right_and_a_symmetric_border_is_the_convolutions_own() {
    let sizes = |size: [u64; 2]| {
        let overrides = Overrides {
            input_size: Some(size),
            ..Overrides::default()
        };
        let model = open("museum:same_padding", &overrides).expect("a piece");
        let pads: Vec<String> = model
            .network
            .nodes()
            .filter(|(_, node)| node.layer.op() == "ConstantPad2d")
            .map(|(_, node)| {
                format!(
                    "{}: {}",
                    node.path,
                    Language::ENGLISH.say(&node.layer.summary())
                )
            })
            .collect();
        pads
    };
    assert_eq!(
        sizes([224, 224]),
        [2, 3, 4].map(|stage| format!(
            "layer{stage}.0.conv1_pad: zeros: 0 above, 0 left, 1 below, 1 right"
        ))
    );
    // 19 rows need one above and one below, 16 columns one on the right alone.
    assert!(
        sizes([75, 64])
            .contains(&"layer2.0.conv1_pad: zeros: 1 above, 0 left, 1 below, 1 right".to_owned())
    );
}

/// TensorFlow's rule for one axis: the pixels in the window at `at`.
fn covered(size: usize, kernel: usize, stride: usize, at: usize) -> std::ops::Range<usize> {
    let output = size.div_ceil(stride);
    let border = ((output - 1) * stride + kernel).saturating_sub(size);
    let before = border / 2;
    let end = (at * stride + kernel - before).min(size);
    (at * stride).saturating_sub(before)..end
}

#[test]
fn pools_have_tensorflows_border_too() {
    let value = |row: usize, column: usize| ((row * 31 + column * 17) % 23) as f32 - 11.0;
    for (kernel, stride) in [(3, 2), (2, 2), (3, 3), (5, 3), (4, 2), (3, 1), (2, 3)] {
        for (height, width) in [(32, 32), (33, 32), (37, 40), (41, 35)] {
            let text = format!(
                "inherits = \"resnet18\"\ninput = [3, {height}, {width}]\n[stem]\nlayers = [\n\
                 {{ max_pool = \"most\", kernel = {kernel}, stride = {stride}, padding = \"same\" }},\n\
                 {{ avg_pool = \"mean\", kernel = {kernel}, stride = {stride}, padding = \"same\" }},\n]\n"
            );
            let model = open_text("pools.toml", &text, &Overrides::default());
            let pools: Vec<&Layer> = model
                .network
                .nodes()
                .map(|(_, node)| &node.layer)
                .filter(|layer| matches!(layer, Layer::Pool(Pool::Max(_) | Pool::Average { .. })))
                .collect();
            let [
                Layer::Pool(Pool::Max(most)),
                Layer::Pool(Pool::Average {
                    count_include_pad: false,
                    ..
                }),
            ] = pools[..]
            else {
                panic!("{:?}", model.problems);
            };
            // The second pool reads the smaller map; its window depends on that size, so the first is tested.
            let input =
                ndarray::Array4::from_shape_fn((1, 1, height, width), |(_, _, y, x)| value(y, x));
            let found = [
                max_pool(input.view(), most),
                avg_pool(input.view(), most, false),
            ];
            let output = [height.div_ceil(stride), width.div_ceil(stride)];
            for found in &found {
                assert_eq!(
                    &found.shape()[2..],
                    output,
                    "{kernel} {stride} {height}×{width}"
                );
            }
            for y in 0..output[0] {
                for x in 0..output[1] {
                    let rows = covered(height, kernel, stride, y);
                    let values: Vec<f32> = rows
                        .flat_map(|row| {
                            covered(width, kernel, stride, x).map(move |column| value(row, column))
                        })
                        .collect();
                    let greatest = values.iter().copied().fold(f32::MIN, f32::max);
                    let mean = values.iter().sum::<f32>() / values.len() as f32;
                    assert!((found[0][[0, 0, y, x]] - greatest).abs() < f32::EPSILON);
                    assert!((found[1][[0, 0, y, x]] - mean).abs() < 1e-4);
                }
            }
        }
    }
}

#[test]
fn the_border_counts_as_zeros_where_a_pool_says_so() {
    let value = |row: usize, column: usize| ((row * 31 + column * 17) % 23) as f32 - 11.0;
    // An even kernel with stride 1 is timm's pool in a dilated shortcut: its padding is on one side alone.
    for (kernel, stride, side) in [(2, 1, 28), (3, 2, 33), (2, 2, 33), (4, 1, 20), (3, 1, 21)] {
        let text = format!(
            "inherits = \"resnet18\"\ninput = [3, {side}, {side}]\n[stem]\nlayers = [\n\
             {{ avg_pool = \"mean\", kernel = {kernel}, stride = {stride}, padding = \"same\", count_include_pad = true }},\n]\n"
        );
        let model = open_text("pools.toml", &text, &Overrides::default());
        let mut found =
            ndarray::Array4::from_shape_fn((1, 1, side, side), |(_, _, y, x)| value(y, x));
        for (_, node) in model.network.nodes() {
            match &node.layer {
                Layer::Reshape(Reshape::ConstantPad2d { before, after }) => {
                    let [top, left] = before.map(|border| border as usize);
                    let [height, width] =
                        [0, 1].map(|axis| side + (before[axis] + after[axis]) as usize);
                    let padded =
                        ndarray::Array4::from_shape_fn((1, 1, height, width), |(_, _, y, x)| {
                            let inside = |at: usize, border: usize| {
                                at.checked_sub(border).filter(|at| *at < side)
                            };
                            match (inside(y, top), inside(x, left)) {
                                (Some(y), Some(x)) => value(y, x),
                                _ => 0.0,
                            }
                        });
                    found = padded;
                }
                Layer::Pool(Pool::Average {
                    window,
                    count_include_pad,
                }) => found = avg_pool(found.view(), window, *count_include_pad),
                _ => {}
            }
        }
        let output = side.div_ceil(stride);
        assert_eq!(
            found.shape(),
            [1, 1, output, output],
            "{kernel} {stride} {side}: {:?}",
            model.problems
        );
        for y in 0..output {
            for x in 0..output {
                let rows = covered(side, kernel, stride, y);
                let sum: f32 = rows
                    .flat_map(|row| {
                        covered(side, kernel, stride, x).map(move |column| value(row, column))
                    })
                    .sum();
                let mean = sum / (kernel * kernel) as f32;
                assert!(
                    (found[[0, 0, y, x]] - mean).abs() < 1e-4,
                    "{kernel} {stride} {side}: {y} {x}"
                );
            }
        }
    }
}

#[test]
fn what_tensorflows_border_leaves_no_room_for_is_an_error_at_its_place() {
    for (keys, words, culprit) in [
        (
            "max_pool = \"p\", kernel = 2, stride = 1, padding = \"same\"",
            "on one side only",
            "\"same\"",
        ),
        (
            "max_pool = \"p\", kernel = 3, padding = \"same\", rounding = \"floor\"",
            "`rounding` has no effect",
            "\"floor\"",
        ),
        (
            "avg_pool = \"p\", kernel = 3, padding = \"same\", count_include_pad = true, rounding = \"ceil\"",
            "`rounding` has no effect",
            "\"ceil\"",
        ),
    ] {
        let text = format!("inherits = \"resnet18\"\nstem = {{ layers = [{{ {keys} }}] }}\n");
        let model = open_text("pools.toml", &text, &Overrides::default());
        let problem = &model.problems[0];
        let message = Language::ENGLISH.say(&problem.message);
        assert!(message.contains(words), "{message}");
        let place = problem.place.as_ref().expect("a place").line_column();
        let line = text.lines().nth(1).expect("a line");
        let column = line.find(culprit).expect("it is there") + 1;
        assert_eq!(place, (2, column), "{keys}");
    }
}

#[test]
fn a_border_of_its_own_does_not_count_as_the_size_that_is_halved() {
    let model = open("museum:same_padding", &Overrides::default()).expect("a piece");
    let (shapes, _) = check::shapes(&model.network);
    let places = downsample(&model.network, &shapes);
    let sizes: Vec<_> = places
        .iter()
        .map(|place| (place.from[0], place.to[0]))
        .collect();
    assert_eq!(sizes, [(224, 112), (112, 56), (56, 28), (28, 14), (14, 7)]);
}

#[test]
fn every_window_puts_out_what_pytorchs_does_or_is_refused_as_there() {
    let packed = std::fs::read(data("windows.txt.gz")).expect("a fixture");
    let table = String::from_utf8(gunzip(&packed)).expect("UTF-8");
    let (mut rows, mut wrong) = (0, Vec::new());
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let words: Vec<&str> = line.split(' ').collect();
        let number = |at: usize| words[at].parse::<u64>().expect("a number");
        let window = Window {
            kernel: [number(1), 1],
            stride: [number(2), 1],
            padding: [number(3), 0],
            dilation: [number(4), 1],
            rounding: match words[5] {
                "ceil" => Rounding::Ceil,
                _ => Rounding::Floor,
            },
        };
        let layer = match words[0] {
            "max_pool" => Layer::Pool(Pool::Max(window)),
            "avg_pool" => Layer::Pool(Pool::Average {
                window,
                count_include_pad: true,
            }),
            _ => Layer::Conv(Conv::Spatial(Conv2d {
                in_channels: 1,
                out_channels: 1,
                window,
                groups: 1,
                bias: false,
                standardize: None,
            })),
        };
        rows += 1;
        assert_eq!(words.len(), 6 + 16, "{line}");
        for (size, wanted) in (1..).zip(&words[6..]) {
            let found = match infer(&layer, &[Shape::map(1, size, 1)]) {
                Ok(shape) => shape.dims()[1].to_string(),
                Err(_) => ".".to_owned(),
            };
            if found != *wanted {
                wrong.push(format!(
                    "{} on {size}: {found}, PyTorch: {wanted}",
                    words[..6].join(" ")
                ));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong: {:#?}",
        wrong.len(),
        &wrong[..wrong.len().min(20)]
    );
    assert_eq!(rows, 5040);
}

#[test]
fn a_pool_that_is_larger_than_its_map_computes_what_pytorchs_does() {
    let truth: Value =
        serde_json::from_slice(&std::fs::read(data("small_maps.json")).expect("a file"))
            .expect("JSON");
    let rows = truth["rows"].as_array().expect("rows");
    assert!(rows.len() >= 6);
    for row in rows {
        let [height, width] = sizes(row, "size")[..] else {
            panic!("height and width");
        };
        let size = format!("{height}x{width}");
        for words in [vec!["--plain"], vec![], vec!["--kernel", "portable"]] {
            let net = row["model"].as_str().expect("a name");
            let words: Vec<&str> = [vec!["--input-size", &size], words].concat();
            let found = run_net(net, &words);
            let (found, wanted) = (&found["output"], &row["output"]);
            let rms = wanted["rms"].as_f64().expect("a number");
            for key in ["mean", "rms", "min", "max"] {
                let value = |fingerprint: &Value| fingerprint[key].as_f64().expect("a number");
                let difference = (value(found) - value(wanted)).abs();
                assert!(
                    difference <= 2e-5 * rms,
                    "{net} {words:?} {key}: {found} against {wanted}"
                );
            }
        }
    }
}
