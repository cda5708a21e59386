//! Checks of a network: its problems, fixes and their excerpts, the pages of the rules, and reports for other tools.

pub mod check;
pub mod fix;
pub mod found;
pub mod github;
pub mod json;
pub mod junit;
pub mod rule_pages;
pub mod sarif;
pub mod snippet;

pub use check::check;
