//! Promise: a checkpoint that does not fit is explained fully: the differences, their causes, and the network of the
//! catalogue that fits.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use resnet_explore::engine::loaded::wanted;
use resnet_explore::lower::{self, Overrides};
use resnet_explore::text::{Language, Message};
use resnet_explore::weights::fit::{Cause, Explanation};
use resnet_explore::weights::{SafetensorsFile, checkpoint, explain};
use std::io::Write;
use std::path::Path;
use std::process::Command;

type Named = (String, Vec<usize>);

/// The tensors of a network of the catalogue.
fn tensors(net: &str) -> Vec<Named> {
    wanted(&lower::open(net, &Overrides::default()).unwrap().network)
}

/// A safetensors file of zeros, which the system need not store.
fn write(path: &Path, tensors: &[Named]) {
    let mut at = 0;
    let mut header = serde_json::Map::new();
    for (name, shape) in tensors {
        let end = at + 4 * shape.iter().product::<usize>();
        header.insert(
            name.clone(),
            serde_json::json!({"dtype": "F32", "shape": shape, "data_offsets": [at, end]}),
        );
        at = end;
    }
    let mut header = serde_json::to_vec(&header).unwrap();
    header.resize(header.len().next_multiple_of(8), b' ');
    let mut file = std::fs::File::create(path).unwrap();
    file.write_all(&(header.len() as u64).to_le_bytes())
        .unwrap();
    file.write_all(&header).unwrap();
    file.set_len((8 + header.len() + at) as u64).unwrap();
}

/// Explanation of the misfit between these tensors and a network.
fn explained(net: &str, tensors: &[Named]) -> Explanation {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("it.safetensors");
    write(&path, tensors);
    let model = lower::open(net, &Overrides::default()).unwrap();
    explain(&model, &SafetensorsFile::open(path).unwrap()).unwrap()
}

fn after(prefix: &str, tensors: &[Named]) -> Vec<Named> {
    let named = |(name, shape): &Named| (format!("{prefix}{name}"), shape.clone());
    tensors.iter().map(named).collect()
}

fn named(name: &str, shape: &[usize]) -> Named {
    (name.to_owned(), shape.to_vec())
}

fn said(message: &Message) -> String {
    Language::ENGLISH.say(message)
}

/// Asserts that one of the reasons has that cause and these words.
fn assert_reason(found: &Explanation, cause: Cause, words: &str) {
    let reasons = &found.reasons;
    assert!(
        reasons
            .iter()
            .any(|one| one.cause == cause && said(&one.message).contains(words)),
        "{cause:?}, {words:?} is none of {reasons:#?}"
    );
}

fn assert_closest(found: &Explanation, arguments: &str) {
    let closest = found.closest.as_ref().unwrap();
    assert!(closest.is_exact(), "{closest:?}");
    assert_eq!(closest.arguments(), arguments);
}

#[test]
fn another_number_of_classes() {
    let mut file = tensors("resnet50");
    for (_, shape) in file.iter_mut().rev().take(2) {
        shape[0] = 10;
    }
    let notice = explained("resnet50", &file);
    assert_eq!(
        said(&notice.summary()),
        "tensors: 265 of 267 fit; 2 of another shape"
    );
    assert_eq!(
        notice.parts().iter().map(said).collect::<Vec<_>>(),
        ["fc: 2 of another shape; first `fc.weight` is 10×2048 and should be 1000×2048"]
    );
    assert_eq!(notice.reasons.len(), 1);
    assert_reason(
        &notice,
        Cause::Head,
        "this file has a 10-class head; the network has 1000",
    );
    assert_closest(&notice, "resnet50 --classes 10");
    assert_eq!(
        notice.command("it.pth").unwrap(),
        "resnet-explore run resnet50 --classes 10 --weights it.pth"
    );
}

#[test]
fn no_head_and_another_head() {
    let mut file = tensors("resnet50");
    file.truncate(file.len() - 2);
    let notice = explained("resnet50", &file);
    assert_reason(
        &notice,
        Cause::Head,
        "the file has no head (`fc`): it holds only the layers before it",
    );
    file.push(named("projector.0.weight", &[128, 2048]));
    let notice = explained("resnet50", &file);
    assert_reason(
        &notice,
        Cause::Head,
        "but another head: it was trained for another task",
    );
}

#[test]
fn pictures_of_other_channels() {
    let mut file = tensors("resnet18");
    file[0].1[1] = 4;
    let notice = explained("resnet18", &file);
    assert_eq!(notice.reasons.len(), 1);
    assert_reason(
        &notice,
        Cause::Input,
        "this file takes images of 4 channels; the network takes 3",
    );
}

#[test]
fn squares_of_pixels_of_other_channels() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("it.safetensors");
    write(&path, &tensors("tresnet_m"));
    let overrides = Overrides {
        in_channels: Some(4),
        ..Overrides::default()
    };
    let model = lower::open("tresnet_m", &overrides).unwrap();
    let notice = explain(&model, &SafetensorsFile::open(path).unwrap()).unwrap();
    assert_eq!(notice.reasons.len(), 1);
    assert_reason(
        &notice,
        Cause::Input,
        "this file takes images of 3 channels in squares of 4×4 pixels; the network takes 4. Such a first convolution is adapted to 1 channel and to no other number, as in timm",
    );
}

#[test]
fn variants_of_another_depth_width_and_kind_of_block() {
    let cases = [
        (
            "resnet50",
            "resnet101",
            "a deeper variant: the file has 3, 4, 23, 3 blocks in its stages, the network 3, 4, 6, 3",
        ),
        (
            "resnet50",
            "resnet34",
            "another kind of block: the file's blocks have 2 convolutions (basic blocks)",
        ),
        (
            "resnet34",
            "resnet18",
            "a shallower variant: the file has 2, 2, 2, 2 blocks",
        ),
        (
            "resnet50",
            "wide_resnet50_2",
            "wider blocks: the file's first convolutions output 128, 256, 512, 1024 channels",
        ),
        (
            "resnet50",
            "resnext50_32x4d",
            "the file's 3×3 convolutions have 32 groups, the network's no groups",
        ),
        (
            "resnet50",
            "resnet50d",
            "another stem: the file's has 3×3, 3×3, 3×3, the network's 7×7",
        ),
        (
            "resnet50",
            "seresnet50",
            "another attention: the file's blocks have `se`, the network's none",
        ),
        (
            "resnet50",
            "resnetv2_50",
            "a v2 network: the file's blocks normalise before their convolutions (pre-activation)",
        ),
        ("resnetv2_50", "resnet50", "not a v2 network"),
    ];
    for (asked, file, words) in cases {
        let notice = explained(asked, &tensors(file));
        assert_reason(&notice, Cause::Variant, words);
        let closest = notice.closest.as_ref().unwrap();
        let names: Vec<_> = std::iter::once(&closest.name)
            .chain(&closest.twins)
            .collect();
        assert!(
            closest.is_exact() && names.iter().any(|name| *name == file),
            "{file}: {closest:?}"
        );
    }
    // The parts are reported by stage and block.
    let notice = explained("resnet50", &tensors("resnet101"));
    assert_eq!(
        said(&notice.summary()),
        "tensors: 267 of 267 fit; 255 left over"
    );
    assert_eq!(
        notice.parts().iter().map(said).collect::<Vec<_>>(),
        [
            "layer3, blocks 6–22: 255 left over; first `layer3.6.conv1.weight` (256×1024×1×1) does not belong to the network"
        ]
    );
}

#[test]
fn every_network_finds_itself() {
    for net in resnet_explore::spec::catalog::names() {
        let closest = resnet_explore::weights::fit::closest(&tensors(net), net).unwrap();
        assert!(closest.is_exact(), "{net}: {closest:?}");
        assert_eq!(closest.name, *net);
    }
}

#[test]
fn the_backbone_of_a_detector_and_of_a_segmentation_network() {
    let mut backbone = tensors("resnet50");
    backbone.truncate(backbone.len() - 2);
    let mut file = after("backbone.body.", &backbone);
    file.push(named(
        "backbone.fpn.inner_blocks.0.0.weight",
        &[256, 256, 1, 1],
    ));
    file.push(named("rpn.head.cls_logits.weight", &[3, 256, 1, 1]));
    file.push(named(
        "roi_heads.box_predictor.cls_score.weight",
        &[91, 1024],
    ));
    let notice = explained("resnet50", &file);
    assert_eq!(
        said(&notice.summary()),
        "tensors: 265 of 267 fit once `backbone.body.` is removed from their names; 2 missing, 3 left over"
    );
    assert_reason(
        &notice,
        Cause::Backbone,
        "this is a detection network with its backbone under `backbone.body.`",
    );
    // The convolutions of the other parts are not traits of the backbone.
    assert!(
        notice.reasons.iter().all(|one| one.cause != Cause::Variant),
        "{:?}",
        notice.reasons
    );
    assert_reason(
        &notice,
        Cause::Backbone,
        "k.removeprefix(\"backbone.body.\")",
    );

    let mut file = after("backbone.", &backbone);
    file.push(named("classifier.4.weight", &[21, 256, 1, 1]));
    let notice = explained("resnet50", &file);
    assert_reason(&notice, Cause::Backbone, "this is a segmentation network");
    // For another network, the backbone's is still found.
    let notice = explained("resnet101", &file);
    assert_eq!(notice.closest.unwrap().name, "resnet50");
}

#[test]
fn a_training_checkpoint_with_averages_and_an_optimiser() {
    let net = tensors("resnet20_cifar");
    let mut file = after("model.", &net);
    file.extend(after("ema.", &net));
    file.push(named("optimizer.state.0.exp_avg", &[16, 3, 3, 3]));
    let notice = explained("resnet20_cifar", &file);
    assert_reason(
        &notice,
        Cause::Averaged,
        "averaged weights (EMA) have the prefix `ema.`",
    );
    assert_reason(
        &notice,
        Cause::Averaged,
        "more than once: under `ema.` and under `model.`",
    );
    assert_reason(
        &notice,
        Cause::Optimiser,
        "the state of an optimiser is among the tensors (`optimizer.state.0.exp_avg`)",
    );
}

#[test]
fn quantised_weights() {
    let mut file = tensors("resnet18");
    for name in ["conv1.scale", "conv1.zero_point"] {
        file.push(named(name, &[]));
    }
    let notice = explained("resnet18", &file);
    assert_reason(
        &notice,
        Cause::Quantised,
        "the file is quantised: `conv1.zero_point` scale integers",
    );
}

#[test]
fn keras_and_jax_order() {
    let turned = |(name, shape): &Named| match *shape.as_slice() {
        [out, input, height, width] => (name.clone(), vec![height, width, input, out]),
        [out, input] => (name.clone(), vec![input, out]),
        _ => (name.clone(), shape.clone()),
    };
    let file: Vec<Named> = tensors("resnet50").iter().map(turned).collect();
    let notice = explained("resnet50", &file);
    assert_reason(
        &notice,
        Cause::Layout,
        "54 tensors have the dimension order of Keras",
    );

    // Keras's own names: only the shapes agree, after transposition.
    let keras: Vec<Named> = file
        .iter()
        .map(|(name, shape)| {
            let name = name
                .replace(
                    ".weight",
                    if shape.len() > 1 {
                        "/kernel:0"
                    } else {
                        "/gamma:0"
                    },
                )
                .replace(".bias", "/beta:0")
                .replace(".running_mean", "/moving_mean:0")
                .replace(".running_var", "/moving_variance:0");
            (name, shape.clone())
        })
        .collect();
    let notice = explained("resnet101", &keras);
    assert_reason(
        &notice,
        Cause::Layout,
        "the file's names are from Keras, TensorFlow or JAX",
    );
    let closest = notice.closest.unwrap();
    assert!(closest.by_shape, "{closest:?}");
    let names: Vec<_> = std::iter::once(&closest.name)
        .chain(&closest.twins)
        .collect();
    assert!(names.iter().any(|name| *name == "resnet50"), "{names:?}");
}

#[test]
fn the_same_network_under_other_names() {
    let file: Vec<Named> = tensors("resnet34")
        .into_iter()
        .map(|(name, shape)| {
            (
                name.replace("layer", "layer_")
                    .replace("conv", "c")
                    .replace("bn", "b"),
                shape,
            )
        })
        .collect();
    let notice = explained("resnet34", &file);
    assert_reason(&notice, Cause::Names, "the same shapes under other names");
}

fn command(args: &[&str], folder: &Path) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_resnet-explore"))
        .args(args)
        .current_dir(folder)
        .output()
        .unwrap();
    let notice = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(notice).unwrap())
}

#[test]
fn what_to_type_is_said_and_works() {
    let folder = tempfile::tempdir().unwrap();
    let mut file = tensors("resnet32_cifar");
    for (_, shape) in file.iter_mut().rev().take(2) {
        shape[0] = 4;
    }
    write(&folder.path().join("it.safetensors"), &file);
    let typed = "resnet-explore run resnet32_cifar --classes 4 --weights it.safetensors";
    for args in [
        ["run", "resnet20_cifar", "--weights", "it.safetensors"].as_slice(),
        &["bench", "resnet20_cifar", "--weights", "it.safetensors"],
        &["check", "resnet20_cifar", "--weights", "it.safetensors"],
        &["run", "it.safetensors"],
    ] {
        let (code, notice) = command(args, folder.path());
        assert!(notice.contains(typed), "{args:?}: {notice}");
        assert_eq!(code, Some(if args.len() == 2 { 2 } else { 1 }), "{args:?}");
    }
    let words: Vec<&str> = typed.split(' ').skip(1).collect();
    let (code, notice) = command(&words, folder.path());
    assert_eq!(code, Some(0), "{notice}");
}

#[test]
fn a_networks_own_prefix_is_not_a_wrappers() {
    let stem = |prefix: &str| {
        format!(
            "inherits = \"resnet18\"\nnames = {{ stage = \"{prefix}layer{{stage}}\", block = \"{prefix}layer{{stage}}.{{block}}\" }}\n\
             [stem]\nlayers = [ {{ conv = \"{prefix}conv1\", kernel = 7, out = 64, stride = 2 }}, {{ norm = \"{prefix}bn1\" }}, {{ act = \"{prefix}relu\" }}, \
             {{ max_pool = \"{prefix}maxpool\", kernel = 3, stride = 2, padding = 1 }} ]\n"
        )
    };
    let head = |prefix: &str| {
        format!(
            "[head]\nlayers = [ {{ global_avg_pool = \"{prefix}avgpool\" }}, {{ flatten = \"flatten\" }}, {{ linear = \"{prefix}fc\", out = \"classes\" }} ]\n"
        )
    };
    let headless =
        "[head]\nlayers = [ { global_avg_pool = \"avgpool\" }, { flatten = \"flatten\" } ]\n";
    let folder = tempfile::tempdir().unwrap();
    for (spec, own) in [
        (stem("model.") + &head("model."), "model."),
        (stem("encoder.") + headless, "encoder."),
        (stem("module.model.") + headless, "module.model."),
        (stem("") + headless, ""),
    ] {
        let net = folder.path().join("own.toml");
        std::fs::write(&net, &spec).unwrap();
        let model = lower::open(net.to_str().unwrap(), &Overrides::default()).unwrap();
        assert!(model.problems.is_empty(), "{own}: {:?}", model.problems);
        let tensors = wanted(&model.network);
        assert!(tensors.iter().all(|(name, _)| name.starts_with(own)));
        for wrapper in ["", "module.", "module._orig_mod.", "model."] {
            let mut saved = after(wrapper, &tensors);
            saved.push(named("n_averaged", &[]));
            let path = folder.path().join("it.safetensors");
            write(&path, &saved);
            let file = checkpoint::open_for(&path, &model.network, None).unwrap();
            let misfit = explain(&model, file.as_ref()).map(|misfit| misfit.lines());
            assert_eq!(misfit, None, "{own} in {wrapper}");
            for (name, shape) in &tensors {
                file.tensor(name, shape).unwrap();
            }
        }
        let notice = |command: &str| {
            let path = folder.path().join("it.safetensors");
            write(&path, &tensors);
            let output = Command::new(env!("CARGO_BIN_EXE_resnet-explore"))
                .args([command, net.to_str().unwrap(), "--input-size", "32"])
                .args(["--weights", path.to_str().unwrap()])
                .output()
                .unwrap();
            String::from_utf8_lossy(&output.stderr).into_owned()
        };
        for command in ["run", "check"] {
            let said = notice(command);
            assert!(!said.contains("does not fit"), "{own} {command}: {said}");
        }
    }
}
