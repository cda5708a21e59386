//! Operations that the tools count for a normalisation; `tools` gives the reasons.

use super::Call;
use crate::network::Norm;

/// Counts of all tools that count any normalisation.
#[derive(Default)]
pub(super) struct Counts {
    pub(super) fvcore: u128,
    pub(super) ptflops: u128,
    pub(super) thop: u128,
    pub(super) torchinfo: u128,
    pub(super) calflops: u128,
}

/// Operations that each tool counts for one layer.
pub(super) fn counts(call: &Call<'_>, norm: &Norm) -> Counts {
    let elements = call.read();
    let affine = 2 * u128::from(norm.features());
    match norm {
        Norm::Batch(_) => Counts {
            fvcore: 2 * elements,
            ptflops: call.unless_function(2 * elements),
            thop: call.unless_function(4 * elements),
            torchinfo: call.unless_function(affine),
            calflops: 2 * elements,
        },
        Norm::Group(norm) => Counts {
            fvcore: 5 * elements,
            calflops: 5 * elements,
            // A class derived from PyTorch's has no hook.
            ptflops: if norm.derived {
                0
            } else {
                call.unless_function(2 * elements)
            },
            torchinfo: call.unless_function(affine),
            ..Counts::default()
        },
        // Without scale and shift, fvcore counts one less per element, and ptflops and thop half.
        Norm::Instance(norm) => {
            let twice = if norm.affine { 2 } else { 1 };
            Counts {
                fvcore: (3 + twice) * elements,
                ptflops: call.unless_function(twice * elements),
                thop: call.unless_function(2 * twice * elements),
                torchinfo: call.unless_function(if norm.affine { affine } else { 0 }),
                calflops: (3 + twice) * elements,
            }
        }
        // `ptflops` and `calflops` replace `Tensor.add`, which adds ε to a number a group or a channel; `torchinfo` looks at `weight` and
        // `bias` alone, and not at a third parameter.
        Norm::EvoS0(norm) => Counts {
            ptflops: u128::from(norm.groups),
            calflops: u128::from(norm.groups),
            torchinfo: affine,
            ..Counts::default()
        },
        Norm::FilterResponse { features, .. } => Counts {
            ptflops: u128::from(*features),
            calflops: u128::from(*features),
            torchinfo: affine,
            ..Counts::default()
        },
    }
}
