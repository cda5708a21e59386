//! Explanation of a misfit: differences by part, causes, and the network that fits.

use super::closest::{Closest, by_name, closest};
use super::group::{Group, groups, tally};
use super::head::outputs;
use super::prefix::taken_off;
use super::reason::{Compared, Reason, other_number, reasons};
use super::translate::{Wanted, classes, translate};
use super::{Misfit, Named, compare, wanted};
use crate::lower::Model;
use crate::message;
use crate::text::Message;
use crate::weights::WeightSource;
use crate::weights::naming::is_bookkeeping;

/// Explanation of tensors that do not fit a network.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// Name of the source: `weights.pth (state_dict)`.
    pub origin: String,
    /// Name of the network.
    pub network: String,
    /// Number of tensors that fit, with the prefix removed.
    pub fitting: usize,
    /// Number of tensors the network needs.
    pub wanted: usize,
    /// Prefix of the names of those that fit.
    pub prefix: String,
    /// Differences, with the prefix removed.
    pub misfits: Vec<Misfit>,
    /// Differences by part of the network.
    pub groups: Vec<Group>,
    /// Causes, as far as they can be determined.
    pub reasons: Vec<Reason>,
    /// The network that fits best, if any is similar; the network itself if only its number of classes differs.
    pub closest: Option<Closest>,
}

/// Explains why a source does not fit a network; `None` if it does.
pub fn explain(model: &Model, source: &dyn WeightSource) -> Option<Explanation> {
    let found = source.names()?;
    let wanted = wanted(&model.network);
    if compare(&wanted, &found).is_empty() {
        return None;
    }
    let network = model.spec.name.clone();
    let counted: Vec<_> = found
        .iter()
        .filter(|(name, _)| !is_bookkeeping(name))
        .cloned()
        .collect();
    let own = by_name(&network, &wanted, &counted);
    let structure = Wanted::of(&model.network);
    if own.classes.is_none()
        && let Some(explained) = other_classes(&structure, &wanted, &counted)
    {
        let classes = classes(&structure, &counted).map(|classes| classes as u64);
        let all = wanted.len();
        return Some(Explanation {
            origin: source.label(),
            closest: Some(Closest {
                classes,
                renamed: true,
                ..Closest::all(&network, all)
            }),
            network,
            ..explained
        });
    }
    let stripped = taken_off(&counted, &own.prefix);
    let misfits = compare(&wanted, &stripped);
    let reasons = reasons(&Compared {
        wanted: &wanted,
        found: &counted,
        prefix: &own.prefix,
        stripped: &stripped,
        misfits: &misfits,
        untranslated: translate(&structure, &counted).err(),
    });
    let unmet = misfits
        .iter()
        .filter(|misfit| !matches!(misfit, Misfit::Extra { .. }))
        .count();
    // A user's own spec is not in the catalogue, and is preferred if it fits equally well.
    let mut closest = closest(&counted, &network);
    if own.classes.is_some()
        && closest
            .as_ref()
            .is_none_or(|other| other.similarity() <= own.similarity())
    {
        closest = Some(own.clone());
    }
    Some(Explanation {
        origin: source.label(),
        fitting: wanted.len() - unmet,
        wanted: wanted.len(),
        prefix: own.prefix,
        groups: groups(&misfits),
        misfits,
        reasons,
        closest: closest.filter(|one| one.name != network || one.classes.is_some()),
        network,
    })
}

/// Reason why a source with another library's names does not fit: only its number of classes differs.
fn other_classes(structure: &Wanted, wanted: &[Named], found: &[Named]) -> Option<Explanation> {
    let (classes, own) = (classes(structure, found)?, outputs(wanted)?);
    if classes == own {
        return None;
    }
    let places = translate(&structure.with_classes(classes), found)
        .ok()?
        .places;
    let renamed: Vec<Named> = places
        .into_iter()
        .map(|(name, number)| (name, found[number].1.clone()))
        .collect();
    let misfits = compare(wanted, &renamed);
    Some(Explanation {
        origin: String::new(),
        network: String::new(),
        fitting: wanted.len() - misfits.len(),
        wanted: wanted.len(),
        prefix: String::new(),
        groups: groups(&misfits),
        misfits,
        reasons: vec![other_number(classes, own)],
        closest: None,
    })
}

/// Maximum number of parts that are listed separately.
const SHOWN: usize = 12;

impl Explanation {
    /// Summary in one line: `tensors: 100 of 122 fit; 20 missing, 2 left over`.
    pub fn summary(&self) -> Message {
        let mut counts = [0; 3];
        for group in &self.groups {
            for (sum, count) in counts.iter_mut().zip(group.counts) {
                *sum += count;
            }
        }
        let (fitting, wanted) = (self.fitting, self.wanted);
        match self.prefix.as_str() {
            "" => message!(
                "fit-summary",
                fitting = fitting,
                wanted = wanted,
                tally = tally(counts)
            ),
            prefix => message!(
                "fit-summary-prefix",
                fitting = fitting,
                wanted = wanted,
                prefix = prefix,
                tally = tally(counts)
            ),
        }
    }

    /// One line per part, with its counts and its first tensor.
    pub fn parts(&self) -> Vec<Message> {
        let rows = self.groups.iter().take(SHOWN);
        let mut lines: Vec<_> = rows
            .map(|group| {
                let (part, first) = (group.title(), group.first.message());
                if group.counts.iter().sum::<usize>() == 1 {
                    message!("fit-part", part = part, first = first)
                } else {
                    let tally = group.tally();
                    message!("fit-parts", part = part, tally = tally, first = first)
                }
            })
            .collect();
        if let more @ 1.. = self.groups.len().saturating_sub(SHOWN) {
            lines.push(message!("fit-more-parts", count = more));
        }
        lines
    }

    /// A sentence about the network that fits best.
    pub fn nearest(&self) -> Option<Message> {
        self.closest.as_ref().map(Closest::sentence)
    }

    /// Command that runs the file with the network that it fits completely.
    pub fn command(&self, file: &str) -> Option<String> {
        let closest = self.closest.as_ref()?;
        (closest.is_exact() && closest.prefix.is_empty()).then(|| {
            format!(
                "resnet-explore run {} --weights {file}",
                closest.arguments()
            )
        })
    }

    /// The whole explanation, line by line.
    pub fn lines(&self) -> Vec<Message> {
        let mut lines = vec![self.summary()];
        lines.extend(self.parts());
        let reasons = self.reasons.iter();
        lines.extend(reasons.map(|one| message!("fit-reason", reason = one.message.clone())));
        let nearest = self.nearest();
        lines.extend(nearest.map(|sentence| message!("fit-closest", sentence = sentence)));
        lines
    }
}
