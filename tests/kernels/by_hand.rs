//! Kernels against cases computed by hand.

use super::reference::{compare, conv2d_reference, map};
use ndarray::{Array4, arr1, arr2, array, s};
use resnet_explore::engine::kernels::{self, backward};
use resnet_explore::network::{Activation, Rounding, Window};

#[test]
fn views_that_are_not_row_major_give_the_same_convolution() {
    let input = map(1, [2, 9, 8, 6]);
    let weight = map(2, [3, 3, 5, 6]);
    let window = Window::square(3, 1, 1);
    let (turned, turned_weight) = (
        input.clone().reversed_axes(),
        weight.clone().reversed_axes(),
    );
    let copied = kernels::conv2d(
        turned.as_standard_layout().view(),
        turned_weight
            .as_standard_layout()
            .slice(s![.., ..4, .., ..]),
        None,
        &window,
        2,
    );
    let viewed = kernels::conv2d(
        turned.view(),
        turned_weight.slice(s![.., ..4, .., ..]),
        None,
        &window,
        2,
    );
    assert_eq!(copied, viewed);
}

#[test]
fn a_map_unfolded_strip_by_strip_is_whole() {
    // 40 · 9 products of 40 · 30 positions are more than a strip holds.
    let (input, weight) = (map(3, [1, 40, 40, 30]), map(4, [5, 40, 3, 3]));
    let window = Window::square(3, 1, 1);
    let found = kernels::conv2d(input.view(), weight.view(), None, &window, 1);
    let reference = conv2d_reference(&input, &weight, None, &window, 1);
    compare("strips", &found, &reference).unwrap();
}

#[test]
fn a_three_by_three_average_counts_its_padding_only_when_asked() {
    let input = array![[[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]]];
    let window = Window::square(3, 2, 1);
    let all = kernels::avg_pool(input.view(), &window, true);
    assert_eq!(
        all,
        array![[[[12.0 / 9.0, 16.0 / 9.0], [24.0 / 9.0, 28.0 / 9.0]]]]
    );
    let inside = kernels::avg_pool(input.view(), &window, false);
    assert_eq!(inside, array![[[[3.0, 4.0], [6.0, 7.0]]]]);
}

#[test]
fn ceil_mode_divides_by_the_pixels_that_exist() {
    // torch.nn.AvgPool2d(2, 2, ceil_mode=True) on 3×3: the last windows are cut off, and so is their divisor.
    let input = array![[[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]]];
    let window = Window {
        rounding: Rounding::Ceil,
        ..Window::square(2, 2, 0)
    };
    for include_padding in [true, false] {
        let found = kernels::avg_pool(input.view(), &window, include_padding);
        assert_eq!(found, array![[[[3.0, 4.5], [7.5, 9.0]]]]);
    }
    assert_eq!(
        kernels::max_pool(input.view(), &window),
        array![[[[5.0, 6.0], [8.0, 9.0]]]]
    );
}

#[test]
fn a_max_pool_ignores_its_padding_and_keeps_nan() {
    let input = array![[[[-3.0, -2.0], [-5.0, -4.0]]]];
    let window = Window::square(3, 2, 1);
    assert_eq!(kernels::max_pool(input.view(), &window), array![[[[-2.0]]]]);
    let input = array![[[[1.0, f32::NAN], [2.0, 3.0]]]];
    assert!(kernels::max_pool(input.view(), &window)[[0, 0, 0, 0]].is_nan());
}

#[test]
fn a_constant_input_normalises_to_beta() {
    let input = Array4::from_elem([2, 2, 3, 3], 7.0_f32);
    let (gamma, beta) = (arr1(&[2.0_f32, 3.0]), arr1(&[0.25_f32, -1.0]));
    let (output, statistics) =
        kernels::batch_norm_training(input.view(), Some(gamma.view()), Some(beta.view()), 1e-5);
    assert!(
        output
            .indexed_iter()
            .all(|((_, c, _, _), y)| y.to_bits() == beta[c].to_bits())
    );
    assert_eq!(statistics.mean, arr1(&[7.0, 7.0]));
    assert_eq!(statistics.variance_unbiased, arr1(&[0.0, 0.0]));
}

#[test]
fn a_batch_of_one_pixel_has_no_unbiased_variance() {
    let input = array![[[[5.0]], [[-1.0]]]];
    let (output, statistics) = kernels::batch_norm_training(input.view(), None, None, 1e-5);
    assert_eq!(output, Array4::<f32>::zeros([1, 2, 1, 1]));
    assert_eq!(statistics.variance_biased, arr1(&[0.0, 0.0]));
    assert!(statistics.variance_unbiased.iter().all(|v| v.is_nan()));
}

#[test]
fn running_statistics_move_by_the_momentum() {
    let mut running = arr1(&[1.0, 0.0]);
    kernels::update_running(&mut running, &arr1(&[3.0, 8.0]), 0.25);
    assert_eq!(running, arr1(&[1.5, 2.0]));
}

#[test]
fn a_softmax_of_large_numbers_stays_finite() {
    let found = kernels::softmax(arr2(&[[1e30, 1e30], [-1e30, 0.0]]).view());
    assert_eq!(found, arr2(&[[0.5, 0.5], [0.0, 1.0]]));
}

#[test]
fn a_relu_hides_no_nan() {
    let found = kernels::each(arr1(&[-1.0, 2.0, f32::NAN]).view(), |x| {
        Activation::Relu.value(x)
    });
    assert_eq!(found.slice(s![..2]), arr1(&[0.0, 2.0]));
    assert!(found[2].is_nan());
}

/// Numbers of PyTorch's autograd; others would be right too, but a fault must not become a zero.
#[test]
fn the_gradient_at_nan_is_pytorchs() {
    let functions = [
        Activation::Relu,
        Activation::Relu6,
        Activation::LeakyRelu { slope: 0.3 },
        Activation::Elu { alpha: 0.8 },
        Activation::HardSwish,
    ];
    let found = functions.map(|function| function.derivative(f64::NAN));
    assert_eq!(arr1(&found), arr1(&[1.0, 1.0, 0.3, 1.0, 1.0]));
    let (input, slope) = (arr2(&[[f64::NAN, -1.0]]).into_dyn(), arr1(&[0.3]));
    let (found, of_slope) = backward::elementwise::with_slopes(
        input.view(),
        arr2(&[[1.0, 1.0]]).into_dyn().view(),
        slope.view(),
        |x, slope| Activation::LeakyRelu { slope }.derivative(x),
    );
    assert_eq!(found, arr2(&[[0.3, 0.3]]).into_dyn());
    assert!(of_slope[0].is_nan());
    // Both sides of a maximum of which one is NaN.
    let (one, nan) = (arr1(&[1.0]), arr1(&[f64::NAN]));
    let map = array![[[[1.0, -2.0]]]];
    let found = backward::group::filter_response_norm(
        map.view(),
        Array4::ones([1, 1, 1, 2]).view(),
        [one.view(), one.view(), nan.view()],
        1e-5,
    );
    assert_eq!([found.norm.beta, found.third], [arr1(&[2.0]), arr1(&[2.0])]);
}
