//! Normalisations of feature maps and vectors.

use smallvec::smallvec;

use super::{Parameter, ParameterKind, learned};

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

    /// Short description.
    pub fn summary(&self) -> String {
        let grouped = |name: &str, norm: &GroupNorm| {
            let GroupNorm {
                features, groups, ..
            } = norm;
            format!("{name}, {features} channels in {groups} groups")
        };
        match self {
            Self::Batch(norm) if norm.vectors => {
                format!("batch norm, {} features", norm.features)
            }
            Self::Batch(norm) => format!("batch norm, {} channels", norm.features),
            Self::Group(norm) => grouped("group norm", norm),
            Self::Instance(norm) if norm.affine => {
                format!("instance norm, {} channels", norm.features)
            }
            Self::Instance(norm) => format!(
                "instance norm, {} channels, nothing to learn",
                norm.features
            ),
            Self::EvoS0(norm) => grouped("EvoNorm-S0", norm),
            Self::FilterResponse { features, .. } => {
                format!("filter response norm + TLU, {features} channels")
            }
        }
    }

    /// Formula, with words for its statistics.
    pub fn formula(&self) -> String {
        let members = |norm: &GroupNorm| norm.features / norm.groups.max(1);
        match self {
            Self::Batch(norm) => format!(
                "γ · (x − μ) / √(σ² + {}) + β per channel; training moves μ and σ² by {} of the batch's",
                norm.eps, norm.momentum
            ),
            Self::Group(norm) => format!(
                "γ · (x − μ) / √(σ² + {}) + β; μ and σ² over {} channels of one image, in training as in inference",
                norm.eps,
                members(norm)
            ),
            Self::Instance(norm) if !norm.affine => format!(
                "(x − μ) / √(σ² + {}) per channel of one image, in training as in inference",
                norm.eps
            ),
            Self::Instance(norm) => format!(
                "γ · (x − μ) / √(σ² + {}) + β per channel of one image, in training as in inference",
                norm.eps
            ),
            Self::EvoS0(norm) => format!(
                "γ · x · sigmoid(v·x) / √(σ² + {}) + β; σ² over {} channels of one image",
                norm.eps,
                members(norm)
            ),
            Self::FilterResponse { eps, .. } => {
                format!("max(γ · x / √(mean of x² + {eps}) + β, τ) per channel of one image")
            }
        }
    }

    /// Settings by name; the channels are left out, since they follow from the input.
    pub fn settings(&self) -> Vec<(&'static str, String)> {
        let eps = |eps: f64| ("eps", eps.to_string());
        match self {
            Self::Batch(norm) => vec![eps(norm.eps), ("momentum", norm.momentum.to_string())],
            Self::Group(norm) | Self::EvoS0(norm) => {
                vec![("groups", norm.groups.to_string()), eps(norm.eps)]
            }
            Self::Instance(norm) => {
                vec![eps(norm.eps), ("scale and shift", norm.affine.to_string())]
            }
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
    pub fn parameters(&self) -> Vec<Parameter> {
        let of = |name, kind| Parameter {
            name,
            shape: smallvec![self.features()],
            kind,
        };
        let mut tensors: Vec<Parameter> = self
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
