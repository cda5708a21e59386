//! Weights: tensors by parameter name, and images as tensors.

mod bytes;
pub mod checkpoint;
pub mod dataset;
pub mod fingerprint;
mod finite;
pub mod fit;
mod foreign;
pub mod graft;
pub mod initial;
mod naming;
mod number;
mod origin;
mod pickle;
pub mod picture;
pub mod png;
mod remedy;
pub mod resample;
pub mod safetensors;
mod shards;
pub mod source;
pub mod synthetic;
pub mod torch;
pub mod values;
mod wrapping;

pub use dataset::{DataError, Dataset};
pub use fingerprint::Fingerprint;
pub use finite::{NotFinite, not_finite};
pub use fit::{Explanation, Misfit, explain, misfits};
pub use initial::{Initial, Scheme};
pub use origin::Origin;
pub use picture::{Picture, PictureError, grey};
pub use safetensors::SafetensorsFile;
pub use source::{WeightError, WeightSource};
pub use synthetic::{Synthetic, synthetic_input};
pub use torch::TorchFile;
