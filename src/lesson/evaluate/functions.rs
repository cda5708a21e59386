//! Functions of the query language, and its operators.

use super::Value;
use crate::spec::calculation::Op;

/// Functions of the language and their arguments, for error messages and the book.
pub const FUNCTIONS: [(&str, &str); 29] = [
    (
        "params",
        "NET or NET.LAYER: learned parameters, of everything below that path",
    ),
    (
        "buffers",
        "NET or NET.LAYER: elements of running means and variances",
    ),
    (
        "macs",
        "NET or NET.LAYER, a rule in quotes if not conv+fc: operations for one image",
    ),
    ("shape", "NET.LAYER: what it puts out"),
    ("input", "NET.LAYER: what it reads"),
    ("op", "NET.LAYER: PyTorch's name of the operation"),
    (
        "successor",
        "NET.LAYER: the layer that reads it; several are joined by commas",
    ),
    ("predecessor", "NET.LAYER: the layer that it reads"),
    ("kernel", "NET.LAYER: size of its window"),
    ("stride", "NET.LAYER: its step"),
    ("padding", "NET.LAYER: its border"),
    ("groups", "NET.LAYER: groups of a convolution"),
    (
        "count",
        "NET, and one of blocks, projections, identities, stages, layers, downsamples or an operation",
    ),
    ("blocks", "NET, stage: blocks of a stage, from 1"),
    ("block", "NET: kind of its first block"),
    ("paper_name", "NET, stage: the stage's name in the paper"),
    (
        "depth",
        "NET: convolutions on the main path and linear layers",
    ),
    ("field", "NET or NET.LAYER: receptive field in pixels"),
    (
        "downsample",
        "NET, number from 1: the layer that takes that stride",
    ),
    (
        "shortcut",
        "NET.BLOCK: identity, projection, pooled projection or zero padding",
    ),
    ("legal", "NET: whether it breaks no rule"),
    ("fault", "NET: the first layer that breaks a rule"),
    (
        "caught",
        "NET: the id of the first rule that `check` finds broken",
    ),
    (
        "window",
        "size, kernel, stride, padding: size of what the window puts out",
    ),
    (
        "preprocess",
        "NET, mean or std, channel: of the preparation of pictures",
    ),
    (
        "runs",
        "NET: whether a pass on noise comes to its end with finite numbers",
    ),
    (
        "top",
        "NET, number: the likeliest class of a shipped picture",
    ),
    (
        "bn",
        "NET.LAYER, what, channel, size: of one batch through a batch normalisation",
    ),
    (
        "bn_distance",
        "NET.LAYER, size: of batches' means from the running ones, in standard deviations",
    ),
];

/// Error message for a function that does not exist, or has other arguments.
pub(super) fn unknown(function: &str) -> String {
    if let Some((name, takes)) = FUNCTIONS.iter().find(|(name, _)| *name == function) {
        format!("{name} takes {takes}")
    } else {
        let names: Vec<_> = FUNCTIONS.iter().map(|(name, _)| *name).collect();
        format!(
            "there is no function `{function}`; there are {}",
            names.join(", ")
        )
    }
}

/// Applies an operator to two values.
pub(super) fn join(left: &Value, op: Op, right: &Value) -> Result<Value, String> {
    if matches!(op, Op::Equal | Op::Unequal) {
        return Ok(Value::Truth(left.agrees(right, 0.0) == (op == Op::Equal)));
    }
    let (Value::Number(left), Value::Number(right)) = (left, right) else {
        return Err("only numbers can be calculated with".to_owned());
    };
    Ok(match op {
        Op::Add => Value::Number(left + right),
        Op::Subtract => Value::Number(left - right),
        Op::Multiply => Value::Number(left * right),
        Op::Divide => Value::Number(left / right),
        Op::Less => Value::Truth(left < right),
        Op::Greater => Value::Truth(left > right),
        Op::Equal | Op::Unequal => {
            Value::Truth(((left - right).abs() < f64::EPSILON) == (op == Op::Equal))
        }
    })
}
