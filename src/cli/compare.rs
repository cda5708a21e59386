//! `compare`: what differs between two networks, and what each difference costs.

use clap::Args as ClapArgs;
use serde_json::{Value, json};

use super::args::{Format, Shape, level, rule};
use super::output::{Failure, Output, width};
use super::subject::sound;
use crate::analysis::Rule;
use crate::report::compare::{Comparison, Cost, Mark, Pair};
use crate::report::format::{signed, thousands};
use crate::report::grid::{Grid, Side};
use crate::report::stats::Stats;
use crate::report::{Cell, Column, Level, Row, Subject, json as report_json};

#[derive(Debug, ClapArgs)]
pub(super) struct CompareArgs {
    /// A network or a spec file
    pub(super) a: String,
    /// Another one
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

/// Both networks with what differs.
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
        Format::Csv => Output::data(compared.rows(args.level, true, Cell::plain).csv()),
        Format::Markdown => Output::data(format!(
            "{}\n{}",
            compared.totals().markdown(),
            compared.differences().markdown()
        )),
        Format::Text => Output::data(compared.text(args)),
    })
}

impl Compared {
    fn unit(&self) -> &'static str {
        self.a.analysis.rule.unit()
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
        text += &format!("{}\n\n", comparison.headline(self.unit()));
        text += &self.totals().text(width(), true);
        if !comparison.differences.is_empty() {
            text.push('\n');
            text += &self.differences().text(width(), true);
        }
        let rows = self.rows(
            args.level,
            args.all || args.level == Level::Stage,
            Cell::text,
        );
        text.push('\n');
        text += &rows.text(width(), true);
        let rule = a.analysis.rule;
        text += &format!(
            "\n {} by rule {rule} ({}), batch {}; RF = receptive field of the last feature map in pixels.\n",
            self.unit(),
            rule.sentence(),
            a.batch
        );
        if args.level == Level::Stage {
            text += " `--level block` and `--level layer` show where it happens.\n";
        }
        text
    }

    /// The numbers of both, and their differences.
    fn totals(&self) -> Grid {
        let Comparison { a, b, total, .. } = &self.comparison;
        let mut grid = Grid::new([
            ("", Side::Left),
            (&a.name, Side::Right),
            (&b.name, Side::Right),
            ("difference", Side::Right),
        ]);
        let mut row = |label: &str, a: u128, b: u128, difference: i128| {
            grid.row(vec![
                label.to_owned(),
                thousands(a),
                thousands(b),
                signed(difference),
            ]);
        };
        row("parameters", a.params, b.params, total.params);
        row(self.unit(), a.macs, b.macs, total.macs);
        row(
            "activations",
            a.activations,
            b.activations,
            total.activations,
        );
        let depth = |stats: &Stats| stats.depth as u128;
        let deeper = b.depth as i128 - a.depth as i128;
        row("depth", depth(a), depth(b), deeper);
        if let (Some(of_a), Some(of_b)) = (a.receptive_field, b.receptive_field) {
            row("receptive field", of_a, of_b, total.receptive_field);
        }
        let text = |dims: &[u64]| {
            let dims: Vec<_> = dims.iter().map(u64::to_string).collect();
            dims.join("×")
        };
        grid.row(vec![
            "input".to_owned(),
            text(&a.input),
            text(&b.input),
            String::new(),
        ]);
        grid
    }

    fn differences(&self) -> Grid {
        let mut grid = Grid::new([
            ("", Side::Left),
            ("what", Side::Left),
            ("where", Side::Left),
            ("parameters", Side::Right),
            (self.a.title(Column::Macs), Side::Right),
            ("activations", Side::Right),
            ("RF", Side::Right),
        ]);
        for difference in &self.comparison.differences {
            let word = match difference.count {
                1 => difference.kind.word().to_owned(),
                count => format!("{count} {}", difference.kind.word()),
            };
            let mut row = vec![word, difference.what.clone(), places(&difference.places)];
            row.extend(cost(difference.cost));
            grid.row(row);
        }
        let mut total = vec!["total".to_owned(), String::new(), String::new()];
        total.extend(cost(self.comparison.total));
        grid.total(total);
        grid
    }

    /// The rows side by side.
    fn rows(&self, level: Level, all: bool, text: impl Fn(&Cell) -> String) -> Grid {
        let mut grid = Grid::new([
            (self.comparison.a.name.as_str(), Side::Left),
            (&self.comparison.b.name, Side::Left),
            ("mark", Side::Left),
            ("what", Side::Left),
            ("output before", Side::Left),
            ("output after", Side::Left),
            ("parameters", Side::Right),
            (self.a.title(Column::Macs), Side::Right),
            ("activations", Side::Right),
            ("RF", Side::Right),
        ]);
        for pair in self.comparison.pairs(level) {
            if pair.mark == Mark::Same && !all {
                continue;
            }
            let cell = |column: Column| {
                let of = |subject: &Subject, row: &Option<Row>| {
                    row.as_ref()
                        .map_or_else(String::new, |row| text(&subject.cell(row, column)))
                };
                [of(&self.a, &pair.a), of(&self.b, &pair.b)]
            };
            let mut row: Vec<String> = cell(Column::Path).into();
            row.push(pair.mark.word().to_owned());
            row.push(pair.what.clone());
            row.extend(cell(Column::Output));
            row.extend(cost(pair.cost));
            grid.row(row);
        }
        grid
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

/// How many places are named before the rest are counted.
const NAMED: usize = 3;

fn places(places: &[String]) -> String {
    let named: Vec<_> = places.iter().take(NAMED).map(String::as_str).collect();
    match places.len().saturating_sub(NAMED) {
        0 => named.join(" "),
        more => format!("{} +{more}", named.join(" ")),
    }
}

fn cost(cost: Cost) -> [String; 4] {
    [
        cost.params,
        cost.macs,
        cost.activations,
        cost.receptive_field,
    ]
    .map(signed)
}
