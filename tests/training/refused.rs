//! Data and settings that cannot be learned from are refused in both languages: what is wrong, where, and what to do.

use std::fs;
use std::path::Path;

use super::command::{run, text};
use super::english::left;

/// A network whose last normalisation sees one value per channel of an image.
const LAST: &str = "\
[head]
layers = [{ global_avg_pool = \"mean\" }, { flatten = \"flat\" }, { linear = \"linear\", out = 6 }, { norm = \"last\", kind = \"batch\" }, { linear = \"fc\", out = \"classes\" }]
";

fn place() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    let small = super::spec(8);
    fs::write(path.join("small.toml"), &small).expect("a file");
    fs::write(path.join("other.toml"), super::spec(14)).expect("a file");
    fs::write(path.join("last.toml"), small + LAST).expect("a file");
    folder
}

/// The refusal in English, which says all of `words`, and in Chinese, which says all of `chinese` and nothing in English.
fn refused(path: &Path, args: &[&str], words: &[&str], chinese: &[&str]) {
    for (language, words) in [("en", words), ("zh", chinese)] {
        let output = run(path, &[args, &["--lang", language]].concat());
        let notice = text(&output.stderr);
        assert_ne!(output.status.code(), Some(0), "{args:?}");
        for word in words {
            assert!(notice.contains(word), "{args:?}, {word}: {notice}");
        }
        if language == "zh" {
            let english: Vec<String> = notice.lines().filter_map(left).collect();
            assert!(english.is_empty(), "{args:?}: {english:?}");
        }
    }
}

#[test]
fn a_normalisation_of_one_value_is_named_with_the_batch_that_has_it() {
    let place = place();
    let path = place.path();
    refused(
        path,
        &["train", "last.toml", "--batch-size", "1"],
        &[
            "last sees one value per channel in a batch of 1",
            "larger batch",
        ],
        &["批大小为 1 时，last 的每个通道只有一个值", "请增大批大小"],
    );
    // 1,400 digits train: 1,399 and one more.
    refused(
        path,
        &["train", "last.toml", "--batch-size", "1399"],
        &[
            "last batch of an epoch, which has 1 image",
            "batches of 1399",
            "another batch size",
        ],
        &["最后一批只剩 1 张，last", "请换一个批大小"],
    );
    refused(
        path,
        &["gradient", "last.toml", "--batch", "1"],
        &["last has one value per channel", "larger batch"],
        &["last 每个通道只有一个值", "请增大批大小"],
    );
    // Frozen, it uses its running statistics.
    let frozen = [
        "train",
        "last.toml",
        "--batch-size",
        "1",
        "--freeze",
        "last",
        "--epochs",
        "1",
    ];
    let output = super::command::run(path, &[&frozen[..], &["--data", "few"]].concat());
    assert!(!text(&output.stderr).contains("one value per channel"));
}

/// CIFAR's files with this label in the first record; the last file without its last `cut` bytes.
fn cifar(folder: &Path, label: u8, cut: usize) {
    fs::create_dir_all(folder).expect("a folder");
    let record = |label: u8| [&[label][..], &[7; 3072]].concat();
    for batch in 1..=5 {
        let name = format!("data_batch_{batch}.bin");
        fs::write(folder.join(name), record(batch)).expect("a file");
    }
    let test = record(label);
    fs::write(folder.join("test_batch.bin"), &test[..test.len() - cut]).expect("a file");
}

/// Files like MNIST's, with pictures of a size to train on and of another to test with.
fn mnist(folder: &Path, sizes: [u32; 2], labels: [&[u8]; 2]) {
    fs::create_dir_all(folder).expect("a folder");
    for (part, (size, labels)) in ["train", "t10k"].iter().zip(sizes.into_iter().zip(labels)) {
        let count = u32::try_from(labels.len()).expect("few");
        let head = [0x0803, count, size, size].map(u32::to_be_bytes).concat();
        let pixels = vec![3; (count * size * size) as usize];
        let name = |what: &str| folder.join(format!("{part}-{what}-ubyte"));
        fs::write(name("images-idx3"), [head, pixels].concat()).expect("a file");
        let head = [0x0801, count].map(u32::to_be_bytes).concat();
        fs::write(name("labels-idx1"), [&head[..], labels].concat()).expect("a file");
    }
}

#[test]
fn data_that_is_wrong_is_refused_with_the_file_and_what_to_do() {
    let place = place();
    let path = place.path();
    let data = |name: &str| path.join(name);
    cifar(&data("cut"), 1, 100);
    cifar(&data("label"), 10, 0);
    mnist(&data("sizes"), [8, 9], [&[0, 1], &[0]]);
    mnist(&data("large"), [9, 9], [&[0, 1], &[0]]);
    mnist(&data("beyond"), [8, 8], [&[0, 11], &[0]]);
    mnist(&data("one"), [8, 8], [&[4, 4], &[4]]);
    mnist(&data("none"), [8, 8], [&[], &[]]);
    for class in ["cat", "dog"] {
        fs::create_dir_all(data("empty").join(class)).expect("a folder");
        fs::create_dir_all(data("torn").join(class)).expect("a folder");
        for number in 0..3 {
            let file = data("torn").join(class).join(format!("{number}.png"));
            fs::write(file, "torn").expect("a file");
        }
    }
    let cases: [(&str, &[&str], &[&str]); 9] = [
        (
            "cut",
            &[
                "cut/test_batch.bin",
                "100 bytes are missing",
                "Download it again",
            ],
            &["cut/test_batch.bin", "缺少 100 字节", "请重新下载"],
        ),
        (
            "label",
            &["test_batch.bin", "label 10", "download it again"],
            &["test_batch.bin", "标签是 10", "请重新下载"],
        ),
        (
            "sizes",
            &["t10k-images-idx3-ubyte", "another size", "one directory"],
            &["t10k-images-idx3-ubyte", "大小不同", "同一个文件夹"],
        ),
        (
            "large",
            &["1×9×9", "1×8×8", "--input-size"],
            &["1×9×9", "1×8×8", "--input-size"],
        ),
        (
            "beyond",
            &["image 1 has label 11", "--classes"],
            &["第 1 张图片的标签是 11", "--classes"],
        ),
        (
            "one",
            &["only one class", "at least two"],
            &["只有一个类别", "至少"],
        ),
        ("none", &["contains no images", "PNG"], &["没有图片", "PNG"]),
        (
            "empty",
            &["empty/cat contains no images", "PNG"],
            &["empty/cat 里没有图片", "PNG"],
        ),
        (
            "torn",
            &["torn/", ".png", "Replace it"],
            &["torn/", ".png", "请替换"],
        ),
    ];
    for (name, words, chinese) in cases {
        refused(
            path,
            &["train", "small.toml", "--data", name],
            words,
            chinese,
        );
    }
}

#[test]
fn a_loss_beyond_all_numbers_is_told_with_step_layer_and_fix() {
    let place = place();
    refused(
        place.path(),
        &["train", "small.toml", "--lr", "1e30", "--epochs", "1"],
        &[
            "at step ",
            "the first layer with such a value is ",
            "Lower the learning rate",
        ],
        &[
            "第 ",
            "步的损失不再是一个数",
            "第一个出现这种值的层是",
            "请降低学习率",
        ],
    );
}

#[test]
fn what_was_kept_of_another_network_is_refused_with_both_names() {
    let place = place();
    let path = place.path();
    for name in ["small", "other"] {
        let spec = format!("{name}.toml");
        let output = run(path, &["train", &spec, "--epochs", "1", "-o", name]);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    }
    let resume = ["train", "other.toml", "--epochs", "2", "--resume", "other"];
    let log = fs::read(path.join("other/other.json")).expect("a log");
    fs::copy(path.join("small/small.json"), path.join("other/other.json")).expect("a copy");
    refused(
        path,
        &resume,
        &[
            "other/other.json is the log of small, not of other",
            "--resume the directory",
        ],
        &[
            "other/other.json 是 small 的日志，不是 other 的",
            "请给 --resume",
        ],
    );
    fs::write(path.join("other/other.json"), log).expect("a file");
    let kept = path.join("other/other.last.safetensors");
    fs::copy(path.join("small/small.last.safetensors"), &kept).expect("a copy");
    refused(
        path,
        &resume,
        &[
            "other.last.safetensors cannot be resumed from",
            "another network",
            "--resume the directory",
        ],
        &["other.last.safetensors", "另一个网络", "请给 --resume"],
    );
}

/// A disk that takes no more, as a limit on the size of files.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said_in_chinese_too() {
    let place = place();
    let program = env!("CARGO_BIN_EXE_resnet-explore");
    let command = format!(
        "trap '' XFSZ; ulimit -f 8; exec {program} train small.toml --epochs 1 -o kept --lang zh"
    );
    let output = std::process::Command::new("sh")
        .current_dir(place.path())
        .args(["-c", &command])
        .output()
        .expect("a shell");
    let notice = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{notice}");
    assert!(
        notice.contains("无法写入") && notice.contains("kept/small.safetensors"),
        "{notice}"
    );
    let kept = fs::read_dir(place.path().join("kept")).expect("a folder");
    assert_eq!(kept.count(), 0);
}

/// Peak memory of a training on so many pictures of 128×128 pixels, in KiB.
#[cfg(target_os = "linux")]
fn peak(path: &Path, pictures: usize) -> u64 {
    use std::process::{Command, Stdio};

    let data = path.join(pictures.to_string());
    let one = path.join("one.png");
    if !one.exists() {
        image::GrayImage::from_fn(128, 128, |x, y| image::Luma([(x ^ y) as u8]))
            .save(&one)
            .expect("a picture");
    }
    for number in 0..pictures {
        let class = data.join(if number % 2 == 0 { "cat" } else { "dog" });
        fs::create_dir_all(&class).expect("a folder");
        fs::hard_link(&one, class.join(format!("{number}.png"))).expect("a link");
    }
    let mut child = Command::new(env!("CARGO_BIN_EXE_resnet-explore"))
        .current_dir(path)
        .args(["train", "small.toml", "--epochs", "1", "--batch-size", "50"])
        .args(["--data", &pictures.to_string()])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program runs");
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    // The system forgets a peak with its process, so the last one that was seen counts.
    while child.try_wait().expect("a child").is_none() {
        let own = fs::read_to_string(&status).unwrap_or_default();
        let line = own.lines().find(|line| line.starts_with("VmHWM:"));
        let number = line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok());
        peak = peak.max(number.unwrap_or(0));
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    assert!(child.wait().expect("an end").success());
    peak
}

/// 16 KiB of pixels are 23 MB in the 1,400 pictures more; their names are a fifth of one.
#[cfg(target_os = "linux")]
#[test]
fn memory_does_not_grow_with_the_pictures_of_a_folder() {
    let place = place();
    let [few, many] = [200, 1_600].map(|pictures| peak(place.path(), pictures));
    println!("200 pictures: {few} KiB, 1,600: {many} KiB");
    assert!(few > 0 && many < few + 8_192, "{few} KiB, then {many}");
}
