//! Changes of a pass: those on offer at the selected layer, and the second pass that runs from there.

use crate::engine::session::edit::EditError;
use crate::engine::session::edit::possible;
use crate::engine::{Edit, Mode};
use crate::message;
use crate::network::{Branch, Combine, Layer, LayerId, Stage};
use crate::text::{Joint, Message};
use crate::tui::pane::Net;
use crate::tui::pane::forward::{Forward, Phase};
use crate::tui::request::{Asks, Request};
use crate::tui::worker::{Task, Until, differences, discard};

impl Forward {
    /// Possible changes: those already made, then those of the selected layer and its block, then those of the whole pass.
    pub fn offers(&self) -> Vec<Edit> {
        let Phase::Ready(session) = &self.phase else {
            return Vec::new();
        };
        let mut offers: Vec<Edit> = session.edits().to_vec();
        // For a network with a fault, this is the part before the fault.
        let network = session.network();
        if let Some(layer) = self
            .selected_layer()
            .filter(|id| id.index() < network.len())
        {
            offers.extend(possible(network, layer));
            if let Some(shown) = self.shown.as_ref().filter(|shown| shown.layer == layer) {
                offers.push(Edit::Mute {
                    layer,
                    channel: self.maps.first.min(shown.output.channels.saturating_sub(1)),
                });
            }
        }
        // A synthetic input replaces an already preprocessed picture, which preprocessing layers pass through unchanged.
        if !session.is_prepared() {
            let preprocessing = network
                .nodes()
                .filter(|(_, node)| node.scope.stage == Stage::Preprocess)
                .flat_map(|(id, _)| possible(network, id));
            offers.extend(preprocessing);
        }
        offers.push(Edit::Mode(Mode::Training));
        let mut unique: Vec<Edit> = Vec::new();
        for edit in offers {
            if !unique.contains(&edit) {
                unique.push(edit);
            }
        }
        unique
    }

    /// Cuts a path of the block of layer `own` of the network that was opened, or joins it again: the main path for a layer on it, else
    /// the shortcut. A pass that has not come to its end runs there first, so that its answer can be compared.
    pub fn cut(&mut self, net: &Net<'_>, own: LayerId, asks: &mut Asks) {
        let id = self.in_pass(own);
        let side = match self.network[id].scope.branch {
            Some(Branch::Main) => Branch::Main,
            Some(Branch::Shortcut) | None => Branch::Shortcut,
        };
        let network = self.running();
        let known = id.index() < network.len();
        let edits = if known {
            possible(network, id)
        } else {
            Vec::new()
        };
        let found = edits
            .into_iter()
            .find(|edit| matches!(edit, Edit::Silence { branch, .. } if *branch == side));
        let Some(edit) = found else {
            asks.notify(message!("notice-no-path-to-cut"));
            return;
        };
        if self.is_ready() && self.done() == self.end() {
            self.change_by(edit, asks);
            return;
        }
        if !self.is_busy() {
            let last = net.subject.model.network.ids().next_back();
            self.start(net, last, asks);
        }
        self.waiting_cut = Some(edit);
    }

    /// Runs the pass up to a layer of the network that was opened; prepares the chosen sources first if there is no pass.
    pub fn start(&mut self, net: &Net<'_>, own: Option<LayerId>, asks: &mut Asks) {
        let task = own
            .filter(|_| net.can_run)
            .and_then(|own| self.bring_to(net.subject, own));
        match task {
            Some(task) => asks.ask(Request::Run(task)),
            None if !net.can_run => asks.notify(message!("notice-errors-first")),
            None => asks.notify(message!("notice-no-weights-chosen")),
        }
    }

    /// Number of lines in the list of changes: those on offer, and the one for typing.
    pub fn lines_offered(&self) -> usize {
        self.offered.len() + 1
    }

    /// Reason why the selected layer offers no more, if the network has a fault.
    pub fn why_no_more(&self) -> Option<Message> {
        let fault = self.fault?;
        let layer = self.selected_layer()?;
        let path = |id: LayerId| self.network[id].path.to_string();
        let place = |id: LayerId| (self.network[id].scope.stage, self.network[id].scope.block);
        if layer >= fault {
            return Some(if layer == fault {
                message!("change-at-fault", path = path(layer))
            } else {
                message!(
                    "change-after-fault",
                    path = path(layer),
                    fault = path(fault)
                )
            });
        }
        let is_sum = self.network[fault].layer == Layer::Combine(Combine::Add)
            && self.network[layer].scope.block.is_some();
        (is_sum && place(layer) == place(fault))
            .then(|| message!("change-addition-at-fault", path = path(fault)))
    }

    /// Whether the pass has this change.
    pub fn is_changed(&self, edit: &Edit) -> bool {
        matches!(&self.phase, Phase::Ready(session) if session.edits().contains(edit))
    }

    /// Description of the changes.
    pub fn changes(&self) -> Option<Message> {
        let Phase::Ready(session) = &self.phase else {
            return None;
        };
        let edits = session.edits().iter();
        let words: Vec<Message> = edits.map(|edit| edit.message(&self.network)).collect();
        (!words.is_empty()).then(|| Message::of(Joint::Semicolon.of(words)))
    }

    /// Makes or undoes a change, and runs as far as the pass had come.
    ///
    /// # Errors
    /// The pass does not support this change; the reason is for the user.
    pub fn change(&mut self, edit: Edit) -> Result<Option<Task>, EditError> {
        let Phase::Ready(session) = &self.phase else {
            return Ok(None);
        };
        let mut edits = session.edits().to_vec();
        if let Some(place) = edits.iter().position(|other| *other == edit) {
            edits.remove(place);
        } else {
            if let Edit::Replace { layer, .. } = &edit {
                // A layer has at most one replacement.
                edits.retain(
                    |other| !matches!(other, Edit::Replace { layer: own, .. } if own == layer),
                );
            }
            edits.push(edit);
        }
        self.change_to(edits)
    }

    /// Changes the pass to exactly these changes, and runs as far as it had come.
    pub(super) fn change_to(&mut self, edits: Vec<Edit>) -> Result<Option<Task>, EditError> {
        let Phase::Ready(session) = &self.phase else {
            return Ok(None);
        };
        if edits == session.edits() {
            return Ok(None);
        }
        let to = session.current();
        let is_as_it_was = edits.is_empty();
        let edited = session.edited(edits)?;
        let before = std::mem::replace(&mut self.phase, Phase::Ready(Box::new(edited)));
        if is_as_it_was {
            discard((self.original.take(), before));
        } else if let (Phase::Ready(_), Some(_)) = (&before, &self.original) {
            discard(before);
        } else if let Phase::Ready(session) = before {
            self.original = Some(session);
        }
        self.top_classes.clear();
        self.top_classes_before.clear();
        self.shown = None;
        Ok(match to {
            Some(id) if id.index() + 1 > self.done() => self.run(Until::Layer(id)),
            Some(id) => {
                self.differences = match (&self.phase, &self.original) {
                    (Phase::Ready(session), Some(before)) => differences(session, before),
                    _ => Vec::new(),
                };
                self.look_at(id);
                None
            }
            None => None,
        })
    }
}
