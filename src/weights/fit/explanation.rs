//! Explanation of a misfit: differences by part, causes, and the network that fits.

use super::closest::{Closest, by_name, closest};
use super::group::{Group, groups, tally};
use super::prefix::taken_off;
use super::reason::{Compared, Reason, reasons};
use super::{Misfit, compare, wanted};
use crate::lower::Model;
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
    let stripped = taken_off(&counted, &own.prefix);
    let misfits = compare(&wanted, &stripped);
    let reasons = reasons(&Compared {
        wanted: &wanted,
        found: &counted,
        prefix: &own.prefix,
        stripped: &stripped,
        misfits: &misfits,
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

/// Maximum number of parts that are listed separately.
const SHOWN: usize = 12;

impl Explanation {
    /// Summary in one line: `tensors: 100 of 122 fit; 20 missing, 2 left over`.
    pub fn summary(&self) -> String {
        let mut counts = [0; 3];
        for group in &self.groups {
            for (sum, count) in counts.iter_mut().zip(group.counts) {
                *sum += count;
            }
        }
        let behind = match self.prefix.as_str() {
            "" => String::new(),
            prefix => format!(" once `{prefix}` is taken off their names"),
        };
        format!(
            "tensors: {} of {} fit{behind}; {}",
            self.fitting,
            self.wanted,
            tally(counts)
        )
    }

    /// One line per part, with its counts and its first tensor.
    pub fn parts(&self) -> Vec<String> {
        let rows = self.groups.iter().take(SHOWN);
        let titles: Vec<String> = rows.clone().map(Group::title).collect();
        let wide = titles
            .iter()
            .map(|title| title.chars().count())
            .max()
            .unwrap_or(0);
        let mut lines: Vec<String> = rows
            .zip(&titles)
            .map(|(group, title)| {
                let pad = " ".repeat(wide - title.chars().count());
                if group.counts.iter().sum::<usize>() == 1 {
                    format!("{title}{pad}  {}", group.first)
                } else {
                    format!("{title}{pad}  {}; first {}", group.tally(), group.first)
                }
            })
            .collect();
        if self.groups.len() > SHOWN {
            lines.push(format!("and {} more parts", self.groups.len() - SHOWN));
        }
        lines
    }

    /// A sentence about the network that fits best.
    pub fn nearest(&self) -> Option<String> {
        self.closest.as_ref().map(Closest::sentence)
    }

    /// Command that runs the file with the network that it fits completely.
    pub fn command(&self, file: &str) -> Option<String> {
        let closest = self.closest.as_ref()?;
        (closest.is_whole() && closest.prefix.is_empty()).then(|| {
            format!(
                "resnet-explore run {} --weights {file}",
                closest.arguments()
            )
        })
    }

    /// The whole explanation, line by line.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = vec![self.summary()];
        lines.extend(self.parts());
        lines.extend(
            self.reasons
                .iter()
                .map(|reason| format!("reason: {reason}")),
        );
        lines.extend(
            self.nearest()
                .map(|sentence| format!("closest: {sentence}")),
        );
        lines
    }
}
