//! Tables of a comparison.

use super::{Comparison, Cost, Mark, Pair};
use crate::message;
use crate::report::checks::found::Usage;
use crate::report::format::{difference, dims, percent_of, share, thousands};
use crate::report::grid::{Grid, Side};
use crate::report::network::stats::Stats;
use crate::report::{Cell, Column, Row, Subject};
use crate::text::{Argument, Language, Message};

/// Two networks with their differences.
#[derive(Debug, Clone, Copy)]
pub struct Sides<'s> {
    /// First network.
    pub a: &'s Subject,
    /// Second network, counted by the same rule.
    pub b: &'s Subject,
    /// Differences.
    pub comparison: &'s Comparison,
}

/// Number of both networks: its name, its value in the first and in the second, and the difference.
pub type Total = (Message, [String; 3]);

impl Sides<'_> {
    /// Numbers of both, and their differences: parameters, operations, activations, depth, receptive field.
    pub fn numbers(&self) -> Vec<Total> {
        let Comparison { a, b, total, .. } = self.comparison;
        let row = |label: Message, a: u128, b: u128, more: i128| {
            (label, [thousands(a), thousands(b), difference(more)])
        };
        let mut rows = vec![
            row(
                message!("column-parameters"),
                a.params,
                b.params,
                total.params,
            ),
            row(self.a.title(Column::Macs), a.macs, b.macs, total.macs),
            row(
                message!("column-activations"),
                a.activations,
                b.activations,
                total.activations,
            ),
        ];
        let depth = |stats: &Stats| stats.depth as u128;
        let deeper = b.depth as i128 - a.depth as i128;
        rows.push(row(message!("column-depth"), depth(a), depth(b), deeper));
        if let (Some(of_a), Some(of_b)) = (a.receptive_field, b.receptive_field) {
            let label = message!("stats-receptive-field");
            rows.push(row(label, of_a, of_b, total.receptive_field));
        }
        rows
    }

    /// Table of the same numbers, with the sizes of the inputs, under the networks' names.
    pub fn totals(&self) -> Grid {
        let Comparison { a, b, .. } = self.comparison;
        self.numbers_under([
            (&a.name).into(),
            (&b.name).into(),
            message!("label-difference").into(),
        ])
    }

    /// Table of the same numbers, under headings for the first network, the second and the difference.
    fn numbers_under(&self, headings: [Argument; 3]) -> Grid {
        let Comparison { a, b, .. } = self.comparison;
        let headings = headings.map(|heading| (heading, Side::Right));
        let label = (Argument::from(""), Side::Left);
        let mut grid = Grid::new(std::iter::once(label).chain(headings));
        for (label, [a, b, difference]) in self.numbers() {
            grid.row([label.into(), a.into(), b.into(), Argument::from(difference)]);
        }
        grid.row([
            message!("column-input").into(),
            dims(&a.input).into(),
            dims(&b.input).into(),
            Argument::from(""),
        ]);
        grid
    }

    /// Table of all differences with their places and costs.
    pub fn differences(&self) -> Grid {
        let mut grid = Grid::new([
            (Message::of(""), Side::Left),
            (message!("column-difference"), Side::Left),
            (message!("heading-where"), Side::Left),
            (message!("column-parameters"), Side::Right),
            (self.a.title(Column::Macs), Side::Right),
            (message!("column-activations"), Side::Right),
            (message!("column-rf"), Side::Right),
        ]);
        for difference in &self.comparison.differences {
            let word = match difference.count {
                1 => difference.kind.word(),
                count => {
                    message!("mark-counted", count = count, mark = difference.kind.word())
                }
            };
            let mut row: Vec<Argument> = vec![
                word.into(),
                difference.what.clone().into(),
                places(&difference.places).into(),
            ];
            row.extend(cost(difference.cost).map(Argument::from));
            grid.row(row);
        }
        let mut total: Vec<Argument> = vec![message!("column-total").into(), "".into(), "".into()];
        total.extend(cost(self.comparison.total).map(Argument::from));
        grid.total(total);
        grid
    }

    /// A comment for a change: the difference in a sentence, totals before and after, the second network's budgets as bars, and all
    /// differences in a part that opens, with the rule and batch size that they are counted by.
    pub fn markdown(&self, budgets: &[Usage], language: Language) -> String {
        let Comparison { a, b, .. } = self.comparison;
        let headline = self.comparison.headline(self.a.analysis.rule.unit());
        let count = self.comparison.differences.len();
        let mut text = format!("### `{}` → `{}`\n\n", a.name, b.name);
        text += &format!("{}\n\n", language.say(&headline));
        let headings = ["heading-before", "heading-after", "heading-change"];
        let totals = self.numbers_under(headings.map(|id| Message::new(id).into()));
        text += &format!("{}\n", totals.in_language(language).markdown());
        if !budgets.is_empty() {
            text += &format!("{}\n", bars(budgets).in_language(language).markdown());
        }
        if count > 0 {
            let summary = language.say(&message!("compare-summary", count = count));
            let table = self.differences().in_language(language).markdown();
            text += &format!("<details><summary>{summary}</summary>\n\n{table}\n</details>\n\n");
        }
        let counted = message!(
            "compare-counted",
            rule = self.a.analysis.rule.name(),
            batch = self.a.batch,
        );
        text + &format!("{}\n", language.say(&counted))
    }

    /// Table of these rows side by side.
    pub fn rows<'p>(
        &self,
        pairs: impl IntoIterator<Item = &'p Pair>,
        text: impl Fn(&Cell) -> Argument,
    ) -> Grid {
        let mut grid = Grid::new([
            (Message::of(&self.comparison.a.name), Side::Left),
            (Message::of(&self.comparison.b.name), Side::Left),
            (message!("label-mark"), Side::Left),
            (message!("column-difference"), Side::Left),
            (message!("column-output-before"), Side::Left),
            (message!("column-output-after"), Side::Left),
            (message!("column-parameters"), Side::Right),
            (self.a.title(Column::Macs), Side::Right),
            (message!("column-activations"), Side::Right),
            (message!("column-rf"), Side::Right),
        ]);
        for pair in pairs {
            let cell = |column: Column| {
                let of = |subject: &Subject, row: &Option<Row>| {
                    let cell = row.as_ref().map(|row| text(&subject.cell(row, column)));
                    cell.unwrap_or_else(|| "".into())
                };
                [of(self.a, &pair.a), of(self.b, &pair.b)]
            };
            let mut row: Vec<Argument> = cell(Column::Path).into();
            row.push(match pair.mark {
                Mark::Same => "".into(),
                mark => mark.word().into(),
            });
            row.push(pair.what.clone().map_or_else(|| "".into(), Into::into));
            row.extend(cell(Column::Output));
            row.extend(cost(pair.cost).map(Argument::from));
            grid.row(row);
        }
        grid
    }
}

/// Cells of a bar that is full.
const CELLS: usize = 20;

/// Table of budgets: each with its cost, its limit and a bar of its use.
fn bars(budgets: &[Usage]) -> Grid {
    let mut grid = Grid::new([
        (message!("compare-budget"), Side::Left),
        (message!("compare-budget-cost"), Side::Right),
        (message!("compare-budget-limit"), Side::Right),
        (message!("compare-budget-used"), Side::Left),
    ]);
    for Usage {
        what,
        amounts: [cost, limit],
        shown,
        ..
    } in budgets
    {
        // Only a budget that is used up has a full bar.
        let full = (share(*cost, *limit) * CELLS as f64) as usize;
        let full = full.min(CELLS);
        let bar = "█".repeat(full) + &"░".repeat(CELLS - full);
        let sign = if cost <= limit { "✅" } else { "❌" };
        let [cost_shown, limit_shown] = shown.clone();
        grid.row::<Argument>([
            what.clone().into(),
            cost_shown.into(),
            limit_shown.into(),
            format!("{sign} `{bar}` {}", percent_of(*cost, *limit)).into(),
        ]);
    }
    grid
}

/// Number of places that are named before the rest are only counted.
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
    .map(difference)
}
