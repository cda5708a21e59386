//! The layer DAG of a network, and what makes one legal.

pub mod limits;
pub mod window;

pub use window::{Rounding, Window};
