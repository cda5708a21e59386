//! Source text with numbers left open: blocks that differ in numbers alone become one class with arguments.

/// Meaning of a number; only numbers of one kind can share an argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Input channels.
    In,
    /// Output channels or features.
    Out,
    /// A number of channels in between, such as the start of a slice.
    Channels,
    /// Groups of channels.
    Groups,
    /// Stride.
    Stride,
    /// Padding.
    Padding,
    /// Distance between taps.
    Dilation,
}

impl Role {
    /// Whether a number of this kind can use an argument of the other kind.
    const fn kin(self, other: Self) -> bool {
        matches!(self, Self::Stride | Self::Padding | Self::Dilation)
            == matches!(other, Self::Stride | Self::Padding | Self::Dilation)
    }

    /// Default name of the argument.
    const fn name(self) -> &'static str {
        match self {
            Self::In => "in_channels",
            Self::Out => "width",
            Self::Channels => "channels",
            Self::Groups => "groups",
            Self::Stride => "stride",
            Self::Padding => "padding",
            Self::Dilation => "dilation",
        }
    }
}

/// A number left open.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Slot {
    pub(super) role: Role,
    pub(super) value: u64,
    /// Whether it is in `forward`, where an argument is an attribute of `self`.
    pub(super) in_forward: bool,
}

/// A piece of source text.
#[derive(Debug, Clone)]
pub(super) enum Piece {
    /// Fixed text.
    Text(String),
    /// A number.
    Number(Slot),
    /// `, key=number`, left out if the number is the default.
    Keyword(&'static str, Slot, u64),
    /// An object of one of the file's own classes.
    Call {
        /// Index of the class.
        class: usize,
        /// Numbers that its class leaves open.
        slots: Vec<Slot>,
        /// Expression of its shortcut, if it has one.
        shortcut: Option<Vec<Piece>>,
    },
    /// Expression of a block's shortcut, computed from this variable.
    Shortcut(String),
    /// `nn.Sequential` of named modules.
    Sequence(Vec<(String, Vec<Piece>)>),
}

/// An argument of a class.
#[derive(Debug, Clone)]
pub(super) struct Argument {
    pub(super) name: String,
    pub(super) role: Role,
    /// Slot that gives its value.
    pub(super) slot: usize,
    /// Whether `forward` needs it.
    pub(super) kept: bool,
}

/// Text for a slot: a number, or a multiple of an argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    Literal(u64),
    Multiple(u64, usize),
}

/// A class of the file.
#[derive(Debug)]
pub(super) struct Class {
    pub(super) name: String,
    /// Path of its first object.
    pub(super) first: String,
    /// Statements of `__init__`.
    pub(super) init: Vec<Vec<Piece>>,
    /// Statements of `forward`.
    pub(super) forward: Vec<Vec<Piece>>,
    /// Attribute of the shortcut's module, if any object has one, and whether all have.
    pub(super) shortcut: Option<String>,
    pub(super) with_shortcut: usize,
    /// Numbers of each object.
    pub(super) objects: Vec<Vec<u64>>,
    pub(super) arguments: Vec<Argument>,
    pub(super) written: Vec<Written>,
}

/// Plain text.
pub(super) fn text(text: impl Into<String>) -> Piece {
    Piece::Text(text.into())
}

/// All numbers in these pieces, in the order in which they are written.
pub(super) fn slots(pieces: &[Piece]) -> Vec<Slot> {
    let mut found = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Text(_) | Piece::Shortcut(_) => {}
            Piece::Number(slot) | Piece::Keyword(_, slot, _) => found.push(slot.clone()),
            Piece::Call {
                slots: own,
                shortcut,
                ..
            } => {
                found.extend(own.iter().cloned());
                found.extend(shortcut.iter().flat_map(|pieces| slots(pieces)));
            }
            Piece::Sequence(items) => {
                found.extend(items.iter().flat_map(|(_, pieces)| slots(pieces)));
            }
        }
    }
    found
}

/// The text with its numbers left out.
pub(super) fn signature(pieces: &[Piece]) -> String {
    pieces
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Shortcut(of) => format!("\u{3}{of}"),
            Piece::Number(_) => "\u{0}".to_owned(),
            Piece::Keyword(key, ..) => format!("{key}\u{0}"),
            Piece::Call {
                class, shortcut, ..
            } => {
                let shortcut = shortcut.as_deref().map(signature).unwrap_or_default();
                format!("\u{1}{class}({shortcut})")
            }
            Piece::Sequence(items) => items
                .iter()
                .flat_map(|(name, pieces)| ["\u{2}".to_owned(), name.clone(), signature(pieces)])
                .collect(),
        })
        .collect()
}

/// Whether each number of `pieces` is written at all: for an object, only the arguments of its class are.
fn used(pieces: &[Piece], classes: &[Class], found: &mut Vec<bool>) {
    for piece in pieces {
        match piece {
            Piece::Text(_) | Piece::Shortcut(_) => {}
            Piece::Number(_) | Piece::Keyword(..) => found.push(true),
            Piece::Call {
                class,
                slots,
                shortcut,
            } => {
                let start = found.len();
                found.resize(start + slots.len(), false);
                for argument in &classes[*class].arguments {
                    found[start + argument.slot] = true;
                }
                if let Some(shortcut) = shortcut {
                    used(shortcut, classes, found);
                }
            }
            Piece::Sequence(items) => {
                for (_, pieces) in items {
                    used(pieces, classes, found);
                }
            }
        }
    }
}

/// Decides the arguments of class `number`: the numbers in which its objects differ.
pub(super) fn decide(classes: &mut [Class], number: usize) {
    let class = &classes[number];
    let mut is_used = Vec::new();
    let mut slots_of = Vec::new();
    for line in class.init.iter().chain(&class.forward) {
        used(line, classes, &mut is_used);
        slots_of.extend(slots(line));
    }
    let mut arguments: Vec<Argument> = Vec::new();
    let mut written = Vec::new();
    for (at, slot) in slots_of.iter().enumerate() {
        let values = |at: usize| class.objects.iter().map(move |object| object[at]);
        if !is_used[at] || values(at).all(|value| value == slot.value) {
            written.push(Written::Literal(slot.value));
            continue;
        }
        // Equal to another number, else a multiple of one, preferably of the width rather than of the input channels.
        let multiple = (1..=8)
            .flat_map(|factor| (0..arguments.len()).map(move |argument| (factor, argument)))
            .filter(|&(factor, argument)| {
                let known: &Argument = &arguments[argument];
                known.role.kin(slot.role)
                    && values(known.slot)
                        .zip(values(at))
                        .all(|(one, other)| one * factor == other)
            })
            .min_by_key(|&(factor, argument)| {
                let is_width = arguments[argument].role == Role::Out;
                (factor > 1, !is_width, factor)
            });
        let (factor, argument) = multiple.unwrap_or_else(|| {
            let name = free_name(slot.role, &arguments);
            arguments.push(Argument {
                name,
                role: slot.role,
                slot: at,
                kept: false,
            });
            (1, arguments.len() - 1)
        });
        arguments[argument].kept |= slot.in_forward;
        written.push(Written::Multiple(factor, argument));
    }
    let class = &mut classes[number];
    class.arguments = arguments;
    class.written = written;
}

fn free_name(role: Role, arguments: &[Argument]) -> String {
    let taken = |name: &str| arguments.iter().any(|argument| argument.name == name);
    let second = match role {
        Role::In | Role::Out | Role::Channels => "out_channels",
        _ => role.name(),
    };
    let numbered = (2..).map(|number| format!("{}_{number}", role.name()));
    [role.name().to_owned(), second.to_owned()]
        .into_iter()
        .chain(numbered)
        .find(|name| !taken(name))
        .unwrap_or_default()
}
