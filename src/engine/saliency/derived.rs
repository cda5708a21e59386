//! Maps from the gradient of a score.

use ndarray::{Array2, Axis};

use super::{Heat, Saliency, Watcher, map};
use crate::engine::gradient::{GradientError, Probe};
use crate::engine::kernels::Real;
use crate::engine::{Mode, Precision, Tensor};
use crate::message;
use crate::network::{Activation, Layer, LayerId, Pool, Shape};

impl Saliency {
    /// The layer whose maps Grad-CAM weighs by default: the last one with a map of more than one cell.
    ///
    /// # Errors
    /// The network has none.
    pub fn last_map(&self) -> Result<LayerId, GradientError> {
        let network = &self.network;
        let pooled = network.nodes().filter_map(|(id, node)| match node.layer {
            Layer::Pool(Pool::Global) => network.inputs(id).first().copied(),
            _ => None,
        });
        let has_cells = |&id: &LayerId| {
            let size = self.shapes[id].and_then(Shape::size);
            size.is_some_and(|size| size != [1, 1])
        };
        // Pools of gates are within branches, the head's comes last.
        let found = pooled.filter(has_cells).last();
        let found = found.or_else(|| network.ids().rfind(has_cells));
        found.ok_or_else(|| GradientError::Refused(message!("saliency-no-map")))
    }

    pub(super) fn grad_cam(
        &self,
        at: Option<LayerId>,
        classes: &[usize],
        watcher: &mut Watcher<'_>,
    ) -> Result<Vec<Heat>, GradientError> {
        let at = match at {
            Some(at) => at,
            None => self.last_map()?,
        };
        if !matches!(self.shapes[at], Some(Shape::Map { .. })) {
            let layer = self.network[at].path.to_string();
            return Err(message!("saliency-not-a-map", layer = layer).into());
        }
        self.derived(at, classes, watcher, |maps, gradient| {
            let (maps, gradient) = (map(maps), map(gradient));
            let mut values = Array2::<f64>::zeros((maps.dim().2, maps.dim().3));
            let channels = |all: &ndarray::Array4<f32>| {
                let image = all.index_axis(Axis(0), 0);
                image
                    .outer_iter()
                    .map(|own| own.to_owned())
                    .collect::<Vec<_>>()
            };
            for (own, gradient) in channels(&maps).iter().zip(channels(&gradient)) {
                let sum: f64 = gradient.iter().map(|&g| f64::from(g)).sum();
                let weight = sum / gradient.len() as f64;
                values.zip_mut_with(own, |sum, &value| *sum += weight * f64::from(value));
            }
            values.mapv(|value| Activation::Relu.value(value) as f32)
        })
    }

    pub(super) fn gradient_input(
        &self,
        classes: &[usize],
        watcher: &mut Watcher<'_>,
    ) -> Result<Vec<Heat>, GradientError> {
        let missing = || GradientError::Refused(message!("choice-no-input"));
        let source = self.source().ok_or_else(missing)?;
        let mut heats = self.derived(source, classes, watcher, |pixels, gradient| {
            let products = map(pixels) * map(gradient);
            products.index_axis(Axis(0), 0).sum_axis(Axis(0))
        })?;
        for heat in &mut heats {
            heat.at = None;
        }
        Ok(heats)
    }

    /// A map for each class, made from the output of a layer and the score's gradient by it; in double precision where a network
    /// amplifies rounding.
    fn derived(
        &self,
        at: LayerId,
        classes: &[usize],
        watcher: &mut Watcher<'_>,
        heat: impl Fn(Tensor, Tensor) -> Array2<f32>,
    ) -> Result<Vec<Heat>, GradientError> {
        match Precision::of(&self.network, Mode::Inference) {
            Precision::Single => self.derived_in::<f32>(at, classes, watcher, heat),
            Precision::Double => self.derived_in::<f64>(at, classes, watcher, heat),
        }
    }

    fn derived_in<T: Real>(
        &self,
        at: LayerId,
        classes: &[usize],
        watcher: &mut Watcher<'_>,
        heat: impl Fn(Tensor, Tensor) -> Array2<f32>,
    ) -> Result<Vec<Heat>, GradientError> {
        let backward = self.backward()?;
        let weights = self.weights.all::<T>();
        let (maps, is_prepared) = self.maps();
        let maps = maps.mapv(|value| T::rounded(value.into()));
        let single = |all: ndarray::ArrayD<T>| all.mapv(|value| Into::<f64>::into(value) as f32);
        let of = self.sink()?;
        let (steps, mut done) = (classes.len() * 2 * self.network.len(), 0);
        let mut heats = Vec::new();
        for (number, &class) in classes.iter().enumerate() {
            let mut probed = backward.probe(
                &weights,
                (&maps, is_prepared),
                Probe { of, by: &[at] },
                |scores| {
                    let mut gradient =
                        ndarray::ArrayD::from_elem(scores.raw_dim(), T::rounded(0.0));
                    gradient[[0, class]] = T::rounded(1.0);
                    gradient
                },
                &mut |_, _| {
                    done += 1;
                    watcher(done, steps)
                },
            )?;
            done = (number + 1) * 2 * self.network.len();
            let Some((value, gradient)) = probed.by.remove(&at) else {
                let layer = self.network[at].path.to_string();
                return Err(message!("saliency-not-reached", layer = layer).into());
            };
            heats.push(Heat {
                class,
                score: Into::<f64>::into(probed.output[[0, class]]) as f32,
                at: Some(at),
                values: heat(single(value), single(gradient)),
            });
        }
        Ok(heats)
    }
}
