//! The selective kernel of `SKNet`: a small and a large convolution in parallel, weighted by a gate of their sum.

use super::conv::plain_conv;
use super::{Unit, decode, divided, lower_text, required};
use crate::network::{Combine, Gate, Pool, Reshape, Rounding, Window, limits};
use crate::spec::decode::{Decode, table};
use crate::spec::expr::Expr;
use crate::spec::pair::Pair;

table! {
    /// Two 3×3 convolutions, the second dilated to see 5×5, and their sum weighted per channel by shares that two 1×1
    /// convolutions compute from the mean of their sum (Li et al. 2019).
    pub(super) struct SelectiveKernel {
        /// Name of the module; its layers' names are below it, as in timm's `SelectiveKernel`.
        selective_kernel: String = "selective_kernel",
        /// Output channels.
        out: Expr = "out",
        /// Channels between the two 1×1 convolutions.
        reduced: Expr = "reduced",
        /// Stride of the two 3×3 convolutions; default 1.
        stride: Pair<Expr> = "stride",
        /// Groups of the two 3×3 convolutions; default 1.
        groups: Expr = "groups",
        /// 1 if each of the two reads one half of the channels, 0 (default) if both read all.
        split_input: Expr = "split_input",
    }
}

pub(super) const SELECTIVE_KERNEL: Unit = Unit {
    key: "selective_kernel",
    schema: SelectiveKernel::schema,
    lower: |layer, builder| {
        let unit: &SelectiveKernel = decode(layer, builder)?;
        let out = required(unit.out.as_ref(), "out", layer, builder)?;
        let reduced = required(unit.reduced.as_ref(), "reduced", layer, builder)?;
        let out = builder.size("size-output-channels", out, 1, limits::CHANNELS)?;
        let reduced = builder.size("size-reduced-channels", reduced, 1, limits::CHANNELS)?;
        let stride = builder.stride(unit.stride.as_ref())?;
        let groups = builder.groups(unit.groups.as_ref())?;
        let split = match &unit.split_input {
            Some(split) => builder.holds(split)?,
            None => false,
        };
        let place = Some(&layer.place);
        let input = builder.cursor?;
        builder.below(&unit.selective_kernel.as_ref()?.value, |builder| {
            let read = if split {
                divided(input.channels, 2, &layer.place, builder)
            } else {
                Some(input.channels)
            };
            let Some(read) = read else {
                return;
            };
            let mut paths = Vec::new();
            for (index, dilation) in [1, 2].into_iter().enumerate() {
                builder.cursor = Some(input);
                if split {
                    let start = index as u64 * read;
                    builder.push(
                        "split",
                        place,
                        Reshape::Slice {
                            start,
                            channels: read,
                        },
                    );
                }
                let window = Window {
                    kernel: [3; 2],
                    stride,
                    padding: [dilation; 2],
                    dilation: [dilation; 2],
                    rounding: Rounding::Floor,
                };
                let window = builder.dilated(window);
                let conv = plain_conv(read, out, window, groups, builder);
                builder.push(&format!("paths.{index}.conv"), place, conv);
                lower_text("norm_act", &format!("paths.{index}.bn"), layer, builder);
                paths.extend(builder.cursor);
            }
            builder.join(
                "stack",
                place,
                Combine::Concat {
                    inputs: paths.len(),
                },
                &paths,
            );
            let stacked = builder.cursor;
            let radix = paths.len() as u64;
            let pointwise = Window::square(1, 1, 0);
            builder.push("attn.sum", place, Gate::RadixSum { radix });
            builder.push_function("attn.mean", place, Pool::Global);
            let reduce = plain_conv(out, reduced, pointwise, 1, builder);
            builder.push("attn.fc_reduce", place, reduce);
            lower_text("norm", "attn.bn", layer, builder);
            lower_text("act", "attn.act", layer, builder);
            let select = plain_conv(reduced, out * radix, pointwise, 1, builder);
            builder.push("attn.fc_select", place, select);
            builder.push_function("attn", place, Gate::RadixSoftmax { radix, groups: 1 });
            if let (Some(maps), Some(shares)) = (stacked, builder.cursor) {
                builder.join(
                    "out",
                    place,
                    Combine::RadixWeightedSum { radix },
                    &[maps, shares],
                );
            }
        });
        Some(())
    },
};
