//! Weights and inputs on offer: built in, on this disk, published elsewhere, drawn at random, or to be typed.

use std::path::{Path, PathBuf};

use crate::engine::sources::samples;
use crate::engine::{InputChoice, WeightsChoice};
use crate::lower::Model;
use crate::message;
use crate::report::Subject;
use crate::report::format::accuracy;
use crate::spec::{catalog, named};
use crate::text::Message;
use crate::tui::context::Around;
use crate::tui::overlay::files::Files;
use crate::tui::worker::Wanted;
use crate::weights::disk::{Keeper, here};
use crate::weights::fetch::AVAILABLE;
use crate::weights::published::{self, PublishedWeights};
use crate::weights::{Scheme, fit};

/// Weights on offer.
#[derive(Debug, Clone, PartialEq)]
pub enum Offer {
    /// Weights that can run at once.
    Ready(Source),
    /// Published weights that are not on this disk.
    Elsewhere {
        /// The weights.
        weights: &'static PublishedWeights,
        /// Size in MB, by the library or by the network's tensors.
        megabytes: u64,
    },
    /// A file or tag to type.
    Typed,
}

/// Weights at hand, with what is known of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// The choice.
    pub choice: WeightsChoice,
    /// The published weights that these are.
    pub published: Option<&'static PublishedWeights>,
    /// The cache that they were found in.
    pub keeper: Option<Keeper>,
    /// Their accuracy, a percentage.
    pub top1: Option<f64>,
}

impl Source {
    /// Weights that are not looked for in any cache.
    pub fn of(choice: WeightsChoice, model: &Model) -> Self {
        let published = match &choice {
            WeightsChoice::File(path, _) if catalog::is_shipped(&model.spec.source) => {
                published::of_file(path, &model.spec.name)
            }
            _ => None,
        };
        Self {
            choice,
            top1: published.and_then(top1),
            published,
            keeper: None,
        }
    }

    /// Whether the weights are drawn at random.
    pub const fn is_random(&self) -> bool {
        self.choice.is_random()
    }

    /// Name for a title: of published weights with their place, of a file without its folder.
    pub fn message(&self) -> Message {
        match (&self.choice, self.published, self.keeper) {
            (_, Some(weights), Some(keeper)) => message!(
                "source-published",
                name = weights.name(),
                place = Message::new(match keeper {
                    Keeper::Own => "source-in-own",
                    Keeper::Torch => "source-in-torch",
                    Keeper::Hub => "source-in-hub",
                })
            ),
            (_, Some(weights), None) => Message::of(weights.name()),
            (WeightsChoice::File(path, _), None, _) => Message::of(file_name(path)),
            (choice, ..) => Message::of(choice.to_string()),
        }
    }
}

impl Offer {
    /// Name in the list.
    pub fn name(&self) -> Message {
        match self {
            Self::Ready(source) => match (&source.choice, source.published) {
                (_, Some(weights)) => Message::of(weights.tag),
                (WeightsChoice::File(path, _), None) => Message::of(file_name(path)),
                (choice, None) => Message::of(choice.to_string()),
            },
            Self::Elsewhere { weights, .. } => Message::of(weights.tag),
            Self::Typed => message!("chooser-type"),
        }
    }

    /// Short description in the list.
    pub fn words(&self) -> Message {
        match self {
            Self::Ready(source) => match (&source.choice, source.published) {
                (_, Some(weights)) => {
                    let size = weights.size;
                    match source.top1 {
                        Some(top1) => {
                            message!("chooser-here", top1 = accuracy(top1), size = size)
                        }
                        None => message!("chooser-here-unrated", size = size),
                    }
                }
                (WeightsChoice::Shipped, None) => message!("chooser-trained"),
                (WeightsChoice::Synthetic(seed), None) => {
                    message!("chooser-untrained", seed = *seed)
                }
                (WeightsChoice::Initial(..), None) => message!("chooser-initial"),
                (WeightsChoice::File(..), None) => message!("chooser-file"),
            },
            Self::Elsewhere { weights, megabytes } => message!(
                "chooser-elsewhere",
                size = *megabytes,
                licence = licence(weights)
            ),
            Self::Typed => message!("chooser-type-form"),
        }
    }

    /// Shorter description, for a narrow list.
    pub fn short(&self) -> Option<Message> {
        match self {
            Self::Elsewhere { weights, megabytes } => Some(message!(
                "chooser-elsewhere-short",
                size = *megabytes,
                licence = licence(weights)
            )),
            Self::Ready(_) | Self::Typed => None,
        }
    }

    /// Lines about it below the lists: preprocessing and licence, then its place.
    pub fn about(&self) -> Vec<Message> {
        let about = |weights: &PublishedWeights| {
            message!(
                "chooser-about",
                library = weights.publisher,
                licence = licence(weights),
                side = weights.resize,
                filter = weights.filter.name(),
                size = weights.size
            )
        };
        match self {
            Self::Ready(source) => {
                let mut lines: Vec<Message> = source.published.into_iter().map(about).collect();
                if let WeightsChoice::File(path, _) = &source.choice {
                    let path = named::text(path.clone().into_os_string());
                    lines.push(Message::of(path));
                }
                lines
            }
            Self::Elsewhere { weights, .. } => vec![
                about(weights),
                if AVAILABLE {
                    message!("chooser-fetch", name = weights.name())
                } else {
                    message!("chooser-fetch-first", name = weights.name())
                },
            ],
            Self::Typed => Vec::new(),
        }
    }
}

/// Published accuracy in percent.
fn top1(weights: &PublishedWeights) -> Option<f64> {
    published::accuracy(weights).map(|[top1, _]| top1)
}

/// Licence of published weights, or a word where the library states none.
fn licence(weights: &PublishedWeights) -> Message {
    weights
        .licence
        .map_or_else(|| message!("label-unknown"), Message::of)
}

/// Last part of a path, which distinguishes files in a narrow list.
pub fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}

/// Seeds on offer.
const SEEDS: u64 = 3;

/// Most pictures of a folder that are on offer without its being opened.
const PICTURES: usize = 8;

/// Weights for a network: the user's own, built-in ones, those on this disk with the most accurate first, random ones, and those that
/// could be fetched.
pub fn weights(subject: &Subject, around: &Around, own: &[WeightsChoice]) -> Vec<Offer> {
    let model = &subject.model;
    let ready = |choice: WeightsChoice| Offer::Ready(Source::of(choice, model));
    let mut offers: Vec<Offer> = own.iter().cloned().map(ready).collect();
    if WeightsChoice::default_for(model) == WeightsChoice::Shipped {
        offers.push(ready(WeightsChoice::Shipped));
    }
    let net = catalog::is_shipped(&model.spec.source).then_some(model.spec.name.as_str());
    let classes = model.spec.file.classes.as_ref().map(|own| own.value);
    let known = net.zip(classes);
    let found = known.map_or_else(Vec::new, |(net, classes)| {
        here(net, classes, &around.weights)
    });
    offers.extend(found.iter().map(|(weights, file)| {
        Offer::Ready(Source {
            choice: WeightsChoice::File(file.path.clone(), None),
            published: Some(weights),
            keeper: Some(file.keeper),
            top1: top1(weights),
        })
    }));
    offers.extend((0..SEEDS).map(|seed| ready(WeightsChoice::Synthetic(seed))));
    offers.extend(Scheme::ALL.map(|scheme| ready(WeightsChoice::Initial(scheme, 0))));
    offers.push(Offer::Typed);
    if let Some((net, classes)) = known {
        let tensors = fit::wanted(&model.network).into_iter();
        let values: usize = tensors
            .map(|(_, shape)| shape.iter().product::<usize>())
            .sum();
        let missing = published::of(net)
            .filter(|row| row.classes == classes && !found.iter().any(|(other, _)| other == row));
        offers.extend(missing.map(|weights| {
            // Values of four bytes; the names take next to nothing.
            let own = values as f64 * 4.0 / f64::from(1 << 20);
            Offer::Elsewhere {
                weights,
                megabytes: weights.megabytes.unwrap_or(own).ceil() as u64,
            }
        }));
    }
    offers
}

/// Inputs for a network: the user's own, samples, pictures of the folder that the program was started in, and noise.
pub fn inputs(
    subject: &Subject,
    around: &Around,
    own: &[InputChoice],
) -> Vec<(InputChoice, Message)> {
    let mut inputs: Vec<_> = own
        .iter()
        .map(|choice| match choice {
            InputChoice::File(_) => (choice.clone(), message!("chooser-file")),
            _ => (choice.clone(), message!("chooser-typed")),
        })
        .collect();
    let samples = samples(&subject.model).into_iter().enumerate();
    inputs.extend(
        samples.map(|(number, sample)| (InputChoice::Sample(number), Message::of(sample.label))),
    );
    inputs.extend(pictures(around).into_iter().map(|path| {
        (
            InputChoice::File(path),
            message!("chooser-picture-in-folder"),
        )
    }));
    inputs.extend((0..SEEDS).map(|seed| {
        (
            InputChoice::Synthetic(seed),
            message!("chooser-noise", seed = seed),
        )
    }));
    inputs
}

/// The first pictures of the folder, by name.
fn pictures(around: &Around) -> Vec<PathBuf> {
    let Some(folder) = &around.pictures else {
        return Vec::new();
    };
    let files = Files::of(Wanted::Pictures, folder);
    let names = files.entries.iter().filter(|entry| entry.is_file);
    names
        .map(|entry| folder.join(named::path(&entry.name)))
        .map(|path| path.strip_prefix(".").map(Path::to_owned).unwrap_or(path))
        .take(PICTURES)
        .collect()
}

/// The input that goes with the weights that a pass takes by default: a sample, the first picture at hand for weights of a file, or
/// noise.
pub fn usual_input(inputs: &[(InputChoice, Message)], weights: &Offer) -> usize {
    let is_trained = matches!(weights, Offer::Ready(source)
        if matches!(source.choice, WeightsChoice::File(..) | WeightsChoice::Shipped));
    let fits = |choice: &InputChoice| match choice {
        InputChoice::Sample(_) => true,
        InputChoice::File(_) => is_trained,
        InputChoice::Synthetic(_) => false,
    };
    let trained = inputs.iter().position(|(choice, _)| fits(choice));
    let noise = || {
        let is_noise = |choice: &InputChoice| matches!(choice, InputChoice::Synthetic(_));
        inputs.iter().position(|(choice, _)| is_noise(choice))
    };
    trained.or_else(noise).unwrap_or(0)
}
