//! `schema`: the JSON Schema of spec files, or of a command's JSON.

mod formats;
mod kind;

use clap::Args as ClapArgs;
use clap::builder::PossibleValuesParser;

use super::output::Output;

#[derive(Debug, ClapArgs)]
pub(super) struct SchemaArgs {
    #[arg(value_parser = PossibleValuesParser::new(formats::ALL.iter().map(|(name, _)| *name)))]
    format: Option<String>,
}

pub(super) fn schema(args: &SchemaArgs) -> Output {
    let asked = args.format.as_deref();
    let format = formats::ALL.iter().find(|(name, _)| Some(*name) == asked);
    match format {
        Some((name, kind)) => Output::json(&kind::schema(name, kind)),
        None => Output::json(&crate::lower::schema()),
    }
}
