//! A bias that a later layer takes away has the gradient 0, and no rounding in its place; every other bias has one.

use std::ops::ControlFlow;
use std::sync::Arc;

use ndarray::Array4;
use resnet_explore::engine::gradient::{Backward, Batch, Options, Quick};
use resnet_explore::engine::{LoadedWeights, Mode};
use resnet_explore::lower::{Overrides, open_text};
use resnet_explore::weights::{Synthetic, synthetic_input};

/// Layers after a convolution of six channels with a bias, the rest of the spec, and whether the biases of `c` and of `u` have no
/// effect.
const CASES: [(&str, &str, [bool; 2]); 22] = [
    ("{ norm = \"n\" }", "", [true, false]),
    ("{ norm = \"n\", kind = \"instance\" }", "", [true, false]),
    (
        "{ norm = \"n\" }",
        "[norm]\nkind = \"group\"\ngroups = 6",
        [true, false],
    ),
    // What a group of channels has in common is taken away, and what each has is not.
    (
        "{ bias = \"u\" }, { norm = \"n\" }",
        "[norm]\nkind = \"group\"\ngroups = 2",
        [false, true],
    ),
    (
        "{ norm = \"n\" }",
        "[norm]\nkind = \"filter_response\"",
        [false, false],
    ),
    ("{ act = \"r\" }, { norm = \"n\" }", "", [false, false]),
    (
        "{ bias = \"u\" }, { scale = \"s\" }, { norm = \"n\" }",
        "",
        [true, true],
    ),
    (
        "{ channel_conv = \"e\", kernel = 3 }, { norm = \"n\" }",
        "",
        [true, false],
    ),
    (
        "{ conv = \"u\", kernel = 3, padding = 0, out = 6, bias = true }, { norm = \"n\" }",
        "",
        [true, true],
    ),
    (
        "{ conv = \"u\", kernel = 3, out = 6, bias = true }, { norm = \"n\" }",
        "",
        [false, true],
    ),
    (
        "{ max_pool = \"p\", kernel = 3, stride = 2, padding = 1 }, { norm = \"n\" }",
        "",
        [true, false],
    ),
    (
        "{ blur_pool = \"p\", kernel = 3, stride = 2 }, { norm = \"n\" }",
        "",
        [true, false],
    ),
    (
        "{ avg_pool = \"p\", kernel = 3, stride = 2, padding = 1, count_include_pad = false }, { norm = \"n\" }",
        "",
        [true, false],
    ),
    (
        "{ avg_pool = \"p\", kernel = 3, stride = 2, padding = 1 }, { norm = \"n\" }",
        "",
        [false, false],
    ),
    // An output of one pixel, where padding takes the same away in every image.
    (
        "{ conv = \"u\", kernel = 3, stride = 6, out = 6, bias = true }, { norm = \"n\" }",
        "",
        [true, true],
    ),
    (
        "{ avg_pool = \"p\", kernel = 3, stride = 6, padding = 1 }, { norm = \"n\" }",
        "",
        [true, false],
    ),
    (
        "{ constant_pad = \"p\", padding = 1 }, { norm = \"n\" }",
        "",
        [false, false],
    ),
    (
        "{ space_to_depth = \"p\", block = 2, order = \"by channel\" }, { norm = \"n\" }",
        "",
        [true, false],
    ),
    (
        "{ mean_deviation = \"p\", axis = \"width\" }, { norm = \"n\" }",
        "",
        [true, false],
    ),
    // Weights of mean 0 take away what all channels have in common.
    (
        "{ bias = \"u\" }, { conv = \"w\", kernel = 1, out = 6 }",
        "[conv]\nstandardize = 0.00001",
        [false, true],
    ),
    (
        "{ bias = \"u\" }, { conv = \"w\", kernel = 3, out = 6 }",
        "[conv]\nstandardize = 0.00001",
        [false, false],
    ),
    (
        "{ bias = \"u\" }, { conv = \"w\", kernel = 3, stride = 6, out = 6 }",
        "[conv]\nstandardize = 0.00001",
        [false, false],
    ),
];

#[test]
fn biases_without_effect_and_no_others_have_no_gradient() {
    for (layers, rest, expected) in CASES {
        let text = format!(
            "input = [3, 6, 6]\nclasses = 5\nblock = \"basic\"\nblocks = [1]\nwidths = [6]\nstrides = [1]\n[stem]\nlayers = [{{ conv = \"c\", kernel = 1, out = 6, bias = true }}, {layers}, {{ act = \"end\", kind = \"tanh\" }}]\n[head]\nlayers = [{{ global_avg_pool = \"g\" }}, {{ flatten = \"f\" }}, {{ linear = \"fc\", out = \"classes\" }}]\n{rest}\n"
        );
        let network = Arc::new(open_text("shift.toml", &text, &Overrides::default()).network);
        let pass = Backward::new(Arc::clone(&network), Mode::Training).expect("derivatives");
        let weights = LoadedWeights::load(&network, &Synthetic { seed: 4 }).expect("any weights");
        let input: Array4<f32> = synthetic_input(4, &[12, 3, 6, 6])
            .into_dimensionality()
            .expect("four sides");
        let labels: Vec<usize> = (0..12).map(|n| n % 5).collect();
        let batch = Batch {
            input: &input,
            is_prepared: true,
            labels: &labels,
        };
        let mut observer = |_, _| ControlFlow::Continue(());
        let plain = pass
            .run(&weights.all(), batch, Options::default(), &mut observer)
            .expect("a batch that fits");
        let quick = Quick::new(&pass, true).expect("a quick pass");
        let quick = quick
            .run(&weights.all(), batch, 0.0)
            .expect("a batch that fits");
        for gradients in [plain, quick] {
            let found = ["c", "u"].map(|module| {
                let mut nodes = network.nodes();
                let node = nodes.find(|(_, node)| node.path.to_string() == module);
                node.is_some_and(|(id, _)| {
                    let bias = gradients.layers[id].last().expect("a bias");
                    bias.iter().all(|gradient| *gradient == 0.0)
                })
            });
            assert_eq!(found, expected, "{layers} {rest}");
        }
    }
}
