//! Normalisation, alone or with the activation behind it.

use super::{Unit, decode};
use crate::lower::builder::Builder;
use crate::network::Layer;
use crate::network::layer::{BatchNorm2d, GroupNorm};
use crate::spec::decode::{Decode, table};
use crate::spec::{NormKind, Place};

table! {
    /// A normalisation of the network's kind: `torch.nn.BatchNorm2d` unless said.
    pub(super) struct Norm {
        /// The module's name.
        norm: String = "norm",
        /// Added to the variance; the network's own unless said.
        eps: f64 = "eps",
        /// Share of the batch's statistics in the new running ones; the network's own unless said.
        momentum: f64 = "momentum",
    }
}

table! {
    /// A normalisation and the activation behind it, which is a module of its own inside: timm's `BatchNormAct2d`. A kind of
    /// normalisation that is its own activation has no other.
    pub(super) struct NormAct {
        /// The module's name; the activation's is `act` below it.
        norm_act: String = "norm_act",
    }
}

pub(super) const NORM: Unit = Unit {
    key: "norm",
    schema: Norm::schema,
    lower: |layer, builder| {
        let unit: Norm = decode(layer, builder)?;
        let eps = unit.eps.map_or(builder.settings.eps, |eps| eps.value);
        let momentum = unit
            .momentum
            .map_or(builder.settings.momentum, |momentum| momentum.value);
        push(&unit.norm?.value, &layer.place, (eps, momentum), builder);
        Some(())
    },
};

pub(super) const NORM_ACT: Unit = Unit {
    key: "norm_act",
    schema: NormAct::schema,
    lower: |layer, builder| {
        let unit: NormAct = decode(layer, builder)?;
        let name = unit.norm_act?.value;
        let constants = (builder.settings.eps, builder.settings.momentum);
        push(&name, &layer.place, constants, builder);
        if matches!(builder.settings.norm, NormKind::Batch | NormKind::Group) {
            builder.push(&format!("{name}.act"), Some(&layer.place), Layer::Relu);
        }
        Some(())
    },
};

fn push(name: &str, place: &Place, (eps, momentum): (f64, f64), builder: &mut Builder) {
    let features = builder.channels();
    let settings = &builder.settings;
    let grouped = GroupNorm {
        features,
        groups: settings
            .group_size
            .map_or(settings.groups, |size| features / size.max(1)),
        eps,
    };
    let layer = match settings.norm {
        NormKind::Batch => Layer::BatchNorm2d(BatchNorm2d {
            features,
            eps,
            momentum,
        }),
        NormKind::Group => Layer::GroupNorm(grouped),
        NormKind::EvoS0 => Layer::EvoNorm2dS0(grouped),
        NormKind::FilterResponse => Layer::FilterResponseNorm { features, eps },
    };
    builder.push(name, Some(place), layer);
}
