//! Normalisation, alone or with the activation behind it.

use super::{Unit, decode};
use crate::lower::builder::Builder;
use crate::lower::settings;
use crate::network::layer::{BatchNorm2d, GroupNorm};
use crate::network::{self, Activation, Layer};
use crate::spec::NormKind;
use crate::spec::decode::{Decode, table};

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
        /// Whether the activation is there: `true` unless said, `false` for timm's `apply_act=False`.
        activates: bool = "activates",
    }
}

pub(super) const NORM: Unit = Unit {
    key: "norm",
    schema: Norm::schema,
    lower: |layer, builder| {
        let unit: Norm = decode(layer, builder)?;
        let wrong = unit.eps.as_ref().and_then(settings::epsilon);
        let also = unit.momentum.as_ref().and_then(settings::momentum);
        for problem in wrong.into_iter().chain(also) {
            builder.report(problem);
        }
        let eps = unit.eps.map_or(builder.settings.eps, |eps| eps.value);
        let momentum = unit
            .momentum
            .map_or(builder.settings.momentum, |momentum| momentum.value);
        let norm = normalisation(builder, eps, momentum);
        builder.push(&unit.norm?.value, Some(&layer.place), Layer::Norm(norm));
        Some(())
    },
};

pub(super) const NORM_ACT: Unit = Unit {
    key: "norm_act",
    schema: NormAct::schema,
    lower: |layer, builder| {
        let unit: NormAct = decode(layer, builder)?;
        let name = unit.norm_act?.value;
        let activates = unit.activates.is_none_or(|activates| activates.value);
        // One module normalises and activates: to tools that look for `BatchNorm2d` there is none.
        let (eps, momentum) = (builder.settings.eps, builder.settings.momentum);
        let norm = normalisation(builder, eps, momentum);
        let is_own = norm.activates();
        builder.push_function(&name, Some(&layer.place), Layer::Norm(norm));
        if activates && !is_own {
            builder.push(
                &format!("{name}.act"),
                Some(&layer.place),
                Layer::Activation(Activation::Relu),
            );
        }
        Some(())
    },
};

/// The normalisation of the network's kind.
fn normalisation(builder: &Builder, eps: f64, momentum: f64) -> network::Norm {
    let features = builder.channels();
    let settings = &builder.settings;
    let grouped = GroupNorm {
        features,
        groups: settings
            .group_size
            .map_or(settings.groups, |size| features / size.max(1)),
        eps,
        derived: settings.derived,
    };
    match settings.norm {
        NormKind::Batch => network::Norm::Batch(BatchNorm2d {
            features,
            eps,
            momentum,
        }),
        NormKind::Group => network::Norm::Group(grouped),
        NormKind::EvoS0 => network::Norm::EvoS0(grouped),
        NormKind::FilterResponse => network::Norm::FilterResponse { features, eps },
    }
}
