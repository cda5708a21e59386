//! `stats`: totals, one row per stage, and the downsampling layers, on one screen.

use clap::Args as ClapArgs;
use serde_json::{Value, json};

use super::flags::{Count, Format, Shape, count, named, spoken};
use super::output::{Failure, Output, render_all, width};
use super::subject::{model, sound};
use crate::analysis::{Placement, Rule, downsample, lint};
use crate::lower::Model;
use crate::message;
use crate::network::LayerId;
use crate::network::window::sides;
use crate::report::catalogue::published::Trained;
use crate::report::checks::check;
use crate::report::checks::json::CheckReport;
use crate::report::format::{self, bytes, dims, short, thousands, with_sign};
use crate::report::grid::{Grid, Side};
use crate::report::network::stats::{StageStats, Stats, with_width};
use crate::report::{Column, Subject};
use crate::text::{Argument, Joint, Language, Message};
use crate::tui::kit::text::{self, pad};

#[derive(Debug, ClapArgs)]
pub(super) struct StatsArgs {
    #[arg(required = true, value_name = "NAME", value_parser = named())]
    pub(super) names: Vec<String>,
    #[command(flatten)]
    pub(super) shape: Shape,
    #[arg(long, value_name = "RULE", default_value = "conv+fc", value_parser = count)]
    pub(super) count: Count,
    #[arg(long)]
    pub(super) published: bool,
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
            let idle = match args.count {
                _ if args.published => Some("--published"),
                Count::All => Some("--count all"),
                Count::One(_) => None,
            };
            if let Some(option) = idle {
                let message = message!("stats-idle-fault", option = option);
                return Err(Failure::usage(message));
            }
            return Ok(up_to_fault(args, &model, fault, rule));
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
                    crate::report::network::json::cell(&crate::report::Cell::Count(count)),
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

/// First lines: title, name, paper and summary.
fn headline(subject: &Subject, stats: &Stats, language: Language) -> String {
    let bold = anstyle::Style::new().bold();
    let file = &subject.model.spec.file;
    let mut text = format!("{bold}{}{bold:#}  {}", stats.title.of(language), stats.name);
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
    if let Some(summary) = subject.model.summary() {
        text += &format!("{}\n", summary.of(language));
    }
    text
}

fn text(subject: &Subject, stats: &Stats, all: bool, language: Language) -> String {
    let rule = subject.analysis.rule;
    let mut text = headline(subject, stats, language);
    text.push('\n');
    let mut fact = |label: Message, value: String, note: Message| {
        let label = pad(&language.say(&label), 16, text::Side::Left);
        let line = format!("  {label}{value:>16}  {}", language.say(&note));
        text += line.trim_end();
        text.push('\n');
    };
    fact(
        message!("stats-shape"),
        dims(&stats.input),
        message!(
            "stats-output",
            shape = dims(&stats.output),
            batch = stats.batch
        ),
    );
    fact(
        message!("column-parameters"),
        thousands(stats.params),
        message!(
            "stats-parameters",
            count = short(stats.params),
            statistics = thousands(stats.buffers),
        ),
    );
    fact(
        rule.unit(),
        thousands(stats.macs),
        message!(
            "stats-by-rule",
            count = short(stats.macs),
            rule = rule.name(),
            sentence = rule.sentence(),
        ),
    );
    let flops = match rule.flops_per_count() {
        1 => message!("stats-flops-as-counted"),
        factor => message!(
            "stats-flops-of-count",
            count = short(stats.flops),
            factor = factor,
            unit = rule.unit(),
        ),
    };
    fact(message!("stats-flops"), thousands(stats.flops), flops);
    if all {
        for (rule, count) in counts(subject) {
            fact(
                Message::of(rule.name()),
                thousands(count),
                message!(
                    "rule-and-sentence",
                    rule = short(count),
                    sentence = rule.sentence()
                ),
            );
        }
    }
    fact(
        message!("column-activations"),
        thousands(stats.activations),
        message!("stats-activations"),
    );
    fact(
        message!("column-depth"),
        thousands(stats.depth as u128),
        message!("stats-depth"),
    );
    if let Some(field) = stats.receptive_field {
        fact(
            message!("stats-receptive-field"),
            match stats.receptive_field_width {
                Some(width) => dims([field, width].map(thousands)),
                None => thousands(field),
            },
            message!("stats-field-pixels"),
        );
    }
    fact(
        message!("stats-memory"),
        bytes(stats.memory.weights),
        message!(
            "stats-memory-parts",
            inference = bytes(stats.memory.peak_activations),
            training = bytes(stats.memory.training_activations),
        ),
    );
    if let Some((share, note)) = accuracy(subject, stats) {
        fact(message!("stats-accuracy"), share, note);
    }
    let tables = [
        stages(subject, stats, language),
        downsampling(stats, language),
    ];
    format!("{text}\n{}\n{}", tables.join("\n"), shortcuts(subject))
}

/// Published accuracy of the best known weights at this input size, and the best of all if that is another one.
fn accuracy(subject: &Subject, stats: &Stats) -> Option<(String, Message)> {
    let published = stats.published.as_ref()?;
    let network = &subject.model.network;
    // Weights that were trained on more data are only shown first if no others are known.
    let own = published
        .at_size_of(network, Trained::OnImageNet1k)
        .or_else(|| published.at_size_of(network, Trained::OnAnything))?;
    let best = published.best()?;
    let mut notes = vec![message!(
        "stats-top1",
        weights = &own.weights,
        size = own.size,
        data = own.data(),
    )];
    if best.top1 > own.top1 {
        notes.push(message!(
            "stats-best-top1",
            share = format::accuracy(best.top1),
            weights = &best.weights,
            size = best.size,
            data = best.data(),
        ));
    }
    let rows = published.accuracy.len();
    if rows > 1 {
        notes.push(message!("stats-published", count = rows));
    }
    let notes = Message::of(Joint::Semicolon.of(notes));
    Some((with_sign(format::accuracy(own.top1)), notes))
}

/// All published accuracies, with their source.
fn known_weights(stats: &Stats) -> String {
    let Some(published) = &stats.published else {
        return format!("\n {}\n", spoken().word("stats-no-accuracy"));
    };
    let mut grid = Grid::new([
        (message!("label-known-weights"), Side::Left),
        (message!("column-size"), Side::Right),
        (Message::of("top-1 %"), Side::Right),
        (Message::of("top-5 %"), Side::Right),
        (message!("label-crop"), Side::Right),
        (message!("label-interpolation"), Side::Left),
        (message!("stats-trained-on"), Side::Left),
    ]);
    let optional =
        |number: Option<f64>| number.map_or_else(String::new, |number| number.to_string());
    for row in &published.accuracy {
        let top5 = row.top5.map(|top5| format!("{top5:.3}"));
        grid.row([
            Argument::from(&row.weights),
            row.size.to_string().into(),
            format!("{:.3}", row.top1).into(),
            top5.unwrap_or_default().into(),
            optional(row.crop).into(),
            row.interpolation.clone().unwrap_or_default().into(),
            row.data().into(),
        ]);
    }
    let on = published.on.as_ref();
    let source = published.source.as_ref();
    let notice = [
        on.map(|on| message!("stats-tested-on", images = on)),
        source.map(|source| message!("stats-source", source = source)),
    ];
    let notice = notice.map(|text| text.map(|text| format!(" {}\n", spoken().say(&text))));
    format!(
        "\n{}\n{}",
        grid.in_language(spoken()).text(width(), true),
        notice.into_iter().flatten().collect::<String>()
    )
}

fn stages(subject: &Subject, stats: &Stats, language: Language) -> String {
    let mut grid = Grid::new([
        (message!("stats-stage"), Side::Left),
        (message!("column-paper"), Side::Left),
        (message!("level-blocks"), Side::Left),
        (message!("column-output"), Side::Left),
        (message!("column-parameters"), Side::Right),
        (subject.title(Column::Macs), Side::Right),
        (message!("column-rf"), Side::Right),
    ]);
    let row = |stage: &StageStats| {
        let blocks = stage
            .block
            .as_ref()
            .map(|block| format!("{} × {block}", stage.blocks));
        vec![
            stage.name.clone(),
            stage.paper_name.clone().unwrap_or_default(),
            blocks.unwrap_or_default(),
            dims(&stage.output),
            thousands(stage.params),
            thousands(stage.macs),
            match (stage.receptive_field, stage.receptive_field_width) {
                (Some(height), Some(width)) => dims([height, width].map(thousands)),
                (field, _) => field.map_or_else(String::new, thousands),
            },
        ]
    };
    for stage in stats.stem.iter().chain(&stats.stages).chain(&stats.head) {
        grid.row(row(stage));
    }
    let empty = String::new;
    grid.total([
        language.word("column-total").to_owned(),
        empty(),
        empty(),
        empty(),
        thousands(stats.params),
        thousands(stats.macs),
        empty(),
    ]);
    grid.in_language(spoken()).text(width(), true)
}

fn downsampling(stats: &Stats, language: Language) -> String {
    let mut grid = Grid::new([
        (message!("stats-downsamples-at"), Side::Left),
        (message!("column-op"), Side::Left),
        (message!("stats-pixels"), Side::Left),
        (message!("column-stride"), Side::Right),
        (message!("column-shortcut"), Side::Left),
    ]);
    for place in &stats.downsample {
        let shortcut = place.shortcut.clone();
        grid.row([
            Argument::from(&place.layer),
            place.op.into(),
            format!("{} → {}", sides(place.from), sides(place.to)).into(),
            with_width(place.main_stride, place.main_stride_width).into(),
            shortcut.map_or_else(|| "".into(), Into::into),
        ]);
    }
    grid.in_language(language).text(width(), true)
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
        _ if blocks == 0 && all > 0 => message!("stats-plain-net"),
        0 => message!("stats-no-projection"),
        some if idle > 0 => message!(
            "stats-idle-projections",
            count = some,
            blocks = blocks,
            idle = idle,
        ),
        some => message!("stats-projections", count = some, blocks = blocks),
    };
    let plain = (1..all)
        .contains(&blocks)
        .then(|| message!("stats-no-shortcut", count = all - blocks, blocks = all));
    let placement = match downsample::placement(network) {
        Placement::Spatial => Some(message!("stats-stride-in-spatial")),
        Placement::FirstPointwise => Some(message!("stats-stride-in-first")),
        Placement::Other => None,
    };
    let parts = std::iter::once(identity).chain(plain).chain(placement);
    let parts = Message::of(Joint::Semicolon.of(parts));
    format!(" {}\n", language.say(&parts))
}

/// Totals of the layers before the faulty one, labelled as such.
fn up_to_fault(args: &StatsArgs, model: &Model, fault: LayerId, rule: Rule) -> Output {
    let language = spoken();
    let path = model.network[fault].path.to_string();
    let subject = Subject::new(model.before(fault), rule, args.shape.batch);
    let stats = Stats::new(&subject);
    let mut output = if args.format == Format::Json {
        let mut value = json!(stats);
        value["ends_before"] = json!(path);
        value["problems"] = json!(CheckReport::new(&stats.name, &check(model)).problems);
        Output::json(&value)
    } else {
        let before = language.say(&message!("stats-before-fault", path = path));
        let text = format!(
            "{} {before}\n\n{}\n{}\n{}",
            headline(&subject, &stats, language) + "\n",
            stages(&subject, &stats, language),
            downsampling(&stats, language),
            render_all(&model.problems)
        );
        Output::data(text)
    };
    output.code = 1;
    output
}
