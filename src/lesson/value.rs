//! Values of queries, their display, and the parsing of a learner's answers.

use crate::network::Shape;
use crate::report::format::{thousands, typed_dims};

/// Result of the tool, or prediction of a learner.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A count or a measured number.
    Number(f64),
    /// A shape without the batch.
    Shape(Shape),
    /// Path of a layer, a kind, or a class.
    Text(String),
    /// Whether something holds.
    Truth(bool),
}

/// Kind of answer that a question asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One of the options.
    Choice,
    /// A number.
    Number,
    /// A shape: channels × height × width.
    Shape,
    /// Path of a layer: a place in the graph.
    Place,
}

impl Kind {
    /// Name in the lesson files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Choice => "choice",
            Self::Number => "number",
            Self::Shape => "shape",
            Self::Place => "place",
        }
    }

    /// Kind of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Choice, Self::Number, Self::Shape, Self::Place]
            .into_iter()
            .find(|kind| kind.name() == name)
    }

    /// Id of the text that describes the format of an answer.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Choice => "lesson-kind-choice",
            Self::Number => "lesson-kind-number",
            Self::Shape => "lesson-kind-shape",
            Self::Place => "lesson-kind-place",
        }
    }

    /// Parses typed text; `None` if it is not a value of this kind. A choice is parsed by its options, not here.
    pub fn read(self, text: &str) -> Option<Value> {
        match self {
            Self::Number => number(text).map(Value::Number),
            Self::Shape => shape(text).map(Value::Shape),
            Self::Place | Self::Choice => Some(Value::Text(plain(text).trim().to_owned())),
        }
    }
}

impl Value {
    /// Text for display: `25,557,032`, `64×56×56`, `layer1.0.conv1`, `0.1234`.
    pub fn text(&self) -> String {
        match self {
            Self::Number(number) => number_text(*number),
            Self::Shape(shape) => shape.to_string(),
            Self::Text(text) => text.clone(),
            Self::Truth(truth) => truth.to_string(),
        }
    }

    /// Whether two values are equal; for numbers, within the share `tolerance` of the second.
    pub fn agrees(&self, truth: &Self, tolerance: f64) -> bool {
        match (self, truth) {
            (Self::Number(a), Self::Number(b)) => (a - b).abs() <= tolerance.mul_add(b.abs(), 1e-9),
            (Self::Text(a), Self::Text(b)) => a.eq_ignore_ascii_case(b),
            (a, b) => a == b,
        }
    }
}

/// Value of the option that holds a result of the tool.
pub(in crate::lesson) fn option_of<'o>(
    options: &'o [(String, String)],
    truth: &Value,
) -> Option<&'o str> {
    let text = truth.text();
    let holds = |value: &str| match (range(value), truth) {
        (Some([low, high]), Value::Number(number)) => (low..high).contains(number),
        _ => value == text,
    };
    let values = options.iter().map(|(value, _)| value.as_str());
    values.into_iter().find(|value| holds(value))
}

/// Bounds of a range, `0.5..20`: from the first number to below the second.
pub(super) fn range(text: &str) -> Option<[f64; 2]> {
    let (low, high) = text.split_once("..")?;
    Some([low.parse().ok()?, high.parse().ok()?])
}

fn number_text(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        let digits = thousands(number.abs() as u128);
        return if number < 0.0 {
            format!("−{digits}")
        } else {
            digits
        };
    }
    // Four significant decimals are enough for a person to compare.
    let decimals = (3 - number.abs().log10().floor() as i32).clamp(0, 9) as usize;
    let text = format!("{number:.decimals$}");
    let text = if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.')
    } else {
        &text
    };
    text.replacen('-', "−", 1)
}

/// Replaces full-width characters, as typed by an input method for Chinese, with plain ones.
pub(super) fn plain(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            '\u{3000}' => ' ',
            '−' => '-',
            '。' => '.',
            c => c,
        })
        .collect()
}

/// `25557032`, `25,557,032`, `25 557 032`, `25.6M`, `4.09 G`, `1e-5`, `93.5 %`.
fn number(text: &str) -> Option<f64> {
    let text = plain(text);
    let text = text.trim().trim_end_matches('%').trim();
    let factor = match text.chars().last()? {
        'k' | 'K' => 1e3,
        'm' | 'M' => 1e6,
        'g' | 'G' => 1e9,
        _ => 1.0,
    };
    let digits: String = text
        .trim_end_matches(['k', 'K', 'm', 'M', 'g', 'G'])
        .chars()
        .filter(|c| !matches!(c, ',' | ' ' | '_' | '\'' | '、'))
        .collect();
    let number: f64 = digits.parse().ok()?;
    number.is_finite().then_some(number * factor)
}

/// `64×56×56`, `64x56x56`, `64*56*56`, `64 56 56`, `(64, 56, 56)`, `[512]`.
fn shape(text: &str) -> Option<Shape> {
    match typed_dims(&plain(text))?.as_slice() {
        [channels, height, width] => Some(Shape::map(*channels, *height, *width)),
        [features] => Some(Shape::Vector {
            features: *features,
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_write_numbers_and_shapes_in_many_ways() {
        for text in ["36864", "36,864", "36 864", "３６８６４", "36.864k"] {
            assert_eq!(number(text), Some(36_864.0), "{text}");
        }
        assert_eq!(number("many"), None);
        for text in [
            "64x56x56",
            "64×56×56",
            "64*56*56",
            "(64, 56, 56)",
            "64 56 56",
        ] {
            assert_eq!(shape(text), Some(Shape::map(64, 56, 56)), "{text}");
        }
        assert_eq!(shape("64x56"), None);
        assert_eq!(shape("wide"), None);
    }

    #[test]
    fn numbers_are_written_for_people() {
        assert_eq!(Value::Number(25_557_032.0).text(), "25,557,032");
        assert_eq!(Value::Number(-3.0).text(), "−3");
        assert_eq!(Value::Number(0.012_345_6).text(), "0.01235");
        assert_eq!(Value::Number(12.5).text(), "12.5");
    }
}
