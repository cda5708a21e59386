//! Rendering of templates as Python source.

use super::layout;
use super::names::{escaped, is_attribute, literal};
use super::repeat::{folded, lists_folded};
use super::template::{Argument, Class, Piece, Slot, Written};

/// Writer for the text of one class.
struct Writer<'a> {
    classes: &'a [Class],
    class: &'a Class,
    /// Index of the next number.
    at: usize,
}

/// Source of a class.
pub(super) fn class(classes: &[Class], class: &Class) -> String {
    let mut writer = Writer {
        classes,
        class,
        at: 0,
    };
    let mut text = format!("class {}(nn.Module):\n", class.name);
    let count = class.objects.len();
    if !class.first.is_empty() {
        let first = escaped(&class.first);
        let notice = match count {
            1 => format!("Module `{first}`."),
            count => format!("{count} modules of the network, the first of which is `{first}`."),
        };
        let notice = layout::filled(&notice, layout::WIDTH - 7);
        text += &format!("    \"\"\"{}\"\"\"\n\n", notice.replace('\n', "\n    "));
    }
    let mut parameters = vec!["self".to_owned()];
    for argument in ordered(&class.arguments) {
        parameters.push(match argument.default {
            Some(value) => format!("{}={}", argument.name, argument.role.literal(value)),
            None => argument.name.clone(),
        });
    }
    if let Some(name) = &class.shortcut {
        if class.with_shortcut == count {
            // An argument without a default cannot follow one with a default.
            let defaults = parameters
                .iter()
                .position(|parameter| parameter.contains('='));
            parameters.insert(defaults.unwrap_or(parameters.len()), name.clone());
        } else {
            parameters.push(format!("{name}=None"));
        }
    }
    let definition = format!("def __init__({}):", parameters.join(", "));
    text += &format!(
        "    {}\n        super().__init__()\n",
        layout::statement(&definition, 4)
    );
    for argument in class.arguments.iter().filter(|argument| argument.kept) {
        text += &format!("        self.{0} = {0}\n", argument.name);
    }
    for line in &class.init {
        let line = lists_folded(&writer.pieces(line));
        text += &format!("        {}\n", layout::statement(&line, 8));
    }
    if let Some(name) = &class.shortcut {
        text += &format!("        self.{name} = {name}\n");
    }
    text += "\n    def forward(self, x):\n";
    for line in &class.forward {
        let line = slices(&writer.pieces(line));
        text += &format!("        {}\n", layout::statement(&line, 8));
    }
    text
}

/// The arguments, those without a default first, and of these the input channels first.
fn ordered(arguments: &[Argument]) -> Vec<&Argument> {
    let (with, without): (Vec<&Argument>, Vec<&Argument>) = arguments
        .iter()
        .partition(|argument| argument.default.is_some());
    let (input, rest): (Vec<&Argument>, Vec<&Argument>) = without
        .into_iter()
        .partition(|argument| argument.name == "in_channels");
    input.into_iter().chain(rest).chain(with).collect()
}

/// A statement whose slices between plain numbers have no spaces around the colon: `x[:, 16:32]`.
fn slices(text: &str) -> String {
    let mut parts = text.split("[:, ");
    let mut found = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (range, rest) = part.split_once(']').unwrap_or((part, ""));
        let is_plain = range
            .chars()
            .all(|c| c.is_ascii_digit() || " :".contains(c));
        let range = if is_plain {
            range.replace(' ', "")
        } else {
            range.to_owned()
        };
        found += &format!("[:, {range}]{rest}");
    }
    found
}

impl Writer<'_> {
    fn pieces(&mut self, pieces: &[Piece]) -> String {
        let mut text = String::new();
        for piece in pieces {
            match piece {
                Piece::Text(plain) => text += plain,
                Piece::Shortcut(of) => text += &self.shortcut(of),
                Piece::Number(slot) => text += &self.number(slot),
                Piece::Keyword(key, slot, default) => {
                    let literal = self.class.written[self.at] == Written::Literal(*default);
                    let number = self.number(slot);
                    if !literal {
                        text += &format!(", {key}={number}");
                    }
                }
                Piece::Call {
                    class,
                    slots,
                    shortcut,
                } => text += &self.call(*class, slots, shortcut.as_deref()),
                Piece::Sequence(items) => text += &self.sequence(items),
            }
        }
        text
    }

    fn shortcut(&self, of: &str) -> String {
        let class = self.class;
        match &class.shortcut {
            None => of.to_owned(),
            Some(name) if class.with_shortcut == class.objects.len() => {
                format!("self.{name}({of})")
            }
            Some(name) => format!("{of} if self.{name} is None else self.{name}({of})"),
        }
    }

    fn number(&mut self, slot: &Slot) -> String {
        let written = self.class.written[self.at];
        self.at += 1;
        self.written(written, slot)
    }

    fn written(&self, written: Written, slot: &Slot) -> String {
        match written {
            Written::Literal(value) => slot.role.literal(value),
            Written::Multiple(factor, argument) => {
                let name = &self.class.arguments[argument].name;
                let name = if slot.in_forward {
                    format!("self.{name}")
                } else {
                    name.clone()
                };
                match factor {
                    1 => name,
                    factor => format!("{factor} * {name}"),
                }
            }
        }
    }

    fn call(&mut self, number: usize, slots: &[Slot], shortcut: Option<&[Piece]>) -> String {
        let called = &self.classes[number];
        let mut arguments: Vec<String> = Vec::new();
        for argument in ordered(&called.arguments) {
            let written = self.class.written[self.at + argument.slot];
            if argument.default.map(Written::Literal) != Some(written) {
                // An argument of a constructor, wherever the called class needs it.
                let slot = Slot {
                    in_forward: false,
                    ..slots[argument.slot].clone()
                };
                arguments.push(format!(
                    "{}={}",
                    argument.name,
                    self.written(written, &slot)
                ));
            }
        }
        self.at += slots.len();
        if let (Some(pieces), Some(name)) = (shortcut, &called.shortcut) {
            arguments.push(format!("{name}={}", self.pieces(pieces)));
        }
        format!("{}({})", called.name, arguments.join(", "))
    }

    fn sequence(&mut self, items: &[(String, Vec<Piece>)]) -> String {
        let is_list = items
            .iter()
            .enumerate()
            .all(|(at, (name, _))| *name == at.to_string());
        let entries: Vec<String> = items
            .iter()
            .map(|(_, pieces)| self.pieces(pieces))
            .collect();
        if is_list {
            return format!("nn.Sequential({})", folded(&entries).join(", "));
        }
        let names = items.iter().map(|(name, _)| name);
        // Keyword arguments keep their order.
        let is_named = names
            .clone()
            .all(|name| is_attribute(name) && name != "self");
        let pairs = names.zip(entries).map(|(name, entry)| {
            if is_named {
                format!("{name}={entry}")
            } else {
                format!("({}, {entry})", literal(name))
            }
        });
        let pairs = pairs.collect::<Vec<_>>().join(", ");
        if is_named {
            format!("nn.Sequential(OrderedDict({pairs}))")
        } else {
            format!("nn.Sequential(OrderedDict([{pairs}]))")
        }
    }
}
