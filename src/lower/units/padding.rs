//! Padding of a window: a size for both axes or for each, or TensorFlow's rule.

use crate::lower::builder::Builder;
use crate::network::{Reshape, Window};
use crate::spec::decode::Decode;
use crate::spec::expr::Expr;
use crate::spec::pair::Pair;
use crate::spec::value::Value;
use crate::spec::{Located, Place, Problem};
use serde_json::json;

/// Padding: a size, or TensorFlow's rule.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Padding {
    /// As much as ⌈size / stride⌉ needs.
    Same,
    /// Pixels on each side, or along height and width.
    Size(Pair<Expr>),
}

impl Padding {
    /// Whether it is TensorFlow's rule.
    pub(super) fn is_same(padding: Option<&Located<Self>>) -> bool {
        padding.is_some_and(|padding| matches!(padding.value, Self::Same))
    }

    /// The size, if it is given as one.
    pub(super) const fn pair(padding: &Located<Self>) -> Option<&Pair<Expr>> {
        match &padding.value {
            Self::Same => None,
            Self::Size(pair) => Some(pair),
        }
    }
}

impl Decode for Padding {
    fn decode(value: &Located<Value>, problems: &mut Vec<Problem>) -> Option<Self> {
        match &value.value {
            Value::Text(word) if word == "same" => Some(Self::Same),
            _ => Pair::decode(value, problems).map(Self::Size),
        }
    }

    fn schema() -> serde_json::Value {
        json!({"anyOf": [{"enum": ["same"]}, Pair::<Expr>::schema()]})
    }
}

/// TensorFlow's padding of a window, before and after, along both axes; `None` if there is no input map.
pub(super) fn same_border(window: Window, builder: &Builder) -> Option<([u64; 2], [u64; 2])> {
    let size = builder.cursor.and_then(|cursor| cursor.shape?.size())?;
    let extent = window.extent();
    let needed = [0, 1].map(|side| {
        let output = size[side].div_ceil(window.stride[side]);
        ((output - 1) * window.stride[side] + extent[side]).saturating_sub(size[side])
    });
    let before = needed.map(|all| all / 2);
    let after = [0, 1].map(|side| needed[side] - before[side]);
    Some((before, after))
}

/// Window of a layer with TensorFlow's zero padding. Equal padding on both sides becomes the layer's own; otherwise a layer
/// of zeros is added before it.
pub(super) fn pad_same(name: &str, place: &Place, window: Window, builder: &mut Builder) -> Window {
    let Some((before, after)) = same_border(window, builder) else {
        return window;
    };
    if before == after {
        return Window {
            padding: before,
            ..window
        };
    }
    let pad = Reshape::ConstantPad2d { before, after };
    builder.push(&format!("{name}_pad"), Some(place), pad);
    window
}
