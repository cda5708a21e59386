//! Layout of each map: with the border that its readers need, or in planes.

use super::{Builder, Kind, Op};
use crate::engine::compiled::method::Method;

impl Builder<'_> {
    /// Gives each value the border that its readers need, and the input the planes that all its readers can read.
    pub(super) fn borders(&mut self) {
        let planar = |op: &Op, value: usize| {
            matches!(
                op.kind,
                Kind::Conv {
                    method: Method::Direct { few: true, .. },
                    ..
                }
            ) && op.residual != Some(value)
        };
        for value in 0..self.plan.values.len() {
            let readers = || {
                self.plan
                    .ops
                    .iter()
                    .filter(move |op| op.inputs.contains(&value) || op.residual == Some(value))
            };
            let border = readers()
                .filter(|op| op.inputs.contains(&value))
                .filter_map(|op| match op.kind {
                    Kind::Conv {
                        method: Method::Direct { padding, .. },
                        ..
                    } => Some(padding),
                    _ => None,
                })
                .max();
            // In planes, if few channels come from the input or from a separate preprocessing layer.
            let is_picture =
                self.plan.ops.iter().any(|op| {
                    op.output == value && matches!(op.kind, Kind::Input(_) | Kind::Plain)
                });
            let lanes = if is_picture
                && Some(value) != self.plan.output
                && readers().all(|op| planar(op, value))
            {
                1
            } else {
                16
            };
            let at = &mut self.plan.values[value].at;
            at.border = border.unwrap_or(0);
            at.lanes = lanes;
        }
    }
}
