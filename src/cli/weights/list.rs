//! `weights list`: published weights, their sizes, and which of them are on this disk.

use clap::Args as ClapArgs;
use serde_json::{Value, json};

use crate::cli::flags::{Format, named, spoken};
use crate::cli::output::{Failure, Output, width};
use crate::cli::subject;
use crate::message;
use crate::report::format::bytes;
use crate::report::grid::{Grid, Side};
use crate::text::{Argument, Message};
use crate::weights::disk::{Hash, OnDisk, Places, verify};
use crate::weights::fetch::{AVAILABLE, Size, expected_size};
use crate::weights::published::{self, PublishedWeights};

#[derive(Debug, ClapArgs)]
pub(super) struct ListArgs {
    #[arg(value_parser = named())]
    name: Option<String>,
    #[arg(long)]
    here: bool,
    #[arg(long)]
    verify: bool,
    #[arg(long, default_value = "text")]
    format: Format,
}

/// Weights with what this disk has of them.
struct Row {
    weights: &'static PublishedWeights,
    accuracy: Option<[f64; 2]>,
    file: Option<OnDisk>,
    hash: Option<Hash>,
    /// Size of a file that is not here.
    size: Option<Size>,
    /// Bytes of the file here.
    held: Option<u64>,
    /// Bytes of a download that did not end.
    begun: Option<u64>,
}

impl Row {
    /// Size of the file: here, as its publisher states it, or about that of its tensors.
    fn bytes(&self, exact: bool) -> Argument {
        let stated = self.size.filter(|size| size.is_stated);
        let sure = self.held.or(stated.map(|size| size.bytes));
        match (sure.or(self.size.map(|size| size.bytes)), sure) {
            (None, _) => "".into(),
            (Some(number), _) if exact => number.to_string().into(),
            (Some(number), Some(_)) => bytes(number.into()).into(),
            (Some(number), None) => message!("weights-about", size = bytes(number.into())).into(),
        }
    }
}

pub(super) fn list(args: &ListArgs) -> Result<Output, Failure> {
    let wanted: Vec<&PublishedWeights> = match &args.name {
        None => published::all().iter().collect(),
        Some(name) => {
            let model = subject::model(name, crate::cli::flags::Shape::default())?;
            let net = model.spec.name.as_str();
            let rows: Vec<_> = published::of(net).collect();
            if rows.is_empty() {
                return Err(Failure::failed(message!(
                    "weights-none-published",
                    name = net
                )));
            }
            rows
        }
    };
    let places = Places::of_system();
    let mut rows = Vec::new();
    for weights in wanted {
        let file = places.find(weights);
        if args.here && file.is_none() {
            continue;
        }
        let hash = match &file {
            Some(file) if args.verify => {
                let path = file.path.display().to_string();
                let hash = verify(file).map_err(|error| {
                    let reason = crate::text::system::reason(&error);
                    Failure::failed(message!("file-unreadable", file = path, reason = reason))
                });
                Some(hash?)
            }
            _ => None,
        };
        let accuracy = published::accuracy(weights);
        let held = file.as_ref().and_then(|file| file.path.metadata().ok());
        rows.push(Row {
            weights,
            accuracy,
            size: expected_size(weights),
            held: held.map(|data| data.len()),
            begun: places.begun(weights),
            file,
            hash,
        });
    }
    if rows.is_empty() && args.format != Format::Json {
        return Err(Failure::failed(message!("weights-none-here")));
    }
    let is_damaged = rows
        .iter()
        .any(|row| matches!(row.hash, Some(Hash::Wrong { .. })));
    let mut output = match args.format {
        Format::Json => Output::json(&rows.iter().map(data).collect::<Vec<_>>()),
        Format::Csv => Output::data(grid(&rows, true).csv()),
        Format::Markdown => Output::data(grid(&rows, false).in_language(spoken()).markdown()),
        Format::Text => Output::data(text(&rows)),
    };
    if is_damaged {
        for row in &rows {
            if let (Some(Hash::Wrong { expected, found }), Some(file)) = (&row.hash, &row.file) {
                let path = file.path.display().to_string();
                let wrong = message!(
                    "weights-hash-wrong",
                    file = path,
                    found = found,
                    expected = expected
                );
                output.stderr += &(spoken().say(&wrong) + "\n");
            }
        }
        output.code = 1;
    }
    Ok(output)
}

fn data(row: &Row) -> Value {
    let weights = row.weights;
    json!({
        "name": weights.name(),
        "net": weights.net,
        "tag": weights.tag,
        "library": weights.publisher,
        "repository": weights.hub,
        "url": weights.url,
        "classes": weights.classes,
        "size": weights.size,
        "resize": weights.resize,
        "interpolation": weights.filter.name(),
        "top1": row.accuracy.map(|[top1, _]| top1),
        "top1_size": row.accuracy.map(|[_, size]| size as u64),
        "data": weights.data(),
        "licence": weights.licence,
        "megabytes": weights.megabytes,
        "bytes": row.held.or(row.size.map(|size| size.bytes)),
        "bytes_are_exact": row.held.is_some() || row.size.is_some_and(|size| size.is_stated),
        "bytes_begun": row.begun,
        "path": row.file.as_ref().map(|file| file.path.display().to_string()),
        "place": row.file.as_ref().map(|file| file.keeper.name()),
        "hash": row.hash.as_ref().map(|hash| match hash {
            Hash::Right => "right",
            Hash::Wrong { .. } => "wrong",
            Hash::Unknown => "unknown",
        }),
    })
}

fn grid(rows: &[Row], exact: bool) -> Grid {
    let has_hash = rows.iter().any(|row| row.hash.is_some());
    let heads = [
        ("name", message!("column-weights"), Side::Left),
        ("library", message!("weights-column-library"), Side::Left),
        ("top1", message!("column-top-1"), Side::Right),
        ("size", message!("column-size"), Side::Right),
        ("data", message!("stats-trained-on"), Side::Left),
        ("licence", message!("weights-column-licence"), Side::Left),
        ("bytes", message!("weights-column-file"), Side::Right),
        ("path", message!("weights-column-here"), Side::Left),
    ];
    let hash = ("hash", message!("weights-column-hash"), Side::Left);
    let heads = heads.into_iter().chain(has_hash.then_some(hash));
    let mut grid = Grid::new(heads.map(|(key, title, side)| {
        let title = if exact { Message::of(key) } else { title };
        (title, side)
    }));
    for row in rows {
        let weights = row.weights;
        let known = |text: Option<&str>| -> Argument {
            match text {
                Some(text) => text.into(),
                None if exact => "".into(),
                None => message!("label-unknown").into(),
            }
        };
        let path = row
            .file
            .as_ref()
            .map(|file| file.path.display().to_string());
        let size = row.accuracy.map_or(weights.size, |[_, size]| size as u64);
        let mut cells: Vec<Argument> = vec![
            weights.name().into(),
            weights.publisher.into(),
            row.accuracy
                .map_or_else(String::new, |[top1, _]| format!("{top1:.2}"))
                .into(),
            size.to_string().into(),
            known(weights.data()),
            known(weights.licence),
            row.bytes(exact),
            match (path, row.begun) {
                (Some(path), _) => path.into(),
                (None, Some(begun)) if !exact => {
                    message!("weights-begun", size = bytes(begun.into())).into()
                }
                (None, _) => "".into(),
            },
        ];
        if has_hash {
            cells.push(match &row.hash {
                None => "".into(),
                Some(Hash::Right) if exact => "right".into(),
                Some(Hash::Wrong { .. }) if exact => "wrong".into(),
                Some(Hash::Unknown) if exact => "unknown".into(),
                Some(Hash::Right) => message!("weights-hash-is-right").into(),
                Some(Hash::Wrong { .. }) => message!("weights-hash-is-wrong").into(),
                Some(Hash::Unknown) => message!("label-unknown").into(),
            });
        }
        grid.row(cells);
    }
    grid
}

fn text(rows: &[Row]) -> String {
    let here = rows.iter().filter(|row| row.file.is_some()).count();
    let mut notes = vec![message!(
        "weights-list-count",
        count = rows.len(),
        here = here
    )];
    if here > 0 {
        let held: u64 = rows.iter().filter_map(|row| row.held).sum();
        notes.push(message!("weights-list-held", size = bytes(held.into())));
    }
    if here < rows.len() && AVAILABLE {
        notes.push(message!("weights-list-fetch"));
    }
    if rows.iter().any(|row| row.weights.is_non_commercial()) {
        notes.push(message!("weights-list-licence"));
    }
    if here == 0 {
        let variable = crate::weights::disk::VARIABLE;
        notes.push(message!("weights-list-places", variable = variable));
    }
    let notes = notes
        .iter()
        .map(|note| format!(" {}\n", spoken().say(note)));
    let notes: String = notes.collect();
    let grid = grid(rows, false).in_language(spoken()).text(width(), true);
    format!("{grid}\n{notes}")
}
