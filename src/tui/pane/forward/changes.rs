//! Changes of a pass: those on offer at the selected layer, those that it has, and those that a worker computes.

use std::time::Duration;

use crate::engine::session::edit::possible;
use crate::engine::{Edit, Mode};
use crate::message;
use crate::network::{Branch, Combine, Layer, LayerId, Stage};
use crate::text::{Joint, Message};
use crate::tui::pane::Net;
use crate::tui::pane::forward::{Forward, Phase, Progress};
use crate::tui::request::{Asks, Request};
use crate::tui::worker::{Change, HeldPass, Outcome, Task, discard};

impl Forward {
    /// Possible changes: those already made, then those of the selected layer and its block, then those of the whole pass.
    pub fn offers(&self) -> Vec<Edit> {
        let Some(pass) = self.pass() else {
            return Vec::new();
        };
        let mut offers: Vec<Edit> = self.edits().to_vec();
        // For a network with a fault, this is the part before the fault.
        let network = pass.network();
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
        if !pass.is_prepared() {
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
        if self.pass().is_some() && self.done() == self.end() {
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
        self.pass().is_some_and(|pass| pass.edits().contains(edit))
    }

    /// Changes of the pass, with those that are being computed.
    pub fn edits(&self) -> &[Edit] {
        match &self.phase {
            Phase::Changing(changing) => &changing.edits,
            _ => self.pass().map_or(&[], |pass| pass.edits()),
        }
    }

    /// Description of the changes, and of those that are being computed.
    pub fn changes(&self) -> Option<Message> {
        let edits = self.edits().iter();
        let words: Vec<Message> = edits.map(|edit| edit.message(&self.network)).collect();
        let is_changed = !words.is_empty();
        let changes = Message::of(Joint::Semicolon.of(words));
        match (&self.phase, is_changed) {
            (Phase::Changing(_), true) => Some(message!("pass-changing", changes = changes)),
            (Phase::Changing(_), false) => Some(message!("pass-changing-back")),
            (_, true) => Some(message!("pass-changes", changes = changes)),
            (_, false) => None,
        }
    }

    /// Makes or undoes a change, and runs as far as the pass had come.
    pub fn change(&mut self, edit: Edit) -> Option<Task> {
        let mut edits = self.edits().to_vec();
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

    /// Changes the pass to exactly these changes, and runs as far as it had come. What is being computed is given up.
    pub(super) fn change_to(&mut self, edits: Vec<Edit>) -> Option<Task> {
        if edits == self.edits() {
            return None;
        }
        let pass = self.pass()?.clone();
        let change = Change {
            pass: pass.clone(),
            original: self.original.clone(),
            edits: edits.clone(),
            rest: self.rest,
        };
        self.phase = Phase::Changing(Changing {
            pass,
            edits,
            progress: None,
        });
        Some(Task::Change(Box::new(change)))
    }

    /// Gives up the change that is being computed: the pass stays as it is.
    pub(super) fn keep_pass(&mut self) {
        if let Phase::Changing(changing) = &self.phase {
            let has_run = changing.progress.is_some();
            self.phase = Phase::Ready(changing.pass.clone());
            if let Some(shown) = self.shown.as_ref().filter(|_| has_run) {
                // A slow run has shown values of the changed pass.
                self.look_at(shown.layer);
            }
        }
    }

    /// Takes the changed pass, unless another change was asked for since.
    pub(super) fn take_changed(
        &mut self,
        outcome: Outcome,
        told: Option<Message>,
        asks: &mut Asks,
    ) {
        let Phase::Changing(changing) = &self.phase else {
            return discard(outcome);
        };
        if outcome.pass.edits() != changing.edits {
            return discard(outcome);
        }
        for (id, time) in self.network.ids().zip(&mut self.times) {
            *time = outcome.pass.time(id).unwrap_or(*time);
        }
        if let Some(id) = outcome
            .pass
            .current()
            .filter(|_| changing.progress.is_some())
        {
            self.tree.select_layer(id);
        }
        self.adopt_outcome(outcome);
        if let Some(told) = told {
            asks.notify(told);
        }
    }
}

/// Change of a pass that is being computed.
#[derive(Debug)]
pub struct Changing {
    /// The pass before the change.
    pub pass: HeldPass,
    /// All edits that it will have.
    pub edits: Vec<Edit>,
    /// Progress of its run; `None` before the first layer.
    pub progress: Option<Progress>,
}

impl Changing {
    /// Notes that a layer of the changed pass has run.
    pub(super) fn note(&mut self, layer: LayerId, elapsed: Duration) {
        let (at, reached) = (layer.index(), self.pass.current());
        let progress = self.progress.get_or_insert(Progress {
            from: at,
            to: reached.map_or(at, LayerId::index) + 1,
            done: at,
            elapsed,
        });
        progress.done = at + 1;
        progress.elapsed = elapsed;
    }
}
