//! Settings of a layer one by one, and the differences between two layers' settings.

use crate::network::layer::{Order, Zeros};
use crate::network::{
    Combine, Conv, Gate, Layer, Picture, Pool, Preprocess, Reshape, Rounding, Window,
};

/// Setting, by the form in which its change is described.
#[derive(Debug, Clone, PartialEq)]
enum Value {
    /// `stride 1 → 2`
    Text(String),
    /// `channels out ×2`: a factor, so that the same change in every stage is one.
    Size(u64),
    /// `with bias`, `without bias`
    Flag(bool),
}

/// A setting that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Change {
    /// Name of the setting.
    pub(super) setting: &'static str,
    /// Description of the change.
    pub(super) text: String,
}

/// Setting that can move between layers of a block.
pub(super) const STRIDE: &str = "stride";

/// Settings in which `b` differs from `a`, except those that a layer only adopts: its input or normalised channels.
pub(super) fn changes(a: &Layer, b: &Layer) -> Vec<Change> {
    let mut found = Vec::new();
    if a.op() != b.op() {
        found.push(Change {
            setting: "op",
            text: format!("{} → {}", a.op(), b.op()),
        });
    }
    let (before, after) = (facts(a), facts(b));
    for (setting, old) in &before {
        let new = after.iter().find(|(other, _)| other == setting);
        if let Some((_, new)) = new
            && old != new
        {
            found.push(Change {
                setting,
                text: describe(setting, old, new),
            });
        }
    }
    found
}

fn describe(setting: &str, old: &Value, new: &Value) -> String {
    match (old, new) {
        (Value::Size(old), Value::Size(new)) => format!("{setting} {}", factor(*old, *new)),
        (_, Value::Flag(true)) => format!("with {setting}"),
        (_, Value::Flag(false)) => format!("without {setting}"),
        (old, new) => format!("{setting} {} → {}", text(old), text(new)),
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Size(size) => size.to_string(),
        Value::Flag(flag) => flag.to_string(),
    }
}

/// Factor between two sizes: `×2`, `÷4`, `×1.41`.
fn factor(old: u64, new: u64) -> String {
    if old == 0 || new == 0 {
        format!("{old} → {new}")
    } else if new.is_multiple_of(old) {
        format!("×{}", new / old)
    } else if old.is_multiple_of(new) {
        format!("÷{}", old / new)
    } else {
        format!("×{:.2}", new as f64 / old as f64)
    }
}

type Facts = Vec<(&'static str, Value)>;

fn facts(layer: &Layer) -> Facts {
    let number = |number: f64| Value::Text(number.to_string());
    let of = |value: u64| Value::Text(value.to_string());
    match layer {
        Layer::Input { channels, size } => vec![("channels", of(*channels)), ("size", pair(*size))],
        Layer::Picture(picture) => match picture {
            Picture::Resize { shorter, filter } => vec![
                ("shorter side", of(*shorter)),
                ("filter", Value::Text(filter.name().to_owned())),
            ],
            Picture::CenterCrop { size } => vec![("size", pair(*size))],
            Picture::Grayscale | Picture::RgbToBgr => vec![],
        },
        Layer::Preprocess(Preprocess::Scale { divisor }) => {
            vec![("divisor", number(f64::from(*divisor)))]
        }
        Layer::Preprocess(Preprocess::Standardize { mean, std }) => vec![
            ("mean", Value::Text(format!("{mean:?}"))),
            ("std", Value::Text(format!("{std:?}"))),
        ],
        Layer::Conv(Conv::Spatial(conv)) => {
            let mut facts = window(&conv.window);
            facts.push(("channels out", Value::Size(conv.out_channels)));
            facts.push(("groups", of(conv.groups)));
            facts.push(("bias", Value::Flag(conv.bias)));
            let standardized = conv.standardize.is_some();
            facts.push(("standardised weights", Value::Flag(standardized)));
            facts
        }
        Layer::Conv(Conv::Channels { kernel }) => vec![("kernel", of(*kernel))],
        Layer::Norm(norm) => {
            let settings = norm.settings().into_iter();
            settings
                .map(|(name, value)| (name, Value::Text(value)))
                .collect()
        }
        Layer::Pool(pool) => match pool {
            Pool::Max(pool) => window(pool),
            Pool::Average {
                window: pool,
                count_include_pad,
            } => {
                let mut facts = window(pool);
                let counted = Value::Flag(*count_include_pad);
                facts.push(("zeros of the padding counted", counted));
                facts
            }
            Pool::Blur { kernel, stride } => {
                vec![("kernel", pair([*kernel; 2])), (STRIDE, of(*stride))]
            }
            Pool::Global => vec![],
            Pool::Along(axis) => vec![("axis", Value::Text(axis.name().to_owned()))],
            Pool::MeanDeviation { axis, eps } => vec![
                ("axis", Value::Text(axis.name().to_owned())),
                ("eps", number(*eps)),
            ],
        },
        Layer::Reshape(reshape) => match reshape {
            Reshape::ConstantPad2d { before, after } => {
                vec![("padding", pair(*before)), ("padding behind", pair(*after))]
            }
            Reshape::PadShortcut { stride, zeros, .. } => {
                let mut facts = vec![(STRIDE, side(*stride))];
                if *zeros == Zeros::End {
                    facts.push(("zeros", Value::Text("at the end".to_owned())));
                }
                facts
            }
            Reshape::SpaceToDepth { block, order } => vec![
                ("block", pair([*block; 2])),
                (
                    "pixels of a channel together",
                    Value::Flag(*order == Order::ByChannel),
                ),
            ],
            Reshape::PixelShuffle { block } => vec![("block", pair([*block; 2]))],
            Reshape::Dropout { p } => vec![("p", number(*p))],
            Reshape::Slice { .. } | Reshape::Flatten => vec![],
        },
        Layer::Combine(combine) => match combine {
            Combine::Concat { inputs } => vec![("inputs", of(*inputs as u64))],
            Combine::RadixWeightedSum { radix } => vec![("radix", of(*radix))],
            Combine::Add | Combine::Multiply => vec![],
        },
        Layer::Gate(Gate::RadixSum { radix }) => vec![("radix", of(*radix))],
        Layer::Gate(Gate::RadixSoftmax { radix, groups }) => {
            vec![("radix", of(*radix)), ("groups", of(*groups))]
        }
        Layer::Linear(linear) => vec![
            ("outputs", of(linear.out_features)),
            ("bias", Value::Flag(linear.bias)),
        ],
        Layer::Activation(activation) => {
            vec![(activation.op(), Value::Text(activation.formula("x", "x")))]
        }
        Layer::Scalar(scalar) => vec![(scalar.op(), Value::Text("one number".to_owned()))],
    }
}

fn window(window: &Window) -> Facts {
    let mut facts = vec![
        ("kernel", Value::Text(window.to_string())),
        (STRIDE, side(window.stride)),
        ("dilation", side(window.dilation)),
    ];
    // The padding that keeps the size depends on the kernel and is not a separate setting.
    let keeps = [0, 1].map(|axis| window.extent()[axis] / 2);
    let padding = if window.padding == keeps {
        Value::Text("that keeps the size".to_owned())
    } else {
        side(window.padding)
    };
    facts.push(("padding", padding));
    let up = window.rounding == Rounding::Ceil;
    facts.push(("the last, incomplete step", Value::Flag(up)));
    facts
}

fn side([height, width]: [u64; 2]) -> Value {
    if height == width {
        Value::Text(height.to_string())
    } else {
        pair([height, width])
    }
}

fn pair([height, width]: [u64; 2]) -> Value {
    Value::Text(format!("{height}×{width}"))
}
