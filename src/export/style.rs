//! Style of diagrams: direction, colours by kind or by share, light and dark, and XML escapes.

use crate::message;
use crate::network::{Category, Network, Table};
use crate::report::{Level, Row, Subject};
use crate::text::{Language, Message};

/// Direction of the data flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From top to bottom.
    Down,
    /// From left to right.
    Right,
}

/// Colour theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// Light, or dark if the reader's system is.
    Auto,
    /// Light, for paper.
    Light,
    /// Dark, for screens.
    Dark,
}

impl Theme {
    /// Style sheet from `rules`, whose argument is whether it is for a dark page; both variants if the reader's system
    /// decides.
    pub(super) fn colours(self, rules: impl Fn(bool) -> String) -> String {
        match self {
            Self::Light => rules(false),
            Self::Dark => rules(true),
            Self::Auto => format!(
                "{}@media (prefers-color-scheme:dark){{{}}}",
                rules(false),
                rules(true)
            ),
        }
    }
}

/// Quantity that the fill of a box shows.
#[derive(Debug, Clone, PartialEq)]
pub enum Paint {
    /// The kind of layer.
    Kind,
    /// Share of all operations.
    Macs,
    /// Share of all parameters.
    Params,
    /// Share of the time of a pass.
    Measured {
        /// Milliseconds of each layer.
        times: Table<f64>,
        /// Machine, threads and passes that they were measured with.
        machine: Message,
    },
}

/// Options of a diagram.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Level of detail.
    pub level: Level,
    /// Direction of the data flow.
    pub direction: Direction,
    /// Quantity that colours show.
    pub paint: Paint,
    /// Colour theme.
    pub theme: Theme,
    /// Whether consecutive equal blocks are drawn once, with their number.
    pub fold: bool,
    /// The language of its words.
    pub language: Language,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            level: Level::Block,
            direction: Direction::Down,
            paint: Paint::Kind,
            theme: Theme::Auto,
            fold: true,
            language: Language::ENGLISH,
        }
    }
}

impl Paint {
    /// Name of the quantity that colours show as shares; `None` for kinds.
    pub fn quantity(&self, subject: &Subject) -> Option<Message> {
        match self {
            Self::Kind => None,
            Self::Macs => Some(subject.analysis.rule.unit()),
            Self::Params => Some(message!("column-parameters")),
            Self::Measured { .. } => Some(message!("label-time")),
        }
    }

    /// Share of the total in the layers of `row`, from 0 to 1; `None` for kinds.
    pub fn share(&self, subject: &Subject, row: &Row) -> Option<f64> {
        let network: &Network = &subject.model.network;
        let share = |of: &dyn Fn(crate::network::LayerId) -> f64| {
            let whole: f64 = network.ids().map(of).sum();
            let part: f64 = row.layers(network).map(of).sum();
            Some(if whole > 0.0 { part / whole } else { 0.0 })
        };
        match self {
            Self::Kind => None,
            Self::Macs => share(&|id| subject.analysis.macs[id].0 as f64),
            Self::Params => share(&|id| subject.analysis.params[id].0 as f64),
            Self::Measured { times, .. } => share(&|id| times[id]),
        }
    }
}

/// Fill colours on white: light enough for black text, and distinct in hue and lightness.
pub const fn light(category: Category) -> &'static str {
    match category {
        Category::Input => "#eeeeee",
        Category::Convolution => "#a6cee3",
        Category::Norm => "#d9e7c6",
        Category::Activation => "#fdd49e",
        Category::Pool => "#cab2d6",
        Category::Residual => "#fb9a99",
        Category::Attention => "#b2dfb0",
        Category::Linear => "#ffed9f",
        Category::Split => "#dcc8b4",
    }
}

/// Fill colours on dark: dark enough for white text, with the same hues.
pub const fn dark(category: Category) -> &'static str {
    match category {
        Category::Input => "#3d4148",
        Category::Convolution => "#1f5f85",
        Category::Norm => "#4c6132",
        Category::Activation => "#8a5a16",
        Category::Pool => "#5d4370",
        Category::Residual => "#9a3b3a",
        Category::Attention => "#2f6b3a",
        Category::Linear => "#756414",
        Category::Split => "#66543f",
    }
}

/// Number of steps in the scale of shares.
pub const STEPS: usize = 8;

/// Fill of each step of the scale, on white and on dark, and whether its text on white is inverted.
pub const SCALE: [(&str, &str, bool); STEPS] = [
    ("#f7fbff", "#20262e", false),
    ("#deebf7", "#1d3448", false),
    ("#c6dbef", "#1a4363", false),
    ("#9ecae1", "#17527e", false),
    ("#6baed6", "#1a6095", false),
    ("#4292c6", "#1b6eab", true),
    ("#2171b5", "#1f7cc0", true),
    ("#084594", "#2a8ad2", true),
];

/// Step for a share, if the largest is `largest`.
pub fn step(share: f64, largest: f64) -> usize {
    if largest <= 0.0 {
        return 0;
    }
    ((share / largest * STEPS as f64) as usize).min(STEPS - 1)
}

/// Escapes text for an XML element or attribute.
pub fn xml(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped += "&amp;",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            '"' => escaped += "&quot;",
            '\'' => escaped += "&#39;",
            '\t' | '\n' => escaped.push(c),
            // XML has no control characters, not even escaped ones.
            c if c.is_control() => escaped.push('\u{fffd}'),
            c => escaped.push(c),
        }
    }
    escaped
}
