//! Option A's shortcut.

use super::{Unit, decode, required};
use crate::network::layer::Zeros;
use crate::network::{Layer, Reshape, limits};
use crate::spec::decode::{Decode, table, word};
use crate::spec::expr::Expr;
use crate::spec::pair::Pair;
use crate::spec::value::Value;
use crate::spec::{Located, Problem};
use serde_json::json;

table! {
    /// Option A of He et al. 2015: every stride-th pixel, and additional channels of zeros, at both ends or at the end.
    pub(super) struct PadShortcut {
        /// Name of the module.
        pad_shortcut: String = "pad_shortcut",
        /// Output channels.
        out: Expr = "out",
        /// Stride, or strides along height and width; default 1.
        stride: Pair<Expr> = "stride",
        /// Place of the additional channels: "both ends" (default), half of them at each, or "end".
        zeros: ZerosWord = "zeros",
    }
}

/// `"both ends"` or `"end"`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct ZerosWord(Zeros);

impl Decode for ZerosWord {
    fn decode(value: &Located<Value>, problems: &mut Vec<Problem>) -> Option<Self> {
        const WORDS: [(&str, Zeros); 2] = [("both ends", Zeros::BothEnds), ("end", Zeros::End)];
        word(value, &WORDS, "word-zeros", problems).map(Self)
    }

    fn schema() -> serde_json::Value {
        json!({"enum": ["both ends", "end"]})
    }
}

pub(super) const PAD_SHORTCUT: Unit = Unit {
    key: "pad_shortcut",
    schema: PadShortcut::schema,
    lower: |layer, builder| {
        let unit: &PadShortcut = decode(layer, builder)?;
        let out = required(unit.out.as_ref(), "out", layer, builder)?;
        let channels = builder.size("size-output-channels", out, 1, limits::CHANNELS)?;
        let stride = builder.sizes_or(
            "size-stride",
            unit.stride.as_ref(),
            [1; 2],
            1,
            limits::WINDOW,
        )?;
        let stride = builder.taken(stride);
        let zeros = unit
            .zeros
            .as_ref()
            .map_or(Zeros::BothEnds, |word| word.value.0);
        let pad = Layer::Reshape(Reshape::PadShortcut {
            stride,
            channels,
            zeros,
        });
        builder.push(&unit.pad_shortcut.as_ref()?.value, Some(&layer.place), pad);
        Some(())
    },
};
