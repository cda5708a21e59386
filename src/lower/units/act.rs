//! Activation function.

use super::{Unit, decode};
use crate::lower::builder::Builder;
use crate::network::{Activation, Layer};
use crate::spec::decode::{Decode, table};
use crate::spec::{Located, Problem, activation};

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
        let name = unit.act?;
        if is_other(&name.value, builder) {
            builder.report(no_other(&name));
        }
        builder.push(
            &name.value,
            Some(&layer.place),
            Layer::Activation(Activation::Relu),
        );
        Some(())
    },
};

/// Whether a module's name is that of another activation, with a number or not; `relu6` is one's own where `relu5` is there.
fn is_other(name: &str, builder: &Builder) -> bool {
    let last = name.rsplit('.').next().unwrap_or(name).to_lowercase();
    let word = last.replace('_', "");
    if word == "relu6" {
        let before = format!("{}5", &name[..name.len() - 1]);
        return !builder.has_named(&before);
    }
    activation::is_other(word.trim_end_matches(|c: char| c.is_ascii_digit()))
}

fn no_other(name: &Located<String>) -> Problem {
    let message = format!(
        "`{}` would run as ReLU: `act` gives a module's name, and ReLU is the only activation",
        name.value
    );
    let word = name.value.to_lowercase();
    let help = if word.ends_with("sigmoid") && !word.contains("log") && !word.contains('h') {
        "write the sigmoid as a unit of its own, { sigmoid = \"gate\" }"
    } else {
        "other activations cannot be expressed; for a ReLU, choose another name, such as { act = \"act\" }"
    };
    Problem::error("value", message).at(&name.place).help(help)
}
