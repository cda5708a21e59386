//! Option A's shortcut.

use super::{Unit, decode, required};
use crate::network::{Layer, Reshape, limits};
use crate::spec::decode::{Decode, table};
use crate::spec::expr::Expr;

table! {
    /// Option A of He et al. 2015: every stride-th pixel, and new channels of zeros, half of them at each side.
    pub(super) struct PadShortcut {
        /// The module's name.
        pad_shortcut: String = "pad_shortcut",
        /// Channels that it puts out.
        out: Expr = "out",
        /// Step; 1 unless said.
        stride: Expr = "stride",
    }
}

pub(super) const PAD_SHORTCUT: Unit = Unit {
    key: "pad_shortcut",
    schema: PadShortcut::schema,
    lower: |layer, builder| {
        let unit: PadShortcut = decode(layer, builder)?;
        let out = required(unit.out.as_ref(), "out", layer, builder)?;
        let channels = builder.size("the number of output channels", out, 1, limits::CHANNELS)?;
        let stride = match &unit.stride {
            Some(stride) => builder.size("the stride", stride, 1, limits::WINDOW)?,
            None => 1,
        };
        let pad = Layer::Reshape(Reshape::PadShortcut { stride, channels });
        builder.push(&unit.pad_shortcut?.value, Some(&layer.place), pad);
        Some(())
    },
};
