//! Pools with a window: maximum and average.

use super::padding::{Padding, pad_same, same_border};
use super::{Unit, decode, required};
use crate::lower::builder::Builder;
use crate::message;
use crate::network::{Pool, Rounding, Window, limits};
use crate::spec::decode::{Decode, table, word};
use crate::spec::expr::Expr;
use crate::spec::pair::Pair;
use crate::spec::value::Value;
use crate::spec::{Located, Problem};
use serde_json::json;

table! {
    /// Maximum in a window: `torch.nn.MaxPool2d`.
    pub(super) struct MaxPool {
        /// Name of the module.
        max_pool: String = "max_pool",
        /// Size of the window: one number, or height and width.
        kernel: Pair<Expr> = "kernel",
        /// Stride, or strides along height and width; by default the size of the kernel.
        stride: Pair<Expr> = "stride",
        /// Padding on each side, or above and below, and on the left and right; default 0. "same" is TensorFlow's: as much as
        /// ⌈size / stride⌉ needs, with the larger part of an odd number at the bottom and right; it does not count as a
        /// value.
        padding: Padding = "padding",
        /// Distance between the pixels that the window reads, or distances along height and width; default 1.
        dilation: Pair<Expr> = "dilation",
        /// Rounding of an incomplete last window: "floor" leaves it out, "ceil" keeps it.
        rounding: RoundingWord = "rounding",
    }
}

table! {
    /// Mean in a window: `torch.nn.AvgPool2d`.
    pub(super) struct AvgPool {
        /// Name of the module.
        avg_pool: String = "avg_pool",
        /// Size of the window: one number, or height and width.
        kernel: Pair<Expr> = "kernel",
        /// Stride, or strides along height and width; by default the size of the kernel.
        stride: Pair<Expr> = "stride",
        /// Padding on each side, or above and below, and on the left and right; default 0. "same" is TensorFlow's: as much as
        /// ⌈size / stride⌉ needs, with the larger part of an odd number at the bottom and right; it does not count as a
        /// value.
        padding: Padding = "padding",
        /// Rounding of an incomplete last window: "floor" leaves it out, "ceil" keeps it.
        rounding: RoundingWord = "rounding",
        /// Whether the padding counts as zeros; default true, or false with padding = "same".
        count_include_pad: bool = "count_include_pad",
    }
}

/// `"floor"` or `"ceil"`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct RoundingWord(Rounding);

impl Decode for RoundingWord {
    fn decode(value: &Located<Value>, problems: &mut Vec<Problem>) -> Option<Self> {
        const WORDS: [(&str, Rounding); 2] = [("floor", Rounding::Floor), ("ceil", Rounding::Ceil)];
        word(value, &WORDS, "word-rounding", problems).map(Self)
    }

    fn schema() -> serde_json::Value {
        json!({"enum": ["floor", "ceil"]})
    }
}

/// Keys of a pool's window.
struct Sizes<'a> {
    kernel: Option<&'a Located<Pair<Expr>>>,
    stride: Option<&'a Located<Pair<Expr>>>,
    padding: Option<&'a Located<Padding>>,
    dilation: Option<&'a Located<Pair<Expr>>>,
    rounding: Option<&'a Located<RoundingWord>>,
}

/// The window of a pool as a spec states it.
fn stated(layer: &Located<Value>, sizes: &Sizes<'_>, builder: &mut Builder) -> Option<Window> {
    let kernel = required(sizes.kernel, "kernel", layer, builder)?;
    let kernel = builder.sizes("size-kernel", &kernel.value, 1, [limits::WINDOW; 2])?;
    let stride = builder.sizes_or("size-stride", sizes.stride, kernel, 1, limits::WINDOW)?;
    let padding = match sizes.padding.and_then(Padding::pair) {
        // PyTorch's own bound: with more padding, a window could lie wholly in the border.
        Some(padding) => builder.sizes("size-padding", padding, 0, kernel.map(|side| side / 2))?,
        None => [0; 2],
    };
    let dilation = builder.sizes_or("size-dilation", sizes.dilation, [1; 2], 1, limits::WINDOW)?;
    Some(Window {
        kernel,
        stride,
        padding,
        dilation,
        rounding: sizes.rounding.map_or(Rounding::Floor, |word| word.value.0),
    })
}

/// The window with its padding, on a map on which strides may have become dilations.
fn padded(
    (name, layer): (&str, &Located<Value>),
    window: Window,
    sizes: &Sizes<'_>,
    builder: &mut Builder,
) -> Option<Window> {
    match sizes.padding {
        Some(padding) if Padding::is_same(Some(padding)) => {
            same(window, padding, sizes.rounding, builder)
        }
        _ => Some(builder.keep_size(name, &layer.place, window)),
    }
}

/// Window with TensorFlow's padding. If the padding is larger after than before, rounding up gives the last window that pixel
/// more, which counts as no value in PyTorch's pools as in TensorFlow's.
fn same(
    window: Window,
    padding: &Located<Padding>,
    rounding: Option<&Located<RoundingWord>>,
    builder: &mut Builder,
) -> Option<Window> {
    if let Some(word) = rounding {
        builder.report(no_rounding(word));
        return None;
    }
    let Some((before, after)) = same_border(window, builder) else {
        return Some(window);
    };
    let is_even = before == after;
    if (0..2).any(|axis| before[axis] != after[axis] && window.stride[axis] == 1) {
        let problem = Problem::error("value", message!("problem-one-sided-border"));
        builder.report(
            problem
                .at(&padding.place)
                .help(message!("help-pool-border")),
        );
        return None;
    }
    Some(Window {
        padding: before,
        rounding: if is_even {
            Rounding::Floor
        } else {
            Rounding::Ceil
        },
        ..window
    })
}

/// Window of an average pool whose TensorFlow padding counts as zeros: the layer's own padding if both sides are equal;
/// otherwise a layer of zeros is added before it.
fn counted_same(
    name: &str,
    layer: &Located<Value>,
    unit: &AvgPool,
    builder: &mut Builder,
) -> Option<Window> {
    let sizes = Sizes {
        kernel: unit.kernel.as_ref(),
        stride: unit.stride.as_ref(),
        padding: None,
        dilation: None,
        rounding: None,
    };
    let window = stated(layer, &sizes, builder)?;
    if let Some(word) = &unit.rounding {
        builder.report(no_rounding(word));
        return None;
    }
    let window = builder.undilated(window);
    Some(pad_same(name, &layer.place, window, builder))
}

fn no_rounding(word: &Located<RoundingWord>) -> Problem {
    let problem = Problem::error("value", message!("problem-rounding-of-same"));
    problem.at(&word.place).help(message!("help-drop-rounding"))
}

pub(super) const MAX_POOL: Unit = Unit {
    key: "max_pool",
    schema: MaxPool::schema,
    lower: |layer, builder| {
        let unit: &MaxPool = decode(layer, builder)?;
        let sizes = Sizes {
            kernel: unit.kernel.as_ref(),
            stride: unit.stride.as_ref(),
            padding: unit.padding.as_ref(),
            dilation: unit.dilation.as_ref(),
            rounding: unit.rounding.as_ref(),
        };
        let name = &unit.max_pool.as_ref()?.value;
        let window = stated(layer, &sizes, builder)?;
        let window = builder.dilated(window);
        let window = padded((name, layer), window, &sizes, builder)?;
        builder.push(name, Some(&layer.place), Pool::Max(window));
        Some(())
    },
};

pub(super) const AVG_POOL: Unit = Unit {
    key: "avg_pool",
    schema: AvgPool::schema,
    lower: |layer, builder| {
        let unit: &AvgPool = decode(layer, builder)?;
        let name = unit.avg_pool.clone()?;
        // TensorFlow's padding does not count unless the spec requires it.
        let is_same = Padding::is_same(unit.padding.as_ref());
        let counts = match &unit.count_include_pad {
            Some(count) => count.value,
            None => !is_same,
        };
        if is_same && counts {
            let window = counted_same(&name.value, layer, unit, builder)?;
            builder.push(
                &name.value,
                Some(&layer.place),
                Pool::Average {
                    window,
                    count_include_pad: true,
                },
            );
            return Some(());
        }
        let sizes = Sizes {
            kernel: unit.kernel.as_ref(),
            stride: unit.stride.as_ref(),
            padding: unit.padding.as_ref(),
            dilation: None,
            rounding: unit.rounding.as_ref(),
        };
        let window = stated(layer, &sizes, builder)?;
        let window = builder.undilated(window);
        let window = padded((&name.value, layer), window, &sizes, builder)?;
        builder.push(
            &name.value,
            Some(&layer.place),
            Pool::Average {
                window,
                count_include_pad: counts,
            },
        );
        Some(())
    },
};
