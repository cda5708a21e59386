//! Batch normalisation.

use super::{Unit, decode};
use crate::network::Layer;
use crate::network::layer::BatchNorm2d;
use crate::spec::decode::{Decode, table};

table! {
    /// Batch normalisation: `torch.nn.BatchNorm2d`.
    pub(super) struct Norm {
        /// The module's name.
        norm: String = "norm",
        /// Added to the variance; the network's own unless said.
        eps: f64 = "eps",
        /// Share of the batch's statistics in the new running ones; the network's own unless said.
        momentum: f64 = "momentum",
    }
}

pub(super) const NORM: Unit = Unit {
    key: "norm",
    schema: Norm::schema,
    lower: |layer, builder| {
        let unit: Norm = decode(layer, builder)?;
        let norm = Layer::BatchNorm2d(BatchNorm2d {
            features: builder.channels(),
            eps: unit.eps.map_or(builder.norm.eps, |eps| eps.value),
            momentum: unit
                .momentum
                .map_or(builder.norm.momentum, |momentum| momentum.value),
        });
        builder.push(&unit.norm?.value, Some(&layer.place), norm);
        Some(())
    },
};
