//! Values of whole images: made grey, resized, cropped at the centre.

use super::Reader;
use crate::engine::value_trace::Cell;
use crate::engine::value_trace::formula::{Formula, Sum, Term};
use crate::network::Filter;
use crate::network::resample::{height_first, middle, taps};
use crate::weights::{grey, resample};

/// ITU-R 601 with 16 fractional bits, as in PIL.
const GREY: [f64; 3] = [19_595.0 / 65_536.0, 38_470.0 / 65_536.0, 7_471.0 / 65_536.0];

impl Reader<'_> {
    pub(super) fn grayscale(&self) -> Option<Formula> {
        let reads = [0, 1, 2].map(|channel| self.read(0, self.in_channel(channel)));
        let [Some(r), Some(g), Some(b)] = reads else {
            return None;
        };
        let value = f64::from(grey([r, g, b].map(|read| read.value.round() as u8)));
        let terms = [r, g, b].into_iter().zip(GREY).enumerate();
        let terms = terms.map(|(tap, (read, weight))| Term {
            read,
            tap: [tap, 0, 0],
            weight,
        });
        Some(Formula::Rounded {
            sum: fixed([3, 1, 1], terms.collect()),
            value,
            how: "value-rounded",
        })
    }

    /// The pixels around the place with their weights, and the result of two passes, each of which rounds.
    pub(super) fn resized(&self, filter: Filter) -> Option<Formula> {
        let [from, to] = [self.shape()?, self.session.value(self.id)?.shape().to_vec()]
            .map(|shape| [shape[2], shape[3]]);
        let along =
            |axis: usize, cell: usize| taps(from[axis], to[axis], filter).into_iter().nth(cell);
        let (rows, columns) = (along(0, self.cell.row)?, along(1, self.cell.column)?);
        let mut terms = Vec::new();
        for (y, down) in rows.weights.iter().enumerate() {
            for (x, across) in columns.weights.iter().enumerate() {
                let cell = Cell {
                    row: rows.first + y,
                    column: columns.first + x,
                    ..self.cell
                };
                terms.push(Term {
                    read: self.read(0, cell)?,
                    tap: [0, y, x],
                    weight: down * across,
                });
            }
        }
        let width = columns.weights.len();
        let pixel = |row: usize, column: usize| {
            let place = (row - rows.first) * width + column - columns.first;
            terms[place].read.value.round() as u8
        };
        let is_height_first = height_first(from, to);
        let value = resample::resampled(&rows, &columns, is_height_first, pixel);
        Some(Formula::Rounded {
            value: f64::from(value),
            sum: fixed([1, rows.weights.len(), width], terms),
            how: if is_height_first {
                "value-rounded-columns-first"
            } else {
                "value-rounded-rows-first"
            },
        })
    }

    pub(super) fn cropped(&self, size: [u64; 2]) -> Option<Formula> {
        let shape = self.shape()?;
        let along = |axis: usize, cell: usize| {
            let middle = middle(shape[2 + axis], size[axis] as usize);
            let inside = cell.checked_sub(middle.to).filter(|at| *at < middle.len);
            inside.map(|at| middle.from + at)
        };
        Some(
            match (along(0, self.cell.row), along(1, self.cell.column)) {
                (Some(row), Some(column)) => Formula::Copy(self.read(
                    0,
                    Cell {
                        row,
                        column,
                        ..self.cell
                    },
                )?),
                _ => Formula::Zero("value-outside-image"),
            },
        )
    }
}

/// A sum with fixed weights.
fn fixed(kernel: [usize; 3], terms: Vec<Term>) -> Sum {
    Sum {
        kernel,
        terms,
        border: 0,
        bias: None,
        is_learned: false,
    }
}
