//! Functions of the query language, and its operators.

use super::Value;
use crate::message;
use crate::spec::calculation::Op;
use crate::text::{Joint, Message};

/// Functions of the language, each with the id of the text about its arguments and result.
pub const FUNCTIONS: [(&str, &str); 34] = [
    ("params", "query-takes-params"),
    ("buffers", "query-takes-buffers"),
    ("macs", "query-takes-macs"),
    ("shape", "query-takes-shape"),
    ("input", "query-takes-input"),
    ("op", "query-takes-op"),
    ("successor", "query-takes-successor"),
    ("predecessor", "query-takes-predecessor"),
    ("kernel", "query-takes-kernel"),
    ("stride", "query-takes-stride"),
    ("padding", "query-takes-padding"),
    ("groups", "query-takes-groups"),
    ("count", "query-takes-count"),
    ("blocks", "query-takes-blocks"),
    ("block", "query-takes-block"),
    ("paper_name", "query-takes-paper-name"),
    ("depth", "query-takes-depth"),
    ("field", "query-takes-field"),
    ("downsample", "query-takes-downsample"),
    ("shortcut", "query-takes-shortcut"),
    ("residual", "query-takes-residual"),
    ("legal", "query-takes-legal"),
    ("fault", "query-takes-fault"),
    ("caught", "query-takes-caught"),
    ("window", "query-takes-window"),
    ("preprocess", "query-takes-preprocess"),
    ("runs", "query-takes-runs"),
    ("top", "query-takes-top"),
    ("gradient", "query-takes-gradient"),
    ("trained", "query-takes-trained"),
    ("lesion", "query-takes-lesion"),
    ("looks", "query-takes-looks"),
    ("bn", "query-takes-bn"),
    ("bn_distance", "query-takes-bn-distance"),
];

/// Error message for a function that does not exist, or has other arguments.
pub(super) fn unknown(function: &str) -> Message {
    if let Some((name, takes)) = FUNCTIONS.iter().find(|(name, _)| *name == function) {
        message!(
            "query-takes",
            function = *name,
            arguments = Message::new(takes)
        )
    } else {
        message!(
            "query-no-function",
            function = function,
            known = Joint::Comma.of(FUNCTIONS.map(|(name, _)| name))
        )
    }
}

/// Applies an operator to two values.
pub(super) fn join(left: &Value, op: Op, right: &Value) -> Result<Value, Message> {
    if matches!(op, Op::Equal | Op::Unequal) {
        return Ok(Value::Truth(left.agrees(right, 0.0) == (op == Op::Equal)));
    }
    let (Value::Number(left), Value::Number(right)) = (left, right) else {
        return Err(message!("query-not-a-number"));
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
