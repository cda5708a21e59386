//! Promise: a picture becomes the tensor that torchvision's transforms make of it, whatever format it is in.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]
#![allow(clippy::float_cmp, reason = "these numbers are exact in binary")]

use resnet_explore::weights::{Interpolation, Picture};
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/pictures")
}

#[test]
fn six_pictures_are_resized_and_cropped_to_the_bit() {
    let mut seen = 0;
    for entry in std::fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let Some(stem) = name.strip_suffix(".out.png") else {
            continue;
        };
        let words: Vec<&str> = stem.split('_').collect();
        let interpolation = match words[1] {
            "bilinear" => Interpolation::Bilinear,
            _ => Interpolation::Bicubic,
        };
        let (resize, crop) = (words[2].parse().unwrap(), words[3].parse().unwrap());
        let picture = Picture::open(folder().join(format!("{stem}.png"))).unwrap();
        let ours = picture
            .tensor_by(interpolation, 3, [crop; 2], Some(resize))
            .unwrap();
        let theirs = Picture::open(&path)
            .unwrap()
            .tensor(3, crop, crop, None)
            .unwrap();
        let differing = ours.iter().zip(&theirs).filter(|(a, b)| a != b).count();
        assert_eq!(differing, 0, "{name}");
        seen += 1;
    }
    assert_eq!(seen, 6);
}

#[test]
fn every_format_and_kind_of_pixel_shows_the_same_scene() {
    // The most that a channel may differ from 200, 30, 30 on the left and 30, 60, 200 on the right.
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
        // Pillow's grey of the two colours.
        let found = [tensor[[0, 0, 8, 2]], tensor[[0, 0, 8, 20]]];
        assert!(
            found.map(f32::to_bits) == [81.0_f32, 67.0].map(f32::to_bits),
            "{name}: {found:?}"
        );
    }
}
