//! Boxes over the views: lists that are searched or chosen from, files, the help, the laboratory.

pub mod chooser;
pub mod files;
pub mod finder;
pub mod help;
pub mod laboratory;
pub mod picker;
