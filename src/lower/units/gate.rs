//! Gates: squeeze-excite and similar ones, written out or chosen by the network.

use super::{Unit, decode, lower_all, required};
use crate::lower::builder::Builder;
use crate::message;
use crate::network::{Activation, Conv, limits};
use crate::spec::decode::{Decode, Named, table};
use crate::spec::expr::Expr;
use crate::spec::{Located, Problem, RawLayer};

table! {
    /// Multiplies the map by a gate, one number per channel, that these layers compute from it.
    pub(super) struct Gate {
        /// Name of the module; its layers' names are below it.
        gate: String = "gate",
        /// Layers in the order in which they run; `in` is the map's number of channels.
        layers: Vec<Located<RawLayer>> = "layers",
    }
}

table! {
    /// Place for the network's attention: a gate of the kind in the network's `attention`, or nothing.
    pub(super) struct Attention {
        /// Name of the module; its layers' names are below it.
        attention: String = "attention",
    }
}

table! {
    /// The sigmoid, `1 / (1 + exp(−x))`.
    pub(super) struct Sigmoid {
        /// Name of the module.
        sigmoid: String = "sigmoid",
    }
}

table! {
    /// A convolution over the channels as a sequence: `torch.nn.Conv1d(1, 1, kernel)`, which keeps their number.
    pub(super) struct ChannelConv {
        /// Name of the module.
        channel_conv: String = "channel_conv",
        /// Channels in the kernel; odd.
        kernel: Expr = "kernel",
    }
}

pub(super) const GATE: Unit = Unit {
    key: "gate",
    schema: Gate::schema,
    lower: |layer, builder| {
        let unit: &Gate = decode(layer, builder)?;
        let layers = required(unit.layers.as_ref(), "layers", layer, builder)?;
        builder.gate(&unit.gate.as_ref()?.value, &layer.place, |builder| {
            lower_all(&layers.value, builder);
        });
        Some(())
    },
};

pub(super) const ATTENTION: Unit = Unit {
    key: "attention",
    schema: Attention::schema,
    lower: |layer, builder| {
        let unit: &Attention = decode(layer, builder)?;
        let name = &unit.attention.as_ref()?.value;
        let Some(part) = builder.attention.clone() else {
            return Some(());
        };
        if builder.within_attention {
            let example = "{ gate = \"inner\", layers = [...] }";
            let help = message!("help-write-layers", example = example);
            let problem = Problem::error("unit", message!("problem-attention-in-attention"));
            builder.report(problem.at(&layer.place).help(help));
            return None;
        }
        builder.within_attention = true;
        builder.gate(name, &layer.place, |builder| {
            let none = Named::default();
            let parameters = part
                .value
                .parameters
                .as_ref()
                .map_or(&none, |own| &own.value);
            if let (Some(()), Some(layers)) = (builder.define(parameters), &part.value.layers) {
                lower_all(&layers.value, builder);
            }
        });
        builder.within_attention = false;
        Some(())
    },
};

pub(super) const SIGMOID: Unit = Unit {
    key: "sigmoid",
    schema: Sigmoid::schema,
    lower: |layer, builder| {
        let unit: &Sigmoid = decode(layer, builder)?;
        builder.push(
            &unit.sigmoid.as_ref()?.value,
            Some(&layer.place),
            Activation::Sigmoid,
        );
        Some(())
    },
};

pub(super) const CHANNEL_CONV: Unit = Unit {
    key: "channel_conv",
    schema: ChannelConv::schema,
    lower: |layer, builder: &mut Builder| {
        let unit: &ChannelConv = decode(layer, builder)?;
        let kernel = required(unit.kernel.as_ref(), "kernel", layer, builder)?;
        let size = builder.size("size-kernel", kernel, 1, limits::WINDOW)?;
        if size.is_multiple_of(2) {
            let message = message!("problem-even-kernel", size = size);
            let help = message!("help-write-odd", less = size - 1, more = size + 1);
            builder.report(Problem::error("size", message).at(&kernel.place).help(help));
            return None;
        }
        builder.push(
            &unit.channel_conv.as_ref()?.value,
            Some(&layer.place),
            Conv::Channels { kernel: size },
        );
        Some(())
    },
};
