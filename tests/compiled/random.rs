//! Random networks of every unit and every block: the compiled pass on every kind of kernel, with one thread and two, and the
//! stepped one, against the plain pass in double precision, with each map in separate memory between NaNs.
//!
//! `RESNET_EXPLORE_NETWORKS` is the number of networks, `RESNET_EXPLORE_SEED` the first seed, and `RESNET_EXPLORE_APART` the
//! number of NaNs on each side of a map (0 if a tool checks the memory itself).

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use ndarray::Array4;
use resnet_explore::engine::{
    Compiled, Input, Isa, Keep, LoadedWeights, Mode, Options, Precision, Products, Session, Tensor,
};
use resnet_explore::lower::{Overrides, open_text};
use resnet_explore::network::{Combine, Gate, Layer, LayerId, Network, Pool, check};
use resnet_explore::weights::{Synthetic, synthetic_input};

use super::spec::{Numbers, Spec};

fn rms(values: &Tensor) -> f64 {
    let squares: f64 = values.iter().map(|&y| f64::from(y).powi(2)).sum();
    (squares / values.len() as f64).sqrt()
}

/// Magnitude by which a layer's differences are measured: the rms of its values, or of what it sums if that is larger.
///
/// A sum is rounded to the magnitude of its summands, whatever they leave of each other: the mean of a normalised map is 0,
/// and each way of adding it up is as far from that as the map's own values are rounded.
fn magnitude(network: &Network, id: LayerId, right: &[Tensor]) -> f64 {
    let sums = match &network[id].layer {
        Layer::Pool(pool) => !matches!(pool, Pool::Max(_)),
        Layer::Combine(Combine::Add) | Layer::Gate(Gate::RadixSum { .. }) => true,
        _ => false,
    };
    let own = rms(&right[id.index()]).max(1e-3);
    let summands = network.inputs(id).into_iter().filter(|_| sums);
    summands
        .map(|operand| rms(&right[operand.index()]))
        .fold(own, f64::max)
}

/// Largest difference from the right number in parts of `magnitude`; infinite if one is NaN.
fn apart(found: &Tensor, right: &Tensor, magnitude: f64) -> f64 {
    assert_eq!(found.shape(), right.shape());
    let differences = found.iter().zip(right).map(|(a, b)| f64::from(a - b).abs());
    let worst = differences.fold(0.0, |most: f64, each| {
        if each.is_nan() {
            f64::INFINITY
        } else {
            most.max(each)
        }
    });
    worst / magnitude
}

fn values(network: &Network, session: &mut Session) -> Vec<Tensor> {
    let _ = session.run_all(&mut |_, _| ControlFlow::Continue(()));
    let of = |id: LayerId| session.value(id).expect("it ran").clone();
    network.ids().map(of).collect()
}

fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name)
        .ok()
        .map_or(usual, |text| text.parse().expect("a number"))
}

/// A network is right on one kind of kernel if no error exceeds this many times the plain kernels' worst error in single
/// precision, or 2e-5 of its layer's rms.
const TIMES: f64 = 16.0;

/// Further factor for transformed convolutions, whose own rounding is several times larger.
const TRANSFORMED: f64 = 4.0;

/// Number of passes in single precision whose worst error counts; the input of each but the first is changed by one ulp.
const ROUNDINGS: usize = 6;

#[allow(clippy::too_many_lines, reason = "one way of running after the other")]
pub(super) fn holds(
    seed: u64,
    images: usize,
    text: &str,
    network: &Arc<Network>,
    largest: &mut BTreeMap<String, f64>,
) {
    let mut numbers = Numbers(seed ^ 0x5EED);
    let Some(Layer::Input { channels, size }) = network.nodes().next().map(|(_, node)| &node.layer)
    else {
        panic!("no input");
    };
    let shape = [images as u64, *channels, size[0], size[1]].map(|n| n as usize);
    let input: Array4<f32> = synthetic_input(seed, &shape)
        .into_dimensionality()
        .expect("maps");
    let input = Input::Prepared(input);
    let weights = LoadedWeights::load(network, &Synthetic { seed }).expect("any weights");
    let begun = |input: &Input| {
        Session::new(
            Arc::clone(network),
            Arc::clone(&weights),
            input.clone(),
            Mode::Inference,
            Keep::Everything,
        )
        .expect("a legal network")
    };
    let session = || begun(&input);
    let precise = |input: &Input, precision| {
        let mut session = begun(input).in_precision(precision).expect("room");
        values(network, &mut session)
    };
    let right = precise(&input, Precision::Double);
    if right
        .iter()
        .any(|value| value.iter().any(|x| !x.is_finite()))
    {
        return;
    }
    let magnitudes: Vec<f64> = network
        .ids()
        .map(|id| magnitude(network, id, &right))
        .collect();
    // One pass may be right by luck: several of them round in different places.
    let mut off = vec![0.0_f64; right.len()];
    for turn in 0..ROUNDINGS {
        let own = match &input {
            Input::Prepared(array) if turn > 0 => Input::Prepared(array.mapv(|x| {
                let up = numbers.one_in(2);
                x * if up {
                    1.0 + f32::EPSILON
                } else {
                    1.0 - f32::EPSILON
                }
            })),
            _ => input.clone(),
        };
        for (place, single) in precise(&own, Precision::Single).iter().enumerate() {
            off[place] = off[place].max(apart(single, &right[place], magnitudes[place]));
        }
    }
    let mut bounds = Vec::new();
    let mut worst = 0.0_f64;
    for off in off {
        worst = worst.max(off);
        bounds.push((TIMES * worst).max(2e-5));
    }
    let mut held = |way: &str, id: LayerId, found: &Tensor| {
        let is_written = way.ends_with("direct") || way.ends_with("stepped");
        let bound = match bounds[id.index()] {
            bound if is_written || bound <= 2e-5 => bound,
            bound => TRANSFORMED * bound,
        };
        let off = apart(found, &right[id.index()], magnitudes[id.index()]);
        let most = largest.entry(way.to_owned()).or_default();
        if bounds[id.index()] <= 2e-5 {
            *most = most.max(off);
        }
        assert!(
            off <= bound,
            "network {seed} of {images} images, {way}: `{}` is {off:e} off, beyond {:e}\n{text}",
            network[id].path,
            bound
        );
    };
    let border = number("RESNET_EXPLORE_APART", 64) as usize;
    let sink = network.sink().expect("a whole network");
    for isa in Isa::ALL.into_iter().filter(|isa| isa.is_available()) {
        for threads in [1, 2] {
            for (way, winograd, each_layer, resident) in [
                ("fused", true, false, None),
                ("direct", false, false, None),
                ("each layer", true, true, None),
                ("in turns", true, false, Some(1)),
            ] {
                let options = Options {
                    batch: images,
                    threads: Some(threads),
                    isa,
                    winograd,
                    each_layer,
                    resident,
                    apart: Some(border),
                    ..Options::default()
                };
                let mut compiled = match Compiled::new(Arc::clone(network), &*weights, options) {
                    Ok(compiled) => compiled,
                    Err(error) => panic!("network {seed}, {isa} {way}: {error}\n{text}"),
                };
                let way = format!("{isa} {way}");
                if each_layer || resident.is_some() {
                    let watched = compiled.watch(&input, &mut |id, value| {
                        held(&way, id, value);
                        ControlFlow::Continue(())
                    });
                    assert_eq!(watched, Ok(ControlFlow::Continue(())));
                } else {
                    held(
                        &way,
                        sink,
                        &compiled.run(&input).expect("an input that fits"),
                    );
                }
            }
            for products in [Products::Halves, Products::best(isa)] {
                let options = Options {
                    batch: images,
                    threads: Some(threads),
                    isa,
                    bf16: Some(products),
                    apart: Some(border),
                    ..Options::default()
                };
                let mut compiled =
                    Compiled::new(Arc::clone(network), &*weights, options).expect("as in f32");
                let found = compiled.run(&input).expect("an input that fits");
                // A read beside a map would bring NaN.
                let is_held =
                    |(found, right): (&f32, &f32)| found.is_finite() || !right.is_finite();
                assert!(
                    found.iter().zip(&right[sink.index()]).all(is_held),
                    "network {seed} of {images} images, {isa} {products:?}\n{text}"
                );
            }
            let way = format!("{isa} stepped");
            let mut stepped = session().with_kernels(isa, threads);
            for (id, value) in network.ids().zip(values(network, &mut stepped)) {
                held(&way, id, &value);
            }
        }
        // In one memory, twice: the second pass finds the values that the first left there.
        for resident in [None, Some(1)] {
            let options = Options {
                batch: images,
                threads: Some(1),
                isa,
                resident,
                ..Options::default()
            };
            let mut compiled =
                Compiled::new(Arc::clone(network), &*weights, options).expect("as above");
            for _ in 0..2 {
                held(
                    &format!("{isa} shared"),
                    sink,
                    &compiled.run(&input).expect("an input that fits"),
                );
            }
        }
    }
}

/// A norm over equal values, whose mean must be that value to the last digit: its variance is zero, and all else is enlarged 316
/// times.
#[test]
fn the_mean_of_equal_values_is_that_value() {
    let seed = 500_601;
    let text = Spec::random(&mut Numbers(seed));
    let model = open_text("random.toml", &text, &Overrides::default());
    let norms = model.network.nodes().filter(|(_, node)| {
        matches!(
            node.layer,
            Layer::Norm(resnet_explore::network::Norm::Instance(_))
        )
    });
    assert_eq!(norms.count(), 3, "{text}");
    let network = Arc::new(model.network.clone());
    holds(seed, 2, &text, &network, &mut BTreeMap::new());
}

/// A mean of a normalised map, which is 0 but for rounding.
#[test]
fn a_mean_of_zero_is_measured_by_what_it_sums() {
    let seed = 705_773;
    let text = Spec::random(&mut Numbers(seed));
    let model = open_text("random.toml", &text, &Overrides::default());
    let network = Arc::new(model.network.clone());
    let images = 1 + Numbers(!seed).below(3) as usize;
    holds(seed, images, &text, &network, &mut BTreeMap::new());
}

#[test]
fn random_networks_are_what_the_plain_kernels_make_them() {
    let (wanted, mut seed) = (
        number("RESNET_EXPLORE_NETWORKS", 150),
        number("RESNET_EXPLORE_SEED", 0),
    );
    let mut largest = BTreeMap::new();
    let mut units: BTreeMap<String, u64> = BTreeMap::new();
    let (mut made, mut refused) = (0, 0);
    while made < wanted {
        let text = Spec::random(&mut Numbers(seed));
        let model = open_text("random.toml", &text, &Overrides::default());
        let network = Arc::new(model.network.clone());
        let small = network.ids().count() > 0 && {
            let (shapes, _) = check::shapes(&network);
            network
                .ids()
                .all(|id| shapes[id].is_some_and(|shape| shape.elements() < 200_000))
        };
        if check::check(&network).is_empty() && network.sink().is_some() && small {
            let images = 1 + Numbers(!seed).below(3) as usize;
            holds(seed, images, &text, &network, &mut largest);
            made += 1;
            for (_, node) in network.nodes() {
                let name = format!("{:?}", node.layer);
                let end = name
                    .find(|c: char| !c.is_alphanumeric())
                    .unwrap_or(name.len());
                *units.entry(name[..end].to_owned()).or_default() += 1;
            }
        } else {
            refused += 1;
        }
        seed += 1;
        assert!(
            refused < 20 * (made + 20),
            "the generator makes hardly a legal network: {refused} refused, {made} made\n{text}"
        );
    }
    println!("{made} networks, {refused} refused by `check`; layers: {units:?}");
    for (way, off) in &largest {
        println!("{way:24} {off:.1e}");
    }
}
