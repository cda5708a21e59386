//! Class activation maps: exact where the mean of each map and one linear layer make the score.

use ndarray::{Array2, ArrayView2, Axis};

use super::{Heat, Saliency, map};
use crate::engine::LayerWeights;
use crate::engine::gradient::GradientError;
use crate::message;
use crate::network::{Conv, Layer, LayerId, Network, Pool, Reshape, Shape, Shapes};
use crate::text::Message;

/// Layers that make a class activation map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CamPlace {
    /// The layer whose maps are averaged.
    pub maps: LayerId,
    /// The layer that weighs the means: linear, or a 1×1 convolution.
    pub weighs: LayerId,
}

impl CamPlace {
    /// The layers that make a class activation map of a network.
    ///
    /// # Errors
    /// The network does not end in a global average pool and one linear layer; the message names the layer in between.
    pub fn of(network: &Network, shapes: &Shapes) -> Result<Self, Message> {
        let refused = |layer: LayerId| {
            message!(
                "saliency-no-cam",
                layer = network[layer].path.to_string(),
                op = network[layer].layer.op()
            )
        };
        let is_one_cell = |id: LayerId| shapes[id].and_then(Shape::size) == Some([1, 1]);
        let mut id = network.sink().ok_or_else(|| message!("run-no-layer"))?;
        let mut weighs = None;
        loop {
            let inputs = network.inputs(id);
            let [input] = inputs.as_slice() else {
                return Err(refused(id));
            };
            match &network[id].layer {
                Layer::Reshape(Reshape::Flatten | Reshape::Dropout { .. }) => {}
                Layer::Linear(_) if weighs.is_none() => weighs = Some(id),
                Layer::Conv(Conv::Spatial(conv))
                    if weighs.is_none()
                        && conv.groups == 1
                        && conv.standardize.is_none()
                        && is_one_cell(*input)
                        && is_one_cell(id) =>
                {
                    weighs = Some(id);
                }
                Layer::Pool(Pool::Global) => {
                    let weighs = weighs.ok_or_else(|| refused(id))?;
                    return Ok(Self {
                        maps: *input,
                        weighs,
                    });
                }
                // A pool whose one window is the whole map.
                Layer::Pool(Pool::Average { window, .. })
                    if is_one_cell(id)
                        && window.padding == [0, 0]
                        && Some(window.kernel) == shapes[*input].and_then(Shape::size) =>
                {
                    let weighs = weighs.ok_or_else(|| refused(id))?;
                    return Ok(Self {
                        maps: *input,
                        weighs,
                    });
                }
                _ => return Err(refused(id)),
            }
            id = *input;
        }
    }
}

impl Saliency {
    /// The layers that make a class activation map.
    ///
    /// # Errors
    /// As [`CamPlace::of`].
    pub fn cam_place(&self) -> Result<CamPlace, GradientError> {
        CamPlace::of(&self.network, &self.shapes).map_err(GradientError::Refused)
    }

    /// The mean of each value over a map is its part of the score, apart from the bias.
    pub(super) fn cam(&self, classes: &[usize]) -> Result<Vec<Heat>, GradientError> {
        let place = self.cam_place()?;
        let [maps, scores] = self.outputs([place.maps, self.sink()?])?;
        let maps = map(maps);
        let weights = self.weighing(place.weighs);
        let heats = classes.iter().map(|&class| {
            let row = weights.index_axis(Axis(0), class);
            let mut values = Array2::zeros((maps.dim().2, maps.dim().3));
            for (own, &weight) in maps.index_axis(Axis(0), 0).outer_iter().zip(row) {
                values.zip_mut_with(&own, |sum: &mut f64, &value| {
                    *sum += f64::from(weight) * f64::from(value);
                });
            }
            Heat {
                class,
                score: scores[[0, class]],
                at: Some(place.maps),
                values: values.mapv(|value| value as f32),
            }
        });
        Ok(heats.collect())
    }

    /// The weights of the means: classes × channels.
    fn weighing(&self, id: LayerId) -> ArrayView2<'_, f32> {
        match self.weights.of(id) {
            LayerWeights::Linear { weight, .. } => weight.view(),
            LayerWeights::Conv { weight, .. } => {
                let rows = weight.view().index_axis_move(Axis(3), 0);
                rows.index_axis_move(Axis(2), 0)
            }
            _ => unreachable!("weights are loaded by the kind of their layer"),
        }
    }
}
