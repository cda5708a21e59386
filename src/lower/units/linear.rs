//! Fully connected layer.

use super::{Unit, decode, required};
use crate::network::layer::Linear;
use crate::network::{Layer, limits};
use crate::spec::decode::{Decode, table};
use crate::spec::expr::Expr;

table! {
    /// A fully connected layer: `torch.nn.Linear`.
    pub(super) struct Dense {
        /// Name of the module.
        linear: String = "linear",
        /// Output features.
        out: Expr = "out",
        /// Whether it adds a learned bias to each output; default true.
        bias: bool = "bias",
    }
}

pub(super) const LINEAR: Unit = Unit {
    key: "linear",
    schema: Dense::schema,
    lower: |layer, builder| {
        let unit: &Dense = decode(layer, builder)?;
        let out = required(unit.out.as_ref(), "out", layer, builder)?;
        let linear = Layer::Linear(Linear {
            in_features: builder.channels(),
            out_features: builder.size("size-outputs", out, 1, limits::CHANNELS)?,
            bias: unit.bias.as_ref().is_none_or(|bias| bias.value),
        });
        builder.push(&unit.linear.as_ref()?.value, Some(&layer.place), linear);
        Some(())
    },
};
