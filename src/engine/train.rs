//! Training: stochastic gradient descent with momentum, as PyTorch does it, the same by its seed on every machine and any
//! number of threads.
//!
//! A [`Trainer`] has the weights of one network and takes batches; [`Course`] says which batches, at which learning rate.

mod augment;
mod course;
mod state;
mod trainer;

pub use augment::Augment;
pub use course::{Course, Schedule};
pub use state::{StateError, parameters};
pub use trainer::{Seen, Settings, TrainError, Trainer};
