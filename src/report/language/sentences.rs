//! Chinese for sentences of the interface with numbers and names in them, which are recognised by their English pattern.
//!
//! The modules below describe networks and their problems in English, without knowing the language. For people who read
//! Chinese, the translation is found here: a pattern `{} comes in` matches any text in its hole, `{#}` matches numbers only,
//! and `{w}` one word. The Chinese has the same holes as `{}` in the same order, or numbered `{1}`, `{2}` for another order.

pub mod passes;
pub mod problems;
pub mod refusals;
pub mod screens;

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::text::Language;

/// Tables of patterns, in English and Chinese.
pub const TABLES: [&[(&str, &str)]; 4] = [
    problems::PROBLEMS,
    screens::SCREENS,
    passes::PASSES,
    refusals::REFUSALS,
];

/// Kind of text that a hole matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hole {
    Any,
    Number,
    Word,
}

impl Hole {
    const MARKS: [(&'static str, Self); 3] = [
        ("{}", Self::Any),
        ("{#}", Self::Number),
        ("{w}", Self::Word),
    ];

    fn takes(self, text: &str) -> bool {
        let is_number = |word: &str| {
            // `3`, `-0.5`, `64×56×56`, `30.82 M`, `97.7 MiB`, `5 µs`
            word.starts_with(|c: char| c.is_ascii_digit() || "+-−±".contains(c))
                || [
                    "k", "M", "G", "T", "B", "KiB", "MiB", "GiB", "s", "ms", "µs", "min", "%",
                ]
                .contains(&word)
        };
        !text.is_empty()
            && match self {
                // Text between dots is a separate sentence.
                Self::Any => !text.contains(" · "),
                Self::Word => !text.contains(' '),
                Self::Number => {
                    text.trim().contains(|c: char| c.is_ascii_digit())
                        && text.split_whitespace().all(is_number)
                }
            }
    }
}

/// Pattern split at its holes.
struct Pattern {
    parts: Vec<&'static str>,
    holes: Vec<Hole>,
    chinese: &'static str,
    /// Number of characters outside its holes: of two patterns that match, the one with more is right.
    own: usize,
}

impl Pattern {
    fn new(english: &'static str, chinese: &'static str) -> Self {
        let (mut parts, mut holes, mut rest) = (Vec::new(), Vec::new(), english);
        while let Some((at, mark, hole)) = Hole::MARKS
            .iter()
            .filter_map(|&(mark, hole)| Some((rest.find(mark)?, mark, hole)))
            .min_by_key(|(at, ..)| *at)
        {
            parts.push(&rest[..at]);
            holes.push(hole);
            rest = &rest[at + mark.len()..];
        }
        parts.push(rest);
        Self {
            own: parts.iter().map(|part| part.len()).sum(),
            parts,
            holes,
            chinese,
        }
    }

    /// Texts in the holes, if the pattern matches.
    fn fits<'a>(&self, text: &'a str) -> Option<Vec<&'a str>> {
        let [first, middle @ .., last] = self.parts.as_slice() else {
            return (self.parts[0] == text).then(Vec::new);
        };
        let mut rest = text.strip_prefix(first)?.strip_suffix(last)?;
        let mut found = Vec::new();
        for part in middle {
            let (hole, behind) = rest.split_once(part)?;
            found.push(hole);
            rest = behind;
        }
        found.push(rest);
        let taken = self
            .holes
            .iter()
            .zip(&found)
            .all(|(hole, text)| hole.takes(text));
        taken.then_some(found)
    }
}

/// Number of holes in a text.
pub fn holes(text: &str) -> usize {
    let numbered = (1..).take_while(|number| text.contains(&format!("{{{number}}}")));
    match numbered.count() {
        0 => Hole::MARKS
            .iter()
            .map(|(mark, _)| text.matches(mark).count())
            .sum(),
        many => many,
    }
}

/// Patterns by their first word; those that begin with a hole are under the empty word.
fn patterns() -> &'static HashMap<&'static str, Vec<Pattern>> {
    static PATTERNS: OnceLock<HashMap<&str, Vec<Pattern>>> = OnceLock::new();
    PATTERNS.get_or_init(|| {
        let mut found: HashMap<&str, Vec<Pattern>> = HashMap::new();
        for (english, chinese) in TABLES.into_iter().flatten() {
            let pattern = Pattern::new(english, chinese);
            let word = pattern.parts[0]
                .split_once(' ')
                .map_or("", |(word, _)| word);
            found.entry(word).or_default().push(pattern);
        }
        for patterns in found.values_mut() {
            patterns.sort_by_key(|pattern| std::cmp::Reverse(pattern.own));
        }
        found
    })
}

/// Chinese for an English sentence; `None` if no pattern matches.
pub fn chinese(text: &str) -> Option<String> {
    // Any sentence may be followed by other places with the same problem.
    if let Some((sentence, places)) = text.split_once("; the same at ") {
        let (named, more) = match places.split_once(" and ") {
            Some((named, more)) => (
                named,
                format!(" 等，另有 {} 处", more.trim_end_matches(" more")),
            ),
            None => (places, String::new()),
        };
        return Some(format!("{}；同样的还有 {named}{more}", chinese(sentence)?));
    }
    let all = patterns();
    let word = text.split_once(' ').map_or("", |(word, _)| word);
    let candidates = [word, ""].map(|word| all.get(word).into_iter().flatten());
    let [own, other] = candidates;
    let (pattern, holes) = own
        .chain(other)
        .filter_map(|pattern| Some((pattern, pattern.fits(text)?)))
        .max_by_key(|(pattern, _)| pattern.own)?;
    let holes: Vec<String> = holes.into_iter().map(phrase).collect();
    Some(fill(pattern.chinese, &holes))
}

/// Translation of a hole's text: a phrase of the tables, or a name or number, which is kept.
fn phrase(text: &str) -> String {
    let known = || Language::CHINESE.translation(text).map(str::to_owned);
    // A single word is as often a name as a word.
    if !text.contains(' ') {
        return text.to_owned();
    }
    let whole = chinese(text).or_else(known);
    whole
        .or_else(|| several(text))
        .unwrap_or_else(|| text.to_owned())
}

/// Phrases between semicolons or commas, if each of them is known.
fn several(text: &str) -> Option<String> {
    let between = [("; ", "；"), (", ", "，")];
    let between = between.into_iter().filter(|(mark, _)| text.contains(mark));
    for (mark, comma) in between {
        let told: Option<Vec<String>> = text
            .split(mark)
            .map(|part| chinese(part).or_else(|| several(part)))
            .collect();
        if let Some(told) = told {
            return Some(told.join(comma));
        }
    }
    None
}

/// Text with its holes filled: in order, or by their numbers.
pub(super) fn fill(chinese: &str, holes: &[String]) -> String {
    if chinese.contains("{1}") {
        return (1..)
            .zip(holes)
            .fold(chinese.to_owned(), |text, (number, hole)| {
                text.replace(&format!("{{{number}}}"), hole)
            });
    }
    let mut parts = chinese.split("{}");
    let first = parts.next().unwrap_or_default().to_owned();
    parts
        .zip(holes)
        .fold(first, |text, (part, hole)| text + hole + part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holes_are_filled_and_the_longer_pattern_wins() {
        let pattern = Pattern::new("{} channels in {} groups", "{2} 组共 {1} 通道");
        let holes = pattern.fits("64 channels in 32 groups").unwrap();
        assert_eq!(holes, ["64", "32"]);
        let holes: Vec<String> = holes.into_iter().map(str::to_owned).collect();
        assert_eq!(fill(pattern.chinese, &holes), "32 组共 64 通道");
        assert_eq!(pattern.fits(" channels in 32 groups"), None);
        let numbers = Pattern::new("{#} of {#}", "{} / {}");
        assert_eq!(numbers.fits("4 of 74"), Some(vec!["4", "74"]));
        assert_eq!(numbers.fits("a quarter of a map"), None);
        assert_eq!(super::holes("{2} 组共 {1} 通道"), 2);
        assert_eq!(chinese("no such sentence is known"), None);
    }
}
