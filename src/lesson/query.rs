//! The small closed query language of lessons: `macs(resnet50) - macs(resnet50_v1)`.

use crate::message;
use crate::text::Message;

/// A query to the tool.
#[derive(Debug, Clone, PartialEq)]
pub enum Query {
    /// A number as written.
    Number(f64),
    /// A function call with its arguments: `shape(resnet50.conv1)`.
    Call(String, Vec<String>),
    /// Two queries with an operator.
    Join(Box<Query>, Operator, Box<Query>),
}

/// Operator between two queries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `==`
    Equal,
    /// `<`
    Less,
    /// `>`
    More,
}

impl Query {
    /// Parses a query.
    ///
    /// # Errors
    /// Description of the first problem in the text.
    pub fn parse(text: &str) -> Result<Self, Message> {
        let mut reader = Reader { rest: text };
        let query = reader.comparison()?;
        match reader.peek() {
            None => Ok(query),
            Some(c) => Err(message!("query-left", letter = c.to_string(), query = text)),
        }
    }
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn peek(&mut self) -> Option<char> {
        self.rest = self.rest.trim_start();
        self.rest.chars().next()
    }

    fn eat(&mut self, token: &str) -> bool {
        self.rest = self.rest.trim_start();
        match self.rest.strip_prefix(token) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn operator(&mut self, known: &[(&str, Operator)]) -> Option<Operator> {
        known
            .iter()
            .find_map(|(token, operator)| self.eat(token).then_some(*operator))
    }

    fn comparison(&mut self) -> Result<Query, Message> {
        let known = [
            ("==", Operator::Equal),
            ("<", Operator::Less),
            (">", Operator::More),
        ];
        let left = self.sum()?;
        match self.operator(&known) {
            Some(operator) => Ok(join(left, operator, self.sum()?)),
            None => Ok(left),
        }
    }

    fn sum(&mut self) -> Result<Query, Message> {
        let mut left = self.product()?;
        while let Some(operator) = self.operator(&[("+", Operator::Add), ("-", Operator::Subtract)])
        {
            left = join(left, operator, self.product()?);
        }
        Ok(left)
    }

    fn product(&mut self) -> Result<Query, Message> {
        let mut left = self.atom()?;
        while let Some(operator) =
            self.operator(&[("*", Operator::Multiply), ("/", Operator::Divide)])
        {
            left = join(left, operator, self.atom()?);
        }
        Ok(left)
    }

    fn atom(&mut self) -> Result<Query, Message> {
        if self.eat("(") {
            let inner = self.comparison()?;
            return if self.eat(")") {
                Ok(inner)
            } else {
                Err(message!("query-open-bracket"))
            };
        }
        let word = self.word()?;
        if let Ok(number) = word.parse() {
            return Ok(Query::Number(number));
        }
        if !self.eat("(") {
            return Err(message!("query-no-bracket", word = word));
        }
        let mut words = Vec::new();
        while !self.eat(")") {
            words.push(if self.eat("\"") {
                let (text, rest) = self
                    .rest
                    .split_once('"')
                    .ok_or_else(|| message!("query-open-quote"))?;
                self.rest = rest;
                text.to_owned()
            } else {
                self.word()?
            });
            if !self.eat(",") && self.peek() != Some(')') {
                return Err(message!("query-open-call", word = word));
            }
        }
        Ok(Query::Call(word, words))
    }

    fn word(&mut self) -> Result<String, Message> {
        self.rest = self.rest.trim_start();
        let end = self
            .rest
            .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '#')))
            .unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        if word.is_empty() {
            return Err(match self.rest.chars().next() {
                Some(c) => message!("query-no-word", letter = c.to_string()),
                None => message!("query-ends"),
            });
        }
        self.rest = rest;
        Ok(word.to_owned())
    }
}

fn join(left: Query, operator: Operator, right: Query) -> Query {
    Query::Join(Box::new(left), operator, Box::new(right))
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
        let product = join(Query::Number(2.0), Operator::Multiply, call);
        let sum = join(Query::Number(1.0), Operator::Add, product);
        assert_eq!(query, join(sum, Operator::Equal, Query::Number(3.0)));
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
