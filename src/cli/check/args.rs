//! Flags of `check`.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};

use super::budget::BudgetArgs;
use crate::cli::flags::{Shape, named};

/// In which form the findings come out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum CheckFormat {
    /// For people
    Text,
    /// For scripts
    Json,
    /// For spreadsheets
    Csv,
    /// For documents
    Markdown,
    /// For CI servers: a test case a network
    Junit,
    /// For code hosts: findings at the lines of a spec
    Sarif,
}

#[derive(Debug, ClapArgs)]
pub(in crate::cli) struct CheckArgs {
    /// Networks or spec files
    #[arg(required_unless_present_any = ["all", "explain"], value_name = "NAME", value_parser = named())]
    pub(in crate::cli) names: Vec<String>,
    /// Every network of the catalogue
    #[arg(long, conflicts_with = "names")]
    pub(in crate::cli) all: bool,
    /// Print what the book says about a rule: what it means, why it matters, an example, the repair
    #[arg(long, value_name = "RULE", conflicts_with_all = ["names", "all"])]
    pub(in crate::cli) explain: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) shape: Shape,
    /// Apply the repairs of errors and warnings to the spec files; with `all`, those of notes too
    #[arg(long, value_name = "WHICH", num_args = 0..=1, default_missing_value = "worst", require_equals = true, conflicts_with_all = ["all", "weights"], value_parser = ["worst", "all"])]
    pub(in crate::cli) fix: Option<String>,
    /// With --fix: write the repaired spec here, and leave the one that is read as it is
    #[arg(short, long, value_name = "FILE", requires = "fix")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// Also ask whether this checkpoint fits
    #[arg(long, value_name = "FILE", value_parser = named())]
    pub(in crate::cli) weights: Option<String>,
    /// Form of the output
    #[arg(long, default_value = "text")]
    pub(in crate::cli) format: CheckFormat,
    #[command(flatten)]
    pub(in crate::cli) budget: BudgetArgs,
}
