//! Normalisation, alone or with the activation after it.

mod split;

use super::{Unit, act, decode};
use crate::lower::builder::Builder;
use crate::lower::settings;
use crate::message;
use crate::network::layer::{BatchNorm2d, GroupNorm, InstanceNorm};
use crate::network::{self, Shape};
use crate::spec::NormKind;
use crate::spec::activation::Act;
use crate::spec::decode::{Decode, table};
use crate::spec::expr::Expr;
use crate::text::Message;

table! {
    /// A normalisation of the network's kind: by default `torch.nn.BatchNorm2d`, or `torch.nn.BatchNorm1d` for vectors.
    pub(super) struct Norm {
        /// Name of the module.
        norm: String = "norm",
        /// Kind of normalisation; by default the network's.
        kind: NormKind = "kind",
        /// Whether an instance normalisation has a scale and a shift per channel; by default as in the network.
        affine: bool = "affine",
        /// Number of first channels in a split that are normalised by instance; default half of them.
        instance: Expr = "instance",
        /// ε added to the variance; by default the network's.
        eps: f64 = "eps",
        /// Share of the batch's statistics in the updated running ones; by default the network's.
        momentum: f64 = "momentum",
    }
}

table! {
    /// A normalisation and the activation after it, which is a submodule: timm's `BatchNormAct2d`. A normalisation that
    /// includes its activation has no other.
    pub(super) struct NormAct {
        /// Name of the module; the activation is `act` below it.
        norm_act: String = "norm_act",
        /// Whether the activation is present: default `true`; `false` is timm's `apply_act=False`.
        activates: bool = "activates",
        /// Its activation: a kind, or a table with settings, as `act` of the network; the network's unless said.
        activation: Act = "activation",
    }
}

pub(super) const NORM: Unit = Unit {
    key: "norm",
    schema: Norm::schema,
    lower: |layer, builder| {
        let unit: &Norm = decode(layer, builder)?;
        let wrong = unit.eps.as_ref().and_then(settings::epsilon);
        let also = unit.momentum.as_ref().and_then(settings::momentum);
        for problem in wrong.into_iter().chain(also) {
            builder.report(problem);
        }
        let kind = match &unit.kind {
            Some(own) => own.value,
            None => builder.settings.norm.get(),
        };
        idle(unit, kind, builder);
        let name = &unit.norm.as_ref()?.value;
        let own = Own {
            affine: unit.affine.as_ref().map(|own| own.value),
            eps: unit.eps.as_ref().map(|own| own.value),
            momentum: unit.momentum.as_ref().map(|own| own.value),
        };
        if kind == NormKind::Split {
            let numbers = split::Numbers {
                eps: own.eps(builder),
                momentum: own.momentum(builder),
            };
            return split::push(
                name,
                &layer.place,
                unit.instance.as_ref(),
                &numbers,
                builder,
            );
        }
        if let Some(norm) = normalisation(kind, &own, builder) {
            builder.push(name, Some(&layer.place), norm);
        }
        Some(())
    },
};

pub(super) const NORM_ACT: Unit = Unit {
    key: "norm_act",
    schema: NormAct::schema,
    lower: |layer, builder| {
        let unit: &NormAct = decode(layer, builder)?;
        let name = &unit.norm_act.as_ref()?.value;
        let activates = unit.activates.as_ref().is_none_or(|own| own.value);
        let kind = builder.settings.norm.get();
        let own = Own::default();
        if kind == NormKind::Split {
            let numbers = split::Numbers {
                eps: own.eps(builder),
                momentum: own.momentum(builder),
            };
            split::push(name, &layer.place, None, &numbers, builder)?;
        }
        // One module normalises and activates: tools that look for `BatchNorm2d` find none.
        let norm = normalisation(kind, &own, builder);
        let is_own_activation = norm.as_ref().is_some_and(network::Norm::activates);
        if let Some(norm) = norm {
            builder.push_function(name, Some(&layer.place), norm);
        }
        if let Some(own) = unit
            .activates
            .as_ref()
            .filter(|own| is_own_activation && !own.value)
        {
            builder.no_effect(
                "activates",
                &own.place,
                message!("why-own-activation"),
                message!("help-remove-or-choose", other = BATCH),
            );
        }
        let has_activation = activates && !is_own_activation;
        if let Some(own) = unit.activation.as_ref().filter(|_| !has_activation) {
            let why = message!("why-does-not-activate");
            let help = message!("help-let-activate");
            builder.no_effect("activation", &own.place, why, help);
        }
        if has_activation {
            let function = match &unit.activation {
                Some(own) => act::function(&own.value.0, &layer.place, builder),
                None => act::default(&layer.place, builder),
            };
            builder.push(&format!("{name}.act"), Some(&layer.place), function);
        }
        Some(())
    },
};

/// Batch normalisation as the network chooses it.
const BATCH: &str = "norm = { kind = \"batch\" }";

/// Reports the keys that do not apply to this kind.
fn idle(unit: &Norm, kind: NormKind, builder: &mut Builder) {
    let mut no_effect = |key: &str, place, why: &'static str, other: &str| {
        let help = message!("help-remove-or-choose", other = other);
        builder.no_effect(key, place, Message::new(why), help);
    };
    if let (NormKind::None, Some(own)) = (kind, &unit.eps) {
        no_effect("eps", &own.place, "why-kind-none", BATCH);
    }
    if let Some(own) = unit.momentum.as_ref().filter(|_| !kind.has_momentum()) {
        no_effect("momentum", &own.place, "why-only-batch", BATCH);
    }
    if let Some(own) = unit.affine.as_ref().filter(|_| kind != NormKind::Instance) {
        no_effect(
            "affine",
            &own.place,
            "why-only-instance",
            "kind = \"instance\"",
        );
    }
    if let Some(own) = unit.instance.as_ref().filter(|_| kind != NormKind::Split) {
        no_effect("instance", &own.place, "why-only-split", "kind = \"split\"");
    }
}

/// A layer's own settings, which replace the network's.
#[derive(Default)]
struct Own {
    affine: Option<bool>,
    eps: Option<f64>,
    momentum: Option<f64>,
}

impl Own {
    fn eps(&self, builder: &Builder) -> f64 {
        self.eps.unwrap_or_else(|| builder.settings.eps.get())
    }

    fn momentum(&self, builder: &Builder) -> f64 {
        let settings = &builder.settings;
        self.momentum.unwrap_or_else(|| settings.momentum.get())
    }
}

/// The normalisation of a kind that is one layer, with the network's numbers unless the layer has its own.
fn normalisation(kind: NormKind, own: &Own, builder: &Builder) -> Option<network::Norm> {
    let features = builder.channels();
    let settings = &builder.settings;
    let eps = || own.eps(builder);
    // Only the settings of this kind are read: a setting that no layer reads has no effect.
    let grouped = || {
        let groups = match settings.group_size.get() {
            Some(size) => features / size.max(1),
            None => settings.groups.get(),
        };
        GroupNorm {
            features,
            groups,
            eps: eps(),
            derived: settings.derived.get(),
        }
    };
    Some(match kind {
        NormKind::Batch => network::Norm::Batch(BatchNorm2d {
            features,
            eps: eps(),
            momentum: own.momentum(builder),
            vectors: matches!(
                builder.cursor.and_then(|cursor| cursor.shape),
                Some(Shape::Vector { .. })
            ),
        }),
        NormKind::Group => network::Norm::Group(grouped()),
        NormKind::Instance => network::Norm::Instance(InstanceNorm {
            features,
            eps: eps(),
            affine: own.affine.unwrap_or_else(|| settings.affine.get()),
        }),
        NormKind::EvoS0 => network::Norm::EvoS0(grouped()),
        NormKind::FilterResponse => network::Norm::FilterResponse {
            features,
            eps: eps(),
        },
        NormKind::Split | NormKind::None => return None,
    })
}
