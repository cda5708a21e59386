//! Flags as typed.

use clap::{CommandFactory, Parser, Subcommand, ValueEnum};

use super::explore::ExploreArgs;
use super::flags::language;
use crate::text::Language;

/// See, check and run residual networks.
#[derive(Debug, Parser)]
#[command(name = "resnet-explore", version, about, args_conflicts_with_subcommands = true, after_help = EXAMPLES)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Option<Command>,

    #[command(flatten)]
    explore: ExploreArgs,

    /// When to colour what is printed; the variable `NO_COLOR` is obeyed too
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(super) color: ColorWhen,

    /// Language of what people read: en or zh; the locale's unless given
    #[arg(long, global = true, value_name = "LANG", value_parser = language)]
    pub(super) lang: Option<Language>,
}

const EXAMPLES: &str = "\
Examples:
  resnet-explore                                       open the explorer
  resnet-explore stats resnet101                       totals, stages, where it downsamples
  resnet-explore table resnet50 --level block          a row a block
  resnet-explore compare resnet50_v1 resnet50          what differs, and what it costs
  resnet-explore explain 4.11G                         where a published number comes from
  resnet-explore check my_resnet.toml                  what is wrong with a spec
  resnet-explore run resnet20_fashion --input sample:0 a real forward pass

NAME is a network of the catalogue (`resnet-explore list`) or the path of a spec file.
Exit codes: 0 done, 1 what was asked about failed, 2 the call was wrong.";

/// When to colour.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum ColorWhen {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl ColorWhen {
    pub(super) fn apply(self) {
        match self {
            Self::Auto => anstream::ColorChoice::Auto,
            Self::Always => anstream::ColorChoice::Always,
            Self::Never => anstream::ColorChoice::Never,
        }
        .write_global();
    }
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Open the explorer, on the catalogue or on one network
    #[command(after_help = "Example: resnet-explore explore resnet50")]
    Explore(ExploreArgs),
    /// List the catalogue
    #[command(after_help = "Example: resnet-explore list --sort params --format markdown")]
    List(super::list::ListArgs),
    /// Totals of a network, a row a stage, and where it downsamples
    #[command(
        after_help = "Example: resnet-explore stats resnet50 resnet50_v1 --input-size 320x224"
    )]
    Stats(super::stats::StatsArgs),
    /// The layer table: a row a stage, block or layer
    #[command(
        after_help = "Example: resnet-explore table resnet50 --level layer --columns path,output,params,macs"
    )]
    Table(super::table::TableArgs),
    /// Shapes, legality and downsample placement of networks and specs
    #[command(
        after_help = "Example: resnet-explore check my_resnet.toml --max-params 26M --max-macs 4.1G --format sarif"
    )]
    Check(super::check::args::CheckArgs),
    /// What differs between two networks, and what each difference costs
    #[command(after_help = "Example: resnet-explore compare resnet50_v1 resnet50 --level block")]
    Compare(super::compare::CompareArgs),
    /// Which network, counting rule, size and head a published number comes from
    #[command(after_help = "Example: resnet-explore explain 4.11G --net resnet50")]
    Explain(super::explain::ExplainArgs),
    /// Run a forward pass
    #[command(
        after_help = "Example: resnet-explore run resnet50 --input cat.png --weights resnet50.pth --top 3"
    )]
    Run(super::run::args::RunArgs),
    /// Time the forward pass, whole or step by step
    #[command(after_help = "Example: resnet-explore bench resnet50 --threads 1 --layers")]
    Bench(super::bench::BenchArgs),
    /// Write a diagram, a page or a model for other tools
    #[command(
        after_help = "Example: resnet-explore export resnet18 --to dot | dot -Tsvg > resnet18.svg"
    )]
    Export(super::export::ExportArgs),
    /// Learn: predict, and let the network decide
    #[command(after_help = "Example: resnet-explore lesson stem --lang en")]
    Lesson(super::lesson::LessonArgs),
    /// Print the JSON Schema of spec files
    #[command(after_help = "Example: resnet-explore schema > resnet-explore.schema.json")]
    Schema,
    /// Print a shell's completions, which know every network
    #[command(
        after_help = "Example: resnet-explore completions bash > ~/.local/share/bash-completion/completions/resnet-explore"
    )]
    Completions(super::shell::CompletionsArgs),
    /// Print a page of the manual, or write all of them
    #[command(
        after_help = "Example: resnet-explore man stats | man -l -\n         resnet-explore man --dir ~/.local/share/man/man1"
    )]
    Man(super::shell::ManArgs),
}

impl Args {
    /// Command that was given; the explorer by default.
    pub(super) fn into_command(self) -> Command {
        self.command.unwrap_or(Command::Explore(self.explore))
    }
}

/// The program's command with all its flags, for completions and the manual.
pub(super) fn command() -> clap::Command {
    let mut command = Args::command();
    command.build();
    command
}
