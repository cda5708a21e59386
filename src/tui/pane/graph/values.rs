//! Values of a pass in the boxes of the graph: x → F(x) → ⊕ → out, as small maps that stay while a worker has the pass.

use std::collections::BTreeMap;

use crate::engine::Tensor;
use crate::network::{Branch, Combine, Layer, LayerId, Network, Stage};
use crate::report::pass::activation::{Value, range};
use crate::tui::kit::picture::Map;
use crate::tui::pane::graph::diagram::Node;
use crate::tui::pane::{Net, Pass};

/// One channel of a layer's output.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Thumbnail {
    values: Vec<f32>,
    width: usize,
    /// Whether it is a picture, in greys, and not a map with signs.
    pub(super) is_picture: bool,
}

impl Thumbnail {
    /// A channel of the first image of a value; a vector becomes a square.
    fn of(tensor: &Tensor, channel: usize, is_picture: bool) -> Self {
        let shape = tensor.shape().get(1..).unwrap_or_default();
        let channels = shape.first().copied().unwrap_or(1);
        let (first, area, width) = match shape {
            [_, height, width] if height * width > 1 => {
                let channel = channel.min(channels.saturating_sub(1));
                (channel * height * width, height * width, *width)
            }
            _ => (0, channels, side(channels)),
        };
        Self {
            values: tensor.iter().skip(first).take(area).copied().collect(),
            width,
            is_picture,
        }
    }

    /// The same of the layer that a running pass shows.
    fn shown(value: &Value, channel: usize, is_picture: bool) -> Self {
        if value.is_vector() {
            return Self {
                values: value.values().to_vec(),
                width: side(value.channels),
                is_picture,
            };
        }
        let channel = channel.min(value.channels.saturating_sub(1));
        Self {
            values: value.channel(channel).to_vec(),
            width: value.size[1],
            is_picture,
        }
    }

    /// Its values with their range: symmetric around zero where signs are shown.
    pub(super) fn map(&self) -> Map<'_> {
        let (low, high) = range(&self.values);
        let reach = low.abs().max(high.abs());
        let range = if self.is_picture {
            (low, high)
        } else {
            (-reach, reach)
        };
        Map::new(&self.values, self.width, range)
    }
}

/// Side of a square for the values of a vector.
fn side(count: usize) -> usize {
    (count as f64).sqrt().ceil().max(1.0) as usize
}

/// State of a pass as the graph shows it.
#[derive(Debug, Default)]
pub(super) struct Values {
    /// Thumbnails of the visible boxes.
    thumbnails: BTreeMap<LayerId, Thumbnail>,
    /// Layer that ran last.
    current: Option<LayerId>,
    /// Whether the graph has seen the pass before.
    is_known: bool,
    /// Whether any layer has run.
    pub(super) has_pass: bool,
}

impl Values {
    /// Thumbnail of a layer.
    pub(super) fn of(&self, id: LayerId) -> Option<&Thumbnail> {
        self.thumbnails.get(&id)
    }

    /// Forgets the layer that ran last, so that the next one is not followed.
    pub(super) fn forget(&mut self) {
        self.is_known = false;
    }

    /// Looks at the pass again for these layers; returns the layer that has run last, if that is new.
    pub(super) fn watch(
        &mut self,
        net: &Net<'_>,
        layers: impl Iterator<Item = LayerId>,
    ) -> Option<LayerId> {
        let Some(pass) = net.pass else {
            *self = Self::default();
            return None;
        };
        self.has_pass = pass.done() > 0;
        let network = &net.subject.model.network;
        let mut thumbnails = BTreeMap::new();
        for id in layers.filter(|id| pass.has_run(*id)) {
            let old = self.thumbnails.remove(&id);
            thumbnails.extend(fresh(network, pass, id).or(old).map(|own| (id, own)));
        }
        self.thumbnails = thumbnails;
        let now = pass.reached();
        let before = std::mem::replace(&mut self.current, now);
        let is_known = std::mem::replace(&mut self.is_known, true);
        now.filter(|_| is_known && before != now)
    }
}

/// Thumbnail of a layer from the pass as it is now.
fn fresh(network: &Network, pass: &dyn Pass, id: LayerId) -> Option<Thumbnail> {
    let node = &network[id];
    let is_picture =
        matches!(node.layer, Layer::Input { .. }) || node.scope.stage == Stage::Preprocess;
    let channel = pass.channel();
    if let Some(value) = pass.value(id) {
        return Some(Thumbnail::of(value, channel, is_picture));
    }
    let shown = pass.glimpse(id)?;
    Some(Thumbnail::shown(shown, channel, is_picture))
}

/// Values that a box shows, with their signs: what it reads and outputs on the main path, and the sum before and after its
/// activation.
pub(super) fn faces(network: &Network, node: &Node) -> Vec<(&'static str, LayerId)> {
    let is_sum = network[node.first].layer == Layer::Combine(Combine::Add);
    let input = network.inputs(node.first).first().copied();
    match (network[node.first].scope.branch, input) {
        (Some(Branch::Main), Some(input)) if node.first != node.last => {
            vec![("x", input), ("F(x)", node.last)]
        }
        (Some(Branch::Shortcut), _) => vec![(carried(network, node), node.last)],
        _ if is_sum && node.first != node.last => vec![("⊕", node.first), ("", node.last)],
        _ if is_sum => vec![("⊕", node.last)],
        _ => vec![("", node.last)],
    }
}

/// Sign of what a shortcut carries: the input times the weights of its convolution, or the input.
fn carried(network: &Network, node: &Node) -> &'static str {
    let mut ids = network.ids_at(node.first.index()..node.last.index() + 1);
    let has_weights = ids.any(|id| matches!(network[id].layer, Layer::Conv(_)));
    if has_weights { "W·x" } else { "x" }
}
