//! `weights show`: a checkpoint's tensors.

use std::collections::BTreeMap;

use clap::Args as ClapArgs;
use serde_json::{Value, json};

use super::{figure, number, open};
use crate::cli::flags::{Format, named, spoken};
use crate::cli::output::{Failure, Output, width};
use crate::message;
use crate::report::format::{dims, plain_dims, thousands};
use crate::report::grid::{Grid, Side};
use crate::text::{Joint, Message};
use crate::weights::fit::Closest;
use crate::weights::values::{TensorReport, closest_model, look};
use crate::weights::{Origin, checkpoint};

#[derive(Debug, ClapArgs)]
pub(super) struct ShowArgs {
    #[arg(value_parser = named())]
    file: String,
    #[arg(long, value_name = "NAME")]
    entry: Option<String>,
    #[arg(long, value_name = "TEXT")]
    search: Option<String>,
    #[arg(long, default_value = "text")]
    format: Format,
}

/// Signs of a histogram's bars, from none to full.
const BARS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

pub(super) fn show(args: &ShowArgs) -> Result<Output, Failure> {
    let source = open(&args.file, args.entry.as_deref())?;
    let mut origin = source.origin();
    let mut tensors = look(source.as_ref()).map_err(Failure::failed)?;
    let names = source.names().unwrap_or_default();
    let best = closest_model(&names);
    // Names of another library are known by the network that they are translated to.
    if let Some((_, model)) = best.as_ref().filter(|(best, _)| best.renamed) {
        let read = checkpoint::open_for(&args.file, &model.network, args.entry.as_deref());
        origin.names = read.ok().and_then(|read| read.origin().names);
    }
    let best = best.map(|(best, _)| best);
    if let Some(text) = &args.search {
        let wanted = text.to_lowercase();
        tensors.retain(|one| one.name.to_lowercase().contains(&wanted));
        if tensors.is_empty() {
            let none = message!("weights-no-such-name", text = text, file = &args.file);
            return Err(Failure::failed(none));
        }
    }
    Ok(Output::data(match args.format {
        Format::Json => return Ok(Output::json(&data(&origin, best.as_ref(), &tensors))),
        Format::Csv => grid(&tensors, true).csv(),
        Format::Markdown => grid(&tensors, false).in_language(spoken()).markdown(),
        Format::Text => text(args, &origin, best.as_ref(), &tensors),
    }))
}

fn data(origin: &Origin, best: Option<&Closest>, tensors: &[TensorReport]) -> Value {
    let tensors = tensors.iter().map(|one| {
        let values = one.values.as_ref();
        let figure = |of: fn(&crate::weights::values::Values) -> f64| {
            values.map_or(Value::Null, |values| number(of(values)))
        };
        json!({
            "name": one.name,
            "shape": one.shape,
            "dtype": one.dtype,
            "min": figure(|values| values.min),
            "max": figure(|values| values.max),
            "mean": figure(|values| values.mean),
            "std": figure(|values| values.std),
            "zeros": values.map(|values| values.zeros),
            "not_finite": values.map(|values| values.not_finite),
            "histogram": values.map(|values| values.histogram),
        })
    });
    let closest = best.map(|best| {
        json!({
            "name": best.name,
            "classes": best.classes,
            "fitting": best.fitting,
            "wanted": best.wanted,
            "found": best.found,
            "twins": best.twins,
        })
    });
    json!({
        "entry": origin.entry,
        "entries": origin.others,
        "prefix": origin.prefix,
        "wrappers": origin.wrappers,
        "naming": origin.names,
        "closest": closest,
        "tensors": tensors.collect::<Vec<_>>(),
    })
}

/// A row per tensor. The CSV has keys as headings and figures in full.
fn grid(tensors: &[TensorReport], exact: bool) -> Grid {
    let heads = [
        ("name", message!("label-tensor"), Side::Left),
        ("shape", message!("label-shape"), Side::Left),
        ("dtype", message!("weights-column-dtype"), Side::Left),
        ("min", message!("label-min"), Side::Right),
        ("mean", message!("label-mean"), Side::Right),
        ("std", message!("label-std"), Side::Right),
        ("max", message!("label-max"), Side::Right),
        ("zeros", message!("weights-column-zeros"), Side::Right),
        (
            "not_finite",
            message!("weights-column-not-finite"),
            Side::Right,
        ),
    ];
    let columns = heads.map(|(key, title, side)| {
        let title = if exact { Message::of(key) } else { title };
        (title, side)
    });
    let columns = columns.into_iter();
    let mut grid = if exact {
        Grid::new(columns)
    } else {
        Grid::new(columns.chain([(message!("label-histogram"), Side::Left)]))
    };
    let figure = |value: f64| match exact {
        true if value.is_nan() => String::new(),
        true => value.to_string(),
        false => figure(value),
    };
    for one in tensors {
        let dtype = one.dtype.clone().unwrap_or_default();
        let sizes = if exact {
            plain_dims(&one.shape)
        } else {
            dims(&one.shape)
        };
        let mut row = vec![one.name.clone(), sizes, dtype];
        if let Some(values) = &one.values {
            row.extend([values.min, values.mean, values.std, values.max].map(figure));
            let count = |count: usize| {
                if exact || count > 0 {
                    count.to_string()
                } else {
                    String::new()
                }
            };
            row.extend([values.zeros, values.not_finite].map(count));
            if !exact {
                row.push(bars(&values.histogram));
            }
        } else {
            row.resize(if exact { 9 } else { 10 }, String::new());
        }
        grid.row(row);
    }
    grid
}

/// A bar per bin, as high as its share of the fullest.
fn bars(histogram: &[u64]) -> String {
    let most = histogram.iter().copied().max().unwrap_or(0).max(1);
    let bars = histogram.iter().map(|&count| {
        // A bin that is not empty shows.
        let height = (count * 8).div_ceil(most);
        BARS[height as usize]
    });
    bars.collect::<String>().trim_end().to_owned()
}

fn text(
    args: &ShowArgs,
    origin: &Origin,
    best: Option<&Closest>,
    tensors: &[TensorReport],
) -> String {
    let count = |one: &TensorReport| one.shape.iter().map(|&size| size as u128).product::<u128>();
    let mut types: BTreeMap<String, usize> = BTreeMap::new();
    for one in tensors {
        let dtype = one.dtype.clone().unwrap_or_default();
        *types.entry(dtype).or_default() += 1;
    }
    let mut types: Vec<_> = types.into_iter().collect();
    types.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let types = types
        .into_iter()
        .map(|(dtype, count)| format!("{count} {dtype}"));
    let values: u128 = tensors.iter().map(count).sum();
    let mut lines = vec![message!(
        "weights-show-title",
        file = &args.file,
        count = tensors.len(),
        values = thousands(values),
        types = Joint::Comma.of(types.collect::<Vec<_>>()),
    )];
    let undone = origin.messages();
    if !undone.is_empty() {
        lines.push(message!(
            "weights-undone",
            what = Joint::Semicolon.of(undone)
        ));
    }
    lines.push(match best {
        Some(best) => best.sentence(),
        None => message!("weights-show-no-network"),
    });
    let spoilt: usize = tensors
        .iter()
        .filter_map(|one| one.values.as_ref())
        .map(|values| values.not_finite)
        .sum();
    if spoilt > 0 {
        lines.push(message!("weights-show-not-finite", count = spoilt));
    }
    let lines = lines.iter().map(|line| spoken().say(line) + "\n");
    let grid = grid(tensors, false)
        .in_language(spoken())
        .text(width(), true);
    format!("{}\n{grid}", lines.collect::<String>())
}
