//! The names of activations that are no ReLU: what is called like one is not run as another.

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
