//! Pools: fixed summaries of the values under a window, or of a whole map.

use super::windowed;
use crate::network::Window;

/// A pool. It has nothing to learn and keeps the channels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pool {
    /// `torch.nn.MaxPool2d`
    Max(Window),
    /// `torch.nn.AvgPool2d`
    Average {
        /// Kernel, stride, padding and rounding.
        window: Window,
        /// Whether the padding counts as zeros, or not at all.
        count_include_pad: bool,
    },
    /// timm's `BlurPool2d` (Zhang 2019): each channel with the binomial kernel, at borders that mirror the map.
    Blur {
        /// Size of the binomial kernel: 3 is (1 2 1) / 4 along each axis.
        kernel: u64,
        /// Step.
        stride: u64,
    },
    /// `torch.nn.AdaptiveAvgPool2d(1)`: the mean of each channel.
    Global,
}

impl Pool {
    /// PyTorch's class.
    pub const fn op(&self) -> &'static str {
        match self {
            Self::Max(_) => "MaxPool2d",
            Self::Average { .. } => "AvgPool2d",
            Self::Blur { .. } => "BlurPool2d",
            Self::Global => "AdaptiveAvgPool2d",
        }
    }

    /// What it does in a few words.
    pub fn summary(&self) -> String {
        match self {
            Self::Max(window) => windowed("max pool", window),
            Self::Average { window, .. } => windowed("average pool", window),
            Self::Blur { kernel, stride } => {
                format!("blur pool {kernel}×{kernel}, stride {stride}")
            }
            Self::Global => "global average pool".to_owned(),
        }
    }
}
