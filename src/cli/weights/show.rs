//! `weights show`: a checkpoint's tensors.

use std::collections::BTreeMap;

use clap::Args as ClapArgs;
use serde_json::{Value, json};

use super::{number, open};
use crate::cli::flags::{Format, named, spoken};
use crate::cli::output::{Failure, Output, width};
use crate::message;
use crate::report::format::thousands;
use crate::report::tensors::grid;
use crate::sorting::Sorting;
use crate::text::Joint;
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
    types.order_by_key(|(_, count)| std::cmp::Reverse(*count));
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
