//! Flags that several commands share, and the parsers of their values.

use std::sync::OnceLock;

use clap::builder::{OsStringValueParser, TypedValueParser};
use clap::{Args as ClapArgs, ValueEnum};

use crate::analysis::Rule;
use crate::report::Level;
use crate::text::Language;

/// What every command on a network takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ClapArgs)]
pub(super) struct Shape {
    /// Input size: 224, or height x width as in 224x320
    #[arg(long, value_name = "SIZE", value_parser = input_size)]
    pub(super) input_size: Option<[u64; 2]>,
    /// Images at once
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..=crate::network::limits::BATCH))]
    pub(super) batch: u64,
    /// Number of classes, in place of the spec's own
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=crate::network::limits::CHANNELS))]
    pub(super) classes: Option<u64>,
}

impl Shape {
    /// Overrides for the spec's values.
    pub(super) const fn overrides(self) -> crate::lower::Overrides {
        crate::lower::Overrides {
            input_size: self.input_size,
            classes: self.classes,
        }
    }
}

impl Default for Shape {
    /// Default of one image with the spec's own size and classes.
    fn default() -> Self {
        Self {
            input_size: None,
            batch: 1,
            classes: None,
        }
    }
}

/// Parser for the name of a network or the path of a file, which need not be UTF-8.
pub(super) fn named() -> impl TypedValueParser<Value = String> {
    OsStringValueParser::new().map(crate::spec::named::text)
}

/// Parses height and width of a picture, which people write as width × height: `640x480`.
pub(super) fn picture(text: &str) -> Result<[u64; 2], String> {
    let limit = crate::network::limits::SIDE;
    let sides = text.split_once(['x', 'X', '×']);
    let sides = sides.and_then(|(width, height)| Some([height.parse().ok()?, width.parse().ok()?]));
    sides
        .filter(|sides: &[u64; 2]| sides.iter().all(|side| (1..=limit).contains(side)))
        .ok_or_else(|| format!("write width x height as in 640x480; each from 1 to {limit}"))
}

fn input_size(text: &str) -> Result<[u64; 2], String> {
    let limit = crate::network::limits::SIDE;
    let side = |text: &str| match text.parse::<u64>() {
        Ok(side) if (1..=limit).contains(&side) => Ok(side),
        _ => Err(format!(
            "write a side as 224, or height x width as in 224x320; each from 1 to {limit}"
        )),
    };
    match text.split_once(['x', 'X', '×']) {
        Some((height, width)) => Ok([side(height)?, side(width)?]),
        None => side(text).map(|side| [side; 2]),
    }
}

/// Rule for counting operations, or all of them.
#[derive(Debug, Clone, Copy)]
pub(super) enum Count {
    One(Rule),
    All,
}

pub(super) fn count(text: &str) -> Result<Count, String> {
    if text == "all" {
        return Ok(Count::All);
    }
    Rule::parse(text).map(Count::One).ok_or_else(|| {
        let rules: Vec<_> = Rule::ALL.iter().map(|rule| rule.name()).collect();
        format!("the rules are: {}, all", rules.join(", "))
    })
}

pub(super) fn rule(text: &str) -> Result<Rule, String> {
    match count(text)? {
        Count::One(rule) => Ok(rule),
        Count::All => Err(
            "this command counts by one rule; `stats --count all` shows them side by side"
                .to_owned(),
        ),
    }
}

pub(super) fn level(text: &str) -> Result<Level, String> {
    Level::parse(text).ok_or_else(|| "write stage, block or layer".to_owned())
}

/// In which form data comes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    Text,
    /// Exact integers, for scripts
    Json,
    /// For spreadsheets
    Csv,
    /// For documents
    Markdown,
}

/// Parses the code of a language.
pub(super) fn language(code: &str) -> Result<Language, String> {
    Language::parse(code).ok_or_else(|| {
        let codes: Vec<_> = Language::all().map(Language::code).collect();
        format!("the languages are: {}", codes.join(", "))
    })
}

static SPOKEN: OnceLock<Language> = OnceLock::new();

/// Sets the language of the output to the requested one, or else to the locale's.
pub(super) fn speak(asked: Option<Language>) {
    let locale = || Language::of_locale(|name| std::env::var(name).ok());
    let _ = SPOKEN.set(asked.unwrap_or_else(locale));
}

/// Language of the output for people.
pub(super) fn spoken() -> Language {
    SPOKEN.get().copied().unwrap_or_default()
}
