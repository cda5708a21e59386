//! `weights fetch`: a download of published weights.

use clap::Args as ClapArgs;
use serde_json::json;

use super::chosen;
use crate::cli::flags::{Form, named, spoken};
use crate::cli::output::{Failure, Output, notify};
use crate::cli::progress::Download;
use crate::cli::{interrupt, note};
use crate::message;
use crate::report::format::bytes;
use crate::weights::disk::Places;
use crate::weights::fetch::{self, Cause, FetchError, Settings, expected_size};
use crate::weights::published::PublishedWeights;

#[derive(Debug, ClapArgs)]
pub(super) struct FetchArgs {
    #[arg(value_parser = named())]
    name: String,
    #[arg(long, default_value = "text")]
    format: Form,
}

pub(super) fn fetch(args: &FetchArgs) -> Result<Output, Failure> {
    let (weights, chosen) = chosen(&args.name, true)?;
    // Before anything is said of a download that cannot be.
    if !fetch::AVAILABLE {
        let error = FetchError::from(Cause::NotBuilt);
        return Err(Failure::failed(error.message()));
    }
    let (places, settings) = (Places::of_system(), Settings::of_system());
    if let Some(chosen) = chosen {
        notify(&note(&chosen));
    }
    if places.find(weights).is_none() {
        announce(weights, &places, &settings);
    }
    let cancel = interrupt::cancel_flag();
    let fetched = {
        let mut bar = Download::begin();
        fetch::fetch(weights, &places, &settings, cancel, &mut |progress| {
            bar.show(progress);
        })
    };
    let fetched = fetched.map_err(|error| Failure::failed(error.message()))?;
    let path = fetched.file.path.display().to_string();
    let mut output = match args.format {
        Form::Text => Output::data(path + "\n"),
        Form::Json => Output::json(&json!({
            "name": weights.name(),
            "licence": weights.licence,
            "path": path,
            "place": fetched.file.keeper.name(),
            "bytes": fetched.bytes,
            "was_here": fetched.was_here,
        })),
    };
    let size = bytes(fetched.bytes.into());
    let done = if fetched.was_here {
        message!("fetch-was-here", name = weights.name(), size = size)
    } else {
        message!("fetch-done", name = weights.name(), size = size)
    };
    output.stderr = spoken().say(&done) + "\n";
    Ok(output)
}

/// Says how large they are and under which licence, before anything is downloaded.
fn announce(weights: &PublishedWeights, places: &Places, settings: &Settings) {
    let size = expected_size(weights);
    let licence = match weights.licence {
        Some(licence) => crate::text::Message::foreign(licence),
        None => message!("label-unknown"),
    };
    let (name, host) = (weights.name(), fetch::host(weights, settings));
    let figure = size.map_or_else(String::new, |size| bytes(size.bytes.into()));
    let begins = if size.is_some_and(|size| size.is_stated) {
        message!(
            "fetch-begins",
            name = name,
            size = figure,
            licence = licence,
            host = host
        )
    } else {
        message!(
            "fetch-begins-about",
            name = name,
            size = figure,
            licence = licence,
            host = host
        )
    };
    notify(&(spoken().say(&begins) + "\n"));
    if weights.is_non_commercial() {
        notify(&note(&message!("fetch-non-commercial")));
    }
    if let Some(begun) = places.begun(weights) {
        let size = bytes(begun.into());
        notify(&note(&message!("fetch-continues", size = size)));
    }
}
