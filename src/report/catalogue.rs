//! Report on the catalogue: an entry per network, published accuracies, and the entries as points.

pub mod columns;
pub mod entry;
pub mod plot;
pub mod published;
