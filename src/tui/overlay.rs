//! Boxes over the views: lists that are searched or chosen from, files, the help, the lab.

pub mod bn_lab;
pub mod chooser;
pub mod confirm;
pub mod files;
pub mod finder;
pub mod help;
pub mod inquiry;
pub mod picker;
