//! Sizes as expressions of names: `"4 * width"`, and names with numbers in them: `"layer{stage}.{block}"`.

use std::fmt;

use super::calculation::{Calculation, LENGTH, Op, Parser, parse};
use crate::message;
use crate::text::Message;

/// Integer, name, or expression of these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expr {
    /// Integer, such as `64`.
    Number(i64),
    /// Name, such as `width`.
    Name(String),
    /// Binary operation, such as `a + b`; division rounds down, and a comparison is 1 if it holds, otherwise 0.
    Binary(Box<Expr>, Op, Box<Expr>),
    /// Function call, such as `max(a, b)`.
    Call(Function, Vec<Expr>),
}

/// Function of sizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    /// Maximum of two.
    Max,
    /// Minimum of two.
    Min,
    /// Base-2 logarithm, rounded down.
    Log2,
}

impl Function {
    const ALL: [(&'static str, Self, usize); 3] = [
        ("max", Self::Max, 2),
        ("min", Self::Min, 2),
        ("log2", Self::Log2, 1),
    ];

    fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(_, function, _)| *function == self)
            .map_or("", |(name, ..)| name)
    }
}

/// Reason why an expression has no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EvalError {
    /// Name without a value here.
    Unknown(String),
    /// Division by zero.
    DivisionByZero(String),
    /// Logarithm of a number that has none.
    Logarithm(String),
    /// Value beyond 64 bits.
    Overflow(String),
}

impl EvalError {
    /// The error as a text.
    pub fn message(&self) -> Message {
        match self {
            Self::Unknown(name) => message!("expr-unknown", name = name),
            Self::DivisionByZero(text) => message!("expr-divides-by-zero", text = text),
            Self::Logarithm(text) => message!("expr-logarithm", text = text),
            Self::Overflow(text) => message!("expr-too-large", text = text),
        }
    }
}

impl fmt::Display for EvalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.message())
    }
}

impl std::error::Error for EvalError {}

impl Expr {
    /// Parses an expression of integers, names, `+ - * /`, comparisons, functions and brackets.
    ///
    /// # Errors
    /// The first character that does not fit.
    pub fn parse(text: &str) -> Result<Self, Message> {
        // Most are a name alone, which needs no grammar.
        let is_name = text.starts_with(|first: char| first.is_ascii_alphabetic())
            && text.len() <= LENGTH
            && text.bytes().all(is_part_of_word);
        if is_name {
            return Ok(Self::Name(text.to_owned()));
        }
        parse(text)
    }

    /// Evaluates it with the values of names from `lookup`.
    ///
    /// # Errors
    /// An unknown name, a division by zero, or a value beyond 64 bits.
    pub fn eval(&self, lookup: &dyn Fn(&str) -> Option<i64>) -> Result<i64, EvalError> {
        match self {
            Self::Number(value) => Ok(*value),
            Self::Name(name) => lookup(name).ok_or_else(|| EvalError::Unknown(name.clone())),
            Self::Binary(left, op, right) => {
                let (a, b) = (left.eval(lookup)?, right.eval(lookup)?);
                let value = match op {
                    Op::Add => a.checked_add(b),
                    Op::Subtract => a.checked_sub(b),
                    Op::Multiply => a.checked_mul(b),
                    Op::Divide if b == 0 => {
                        return Err(EvalError::DivisionByZero(self.to_string()));
                    }
                    Op::Divide => a.checked_div_euclid(b),
                    Op::Greater => Some((a > b).into()),
                    Op::Less => Some((a < b).into()),
                    Op::Equal => Some((a == b).into()),
                    Op::Unequal => Some((a != b).into()),
                };
                value.ok_or_else(|| EvalError::Overflow(self.to_string()))
            }
            Self::Call(function, arguments) => {
                let values: Result<Vec<i64>, _> = arguments
                    .iter()
                    .map(|argument| argument.eval(lookup))
                    .collect();
                let values = values?;
                let first = values.first().copied().unwrap_or(0);
                match function {
                    Function::Max => Ok(values.into_iter().max().unwrap_or(0)),
                    Function::Min => Ok(values.into_iter().min().unwrap_or(0)),
                    Function::Log2 => first
                        .checked_ilog2()
                        .map(i64::from)
                        .ok_or_else(|| EvalError::Logarithm(self.to_string())),
                }
            }
        }
    }
}

impl Expr {
    /// Calls `found` with every name in it.
    pub fn each_name(&self, found: &mut dyn FnMut(&str)) {
        match self {
            Self::Number(_) => {}
            Self::Name(own) => found(own),
            Self::Binary(left, _, right) => {
                left.each_name(found);
                right.each_name(found);
            }
            Self::Call(_, arguments) => {
                for argument in arguments {
                    argument.each_name(found);
                }
            }
        }
    }

    /// Whether `name` occurs in it.
    pub fn mentions(&self, name: &str) -> bool {
        match self {
            Self::Number(_) => false,
            Self::Name(own) => own == name,
            Self::Binary(left, _, right) => left.mentions(name) || right.mentions(name),
            Self::Call(_, arguments) => arguments.iter().any(|argument| argument.mentions(name)),
        }
    }

    fn write_operand(&self, f: &mut fmt::Formatter<'_>, op: Op) -> fmt::Result {
        let tight = |op: Op| matches!(op, Op::Multiply | Op::Divide);
        match self {
            Self::Binary(_, inner, _) if !tight(*inner) && tight(op) => write!(f, "({self})"),
            _ => write!(f, "{self}"),
        }
    }
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(value) => write!(f, "{value}"),
            Self::Name(name) => f.write_str(name),
            Self::Binary(left, op, right) => {
                left.write_operand(f, *op)?;
                write!(f, " {} ", op.sign())?;
                right.write_operand(f, *op)
            }
            Self::Call(function, arguments) => {
                let arguments: Vec<_> = arguments.iter().map(ToString::to_string).collect();
                write!(f, "{}({})", function.name(), arguments.join(", "))
            }
        }
    }
}

/// Whether a character may be in a name or a number.
const fn is_part_of_word(c: u8) -> bool {
    c.is_ascii_alphanumeric() || c == b'_'
}

impl Calculation for Expr {
    fn term(parser: &mut Parser<'_>) -> Result<Self, Message> {
        let word = parser.word(|c| u8::try_from(c).is_ok_and(is_part_of_word));
        match word.chars().next() {
            None => Err(message!(
                "expr-neither",
                sign = parser.peek().map(String::from).unwrap_or_default()
            )),
            Some(first) if first.is_ascii_digit() => match word.parse() {
                Ok(value) => Ok(Self::Number(value)),
                Err(_) => Err(message!("expr-not-whole", word = word)),
            },
            Some(_) if parser.rest().starts_with('(') => {
                parser.eat("(");
                parser.bracketed(|parser| arguments(parser, word))
            }
            Some(_) => Ok(Self::Name(word.to_owned())),
        }
    }

    fn binary(left: Self, op: Op, right: Self) -> Self {
        Self::Binary(Box::new(left), op, Box::new(right))
    }
}

/// Arguments of a function, up to the closing bracket.
fn arguments(parser: &mut Parser<'_>, name: &str) -> Result<Expr, Message> {
    let found = Function::ALL.iter().find(|(known, ..)| *known == name);
    let Some((_, function, count)) = found else {
        return Err(message!("expr-no-function", name = name));
    };
    let mut arguments = vec![parser.sum()?];
    while parser.eat(",") {
        arguments.push(parser.sum()?);
    }
    if arguments.len() != *count {
        return Err(message!(
            "expr-arguments",
            name = name,
            count = *count,
            found = arguments.len()
        ));
    }
    Ok(Expr::Call(*function, arguments))
}

/// The sign with which a hole begins.
const OPEN: &str = "{";

/// Name with placeholders: `layer{stage}.{block}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template(Vec<Part>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Hole(Expr),
}

impl Template {
    /// Parses a text in which each `{…}` contains an expression.
    ///
    /// # Errors
    /// An open bracket or a bad expression.
    pub fn parse(text: &str) -> Result<Self, Message> {
        if text.len() > LENGTH {
            return Err(message!("expr-too-long", most = LENGTH));
        }
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(open) = rest.find('{') {
            let close = rest[open..].find('}');
            let close = close.ok_or_else(|| message!("expr-brace-open", sign = OPEN))? + open;
            parts.push(Part::Text(rest[..open].to_owned()));
            parts.push(Part::Hole(Expr::parse(&rest[open + 1..close])?));
            rest = &rest[close + 1..];
        }
        parts.push(Part::Text(rest.to_owned()));
        Ok(Self(parts))
    }

    /// Name with each placeholder replaced by its value.
    ///
    /// # Errors
    /// As [`Expr::eval`].
    pub fn fill(&self, lookup: &dyn Fn(&str) -> Option<i64>) -> Result<String, EvalError> {
        self.0
            .iter()
            .map(|part| match part {
                Part::Text(text) => Ok(text.clone()),
                Part::Hole(expr) => expr.eval(lookup).map(|value| value.to_string()),
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    fn eval(text: &str) -> Result<i64, String> {
        let lookup = |name: &str| match name {
            "width" => Some(128),
            "base_width" => Some(4),
            _ => None,
        };
        let english = |message| Language::ENGLISH.say(&message);
        Expr::parse(text)
            .map_err(english)?
            .eval(&lookup)
            .map_err(|error| english(error.message()))
    }

    #[test]
    fn products_bind_tighter_and_run_from_the_left() {
        assert_eq!(eval("width * base_width / 64 * 32"), Ok(256));
        assert_eq!(eval(" 2 + 3*4 - (1 + 1) "), Ok(12));
        assert_eq!(eval("7 / 2"), Ok(3));
        assert_eq!(eval("max(3, (log2(width) + 1) / 2 / 2 * 2 + 1)"), Ok(5));
        assert_eq!(
            eval("(width > 64) + (width == 4) + (min(1, 2) != 1)"),
            Ok(1)
        );
    }

    #[test]
    fn mistakes_are_named() {
        let cases = [
            ("max(1)", "`max` takes 2 values, not 1"),
            (
                "sqrt(4)",
                "`sqrt` is not a function; the functions are max, min and log2",
            ),
            (
                "log2(0)",
                "`log2(0)` takes the logarithm of a number below 1",
            ),
            ("4 *", "a number or a name is missing at the end"),
            ("(width", "a closing bracket is missing"),
            ("width width", "unexpected `w` after `width`"),
            ("4x", "`4x` is not a whole number"),
            ("é", "`é` is neither a number nor a name"),
            ("depth", "`depth` is not defined here"),
            ("1 / 0", "`1 / 0` divides by zero"),
            (
                "9223372036854775807 + 1",
                "`9223372036854775807 + 1` is too large",
            ),
        ];
        for (text, message) in cases {
            assert_eq!(eval(text), Err(message.to_owned()), "{text}");
        }
        assert!(eval(&"(".repeat(5000)).is_err());
    }

    #[test]
    fn holes_hold_expressions() {
        let template = Template::parse("conv{stage + 1}_x").unwrap();
        assert_eq!(template.fill(&|_| Some(1)), Ok("conv2_x".to_owned()));
        assert_eq!(
            Template::parse("{a"),
            Err(message!("expr-brace-open", sign = OPEN))
        );
    }
}
