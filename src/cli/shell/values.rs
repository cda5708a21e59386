//! Values of arguments that completions offer.

use clap::builder::PossibleValuesParser;
use clap::{Arg, Command};

use crate::analysis::Rule;
use crate::engine::compiled::Isa;
use crate::engine::saliency::Method;
use crate::lesson::course;
use crate::network::Filter;
use crate::report::Column;
use crate::report::catalogue::entry::SortKey;
use crate::report::checks::rule_pages;
use crate::spec::{OutputStride, catalog};
use crate::text::Language;
use crate::tui::graphics::Protocol;
use crate::tui::kit::theme::Scheme;
use crate::weights::published;

/// A long list, which a script states once and names wherever it is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum List {
    /// Networks of the catalogue and pieces of the museum; spec files are offered too.
    Networks,
    /// Columns of the layer table, of which an argument may have several, separated by commas.
    Columns,
    /// Rules of `check` that have a page.
    Rules,
    /// Sources of weights; files are offered too.
    Weights,
    /// Published weights.
    Tags,
    /// Lessons.
    Lessons,
}

impl List {
    pub(super) const ALL: [Self; 6] = [
        Self::Networks,
        Self::Columns,
        Self::Rules,
        Self::Weights,
        Self::Tags,
        Self::Lessons,
    ];

    /// Name in scripts.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Networks => "networks",
            Self::Columns => "columns",
            Self::Rules => "rules",
            Self::Weights => "weights",
            Self::Tags => "tags",
            Self::Lessons => "lessons",
        }
    }

    /// Word that clap's scripts have in the list's place.
    pub(super) fn stand_in(self) -> String {
        format!("@{}@", self.name())
    }

    /// Whether a file may be given too.
    pub(super) const fn takes_files(self) -> bool {
        matches!(self, Self::Networks | Self::Weights)
    }

    /// Its words, each once.
    pub(super) fn words(self) -> Vec<String> {
        let tags = || {
            published::all()
                .iter()
                .map(published::PublishedWeights::name)
        };
        let mut words: Vec<String> = match self {
            Self::Networks => {
                let names = catalog::names().iter().map(ToString::to_string);
                names.chain(catalog::museum()).collect()
            }
            Self::Columns => Column::ALL.map(|column| column.key().to_owned()).into(),
            Self::Rules => rule_pages::rules().map(str::to_owned).collect(),
            Self::Weights => {
                let sources = [
                    "auto",
                    "shipped",
                    "synthetic:0",
                    "init:he:0",
                    "init:torch:0",
                ];
                sources
                    .map(str::to_owned)
                    .into_iter()
                    .chain(tags())
                    .collect()
            }
            Self::Tags => tags().collect(),
            Self::Lessons => {
                let lessons = course::lessons(Language::ENGLISH).unwrap_or_default();
                lessons.into_iter().map(|lesson| lesson.id).collect()
            }
        };
        let mut known = std::collections::HashSet::new();
        words.retain(|word| known.insert(word.clone()));
        words
    }
}

/// The program's command with the values of all arguments.
pub(super) fn with_values(root: Command) -> Command {
    let names = root.get_subcommands().map(Command::get_name);
    let commands: Vec<String> = names.map(str::to_owned).collect();
    below(root, &commands)
}

fn below(command: Command, commands: &[String]) -> Command {
    let name = command.get_name().to_owned();
    command
        .mut_args(|arg| match values(&name, commands, &arg) {
            Some(words) => arg.value_parser(PossibleValuesParser::new(words)),
            None => arg,
        })
        .mut_subcommands(|command| below(command, commands))
}

/// Words of an argument, where the program has these commands; `None` for one that has its own, or none.
fn values(command: &str, commands: &[String], arg: &Arg) -> Option<Vec<String>> {
    if let Some(list) = list(command, arg) {
        return Some(vec![list.stand_in()]);
    }
    let rules = || Rule::ALL.iter().map(|rule| rule.name());
    let words: Vec<&str> = match (command, arg.get_id().as_str()) {
        (_, "level") => vec!["stage", "block", "layer"],
        ("stats", "count") => rules().chain(["all"]).collect(),
        (_, "count") => rules().collect(),
        (_, "lang") => Language::all().map(Language::code).collect(),
        (_, "accuracy") => vec!["imagenet-1k", "all"],
        (_, "sort") => SortKey::ALL.iter().map(|key| key.name()).collect(),
        (_, "interpolation") => Filter::ALL.into_iter().map(Filter::name).collect(),
        (_, "kernel") => Isa::ALL.into_iter().map(Isa::name).collect(),
        (_, "method") => Method::ALL.iter().map(|method| method.name()).collect(),
        (_, "graphics") => {
            let names = Protocol::ALL.into_iter().map(Protocol::name);
            ["auto"].into_iter().chain(names).collect()
        }
        ("export", "theme") => return None,
        (_, "theme") => Scheme::ALL.into_iter().map(Scheme::name).collect(),
        (_, "output_stride") => {
            return Some(OutputStride::ALL.map(|stride| stride.to_string()).into());
        }
        ("man", "command") => return Some(commands.to_vec()),
        _ => return None,
    };
    Some(words.into_iter().map(str::to_owned).collect())
}

/// The list of an argument.
fn list(command: &str, arg: &Arg) -> Option<List> {
    match (command, arg.get_id().as_str()) {
        ("fetch" | "remove", "name") => Some(List::Tags),
        ("show" | "diff" | "infer", _) => None,
        (_, "name" | "names" | "a" | "b" | "net" | "with") => Some(List::Networks),
        (_, "columns") => Some(List::Columns),
        (_, "explain") => Some(List::Rules),
        (_, "weights") => Some(List::Weights),
        ("lesson", "id") | (_, "lesson") => Some(List::Lessons),
        _ => None,
    }
}
