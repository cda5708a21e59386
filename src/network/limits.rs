//! Bounds on sizes, so that no later sum can overflow.
//!
//! With these, a convolution needs at most 2^20 · 2^20 · 2^16 · 2^28 = 2^84 multiply-adds, a network of 2^18 layers and
//! a batch of 2^16 below 2^118: a `u128` holds every count without a check.

/// Most channels or features of a tensor.
pub const CHANNELS: u64 = 1 << 20;
/// Largest height or width of a feature map, in pixels.
pub const SIDE: u64 = 1 << 14;
/// Largest kernel, stride, padding or dilation.
pub const WINDOW: u64 = 1 << 8;
/// Largest batch.
pub const BATCH: u64 = 1 << 16;
/// Most blocks in all stages together.
pub const BLOCKS: u64 = 1 << 14;
/// Most layers of a network.
pub const LAYERS: usize = 1 << 18;
/// Longest module path in bytes.
pub const PATH: usize = 1 << 9;
