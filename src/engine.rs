//! The forward pass: kernels on arrays, and a session that runs a network's layers with them.
//!
//! A [`Session`] knows the order of the network's layers and which values are alive; [`plain`] computes one layer with the
//! kernels. A faster implementation replaces `plain` alone.

pub mod bn_lab;
pub mod budget;
pub mod choice;
pub mod compiled;
pub mod explain;
pub mod kernels;
pub mod loaded;
pub mod pass;
pub mod plain;
mod precision;
pub mod roofline;
pub mod session;
pub mod team;
pub mod top;

/// A value that flows between layers; its first dimension is the batch.
pub type Tensor = ndarray::ArrayD<f32>;

/// Feature maps: images × channels × height × width.
pub type Maps = ndarray::Array4<f32>;

pub use bn_lab::{BnLab, LabError};
pub use choice::{ChoiceError, InputChoice, WeightsChoice};
pub use compiled::{CompileError, Compiled, Isa, Options};
pub use explain::{Explanation, explain};
pub use loaded::{LayerWeights, LoadedWeights};
pub use pass::{EngineError, Input, Mode};
pub use precision::Precision;
pub use session::edit::{Edit, EditError};
pub use session::{Keep, Session};
pub use top::{Guess, top};
