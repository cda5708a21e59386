//! Parameters, multiply-adds and activations, each in a type of its own.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Mul};

use crate::network::{Layer, Network, ParameterKind, Shapes, Table};

macro_rules! count {
    ($(#[doc = $doc:literal])* $name:ident) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize)]
        #[serde(transparent)]
        pub struct $name(pub u128);

        impl Add for $name {
            type Output = Self;

            fn add(self, other: Self) -> Self {
                Self(self.0 + other.0)
            }
        }

        impl Mul<u128> for $name {
            type Output = Self;

            fn mul(self, factor: u128) -> Self {
                Self(self.0 * factor)
            }
        }

        impl Sum for $name {
            fn sum<I: Iterator<Item = Self>>(counts: I) -> Self {
                counts.fold(Self(0), Add::add)
            }
        }

        impl<'a> Sum<&'a Self> for $name {
            fn sum<I: Iterator<Item = &'a Self>>(counts: I) -> Self {
                counts.copied().sum()
            }
        }
    };
}

count! {
    /// Numbers that training changes.
    Params
}
count! {
    /// Multiply-adds, counted by a [`Rule`].
    Macs
}
count! {
    /// Numbers that are put out or kept.
    Elements
}

/// What is counted as an operation. Tools differ, so that every figure names its rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Rule {
    /// Multiply-adds of convolutions and linear layers, without biases: torchvision's GFLOPS column and He et al. 2015.
    #[default]
    ConvFc,
    /// The same, a multiply-add counted as two operations: `torch.utils.flop_counter`.
    Torch,
}

impl Rule {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::ConvFc, Self::Torch];

    /// The name on the command line and beside every figure.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ConvFc => "conv+fc",
            Self::Torch => "torch",
        }
    }

    /// The rule called `name`.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.name() == name)
    }

    /// How many operations a multiply-add is: what turns this rule's count into FLOPs.
    pub const fn flops_per_count(self) -> u128 {
        match self {
            Self::ConvFc => 2,
            Self::Torch => 1,
        }
    }

    /// A sentence on what is counted.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::ConvFc => "multiply-adds of convolutions and linear layers, biases not counted",
            Self::Torch => "two operations a multiply-add of convolutions and linear layers",
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Learned parameters of each layer.
pub fn params(network: &Network) -> Table<Params> {
    Table::new(network, |id| {
        Params(elements(&network[id].layer, ParameterKind::Learned))
    })
}

/// Elements of each layer's running mean and variance.
pub fn buffers(network: &Network) -> Table<Elements> {
    Table::new(network, |id| {
        Elements(elements(&network[id].layer, ParameterKind::Buffer))
    })
}

fn elements(layer: &Layer, kind: ParameterKind) -> u128 {
    layer
        .parameters()
        .iter()
        .filter(|parameter| parameter.kind == kind)
        .map(crate::network::Parameter::elements)
        .sum()
}

/// Operations of each layer, counted by `rule`; 0 where the shape is unknown.
pub fn macs(network: &Network, shapes: &Shapes, rule: Rule) -> Table<Macs> {
    let factor = match rule {
        Rule::ConvFc => 1,
        Rule::Torch => 2,
    };
    Table::new(network, |id| {
        let outputs = shapes[id].map_or(0, crate::network::Shape::elements);
        let per_output = match &network[id].layer {
            Layer::Conv2d(conv) => {
                let [height, width] = conv.window.kernel;
                u128::from(conv.in_channels / conv.groups.max(1)) * u128::from(height * width)
            }
            Layer::Linear(linear) => u128::from(linear.in_features),
            Layer::ChannelConv { kernel } => u128::from(*kernel),
            // A blur pool runs as a depth-wise convolution with fixed weights.
            Layer::BlurPool2d { kernel, .. } => u128::from(kernel * kernel),
            Layer::Input { .. }
            | Layer::Scale { .. }
            | Layer::Standardize { .. }
            | Layer::BatchNorm2d(_)
            | Layer::GroupNorm(_)
            | Layer::EvoNorm2dS0(_)
            | Layer::FilterResponseNorm { .. }
            | Layer::Relu
            | Layer::Sigmoid
            | Layer::MaxPool2d(_)
            | Layer::AvgPool2d { .. }
            | Layer::ConstantPad2d { .. }
            | Layer::GlobalAvgPool
            | Layer::PadShortcut { .. }
            | Layer::Add
            | Layer::Multiply
            | Layer::Slice { .. }
            | Layer::Concat { .. }
            | Layer::RadixSum { .. }
            | Layer::RadixSoftmax { .. }
            | Layer::RadixWeightedSum { .. }
            | Layer::Flatten => 0,
        };
        Macs(outputs * per_output * factor)
    })
}

/// Elements that convolutions and linear layers put out: the "activations" of Radosavovic et al. 2020 and of timm.
pub fn activations(network: &Network, shapes: &Shapes) -> Table<Elements> {
    Table::new(network, |id| match &network[id].layer {
        Layer::Conv2d(_) | Layer::ChannelConv { .. } | Layer::Linear(_) => {
            Elements(shapes[id].map_or(0, crate::network::Shape::elements))
        }
        _ => Elements(0),
    })
}
