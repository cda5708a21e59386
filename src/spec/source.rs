//! Text of a spec, and places in it.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// Text of a file with its name in messages.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    /// Path, or `architectures/…` for a shipped file.
    pub name: String,
    /// Text of the file.
    pub text: String,
}

/// Range of bytes in a source.
#[derive(Clone, PartialEq, Eq)]
pub struct Place {
    /// Source of the text.
    pub source: Arc<Source>,
    /// Byte range in its text.
    pub span: Range<usize>,
}

impl Place {
    /// The text there; `None` if the source is shorter.
    pub fn text(&self) -> Option<&str> {
        self.source.text.get(self.span.clone())
    }

    /// Line and column of the first character, both from 1; the column counts characters.
    pub fn line_column(&self) -> (usize, usize) {
        let start = self.span.start.min(self.source.text.len());
        let before = &self.source.text.as_bytes()[..start];
        let line_start = before
            .iter()
            .rposition(|&byte| byte == b'\n')
            .map_or(0, |at| at + 1);
        let line = line_at(&self.source.text, start);
        let column = String::from_utf8_lossy(&before[line_start..])
            .chars()
            .count()
            + 1;
        (line, column)
    }
}

/// Number of the line, from 1, that contains a byte of a text.
#[allow(
    clippy::naive_bytecount,
    reason = "the compiler makes vector instructions of it"
)]
pub(crate) fn line_at(text: &str, at: usize) -> usize {
    let before = text.as_bytes()[..at].iter();
    1 + before.filter(|&&byte| byte == b'\n').count()
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// Formats the place as `resnet50.toml:12:3`.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (line, column) = self.line_column();
        write!(f, "{}:{line}:{column}", self.source.name)
    }
}

/// Value with its place in the source.
#[derive(Debug, Clone, PartialEq)]
pub struct Located<T> {
    /// Value itself.
    pub value: T,
    /// Place in the source.
    pub place: Place,
}

impl<T> Located<T> {
    /// Another value at the same place.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Located<U> {
        Located {
            value: change(self.value),
            place: self.place,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_start_at_one() {
        let source = Arc::new(Source {
            name: "x.toml".into(),
            text: "a = 1\n# é\ntitle = \"é\" # here".into(),
        });
        let start = source.text.find("# here").unwrap();
        let place = Place {
            source,
            span: start..start + 6,
        };
        assert_eq!(place.to_string(), "x.toml:3:13");
    }
}
