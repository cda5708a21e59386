//! Pools: fixed summaries of the values in a window, along an axis, or of a whole map.

use super::{clauses, windowed};
use crate::message;
use crate::network::Window;
use crate::text::Message;
use crate::text::format::dims;

/// A pool. It learns nothing and keeps the number of channels, except the one that outputs two numbers for each.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Pool {
    /// `torch.nn.MaxPool2d`
    Max(Window),
    /// `torch.nn.AvgPool2d`
    Average {
        /// Kernel, stride, padding and rounding.
        window: Window,
        /// Whether the padding counts as zeros, or is left out.
        count_include_pad: bool,
    },
    /// timm's `BlurPool2d` (Zhang 2019): a binomial kernel over each channel, with the map mirrored at its borders.
    Blur {
        /// Size of the binomial kernel: 3 is (1 2 1) / 4 along each axis.
        kernel: u64,
        /// Stride.
        stride: u64,
    },
    /// `torch.nn.AdaptiveAvgPool2d(1)`: mean of each channel.
    Global,
    /// `torch.nn.AdaptiveAvgPool2d((None, 1))` and its like: mean along one axis, which keeps size 1.
    Along(Axis),
    /// Mean and then deviation of each channel along one axis, which keeps size 1:
    /// `torch.cat((x.mean(3, keepdim=True), torch.sqrt(x.var(3, keepdim=True) + eps)), 1)`.
    MeanDeviation {
        /// Axis of the statistics.
        axis: Axis,
        /// ε, added to the unbiased variance.
        eps: f64,
    },
}

/// An axis of a map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Axis {
    /// From top to bottom.
    Height,
    /// From left to right.
    Width,
}

impl Axis {
    /// Index of the axis in (height, width).
    pub const fn index(self) -> usize {
        match self {
            Self::Height => 0,
            Self::Width => 1,
        }
    }

    /// Name of the axis.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Height => "height",
            Self::Width => "width",
        }
    }

    /// The word for it, for people.
    pub const fn word(self) -> Message {
        Message::new(match self {
            Self::Height => "axis-height",
            Self::Width => "axis-width",
        })
    }

    /// Size of a map after the axis is reduced to 1.
    pub const fn collapsed(self, size: [u64; 2]) -> [u64; 2] {
        match self {
            Self::Height => [1, size[1]],
            Self::Width => [size[0], 1],
        }
    }
}

impl Pool {
    /// Name of PyTorch's class.
    pub const fn op(&self) -> &'static str {
        match self {
            Self::Max(_) => "MaxPool2d",
            Self::Average { .. } => "AvgPool2d",
            Self::Blur { .. } => "BlurPool2d",
            Self::Global | Self::Along(_) => "AdaptiveAvgPool2d",
            Self::MeanDeviation { .. } => "MeanDeviation",
        }
    }

    /// Short description.
    pub fn summary(&self) -> Message {
        match self {
            Self::Max(window) => clauses(windowed("layer-max-pool", window)),
            Self::Average { window, .. } => clauses(windowed("layer-average-pool", window)),
            Self::Blur { kernel, stride } => {
                let window = dims([kernel; 2]);
                let stride = message!("layer-stride", stride = *stride);
                clauses(vec![message!("layer-blur-pool", window = window), stride])
            }
            Self::Global => message!("layer-global-pool"),
            Self::Along(axis) => message!("layer-average-pool-along", axis = axis.word()),
            Self::MeanDeviation { axis, .. } => {
                message!("layer-mean-deviation", axis = axis.word())
            }
        }
    }
}
