//! Activation function.

use super::{Unit, decode};
use crate::lower::builder::Builder;
use crate::lower::read::no_effect;
use crate::message;
use crate::network::{Activation, Layer, limits};
use crate::spec::activation::{self, ActKind, ActSettings, Approximate};
use crate::spec::decode::{Decode, table};
use crate::spec::expr::Expr;
use crate::spec::{Located, Place, Problem};
use crate::text::Message;

table! {
    /// An activation function; by default the network's, which defaults to ReLU.
    pub(super) struct Act {
        /// Name of the module; a block that uses one module three times calls it three times.
        act: String = "act",
        /// Function: "relu", "relu6", "leaky_relu", "prelu", "elu", "silu", "gelu", "hard_swish", "sigmoid" or "tanh".
        kind: ActKind = "kind",
        /// Slope of a leaky ReLU below 0; default 0.01.
        slope: f64 = "slope",
        /// α of an ELU; default 1.
        alpha: f64 = "alpha",
        /// Approximation of a GELU: "none" (default) or "tanh".
        approximate: Approximate = "approximate",
        /// Number of learned slopes of a PReLU: 1 (default), or one per channel, `"channels"`.
        weights: Expr = "weights",
    }
}

pub(super) const ACT: Unit = Unit {
    key: "act",
    schema: Act::schema,
    lower: |layer, builder| {
        let unit: &Act = decode(layer, builder)?;
        // A kind that cannot be read is reported; ReLU then takes its place.
        let is_named = super::mentions(layer, "kind");
        let own = ActSettings {
            kind: unit.kind.clone(),
            slope: unit.slope.clone(),
            alpha: unit.alpha.clone(),
            approximate: unit.approximate.clone(),
            weights: unit.weights.clone(),
        };
        let has_settings = own != ActSettings::default();
        let is_misread = is_named && own.kind.is_none();
        let function = if is_misread {
            Activation::Relu
        } else if is_named || has_settings {
            function(&own, &layer.place, builder)
        } else {
            default(&layer.place, builder)
        };
        let name = unit.act.as_ref()?;
        if !is_misread && is_other(&name.value, function, builder) {
            builder.report(runs_as_another(name, function));
        }
        builder.push(&name.value, Some(&layer.place), Layer::Activation(function));
        Some(())
    },
};

/// Activation of a layer that does not name its own: the network's, or ReLU within a gate.
pub(super) fn default(place: &Place, builder: &mut Builder) -> Activation {
    if builder.gates > 0 {
        return Activation::Relu;
    }
    builder.settings.act_is_read.get();
    match builder.settings.act.clone() {
        Some(own) => function(&own.value, place, builder),
        None => Activation::Relu,
    }
}

/// The function described by `own`; problems are reported.
pub(super) fn function(own: &ActSettings, place: &Place, builder: &mut Builder) -> Activation {
    let kind = own.kind.as_ref().map(|kind| kind.value).unwrap_or_default();
    let keys = [
        (
            "slope",
            own.slope.as_ref().map(|key| &key.place),
            ActKind::LeakyRelu,
            "why-only-leaky-relu",
        ),
        (
            "alpha",
            own.alpha.as_ref().map(|key| &key.place),
            ActKind::Elu,
            "why-only-elu",
        ),
        (
            "approximate",
            own.approximate.as_ref().map(|key| &key.place),
            ActKind::Gelu,
            "why-only-gelu",
        ),
        (
            "weights",
            own.weights.as_ref().map(|key| &key.place),
            ActKind::Prelu,
            "why-only-prelu",
        ),
    ];
    for (key, place, of, why) in keys {
        if let Some(place) = place.filter(|_| kind != of) {
            let help = message!("help-remove-or-kind", kind = of.word());
            builder.report(no_effect(key, place, Message::new(why), help));
        }
    }
    match kind {
        ActKind::Relu => Activation::Relu,
        ActKind::Relu6 => Activation::Relu6,
        ActKind::LeakyRelu => Activation::LeakyRelu {
            slope: own.slope.as_ref().map_or(0.01, |slope| slope.value),
        },
        ActKind::Prelu => Activation::Prelu {
            weights: slopes(own.weights.as_ref(), place, builder),
        },
        ActKind::Elu => Activation::Elu {
            alpha: own.alpha.as_ref().map_or(1.0, |alpha| alpha.value),
        },
        ActKind::Silu => Activation::Silu,
        ActKind::Gelu => Activation::Gelu {
            tanh: own.approximate.as_ref().map(|own| own.value) == Some(Approximate::Tanh),
        },
        ActKind::HardSwish => Activation::HardSwish,
        ActKind::Sigmoid => Activation::Sigmoid,
        ActKind::Tanh => Activation::Tanh,
    }
}

/// Number of slopes that a PReLU learns: one, or the number of channels, called `channels` in a calculation.
fn slopes(weights: Option<&Located<Expr>>, place: &Place, builder: &mut Builder) -> u64 {
    let Some(weights) = weights else {
        return 1;
    };
    let channels = builder.channels();
    let outer = builder.variables.clone();
    let known = i64::try_from(channels).unwrap_or(i64::MAX);
    builder.variables.set("channels", known);
    let found = builder.size("size-slopes", weights, 1, limits::CHANNELS);
    builder.variables = outer;
    match found {
        Some(found) if found != 1 && found != channels && channels > 0 => {
            let message = message!("problem-slopes", count = found, channels = channels);
            let help = message!("help-slopes");
            let at = if builder.is_own(&weights.place) {
                &weights.place
            } else {
                place
            };
            builder.report(Problem::error("size", message).at(at).help(help));
            channels
        }
        found => found.unwrap_or(1),
    }
}

/// Whether a module's name is that of another activation, with or without a number; `relu6` counts as a numbered name if
/// there is a `relu5`.
fn is_other(name: &str, function: Activation, builder: &Builder) -> bool {
    let last = name.rsplit('.').next().unwrap_or(name);
    // Most are called by their function, or by none.
    if last.trim_end_matches(|c: char| c.is_ascii_digit()) == function.key() && last != "relu6" {
        return false;
    }
    let word = last.to_lowercase().replace('_', "");
    let own = function.key().replace('_', "");
    if word == "relu6" {
        let before = format!("{}5", &name[..name.len() - 1]);
        return own != word && !builder.has_named(&before);
    }
    let word = word.trim_end_matches(|c: char| c.is_ascii_digit());
    activation::is_other(word) && {
        let meant = ActKind::from_any_spelling(word).map(|kind| kind.word().replace('_', ""));
        meant.as_deref() != Some(&own)
    }
}

fn runs_as_another(name: &Located<String>, function: Activation) -> Problem {
    let message = message!("problem-runs-as", name = &name.value, op = function.op());
    let last = name.value.rsplit('.').next().unwrap_or(&name.value);
    let numbered = last.trim_end_matches(|c: char| c.is_ascii_digit() || c == '_');
    let example = "{ act = \"act\" }";
    let help =
        match ActKind::from_any_spelling(last).or_else(|| ActKind::from_any_spelling(numbered)) {
            Some(kind) => message!("help-write-kind", kind = kind.word(), example = example),
            None => message!("help-other-function", example = example),
        };
    Problem::error("value", message).at(&name.place).help(help)
}
