//! `weights diff`: two checkpoints side by side.

use clap::Args as ClapArgs;
use serde_json::{Value, json};

use super::{number, open};
use crate::cli::flags::{Format, named, spoken};
use crate::cli::output::{Failure, Output, width};
use crate::message;
use crate::report::format::dims;
use crate::report::tensors::changes;
use crate::text::Joint;
use crate::weights::fit::Named;
use crate::weights::values::{Difference, closest_model, compare, share_few_names};
use crate::weights::{WeightSource, checkpoint};

#[derive(Debug, ClapArgs)]
pub(super) struct DiffArgs {
    #[arg(value_name = "FILE", value_parser = named())]
    first: String,
    #[arg(value_name = "FILE", value_parser = named())]
    second: String,
    #[arg(long, default_value = "text")]
    format: Format,
}

/// So many names of one file alone are printed.
const NAMED: usize = 5;

pub(super) fn diff(args: &DiffArgs) -> Result<Output, Failure> {
    let mut both = [open(&args.first, None)?, open(&args.second, None)?];
    let mut network = None;
    let names = both.each_ref().map(|one| one.names().unwrap_or_default());
    if share_few_names(&names[0], &names[1])
        && let Some((name, common)) = under_common_names(args, &names)
    {
        both = common;
        network = Some(name);
    }
    let [first, second] = &both;
    let found = compare(first.as_ref(), second.as_ref()).map_err(Failure::failed)?;
    Ok(Output::data(match args.format {
        Format::Json => return Ok(Output::json(&data(args, &found))),
        Format::Csv => changes(&found, true).csv(),
        Format::Markdown => changes(&found, false).in_language(spoken()).markdown(),
        Format::Text => text(args, &found, network.as_deref()),
    }))
}

type Both = [Box<dyn WeightSource>; 2];

/// Both under the names of the network that one of them fits, if the other fits it too.
fn under_common_names(args: &DiffArgs, names: &[Vec<Named>; 2]) -> Option<(String, Both)> {
    let files = [&args.first, &args.second];
    names.iter().find_map(|names| {
        let (best, model) = closest_model(names)?;
        let read = |file: &String| {
            let read = checkpoint::open_for(file, &model.network, None).ok()?;
            let fits = crate::weights::explain(&model, read.as_ref()).is_none();
            fits.then_some(read)
        };
        Some((best.name, [read(files[0])?, read(files[1])?]))
    })
}

fn data(args: &DiffArgs, found: &Difference) -> Value {
    let named = |names: &[Named]| -> Vec<Value> {
        let names = names.iter();
        names
            .map(|(name, shape)| json!({ "name": name, "shape": shape }))
            .collect()
    };
    let changed = found.changed.iter().map(|one| {
        json!({
            "name": one.name,
            "shape": one.shape,
            "largest": number(one.largest),
            "relative": number(one.relative),
        })
    });
    let reshaped = found
        .reshaped
        .iter()
        .map(|(name, first, second)| json!({ "name": name, "first": first, "second": second }));
    json!({
        "first": args.first,
        "second": args.second,
        "equal": found.equal,
        "changed": changed.collect::<Vec<_>>(),
        "reshaped": reshaped.collect::<Vec<_>>(),
        "first_only": named(&found.first_only),
        "second_only": named(&found.second_only),
    })
}

fn text(args: &DiffArgs, found: &Difference, network: Option<&str>) -> String {
    let mut lines = vec![message!(
        "weights-diff-title",
        first = &args.first,
        second = &args.second,
        equal = found.equal,
        changed = found.changed.len(),
    )];
    if let Some(network) = network {
        lines.push(message!("weights-diff-network", network = network));
    }
    for (name, first, second) in &found.reshaped {
        let (first, second) = (dims(first), dims(second));
        lines.push(message!(
            "weights-diff-shape",
            name = name,
            first = first,
            second = second
        ));
    }
    for (file, names) in [
        (&args.first, &found.first_only),
        (&args.second, &found.second_only),
    ] {
        if names.is_empty() {
            continue;
        }
        let first = names
            .iter()
            .take(NAMED)
            .map(|(name, _)| format!("`{name}`"));
        let some = Joint::Comma.of(first.collect::<Vec<_>>());
        lines.push(match names.len().saturating_sub(NAMED) {
            0 => message!("weights-diff-only", file = file, names = some),
            more => {
                let some = message!("weights-and-more", names = some, count = more);
                message!("weights-diff-only", file = file, names = some)
            }
        });
    }
    let lines = lines.iter().map(|line| spoken().say(line) + "\n");
    let lines: String = lines.collect();
    if found.changed.is_empty() {
        return lines;
    }
    let grid = changes(found, false)
        .in_language(spoken())
        .text(width(), true);
    format!("{lines}\n{grid}")
}
