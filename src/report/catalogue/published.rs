//! Published accuracies of a network's trained weights, for people and as JSON.

use serde::Serialize;

use crate::message;
use crate::network::{Layer, Network};
use crate::report::Subject;
use crate::spec::ArchitectureFile;
use crate::spec::published::{IMAGENET_1K, KnownWeights, recipe};
use crate::text::Message;

/// Kind of weights whose accuracies are shown beside costs and compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Trained {
    /// Weights that were trained on ImageNet-1k only, so the comparison is of networks rather than of data.
    #[default]
    OnImageNet1k,
    /// All known weights.
    OnAnything,
    /// Weights of one recipe, by their tag: `a1_in1k`.
    By(&'static str),
}

impl Trained {
    /// The kind with this name: `imagenet-1k`, `all`, or a recipe's tag.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "imagenet-1k" => Some(Self::OnImageNet1k),
            "all" => Some(Self::OnAnything),
            tag => recipe(tag).map(Self::By),
        }
    }

    /// The other kind, of the two that are not a recipe.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::OnImageNet1k => Self::OnAnything,
            Self::OnAnything | Self::By(_) => Self::OnImageNet1k,
        }
    }

    /// Short name of the training data.
    pub fn short(self) -> Message {
        match self {
            Self::OnImageNet1k => message!("trained-imagenet-short"),
            Self::OnAnything => message!("trained-any-short"),
            Self::By(tag) => Message::of(tag),
        }
    }

    /// Description of the training data.
    pub fn words(self) -> Message {
        match self {
            Self::OnImageNet1k => message!("trained-imagenet"),
            Self::OnAnything => message!("trained-any"),
            Self::By(tag) => message!("trained-by", tag = tag),
        }
    }

    fn takes(self, row: &Accuracy) -> bool {
        match self {
            Self::OnImageNet1k => row.is_of_imagenet_1k(),
            Self::OnAnything => true,
            Self::By(tag) => row
                .weights
                .split_once('.')
                .is_some_and(|(_, own)| own == tag),
        }
    }
}

/// Accuracies of known weights, with their source.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Published {
    /// Pictures that they were tested on.
    pub on: Option<String>,
    /// Source of the numbers.
    pub source: Option<String>,
    /// Accuracies, one per file of weights and image size, in the spec's order.
    pub accuracy: Vec<Accuracy>,
}

/// Accuracy of one file of weights at one image size.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Accuracy {
    /// Published name of the weights.
    pub weights: String,
    /// Side of the square input in pixels.
    pub size: u64,
    /// Percentage of pictures whose class was ranked first.
    pub top1: f64,
    /// Percentage of pictures whose class was among the first five.
    pub top5: Option<f64>,
    /// Side of the centre crop as a fraction of the resized picture's shorter side.
    pub crop: Option<f64>,
    /// Interpolation of the resize.
    pub interpolation: Option<String>,
    /// Pictures that the weights were trained on, if they are known.
    pub data: Option<String>,
    /// Pictures that they were tested on, if those are not ImageNet-1k's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on: Option<String>,
}

impl Accuracy {
    /// Recipe by which the weights were trained: the tag after the network's name, if it is known.
    pub fn recipe(&self) -> Option<&'static str> {
        let (_, tag) = self.weights.split_once('.')?;
        recipe(tag)
    }

    fn new(row: &KnownWeights, on: Option<&str>) -> Option<Self> {
        Some(Self {
            weights: row.weights.as_ref()?.value.clone(),
            size: row.size.as_ref()?.value,
            top1: row.top1.as_ref()?.value.0,
            top5: row.top5.as_ref().map(|top5| top5.value.0),
            crop: row.crop.as_ref().map(|crop| crop.value),
            interpolation: row.interpolation.as_ref().map(|how| how.value.clone()),
            data: row.data().map(str::to_owned),
            on: on.filter(|on| !on.contains(IMAGENET_1K)).map(str::to_owned),
        })
    }

    /// Whether the weights are known to have been trained on ImageNet-1k only, and were tested on it.
    pub fn is_of_imagenet_1k(&self) -> bool {
        self.data.as_deref() == Some(IMAGENET_1K) && self.on.is_none()
    }

    /// Description of the pictures that the weights were trained on, and of those that they were tested on if these are not
    /// ImageNet-1k's.
    pub fn data(&self) -> Message {
        let data = match &self.data {
            Some(data) => Message::of(data),
            None => message!("trained-on-unknown"),
        };
        match &self.on {
            Some(on) => message!("trained-and-tested", data = data, on = on),
            None => data,
        }
    }
}

impl Published {
    /// Accuracies that `file` states; `None` without any.
    pub fn of(file: &ArchitectureFile) -> Option<Self> {
        let published = &file.published.as_ref()?.value;
        let rows = &published.accuracy.as_ref()?.value;
        let on = published.on.as_ref().map(|on| on.value.as_str());
        let accuracy: Vec<_> = rows
            .iter()
            .filter_map(|row| Accuracy::new(&row.value, on))
            .collect();
        (!accuracy.is_empty()).then(|| Self {
            on: published.on.as_ref().map(|on| on.value.clone()),
            source: published.source.as_ref().map(|source| source.value.clone()),
            accuracy,
        })
    }

    /// The same if the network still has the classes that the weights were trained for.
    pub fn of_subject(subject: &Subject) -> Option<Self> {
        let file = &subject.model.spec.file;
        let network = &subject.model.network;
        let output = network.sink().and_then(|id| subject.analysis.shapes[id]);
        let classes = file.classes.as_ref()?.value;
        (output?.dims() == [classes]).then(|| Self::of(file))?
    }

    /// Best accuracy at the input size of `network`, or at the nearest known size: it is shown beside operations, which are
    /// counted at that size.
    pub fn at_size_of(&self, network: &Network, trained: Trained) -> Option<&Accuracy> {
        let own = network.nodes().find_map(|(_, node)| match node.layer {
            Layer::Input { size, .. } => Some(size[0].max(size[1])),
            _ => None,
        })?;
        self.at_size(own, trained)
    }

    /// Best accuracy at the size of that side, or at the nearest known one.
    pub fn at_size(&self, own: u64, trained: Trained) -> Option<&Accuracy> {
        let better = |best: &&Accuracy, row: &&Accuracy| {
            let key = |row: &Accuracy| row.size.abs_diff(own);
            key(row)
                .cmp(&key(best))
                .then(best.top1.total_cmp(&row.top1))
        };
        self.accuracy
            .iter()
            .filter(|row| trained.takes(row))
            .min_by(|left, right| better(right, left))
    }

    /// Best accuracy of all.
    pub fn best(&self) -> Option<&Accuracy> {
        self.accuracy
            .iter()
            .max_by(|left, right| left.top1.total_cmp(&right.top1))
    }
}
