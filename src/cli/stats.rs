//! `stats`: totals, one row per stage, and the downsampling layers, on one screen.

mod fault;

use clap::Args as ClapArgs;
use serde_json::Value;

use super::flags::{Count, Format, Shape, count, named, spoken};
use super::output::{Failure, Output, width};
use super::subject::{model, sound};
use crate::analysis::{Placement, Rule, downsample, lint};
use crate::network::window::sides;
use crate::report::format::{bytes, short, thousands};
use crate::report::grid::{Grid, Side};
use crate::report::published::{Trained, percent};
use crate::report::stats::{StageStats, Stats, with_width};
use crate::report::{Column, Subject};
use crate::text::Language;
use crate::tui::text::{self, pad};

#[derive(Debug, ClapArgs)]
pub(super) struct StatsArgs {
    /// Networks or spec files
    #[arg(required = true, value_name = "NAME", value_parser = named())]
    pub(super) names: Vec<String>,
    #[command(flatten)]
    pub(super) shape: Shape,
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

pub(super) fn stats(args: &StatsArgs) -> Result<Output, Failure> {
    let rule = match args.count {
        Count::One(rule) => rule,
        Count::All => Rule::default(),
    };
    if let [name] = args.names.as_slice()
        && matches!(args.format, Format::Text | Format::Json)
    {
        let model = model(name, args.shape)?;
        if let Some(fault) = model.fault() {
            return Ok(fault::stats(args, &model, fault, rule));
        }
    }
    let subjects: Result<Vec<_>, _> = args
        .names
        .iter()
        .map(|name| sound(name, args.shape, rule))
        .collect();
    let subjects = subjects?;
    let all = matches!(args.count, Count::All);
    Ok(match args.format {
        Format::Json => {
            let mut objects: Vec<Value> =
                subjects.iter().map(|subject| json(subject, all)).collect();
            match objects.len() {
                1 => Output::json(&objects.remove(0)),
                _ => Output::json(&objects),
            }
        }
        Format::Text => {
            let language = spoken();
            let of = |subject| {
                let stats = Stats::new(subject);
                let known = if args.published {
                    known_weights(&stats)
                } else {
                    String::new()
                };
                text(subject, &stats, all, language) + &known
            };
            let texts: Vec<_> = subjects.iter().map(of).collect();
            Output::data(texts.join("\n"))
        }
        Format::Csv => Output::data(totals(&subjects, all).csv()),
        Format::Markdown => Output::data(totals(&subjects, all).markdown()),
    })
}

/// The network counted by each rule.
fn by_every_rule(subject: &Subject) -> impl Iterator<Item = Subject> {
    Rule::ALL
        .into_iter()
        .map(|rule| Subject::new(subject.model.clone(), rule, subject.batch))
}

/// Operations of one network by each rule.
fn counts(subject: &Subject) -> impl Iterator<Item = (Rule, u128)> {
    by_every_rule(subject).map(|counted| (counted.analysis.rule, counted.macs().0))
}

fn json(subject: &Subject, all: bool) -> Value {
    let mut value = serde_json::to_value(Stats::new(subject)).unwrap_or_default();
    if all {
        let counts: serde_json::Map<String, Value> = counts(subject)
            .map(|(rule, count)| {
                (
                    rule.name().to_owned(),
                    crate::report::json::cell(&crate::report::Cell::Count(count)),
                )
            })
            .collect();
        value["counts"] = counts.into();
    }
    value
}

/// Table with one row per network, or per network and rule, for CSV and Markdown.
fn totals(subjects: &[Subject], all: bool) -> Grid {
    let numbers = [
        "params",
        "buffers",
        "macs",
        "flops",
        "activations",
        "depth",
        "receptive_field",
    ];
    let left = ["name", "count", "batch"].map(|title| (title, Side::Left));
    let mut grid = Grid::new(
        left.into_iter()
            .chain(numbers.map(|title| (title, Side::Right))),
    );
    let rows = subjects.iter().flat_map(|subject| {
        if all {
            by_every_rule(subject).collect()
        } else {
            vec![subject.clone()]
        }
    });
    for subject in rows {
        let stats = Stats::new(&subject);
        grid.row(vec![
            stats.name,
            stats.count.to_owned(),
            stats.batch.to_string(),
            stats.params.to_string(),
            stats.buffers.to_string(),
            stats.macs.to_string(),
            stats.flops.to_string(),
            stats.activations.to_string(),
            stats.depth.to_string(),
            stats
                .receptive_field
                .map_or_else(String::new, |field| field.to_string()),
        ]);
    }
    grid
}

fn shape(dims: &[u64]) -> String {
    dims.iter()
        .map(u64::to_string)
        .collect::<Vec<_>>()
        .join("×")
}

/// First lines: title, name, paper and summary.
fn headline(subject: &Subject, stats: &Stats) -> String {
    let bold = anstyle::Style::new().bold();
    let file = &subject.model.spec.file;
    let mut text = format!("{bold}{}{bold:#}  {}", stats.title, stats.name);
    if let Some(paper) = &file.paper {
        let authors = paper
            .value
            .authors
            .as_ref()
            .map_or("", |authors| authors.value.as_str());
        let year = paper
            .value
            .year
            .as_ref()
            .map_or_else(String::new, |year| year.value.to_string());
        text += &format!("  ({authors} {year})");
    }
    text.push('\n');
    if let Some(summary) = &file.summary {
        text += &format!("{}\n", summary.value);
    }
    text
}

fn text(subject: &Subject, stats: &Stats, all: bool, language: Language) -> String {
    let rule = subject.analysis.rule;
    let mut text = headline(subject, stats);
    text.push('\n');
    let batch = match stats.batch {
        1 => "one image".to_owned(),
        batch => format!("a batch of {batch}"),
    };
    let mut fact = |label: &'static str, value: String, note: String| {
        let label = pad(language.known(label), 16, text::Side::Left);
        let note = language.tell(&note);
        let line = format!("  {label}{value:>16}  {note}");
        text += line.trim_end();
        text.push('\n');
    };
    fact(
        "input → output",
        shape(&stats.input),
        format!("→ {}, {batch}", shape(&stats.output)),
    );
    fact(
        "parameters",
        thousands(stats.params),
        format!(
            "{}; {} running statistics apart",
            short(stats.params),
            thousands(stats.buffers)
        ),
    );
    fact(
        rule.unit(),
        thousands(stats.macs),
        format!("{} by rule {rule}: {}", short(stats.macs), rule.sentence()),
    );
    let flops = match rule.flops_per_count() {
        1 => "as this rule counts them".to_owned(),
        factor => format!("{}, {factor} × {}", short(stats.flops), rule.unit()),
    };
    fact("FLOPs", thousands(stats.flops), flops);
    if all {
        for (rule, count) in counts(subject) {
            fact(
                rule.name(),
                thousands(count),
                format!("{}: {}", short(count), rule.sentence()),
            );
        }
    }
    let note = "elements that convolutions and linear layers put out";
    fact("activations", thousands(stats.activations), note.to_owned());
    fact(
        "depth",
        stats.depth.to_string(),
        "convolutions on the main path + linear layers".to_owned(),
    );
    if let Some(field) = stats.receptive_field {
        fact(
            "receptive field",
            match stats.receptive_field_width {
                Some(width) => format!("{}×{}", thousands(field), thousands(width)),
                None => thousands(field),
            },
            "pixels, of the last feature map".to_owned(),
        );
    }
    fact(
        "memory",
        bytes(stats.memory.weights),
        format!(
            "of weights; activations {} at most in inference, {} kept in training (f32)",
            bytes(stats.memory.peak_activations),
            bytes(stats.memory.training_activations)
        ),
    );
    if let Some((share, note)) = accuracy(subject, stats) {
        fact("accuracy", share, note);
    }
    let tables = [
        stages(subject, stats, language),
        downsampling(stats, language),
    ];
    format!("{text}\n{}\n{}", tables.join("\n"), shortcuts(subject))
}

/// Published accuracy of the best known weights at this input size, and the best of all if that is another one.
fn accuracy(subject: &Subject, stats: &Stats) -> Option<(String, String)> {
    let published = stats.published.as_ref()?;
    let network = &subject.model.network;
    // Weights that were trained on more data are only shown first if no others are known.
    let own = published
        .at_size_of(network, Trained::OnImageNet1k)
        .or_else(|| published.at_size_of(network, Trained::OnAnything))?;
    let best = published.best()?;
    let mut note = format!(
        "top-1 of {} at {}, trained on {}",
        own.weights,
        own.size,
        own.data()
    );
    if best.top1 > own.top1 {
        note += &format!(
            "; {} % by {} at {}, trained on {}",
            percent(best.top1),
            best.weights,
            best.size,
            best.data()
        );
    }
    let rows = published.accuracy.len();
    if rows > 1 {
        note += &format!("; {rows} are published");
    }
    Some((format!("{} %", percent(own.top1)), note))
}

/// All published accuracies, with their source.
fn known_weights(stats: &Stats) -> String {
    let Some(published) = &stats.published else {
        return spoken().tell_lines("\n no accuracy of trained weights is known\n");
    };
    let mut grid = Grid::new([
        ("known weights", Side::Left),
        ("size", Side::Right),
        ("top-1 %", Side::Right),
        ("top-5 %", Side::Right),
        ("crop", Side::Right),
        ("interpolation", Side::Left),
        ("trained on", Side::Left),
    ]);
    let optional =
        |number: Option<f64>| number.map_or_else(String::new, |number| number.to_string());
    for row in &published.accuracy {
        grid.row(vec![
            row.weights.clone(),
            row.size.to_string(),
            format!("{:.3}", row.top1),
            row.top5
                .map_or_else(String::new, |top5| format!("{top5:.3}")),
            optional(row.crop),
            row.interpolation.clone().unwrap_or_default(),
            row.data(),
        ]);
    }
    let told = [("on", &published.on), ("from", &published.source)];
    let told = told.map(|(word, text)| text.as_ref().map(|text| format!(" {word} {text}\n")));
    format!(
        "\n{}\n{}",
        grid.told(spoken()).text(width(), true),
        told.into_iter().flatten().collect::<String>()
    )
}

fn stages(subject: &Subject, stats: &Stats, language: Language) -> String {
    let mut grid = Grid::new(
        [
            ("stage", Side::Left),
            ("paper", Side::Left),
            ("blocks", Side::Left),
            ("output", Side::Left),
            ("parameters", Side::Right),
            (subject.title(Column::Macs), Side::Right),
            ("RF", Side::Right),
        ]
        .map(|(title, side)| (language.known(title), side)),
    );
    let row = |stage: &StageStats| {
        let blocks = stage
            .block
            .as_ref()
            .map(|block| format!("{} × {block}", stage.blocks));
        vec![
            stage.name.clone(),
            stage.paper_name.clone().unwrap_or_default(),
            blocks.unwrap_or_default(),
            shape(&stage.output),
            thousands(stage.params),
            thousands(stage.macs),
            match (stage.receptive_field, stage.receptive_field_width) {
                (Some(height), Some(width)) => {
                    format!("{}×{}", thousands(height), thousands(width))
                }
                (field, _) => field.map_or_else(String::new, thousands),
            },
        ]
    };
    for stage in stats.stem.iter().chain(&stats.stages).chain(&stats.head) {
        grid.row(row(stage));
    }
    let empty = String::new;
    grid.total(vec![
        language.word("column-total").to_owned(),
        empty(),
        empty(),
        empty(),
        thousands(stats.params),
        thousands(stats.macs),
        empty(),
    ]);
    grid.told(spoken()).text(width(), true)
}

fn downsampling(stats: &Stats, language: Language) -> String {
    let mut grid = Grid::new(
        [
            ("downsamples at", Side::Left),
            ("op", Side::Left),
            ("pixels", Side::Left),
            ("stride", Side::Right),
            ("shortcut", Side::Left),
        ]
        .map(|(title, side)| (language.known(title), side)),
    );
    for place in &stats.downsample {
        grid.row(vec![
            place.layer.clone(),
            place.op.to_owned(),
            format!("{} → {}", sides(place.from), sides(place.to)),
            with_width(place.main_stride, place.main_stride_width),
            place.shortcut.clone().unwrap_or_default(),
        ]);
    }
    grid.told(spoken()).text(width(), true)
}

/// Sentence about the kinds of shortcuts, and about the stride of the bottlenecks.
fn shortcuts(subject: &Subject) -> String {
    let network = &subject.model.network;
    let all: usize = network
        .stages()
        .iter()
        .map(|stage| stage.blocks.len())
        .sum();
    let blocks = downsample::blocks(network).len();
    let (projections, idle) = lint::projections(network);
    let language = spoken();
    let identity = match projections {
        _ if blocks == 0 && all > 0 => "no block has a shortcut: a plain net".to_owned(),
        0 => "no shortcut is a projection".to_owned(),
        some => format!("{some} of {blocks} shortcuts are projections"),
    };
    let idle = if idle == 0 {
        String::new()
    } else {
        format!(", {idle} of them where the identity would fit")
    };
    let placement = match downsample::placement(network) {
        Placement::Spatial => "; bottlenecks take the stride in the 3×3 (v1.5)",
        Placement::FirstPointwise => "; bottlenecks take the stride in the first 1×1 (v1)",
        Placement::Other => "",
    };
    let plain = if (1..all).contains(&blocks) {
        format!("; {} of {all} blocks have no shortcut", all - blocks)
    } else {
        String::new()
    };
    let parts = [identity, idle, plain, placement.to_owned()];
    format!(" {}\n", parts.map(|part| language.tell(&part)).concat())
}
