//! Formula of one value of a layer, with its numbers.

mod read;

use crate::engine::kernels::larger;
use crate::network::layer::Scalar;
use crate::network::{Activation, LayerId};
use crate::sorting::Sorting;

use super::Cell;
pub(super) use read::of;

/// A value that a layer reads.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Read {
    /// Layer that outputs the value.
    pub layer: LayerId,
    /// Cell of that layer's output.
    pub cell: Cell,
    /// Number that is read; zero if an edit of the pass silences the operand.
    pub value: f64,
    /// Whether the number is the layer's output, and not silenced.
    pub is_live: bool,
}

/// One product of a sum.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Term {
    /// Value that is read.
    pub read: Read,
    /// Place in the kernel: channel, row, column.
    pub tap: [usize; 3],
    /// Weight at that place.
    pub weight: f64,
}

impl Term {
    /// Value times weight.
    pub fn product(&self) -> f64 {
        self.read.value * self.weight
    }
}

/// A sum of products.
#[derive(Debug, Clone, PartialEq)]
pub struct Sum {
    /// Channels, rows and columns of the kernel.
    pub kernel: [usize; 3],
    /// Products in the order of the kernel, without those in the border.
    pub terms: Vec<Term>,
    /// Number of the kernel's taps in the border, where they read zero.
    pub border: usize,
    /// Number added at the end.
    pub bias: Option<f64>,
    /// Whether the weights are learned; those of a mean or a blur are fixed.
    pub is_learned: bool,
}

impl Sum {
    /// Indices of the terms, the largest products first; equal ones in the order of the kernel.
    pub fn largest_first(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.terms.len()).collect();
        let size = |at: usize| self.terms[at].product().abs();
        order.order_by(|&a, &b| size(b).total_cmp(&size(a)));
        order
    }

    /// Contribution of one channel of the kernel to the sum.
    pub fn of_channel(&self, channel: usize) -> f64 {
        self.terms
            .iter()
            .filter(|term| term.tap[0] == channel)
            .map(Term::product)
            .sum()
    }

    /// Channel of the kernel with the largest contribution, by absolute value.
    pub fn largest_channel(&self) -> usize {
        (0..self.kernel[0])
            .max_by(|&a, &b| {
                let size = |channel| self.of_channel(channel).abs();
                // The first of equal ones.
                size(a).total_cmp(&size(b)).then(b.cmp(&a))
            })
            .unwrap_or(0)
    }

    /// Sum of all products and the bias.
    pub fn value(&self) -> f64 {
        self.terms.iter().map(Term::product).sum::<f64>() + self.bias.unwrap_or(0.0)
    }
}

/// Source of mean and variance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Statistics {
    /// Running statistics, kept from training.
    Running,
    /// Statistics of the channel in this batch, over this number of values.
    Batch(usize),
    /// Statistics of a group of channels of this image, over this number of values.
    Group(usize),
}

/// `γ · (x − μ) / √(σ² + ε) + β`
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Norm {
    /// x
    pub read: Read,
    /// μ
    pub mean: f64,
    /// σ²
    pub variance: f64,
    /// ε
    pub eps: f64,
    /// γ
    pub gamma: f64,
    /// β
    pub beta: f64,
    /// Source of μ and σ².
    pub statistics: Statistics,
}

impl Norm {
    /// `1 / √(σ² + ε)`
    pub fn factor(&self) -> f64 {
        1.0 / (self.variance + self.eps).sqrt()
    }

    /// The whole formula.
    pub fn value(&self) -> f64 {
        self.gamma * (self.read.value - self.mean) * self.factor() + self.beta
    }
}

/// Formula of a value.
#[derive(Debug, Clone, PartialEq)]
pub enum Formula {
    /// A number of the image itself.
    Image(f64),
    /// Products and a bias: convolutions, linear layers, means, sums of maps.
    Sum(Sum),
    /// Products rounded to integers, for an image that is resized or made grey.
    Rounded {
        /// Products, before rounding.
        sum: Sum,
        /// Exact result of the rounding.
        value: f64,
        /// The id of the text that says where it is rounded.
        how: &'static str,
    },
    /// The largest value of a window; NaN wins.
    Largest {
        /// Rows and columns of the window.
        kernel: [usize; 2],
        /// Values with their row and column in the window, without the border.
        reads: Vec<([usize; 2], Read)>,
    },
    /// `√(σ² + ε)` of the values, with the unbiased variance σ².
    Deviation {
        /// Values that are read.
        reads: Vec<Read>,
        /// ε
        eps: f64,
    },
    /// A normalisation with mean and variance.
    Norm(Norm),
    /// `γ · x · sigmoid(v·x) / √(σ² + ε) + β`
    Gated {
        /// Normalisation with mean 0.
        norm: Norm,
        /// v
        v: f64,
    },
    /// `max(γ · x / √(mean of x² + ε) + β, τ)`
    Rms {
        /// Normalisation with mean 0, and the mean square as the variance.
        norm: Norm,
        /// τ
        tau: f64,
    },
    /// A function of x.
    Activation {
        /// Function that is applied to x.
        function: Activation,
        /// x
        read: Read,
    },
    /// x and one learned number.
    Scalar {
        /// Operation on the two.
        scalar: Scalar,
        /// x
        read: Read,
        /// Learned number.
        number: f64,
    },
    /// `x / divisor`
    Scale {
        /// x
        read: Read,
        /// Divisor of x; 255 maps bytes to 0 … 1.
        divisor: f64,
    },
    /// `(x − mean) / std`
    Standardize {
        /// x
        read: Read,
        /// Mean of the channel.
        mean: f64,
        /// Standard deviation of the channel.
        std: f64,
    },
    /// Main path plus shortcut.
    Add {
        /// Value of the main path.
        main: Read,
        /// Value of the shortcut.
        shortcut: Read,
    },
    /// A value times the gate of its channel.
    Multiply {
        /// Value before the gate.
        read: Read,
        /// Gate of the channel.
        gate: Read,
    },
    /// `exp(x) / Σ exp(x)` over the maps of a channel.
    Shares {
        /// Logits of all maps.
        logits: Vec<Read>,
        /// Index of x among them.
        own: usize,
    },
    /// The value, unchanged.
    Copy(Read),
    /// It is zero, for the reason of this text.
    Zero(&'static str),
}

impl Formula {
    /// Value of the formula in double precision.
    pub fn value(&self) -> f64 {
        match self {
            Self::Image(value) | Self::Rounded { value, .. } => *value,
            Self::Sum(sum) => sum.value(),
            Self::Largest { reads, .. } => {
                let values = reads.iter().map(|(_, read)| read.value);
                values.fold(f64::NEG_INFINITY, larger)
            }
            Self::Deviation { reads, eps } => (unbiased(reads).1 + eps).sqrt(),
            Self::Norm(norm) => norm.value(),
            Self::Gated { norm, v } => {
                let x = norm.read.value;
                norm.gamma * x * Activation::Sigmoid.value(v * x) * norm.factor() + norm.beta
            }
            Self::Rms { norm, tau } => larger(norm.value(), *tau),
            Self::Activation { function, read } => function.value(read.value),
            Self::Scalar {
                scalar,
                read,
                number,
            } => scalar.value(read.value, *number),
            Self::Copy(read) => read.value,
            Self::Scale { read, divisor } => read.value / divisor,
            Self::Standardize { read, mean, std } => (read.value - mean) / std,
            Self::Add { main, shortcut } => main.value + shortcut.value,
            Self::Multiply { read, gate } => read.value * gate.value,
            Self::Shares { logits, own } => {
                let largest = logits.iter().map(|x| x.value).fold(f64::MIN, f64::max);
                let exp = |read: &Read| (read.value - largest).exp();
                exp(&logits[*own]) / logits.iter().map(exp).sum::<f64>()
            }
            Self::Zero(_) => 0.0,
        }
    }

    /// Values at one cell from which the explanation goes back; sums and window maxima have none, since they begin with their
    /// inputs.
    pub(super) fn followed(&self) -> Vec<Read> {
        match self {
            Self::Image(_)
            | Self::Sum(_)
            | Self::Rounded { .. }
            | Self::Largest { .. }
            | Self::Deviation { .. }
            | Self::Zero(_) => Vec::new(),
            Self::Norm(norm) | Self::Gated { norm, .. } | Self::Rms { norm, .. } => {
                vec![norm.read]
            }
            Self::Activation { read, .. }
            | Self::Scalar { read, .. }
            | Self::Copy(read)
            | Self::Scale { read, .. }
            | Self::Standardize { read, .. } => vec![*read],
            Self::Add {
                main: first,
                shortcut: second,
            }
            | Self::Multiply {
                read: first,
                gate: second,
            } => vec![*first, *second],
            Self::Shares { logits, .. } => logits.clone(),
        }
    }
}

/// Mean and unbiased variance of the values.
pub fn unbiased(reads: &[Read]) -> (f64, f64) {
    let count = reads.len() as f64;
    let mean = reads.iter().map(|read| read.value).sum::<f64>() / count;
    let squares = reads.iter().map(|read| (read.value - mean).powi(2));
    (mean, squares.sum::<f64>() / (count - 1.0))
}
