//! Kinds of layers, for colours, legends and filters.

use crate::text::Message;

/// Kind of a layer, for colours, legends and filters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// The image and its preprocessing.
    Input,
    /// Convolution.
    Convolution,
    /// Normalisation.
    Norm,
    /// Activation function.
    Activation,
    /// Pooling.
    Pool,
    /// Addition, and option A's padding: the residual connection.
    Residual,
    /// Gates, and feature maps that are weighted by them.
    Attention,
    /// Flattening and fully connected layers.
    Linear,
    /// Channels that are taken out of a map, and maps that are joined.
    Split,
}

impl Category {
    /// All kinds, in the order of a legend.
    pub const ALL: [Self; 9] = [
        Self::Input,
        Self::Convolution,
        Self::Norm,
        Self::Activation,
        Self::Pool,
        Self::Residual,
        Self::Attention,
        Self::Linear,
        Self::Split,
    ];

    /// The word for people.
    pub const fn word(self) -> Message {
        Message::new(match self {
            Self::Input => "kind-input",
            Self::Convolution => "kind-convolution",
            Self::Norm => "kind-norm",
            Self::Activation => "kind-activation",
            Self::Pool => "kind-pool",
            Self::Residual => "kind-residual",
            Self::Attention => "kind-attention",
            Self::Linear => "kind-linear",
            Self::Split => "kind-split",
        })
    }

    /// The word in documents.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Input => "input",
            Self::Convolution => "convolution",
            Self::Norm => "normalisation",
            Self::Activation => "activation",
            Self::Pool => "pool",
            Self::Residual => "residual",
            Self::Attention => "attention",
            Self::Linear => "linear",
            Self::Split => "split",
        }
    }
}
