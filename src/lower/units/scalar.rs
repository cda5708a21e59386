//! One number for all values: Fixup's learned scales and biases, and factors that are given.

use super::{Unit, decode, required};
use crate::lower::builder::Builder;
use crate::message;
use crate::network::layer::Scalar;
use crate::network::{Stage, limits};
use crate::spec::decode::{Decode, table};
use crate::spec::expr::Expr;
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

table! {
    /// Every value times a given number, as networks without normalisation keep the size of their values.
    pub(super) struct Multiply {
        /// The layer's name.
        multiply: String = "multiply",
        /// The number.
        by: f64 = "by",
        /// The number is divided by the root of this; by nothing unless said.
        over_root: Expr = "over_root",
    }
}

pub(super) const MULTIPLY: Unit = Unit {
    key: "multiply",
    schema: Multiply::schema,
    lower: |layer, builder| {
        let unit: &Multiply = decode(layer, builder)?;
        let by = required(unit.by.as_ref(), "by", layer, builder)?;
        let over = builder.size_or(
            "size-under-root",
            unit.over_root.as_ref(),
            1,
            [1, limits::CHANNELS],
        )?;
        let factor = by.value / (over as f64).sqrt();
        push(
            unit.multiply.as_ref()?,
            Scalar::Times { factor },
            layer,
            builder,
        );
        Some(())
    },
};

pub(super) const SCALE: Unit = Unit {
    key: "scale",
    schema: Scale::schema,
    lower: |layer, builder| {
        let unit: &Scale = decode(layer, builder)?;
        push(unit.scale.as_ref()?, Scalar::Scale, layer, builder);
        Some(())
    },
};

pub(super) const BIAS: Unit = Unit {
    key: "bias",
    schema: Bias::schema,
    lower: |layer, builder| {
        let unit: &Bias = decode(layer, builder)?;
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
        let problem = Problem::error("unit", message!("problem-no-tensor-yet")).at(&layer.place);
        builder.report(problem.help(message!("help-after-convolution")));
    }
    builder.push(&name.value, Some(&layer.place), scalar);
}
