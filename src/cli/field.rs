//! `field`: the effective receptive field of layers beside the theoretical one.

use std::ops::ControlFlow;
use std::sync::Arc;

use clap::Args as ClapArgs;
use serde::Serialize;

use super::fit::{fitting, weights_or_default};
use super::flags::{Body, Format, Shape, input_size, named, spoken, whole};
use super::gradient::notice;
use super::output::{Failure, Output, width};
use super::progress::Progress;
use super::run::target;
use super::subject::sound;
use crate::analysis::Rule;
use crate::engine::gradient::Backward;
use crate::engine::saliency::{EffectiveField, FieldRun, effective_field};
use crate::engine::{LoadedWeights, Mode, WeightsChoice};
use crate::lower::Model;
use crate::message;
use crate::network::{LayerId, Shape as Of, Stage};
use crate::report::Subject;
use crate::report::format::dims;
use crate::report::grid::{Grid, Side};

/// Columns of the picture of a field, at most.
const COLUMNS: usize = 48;

#[derive(Debug, ClapArgs)]
pub(super) struct FieldArgs {
    #[arg(value_parser = named())]
    name: String,
    #[arg(long, value_name = "SIZE", value_parser = input_size)]
    input_size: Option<[u64; 2]>,
    #[command(flatten)]
    body: Body,
    #[arg(long, value_name = "PATH")]
    at: Vec<String>,
    #[arg(long, value_name = "SRC", value_parser = named())]
    weights: Option<String>,
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = whole::<usize>(1, 10_000))]
    inputs: usize,
    #[arg(long, value_name = "S", default_value_t = 0)]
    seed: u64,
    #[arg(long, default_value = "text")]
    format: Format,
}

/// A row of the output: sizes in pixels.
#[derive(Debug, Serialize)]
struct Row {
    path: String,
    /// Height and width of the theoretical field.
    theoretical: Option<[u64; 2]>,
    /// The part of it that lies in the image and has any gradient.
    seen: [usize; 2],
    /// Pixels with more than 4.55 % of the largest gradient.
    effective_pixels: usize,
    /// Side of the square with as many pixels.
    effective: f64,
}

pub(super) fn field(args: &FieldArgs) -> Result<Output, Failure> {
    let shape = Shape {
        input_size: args.input_size,
        batch: 1,
        classes: None,
        body: args.body,
    };
    let subject = sound(&args.name, shape, Rule::default())?;
    let model = &subject.model;
    let (weights, notes) = weights_or_default(args.weights.as_deref(), model)?;
    let layers = layers(args, model)?;
    let network = Arc::new(model.network.clone());
    let backward = Backward::new(Arc::clone(&network), Mode::Inference);
    let backward = backward
        .map_err(|error| notice(&error))?
        .learning(|_| false);
    let source = fitting(model, &weights)?;
    let loaded = LoadedWeights::load(&network, source.as_ref()).map_err(Failure::failed)?;
    let tensors = loaded.all::<f32>();
    let run = FieldRun {
        inputs: args.inputs,
        seed: args.seed,
    };
    let progress = Progress::of(layers.len() * args.inputs, "progress-running");
    let first = network.ids().next();
    let fields = layers.iter().map(|&layer| {
        effective_field(&backward, &tensors, layer, run, &mut |_, id| {
            if Some(id) == first {
                progress.step();
            }
            ControlFlow::Continue(())
        })
    });
    let fields: Result<Vec<EffectiveField>, _> = fields.collect();
    let fields = fields.map_err(|error| notice(&error))?;
    drop(progress);
    let rows: Vec<Row> = fields.iter().map(|field| row(&subject, field)).collect();
    let mut output = match args.format {
        Format::Json => Output::json(&rows),
        Format::Csv => Output::data(grid(&rows).csv()),
        Format::Markdown => Output::data(grid(&rows).markdown()),
        Format::Text => Output::data(text(args, model, &weights, &rows, fields.last())),
    };
    output.stderr = notes;
    Ok(output)
}

/// The layers that were named, or the last map of the stem and of each stage.
fn layers(args: &FieldArgs, model: &Model) -> Result<Vec<LayerId>, Failure> {
    if !args.at.is_empty() {
        let named = args.at.iter();
        return named.map(|path| target(model, Some(path))).collect();
    }
    let (shapes, _) = crate::network::check::shapes(&model.network);
    let mut layers: Vec<(Stage, LayerId)> = Vec::new();
    for (id, node) in model.network.nodes() {
        let stage = node.scope.stage;
        let is_part = matches!(stage, Stage::Stem | Stage::Body(_));
        if !is_part || !matches!(shapes[id], Some(Of::Map { .. })) {
            continue;
        }
        match layers.last_mut() {
            Some((own, last)) if *own == stage => *last = id,
            _ => layers.push((stage, id)),
        }
    }
    Ok(layers.into_iter().map(|(_, id)| id).collect())
}

fn row(subject: &Subject, field: &EffectiveField) -> Row {
    let theory = subject.analysis.receptive_field[field.layer];
    Row {
        path: subject.model.network[field.layer].path.to_string(),
        theoretical: theory.map(|own| own.sizes().map(|side| side as u64)),
        seen: field.extent(),
        effective_pixels: field.pixels(),
        effective: field.side(),
    }
}

fn grid(rows: &[Row]) -> Grid {
    let word = |id| spoken().word(id);
    let mut grid = Grid::new([
        (word("field-column-layer"), Side::Left),
        (word("field-column-theory"), Side::Right),
        (word("field-column-seen"), Side::Right),
        (word("field-column-effective"), Side::Right),
        (word("field-column-pixels"), Side::Right),
    ]);
    for row in rows {
        grid.row(vec![
            row.path.clone(),
            row.theoretical.map_or_else(String::new, dims),
            dims(row.seen),
            format!("{:.1}", row.effective),
            row.effective_pixels.to_string(),
        ]);
    }
    grid
}

/// Signs by the logarithm of a gradient: from the least that counts to the largest.
const SIGNS: [char; 5] = [' ', '░', '▒', '▓', '█'];

fn text(
    args: &FieldArgs,
    model: &Model,
    weights: &WeightsChoice,
    rows: &[Row],
    last: Option<&EffectiveField>,
) -> String {
    let title = message!(
        "field-title",
        model = &model.spec.name,
        weights = weights.to_string(),
        inputs = args.inputs
    );
    let mut text = format!("{}\n\n", spoken().say(&title));
    text += &grid(rows).text(width(), true);
    if let Some(field) = last {
        let layer = model.network[field.layer].path.to_string();
        text += &format!(
            "\n{}\n",
            spoken().say(&message!("field-map", layer = layer))
        );
        let (height, width) = field.map.dim();
        let columns = width.min(COLUMNS);
        let lines = (height * columns / width).max(1);
        for line in 0..lines {
            for column in 0..columns {
                let value = field.map[[line * height / lines, column * width / columns]];
                let place = (value * SIGNS.len() as f64).ceil() as usize;
                let sign = if value > 0.0455 {
                    SIGNS[place.clamp(1, SIGNS.len() - 1)]
                } else {
                    SIGNS[0]
                };
                text.extend([sign, sign]);
            }
            text.push('\n');
        }
    }
    text + &format!("\n{}\n", spoken().word("field-worth"))
}
