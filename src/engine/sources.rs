//! The choice of weights and input for a pass, as the command line names them: `shipped`, `synthetic:7`, `sample:0`, a file.

use std::path::{Path, PathBuf};

use ndarray::{Array4, Axis, concatenate};

use super::budget::admit_batch;
use super::{EngineError, Input};
use crate::lower::Model;
use crate::message;
use crate::network::{Shape, check};
use crate::spec::{catalog, named};
use crate::text::{Message, Wording, said};
use crate::weights::disk::{self, OnDisk, Places};
use crate::weights::published::PublishedWeights;
use crate::weights::{
    Initial, Picture, PictureError, SafetensorsFile, Scheme, Synthetic, WeightError, WeightSource,
    checkpoint, published, synthetic_input,
};

/// Source of the weights.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WeightsChoice {
    /// The built-in weights.
    Shipped,
    /// Generated from the tensors' names and a seed.
    Synthetic(u64),
    /// Drawn by a seed as training begins with them.
    Initial(Scheme, u64),
    /// A checkpoint: safetensors, or of `torch.save`; with the entry of it to read, where that is not the one to infer with.
    File(PathBuf, Option<String>),
}

/// Source of the input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InputChoice {
    /// A sample (shipped image), by its number.
    Sample(usize),
    /// Generated from a seed, in place of a preprocessed image.
    Synthetic(u64),
    /// An image file.
    File(PathBuf),
}

/// Reason that a choice cannot be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChoiceError {
    /// The network has no built-in weights.
    NoWeights(String),
    /// The network has no samples.
    NoSamples(String),
    /// The sample's number is beyond the last one.
    NoSuchSample {
        /// Number that was requested.
        number: usize,
        /// Number of the last sample.
        last: usize,
    },
    /// One image file cannot fill a batch of several images.
    Batch(usize),
    /// Published weights are not on this disk.
    NotHere {
        /// Name of the network and tag.
        name: String,
        /// Address to download them from.
        address: String,
    },
    /// Only a file has entries.
    Entry(String),
    /// The words are of no known form of weights.
    WeightsForm(String),
    /// The words are of no known form of an input.
    InputForm(String),
    /// No pass has room for the batch.
    Memory(EngineError),
    /// An error in the weights.
    Weights(WeightError),
    /// An error in the image.
    Picture(PictureError),
    /// The network has no input.
    NoInput,
}

impl ChoiceError {
    /// Problem, place and fix.
    pub fn message(&self) -> Message {
        match self {
            Self::NoWeights(name) => message!("choice-no-weights", name = name),
            Self::NoSamples(name) => message!("choice-no-samples", name = name),
            Self::NoSuchSample { number, last } => {
                message!("choice-no-such-sample", number = *number, last = *last)
            }
            Self::Batch(size) => message!("choice-batch", size = *size),
            Self::NotHere { name, address } => {
                message!("choice-not-here", name = name, address = address)
            }
            Self::Entry(weights) => message!("choice-entry", weights = weights),
            Self::WeightsForm(text) => message!("choice-weights-form", text = text),
            Self::InputForm(text) => message!("choice-input-form", text = text),
            Self::Memory(error) => error.message(),
            Self::Weights(error) => error.message(),
            Self::Picture(error) => error.message(),
            Self::NoInput => message!("choice-no-input"),
        }
    }
}

said!(ChoiceError: Memory(EngineError), Weights(WeightError), Picture(PictureError));

impl WeightsChoice {
    /// Reads `shipped`, `synthetic:SEED`, `init:he:SEED`, `init:torch:SEED`, a file's name, or the name of published weights that are on
    /// this disk: `resnet50.a1_in1k`.
    ///
    /// # Errors
    /// The seed is no number, the file is of another kind, or the weights are not on this disk.
    pub fn parse(text: &str) -> Result<Self, ChoiceError> {
        Self::parse_for(text, None)
    }

    /// The same for a network, of whose published weights the tag is enough: `a1_in1k`.
    ///
    /// # Errors
    /// As [`WeightsChoice::parse`].
    pub fn parse_for(text: &str, net: Option<&str>) -> Result<Self, ChoiceError> {
        Self::parse_at(text, net, &Places::of_system())
    }

    /// The same with the places to look for published weights in.
    ///
    /// # Errors
    /// As [`WeightsChoice::parse`].
    pub fn parse_at(text: &str, net: Option<&str>, places: &Places) -> Result<Self, ChoiceError> {
        let wrong = || ChoiceError::WeightsForm(text.to_owned());
        if text == "shipped" {
            return Ok(Self::Shipped);
        }
        if let Some(seed) = text.strip_prefix("synthetic:") {
            return seed.parse().map(Self::Synthetic).map_err(|_| wrong());
        }
        for scheme in Scheme::ALL {
            let begin = format!("init:{}:", scheme.name());
            if let Some(seed) = text.strip_prefix(&begin) {
                let seed = seed.parse().map_err(|_| wrong())?;
                return Ok(Self::Initial(scheme, seed));
            }
        }
        let path = named::path(text);
        if checkpoint::has_checkpoint_name(&path) || path.exists() {
            return Ok(Self::File(path, None));
        }
        if let Some(weights) = published::named(text, net) {
            let file = places.find(weights);
            let file = file.ok_or_else(|| ChoiceError::NotHere {
                name: weights.name(),
                address: weights.address(),
            })?;
            return Ok(Self::File(file.path, None));
        }
        Err(wrong())
    }

    /// The same for a model, where `auto` asks for the best weights at hand.
    ///
    /// # Errors
    /// As [`WeightsChoice::parse`].
    pub fn parse_in(text: &str, model: &Model) -> Result<Self, ChoiceError> {
        match text {
            "auto" => Ok(Self::auto(model)),
            text => Self::parse_for(text, published_net(model)),
        }
    }

    /// The built-in weights, else the most accurate published ones on this disk, else synthetic ones of seed 0.
    pub fn auto(model: &Model) -> Self {
        match (Self::default_for(model), best_here(model)) {
            (Self::Synthetic(_), Some((_, file))) => Self::File(file.path, None),
            (default, _) => default,
        }
    }

    /// The published weights of a model's network that these are, by the file's name or place.
    pub fn published(&self, model: &Model) -> Option<&'static PublishedWeights> {
        let Self::File(path, _) = self else {
            return None;
        };
        let net = published_net(model)?;
        published::of_file(path, net).or_else(|| {
            let places = Places::of_system();
            published::of(net).find(|row| places.find(row).is_some_and(|file| file.path == *path))
        })
    }

    /// The model with the preprocessing that these weights expect: that of the library which publishes them, if one does.
    pub fn prepared(&self, model: Model) -> Model {
        match self.published(&model) {
            Some(weights) => model.prepared(weights.preparation()),
            None => model,
        }
    }

    /// The same with an entry of the file.
    ///
    /// # Errors
    /// The weights are of no file, and have no entries.
    pub fn with_entry(self, entry: Option<&str>) -> Result<Self, ChoiceError> {
        match (self, entry) {
            (choice, None) => Ok(choice),
            (Self::File(path, _), Some(entry)) => Ok(Self::File(path, Some(entry.to_owned()))),
            (choice, Some(_)) => Err(ChoiceError::Entry(choice.to_string())),
        }
    }

    /// Whether they are drawn at random.
    pub const fn is_random(&self) -> bool {
        matches!(self, Self::Synthetic(_) | Self::Initial(..))
    }

    /// The built-in weights if the network has some, else synthetic ones of seed 0.
    pub fn default_for(model: &Model) -> Self {
        if model.spec.file.weights.is_some() && shipped_bytes(model).is_some() {
            Self::Shipped
        } else {
            Self::Synthetic(0)
        }
    }

    /// Opens the source.
    ///
    /// # Errors
    /// Nothing is built in for this network, or the file cannot be read.
    pub fn open(&self, model: &Model) -> Result<Box<dyn WeightSource>, ChoiceError> {
        Ok(match self {
            Self::Shipped => {
                let bytes = shipped_bytes(model)
                    .ok_or_else(|| ChoiceError::NoWeights(model.spec.name.clone()))?;
                Box::new(SafetensorsFile::from_static(bytes, "shipped")?)
            }
            Self::Synthetic(seed) => Box::new(Synthetic { seed: *seed }),
            Self::Initial(scheme, seed) => Box::new(Initial::new(&model.network, *scheme, *seed)),
            Self::File(path, entry) => {
                checkpoint::open_for(path, &model.network, entry.as_deref())?
            }
        })
    }
}

/// The name under which weights of a network are published: only a shipped one has such.
fn published_net(model: &Model) -> Option<&str> {
    catalog::is_shipped(&model.spec.source).then_some(model.spec.name.as_str())
}

fn best_here(model: &Model) -> Option<(&'static PublishedWeights, OnDisk)> {
    let classes = model.spec.file.classes.as_ref()?.value;
    disk::best_here(published_net(model)?, classes, &Places::of_system())
}

fn shipped_bytes(model: &Model) -> Option<&'static [u8]> {
    let file = model.spec.file.weights.as_ref()?.value.file.as_ref()?;
    catalog::asset(&model.spec.source.name, &file.value)
}

/// A shipped image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// Name of its file, next to the spec.
    pub file: String,
    /// Class of the image, taken from its file name.
    pub label: Wording,
}

/// Samples of a network, in order.
pub fn samples(model: &Model) -> Vec<Sample> {
    let Some(folder) = &model.spec.file.samples else {
        return Vec::new();
    };
    catalog::samples(&model.spec.source.name, &folder.value)
        .into_iter()
        .map(|file| {
            let label = label_of(&file, model);
            Sample { file, label }
        })
        .collect()
}

/// The number of classes of a network; `None` where it outputs a map.
pub fn classes(model: &Model) -> Option<usize> {
    let (shapes, _) = check::shapes(&model.network);
    match shapes[model.network.sink()?]? {
        Shape::Map { .. } => None,
        shape @ Shape::Vector { .. } => Some(shape.channels() as usize),
    }
}

/// Classes of the samples, in order; `None` if a sample's file is named after no class of the network.
pub fn sample_classes(model: &Model) -> Option<Vec<usize>> {
    let labels = model.labels()?;
    let classes = samples(model).into_iter().map(|sample| {
        (0..labels.len()).find(|&class| model.label(class).as_ref() == Some(&sample.label))
    });
    classes.collect()
}

/// The class whose name is spelled like the file name: `ankle-boot` for `00_ankle-boot.png`.
fn label_of(file: &str, model: &Model) -> Wording {
    let stem = Path::new(file)
        .file_stem()
        .and_then(|stem| stem.to_str())
        .unwrap_or(file);
    let word = stem.split_once('_').map_or(stem, |(_, word)| word);
    let plain = |text: &str| -> String {
        text.to_lowercase()
            .chars()
            .map(|c| if c.is_alphanumeric() { c } else { '-' })
            .collect()
    };
    let labels = model.labels();
    labels
        .and_then(|labels| labels.into_iter().position(|label| plain(label) == word))
        .and_then(|class| model.label(class))
        .unwrap_or_else(|| Wording::new(word))
}

impl InputChoice {
    /// Parses `sample:N`, `synthetic:SEED` or a file name.
    ///
    /// # Errors
    /// The number is not a number.
    pub fn parse(text: &str) -> Result<Self, ChoiceError> {
        let wrong = |_| ChoiceError::InputForm(text.to_owned());
        if let Some(number) = text.strip_prefix("sample:") {
            return number.parse().map(Self::Sample).map_err(wrong);
        }
        if let Some(seed) = text.strip_prefix("synthetic:") {
            return seed.parse().map(Self::Synthetic).map_err(wrong);
        }
        Ok(Self::File(named::path(text)))
    }

    /// The first sample if the network has some, else a synthetic input with the weights' seed.
    pub fn default_for(model: &Model, weights: &WeightsChoice) -> Self {
        match weights {
            WeightsChoice::Synthetic(seed) | WeightsChoice::Initial(_, seed) => {
                Self::Synthetic(*seed)
            }
            _ if samples(model).is_empty() => Self::Synthetic(0),
            _ => Self::Sample(0),
        }
    }

    /// Opens the batch: `batch` images of the network's input size.
    ///
    /// # Errors
    /// There is no such image, it cannot be read, or one file is to fill a batch of several.
    pub fn open(&self, model: &Model, batch: usize) -> Result<Input, ChoiceError> {
        let [channels, height, width] = input_dims(model).ok_or(ChoiceError::NoInput)?;
        admit_batch(&model.network, batch)?;
        if let Self::Synthetic(seed) = self {
            let values = synthetic_input(*seed, &[batch, channels, height, width]);
            let array = values
                .into_dimensionality()
                .map_err(|_| ChoiceError::NoInput)?;
            return Ok(Input::Prepared(array));
        }
        pixels(model, &self.pictures(model, batch)?)
    }

    /// Images of a batch; none for a synthetic input. Samples after the first follow in order and start again after the last.
    ///
    /// # Errors
    /// There is no such image, it cannot be read, or one file is to fill a batch of several.
    pub fn pictures(&self, model: &Model, batch: usize) -> Result<Vec<Picture>, ChoiceError> {
        admit_batch(&model.network, batch)?;
        match self {
            Self::Synthetic(_) => Ok(Vec::new()),
            Self::File(path) => {
                if batch != 1 {
                    return Err(ChoiceError::Batch(batch));
                }
                Ok(vec![Picture::open(path)?])
            }
            Self::Sample(first) => {
                let all = samples(model);
                let Some(last) = all.len().checked_sub(1) else {
                    return Err(ChoiceError::NoSamples(model.spec.name.clone()));
                };
                if *first > last {
                    return Err(ChoiceError::NoSuchSample {
                        number: *first,
                        last,
                    });
                }
                let files = all.iter().cycle().skip(*first).take(batch);
                let decoded = files.map(|sample| {
                    let bytes =
                        catalog::asset(&model.spec.source.name, &sample.file).unwrap_or_default();
                    Ok(Picture::decode(bytes)?)
                });
                decoded.collect()
            }
        }
    }

    /// The choice for image `number` of a batch that begins with this one: for a sample, the one `number` places after it.
    #[must_use]
    pub fn following(&self, model: &Model, number: usize) -> Self {
        match self {
            Self::Sample(first) => Self::Sample((first + number) % samples(model).len().max(1)),
            other => other.clone(),
        }
    }

    /// Class of the image, if it is a sample.
    pub fn label(&self, model: &Model) -> Option<Wording> {
        match self {
            Self::Sample(number) => samples(model)
                .into_iter()
                .nth(*number)
                .map(|sample| sample.label),
            Self::Synthetic(_) | Self::File(_) => None,
        }
    }
}

impl std::fmt::Display for WeightsChoice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Shipped => f.write_str("shipped"),
            Self::Synthetic(seed) => write!(f, "synthetic:{seed}"),
            Self::Initial(scheme, seed) => write!(f, "init:{}:{seed}", scheme.name()),
            Self::File(path, _) => path.display().fmt(f),
        }
    }
}

impl std::fmt::Display for InputChoice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Sample(number) => write!(f, "sample:{number}"),
            Self::Synthetic(seed) => write!(f, "synthetic:{seed}"),
            Self::File(path) => path.display().fmt(f),
        }
    }
}

/// Channels, height and width of the network's input.
pub(super) fn input_dims(model: &Model) -> Option<[usize; 3]> {
    model.picture_steps().map(|steps| steps.size)
}

/// The network with its preprocessing as layers, and the batch of unprepared images that is its input.
///
/// `None` if the images need no preprocessing, if they differ in size and so form no batch, or if there are none.
///
/// # Errors
/// The network's input has other channels than images have.
pub fn through_layers(
    model: &Model,
    pictures: &[Picture],
) -> Result<Option<(Model, Input)>, ChoiceError> {
    let Some(first) = pictures.first() else {
        return Ok(None);
    };
    let [reads, ..] = input_dims(model).ok_or(ChoiceError::NoInput)?;
    let channels = match reads {
        1 if pictures.iter().all(Picture::is_grey) => 1,
        1 => 3,
        other => other,
    };
    if pictures.iter().any(|other| other.size() != first.size()) {
        return Ok(None);
    }
    let (width, height) = first.size();
    let Some(model) = model.for_pictures(channels as u64, [height.into(), width.into()]) else {
        return Ok(None);
    };
    let values = pictures.iter().map(|picture| picture.values(channels));
    let values = values.collect::<Result<Vec<_>, _>>()?;
    Ok(Some((model, batch(&values)?)))
}

/// Batch made of images for a network that leaves their preprocessing to the caller.
///
/// # Errors
/// The network's input has other channels than images have.
pub fn pixels(model: &Model, pictures: &[Picture]) -> Result<Input, ChoiceError> {
    let steps = model.picture_steps().ok_or(ChoiceError::NoInput)?;
    let images: Result<Vec<Array4<f32>>, PictureError> = pictures
        .iter()
        .map(|picture| picture.prepared(&steps))
        .collect();
    batch(&images?)
}

fn batch(images: &[Array4<f32>]) -> Result<Input, ChoiceError> {
    let views: Vec<_> = images.iter().map(|image| image.view()).collect();
    let batch = concatenate(Axis(0), &views).map_err(|_| ChoiceError::NoInput)?;
    Ok(Input::Pixels(batch))
}
