//! The layers of a pass in the order in which they run, each with its time, or with how far a change has moved its output.

use std::time::Duration;

use ratatui::layout::Rect;

use super::Forward;
use crate::network::LayerId;
use crate::tui::layer_tree::Item;
use crate::tui::layout;

/// What a bar of the timeline stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Quantity {
    /// How long the layer took.
    #[default]
    Time,
    /// How far its output lies from what it was before the pass was changed.
    Difference,
}

/// Neighbouring layers that share a bar.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bar {
    /// The one with the largest number, which the bar shows; the first where none has run.
    pub layer: LayerId,
    /// The first of them.
    pub first: LayerId,
    /// How many they are.
    pub count: usize,
    /// The number as a part of the highest bar, beyond 1 for one that is far above all others and is cut off; `None` where
    /// none has run.
    pub share: Option<f64>,
}

impl Bar {
    /// Whether a layer is one of them.
    pub fn has(&self, id: LayerId) -> bool {
        (self.first.index()..self.first.index() + self.count).contains(&id.index())
    }
}

/// Columns of a bar, where there are so many bars.
pub fn bar_width(place: Rect, bars: usize) -> u16 {
    (place.width / (bars.max(1) as u16)).clamp(1, 3)
}

impl Forward {
    /// The layer whose bar is at a column of the screen.
    pub(in crate::tui) fn layer_at(&self, timeline: Rect, column: u16) -> Option<LayerId> {
        let place = layout::timeline_bars(timeline);
        let bars = self.bars(usize::from(place.width));
        let number = column.checked_sub(place.x)? / bar_width(place, bars.len());
        bars.get(usize::from(number)).map(|bar| bar.layer)
    }

    /// How long a layer took, where it has run.
    pub fn time(&self, id: LayerId) -> Option<Duration> {
        self.times
            .get(id.index())
            .copied()
            .filter(|_| id.index() < self.done())
    }

    /// How far a layer's output lies from what it was before the change, by the norm of that.
    pub fn difference(&self, id: LayerId) -> Option<f64> {
        *self.differences.get(id.index())?
    }

    /// The number that the timeline shows of a layer: seconds, or a difference.
    fn quantity(&self, id: LayerId) -> Option<f64> {
        match self.quantity {
            Quantity::Time => self.time(id).map(|time| time.as_secs_f64()),
            Quantity::Difference => self.difference(id).filter(|value| value.is_finite()),
        }
    }

    /// The timeline in at most so many bars, of equally many layers each.
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

    /// The layer with the largest number of the timeline.
    pub fn largest(&self) -> Option<LayerId> {
        let bars = self.bars(1);
        let all = bars.first().filter(|bar| bar.share.is_some())?;
        Some(all.layer)
    }

    /// Shows the other number, where there is one.
    pub fn turn_quantity(&mut self) {
        self.quantity = match self.quantity {
            Quantity::Time if !self.differences.is_empty() => Quantity::Difference,
            _ => Quantity::Time,
        };
    }

    /// Where the cursor of the timeline is: at the layer that is selected, or at the one that ran last.
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

    /// Selects the layer that runs before or after the one that is pointed at.
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
