//! A text to display, as its id and arguments, independent of language.

use std::fmt;

use super::wording::Wording;

/// Value for a placeholder of a text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Argument {
    /// A name, path or figure that is the same in every language.
    Text(String),
    /// A count, by which a text may choose its words (`{ $count -> [one] … *[other] … }`); shown without separators.
    Count(u64),
    /// A nested message, in the same language.
    Message(Box<Message>),
    /// Several arguments, joined as the language joins lists.
    List(Joint, Vec<Argument>),
    /// A text that comes with its translations.
    Wording(Wording),
}

/// Way of joining the parts of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Joint {
    /// `a, b, c`
    Comma,
    /// `a, b or c`
    Or,
    /// `a, b and c`
    And,
    /// `a, b, c` of clauses, which Chinese parts by another comma than names.
    Clause,
    /// `a; b; c`
    Semicolon,
    /// `a · b · c`
    Dot,
    /// `a → b → c`
    Arrow,
    /// One per line.
    Lines,
}

impl Joint {
    /// Separators between two parts and before the last one: ids of texts, or characters that every language has.
    pub(super) const fn between(self) -> [&'static str; 2] {
        match self {
            Self::Comma => ["joint-comma", "joint-comma"],
            Self::Or => ["joint-comma", "joint-or"],
            Self::And => ["joint-comma", "joint-and"],
            Self::Clause => ["joint-clause", "joint-clause"],
            Self::Arrow => [" → ", " → "],
            Self::Semicolon => ["joint-semicolon", "joint-semicolon"],
            Self::Dot => [" · ", " · "],
            Self::Lines => ["\n", "\n"],
        }
    }

    /// A list of the parts, joined in this way.
    pub fn of<T: Into<Argument>>(self, parts: impl IntoIterator<Item = T>) -> Argument {
        Argument::List(self, parts.into_iter().map(Into::into).collect())
    }
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

impl From<u128> for Argument {
    fn from(figure: u128) -> Self {
        Self::Text(figure.to_string())
    }
}

impl From<f64> for Argument {
    fn from(figure: f64) -> Self {
        Self::Text(figure.to_string())
    }
}

impl From<Message> for Argument {
    fn from(message: Message) -> Self {
        Self::Message(Box::new(message))
    }
}

/// A text's id and the values of its placeholders. [`Language::say`](super::Language::say) turns it into a sentence;
/// `Display` prints the id and arguments, for logs and tests.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Message {
    /// Id in the files of texts.
    pub id: &'static str,
    /// Names and values of the placeholders.
    pub arguments: Vec<(&'static str, Argument)>,
}

impl Message {
    /// The text with that id, with no placeholder filled in yet.
    pub const fn new(id: &'static str) -> Self {
        Self {
            id,
            arguments: Vec::new(),
        }
    }

    /// A text that is in no file: the words of another program or library, such as the cause of a failed read.
    pub fn foreign(text: impl Into<String>) -> Self {
        Self::new(Self::FOREIGN).with("text", text.into())
    }

    /// A name, a figure or a list, which needs no text around it.
    pub fn of(argument: impl Into<Argument>) -> Self {
        Self::new(Self::FOREIGN).with("text", argument)
    }

    /// The id of [`Message::foreign`] and [`Message::of`].
    pub const FOREIGN: &'static str = "";

    /// The message with the placeholder `name` filled in.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Argument>) -> Self {
        self.arguments.push((name, value.into()));
        self
    }
}

impl fmt::Display for Message {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.id)?;
        for (number, (name, value)) in self.arguments.iter().enumerate() {
            if number > 0 || !self.id.is_empty() {
                formatter.write_str(" ")?;
            }
            write!(formatter, "{name}={value}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Argument {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write!(formatter, "{text:?}"),
            Self::Count(count) => write!(formatter, "{count}"),
            Self::Message(message) => write!(formatter, "({message})"),
            Self::Wording(wording) => write!(formatter, "{:?}", wording.own()),
            Self::List(_, parts) => {
                formatter.write_str("[")?;
                for (number, part) in parts.iter().enumerate() {
                    let comma = if number == 0 { "" } else { ", " };
                    write!(formatter, "{comma}{part}")?;
                }
                formatter.write_str("]")
            }
        }
    }
}

/// A [`Message`] by its id and named arguments: `message!("lesson-score", right = 3, all = 4)`.
#[macro_export]
macro_rules! message {
    ($id:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::text::Message::new($id)$(.with(stringify!($name), $value))*
    };
}

/// Makes errors of types that have a `message`: each shows its id and arguments, and is a [`Message`] or an [`Argument`] where
/// one is wanted. Causes that are an error of their own may follow, each with its variant.
macro_rules! said {
    ($error:ty: $($variant:ident($cause:ty)),+ $(,)?) => {
        $crate::text::said!($error);
        $(impl From<$cause> for $error {
            fn from(cause: $cause) -> Self {
                Self::$variant(cause)
            }
        })+
    };
    ($($error:ty),+ $(,)?) => {$(
        impl ::std::fmt::Display for $error {
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.message(), formatter)
            }
        }

        impl ::std::error::Error for $error {}

        impl From<$error> for $crate::text::Message {
            fn from(error: $error) -> Self {
                error.message()
            }
        }

        impl From<&$error> for $crate::text::Argument {
            fn from(error: &$error) -> Self {
                error.message().into()
            }
        }
    )+};
}
pub(crate) use said;

impl From<&Wording> for Argument {
    fn from(wording: &Wording) -> Self {
        Self::Wording(wording.clone())
    }
}

impl From<Wording> for Argument {
    fn from(wording: Wording) -> Self {
        Self::Wording(wording)
    }
}

impl From<&Wording> for Message {
    fn from(wording: &Wording) -> Self {
        Self::of(wording)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_message_shows_its_id_and_arguments() {
        let inner = crate::message!("unit-pixels", count = 3_usize);
        let message = crate::message!("a-b", name = "layer1", what = inner);
        let text = "a-b name=\"layer1\" what=(unit-pixels count=3)";
        assert_eq!(message.to_string(), text);
        let message = crate::message!("a-b", names = super::Joint::Or.of(["x", "y"]));
        assert_eq!(message.to_string(), "a-b names=[\"x\", \"y\"]");
    }
}
