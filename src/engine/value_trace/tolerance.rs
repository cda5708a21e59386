//! Tolerance for the difference between a pass and a formula computed in double precision.

use super::formula::Formula;
use crate::engine::Precision;

/// Unit roundoff of f32.
const SINGLE: f64 = 5.960_464_477_539_063e-8;
/// Unit roundoff of f64.
const DOUBLE: f64 = f64::EPSILON / 2.0;

/// Tolerance of a formula with the value `computed`, for a pass in `precision`.
pub(super) fn of(formula: &Formula, computed: f64, precision: Precision) -> f64 {
    let (operations, magnitude) = size(formula, computed);
    let unit = match precision {
        Precision::Single => SINGLE,
        Precision::Double => DOUBLE,
    };
    // This computation rounds too, though in f64; and below the least normal number, absolute errors remain.
    let rounding = operations * (unit + DOUBLE) * magnitude;
    let output = match precision {
        Precision::Single => 0.0,
        Precision::Double => SINGLE * computed.abs(),
    };
    let least = if operations > 0.0 {
        f64::from(f32::MIN_POSITIVE)
    } else {
        0.0
    };
    rounding + output + least
}

/// Number of roundings in a formula, and the magnitude of the numbers they round.
fn size(formula: &Formula, computed: f64) -> (f64, f64) {
    match formula {
        Formula::Sum(sum) => {
            let products: f64 = sum.terms.iter().map(|term| term.product().abs()).sum();
            let magnitude = products + sum.bias.unwrap_or(0.0).abs();
            (sum.terms.len() as f64 + 2.0, magnitude)
        }
        Formula::Norm(norm) => {
            let scale = (norm.gamma * norm.factor()).abs();
            let parts = (norm.read.value.abs() + norm.mean.abs()) * scale * DOUBLE / SINGLE;
            (3.0, computed.abs() + norm.beta.abs() + parts)
        }
        Formula::Standardize { .. }
        | Formula::Gated { .. }
        | Formula::Rms { .. }
        | Formula::Deviation { .. } => (4.0, computed.abs()),
        Formula::Activation { function, .. } => match function.roundings() {
            0.0 => (0.0, 0.0),
            roundings => (roundings, computed.abs()),
        },
        Formula::Shares { .. } => (2.0, computed.abs()),
        Formula::Scalar { .. }
        | Formula::Scale { .. }
        | Formula::Add { .. }
        | Formula::Multiply { .. } => (1.0, computed.abs()),
        Formula::Image(_)
        | Formula::Rounded { .. }
        | Formula::Largest { .. }
        | Formula::Copy(_)
        | Formula::Zero(_) => (0.0, 0.0),
    }
}
