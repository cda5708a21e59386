//! Activation functions as a spec names them, and names of others: what is called like one is not run as another.

use serde_json::json;

use super::decode::word;
use super::decode::{Decode, table};
use super::expr::Expr;
use super::problem::{Problem, nearest};
use super::source::Located;
use super::value::Value;

/// In lower case without underscores.
const OTHERS: &[&str] = &[
    "celu",
    "elu",
    "gelu",
    "geglu",
    "glu",
    "hardshrink",
    "hardsigmoid",
    "hardswish",
    "hardtanh",
    "hsigmoid",
    "hswish",
    "leakyrelu",
    "lrelu",
    "logsigmoid",
    "logsoftmax",
    "mish",
    "prelu",
    "quickgelu",
    "relu6",
    "rrelu",
    "selu",
    "sigmoid",
    "silu",
    "softmax",
    "softplus",
    "softshrink",
    "softsign",
    "swiglu",
    "swish",
    "tanh",
    "tanhshrink",
];

/// Whether a word is the name of such an activation, however it is written: `leaky_relu`, `LeakyReLU`, `torch.nn.SiLU`.
pub fn is_other(word: &str) -> bool {
    let last = word.rsplit('.').next().unwrap_or(word);
    let word = last.to_lowercase().replace('_', "");
    OTHERS.contains(&word.as_str())
}

/// The kind of an activation function, without its settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ActKind {
    /// ReLU.
    #[default]
    Relu,
    /// ReLU up to 6.
    Relu6,
    /// ReLU with a slope below 0.
    LeakyRelu,
    /// The same with learned slopes.
    Prelu,
    /// The exponential linear unit.
    Elu,
    /// `x · sigmoid(x)`
    Silu,
    /// `x · Φ(x)`
    Gelu,
    /// SiLU of straight pieces.
    HardSwish,
    /// The sigmoid.
    Sigmoid,
    /// The hyperbolic tangent.
    Tanh,
}

impl ActKind {
    const WORDS: [(&'static str, Self); 10] = [
        ("relu", Self::Relu),
        ("relu6", Self::Relu6),
        ("leaky_relu", Self::LeakyRelu),
        ("prelu", Self::Prelu),
        ("elu", Self::Elu),
        ("silu", Self::Silu),
        ("gelu", Self::Gelu),
        ("hard_swish", Self::HardSwish),
        ("sigmoid", Self::Sigmoid),
        ("tanh", Self::Tanh),
    ];

    /// Names under which others know some of them.
    const ALIASES: [(&'static str, Self); 4] = [
        ("lrelu", Self::LeakyRelu),
        ("swish", Self::Silu),
        ("quickgelu", Self::Gelu),
        ("hswish", Self::HardSwish),
    ];

    /// The word for it in a spec.
    pub fn word(self) -> &'static str {
        let found = Self::WORDS.iter().find(|(_, kind)| *kind == self);
        found.map_or("relu", |(word, _)| word)
    }

    /// The kind that a name means, however it is written: `LeakyReLU`, `torch.nn.SiLU`, `swish`.
    pub fn meant(name: &str) -> Option<Self> {
        let last = name.rsplit('.').next().unwrap_or(name);
        let plain = |word: &str| word.to_lowercase().replace(['_', '-'], "");
        let wanted = plain(last);
        let mut all = Self::WORDS.iter().chain(&Self::ALIASES);
        all.find(|(word, _)| plain(word) == wanted)
            .map(|(_, kind)| *kind)
    }
}

impl Decode for ActKind {
    fn decode(value: &Located<Value>, problems: &mut Vec<Problem>) -> Option<Self> {
        let text = String::decode(value, problems)?;
        let found = Self::WORDS.iter().find(|(word, _)| *word == text);
        if found.is_none() {
            let words = || Self::WORDS.iter().map(|(word, _)| *word);
            let near = Self::meant(&text).map(Self::word);
            let near = near.or_else(|| nearest(&text.to_lowercase(), words()));
            let help = match near {
                Some(word) => format!("did you mean \"{word}\"?"),
                None => {
                    let known: Vec<_> = words().map(|word| format!("\"{word}\"")).collect();
                    format!("write one of {}", known.join(", "))
                }
            };
            let message = format!("`{text}` is no kind of activation");
            problems.push(Problem::error("value", message).at(&value.place).help(help));
        }
        found.map(|(_, kind)| *kind)
    }

    fn schema() -> serde_json::Value {
        json!({"enum": Self::WORDS.map(|(word, _)| word)})
    }
}

/// How the distribution function in GELU is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Approximate {
    /// With the error function.
    #[default]
    None,
    /// With tanh.
    Tanh,
}

impl Decode for Approximate {
    fn decode(value: &Located<Value>, problems: &mut Vec<Problem>) -> Option<Self> {
        const WORDS: [(&str, Approximate); 2] =
            [("none", Approximate::None), ("tanh", Approximate::Tanh)];
        word(value, &WORDS, "approximation of GELU", problems)
    }

    fn schema() -> serde_json::Value {
        json!({"enum": ["none", "tanh"]})
    }
}

table! {
    /// The kind of an activation function, and its settings.
    pub struct ActSettings {
        /// "relu" unless said; also "relu6", "leaky_relu", "prelu", "elu", "silu", "gelu", "hard_swish", "sigmoid" and "tanh".
        kind: ActKind = "kind",
        /// Of a leaky ReLU below 0; 0.01 unless said.
        slope: f64 = "slope",
        /// Of an ELU; 1 unless said.
        alpha: f64 = "alpha",
        /// Of a GELU: "none" unless said, or "tanh".
        approximate: Approximate = "approximate",
        /// Learned slopes of a PReLU: 1 unless said, or one a channel, `"channels"`.
        weights: Expr = "weights",
    }
}

/// The activation of all layers that do not name their own: its kind, or a table with its settings.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Act(pub ActSettings);

impl Decode for Act {
    fn decode(value: &Located<Value>, problems: &mut Vec<Problem>) -> Option<Self> {
        if let Value::Text(_) = value.value {
            let kind = Located::decode(value, problems)?;
            return Some(Self(ActSettings {
                kind: Some(kind),
                ..ActSettings::default()
            }));
        }
        ActSettings::decode(value, problems).map(Self)
    }

    fn schema() -> serde_json::Value {
        json!({"anyOf": [ActKind::schema(), ActSettings::schema()]})
    }
}
