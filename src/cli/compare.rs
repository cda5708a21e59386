//! `compare`: the differences between two networks, and the cost of each.

use clap::Args as ClapArgs;
use serde_json::{Value, json};

use super::budget::{BudgetArgs, Held};
use super::flags::{Format, Shape, level, named, rule, spoken};
use super::list::trained;
use super::output::{Failure, Output, width};
use super::subject::sound;
use crate::analysis::Rule;
use crate::message;
use crate::report::catalogue::published::{Accuracy, Published, Trained};
use crate::report::compare::{Comparison, Mark, Pair, Sides};
use crate::report::format::accuracy;
use crate::report::{Cell, Column, Level, Row, Subject, network::json as report_json};
use crate::text::{Language, Message};

#[derive(Debug, ClapArgs)]
pub(super) struct CompareArgs {
    #[arg(value_parser = named())]
    pub(super) a: String,
    #[arg(value_parser = named())]
    pub(super) b: String,
    #[command(flatten)]
    pub(super) shape: Shape,
    #[arg(long, default_value = "stage", value_parser = level)]
    pub(super) level: Level,
    #[arg(long)]
    pub(super) all: bool,
    #[arg(long, value_name = "RULE", default_value = "conv+fc", value_parser = rule)]
    pub(super) count: Rule,
    #[arg(long, value_name = "DATA", default_value = "imagenet-1k", value_parser = trained)]
    pub(super) accuracy: Trained,
    #[arg(long, default_value = "text")]
    pub(super) format: Format,
    #[command(flatten)]
    pub(super) budget: BudgetArgs,
}

/// Both networks with their comparison.
struct Compared {
    a: Subject,
    b: Subject,
    comparison: Comparison,
    /// Budgets of the second network.
    held: Held,
}

pub(super) fn compare(args: &CompareArgs) -> Result<Output, Failure> {
    let a = sound(&args.a, args.shape, args.count)?;
    let b = sound(&args.b, args.shape, args.count)?;
    let comparison = Comparison::new(&a, &b);
    let held = args.budget.hold(&b);
    let compared = Compared {
        a,
        b,
        comparison,
        held,
    };
    let mut output = match args.format {
        Format::Json => Output::json(&compared.json(args)),
        Format::Csv => {
            let pairs = compared.comparison.pairs(args.level);
            let plain = |cell: &Cell| cell.plain().into();
            Output::data(compared.sides().rows(pairs, plain).csv())
        }
        Format::Markdown => Output::data(compared.sides().markdown(&compared.held.usage, spoken())),
        Format::Text => Output::data(compared.text(args)),
    };
    let exceeded = &compared.held.exceeded;
    if !exceeded.is_empty() {
        let notice = Failure::problems(exceeded).into_output();
        output.stderr = notice.stderr;
        output.code = notice.code;
    }
    Ok(output)
}

impl Compared {
    fn unit(&self) -> Message {
        self.a.analysis.rule.unit()
    }

    fn sides(&self) -> Sides<'_> {
        Sides {
            a: &self.a,
            b: &self.b,
            comparison: &self.comparison,
        }
    }

    fn text(&self, args: &CompareArgs) -> String {
        let Self {
            a, b, comparison, ..
        } = self;
        let bold = anstyle::Style::new().bold();
        let (name_a, name_b) = (&comparison.a.name, &comparison.b.name);
        let mut text = format!(
            "{bold}{}{bold:#}  {name_a}  →  {bold}{}{bold:#}  {name_b}\n",
            a.model.title().of(spoken()),
            b.model.title().of(spoken())
        );
        let headline = comparison.headline(self.unit());
        text += &format!("{}\n\n", spoken().say(&headline));
        text += &self
            .sides()
            .totals()
            .in_language(spoken())
            .text(width(), true);
        if !comparison.differences.is_empty() {
            text.push('\n');
            text += &self
                .sides()
                .differences()
                .in_language(spoken())
                .text(width(), true);
        }
        let mut pairs = comparison.pairs(args.level);
        if !args.all && args.level != Level::Stage {
            pairs.retain(|pair| pair.mark != Mark::Same);
        }
        text.push('\n');
        text += &self
            .sides()
            .rows(pairs, Cell::shown)
            .in_language(spoken())
            .text(width(), true);
        let rule = a.analysis.rule;
        let note = message!(
            "compare-note",
            unit = rule.unit(),
            rule = rule.name(),
            sentence = rule.sentence(),
            batch = a.batch,
        );
        let help = message!("compare-levels-help");
        let help = (args.level == Level::Stage).then_some(help);
        text.push('\n');
        let accuracy = self.accuracy(args.accuracy);
        let kept = self.held.kept.iter().map(|kept| {
            let name = &self.b.model.spec.name;
            message!("check-within-budget", name = name, kept = kept.clone())
        });
        for note in accuracy.into_iter().chain([note]).chain(help).chain(kept) {
            text += &format!(" {}\n", spoken().say(&note));
        }
        text
    }

    /// Published accuracies of both networks, each the best of weights of this kind.
    fn accuracies(&self, trained: Trained) -> [Option<Accuracy>; 2] {
        [&self.a, &self.b].map(|subject| {
            let published = Published::of_subject(subject)?;
            let network = &subject.model.network;
            published.at_size_of(network, trained).cloned()
        })
    }

    /// The accuracies in a line; none where one is unknown and no kind was asked for.
    fn accuracy(&self, trained: Trained) -> Option<Message> {
        let both = self.accuracies(trained);
        if both.contains(&None) && trained == Trained::default() {
            return None;
        }
        let [a, b] = both.map(|own| match own {
            Some(own) => message!(
                "compare-accuracy-of",
                share = accuracy(own.top1),
                weights = &own.weights,
                size = own.size
            ),
            None => message!("label-unknown"),
        });
        let data = trained.words();
        Some(message!("compare-accuracy", data = data, a = a, b = b))
    }

    fn json(&self, args: &CompareArgs) -> Value {
        let level = args.level;
        let [accuracy_a, accuracy_b] = self.accuracies(args.accuracy);
        let Comparison {
            a,
            b,
            total,
            differences,
            ..
        } = &self.comparison;
        let rows: Vec<_> = self
            .comparison
            .pairs(level)
            .into_iter()
            .map(|pair| self.pair(pair))
            .collect();
        let budgets = self.held.usage.iter().map(|usage| {
            let [cost, limit] = usage.amounts;
            json!({ "rule": usage.rule, "cost": cost, "limit": limit, "ok": cost <= limit })
        });
        let mut data = json!({
            "a": a,
            "b": b,
            "count": self.a.analysis.rule.name(),
            "batch": self.a.batch,
            "accuracy": { "a": accuracy_a, "b": accuracy_b },
            "headline": self.comparison.headline(self.unit()),
            "difference": total,
            "differences": differences,
            "rows": rows,
        });
        if args.budget.any() {
            data["budgets"] = budgets.collect();
        }
        data
    }

    fn pair(&self, pair: &Pair) -> Value {
        let row = |subject: &Subject, row: &Option<Row>| {
            row.as_ref().map_or(Value::Null, |row| {
                let cell = |column| report_json::cell(&subject.cell(row, column));
                json!({
                    "path": cell(Column::Path),
                    "output": cell(Column::Output),
                    "params": cell(Column::Params),
                    "macs": cell(Column::Macs),
                    "activations": cell(Column::Activations),
                })
            })
        };
        json!({
            "mark": pair.mark,
            "what": pair.what.as_ref().map_or_else(String::new, |what| Language::ENGLISH.say(what)),
            "a": row(&self.a, &pair.a),
            "b": row(&self.b, &pair.b),
            "difference": pair.cost,
        })
    }
}
