//! `resnet-explore` binary: everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    resnet_explore::cli::main()
}
