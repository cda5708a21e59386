//! The TOML parser's own reasons as texts, so that they are said in the reader's language.

use crate::message;
use crate::text::Message;

/// The parser's words, and the id of the text for them.
const REASONS: &[(&str, &str)] = &[
    ("duplicate key", "toml-duplicate-key"),
    ("recursion limit", "toml-too-deep"),
    (
        "cannot recurse further; max recursion depth met",
        "toml-too-deep",
    ),
    ("invalid basic string", "toml-string"),
    ("invalid multi-line basic string", "toml-string"),
    ("invalid literal string", "toml-string"),
    ("invalid multi-line literal string", "toml-string"),
    ("invalid string", "toml-string"),
    ("missing escaped value", "toml-string"),
    ("too few unicode value digits", "toml-string"),
    ("missing opening quote", "toml-quotes"),
    ("string values must be quoted", "toml-quotes"),
    ("invalid key", "toml-key"),
    ("invalid unquoted key", "toml-key"),
    ("unquoted keys cannot be empty", "toml-key"),
    ("keys cannot be multi-line basic strings", "toml-key"),
    ("keys cannot be multi-line literal strings", "toml-key"),
    ("invalid key-value pair", "toml-pair"),
    ("missing assignment between key-value pairs", "toml-pair"),
    ("extra assignment between key-value pairs", "toml-pair"),
    ("missing key for inline table element", "toml-pair"),
    ("invalid inline table element", "toml-pair"),
    ("extra `=`", "toml-pair"),
    ("key with no value", "toml-no-value"),
    ("missing value for key", "toml-no-value"),
    ("missing value", "toml-no-value"),
    ("invalid value", "toml-value"),
    ("invalid boolean", "toml-value"),
    ("invalid date-time", "toml-value"),
    ("missing comma between array elements", "toml-comma"),
    ("missing comma between key-value pairs", "toml-comma"),
    ("extra comma in array", "toml-extra-comma"),
    ("extra comma in inline table", "toml-extra-comma"),
    ("unexpected `=` in array", "toml-equals-in-list"),
    ("unclosed array", "toml-unclosed-list"),
    ("missing array opening", "toml-unclosed-list"),
    ("unclosed inline table", "toml-unclosed-table"),
    ("missing inline table opening", "toml-unclosed-table"),
    ("unclosed table", "toml-heading"),
    ("unclosed array table", "toml-heading"),
    ("missing table open", "toml-heading"),
    ("invalid table", "toml-heading"),
    ("unexpected content", "toml-unexpected"),
    ("unexpected key or value", "toml-unexpected"),
    (
        "unexpected content between comment and newline",
        "toml-comment",
    ),
    ("invalid comment character", "toml-comment"),
    ("missing comment start", "toml-comment"),
    (
        "carriage return must be followed by newline",
        "toml-carriage-return",
    ),
    ("invalid integer number", "toml-number"),
    ("invalid hexadecimal number", "toml-number"),
    ("invalid octal number", "toml-number"),
    ("invalid binary number", "toml-number"),
    ("invalid float", "toml-number"),
    ("invalid fraction", "toml-number"),
    ("invalid mantissa", "toml-number"),
    ("invalid exponent", "toml-number"),
    ("integers with a radix cannot be signed", "toml-number"),
    ("radix must be lowercase", "toml-number"),
    ("redundant integer number prefix", "toml-number"),
    ("redundant numeric sign", "toml-number"),
    ("unexpected leading zero", "toml-number"),
    ("unexpected sign", "toml-number"),
    ("`_` may only go between digits", "toml-number"),
];

/// The reason of an error of syntax; what the parser says itself where this program has no text for it.
pub(super) fn reason(said: &str) -> Message {
    let (what, wanted) = said.split_once(", expected ").unwrap_or((said, ""));
    let known = REASONS.iter().find(|(known, _)| *known == what);
    let reason = match known {
        Some((_, id)) => Message::new(id),
        None if what.starts_with("cannot extend value of type ") => message!("toml-extended"),
        None => return Message::foreign(said),
    };
    // The expected token is a sign in backquotes, or one of the parser's words.
    if wanted.starts_with('`') && !wanted.contains(' ') {
        return message!("toml-expected", reason = reason, sign = wanted);
    }
    reason
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parsers_reasons_have_texts() {
        let said = "missing comma between array elements, expected `,`";
        let comma = message!("toml-comma");
        let expected = message!("toml-expected", reason = comma, sign = "`,`");
        assert_eq!(reason(said), expected);
        assert_eq!(reason("invalid key, expected key"), message!("toml-key"));
        assert_eq!(reason("something new"), Message::foreign("something new"));
    }
}
