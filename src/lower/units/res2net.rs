//! The split of `Res2Net`: groups of channels that are convolved in sequence, each with the result of the one before.

use super::conv::{plain_conv, three};
use super::{Unit, decode, divided, lower_text, required};
use crate::lower::builder::Cursor;
use crate::network::{Combine, Layer, Pool, Reshape, limits};
use crate::spec::decode::{Decode, table};
use crate::spec::expr::Expr;
use crate::spec::pair::Pair;

table! {
    /// Splits the channels into `scale` maps; each but the last runs through a 3×3 convolution, normalisation and ReLU, from
    /// the second on with the result of the one before added to its input; then all are concatenated (Gao et al. 2019).
    ///
    /// In the first block of a stage nothing is added, and a 3×3 average pool takes the last map's stride.
    pub(super) struct Res2Net {
        /// Name of the list of convolutions: `convs`, whose first is `convs.0`.
        res2net: String = "res2net",
        /// Name of the list of normalisations.
        norms: String = "norms",
        /// Number of maps.
        scale: Expr = "scale",
        /// Stride of the convolutions; default 1.
        stride: Pair<Expr> = "stride",
        /// Groups of each convolution; default 1.
        groups: Expr = "groups",
        /// 1 in the first block of a stage, else 0.
        first: Expr = "first",
    }
}

pub(super) const RES2NET: Unit = Unit {
    key: "res2net",
    schema: Res2Net::schema,
    lower: |layer, builder| {
        let unit: &Res2Net = decode(layer, builder)?;
        let scale = required(unit.scale.as_ref(), "scale", layer, builder)?;
        let first = required(unit.first.as_ref(), "first", layer, builder)?;
        let norms = required(unit.norms.as_ref(), "norms", layer, builder)?
            .value
            .clone();
        let scale = builder.size("size-scale", scale, 2, 64)?;
        let first = builder.holds(first)?;
        let stride = builder.sizes_or(
            "size-stride",
            unit.stride.as_ref(),
            [1; 2],
            1,
            limits::WINDOW,
        )?;
        let groups = match &unit.groups {
            Some(groups) => builder.size("size-groups", groups, 1, limits::CHANNELS)?,
            None => 1,
        };
        let name = &unit.res2net.as_ref()?.value;
        let place = Some(&layer.place);
        let whole = builder.cursor?;
        let width = divided(whole.channels, scale, &layer.place, builder)?;
        let mut maps: Vec<Cursor> = Vec::new();
        for index in 0..scale {
            builder.cursor = Some(whole);
            let slice = Layer::Reshape(Reshape::Slice {
                start: index * width,
                channels: width,
            });
            builder.push("split", place, slice);
            if index == scale - 1 {
                if first {
                    let pool = Layer::Pool(Pool::Average {
                        window: builder.undilated(three(stride)),
                        count_include_pad: true,
                    });
                    builder.push("pool", place, pool);
                }
            } else {
                if let (false, Some(before), Some(own)) =
                    (first, maps.last().copied(), builder.cursor)
                {
                    builder.join("sum", place, Layer::Combine(Combine::Add), &[before, own]);
                }
                let window = builder.dilated(three(stride));
                let conv = plain_conv(width, width, window, groups, builder);
                builder.push(&format!("{name}.{index}"), place, conv);
                lower_text("norm", &format!("{norms}.{index}"), layer, builder);
                lower_text("act", "relu", layer, builder);
            }
            maps.extend(builder.cursor);
        }
        builder.join(
            "cat",
            place,
            Layer::Combine(Combine::Concat { inputs: maps.len() }),
            &maps,
        );
        Some(())
    },
};
