//! Preview of a file: what it is, and the network that it opens as.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::analysis::Rule;
use crate::lower::{Model, Overrides, open};
use crate::message;
use crate::network::check::RULES;
use crate::report::Subject;
use crate::report::format::{dims, short};
use crate::spec::{Problem, Severity, named};
use crate::text::Message;
use crate::weights::checkpoint;
use crate::weights::dataset::Dataset;
use crate::weights::fit::closest;
use crate::weights::infer::identify;
use crate::weights::picture::Picture;

/// Files that are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Weights for a network.
    Weights,
    /// A picture for a pass.
    Pictures,
    /// Whatever opens as a network: a spec, a checkpoint, or a picture to classify.
    Networks,
    /// Pictures and labels to train on: a file, or a folder with a folder for each class.
    Data,
}

/// File name extensions of checkpoints.
const CHECKPOINTS: &[&str] = &["safetensors", "pth", "pt", "bin", "ckpt", "tar"];
/// File name extensions of pictures.
const PICTURES: &[&str] = &["png", "jpg", "jpeg", "webp", "bmp", "gif"];
/// File name extensions of specs.
const SPECS: &[&str] = &["toml"];

impl Wanted {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::Weights, Self::Pictures, Self::Networks, Self::Data];

    /// File name extensions of these files.
    pub fn endings(self) -> impl Iterator<Item = &'static str> {
        let lists: &[&[&str]] = match self {
            Self::Weights => &[CHECKPOINTS],
            Self::Pictures => &[PICTURES],
            Self::Networks => &[SPECS, CHECKPOINTS, PICTURES],
            Self::Data => &[],
        };
        lists.iter().copied().flatten().copied()
    }

    /// Whether a file has the name of one of these.
    pub fn includes(self, path: &Path) -> bool {
        has_ending(path, self.endings())
    }
}

fn has_ending(path: &Path, mut endings: impl Iterator<Item = &'static str>) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| endings.any(|own| own.eq_ignore_ascii_case(ending)))
}

/// Kind of a file, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A spec.
    Spec,
    /// Weights.
    Checkpoint,
    /// A picture.
    Picture,
}

impl Kind {
    /// Kind of a file with this name; one without a known extension is taken for a spec.
    pub fn of(path: &Path) -> Self {
        if has_ending(path, PICTURES.iter().copied()) {
            Self::Picture
        } else if has_ending(path, CHECKPOINTS.iter().copied()) {
            Self::Checkpoint
        } else {
            Self::Spec
        }
    }
}

/// Description of a file.
#[derive(Debug, Clone, Default)]
pub struct Preview {
    /// Lines about it.
    pub lines: Vec<Message>,
    /// Network of a checkpoint: one of the catalogue that it fits, or one inferred from its tensors.
    pub model: Option<Arc<Model>>,
    /// Reason why it cannot be read.
    pub problem: Option<Message>,
}

/// File to describe, and what it is wanted for.
pub type Described = (PathBuf, Wanted);

/// Describes a folder of pictures and labels.
fn data(path: &Path) -> Result<Preview, Message> {
    let set = Dataset::open(path).map_err(|error| error.0)?;
    Ok(Preview {
        lines: vec![message!(
            "preview-data",
            count = set.len(),
            classes = set.class_count()
        )],
        ..Preview::default()
    })
}

/// Describes a file.
pub(super) fn preview((path, wanted): &Described) -> Preview {
    let described = match Kind::of(path) {
        _ if *wanted == Wanted::Data => data(path),
        Kind::Spec => spec(path),
        Kind::Checkpoint => weights(path, *wanted),
        Kind::Picture => Picture::open(path)
            .map_err(|error| error.message())
            .map(|picture| {
                let (width, height) = picture.size();
                Preview {
                    lines: vec![message!("preview-image", size = dims([width, height]))],
                    ..Preview::default()
                }
            }),
    };
    described.unwrap_or_else(|problem| Preview {
        problem: Some(problem),
        ..Preview::default()
    })
}

fn spec(path: &Path) -> Result<Preview, Message> {
    let name = named::text(path);
    let model = open(&name, &Overrides::default()).map_err(|problems| {
        let first = problems.first();
        first.map_or_else(|| message!("fault-somewhere"), Problem::headline)
    })?;
    let is_of_network = |problem: &&Problem| RULES.iter().any(|rule| rule.id == problem.rule);
    let mut errors = model
        .problems
        .iter()
        .filter(|own| own.severity == Severity::Error);
    if let Some(unread) = errors.find(|problem| !is_of_network(problem)) {
        return Err(unread.headline());
    }
    let count = |severity| {
        let problems = model.problems.iter();
        problems.filter(|own| own.severity == severity).count()
    };
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let mut lines = network(&model);
    if errors + warnings > 0 {
        let problems = message!("preview-problems", errors = errors, warnings = warnings);
        lines.push(problems);
    }
    Ok(Preview {
        lines,
        ..Preview::default()
    })
}

fn weights(path: &Path, wanted: Wanted) -> Result<Preview, Message> {
    let source = checkpoint::open(path).map_err(|error| error.message())?;
    let found = source.names().unwrap_or_default();
    let values: usize = found
        .iter()
        .map(|(_, shape)| shape.iter().product::<usize>())
        .sum();
    let mut lines = vec![message!(
        "preview-checkpoint",
        source = source.label(),
        tensors = found.len(),
        values = short(values as u128)
    )];
    let nearest = || closest(&found, "").map(|best| best.sentence());
    let name = named::text(path);
    let model = (wanted == Wanted::Networks)
        .then(|| identify(&found, &name, &Overrides::default()))
        .flatten();
    match &model {
        Some(model) => lines.extend(network(model)),
        None => lines.push(nearest().unwrap_or_else(|| message!("fit-alone-none"))),
    }
    Ok(Preview {
        lines,
        model: model.map(Arc::new),
        problem: None,
    })
}

/// Heading and counts of a network.
fn network(model: &Model) -> Vec<Message> {
    let subject = Subject::new(model.clone(), Rule::default(), 1);
    vec![
        message!("preview-network", title = model.title()),
        message!(
            "preview-counts",
            params = short(subject.params().0),
            operations = short(subject.macs().0),
            unit = subject.analysis.rule.unit(),
            depth = subject.analysis.depth,
            layers = model.network.len()
        ),
    ]
}
