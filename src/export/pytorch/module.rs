//! PyTorch form of each layer: a module with its settings, or an expression.

use super::template::{Piece, Role, Slot, text};
use crate::network::layer::{Axis, Conv2d, Order, Scalar, Standardize, Zeros};
use crate::network::{
    Activation, Combine, Conv, Gate, Layer, Norm, Pool, Reshape, Rounding, Window,
};

/// A number in a constructor rather than in `forward`.
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

/// Module of a layer that needs one, for its tensors or its window. `None` if it is only an expression.
pub(super) fn module(layer: &Layer) -> Option<Vec<Piece>> {
    Some(match layer {
        Layer::Conv(Conv::Spatial(conv)) => conv2d(conv),
        Layer::Conv(Conv::Channels { kernel }) => vec![
            text("ChannelConv("),
            number(Role::Kernel, *kernel),
            text(")"),
        ],
        Layer::Norm(own) => norm(own),
        Layer::Linear(linear) => vec![
            text("nn.Linear("),
            number(Role::In, linear.in_features),
            text(", "),
            number(Role::Out, linear.out_features),
            text(if linear.bias { ")" } else { ", bias=False)" }),
        ],
        Layer::Pool(own) => match own {
            Pool::Max(window) => pool("nn.MaxPool2d", window, ""),
            Pool::Average {
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
            Pool::Blur { kernel, stride } => vec![
                text(format!("BlurPool2d({kernel}")),
                Piece::Keyword("stride", slot(Role::Stride, *stride), 1),
                text(")"),
            ],
            Pool::MeanDeviation { axis, eps } => vec![text(format!(
                "MeanDeviation({}, eps={})",
                2 + axis.index(),
                python(*eps)
            ))],
            Pool::Global | Pool::Along(_) => return None,
        },
        Layer::Reshape(reshape) => match reshape {
            Reshape::ConstantPad2d { before, after } => {
                let [[top, left], [bottom, right]] = [*before, *after];
                let sides = if [left, bottom, right] == [top; 3] {
                    top.to_string()
                } else {
                    format!("({left}, {right}, {top}, {bottom})")
                };
                vec![text(format!("nn.ConstantPad2d({sides}, 0.0)"))]
            }
            Reshape::PadShortcut {
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
            Reshape::SpaceToDepth { block, order } => {
                let class = match order {
                    Order::ByChannel => "nn.PixelUnshuffle",
                    Order::ByPixel => "SpaceToDepth",
                };
                vec![text(format!("{class}({block})"))]
            }
            Reshape::PixelShuffle { block } => vec![text(format!("nn.PixelShuffle({block})"))],
            Reshape::Dropout { p } => vec![text(format!("nn.Dropout({})", python(*p)))],
            Reshape::Slice { .. } | Reshape::Flatten => return None,
        },
        Layer::Activation(Activation::Prelu { weights }) => vec![
            text("nn.PReLU("),
            number(Role::Channels, *weights),
            text(")"),
        ],
        // An attribute, which no `nn.Sequential` can call.
        Layer::Scalar(scalar) if scalar.is_learned() => {
            vec![text("nn.Parameter(torch.ones(1))")]
        }
        Layer::Input { .. }
        | Layer::Scalar(_)
        | Layer::Picture(_)
        | Layer::Preprocess(_)
        | Layer::Activation(_)
        | Layer::Combine(_)
        | Layer::Gate(_) => return None,
    })
}

fn norm(norm: &Norm) -> Vec<Piece> {
    match norm {
        Norm::Batch(norm) => {
            let mut rest = String::new();
            if norm.eps.to_bits() != 1e-5_f64.to_bits() {
                rest += &format!(", eps={}", python(norm.eps));
            }
            if norm.momentum.to_bits() != 0.1_f64.to_bits() {
                rest += &format!(", momentum={}", python(norm.momentum));
            }
            vec![
                text(if norm.vectors {
                    "nn.BatchNorm1d("
                } else {
                    "nn.BatchNorm2d("
                }),
                number(Role::Channels, norm.features),
                text(rest + ")"),
            ]
        }
        Norm::Group(norm) => vec![
            text("nn.GroupNorm("),
            number(Role::Groups, norm.groups),
            text(", "),
            number(Role::Channels, norm.features),
            text(format!(", eps={})", python(norm.eps))),
        ],
        Norm::Instance(norm) => {
            let mut rest = String::new();
            if norm.eps.to_bits() != 1e-5_f64.to_bits() {
                rest += &format!(", eps={}", python(norm.eps));
            }
            if norm.affine {
                rest += ", affine=True";
            }
            vec![
                text("nn.InstanceNorm2d("),
                number(Role::Channels, norm.features),
                text(rest + ")"),
            ]
        }
        Norm::EvoS0(norm) => vec![
            text("EvoNorm2dS0("),
            number(Role::Channels, norm.features),
            text(", groups="),
            number(Role::Groups, norm.groups),
            text(format!(", eps={})", python(norm.eps))),
        ],
        Norm::FilterResponse { features, eps } => vec![
            text("FilterResponseNormTlu2d("),
            number(Role::Channels, *features),
            text(format!(", eps={})", python(*eps))),
        ],
    }
}

/// Module of a layer within an `nn.Sequential`.
pub(super) fn in_sequence(layer: &Layer) -> Option<Vec<Piece>> {
    Some(vec![match layer {
        Layer::Scalar(_) => return None,
        Layer::Activation(Activation::Prelu { .. }) => return module(layer),
        Layer::Activation(activation) => text(format!(
            "nn.{}({})",
            activation.op(),
            activation.arguments()
        )),
        Layer::Pool(Pool::Global) => text("nn.AdaptiveAvgPool2d(1)"),
        Layer::Pool(Pool::Along(Axis::Height)) => text("nn.AdaptiveAvgPool2d((1, None))"),
        Layer::Pool(Pool::Along(Axis::Width)) => text("nn.AdaptiveAvgPool2d((None, 1))"),
        Layer::Reshape(Reshape::Flatten) => text("nn.Flatten()"),
        layer => return module(layer),
    }])
}

/// Expression of a layer without a module, from the expressions of its operands.
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
        Layer::Scalar(Scalar::Times { factor }) => {
            let mut pieces = around("torch.mul(", ", ".to_owned());
            pieces.push(Piece::Number(Slot {
                role: Role::Factor,
                value: factor.to_bits(),
                in_forward: true,
            }));
            pieces.push(text(")"));
            pieces
        }
        Layer::Activation(activation) => {
            let after = match activation.arguments() {
                none if none.is_empty() => ")".to_owned(),
                arguments => format!(", {arguments})"),
            };
            around(&format!("{}(", activation.function()), after)
        }
        Layer::Pool(Pool::Global) => around("", ".mean((2, 3), keepdim=True)".to_owned()),
        Layer::Pool(Pool::Along(axis)) => {
            around("", format!(".mean({}, keepdim=True)", 2 + axis.index()))
        }
        Layer::Reshape(Reshape::Flatten) => around("torch.flatten(", ", 1)".to_owned()),
        Layer::Combine(Combine::Add) => joined(" + "),
        Layer::Combine(Combine::Multiply) => joined(" * "),
        Layer::Combine(Combine::Concat { .. }) => {
            let mut pieces = vec![text("torch.cat([")];
            pieces.extend(joined(", "));
            pieces.push(text("], 1)"));
            pieces
        }
        Layer::Reshape(Reshape::Slice { start, channels }) => {
            let mut pieces = first();
            pieces.push(text("[:, "));
            if *start > 0 {
                pieces.push(forward(*start));
                pieces.push(text(" "));
            }
            pieces.push(text(": "));
            pieces.push(forward(start + channels));
            pieces.push(text("]"));
            pieces
        }
        Layer::Gate(Gate::RadixSum { radix }) => {
            around("", format!(".unflatten(1, ({radix}, -1)).sum(1)"))
        }
        Layer::Gate(Gate::RadixSoftmax { radix, groups }) => around(
            "radix_softmax(",
            format!(", radix={radix}, groups={groups})"),
        ),
        Layer::Combine(Combine::RadixWeightedSum { radix }) => {
            let mut pieces = vec![text("(")];
            pieces.extend(joined(" * "));
            pieces.push(text(format!(").unflatten(1, ({radix}, -1)).sum(1)")));
            pieces
        }
        // A module, or a layer before the model.
        Layer::Input { .. }
        | Layer::Picture(_)
        | Layer::Preprocess(_)
        | Layer::Conv(_)
        | Layer::Norm(_)
        | Layer::Scalar(_)
        | Layer::Pool(
            Pool::Max(_) | Pool::Average { .. } | Pool::Blur { .. } | Pool::MeanDeviation { .. },
        )
        | Layer::Reshape(
            Reshape::ConstantPad2d { .. }
            | Reshape::PadShortcut { .. }
            | Reshape::SpaceToDepth { .. }
            | Reshape::PixelShuffle { .. }
            | Reshape::Dropout { .. },
        )
        | Layer::Linear(_) => first(),
    }
}

fn conv2d(conv: &Conv2d) -> Vec<Piece> {
    let name = match conv.standardize {
        Some(Standardize { gamma: Some(_), .. }) => "ScaledStdConv2d(",
        Some(_) => "StdConv2d(",
        None => "nn.Conv2d(",
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
    if let Some(own) = conv.standardize {
        rest += &format!(", eps={}", python(own.eps));
        if let Some(gamma) = own.gamma {
            rest += &format!(", gamma={}", python(gamma));
        }
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

/// Stride, padding and dilation as keyword arguments. The stride of a pool defaults to its kernel.
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

/// A keyword argument whose value may differ along height and width.
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

/// A float in Python's notation.
fn python(value: f64) -> String {
    format!("{value:?}")
}
