//! Activation functions: all that one is made of stands here, so that every analysis, kernel and export answers for a new one.

/// A function of one number, applied to every value by itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Activation {
    /// `max(x, 0)`
    Relu,
    /// `1 / (1 + exp(−x))`
    Sigmoid,
}

impl Activation {
    /// Each of them, with its usual settings.
    pub const ALL: [Self; 2] = [Self::Relu, Self::Sigmoid];

    /// PyTorch's class below `torch.nn`.
    pub const fn op(self) -> &'static str {
        match self {
            Self::Relu => "ReLU",
            Self::Sigmoid => "Sigmoid",
        }
    }

    /// PyTorch's function.
    pub const fn function(self) -> &'static str {
        match self {
            Self::Relu => "torch.relu",
            Self::Sigmoid => "torch.sigmoid",
        }
    }

    /// ONNX's operator.
    pub const fn onnx(self) -> &'static str {
        match self {
            Self::Relu => "Relu",
            Self::Sigmoid => "Sigmoid",
        }
    }

    /// The word for it in documents: `relu`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Relu => "relu",
            Self::Sigmoid => "sigmoid",
        }
    }

    /// The name for people, with its settings.
    pub fn summary(self) -> String {
        match self {
            Self::Relu => "ReLU".to_owned(),
            Self::Sigmoid => "sigmoid".to_owned(),
        }
    }

    /// The formula of `x`, which is written `signed` beside an operator: in brackets where it is negative.
    pub fn formula(self, x: &str, signed: &str) -> String {
        match self {
            Self::Relu => format!("max({x}, 0)"),
            Self::Sigmoid => format!("1 / (1 + exp(−{signed}))"),
        }
    }

    /// Its value. NaN stays NaN, so that a fault upstream is still seen downstream.
    pub fn value(self, x: f64) -> f64 {
        match self {
            Self::Relu if x < 0.0 => 0.0,
            Self::Relu => x,
            Self::Sigmoid => 1.0 / (1.0 + (-x).exp()),
        }
    }

    /// Roundings that a value of a pass may lie from the exact one.
    pub const fn roundings(self) -> f64 {
        match self {
            Self::Relu => 0.0,
            Self::Sigmoid => 2.0,
        }
    }

    /// Whether it makes a gate, a weight from 0 to 1, and not what a block's layers put out: the order of convolution,
    /// normalisation and activation does not speak of it.
    pub const fn gates(self) -> bool {
        match self {
            Self::Relu => false,
            Self::Sigmoid => true,
        }
    }

    /// Whether PyTorch's autograd keeps the output for the backward pass, and not the input.
    pub const fn keeps_output(self) -> bool {
        match self {
            Self::Relu | Self::Sigmoid => true,
        }
    }
}
