//! `list`: the catalogue.

use super::args::{Format, ListArgs};
use super::output::{Failure, Output, width};
use crate::report::format::{short, thousands};
use crate::report::grid::{Grid, Side};
use crate::report::list::{Entry, SortKey, entries};

pub(super) fn list(args: &ListArgs) -> Result<Output, Failure> {
    let mut entries = entries().map_err(|problems| Failure::problems(&problems))?;
    if let Some(family) = &args.family {
        let wanted = family.to_lowercase();
        entries.retain(|entry| entry.family.to_lowercase().contains(&wanted));
        if entries.is_empty() {
            return Err(Failure::failed(format!(
                "no family's name contains `{family}`"
            )));
        }
    }
    args.sort.sort(&mut entries);
    if args.format == Format::Json {
        return Ok(Output::json(&entries));
    }
    let exact = args.format == Format::Csv;
    let number = |number: u128| {
        if exact {
            number.to_string()
        } else {
            short(number)
        }
    };
    let mut grid = Grid::new([
        ("name", Side::Left),
        ("title", Side::Left),
        ("family", Side::Left),
        ("input", Side::Left),
        ("params", Side::Right),
        ("macs", Side::Right),
        ("depth", Side::Right),
        ("year", Side::Right),
    ]);
    for entry in &entries {
        let input: Vec<_> = entry.input.iter().map(u64::to_string).collect();
        grid.row(vec![
            entry.name.clone(),
            entry.title.clone(),
            entry.family.clone(),
            input.join(if exact { "x" } else { "×" }),
            number(entry.params),
            number(entry.macs),
            entry.depth.to_string(),
            entry.year.map_or_else(String::new, |year| year.to_string()),
        ]);
    }
    Ok(Output::data(match args.format {
        Format::Csv => grid.csv(),
        Format::Markdown => grid.markdown(),
        Format::Text | Format::Json => text(&grid, &entries, args.sort),
    }))
}

fn text(grid: &Grid, entries: &[Entry], sort: SortKey) -> String {
    let shipped: Vec<_> = entries
        .iter()
        .filter(|entry| entry.weights)
        .map(|entry| entry.name.as_str())
        .collect();
    let mut text = grid.text(width(), true);
    text += &format!(
        "\n {} networks, sorted by {}; macs by rule conv+fc, one image.\n",
        thousands(entries.len() as u128),
        sort.name()
    );
    if !shipped.is_empty() {
        text += &format!(
            " Trained weights are in the binary for: {}.\n",
            shipped.join(", ")
        );
    }
    text
}
