//! What each layer is in PyTorch: a module with its settings, or an expression.

use super::template::{Piece, Role, Slot, text};
use crate::network::layer::{Conv2d, GroupNorm, Zeros};
use crate::network::{Layer, Rounding, Window};

/// A number that is not in `forward`.
fn slot(role: Role, value: u64) -> Slot {
    Slot {
        role,
        value,
        in_forward: false,
    }
}

fn number(role: Role, value: u64) -> Piece {
    Piece::Number(slot(role, value))
}

/// The module of a layer that is one: with tensors, or with a window. `None` where it is an expression alone.
#[allow(clippy::too_many_lines, reason = "one arm a layer")]
pub(super) fn module(layer: &Layer) -> Option<Vec<Piece>> {
    Some(match layer {
        Layer::Conv2d(conv) => conv2d(conv),
        Layer::BatchNorm2d(norm) => {
            let mut rest = String::new();
            if norm.eps.to_bits() != 1e-5_f64.to_bits() {
                rest += &format!(", eps={}", python(norm.eps));
            }
            if norm.momentum.to_bits() != 0.1_f64.to_bits() {
                rest += &format!(", momentum={}", python(norm.momentum));
            }
            vec![
                text("nn.BatchNorm2d("),
                number(Role::Out, norm.features),
                text(rest + ")"),
            ]
        }
        Layer::GroupNorm(norm) => vec![
            text("nn.GroupNorm("),
            number(Role::Groups, norm.groups),
            text(", "),
            number(Role::Out, norm.features),
            text(format!(", eps={})", python(norm.eps))),
        ],
        Layer::EvoNorm2dS0(GroupNorm {
            features,
            groups,
            eps,
            ..
        }) => vec![
            text("EvoNorm2dS0("),
            number(Role::Out, *features),
            text(", groups="),
            number(Role::Groups, *groups),
            text(format!(", eps={})", python(*eps))),
        ],
        Layer::FilterResponseNorm { features, eps } => vec![
            text("FilterResponseNormTlu2d("),
            number(Role::Out, *features),
            text(format!(", eps={})", python(*eps))),
        ],
        Layer::ChannelConv { kernel } => vec![
            text("ChannelConv("),
            number(Role::Channels, *kernel),
            text(")"),
        ],
        Layer::Linear(linear) => vec![
            text("nn.Linear("),
            number(Role::In, linear.in_features),
            text(", "),
            number(Role::Out, linear.out_features),
            text(if linear.bias { ")" } else { ", bias=False)" }),
        ],
        Layer::MaxPool2d(window) => pool("nn.MaxPool2d", window, ""),
        Layer::AvgPool2d {
            window,
            count_include_pad,
        } => {
            let rest = if *count_include_pad {
                ""
            } else {
                ", count_include_pad=False"
            };
            pool("nn.AvgPool2d", window, rest)
        }
        Layer::BlurPool2d { kernel, stride } => vec![
            text(format!("BlurPool2d({kernel}")),
            Piece::Keyword("stride", slot(Role::Stride, *stride), 1),
            text(")"),
        ],
        Layer::ConstantPad2d { before, after } => {
            let [[top, left], [bottom, right]] = [*before, *after];
            let sides = if [left, bottom, right] == [top; 3] {
                top.to_string()
            } else {
                format!("({left}, {right}, {top}, {bottom})")
            };
            vec![text(format!("nn.ConstantPad2d({sides}, 0.0)"))]
        }
        Layer::PadShortcut {
            stride,
            channels,
            zeros,
        } => vec![
            text("PadShortcut("),
            number(Role::Out, *channels),
            keyword("stride", Role::Stride, *stride, 1),
            text(match zeros {
                Zeros::BothEnds => ")",
                Zeros::End => ", at_end=True)",
            }),
        ],
        Layer::Input { .. }
        | Layer::Grayscale
        | Layer::Resize { .. }
        | Layer::CenterCrop { .. }
        | Layer::RgbToBgr
        | Layer::Scale { .. }
        | Layer::Standardize { .. }
        | Layer::Relu
        | Layer::Sigmoid
        | Layer::GlobalAvgPool
        | Layer::Add
        | Layer::Multiply
        | Layer::Slice { .. }
        | Layer::Concat { .. }
        | Layer::RadixSum { .. }
        | Layer::RadixSoftmax { .. }
        | Layer::RadixWeightedSum { .. }
        | Layer::Flatten => return None,
    })
}

/// The module of a layer that stands in an `nn.Sequential`.
pub(super) fn in_sequence(layer: &Layer) -> Option<Vec<Piece>> {
    let name = match layer {
        Layer::Relu => "nn.ReLU()",
        Layer::Sigmoid => "nn.Sigmoid()",
        Layer::GlobalAvgPool => "nn.AdaptiveAvgPool2d(1)",
        Layer::Flatten => "nn.Flatten()",
        layer => return module(layer),
    };
    Some(vec![text(name)])
}

/// The expression of a layer without a module, of the expressions that it reads.
pub(super) fn expression(layer: &Layer, inputs: &[Vec<Piece>]) -> Vec<Piece> {
    let first = || inputs.first().cloned().unwrap_or_default();
    let around = |before: &str, after: String| {
        let mut pieces = vec![text(before)];
        pieces.extend(first());
        pieces.push(text(after));
        pieces
    };
    let joined = |between: &str| {
        let mut pieces = Vec::new();
        for (at, input) in inputs.iter().enumerate() {
            if at > 0 {
                pieces.push(text(between));
            }
            pieces.extend(input.iter().cloned());
        }
        pieces
    };
    let forward = |value| {
        Piece::Number(Slot {
            role: Role::Channels,
            value,
            in_forward: true,
        })
    };
    match layer {
        Layer::Relu => around("torch.relu(", ")".to_owned()),
        Layer::Sigmoid => around("torch.sigmoid(", ")".to_owned()),
        Layer::GlobalAvgPool => around("", ".mean((2, 3), keepdim=True)".to_owned()),
        Layer::Flatten => around("torch.flatten(", ", 1)".to_owned()),
        Layer::Add => joined(" + "),
        Layer::Multiply => joined(" * "),
        Layer::Concat { .. } => {
            let mut pieces = vec![text("torch.cat([")];
            pieces.extend(joined(", "));
            pieces.push(text("], 1)"));
            pieces
        }
        Layer::Slice { start, channels } => {
            let mut pieces = first();
            pieces.push(text("[:, "));
            if *start > 0 {
                pieces.push(forward(*start));
            }
            pieces.push(text(":"));
            pieces.push(forward(start + channels));
            pieces.push(text("]"));
            pieces
        }
        Layer::RadixSum { radix } => around("", format!(".unflatten(1, ({radix}, -1)).sum(1)")),
        Layer::RadixSoftmax { radix, groups } => around(
            "radix_softmax(",
            format!(", radix={radix}, groups={groups})"),
        ),
        Layer::RadixWeightedSum { radix } => {
            let mut pieces = vec![text("(")];
            pieces.extend(joined(" * "));
            pieces.push(text(format!(").unflatten(1, ({radix}, -1)).sum(1)")));
            pieces
        }
        _ => first(),
    }
}

fn conv2d(conv: &Conv2d) -> Vec<Piece> {
    let name = if conv.standardize.is_some() {
        "StdConv2d("
    } else {
        "nn.Conv2d("
    };
    let mut pieces = vec![
        text(name),
        number(Role::In, conv.in_channels),
        text(", "),
        number(Role::Out, conv.out_channels),
        text(format!(", {}", pair(conv.window.kernel))),
    ];
    pieces.extend(window(&conv.window, false));
    pieces.push(Piece::Keyword("groups", slot(Role::Groups, conv.groups), 1));
    let mut rest = String::new();
    if !conv.bias {
        rest += ", bias=False";
    }
    if let Some(eps) = conv.standardize {
        rest += &format!(", eps={}", python(eps));
    }
    pieces.push(text(rest + ")"));
    pieces
}

fn pool(name: &str, size: &Window, rest: &str) -> Vec<Piece> {
    let mut pieces = vec![text(format!("{name}({}", pair(size.kernel)))];
    pieces.extend(window(size, true));
    let ceil = match size.rounding {
        Rounding::Ceil => ", ceil_mode=True",
        Rounding::Floor => "",
    };
    pieces.push(text(format!("{ceil}{rest})")));
    pieces
}

/// Step, padding and dilation as keywords. A pool's step is its kernel unless it is said.
fn window(window: &Window, always_stride: bool) -> Vec<Piece> {
    [
        (
            "stride",
            Role::Stride,
            window.stride,
            u64::from(!always_stride),
        ),
        ("padding", Role::Padding, window.padding, 0),
        ("dilation", Role::Dilation, window.dilation, 1),
    ]
    .into_iter()
    .map(|(key, role, sizes, default)| keyword(key, role, sizes, default))
    .collect()
}

/// A keyword whose value may differ along height and width.
fn keyword(key: &'static str, role: Role, sizes: [u64; 2], default: u64) -> Piece {
    if sizes[0] == sizes[1] {
        Piece::Keyword(key, slot(role, sizes[0]), default)
    } else {
        text(format!(", {key}={}", pair(sizes)))
    }
}

/// A pair of equal sizes is one number.
fn pair([height, width]: [u64; 2]) -> String {
    if height == width {
        height.to_string()
    } else {
        format!("({height}, {width})")
    }
}

/// A float as Python writes it.
fn python(value: f64) -> String {
    format!("{value:?}")
}
