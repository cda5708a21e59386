//! Counting rules of tools for operations: one rule per tool, quirks included.
//!
//! Published figures differ because the tools do, so every figure names its rule. A rule counts one layer for one image; all
//! counts are proportional to the batch.

mod activation;
mod norm;
#[cfg(test)]
mod tests;
mod tools;

use std::fmt;

use crate::network::layer::{Conv2d, Linear, Scalar};
use crate::network::{Activation, Combine, Conv, Gate, Layer, Norm, Pool, Shape};
use crate::text::Message;

/// Rule that defines the operations to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Rule {
    /// Multiply-adds of convolutions and linear layers, without biases: torchvision's GFLOPS column and He et al. 2015.
    #[default]
    ConvFc,
    /// Convolutions and linear layers, with a multiply-add counted as two operations: `torch.utils.flop_counter`.
    Torch,
    /// fvcore's `FlopCountAnalysis`: timm's published GMACs.
    Fvcore,
    /// ptflops with its `pytorch` backend.
    Ptflops,
    /// ptflops with its `aten` backend, the default.
    PtflopsAten,
    /// thop, also called pytorch-OpCounter.
    Thop,
    /// torchinfo's "total mult-adds".
    Torchinfo,
    /// Samuel Albanie's convnet-burden.
    ConvnetBurden,
    /// TensorFlow's profiler.
    TfProfiler,
    /// calflops, which counts as `DeepSpeed`'s profiler does.
    Calflops,
}

/// Definition of a rule.
struct Tool {
    name: &'static str,
    /// The id of a sentence on what is counted.
    sentence: &'static str,
    flops_per_count: u128,
    /// Rarity of the rule's figures in publications: 0 for the most common.
    rarity: f64,
    /// Counts of each family of layers that any tool counts.
    conv: Counts<Conv>,
    linear: Counts<Linear>,
    norm: Counts<Norm>,
    activation: Counts<Activation>,
    scalar: Counts<Scalar>,
    pool: Counts<Pool>,
    combine: Counts<Combine>,
    gate: Counts<Gate>,
}

/// Operations of one layer of a family.
type Counts<L> = fn(&Call<'_>, &L) -> u128;

/// Count for a family that a tool ignores.
const fn nothing<L>(_: &Call<'_>, _: &L) -> u128 {
    0
}

/// A layer as a rule sees it: operation, operands, output and kind of call.
#[derive(Debug, Clone, Copy)]
pub struct Call<'a> {
    /// Layer that is called.
    pub layer: &'a Layer,
    /// Input shapes, if they are known.
    pub inputs: &'a [Shape],
    /// Output shape.
    pub output: Shape,
    /// Whether it is called as a function rather than as a module.
    pub function: bool,
}

impl Rule {
    /// All rules.
    pub const ALL: [Self; 10] = [
        Self::ConvFc,
        Self::Torch,
        Self::Fvcore,
        Self::Ptflops,
        Self::PtflopsAten,
        Self::Thop,
        Self::Torchinfo,
        Self::ConvnetBurden,
        Self::TfProfiler,
        Self::Calflops,
    ];

    const fn tool(self) -> &'static Tool {
        match self {
            Self::ConvFc => &tools::CONV_FC,
            Self::Torch => &tools::TORCH,
            Self::Fvcore => &tools::FVCORE,
            Self::Ptflops => &tools::PTFLOPS,
            Self::PtflopsAten => &tools::PTFLOPS_ATEN,
            Self::Thop => &tools::THOP,
            Self::Torchinfo => &tools::TORCHINFO,
            Self::ConvnetBurden => &tools::CONVNET_BURDEN,
            Self::TfProfiler => &tools::TF_PROFILER,
            Self::Calflops => &tools::CALFLOPS,
        }
    }

    /// Name on the command line and next to every figure.
    pub const fn name(self) -> &'static str {
        self.tool().name
    }

    /// The rule with this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.name() == name)
    }

    /// Factor from this rule's count to FLOPs: 1 if it counts a multiply-add as two operations, else 2.
    pub const fn flops_per_count(self) -> u128 {
        self.tool().flops_per_count
    }

    /// Rarity of the rule's figures in publications: 0 for the most common.
    pub const fn rarity(self) -> f64 {
        self.tool().rarity
    }

    /// A sentence that describes what is counted.
    pub const fn sentence(self) -> Message {
        Message::new(self.tool().sentence)
    }

    /// Unit of the rule's figures, at the head of a column or after a number: MACs if it counts multiply-adds and nothing else.
    pub const fn unit(self) -> Message {
        Message::new(match self {
            Self::ConvFc => "column-macs",
            _ => "label-operations",
        })
    }

    /// Operations of one layer for one image.
    pub fn count(self, call: &Call<'_>) -> u128 {
        let tool = self.tool();
        match call.layer {
            Layer::Conv(conv) => (tool.conv)(call, conv),
            Layer::Linear(linear) => (tool.linear)(call, linear),
            Layer::Norm(norm) => (tool.norm)(call, norm),
            Layer::Activation(activation) => (tool.activation)(call, activation),
            Layer::Pool(pool) => (tool.pool)(call, pool),
            Layer::Combine(combine) => (tool.combine)(call, combine),
            Layer::Gate(gate) => (tool.gate)(call, gate),
            // Tools see a model, which begins after these, and no operation in moving numbers.
            Layer::Input { .. } | Layer::Picture(_) | Layer::Preprocess(_) | Layer::Reshape(_) => 0,
            Layer::Scalar(scalar) => (tool.scalar)(call, scalar),
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Call<'_> {
    /// Number of output elements.
    fn written(&self) -> u128 {
        self.output.elements()
    }

    /// Number of elements of the first operand.
    fn read(&self) -> u128 {
        self.inputs.first().map_or(0, |input| input.elements())
    }

    /// Multiply-adds of a convolution: one for each weight that contributes to an output element.
    fn conv(&self, conv: &Conv) -> u128 {
        self.written() * conv.seen()
    }

    /// Multiply-adds of a convolution, plus the biases.
    fn biased_conv(&self, conv: &Conv) -> u128 {
        self.conv(conv) + self.bias(conv.has_bias())
    }

    /// Multiply-adds of a fully connected layer.
    fn linear(&self, linear: &Linear) -> u128 {
        self.written() * u128::from(linear.in_features)
    }

    /// Multiply-adds of a fully connected layer, plus the biases.
    fn biased_linear(&self, linear: &Linear) -> u128 {
        self.linear(linear) + self.bias(linear.bias)
    }

    /// Multiply-adds of a pool that runs as a depth-wise convolution with fixed weights; 0 for any other.
    fn blur(&self, pool: &Pool) -> u128 {
        match pool {
            Pool::Blur { kernel, .. } => self.written() * area([*kernel; 2]),
            Pool::Max(_)
            | Pool::Average { .. }
            | Pool::Global
            | Pool::Along(_)
            | Pool::MeanDeviation { .. } => 0,
        }
    }

    /// One per element of an addition; 0 for other layers that combine maps.
    fn addition(&self, combine: &Combine) -> u128 {
        match combine {
            Combine::Add => self.written(),
            Combine::Multiply | Combine::Concat { .. } | Combine::RadixWeightedSum { .. } => 0,
        }
    }

    /// The count for a module; 0 for a function call, which the tool does not see.
    fn unless_function(&self, count: u128) -> u128 {
        if self.function { 0 } else { count }
    }

    /// Count of a module that has a hook in `ptflops` and calls a function that it replaces: one per element for each, and
    /// only the function's if the layer is called as one.
    fn hooked_and_replaced(&self) -> u128 {
        let times = if self.function { 1 } else { 2 };
        times * self.read()
    }

    /// Number of weights of a convolution whose weights are standardised first; 0 for any other.
    fn standardized_weights(conv: &Conv) -> u128 {
        match conv {
            Conv::Spatial(Conv2d {
                standardize: Some(_),
                out_channels,
                ..
            }) => u128::from(*out_channels) * conv.seen(),
            Conv::Spatial(_) | Conv::Channels { .. } => 0,
        }
    }

    /// One per output element if there is a bias.
    fn bias(&self, bias: bool) -> u128 {
        if bias { self.written() } else { 0 }
    }
}

/// Product of a pair: pixels in a window, or pixels per step.
fn area([height, width]: [u64; 2]) -> u128 {
    u128::from(height) * u128::from(width)
}
