//! Each rule on layers small enough to count by hand.

use super::{Call, Rule};
use crate::network::layer::{BatchNorm2d, Conv2d, Linear};
use crate::network::{
    Activation, Combine, Conv, Layer, Norm, Pool, Preprocess, Reshape, Shape, Window,
};

/// Counts of every rule for a layer, in the order of [`Rule::ALL`].
fn counts(layer: &Layer, inputs: &[Shape], output: Shape, function: bool) -> [u128; 10] {
    let call = Call {
        layer,
        inputs,
        output,
        function,
    };
    Rule::ALL.map(|rule| rule.count(&call))
}

fn conv(groups: u64, bias: bool) -> Layer {
    Layer::Conv(Conv::Spatial(Conv2d {
        in_channels: 4,
        out_channels: 6,
        window: Window::square(3, 2, 1),
        groups,
        bias,
        standardize: None,
    }))
}

const IN: Shape = Shape::map(4, 8, 8);

#[test]
fn a_convolution_is_its_weights_at_every_output_pixel() {
    // 6·4·4 = 96 outputs; each sees 4·3·3 = 36 values, or 18 in two groups.
    let output = Shape::map(6, 4, 4);
    assert_eq!(
        counts(&conv(1, false), &[IN], output, false),
        [3456, 6912, 3456, 3456, 3456, 3456, 3456, 3456, 6912, 6912]
    );
    assert_eq!(
        counts(&conv(2, false), &[IN], output, false),
        [1728, 3456, 1728, 1728, 1728, 1728, 1728, 1728, 3456, 3456]
    );
    assert_eq!(
        counts(&conv(1, true), &[IN], output, false),
        [3456, 6912, 3456, 3552, 3552, 3456, 3552, 3552, 7008, 7008]
    );
}

#[test]
fn a_linear_layer_is_its_weights_and_by_some_rules_its_biases() {
    let linear = Layer::Linear(Linear {
        in_features: 8,
        out_features: 10,
        bias: true,
    });
    let (input, output) = (
        Shape::Vector { features: 8 },
        Shape::Vector { features: 10 },
    );
    assert_eq!(
        counts(&linear, &[input], output, false),
        [80, 160, 80, 90, 90, 80, 90, 90, 170, 160]
    );
}

#[test]
fn batch_norm_is_nothing_twice_or_four_times_its_elements_or_its_parameters() {
    let norm = Layer::Norm(Norm::Batch(BatchNorm2d {
        features: 4,
        eps: 1e-5,
        vectors: false,
        momentum: 0.1,
    }));
    assert_eq!(
        counts(&norm, &[IN], IN, false),
        [0, 0, 512, 512, 0, 1024, 8, 0, 0, 512]
    );
}

#[test]
fn a_relu_is_counted_by_how_it_is_called() {
    assert_eq!(
        counts(&Layer::Activation(Activation::Relu), &[IN], IN, false),
        [0, 0, 0, 512, 0, 0, 0, 512, 0, 256]
    );
    assert_eq!(
        counts(&Layer::Activation(Activation::Relu), &[IN], IN, true),
        [0, 0, 0, 256, 0, 0, 0, 512, 0, 256]
    );
}

#[test]
fn pools_are_counted_by_input_window_stride_or_output() {
    // 256 values in, 4·4·4 = 64 out; the window has 9 pixels, the stride steps over 4.
    let (window, output) = (Window::square(3, 2, 1), Shape::map(4, 4, 4));
    assert_eq!(
        counts(&Layer::Pool(Pool::Max(window)), &[IN], output, false),
        [0, 0, 0, 512, 0, 0, 0, 512, 576, 256]
    );
    assert_eq!(
        counts(
            &Layer::Pool(Pool::Average {
                window,
                count_include_pad: true
            }),
            &[IN],
            output,
            false
        ),
        [0, 0, 0, 512, 0, 64, 0, 512, 576, 256]
    );
    assert_eq!(
        counts(
            &Layer::Pool(Pool::Global),
            &[IN],
            Shape::map(4, 1, 1),
            false
        ),
        [0, 0, 256, 512, 0, 260, 0, 256, 256, 256]
    );
}

#[test]
fn an_addition_counts_where_the_tool_sees_it() {
    assert_eq!(
        counts(&Layer::Combine(Combine::Add), &[IN, IN], IN, false),
        [0, 0, 0, 0, 0, 0, 0, 256, 256, 0]
    );
}

#[test]
fn what_moves_numbers_and_prepares_pictures_is_free() {
    let pad = Layer::Reshape(Reshape::PadShortcut {
        stride: [2; 2],
        channels: 8,
        zeros: crate::network::layer::Zeros::BothEnds,
    });
    assert_eq!(counts(&pad, &[IN], Shape::map(8, 4, 4), false), [0; 10]);
    let vector = Shape::Vector { features: 256 };
    assert_eq!(
        counts(&Layer::Reshape(Reshape::Flatten), &[IN], vector, false),
        [0; 10]
    );
    let scale = Layer::Preprocess(Preprocess::Scale { divisor: 255.0 });
    assert_eq!(counts(&scale, &[IN], IN, false), [0; 10]);
}

#[test]
fn a_name_finds_its_rule() {
    for rule in Rule::ALL {
        assert_eq!(Rule::parse(rule.name()), Some(rule));
    }
    assert_eq!(Rule::parse("flops"), None);
}
