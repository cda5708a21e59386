//! ResNeSt's split attention: several maps from one convolution, weighted by a gate of their sum.

use super::conv::{plain_conv, three};
use super::{Unit, decode, lower_text, required};
use crate::network::{Combine, Conv, Gate, Layer, Pool, Window, limits};
use crate::spec::decode::{Decode, table};
use crate::spec::expr::Expr;
use crate::spec::pair::Pair;

table! {
    /// A 3×3 convolution that outputs `radix` maps, and their sum weighted per channel by shares that two 1×1 convolutions
    /// compute from the mean of their sum (Zhang et al. 2020).
    pub(super) struct SplitAttention {
        /// Name of the module; its layers' names are below it, as in timm's `SplitAttn`.
        split_attention: String = "split_attention",
        /// Output channels.
        out: Expr = "out",
        /// Channels between the two 1×1 convolutions.
        reduced: Expr = "reduced",
        /// Number of maps; default 2.
        radix: Expr = "radix",
        /// Groups of the convolution; default 1.
        groups: Expr = "groups",
        /// Stride of the convolution; default 1.
        stride: Pair<Expr> = "stride",
    }
}

pub(super) const SPLIT_ATTENTION: Unit = Unit {
    key: "split_attention",
    schema: SplitAttention::schema,
    lower: |layer, builder| {
        let unit: &SplitAttention = decode(layer, builder)?;
        let out = required(unit.out.as_ref(), "out", layer, builder)?;
        let reduced = required(unit.reduced.as_ref(), "reduced", layer, builder)?;
        let out = builder.size("size-output-channels", out, 1, limits::CHANNELS)?;
        let reduced = builder.size("size-reduced-channels", reduced, 1, limits::CHANNELS)?;
        let radix = builder.size_or("size-radix", unit.radix.as_ref(), 2, [1, 64])?;
        let groups = builder.groups(unit.groups.as_ref())?;
        let stride = builder.stride(unit.stride.as_ref())?;
        let place = Some(&layer.place);
        builder.below(&unit.split_attention.as_ref()?.value, |builder| {
            let pointwise = Window::square(1, 1, 0);
            let input = builder.channels();
            let window = builder.dilated(three(stride));
            let conv = plain_conv(input, out * radix, window, groups * radix, builder);
            builder.push("conv", place, conv);
            lower_text("norm", "bn0", layer, builder);
            lower_text("act", "act0", layer, builder);
            let maps = builder.cursor;
            if radix > 1 {
                builder.push("sum", place, Gate::RadixSum { radix });
            }
            builder.push_function("mean", place, Pool::Global);
            builder.push(
                "fc1",
                place,
                with_bias(plain_conv(out, reduced, pointwise, groups, builder)),
            );
            lower_text("norm", "bn1", layer, builder);
            lower_text("act", "act1", layer, builder);
            builder.push(
                "fc2",
                place,
                with_bias(plain_conv(reduced, out * radix, pointwise, groups, builder)),
            );
            builder.push("rsoftmax", place, Gate::RadixSoftmax { radix, groups });
            let (Some(maps), Some(shares)) = (maps, builder.cursor) else {
                return;
            };
            let join = match radix {
                1 => Layer::Combine(Combine::Multiply),
                radix => Layer::Combine(Combine::RadixWeightedSum { radix }),
            };
            builder.join("out", place, join, &[maps, shares]);
        });
        Some(())
    },
};

/// timm's gates have biases although its convolutions have none.
fn with_bias(layer: Layer) -> Layer {
    match layer {
        Layer::Conv(Conv::Spatial(conv)) => {
            Layer::Conv(Conv::Spatial(crate::network::layer::Conv2d {
                bias: true,
                ..conv
            }))
        }
        other => other,
    }
}
