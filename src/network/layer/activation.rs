//! Activation functions: everything about each of them is in this file, and every analysis, kernel and export uses it.

use smallvec::smallvec;

use super::{Parameters, learned};
use crate::message;
use crate::text::Message;

/// A function of one number, which is applied to every value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Activation {
    /// `max(x, 0)`
    Relu,
    /// `min(max(x, 0), 6)`
    Relu6,
    /// `x` for x ≥ 0, `slope · x` below
    LeakyRelu {
        /// Slope of the part below 0.
        slope: f64,
    },
    /// Leaky ReLU with learned slopes (He et al. 2015, "Delving deep into rectifiers").
    Prelu {
        /// Number of slopes: one for all channels, or one per channel.
        weights: u64,
    },
    /// `x` for x ≥ 0, `α · (exp(x) − 1)` below
    Elu {
        /// Limit far below 0, with the opposite sign.
        alpha: f64,
    },
    /// `x · sigmoid(x)`, also called Swish
    Silu,
    /// `x · Φ(x)`, with the distribution function Φ of the normal distribution
    Gelu {
        /// Whether Φ is approximated with tanh.
        tanh: bool,
    },
    /// `x · min(max(x + 3, 0), 6) / 6`
    HardSwish,
    /// `1 / (1 + exp(−x))`
    Sigmoid,
    /// The hyperbolic tangent.
    Tanh,
}

/// √(2/π), in PyTorch's approximation of GELU.
const ROOT: f64 = std::f64::consts::FRAC_2_SQRT_PI * std::f64::consts::FRAC_1_SQRT_2;
/// Coefficient of the cube in the approximation of GELU.
const CUBE: f64 = 0.044_715;

impl Activation {
    /// Each function with its usual settings.
    pub const ALL: [Self; 11] = [
        Self::Relu,
        Self::Relu6,
        Self::LeakyRelu { slope: 0.01 },
        Self::Prelu { weights: 1 },
        Self::Elu { alpha: 1.0 },
        Self::Silu,
        Self::Gelu { tanh: false },
        Self::Gelu { tanh: true },
        Self::HardSwish,
        Self::Sigmoid,
        Self::Tanh,
    ];

    /// Name of PyTorch's class in `torch.nn`.
    pub const fn op(self) -> &'static str {
        match self {
            Self::Relu => "ReLU",
            Self::Relu6 => "ReLU6",
            Self::LeakyRelu { .. } => "LeakyReLU",
            Self::Prelu { .. } => "PReLU",
            Self::Elu { .. } => "ELU",
            Self::Silu => "SiLU",
            Self::Gelu { .. } => "GELU",
            Self::HardSwish => "Hardswish",
            Self::Sigmoid => "Sigmoid",
            Self::Tanh => "Tanh",
        }
    }

    /// Name of PyTorch's function.
    pub const fn function(self) -> &'static str {
        match self {
            Self::Relu => "torch.relu",
            Self::Relu6 => "nn.functional.relu6",
            Self::LeakyRelu { .. } => "nn.functional.leaky_relu",
            Self::Prelu { .. } => "nn.functional.prelu",
            Self::Elu { .. } => "nn.functional.elu",
            Self::Silu => "nn.functional.silu",
            Self::Gelu { .. } => "nn.functional.gelu",
            Self::HardSwish => "nn.functional.hardswish",
            Self::Sigmoid => "torch.sigmoid",
            Self::Tanh => "torch.tanh",
        }
    }

    /// Arguments of PyTorch's class that differ from their defaults; its function takes the same ones after the map.
    pub fn arguments(self) -> String {
        match self {
            Self::LeakyRelu { slope } => format!("{slope:?}"),
            Self::Elu { alpha } => format!("{alpha:?}"),
            Self::Gelu { tanh: true } => "approximate=\"tanh\"".to_owned(),
            Self::Prelu { weights } => weights.to_string(),
            Self::Relu
            | Self::Relu6
            | Self::Silu
            | Self::Gelu { tanh: false }
            | Self::HardSwish
            | Self::Sigmoid
            | Self::Tanh => String::new(),
        }
    }

    /// Name in documents: `relu`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Relu => "relu",
            Self::Relu6 => "relu6",
            Self::LeakyRelu { .. } => "leaky_relu",
            Self::Prelu { .. } => "prelu",
            Self::Elu { .. } => "elu",
            Self::Silu => "silu",
            Self::Gelu { .. } => "gelu",
            Self::HardSwish => "hard_swish",
            Self::Sigmoid => "sigmoid",
            Self::Tanh => "tanh",
        }
    }

    /// Name for display, with its settings.
    pub fn summary(self) -> Message {
        match self {
            Self::LeakyRelu { slope } => message!("layer-leaky-relu", slope = slope),
            Self::Prelu { weights } => message!("layer-prelu", count = weights),
            Self::Elu { alpha } => message!("layer-elu", alpha = alpha),
            Self::Gelu { tanh: true } => message!("layer-gelu-tanh"),
            Self::HardSwish => message!("layer-hard-swish"),
            Self::Sigmoid => Message::of("sigmoid"),
            Self::Tanh => Message::of("tanh"),
            Self::Relu | Self::Relu6 | Self::Silu | Self::Gelu { tanh: false } => {
                Message::of(self.op())
            }
        }
    }

    /// Formula for `x`; next to an operator it is written `signed`, with brackets if it is negative.
    pub fn formula(self, x: &str, signed: &str) -> String {
        match self {
            Self::Relu => format!("max({x}, 0)"),
            Self::Relu6 => format!("min(max({x}, 0), 6)"),
            Self::LeakyRelu { slope } => format!("max({x}, 0) + {slope} · min({x}, 0)"),
            Self::Prelu { .. } => format!("max({x}, 0) + slope · min({x}, 0)"),
            Self::Elu { alpha } => format!("max({x}, 0) + {alpha} · (exp(min({x}, 0)) − 1)"),
            Self::Silu => format!("{signed} / (1 + exp(−{signed}))"),
            Self::Gelu { tanh: false } => format!("{signed} · (1 + erf({signed} / √2)) / 2"),
            Self::Gelu { tanh: true } => {
                format!("{signed} · (1 + tanh(√(2/π) · ({signed} + 0.044715 · {signed}³))) / 2")
            }
            Self::HardSwish => format!("{signed} · min(max({x} + 3, 0), 6) / 6"),
            Self::Sigmoid => format!("1 / (1 + exp(−{signed}))"),
            Self::Tanh => format!("tanh({x})"),
        }
    }

    /// Value for `x`. NaN stays NaN, so a fault upstream is still seen downstream; the result is also NaN if a learned slope
    /// has not been filled in by [`Activation::with_slope`].
    pub fn value(self, x: f64) -> f64 {
        match self {
            Self::Relu if x < 0.0 => 0.0,
            // `clamp` keeps NaN.
            Self::Relu6 => x.clamp(0.0, 6.0),
            Self::LeakyRelu { slope } if x < 0.0 => slope * x,
            Self::Elu { alpha } if x < 0.0 => alpha * x.exp_m1(),
            Self::Relu | Self::LeakyRelu { .. } | Self::Elu { .. } => x,
            Self::Prelu { .. } => f64::NAN,
            Self::Silu => x / (1.0 + (-x).exp()),
            Self::Gelu { tanh: false } => {
                // The complement keeps its digits far below 0, where 1 + erf(x) has none left.
                0.5 * x * libm::erfc(-x * std::f64::consts::FRAC_1_SQRT_2)
            }
            Self::Gelu { tanh: true } => 0.5 * x * (1.0 + (ROOT * (x + CUBE * x * x * x)).tanh()),
            Self::HardSwish => x * (x + 3.0).clamp(0.0, 6.0) / 6.0,
            Self::Sigmoid => 1.0 / (1.0 + (-x).exp()),
            Self::Tanh => x.tanh(),
        }
    }

    /// Its derivative, where the value that autograd keeps ([`Activation::keeps_output`]) is `kept`; at corners the one that
    /// PyTorch takes. That of a learned slope is NaN until [`Activation::with_slope`] has filled it in.
    pub fn derivative(self, kept: f64) -> f64 {
        let flat = |is_flat: bool| if is_flat { 0.0 } else { 1.0 };
        match self {
            Self::Relu => flat(kept <= 0.0),
            Self::Relu6 => flat(kept <= 0.0 || kept >= 6.0),
            // That of NaN as in PyTorch, which asks here whether a number is above 0.
            Self::LeakyRelu { slope } if kept <= 0.0 || kept.is_nan() => slope,
            Self::Elu { alpha } if kept <= 0.0 => alpha * kept.exp(),
            Self::Prelu { .. } => f64::NAN,
            Self::Silu => {
                let sigmoid = 1.0 / (1.0 + (-kept).exp());
                sigmoid * (1.0 + kept * (1.0 - sigmoid))
            }
            Self::Gelu { tanh: false } => {
                let below = 0.5 * libm::erfc(-kept * std::f64::consts::FRAC_1_SQRT_2);
                // The density of the normal distribution, 1 / √(2π) at its middle.
                below + kept * (-0.5 * kept * kept).exp() * 0.5 * ROOT
            }
            Self::Gelu { tanh: true } => {
                let tanh = (ROOT * (kept + CUBE * kept * kept * kept)).tanh();
                let inner = ROOT * (1.0 + 3.0 * CUBE * kept * kept);
                0.5 * (1.0 + tanh) + 0.5 * kept * (1.0 - tanh * tanh) * inner
            }
            Self::HardSwish if kept <= -3.0 => 0.0,
            Self::HardSwish if kept < 3.0 => kept / 3.0 + 0.5,
            Self::LeakyRelu { .. } | Self::Elu { .. } | Self::HardSwish => 1.0,
            Self::Sigmoid => kept * (1.0 - kept),
            Self::Tanh => 1.0 - kept * kept,
        }
    }

    /// The function of a channel with this learned slope; every function but a PReLU is returned unchanged.
    #[must_use]
    pub const fn with_slope(self, slope: f64) -> Self {
        match self {
            Self::Prelu { .. } => Self::LeakyRelu { slope },
            own => own,
        }
    }

    /// Error bound of a pass's value, in roundings.
    pub const fn roundings(self) -> f64 {
        match self {
            Self::Relu | Self::Relu6 => 0.0,
            Self::LeakyRelu { .. } | Self::Prelu { .. } => 1.0,
            Self::Elu { .. }
            | Self::Silu
            | Self::Gelu { .. }
            | Self::HardSwish
            | Self::Sigmoid
            | Self::Tanh => 2.0,
        }
    }

    /// Whether it makes a gate, a weight from 0 to 1, rather than the output of a block's layers: the rules for the order of
    /// convolution, normalisation and activation do not apply to it.
    pub const fn gates(self) -> bool {
        match self {
            Self::Sigmoid => true,
            Self::Relu
            | Self::Relu6
            | Self::LeakyRelu { .. }
            | Self::Prelu { .. }
            | Self::Elu { .. }
            | Self::Silu
            | Self::Gelu { .. }
            | Self::HardSwish
            | Self::Tanh => false,
        }
    }

    /// Whether PyTorch's autograd keeps the output for the backward pass, rather than the input.
    pub const fn keeps_output(self) -> bool {
        match self {
            Self::Relu | Self::Sigmoid | Self::Tanh => true,
            Self::Relu6
            | Self::LeakyRelu { .. }
            | Self::Prelu { .. }
            | Self::Elu { .. }
            | Self::Silu
            | Self::Gelu { .. }
            | Self::HardSwish => false,
        }
    }

    /// Tensors of the function.
    pub fn parameters(self) -> Parameters {
        match self {
            Self::Prelu { weights } => smallvec![learned("weight", smallvec![weights])],
            Self::Relu
            | Self::Relu6
            | Self::LeakyRelu { .. }
            | Self::Elu { .. }
            | Self::Silu
            | Self::Gelu { .. }
            | Self::HardSwish
            | Self::Sigmoid
            | Self::Tanh => Parameters::new(),
        }
    }
}
