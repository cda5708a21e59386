//! `weights`: published weights, listed, downloaded and removed, and a look at checkpoints.

mod diff;
mod fetch;
mod infer;
mod list;
mod remove;
mod show;

use std::path::Path;

use clap::{Args as ClapArgs, Subcommand};
use serde_json::{Number, Value};

use super::flags::Shape;
use super::output::{Failure, Output};
use super::subject;
use crate::message;
use crate::text::{Joint, Message};
use crate::weights::published::{self, PublishedWeights};
use crate::weights::{WeightSource, checkpoint};

#[derive(Debug, ClapArgs)]
#[command(subcommand_required = true)]
pub(super) struct WeightsArgs {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    #[command(after_help = "resnet-explore weights list resnet50")]
    List(list::ListArgs),
    #[command(after_help = "resnet-explore weights fetch resnet18.a1_in1k")]
    Fetch(fetch::FetchArgs),
    #[command(after_help = "resnet-explore weights remove resnet18.a1_in1k")]
    Remove(remove::RemoveArgs),
    #[command(after_help = "resnet-explore weights infer mine.pth -o mine.toml")]
    Infer(infer::InferArgs),
    #[command(after_help = "resnet-explore weights show resnet18.pth --search conv1")]
    Show(show::ShowArgs),
    #[command(after_help = "resnet-explore weights diff before.pth after.pth --format csv")]
    Diff(diff::DiffArgs),
}

pub(super) fn weights(args: &WeightsArgs) -> Result<Output, Failure> {
    match &args.command {
        Command::List(args) => list::list(args),
        Command::Fetch(args) => fetch::fetch(args),
        Command::Remove(args) => remove::remove(args),
        Command::Infer(args) => infer::infer(args),
        Command::Show(args) => show::show(args),
        Command::Diff(args) => diff::diff(args),
    }
}

/// Opens a checkpoint, by one of its entries if one is asked for.
fn open(file: &str, entry: Option<&str>) -> Result<Box<dyn WeightSource>, Failure> {
    checkpoint::open_entry(Path::new(file), entry).map_err(Failure::failed)
}

/// A figure as JSON, which has neither NaN nor infinity: `null` then.
fn number(value: f64) -> Value {
    Number::from_f64(value).map_or(Value::Null, Value::Number)
}

/// Published weights by their name or tag. A network alone means its most accurate ones where `may_choose`, which the
/// message says.
fn chosen(
    text: &str,
    may_choose: bool,
) -> Result<(&'static PublishedWeights, Option<Message>), Failure> {
    if let Some(weights) = published::named(text, None) {
        return Ok((weights, None));
    }
    let tagged: Vec<_> = published::all()
        .iter()
        .filter(|row| row.tag == text)
        .collect();
    match &tagged[..] {
        [] => {}
        [only] => return Ok((only, None)),
        [first, ..] => {
            let count = tagged.len();
            let example = first.name();
            return Err(Failure::usage(message!(
                "fetch-tag-of-many",
                tag = text,
                count = count,
                example = example
            )));
        }
    }
    // A network has more names than one, and a file of a spec may be called like a name and a tag.
    let (name, tag) = match text.split_once('.') {
        Some((name, tag)) if !Path::new(text).exists() => (name, Some(tag)),
        _ => (text, None),
    };
    let model = subject::model(name, Shape::default())?;
    let net = model.spec.name.as_str();
    let all: Vec<_> = published::of(net).collect();
    if all.is_empty() {
        return Err(Failure::failed(message!(
            "weights-none-published",
            name = net
        )));
    }
    let own = tag.and_then(|tag| all.iter().find(|row| row.tag == tag));
    if let Some(own) = own {
        return Ok((own, None));
    }
    let classes = model.spec.file.classes.as_ref();
    let best = published::best(&all, classes.map(|classes| classes.value));
    let best = best.filter(|_| may_choose && tag.is_none());
    let Some(best) = best else {
        let known = Joint::Comma.of(all.iter().map(|row| row.name()));
        return Err(Failure::usage(match tag {
            Some(tag) => message!("fetch-no-such-tag", net = net, tag = tag, known = known),
            None => message!("fetch-name-one", net = net, known = known),
        }));
    };
    let (name, count) = (best.name(), all.len());
    let said = message!("fetch-most-accurate", name = name, count = count, net = net);
    Ok((best, (all.len() > 1).then_some(said)))
}
