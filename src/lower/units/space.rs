//! Pixels as channels, and channels as pixels.

use super::{Unit, decode, divided, required};
use crate::lower::builder::Builder;
use crate::message;
use crate::network::Reshape;
use crate::network::infer::ShapeFault;
use crate::network::layer::Order;
use crate::spec::decode::{Decode, table, word};
use crate::spec::expr::Expr;
use crate::spec::value::Value;
use crate::spec::{Located, Problem};
use crate::text::Message;
use serde_json::json;

/// Maximum side of a square: a larger one would give more channels than any network has.
const BLOCK: u64 = 64;

table! {
    /// Turns each square of pixels into channels of one pixel: `torch.nn.PixelUnshuffle`.
    pub(super) struct SpaceToDepth {
        /// Name of the module.
        space_to_depth: String = "space_to_depth",
        /// Side of the square, which must divide the map's sides.
        block: Expr = "block",
        /// Order of the new channels: "by channel" (default) keeps the pixels of each channel together, as in PyTorch, and
        /// "by pixel" the channels of each pixel, as in timm's `SpaceToDepth`.
        order: OrderWord = "order",
    }
}

table! {
    /// Turns channels into squares of pixels: `torch.nn.PixelShuffle`.
    pub(super) struct PixelShuffle {
        /// Name of the module.
        pixel_shuffle: String = "pixel_shuffle",
        /// Side of the square, whose area must divide the number of channels.
        block: Expr = "block",
    }
}

/// `"by channel"` or `"by pixel"`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct OrderWord(Order);

impl Decode for OrderWord {
    fn decode(value: &Located<Value>, problems: &mut Vec<Problem>) -> Option<Self> {
        const WORDS: [(&str, Order); 2] = [
            ("by channel", Order::ByChannel),
            ("by pixel", Order::ByPixel),
        ];
        word(value, &WORDS, "word-order", problems).map(Self)
    }

    fn schema() -> serde_json::Value {
        json!({"enum": ["by channel", "by pixel"]})
    }
}

/// Advice for a map that cannot be cut into squares.
pub(in crate::lower) fn divisible_sides(block: u64) -> Message {
    let example = "{ constant_pad = \"pad\", padding = 1 }";
    message!("help-whole-squares", block = block, example = example)
}

fn block(
    own: Option<&Located<Expr>>,
    layer: &Located<Value>,
    builder: &mut Builder,
) -> Option<u64> {
    let block = required(own, "block", layer, builder)?;
    builder.size("size-square", block, 2, BLOCK)
}

pub(super) const SPACE_TO_DEPTH: Unit = Unit {
    key: "space_to_depth",
    schema: SpaceToDepth::schema,
    lower: |layer, builder| {
        let unit: &SpaceToDepth = decode(layer, builder)?;
        let block = block(unit.block.as_ref(), layer, builder)?;
        let shape = builder.cursor.and_then(|cursor| cursor.shape);
        if let Some(found) = shape
            && let Some(sides) = found.size()
            && sides.iter().any(|side| !side.is_multiple_of(block))
        {
            let fault = ShapeFault::Squares { block, found };
            let problem = Problem::error("size", fault.message()).at(&layer.place);
            builder.report(problem.help(divisible_sides(block)));
            return None;
        }
        let order = unit
            .order
            .as_ref()
            .map_or(Order::ByChannel, |word| word.value.0);
        builder.push(
            &unit.space_to_depth.as_ref()?.value,
            Some(&layer.place),
            Reshape::SpaceToDepth { block, order },
        );
        Some(())
    },
};

pub(super) const PIXEL_SHUFFLE: Unit = Unit {
    key: "pixel_shuffle",
    schema: PixelShuffle::schema,
    lower: |layer, builder| {
        let unit: &PixelShuffle = decode(layer, builder)?;
        let block = block(unit.block.as_ref(), layer, builder)?;
        divided(builder.channels(), block * block, &layer.place, builder)?;
        builder.push(
            &unit.pixel_shuffle.as_ref()?.value,
            Some(&layer.place),
            Reshape::PixelShuffle { block },
        );
        Some(())
    },
};
