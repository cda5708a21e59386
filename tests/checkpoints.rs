//! Promise: files of `torch.save` are read exactly as PyTorch wrote them, and no damaged or hostile one does harm.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]
#![allow(clippy::float_cmp, reason = "these numbers are exact in binary")]

mod common;
#[path = "checkpoints/disk.rs"]
mod disk;
#[path = "checkpoints/foreign.rs"]
mod foreign;
#[path = "checkpoints/inferred.rs"]
mod inferred;
#[path = "checkpoints/wrapped.rs"]
mod wrapped;

use resnet_explore::engine::loaded::wanted;
use resnet_explore::lower::{self, Overrides};
use resnet_explore::text::Language;
use resnet_explore::weights::{WeightError, WeightSource, checkpoint, misfits};
use std::io::Read;
use std::path::{Path, PathBuf};

/// A file of `tests/data/checkpoints`, unpacked into a temporary folder, which is removed with the first of the pair.
fn unpacked(name: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes(name)).unwrap();
    (folder, path)
}

fn bytes(name: &str) -> Vec<u8> {
    let packed = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/checkpoints")
        .join(format!("{name}.gz"));
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(std::fs::File::open(packed).unwrap())
        .read_to_end(&mut bytes)
        .unwrap();
    bytes
}

fn open(name: &str) -> Result<Box<dyn WeightSource>, WeightError> {
    let (_folder, path) = unpacked(name);
    checkpoint::open(path)
}

fn english(error: &WeightError) -> String {
    Language::ENGLISH.say(&error.message())
}

/// Error of a file that is refused, without the folder in its path.
fn refusal(name: &str) -> String {
    let (folder, path) = unpacked(name);
    let Err(error) = checkpoint::open(&path) else {
        panic!("{name} was taken");
    };
    let folder = format!("{}/", folder.path().display());
    english(&error).replace(&folder, "")
}

#[test]
fn every_protocol_of_pickle_is_read() {
    let files = [0, 1, 3, 4, 5].map(|protocol| format!("legacy_protocol_{protocol}.pth"));
    for name in files
        .iter()
        .map(String::as_str)
        .chain(["archive_protocol_0.pth"])
    {
        let file = open(name).unwrap_or_else(|error| panic!("{name}: {error}"));
        let weight = file.tensor("conv.weight", &[2, 3]).unwrap();
        assert_eq!(
            weight.into_raw_vec_and_offset().0,
            [0.0, 1.0, 2.0, 3.0, 4.0, 5.0],
            "{name}"
        );
        let bias = file.tensor("conv.bias", &[2]).unwrap();
        assert_eq!(bias.into_raw_vec_and_offset().0, [1.5, -2.0], "{name}");
        // Truncated anywhere, it is refused and does no harm.
        let whole = bytes(name);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cut.pth");
        for length in (1..whole.len()).step_by(7) {
            std::fs::write(&path, &whole[..length]).unwrap();
            assert!(
                checkpoint::open(&path).is_err(),
                "{name} of {length} bytes was taken"
            );
        }
    }
}

#[test]
fn ten_networks_that_pytorch_saved_are_read_to_the_bit() {
    let files = [
        ("resnet20_cifar", "resnet20_cifar.pth"),
        ("resnet18", "resnet18.pth"),
        ("resnet32_cifar", "resnet32_cifar.pth"),
        ("wrn_16_8", "wrn_16_8.pth"),
        ("resnet34", "resnet34.pth (model)"),
        (
            "preact_resnet110_cifar",
            "preact_resnet110_cifar.pth (state_dict)",
        ),
        ("resnet10t", "resnet10t.pth (state_dict_ema)"),
        ("resnet18d", "resnet18d.pth"),
        ("seresnet18", "seresnet18.pth (model_state)"),
        ("resnet20_fashion", "resnet20_fashion.pth (net.module)"),
    ];
    for (net, label) in files {
        let model = lower::open(net, &Overrides::default()).unwrap();
        let file = open(&format!("{net}.pth")).unwrap();
        assert_eq!(file.label(), label);
        let wanted = wanted(&model.network);
        assert_eq!(misfits(&wanted, file.as_ref()), [], "{net}");
        for (name, shape) in &wanted {
            let tensor = file.tensor(name, shape).unwrap();
            let begin = 7 * name.len();
            for (place, value) in tensor.iter().enumerate() {
                let expected = (((place + begin) % 31) as f32 - 15.0) / 8.0;
                assert!(
                    *value == expected,
                    "{net}: {name}[{place}] is {value}, not {expected}"
                );
            }
        }
    }
}

#[test]
fn nothing_but_tensors_and_plain_containers_is_built() {
    let cases = [
        (
            "hostile_system.pth",
            "asks for `posix.system`, which is refused: a checkpoint has no use for it",
        ),
        (
            "hostile_system_legacy.pth",
            "asks for `posix.system`, which is refused",
        ),
        (
            "hostile_eval.pth",
            "eval`, which is refused: a checkpoint has no use for it",
        ),
        (
            "whole_model.pth",
            "asks for `torch.nn.modules.container.Sequential`, which is refused: only tensors and plain containers are loaded; \
             if this is a whole model",
        ),
        ("torchscript.pth", "this is a TorchScript program"),
        ("sparse.pth", "sparse tensors are not read"),
        ("quantised.pth", "quantised tensors are not read"),
        (
            "optimizer.pth",
            "its entry `optimizer` is the state of an optimiser",
        ),
        (
            "optimizer_alone.pth",
            "it is the state of an optimiser: numbered running averages without names, and no weights; pass the file \
             to which the training saved the weights",
        ),
        ("one_tensor.pth", "it holds one tensor without a name"),
    ];
    for (name, expected) in cases {
        let notice = refusal(name);
        assert!(
            notice.starts_with(name) && notice.contains(expected),
            "{notice}"
        );
    }
    assert!(!Path::new("executed_by_a_checkpoint").exists());
}

/// Opens the file and reads everything that it claims to contain.
fn read_all(bytes: &[u8], path: &Path) -> Result<Vec<f32>, WeightError> {
    // A new file each time: one that is mapped must not be written.
    std::fs::write(path, bytes).unwrap();
    let file = checkpoint::open(path);
    std::fs::remove_file(path).unwrap();
    let file = file?;
    let mut all = Vec::new();
    for (name, shape) in file.names().unwrap() {
        match file.tensor(&name, &shape) {
            Err(WeightError::DType { .. }) => {}
            tensor => all.extend(tensor?),
        }
    }
    Ok(all)
}

#[test]
fn a_file_cut_short_is_refused_wherever_it_is_cut() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cut.pth");
    for name in ["small.pth", "small_legacy.pth", "small_deflated.pth"] {
        let whole = bytes(name);
        assert_eq!(read_all(&whole, &path).unwrap().len(), 6 + 2 + 4 * 2);
        for length in 0..whole.len() {
            let error = english(&read_all(&whole[..length], &path).unwrap_err());
            let notice = ["truncated", "damaged", "empty", "too early"];
            assert!(
                notice.iter().any(|words| error.contains(words)),
                "{name} cut at {length}: {error}"
            );
        }
    }
}

#[test]
fn a_damaged_byte_is_found_or_does_not_matter() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("damaged.pth");
    for name in ["small.pth", "small_deflated.pth"] {
        let whole = bytes(name);
        let right = read_all(&whole, &path).unwrap();
        let mut unnoticed = 0;
        for place in 0..whole.len() {
            for flip in [0x01, 0x20, 0x80, 0xFF] {
                let mut damaged = whole.clone();
                damaged[place] ^= flip;
                // Names have no separate checksum: a tensor's may not change at all, since the description has one.
                if let Ok(values) = read_all(&damaged, &path) {
                    assert_eq!(values, right, "{name}: byte {place}");
                    unnoticed += 1;
                }
            }
        }
        // Padding, dates and the version affect no numbers.
        assert!(unnoticed < 4 * whole.len(), "{name}");
    }
    // The old format has no checksums: a flipped bit changes a number, and nothing worse.
    let whole = bytes("small_legacy.pth");
    for place in 0..whole.len() {
        for flip in [0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0xFF] {
            let mut damaged = whole.clone();
            damaged[place] ^= flip;
            let _ = read_all(&damaged, &path);
        }
    }
}
