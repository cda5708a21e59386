//! Instruction sets, and their detection on this processor.

use super::simd::{Simd, portable::Portable};
use std::fmt;

/// A set of vector instructions that has its own kernels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Isa {
    /// AVX-512: 16 numbers per vector, 32 registers.
    Avx512,
    /// AVX2 with FMA: 8 numbers per vector, 16 registers.
    Avx2,
    /// NEON, on 64-bit Arm: 4 numbers per vector, 32 registers.
    Neon,
    /// Plain Rust, vectorised by the compiler.
    Portable,
}

impl Isa {
    /// All sets, the fastest first.
    pub const ALL: [Self; 4] = [Self::Avx512, Self::Avx2, Self::Neon, Self::Portable];

    /// Whether this processor has it.
    pub fn is_available(self) -> bool {
        match self {
            #[cfg(target_arch = "x86_64")]
            Self::Avx512 => is_x86_feature_detected!("avx512f"),
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma"),
            #[cfg(target_arch = "aarch64")]
            Self::Neon => std::arch::is_aarch64_feature_detected!("neon"),
            Self::Portable => true,
            #[allow(unreachable_patterns, reason = "not on every processor")]
            _ => false,
        }
    }

    /// The fastest set that this processor has.
    pub fn best() -> Self {
        let available = Self::ALL.into_iter().find(|isa| isa.is_available());
        available.unwrap_or(Self::Portable)
    }

    /// Name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Avx512 => "avx512",
            Self::Avx2 => "avx2",
            Self::Neon => "neon",
            Self::Portable => "portable",
        }
    }

    /// The set called `name`.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|isa| isa.name() == name)
    }

    /// Blocks of output channels per tile of a convolution.
    pub fn tile_blocks(self) -> usize {
        match self {
            #[cfg(target_arch = "x86_64")]
            Self::Avx512 => super::simd::avx512::Avx512::TILE_BLOCKS,
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => super::simd::avx2::Avx2::TILE_BLOCKS,
            #[cfg(target_arch = "aarch64")]
            Self::Neon => super::simd::neon::Neon::TILE_BLOCKS,
            _ => Portable::TILE_BLOCKS,
        }
    }

    /// Tile shapes that fit into the registers.
    pub fn tiles(self) -> &'static [usize] {
        match self {
            #[cfg(target_arch = "x86_64")]
            Self::Avx512 => super::simd::avx512::Avx512::TILES,
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => super::simd::avx2::Avx2::TILES,
            #[cfg(target_arch = "aarch64")]
            Self::Neon => super::simd::neon::Neon::TILES,
            _ => Portable::TILES,
        }
    }
}

impl fmt::Display for Isa {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
