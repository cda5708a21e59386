//! Content of every output about a network: rows and their cells, summaries, formulas with their numbers, problems.
//!
//! The command line, the exports and the explorer are peers that show it; none of them computes.

pub mod catalogue;
pub mod checks;
pub mod compare;
pub mod grid;
pub mod network;
pub mod number_lookup;
pub mod pass;
mod subject;
pub mod tensors;

pub use crate::text::format;
pub use network::cell::{Cell, Column};
pub use network::rows::{Level, Row, RowKind};
pub use subject::Subject;
