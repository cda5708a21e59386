//! The flags as typed.

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

use crate::analysis::Rule;
use crate::report::list::SortKey;
use crate::report::{Column, Level};

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
    List(ListArgs),
    /// Totals of a network, a row a stage, and where it downsamples
    #[command(
        after_help = "Example: resnet-explore stats resnet50 resnet50_v1 --input-size 320x224"
    )]
    Stats(StatsArgs),
    /// The layer table: a row a stage, block or layer
    #[command(
        after_help = "Example: resnet-explore table resnet50 --level layer --columns path,output,params,macs"
    )]
    Table(TableArgs),
    /// Shapes, legality and downsample placement of networks and specs
    #[command(
        after_help = "Example: resnet-explore check my_resnet.toml --max-params 26M --max-macs 4.1G --format sarif"
    )]
    Check(CheckArgs),
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
    Run(RunArgs),
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
    /// The command; without one, the explorer.
    pub(super) fn into_command(self) -> Command {
        self.command.unwrap_or(Command::Explore(self.explore))
    }
}

/// The commands' names.
pub(super) fn command_names() -> Vec<String> {
    use clap::CommandFactory;
    let names = Args::command();
    names
        .get_subcommands()
        .map(|command| command.get_name().to_owned())
        .collect()
}

/// What every command on a network takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ClapArgs)]
pub(super) struct Shape {
    /// Input size: 224, or height x width as in 224x320
    #[arg(long, value_name = "SIZE", value_parser = input_size)]
    pub(super) input_size: Option<[u64; 2]>,
    /// Images at once
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..=crate::network::limits::BATCH))]
    pub(super) batch: u64,
    /// Number of classes, in place of the spec's own
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=crate::network::limits::CHANNELS))]
    pub(super) classes: Option<u64>,
}

impl Shape {
    /// What stands in place of what the spec says.
    pub(super) const fn overrides(self) -> crate::lower::Overrides {
        crate::lower::Overrides {
            input_size: self.input_size,
            classes: self.classes,
        }
    }
}

impl Default for Shape {
    /// One image of the spec's own size and classes.
    fn default() -> Self {
        Self {
            input_size: None,
            batch: 1,
            classes: None,
        }
    }
}

fn scheme(text: &str) -> Result<crate::tui::theme::Scheme, String> {
    use crate::tui::theme::Scheme;
    Scheme::parse(text).ok_or_else(|| {
        let names: Vec<_> = Scheme::ALL.into_iter().map(Scheme::name).collect();
        format!("one of {}", names.join(", "))
    })
}

fn input_size(text: &str) -> Result<[u64; 2], String> {
    let limit = crate::network::limits::SIDE;
    let side = |text: &str| match text.parse::<u64>() {
        Ok(side) if (1..=limit).contains(&side) => Ok(side),
        _ => Err(format!(
            "write a side as 224, or height x width as in 224x320; each from 1 to {limit}"
        )),
    };
    match text.split_once(['x', 'X', '×']) {
        Some((height, width)) => Ok([side(height)?, side(width)?]),
        None => side(text).map(|side| [side; 2]),
    }
}

/// What is counted as an operation.
#[derive(Debug, Clone, Copy)]
pub(super) enum Count {
    One(Rule),
    All,
}

fn count(text: &str) -> Result<Count, String> {
    if text == "all" {
        return Ok(Count::All);
    }
    Rule::parse(text).map(Count::One).ok_or_else(|| {
        let rules: Vec<_> = Rule::ALL.iter().map(|rule| rule.name()).collect();
        format!("the rules are: {}, all", rules.join(", "))
    })
}

pub(super) fn rule(text: &str) -> Result<Rule, String> {
    match count(text)? {
        Count::One(rule) => Ok(rule),
        Count::All => Err(
            "this command counts by one rule; `stats --count all` shows them side by side"
                .to_owned(),
        ),
    }
}

fn batches(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(number @ 1..=1000) => Ok(number),
        _ => Err("write a number of batches from 1 to 1000".to_owned()),
    }
}

pub(super) fn level(text: &str) -> Result<Level, String> {
    Level::parse(text).ok_or_else(|| "write stage, block or layer".to_owned())
}

fn sort_key(text: &str) -> Result<SortKey, String> {
    SortKey::parse(text).ok_or_else(|| {
        let keys: Vec<_> = SortKey::ALL.iter().map(|key| key.name()).collect();
        format!("the keys are: {}", keys.join(", "))
    })
}

fn column(text: &str) -> Result<Column, String> {
    Column::parse(text).ok_or_else(|| {
        let keys: Vec<_> = Column::ALL.iter().map(|column| column.key()).collect();
        format!("the columns are: {}", keys.join(", "))
    })
}

/// In which form data comes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    Text,
    /// Exact integers, for scripts
    Json,
    /// For spreadsheets
    Csv,
    /// For documents
    Markdown,
}

#[derive(Debug, ClapArgs)]
pub(super) struct ExploreArgs {
    /// A network or a spec file; the catalogue unless given
    pub(super) name: Option<String>,
    #[command(flatten)]
    pub(super) shape: Shape,
    /// The explorer's colours: dark, light, contrast or none; those that fit the terminal unless given
    #[arg(long, value_name = "COLOURS", value_parser = scheme)]
    pub(super) theme: Option<crate::tui::theme::Scheme>,
    /// Draw the explorer with ASCII alone
    #[arg(long)]
    pub(super) ascii: bool,
    /// How the explorer draws feature maps: auto, blocks, kitty, sixel or iterm2
    #[arg(long, value_name = "PROTOCOL", default_value = "auto", value_parser = super::explore::graphics)]
    pub(super) graphics: super::explore::Graphics,
    /// Open a lesson beside the views (`lesson --list` lists them)
    #[arg(long, value_name = "ID", conflicts_with = "name")]
    pub(super) lesson: Option<String>,
    /// Language of the explorer and its lessons: en or zh; the locale's unless given
    #[arg(long, value_name = "LANG", value_parser = super::lesson::language)]
    pub(super) lang: Option<crate::lesson::Language>,
    /// Begin the explorer as at the first start, and remember nothing of it
    #[arg(long)]
    pub(super) fresh: bool,
    /// Play keys from a file in the explorer: words such as `/50 Enter wait:1 Down`
    #[arg(long, value_name = "FILE")]
    pub(super) replay: Option<std::path::PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(super) struct ListArgs {
    /// Only networks whose family contains this
    #[arg(long, value_name = "FAMILY")]
    pub(super) family: Option<String>,
    /// Only networks with each of these words in their name, title, aliases, family, summary or paper
    #[arg(long, value_name = "TEXT")]
    pub(super) search: Option<String>,
    /// A row a family in place of a network
    #[arg(long)]
    pub(super) families: bool,
    /// Sort by: catalogue, name, params, macs, activations, depth, rf, year or top1 (published accuracy)
    #[arg(long, value_name = "KEY", default_value = "catalogue", value_parser = sort_key)]
    pub(super) sort: SortKey,
    /// Form of the output
    #[arg(long, default_value = "text")]
    pub(super) format: Format,
}

#[derive(Debug, ClapArgs)]
pub(super) struct StatsArgs {
    /// Networks or spec files
    #[arg(required = true, value_name = "NAME")]
    pub(super) names: Vec<String>,
    #[command(flatten)]
    pub(super) shape: Shape,
    /// Language: en or zh; the locale's unless given
    #[arg(long, value_name = "LANG", value_parser = super::lesson::language)]
    pub(super) lang: Option<crate::lesson::Language>,
    /// Rule to count operations by: conv+fc, torch, fvcore, ptflops, ptflops-aten, thop, torchinfo, convnet-burden, tf-profiler; or all
    #[arg(long, value_name = "RULE", default_value = "conv+fc", value_parser = count)]
    pub(super) count: Count,
    /// Show the published accuracy of all known weights
    #[arg(long)]
    pub(super) published: bool,
    /// Form of the output
    #[arg(long, default_value = "text")]
    pub(super) format: Format,
}

#[derive(Debug, ClapArgs)]
pub(super) struct TableArgs {
    /// A network or a spec file
    pub(super) name: String,
    #[command(flatten)]
    pub(super) shape: Shape,
    /// How far to unfold: stage, block or layer
    #[arg(long, default_value = "layer", value_parser = level)]
    pub(super) level: Level,
    /// Columns, separated by commas, such as path,output,params; any other word lists them
    #[arg(long, value_name = "A,B,C", value_delimiter = ',', value_parser = column)]
    pub(super) columns: Vec<Column>,
    /// Rule to count operations by: conv+fc, torch, fvcore, ptflops, ptflops-aten, thop, torchinfo, convnet-burden or tf-profiler
    #[arg(long, value_name = "RULE", default_value = "conv+fc", value_parser = rule)]
    pub(super) count: Rule,
    /// Form of the output
    #[arg(long, default_value = "text")]
    pub(super) format: Format,
    #[command(flatten)]
    pub(super) prepare: super::prepare::PrepareArgs,
}

#[derive(Debug, ClapArgs)]
pub(super) struct CheckArgs {
    /// Networks or spec files
    #[arg(required_unless_present_any = ["all", "explain"], value_name = "NAME")]
    pub(super) names: Vec<String>,
    /// Every network of the catalogue
    #[arg(long, conflicts_with = "names")]
    pub(super) all: bool,
    /// Print what the book says about a rule: what it means, why it matters, an example, the repair
    #[arg(long, value_name = "RULE", conflicts_with_all = ["names", "all"])]
    pub(super) explain: Option<String>,
    #[command(flatten)]
    pub(super) shape: Shape,
    /// Language: en or zh; the locale's unless given
    #[arg(long, value_name = "LANG", value_parser = super::lesson::language)]
    pub(super) lang: Option<crate::lesson::Language>,
    /// Apply the repairs of errors and warnings to the spec files; with `all`, those of notes too
    #[arg(long, value_name = "WHICH", num_args = 0..=1, default_missing_value = "worst", require_equals = true, conflicts_with_all = ["all", "weights"], value_parser = ["worst", "all"])]
    pub(super) fix: Option<String>,
    /// With --fix: write the repaired spec here, and leave the one that is read as it is
    #[arg(short, long, value_name = "FILE", requires = "fix")]
    pub(super) output: Option<std::path::PathBuf>,
    /// Also ask whether this checkpoint fits
    #[arg(long, value_name = "FILE")]
    pub(super) weights: Option<String>,
    /// Form of the output
    #[arg(long, default_value = "text")]
    pub(super) format: super::check::CheckFormat,
    #[command(flatten)]
    pub(super) budget: super::check::budget::BudgetArgs,
}

#[derive(Debug, ClapArgs)]
pub(super) struct RunArgs {
    /// A network or a spec file
    pub(super) name: String,
    #[command(flatten)]
    pub(super) shape: Shape,
    /// shipped, synthetic:SEED or a checkpoint: .safetensors, .pth or .pt
    #[arg(long, value_name = "SRC")]
    pub(super) weights: Option<String>,
    /// sample:N (a shipped picture), synthetic:SEED or an image file; several pictures are a batch
    #[arg(long, value_name = "SRC")]
    pub(super) input: Vec<String>,
    #[command(flatten)]
    pub(super) engine: super::engine::EngineArgs,
    /// The plain kernels, layer by layer: the reference, in double precision where the network needs it
    #[arg(long, conflicts_with_all = ["threads", "kernel", "direct"])]
    pub(super) plain: bool,
    /// Batch normalisation by the batch's own statistics, with the plain kernels
    #[arg(long, conflicts_with_all = ["threads", "kernel", "direct"])]
    pub(super) train: bool,
    /// Look into this batch normalisation, with --train: its statistics, formula, histogram and running statistics
    #[arg(long, value_name = "PATH", requires = "train", conflicts_with_all = ["input", "until", "layers", "top", "format"])]
    pub(super) bn: Option<String>,
    /// How many batches move the running statistics, with --bn
    #[arg(long, value_name = "N", default_value_t = 5, requires = "bn", value_parser = batches)]
    pub(super) batches: usize,
    /// The channel to look at, with --bn
    #[arg(long, value_name = "C", default_value_t = 0, requires = "bn")]
    pub(super) channel: usize,
    /// Stop behind this layer
    #[arg(long, value_name = "PATH")]
    pub(super) until: Option<String>,
    /// Show every layer's statistics
    #[arg(long)]
    pub(super) layers: bool,
    /// Explain one value: PATH:CHANNEL,ROW,COLUMN as in conv1:0,12,7, or PATH:FEATURE as in fc:3
    #[arg(long, value_name = "PATH:C,Y,X", value_parser = super::value::wanted, conflicts_with_all = ["until", "layers"])]
    pub(super) value: Option<super::value::Wanted>,
    /// With --value: how many products of each sum to show, the largest first
    #[arg(long, value_name = "N", default_value_t = 9, requires = "value")]
    pub(super) products: usize,
    /// How many classes to show
    #[arg(long, value_name = "K", default_value_t = 5)]
    pub(super) top: usize,
    /// Form of the output
    #[arg(long, default_value = "text")]
    pub(super) format: Format,
    #[command(flatten)]
    pub(super) prepare: super::prepare::PrepareArgs,
}
