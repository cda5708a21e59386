//! A map over a picture.

use ndarray::Array2;

use crate::network::LayerId;

/// Contribution of each place to the score of a class.
#[derive(Debug, Clone, PartialEq)]
pub struct Heat {
    /// The class.
    pub class: usize,
    /// Its score: the network's output before the softmax.
    pub score: f32,
    /// The layer whose cells the values are of; none where they are of the image's pixels.
    pub at: Option<LayerId>,
    /// Rows of values, which cover the image from edge to edge.
    pub values: Array2<f32>,
}

impl Heat {
    /// The values over an image of this height and width, between those of neighbouring cells: PyTorch's
    /// `interpolate(mode="bilinear")`.
    pub fn over(&self, [height, width]: [usize; 2]) -> Array2<f32> {
        let (rows, columns) = self.values.dim();
        let down = Taps::all(rows, height);
        let across = Taps::all(columns, width);
        Array2::from_shape_fn((height, width), |(y, x)| {
            let (down, across) = (&down[y], &across[x]);
            let row = |row: usize| {
                across.between(
                    self.values[[row, across.first]],
                    self.values[[row, across.next]],
                )
            };
            down.between(row(down.first), row(down.next))
        })
    }

    /// Row and column of the largest value.
    pub fn peak(&self) -> [usize; 2] {
        let mut best = ([0, 0], f32::NEG_INFINITY);
        for ((row, column), &value) in self.values.indexed_iter() {
            if value > best.1 {
                best = ([row, column], value);
            }
        }
        best.0
    }

    /// The least and the largest value.
    pub fn range(&self) -> [f32; 2] {
        let finite = || {
            self.values
                .iter()
                .copied()
                .filter(|value| value.is_finite())
        };
        let range = [
            finite().fold(f32::INFINITY, f32::min),
            finite().fold(f32::NEG_INFINITY, f32::max),
        ];
        if range[0] <= range[1] {
            range
        } else {
            [0.0; 2]
        }
    }
}

/// Two neighbouring cells and the part of the second.
struct Taps {
    first: usize,
    next: usize,
    part: f32,
}

impl Taps {
    fn all(from: usize, to: usize) -> Vec<Self> {
        let scale = from as f64 / to.max(1) as f64;
        let tap = |at: usize| {
            let place = ((at as f64 + 0.5) * scale - 0.5).max(0.0);
            let first = (place as usize).min(from - 1);
            Self {
                first,
                next: (first + 1).min(from - 1),
                part: (place - first as f64) as f32,
            }
        };
        (0..to).map(tap).collect()
    }

    fn between(&self, first: f32, next: f32) -> f32 {
        first + (next - first) * self.part
    }
}

#[cfg(test)]
mod tests {
    use ndarray::arr2;

    use super::*;

    #[test]
    fn values_lie_between_those_of_the_cells() {
        let heat = Heat {
            class: 0,
            score: 0.0,
            at: None,
            values: arr2(&[[0.0, 4.0], [8.0, 12.0]]),
        };
        // torch.nn.functional.interpolate(torch.tensor([[[[0., 4.], [8., 12.]]]]), size=(4, 4), mode="bilinear")
        let expected = arr2(&[
            [0.0, 1.0, 3.0, 4.0],
            [2.0, 3.0, 5.0, 6.0],
            [6.0, 7.0, 9.0, 10.0],
            [8.0, 9.0, 11.0, 12.0],
        ]);
        assert_eq!(heat.over([4, 4]), expected);
        assert_eq!(heat.over([2, 2]), heat.values);
        assert_eq!((heat.peak(), heat.range()), ([1, 1], [0.0, 12.0]));
    }
}
