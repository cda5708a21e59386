//! Report on one network: rows and cells, their table, totals, formulas with their numbers.

pub mod cell;
pub mod formula;
pub mod json;
pub mod rows;
pub mod stats;
pub mod table;
