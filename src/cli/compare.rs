//! `compare`: the differences between two networks, and the cost of each.

use clap::Args as ClapArgs;
use serde_json::{Value, json};

use super::flags::{Format, Shape, level, named, rule, spoken};
use super::output::{Failure, Output, width};
use super::subject::sound;
use crate::analysis::Rule;
use crate::report::compare::{Comparison, Mark, Pair, Sides};
use crate::report::{Cell, Column, Level, Row, Subject, json as report_json};

#[derive(Debug, ClapArgs)]
pub(super) struct CompareArgs {
    /// A network or a spec file
    #[arg(value_parser = named())]
    pub(super) a: String,
    /// Another one
    #[arg(value_parser = named())]
    pub(super) b: String,
    #[command(flatten)]
    pub(super) shape: Shape,
    /// Rows below the differences: stage, block or layer
    #[arg(long, default_value = "stage", value_parser = level)]
    pub(super) level: Level,
    /// Show the rows that are the same, too
    #[arg(long)]
    pub(super) all: bool,
    /// Rule to count operations by: conv+fc, torch, fvcore, ptflops, ptflops-aten, thop, torchinfo, convnet-burden or tf-profiler
    #[arg(long, value_name = "RULE", default_value = "conv+fc", value_parser = rule)]
    pub(super) count: Rule,
    /// Form of the output
    #[arg(long, default_value = "text")]
    pub(super) format: Format,
}

/// Both networks with their comparison.
struct Compared {
    a: Subject,
    b: Subject,
    comparison: Comparison,
}

pub(super) fn compare(args: &CompareArgs) -> Result<Output, Failure> {
    let a = sound(&args.a, args.shape, args.count)?;
    let b = sound(&args.b, args.shape, args.count)?;
    let comparison = Comparison::new(&a, &b);
    let compared = Compared { a, b, comparison };
    Ok(match args.format {
        Format::Json => Output::json(&compared.json(args.level)),
        Format::Csv => {
            let pairs = compared.comparison.pairs(args.level);
            Output::data(compared.sides().rows(pairs, Cell::plain).csv())
        }
        Format::Markdown => Output::data(compared.sides().markdown()),
        Format::Text => Output::data(compared.text(args)),
    })
}

impl Compared {
    fn unit(&self) -> &'static str {
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
        let Self { a, b, comparison } = self;
        let bold = anstyle::Style::new().bold();
        let (name_a, name_b) = (&comparison.a.name, &comparison.b.name);
        let mut text = format!(
            "{bold}{}{bold:#}  {name_a}  →  {bold}{}{bold:#}  {name_b}\n",
            a.model.title(),
            b.model.title()
        );
        let headline = comparison.headline(self.unit());
        text += &format!("{}\n\n", spoken().tell(&headline));
        text += &self.sides().totals().told(spoken()).text(width(), true);
        if !comparison.differences.is_empty() {
            text.push('\n');
            text += &self
                .sides()
                .differences()
                .told(spoken())
                .text(width(), true);
        }
        let mut pairs = comparison.pairs(args.level);
        if !args.all && args.level != Level::Stage {
            pairs.retain(|pair| pair.mark != Mark::Same);
        }
        text.push('\n');
        text += &self
            .sides()
            .rows(pairs, Cell::text)
            .told(spoken())
            .text(width(), true);
        let rule = a.analysis.rule;
        let mut notes = format!(
            "\n {} by rule {rule} ({}), batch {}; RF = receptive field of the last feature map in pixels.\n",
            self.unit(),
            rule.sentence(),
            a.batch
        );
        if args.level == Level::Stage {
            notes += " `--level block` and `--level layer` show where it happens.\n";
        }
        text + &spoken().tell_lines(&notes)
    }

    fn json(&self, level: Level) -> Value {
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
        json!({
            "a": a,
            "b": b,
            "count": self.a.analysis.rule.name(),
            "batch": self.a.batch,
            "headline": self.comparison.headline(self.unit()),
            "difference": total,
            "differences": differences,
            "rows": rows,
        })
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
            "what": pair.what,
            "a": row(&self.a, &pair.a),
            "b": row(&self.b, &pair.b),
            "difference": pair.cost,
        })
    }
}
