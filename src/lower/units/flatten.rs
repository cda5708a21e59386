//! Flattening.

use super::{Unit, decode};
use crate::network::{Layer, Reshape};
use crate::spec::decode::{Decode, table};

table! {
    /// Turns a feature map into a vector: `torch.flatten(x, 1)`.
    pub(super) struct Flatten {
        /// Name of the layer.
        flatten: String = "flatten",
    }
}

pub(super) const FLATTEN: Unit = Unit {
    key: "flatten",
    schema: Flatten::schema,
    lower: |layer, builder| {
        let unit: &Flatten = decode(layer, builder)?;
        builder.push(
            &unit.flatten.as_ref()?.value,
            Some(&layer.place),
            Layer::Reshape(Reshape::Flatten),
        );
        Some(())
    },
};
