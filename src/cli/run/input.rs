//! Inputs of a pass: a single one, or a batch of pictures.

use super::layer_value;
use super::show::{LayerValue, Seen};
use crate::analysis::Rule;
use crate::cli::note;
use crate::cli::output::Failure;
use crate::engine::sources::{pixels, through_layers};
use crate::engine::{ChoiceError, Input, InputChoice, LayerWeights, Mode, plain};
use crate::lower::{Model, PictureSteps};
use crate::message;
use crate::report::Subject;
use crate::report::format::dims;
use crate::weights::{Fingerprint, Picture};

/// Whether a picture has the input size of the network, so it stays as it is.
fn fits(picture: &Picture, steps: &PictureSteps) -> bool {
    let (width, height) = picture.size();
    !steps.bgr && [height as usize, width as usize] == steps.size[1..]
}

/// Inputs of a pass.
pub(super) struct Batch {
    /// Synthetic input, if there is no picture.
    synthetic: Option<Input>,
    /// Number of images.
    pub(super) images: u64,
    pub(super) seen: Vec<Seen>,
    pictures: Vec<Picture>,
}

impl Batch {
    /// Reads the inputs; several make a batch, whose size need not be given.
    ///
    /// # Errors
    /// An input cannot be read, or a synthetic one is mixed with pictures.
    pub(super) fn read(
        model: &Model,
        choices: &[InputChoice],
        batch: u64,
    ) -> Result<Self, Failure> {
        if let [InputChoice::Synthetic(_)] = choices {
            return Ok(Self {
                synthetic: Some(choices[0].open(model, batch as usize).map_err(notice)?),
                images: batch,
                seen: Vec::new(),
                pictures: Vec::new(),
            });
        }
        if let Some(synthetic) = choices
            .iter()
            .find(|choice| matches!(choice, InputChoice::Synthetic(_)))
        {
            let input = synthetic.to_string();
            return Err(Failure::usage(message!("run-mixed-inputs", input = input)));
        }
        let each = if choices.len() == 1 { batch } else { 1 };
        if choices.len() > 1 && batch != 1 && batch != choices.len() as u64 {
            let count = choices.len();
            let notice = message!("run-inputs-batch", count = count, batch = batch);
            return Err(Failure::usage(notice));
        }
        let steps = model
            .picture_steps()
            .ok_or(ChoiceError::NoInput)
            .map_err(notice)?;
        let mut pictures = Vec::new();
        let mut seen = Vec::new();
        for choice in choices {
            for (number, picture) in choice
                .pictures(model, each as usize)
                .map_err(notice)?
                .into_iter()
                .enumerate()
            {
                let own = choice.following(model, number);
                let size = picture.size();
                let resized = picture.resized_size(&steps).map_err(Failure::failed)?;
                seen.push(Seen {
                    source: own.to_string(),
                    label: own.label(model),
                    size: size.into(),
                    resized: resized.into(),
                    steps: (!fits(&picture, &steps)).then(|| steps.message()),
                });
                pictures.push(picture);
            }
        }
        Ok(Self {
            synthetic: None,
            images: pictures.len() as u64,
            seen,
            pictures,
        })
    }

    /// Notes about the preprocessing: a picture that is surrounded by black.
    pub(super) fn notes(&self, model: &Model) -> String {
        let Some([_, height, width]) = model.picture_steps().map(|steps| steps.size) else {
            return String::new();
        };
        let is_short = |seen: &&Seen| {
            let [own_width, own_height] = seen.resized.map(|side| side as usize);
            own_width < width || own_height < height
        };
        let short = self.seen.iter().filter(is_short);
        let notice = short.map(|seen| {
            note(&message!(
                "run-black-border",
                crop = dims([height, width]),
                picture = &seen.source,
                resized = dims([seen.resized[1], seen.resized[0]])
            ))
        });
        notice.collect()
    }

    /// Network with its input. For an inspected pass, preprocessing becomes layers of it, unless the pictures differ in size.
    ///
    /// # Errors
    /// The number of the network's input channels differs from the pictures'.
    pub(super) fn opened(
        &self,
        subject: Subject,
        inspects_layers: bool,
    ) -> Result<(Subject, Input), Failure> {
        if inspects_layers
            && let Some((model, input)) =
                through_layers(&subject.model, &self.pictures).map_err(notice)?
        {
            return Ok((Subject::new(model, Rule::default(), subject.batch), input));
        }
        let input = match &self.synthetic {
            Some(input) => input.clone(),
            None => pixels(&subject.model, &self.pictures).map_err(notice)?,
        };
        Ok((subject, input))
    }

    /// Preprocessing of pictures that differ in size, one after the other, before they become a batch.
    pub(super) fn before(&self, model: &Model) -> Result<Vec<LayerValue>, Failure> {
        let mut rows = Vec::new();
        for (number, picture) in self.pictures.iter().enumerate() {
            let alone = through_layers(model, std::slice::from_ref(picture)).map_err(notice)?;
            let Some((model, Input::Pixels(values))) = alone else {
                continue;
            };
            let network = &model.network;
            let mut value = values.into_dyn();
            for id in network.ids_at(0..network.picture_layers()) {
                let layer = &network[id].layer;
                value = plain::run(layer, &LayerWeights::None, &[&value], Mode::Inference).output;
                rows.push(LayerValue {
                    call: number as u32 + 1,
                    ..layer_value(&model, id, Fingerprint::of(&value))
                });
            }
        }
        Ok(rows)
    }
}

fn notice(error: ChoiceError) -> Failure {
    match error {
        ChoiceError::Batch(_) | ChoiceError::NoSuchSample { .. } => Failure::usage(error),
        error => Failure::failed(error),
    }
}
