//! Passes: kernels on arrays, a session that walks a network forward with them, and the way back with their derivatives.
//!
//! A [`Session`] knows the order of the network's layers and which values are alive; [`plain`] computes one layer with the
//! kernels. A faster implementation replaces `plain` alone.

pub mod bn_lab;
pub mod budget;
pub mod compiled;
pub mod gradient;
pub mod kernels;
pub mod lesions;
pub mod levels;
pub mod loaded;
pub mod pass;
pub mod plain;
mod precision;
pub mod roofline;
pub mod saliency;
pub mod session;
pub mod sources;
pub mod top;
pub mod train;
pub mod tune;
pub mod value_trace;

/// A value that flows between layers; its first dimension is the batch.
pub type Tensor = ndarray::ArrayD<f32>;

/// Feature maps: images × channels × height × width.
pub type Maps = ndarray::Array4<f32>;

pub use bn_lab::{BnLab, LabError};
pub use compiled::{By, Candidate, CompileError, Compiled, Isa, Options, Products};
pub use gradient::{Backward, GradientError, Gradients};
pub use loaded::{LayerWeights, LoadedWeights};
pub use pass::{EngineError, Input, Mode};
pub use precision::Precision;
pub use session::edit::{Edit, EditError};
pub use session::{Keep, Session};
pub use sources::{ChoiceError, InputChoice, WeightsChoice};
pub use top::{Guess, top};
pub use train::{TrainError, Trainer};
pub use value_trace::{Explanation, explain};
