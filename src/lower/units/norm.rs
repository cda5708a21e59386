//! Normalisation, alone or with the activation behind it.

use super::{Unit, act, decode};
use crate::lower::builder::Builder;
use crate::lower::settings;
use crate::network::layer::{BatchNorm2d, GroupNorm};
use crate::network::{self, Layer};
use crate::spec::decode::{Decode, table};
use crate::spec::{Located, NormKind};

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
        if let Some(own) = unit.momentum.as_ref().filter(|_| !has_momentum(builder)) {
            builder.no_effect(
                "momentum",
                &own.place,
                "only a batch normalisation keeps running statistics",
                "take it out, or choose norm = { kind = \"batch\" }",
            );
        }
        let own = |number: Option<Located<f64>>| number.map(|number| number.value);
        let norm = normalisation(builder, own(unit.eps), own(unit.momentum));
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
        let activates = unit.activates.as_ref().is_none_or(|own| own.value);
        // One module normalises and activates: to tools that look for `BatchNorm2d` there is none.
        let norm = normalisation(builder, None, None);
        let is_own_activation = norm.activates();
        builder.push_function(&name, Some(&layer.place), Layer::Norm(norm));
        if let Some(own) = unit.activates.filter(|own| is_own_activation && !own.value) {
            builder.no_effect(
                "activates",
                &own.place,
                "this kind of normalisation is its own activation",
                "take it out, or choose norm = { kind = \"batch\" }",
            );
        }
        if activates && !is_own_activation {
            let function = act::default(&layer.place, builder);
            builder.push(
                &format!("{name}.act"),
                Some(&layer.place),
                Layer::Activation(function),
            );
        }
        Some(())
    },
};

/// Whether the network's kind of normalisation has running statistics.
fn has_momentum(builder: &Builder) -> bool {
    builder.settings.norm.peek() == NormKind::Batch
}

/// The normalisation of the network's kind, with the network's own numbers unless the layer has some.
fn normalisation(builder: &Builder, eps: Option<f64>, momentum: Option<f64>) -> network::Norm {
    let features = builder.channels();
    let settings = &builder.settings;
    let eps = eps.unwrap_or_else(|| settings.eps.get());
    // Only what a kind has is read: what no layer read had no effect.
    let grouped = || {
        let groups = match settings.group_size.get() {
            Some(size) => features / size.max(1),
            None => settings.groups.get(),
        };
        GroupNorm {
            features,
            groups,
            eps,
            derived: settings.derived.get(),
        }
    };
    match settings.norm.get() {
        NormKind::Batch => network::Norm::Batch(BatchNorm2d {
            features,
            eps,
            momentum: momentum.unwrap_or_else(|| settings.momentum.get()),
        }),
        NormKind::Group => network::Norm::Group(grouped()),
        NormKind::EvoS0 => network::Norm::EvoS0(grouped()),
        NormKind::FilterResponse => network::Norm::FilterResponse { features, eps },
    }
}
