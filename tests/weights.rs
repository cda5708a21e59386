//! Images, weights and kernels together, compared with the first layers as computed by PyTorch.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use ndarray::{ArrayD, Ix1, Ix4};
use resnet_explore::engine::kernels;
use resnet_explore::network::Window;
use resnet_explore::weights::{
    Fingerprint, Picture, SafetensorsFile, Synthetic, WeightSource, misfits, synthetic_input,
};
use serde_json::Value;
use std::io::Read;
use std::path::Path;

/// The built-in network.
const SHIPPED: &str = "architectures/fashion/resnet20_fashion.safetensors";

fn here(path: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The rows of a `.jsonl.gz` in `tests/data`.
fn rows(name: &str) -> Vec<Value> {
    let file = std::fs::File::open(here("tests/data").join(name)).unwrap();
    let mut text = String::new();
    flate2::read::GzDecoder::new(file)
        .read_to_string(&mut text)
        .unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn golden(value: &Value) -> Fingerprint {
    serde_json::from_value(value.clone()).unwrap()
}

fn assert_near(what: &str, found: &ArrayD<f32>, expected: &Value) {
    let difference = Fingerprint::of(found).worst_difference(&golden(expected));
    assert!(
        difference < 1e-6,
        "{what}: off by {difference:e} of the rms"
    );
}

fn vector(source: &dyn WeightSource, name: &str, size: usize) -> ndarray::Array1<f32> {
    let tensor = source.tensor(name, &[size]).unwrap();
    tensor.into_dimensionality::<Ix1>().unwrap()
}

/// `conv1`, `bn1` and the ReLU of a CIFAR network, against the first three rows of `layers`.
fn assert_first_layers(source: &dyn WeightSource, input: ArrayD<f32>, row: &Value) {
    let input = input.into_dimensionality::<Ix4>().unwrap();
    let weight = source
        .tensor("conv1.weight", &[16, input.dim().1, 3, 3])
        .unwrap();
    let weight = weight.into_dimensionality::<Ix4>().unwrap();
    let map = kernels::conv2d(
        input.view(),
        weight.view(),
        None,
        &Window::square(3, 1, 1),
        1,
    );
    assert_near("conv1", &map.clone().into_dyn(), &row["layers"][0]);

    let [mean, var, gamma, beta] = ["running_mean", "running_var", "weight", "bias"]
        .map(|name| vector(source, &format!("bn1.{name}"), 16));
    let map = kernels::batch_norm_inference(
        map.view(),
        mean.view(),
        var.view(),
        Some(gamma.view()),
        Some(beta.view()),
        1e-5,
    );
    assert_near("bn1", &map.into_dyn(), &row["layers"][1]);
}

#[test]
fn synthetic_weights_give_the_first_layers_of_resnet20() {
    let rows = rows("golden_layers.jsonl.gz");
    let row = rows
        .iter()
        .find(|row| {
            row["model"]
                .as_str()
                .is_some_and(|name| name.ends_with("resnet20_cifar"))
        })
        .unwrap();
    let seed = row["seed"].as_u64().unwrap();
    let shape: Vec<usize> = serde_json::from_value(row["input"].clone()).unwrap();
    assert_first_layers(&Synthetic { seed }, synthetic_input(seed, &shape), row);
}

#[test]
fn the_shipped_weights_give_the_first_layers_of_an_ankle_boot() {
    let row = rows("golden_layers.jsonl.gz").pop().unwrap();
    let name = format!(
        "architectures/fashion/samples/{}",
        row["image"].as_str().unwrap()
    );
    let picture = Picture::open(here(&name)).unwrap();
    let pixels = picture.tensor(1, 28, 28, None).unwrap();
    let unit = kernels::scale(pixels.view(), 255.0);
    let input = kernels::standardize(unit.view(), &[0.2860], &[0.3530]).into_dyn();
    assert_near("input", &input, &row["input_fingerprint"]);
    let file = SafetensorsFile::open(here(SHIPPED)).unwrap();
    assert_first_layers(&file, input, &row);
}

#[test]
fn the_shipped_weights_have_every_tensor_of_their_network() {
    let rows = rows("layers.jsonl.gz");
    let row = rows
        .iter()
        .find(|row| {
            row["name"]
                .as_str()
                .is_some_and(|name| name.ends_with("resnet20_fashion"))
        })
        .unwrap();
    let wanted: Vec<(String, Vec<usize>)> = serde_json::from_value(row["state"].clone()).unwrap();
    let file = SafetensorsFile::open(here(SHIPPED)).unwrap();
    assert_eq!(misfits(&wanted, &file), []);
    for (name, shape) in wanted
        .iter()
        .filter(|(name, _)| !name.ends_with("num_batches_tracked"))
    {
        file.tensor(name, shape).unwrap();
    }
}
