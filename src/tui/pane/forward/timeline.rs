//! Timeline of a pass: its layers in the order of execution, each with its time or the difference that a change has made.

use std::time::Duration;

use ratatui::layout::Rect;

use crate::network::LayerId;
use crate::tui::kit::layer_tree::Item;
use crate::tui::pane::forward::Forward;
use crate::tui::pane::forward::place::timeline_bars;

/// Quantity that the timeline's bars show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Quantity {
    /// Time that the layer took.
    #[default]
    Time,
    /// Relative difference of its output from the one before the change.
    Difference,
}

/// Neighbouring layers that share a bar.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bar {
    /// Layer with the largest number, which the bar shows; the first layer if none has run.
    pub layer: LayerId,
    /// First layer of the bar.
    pub first: LayerId,
    /// Number of layers.
    pub count: usize,
    /// Height as a part of the highest bar; above 1 for one far above all others, which is cut off; `None` if none has run.
    pub share: Option<f64>,
}

impl Bar {
    /// Whether a layer belongs to the bar.
    pub fn has(&self, id: LayerId) -> bool {
        (self.first.index()..self.first.index() + self.count).contains(&id.index())
    }
}

/// Width of a bar in columns, for this number of bars.
pub fn bar_width(place: Rect, bars: usize) -> u16 {
    (place.width / (bars.max(1) as u16)).clamp(1, 3)
}

impl Forward {
    /// The layer whose bar is at a column of the screen.
    pub(super) fn layer_at(&self, timeline: Rect, column: u16) -> Option<LayerId> {
        let place = timeline_bars(timeline);
        let bars = self.bars(usize::from(place.width));
        let number = column.checked_sub(place.x)? / bar_width(place, bars.len());
        bars.get(usize::from(number)).map(|bar| bar.layer)
    }

    /// Time that a layer took, if it has run.
    pub fn time(&self, id: LayerId) -> Option<Duration> {
        self.times
            .get(id.index())
            .copied()
            .filter(|_| id.index() < self.done())
    }

    /// Relative difference of a layer's output from the one before the change.
    pub fn difference(&self, id: LayerId) -> Option<f64> {
        *self.differences.get(id.index())?
    }

    /// Number that the timeline shows for a layer: seconds, or a difference.
    fn quantity(&self, id: LayerId) -> Option<f64> {
        match self.quantity {
            Quantity::Time => self.time(id).map(|time| time.as_secs_f64()),
            Quantity::Difference => self.difference(id).filter(|value| value.is_finite()),
        }
    }

    /// Bars of the timeline: at most `most`, each for the same number of layers.
    pub fn bars(&self, most: usize) -> Vec<Bar> {
        let ids: Vec<LayerId> = self.network.ids().collect();
        let each = ids.len().div_ceil(most.max(1)).max(1);
        let (mut largest, mut second) = (0.0, 0.0);
        for value in ids.iter().filter_map(|id| self.quantity(*id)) {
            if value > largest {
                (largest, second) = (value, largest);
            } else if value > second {
                second = value;
            }
        }
        if second > 0.0 && largest > 3.0 * second {
            largest = 1.2 * second;
        }
        ids.chunks(each)
            .map(|layers| {
                let known = layers
                    .iter()
                    .filter_map(|id| Some((*id, self.quantity(*id)?)));
                let top = known.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
                Bar {
                    layer: top.map_or(layers[0], |(id, _)| id),
                    first: layers[0],
                    count: layers.len(),
                    share: top.map(
                        |(_, value)| {
                            if largest > 0.0 { value / largest } else { 0.0 }
                        },
                    ),
                }
            })
            .collect()
    }

    /// Layer with the largest number in the timeline.
    pub fn largest(&self) -> Option<LayerId> {
        let bars = self.bars(1);
        let all = bars.first().filter(|bar| bar.share.is_some())?;
        Some(all.layer)
    }

    /// Switches to the other quantity, if there is one.
    pub fn turn_quantity(&mut self) {
        self.quantity = match self.quantity {
            Quantity::Time if !self.differences.is_empty() => Quantity::Difference,
            _ => Quantity::Time,
        };
    }

    /// Position of the timeline's cursor: the selected layer, or the one that ran last.
    pub fn pointed(&self) -> Option<LayerId> {
        match self.phase {
            super::Phase::Running(_) => self.current(),
            _ => self
                .tree
                .selected()
                .and_then(Item::layer)
                .or_else(|| self.current()),
        }
    }

    /// Selects the layer that runs before or after the one at the cursor.
    pub fn step_along(&mut self, is_later: bool) {
        let Some(at) = self.pointed() else {
            return self.jump(self.network.ids().next());
        };
        let place = if is_later {
            Some(at.index() + 1)
        } else {
            at.index().checked_sub(1)
        };
        let layer = place.and_then(|place| self.network.ids_at(place..place + 1).next());
        self.jump(layer);
    }

    /// Selects a layer.
    pub fn jump(&mut self, layer: Option<LayerId>) {
        if let Some(id) = layer {
            self.tree.select_layer(id);
        }
    }
}
