//! Limits on sizes that rule out an overflow in any later sum.
//!
//! Within them, a convolution needs at most 2^20 · 2^20 · 2^16 · 2^28 = 2^84 multiply-adds, a network of 2^18 layers and a
//! batch of 2^16 less than 2^118: a `u128` holds every count without a check.

/// Maximum channels or features of a tensor.
pub const CHANNELS: u64 = 1 << 20;
/// Maximum height or width of a feature map, in pixels.
pub const SIDE: u64 = 1 << 14;
/// Maximum kernel, stride, padding or dilation.
pub const WINDOW: u64 = 1 << 8;
/// Maximum batch.
pub const BATCH: u64 = 1 << 16;
/// Maximum blocks in all stages together.
pub const BLOCKS: u64 = 1 << 14;
/// Maximum layers of a network.
pub const LAYERS: usize = 1 << 18;
/// Maximum length of a module path, in bytes.
pub const PATH: usize = 1 << 9;
