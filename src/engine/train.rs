//! Training: stochastic gradient descent with momentum, as PyTorch does it, the same by its seed on every machine and any
//! number of threads.
//!
//! A [`Trainer`] has the weights of one network and takes batches; [`Course`] says which batches, at which learning rate; a
//! [`Training`] has several networks that learn from the same batches, step by step.

mod augment;
mod course;
mod look;
mod part;
mod side_by_side;
mod state;
mod trainer;

pub use augment::Augment;
pub use course::{Course, Schedule};
pub use look::{Kernels, Learned, Pictures, Statistic, Watch, norms};
pub use part::Part;
pub use side_by_side::{Cursor, Entrant, Happened, Moment, Recipe, Student, Training};
pub use state::{StateError, parameters};
pub use trainer::{Seen, Settings, TrainError, Trainer};
