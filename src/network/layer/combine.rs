//! Layers that read several maps, and the operations on gates before them.

use crate::message;
use crate::text::Message;

/// A layer that reads several tensors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Combine {
    /// Element-wise sum of two operands: main path and shortcut.
    Add,
    /// Product of a map and a gate; the gate has one number per channel.
    Multiply,
    /// Channels of all operands, one after the other.
    Concat {
        /// Number of operands.
        inputs: usize,
    },
    /// Sum of `radix` maps, each weighted by its share; the operands are the maps and the shares.
    RadixWeightedSum {
        /// Number of maps.
        radix: u64,
    },
}

impl Combine {
    /// Name of the operation.
    pub const fn op(&self) -> &'static str {
        match self {
            Self::Add => "Add",
            Self::Multiply => "Multiply",
            Self::Concat { .. } => "Concat",
            Self::RadixWeightedSum { .. } => "RadixWeightedSum",
        }
    }

    /// Short description.
    pub fn summary(&self) -> Message {
        match self {
            Self::Add => message!("layer-add"),
            Self::Multiply => message!("layer-multiply"),
            Self::Concat { inputs } => message!("layer-concat", count = *inputs),
            Self::RadixWeightedSum { radix } => message!("layer-weighted-sum", count = *radix),
        }
    }

    /// Number of operands.
    pub const fn arity(&self) -> usize {
        match self {
            Self::Add | Self::Multiply | Self::RadixWeightedSum { .. } => 2,
            Self::Concat { inputs } => *inputs,
        }
    }

    /// Whether the second operand is a gate: one number per channel, which weights the first operand.
    pub const fn reads_gate(&self) -> bool {
        match self {
            Self::Multiply | Self::RadixWeightedSum { .. } => true,
            Self::Add | Self::Concat { .. } => false,
        }
    }
}

/// A step in the computation of a gate, for a map that holds several maps in its channels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gate {
    /// Sum of `radix` maps that lie one after the other in the channels.
    RadixSum {
        /// Number of maps.
        radix: u64,
    },
    /// timm's `RadixSoftmax`: the shares of `radix` maps for each channel.
    RadixSoftmax {
        /// Number of maps.
        radix: u64,
        /// Groups of the input channels: ordered by group, then by map.
        groups: u64,
    },
}

impl Gate {
    /// Name of the operation.
    pub const fn op(&self) -> &'static str {
        match self {
            Self::RadixSum { .. } => "RadixSum",
            Self::RadixSoftmax { .. } => "RadixSoftmax",
        }
    }

    /// Short description.
    pub fn summary(&self) -> Message {
        match self {
            Self::RadixSum { radix } => message!("layer-sum", count = *radix),
            Self::RadixSoftmax { radix, .. } => message!("layer-softmax", count = *radix),
        }
    }
}
