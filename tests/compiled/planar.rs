//! 1×1 convolutions over at most four channels of a map that lies in planes: of the input, and of the outputs of a sigmoid,
//! split attention and a selective kernel.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use ndarray::Array4;
use resnet_explore::engine::compiled::LayerSource;
use resnet_explore::engine::{Compiled, Input, Isa, Options};
use resnet_explore::lower::{Overrides, open_text};
use resnet_explore::weights::{Fingerprint, Synthetic, WeightSource, synthetic_input};

use super::random::holds;

const HEAD: &str = "\n[head]\nlayers = [{ global_avg_pool = \"p\" }, { flatten = \"f\" }, { linear = \"fc\", out = \"classes\" }]\n";

/// A network of one small block after a stem, on maps of `input`.
fn after(stem: &str, input: [u64; 3]) -> String {
    format!(
        "input = {input:?}\nclasses = 5\nblock = \"basic\"\nblocks = [1]\nwidths = [8]\nstrides = [1]\n[stem]\nlayers = [{stem}]{HEAD}"
    )
}

#[test]
fn one_by_one_on_few_planar_channels() {
    let one = "{ conv = \"one\", kernel = 1, out = 20 }";
    let mut largest = BTreeMap::new();
    let mut texts = Vec::new();
    for input in [[3, 44, 40], [1, 67, 48], [4, 1, 17], [2, 9, 1], [3, 1, 1]] {
        texts.push(after(one, input));
        for channels in 1..5 {
            texts.push(after(
                &format!(
                    "{{ conv = \"a\", kernel = 3, out = {channels} }}, {{ sigmoid = \"s\" }}, {one}"
                ),
                input,
            ));
        }
        for unit in [
            "{ conv = \"a\", kernel = 3, out = 4 }, { split_attention",
            "{ selective_kernel",
        ] {
            texts.push(after(
                &format!("{unit} = \"u\", out = 4, reduced = 8 }}, {one}"),
                input,
            ));
        }
    }
    texts.push(
        "inherits = \"resnest50d\"\nwidths = [4, 8, 16, 32]\ninput = [3, 64, 64]\n".to_owned(),
    );
    texts.push(format!(
        "input = [5, 35, 27]\nclasses = 3\nblock = \"resnest_bottleneck\"\nblocks = [1]\nwidths = [4]\nstrides = [1]\n[stem]\nlayers = [{{ conv = \"c0\", kernel = 3, out = 1, padding = \"same\" }}, {{ norm = \"n0\" }}]{HEAD}"
    ));
    for (seed, text) in texts.iter().enumerate() {
        let model = open_text("planar.toml", text, &Overrides::default());
        assert!(model.problems.is_empty(), "{:?}\n{text}", model.problems);
        for images in 1..4 {
            holds(
                seed as u64,
                images,
                text,
                &Arc::new(model.network.clone()),
                &mut largest,
            );
        }
    }
}

/// Rms of the convolution's output, by the plain kernels.
const RMS: f64 = 1.146_321;

/// ResNet-18 with a 1×1 stem.
#[test]
fn a_stem_of_one_pixel() {
    let text = "inherits = \"resnet18\"\n[stem]\nlayers = [{ conv = \"conv1\", kernel = 1, out = 64 }, { norm = \"bn1\" }, { act = \"relu\" }]\n";
    let model = open_text("stem.toml", text, &Overrides::default());
    let network = Arc::new(model.network.clone());
    let input: Array4<f32> = synthetic_input(0, &[1, 3, 224, 224])
        .into_dimensionality()
        .expect("maps");
    let input = Input::Prepared(input);
    let source = &Synthetic { seed: 0 } as &dyn WeightSource;
    let weights: &dyn LayerSource = &source;
    let mut found = Vec::new();
    for isa in Isa::ALL.into_iter().filter(|isa| isa.is_available()) {
        let options = Options {
            isa,
            each_layer: true,
            ..Options::default()
        };
        let mut compiled = Compiled::new(Arc::clone(&network), weights, options).expect("legal");
        let _ = compiled.watch(&input, &mut |id, value| {
            if network[id].path.to_string() == "conv1" {
                found.push(Fingerprint::of(value).rms);
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        });
    }
    assert!(!found.is_empty());
    assert!(
        found.iter().all(|rms| (rms - RMS).abs() < 1e-4),
        "{found:?}"
    );
}
