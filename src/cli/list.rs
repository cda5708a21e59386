//! `list`: the catalogue.

use clap::Args as ClapArgs;

use super::flags::{Format, one_of, spoken};
use super::output::{Failure, Output, width};
use crate::message;
use crate::report::catalogue::columns::{Column, Form, table};
use crate::report::catalogue::entry::{Entry, SortKey, entries, families};
use crate::report::catalogue::published::Trained;
use crate::report::format::short;
use crate::report::grid::{Grid, Side};
use crate::spec::published::nearest_recipe;
use crate::text::system::Reason;
use crate::text::{Argument, Joint, Message};

#[derive(Debug, ClapArgs)]
pub(super) struct ListArgs {
    #[arg(long, value_name = "FAMILY")]
    pub(super) family: Option<String>,
    #[arg(long, value_name = "TEXT")]
    pub(super) search: Option<String>,
    #[arg(long)]
    pub(super) families: bool,
    #[arg(long, value_name = "KEY", default_value = "catalogue", value_parser = sort_key)]
    pub(super) sort: SortKey,
    #[arg(long, value_name = "DATA", default_value = "imagenet-1k", value_parser = trained)]
    pub(super) accuracy: Trained,
    #[arg(long, default_value = "text")]
    pub(super) format: Format,
}

pub(super) fn trained(text: &str) -> Result<Trained, Reason> {
    Trained::parse(text).ok_or_else(|| match nearest_recipe(text) {
        Some(near) => one_of(["imagenet-1k", "all", near]),
        None => one_of(["imagenet-1k", "all"]),
    })
}

fn sort_key(text: &str) -> Result<SortKey, Reason> {
    SortKey::parse(text).ok_or_else(|| one_of(SortKey::ALL.iter().map(|key| key.name())))
}

pub(super) fn list(args: &ListArgs) -> Result<Output, Failure> {
    let mut entries = entries().map_err(|problems| Failure::problems(&problems))?;
    for entry in &mut entries {
        entry.compare(args.accuracy);
    }
    if let Some(family) = &args.family {
        let wanted = family.to_lowercase();
        entries.retain(|entry| {
            let mut names = entry.family.all();
            names.any(|family| family.to_lowercase().contains(&wanted))
        });
        if entries.is_empty() {
            let none = message!("list-no-family", family = family);
            return Err(Failure::failed(none));
        }
    }
    if let Some(text) = &args.search {
        entries.retain(|entry| entry.matches(text));
        if entries.is_empty() {
            let none = message!("list-no-network", text = text);
            return Err(Failure::failed(none));
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
        Format::Markdown => grid.in_language(spoken()).markdown(),
        Format::Text | Format::Json => text(&grid, &entries, args),
    });
    output.stderr += &broken(&entries);
    Ok(output)
}

/// Message about invalid specs in the user's folder.
fn broken(entries: &[Entry]) -> String {
    let notice = entries.iter().filter_map(|entry| {
        let error = entry.problem.clone()?;
        let name = &entry.name;
        let broken = message!("list-broken", name = name, error = error);
        Some(spoken().say(&broken) + "\n")
    });
    notice.collect()
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
    if exact {
        return table(entries, &Column::ALL, Form::Exact);
    }
    let mut columns = Column::USUAL.to_vec();
    if trained != Trained::OnImageNet1k {
        columns.push(Column::Top1Data);
    }
    table(entries, &columns, Form::Short)
}

fn text(grid: &Grid, entries: &[Entry], args: &ListArgs) -> String {
    let shipped: Vec<_> = entries
        .iter()
        .filter(|entry| entry.weights)
        .map(|entry| entry.name.as_str())
        .collect();
    let mut notes = vec![message!(
        "list-sorted",
        count = entries.len(),
        key = args.sort.name(),
    )];
    if entries.iter().any(|entry| entry.accuracy.is_some()) {
        notes.push(match args.accuracy {
            Trained::OnImageNet1k => message!("list-top1-imagenet"),
            Trained::OnAnything => message!("list-top1-any"),
            Trained::By(tag) => message!("list-top1-by", tag = tag),
        });
    }
    if !shipped.is_empty() {
        notes.push(message!("list-built-in", names = Joint::Comma.of(shipped)));
    }
    let notes = notes
        .into_iter()
        .map(|note| format!(" {}\n", spoken().say(&note)));
    let notes: String = notes.collect();
    format!(
        "{}\n{notes}",
        grid.in_language(spoken()).text(width(), true)
    )
}

fn of_families(args: &ListArgs, entries: &[Entry]) -> Output {
    let families = families(entries);
    if args.format == Format::Json {
        return Output::json(&families);
    }
    let exact = args.format == Format::Csv;
    let number = number(exact);
    let ranges = if exact {
        ["fewest_params", "most_params", "fewest_macs", "most_macs"].map(Message::of)
    } else {
        [
            message!("list-fewest-params"),
            message!("list-most-params"),
            message!("list-fewest-macs"),
            message!("list-most-macs"),
        ]
    };
    let mut columns = vec![
        (message!("label-family"), Side::Left),
        (message!("label-networks"), Side::Right),
        (message!("label-years"), Side::Left),
    ];
    columns.extend(ranges.map(|title| (title, Side::Right)));
    let mut grid = Grid::new(columns);
    for family in &families {
        let years = match family.years {
            Some([first, last]) if first == last => first.to_string(),
            Some([first, last]) => format!("{first}–{last}"),
            None => String::new(),
        };
        grid.row([
            Argument::from(&family.family),
            family.networks.len().to_string().into(),
            years.into(),
            number(family.params[0]).into(),
            number(family.params[1]).into(),
            number(family.macs[0]).into(),
            number(family.macs[1]).into(),
        ]);
    }
    Output::data(match args.format {
        Format::Csv => grid.csv(),
        Format::Markdown => grid.in_language(spoken()).markdown(),
        Format::Text | Format::Json => {
            let note = message!(
                "list-in-families",
                count = entries.len(),
                families = families.len(),
            );
            let note = spoken().say(&note);
            format!(
                "{}\n {note}\n",
                grid.in_language(spoken()).text(width(), true)
            )
        }
    })
}
