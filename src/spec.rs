//! Specs: TOML files that describe networks, blocks and shortcuts, with every problem in them and its place.
//!
//! This module reads and joins files; [`crate::lower`] interprets the keys of a layer and builds the network.

mod act_kind;
pub mod activation;
pub mod calculation;
pub mod catalog;
pub mod decode;
mod edit;
pub mod expr;
pub mod file;
pub mod fix;
pub mod inherit;
pub mod interpolation;
pub mod named;
mod norm_kind;
pub mod open;
mod output_stride;
pub mod pair;
pub mod problem;
pub mod published;
pub mod read;
pub mod source;
mod syntax;
pub mod user;
pub mod value;
mod written;

pub use file::{
    ArchitectureFile, AttentionFile, BlockFile, FROM, OneOrMore, RawLayer, ShortcutFile, WHEN, When,
};
pub use fix::Fix;
pub use inherit::{Spec, from_source, load};
pub use norm_kind::NormKind;
pub use output_stride::OutputStride;
pub use problem::{Problem, Severity, has_errors};
pub use source::{Located, Place, Source};
pub use written::Written;
