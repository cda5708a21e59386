//! Flattening.

use super::{Unit, decode};
use crate::network::{Layer, Reshape};
use crate::spec::decode::{Decode, table};

table! {
    /// Makes a vector of a feature map: `torch.flatten(x, 1)`.
    pub(super) struct Flatten {
        /// The layer's name.
        flatten: String = "flatten",
    }
}

pub(super) const FLATTEN: Unit = Unit {
    key: "flatten",
    schema: Flatten::schema,
    lower: |layer, builder| {
        let unit: Flatten = decode(layer, builder)?;
        builder.push(
            &unit.flatten?.value,
            Some(&layer.place),
            Layer::Reshape(Reshape::Flatten),
        );
        Some(())
    },
};
