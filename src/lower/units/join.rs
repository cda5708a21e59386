//! Layers that join several others, which they name.

use super::{Unit, decode};
use crate::lower::builder::Builder;
use crate::lower::builder::Cursor;
use crate::message;
use crate::network::{Combine, Layer};
use crate::spec::decode::{Decode, table};
use crate::spec::value::Value;
use crate::spec::{Located, Problem};

table! {
    /// The sum of two layers, which `from` names.
    pub(super) struct Add {
        /// Name of the layer.
        add: String = "add",
    }
}

table! {
    /// The channels of several layers one after another, in the order in which `from` names them.
    pub(super) struct Concat {
        /// Name of the layer.
        concat: String = "concat",
    }
}

pub(super) const ADD: Unit = Unit {
    key: "add",
    schema: Add::schema,
    lower: |layer, builder| {
        let unit: &Add = decode(layer, builder)?;
        let operands = operands(layer, 2..=2, builder)?;
        let add = Layer::Combine(Combine::Add);
        builder.join(
            &unit.add.as_ref()?.value,
            Some(&layer.place),
            add,
            &operands,
        );
        Some(())
    },
};

pub(super) const CONCAT: Unit = Unit {
    key: "concat",
    schema: Concat::schema,
    lower: |layer, builder| {
        let unit: &Concat = decode(layer, builder)?;
        let operands = operands(layer, 2..=usize::MAX, builder)?;
        let inputs = operands.len();
        let concat = Layer::Combine(Combine::Concat { inputs });
        builder.join(
            &unit.concat.as_ref()?.value,
            Some(&layer.place),
            concat,
            &operands,
        );
        Some(())
    },
};

/// The layers that `from` names; another number of them is reported.
fn operands(
    layer: &Located<Value>,
    wanted: std::ops::RangeInclusive<usize>,
    builder: &mut Builder,
) -> Option<Vec<Cursor>> {
    let operands = builder.operands.clone();
    if wanted.contains(&operands.len()) {
        return Some(operands);
    }
    let message = message!("problem-joins-few", count = operands.len().max(1));
    let example = "from = [\"a\", \"b\"]";
    let help = message!("help-join-layers", example = example);
    builder.report(Problem::error("unit", message).at(&layer.place).help(help));
    None
}
