//! A text to be said: its id and arguments, in no language yet.

use std::fmt;

/// A value that fills a hole of a text.
#[derive(Debug, Clone, PartialEq)]
pub enum Argument {
    /// A name, path or figure that is the same in every language.
    Text(String),
    /// A count. A text may choose its words by it (`{ $count -> [one] … *[other] … }`); it is shown without separators.
    Count(u64),
    /// A text of its own, said in the same language.
    Message(Box<Message>),
}

impl From<&str> for Argument {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&String> for Argument {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<String> for Argument {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<u64> for Argument {
    fn from(count: u64) -> Self {
        Self::Count(count)
    }
}

impl From<u32> for Argument {
    fn from(count: u32) -> Self {
        Self::Count(count.into())
    }
}

impl From<usize> for Argument {
    fn from(count: usize) -> Self {
        Self::Count(count as u64)
    }
}

impl From<Message> for Argument {
    fn from(message: Message) -> Self {
        Self::Message(Box::new(message))
    }
}

/// A text's id and the values of its holes. [`Language::say`](super::Language::say) makes a sentence of it; `Display` prints
/// the id and arguments, for logs and tests.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// The id in the files of texts.
    pub id: &'static str,
    /// Names and values of the holes.
    pub arguments: Vec<(&'static str, Argument)>,
}

impl Message {
    /// The text of that id, with no hole filled yet.
    pub const fn new(id: &'static str) -> Self {
        Self {
            id,
            arguments: Vec::new(),
        }
    }

    /// The same with the hole `name` filled.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Argument>) -> Self {
        self.arguments.push((name, value.into()));
        self
    }
}

impl fmt::Display for Message {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.id)?;
        for (name, value) in &self.arguments {
            match value {
                Argument::Text(text) => write!(formatter, " {name}={text:?}")?,
                Argument::Count(count) => write!(formatter, " {name}={count}")?,
                Argument::Message(message) => write!(formatter, " {name}=({message})")?,
            }
        }
        Ok(())
    }
}

/// A [`Message`] by its id and named arguments: `message!("lesson-score", right = 3, all = 4)`.
#[macro_export]
macro_rules! message {
    ($id:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::text::Message::new($id)$(.with(stringify!($name), $value))*
    };
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_message_shows_its_id_and_arguments() {
        let inner = crate::message!("unit-pixels", count = 3_usize);
        let message = crate::message!("a-b", name = "layer1", what = inner);
        let text = "a-b name=\"layer1\" what=(unit-pixels count=3)";
        assert_eq!(message.to_string(), text);
    }
}
