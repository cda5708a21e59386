//! `run --cam`: where the network looks, as a map in colour over the image.

use std::fmt::Write as _;
use std::ops::ControlFlow;
use std::sync::Arc;

use serde_json::json;

use super::args::{CamArgs, RunArgs};
use super::target;
use crate::cli::export::save;
use crate::cli::flags::{Format, spoken};
use crate::cli::gradient::notice;
use crate::cli::output::{Failure, Output, has_colour, width};
use crate::cli::progress::Progress;
use crate::engine::saliency::{Choice, Colours, Heat, Method, Patch, Saliency};
use crate::engine::{Input, InputChoice, LoadedWeights, WeightsChoice};
use crate::lower::Model;
use crate::message;
use crate::report::format::plain_dims;
use crate::report::grid::{Grid, Side};
use crate::weights::WeightSource;

impl CamArgs {
    /// Whether a map is wanted in place of a pass.
    pub(super) const fn is_asked(&self) -> bool {
        self.cam.is_some()
    }

    /// The classes that are asked for, by number or by `top`.
    fn classes(&self, saliency: &Saliency) -> Result<Vec<usize>, Failure> {
        let words = self.cam.iter().flatten();
        let class = |word: &String| match word.as_str() {
            "top" => saliency.likeliest().map_err(|error| notice(&error)),
            word => {
                let wrong = || Failure::usage(message!("run-cam-class", word = word));
                word.parse().map_err(|_| wrong())
            }
        };
        words.map(class).collect()
    }

    /// The method with what was chosen for it.
    fn choice(&self, model: &Model, size: [usize; 2]) -> Result<Choice, Failure> {
        let idle = |option: &str| {
            let method = self.method.name();
            Err(Failure::usage(message!(
                "run-cam-idle",
                option = option,
                method = method
            )))
        };
        if self.at.is_some() && !self.method.takes_layer() {
            return idle("--at");
        }
        let covers = self.method == Method::Occlusion;
        if self.patch.is_some() && !covers {
            return idle("--patch");
        }
        if self.patch_stride.is_some() && !covers {
            return idle("--patch-stride");
        }
        let usual = Patch::usual(size);
        let edge = self.patch.map_or(usual.side, |pixels| pixels as usize);
        let stride = (edge / 2).max(1);
        let patch = Patch {
            side: edge,
            stride: self.patch_stride.map_or(stride, |stride| stride as usize),
        };
        let at = self.at.as_deref();
        let at = at.map(|path| target(model, Some(path))).transpose()?;
        Ok(Choice {
            method: self.method,
            at,
            patch: covers.then_some(patch),
        })
    }
}

/// A map or two over the first image of the input.
pub(super) fn looked(
    args: &RunArgs,
    model: &Model,
    weights: &WeightsChoice,
    source: &dyn WeightSource,
) -> Result<Output, Failure> {
    let looked = &args.looked;
    let choice = match args.input.as_slice() {
        [] => InputChoice::default_for(model, weights),
        [one] => InputChoice::parse(one).map_err(Failure::usage)?,
        _ => return Err(Failure::usage(message!("run-cam-one-input"))),
    };
    let input = choice.open(model, 1).map_err(Failure::failed)?;
    let network = Arc::new(model.network.clone());
    let loaded = LoadedWeights::load(&network, source).map_err(Failure::failed)?;
    let saliency = Saliency::new(network, loaded, &input).map_err(|error| notice(&error))?;
    let classes = looked.classes(&saliency)?;
    let method = looked.choice(model, saliency.size())?;
    let mut progress = None;
    let heats = saliency.heats(method, &classes, &mut |_, all| {
        let progress = progress.get_or_insert_with(|| Progress::of(all, "progress-running"));
        progress.step();
        ControlFlow::Continue(())
    });
    drop(progress);
    let heats = heats.map_err(|error| notice(&error))?;
    let image = match &input {
        Input::Pixels(values) => {
            let is_bgr = model.picture_steps().is_some_and(|steps| steps.bgr);
            Colours::of(values, is_bgr)
        }
        Input::Prepared(_) => Colours::grey(saliency.size()),
    };
    let most = heats.iter().flat_map(Heat::range);
    let most = most.fold(0.0_f32, |most, value| most.max(value.abs()));
    let over: Vec<Colours> = heats.iter().map(|heat| image.under(heat, most)).collect();
    let shown = Shown {
        model,
        choice: &choice,
        weights,
        method,
        heats: &heats,
        over: &over,
    };
    let mut output = match args.format {
        Format::Text => Output::data(shown.text()),
        Format::Json => Output::json(&shown.json()),
        Format::Csv => Output::data(shown.grid().csv()),
        Format::Markdown => Output::data(shown.grid().markdown()),
    };
    if let Some(path) = &looked.output {
        let all: Vec<Colours> = std::iter::once(image).chain(over.iter().cloned()).collect();
        let beside = Colours::beside(&all);
        // A small image is enlarged so that its pixels can be seen.
        let side = (224 / beside.height().max(1)).max(1);
        let bytes = beside.enlarged(side).png().map_err(Failure::failed)?;
        let saved = save(path, looked.force, |file| file.write_all(&bytes))?;
        output.stderr += &saved.stderr;
    }
    Ok(output)
}

/// The maps, and all that is said of them.
struct Shown<'a> {
    model: &'a Model,
    choice: &'a InputChoice,
    weights: &'a WeightsChoice,
    method: Choice,
    heats: &'a [Heat],
    over: &'a [Colours],
}

/// Signs of a map without colours, from nothing to the largest value.
const SIGNS: [char; 5] = [' ', '░', '▒', '▓', '█'];

impl Shown<'_> {
    fn label(&self, class: usize) -> String {
        let label = self.model.label(class);
        label.map_or_else(String::new, |label| label.of(spoken()).to_owned())
    }

    fn text(&self) -> String {
        let language = spoken();
        let say = |message| language.say(&message);
        let mut text = say(message!(
            "run-cam-title",
            method = self.method.method.title(),
            model = &self.model.spec.name,
            input = self.choice.to_string(),
            weights = self.weights.to_string()
        ));
        text.push('\n');
        let room = usize::from(width().unwrap_or(80)) / self.heats.len().max(1);
        let columns = ((room.saturating_sub(2)) / 2).clamp(1, 56);
        let pictures: Vec<Vec<String>> = self
            .heats
            .iter()
            .zip(self.over)
            .map(|(heat, over)| self.rows(heat, over, columns))
            .collect();
        text += &self
            .heats
            .iter()
            .map(|heat| {
                let [row, column] = heat.peak();
                let (rows, across) = heat.values.dim();
                let cells = plain_dims([rows, across]);
                let label = self.label(heat.class);
                say(message!(
                    "run-cam-class-line",
                    class = heat.class,
                    label = label,
                    score = format!("{:.3}", heat.score),
                    cells = cells,
                    row = row + 1,
                    rows = rows,
                    column = column + 1,
                    columns = across
                )) + "\n"
            })
            .collect::<String>();
        let count = pictures.iter().map(Vec::len).max().unwrap_or(0);
        for row in 0..count {
            let parts: Vec<&str> = pictures.iter().map(|own| own[row].as_str()).collect();
            let _ = writeln!(text, "{}", parts.join("  "));
        }
        text += &say(message!("run-cam-legend"));
        text.push('\n');
        text += &say(self.method.method.worth());
        text.push('\n');
        text
    }

    /// Rows of a map: in colour two columns a pixel, else signs by the size of the value.
    fn rows(&self, heat: &Heat, over: &Colours, columns: usize) -> Vec<String> {
        if has_colour() {
            let small = over.within(columns);
            let rows = small.pixels.chunks(small.width);
            return rows
                .map(|row| {
                    let cells = row
                        .iter()
                        .map(|[r, g, b]| format!("\u{1b}[48;2;{r};{g};{b}m  "));
                    cells.collect::<String>() + "\u{1b}[0m"
                })
                .collect();
        }
        let most = self.heats.iter().flat_map(Heat::range);
        let most = most.fold(0.0_f32, |most, value| most.max(value.abs()));
        let (height, width) = (over.height(), over.width);
        let across = width.min(columns);
        let values = heat.over([(height * across / width).max(1), across]);
        let sign = |value: f32| {
            let part = if most > 0.0 { value.abs() / most } else { 0.0 };
            let place = (part * SIGNS.len() as f32) as usize;
            let sign = SIGNS[place.min(SIGNS.len() - 1)];
            if value < 0.0 && place > 0 { '-' } else { sign }
        };
        let rows = values.outer_iter();
        rows.map(|row| row.iter().flat_map(|&value| [sign(value); 2]).collect())
            .collect()
    }

    fn json(&self) -> serde_json::Value {
        let heats = self.heats.iter().map(|heat| {
            let at = heat.at.map(|id| self.model.network[id].path.to_string());
            let label = self.model.label(heat.class);
            let rows: Vec<Vec<f32>> = heat.values.outer_iter().map(|row| row.to_vec()).collect();
            json!({
                "class": heat.class,
                "label": label,
                "score": heat.score,
                "layer": at,
                "size": heat.values.shape(),
                "values": rows,
            })
        });
        json!({
            "model": self.model.spec.name,
            "weights": self.weights.to_string(),
            "input_source": self.choice.to_string(),
            "method": self.method.method.name(),
            "maps": heats.collect::<Vec<_>>(),
        })
    }

    /// A row a value.
    fn grid(&self) -> Grid {
        let heads = ["class", "row", "column", "value"];
        let mut grid = Grid::new(heads.map(|head| (head, Side::Right)));
        for heat in self.heats {
            for ((row, column), value) in heat.values.indexed_iter() {
                grid.row(vec![
                    heat.class.to_string(),
                    row.to_string(),
                    column.to_string(),
                    value.to_string(),
                ]);
            }
        }
        grid
    }
}
