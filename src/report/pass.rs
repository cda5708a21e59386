//! Report on a forward pass: activations, how a value is computed, statistics per layer, and the batch-normalisation lab.

pub mod activation;
pub mod bn_lab;
pub mod layer_statistics;
pub mod value_trace;
