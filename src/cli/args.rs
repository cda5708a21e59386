//! Flags as typed.

use clap::{Parser, Subcommand, ValueEnum};

use super::explore::ExploreArgs;
use super::flags::language;
use crate::text::Language;

#[derive(Debug, Parser)]
#[command(
    name = "resnet-explore",
    version,
    args_conflicts_with_subcommands = true
)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Option<Command>,

    #[command(flatten)]
    explore: ExploreArgs,

    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(super) color: ColorWhen,

    #[arg(long, global = true, value_name = "LANG", value_parser = language)]
    pub(super) lang: Option<Language>,
}

/// When to colour.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum ColorWhen {
    Auto,
    Always,
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
    #[command(after_help = "resnet-explore explore resnet50")]
    Explore(ExploreArgs),
    #[command(after_help = "resnet-explore list --sort params --format markdown")]
    List(super::list::ListArgs),
    #[command(after_help = "resnet-explore stats resnet50 resnet50_v1 --input-size 320x224")]
    Stats(super::stats::StatsArgs),
    #[command(
        after_help = "resnet-explore table resnet50 --level layer --columns path,output,params,macs"
    )]
    Table(super::table::TableArgs),
    #[command(
        after_help = "resnet-explore check my_resnet.toml --max-params 26M --max-macs 4.1G --format sarif"
    )]
    Check(super::check::CheckArgs),
    #[command(after_help = "resnet-explore compare resnet50_v1 resnet50 --level block")]
    Compare(super::compare::CompareArgs),
    #[command(after_help = "resnet-explore explain 4.11G --net resnet50")]
    Explain(super::explain::ExplainArgs),
    #[command(
        after_help = "resnet-explore run resnet50 --input cat.png --weights resnet50.pth --top 3"
    )]
    Run(super::run::args::RunArgs),
    #[command(after_help = "resnet-explore bench resnet50 --threads 1 --layers")]
    Bench(super::bench::BenchArgs),
    #[command(after_help = "resnet-explore gradient resnet20_cifar --weights init:he:1 --batch 16")]
    Gradient(super::gradient::GradientArgs),
    #[command(
        after_help = "resnet-explore train resnet20_digits plain20_digits --epochs 8 --seed 1 -o trained"
    )]
    Train(super::train::args::TrainArgs),
    #[command(after_help = "resnet-explore evaluate resnet20_digits --data digits")]
    Evaluate(super::evaluate::EvaluateArgs),
    #[command(after_help = "resnet-explore lesions resnet20_fashion")]
    Lesions(super::lesions::LesionsArgs),
    #[command(after_help = "resnet-explore field resnet20_fashion --inputs 16")]
    Field(super::field::FieldArgs),
    #[command(after_help = "resnet-explore weights show resnet18.pth")]
    Weights(super::weights::WeightsArgs),
    #[command(after_help = "resnet-explore export resnet18 --to dot | dot -Tsvg > resnet18.svg")]
    Export(super::export::ExportArgs),
    #[command(after_help = "resnet-explore lesson stem --lang en")]
    Lesson(super::lesson::LessonArgs),
    #[command(
        after_help = "resnet-explore schema > resnet-explore.schema.json\nresnet-explore schema stats"
    )]
    Schema(super::schema::SchemaArgs),
    #[command(
        after_help = "resnet-explore completions bash > ~/.local/share/bash-completion/completions/resnet-explore"
    )]
    Completions(super::shell::CompletionsArgs),
    #[command(
        after_help = "resnet-explore man stats | man -l -\nresnet-explore man --dir ~/.local/share/man/man1"
    )]
    Man(super::shell::ManArgs),
}

impl Args {
    /// Command that was given; the explorer by default.
    pub(super) fn into_command(self) -> Command {
        self.command.unwrap_or(Command::Explore(self.explore))
    }
}
