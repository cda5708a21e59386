//! Edits of a pass, to see their effect: a branch zeroed, a layer bypassed, a channel muted, a stride moved.

pub mod preprocessing;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use ndarray::{ArrayD, Axis};

use super::super::kernels::Real;
use super::super::pass::{Cell, Mode};
use super::{Keep, Session, admitted};
use crate::message;
use crate::network::{Branch, Combine, Conv, Layer, LayerId, Network, Norm, Picture, Pool, check};
use crate::text::{Message, said};

/// One edit of a pass.
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    /// Replaces one operand of an addition by zeros. A residual block without its main path passes its shortcut on: it is
    /// switched off, as in Veit, Wilber and Belongie 2016 ("Residual Networks Behave Like Ensembles").
    Silence {
        /// Addition that is edited.
        add: LayerId,
        /// Operand that is replaced.
        branch: Branch,
    },
    /// Passes a layer's input on as its output: leaves out a ReLU, a normalisation or a preprocessing step.
    Bypass {
        /// Layer that is bypassed; its output has the shape of its operand.
        layer: LayerId,
    },
    /// Sets one channel of a layer's output to zero.
    Mute {
        /// Layer that is edited.
        layer: LayerId,
        /// Channel, from 0.
        channel: usize,
    },
    /// Moves the stride of one convolution to another, which has none.
    MoveStride {
        /// Convolution that has the stride.
        from: LayerId,
        /// Convolution that gets it.
        to: LayerId,
    },
    /// Reverses the channels of the image: blue, green, red.
    Reverse {
        /// Layer whose output is reversed: the input, or one that works on whole images.
        layer: LayerId,
    },
    /// Gives a preprocessing step other settings: a side, a filter, mean and standard deviation.
    Replace {
        /// Preprocessing step.
        layer: LayerId,
        /// The same kind of layer with the new settings.
        by: Layer,
    },
    /// Sets the statistics that batch normalisation uses.
    Mode(Mode),
}

/// Reason that an edit is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditError {
    /// The edit does not apply to the layer.
    Layer {
        /// Path of the layer.
        path: String,
        /// Reason of the refusal.
        reason: Message,
    },
    /// The edited pass cannot run.
    Engine(super::EngineError),
}

impl EditError {
    /// Place and problem.
    pub fn message(&self) -> Message {
        match self {
            Self::Layer { path, reason } => {
                message!("edit-refused", path = path, reason = reason.clone())
            }
            Self::Engine(error) => error.message(),
        }
    }
}

said!(EditError: Engine(super::EngineError));

impl Edit {
    /// The first layer whose computation the edit changes.
    fn first(&self, network: &Network) -> Option<LayerId> {
        match self {
            Self::Silence { add: layer, .. }
            | Self::Bypass { layer }
            | Self::Reverse { layer }
            | Self::Replace { layer, .. }
            | Self::Mute { layer, .. } => Some(*layer),
            Self::MoveStride { from, to } => Some(*from.min(to)),
            Self::Mode(_) => network
                .nodes()
                .find(|(_, node)| matches!(node.layer, Layer::Norm(Norm::Batch(_))))
                .map(|(id, _)| id),
        }
    }

    /// Its effect: `layer1.0: main path zeroed`.
    pub fn message(&self, network: &Network) -> Message {
        let path = |id: &LayerId| network[*id].path.to_string();
        match self {
            Self::Silence { add, branch } => {
                let block = block_of(network, *add).unwrap_or_else(|| path(add));
                match branch {
                    Branch::Main => message!("edit-main-path", block = block),
                    Branch::Shortcut => message!("edit-shortcut", block = block),
                }
            }
            Self::Bypass { layer } => message!("edit-bypass", path = path(layer)),
            Self::Mute { layer, channel } => {
                message!("edit-mute", path = path(layer), channel = *channel)
            }
            Self::MoveStride { from, to } => {
                message!("edit-stride", from = path(from), to = path(to))
            }
            Self::Reverse { .. } => message!("edit-reverse"),
            Self::Replace { layer, by } => message!(
                "edit-replace",
                path = path(layer),
                settings = preprocessing::settings(by)
            ),
            Self::Mode(Mode::Training) => message!("edit-batch-statistics"),
            Self::Mode(Mode::Inference) => message!("edit-running-statistics"),
        }
    }

    /// Refuses the edit, with the reason, if it does not apply to `network`.
    fn refused(&self, network: &Network) -> Result<(), EditError> {
        let no = |id: LayerId, reason: Message| {
            Err(EditError::Layer {
                path: network[id].path.to_string(),
                reason,
            })
        };
        match *self {
            Self::Silence { add, .. } if network[add].layer != Layer::Combine(Combine::Add) => {
                no(add, message!("edit-no-addition"))
            }
            Self::Bypass { layer } => {
                let (shapes, _) = check::shapes(network);
                let inputs = network.inputs(layer);
                match inputs.first() {
                    Some(&input) if shapes[input] == shapes[layer] => Ok(()),
                    _ => no(layer, message!("edit-changes-shape")),
                }
            }
            Self::Mute { layer, channel } => {
                let (shapes, _) = check::shapes(network);
                match shapes[layer] {
                    Some(shape) if (channel as u64) < shape.channels() => Ok(()),
                    _ => no(layer, message!("edit-no-channel", channel = channel)),
                }
            }
            Self::MoveStride { from, to } => {
                let stride = |id: LayerId| match &network[id].layer {
                    Layer::Conv(Conv::Spatial(conv)) => Some(conv.window.stride),
                    _ => None,
                };
                match (stride(from), stride(to)) {
                    (Some([1, 1]), _) => no(from, message!("edit-no-stride")),
                    (Some(_), Some([1, 1])) => Ok(()),
                    (Some(_), Some(_)) => no(to, message!("edit-has-stride")),
                    (Some(_), None) => no(to, message!("edit-takes-no-stride")),
                    (None, _) => no(from, message!("edit-gives-no-stride")),
                }
            }
            Self::Reverse { layer } => {
                let own = &network[layer].layer;
                if matches!(own, Layer::Input { .. }) || own.is_of_picture() {
                    Ok(())
                } else {
                    no(layer, message!("edit-no-colours"))
                }
            }
            Self::Replace { layer, ref by } => match preprocessing::fits(&network[layer].layer, by)
            {
                Ok(()) => Ok(()),
                Err(reason) => no(layer, reason),
            },
            Self::Silence { .. } | Self::Mode(_) => Ok(()),
        }
    }
}

/// Path of a layer's block, if it is in one.
fn block_of(network: &Network, id: LayerId) -> Option<String> {
    let scope = network[id].scope;
    let crate::network::Stage::Body(stage) = scope.stage else {
        return None;
    };
    let blocks = &network.stage(stage)?.blocks;
    blocks.get(scope.block? as usize).cloned()
}

/// Edits that are possible for a layer, the most instructive first: for an addition its block, for a convolution its stride.
pub fn possible(network: &Network, id: LayerId) -> Vec<Edit> {
    let mut edits = Vec::new();
    let scope = network[id].scope;
    if scope.block.is_some() {
        let adds = network.nodes().filter(|(_, node)| {
            let place = (node.scope.stage, node.scope.block);
            node.layer == Layer::Combine(Combine::Add) && place == (scope.stage, scope.block)
        });
        for (add, _) in adds {
            edits.extend(
                [Branch::Main, Branch::Shortcut].map(|branch| Edit::Silence { add, branch }),
            );
        }
    }
    let bypass = Edit::Bypass { layer: id };
    let is_step = matches!(
        network[id].layer,
        Layer::Activation(_)
            | Layer::Scalar(_)
            | Layer::Norm(_)
            | Layer::Picture(Picture::RgbToBgr)
            | Layer::Preprocess(_)
            | Layer::Combine(Combine::Multiply)
            | Layer::Pool(Pool::Max(_))
            | Layer::Conv(Conv::Spatial(_))
    );
    if is_step && bypass.refused(network).is_ok() {
        edits.push(bypass);
    }
    edits.extend(strides(network, id));
    edits.extend(preprocessing::possible(network, id));
    edits
}

/// Possible moves of the stride to or from the layer, within its own branch of its block.
fn strides(network: &Network, id: LayerId) -> Vec<Edit> {
    let scope = network[id].scope;
    if scope.block.is_none() || !matches!(network[id].layer, Layer::Conv(Conv::Spatial(_))) {
        return Vec::new();
    }
    let others = network
        .nodes()
        .filter(|(other, node)| *other != id && node.scope == scope)
        .map(|(other, _)| other);
    others
        .flat_map(|other| {
            [(id, other), (other, id)].map(|(from, to)| Edit::MoveStride { from, to })
        })
        .filter(|edit| edit.refused(network).is_ok())
        // The paths of a partial network need not have joined.
        .filter(|edit| {
            let faults = check::check(&moved(network, std::slice::from_ref(edit)));
            faults.iter().all(|fault| fault.rule == "one-sink")
        })
        .collect()
}

/// The network with strides moved and preprocessing replaced by the edits.
fn moved(network: &Network, edits: &[Edit]) -> Network {
    let mut layers: BTreeMap<LayerId, Layer> = BTreeMap::new();
    let layer_of = |layers: &BTreeMap<LayerId, Layer>, id: LayerId| {
        layers.get(&id).unwrap_or(&network[id].layer).clone()
    };
    for edit in edits {
        if let Edit::Replace { layer, by } = edit {
            layers.insert(*layer, by.clone());
        }
        let &Edit::MoveStride { from, to } = edit else {
            continue;
        };
        if let (Layer::Conv(Conv::Spatial(mut giver)), Layer::Conv(Conv::Spatial(mut taker))) =
            (layer_of(&layers, from), layer_of(&layers, to))
        {
            std::mem::swap(&mut giver.window.stride, &mut taker.window.stride);
            layers.insert(from, Layer::Conv(Conv::Spatial(giver)));
            layers.insert(to, Layer::Conv(Conv::Spatial(taker)));
        }
    }
    network.with_layers(&layers)
}

impl Edit {
    /// Whether the edit changes the output of layer `id` after it was computed.
    pub(super) fn changes_output_of(&self, id: LayerId) -> bool {
        matches!(self, Self::Mute { layer, .. } | Self::Reverse { layer } if *layer == id)
    }
}

/// Replaces silenced operands with zeros.
pub(super) fn silence<T: Real>(edits: &[Edit], id: LayerId, operands: &mut [Cow<'_, ArrayD<T>>]) {
    for edit in edits {
        if let Edit::Silence { add, branch } = edit
            && *add == id
            && let Some(operand) = operands.get_mut(slot(*branch))
        {
            *operand = Cow::Owned(ArrayD::from_elem(operand.raw_dim(), T::rounded(0.0)));
        }
    }
}

/// Operand index of a branch in an addition.
const fn slot(branch: Branch) -> usize {
    match branch {
        Branch::Main => 0,
        Branch::Shortcut => 1,
    }
}

/// Zeroes the muted channels of an output.
pub(super) fn mute<T: Real>(edits: &[Edit], id: LayerId, output: &mut ArrayD<T>) {
    for edit in edits {
        if let Edit::Mute { layer, channel } = edit
            && *layer == id
            && *channel < output.shape()[1]
        {
            output
                .index_axis_mut(Axis(1), *channel)
                .fill(T::rounded(0.0));
        }
    }
}

impl Session {
    /// Edits of this pass.
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }

    /// Whether an operand of a layer is replaced by zeros.
    pub(in super::super) fn is_silenced(&self, id: LayerId, operand: usize) -> bool {
        self.edits.iter().any(
            |edit| matches!(edit, Edit::Silence { add, branch } if *add == id && slot(*branch) == operand),
        )
    }

    /// Whether a channel of a layer is zeroed.
    pub(in super::super) fn is_muted(&self, layer: LayerId, channel: usize) -> bool {
        self.edits.contains(&Edit::Mute { layer, channel })
    }

    /// Whether the input is already preprocessed, so the preprocessing layers pass it on.
    pub fn is_prepared(&self) -> bool {
        self.prepared
    }

    /// Cell that a layer's value comes from, before its channels are reversed.
    pub(in super::super) fn before_reversal(&self, layer: LayerId, cell: Cell) -> Cell {
        let channels = self.value(layer).map_or(0, |value| value.shape()[1]);
        let is_input = matches!(self.network[layer].layer, Layer::Input { .. });
        let is_reversed = self.edits.contains(&Edit::Reverse { layer }) && !is_input;
        if is_reversed && cell.channel < channels {
            let channel = channels - 1 - cell.channel;
            return Cell { channel, ..cell };
        }
        cell
    }

    /// Creates the same pass with these edits in place of its present ones.
    ///
    /// Values computed before the first layer that the edits affect are kept. The cursor of the new pass is after them, or
    /// where this pass's cursor is if that is earlier; this pass stays unchanged. A change of mode may need another precision
    /// (see [`super::Precision`]), and the new pass then starts from the beginning.
    ///
    /// # Errors
    /// An edit does not apply to its layer, or the edited network is illegal or too large.
    pub fn edited(&self, edits: Vec<Edit>) -> Result<Self, EditError> {
        let (base, base_mode) = &self.unedited;
        let mut legal = Cow::Borrowed(&**base);
        for edit in &edits {
            edit.refused(&legal)?;
            if matches!(edit, Edit::MoveStride { .. } | Edit::Replace { .. }) {
                legal = Cow::Owned(moved(&legal, std::slice::from_ref(edit)));
            }
        }
        let network = match legal {
            Cow::Borrowed(_) => Arc::clone(base),
            Cow::Owned(network) => Arc::new(network),
        };
        let mode = edits
            .iter()
            .filter_map(|edit| match edit {
                Edit::Mode(mode) => Some(*mode),
                _ => None,
            })
            .next_back()
            .unwrap_or(*base_mode);
        let (_, precision) = admitted(
            &network,
            (mode, self.keep),
            self.is_part,
            self.input.shape()[0],
        )?;
        let differs = |edit: &&Edit, others: &[Edit]| !others.contains(edit);
        let first = self
            .edits
            .iter()
            .filter(|edit| differs(edit, &edits))
            .chain(edits.iter().filter(|edit| differs(edit, &self.edits)))
            .filter_map(|edit| edit.first(base))
            .map(LayerId::index)
            .min()
            .unwrap_or(self.cursor);
        let keeps_all = precision == self.precision && self.keep == Keep::Everything;
        let cursor = if keeps_all { first.min(self.cursor) } else { 0 };
        let layers = self.layers.as_ref().and_then(|layers| {
            if Arc::ptr_eq(&network, &self.network) {
                return Some(Arc::clone(layers));
            }
            layers.changed(Arc::clone(&network)).map(Arc::new)
        });
        let mut edited = Self {
            network,
            weights: Arc::clone(&self.weights),
            input: Arc::clone(&self.input),
            prepared: self.prepared,
            is_part: self.is_part,
            mode,
            precision,
            keep: self.keep,
            last_use: self.last_use.clone(),
            values: self.values.clone(),
            exact: self.exact.clone(),
            times: self.times.clone(),
            running: self.running.clone(),
            cursor,
            edits,
            unedited: self.unedited.clone(),
            layers,
        };
        edited.values[cursor..].fill(None);
        edited.exact[cursor..].fill(None);
        edited.running.retain(|id, _| id.index() < cursor);
        Ok(edited)
    }
}

impl Mode {
    /// Its word.
    pub fn message(self) -> Message {
        match self {
            Self::Inference => message!("mode-inference"),
            Self::Training => message!("mode-training"),
        }
    }
}
