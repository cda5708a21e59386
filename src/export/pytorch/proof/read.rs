//! The part of Python that the files are written in: classes, constructors, numbers and their products.

use std::collections::HashMap;

use super::Module;
use crate::export::pytorch::layout::{closing, split};

/// Value of an expression.
#[derive(Debug, Clone)]
pub(in crate::export::pytorch) enum Value {
    Number(u64),
    Text(String),
    /// A list or a tuple.
    Row(Vec<Value>),
    Entries(Vec<(String, Value)>),
    Module(Module),
    True,
    /// `None`, `False`, or a float.
    Nothing,
}

impl Value {
    fn number(&self) -> Option<u64> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }
}

/// A class: its arguments with their defaults, and its statements.
struct Class<'s> {
    arguments: &'s str,
    body: &'s str,
}

/// The classes of a file by their names.
pub(super) struct Reader<'s> {
    classes: HashMap<&'s str, Class<'s>>,
}

impl<'s> Reader<'s> {
    pub(super) fn new(source: &'s str) -> Self {
        let mut classes = HashMap::new();
        for part in source.split("\nclass ").skip(1) {
            let Some((name, rest)) = part.split_once("(nn.Module):\n") else {
                continue;
            };
            let init = rest.split_once("    def __init__(");
            let Some((arguments, rest)) = init.and_then(|(_, rest)| rest.split_once("):\n")) else {
                continue;
            };
            let end = rest.find("\n    def forward(").unwrap_or(rest.len());
            let body = &rest[..end];
            classes.insert(name, Class { arguments, body });
        }
        Self { classes }
    }

    /// An object of class `name`, created without arguments.
    pub(super) fn object(&self, name: &str) -> Option<Value> {
        self.instance(name, &[], Vec::new())
    }

    fn instance(&self, name: &str, row: &[Value], keywords: Vec<(String, Value)>) -> Option<Value> {
        if let Some(module) = known(name, row, &keywords) {
            return Some(Value::Module(module));
        }
        let class = self.classes.get(name)?;
        let mut values: HashMap<String, Value> = HashMap::new();
        for argument in class.arguments.split(',').map(str::trim) {
            if let Some((name, default)) = argument.split_once('=') {
                let value = default.parse().map_or(Value::Nothing, Value::Number);
                values.insert(name.to_owned(), value);
            }
        }
        values.extend(keywords);
        let mut text = Text {
            reader: self,
            rest: class.body,
            values,
            own: Module::default(),
        };
        while !text.skip().is_empty() {
            text.statement()?;
        }
        Some(Value::Module(text.own))
    }
}

/// A module of PyTorch, or of the file's helper classes before the network's.
fn known(name: &str, row: &[Value], keywords: &[(String, Value)]) -> Option<Module> {
    let number = |at: usize| match row.get(at) {
        Some(Value::Number(number)) => *number,
        _ => 0,
    };
    let keyword = |wanted: &str| {
        let mut found = keywords.iter().filter(|(name, _)| name == wanted);
        found.next_back().map(|(_, value)| value)
    };
    let bias = !matches!(keyword("bias"), Some(Value::Nothing));
    let tensors = match name {
        "nn.Conv2d" | "StdConv2d" | "ScaledStdConv2d" => {
            let groups = match keyword("groups") {
                Some(Value::Number(groups)) => (*groups).max(1),
                _ => 1,
            };
            let kernel = match row.get(2) {
                Some(Value::Row(sizes)) => match sizes[..] {
                    [Value::Number(height), Value::Number(width)] => [height, width],
                    _ => return None,
                },
                _ => [number(2); 2],
            };
            let mut tensors = vec![(
                "weight",
                vec![number(1), number(0) / groups, kernel[0], kernel[1]],
            )];
            tensors.extend(bias.then(|| ("bias", vec![number(1)])));
            if name == "ScaledStdConv2d" {
                tensors.push(("gain", vec![number(1), 1, 1, 1]));
            }
            tensors
        }
        "nn.Linear" => {
            let mut tensors = vec![("weight", vec![number(1), number(0)])];
            tensors.extend(bias.then(|| ("bias", vec![number(1)])));
            tensors
        }
        "nn.BatchNorm2d" | "nn.BatchNorm1d" => {
            let of = |name| (name, vec![number(0)]);
            let mut tensors = ["weight", "bias", "running_mean", "running_var"]
                .map(of)
                .to_vec();
            tensors.push(("num_batches_tracked", Vec::new()));
            tensors
        }
        "nn.InstanceNorm2d" if matches!(keyword("affine"), Some(Value::True)) => ["weight", "bias"]
            .map(|name| (name, vec![number(0)]))
            .to_vec(),
        "nn.GroupNorm" => ["weight", "bias"]
            .map(|name| (name, vec![number(1)]))
            .to_vec(),
        "EvoNorm2dS0" => ["weight", "bias", "v"]
            .map(|name| (name, vec![number(0)]))
            .to_vec(),
        "FilterResponseNormTlu2d" => ["weight", "bias", "tau"]
            .map(|name| (name, vec![number(0)]))
            .to_vec(),
        "nn.PReLU" => vec![("weight", vec![number(0)])],
        // The tensor itself, under the name that it is assigned to.
        "nn.Parameter" => vec![("", vec![1])],
        "ChannelConv" => vec![("weight", vec![1, 1, number(0)])],
        "nn.Sequential" | "nn.ModuleList" | "nn.ModuleDict" => {
            let children: Vec<(String, Value)> = match row {
                [Value::Entries(entries)] => entries.clone(),
                [Value::Row(items)] if name == "nn.ModuleList" => numbered(items),
                items => numbered(items),
            };
            let children = children
                .into_iter()
                .filter_map(|(name, value)| match value {
                    Value::Module(module) => Some((name, module)),
                    _ => None,
                });
            return Some(Module {
                tensors: Vec::new(),
                children: children.collect(),
            });
        }
        "torch.ones" | "BlurPool2d" | "PadShortcut" | "MeanDeviation" | "SpaceToDepth" => {
            Vec::new()
        }
        _ if name.starts_with("nn.") => Vec::new(),
        _ => return None,
    };
    Some(Module {
        tensors,
        children: Vec::new(),
    })
}

fn numbered(items: &[Value]) -> Vec<(String, Value)> {
    let named = |(at, item): (usize, &Value)| (at.to_string(), item.clone());
    items.iter().enumerate().map(named).collect()
}

/// Statements of one constructor, and the object that they initialise.
struct Text<'r, 's> {
    reader: &'r Reader<'s>,
    rest: &'s str,
    values: HashMap<String, Value>,
    own: Module,
}

impl<'s> Text<'_, 's> {
    fn skip(&mut self) -> &'s str {
        self.rest = self.rest.trim_start();
        self.rest
    }

    /// Consumes `word` if it is next, and returns whether it was.
    fn eat(&mut self, word: &str) -> bool {
        let found = self.skip().strip_prefix(word);
        self.rest = found.unwrap_or(self.rest);
        found.is_some()
    }

    fn name(&mut self) -> &'s str {
        let rest = self.skip();
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        let (name, rest) = rest.split_at(rest.find(|c| !is_part(c)).unwrap_or(rest.len()));
        self.rest = rest;
        name
    }

    fn statement(&mut self) -> Option<()> {
        if self.eat("super().__init__()") {
            return Some(());
        }
        let adopts = self.eat("adopt(");
        self.eat("self").then_some(())?;
        let mut path: Vec<String> = Vec::new();
        loop {
            if self.eat("._modules[") || self.eat("._parameters[") || self.eat("[") {
                path.push(match self.expression()? {
                    Value::Text(name) => name,
                    Value::Number(number) => number.to_string(),
                    _ => return None,
                });
                self.eat("]").then_some(())?;
            } else if self.eat(".add_module(") {
                self.rest = self.skip();
                path.push(self.text_of()?);
                self.eat(",").then_some(())?;
                break;
            } else if self.eat(".") {
                path.push(self.name().to_owned());
            } else if adopts && self.eat(",") {
                path.push(self.text_of()?);
                self.eat(",").then_some(())?;
                break;
            } else {
                self.eat("=").then_some(())?;
                let value = self.expression()?;
                return self.put(path, value);
            }
        }
        let value = self.expression()?;
        self.eat(",");
        self.eat(")").then_some(())?;
        self.put(path, value)
    }

    fn text_of(&mut self) -> Option<String> {
        match self.expression()? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    fn put(&mut self, mut path: Vec<String>, value: Value) -> Option<()> {
        let name = path.pop()?;
        let Value::Module(module) = value else {
            return Some(());
        };
        let mut parent = &mut self.own;
        for part in &path {
            parent = parent.below(part)?;
        }
        parent.put(name, module);
        Some(())
    }

    fn expression(&mut self) -> Option<Value> {
        let first = self.term()?;
        if !self.eat("* ") {
            return Some(first);
        }
        match (first, self.term()?) {
            (Value::Number(one), Value::Number(other)) => Some(Value::Number(one * other)),
            _ => None,
        }
    }

    /// Parses expressions up to `end`.
    fn row(&mut self, end: &str) -> Option<Vec<Value>> {
        if let Some(row) = self.repeated(end) {
            return Some(row);
        }
        let mut row = Vec::new();
        while !self.eat(end) {
            if self.eat("*[") {
                row.extend(self.row("]")?);
            } else {
                row.push(self.expression()?);
            }
            self.eat(",");
        }
        Some(row)
    }

    /// Values of a comprehension up to the bracket `end`; `None` if the text up to it is a plain row.
    fn repeated(&mut self, end: &str) -> Option<Vec<Value>> {
        let text = self.rest;
        let close = closing(&format!("[{text}"), 0)? - 1;
        let body = &text[..close];
        let spaced = body.replace('\n', " ");
        let parts = split(&spaced, " for ");
        let [element, range] = parts[..] else {
            return None;
        };
        let (names, _) = range.split_once(" in ")?;
        let start = element.len() + " for ".len() + names.len() + " in ".len();
        let mut own = Text {
            reader: self.reader,
            rest: &body[start..],
            values: self.values.clone(),
            own: Module::default(),
        };
        let Some(Value::Row(rows)) = own.expression() else {
            return None;
        };
        let mut found = Vec::new();
        for row in rows {
            let names: Vec<&str> = names.split(", ").collect();
            let values = match row {
                Value::Row(values) if names.len() > 1 => values,
                value => vec![value],
            };
            let bound = names.iter().map(|&name| name.to_owned()).zip(values);
            let mut own = Text {
                reader: self.reader,
                rest: &body[..element.len()],
                values: self.values.clone().into_iter().chain(bound).collect(),
                own: Module::default(),
            };
            found.push(own.expression()?);
        }
        self.rest = &text[close..];
        self.eat(end).then_some(found)
    }

    fn term(&mut self) -> Option<Value> {
        let rest = self.skip();
        let first = rest.chars().next()?;
        if first == '"' {
            return self.literal().map(Value::Text);
        }
        if first.is_ascii_digit() || first == '-' {
            let is_part = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
            let (word, rest) = rest.split_at(rest.find(|c| !is_part(c)).unwrap_or(rest.len()));
            self.rest = rest;
            return Some(word.parse().map_or(Value::Nothing, Value::Number));
        }
        if self.eat("[") {
            return self.row("]").map(Value::Row);
        }
        if self.eat("(") {
            return self.row(")").map(Value::Row);
        }
        if self.eat("{") {
            let mut entries = Vec::new();
            while !self.eat("}") {
                let key = self.text_of()?;
                self.eat(":").then_some(())?;
                entries.push((key, self.expression()?));
                self.eat(",");
            }
            return Some(Value::Entries(entries));
        }
        let mut name = self.name().to_owned();
        if ["nn", "torch"].contains(&name.as_str()) && self.eat(".") {
            name = format!("{name}.{}", self.name());
        }
        if !self.eat("(") {
            return match name.as_str() {
                "True" => Some(Value::True),
                "None" | "False" => Some(Value::Nothing),
                name => self.values.get(name).cloned(),
            };
        }
        self.call(&name)
    }

    fn call(&mut self, name: &str) -> Option<Value> {
        if name == "range" {
            let row = self.row(")")?;
            let numbers: Option<Vec<u64>> = row.iter().map(Value::number).collect();
            let (start, end, step) = match numbers?[..] {
                [end] => (0, end, 1),
                [start, end] => (start, end, 1),
                [start, end, step] => (start, end, usize::try_from(step).ok()?),
                _ => return None,
            };
            let numbers = (start..end).step_by(step.max(1));
            return Some(Value::Row(numbers.map(Value::Number).collect()));
        }
        if name == "OrderedDict" && !self.skip().starts_with('[') {
            let mut entries = Vec::new();
            while !self.eat(")") {
                let key = self.name().to_owned();
                self.eat("=").then_some(())?;
                entries.push((key, self.expression()?));
                self.eat(",");
            }
            return Some(Value::Entries(entries));
        }
        if name == "OrderedDict" {
            let row = self.row(")")?;
            let [Value::Row(pairs)] = &row[..] else {
                return None;
            };
            let entries = pairs.iter().map(|pair| match pair {
                Value::Row(pair) => match &pair[..] {
                    [Value::Text(name), value] => Some((name.clone(), value.clone())),
                    _ => None,
                },
                _ => None,
            });
            return entries.collect::<Option<_>>().map(Value::Entries);
        }
        let (mut row, mut keywords) = (Vec::new(), Vec::new());
        while !self.eat(")") {
            let before = self.skip();
            let key = self.name();
            if !key.is_empty() && self.eat("=") {
                keywords.push((key.to_owned(), self.expression()?));
                self.eat(",");
                continue;
            }
            self.rest = before;
            if self.eat("*[") {
                row.extend(self.row("]")?);
            } else {
                row.push(self.expression()?);
            }
            self.eat(",");
        }
        if let ("nn.ModuleList", [Value::Row(items)]) = (name, &row[..]) {
            row = items.clone();
        }
        self.reader.instance(name, &row, keywords)
    }

    /// Parses a string between double quotes.
    fn literal(&mut self) -> Option<String> {
        let mut text = String::new();
        let mut characters = self.rest[1..].chars();
        loop {
            match characters.next()? {
                '"' => break,
                '\\' => {
                    let code = |digits: usize, characters: &mut std::str::Chars| {
                        let hex: String = characters.take(digits).collect();
                        char::from_u32(u32::from_str_radix(&hex, 16).ok()?)
                    };
                    text.push(match characters.next()? {
                        'n' => '\n',
                        'r' => '\r',
                        't' => '\t',
                        'x' => code(2, &mut characters)?,
                        'u' => code(4, &mut characters)?,
                        'U' => code(8, &mut characters)?,
                        other => other,
                    });
                }
                other => text.push(other),
            }
        }
        self.rest = characters.as_str();
        Some(text)
    }
}
