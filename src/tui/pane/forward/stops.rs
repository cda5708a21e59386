//! Stops and speed of a run.

use std::time::Duration;

use crate::network::{Combine, Layer, LayerId};
use crate::text::Message;
use crate::tui::pane::forward::Forward;
use crate::tui::worker::Until;

/// Layers at which every run stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stops {
    /// Only marked layers.
    #[default]
    Marked,
    /// Every addition as well.
    Additions,
    /// The last layer of every stage as well.
    Stages,
}

impl Stops {
    /// Description of the setting.
    pub const fn words(self) -> Message {
        Message::new(match self {
            Self::Marked => "notice-stops-marked",
            Self::Additions => "notice-stops-additions",
            Self::Stages => "notice-stops-stages",
        })
    }
}

/// Possible pauses after each layer, in milliseconds.
const RESTS: [u64; 4] = [0, 100, 400, 1500];

impl Forward {
    /// Marks the selected row's last layer, so runs stop after it, or removes the mark.
    pub fn toggle_stop(&mut self) {
        if let Some(id) = self.selected_layer()
            && !self.marked.remove(&id)
        {
            self.marked.insert(id);
        }
    }

    /// Switches to the next kind of stops.
    pub fn turn_stops(&mut self) {
        self.stops = match self.stops {
            Stops::Marked => Stops::Additions,
            Stops::Additions => Stops::Stages,
            Stops::Stages => Stops::Marked,
        };
    }

    /// Whether runs stop after a layer.
    pub fn stops_at(&self, id: LayerId) -> bool {
        let network = &self.network;
        self.marked.contains(&id)
            || match self.stops {
                Stops::Marked => false,
                Stops::Additions => network[id].layer == Layer::Combine(Combine::Add),
                Stops::Stages => {
                    let next = network.ids_at(id.index() + 1..id.index() + 2).next();
                    next.is_some_and(|next| network[next].scope.stage != network[id].scope.stage)
                }
            }
    }

    /// Target of a run to the end: the next stop.
    pub fn until_stop(&self) -> Until {
        self.network
            .ids_at(self.done()..self.network.len())
            .find(|id| self.stops_at(*id))
            .map_or(Until::End, Until::Layer)
    }

    /// Sets the next slower or faster speed.
    pub fn turn_speed(&mut self, is_slower: bool) {
        let at = RESTS
            .iter()
            .position(|rest| Duration::from_millis(*rest) == self.rest)
            .unwrap_or(0);
        let at = if is_slower {
            (at + 1).min(RESTS.len() - 1)
        } else {
            at.saturating_sub(1)
        };
        self.rest = Duration::from_millis(RESTS[at]);
    }
}
