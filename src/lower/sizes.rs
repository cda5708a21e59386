//! Sizes of the stages: number of blocks, and the width and stride of every block.

use super::builder::Builder;
use crate::message;
use crate::network::limits;
use crate::spec::decode::{Named, PerBlock};
use crate::spec::pair::StageStride;
use crate::spec::{ArchitectureFile, BlockFile, Located, Place, Problem};
use crate::text::{Joint, Message};

/// A stage of the body, as stated in the spec.
pub(super) struct StagePlan {
    pub(super) index: usize,
    /// Number of stages.
    pub(super) count: usize,
    pub(super) blocks: Vec<BlockPlan>,
}

/// A block of a stage.
pub(super) struct BlockPlan {
    width: u64,
    width_place: Place,
    stride: [u64; 2],
    stride_place: Place,
}

/// The id of the advice for a list of values that has another length than its stage has blocks.
pub(super) const ONE_PER_BLOCK: &str = "help-one-per-block";

/// Fix for a list of strides, in which two values are a pair.
const STRIDES: &str = "help-strides-per-block";

/// The stages, if the lists that describe them agree.
pub(super) fn stages(file: &ArchitectureFile, builder: &mut Builder) -> Option<Vec<StagePlan>> {
    let (blocks, widths, strides) = (
        file.blocks.as_ref()?,
        file.widths.as_ref()?,
        file.strides.as_ref()?,
    );
    let count = blocks.value.len();
    let mut sound = count > 0;
    if count == 0 {
        builder.report(
            Problem::error("value", message!("problem-no-stage"))
                .at(&blocks.place)
                .help(message!("help-one-stage")),
        );
    }
    sound &= lengths_agree(
        [
            ("blocks", blocks.value.len(), &blocks.place),
            ("widths", widths.value.len(), &widths.place),
            ("strides", strides.value.len(), &strides.place),
        ],
        builder,
    );
    for value in &blocks.value {
        sound &= builder.within("size-blocks", value, limits::BLOCKS, "help-stage-blocks");
    }
    for width in widths.value.iter().flat_map(|widths| widths.value.all()) {
        sound &= builder.within(
            "size-width-of-stage",
            width,
            limits::CHANNELS,
            "help-stage-width",
        );
    }
    for stride in strides.value.iter().flat_map(|own| own.value.numbers()) {
        sound &= builder.within(
            "size-stride-of-stage",
            stride,
            limits::WINDOW,
            "help-stage-stride",
        );
    }
    let total = blocks
        .value
        .iter()
        .fold(0_u64, |sum, value| sum.saturating_add(value.value));
    if sound && total > limits::BLOCKS {
        sound = false;
        let message = message!(
            "problem-too-many-blocks",
            count = total,
            most = limits::BLOCKS
        );
        let help = message!("help-two-networks");
        builder.report(Problem::error("size", message).at(&blocks.place).help(help));
    }
    let lists = blocks.value.iter().zip(&widths.value).zip(&strides.value);
    for (index, ((blocks, widths), strides)) in lists.enumerate() {
        let stage = (blocks.value, index);
        if let PerBlock::Each(all) = &widths.value
            && all.len() as u64 != blocks.value
        {
            sound = false;
            let (length, place) = (all.len(), &widths.place);
            builder.report(not_one_per_block(
                "widths",
                length,
                stage,
                place,
                ONE_PER_BLOCK,
            ));
        }
        if let StageStride::Each(all) = &strides.value
            && all.len() as u64 != blocks.value
        {
            sound = false;
            let (length, place) = (all.len(), &strides.place);
            builder.report(not_one_per_block("strides", length, stage, place, STRIDES));
        }
    }
    sound.then(|| {
        (0..count)
            .map(|index| StagePlan {
                index,
                count,
                blocks: (0..blocks.value[index].value as usize)
                    .filter_map(|block| {
                        let width = widths.value[index].value.get(block)?;
                        let stride = &strides.value[index];
                        Some(BlockPlan {
                            width: width.value,
                            width_place: width.place.clone(),
                            stride: stride.value.of(block)?,
                            stride_place: stride.place.clone(),
                        })
                    })
                    .collect(),
            })
            .collect()
    })
}

/// Problem for a list of values whose length is not the number of blocks of its stage; the stage is given with its index,
/// from 0.
pub(super) fn not_one_per_block(
    key: &str,
    length: usize,
    (blocks, index): (u64, usize),
    place: &Place,
    help: &'static str,
) -> Problem {
    let message = message!(
        "problem-values-for-blocks",
        key = key,
        count = length,
        blocks = blocks,
        stage = index + 1
    );
    let problem = Problem::error("stages", message).at(place);
    problem.help(Message::new(help))
}

/// Whether the three lists have one value per stage; if one differs from the two others, it is at fault.
fn lengths_agree(lists: [(&str, usize, &Place); 3], builder: &mut Builder) -> bool {
    let [b, w, s] = lists.map(|(_, length, _)| length);
    if b == w && w == s {
        return true;
    }
    let odd = match (b == w, w == s) {
        (true, _) => 2,
        (_, true) => 0,
        _ => 1,
    };
    let (key, length, place) = lists[odd];
    let others: Vec<_> = lists
        .iter()
        .filter(|(other, ..)| *other != key)
        .map(|(other, length, _)| message!("problem-list-has", key = *other, count = *length))
        .collect();
    let message = message!(
        "problem-list-lengths",
        key = key,
        count = length,
        others = Joint::And.of(others)
    );
    let help = message!("help-lists-per-stage");
    builder.report(Problem::error("stages", message).at(place).help(help));
    false
}

impl BlockPlan {
    /// The names that layers around the blocks may use too: `in`, `width` and `stride`.
    pub(super) fn define_sizes(&self, builder: &mut Builder) {
        let integer = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
        let channels = builder.channels();
        builder.variables.set("in", integer(channels));
        builder.stated = vec![
            ("width".to_owned(), self.width_place.clone()),
            ("stride".to_owned(), self.stride_place.clone()),
        ];
        builder.variables.set("width", integer(self.width));
        let stride = self.stride.map(integer);
        builder.variables.set_pair("stride", stride);
    }

    /// Defines the names for the dilation of the block's input and output, and returns the latter.
    pub(super) fn define_dilation(&self, builder: &mut Builder) -> [u64; 2] {
        builder.define_dilation(self.stride)
    }

    /// Defines the names that a block's layers may use: `in`, `width`, `stride`, the block's parameters, and `out`.
    pub(super) fn define_variables(
        &self,
        block: &Located<BlockFile>,
        builder: &mut Builder,
    ) -> Option<()> {
        let integer = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
        self.define_sizes(builder);
        let given = builder.given.iter();
        let given: Vec<_> = given
            .map(|(name, value)| (name.clone(), value.place.clone()))
            .collect();
        builder.stated.extend(given);
        let none = Named::default();
        let parameters = block
            .value
            .parameters
            .as_ref()
            .map_or(&none, |own| &own.value);
        builder.define(parameters)?;
        let Some(out) = &block.value.out else {
            builder.report(missing("out", &block.place, "help-state-out"));
            return None;
        };
        let out = builder.size("size-block-channels", out, 1, limits::CHANNELS)?;
        builder.variables.set("out", integer(out));
        Some(())
    }
}

/// Problem for a missing key without which a stage cannot be built.
pub(super) fn missing(key: &str, place: &Place, help: &'static str) -> Problem {
    let start = Place {
        source: place.source.clone(),
        span: place.span.start..place.span.start,
    };
    Problem::error("missing-key", message!("problem-missing-key", key = key))
        .at(&start)
        .help(Message::new(help))
}
