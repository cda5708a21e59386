//! See, check and run residual networks.
//!
//! A TOML *spec* is *lowered* to a *network* (a DAG of named layers); pure *analyses* compute side tables keyed by layer; the
//! *engine* runs the network on real weights, as a whole or step by step; reports, exports, the terminal UI and the command
//! line show the results.
//!
//! # Counting a network
//! A name of the catalogue or the path of a spec becomes a [`lower::Model`]; [`analysis::analyze`] runs all analyses of its
//! network, layer by layer. Totals are sums of rows, and state the rule by which they were counted:
//!
//! ```
//! use resnet_explore::analysis::{Macs, Params, Rule, analyze};
//! use resnet_explore::lower::{Overrides, open};
//!
//! let model = open("resnet50", &Overrides::default()).expect("a network of the catalogue");
//! let analysis = analyze(&model.network, Rule::ConvFc);
//!
//! // PyTorch's: sum(p.numel() for p in torchvision.models.resnet50().parameters())
//! assert_eq!(analysis.params.iter().sum::<Params>(), Params(25_557_032));
//! // Multiply-adds of convolutions and linear layers: torchvision's GFLOPS column.
//! assert_eq!(analysis.macs.iter().sum::<Macs>(), Macs(4_089_184_256));
//!
//! // The map gets smaller five times; the first block of stage 2 takes its stride in the 3×3.
//! let smaller: Vec<String> = analysis.downsample.iter()
//!     .map(|step| model.network[step.layer].path.to_string())
//!     .collect();
//! assert_eq!(smaller, ["conv1", "maxpool", "layer2.0.conv2", "layer3.0.conv2", "layer4.0.conv2"]);
//! ```
//!
//! `examples/` has three small programs: one counts a network, one checks a spec and prints its problems with their
//! places, one steps through a forward pass.
//!
//! # The order of modules
//!
//! A module may use only those above it in this list; `tests/architecture.rs` reads the `use` lines and fails when one
//! points upward.
//!
//! 1. [`kernels`]: fast arithmetic on raw memory, and the threads that run it; a package of its own
//! 2. [`sorting`]: one copy of the stable sort
//! 3. [`carried`]: the files in the binary, packed
//! 4. [`text`]: the languages, one data file each, and messages by id
//! 5. [`network`]: the layer DAG, shapes, the window formula, legality
//! 6. [`spec`]: what a TOML file means; catalogue, inheritance, problems with their place
//! 7. [`lower`]: spec → network
//! 8. [`analysis`]: network → side tables
//! 9. [`weights`]: tensors by parameter name, pictures
//! 10. [`engine`]: the forward pass
//! 11. [`report`]: rows, columns, number formats, summaries
//! 12. [`export`]: files for other tools
//! 13. [`lesson`]: questions about networks that the program answers itself, in two languages
//! 14. [`tui`]: the explorer
//! 15. [`cli`]: flags, printing, exit codes
//!
//! `network` and `spec` do not know each other; only `lower` knows both.

pub mod analysis;
pub mod carried;
pub mod cli;
pub mod engine;
pub mod export;
pub mod lesson;
pub mod lower;
pub mod network;
pub mod report;
pub mod sorting;
pub mod spec;
pub mod text;
pub mod tui;
pub mod weights;

/// Compiled for speed, and everything else for size: profiles distinguish packages alone.
pub use resnet_explore_kernels as kernels;
