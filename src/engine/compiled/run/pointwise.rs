//! Steps between convolutions: normalisations over an image, gates, sums, and channels that are picked.

use super::Pass;
use crate::engine::compiled::kernels::Memory;
use crate::engine::compiled::kernels::norm::{Formula, ImageNorm};
use crate::engine::compiled::kernels::pointwise::{
    Affine, Combine, Gather, RadixSum, WeightedSum, gather,
};
use crate::engine::compiled::plan::{Kind, Op};
use crate::engine::compiled::prepare::Prepared;
use crate::engine::compiled::team::Part;
use crate::network::Layer;

impl Pass<'_> {
    /// Normalisations over each image.
    pub(super) unsafe fn image_norm(&self, op: &Op, prepared: &Prepared, part: Part) {
        let (x, x_at) = self.operand(op);
        if let Some((formula, members, eps)) = formula(&self.network[op.layers[0]].layer) {
            let job = ImageNorm {
                x,
                y: self.values[op.output],
                x_at,
                y_at: self.at(op.output),
                formula,
                members,
                eps,
                each: [&prepared.scale, &prepared.bias, &prepared.third],
                relu: op.relu,
            };
            // SAFETY: as for `step`.
            unsafe { (self.kernels.image_norm)(&job, part) };
        }
    }

    /// A batch normalisation or a ReLU by itself.
    unsafe fn affine(&self, op: &Op, prepared: &Prepared, part: Part) {
        let (x, x_at) = self.operand(op);
        let is_affine = matches!(op.kind, Kind::Affine { norm: Some(_) });
        let job = Affine {
            x,
            y: self.values[op.output],
            x_at,
            y_at: self.at(op.output),
            mean_scale_shift: is_affine.then_some([
                &prepared.third,
                &prepared.scale,
                &prepared.bias,
            ]),
            relu: op.relu,
        };
        // SAFETY: as for `step`.
        unsafe { (self.kernels.affine)(&job, part) };
    }

    /// What is done to each number by itself, or with its like in another map.
    pub(super) unsafe fn pointwise(&self, op: &Op, prepared: &Prepared, part: Part) {
        let (y, y_at) = (self.values[op.output], self.at(op.output));
        let ((x, x_at), (residual, r_at)) = (self.operand(op), self.residual(op));
        let kernels = self.kernels;
        // SAFETY: as for `step`.
        unsafe {
            match &op.kind {
                Kind::Affine { .. } => self.affine(op, prepared, part),
                Kind::Combine { gate } => {
                    let (gate, gate_at) = match op.inputs.get(1).filter(|_| *gate) {
                        Some(&value) => (self.values[value], self.at(value)),
                        None => (Memory::NONE, y_at),
                    };
                    (kernels.combine)(
                        &Combine {
                            x,
                            gate,
                            residual,
                            y,
                            x_at,
                            gate_at,
                            r_at,
                            y_at,
                            relu: op.relu,
                        },
                        part,
                    );
                }
                Kind::RadixSum(radix) => {
                    let radix = *radix;
                    (kernels.radix_sum)(
                        &RadixSum {
                            x,
                            y,
                            x_at,
                            y_at,
                            radix,
                        },
                        part,
                    );
                }
                Kind::WeightedSum(radix) => {
                    let (shares, shares_at) = (self.values[op.inputs[1]], self.at(op.inputs[1]));
                    let maps = RadixSum {
                        x,
                        y,
                        x_at,
                        y_at,
                        radix: *radix,
                    };
                    (kernels.weighted_sum)(
                        &WeightedSum {
                            maps,
                            shares,
                            shares_at,
                        },
                        part,
                    );
                }
                Kind::Gather {
                    sources,
                    stride,
                    offset,
                } => {
                    let maps: Vec<_> = op
                        .inputs
                        .iter()
                        .map(|&value| (self.values[value], self.at(value)))
                        .collect();
                    gather(
                        &Gather {
                            maps: &maps,
                            y,
                            y_at,
                            sources,
                            stride: *stride,
                            offset: *offset,
                        },
                        part,
                    );
                }
                _ => {}
            }
        }
    }
}

/// Of a normalisation over each image: what it does, the channels of a group, and what is added to the variance.
fn formula(layer: &Layer) -> Option<(Formula, usize, f64)> {
    Some(match layer {
        Layer::GroupNorm(own) => (
            Formula::Group,
            (own.features / own.groups) as usize,
            own.eps,
        ),
        Layer::EvoNorm2dS0(own) => (Formula::Evo, (own.features / own.groups) as usize, own.eps),
        Layer::FilterResponseNorm { eps, .. } => (Formula::Response, 1, *eps),
        _ => return None,
    })
}
