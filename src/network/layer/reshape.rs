//! Layers that move, drop or add values and compute none.

/// A layer whose output has values of its input and zeros.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reshape {
    /// `torch.nn.ConstantPad2d` with zeros.
    ConstantPad2d {
        /// Pixels above and at the left.
        before: [u64; 2],
        /// Pixels below and at the right.
        after: [u64; 2],
    },
    /// Option A of He et al. 2015: every `stride`-th pixel, and new channels of zeros, half of them at each side.
    PadShortcut {
        /// Step along height and width.
        stride: u64,
        /// Channels put out; not fewer than come in.
        channels: u64,
    },
    /// Some channels of a map.
    Slice {
        /// The first of them.
        start: u64,
        /// How many.
        channels: u64,
    },
    /// A map as a vector.
    Flatten,
}

impl Reshape {
    /// Its name.
    pub const fn op(&self) -> &'static str {
        match self {
            Self::ConstantPad2d { .. } => "ConstantPad2d",
            Self::PadShortcut { .. } => "PadShortcut",
            Self::Slice { .. } => "Slice",
            Self::Flatten => "Flatten",
        }
    }

    /// What it does in a few words.
    pub fn summary(&self) -> String {
        match self {
            Self::ConstantPad2d { before, after } => {
                let [[top, left], [bottom, right]] = [*before, *after];
                if [left, bottom, right] == [top; 3] {
                    format!("{top} pixels of zeros at each side")
                } else {
                    format!("zeros: {top} above, {left} left, {bottom} below, {right} right")
                }
            }
            Self::PadShortcut { stride, channels } => {
                format!("every {stride}nd pixel, zeros up to {channels} channels")
                    .replace("1nd", "1st")
            }
            Self::Slice { channels: 0, .. } => "no channels".to_owned(),
            Self::Slice { start, channels } => {
                format!("channels {start} to {}", start + channels - 1)
            }
            Self::Flatten => "flatten".to_owned(),
        }
    }

    /// Whether it hands on its operand's memory, or a part of it, and copies nothing.
    pub const fn is_view(&self) -> bool {
        match self {
            Self::Slice { .. } | Self::Flatten => true,
            Self::ConstantPad2d { .. } | Self::PadShortcut { .. } => false,
        }
    }
}
