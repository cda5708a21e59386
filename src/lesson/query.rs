//! The small closed query language of lessons: `macs(resnet50) - macs(resnet50_v1)`.

use crate::message;
use crate::spec::calculation::{Calculation, Op, Parser, parse};
use crate::text::Message;

/// Functions that need passes through a network.
const SLOW: [&str; 8] = [
    "bn",
    "bn_distance",
    "gradient",
    "lesion",
    "looks",
    "runs",
    "top",
    "trained",
];

/// A query to the tool.
#[derive(Debug, Clone, PartialEq)]
pub enum Query {
    /// A number as written.
    Number(f64),
    /// A function call with its arguments: `shape(resnet50.conv1)`.
    Call(String, Vec<String>),
    /// Two queries with an operator.
    Join(Box<Query>, Op, Box<Query>),
}

impl Query {
    /// Parses a query.
    ///
    /// # Errors
    /// Description of the first problem in the text.
    pub fn parse(text: &str) -> Result<Self, Message> {
        parse(text)
    }

    /// First argument of the first function in it that needs passes, which take time.
    pub fn slow_word(&self) -> Option<&str> {
        match self {
            Self::Number(_) => None,
            Self::Join(left, _, right) => left.slow_word().or_else(|| right.slow_word()),
            Self::Call(function, words) => {
                let is_slow = SLOW.contains(&function.as_str());
                words.first().filter(|_| is_slow).map(String::as_str)
            }
        }
    }
}

impl Calculation for Query {
    fn term(parser: &mut Parser<'_>) -> Result<Self, Message> {
        let word = word(parser)?;
        if let Ok(number) = word.parse() {
            return Ok(Self::Number(number));
        }
        if !parser.eat("(") {
            return Err(message!("query-needs-brackets", word = word));
        }
        let words = parser.bracketed(|parser| {
            let mut words = Vec::new();
            while parser.peek().is_some_and(|next| next != ')') {
                words.push(argument(parser)?);
                if !parser.eat(",") {
                    break;
                }
            }
            Ok(words)
        })?;
        Ok(Self::Call(word, words))
    }

    fn binary(left: Self, op: Op, right: Self) -> Self {
        Self::Join(Box::new(left), op, Box::new(right))
    }
}

/// Word or text in quotation marks.
fn argument(parser: &mut Parser<'_>) -> Result<String, Message> {
    if !parser.eat("\"") {
        return word(parser);
    }
    let text = parser.word(|c| c != '"').to_owned();
    if parser.eat("\"") {
        Ok(text)
    } else {
        Err(message!("query-text-open"))
    }
}

/// Name of a network, a layer or a function, or a number.
fn word(parser: &mut Parser<'_>) -> Result<String, Message> {
    let word = parser.word(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '#'));
    match (word, parser.peek()) {
        ("", None) => Err(message!("expr-incomplete")),
        ("", Some(sign)) => Err(message!("expr-neither", sign = sign.to_string())),
        _ => Ok(word.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_are_read_with_their_precedence() {
        let query = Query::parse("1 + 2 * params(resnet50.conv1, \"conv+fc\") == 3").unwrap();
        let call = Query::Call(
            "params".into(),
            vec!["resnet50.conv1".into(), "conv+fc".into()],
        );
        let product = Query::binary(Query::Number(2.0), Op::Multiply, call);
        let sum = Query::binary(Query::Number(1.0), Op::Add, product);
        assert_eq!(query, Query::binary(sum, Op::Equal, Query::Number(3.0)));
    }

    #[test]
    fn mistakes_are_named() {
        for wrong in [
            "",
            "params",
            "params(a",
            "params(a b)",
            "1 +",
            "(1",
            "1 1",
            "f(\"a)",
        ] {
            assert!(Query::parse(wrong).is_err(), "{wrong}");
        }
    }
}
