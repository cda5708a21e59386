//! Convolution.

use super::padding::{Padding, pad_same};
use super::{Unit, decode, required};
use crate::lower::builder::Builder;
use crate::network::layer::Conv2d;
use crate::network::{self, Layer, Rounding, Window, limits};
use crate::spec::decode::{Decode, table};
use crate::spec::expr::Expr;

table! {
    /// A convolution: `torch.nn.Conv2d`.
    pub(super) struct Conv {
        /// The module's name.
        conv: String = "conv",
        /// Height and width of the kernel.
        kernel: Expr = "kernel",
        /// Channels that it puts out.
        out: Expr = "out",
        /// Step; 1 unless said.
        stride: Expr = "stride",
        /// Border at each side; unless said, what keeps the size at stride 1: dilation × (kernel − 1) / 2. "same" is
        /// TensorFlow's: as much as ⌈size / stride⌉ needs, and where that is odd, the more at the bottom and right.
        padding: Padding = "padding",
        /// Distance between the pixels that the kernel reads; 1 unless said.
        dilation: Expr = "dilation",
        /// Groups of channels that do not see each other; 1 unless said.
        groups: Expr = "groups",
        /// Whether it adds a learned number to each channel; not unless said.
        bias: bool = "bias",
        /// Whether its weights are standardised, where the network's convolutions are; yes unless said.
        standardize: bool = "standardize",
    }
}

/// A convolution inside a larger unit, without bias, with the network's own treatment of weights.
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
        standardize: builder.settings.standardize,
    }))
}

pub(super) const CONV: Unit = Unit {
    key: "conv",
    schema: Conv::schema,
    lower: |layer, builder| {
        let unit: Conv = decode(layer, builder)?;
        let name = unit.conv.as_ref()?;
        let kernel = required(unit.kernel.as_ref(), "kernel", layer, builder);
        let out = required(unit.out.as_ref(), "out", layer, builder);
        let mut size = |what: &str, expr: Option<&_>, default, least, most| match expr {
            Some(expr) => builder.size(what, expr, least, most),
            None => default,
        };
        let kernel = size("the kernel", kernel, None, 1, limits::WINDOW);
        let out_channels = size(
            "the number of output channels",
            out,
            None,
            1,
            limits::CHANNELS,
        );
        let stride = size(
            "the stride",
            unit.stride.as_ref(),
            Some(1),
            1,
            limits::WINDOW,
        );
        let dilation = size(
            "the dilation",
            unit.dilation.as_ref(),
            Some(1),
            1,
            limits::WINDOW,
        );
        let groups = size(
            "the number of groups",
            unit.groups.as_ref(),
            Some(1),
            1,
            limits::CHANNELS,
        );
        let same = kernel
            .zip(dilation)
            .map(|(kernel, dilation)| dilation * (kernel - 1) / 2);
        let is_same = Padding::is_same(unit.padding.as_ref());
        let expr = unit.padding.as_ref().and_then(Padding::expr);
        let padding = if is_same {
            Some(0)
        } else {
            size("the padding", expr.as_ref(), same, 0, limits::WINDOW)
        };
        let window = Window {
            kernel: [kernel?; 2],
            stride: [stride?; 2],
            padding: [padding?; 2],
            dilation: [dilation?; 2],
            rounding: Rounding::Floor,
        };
        let window = if is_same {
            pad_same(&name.value, &layer.place, window, builder)
        } else {
            window
        };
        let conv = Layer::Conv(network::Conv::Spatial(Conv2d {
            in_channels: builder.channels(),
            out_channels: out_channels?,
            window,
            groups: groups?,
            bias: unit.bias.as_ref().is_some_and(|bias| bias.value),
            standardize: builder.settings.standardize.filter(|_| {
                unit.standardize
                    .as_ref()
                    .is_none_or(|standardize| standardize.value)
            }),
        }));
        builder.push(&name.value, Some(&layer.place), conv);
        Some(())
    },
};
