//! What tools count as operations: a rule a tool, its quirks included, each in a file of its own.
//!
//! Published figures differ because the tools do, so every figure names its rule. A rule answers for one layer and one
//! image; all of them grow with the batch in proportion.

mod conv_fc;
mod convnet_burden;
mod fvcore;
mod ptflops;
mod ptflops_aten;
#[cfg(test)]
mod tests;
mod tf_profiler;
mod thop;
mod torch;
mod torchinfo;

use std::fmt;

use crate::network::layer::{Conv2d, Linear};
use crate::network::{Layer, Shape};

/// What is counted as an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Rule {
    /// Multiply-adds of convolutions and linear layers, without biases: torchvision's GFLOPS column and He et al. 2015.
    #[default]
    ConvFc,
    /// The same, a multiply-add counted as two operations: `torch.utils.flop_counter`.
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
}

/// What there is to know of a rule.
struct Tool {
    name: &'static str,
    sentence: &'static str,
    flops_per_count: u128,
    count: fn(&Call<'_>) -> u128,
}

/// A layer as a rule sees it: what is called, on what, and how.
#[derive(Debug, Clone, Copy)]
pub struct Call<'a> {
    /// What it computes.
    pub layer: &'a Layer,
    /// The shapes that it reads, as far as they are known.
    pub inputs: &'a [Shape],
    /// The shape that it puts out.
    pub output: Shape,
    /// Whether it is called as a function and not as a module.
    pub function: bool,
}

impl Rule {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::ConvFc,
        Self::Torch,
        Self::Fvcore,
        Self::Ptflops,
        Self::PtflopsAten,
        Self::Thop,
        Self::Torchinfo,
        Self::ConvnetBurden,
        Self::TfProfiler,
    ];

    const fn tool(self) -> &'static Tool {
        match self {
            Self::ConvFc => &conv_fc::TOOL,
            Self::Torch => &torch::TOOL,
            Self::Fvcore => &fvcore::TOOL,
            Self::Ptflops => &ptflops::TOOL,
            Self::PtflopsAten => &ptflops_aten::TOOL,
            Self::Thop => &thop::TOOL,
            Self::Torchinfo => &torchinfo::TOOL,
            Self::ConvnetBurden => &convnet_burden::TOOL,
            Self::TfProfiler => &tf_profiler::TOOL,
        }
    }

    /// The name on the command line and beside every figure.
    pub const fn name(self) -> &'static str {
        self.tool().name
    }

    /// The rule called `name`.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.name() == name)
    }

    /// What turns this rule's count into FLOPs: 1 where it counts a multiply-add as two operations, else 2.
    pub const fn flops_per_count(self) -> u128 {
        self.tool().flops_per_count
    }

    /// A sentence on what is counted.
    pub const fn sentence(self) -> &'static str {
        self.tool().sentence
    }

    /// What its figures are called: MACs where it counts multiply-adds and nothing else.
    pub const fn unit(self) -> &'static str {
        match self {
            Self::ConvFc => "MACs",
            _ => "operations",
        }
    }

    /// Operations of one layer for one image.
    pub fn count(self, call: &Call<'_>) -> u128 {
        (self.tool().count)(call)
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Call<'_> {
    /// Elements put out.
    fn written(&self) -> u128 {
        self.output.elements()
    }

    /// Elements of the first operand.
    fn read(&self) -> u128 {
        self.inputs.first().map_or(0, |input| input.elements())
    }

    /// Multiply-adds of a convolution: one for each weight that an output element sees.
    fn conv(&self, conv: &Conv2d) -> u128 {
        let [height, width] = conv.window.kernel;
        let seen = u128::from(conv.in_channels / conv.groups.max(1)) * u128::from(height * width);
        self.written() * seen
    }

    /// Multiply-adds of a fully connected layer.
    fn linear(&self, linear: &Linear) -> u128 {
        self.written() * u128::from(linear.in_features)
    }

    /// A count of what a module does, which its tool does not see where the same is called as a function.
    fn unless_function(&self, count: u128) -> u128 {
        if self.function { 0 } else { count }
    }

    /// Weights of a convolution whose weights are standardised first; 0 for any other.
    fn standardized_weights(conv: &Conv2d) -> u128 {
        let read = u128::from(conv.in_channels / conv.groups.max(1));
        match conv.standardize {
            Some(_) => u128::from(conv.out_channels) * read * area(conv.window.kernel),
            None => 0,
        }
    }

    /// One an output element where there is a bias.
    fn bias(&self, bias: bool) -> u128 {
        if bias { self.written() } else { 0 }
    }
}

/// The product of a pair: pixels under a window, or pixels a step.
fn area([height, width]: [u64; 2]) -> u128 {
    u128::from(height) * u128::from(width)
}
