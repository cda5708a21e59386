//! Region that one cell of a feature map sees of every earlier map and of the image, in rows and columns.

use super::reach::{Reach, followed, reach};
use crate::network::layer::Axis;
use crate::network::resample::{middle, taps};
use crate::network::{Filter, LayerId, Network, Shape, Shapes, Table, Window};

/// Rows and columns of a map, the first and the last of each; all of them lie inside the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region {
    /// First and last row.
    pub rows: [u64; 2],
    /// First and last column.
    pub columns: [u64; 2],
}

impl Region {
    /// One cell.
    pub const fn cell(row: u64, column: u64) -> Self {
        Self {
            rows: [row; 2],
            columns: [column; 2],
        }
    }

    /// Height and width.
    pub const fn size(self) -> [u64; 2] {
        [
            self.rows[1] - self.rows[0] + 1,
            self.columns[1] - self.columns[0] + 1,
        ]
    }

    /// Smallest region that contains both.
    fn union(self, other: Self) -> Self {
        let join = |a: [u64; 2], b: [u64; 2]| [a[0].min(b[0]), a[1].max(b[1])];
        Self {
            rows: join(self.rows, other.rows),
            columns: join(self.columns, other.columns),
        }
    }

    /// Region of an image of size `from` that these cells depend on after it is resized to size `to`.
    fn before_resizing(self, filter: Filter, from: [u64; 2], to: [u64; 2]) -> Self {
        let along = |axis: usize, [first, last]: [u64; 2]| {
            let all = taps(from[axis] as usize, to[axis] as usize, filter);
            let [first, last] = [first, last].map(|at| all.get(at as usize));
            let end = from[axis].saturating_sub(1);
            [
                first.map_or(0, |taps| taps.first as u64),
                last.map_or(end, |taps| taps.last() as u64),
            ]
        };
        Self {
            rows: along(0, self.rows),
            columns: along(1, self.columns),
        }
    }

    /// The same cells in an image of size `from`, before its centre of size `to` was cropped; for cells outside, the nearest.
    fn before_cropping(self, from: [u64; 2], to: [u64; 2]) -> Self {
        let along = |axis: usize, cells: [u64; 2]| {
            let middle = middle(from[axis] as usize, to[axis] as usize);
            let last = middle.len.saturating_sub(1) as u64;
            cells.map(|at| middle.from as u64 + at.saturating_sub(middle.to as u64).min(last))
        };
        Self {
            rows: along(0, self.rows),
            columns: along(1, self.columns),
        }
    }

    /// All cells along an axis.
    const fn along(self, axis: Axis, size: [u64; 2]) -> Self {
        let whole = [0, size[axis.index()].saturating_sub(1)];
        match axis {
            Axis::Height => Self {
                rows: whole,
                ..self
            },
            Axis::Width => Self {
                columns: whole,
                ..self
            },
        }
    }

    /// Cells that became these, each a square of `block` × `block`.
    fn before_enlarging(self, block: u64) -> Self {
        Self {
            rows: self.rows.map(|row| row / block),
            columns: self.columns.map(|column| column / block),
        }
    }

    /// Region of a map of `size` that a window reads for these cells of its output.
    fn before(self, window: &Window, size: [u64; 2]) -> Self {
        let extent = window.extent();
        let along = |axis: usize, [first, last]: [u64; 2]| {
            let (stride, padding) = (window.stride[axis], window.padding[axis]);
            let end = size[axis].saturating_sub(1);
            let start = (first * stride).saturating_sub(padding);
            // A window wholly in the padding reads no cell; the nearest one is used instead.
            let reach = (last * stride + extent[axis] - 1).saturating_sub(padding);
            [start.min(end), reach.min(end)]
        };
        Self {
            rows: along(0, self.rows),
            columns: along(1, self.columns),
        }
    }
}

/// Region that the cell at `row` and `column` of layer `id` sees of each layer before it; `None` if it sees nothing of it.
///
/// As with the [receptive field](super::receptive_field), this follows convolutions and pools: the gates of attention and
/// statistics over a whole map, which let every cell see everything, are not followed. In contrast to it, padding is left
/// out.
pub fn seen(
    network: &Network,
    shapes: &Shapes,
    id: LayerId,
    row: u64,
    column: u64,
) -> Table<Option<Region>> {
    let mut regions: Table<Option<Region>> = Table::new(network, |_| None);
    regions[id] = Some(Region::cell(row, column));
    for layer in network.ids_at(0..id.index() + 1).rev() {
        let Some(region) = regions[layer] else {
            continue;
        };
        let reach = reach(&network[layer].layer);
        let own = shapes[layer].and_then(Shape::size).unwrap_or([1; 2]);
        for input in followed(network, layer) {
            let size = shapes[input].and_then(Shape::size).unwrap_or([1; 2]);
            let read = match &reach {
                Reach::Cell => region,
                Reach::Window(window) => region.before(window, size),
                Reach::Resized(filter) => region.before_resizing(*filter, size, own),
                Reach::Middle => region.before_cropping(size, own),
                Reach::Along(axis) => region.along(*axis, size),
                Reach::Enlarged(block) => region.before_enlarging(*block),
                Reach::Whole => Region {
                    rows: [0, size[0].saturating_sub(1)],
                    columns: [0, size[1].saturating_sub(1)],
                },
            };
            regions[input] = Some(match regions[input] {
                Some(other) => other.union(read),
                None => read,
            });
        }
    }
    regions
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::receptive_field::receptive_field;
    use crate::lower::{Overrides, open};
    use crate::network::check;

    #[test]
    fn a_cell_sees_its_receptive_field_as_far_as_it_lies_in_the_picture() {
        for name in ["resnet50", "resnet20_cifar", "resnetaa50d", "seresnet50"] {
            let network = open(name, &Overrides::default()).unwrap().network;
            let (shapes, _) = check::shapes(&network);
            let fields = receptive_field(&network);
            let image = network.ids().next().unwrap();
            let [height, width] = shapes[image].unwrap().size().unwrap();
            for id in network.ids().step_by(7) {
                let (Some(field), Some([rows, columns])) =
                    (fields[id], shapes[id].and_then(Shape::size))
                else {
                    continue;
                };
                for cell in [0, rows / 2, rows - 1] {
                    let (row, column) = (cell, cell.min(columns - 1));
                    let seen = seen(&network, &shapes, id, row, column);
                    let clipped = |axis: usize, cell: u64, side: u64| {
                        let (first, last) = field.axes[axis].of_cell(cell);
                        let end = i128::from(side) - 1;
                        [first.clamp(0, end) as u64, last.clamp(0, end) as u64]
                    };
                    let expected = Region {
                        rows: clipped(0, row, height),
                        columns: clipped(1, column, width),
                    };
                    let path = &network[id].path;
                    assert_eq!(seen[image], Some(expected), "{name} {path} {row},{column}");
                }
            }
        }
    }

    #[test]
    fn after_the_global_pool_everything_is_seen() {
        let network = open("resnet20_cifar", &Overrides::default())
            .unwrap()
            .network;
        let (shapes, _) = check::shapes(&network);
        let seen = seen(&network, &shapes, network.sink().unwrap(), 0, 0);
        let image = network.ids().next().unwrap();
        assert_eq!(seen[image].unwrap().size(), [32, 32]);
    }
}
