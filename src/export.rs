//! Export of reports and networks as files for other tools.

pub mod complete;
pub mod document;
pub mod dot;
mod fault;
mod figure;
pub mod file;
mod font;
pub mod html;
pub mod latex;
mod layout;
mod legend;
pub mod maps;
pub mod mermaid;
pub mod onnx;
pub mod paper;
mod place;
pub mod pytorch;
pub mod scatter;
mod scene;
pub mod style;
pub mod svg;
pub mod tracks;
pub mod volumes;
