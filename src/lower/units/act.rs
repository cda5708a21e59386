//! Activation function.

use super::{Unit, decode};
use crate::network::Layer;
use crate::spec::decode::{Decode, table};

table! {
    /// The activation function: ReLU.
    pub(super) struct Act {
        /// The module's name; a block that uses one module three times calls it three times.
        act: String = "act",
    }
}

pub(super) const ACT: Unit = Unit {
    key: "act",
    schema: Act::schema,
    lower: |layer, builder| {
        let unit: Act = decode(layer, builder)?;
        builder.push(&unit.act?.value, Some(&layer.place), Layer::Relu);
        Some(())
    },
};
