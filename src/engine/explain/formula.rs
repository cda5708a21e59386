//! How one value of a layer comes about, with its numbers.

mod read;

use crate::network::layer::Scalar;
use crate::network::{Activation, LayerId};

use super::Cell;
pub(super) use read::of;

/// A value that a layer read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Read {
    /// The layer that put it out.
    pub layer: LayerId,
    /// Where.
    pub cell: Cell,
    /// The number; zero where an edit of the pass silences the operand.
    pub value: f64,
    /// Whether it is what the layer put out, and not silenced.
    pub is_live: bool,
}

/// A product of a sum.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Term {
    /// What was read.
    pub read: Read,
    /// Where in the kernel: channel, row, column.
    pub tap: [usize; 3],
    /// The weight.
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
    /// The products, in the order of the kernel; those with the border are left out.
    pub terms: Vec<Term>,
    /// How many taps of the kernel lie in the border, where they read zero.
    pub border: usize,
    /// Added at the end.
    pub bias: Option<f64>,
    /// Whether the weights are learned; those of a mean or a blur are fixed.
    pub is_learned: bool,
}

impl Sum {
    /// Places of the terms, the largest products first; equal ones in the order of the kernel.
    pub fn largest_first(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.terms.len()).collect();
        let size = |at: usize| self.terms[at].product().abs();
        order.sort_by(|&a, &b| size(b).total_cmp(&size(a)));
        order
    }

    /// What one channel of the kernel adds to the sum.
    pub fn of_channel(&self, channel: usize) -> f64 {
        self.terms
            .iter()
            .filter(|term| term.tap[0] == channel)
            .map(Term::product)
            .sum()
    }

    /// The kernel's channel that adds most, in size.
    pub fn largest_channel(&self) -> usize {
        (0..self.kernel[0])
            .max_by(|&a, &b| {
                let size = |channel| self.of_channel(channel).abs();
                // Of equal ones the first.
                size(a).total_cmp(&size(b)).then(b.cmp(&a))
            })
            .unwrap_or(0)
    }

    /// All products and the bias.
    pub fn value(&self) -> f64 {
        self.terms.iter().map(Term::product).sum::<f64>() + self.bias.unwrap_or(0.0)
    }
}

/// Which values mean and variance are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Statistics {
    /// The running ones, kept from training.
    Running,
    /// Of the channel in this batch, over so many values.
    Batch(usize),
    /// Of a group of channels of this image, over so many values.
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
    /// What μ and σ² are of.
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

/// How a value comes about.
#[derive(Debug, Clone, PartialEq)]
pub enum Formula {
    /// It is the picture's own number.
    Image(f64),
    /// Products and a bias: convolutions, linear layers, means, sums of maps.
    Sum(Sum),
    /// Products that are rounded to whole numbers: of a picture that is resized, or made grey.
    Rounded {
        /// The products, before rounding.
        sum: Sum,
        /// What comes of it, exactly.
        value: f64,
        /// The id of the text that says where it is rounded.
        how: &'static str,
    },
    /// The largest of what a window reads; NaN wins.
    Largest {
        /// Rows and columns of the window.
        kernel: [usize; 2],
        /// What it reads with its row and column in the window; the border is left out.
        reads: Vec<([usize; 2], Read)>,
    },
    /// `√(σ² + ε)` of what it reads, σ² the unbiased variance.
    Deviation {
        /// The values.
        reads: Vec<Read>,
        /// ε
        eps: f64,
    },
    /// A normalisation with mean and variance.
    Norm(Norm),
    /// `γ · x · sigmoid(v·x) / √(σ² + ε) + β`
    Gated {
        /// With mean 0.
        norm: Norm,
        /// v
        v: f64,
    },
    /// `max(γ · x / √(mean of x² + ε) + β, τ)`
    Rms {
        /// With mean 0, and the mean square for the variance.
        norm: Norm,
        /// τ
        tau: f64,
    },
    /// A function of x.
    Activation {
        /// The function.
        function: Activation,
        /// x
        read: Read,
    },
    /// x and one learned number.
    Scalar {
        /// What is done with the two.
        scalar: Scalar,
        /// x
        read: Read,
        /// The number.
        number: f64,
    },
    /// `x / divisor`
    Scale {
        /// x
        read: Read,
        /// 255 maps bytes to 0 … 1.
        divisor: f64,
    },
    /// `(x − mean) / std`
    Standardize {
        /// x
        read: Read,
        /// Of the channel.
        mean: f64,
        /// Of the channel.
        std: f64,
    },
    /// Main path plus shortcut.
    Add {
        /// The main path's value.
        main: Read,
        /// The shortcut's.
        shortcut: Read,
    },
    /// A value times the gate of its channel.
    Multiply {
        /// The value.
        read: Read,
        /// The gate.
        gate: Read,
    },
    /// `exp(x) / Σ exp(x)` over the maps of a channel.
    Shares {
        /// The logits of all maps.
        logits: Vec<Read>,
        /// Which of them is x.
        own: usize,
    },
    /// It is handed on as it is.
    Copy(Read),
    /// It is zero, for the reason of this text.
    Zero(&'static str),
}

impl Formula {
    /// What it gives in double precision.
    pub fn value(&self) -> f64 {
        match self {
            Self::Image(value) | Self::Rounded { value, .. } => *value,
            Self::Sum(sum) => sum.value(),
            Self::Largest { reads, .. } => {
                let values = reads.iter().map(|(_, read)| read.value);
                values.fold(f64::NEG_INFINITY, |largest, value| {
                    if value > largest || value.is_nan() {
                        value
                    } else {
                        largest
                    }
                })
            }
            Self::Deviation { reads, eps } => (unbiased(reads).1 + eps).sqrt(),
            Self::Norm(norm) => norm.value(),
            Self::Gated { norm, v } => {
                let x = norm.read.value;
                norm.gamma * x * Activation::Sigmoid.value(v * x) * norm.factor() + norm.beta
            }
            Self::Rms { norm, tau } => norm.value().max(*tau),
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

    /// The values at one cell that it goes on from; a sum and the largest of a window begin with what they read.
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

/// Mean and unbiased variance of what was read.
pub fn unbiased(reads: &[Read]) -> (f64, f64) {
    let count = reads.len() as f64;
    let mean = reads.iter().map(|read| read.value).sum::<f64>() / count;
    let squares = reads.iter().map(|read| (read.value - mean).powi(2));
    (mean, squares.sum::<f64>() / (count - 1.0))
}
