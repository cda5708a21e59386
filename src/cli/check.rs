//! `check`: problems of networks and specs, and notes about them.

mod fix;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Instant;

use clap::{Args as ClapArgs, ValueEnum};

use super::budget::BudgetArgs;
use super::flags::{Shape, named, rule, spoken};
use super::output::{Failure, Output, render_all, to_terminal};
use super::subject::model;
use crate::analysis::{Rule, downsample};
use crate::kernels::team::share;
use crate::lower::Model;
use crate::message;
use crate::network::window::sides;
use crate::report::checks::found::Found;
use crate::report::checks::json::CheckReport;
use crate::report::grid::{Grid, Side};
use crate::report::{self, Subject, checks::rule_pages};
use crate::spec::problem::{did_you_mean, nearest};
use crate::spec::{Problem, Severity, catalog, has_errors};
use crate::text::system::Reason;
use crate::text::{Joint, Language, Message};

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
    #[arg(long, value_name = "URL", value_parser = docs_url)]
    pub(in crate::cli) docs_url: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) budget: BudgetArgs,
    #[arg(long, value_name = "RULE", default_value = "conv+fc", value_parser = rule, help_heading = "Budgets")]
    pub(in crate::cli) count: Rule,
}

/// Parses the absolute address of the book, without the slash at its end.
fn docs_url(text: &str) -> Result<String, Reason> {
    let is_absolute = ["http://", "https://", "file://"]
        .iter()
        .any(|scheme| text.len() > scheme.len() && text.starts_with(scheme));
    let is_plain = |c: char| c.is_ascii_graphic() && !"<>\"{}|\\^`".contains(c);
    if is_absolute && text.chars().all(is_plain) {
        return Ok(text.trim_end_matches('/').to_owned());
    }
    Err(Reason::new(message!("call-form-url")))
}

/// Network that was checked, with its results.
struct Checked {
    name: String,
    model: Option<Model>,
    problems: Vec<Problem>,
    /// Sentences about the budgets that are met.
    kept: Vec<Message>,
    /// The changes that make weights fit, for people.
    undone: String,
    /// Time that it took.
    seconds: f64,
}

impl Checked {
    fn found(&self) -> Found<'_> {
        Found {
            name: &self.name,
            problems: &self.problems,
            source: self.model.as_ref().map(|model| &*model.spec.source),
            kept: &self.kept,
            seconds: self.seconds,
        }
    }
}

pub(super) fn check(args: &CheckArgs) -> Result<Output, Failure> {
    if let Some(rule) = &args.explain {
        return explain(rule, spoken());
    }
    let (names, mut notice) = match &args.fix {
        Some(which) => fix::fix(args, which)?,
        None if args.all => (catalog::all_names(), String::new()),
        None => (args.names.clone(), String::new()),
    };
    let checked = share(&names, |name| {
        let began = Instant::now();
        let mut checked = one(name.clone(), args)?;
        checked.seconds = began.elapsed().as_secs_f64();
        Ok(checked)
    });
    let checked = checked
        .into_iter()
        .collect::<Result<Vec<Checked>, Failure>>()?;
    let failed = checked.iter().any(|one| has_errors(&one.problems));
    let found: Vec<Found<'_>> = checked.iter().map(Checked::found).collect();
    let mut output = match args.format {
        CheckFormat::Junit => Output::data(report::checks::junit::junit(&found)),
        CheckFormat::Sarif => Output::json(&report::checks::sarif::sarif(
            &found,
            args.docs_url.as_deref(),
        )),
        CheckFormat::Github => Output::data(report::checks::github::github(&found, spoken())),
        CheckFormat::Json => {
            let mut reports: Vec<_> = checked
                .iter()
                .map(|one| CheckReport::new(&one.name, &one.problems))
                .collect();
            match reports.len() {
                1 => Output::json(&reports.remove(0)),
                _ => Output::json(&reports),
            }
        }
        CheckFormat::Text => Output::data(text(&checked, args.all, spoken())),
        CheckFormat::Csv => Output::data(grid(&checked).csv()),
        CheckFormat::Markdown => Output::data(grid(&checked).markdown()),
    };
    if args.format == CheckFormat::Text && to_terminal() {
        output.stdout += &pages(&checked, spoken());
    }
    notice.extend(checked.iter().map(|one| one.undone.as_str()));
    output.stderr = notice + &output.stderr;
    output.code = u8::from(failed);
    Ok(output)
}

/// Text of the book about a rule.
fn explain(rule: &str, language: Language) -> Result<Output, Failure> {
    let Some(text) = rule_pages::text(rule, language) else {
        let help = if let Some(near) = nearest(rule, rule_pages::rules()) {
            did_you_mean(near)
        } else {
            let rules = Joint::Comma.of(rule_pages::rules());
            message!("check-known-rules", rules = rules)
        };
        let notice = message!("check-no-rule", rule = rule, help = help);
        return Err(Failure::usage(notice));
    };
    Ok(Output::data(format!("{}\n", text.trim_end())))
}

/// Pages of the book about the broken rules.
fn pages(checked: &[Checked], language: Language) -> String {
    let problems = checked.iter().flat_map(|one| &one.problems);
    let rules: BTreeSet<&str> = problems.map(|problem| problem.rule).collect();
    let lines = rules.into_iter().map(|rule| {
        let page = rule_pages::page(rule);
        language.say(&message!("check-page", page = page, rule = rule))
    });
    lines.map(|line| line + "\n").collect()
}

fn one(name: String, args: &CheckArgs) -> Result<Checked, Failure> {
    if let Some(failure) = super::fit::named_as_checkpoint(&name) {
        return Err(failure);
    }
    let opened = crate::lower::open(&name, &args.shape.overrides());
    if let Err(problems) = &opened
        && problems
            .iter()
            .all(|problem| problem.rule == "unknown-network")
    {
        // An unknown name is a wrong call, and is reported as one.
        return model(&name, args.shape).map(|model| Checked {
            name,
            model: Some(model),
            problems: Vec::new(),
            kept: Vec::new(),
            undone: String::new(),
            seconds: 0.0,
        });
    }
    if opened.is_err()
        && let Some(failure) = super::fit::alone(&name)
    {
        return Err(failure);
    }
    Ok(match opened {
        Err(problems) => Checked {
            name,
            model: None,
            problems,
            kept: Vec::new(),
            undone: String::new(),
            seconds: 0.0,
        },
        Ok(model) => {
            let mut problems = report::checks::check(&model);
            let mut undone = String::new();
            if let Some(path) = args.weights.as_deref() {
                let entry = args.entry.as_deref();
                let (found, changes) = super::fit::findings(&model, path, entry)?;
                problems.extend(found);
                undone = changes;
            }
            let mut kept = Vec::new();
            // The costs of a network with errors are unknown.
            if args.budget.any() && !has_errors(&model.problems) {
                let subject = Subject::new(model.clone(), args.count, args.shape.batch);
                let held = args.budget.hold(&subject);
                problems.extend(held.exceeded);
                kept = held.kept;
                report::checks::check::sort(&mut problems);
            }
            Checked {
                name,
                model: Some(model),
                problems,
                kept,
                undone,
                seconds: 0.0,
            }
        }
    })
}

fn text(checked: &[Checked], brief: bool, language: Language) -> String {
    let mut text = share(checked, |one| paragraph(one, brief, language)).concat();
    if brief {
        let failed = checked
            .iter()
            .filter(|one| has_errors(&one.problems))
            .count();
        text += &language.say(&message!(
            "check-checked",
            count = checked.len(),
            wrong = failed
        ));
        text.push('\n');
    }
    text
}

/// Problems, verdict and met budgets of one network.
fn paragraph(one: &Checked, brief: bool, language: Language) -> String {
    let mut text = String::new();
    let count = |severity| {
        one.problems
            .iter()
            .filter(|problem| problem.severity == severity)
            .count()
    };
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let notice: Vec<Problem> = one
        .problems
        .iter()
        .filter(|problem| !brief || problem.severity > Severity::Note)
        .cloned()
        .collect();
    if !notice.is_empty() {
        text += &render_all(&notice);
        text.push('\n');
    }
    text += &verdict(&one.name, (errors, warnings), one.model.as_ref(), language);
    for kept in &one.kept {
        let kept = message!("check-within-budget", name = &one.name, kept = kept.clone());
        text += &language.say(&kept);
        text.push('\n');
    }
    text
}

fn verdict(
    name: &str,
    (errors, warnings): (usize, usize),
    model: Option<&Model>,
    language: Language,
) -> String {
    if errors > 0 {
        let notice = message!("check-errors", count = errors);
        return if warnings > 0 {
            let warned = message!("check-warnings", count = warnings);
            let both = message!(
                "check-both",
                name = name,
                errors = notice,
                warnings = warned
            );
            language.say(&both) + "\n"
        } else {
            let notice = message!("problem-about", path = name, problem = notice);
            language.say(&notice) + "\n"
        };
    }
    let Some(model) = model else {
        return language.say(&message!("check-nothing", name = name)) + "\n";
    };
    let subject = Subject::new(model.clone(), Rule::default(), 1);
    let network = &subject.model.network;
    let mut sizes: Vec<String> = subject
        .analysis
        .downsample
        .iter()
        .map(|place| place.from)
        .chain(subject.analysis.downsample.last().map(|place| place.to))
        .map(sides)
        .collect();
    if sizes.is_empty() {
        // No layer downsamples, so it has the input's size throughout.
        let side = network.reads().and_then(crate::network::Shape::size);
        sizes.extend(side.map(sides));
    }
    let all: usize = network
        .stages()
        .iter()
        .map(|stage| stage.blocks.len())
        .sum();
    let adding = downsample::blocks(network).len();
    let pixels = sizes.join(" → ");
    let facts = if adding == 0 && all > 0 {
        message!(
            "check-facts-plain",
            layers = network.len(),
            blocks = all,
            pixels = pixels,
        )
    } else {
        message!(
            "check-facts",
            layers = network.len(),
            blocks = adding,
            pixels = pixels,
        )
    };
    let verdict = if warnings > 0 {
        let warned = message!("check-warnings", count = warnings);
        message!(
            "check-ok-but",
            name = name,
            warnings = warned,
            facts = facts
        )
    } else {
        message!("check-ok", name = name, facts = facts)
    };
    language.say(&verdict) + "\n"
}

fn grid(checked: &[Checked]) -> Grid {
    let columns = [
        "name", "severity", "rule", "place", "path", "message", "help",
    ];
    let mut grid = Grid::new(columns.map(|title| (title, Side::Left)));
    for one in checked {
        for problem in &one.problems {
            let help = problem.help.as_ref();
            let help = help.map(|help| Language::ENGLISH.say(help));
            grid.row(vec![
                one.name.clone(),
                problem.severity.name().to_owned(),
                problem.rule.to_owned(),
                problem
                    .place
                    .as_ref()
                    .map(ToString::to_string)
                    .unwrap_or_default(),
                problem.path.clone().unwrap_or_default(),
                Language::ENGLISH.say(&problem.message),
                help.unwrap_or_default(),
            ]);
        }
    }
    grid
}
