//! A normalisation of the first channels by instance and of the rest by batch, as in IBN-Net (Pan et al. 2018).

use crate::lower::builder::Builder;
use crate::message;
use crate::network::layer::{BatchNorm2d, InstanceNorm};
use crate::network::{Combine, Norm, Reshape};
use crate::spec::expr::Expr;
use crate::spec::{Located, Place, Problem};

/// Numbers for both parts.
pub(super) struct Numbers {
    pub(super) eps: f64,
    pub(super) momentum: f64,
}

/// Adds its layers below `name`, with the names of IBN-Net's own code, `IN` and `BN`.
pub(super) fn push(
    name: &str,
    place: &Place,
    instance: Option<&Located<Expr>>,
    numbers: &Numbers,
    builder: &mut Builder,
) -> Option<()> {
    let whole = builder.cursor?;
    let channels = whole.channels;
    let first = match instance {
        Some(expr) => u64::try_from(builder.eval(expr)?).unwrap_or(0),
        None => channels / 2,
    };
    let rest = channels.saturating_sub(first);
    if first == 0 || rest == 0 {
        let message = if channels == 1 {
            message!("problem-split-of-one")
        } else if first == 0 {
            message!("problem-split-at-start", channels = channels)
        } else {
            message!("problem-split-at-end", channels = channels, first = first)
        };
        let help = if channels < 2 {
            message!("help-split-more")
        } else {
            message!("help-split-range", most = channels - 1)
        };
        let place = instance.map_or(place, |own| &own.place);
        builder.report(Problem::error("size", message).at(place).help(help));
        return None;
    }
    builder.below(name, |builder| {
        let mut parts = Vec::new();
        let halves = [
            (
                "IN",
                0,
                Norm::Instance(InstanceNorm {
                    features: first,
                    eps: numbers.eps,
                    affine: true,
                }),
            ),
            (
                "BN",
                first,
                Norm::Batch(BatchNorm2d {
                    features: rest,
                    eps: numbers.eps,
                    momentum: numbers.momentum,
                    vectors: false,
                }),
            ),
        ];
        for (name, start, norm) in halves {
            builder.cursor = Some(whole);
            let channels = norm.features();
            let part = Reshape::Slice { start, channels };
            builder.push("split", Some(place), part);
            builder.push(name, Some(place), norm);
            parts.extend(builder.cursor);
        }
        let both = Combine::Concat { inputs: 2 };
        builder.join("cat", Some(place), both, &parts);
    });
    Some(())
}
