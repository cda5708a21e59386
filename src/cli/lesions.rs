//! `lesions`: the accuracy that is left when a block's main path or its shortcut is switched off.

use std::sync::Arc;

use clap::Args as ClapArgs;
use serde::Serialize;

use super::fit::{fitting, weights_or_default};
use super::flags::{Body, Format, Shape, named, spoken, whole};
use super::output::{Failure, Output, width};
use super::progress::Progress;
use super::subject::sound;
use super::train::opened;
use crate::analysis::Rule;
use crate::engine::lesions::{Lesion, answers, whole_pass};
use crate::engine::sources::{pixels, sample_classes, samples};
use crate::engine::{EditError, Input, InputChoice, LoadedWeights, WeightsChoice};
use crate::lower::Model;
use crate::message;
use crate::network::Branch;
use crate::report::format::percent;
use crate::report::grid::{Grid, Side};

/// Images that run at once.
const BATCH: usize = 64;

/// Cells of the longest bar.
const BAR: f64 = 30.0;

#[derive(Debug, ClapArgs)]
pub(super) struct LesionsArgs {
    #[arg(value_parser = named())]
    name: String,
    #[command(flatten)]
    body: Body,
    #[arg(long, value_name = "SRC", value_parser = named())]
    weights: Option<String>,
    #[arg(long, value_name = "SRC", value_parser = named())]
    data: Option<String>,
    #[arg(long, value_name = "N", default_value_t = 256, requires = "data", value_parser = whole::<usize>(1, 1_000_000))]
    images: usize,
    #[arg(long, default_value = "text")]
    format: Format,
}

/// A row of the output.
#[derive(Debug, Serialize)]
struct Row {
    block: Option<String>,
    path: Option<&'static str>,
    right: usize,
    images: usize,
    accuracy: f64,
    #[serde(skip)]
    title: String,
}

/// Images with the class of each, in batches.
type Batches = Vec<(Input, Vec<usize>)>;

pub(super) fn lesions(args: &LesionsArgs) -> Result<Output, Failure> {
    let shape = Shape {
        input_size: None,
        batch: 1,
        classes: None,
        body: args.body,
    };
    let subject = sound(&args.name, shape, Rule::default())?;
    let model = &subject.model;
    let network = Arc::new(model.network.clone());
    let lesions = Lesion::all(&network);
    if lesions.len() == 1 {
        let message = message!("lesions-no-blocks", net = &model.spec.name);
        return Err(Failure::failed(message));
    }
    let (weights, notes) = weights_or_default(args.weights.as_deref(), model)?;
    let batches = batches(args, model)?;
    let source = fitting(model, &weights)?;
    let loaded = LoadedWeights::load(&network, source.as_ref()).map_err(Failure::failed)?;
    let mut right = vec![0; lesions.len()];
    let progress = Progress::of(lesions.len() * batches.len(), "progress-running");
    let mut images = 0;
    let failed = |error: EditError| Failure::failed(error.message());
    for (input, labels) in batches {
        let session = whole_pass(Arc::clone(&network), Arc::clone(&loaded), input);
        let session = session.map_err(failed)?;
        for (lesion, right) in lesions.iter().zip(&mut right) {
            *right += answers(&session, lesion, &labels).map_err(failed)?.right;
            progress.step();
        }
        images += labels.len();
    }
    drop(progress);
    let rows = lesions.iter().zip(right).map(|(lesion, right)| {
        let (block, branch) = match lesion {
            Lesion::Nothing => (None, None),
            Lesion::Path(block, branch) => (Some(block.name.clone()), Some(*branch)),
            Lesion::All(branch) => (None, Some(*branch)),
        };
        Row {
            block,
            path: branch.map(Branch::name),
            right,
            images,
            accuracy: right as f64 / images.max(1) as f64,
            title: spoken().say(&lesion.message(&network)),
        }
    });
    let rows: Vec<Row> = rows.collect();
    let mut output = match args.format {
        Format::Json => Output::json(&rows),
        Format::Csv => Output::data(grid(&rows).csv()),
        Format::Markdown => Output::data(grid(&rows).markdown()),
        Format::Text => Output::data(text(model, &weights, &rows)),
    };
    output.stderr = notes;
    Ok(output)
}

/// The samples of the network, or images of the data that test.
fn batches(args: &LesionsArgs, model: &Model) -> Result<Batches, Failure> {
    if let Some(data) = &args.data {
        let data = opened(data)?;
        let missing = || Failure::failed(message!("choice-no-input"));
        let steps = model.picture_steps().ok_or_else(missing)?;
        let classes = crate::engine::sources::classes(model).unwrap_or(0);
        let wrong = |error: crate::weights::DataError| Failure::failed(error.0);
        data.fits(&model.spec.name, &steps, classes)
            .map_err(wrong)?;
        let (_, test) = data.parts(1);
        let of = &test[..args.images.min(test.len())];
        let batches = of.chunks(BATCH).map(|of| {
            let pixels = data.pixels(of, &steps).map_err(wrong)?;
            Ok((Input::Pixels(pixels), data.labels(of)))
        });
        return batches.collect();
    }
    let none = || Failure::usage(message!("lesions-no-samples", net = &model.spec.name));
    let labels = sample_classes(model).filter(|labels| !labels.is_empty());
    let labels = labels.ok_or_else(none)?;
    let pictures = InputChoice::Sample(0)
        .pictures(model, samples(model).len())
        .map_err(Failure::failed)?;
    let input = pixels(model, &pictures).map_err(Failure::failed)?;
    Ok(vec![(input, labels)])
}

fn grid(rows: &[Row]) -> Grid {
    let heads = [
        ("block", Side::Left),
        ("path", Side::Left),
        ("right", Side::Right),
        ("images", Side::Right),
        ("accuracy", Side::Right),
    ];
    let mut grid = Grid::new(heads);
    for row in rows {
        grid.row(vec![
            row.block.clone().unwrap_or_default(),
            row.path.unwrap_or_default().to_owned(),
            row.right.to_string(),
            row.images.to_string(),
            format!("{:.6}", row.accuracy),
        ]);
    }
    grid
}

fn text(model: &Model, weights: &WeightsChoice, rows: &[Row]) -> String {
    let word = |id| spoken().word(id);
    let mut grid = Grid::new([
        (word("lesions-column-off"), Side::Left),
        (word("lesions-column-right"), Side::Right),
        (word("lesions-column-accuracy"), Side::Right),
        ("", Side::Left),
    ]);
    for row in rows {
        let cells = (row.accuracy * BAR).round() as usize;
        grid.row(vec![
            row.title.clone(),
            format!("{}/{}", row.right, row.images),
            percent(row.accuracy),
            "█".repeat(cells),
        ]);
    }
    let title = message!(
        "lesions-title",
        model = &model.spec.name,
        weights = weights.to_string(),
        images = rows.first().map_or(0, |row| row.images)
    );
    format!(
        "{}\n\n{}\n{}\n",
        spoken().say(&title),
        grid.text(width(), true),
        spoken().word("lesions-worth")
    )
}
