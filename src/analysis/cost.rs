//! Parameters, operations and activations, each as a separate type.

use std::iter::Sum;
use std::ops::{Add, Mul};

use smallvec::SmallVec;

use super::rules::Call;
use crate::network::{Layer, Network, ParameterKind, Shapes, Table};

pub use super::rules::Rule;

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
    /// Number of learned parameters.
    Params
}
count! {
    /// Number of operations, counted by a [`Rule`]: multiply-adds by default.
    Macs
}
count! {
    /// Number of elements that are output or kept.
    Elements
}

count! {
    /// Number of bytes.
    Bytes
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

/// Operations of each layer, counted by `rule`; 0 if the shape is unknown.
pub fn macs(network: &Network, shapes: &Shapes, rule: Rule) -> Table<Macs> {
    Table::new(network, |id| {
        let node = &network[id];
        let inputs: SmallVec<[_; 4]> = network
            .inputs(id)
            .into_iter()
            .filter_map(|input| shapes[input])
            .collect();
        Macs(shapes[id].map_or(0, |output| {
            rule.count(&Call {
                layer: &node.layer,
                inputs: &inputs,
                output,
                function: node.function,
            })
        }))
    })
}

/// Output elements of convolutions and linear layers: the "activations" of Radosavovic et al. 2020 and of timm.
pub fn activations(network: &Network, shapes: &Shapes) -> Table<Elements> {
    Table::new(network, |id| match &network[id].layer {
        Layer::Conv(_) | Layer::Linear(_) => {
            Elements(shapes[id].map_or(0, crate::network::Shape::elements))
        }
        _ => Elements(0),
    })
}
