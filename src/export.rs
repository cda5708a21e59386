//! Export of reports and networks as files for other tools.

pub mod complete;
pub mod document;
pub mod dot;
mod figure;
pub mod file;
pub mod html;
mod layout;
pub mod maps;
pub mod mermaid;
pub mod onnx;
mod place;
pub mod pytorch;
pub mod scatter;
pub mod style;
pub mod svg;
pub mod volumes;
