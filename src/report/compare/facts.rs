//! Settings of a layer one by one, and the differences between two layers' settings.

use crate::message;
use crate::network::layer::{Order, Scalar, Zeros};
use crate::network::{
    Combine, Conv, Gate, Layer, Picture, Pool, Preprocess, Reshape, Rounding, Window,
};
use crate::report::format::dims;
use crate::text::Message;

/// Setting, by the form in which its change is described.
#[derive(Debug, Clone, PartialEq)]
enum Value {
    /// `stride 1 → 2`
    Text(Message),
    /// `channels out ×2`: a factor, so that the same change in every stage is one.
    Size(u64),
    /// `with bias`, `without bias`
    Flag(bool),
}

/// A setting that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Change {
    /// Name of the setting.
    pub(super) setting: Message,
    /// Its value before and after.
    pub(super) values: [Message; 2],
    /// Description of the change.
    pub(super) text: Message,
}

/// Setting that can move between layers of a block.
pub(super) const STRIDE: Message = Message::new("column-stride");

/// Settings in which `b` differs from `a`, except those that a layer only adopts: its input or normalised channels.
pub(super) fn changes(a: &Layer, b: &Layer) -> Vec<Change> {
    let mut found = Vec::new();
    if a.op() != b.op() {
        found.push(Change {
            setting: message!("column-op"),
            values: [a, b].map(|layer| Message::of(layer.op())),
            text: Message::of(format!("{} → {}", a.op(), b.op())),
        });
    }
    let (before, after) = (facts(a), facts(b));
    for (setting, old) in &before {
        let new = after.iter().find(|(other, _)| other == setting);
        if let Some((_, new)) = new
            && old != new
        {
            found.push(Change {
                text: describe(setting, old, new),
                values: [text(old), text(new)],
                setting: setting.clone(),
            });
        }
    }
    found
}

fn describe(setting: &Message, old: &Value, new: &Value) -> Message {
    let setting = setting.clone();
    match (old, new) {
        (Value::Size(old), Value::Size(new)) => {
            message!(
                "change-of-size",
                setting = setting,
                factor = factor(*old, *new)
            )
        }
        (_, Value::Flag(true)) => message!("change-with", setting = setting),
        (_, Value::Flag(false)) => message!("change-without", setting = setting),
        (old, new) => {
            message!(
                "change-of-setting",
                setting = setting,
                old = text(old),
                new = text(new)
            )
        }
    }
}

fn text(value: &Value) -> Message {
    match value {
        Value::Text(text) => text.clone(),
        Value::Size(size) => Message::of(*size),
        Value::Flag(flag) => Message::of(flag.to_string()),
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

type Facts = Vec<(Message, Value)>;

#[allow(clippy::too_many_lines, reason = "one arm for each kind of layer")]
fn facts(layer: &Layer) -> Facts {
    let number = |number: f64| Value::Text(Message::of(number));
    let of = |value: u64| Value::Text(Message::of(value));
    let text = |text: String| Value::Text(Message::of(text));
    match layer {
        Layer::Input { channels, size } => vec![
            (message!("setting-channels"), of(*channels)),
            (message!("column-size"), pair(*size)),
        ],
        Layer::Picture(picture) => match picture {
            Picture::Resize { shorter, filter } => vec![
                (message!("setting-shorter-side"), of(*shorter)),
                (message!("setting-filter"), text(filter.name().to_owned())),
            ],
            Picture::CenterCrop { size } => vec![(message!("column-size"), pair(*size))],
            Picture::Grayscale | Picture::RgbToBgr => vec![],
        },
        Layer::Preprocess(Preprocess::Scale { divisor }) => {
            vec![(message!("setting-divisor"), number(f64::from(*divisor)))]
        }
        Layer::Preprocess(Preprocess::Standardize { mean, std }) => vec![
            (message!("label-mean"), text(format!("{mean:?}"))),
            (message!("label-std"), text(format!("{std:?}"))),
        ],
        Layer::Conv(Conv::Spatial(conv)) => {
            let mut facts = window(&conv.window);
            facts.push((
                message!("setting-channels-out"),
                Value::Size(conv.out_channels),
            ));
            facts.push((message!("setting-groups"), of(conv.groups)));
            facts.push((message!("setting-bias"), Value::Flag(conv.bias)));
            let standardized = conv.standardize.is_some();
            facts.push((
                message!("layer-standardised-weights"),
                Value::Flag(standardized),
            ));
            if conv.has_gain() {
                facts.push((message!("setting-gain"), Value::Flag(true)));
            }
            facts
        }
        Layer::Conv(Conv::Channels { kernel }) => vec![(message!("column-kernel"), of(*kernel))],
        Layer::Norm(norm) => {
            let settings = norm.settings().into_iter();
            let settings = settings.map(|(id, value)| (Message::new(id), text(value)));
            let affine = norm
                .affine()
                .map(|has| (message!("setting-scale-and-shift"), Value::Flag(has)));
            settings.chain(affine).collect()
        }
        Layer::Pool(pool) => match pool {
            Pool::Max(pool) => window(pool),
            Pool::Average {
                window: pool,
                count_include_pad,
            } => {
                let mut facts = window(pool);
                let counted = Value::Flag(*count_include_pad);
                facts.push((message!("setting-padding-counted"), counted));
                facts
            }
            Pool::Blur { kernel, stride } => {
                vec![
                    (message!("column-kernel"), pair([*kernel; 2])),
                    (STRIDE, of(*stride)),
                ]
            }
            Pool::Global => vec![],
            Pool::Along(axis) => vec![(message!("setting-axis"), Value::Text(axis.word()))],
            Pool::MeanDeviation { axis, eps } => vec![
                (message!("setting-axis"), Value::Text(axis.word())),
                (message!("setting-eps"), number(*eps)),
            ],
        },
        Layer::Reshape(reshape) => match reshape {
            Reshape::ConstantPad2d { before, after } => {
                vec![
                    (message!("column-padding"), pair(*before)),
                    (message!("setting-padding-after"), pair(*after)),
                ]
            }
            Reshape::PadShortcut { stride, zeros, .. } => {
                let mut facts = vec![(STRIDE, side(*stride))];
                if *zeros == Zeros::End {
                    facts.push((
                        message!("setting-zeros"),
                        Value::Text(message!("setting-at-the-end")),
                    ));
                }
                facts
            }
            Reshape::SpaceToDepth { block, order } => vec![
                (message!("setting-block"), pair([*block; 2])),
                (
                    message!("setting-by-channel"),
                    Value::Flag(*order == Order::ByChannel),
                ),
            ],
            Reshape::PixelShuffle { block } => vec![(message!("setting-block"), pair([*block; 2]))],
            Reshape::Dropout { p } => vec![(message!("setting-p"), number(*p))],
            Reshape::Slice { .. } | Reshape::Flatten => vec![],
        },
        Layer::Combine(combine) => match combine {
            Combine::Concat { inputs } => vec![(message!("setting-inputs"), of(*inputs as u64))],
            Combine::RadixWeightedSum { radix } => vec![(message!("setting-radix"), of(*radix))],
            Combine::Add | Combine::Multiply => vec![],
        },
        Layer::Gate(Gate::RadixSum { radix }) => vec![(message!("setting-radix"), of(*radix))],
        Layer::Gate(Gate::RadixSoftmax { radix, groups }) => {
            vec![
                (message!("setting-radix"), of(*radix)),
                (message!("setting-groups"), of(*groups)),
            ]
        }
        Layer::Linear(linear) => vec![
            (message!("setting-outputs"), of(linear.out_features)),
            (message!("setting-bias"), Value::Flag(linear.bias)),
        ],
        Layer::Activation(activation) => {
            vec![(
                Message::of(activation.op()),
                text(activation.formula("x", "x")),
            )]
        }
        Layer::Scalar(Scalar::Times { factor }) => {
            vec![(message!("setting-factor"), number(*factor))]
        }
        Layer::Scalar(scalar) => vec![(Message::of(scalar.op()), Value::Flag(true))],
    }
}

fn window(window: &Window) -> Facts {
    let mut facts = vec![
        (
            message!("column-kernel"),
            Value::Text(Message::of(window.to_string())),
        ),
        (STRIDE, side(window.stride)),
        (message!("column-dilation"), side(window.dilation)),
    ];
    // The padding that keeps the size depends on the kernel and is not a separate setting.
    let keeps = [0, 1].map(|axis| window.extent()[axis] / 2);
    let padding = if window.padding == keeps {
        Value::Text(message!("setting-keeps-size"))
    } else {
        side(window.padding)
    };
    facts.push((message!("column-padding"), padding));
    let up = window.rounding == Rounding::Ceil;
    facts.push((message!("setting-last-step"), Value::Flag(up)));
    facts
}

fn side([height, width]: [u64; 2]) -> Value {
    if height == width {
        Value::Text(Message::of(height))
    } else {
        pair([height, width])
    }
}

fn pair([height, width]: [u64; 2]) -> Value {
    Value::Text(Message::of(dims([height, width])))
}
