//! Promise: an image becomes the same tensor as with torchvision's transforms, in every format.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]
#![allow(clippy::float_cmp, reason = "these numbers are exact in binary")]

use resnet_explore::lower::{self, Overrides, PictureSteps};
use resnet_explore::network::{Filter, Layer, Preprocess};
use resnet_explore::weights::Picture;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/pictures")
}

#[test]
fn nine_pictures_are_resized_and_cropped_to_the_bit() {
    let mut seen = 0;
    for entry in std::fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let Some(stem) = name.strip_suffix(".out.png") else {
            continue;
        };
        let words: Vec<&str> = stem.split('_').collect();
        let crop = words[3].parse().unwrap();
        let steps = PictureSteps {
            resize: Some(words[2].parse().unwrap()),
            filter: Filter::parse(words[1]).unwrap(),
            size: [3, crop, crop],
            bgr: false,
        };
        let picture = Picture::open(folder().join(format!("{stem}.png"))).unwrap();
        let ours = picture.prepared(&steps).unwrap();
        let theirs = Picture::open(&path)
            .unwrap()
            .tensor(3, crop, crop, None)
            .unwrap();
        let differing = ours.iter().zip(&theirs).filter(|(a, b)| a != b).count();
        assert_eq!(differing, 0, "{name}");
        seen += 1;
    }
    assert_eq!(seen, 9);
}

#[test]
fn every_format_and_kind_of_pixel_shows_the_same_scene() {
    // Maximum difference of a channel from 200, 30, 30 on the left and 30, 60, 200 on the right.
    let files = [
        ("odd_rgb.png", 0.0),
        ("odd_lossless.webp", 0.0),
        ("odd_rgb.bmp", 0.0),
        ("odd_alpha.png", 0.0),
        ("odd_frames.gif", 0.0),
        ("odd_rgb.jpg", 3.0),
        ("odd_turned.jpg", 3.0),
        ("odd_cmyk.jpg", 3.0),
    ];
    for (name, most) in files {
        let picture = Picture::open(folder().join(name)).unwrap();
        assert_eq!(picture.size(), (24, 16), "{name}");
        let tensor = picture.tensor(3, 16, 24, None).unwrap();
        for (column, colour) in [(2, [200.0, 30.0, 30.0]), (20, [30.0, 60.0, 200.0])] {
            for (channel, expected) in colour.into_iter().enumerate() {
                let found = tensor[[0, channel, 8, column]];
                let off = (found - expected).abs();
                assert!(off <= most, "{name}: {found} is not {expected}");
            }
        }
    }
    for name in ["odd_grey.png", "odd_grey16.png"] {
        let tensor = Picture::open(folder().join(name)).unwrap();
        let tensor = tensor.tensor(1, 16, 24, None).unwrap();
        // Pillow's grey of the two colours in the image.
        let found = [tensor[[0, 0, 8, 2]], tensor[[0, 0, 8, 20]]];
        assert!(
            found.map(f32::to_bits) == [81.0_f32, 67.0].map(f32::to_bits),
            "{name}: {found:?}"
        );
    }
}

#[test]
fn a_picture_of_any_format_that_is_cut_short_is_refused() {
    for name in [
        "odd_rgb.png",
        "odd_lossless.webp",
        "odd_rgb.bmp",
        "odd_rgb.jpg",
        "odd_frames.gif",
        "odd_turned.jpg",
        "odd_cmyk.jpg",
    ] {
        let whole = std::fs::read(folder().join(name)).unwrap();
        assert!(Picture::decode(&whole).is_ok(), "{name}");
        for part in [whole.len() / 4, whole.len() / 3] {
            let cut = Picture::decode(&whole[..part]);
            assert!(cut.is_err(), "{name}, {part} of {} bytes", whole.len());
        }
        // All pixels of a PNG, and the first frame of a GIF, come before the end: PIL reads them too.
        if !["odd_rgb.png", "odd_frames.gif"].contains(&name) {
            let cut = Picture::decode(&whole[..whole.len() - 2]);
            assert!(cut.is_err(), "{name} without its last two bytes");
        }
    }
}

#[test]
fn every_network_asks_for_pictures_as_its_weights_do() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/preprocess.csv");
    let text = std::fs::read_to_string(path).unwrap();
    let mut seen = 0;
    for line in text.lines().skip(1) {
        let words: Vec<&str> = line.split(',').collect();
        let [name, size, resize, interpolation, mean, std] = words[..] else {
            panic!("{line}");
        };
        let model = lower::open(name, &Overrides::default()).unwrap();
        let steps = model.picture_steps().unwrap();
        let size: usize = size.parse().unwrap();
        assert_eq!(steps.size, [3, size, size], "{name}");
        assert_eq!(steps.resize, resize.parse().ok(), "{name}");
        assert_eq!(steps.filter.name(), interpolation, "{name}");
        let standardised = model
            .network
            .nodes()
            .find_map(|(_, node)| match &node.layer {
                Layer::Preprocess(Preprocess::Standardize { mean, std }) => {
                    Some([mean.clone(), std.clone()])
                }
                _ => None,
            });
        let numbers = |text: &str| {
            text.split(' ')
                .map(|x| x.parse().unwrap())
                .collect::<Vec<f32>>()
        };
        assert_eq!(
            standardised.unwrap(),
            [numbers(mean), numbers(std)],
            "{name}"
        );
        seen += 1;
    }
    assert_eq!(seen, 172);
}

/// Layers of `run --layers`, and its complete output.
fn run(args: &[&str]) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_resnet-explore"))
        .env("TORCH_HOME", "nowhere")
        .env("HF_HUB_CACHE", "nowhere")
        .args([
            "run",
            "resnet18",
            "--until",
            "preprocess.standardize",
            "--layers",
        ])
        .args(["--format", "json"])
        .args(args)
        .current_dir(folder())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{args:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn preprocessing_is_changed_by_flags_and_shown_step_by_step() {
    let input = ["--input", "odd_rgb.png"];
    let flags = [
        "--resize",
        "64",
        "--crop",
        "48",
        "--interpolation",
        "nearest",
        "--mean",
        "0.5",
        "--std",
        "0.25,0.5,1",
    ];
    let pass = run(&[input.as_slice(), &flags].concat());
    let layers = pass["layers"].as_array().unwrap();
    let shape = |row: usize| {
        (
            layers[row]["name"].as_str().unwrap(),
            layers[row]["shape"].to_string(),
        )
    };
    assert_eq!(shape(0), ("input", "[1,3,16,24]".to_owned()));
    assert_eq!(shape(1), ("preprocess.resize", "[1,3,64,96]".to_owned()));
    assert_eq!(shape(2), ("preprocess.crop", "[1,3,48,48]".to_owned()));
    assert_eq!(
        shape(4),
        ("preprocess.standardize", "[1,3,48,48]".to_owned())
    );
    assert_eq!(
        pass["pictures"][0]["steps"],
        "shorter side to 64 (nearest), centre crop 48×48"
    );
    // The last value is blue, 200 of 255 on the right.
    let samples = |pass: &Value| {
        let samples = pass["output"]["samples"].as_array().unwrap();
        [0, 15].map(|place| samples[place].as_f64().unwrap())
    };
    let near = |found: f64, expected: f64| {
        assert!((found - expected).abs() < 1e-6, "{found} is not {expected}");
    };
    near(samples(&pass)[1], 200.0 / 255.0 - 0.5);
    // Blue first: mean and std are then those of blue, green, red.
    let pass = run(&[input.as_slice(), &flags, &["--bgr"]].concat());
    near(samples(&pass)[1], 30.0 / 255.0 - 0.5);
    assert!(
        pass["pictures"][0]["steps"]
            .as_str()
            .unwrap()
            .ends_with("blue first")
    );

    // Several images form a batch.
    let pass = run(&["--input", "odd_rgb.png", "--input", "odd_rgb.jpg"]);
    assert_eq!(pass["input"].to_string(), "[2,3,224,224]");
    assert_eq!(pass["pictures"][1]["source"], "odd_rgb.jpg");
    let rows = |pass: &Value| -> Vec<String> {
        let rows = pass["layers"].as_array().unwrap().iter();
        rows.map(|row| format!("{} {}", row["name"].as_str().unwrap(), row["shape"]))
            .collect()
    };
    assert_eq!(
        rows(&pass)[..3],
        [
            "input [2,3,16,24]",
            "preprocess.resize [2,3,256,384]",
            "preprocess.crop [2,3,224,224]"
        ]
    );
    // Images of different sizes form a batch only after preprocessing.
    let pass = run(&[
        "--input",
        "odd_rgb.png",
        "--input",
        "tiny_bilinear_64_56.png",
    ]);
    let rows = rows(&pass);
    assert_eq!(
        (rows[0].as_str(), rows[2].as_str(), rows[6].as_str()),
        (
            "input [1,3,16,24]",
            "preprocess.crop [1,3,224,224]",
            "input [2,3,224,224]"
        )
    );
    assert!(rows[3].starts_with("input [1,3,"), "{}", rows[3]);
}

#[test]
fn inputs_that_do_not_go_together_are_refused() {
    for args in [
        ["--input", "odd_rgb.png", "--input", "synthetic:0"],
        ["--input", "odd_rgb.png", "--batch", "2"],
        ["--mean", "1,2", "--input", "odd_rgb.png"],
        ["--std", "0", "--input", "odd_rgb.png"],
        ["--crop", "32", "--input-size", "64"],
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_resnet-explore"))
            .env("TORCH_HOME", "nowhere")
            .env("HF_HUB_CACHE", "nowhere")
            .args(["run", "resnet18"])
            .args(args)
            .current_dir(folder())
            .output()
            .unwrap();
        let notice = String::from_utf8_lossy(&output.stderr);
        assert!(
            matches!(output.status.code(), Some(1 | 2)) && notice.contains("error"),
            "{args:?}: {notice}"
        );
    }
}
