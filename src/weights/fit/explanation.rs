//! A misfit explained whole: what differs part by part, why, and which network fits.

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

/// Everything to say about tensors that do not fit a network.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// What the tensors are called: `weights.pth (state_dict)`.
    pub origin: String,
    /// The network's name.
    pub network: String,
    /// How many tensors fit, with the prefix taken off.
    pub fitting: usize,
    /// How many the network needs.
    pub wanted: usize,
    /// What stands before the names of those that fit.
    pub prefix: String,
    /// What differs, the prefix taken off.
    pub misfits: Vec<Misfit>,
    /// The same by parts of the network.
    pub groups: Vec<Group>,
    /// Why, as far as can be told.
    pub reasons: Vec<Reason>,
    /// The network that fits best, if any comes near; the network itself where only its number of classes must be another.
    pub closest: Option<Closest>,
}

/// Why a source does not fit a network; `None` if it does.
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
    // A spec of the user's own is not in the catalogue, and is what was meant if it is as near.
    let mut closest = closest(&counted, &network);
    if own.classes.is_some()
        && closest
            .as_ref()
            .is_none_or(|other| other.likeness() <= own.likeness())
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

/// Why a source does not fit whose names are of another library, and that has another number of classes alone.
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

/// So many parts are told each by itself.
const SHOWN: usize = 12;

impl Explanation {
    /// What it comes to: `tensors: 100 of 122 fit; 20 missing, 2 left over`.
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

    /// The parts, each with its counts and its first tensor.
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

    /// Which network fits, in a sentence.
    pub fn nearest(&self) -> Option<Message> {
        self.closest.as_ref().map(Closest::sentence)
    }

    /// What to type to run the file with the network that fits it whole.
    pub fn command(&self, file: &str) -> Option<String> {
        let closest = self.closest.as_ref()?;
        (closest.is_whole() && closest.prefix.is_empty()).then(|| {
            format!(
                "resnet-explore run {} --weights {file}",
                closest.arguments()
            )
        })
    }

    /// All of it, a line each.
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
