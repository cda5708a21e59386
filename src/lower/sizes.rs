//! Sizes of the stages: number of blocks, and the width and stride of every block.

use super::builder::Builder;
use crate::network::limits;
use crate::spec::decode::{Named, PerBlock};
use crate::spec::pair::StageStride;
use crate::spec::{ArchitectureFile, BlockFile, Located, Place, Problem};

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

/// Fix for a list of values whose length is not the stage's number of blocks.
pub(super) const ONE_A_BLOCK: &str = "give one value for all blocks, or one a block";

/// Fix for a list of strides, in which two values are a pair.
const STRIDES: &str = "write the first block's stride, 2, or its stride along height and width, [2, 1], or one a block";

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
            Problem::error("value", "there is no stage")
                .at(&blocks.place)
                .help("give at least one stage its number of blocks"),
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
        let help =
            "give the stage at least one block, or take it out of `blocks`, `widths` and `strides`";
        sound &= builder.within("a stage's number of blocks", value, limits::BLOCKS, help);
    }
    for width in widths.value.iter().flat_map(|widths| widths.value.all()) {
        let help = "write the channels of the stage's blocks, such as 64";
        sound &= builder.within("a width", width, limits::CHANNELS, help);
    }
    for stride in strides.value.iter().flat_map(|own| own.value.numbers()) {
        let help = "write 1 where the stage keeps the map's size, 2 where it halves it";
        sound &= builder.within("a stride", stride, limits::WINDOW, help);
    }
    let total = blocks
        .value
        .iter()
        .fold(0_u64, |sum, value| sum.saturating_add(value.value));
    if sound && total > limits::BLOCKS {
        sound = false;
        let message = format!(
            "the stages have {total} blocks together, beyond the limit of {}",
            limits::BLOCKS
        );
        let help = "take blocks away, or build two networks";
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
            builder.report(not_one_a_block("widths", length, stage, place, ONE_A_BLOCK));
        }
        if let StageStride::Each(all) = &strides.value
            && all.len() as u64 != blocks.value
        {
            sound = false;
            let (length, place) = (all.len(), &strides.place);
            builder.report(not_one_a_block("strides", length, stage, place, STRIDES));
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
pub(super) fn not_one_a_block(
    key: &str,
    length: usize,
    (blocks, index): (u64, usize),
    place: &Place,
    help: &str,
) -> Problem {
    let message = format!(
        "`{key}` has {length} values for the {blocks} blocks of stage {}",
        index + 1
    );
    Problem::error("stages", message).at(place).help(help)
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
        .map(|(other, length, _)| format!("`{other}` has {length}"))
        .collect();
    let message = format!("`{key}` has {length} values, {}", others.join(", "));
    let help = "`blocks`, `widths` and `strides` need one value a stage";
    builder.report(Problem::error("stages", message).at(place).help(help));
    false
}

impl BlockPlan {
    /// Defines the names that a block's layers may use: `in`, `width`, `stride`, the block's parameters, and `out`.
    pub(super) fn define_variables(
        &self,
        block: &Located<BlockFile>,
        builder: &mut Builder,
    ) -> Option<()> {
        let integer = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
        let channels = builder.channels();
        builder.variables.set("in", integer(channels));
        builder.stated = vec![
            ("width".to_owned(), self.width_place.clone()),
            ("stride".to_owned(), self.stride_place.clone()),
        ];
        let given = builder.given.iter();
        let given: Vec<_> = given
            .map(|(name, value)| (name.clone(), value.place.clone()))
            .collect();
        builder.stated.extend(given);
        builder.variables.set("width", integer(self.width));
        let stride = self.stride.map(integer);
        builder.variables.set_pair("stride", stride);
        let none = Named::default();
        let parameters = block
            .value
            .parameters
            .as_ref()
            .map_or(&none, |own| &own.value);
        builder.define(parameters)?;
        let Some(out) = &block.value.out else {
            builder.report(missing(
                "out",
                &block.place,
                "say how many channels the block puts out: out = \"4 * width\"",
            ));
            return None;
        };
        let out = builder.size(
            "the number of channels that a block puts out",
            out,
            1,
            limits::CHANNELS,
        )?;
        builder.variables.set("out", integer(out));
        Some(())
    }
}

/// Problem for a missing key without which a stage cannot be built.
pub(super) fn missing(key: &str, place: &Place, help: &str) -> Problem {
    let start = Place {
        source: place.source.clone(),
        span: place.span.start..place.span.start,
    };
    Problem::error("missing-key", format!("the key `{key}` is missing"))
        .at(&start)
        .help(help)
}
