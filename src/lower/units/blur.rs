//! Anti-aliasing pools, and zero padding.

use super::{Unit, decode, required};
use crate::network::{Layer, Pool, Reshape, limits};
use crate::spec::decode::{Decode, table};
use crate::spec::expr::Expr;
use crate::spec::pair::Pair;

table! {
    /// Blurs each channel with the binomial kernel and takes every stride-th pixel: timm's `BlurPool2d`.
    pub(super) struct BlurPool {
        /// Name of the module.
        blur_pool: String = "blur_pool",
        /// Size of the kernel; default 3.
        kernel: Expr = "kernel",
        /// Stride; default 2.
        stride: Expr = "stride",
    }
}

table! {
    /// Zeros around the map: `torch.nn.ConstantPad2d`.
    pub(super) struct ConstantPad {
        /// Name of the module.
        constant_pad: String = "constant_pad",
        /// Pixels on each side, or above and below, and on the left and right.
        padding: Pair<Expr> = "padding",
    }
}

pub(super) const BLUR_POOL: Unit = Unit {
    key: "blur_pool",
    schema: BlurPool::schema,
    lower: |layer, builder| {
        let unit: &BlurPool = decode(layer, builder)?;
        let kernel = match &unit.kernel {
            Some(kernel) => builder.size("size-kernel", kernel, 2, 7)?,
            None => 3,
        };
        let stride = match &unit.stride {
            Some(stride) => builder.size("size-stride", stride, 1, limits::WINDOW)?,
            None => 2,
        };
        // A binomial kernel does not get wider: timm blurs at stride 1.
        let taken = builder.taken([stride; 2]);
        let stride = taken[0].max(taken[1]);
        builder.push(
            &unit.blur_pool.as_ref()?.value,
            Some(&layer.place),
            Layer::Pool(Pool::Blur { kernel, stride }),
        );
        Some(())
    },
};

pub(super) const CONSTANT_PAD: Unit = Unit {
    key: "constant_pad",
    schema: ConstantPad::schema,
    lower: |layer, builder| {
        let unit: &ConstantPad = decode(layer, builder)?;
        let padding = required(unit.padding.as_ref(), "padding", layer, builder)?;
        let padding = builder.sizes("size-padding", &padding.value, 0, [limits::WINDOW; 2])?;
        let padding = builder.spread(padding);
        builder.push(
            &unit.constant_pad.as_ref()?.value,
            Some(&layer.place),
            Layer::Reshape(Reshape::ConstantPad2d {
                before: padding,
                after: padding,
            }),
        );
        Some(())
    },
};
