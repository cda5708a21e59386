//! Rendering of templates as Python source.

use super::names::{escaped, literal};
use super::template::{Argument, Class, Piece, Role, Slot, Written};

/// Maximum length of a line that is not broken.
const WIDTH: usize = 100;

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
            1 => format!("The module `{first}`."),
            count => format!("{count} modules of the network; the first is `{first}`."),
        };
        text += &format!("    \"\"\"{notice}\"\"\"\n\n");
    }
    let mut parameters = vec!["self".to_owned()];
    for argument in ordered(&class.arguments) {
        parameters.push(match default(argument) {
            Some(value) => format!("{}={value}", argument.name),
            None => argument.name.clone(),
        });
    }
    if let Some(name) = &class.shortcut {
        let always = class.with_shortcut == count;
        parameters.push(if always {
            name.clone()
        } else {
            format!("{name}=None")
        });
        // An argument without a default cannot follow one with a default.
        if always && parameters.iter().any(|parameter| parameter.contains('=')) {
            let last = parameters.len() - 1;
            parameters.swap(1, last);
            parameters[2..].sort_by_key(|parameter| parameter.contains('='));
        }
    }
    text += &format!(
        "    def __init__({}):\n        super().__init__()\n",
        parameters.join(", ")
    );
    for argument in class.arguments.iter().filter(|argument| argument.kept) {
        text += &format!("        self.{0} = {0}\n", argument.name);
    }
    for line in &class.init {
        let line = writer.pieces(line, 8);
        text += &format!("        {line}\n");
    }
    if let Some(name) = &class.shortcut {
        text += &format!("        self.{name} = {name}\n");
    }
    text += "\n    def forward(self, x):\n";
    for line in &class.forward {
        let line = writer.pieces(line, 8);
        text += &format!("        {line}\n");
    }
    text
}

/// The arguments, those without a default first.
fn ordered(arguments: &[Argument]) -> Vec<&Argument> {
    let (with, without): (Vec<&Argument>, Vec<&Argument>) = arguments
        .iter()
        .partition(|argument| default(argument).is_some());
    without.into_iter().chain(with).collect()
}

/// Default value of an argument, if it has one.
fn default(argument: &Argument) -> Option<u64> {
    matches!(argument.role, Role::Stride | Role::Dilation).then_some(1)
}

impl Writer<'_> {
    fn pieces(&mut self, pieces: &[Piece], indent: usize) -> String {
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
                } => text += &self.call(*class, slots, shortcut.as_deref(), indent),
                Piece::Sequence(items) => text += &self.sequence(items, indent),
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
        self.written(written, slot.in_forward)
    }

    fn written(&self, written: Written, in_forward: bool) -> String {
        match written {
            Written::Literal(value) => value.to_string(),
            Written::Multiple(factor, argument) => {
                let name = &self.class.arguments[argument].name;
                let name = if in_forward {
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

    fn call(
        &mut self,
        number: usize,
        slots: &[Slot],
        shortcut: Option<&[Piece]>,
        indent: usize,
    ) -> String {
        let called = &self.classes[number];
        let mut arguments: Vec<String> = Vec::new();
        for argument in ordered(&called.arguments) {
            let written = self.class.written[self.at + argument.slot];
            if default(argument).map(Written::Literal) != Some(written) {
                arguments.push(format!(
                    "{}={}",
                    argument.name,
                    self.written(written, false)
                ));
            }
        }
        self.at += slots.len();
        if let (Some(pieces), Some(name)) = (shortcut, &called.shortcut) {
            arguments.push(format!("{name}={}", self.pieces(pieces, indent + 4)));
        }
        bracketed(&called.name, "(", &arguments, ")", indent)
    }

    fn sequence(&mut self, items: &[(String, Vec<Piece>)], indent: usize) -> String {
        let is_list = items
            .iter()
            .enumerate()
            .all(|(at, (name, _))| *name == at.to_string());
        let mut entries: Vec<String> = Vec::new();
        let mut repeated = 1;
        for (name, pieces) in items {
            let text = self.pieces(pieces, indent + 4);
            if !is_list {
                entries.push(format!("({}, {text})", literal(name)));
                continue;
            }
            if entries.last() == Some(&text) {
                repeated += 1;
                continue;
            }
            repeat(&mut entries, repeated);
            repeated = 1;
            entries.push(text);
        }
        repeat(&mut entries, repeated);
        if is_list {
            bracketed("nn.Sequential", "(", &entries, ")", indent)
        } else {
            bracketed("nn.Sequential", "(OrderedDict([", &entries, "]))", indent)
        }
    }
}

/// Writes the last entry `times` times in all.
fn repeat(entries: &mut Vec<String>, times: usize) {
    let Some(last) = entries.pop() else { return };
    match times {
        1 => entries.push(last),
        2 => entries.extend([last.clone(), last]),
        times => entries.push(format!("*[{last} for _ in range({times})]")),
    }
}

/// Writes the entries on one line if it is short enough, else one per line.
fn bracketed(name: &str, open: &str, entries: &[String], close: &str, indent: usize) -> String {
    let line = format!("{name}{open}{}{close}", entries.join(", "));
    // The statement around it takes part of the line.
    if indent + line.len() + 16 <= WIDTH && !line.contains('\n') || entries.is_empty() {
        return line;
    }
    let (inner, outer) = (" ".repeat(indent + 4), " ".repeat(indent));
    let lines: Vec<String> = entries
        .iter()
        .map(|entry| format!("{inner}{entry},\n"))
        .collect();
    let lines = lines.concat();
    format!("{name}{open}\n{lines}{outer}{close}")
}
