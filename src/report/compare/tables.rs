//! Tables of a comparison.

use super::{Comparison, Cost, Pair};
use crate::report::format::{signed, thousands};
use crate::report::grid::{Grid, Side};
use crate::report::stats::Stats;
use crate::report::{Cell, Column, Row, Subject};

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
pub type Total = [String; 4];

impl Sides<'_> {
    /// Numbers of both, and their differences: parameters, operations, activations, depth, receptive field.
    pub fn numbers(&self) -> Vec<Total> {
        let Comparison { a, b, total, .. } = self.comparison;
        let row = |label: &str, a: u128, b: u128, difference: i128| {
            [
                label.to_owned(),
                thousands(a),
                thousands(b),
                signed(difference),
            ]
        };
        let unit = self.a.analysis.rule.unit();
        let mut rows = vec![
            row("parameters", a.params, b.params, total.params),
            row(unit, a.macs, b.macs, total.macs),
            row(
                "activations",
                a.activations,
                b.activations,
                total.activations,
            ),
        ];
        let depth = |stats: &Stats| stats.depth as u128;
        let deeper = b.depth as i128 - a.depth as i128;
        rows.push(row("depth", depth(a), depth(b), deeper));
        if let (Some(of_a), Some(of_b)) = (a.receptive_field, b.receptive_field) {
            rows.push(row("receptive field", of_a, of_b, total.receptive_field));
        }
        rows
    }

    /// Table of the same numbers, with the sizes of the inputs.
    pub fn totals(&self) -> Grid {
        let Comparison { a, b, .. } = self.comparison;
        let mut grid = Grid::new([
            ("", Side::Left),
            (&a.name, Side::Right),
            (&b.name, Side::Right),
            ("difference", Side::Right),
        ]);
        for row in self.numbers() {
            grid.row(row.into());
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

    /// Table of all differences with their places and costs.
    pub fn differences(&self) -> Grid {
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

    /// Totals and differences in Markdown, with the rule and batch size that they are counted by.
    pub fn markdown(&self) -> String {
        format!(
            "{}\n{}\nCounted by rule {}, batch {}.\n",
            self.totals().markdown(),
            self.differences().markdown(),
            self.a.analysis.rule,
            self.a.batch,
        )
    }

    /// Table of these rows side by side.
    pub fn rows<'p>(
        &self,
        pairs: impl IntoIterator<Item = &'p Pair>,
        text: impl Fn(&Cell) -> String,
    ) -> Grid {
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
        for pair in pairs {
            let cell = |column: Column| {
                let of = |subject: &Subject, row: &Option<Row>| {
                    row.as_ref()
                        .map_or_else(String::new, |row| text(&subject.cell(row, column)))
                };
                [of(self.a, &pair.a), of(self.b, &pair.b)]
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
    .map(signed)
}
