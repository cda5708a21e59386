//! Tests with generated images.

use super::*;
use image::{DynamicImage, ImageFormat, Rgb, Rgba, RgbaImage};

fn png(picture: impl Into<DynamicImage>) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture
        .into()
        .write_to(&mut bytes, ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}

fn gradient(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| Rgb([x as u8, y as u8, (x * y) as u8]))
}

#[test]
fn a_picture_of_the_right_size_is_passed_through() {
    let picture = Picture::decode(&png(gradient(9, 7))).unwrap();
    let tensor = picture.tensor(3, 7, 9, Some(256)).unwrap();
    assert_eq!(tensor.dim(), (1, 3, 7, 9));
    for ((_, c, y, x), value) in tensor.indexed_iter() {
        let expected = [x, y, x * y][c] as f32;
        assert_eq!(*value, expected, "{c} {y} {x}");
    }
}

#[test]
fn grey_is_that_of_pil_and_stays_grey() {
    let colours = [
        [255, 0, 0],
        [0, 255, 0],
        [0, 0, 255],
        [255; 3],
        [10, 200, 30],
        [77; 3],
    ];
    let picture = RgbImage::from_fn(6, 1, |x, _| Rgb(colours[x as usize]));
    let picture = Picture::decode(&png(picture)).unwrap();
    let tensor = picture.tensor(1, 1, 6, None).unwrap();
    // Pillow 13.0.0: `Image.convert("L")` of the same colours.
    assert_eq!(
        tensor.iter().copied().collect::<Vec<_>>(),
        [76.0, 150.0, 29.0, 255.0, 124.0, 77.0]
    );
}

#[test]
fn transparency_is_dropped() {
    let picture = RgbaImage::from_pixel(2, 2, Rgba([10, 20, 30, 0]));
    let tensor = Picture::decode(&png(picture))
        .unwrap()
        .tensor(3, 2, 2, None)
        .unwrap();
    assert_eq!(
        tensor.slice(s![0, .., 0, 0]),
        ndarray::arr1(&[10.0, 20.0, 30.0])
    );
}

#[test]
fn the_middle_is_cut_out_and_what_lacks_is_black() {
    let picture = Picture::decode(&png(gradient(9, 5))).unwrap();
    // (9 − 4) / 2 = 2.5 rounds to 2, (5 − 2) / 2 = 1.5 also to 2; 8 − 5 = 3 black rows, 1 of them at the top.
    let cut = picture.tensor(3, 2, 4, None).unwrap();
    assert_eq!((cut[[0, 0, 0, 0]], cut[[0, 1, 0, 0]]), (2.0, 2.0));
    let padded = picture.tensor(3, 8, 4, None).unwrap();
    assert_eq!(
        padded.slice(s![0, 0, .., 0]).to_vec(),
        [0.0, 2.0, 2.0, 2.0, 2.0, 2.0, 0.0, 0.0]
    );
}

#[test]
fn the_shorter_side_is_resized_and_the_picture_keeps_its_form() {
    let plain = RgbImage::from_pixel(101, 40, Rgb([5, 100, 250]));
    let picture = Picture::decode(&png(plain)).unwrap();
    assert_eq!(picture.scaled(20).unwrap(), (50, 20));
    let tensor = picture.tensor(3, 16, 16, Some(20)).unwrap();
    for (channel, value) in [5.0, 100.0, 250.0].into_iter().enumerate() {
        assert!(
            tensor
                .slice(s![0, channel, .., ..])
                .iter()
                .all(|x| *x == value)
        );
    }
}

#[test]
fn what_is_no_picture_is_reported() {
    let error = Picture::decode(b"a text").unwrap_err();
    assert!(matches!(error, PictureError::NotAPicture { .. }), "{error}");
    let error = Picture::open("no/such/picture.png").unwrap_err();
    assert!(matches!(error, PictureError::Open { .. }), "{error}");
    let picture = Picture::decode(&png(gradient(3, 3))).unwrap();
    let error = picture.tensor(4, 3, 3, None).unwrap_err();
    assert!(
        matches!(error, PictureError::Channels { channels: 4, .. }),
        "{error}"
    );
}

#[test]
fn a_damaged_picture_is_an_error() {
    let whole = png(gradient(20, 20));
    for length in 0..whole.len() {
        if let Ok(picture) = Picture::decode(&whole[..length]) {
            assert_eq!(picture.size(), (20, 20), "only what ends the file may lack");
        }
    }
    let error = Picture::decode(&whole[..whole.len() / 2]).unwrap_err();
    assert!(matches!(error, PictureError::Unreadable { .. }), "{error}");
}

#[test]
fn a_huge_picture_is_refused_before_it_is_decoded() {
    // A BMP header alone: 20,000 by 20,000 pixels, 24 bits, and no data to decode.
    let mut header = b"BM".to_vec();
    for number in [
        54_u32,
        0,
        54,
        40,
        20_000,
        20_000,
        24 << 16 | 1,
        0,
        0,
        0,
        0,
        0,
        0,
    ] {
        header.extend(number.to_le_bytes());
    }
    let error = Picture::decode(&header).unwrap_err();
    assert!(
        matches!(error, PictureError::TooLarge { width: 20_000, .. }),
        "{error}"
    );

    let sliver = Picture::decode(&png(RgbImage::new(1, 60_000))).unwrap();
    let error = sliver.tensor(3, 224, 224, Some(256)).unwrap_err();
    assert!(matches!(error, PictureError::TooLarge { .. }), "{error}");
}
