//! Survey around a network: where it is among those of the catalogue, and its differences from its parent and its last version.

use std::sync::Arc;

use crate::lower::{Overrides, open};
use crate::message;
use crate::report::Subject;
use crate::report::catalogue::entry::{Entry, entries};
use crate::report::compare::Comparison;
use crate::text::Message;

/// Job of a survey.
#[derive(Debug)]
pub struct Surveying {
    /// The network.
    pub subject: Arc<Subject>,
    /// The network before its file was saved last.
    pub earlier: Option<Arc<Subject>>,
    /// Networks of the catalogue, if they are known already.
    pub others: Option<Arc<Vec<Entry>>>,
}

/// Result of a survey.
#[derive(Debug)]
pub struct Survey {
    /// The network that was looked at.
    pub subject: Arc<Subject>,
    /// Its row of the catalogue.
    pub own: Entry,
    /// Networks of the catalogue.
    pub others: Arc<Vec<Entry>>,
    /// Differences, each with what it differs from.
    pub changes: Vec<(Message, Message)>,
}

impl Surveying {
    /// Looks around.
    pub(super) fn perform(self) -> Survey {
        let subject = self.subject;
        let mut changes = Vec::new();
        if let Some(earlier) = &self.earlier {
            let earlier = earlier.recounted(subject.analysis.rule, subject.batch);
            changes.push((message!("overview-since-save"), change(&earlier, &subject)));
        }
        if let Some((name, parent)) = parent(&subject) {
            let title = message!("overview-against-parent", parent = name);
            changes.push((title, change(&parent, &subject)));
        }
        Survey {
            own: Entry::new(&subject.model),
            others: self
                .others
                .unwrap_or_else(|| Arc::new(entries().unwrap_or_default())),
            changes,
            subject,
        }
    }
}

/// Differences in a sentence.
fn change(before: &Subject, after: &Subject) -> Message {
    Comparison::new(before, after).headline(after.analysis.rule.unit())
}

/// Network that a network inherits from, with its name.
fn parent(subject: &Subject) -> Option<(&String, Subject)> {
    let name = subject.model.spec.parents.first()?;
    let model = open(name, &Overrides::default()).ok()?;
    let parent = Subject::new(model, subject.analysis.rule, subject.batch);
    Some((name, parent))
}
