//! Grammar of calculations: comparisons, sums, products and brackets, over terms that each use defines for itself.
//!
//! The sizes of a spec and the queries of a lesson are written in it.

use crate::message;
use crate::text::Message;

/// Binary operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    /// Operator `+`.
    Add,
    /// Operator `-`.
    Subtract,
    /// Operator `*`.
    Multiply,
    /// Operator `/`.
    Divide,
    /// Operator `>`.
    Greater,
    /// Operator `<`.
    Less,
    /// Operator `==`.
    Equal,
    /// Operator `!=`.
    Unequal,
}

impl Op {
    /// Sign of the operator.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Greater => ">",
            Self::Less => "<",
            Self::Equal => "==",
            Self::Unequal => "!=",
        }
    }
}

/// Tree of a calculation.
pub trait Calculation: Sized {
    /// Parses a number, a name or a call, whatever is between two operators.
    ///
    /// # Errors
    /// The first character that does not fit.
    fn term(parser: &mut Parser<'_>) -> Result<Self, Message>;

    /// Joins two calculations by an operator.
    fn binary(left: Self, op: Op, right: Self) -> Self;
}

/// Maximum length of a calculation in bytes, so neither parsing nor evaluating it can exhaust the stack.
pub const LENGTH: usize = 200;
/// Maximum nesting of brackets; more is a mistake or an attack on the stack.
const DEPTH: usize = 32;

/// Parses a whole text.
///
/// # Errors
/// The first character that does not fit.
pub fn parse<T: Calculation>(text: &str) -> Result<T, Message> {
    if text.len() > LENGTH {
        return Err(message!("expr-too-long", most = LENGTH));
    }
    let mut parser = Parser {
        text,
        at: 0,
        depth: 0,
    };
    let found = parser.comparison()?;
    match parser.peek() {
        None => Ok(found),
        Some(sign) => Err(message!(
            "expr-unexpected",
            sign = sign.to_string(),
            before = text[..parser.at].trim()
        )),
    }
}

/// Parser at a place in a text.
#[derive(Debug)]
pub struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl<'a> Parser<'a> {
    /// Text that is left.
    pub fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// Next character after blanks.
    pub fn peek(&mut self) -> Option<char> {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
        self.rest().chars().next()
    }

    /// Skips a sign if it is next.
    pub fn eat(&mut self, sign: &str) -> bool {
        self.peek();
        let is_next = self.rest().starts_with(sign);
        if is_next {
            self.at += sign.len();
        }
        is_next
    }

    /// Text up to the first character that is no part of a word; empty if the next one is none.
    pub fn word(&mut self, is_part: impl Fn(char) -> bool) -> &'a str {
        self.peek();
        let rest = self.rest();
        let word = &rest[..rest.find(|c| !is_part(c)).unwrap_or(rest.len())];
        self.at += word.len();
        word
    }

    /// Parses with `inner` up to the closing bracket; the opening one has been skipped.
    ///
    /// # Errors
    /// Those of `inner`, brackets that are nested too deep, or one that is not closed.
    pub fn bracketed<T>(
        &mut self,
        inner: impl FnOnce(&mut Self) -> Result<T, Message>,
    ) -> Result<T, Message> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(message!("expr-too-deep", most = DEPTH));
        }
        let found = inner(self)?;
        if !self.eat(")") {
            return Err(message!("expr-unclosed"));
        }
        self.depth -= 1;
        Ok(found)
    }

    /// Parses a sum or a difference.
    ///
    /// # Errors
    /// The first character that does not fit.
    pub fn sum<T: Calculation>(&mut self) -> Result<T, Message> {
        self.chain([Op::Add, Op::Subtract], Self::product)
    }

    fn product<T: Calculation>(&mut self) -> Result<T, Message> {
        self.chain([Op::Multiply, Op::Divide], Self::factor)
    }

    fn comparison<T: Calculation>(&mut self) -> Result<T, Message> {
        let left = self.sum()?;
        match self.operator(&[Op::Equal, Op::Unequal, Op::Greater, Op::Less]) {
            Some(op) => Ok(T::binary(left, op, self.sum()?)),
            None => Ok(left),
        }
    }

    fn factor<T: Calculation>(&mut self) -> Result<T, Message> {
        if self.eat("(") {
            return self.bracketed(Self::comparison);
        }
        match self.peek() {
            Some(_) => T::term(self),
            None => Err(message!("expr-incomplete")),
        }
    }

    fn operator(&mut self, known: &[Op]) -> Option<Op> {
        known.iter().copied().find(|op| self.eat(op.sign()))
    }

    /// Operands with operators between them, joined from the left.
    fn chain<T: Calculation>(
        &mut self,
        known: [Op; 2],
        operand: fn(&mut Self) -> Result<T, Message>,
    ) -> Result<T, Message> {
        let mut left = operand(self)?;
        while let Some(op) = self.operator(&known) {
            left = T::binary(left, op, operand(self)?);
        }
        Ok(left)
    }
}
