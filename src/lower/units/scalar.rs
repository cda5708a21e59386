//! One learned number for all values: Fixup's scales and biases.

use super::{Unit, decode};
use crate::lower::builder::Builder;
use crate::network::layer::Scalar;
use crate::network::{Layer, Stage};
use crate::spec::decode::{Decode, table};
use crate::spec::{Located, Problem};

table! {
    /// Multiplies every value by one learned number, `torch.nn.Parameter(torch.ones(1))`: an attribute of the module around
    /// it.
    pub(super) struct Scale {
        /// Name of the attribute, which is the tensor's.
        scale: String = "scale",
    }
}

table! {
    /// Adds one learned number to every value, `torch.nn.Parameter(torch.zeros(1))`: an attribute of the module around it.
    pub(super) struct Bias {
        /// Name of the attribute, which is the tensor's.
        bias: String = "bias",
    }
}

pub(super) const SCALE: Unit = Unit {
    key: "scale",
    schema: Scale::schema,
    lower: |layer, builder| {
        let unit: Scale = decode(layer, builder)?;
        push(unit.scale.as_ref()?, Scalar::Scale, layer, builder);
        Some(())
    },
};

pub(super) const BIAS: Unit = Unit {
    key: "bias",
    schema: Bias::schema,
    lower: |layer, builder| {
        let unit: Bias = decode(layer, builder)?;
        push(unit.bias.as_ref()?, Scalar::Bias, layer, builder);
        Some(())
    },
};

/// Adds the layer, if it has an input tensor.
fn push(
    name: &Located<String>,
    scalar: Scalar,
    layer: &Located<crate::spec::value::Value>,
    builder: &mut Builder,
) {
    let reads = builder.cursor.map(|cursor| &builder.network[cursor.id]);
    if reads.is_none_or(|node| node.scope.stage == Stage::Preprocess) {
        let message = "there is no tensor yet: the picture is all that comes before this number";
        let help = "put it after a convolution; `preprocess` scales and shifts a picture";
        builder.report(Problem::error("unit", message).at(&layer.place).help(help));
    }
    builder.push(&name.value, Some(&layer.place), Layer::Scalar(scalar));
}
