//! `list`: the catalogue.

use clap::Args as ClapArgs;

use super::flags::{Format, spoken};
use super::output::{Failure, Output, width};
use crate::message;
use crate::report::format::{short, thousands};
use crate::report::grid::{Grid, Side};
use crate::report::list::{Entry, SortKey, entries, families};
use crate::report::published::{Accuracy, Trained};

#[derive(Debug, ClapArgs)]
pub(super) struct ListArgs {
    /// Only networks whose family contains this
    #[arg(long, value_name = "FAMILY")]
    pub(super) family: Option<String>,
    /// Only networks with each of these words in their name, title, aliases, family, summary or paper
    #[arg(long, value_name = "TEXT")]
    pub(super) search: Option<String>,
    /// A row a family in place of a network
    #[arg(long)]
    pub(super) families: bool,
    /// Sort by: catalogue, name, params, macs, activations, depth, rf, year or top1 (published accuracy)
    #[arg(long, value_name = "KEY", default_value = "catalogue", value_parser = sort_key)]
    pub(super) sort: SortKey,
    /// Accuracy of weights trained on imagenet-1k alone, or of all known weights
    #[arg(long, value_name = "DATA", default_value = "imagenet-1k", value_parser = trained)]
    pub(super) accuracy: Trained,
    /// Form of the output
    #[arg(long, default_value = "text")]
    pub(super) format: Format,
}

fn trained(text: &str) -> Result<Trained, String> {
    Trained::parse(text).ok_or_else(|| "write imagenet-1k or all".to_owned())
}

fn sort_key(text: &str) -> Result<SortKey, String> {
    SortKey::parse(text).ok_or_else(|| {
        let keys: Vec<_> = SortKey::ALL.iter().map(|key| key.name()).collect();
        format!("the keys are: {}", keys.join(", "))
    })
}

pub(super) fn list(args: &ListArgs) -> Result<Output, Failure> {
    let mut entries = entries().map_err(|problems| Failure::problems(&problems))?;
    for entry in &mut entries {
        entry.compare(args.accuracy);
    }
    if let Some(family) = &args.family {
        let wanted = family.to_lowercase();
        entries.retain(|entry| entry.family.to_lowercase().contains(&wanted));
        if entries.is_empty() {
            return Err(Failure::failed(format!(
                "no family's name contains `{family}`; `list --families` shows them"
            )));
        }
    }
    if let Some(text) = &args.search {
        entries.retain(|entry| entry.matches(text));
        if entries.is_empty() {
            return Err(Failure::failed(format!(
                "no network has `{text}` in its name, title, aliases, family, summary or paper"
            )));
        }
    }
    args.sort.sort(&mut entries);
    if args.families {
        return Ok(of_families(args, &entries));
    }
    if args.format == Format::Json {
        return Ok(Output::json(&entries));
    }
    let grid = networks(&entries, args.format == Format::Csv, args.accuracy);
    let mut output = Output::data(match args.format {
        Format::Csv => grid.csv(),
        Format::Markdown => grid.markdown(),
        Format::Text | Format::Json => text(&grid, &entries, args),
    });
    output.stderr += &broken(&entries);
    Ok(output)
}

/// Message about invalid specs in the user's folder.
fn broken(entries: &[Entry]) -> String {
    let told = entries.iter().filter_map(|entry| {
        let error = spoken().tell(entry.error.as_ref()?);
        let name = &entry.name;
        let broken = message!("list-broken", name = name, error = error);
        Some(spoken().say(&broken) + "\n")
    });
    told.collect()
}

fn number(exact: bool) -> impl Fn(u128) -> String {
    move |number| {
        if exact {
            number.to_string()
        } else {
            short(number)
        }
    }
}

fn networks(entries: &[Entry], exact: bool, trained: Trained) -> Grid {
    let number = number(exact);
    let mut columns = vec![
        ("name", Side::Left),
        ("title", Side::Left),
        ("family", Side::Left),
        ("input", Side::Left),
        ("params", Side::Right),
        ("macs", Side::Right),
        ("depth", Side::Right),
        ("year", Side::Right),
        ("top1", Side::Left),
    ];
    if exact {
        columns.extend([
            ("top1_size", Side::Right),
            ("top1_weights", Side::Left),
            ("top1_data", Side::Left),
        ]);
    } else if trained == Trained::OnAnything {
        columns.push(("trained on", Side::Left));
    }
    let mut grid = Grid::new(columns);
    for entry in entries {
        if entry.error.is_some() {
            // A spec with errors only has a name; its problem is reported below the table.
            let mut row = vec![
                entry.name.clone(),
                entry.title.clone(),
                entry.family.clone(),
            ];
            row.resize(if exact { 11 } else { 9 }, String::new());
            grid.row(row);
            continue;
        }
        let input: Vec<_> = entry.input.iter().map(u64::to_string).collect();
        let mut row = vec![
            entry.name.clone(),
            entry.title.clone(),
            entry.family.clone(),
            input.join(if exact { "x" } else { "×" }),
            number(entry.params),
            number(entry.macs),
            entry.depth.to_string(),
            entry.year.map_or_else(String::new, |year| year.to_string()),
        ];
        match &entry.accuracy {
            Some(best) if exact => row.extend([
                best.top1.to_string(),
                best.size.to_string(),
                best.weights.clone(),
                match &best.on {
                    Some(_) => best.data(),
                    None => best.data.clone().unwrap_or_default(),
                },
            ]),
            None if exact => row.extend([const { String::new() }; 4]),
            _ => row.push(entry.top1()),
        }
        if !exact && trained == Trained::OnAnything {
            let data = entry.accuracy.as_ref().map(Accuracy::data);
            row.push(data.unwrap_or_default());
        }
        grid.row(row);
    }
    grid
}

fn text(grid: &Grid, entries: &[Entry], args: &ListArgs) -> String {
    let shipped: Vec<_> = entries
        .iter()
        .filter(|entry| entry.weights)
        .map(|entry| entry.name.as_str())
        .collect();
    let mut notes = format!(
        "\n {} networks, sorted by {}; macs by rule conv+fc, one image.\n",
        thousands(entries.len() as u128),
        args.sort.name()
    );
    if entries.iter().any(|entry| entry.accuracy.is_some()) {
        notes += match args.accuracy {
            Trained::OnImageNet1k => {
                " top1: published accuracy in percent of weights trained on ImageNet-1k alone, the best at this input, or at the size after @; `--accuracy all` compares all.\n"
            }
            Trained::OnAnything => {
                " top1: published accuracy in percent, the best of known weights at this input, or at the size after @; + is not of ImageNet-1k alone.\n"
            }
        };
    }
    if !shipped.is_empty() {
        notes += &format!(
            " Trained weights are in the binary for: {}.\n",
            shipped.join(", ")
        );
    }
    grid.told(spoken()).text(width(), true) + &spoken().tell_lines(&notes)
}

fn of_families(args: &ListArgs, entries: &[Entry]) -> Output {
    let families = families(entries);
    if args.format == Format::Json {
        return Output::json(&families);
    }
    let exact = args.format == Format::Csv;
    let number = number(exact);
    let [family, networks, years] = ["family", "networks", "years"];
    let ranges = if exact {
        ["fewest_params", "most_params", "fewest_macs", "most_macs"]
    } else {
        ["fewest params", "most params", "fewest macs", "most macs"]
    };
    let mut columns = vec![
        (family, Side::Left),
        (networks, Side::Right),
        (years, Side::Left),
    ];
    columns.extend(ranges.map(|title| (title, Side::Right)));
    let mut grid = Grid::new(columns);
    for family in &families {
        let years = match family.years {
            Some([first, last]) if first == last => first.to_string(),
            Some([first, last]) => format!("{first}–{last}"),
            None => String::new(),
        };
        grid.row(vec![
            family.family.clone(),
            family.networks.len().to_string(),
            years,
            number(family.params[0]),
            number(family.params[1]),
            number(family.macs[0]),
            number(family.macs[1]),
        ]);
    }
    Output::data(match args.format {
        Format::Csv => grid.csv(),
        Format::Markdown => grid.markdown(),
        Format::Text | Format::Json => {
            let note = format!(
                "\n {} networks in {} families; macs by rule conv+fc, one image.\n",
                entries.len(),
                families.len()
            );
            grid.told(spoken()).text(width(), true) + &spoken().tell_lines(&note)
        }
    })
}
