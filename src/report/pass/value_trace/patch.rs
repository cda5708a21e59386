//! Small tables of the patch that a kernel sees, of the kernel, and of their products.

use super::{Kind, Line, figures};
use crate::engine::value_trace::{Sum, Term};
use crate::message;
use crate::report::format::at_right;
use crate::text::Language;

/// Cells of a number in a table.
const CELL: usize = 8;

/// Table of the results of `value` for each row and column; a dot for `None`.
pub(super) fn grid(
    [rows, columns]: [usize; 2],
    value: &dyn Fn(usize, usize) -> Option<f64>,
) -> Vec<String> {
    (0..rows)
        .map(|y| {
            (0..columns)
                .map(|x| match value(y, x) {
                    Some(value) => format!("{:>CELL$}", short(value)),
                    None => format!("{:>CELL$}", "·"),
                })
                .collect()
        })
        .collect()
}

/// Number that is short enough for a table.
fn short(value: f64) -> String {
    match value.abs() {
        0.0 => "0".to_owned(),
        1e-3..1e5 => (0..=4)
            .rev()
            .map(|decimals| format!("{value:.decimals$}"))
            .find(|text| text.len() < CELL)
            .unwrap_or_else(|| format!("{value:.0}")),
        _ => format!("{value:.0e}"),
    }
}

/// Tables of the input, the weights and the products for the channel that contributes most, side by side if `width` allows.
pub(super) fn beside(sum: &Sum, width: usize, language: Language) -> Vec<Line> {
    let channel = sum.largest_channel();
    let [channels, rows, columns] = sum.kernel;
    let Some(first) = sum.terms.iter().find(|term| term.tap[0] == channel) else {
        return Vec::new();
    };
    let of = |number: fn(&Term) -> f64| {
        let value = |y: usize, x: usize| {
            let term = sum.terms.iter().find(|term| term.tap == [channel, y, x]);
            term.map(number)
        };
        grid([rows, columns], &value)
    };
    let source = first.read.cell.channel;
    let which = if channels > 1 {
        let sum = figures(sum.of_channel(channel));
        message!("value-input-channel-most", channel = source, sum = sum)
    } else {
        message!("value-input-channel", channel = source)
    };
    let note = |text: String| Line {
        kind: Kind::Note,
        text,
    };
    let plain = |text: String| Line {
        kind: Kind::Plain,
        text,
    };
    let mut lines = vec![note(language.say(&which))];
    let tables = [
        ("column-input", of(|term| term.read.value)),
        ("value-times-weight", of(|term| term.weight)),
        ("value-is-product", of(Term::product)),
    ];
    let table = columns * CELL;
    if 3 * table + 4 <= width {
        let head: Vec<String> = tables
            .iter()
            .map(|(name, _)| at_right(language.word(name), table))
            .collect();
        lines.push(note(head.join("  ")));
        for y in 0..rows {
            let row: Vec<&str> = tables.iter().map(|(_, rows)| rows[y].as_str()).collect();
            lines.push(plain(row.join("  ")));
        }
    } else {
        for (name, rows) in tables {
            lines.push(note(at_right(language.word(name), table)));
            lines.extend(rows.into_iter().map(plain));
        }
    }
    lines
}
