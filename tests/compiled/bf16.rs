//! Convolutions and linear layers in bf16 against sums in f64 of numbers that are rounded to bf16 first, on every kind of
//! kernel and in every way to multiply.

use std::sync::Arc;

use half::bf16;
use ndarray::{Array4, ArrayD, IxDyn};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use resnet_explore::engine::{
    Compiled, Input, Isa, LayerWeights, LoadedWeights, Options, Products,
};
use resnet_explore::network::layer::{Conv2d, Linear};
use resnet_explore::network::{Conv, Layer, Network, Pool, Reshape};
use resnet_explore::weights::{Synthetic, synthetic_input};

use super::generated::{Chain, conv, windows};

/// Kernels and ways to multiply that this processor has.
fn ways() -> Vec<(Isa, Products)> {
    let isas = Isa::ALL.into_iter().filter(|isa| isa.is_available());
    isas.flat_map(|isa| {
        let best = Products::best(isa);
        let both = [Products::Halves, best];
        both.into_iter()
            .take(if best == Products::Halves { 1 } else { 2 })
            .map(move |products| (isa, products))
    })
    .collect()
}

fn rounded(x: f32) -> f64 {
    f64::from(bf16::from_f32(x).to_f32())
}

/// Each output's exact sum of rounded numbers, with the sum of the products' magnitudes and their number.
type Sums = ArrayD<(f64, f64, usize)>;

fn convolved(x: &Array4<f32>, own: &Conv2d, weights: &LayerWeights) -> Sums {
    let tensors = weights.tensors();
    let (weight, bias) = (&tensors[0], tensors.get(1));
    let window = &own.window;
    let [kernel, stride, dilation, padding] = [
        window.kernel,
        window.stride,
        window.dilation,
        window.padding,
    ]
    .map(|pair| pair.map(|n| n as usize));
    let (images, _, height, width) = x.dim();
    let size = |axis: usize, side: usize| {
        (side + 2 * padding[axis] - dilation[axis] * (kernel[axis] - 1) - 1) / stride[axis] + 1
    };
    let outputs = own.out_channels as usize;
    let [inputs, out_of_group] =
        [own.in_channels, own.out_channels].map(|n| (n / own.groups) as usize);
    let shape = [images, outputs, size(0, height), size(1, width)];
    ArrayD::from_shape_fn(IxDyn(&shape), |at| {
        let (image, output) = (at[0], at[1]);
        let mut sums = (bias.map_or(0.0, |bias| f64::from(bias[[output]])), 0.0, 1);
        sums.1 = sums.0.abs();
        for channel in 0..inputs {
            for row in 0..kernel[0] {
                for column in 0..kernel[1] {
                    let y = (at[2] * stride[0] + row * dilation[0]).checked_sub(padding[0]);
                    let place = (at[3] * stride[1] + column * dilation[1]).checked_sub(padding[1]);
                    if let (Some(y), Some(place)) = (y, place)
                        && y < height
                        && place < width
                    {
                        let from = output / out_of_group * inputs + channel;
                        let product = rounded(x[[image, from, y, place]])
                            * rounded(weight[[output, channel, row, column]]);
                        sums = (sums.0 + product, sums.1 + product.abs(), sums.2 + 1);
                    }
                }
            }
        }
        sums
    })
}

/// Fails where a number is further from its exact sum than the roundings of a sum in any order allow.
fn holds(network: Network, x: Array4<f32>, right: &Sums) -> Result<(), TestCaseError> {
    let network = Arc::new(network);
    let weights = LoadedWeights::load(&network, &Synthetic { seed: 3 }).expect("any weights");
    let images = x.dim().0;
    let input = Input::Prepared(x);
    for (isa, products) in ways() {
        for threads in [1, 3] {
            let options = Options {
                batch: images,
                threads: Some(threads),
                isa,
                bf16: Some(products),
                apart: Some(64),
                ..Options::default()
            };
            let mut compiled =
                Compiled::new(Arc::clone(&network), &*weights, options).expect("a legal network");
            let found = compiled.run(&input).expect("an input that fits");
            prop_assert_eq!(found.len(), right.len());
            for (found, (sum, magnitude, count)) in found.iter().zip(right) {
                // Each addition rounds by half a unit in the last place of at most the sum of the magnitudes.
                let bound = (*count as f64 + 2.0) * f64::from(f32::EPSILON) * magnitude + 1e-30;
                let error = (f64::from(*found) - sum).abs();
                prop_assert!(
                    error <= bound,
                    "{isa} {products:?}, {threads} threads: {found} for {sum}, {error:e} of {bound:e}"
                );
            }
        }
    }
    Ok(())
}

fn input(images: usize, channels: u64, size: [u64; 2]) -> Array4<f32> {
    let shape = [
        images,
        channels as usize,
        size[0] as usize,
        size[1] as usize,
    ];
    synthetic_input(3, &shape)
        .into_dimensionality()
        .expect("four dimensions")
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 60,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(2016),
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_convolution_is_the_exact_sum_of_rounded_numbers(
        (window, size) in windows(),
        images in 1..3_usize,
        groups in prop_oneof![Just(1_u64), Just(2), Just(5)],
        depth in 1..40_u64,
        filters in 1..40_u64,
        bias: bool,
    ) {
        let layer = conv(groups * depth, groups * filters, window, groups, bias);
        let (mut chain, from) = Chain::new(groups * depth, size);
        let id = chain.add("conv", layer.clone(), &[from]);
        let x = input(images, groups * depth, size);
        let Layer::Conv(Conv::Spatial(own)) = &layer else { unreachable!("a convolution") };
        let network = chain.0;
        let weights = LoadedWeights::load(&network, &Synthetic { seed: 3 }).expect("any weights");
        let right = convolved(&x, own, weights.of(id));
        holds(network, x, &right)?;
    }

    #[test]
    fn a_linear_layer_is_the_exact_sum_of_rounded_numbers(
        features in 1..80_u64,
        outputs in 1..80_u64,
        images in 1..4_usize,
    ) {
        let (mut chain, from) = Chain::new(features, [1, 1]);
        let pool = chain.add("pool", Layer::Pool(Pool::Global), &[from]);
        let pool = chain.add("flatten", Layer::Reshape(Reshape::Flatten), &[pool]);
        let layer = Layer::Linear(Linear { in_features: features, out_features: outputs, bias: true });
        let id = chain.add("fc", layer, &[pool]);
        let x = input(images, features, [1, 1]);
        let network = chain.0;
        let weights = LoadedWeights::load(&network, &Synthetic { seed: 3 }).expect("any weights");
        let tensors = weights.of(id).tensors();
        let right = ArrayD::from_shape_fn(IxDyn(&[images, outputs as usize]), |at| {
            let bias = f64::from(tensors[1][[at[1]]]);
            (0..features as usize).fold((bias, bias.abs(), 1), |sums, from| {
                let product = rounded(x[[at[0], from, 0, 0]]) * rounded(tensors[0][[at[1], from]]);
                (sums.0 + product, sums.1 + product.abs(), sums.2 + 1)
            })
        });
        holds(network, x, &right)?;
    }
}

/// Between the ways a number may round to a neighbour where sums differ in their last bit, which the next layer sees; beside
/// f32 the whole answer is bf16's.
#[test]
fn a_network_in_bf16_is_as_far_from_f32_as_bf16_is() {
    let model = super::sized("resnet18", [64; 2]);
    let network = Arc::new(model.network.clone());
    let weights = LoadedWeights::load(&network, &Synthetic { seed: 5 }).expect("any weights");
    let x = Input::Prepared(input(2, 3, [64, 64]));
    let run = |isa: Isa, products: Option<Products>| {
        let options = Options {
            batch: 2,
            isa,
            bf16: products,
            ..Options::default()
        };
        let compiled = Compiled::new(Arc::clone(&network), &*weights, options);
        compiled.expect("a legal network").run(&x).expect("it fits")
    };
    let whole = run(Isa::best(), None);
    let rms = |values: &mut dyn Iterator<Item = f32>| {
        let squares: Vec<f64> = values.map(|x| f64::from(x).powi(2)).collect();
        (squares.iter().sum::<f64>() / squares.len() as f64).sqrt()
    };
    let scale = rms(&mut whole.iter().copied());
    let first = run(Isa::Portable, Some(Products::Halves));
    for (isa, products) in ways() {
        let found = run(isa, Some(products));
        let error = rms(&mut found.iter().zip(&whole).map(|(a, b)| a - b)) / scale;
        assert!(
            (1e-4..2e-2).contains(&error),
            "{isa} {products:?}: {error:e}"
        );
        let other = rms(&mut found.iter().zip(&first).map(|(a, b)| a - b)) / scale;
        assert!(
            other <= 0.5 * error,
            "{isa} {products:?}: {other:e} of {error:e}"
        );
    }
}
