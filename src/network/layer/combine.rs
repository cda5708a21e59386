//! Layers that read several maps, and what gates make of one before.

use crate::message;
use crate::text::Message;

/// A layer that reads several tensors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Combine {
    /// Elementwise sum of its two operands: the main path's and the shortcut's.
    Add,
    /// A map times a gate: its two operands, the second with one number a channel.
    Multiply,
    /// The channels of all its operands, one after the other.
    Concat {
        /// How many it reads.
        inputs: usize,
    },
    /// The sum of `radix` maps, each weighted by its share: reads the maps and the shares.
    RadixWeightedSum {
        /// How many maps.
        radix: u64,
    },
}

impl Combine {
    /// Its name.
    pub const fn op(&self) -> &'static str {
        match self {
            Self::Add => "Add",
            Self::Multiply => "Multiply",
            Self::Concat { .. } => "Concat",
            Self::RadixWeightedSum { .. } => "RadixWeightedSum",
        }
    }

    /// What it does in a few words.
    pub fn summary(&self) -> Message {
        match self {
            Self::Add => message!("layer-add"),
            Self::Multiply => message!("layer-multiply"),
            Self::Concat { inputs } => message!("layer-concat", count = *inputs),
            Self::RadixWeightedSum { radix } => message!("layer-weighted-sum", count = *radix),
        }
    }

    /// How many tensors it reads.
    pub const fn arity(&self) -> usize {
        match self {
            Self::Add | Self::Multiply | Self::RadixWeightedSum { .. } => 2,
            Self::Concat { inputs } => *inputs,
        }
    }

    /// Whether its second operand is a gate: one number a channel, which weighs the first.
    pub const fn reads_gate(&self) -> bool {
        match self {
            Self::Multiply | Self::RadixWeightedSum { .. } => true,
            Self::Add | Self::Concat { .. } => false,
        }
    }
}

/// A step on the way to a gate, of a map that holds several in its channels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gate {
    /// The sum of `radix` maps that lie in the channels one after the other.
    RadixSum {
        /// How many maps.
        radix: u64,
    },
    /// timm's `RadixSoftmax`: for each channel the shares of `radix` maps.
    RadixSoftmax {
        /// How many maps.
        radix: u64,
        /// Groups that the channels come in before it: group by group, and in each map by map.
        groups: u64,
    },
}

impl Gate {
    /// Its name.
    pub const fn op(&self) -> &'static str {
        match self {
            Self::RadixSum { .. } => "RadixSum",
            Self::RadixSoftmax { .. } => "RadixSoftmax",
        }
    }

    /// What it does in a few words.
    pub fn summary(&self) -> Message {
        match self {
            Self::RadixSum { radix } => message!("layer-sum", count = *radix),
            Self::RadixSoftmax { radix, .. } => message!("layer-softmax", count = *radix),
        }
    }
}
