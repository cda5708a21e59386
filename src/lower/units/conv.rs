//! Convolution.

use super::padding::{Padding, pad_same};
use super::{Unit, decode, required};
use crate::lower::builder::Builder;
use crate::message;
use crate::network::layer::{Conv2d, Standardize};
use crate::network::{self, Layer, Rounding, Window, limits};
use crate::spec::Located;
use crate::spec::decode::{Decode, table};
use crate::spec::expr::Expr;
use crate::spec::pair::Pair;

table! {
    /// A convolution: `torch.nn.Conv2d`.
    pub(super) struct Conv {
        /// Name of the module.
        conv: String = "conv",
        /// Size of the kernel: one number, or height and width.
        kernel: Pair<Expr> = "kernel",
        /// Output channels.
        out: Expr = "out",
        /// Stride, or strides along height and width; default 1.
        stride: Pair<Expr> = "stride",
        /// Padding on each side, or above and below, and on the left and right; the default keeps the size at stride 1:
        /// dilation × (kernel − 1) / 2. "same" is TensorFlow's: as much as ⌈size / stride⌉ needs, with the larger part of an
        /// odd number at the bottom and right.
        padding: Padding = "padding",
        /// Distance between the pixels that the kernel reads, or distances along height and width; default 1.
        dilation: Pair<Expr> = "dilation",
        /// Number of channel groups, each convolved separately; default 1.
        groups: Expr = "groups",
        /// Whether it adds a learned bias to each channel; default false.
        bias: bool = "bias",
        /// Whether its weights are standardised if those of the network's convolutions are; default true.
        standardize: bool = "standardize",
    }
}

/// A convolution inside a larger unit, without bias, with the network's standardisation of weights.
pub(super) fn plain_conv(
    in_channels: u64,
    out_channels: u64,
    window: Window,
    groups: u64,
    builder: &Builder,
) -> Layer {
    Layer::Conv(network::Conv::Spatial(Conv2d {
        in_channels,
        out_channels,
        window,
        groups,
        bias: false,
        standardize: builder.settings.standardize.get(),
    }))
}

/// A 3×3 window that keeps the size at stride 1.
pub(super) const fn three(stride: [u64; 2]) -> Window {
    let mut window = Window::square(3, 1, 1);
    window.stride = stride;
    window
}

pub(super) const CONV: Unit = Unit {
    key: "conv",
    schema: Conv::schema,
    lower: |layer, builder| {
        let unit: &Conv = decode(layer, builder)?;
        let name = unit.conv.as_ref()?;
        let kernel = required(unit.kernel.as_ref(), "kernel", layer, builder);
        let out = required(unit.out.as_ref(), "out", layer, builder);
        let kernel = kernel
            .and_then(|pair| builder.sizes("size-kernel", &pair.value, 1, [limits::WINDOW; 2]));
        let out_channels =
            out.and_then(|out| builder.size("size-output-channels", out, 1, limits::CHANNELS));
        let mut or_one =
            |what: &'static str, pair| builder.sizes_or(what, pair, [1; 2], 1, limits::WINDOW);
        let stride = or_one("size-stride", unit.stride.as_ref());
        let dilation = or_one("size-dilation", unit.dilation.as_ref());
        let groups = builder.groups(unit.groups.as_ref());
        let is_same = Padding::is_same(unit.padding.as_ref());
        let padding = match unit.padding.as_ref().and_then(Padding::pair) {
            Some(pair) => builder.sizes("size-padding", pair, 0, [limits::WINDOW; 2]),
            None if is_same => Some([0; 2]),
            None => kernel.zip(dilation).map(|(kernel, dilation)| {
                [0, 1].map(|axis| dilation[axis] * (kernel[axis] - 1) / 2)
            }),
        };
        let window = Window {
            kernel: kernel?,
            stride: stride?,
            padding: padding?,
            dilation: dilation?,
            rounding: Rounding::Floor,
        };
        let window = builder.dilated(window);
        let window = if is_same {
            pad_same(&name.value, &layer.place, window, builder)
        } else {
            builder.keep_size(&name.value, &layer.place, window)
        };
        let conv = network::Conv::Spatial(Conv2d {
            in_channels: builder.channels(),
            out_channels: out_channels?,
            window,
            groups: groups?,
            bias: unit.bias.as_ref().is_some_and(|bias| bias.value),
            standardize: standardize(unit.standardize.as_ref(), builder),
        });
        builder.push(&name.value, Some(&layer.place), conv);
        Some(())
    },
};

/// Standardisation of a network's convolution weights.
const STANDARDIZE: &str = "conv = { standardize = 1e-6 }";

/// Standardisation of the weights: the network's, unless the unit refuses it.
fn standardize(own: Option<&Located<bool>>, builder: &mut Builder) -> Option<Standardize> {
    let settings = &builder.settings.standardize;
    // A gate's convolutions of one pixel are plain in timm's networks too; what a gate does is its own affair.
    if builder.gates > 0 && own.is_none() {
        return None;
    }
    match own {
        Some(own) if !own.value => return None,
        Some(own) if settings.peek().is_none() => {
            builder.no_effect(
                "standardize",
                &own.place,
                message!("why-nothing-standardized"),
                message!("help-let-network-standardize", example = STANDARDIZE),
            );
            return None;
        }
        _ => {}
    }
    settings.get()
}
