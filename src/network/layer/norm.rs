//! Normalisations of feature maps and vectors.

use smallvec::smallvec;

use super::{Parameter, ParameterKind, Parameters, learned};
use crate::message;
use crate::text::Message;

/// A normalisation, with a scale and a shift per channel unless stated otherwise.
#[derive(Debug, Clone, PartialEq)]
pub enum Norm {
    /// `torch.nn.BatchNorm2d`, or `torch.nn.BatchNorm1d` for vectors.
    Batch(BatchNorm2d),
    /// `torch.nn.GroupNorm`
    Group(GroupNorm),
    /// `torch.nn.InstanceNorm2d`: each channel of each image separately.
    Instance(InstanceNorm),
    /// timm's `EvoNorm2dS0` (Liu et al. 2020): normalisation and activation in one,
    /// `x · sigmoid(v·x) / std of the group · weight + bias`.
    EvoS0(GroupNorm),
    /// timm's `FilterResponseNormTlu2d` (Singh and Krishnan 2020): normalisation and activation in one,
    /// `max(x / rms of the map · weight + bias, tau)`.
    FilterResponse {
        /// Number of channels.
        features: u64,
        /// Number added to the mean square.
        eps: f64,
    },
}

/// Settings of a batch normalisation, as PyTorch names them.
#[derive(Debug, Clone, PartialEq)]
pub struct BatchNorm2d {
    /// Number of channels.
    pub features: u64,
    /// ε, added to the variance: `(x − μ) / √(σ² + ε)`.
    pub eps: f64,
    /// Share of the batch's statistics in the updated running ones.
    pub momentum: f64,
    /// Whether it normalises vectors rather than feature maps.
    pub vectors: bool,
}

/// Settings of a normalisation of each channel of each image, as PyTorch names them.
#[derive(Debug, Clone, PartialEq)]
pub struct InstanceNorm {
    /// Number of channels.
    pub features: u64,
    /// ε, added to the variance.
    pub eps: f64,
    /// Whether it has a scale and a shift per channel.
    pub affine: bool,
}

/// Settings of a normalisation over groups of channels.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupNorm {
    /// Number of channels.
    pub features: u64,
    /// Number of groups, each normalised separately.
    pub groups: u64,
    /// ε, added to the variance.
    pub eps: f64,
    /// Whether its class is derived from PyTorch's, as timm's is: tools that look up a module's class do not know it.
    pub derived: bool,
}

impl Norm {
    /// Name of PyTorch's class.
    pub const fn op(&self) -> &'static str {
        match self {
            Self::Batch(norm) if norm.vectors => "BatchNorm1d",
            Self::Batch(_) => "BatchNorm2d",
            Self::Group(_) => "GroupNorm",
            Self::Instance(_) => "InstanceNorm2d",
            Self::EvoS0(_) => "EvoNorm2dS0",
            Self::FilterResponse { .. } => "FilterResponseNormTlu2d",
        }
    }

    /// Whether it has a scale and a shift, for a kind that may lack them; `None` for one that always has tensors.
    pub const fn affine(&self) -> Option<bool> {
        match self {
            Self::Instance(norm) => Some(norm.affine),
            Self::Batch(_) | Self::Group(_) | Self::EvoS0(_) | Self::FilterResponse { .. } => None,
        }
    }

    /// Short description.
    pub fn summary(&self) -> Message {
        match self {
            Self::Batch(norm) if norm.vectors => {
                message!("layer-batch-norm-features", features = norm.features)
            }
            Self::Batch(norm) => message!("layer-batch-norm", channels = norm.features),
            Self::Group(norm) => message!(
                "layer-group-norm",
                channels = norm.features,
                groups = norm.groups,
            ),
            Self::Instance(norm) if norm.affine => {
                message!("layer-instance-norm", channels = norm.features)
            }
            Self::Instance(norm) => {
                message!("layer-instance-norm-plain", channels = norm.features)
            }
            Self::EvoS0(norm) => message!(
                "layer-evo-norm",
                channels = norm.features,
                groups = norm.groups,
            ),
            Self::FilterResponse { features, .. } => {
                message!("layer-filter-response-norm", channels = *features)
            }
        }
    }

    /// Formula, with words for its statistics.
    pub fn formula(&self) -> Message {
        let members = |norm: &GroupNorm| norm.features / norm.groups.max(1);
        match self {
            Self::Batch(norm) => message!(
                "formula-batch-norm",
                eps = norm.eps,
                momentum = norm.momentum,
            ),
            Self::Group(norm) => message!(
                "formula-group-norm",
                eps = norm.eps,
                channels = members(norm),
            ),
            Self::Instance(norm) if !norm.affine => {
                message!("formula-instance-norm-plain", eps = norm.eps)
            }
            Self::Instance(norm) => message!("formula-instance-norm", eps = norm.eps),
            Self::EvoS0(norm) => {
                message!("formula-evo-norm", eps = norm.eps, channels = members(norm),)
            }
            Self::FilterResponse { eps, .. } => {
                message!("formula-filter-response-norm", eps = *eps)
            }
        }
    }

    /// Its settings besides the channels, which follow from what it reads, by the ids of their names.
    pub fn settings(&self) -> Vec<(&'static str, String)> {
        let eps = |eps: f64| ("setting-eps", eps.to_string());
        match self {
            Self::Batch(norm) => vec![
                eps(norm.eps),
                ("setting-momentum", norm.momentum.to_string()),
            ],
            Self::Group(norm) | Self::EvoS0(norm) => {
                vec![("setting-groups", norm.groups.to_string()), eps(norm.eps)]
            }
            Self::Instance(norm) => vec![eps(norm.eps)],
            Self::FilterResponse { eps: own, .. } => vec![eps(*own)],
        }
    }

    /// Number of channels.
    pub const fn features(&self) -> u64 {
        match self {
            Self::Batch(norm) => norm.features,
            Self::Group(norm) | Self::EvoS0(norm) => norm.features,
            Self::Instance(norm) => norm.features,
            Self::FilterResponse { features, .. } => *features,
        }
    }

    /// Number of channel groups, if it has groups.
    pub const fn groups(&self) -> Option<u64> {
        match self {
            Self::Group(norm) | Self::EvoS0(norm) => Some(norm.groups),
            Self::Batch(_) | Self::Instance(_) | Self::FilterResponse { .. } => None,
        }
    }

    /// Whether it includes the activation function, so none follows it.
    pub const fn activates(&self) -> bool {
        match self {
            Self::EvoS0(_) | Self::FilterResponse { .. } => true,
            Self::Batch(_) | Self::Group(_) | Self::Instance(_) => false,
        }
    }

    /// Learned tensors, each with one number per channel, and their letters in formulas.
    pub const fn learned(&self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Instance(norm) if !norm.affine => &[],
            Self::Batch(_) | Self::Group(_) | Self::Instance(_) => {
                &[("weight", "γ"), ("bias", "β")]
            }
            Self::EvoS0(_) => &[("weight", "γ"), ("bias", "β"), ("v", "v")],
            Self::FilterResponse { .. } => &[("weight", "γ"), ("bias", "β"), ("tau", "τ")],
        }
    }

    /// Whether it divides by a number that may be close to zero, which amplifies the rounding of its input.
    pub const fn enlarges_rounding(&self) -> bool {
        match self {
            Self::FilterResponse { .. } => true,
            Self::Batch(_) | Self::Group(_) | Self::Instance(_) | Self::EvoS0(_) => false,
        }
    }

    /// Whether it keeps running statistics from training.
    pub const fn has_running_statistics(&self) -> bool {
        match self {
            Self::Batch(_) => true,
            Self::Group(_) | Self::Instance(_) | Self::EvoS0(_) | Self::FilterResponse { .. } => {
                false
            }
        }
    }

    /// Tensors of the normalisation.
    pub fn parameters(&self) -> Parameters {
        let of = |name, kind| Parameter {
            name,
            shape: smallvec![self.features()],
            kind,
        };
        let mut tensors: Parameters = self
            .learned()
            .iter()
            .map(|(name, _)| learned(name, smallvec![self.features()]))
            .collect();
        if self.has_running_statistics() {
            tensors.push(of("running_mean", ParameterKind::Buffer));
            tensors.push(of("running_var", ParameterKind::Buffer));
            tensors.push(Parameter {
                name: "num_batches_tracked",
                shape: smallvec![],
                kind: ParameterKind::Counter,
            });
        }
        tensors
    }
}
