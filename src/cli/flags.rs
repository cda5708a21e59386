//! Flags that several commands share, and the parsers of their values.

use std::sync::OnceLock;

use clap::builder::{OsStringValueParser, TypedValueParser};
use clap::{Args as ClapArgs, ValueEnum};

use crate::analysis::Rule;
use crate::message;
use crate::report::Level;
use crate::report::format::{typed_dims, typed_sides};
use crate::spec::OutputStride;
use crate::text::system::Reason;
use crate::text::{Joint, Language};

/// Options of every command on a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ClapArgs)]
pub(super) struct Shape {
    #[arg(long, value_name = "SIZE", value_parser = input_size)]
    pub(super) input_size: Option<[u64; 2]>,
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = whole::<u64>(1, crate::network::limits::BATCH))]
    pub(super) batch: u64,
    #[arg(long, value_name = "N", value_parser = whole::<u64>(1, crate::network::limits::CHANNELS))]
    pub(super) classes: Option<u64>,
    #[command(flatten)]
    pub(super) body: Body,
}

/// Options of every command on a network about its first and its last feature map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ClapArgs)]
pub(super) struct Body {
    #[arg(long, value_name = "N", value_parser = whole::<u64>(1, crate::network::limits::CHANNELS))]
    pub(super) in_channels: Option<u64>,
    #[arg(long, value_name = "N", value_parser = output_stride)]
    pub(super) output_stride: Option<OutputStride>,
}

fn output_stride(text: &str) -> Result<OutputStride, Reason> {
    let number = text.parse().ok().and_then(OutputStride::of);
    number.ok_or_else(|| {
        let all = OutputStride::ALL.map(|number| number.to_string());
        one_of(all.iter().map(String::as_str))
    })
}

impl Shape {
    /// Overrides for the spec's values.
    pub(super) const fn overrides(self) -> crate::lower::Overrides {
        crate::lower::Overrides {
            input_size: self.input_size,
            classes: self.classes,
            in_channels: self.body.in_channels,
            output_stride: self.body.output_stride,
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
            body: Body::default(),
        }
    }
}

/// Parser for the name of a network or the path of a file, which need not be UTF-8.
pub(super) fn named() -> impl TypedValueParser<Value = String> {
    OsStringValueParser::new().map(crate::spec::named::text)
}

/// Parses height and width of a picture, which people write as width × height: `640x480`.
pub(super) fn picture(text: &str) -> Result<[u64; 2], Reason> {
    let limit = crate::network::limits::SIDE;
    let sides = typed_dims(text)
        .and_then(|sides| Some([*sides.get(1)?, sides[0]]).filter(|_| sides.len() == 2));
    sides
        .filter(|sides: &[u64; 2]| sides.iter().all(|side| (1..=limit).contains(side)))
        .ok_or_else(|| Reason::new(message!("call-form-picture", limit = limit)))
}

pub(super) fn input_size(text: &str) -> Result<[u64; 2], Reason> {
    let limit = crate::network::limits::SIDE;
    typed_sides(text)
        .filter(|sides| sides.iter().all(|side| (1..=limit).contains(side)))
        .ok_or_else(|| Reason::new(message!("call-form-input-size", limit = limit)))
}

/// Rule for counting operations, or all of them.
#[derive(Debug, Clone, Copy)]
pub(super) enum Count {
    One(Rule),
    All,
}

/// Reads a whole number between two, both included.
pub(super) fn whole<T: TryFrom<u64>>(
    least: u64,
    most: u64,
) -> impl Fn(&str) -> Result<T, Reason> + Clone + Send + Sync + 'static {
    move |text| {
        let number = text.parse().ok();
        let number = number.filter(|number| (least..=most).contains(number));
        number
            .and_then(|number| T::try_from(number).ok())
            .ok_or_else(|| Reason::new(message!("call-form-range", least = least, most = most)))
    }
}

/// The error of a word that is none of those that an option takes.
pub(super) fn one_of<'a>(words: impl IntoIterator<Item = &'a str>) -> Reason {
    Reason::new(message!("call-form-one-of", words = Joint::Or.of(words)))
}

pub(super) fn count(text: &str) -> Result<Count, Reason> {
    if text == "all" {
        return Ok(Count::All);
    }
    Rule::parse(text).map(Count::One).ok_or_else(|| {
        let rules = Rule::ALL.iter().map(|rule| rule.name());
        one_of(rules.chain(["all"]))
    })
}

pub(super) fn rule(text: &str) -> Result<Rule, Reason> {
    match count(text)? {
        Count::One(rule) => Ok(rule),
        Count::All => Err(Reason::new(message!("call-form-one-rule"))),
    }
}

pub(super) fn level(text: &str) -> Result<Level, Reason> {
    Level::parse(text).ok_or_else(|| one_of(["stage", "block", "layer"]))
}

/// In which form data comes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Text,
    Json,
    Csv,
    Markdown,
}

/// Form of a result that is a text of its own or, for programs, an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Form {
    Text,
    Json,
}

/// Parses the code of a language.
pub(super) fn language(code: &str) -> Result<Language, Reason> {
    Language::parse(code).ok_or_else(|| one_of(Language::all().map(Language::code)))
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

/// A number that is finite and not below 0.
pub(super) fn positive(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(number) if f64::is_finite(number) && number >= 0.0 => Ok(number),
        _ => Err(spoken().word("flag-not-negative").to_owned()),
    }
}
