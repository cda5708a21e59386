//! Sets as they should be, and as they should not.

use std::fs;

use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;
use std::path::Path;

use resnet_explore::lower::PictureSteps;
use resnet_explore::network::Filter;
use resnet_explore::text::Language;
use resnet_explore::weights::{DataError, Dataset};

fn notice(result: Result<Dataset, DataError>) -> String {
    match result {
        Ok(set) => panic!("{} was taken, with {} pictures", set.name(), set.len()),
        Err(DataError(message)) => Language::ENGLISH.say(&message),
    }
}

fn steps(size: [usize; 3]) -> PictureSteps {
    PictureSteps {
        resize: None,
        filter: Filter::Bilinear,
        size,
        bgr: false,
    }
}

fn idx(images: &[[u8; 4]], labels: &[u8]) -> [Vec<u8>; 2] {
    let number = |value: usize| (value as u32).to_be_bytes().to_vec();
    let mut all = [number(0x0803), number(images.len()), number(2), number(2)].concat();
    all.extend(images.iter().flatten());
    let mut own = [number(0x0801), number(labels.len())].concat();
    own.extend(labels);
    [all, own]
}

fn write_idx(folder: &Path, part: &str, [images, labels]: &[Vec<u8>; 2]) {
    fs::write(folder.join(format!("{part}-images-idx3-ubyte")), images).expect("as made above");
    fs::write(folder.join(format!("{part}-labels-idx1-ubyte")), labels).expect("as made above");
}

const PIXELS: [[u8; 4]; 3] = [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 255]];

#[test]
fn the_digits_are_whole_and_their_parts_differ_by_seed() {
    let set = Dataset::digits().expect("as made above");
    assert_eq!((set.len(), set.size()), (1797, Some([1, 8, 8])));
    let (train, test) = set.parts(1);
    assert_eq!((train.len(), test.len()), (1400, 397));
    let mut all = [train.clone(), test].concat();
    all.sort_unstable();
    assert_eq!(all, (0..1797).collect::<Vec<_>>());
    assert_ne!(train, set.parts(2).0);
    assert_eq!(train, set.parts(1).0);
    let pixels = set
        .pixels(&[0, 1], &steps([1, 8, 8]))
        .expect("as made above");
    // The first digit's first row is 0 0 5 13 9 1 0 0, of 16.
    let row: Vec<f32> = pixels.iter().take(8).map(|x| x / 255.0 * 16.0).collect();
    assert_eq!(row, [0.0, 0.0, 5.0, 13.0, 9.0, 1.0, 0.0, 0.0]);
    assert_eq!(set.labels(&[0, 1]), [0, 1]);
    let beyond = set.fits("tiny", &steps([1, 8, 8]), 9).expect_err("refused");
    assert!(
        Language::ENGLISH.say(&beyond.0).contains("9 classes"),
        "{beyond}"
    );
    assert!(set.fits("large", &steps([3, 8, 8]), 10).is_err());
    assert!(set.fits("right", &steps([1, 8, 8]), 10).is_ok());
}

#[test]
fn mnist_files_are_read_compressed_or_not() {
    let folder = tempfile::tempdir().expect("as made above");
    let path = folder.path();
    write_idx(path, "train", &idx(&PIXELS, &[0, 1, 2]));
    write_idx(path, "t10k", &idx(&PIXELS[..1], &[2]));
    let set = Dataset::open(path).expect("as made above");
    assert_eq!((set.len(), set.size()), (4, Some([1, 2, 2])));
    assert_eq!(set.parts(5), (vec![0, 1, 2], vec![3]));
    let pixels = set
        .pixels(&[2, 3], &steps([1, 2, 2]))
        .expect("as made above");
    assert_eq!(
        pixels.iter().copied().collect::<Vec<_>>(),
        [8.0, 9.0, 10.0, 255.0, 0.0, 1.0, 2.0, 3.0]
    );

    let plain = path.join("train-images-idx3-ubyte");
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed
        .write_all(&fs::read(&plain).expect("as made above"))
        .expect("as made above");
    let packed = packed.finish().expect("as made above");
    fs::write(path.join("train-images-idx3-ubyte.gz"), &packed).expect("as made above");
    fs::remove_file(&plain).expect("as made above");
    assert_eq!(Dataset::open(path).expect("as made above").len(), 4);
    fs::write(
        path.join("train-images-idx3-ubyte.gz"),
        &packed[..packed.len() - 12],
    )
    .expect("as made above");
    let message = notice(Dataset::open(path));
    assert!(
        message.contains("truncated") || message.contains("cannot be read"),
        "{message}"
    );
}

/// A word of the refusal, and the files to train on and to test with.
type Case = (&'static str, [Vec<u8>; 2], [Vec<u8>; 2]);

#[test]
fn mnist_files_that_are_wrong_are_reported_apart() {
    let [images, labels] = idx(&PIXELS, &[0, 1, 2]);
    let test = idx(&PIXELS[..1], &[2]);
    let mut long = images.clone();
    long.push(0);
    let mut endless = images.clone();
    endless[4..12].fill(0xFF);
    let wide = {
        let mut wide = test[0].clone();
        wide[11] = 1;
        wide.truncate(18);
        wide
    };
    let cases: [Case; 8] = [
        (
            "truncated",
            [images[..20].to_vec(), labels.clone()],
            test.clone(),
        ),
        (
            "truncated",
            [images[..10].to_vec(), labels.clone()],
            test.clone(),
        ),
        ("more bytes", [long, labels.clone()], test.clone()),
        ("IDX", [endless, labels.clone()], test.clone()),
        ("IDX", [labels.clone(), labels.clone()], test.clone()),
        (
            "2 labels",
            [images.clone(), idx(&[], &[0, 1])[1].clone()],
            test.clone(),
        ),
        ("size", [images.clone(), labels], [wide, test[1].clone()]),
        ("one class", idx(&PIXELS, &[2, 2, 2]), test),
    ];
    for (word, train, test) in cases {
        let folder = tempfile::tempdir().expect("as made above");
        write_idx(folder.path(), "train", &train);
        write_idx(folder.path(), "t10k", &test);
        let message = notice(Dataset::open(folder.path()));
        assert!(message.contains(word), "{word}: {message}");
    }
    let folder = tempfile::tempdir().expect("as made above");
    write_idx(folder.path(), "train", &idx(&PIXELS, &[0, 1, 2]));
    let message = notice(Dataset::open(folder.path()));
    assert!(message.contains("t10k-images"), "{message}");
}

#[test]
fn cifar_files_are_read_and_refused() {
    let record = |before: &[u8], shade: u8| [before, &[shade; 3072]].concat();
    let folder = tempfile::tempdir().expect("as made above");
    let path = folder.path();
    for batch in 1..=5_u8 {
        fs::write(
            path.join(format!("data_batch_{batch}.bin")),
            record(&[batch], batch),
        )
        .expect("as made above");
    }
    let message = notice(Dataset::open(path));
    assert!(message.contains("test_batch.bin"), "{message}");
    fs::write(path.join("test_batch.bin"), record(&[9], 7)).expect("as made above");
    let set = Dataset::open(path).expect("as made above");
    assert_eq!((set.len(), set.labels(&[0, 5])), (6, vec![1, 9]));
    let pixels = set
        .pixels(&[4], &steps([3, 32, 32]))
        .expect("as made above");
    assert!((pixels[[0, 2, 31, 31]] - 5.0).abs() < f32::EPSILON);
    fs::write(path.join("test_batch.bin"), record(&[10], 7)).expect("as made above");
    assert!(notice(Dataset::open(path)).contains("label 10"));
    fs::write(path.join("test_batch.bin"), &record(&[1], 7)[..3000]).expect("as made above");
    assert!(notice(Dataset::open(path)).contains("truncated"));

    let hundred = tempfile::tempdir().expect("as made above");
    let both = [record(&[3, 42], 1), record(&[0, 99], 2)].concat();
    fs::write(hundred.path().join("train.bin"), &both).expect("as made above");
    fs::write(hundred.path().join("test.bin"), both).expect("as made above");
    let set = Dataset::open(hundred.path()).expect("as made above");
    assert_eq!(set.labels(&[0, 1, 2]), [42, 99, 42]);
}

#[test]
fn folders_are_classes() {
    let folder = tempfile::tempdir().expect("as made above");
    let path = folder.path();
    let picture = |place: &Path, grey: u8| {
        fs::create_dir_all(place.parent().expect("as made above")).expect("as made above");
        image::GrayImage::from_pixel(4, 4, image::Luma([grey]))
            .save(place)
            .expect("as made above");
    };
    assert!(notice(Dataset::open(path)).contains("no data"));
    assert!(notice(Dataset::open(&path.join("nowhere"))).contains("directory"));
    picture(&path.join("cat/a.png"), 10);
    picture(&path.join("cat/b.png"), 20);
    assert!(notice(Dataset::open(path)).contains("one class"));
    for number in 0..4 {
        picture(&path.join(format!("dog/{number}.png")), 100 + number);
    }
    fs::write(path.join("dog/notes.txt"), "no picture").expect("as made above");
    let set = Dataset::open(path).expect("as made above");
    assert_eq!(
        set.classes(),
        Some(["cat".to_owned(), "dog".to_owned()].as_slice())
    );
    let (train, test) = set.parts(3);
    assert_eq!((set.len(), train.len(), test.len()), (6, 5, 1));
    let pixels = set
        .pixels(&[1, 2], &steps([1, 4, 4]))
        .expect("as made above");
    assert_eq!((pixels[[0, 0, 0, 0]], pixels[[1, 0, 3, 3]]), (20.0, 100.0));
    fs::create_dir(path.join("bird")).expect("as made above");
    assert!(notice(Dataset::open(path)).contains("bird"));
    fs::write(path.join("bird/x.png"), "no picture").expect("as made above");
    let set = Dataset::open(path).expect("as made above");
    let first = set.pixels(&[0], &steps([1, 4, 4]));
    assert!(
        Language::ENGLISH
            .say(&first.expect_err("refused").0)
            .contains("x.png")
    );

    let parted = tempfile::tempdir().expect("as made above");
    for (part, class) in [("train", "cat"), ("train", "dog"), ("val", "dog")] {
        picture(&parted.path().join(part).join(class).join("a.png"), 1);
    }
    let set = Dataset::open(parted.path()).expect("as made above");
    assert_eq!(set.parts(0), (vec![0, 1], vec![2]));
    assert_eq!(set.labels(&[2]), [1]);
    picture(&parted.path().join("val/cow/a.png"), 1);
    assert!(notice(Dataset::open(parted.path())).contains("cow"));
}
