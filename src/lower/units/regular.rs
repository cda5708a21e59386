//! Layers with an effect in training mode only.

use super::{Unit, decode};
use crate::message;
use crate::network::Reshape;
use crate::spec::Problem;
use crate::spec::decode::{Decode, table};

table! {
    /// Dropout: `torch.nn.Dropout`, which passes everything on in inference mode.
    pub(super) struct Dropout {
        /// Name of the module.
        dropout: String = "dropout",
        /// Share of the values that training mode drops; default 0.5.
        p: f64 = "p",
    }
}

pub(super) const DROPOUT: Unit = Unit {
    key: "dropout",
    schema: Dropout::schema,
    lower: |layer, builder| {
        let unit: &Dropout = decode(layer, builder)?;
        if let Some(own) = unit.p.as_ref().filter(|p| !(0.0..=1.0).contains(&p.value)) {
            let message = message!("problem-dropout", number = own.value.to_string());
            let problem = Problem::error("value", message).at(&own.place);
            builder.report(problem.help(message!("help-dropout")));
        }
        let p = unit.p.as_ref().map_or(0.5, |p| p.value);
        builder.push(
            &unit.dropout.as_ref()?.value,
            Some(&layer.place),
            Reshape::Dropout { p },
        );
        Some(())
    },
};
