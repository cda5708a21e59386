//! Loops in place of entries that differ in numbers alone.

use super::layout::split;

/// Consecutive entries of a sequence or of a call as loops: equal ones as `*[entry for _ in range(3)]`, and three or more
/// that differ in numbers as a loop over those.
pub(super) fn folded(entries: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < entries.len() {
        let entry = &entries[at];
        let equal = entries[at..]
            .iter()
            .take_while(|other| *other == entry)
            .count();
        if equal > 1 {
            found.push(format!("*[{entry} for _ in range({equal})]"));
            at += equal;
            continue;
        }
        let run = run(&entries[at..]);
        if let Some(text) = over_numbers(run) {
            found.push(text);
            at += run.len();
        } else {
            found.push(entry.clone());
            at += 1;
        }
    }
    found
}

/// The first entries that differ from each other, in numbers alone.
fn run(entries: &[String]) -> &[String] {
    fn skeleton(entry: &str) -> Vec<&str> {
        Words::new(entry).texts
    }
    let Some(first) = entries.first().map(|entry| skeleton(entry)) else {
        return entries;
    };
    let mut count = 1;
    while let Some(entry) = entries.get(count)
        && skeleton(entry) == first
        && entries.get(count + 1) != Some(entry)
        && entries[count - 1] != *entry
    {
        count += 1;
    }
    &entries[..count]
}

/// A loop over the numbers in which the entries differ; `None` if they are too few or contain a loop themselves.
fn over_numbers(entries: &[String]) -> Option<String> {
    if entries.len() < 3 || entries[0].contains(" for ") {
        return None;
    }
    let words: Vec<Words> = entries.iter().map(|entry| Words::new(entry)).collect();
    let first = &words[0];
    let mut variables: Vec<(String, Vec<&str>)> = Vec::new();
    let mut text = first.texts[0].to_owned();
    for (column, number) in first.numbers.iter().enumerate() {
        let values: Vec<&str> = words.iter().map(|words| words.numbers[column]).collect();
        if values.iter().all(|value| value == number) {
            text += number;
        } else {
            let known = variables.iter().position(|(_, other)| *other == values);
            let known = known.unwrap_or_else(|| {
                let name = variable(&first.texts, column, &variables);
                variables.push((name, values));
                variables.len() - 1
            });
            text += &variables[known].0;
        }
        text += first.texts[column + 1];
    }
    let names: Vec<&str> = variables.iter().map(|(name, _)| name.as_str()).collect();
    let range = match &variables[..] {
        [] => return None,
        [(_, values)] => progression(values).unwrap_or_else(|| format!("[{}]", values.join(", "))),
        all => {
            let rows = (0..entries.len()).map(|row| {
                let row: Vec<&str> = all.iter().map(|(_, values)| values[row]).collect();
                format!("({})", row.join(", "))
            });
            format!("[{}]", rows.collect::<Vec<_>>().join(", "))
        }
    };
    Some(format!("*[{text} for {} in {range}]", names.join(", ")))
}

/// A name for the number in `column`: its keyword, if nothing else in the entry or in the loop has that name.
fn variable(texts: &[&str], column: usize, known: &[(String, Vec<&str>)]) -> String {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let keyword = texts[column].strip_suffix('=').map(|text| {
        let start = text.rfind(|c| !is_part(c)).map_or(0, |at| at + 1);
        &text[start..]
    });
    let name = keyword
        .filter(|name| !name.is_empty())
        .unwrap_or("channels");
    let is_read = |name: &str| {
        texts.iter().any(|text| {
            text.match_indices(name).any(|(at, _)| {
                let (before, after) = (&text[..at], &text[at + name.len()..]);
                !before.ends_with(is_part) && !after.starts_with(is_part) && !after.starts_with('=')
            })
        }) || known.iter().any(|(other, _)| other == name)
    };
    let numbered = (2..).map(|number| format!("{name}_{number}"));
    let mut names = std::iter::once(name.to_owned()).chain(numbered);
    names.find(|name| !is_read(name)).unwrap_or_default()
}

/// Numbers at equal distances as a `range`.
fn progression(values: &[&str]) -> Option<String> {
    let numbers: Vec<u64> = values
        .iter()
        .map(|value| value.parse().ok())
        .collect::<Option<_>>()?;
    let (first, last) = (*numbers.first()?, *numbers.last()?);
    let step = numbers
        .get(1)?
        .checked_sub(first)
        .filter(|step| *step > 0)?;
    let is_even = numbers
        .windows(2)
        .all(|pair| pair[0].checked_add(step) == Some(pair[1]));
    let end = last.checked_add(1)?;
    is_even.then(|| match step {
        1 => format!("range({first}, {end})"),
        step => format!("range({first}, {end}, {step})"),
    })
}

/// A text as its numbers and what is between them, one more piece of text than numbers.
struct Words<'t> {
    texts: Vec<&'t str>,
    numbers: Vec<&'t str>,
}

impl<'t> Words<'t> {
    fn new(text: &'t str) -> Self {
        let (mut texts, mut numbers) = (Vec::new(), Vec::new());
        let (mut start, mut is_literal, mut is_escaped, mut is_name) = (0, false, false, false);
        let mut characters = text.char_indices().peekable();
        while let Some((at, c)) = characters.next() {
            if is_literal {
                is_literal = is_escaped || c != '"';
                is_escaped = !is_escaped && c == '\\';
                continue;
            }
            if c == '"' {
                is_literal = true;
            } else if c.is_ascii_digit() && !is_name {
                let mut end = at + 1;
                while let Some((_, next)) =
                    characters.next_if(|(_, next)| next.is_ascii_digit() || ".e-".contains(*next))
                {
                    end += next.len_utf8();
                }
                texts.push(&text[start..at]);
                numbers.push(&text[at..end]);
                start = end;
                continue;
            }
            is_name = c.is_alphanumeric() || "_.".contains(c);
        }
        texts.push(&text[start..]);
        Self { texts, numbers }
    }
}

/// A statement with loops in place of the lists of `nn.ModuleList`.
pub(super) fn lists_folded(text: &str) -> String {
    const LIST: &str = "nn.ModuleList([";
    let Some(at) = text.find(LIST) else {
        return text.to_owned();
    };
    let open = at + LIST.len() - 1;
    let Some(close) = super::layout::closing(text, open) else {
        return text.to_owned();
    };
    let entries: Vec<String> = split(&text[open + 1..close], ", ")
        .into_iter()
        .filter(|entry| !entry.is_empty())
        .map(lists_folded)
        .collect();
    let entries = folded(&entries);
    let body = match &entries[..] {
        // One loop is the list itself.
        [only] if only.starts_with("*[") => only[2..only.len() - 1].to_owned(),
        entries => entries.join(", "),
    };
    format!("{}{body}{}", &text[..=open], lists_folded(&text[close..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(entries: &[&str]) -> Vec<String> {
        let entries: Vec<String> = entries.iter().map(|&entry| entry.to_owned()).collect();
        folded(&entries)
    }

    #[test]
    fn equal_entries_are_a_loop_and_others_stay() {
        assert_eq!(
            of(&["A(1)", "B(2)", "B(2)", "A(1)"]),
            ["A(1)", "*[B(2) for _ in range(2)]", "A(1)"]
        );
        assert_eq!(of(&["A(1)", "A(2)"]), ["A(1)", "A(2)"]);
    }

    #[test]
    fn entries_that_differ_in_numbers_are_a_loop_over_them() {
        assert_eq!(
            of(&[
                "A(x=1, y=P(2, 3))",
                "A(x=2, y=P(4, 3))",
                "A(x=9, y=P(5, 3))"
            ]),
            ["*[A(x=x, y=P(channels, 3)) for x, channels in [(1, 2), (2, 4), (9, 5)]]"]
        );
        assert_eq!(
            of(&["A(16, \"1\")", "A(18, \"1\")", "A(20, \"1\")"]),
            ["*[A(channels, \"1\") for channels in range(16, 21, 2)]"]
        );
        assert_eq!(
            of(&["A(x=1, y=x)", "A(x=3, y=x)", "A(x=4, y=x)"]),
            ["*[A(x=x_2, y=x) for x_2 in [1, 3, 4]]"]
        );
        assert_eq!(
            of(&["A(s=0.5)", "A(s=0.25)", "A(s=1e-5)"]),
            ["*[A(s=s) for s in [0.5, 0.25, 1e-5]]"]
        );
    }

    #[test]
    fn lists_of_modules_are_loops_too() {
        let text = "self.bns = nn.ModuleList([nn.BatchNorm2d(width), nn.BatchNorm2d(width)])";
        assert_eq!(
            lists_folded(text),
            "self.bns = nn.ModuleList([nn.BatchNorm2d(width) for _ in range(2)])"
        );
    }
}
