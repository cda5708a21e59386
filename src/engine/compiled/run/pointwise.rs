//! Steps between convolutions: normalisations over an image, gates, sums, and picked channels.

use super::Pass;
use super::task::{Action, Checker};
use crate::engine::compiled::each::Each;
use crate::engine::compiled::plan::{Kind, Op};
use crate::engine::compiled::prepare::Prepared;
use crate::kernels::Memory;
use crate::kernels::checked::OutOfReach;
use crate::kernels::norm::{Formula, ImageNorm};
use crate::kernels::pointwise::{Affine, Combine, Gather, RadixSum, WeightedSum};
use crate::network::layer::GroupNorm;
use crate::network::{Layer, Norm};

impl Pass<'_> {
    /// Job of an element-wise step, or of one that works on each map alone.
    pub(super) fn pointwise<'a>(
        &'a self,
        op: &'a Op,
        prepared: &'a Prepared,
        to: Checker,
    ) -> Result<Action<'a>, OutOfReach> {
        let (y, y_at) = (self.values[op.output], self.at(op.output));
        let ((x, x_at), (residual, r_at)) = (self.operand(op), self.residual(op));
        let maps = |radix: usize| RadixSum {
            x,
            y,
            x_at,
            y_at,
            radix,
        };
        Ok(match &op.kind {
            Kind::Combine { gate } => {
                let (gate, gate_at) = match op.inputs.get(1).filter(|_| *gate) {
                    Some(&value) => (self.values[value], self.at(value)),
                    None => (Memory::NONE, y_at),
                };
                Action::Combine(to.check(Combine {
                    x,
                    gate,
                    residual,
                    y,
                    x_at,
                    gate_at,
                    r_at,
                    y_at,
                    relu: op.relu,
                })?)
            }
            Kind::RadixSum(radix) => Action::RadixSum(to.check(maps(*radix))?),
            Kind::WeightedSum(radix) => Action::WeightedSum(to.check(WeightedSum {
                maps: maps(*radix),
                shares: self.values[op.inputs[1]],
                shares_at: self.at(op.inputs[1]),
            })?),
            Kind::Gather {
                sources,
                stride,
                offset,
            } => Action::Gather(
                to.check(Gather {
                    maps: op
                        .inputs
                        .iter()
                        .map(|&value| (self.values[value], self.at(value)))
                        .collect(),
                    y,
                    y_at,
                    sources,
                    stride: *stride,
                    offset: *offset,
                })?,
            ),
            Kind::Each(function) => Action::Each(to.check(Each {
                x,
                y,
                x_at,
                y_at,
                function: *function,
                numbers: &prepared.scale,
            })?),
            kind => {
                if let Some((formula, members, eps)) = formula(&self.network[op.layers[0]].layer) {
                    return Ok(Action::ImageNorm(to.check(ImageNorm {
                        x,
                        y,
                        x_at,
                        y_at,
                        formula,
                        members,
                        eps,
                        each: [&prepared.scale, &prepared.bias, &prepared.third],
                        relu: op.relu,
                    })?));
                }
                let is_affine = matches!(kind, Kind::Affine { norm: Some(_) });
                Action::Affine(to.check(Affine {
                    x,
                    y,
                    x_at,
                    y_at,
                    mean_scale_shift: is_affine.then_some([
                        &prepared.third,
                        &prepared.scale,
                        &prepared.bias,
                    ]),
                    relu: op.relu,
                })?)
            }
        })
    }
}

/// Formula of a normalisation over each image, its channels per group, and the number added to the variance.
fn formula(layer: &Layer) -> Option<(Formula, usize, f64)> {
    let Layer::Norm(norm) = layer else {
        return None;
    };
    let members = |own: &GroupNorm| (own.features / own.groups) as usize;
    match norm {
        Norm::Group(own) => Some((Formula::Group, members(own), own.eps)),
        Norm::Instance(own) => Some((Formula::Group, 1, own.eps)),
        Norm::EvoS0(own) => Some((Formula::Evo, members(own), own.eps)),
        Norm::FilterResponse { eps, .. } => Some((Formula::Response, 1, *eps)),
        Norm::Batch(_) => None,
    }
}
