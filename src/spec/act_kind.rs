//! Kinds of activation functions by name, and names of activations other than ReLU, so that none is run as another.

/// Names of activation functions other than ReLU, in lower case without underscores.
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

/// Whether a word is the name of such an activation, in any spelling: `leaky_relu`, `LeakyReLU`, `torch.nn.SiLU`.
pub fn is_other(word: &str) -> bool {
    let last = word.rsplit('.').next().unwrap_or(word);
    let word = last.to_lowercase().replace('_', "");
    OTHERS.contains(&word.as_str())
}

/// Kind of an activation function, without its settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ActKind {
    /// ReLU.
    #[default]
    Relu,
    /// ReLU with an upper limit of 6.
    Relu6,
    /// ReLU with a slope for negative inputs.
    LeakyRelu,
    /// Leaky ReLU with learned slopes.
    Prelu,
    /// Exponential linear unit.
    Elu,
    /// SiLU: `x · sigmoid(x)`.
    Silu,
    /// GELU: `x · Φ(x)`.
    Gelu,
    /// SiLU with a piecewise linear sigmoid.
    HardSwish,
    /// Sigmoid.
    Sigmoid,
    /// Hyperbolic tangent.
    Tanh,
}

impl ActKind {
    pub(super) const WORDS: [(&'static str, Self); 10] = [
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

    /// Other common names of some of them.
    const ALIASES: [(&'static str, Self); 3] = [
        ("lrelu", Self::LeakyRelu),
        ("swish", Self::Silu),
        ("hswish", Self::HardSwish),
    ];

    /// Word in a spec.
    pub fn word(self) -> &'static str {
        let found = Self::WORDS.iter().find(|(_, kind)| *kind == self);
        found.map_or("relu", |(word, _)| word)
    }

    /// Kind with this name, in any spelling: `LeakyReLU`, `torch.nn.SiLU`, `swish`.
    pub fn from_any_spelling(name: &str) -> Option<Self> {
        let last = name.rsplit('.').next().unwrap_or(name);
        let plain = |word: &str| word.to_lowercase().replace(['_', '-'], "");
        let wanted = plain(last);
        let mut all = Self::WORDS.iter().chain(&Self::ALIASES);
        all.find(|(word, _)| plain(word) == wanted)
            .map(|(_, kind)| *kind)
    }
}
