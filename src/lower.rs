//! Lowering: from a spec to a network. The only module that knows both.
//!
//! [`open`] is the common entry point: a name or a path becomes a [`Model`], the network with the place where each layer was
//! written, and all problems found. A spec with mistakes still gives the network up to them.

mod around;
mod assemble;
mod blame;
mod block;
mod builder;
mod calculation;
mod dilation;
mod fix;
mod idle;
mod lookup;
mod order;
mod preparation;
mod read;
mod schema;
mod settings;
mod sizes;
mod stages;
mod units;
mod variables;

use std::sync::Arc;

use crate::network::check::{RULES, first_at_fault};
use crate::network::{LayerId, Network};
use crate::spec::file::Translation;
use crate::spec::fix::Key;
use crate::spec::problem::grouped;
use crate::spec::{Located, OutputStride, Place, Problem, Severity, Source, Spec};
use crate::text::Wording;

pub use blame::at_home;
pub use preparation::{PictureSteps, Preparation};
pub use schema::schema;

/// Classes of ImageNet-1k in the order of their numbers, with torchvision's names.
const IMAGENET: &str = include_str!("lower/imagenet.txt");

/// Values that a user sets in place of the spec's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Overrides {
    /// Height and width of the input.
    pub input_size: Option<[u64; 2]>,
    /// Number of classes.
    pub classes: Option<u64>,
    /// Channels of the input.
    pub in_channels: Option<u64>,
    /// Output stride, beyond which strides become dilations.
    pub output_stride: Option<OutputStride>,
}

impl Overrides {
    /// Sets the channels of a spec's input. Everything that is said of channels is then held against these.
    fn apply(&self, spec: &mut Spec) {
        let input = spec.file.input.as_mut();
        let channels = input.and_then(|input| input.value.first_mut());
        if let (Some(channels), Some(own)) = (channels, self.in_channels) {
            channels.value = own;
        }
    }
}

/// A network, the spec that it was made from, and the problems of both.
#[derive(Debug, Clone)]
pub struct Model {
    /// The spec, including everything that it inherits.
    pub spec: Spec,
    /// The network, as far as it could be built.
    pub network: Network,
    /// Place in the spec where each layer was written, by the layer's number.
    origins: Vec<Option<Place>>,
    /// All problems, in the order of the files.
    pub problems: Vec<Problem>,
    /// Values that were set in place of the spec's.
    requested: Requested,
}

/// Values that a user set in place of a spec's.
#[derive(Debug, Clone, Default)]
struct Requested {
    overrides: Overrides,
    preparation: Preparation,
}

impl Model {
    /// Place where a layer was written.
    pub fn origin(&self, id: LayerId) -> Option<&Place> {
        self.origins.get(id.index())?.as_ref()
    }

    /// The network for another text of the spec under the same name, with the same user settings.
    #[must_use]
    pub fn with_text(&self, text: String) -> Self {
        let name = self.spec.source.name.clone();
        let mut model = self.reread(Arc::new(Source { name, text }), &[]);
        model.problems = grouped(model.problems);
        model
    }

    /// The same network with its pictures prepared by `base`, which weights of a library expect, wherever the user has not set something
    /// else; an input size that was set stays.
    #[must_use]
    pub fn prepared(&self, mut base: Preparation) -> Self {
        let mut requested = self.requested.clone();
        if requested.overrides.input_size.is_some() || requested.preparation.crop.is_some() {
            (base.crop, base.resize) = (None, None);
        }
        requested.preparation = requested.preparation.over(base);
        let model = Self {
            requested: requested.clone(),
            ..self.clone()
        };
        model
            .reread(Arc::clone(&self.spec.source), &[])
            .reported(requested)
    }

    /// The same network for another height and width of its input, with problems where that is not legal.
    #[must_use]
    pub fn at_size(&self, size: [u64; 2]) -> Self {
        let mut model = self.clone();
        model.requested.overrides.input_size = Some(size);
        model.reread(Arc::clone(&self.spec.source), &[])
    }

    /// The model of a source without the keys at the end of these paths; each problem stays separate, at the place where it
    /// shows.
    fn reread(&self, source: Arc<Source>, without: &[Vec<Key>]) -> Self {
        let (mut spec, mut problems) = crate::spec::inherit::without(source, without);
        let Requested {
            overrides,
            preparation,
        } = &self.requested;
        overrides.apply(&mut spec);
        let wrong = preparation.apply(&mut spec, overrides.input_size).err();
        problems.extend(wrong.map(|problem| *problem));
        Self {
            requested: self.requested.clone(),
            ..assemble::assemble(spec, overrides, problems)
        }
    }

    /// The model with its problems reported at lines of its own file, and those of one line as one.
    fn reported(mut self, requested: Requested) -> Self {
        self.requested = requested;
        let problems = std::mem::take(&mut self.problems);
        let problems = at_home(&self, problems, &|model| model.problems.clone());
        self.problems = grouped(problems);
        self
    }

    /// The first layer that breaks a rule of legality. `None` if none does, or if the spec could not be read completely: the
    /// network is then not the intended one.
    pub fn fault(&self) -> Option<LayerId> {
        let is_of_network = |problem: &Problem| RULES.iter().any(|rule| rule.id == problem.rule);
        let mut errors = self
            .problems
            .iter()
            .filter(|problem| problem.severity == Severity::Error);
        errors
            .all(is_of_network)
            .then(|| first_at_fault(&self.network))?
    }

    /// The model with only the layers before `id`, and with all problems.
    #[must_use]
    pub fn before(&self, id: LayerId) -> Self {
        Self {
            network: self.network.before(id),
            ..self.clone()
        }
    }

    /// Number of classes that the user or the spec states.
    pub fn classes(&self) -> Option<u64> {
        let own = self.spec.file.classes.as_ref().map(|classes| classes.value);
        self.requested.overrides.classes.or(own)
    }

    /// Display name of the network, or else the name of its file.
    pub fn title(&self) -> Wording {
        self.wording(self.spec.file.title.as_ref(), |texts| texts.title.as_ref())
            .unwrap_or_else(|| Wording::new(&self.spec.name))
    }

    /// Family of the network.
    pub fn family(&self) -> Option<Wording> {
        self.wording(self.spec.file.family.as_ref(), |texts| {
            texts.family.as_ref()
        })
    }

    /// Summary of the network's distinguishing features.
    pub fn summary(&self) -> Option<Wording> {
        self.wording(self.spec.file.summary.as_ref(), |texts| {
            texts.summary.as_ref()
        })
    }

    /// A text of the spec with its translations.
    fn wording(
        &self,
        own: Option<&Located<String>>,
        of: impl Fn(&Translation) -> Option<&Located<String>>,
    ) -> Option<Wording> {
        let wording = Wording::new(&own?.value);
        Some(
            self.translations()
                .fold(wording, |wording, (code, texts)| match of(texts) {
                    Some(text) => wording.or(code, &text.value),
                    None => wording,
                }),
        )
    }

    /// Translations of the spec's texts, by code of the language.
    fn translations(&self) -> impl Iterator<Item = (&str, &Translation)> {
        let named = self.spec.file.translations.iter();
        named
            .flat_map(|named| &named.value.0)
            .map(|(code, texts)| (code.value.as_str(), &texts.value))
    }

    /// Name of a class, if there is a name for each output.
    pub fn label(&self, class: usize) -> Option<Wording> {
        let own = *self.labels()?.get(class)?;
        let wording = Wording::new(own);
        Some(self.translations().fold(wording, |wording, (code, texts)| {
            let labels = texts.labels.as_ref();
            match labels.and_then(|labels| labels.value.get(class)) {
                Some(label) => wording.or(code, &label.value),
                None => wording,
            }
        }))
    }

    /// Names of the classes, if there is one for each output.
    pub fn labels(&self) -> Option<Vec<&str>> {
        // The head is linear, or a 1×1 convolution that is flattened afterwards.
        let head = |layer: &crate::network::Layer| match layer {
            crate::network::Layer::Linear(linear) => Some(linear.out_features),
            crate::network::Layer::Conv(crate::network::Conv::Spatial(conv)) => {
                Some(conv.out_channels)
            }
            _ => None,
        };
        let nodes = self.network.nodes();
        let outputs = nodes.filter_map(|(_, node)| head(&node.layer)).last()?;
        let Some(labels) = &self.spec.file.labels else {
            // A network of a thousand classes that names none has the classes of ImageNet-1k.
            return (outputs == 1000).then(|| IMAGENET.lines().collect());
        };
        let labels = &labels.value;
        (labels.len() as u64 == outputs)
            .then(|| labels.iter().map(|label| label.value.as_str()).collect())
    }
}

/// Opens the network for `name`, a name of the catalogue or a path.
///
/// # Errors
/// Nothing could be read at all: there is no such network or file. Mistakes in a spec are not errors here: they are in
/// [`Model::problems`].
pub fn open(name: &str, overrides: &Overrides) -> Result<Model, Vec<Problem>> {
    open_prepared(name, overrides, &Preparation::default())
}

/// A network's spec alone, with no layer lowered: what it says of the network.
///
/// # Errors
/// There is no such network.
pub fn outline(name: &str) -> Result<Model, Vec<Problem>> {
    let (spec, problems) = crate::spec::load(name);
    let Some(spec) = spec else {
        return Err(problems);
    };
    Ok(Model {
        spec,
        network: Network::new(),
        origins: Vec::new(),
        problems,
        requested: Requested::default(),
    })
}

/// Opens a network of the catalogue that is compiled in. The tests hold that each is legal and that every key has an effect, so neither is
/// looked for again.
///
/// # Errors
/// There is no such network.
pub fn open_shipped(name: &str) -> Result<Model, Vec<Problem>> {
    let (spec, problems) = crate::spec::load(name);
    let Some(spec) = spec else {
        return Err(problems);
    };
    Ok(assemble::assemble_sound(
        spec,
        &Overrides::default(),
        problems,
    ))
}

/// The network of a spec that was made by the program and is tried among many others: where it has a fault, there is none, and no reason.
/// Rules of legality and keys without effect are not looked for; [`open_text`] does that for the one that is kept.
pub(crate) fn tried(text: &str) -> Option<Network> {
    let source = Arc::new(Source {
        name: "tried.toml".to_owned(),
        text: text.to_owned(),
    });
    let (spec, problems) = crate::spec::from_source(source);
    if crate::spec::has_errors(&problems) {
        return None;
    }
    let model = assemble::assemble_sound(spec, &Overrides::default(), problems);
    (!crate::spec::has_errors(&model.problems)).then_some(model.network)
}

/// Opens a network with other preprocessing of its images.
///
/// # Errors
/// As for [`open`], or the number of means or standard deviations differs from that of channels.
pub fn open_prepared(
    name: &str,
    overrides: &Overrides,
    preparation: &Preparation,
) -> Result<Model, Vec<Problem>> {
    let (spec, problems) = crate::spec::load(name);
    let Some(mut spec) = spec else {
        return Err(problems);
    };
    overrides.apply(&mut spec);
    preparation
        .apply(&mut spec, overrides.input_size)
        .map_err(|problem| vec![*problem])?;
    let requested = Requested {
        overrides: *overrides,
        preparation: preparation.clone(),
    };
    Ok(assemble::assemble(spec, overrides, problems).reported(requested))
}

/// The network of a spec given as text, under the name to use in messages.
pub fn open_text(name: &str, text: &str, overrides: &Overrides) -> Model {
    let source = Arc::new(Source {
        name: name.to_owned(),
        text: text.to_owned(),
    });
    let (mut spec, problems) = crate::spec::from_source(source);
    overrides.apply(&mut spec);
    let requested = Requested {
        overrides: *overrides,
        ..Requested::default()
    };
    assemble::assemble(spec, overrides, problems).reported(requested)
}
