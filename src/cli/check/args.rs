//! Flags of `check`.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};

use super::budget::BudgetArgs;
use crate::cli::flags::{Shape, named};

/// In which form the findings come out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum CheckFormat {
    Text,
    Json,
    Csv,
    Markdown,
    Junit,
    Sarif,
    Github,
}

#[derive(Debug, ClapArgs)]
pub(in crate::cli) struct CheckArgs {
    #[arg(required_unless_present_any = ["all", "explain"], value_name = "NAME", value_parser = named())]
    pub(in crate::cli) names: Vec<String>,
    #[arg(long, conflicts_with = "names")]
    pub(in crate::cli) all: bool,
    #[arg(long, value_name = "RULE", conflicts_with_all = ["names", "all"])]
    pub(in crate::cli) explain: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) shape: Shape,
    #[arg(long, value_name = "WHICH", num_args = 0..=1, default_missing_value = "worst", require_equals = true, conflicts_with_all = ["all", "weights"], value_parser = ["worst", "all"])]
    pub(in crate::cli) fix: Option<String>,
    #[arg(short, long, value_name = "FILE", requires = "fix")]
    pub(in crate::cli) output: Option<PathBuf>,
    #[arg(long, value_name = "FILE", value_parser = named())]
    pub(in crate::cli) weights: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) entry: Option<String>,
    #[arg(long, default_value = "text")]
    pub(in crate::cli) format: CheckFormat,
    #[command(flatten)]
    pub(in crate::cli) budget: BudgetArgs,
}
