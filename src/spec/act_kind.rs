//! Kinds of activation functions by their names, and names of others: what is called like one is not run as another.

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

    /// Names under which others know some of them.
    const ALIASES: [(&'static str, Self); 3] = [
        ("lrelu", Self::LeakyRelu),
        ("swish", Self::Silu),
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
