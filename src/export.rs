//! Files for other tools, made of what the reports say.

pub mod dot;
pub mod file;
pub mod onnx;
pub mod pytorch;
