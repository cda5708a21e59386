//! See, check and run residual networks.
//!
//! A TOML *spec* is *lowered* to a *network* (a DAG of named layers); pure *analyses* answer questions about it in side
//! tables keyed by layer; the *engine* runs it on real weights, whole or step by step; reports, exports, the terminal UI
//! and the command line show what those computed.
//!
//! # The order of modules
//!
//! A module may use only those above it in this list; `tests/architecture.rs` reads the `use` lines and fails when one
//! points upward.
//!
//! 1. [`network`]: the layer DAG, shapes, the window formula, legality
//! 2. [`spec`]: what a TOML file means; catalogue, inheritance, problems with their place
//! 3. [`lower`]: spec → network
//! 4. [`analysis`]: network → side tables
//! 5. [`weights`]: tensors by parameter name, pictures
//! 6. [`engine`]: the forward pass
//! 7. [`report`]: rows, columns, number formats, summaries
//! 8. [`export`]: files for other tools
//! 9. [`lesson`]: questions about networks that the program answers itself, in two languages
//! 10. [`tui`]: the explorer
//! 11. [`cli`]: flags, printing, exit codes
//!
//! `network` and `spec` do not know each other; only `lower` knows both.

pub mod analysis;
pub mod cli;
pub mod engine;
pub mod export;
pub mod lesson;
pub mod lower;
pub mod network;
pub mod report;
pub mod spec;
pub mod tui;
pub mod weights;
