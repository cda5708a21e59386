//! Values along one axis, and values that are only moved.

use super::Reader;
use crate::engine::value_trace::Cell;
use crate::engine::value_trace::formula::{Formula, Read, Sum, Term};
use crate::network::layer::{Axis, Order};

impl Reader<'_> {
    /// Values of a channel along an axis, in this cell's row or column of the other axis.
    pub(super) fn line(&self, axis: Axis, channel: usize) -> Option<Vec<Read>> {
        let count = *self.shape()?.get(2 + axis.index())?;
        let reads = (0..count).map(|at| {
            let cell = Cell {
                channel,
                ..self.cell
            };
            self.read(
                0,
                match axis {
                    Axis::Height => Cell { row: at, ..cell },
                    Axis::Width => Cell { column: at, ..cell },
                },
            )
        });
        reads.collect()
    }

    /// Mean of a channel along an axis.
    pub(super) fn along(&self, axis: Axis, channel: usize) -> Option<Formula> {
        let reads = self.line(axis, channel)?;
        let count = reads.len();
        let terms = reads.into_iter().enumerate().map(|(at, read)| Term {
            read,
            tap: match axis {
                Axis::Height => [0, at, 0],
                Axis::Width => [0, 0, at],
            },
            weight: 1.0 / count as f64,
        });
        Some(Formula::Sum(Sum {
            kernel: match axis {
                Axis::Height => [1, count, 1],
                Axis::Width => [1, 1, count],
            },
            terms: terms.collect(),
            border: 0,
            bias: None,
            is_learned: false,
        }))
    }

    /// Formula of a value that was a pixel of a square and is now in a channel.
    pub(super) fn of_square(&self, block: u64, order: Order) -> Option<Formula> {
        let channels = self.shape()?[1] as u64;
        let (channel, [y, x]) = order.source(self.cell.channel as u64, block, channels);
        let cell = Cell {
            channel: channel as usize,
            row: self.cell.row * block as usize + y as usize,
            column: self.cell.column * block as usize + x as usize,
            ..self.cell
        };
        self.read(0, cell).map(Formula::Copy)
    }

    /// Formula of a value that was in a channel and is now a pixel of a square.
    pub(super) fn of_channels(&self, block: usize) -> Option<Formula> {
        let Cell { row, column, .. } = self.cell;
        let place = row % block * block + column % block;
        let cell = Cell {
            channel: self.cell.channel * block * block + place,
            row: row / block,
            column: column / block,
            ..self.cell
        };
        self.read(0, cell).map(Formula::Copy)
    }
}
