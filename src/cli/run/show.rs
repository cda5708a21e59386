//! Results of `run`, as JSON and for people.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use crate::cli::engine::said;
use crate::cli::fit::WeightsFrom;
use crate::cli::flags::spoken;
use crate::cli::output::width;
use crate::engine::Products;
use crate::message;
use crate::report::Subject;
use crate::report::checks::json::ProblemRow;
use crate::report::format::{dims, fine_percent, thousands};
use crate::report::grid::{Grid, Side};
use crate::text::{Language, Message, Wording};
use crate::tui::kit::text::{self, pad};
use crate::weights::Fingerprint;

/// JSON of `run`.
#[derive(Debug, Serialize)]
pub(super) struct Pass {
    pub(super) model: String,
    pub(super) weights: String,
    /// The file that they are from, and what of it was read.
    pub(super) weights_from: Option<WeightsFrom>,
    pub(super) seed: Option<u64>,
    pub(super) train: bool,
    pub(super) input: Vec<usize>,
    pub(super) input_source: String,
    pub(super) input_label: Option<Wording>,
    /// Preprocessing of each picture in the batch; empty for a synthetic input.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) pictures: Vec<Seen>,
    pub(super) until: Option<String>,
    pub(super) output: Fingerprint,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) layers: Option<Vec<LayerValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) running: Option<BTreeMap<String, Fingerprint>>,
    pub(super) top: Vec<Vec<Class>>,
    pub(super) seconds: f64,
    /// Name of the kernels that ran: `avx512`, or `plain`.
    pub(super) kernel: &'static str,
    /// Facts of a pass in bf16.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) bf16: Option<Bf16>,
    /// Faulty layer before which the pass ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) ends_before: Option<String>,
    /// Problems of the network, as in `check`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) problems: Vec<ProblemRow>,
}

/// Preprocessing of a picture, as in the JSON.
#[allow(clippy::ref_option, reason = "as serde hands a field over")]
fn in_json<S: Serializer>(steps: &Option<Message>, to: S) -> Result<S::Ok, S::Error> {
    match steps {
        Some(steps) => to.serialize_str(&Language::ENGLISH.say(steps)),
        None => to.serialize_str("as it is"),
    }
}

/// Picture of the batch.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Seen {
    /// Name as on the command line.
    pub(super) source: String,
    /// Class of the picture, if it is known.
    pub(super) label: Option<Wording>,
    /// Width and height in pixels.
    pub(super) size: [u32; 2],
    /// Width and height before the crop.
    pub(super) resized: [u32; 2],
    /// Its preprocessing; none if it has the network's own size.
    #[serde(serialize_with = "in_json")]
    pub(super) steps: Option<Message>,
}

impl Seen {
    /// Title as `cat.png`, or `sample:3 (Shirt)`.
    pub(super) fn title(&self, language: Language) -> String {
        match &self.label {
            Some(label) => format!("{} ({})", self.source, label.of(language)),
            None => self.source.clone(),
        }
    }
}

/// Output of a layer.
#[derive(Debug, Serialize)]
pub(super) struct LayerValue {
    pub(super) name: String,
    pub(super) call: u32,
    pub(super) op: &'static str,
    #[serde(flatten)]
    pub(super) value: Fingerprint,
    /// Difference from the same layer in f32.
    #[serde(rename = "bf16_error", skip_serializing_if = "Option::is_none")]
    pub(super) apart: Option<Apart>,
}

/// Difference of a layer's output from that in f32, relative to the rms of that.
#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct Apart {
    pub(super) rms: f64,
    pub(super) max: f64,
}

/// Facts of a pass in bf16.
#[derive(Debug, Serialize)]
pub(super) struct Bf16 {
    /// Way to multiply: `instruction`, or `halves` where the processor has none.
    pub(super) products: &'static str,
    #[serde(skip)]
    pub(super) way: Products,
    /// Likeliest classes in f32, if there was such a pass.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) top_in_f32: Option<Vec<Vec<Class>>>,
}

impl Bf16 {
    /// For each image, the answer in f32 and the change of its probability.
    pub(super) fn answer(&self, top: &[Vec<Class>], language: Language) -> String {
        let before = self.top_in_f32.iter().flatten();
        let changes = before.zip(top).filter_map(|(before, now)| {
            let likeliest = before.first()?;
            let same = now.iter().find(|class| class.class == likeliest.class);
            let told = message!(
                "run-bf16-answer",
                class = likeliest.title(language),
                before = fine_percent(likeliest.probability.into()),
                now = fine_percent(same.map_or(0.0, |class| class.probability).into()),
            );
            Some(format!("\n  {}\n", language.say(&told)))
        });
        changes.collect()
    }
}

/// Class with its probability.
#[derive(Debug, Serialize)]
#[allow(clippy::struct_field_names, reason = "the names are the JSON's")]
pub(super) struct Class {
    pub(super) class: usize,
    pub(super) label: Option<Wording>,
    pub(super) probability: f32,
}

impl Class {
    /// Its label, or else its number.
    pub(super) fn title(&self, language: Language) -> String {
        match &self.label {
            Some(label) => label.of(language).to_owned(),
            None => language.say(&message!("label-class", number = self.class)),
        }
    }
}

impl Pass {
    /// Description of the preprocessing: `640×480, shorter side to 256 (bilinear), the middle 224×224`.
    fn picture_steps(&self, language: Language) -> Option<String> {
        let mut changed = self.pictures.iter();
        let (seen, steps) = changed.find_map(|seen| Some((seen, seen.steps.as_ref()?)))?;
        Some(match self.pictures.len() {
            1 => {
                let size = dims(seen.size);
                let steps = steps.clone();
                language.say(&message!("run-picture-steps", size = size, steps = steps))
            }
            _ => language.say(steps),
        })
    }
}

pub(super) fn six(number: f64) -> String {
    format!("{number:.6}")
}

/// Table of the layers' values, or of the output only.
pub(super) fn grid(pass: &Pass, number: &dyn Fn(f64) -> String, language: Language) -> Grid {
    let is_compared = pass.layers.iter().flatten().any(|own| own.apart.is_some());
    let errors: &[&str] = if is_compared {
        &["run-error-rms", "run-error-max"]
    } else {
        &[]
    };
    let numbers = ["label-mean", "label-rms", "label-min", "label-max"].iter();
    let numbers = numbers.chain(errors);
    let numbers = numbers.map(|id| (language.word(id), Side::Right));
    let words = ["column-layer", "column-op", "label-shape"];
    let words = words.map(|id| (language.word(id), Side::Left));
    let mut grid = Grid::new(words.into_iter().chain(numbers));
    let mut row = |name: String, op: &str, value: &Fingerprint, apart: Option<Apart>| {
        let numbers = [value.mean, value.rms, value.min, value.max].map(number);
        let apart = apart.map(|apart| [apart.rms, apart.max].map(number));
        let errors = apart.unwrap_or_default().into_iter().take(errors.len());
        grid.row(
            [name, op.to_owned(), dims(&value.shape)]
                .into_iter()
                .chain(numbers)
                .chain(errors),
        );
    };
    for layer in pass.layers.iter().flatten() {
        let path = crate::network::LayerPath {
            module: layer.name.clone(),
            call: layer.call,
        };
        row(path.to_string(), layer.op, &layer.value, layer.apart);
    }
    if pass.layers.is_none() {
        row(
            match &pass.until {
                Some(until) => until.clone(),
                None => language.word("column-output").to_owned(),
            },
            "",
            &pass.output,
            None,
        );
    }
    grid
}

pub(super) fn text(subject: &Subject, pass: &Pass) -> String {
    let bold = anstyle::Style::new().bold();
    let language = spoken();
    let input = format!("{} ({})", pass.input_source, dims(&pass.input));
    let input = match (&pass.input_label, pass.pictures.as_slice()) {
        (Some(label), [_]) => language.say(&message!(
            "run-input-shows",
            input = &pass.input_source,
            shape = dims(&pass.input),
            label = label
        )),
        _ => input,
    };
    let mode = language.word(if pass.train {
        "run-mode-training"
    } else {
        "mode-inference"
    });
    let mut text = format!(
        "{bold}{}{bold:#}  {}\n\n",
        subject.model.title().of(language),
        pass.model
    );
    let mut fact = |label: &'static str, value: &str| {
        let label = pad(language.word(label), 9, text::Side::Left);
        text += &format!("  {label}{value}\n");
    };
    fact("column-input", &input);
    if let Some(steps) = pass.picture_steps(language) {
        fact("run-picture", &steps);
    }
    fact("column-weights", &pass.weights);
    fact("run-mode", mode);
    let seconds = format!("{:.3}", pass.seconds);
    let time = match pass.kernel {
        "plain" => message!("run-seconds-plain", seconds = seconds),
        kernels => message!("run-seconds", seconds = seconds, kernels = kernels),
    };
    fact("label-time", &language.say(&time));
    if let Some(bf16) = &pass.bf16 {
        fact("run-numbers", &language.say(&said(bf16.way)));
    }
    text.push('\n');
    text += &grid(pass, &six, language).text(width(), true);
    for (number, image) in pass.top.iter().enumerate() {
        text.push('\n');
        if pass.top.len() > 1 {
            let image = language.say(&message!("run-image", number = number));
            let seen = pass.pictures.get(number);
            let seen = seen.map_or_else(String::new, |seen| format!("  {}", seen.title(language)));
            text += &format!(" {image}{seen}\n");
        }
        for class in image {
            let label = pad(&class.title(language), 16, text::Side::Left);
            let bar = "█".repeat((class.probability * 30.0).round() as usize);
            let line = format!(
                "  {:>8}  {label} {bar}",
                fine_percent(class.probability.into())
            );
            text += line.trim_end();
            text.push('\n');
        }
    }
    if let Some(bf16) = &pass.bf16 {
        text += &bf16.answer(&pass.top, language);
    }
    if let Some(running) = &pass.running {
        let moved = thousands(running.len() as u128);
        let notice = language.say(&message!("run-moved", count = moved));
        text += &format!("\n  {notice}\n");
    }
    text
}
