//! The explanation of one value: the numbers it was computed from, with a check that they give the value of the pass.
//!
//! An explanation begins at the start of the value's block: a convolution's products, then the normalisation, the addition
//! with both of its operands and the ReLU at the same cell, each a [`Step`]. Each step recomputes its value in double
//! precision from the pass's values of the layers before, and states the tolerance for the difference.

mod formula;
mod tolerance;

use super::Session;
use crate::analysis::seen::{Region, seen};
use crate::message;
use crate::network::{Layer, LayerId, Network, Table, check};
use crate::text::format::dims;
use crate::text::{Message, said};

pub use super::pass::Cell;
pub use formula::{Formula, Norm, Read, Statistics, Sum, Term, unbiased};

/// Contribution of one layer to a value.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Layer of the step.
    pub layer: LayerId,
    /// Cell of the layer's output.
    pub cell: Cell,
    /// Value in the pass.
    pub value: f64,
    /// Formula, with the numbers it uses.
    pub formula: Formula,
    /// Value of the formula, in double precision.
    pub computed: f64,
    /// Tolerance for the difference of the two: see [`Explanation`].
    pub tolerance: f64,
}

impl Step {
    /// Distance between the value of the pass and that of the formula.
    pub fn difference(&self) -> f64 {
        if self.value.to_bits() == self.computed.to_bits() {
            return 0.0;
        }
        (self.value - self.computed).abs()
    }

    /// Whether the two agree within the tolerance; two NaNs, or twice the same infinity, agree.
    pub fn agrees(&self) -> bool {
        (self.value.is_nan() && self.computed.is_nan()) || self.difference() <= self.tolerance
    }
}

/// A value and the steps of its computation; the last step is the value itself.
///
/// # The tolerance
/// A sum of `n` products in f32, in any order, lies at most `(n + 1) · 2⁻²⁴ · Σ |product|` from the exact sum (Higham,
/// *Accuracy and Stability of Numerical Algorithms*, section 3.1, to first order); a formula of few operations lies at most
/// as many times 2⁻²⁴ of its largest part away. If a pass computes in f64, only the rounding of the output to f32 is left.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// Steps, in the order in which they ran.
    pub steps: Vec<Step>,
    /// Region of each earlier layer that the cell sees; the first is the image.
    pub seen: Table<Option<Region>>,
}

impl Explanation {
    /// The step of the explained value.
    pub fn last(&self) -> Option<&Step> {
        self.steps.last()
    }
}

/// Reason that a value cannot be explained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExplainError {
    /// The layer has no such cell.
    NoSuchCell {
        /// Path of the layer.
        path: String,
        /// Channels × height × width, after the batch if it is larger than 1.
        shape: String,
        /// Cell that was requested.
        cell: Cell,
    },
    /// The pass has not kept the values that the explanation needs.
    NotThere(String),
}

impl ExplainError {
    /// Problem and place.
    pub fn message(&self) -> Message {
        match self {
            Self::NoSuchCell { path, shape, cell } => message!(
                "explain-no-cell",
                path = path,
                shape = shape,
                cell = cell.message()
            ),
            Self::NotThere(path) => message!("explain-not-run", path = path),
        }
    }
}

said!(ExplainError);

/// Explains one value of a pass that keeps [everything](super::Keep::Everything).
///
/// # Errors
/// The layer has no such cell, or the value or one of its operands is not there.
pub fn explain(session: &Session, id: LayerId, cell: Cell) -> Result<Explanation, ExplainError> {
    let network = session.network();
    let value = session
        .value(id)
        .ok_or_else(|| ExplainError::NotThere(network[id].path.to_string()))?;
    let index = cell.index(value.ndim());
    let is_there = value.get(index.as_slice()).is_some()
        && (value.ndim() == 4 || (cell.row, cell.column) == (0, 0));
    if !is_there {
        let first = usize::from(value.shape()[0] == 1);
        return Err(ExplainError::NoSuchCell {
            path: network[id].path.to_string(),
            shape: dims(&value.shape()[first..]),
            cell,
        });
    }
    let mut steps = Vec::new();
    walk(session, id, cell, (id, &mut steps))?;
    let (shapes, _) = check::shapes(network);
    let seen = seen(network, &shapes, id, cell.row as u64, cell.column as u64);
    Ok(Explanation { steps, seen })
}

/// Explains the operands of a step that are in the same block, then the step itself.
fn walk(
    session: &Session,
    id: LayerId,
    cell: Cell,
    (asked, steps): (LayerId, &mut Vec<Step>),
) -> Result<(), ExplainError> {
    let network = session.network();
    let formula = formula::of(session, id, cell)
        .ok_or_else(|| ExplainError::NotThere(network[id].path.to_string()))?;
    for read in formula.followed() {
        let is_known = steps
            .iter()
            .any(|step| step.layer == read.layer && step.cell == read.cell);
        if !is_known && read.is_live && is_of_block(network, read.layer, asked) {
            walk(session, read.layer, read.cell, (asked, steps))?;
        }
    }
    let dimensions = session.value(id).map_or(4, ndarray::ArrayBase::ndim);
    let value = session
        .number(id, &cell.index(dimensions))
        .ok_or_else(|| ExplainError::NotThere(network[id].path.to_string()))?;
    // The displayed value is the f32 next to an exact value.
    let value = f64::from(value as f32);
    let computed = formula.value();
    let tolerance = tolerance::of(&formula, computed, session.precision());
    steps.push(Step {
        layer: id,
        cell,
        value,
        formula,
        computed,
        tolerance,
    });
    Ok(())
}

/// Whether a layer belongs to the same block as the requested layer, or to the same part outside the blocks.
fn is_of_block(network: &Network, id: LayerId, asked: LayerId) -> bool {
    let place = |id: LayerId| (network[id].scope.stage, network[id].scope.block);
    place(id) == place(asked) && !matches!(network[id].layer, Layer::Input { .. })
}
