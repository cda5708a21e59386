//! Preprocessing: steps on the image itself, then layers of the network.

use super::Model;
use super::builder::Builder;
use crate::message;
use crate::network::resample::resized;
use crate::network::{self, Filter, Layer, LayerPath, Node, Picture, Scope, Shape, Stage, limits};
use crate::spec::decode::{OneOrEach, OrNone};
use crate::spec::file::Preprocess;
use crate::spec::interpolation::Interpolation;
use crate::spec::{Located, Place, Problem, Severity, Spec};
use crate::text::format::dims;
use crate::text::{Joint, Message};

/// Preprocessing settings that replace the spec's.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Preparation {
    /// Mean to subtract: one for all channels, or one per channel.
    pub mean: Option<Vec<f64>>,
    /// Standard deviation to divide by: one for all channels, or one per channel.
    pub std: Option<Vec<f64>>,
    /// Whether the channels are blue, green, red rather than red, green, blue.
    pub bgr: bool,
    /// Length of the shorter side after resizing, in pixels.
    pub resize: Option<u64>,
    /// Side of the square centre crop, in pixels: the network's input size.
    pub crop: Option<u64>,
    /// Filter for resizing.
    pub filter: Option<Filter>,
}

impl Preparation {
    /// These settings where they are given, and else those of `base`.
    #[must_use]
    pub fn over(self, base: Self) -> Self {
        Self {
            mean: self.mean.or(base.mean),
            std: self.std.or(base.std),
            bgr: self.bgr || base.bgr,
            resize: self.resize.or(base.resize),
            crop: self.crop.or(base.crop),
            filter: self.filter.or(base.filter),
        }
    }

    /// Applies the settings to a spec, whose input has the size `input_size` if it is given.
    ///
    /// # Errors
    /// A list has not one number per channel.
    pub(super) fn apply(
        &self,
        spec: &mut Spec,
        input_size: Option<[u64; 2]>,
    ) -> Result<(), Box<Problem>> {
        if *self == Self::default() {
            return Ok(());
        }
        let file = &mut spec.file;
        // A spec without input is no network, which is reported elsewhere.
        let Some(input) = &mut file.input else {
            return Ok(());
        };
        let channels = input.value.first().map_or(0, |channels| channels.value) as usize;
        let place = input.place.clone();
        if let Some(size) = self.crop.map(|side| [side; 2]).or(input_size)
            && (self.resize.is_some() || self.crop.is_some())
        {
            // A resize that is given for this size is not changed in proportion.
            for (side, size) in input.value.iter_mut().skip(1).zip(size) {
                side.value = size;
            }
        }
        let nothing = || at(&place, OrNone(None));
        let own = file.preprocess.get_or_insert_with(nothing);
        let own = own.value.0.get_or_insert_default();
        let list = |flag: &str, values: &Option<Vec<f64>>| -> Result<_, Box<Problem>> {
            let Some(values) = values else {
                return Ok(None);
            };
            let all = match values.as_slice() {
                [one] => return Ok(Some(at(&place, OneOrEach::All(at(&place, *one))))),
                all if all.len() == channels => all,
                all => {
                    let message = message!(
                        "problem-values-for-channels",
                        key = flag,
                        count = all.len(),
                        channels = channels
                    );
                    let help = message!("help-one-per-channel-commas");
                    return Err(Problem::error("value", message).help(help).into());
                }
            };
            let all = all.iter().map(|value| at(&place, *value)).collect();
            Ok(Some(at(&place, OneOrEach::Each(all))))
        };
        own.mean = list("--mean", &self.mean)?.or(own.mean.take());
        own.std = list("--std", &self.std)?.or(own.std.take());
        // Either alone is enough here: the other has no effect.
        if let (Some(_), None) | (None, Some(_)) = (&own.mean, &own.std) {
            let missing = if own.mean.is_none() { 0.0 } else { 1.0 };
            let other = Some(vec![missing]);
            own.mean = own.mean.take().or(list("--mean", &other)?);
            own.std = own.std.take().or(list("--std", &other)?);
        }
        own.resize = self
            .resize
            .map(|side| at(&place, side))
            .or(own.resize.take());
        let interpolation = self.filter.map(|kind| at(&place, interpolation(kind)));
        own.interpolation = interpolation.or(own.interpolation.take());
        if self.bgr {
            own.bgr = Some(at(&place, true));
        }
        Ok(())
    }
}

fn at<T>(place: &Place, value: T) -> Located<T> {
    Located {
        value,
        place: place.clone(),
    }
}

/// Preprocessing steps of an image before its values are scaled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PictureSteps {
    /// Length of the shorter side after resizing; an image of the network's input size is left unchanged.
    pub resize: Option<u32>,
    /// Filter for resizing.
    pub filter: Filter,
    /// Channels, height and width after the centre crop.
    pub size: [usize; 3],
    /// Whether blue is the first channel.
    pub bgr: bool,
}

impl PictureSteps {
    /// The steps as a text: `shorter side to 256 (bilinear), centre 224×224`.
    pub fn message(&self) -> Message {
        let [_, height, width] = self.size;
        let resize = self.resize.map(|side| {
            let filter = self.filter.name();
            message!("layer-resize", side = side, filter = filter)
        });
        let crop = message!("layer-crop", size = dims([height, width]));
        let bgr = self.bgr.then(|| message!("steps-blue-first"));
        let steps = resize.into_iter().chain([crop]).chain(bgr);
        message!("steps", steps = Joint::Comma.of(steps))
    }

    /// Layers for these steps, for an image of these channels and this height and width.
    fn layers(&self, channels: u64, size: [u64; 2]) -> Vec<(&'static str, Layer)> {
        let own = [self.size[1], self.size[2]].map(|side| side as u64);
        let mut layers = Vec::new();
        if channels == 3 && self.size[0] == 1 {
            layers.push(("preprocess.grayscale", Layer::Picture(Picture::Grayscale)));
        }
        if size != own {
            if let Some(shorter) = self.resize.map(u64::from) {
                let filter = self.filter;
                layers.push((
                    "preprocess.resize",
                    Layer::Picture(Picture::Resize { shorter, filter }),
                ));
            }
            layers.push((
                "preprocess.crop",
                Layer::Picture(Picture::CenterCrop { size: own }),
            ));
        }
        if self.bgr && self.size[0] == 3 {
            layers.push(("preprocess.bgr", Layer::Picture(Picture::RgbToBgr)));
        }
        layers
    }
}

impl Model {
    /// Preprocessing steps of an image before its values are scaled; `None` for a network without input.
    pub fn picture_steps(&self) -> Option<PictureSteps> {
        let Some(Shape::Map { channels, size }) = self.network.reads() else {
            return None;
        };
        let size = [channels, size[0], size[1]].map(|size| size as usize);
        let file = &self.spec.file;
        let own = file.preprocessing();
        // In proportion if the input's size was changed.
        let resize = own.and_then(|own| own.resize.as_ref()).and_then(|resize| {
            let spec = file.input.as_ref()?.value.get(1)?.value;
            let shorter = size[1].min(size[2]) as u64;
            u32::try_from(resize.value * shorter / spec.max(1)).ok()
        });
        Some(PictureSteps {
            resize,
            filter: own
                .and_then(|own| own.interpolation.as_ref())
                .map_or_else(Filter::default, |kind| filter(kind.value)),
            size,
            bgr: own
                .and_then(|own| own.bgr.as_ref())
                .is_some_and(|bgr| bgr.value),
        })
    }

    /// The network with an image of these channels and this height and width as its input: preprocessing steps become layers.
    ///
    /// `None` if there are no steps, as for an image of the network's input size, or if the image is larger than [`limits`]
    /// allow.
    pub fn for_pictures(&self, channels: u64, size: [u64; 2]) -> Option<Self> {
        let layers = self.picture_steps()?.layers(channels, size);
        let sides = |size: [u64; 2]| size.iter().all(|side| (1..=limits::SIDE).contains(side));
        let fits = layers.iter().all(|(_, layer)| match layer {
            Layer::Picture(Picture::Resize { shorter, .. }) => sides(resized(size, *shorter)),
            _ => true,
        });
        if layers.is_empty() || !fits || !sides(size) {
            return None;
        }
        let file = &self.spec.file;
        let place = file.preprocess.as_ref().map(|own| own.place.clone());
        let place = place.or_else(|| Some(file.input.as_ref()?.place.clone()));
        let mut origins = self.origins.clone();
        origins.splice(
            1.min(origins.len())..1.min(origins.len()),
            vec![place; layers.len()],
        );
        let nodes = layers.into_iter().map(|(path, layer)| Node {
            path: LayerPath::new(path),
            layer,
            scope: Scope::of_stage(Stage::Preprocess),
            function: false,
        });
        let picture = Layer::Input { channels, size };
        Some(Self {
            network: self.network.with_pictures(picture, nodes.collect()),
            spec: self.spec.clone(),
            origins,
            problems: self.problems.clone(),
            requested: self.requested.clone(),
        })
    }
}

const fn filter(kind: Interpolation) -> Filter {
    match kind {
        Interpolation::Bilinear => Filter::Bilinear,
        Interpolation::Bicubic => Filter::Bicubic,
        Interpolation::Nearest => Filter::Nearest,
    }
}

const fn interpolation(filter: Filter) -> Interpolation {
    match filter {
        Filter::Bilinear => Interpolation::Bilinear,
        Filter::Bicubic => Interpolation::Bicubic,
        Filter::Nearest => Interpolation::Nearest,
    }
}

/// Problem for a list of `preprocess` that has not one value per channel.
fn one_a_channel(
    key: &str,
    values: &Located<OneOrEach<f64>>,
    channels: u64,
    place: &Place,
) -> Problem {
    let message = message!(
        "problem-values-for-channels",
        key = key,
        count = values.value.all().len(),
        channels = channels
    );
    Problem::error("value", message)
        .at(place)
        .help(message!("help-one-per-channel"))
}

/// Note that the values of a list for other channels give way to their mean.
fn their_mean(
    key: &str,
    values: &Located<OneOrEach<f64>>,
    channels: u64,
    place: &Place,
) -> Problem {
    let message = message!(
        "note-values-of-other-channels",
        key = key,
        count = values.value.all().len(),
        channels = channels
    );
    let note = Problem::error("value", message).severity(Severity::Note);
    note.at(place).help(message!("help-own-values", key = key))
}

/// First layers for the values of an image: scaling, then standardisation.
pub(super) fn layers(
    preprocess: &Preprocess,
    channels: u64,
    adapts: bool,
    [place, input]: [&Place; 2],
    builder: &mut Builder,
) {
    let place = Some(place);
    let divisor = preprocess
        .divisor
        .as_ref()
        .map_or(255.0, |divisor| divisor.value) as f32;
    builder.push(
        "preprocess.scale",
        place,
        Layer::Preprocess(network::Preprocess::Scale { divisor }),
    );
    if let (Some(one), None) | (None, Some(one)) = (&preprocess.mean, &preprocess.std) {
        builder.report(
            Problem::error("missing-key", message!("problem-mean-without-std"))
                .at(&one.place)
                .help(message!("help-mean-and-std")),
        );
    }
    if let (Some(mean), Some(std)) = (&preprocess.mean, &preprocess.std) {
        // A parent's values are for the parent's channels; this file's own are for its own, unless others were asked for.
        for (key, values) in [("mean", mean), ("std", std)] {
            let fits = match &values.value {
                OneOrEach::All(_) => true,
                OneOrEach::Each(all) => all.len() as u64 == channels,
            };
            match (fits, builder.is_own(&values.place) && !adapts) {
                (true, _) => {}
                (false, true) => {
                    builder.report(one_a_channel(key, values, channels, &values.place));
                }
                (false, false) => builder.report(their_mean(key, values, channels, input)),
            }
        }
        // Values for another number of channels give way to their mean, as in timm.
        let each = |value: f64| vec![value as f32; channels.min(limits::CHANNELS) as usize];
        let floats = |values: &OneOrEach<f64>| match values {
            OneOrEach::All(one) => each(one.value),
            OneOrEach::Each(all) if all.len() as u64 != channels => {
                let sum: f64 = all.iter().map(|value| value.value).sum();
                each(sum / all.len().max(1) as f64)
            }
            OneOrEach::Each(all) => all.iter().map(|value| value.value as f32).collect(),
        };
        let layer = Layer::Preprocess(network::Preprocess::Standardize {
            mean: floats(&mean.value),
            std: floats(&std.value),
        });
        builder.push("preprocess.standardize", place, layer);
    }
}
