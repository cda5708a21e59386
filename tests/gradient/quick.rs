//! Passes of training on the processor's kernels against the plain ones in double precision, over random networks of every unit
//! and shipped ones; and the same on any number of threads.

use std::ops::ControlFlow;
use std::sync::Arc;

use ndarray::{Array1, Array4, ArrayD};
use resnet_explore::engine::gradient::{Backward, Batch, Gradients, Options, Quick};
use resnet_explore::engine::kernels::BatchStatistics;
use resnet_explore::engine::{LayerWeights, LoadedWeights, Mode};
use resnet_explore::lower::{Overrides, open, open_text};
use resnet_explore::network::{Layer, LayerId, Network, Table, check};
use resnet_explore::weights::{Synthetic, synthetic_input};

use super::differences::number;
use super::spec::{Numbers, Spec};

/// Largest distance from the reference in parts of a tensor's rms, where the plain kernels in single precision are closer than a
/// tenth of it. A transformed tile rounds about five times as much as a sum over taps, and a network multiplies that.
const TOLERANCE: f64 = 1e-4;

/// Parts of the input by which a reference is moved that seems to lie at a corner of the loss, and turns of each.
///
/// Corners: if a ReLU's input is within rounding of 0, or two inputs of a maximum are, the gradient jumps: kernels that round
/// differently are then on two sides, and each is right on its own.
const NEAR: [f64; 2] = [1e-7, 1e-6];
const TURNS: usize = 16;

/// Largest distances from the reference.
#[derive(Default)]
struct Distances {
    quick: f64,
    plain: f64,
    /// Of the quick pass from the nearest of the references next to the input, where that at the input is too far.
    corner: Option<f64>,
    /// The tensor that is furthest off, with its rms in parts of the largest.
    place: String,
}

impl Distances {
    fn holds(&self) -> bool {
        self.quick <= self.bound() || self.corner.is_some_and(|corner| corner <= self.bound())
    }

    fn bound(&self) -> f64 {
        TOLERANCE.max(10.0 * self.plain)
    }
}

/// Three lists together.
fn izip<'a, A, B, C>(
    a: &'a [A],
    b: &'a [B],
    c: &'a [C],
) -> impl Iterator<Item = (&'a A, &'a B, &'a C)> {
    a.iter().zip(b).zip(c).map(|((a, b), c)| (a, b, c))
}

fn rms<'a>(values: impl Iterator<Item = &'a f64>) -> f64 {
    let (mut sum, mut count) = (0.0, 0_u32);
    for value in values {
        sum += value * value;
        count += 1;
    }
    (sum / f64::from(count.max(1))).sqrt()
}

fn distance(of: &ArrayD<f32>, from: &ArrayD<f64>) -> f64 {
    assert_eq!(of.shape(), from.shape());
    let apart: Vec<f64> = of
        .iter()
        .zip(from)
        .map(|(&a, b)| f64::from(a) - b)
        .collect();
    rms(apart.iter())
}

/// Compares with references next to the input, until one is near enough.
fn look_near(
    worst: &mut Distances,
    own: &Gradients<f32>,
    exact: &Gradients<f64>,
    seed: u64,
    mut moved: impl FnMut(&mut dyn FnMut(f64) -> f64) -> Gradients<f64>,
) {
    let all = |of: &Gradients<f64>| of.layers.iter().flatten().cloned().collect::<Vec<_>>();
    let exact = all(exact);
    let scales = exact.iter().map(|own| rms(own.iter()));
    let scales: Vec<f64> = scales.collect();
    let largest = scales.iter().copied().fold(0.0, f64::max);
    let mut numbers = Numbers(seed);
    for near in NEAR.into_iter().flat_map(|near| [near; TURNS]) {
        let moved = all(&moved(&mut |x| {
            let away = numbers.below(2_000_001) as f64 / 1e6 - 1.0;
            x * (1.0 + near * away)
        }));
        let each = own.layers.iter().flatten().zip(moved.iter().zip(&scales));
        let apart = each
            .map(|(own, (moved, scale))| distance(own, moved) / scale.max(1e-3 * largest))
            .fold(0.0, f64::max);
        worst.corner = Some(worst.corner.map_or(apart, |least| least.min(apart)));
        if worst.holds() {
            break;
        }
    }
}

/// A layer with a tensor that is off, for people.
fn named(network: &Network, id: LayerId, share: f64) -> String {
    let node = &network[id];
    let (op, path) = (node.layer.op(), &node.path);
    format!("; {op} {path}, its rms {share:.1e} of the largest")
}

/// Compares a pass of both kinds; the largest distance, or none where the network has no quick pass.
fn compare(network: &Network, images: usize, seed: u64, what: &str) -> Option<Distances> {
    let network = Arc::new(network.clone());
    let pass = Backward::new(Arc::clone(&network), Mode::Training).ok()?;
    pass.admit::<f32>(images, Options::default()).ok()?;
    let quick = Quick::new(&pass, true)?;
    let weights = LoadedWeights::load(&network, &Synthetic { seed }).expect("any weights");
    let weights: Table<LayerWeights<f32>> = weights.all();
    let Layer::Input { channels, size } = network.nodes().next()?.1.layer else {
        return None;
    };
    let shape = [images as u64, channels, size[0], size[1]].map(|n| n as usize);
    let input = synthetic_input(seed, &shape);
    let input: Array4<f32> = input.into_dimensionality().expect("four sides");
    let labels: Vec<usize> = (0..images).map(|n| n * 7 % pass.classes()).collect();
    let batch = Batch {
        input: &input,
        is_prepared: true,
        labels: &labels,
    };
    let options = Options {
        wants_input: false,
        ..Options::default()
    };
    let own = quick.run(&weights, batch, 0.0).expect("a batch that fits");
    if !own.loss.is_finite() {
        // A maximum over padding alone is −∞, as in PyTorch, and a step ends there.
        let mut observer = |_, _| ControlFlow::Continue(());
        let plain = pass.run(&weights, batch, options, &mut observer);
        assert!(
            !plain.expect("a batch that fits").loss.is_finite(),
            "{what}"
        );
        return None;
    }
    let again = quick.run(&weights, batch, 0.0).expect("a batch that fits");
    assert_eq!(own.logits, again.logits, "{what}");
    for id in network.ids() {
        assert_eq!(own.layers[id], again.layers[id], "{what}");
    }
    let mut observer = |_, _| ControlFlow::Continue(());
    let plain = pass
        .run(&weights, batch, options, &mut observer)
        .expect("a batch that fits");
    let wide_weights: Vec<_> = weights.iter().map(LayerWeights::to::<f64>).collect();
    let wide_weights: Table<LayerWeights<f64>> = wide_weights.into();
    let mut exactly = |input: &Array4<f64>| -> Gradients<f64> {
        let batch = Batch {
            input,
            is_prepared: true,
            labels: &labels,
        };
        pass.run(&wide_weights, batch, options, &mut observer)
            .expect("a batch that fits")
    };
    let wide = input.mapv(f64::from);
    let exact = exactly(&wide);
    let largest = network
        .ids()
        .flat_map(|id| &exact.layers[id])
        .map(|own| rms(own.iter()))
        .fold(0.0, f64::max);
    let mut worst = Distances::default();
    let mut count = 0;
    for id in network.ids() {
        assert_eq!(own.layers[id].len(), exact.layers[id].len(), "{what}");
        let each = own.layers[id].iter().zip(&plain.layers[id]);
        for ((own, plain), exact) in each.zip(&exact.layers[id]) {
            let scale = rms(exact.iter()).max(1e-3 * largest);
            let off = distance(own, exact) / scale;
            if off > worst.quick {
                worst.place = named(&network, id, rms(exact.iter()) / largest);
            }
            worst.quick = worst.quick.max(off);
            worst.plain = worst.plain.max(distance(plain, exact) / scale);
            count += 1;
        }
    }
    let variances = |of: &BatchStatistics| of.variance_biased.mapv(f64::from);
    for ((id, own), (other, plain), (_, exact)) in
        izip(&own.statistics, &plain.statistics, &exact.statistics)
    {
        assert_eq!(id, other, "{what}");
        let [own, plain, exact] = [own, plain, exact].map(variances);
        let scale = rms(exact.iter()).max(1e-6);
        let apart = |of: &Array1<f64>| rms((of - &exact).iter()) / scale;
        assert!(apart(&own) <= TOLERANCE.max(10.0 * apart(&plain)), "{what}");
    }
    assert_eq!(own.statistics.len(), plain.statistics.len(), "{what}");
    let apart = (own.loss - exact.loss).abs() / exact.loss.abs().max(1.0);
    assert!(apart < TOLERANCE, "{what}: {} {}", own.loss, exact.loss);
    assert!(count > 0, "{what}");
    if !worst.holds() {
        look_near(&mut worst, &own, &exact, seed, |change| {
            exactly(&wide.mapv(change))
        });
    }
    Some(worst)
}

#[test]
fn random_networks_have_the_gradients_of_the_plain_kernels() {
    let (mut made, mut worst) = (0, Distances::default());
    let mut seed = number("RESNET_EXPLORE_SEED", 0);
    let wanted = number("RESNET_EXPLORE_NETWORKS", 80);
    let (mut corners, mut lost, mut failed) = (0, 0, Vec::new());
    while made < wanted {
        let mut numbers = Numbers(seed);
        let text = Spec::random(&mut numbers);
        seed += 1;
        let network = open_text("random.toml", &text, &Overrides::default()).network;
        let (shapes, _) = check::shapes(&network);
        let is_small = |id| shapes[id].is_some_and(|shape| shape.elements() < 20_000);
        if network.is_empty() || !check::check(&network).is_empty() || !network.ids().all(is_small)
        {
            continue;
        }
        let images = 2 + numbers.below(9) as usize;
        let Some(found) = compare(&network, images, seed, &text) else {
            continue;
        };
        made += 1;
        if !found.holds() {
            failed.push(format!(
                "RESNET_EXPLORE_SEED={} RESNET_EXPLORE_NETWORKS=1: {:.1e}, plain {:.1e}, next to it {:?}{}\n{text}",
                seed - 1,
                found.quick,
                found.plain,
                found.corner,
                found.place
            ));
        }
        if found.corner.is_some() {
            corners += 1;
        } else if found.plain < 1e-2 {
            // Beyond, a gradient in single precision says nothing: a normalisation over equal values enlarges what it rounds.
            worst.quick = worst.quick.max(found.quick);
            worst.plain = worst.plain.max(found.plain);
        } else {
            lost += 1;
        }
    }
    println!(
        "{made} networks of {seed}: {:.1e}, plain kernels {:.1e}; {corners} next to a corner, {lost} lost to rounding",
        worst.quick, worst.plain
    );
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    assert!(
        corners * 10 <= made && lost * 4 <= made,
        "{corners}, {lost} of {made}"
    );
}

/// A network whose last normalisation sees one value an image and channel, after a layer whose shift has no effect.
const LAST: &str = r#"
act = "relu"
input = [20, 5, 6]
classes = 40
block = "basic"
blocks = [1]
widths = [8]
strides = [1]
[stem]
layers = [{ conv = "first", kernel = 3, out = 8, padding = 1 }, { norm = "after" }, { act = "relu" }]
[head]
layers = [{ global_avg_pool = "mean" }, { flatten = "flat" }, { linear = "linear", out = 19 }, { norm = "last", kind = "batch" }, { linear = "fc", out = "classes" }]
[norm]
kind = "group"
groups = 1
"#;

/// A normalisation over few values leaves little of its gradient, and over two next to nothing: terms in single precision would
/// lose it.
#[test]
fn few_values_are_normalised_as_closely_as_by_the_plain_kernels() {
    let model = open_text("few.toml", LAST, &Overrides::default());
    assert!(model.problems.is_empty(), "{:?}", model.problems);
    let network = model.network;
    for images in 2..10 {
        for seed in 1..6 {
            let found = compare(&network, images, seed, LAST).expect("it has a quick pass");
            println!(
                "{images} images: {:.1e}, plain {:.1e}",
                found.quick, found.plain
            );
            assert!(
                found.quick <= TOLERANCE.max(10.0 * found.plain),
                "{images} images, {seed}: {:.1e}, plain {:.1e}",
                found.quick,
                found.plain
            );
        }
    }
}

/// Biases that a normalisation of the batch takes away, at once or through a pool and a linear layer; only `fc` has one that counts.
const SHIFTS: &str = r#"
act = "relu"
input = [3, 6, 6]
classes = 5
block = "basic"
blocks = [1]
widths = [8]
strides = [1]
[stem]
layers = [{ conv = "first", kernel = 3, out = 8, padding = 1, bias = true }, { norm = "after" }, { act = "relu" }]
[head]
layers = [{ conv = "last", kernel = 1, out = 8, bias = true }, { global_avg_pool = "mean" }, { flatten = "flat" }, { linear = "linear", out = 6 }, { norm = "norm", kind = "batch" }, { linear = "fc", out = "classes" }]
"#;

/// Summed up in single precision they would be noise that grows with the batch.
#[test]
fn a_bias_without_effect_has_no_gradient() {
    let model = open_text("shifts.toml", SHIFTS, &Overrides::default());
    assert!(model.problems.is_empty(), "{:?}", model.problems);
    let network = Arc::new(model.network);
    let pass = Backward::new(Arc::clone(&network), Mode::Training).expect("derivatives");
    let quick = Quick::new(&pass, true).expect("a quick pass");
    let weights = LoadedWeights::load(&network, &Synthetic { seed: 4 }).expect("any weights");
    let input = synthetic_input(4, &[70, 3, 6, 6]);
    let input: Array4<f32> = input.into_dimensionality().expect("four sides");
    let labels: Vec<usize> = (0..70).map(|n| n % 5).collect();
    let batch = Batch {
        input: &input,
        is_prepared: true,
        labels: &labels,
    };
    let own = quick
        .run(&weights.all(), batch, 0.0)
        .expect("a batch that fits");
    let has_effect = |path: &str| {
        let mut nodes = network.nodes();
        let (id, _) = nodes
            .find(|(_, node)| node.path.to_string() == path)
            .expect(path);
        own.layers[id][1].iter().any(|gradient| *gradient != 0.0)
    };
    assert_eq!(
        ["first", "last", "linear", "fc"].map(has_effect),
        [false, false, false, true]
    );
    let found = compare(&network, 70, 4, SHIFTS).expect("a quick pass");
    assert!(
        found.holds(),
        "{:.1e}, plain {:.1e}",
        found.quick,
        found.plain
    );
}

#[test]
fn shipped_networks_have_the_gradients_of_the_plain_kernels() {
    for (name, size, images) in [
        ("resnet20_fashion", 28, 10),
        ("resnet20_cifar_b", 20, 9),
        ("plain20_digits", 8, 64),
        ("resnet56_digits", 8, 33),
        ("resnet18", 40, 5),
        ("resnet50d", 33, 3),
        ("seresnet50", 32, 4),
        ("resnext50_32x4d", 32, 4),
        ("kuangliu_preact_resnet18", 20, 8),
    ] {
        let overrides = Overrides {
            input_size: Some([size; 2]),
            ..Overrides::default()
        };
        let Ok(model) = open(name, &overrides) else {
            panic!("{name} is not shipped");
        };
        let found = compare(&model.network, images, 3, name).expect("it has a quick pass");
        println!(
            "{name:22} {:.1e}, plain {:.1e}, next to it {:?}",
            found.quick, found.plain, found.corner
        );
        assert!(found.holds(), "{name}: {:?}", found.corner);
    }
}

/// Among millions of rectified values some lie within rounding of 0, and one of them is 4·10⁻³ of a normalisation's gradient: a smooth
/// activation shows whether anything else is off in a large batch, whose pieces differ in length here.
#[test]
fn a_large_batch_without_corners_has_the_gradients_of_the_plain_kernels() {
    let text = "inherits = \"resnet20_cifar\"\nact = \"silu\"\n";
    let model = open_text("smooth.toml", text, &Overrides::default());
    assert!(model.problems.is_empty(), "{:?}", model.problems);
    let found = compare(&model.network, 60, 3, text).expect("it has a quick pass");
    println!("{:.1e}, plain {:.1e}", found.quick, found.plain);
    assert!(found.corner.is_none(), "{:.1e}{}", found.quick, found.place);
}
