//! Changes of a pass: what can be changed at the selected layer, and the pass that runs again from there beside the first.

use super::{Forward, Phase};
use crate::engine::session::edit::EditError;
use crate::engine::session::edit::possible;
use crate::engine::{Edit, Mode};
use crate::network::{Combine, Layer, LayerId, Stage};
use crate::text::Language;
use crate::tui::worker::{Task, Until, differences, discard};

impl Forward {
    /// What can be changed: what is changed already, then what the selected layer and its block offer, then the whole pass.
    pub fn offers(&self) -> Vec<Edit> {
        let Phase::Ready(session) = &self.phase else {
            return Vec::new();
        };
        let mut offers: Vec<Edit> = session.edits().to_vec();
        // Of a network at fault, that is what runs before the fault.
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
        // A synthetic input stands for a prepared picture, which preprocessing hands on.
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

    /// The lines of the list of changes: those that are offered, and the one that leads to typing.
    pub fn lines_offered(&self) -> usize {
        self.offered.len() + 1
    }

    /// Why not more is offered at the selected layer, where the network is at fault.
    pub fn why_no_more(&self) -> Option<String> {
        let fault = self.fault?;
        let layer = self.selected_layer()?;
        let path = |id: LayerId| self.network[id].path.to_string();
        let place = |id: LayerId| (self.network[id].scope.stage, self.network[id].scope.block);
        if layer >= fault {
            let at = if layer == fault {
                "is at fault"
            } else {
                "lies behind the fault"
            };
            return Some(format!(
                "{} {at} and does not run: only what runs before {} can be changed",
                path(layer),
                path(fault)
            ));
        }
        let is_sum = self.network[fault].layer == Layer::Combine(Combine::Add)
            && self.network[layer].scope.block.is_some();
        (is_sum && place(layer) == place(fault)).then(|| {
            format!("the addition of this block, {}, is at fault: neither of its branches can be zeroed", path(fault))
        })
    }

    /// Whether the pass is changed so.
    pub fn is_changed(&self, edit: &Edit) -> bool {
        matches!(&self.phase, Phase::Ready(session) if session.edits().contains(edit))
    }

    /// What is changed, in words; empty where nothing is.
    pub fn changes(&self, language: Language) -> String {
        let Phase::Ready(session) = &self.phase else {
            return String::new();
        };
        let edits = session.edits().iter();
        let words = edits.map(|edit| language.say(&edit.message(&self.network)));
        let words: Vec<_> = words.collect();
        words.join(language.word("joint-semicolon"))
    }

    /// Makes a change, or takes it back, and runs as far as the pass had come.
    ///
    /// # Errors
    /// The pass cannot be changed so; the reason is for the user.
    pub fn change(&mut self, edit: Edit) -> Result<Option<Task>, EditError> {
        let Phase::Ready(session) = &self.phase else {
            return Ok(None);
        };
        let mut edits = session.edits().to_vec();
        if let Some(place) = edits.iter().position(|other| *other == edit) {
            edits.remove(place);
        } else {
            if let Edit::Replace { layer, .. } = &edit {
                // A step has one setting.
                edits.retain(
                    |other| !matches!(other, Edit::Replace { layer: own, .. } if own == layer),
                );
            }
            edits.push(edit);
        }
        self.change_to(edits)
    }

    /// Makes the pass one with these changes, and runs as far as it had come.
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
        self.guesses.clear();
        self.guesses_before.clear();
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
