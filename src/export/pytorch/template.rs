//! Source text with numbers left open: blocks that differ in numbers alone become one class with arguments.

use super::names;

/// Meaning of a number; only numbers of one kind can share an argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Input channels.
    In,
    /// Output channels or features.
    Out,
    /// Output channels of a layer that reads the mean of each map: the reduction of an attention.
    Squeeze,
    /// Channels of a layer that keeps their number, such as a normalisation, or the start of a slice.
    Channels,
    /// Taps of a convolution over the channels.
    Kernel,
    /// Groups of channels.
    Groups,
    /// Stride.
    Stride,
    /// Padding.
    Padding,
    /// Distance between taps.
    Dilation,
    /// A float, as its bits.
    Factor,
    /// Outputs of the classifier: always an argument.
    Classes,
}

impl Role {
    /// Whether a number of this kind can use an argument of the other kind.
    fn kin(self, other: Self) -> bool {
        self.family() == other.family()
    }

    const fn family(self) -> u8 {
        match self {
            Self::In | Self::Out | Self::Squeeze | Self::Channels | Self::Groups => 0,
            Self::Stride | Self::Padding | Self::Dilation => 1,
            Self::Kernel => 2,
            Self::Factor => 3,
            Self::Classes => 4,
        }
    }

    /// Default name of the argument.
    const fn name(self) -> &'static str {
        match self {
            Self::In | Self::Channels => "in_channels",
            Self::Out => "width",
            Self::Squeeze => "squeeze_channels",
            Self::Kernel => "kernel_size",
            Self::Groups => "groups",
            Self::Stride => "stride",
            Self::Padding => "padding",
            Self::Dilation => "dilation",
            Self::Factor => "scale",
            Self::Classes => "num_classes",
        }
    }

    /// Ending of the name if the default is taken: `conv2_channels`.
    const fn ending(self) -> &'static str {
        match self {
            Self::In => "in_channels",
            Self::Out | Self::Squeeze | Self::Channels => "channels",
            _ => self.name(),
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

impl Role {
    /// A number of this kind in Python's notation.
    pub(super) fn literal(self, value: u64) -> String {
        match self {
            Self::Factor => format!("{:?}", f64::from_bits(value)),
            _ => value.to_string(),
        }
    }
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
    /// Value that a call may leave out.
    pub(super) default: Option<u64>,
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
    /// Path of its first object; empty for the whole network.
    pub(super) first: String,
    /// Whether it is a block of the network.
    pub(super) is_block: bool,
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

/// Names that say nothing of what a number is for, so that a class does not take them from the class that it calls.
const GENERAL: [&str; 3] = ["in_channels", "width", "out_channels"];

/// Hints of a number's meaning.
#[derive(Debug, Clone, Default)]
struct Hint {
    /// Attribute whose module it belongs to.
    attribute: String,
    /// Name of the argument that it is passed to.
    passed_to: Option<String>,
}

/// Hints for the numbers of these pieces, in the order of [`slots`].
fn hints(pieces: &[Piece], attribute: &str, classes: &[Class], found: &mut Vec<Hint>) {
    let hint = |passed_to| Hint {
        attribute: attribute.to_owned(),
        passed_to,
    };
    for piece in pieces {
        match piece {
            Piece::Text(_) | Piece::Shortcut(_) => {}
            Piece::Number(_) | Piece::Keyword(..) => found.push(hint(None)),
            Piece::Call {
                class,
                slots,
                shortcut,
            } => {
                let arguments = &classes[*class].arguments;
                found.extend((0..slots.len()).map(|slot| {
                    let argument = arguments.iter().find(|argument| argument.slot == slot);
                    hint(argument.map(|argument| argument.name.clone()))
                }));
                if let Some(shortcut) = shortcut {
                    hints(shortcut, attribute, classes, found);
                }
            }
            Piece::Sequence(items) => {
                for (name, pieces) in items {
                    let number = name.bytes().all(|byte| byte.is_ascii_digit());
                    hints(
                        pieces,
                        if number { attribute } else { name },
                        classes,
                        found,
                    );
                }
            }
        }
    }
}

/// Attribute that a statement of `__init__` assigns: `conv1` of `self.conv1 = `.
fn attribute(line: &[Piece]) -> String {
    let Some(Piece::Text(text)) = line.first() else {
        return String::new();
    };
    let name = text.strip_prefix("self.").unwrap_or_default();
    let (name, _) = name.split_once(" = ").unwrap_or_default();
    name.rsplit('.').next().unwrap_or_default().to_owned()
}

/// Decides the arguments of class `number`: the numbers in which its objects differ.
pub(super) fn decide(classes: &mut [Class], number: usize) {
    let class = &classes[number];
    let is_root = class.first.is_empty();
    let (mut is_used, mut slots_of, mut hints_of) = (Vec::new(), Vec::new(), Vec::new());
    for line in &class.init {
        used(line, classes, &mut is_used);
        slots_of.extend(slots(line));
        hints(line, &attribute(line), classes, &mut hints_of);
    }
    let last_out = slots_of.iter().rposition(|slot| slot.role == Role::Out);
    for line in &class.forward {
        used(line, classes, &mut is_used);
        slots_of.extend(slots(line));
        hints(line, "", classes, &mut hints_of);
    }
    let mut arguments: Vec<Argument> = Vec::new();
    let mut written = Vec::new();
    for (at, slot) in slots_of.iter().enumerate() {
        let values = |at: usize| class.objects.iter().map(move |object| object[at]);
        let is_open = slot.role == Role::Classes || values(at).any(|value| value != slot.value);
        if !is_used[at] || !is_open {
            written.push(Written::Literal(slot.value));
            continue;
        }
        // Equal to another number, else a multiple of one, preferably of the width rather than of the input channels.
        let factors = if slot.role == Role::Factor { 1 } else { 8 };
        let multiple = (1..=factors)
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
            let ends = last_out == Some(at) && (!class.is_block || !arguments.is_empty());
            let name = free_name(slot.role, &hints_of[at], ends, class, &arguments);
            arguments.push(Argument {
                name,
                role: slot.role,
                slot: at,
                default: match slot.role {
                    Role::Stride | Role::Dilation => Some(1),
                    Role::Classes if is_root => Some(slot.value),
                    _ => None,
                },
                kept: false,
            });
            (1, arguments.len() - 1)
        });
        // A padding that equals the distance between the taps keeps the size of a map.
        let own = &mut arguments[argument];
        if (own.role, slot.role, factor) == (Role::Padding, Role::Dilation, 1)
            && own.name == Role::Padding.name()
        {
            own.role = Role::Dilation;
            own.default = Some(1);
            Role::Dilation.name().clone_into(&mut own.name);
        }
        own.kept |= slot.in_forward;
        written.push(Written::Multiple(factor, argument));
    }
    let class = &mut classes[number];
    class.arguments = arguments;
    class.written = written;
}

/// A name for a new argument that says what its number is for. The last number of output channels (`ends`) is the module's.
fn free_name(role: Role, hint: &Hint, ends: bool, class: &Class, known: &[Argument]) -> String {
    let is_free = |name: &String| {
        let taken = known.iter().any(|argument| argument.name == *name);
        !taken && class.shortcut.as_ref() != Some(name)
    };
    let passed = hint.passed_to.clone();
    let passed = passed.filter(|name| !GENERAL.contains(&name.as_str()));
    let usual = match role {
        Role::Out if ends => "out_channels",
        Role::Channels if !known.is_empty() => "channels",
        role => role.name(),
    };
    let own = (!hint.attribute.is_empty()).then(|| format!("{}_{}", hint.attribute, role.ending()));
    let own = own.filter(|name| names::is_own_argument(name));
    let numbered = (2..).map(|number| format!("{}_{number}", role.name()));
    let mut names = passed
        .into_iter()
        .chain([usual.to_owned()])
        .chain(own)
        .chain(numbered);
    names.find(is_free).unwrap_or_default()
}
