//! Layout of Python's statements as `black` and `ruff format` lay them out.
//!
//! A statement that is too long is broken at its last bracket: one entry per line, each with a comma, which both formatters
//! keep.

/// Maximum length of a line: the default of both formatters.
pub(super) const WIDTH: usize = 88;

/// Lays out a statement that begins after `indent` spaces, which the first line does not include.
pub(super) fn statement(text: &str, indent: usize) -> String {
    laid_out(text, indent, 0)
}

/// Lays out a statement or an entry, `after` characters of which follow on its last line.
fn laid_out(text: &str, indent: usize, after: usize) -> String {
    if indent + text.chars().count() + after <= WIDTH {
        return text.to_owned();
    }
    let (inner, outer) = (" ".repeat(indent + 4), " ".repeat(indent));
    if let Some((head, choice)) = text.split_once(" = ")
        && split(choice, " else ").len() == 2
    {
        let parts = split(choice, " if ").join(&format!("\n{inner}if "));
        let parts = split(&parts, " else ").join(&format!("\n{inner}else "));
        let choice = if indent + 4 + choice.chars().count() <= WIDTH {
            choice
        } else {
            &parts
        };
        return format!("{head} = (\n{inner}{choice}\n{outer})");
    }
    let Some((open, close)) = last_bracket(text) else {
        return text.to_owned();
    };
    let (head, body, tail) = (&text[..=open], &text[open + 1..close], &text[close..]);
    let entries = split(body, ", ");
    let loops = split(body, " for ");
    let lines = if let [element, rest] = &loops[..]
        && indent + 4 + body.chars().count() > WIDTH
    {
        let element = laid_out(element, indent + 4, 0);
        let range = laid_out(&format!("for {rest}"), indent + 4, 0);
        format!("{inner}{element}\n{inner}{range}\n")
    } else if loops.len() == 2 {
        format!("{inner}{body}\n")
    } else if let [only] = &entries[..]
        && !text.starts_with("def ")
    {
        format!("{inner}{}\n", laid_out(only, indent + 4, 0))
    } else {
        let mut lines = String::new();
        for entry in &entries {
            lines += &format!("{inner}{},\n", laid_out(entry, indent + 4, 1));
        }
        lines
    };
    format!("{head}\n{lines}{outer}{tail}")
}

/// Places of the last pair of brackets outside all others, if there is anything between them.
fn last_bracket(text: &str) -> Option<(usize, usize)> {
    let mut found = None;
    let mut open = None;
    for (at, c, depth) in depths(text) {
        match (c, depth) {
            ('(' | '[' | '{', 1) => open = Some(at),
            (')' | ']' | '}', 0) => {
                let pair = open.filter(|open| open + 1 < at).map(|open| (open, at));
                found = pair.or(found);
            }
            _ => {}
        }
    }
    found
}

/// The parts of a text between the places outside all brackets at which `between` is written.
pub(super) fn split<'t>(text: &'t str, between: &str) -> Vec<&'t str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, _, depth) in depths(text) {
        if depth == 0 && at >= start && text[at..].starts_with(between) {
            parts.push(&text[start..at]);
            start = at + between.len();
        }
    }
    parts.push(&text[start..]);
    parts
}

/// Place of the bracket that closes the one at `open`.
pub(super) fn closing(text: &str, open: usize) -> Option<usize> {
    let rest = &text[open..];
    let mut ends = depths(rest).filter(|&(at, c, depth)| at > 0 && depth == 0 && ")]}".contains(c));
    ends.next().map(|(at, ..)| open + at)
}

/// The characters outside of literals, each with its place and the number of brackets that are open after it.
fn depths(text: &str) -> impl Iterator<Item = (usize, char, usize)> {
    let (mut depth, mut is_literal, mut is_escaped) = (0_usize, false, false);
    text.char_indices().filter_map(move |(at, c)| {
        if is_literal {
            is_literal = is_escaped || c != '"';
            is_escaped = !is_escaped && c == '\\';
            return None;
        }
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            '"' => is_literal = true,
            _ => {}
        }
        Some((at, c, depth))
    })
}

/// A text of words in lines of at most `width` characters, the first of which follows a docstring's quotes or nothing.
pub(super) fn filled(text: &str, width: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width - 3 => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_call_has_one_argument_per_line_and_a_short_one_stays() {
        assert_eq!(
            statement("self.fc = nn.Linear(64, 10)", 8),
            "self.fc = nn.Linear(64, 10)"
        );
        let long = "self.layer1 = nn.Sequential(*[Basic(in_channels=16, width=16) for _ in range(3)], nn.Identity(), end=1)";
        assert_eq!(
            statement(long, 8),
            "self.layer1 = nn.Sequential(\n            *[Basic(in_channels=16, width=16) for _ in range(3)],\n            \
             nn.Identity(),\n            end=1,\n        )"
        );
    }

    #[test]
    fn brackets_and_commas_in_literals_divide_nothing() {
        assert_eq!(
            split(r#"("a, (b", x), f("\", "), 3"#, ", "),
            [r#"("a, (b", x)"#, r#"f("\", ")"#, "3"]
        );
        assert_eq!(last_bracket(r#"add("(", f(x))"#), Some((3, 13)));
        assert_eq!(closing("f(a[1], (2)) + 1", 1), Some(11));
    }
}
