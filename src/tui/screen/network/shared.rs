//! Facts about an open network that its views share.

use std::sync::Arc;

use crate::message;
use crate::report::Subject;
use crate::text::Message;
use crate::tui::fault::Fault;
use crate::tui::kit::layer_tree::Item;
use crate::tui::pane::Net;
use crate::tui::pane::checks::Checks;
use crate::tui::pane::forward::Forward;
use crate::tui::pane::layers::Layers;

/// Network as its views read it.
pub(super) fn net<'a>(
    subject: &'a Arc<Subject>,
    fault: Option<&'a Fault>,
    (layers, checks, forward): (&Layers, &Checks, &Forward),
) -> Net<'a> {
    let network = &subject.model.network;
    let item = layers.tree.selected();
    Net {
        subject,
        fault,
        layer: item.and_then(|item| item.row.layers(network).next()),
        answer: item.and_then(Item::layer),
        faults: layers.faults().to_vec(),
        can_run: can_run(checks, forward),
        why: why(checks, forward),
        weights: forward.chooser.source().cloned(),
        offers_trained: forward.chooser.has_trained(),
        pass: None,
    }
}

/// Whether a network can run, at least up to a faulty layer. A spec that could not be read completely cannot.
pub(super) fn can_run(checks: &Checks, forward: &Forward) -> bool {
    !checks.is_unread && forward.end() > 0
}

/// Reason why a network's first faulty layer cannot run.
fn why(checks: &Checks, forward: &Forward) -> Option<Message> {
    let path = forward.network()[forward.fault?].path.to_string();
    let problem = checks
        .problems
        .iter()
        .find(|problem| problem.path.as_deref() == Some(&path));
    // Other places with the same problem do not matter here.
    let why = match problem {
        Some(problem) => problem.alone().clone(),
        None => message!("fault-breaks-a-rule"),
    };
    Some(message!("fault-cannot-run", path = path, why = why))
}
