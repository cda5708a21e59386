//! The `resnet-explore` binary: everything is in the library.

fn main() {}
