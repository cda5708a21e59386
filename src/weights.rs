//! Tensors by parameter name, and pictures as tensors.

pub mod fingerprint;
pub mod fit;
pub mod picture;
pub mod safetensors;
pub mod source;
pub mod synthetic;

pub use fingerprint::Fingerprint;
pub use fit::{Misfit, misfits, summary};
pub use picture::{Picture, PictureError};
pub use safetensors::SafetensorsFile;
pub use source::{WeightError, WeightSource};
pub use synthetic::{Synthetic, synthetic_input};
