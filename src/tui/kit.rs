//! Widgets and drawing that know no view: lists and trees, text, colours, maps, boxes.

pub mod ascii;
pub mod cursor;
pub mod detail;
pub mod feature_map;
pub mod fold_tree;
pub mod fuzzy;
pub mod layer_tree;
pub mod layout;
pub mod list;
pub mod paint;
pub mod picture;
pub mod plot;
pub mod prose;
pub mod row;
pub mod text;
pub mod theme;
pub mod tiles;
