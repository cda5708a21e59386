//! Layers of a stage around its blocks: Darknet's downsampling, and the way around them of a cross stage partial network.

use super::builder::{Builder, Cursor};
use super::units;
use crate::network::{Combine, Reshape};
use crate::spec::file::StageLayers;
use crate::spec::{Located, Place, RawLayer};

/// The channels that bypass a stage's blocks until its end.
pub(super) struct Beside {
    half: Cursor,
    place: Place,
}

/// The layers before the first block. The layers belong to that block, as what comes before its two paths does.
pub(super) fn enter(own: &StageLayers, stage: &str, builder: &mut Builder) -> Option<Beside> {
    lower(own.before.as_ref(), stage, builder);
    let cross = own.cross.as_ref().filter(|cross| cross.value)?;
    let whole = builder.cursor?;
    let channels = units::divided(whole.channels, 2, &cross.place, builder)?;
    // The blocks' half comes first, so that in a picture the main path keeps its lane.
    let mut halves = [channels, 0].into_iter().map(|start| {
        builder.cursor = Some(whole);
        let slice = Reshape::Slice { start, channels };
        stage.clone_into(&mut builder.prefix);
        builder.push("split", Some(&cross.place), slice);
        builder.cursor
    });
    let through = halves.next().flatten()?;
    let half = halves.next().flatten()?;
    builder.cursor = Some(through);
    Some(Beside {
        half,
        place: cross.place.clone(),
    })
}

/// The layers after the last block, to which they belong.
pub(super) fn leave(own: &StageLayers, beside: Option<Beside>, stage: &str, builder: &mut Builder) {
    lower(own.inner.as_ref(), stage, builder);
    if let (Some(beside), Some(through)) = (beside, builder.cursor) {
        stage.clone_into(&mut builder.prefix);
        let cat = Combine::Concat { inputs: 2 };
        builder.join("cat", Some(&beside.place), cat, &[beside.half, through]);
    }
    lower(own.after.as_ref(), stage, builder);
}

fn lower(layers: Option<&Located<Vec<Located<RawLayer>>>>, stage: &str, builder: &mut Builder) {
    if let Some(layers) = layers {
        let channels = i64::try_from(builder.channels()).unwrap_or(i64::MAX);
        builder.variables.set("in", channels);
        stage.clone_into(&mut builder.prefix);
        units::lower_all(&layers.value, builder);
    }
}
