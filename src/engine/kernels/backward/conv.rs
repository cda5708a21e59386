//! The convolution's derivatives, as matrix products on the unfolded input.

use std::ops::Range;

use ndarray::linalg::general_mat_mul;
use ndarray::{Array1, Array4, ArrayView2, ArrayView4, ArrayViewMut2, s};

use super::{Real, feature_map, row_major, total};
use crate::engine::kernels::axis::{Axis, runs};
use crate::engine::kernels::conv::{FEW, UNFOLDED, unfold};
use crate::kernels::team::share;
use crate::network::Window;

/// Pieces of a batch whose sums are added in order, at most.
const PIECES: usize = 8;

/// Products that are done by one thread before another would be awake.
pub(in crate::engine) const ALONE: usize = 1 << 19;

/// Gradients of a convolution.
pub struct ConvGradients<T> {
    /// Of its input; `None` if it is not needed.
    pub input: Option<Array4<T>>,
    /// Of its weights.
    pub weight: Array4<T>,
    /// Of its bias, whether it has one or not.
    pub bias: Array1<T>,
}

/// The gradients of [`conv2d`](crate::engine::kernels::conv2d) for the same input, weights, window and groups.
///
/// With `X` the unfolded input of a group, `W` its weights and `G` the gradient of its output: `G · Xᵀ` is that of the weights,
/// and `Wᵀ · G`, folded back, that of the input.
pub fn conv2d<T: Real>(
    input: ArrayView4<T>,
    weight: ArrayView4<T>,
    gradient: ArrayView4<T>,
    window: &Window,
    groups: usize,
    wants_input: bool,
) -> ConvGradients<T> {
    let (batch, channels, height, width) = input.dim();
    let (filters, depth, kernel_height, kernel_width) = weight.dim();
    let axes = Axis::pair(window, [height, width]);
    let positions = axes[0].output * axes[1].output;
    debug_assert_eq!(gradient.dim().0 * gradient.dim().1, batch * filters);
    let problem = Problem {
        axes,
        positions,
        pixels: height * width,
        depth,
        filters: filters / groups,
        groups,
        is_pointwise: kernel_height * kernel_width == 1
            && window.stride == [1, 1]
            && window.padding == [0, 0]
            && positions == height * width,
        wants_input,
    };
    let (inputs, weights, gradients) = (row_major(input), row_major(weight), row_major(gradient));
    let size = batch.div_ceil(PIECES).max(1);
    let pieces: Vec<Range<usize>> = (0..batch)
        .step_by(size)
        .map(|first| first..(first + size).min(batch))
        .collect();
    let piece = |images: &Range<usize>| {
        let of = |each: usize| images.start * each..images.end * each;
        problem.piece(
            &inputs[of(channels * height * width)],
            &weights,
            &gradients[of(filters * positions)],
        )
    };
    let parts: Vec<_> = if weights.len() * positions * batch < ALONE {
        pieces.iter().map(piece).collect()
    } else {
        share(&pieces, piece)
    };
    let mut weight = vec![T::rounded(0.0); weights.len()];
    let mut input = Vec::with_capacity(if wants_input { inputs.len() } else { 0 });
    for (own, weight_part) in parts {
        input.extend(own);
        for (sum, part) in weight.iter_mut().zip(weight_part) {
            *sum += part;
        }
    }
    let mut bias = vec![0.0_f64; filters];
    for (plane, filter) in gradients
        .chunks_exact(positions.max(1))
        .zip((0..filters).cycle())
    {
        bias[filter] += total(plane);
    }
    ConvGradients {
        input: wants_input.then(|| feature_map([batch, channels, height, width], input)),
        weight: feature_map([filters, depth, kernel_height, kernel_width], weight),
        bias: bias.into_iter().map(T::rounded).collect(),
    }
}

/// The sizes of one convolution.
struct Problem {
    axes: [Axis; 2],
    positions: usize,
    pixels: usize,
    /// Input channels of a group.
    depth: usize,
    /// Output channels of a group.
    filters: usize,
    groups: usize,
    is_pointwise: bool,
    wants_input: bool,
}

impl Problem {
    /// The gradients of some images: of their input, and their part in those of the weights.
    fn piece<T: Real>(&self, inputs: &[T], weights: &[T], gradients: &[T]) -> (Vec<T>, Vec<T>) {
        let zero = T::rounded(0.0);
        let mut weight = vec![zero; weights.len()];
        let mut input = vec![zero; if self.wants_input { inputs.len() } else { 0 }];
        if gradients.is_empty() {
            return (input, weight);
        }
        let products = weights.len() / (self.groups * self.filters);
        let read = self.depth * self.pixels;
        let mut scratch = Scratch {
            unfolded: Vec::new(),
            folded: Vec::new(),
        };
        let images = inputs.chunks_exact(read);
        let gradients = gradients.chunks_exact(self.filters * self.positions);
        for (number, (image, gradient)) in images.zip(gradients).enumerate() {
            let group = number % self.groups;
            let of_group = group * self.filters * products..(group + 1) * self.filters * products;
            let into = if self.wants_input {
                &mut input[number * read..][..read]
            } else {
                &mut []
            };
            let own = &weights[of_group.clone()];
            let sum = &mut weight[of_group];
            if self.depth * self.filters <= FEW {
                self.few(image, own, gradient, into, sum);
            } else if self.is_pointwise {
                let matrix = Matrix::whole(gradient, self.filters, self.positions);
                matrix.times_transposed(image, sum, products);
                if self.wants_input {
                    matrix.transposed_weights_times(own, into, products, zero);
                }
            } else {
                self.strips(image, own, gradient, into, sum, &mut scratch);
            }
        }
        (input, weight)
    }

    /// A group of so few products that a matrix does not pay: tap by tap.
    fn few<T: Real>(
        &self,
        image: &[T],
        weights: &[T],
        gradient: &[T],
        input: &mut [T],
        sum: &mut [T],
    ) {
        let taps = self.axes[0].kernel * self.axes[1].kernel;
        let stride = self.axes[1].stride;
        for (filter, gradient) in gradient.chunks_exact(self.positions).enumerate() {
            for channel in 0..self.depth {
                let first = (filter * self.depth + channel) * taps;
                let plane = &image[channel * self.pixels..][..self.pixels];
                runs(self.axes, |tap, output, pixel, count| {
                    let gradient = &gradient[output..][..count];
                    let read = plane[pixel..].iter().step_by(stride);
                    let mut own = T::rounded(0.0);
                    for (&gradient, &pixel) in gradient.iter().zip(read) {
                        own += gradient * pixel;
                    }
                    sum[first + tap] += own;
                });
                if self.wants_input {
                    let plane = &mut input[channel * self.pixels..][..self.pixels];
                    runs(self.axes, |tap, output, pixel, count| {
                        let weight = weights[first + tap];
                        let gradient = &gradient[output..][..count];
                        let read = plane[pixel..].iter_mut().step_by(stride);
                        for (&gradient, pixel) in gradient.iter().zip(read) {
                            *pixel += weight * gradient;
                        }
                    });
                }
            }
        }
    }

    /// A group of one image, as many rows of its output at once as fit into the cache.
    fn strips<T: Real>(
        &self,
        image: &[T],
        weights: &[T],
        gradient: &[T],
        input: &mut [T],
        sum: &mut [T],
        scratch: &mut Scratch<T>,
    ) {
        let [rows, columns] = self.axes;
        let products = weights.len() / self.filters;
        let zero = T::rounded(0.0);
        let strip = (UNFOLDED / (products * columns.output)).clamp(1, rows.output);
        for start in (0..rows.output).step_by(strip) {
            let strip = start..rows.output.min(start + strip);
            let cells = strip.start * columns.output..strip.end * columns.output;
            let size = products * cells.len();
            scratch.unfolded.resize(size, zero);
            unfold(image, self.axes, strip.clone(), &mut scratch.unfolded);
            let matrix = Matrix {
                values: gradient,
                rows: self.filters,
                columns: self.positions,
                part: cells,
            };
            matrix.times_transposed(&scratch.unfolded, sum, products);
            if self.wants_input {
                scratch.folded.resize(size, zero);
                matrix.transposed_weights_times(weights, &mut scratch.folded, products, zero);
                fold(&scratch.folded, self.axes, strip, input);
            }
        }
    }
}

/// Memory that one strip leaves to the next.
struct Scratch<T> {
    unfolded: Vec<T>,
    folded: Vec<T>,
}

const SIZES: &str = "the matrices have the sizes that the problem gave their slices";

/// Some columns of a matrix: the gradient of a group's output.
struct Matrix<'a, T> {
    values: &'a [T],
    rows: usize,
    columns: usize,
    part: Range<usize>,
}

impl<'a, T: Real> Matrix<'a, T> {
    fn whole(values: &'a [T], rows: usize, columns: usize) -> Self {
        Self {
            values,
            rows,
            columns,
            part: 0..columns,
        }
    }

    fn view(&self) -> ArrayView2<'a, T> {
        let whole = ArrayView2::from_shape((self.rows, self.columns), self.values).expect(SIZES);
        whole.slice_move(s![.., self.part.clone()])
    }

    /// Adds this matrix times `other` (products × cells) transposed to `sum` (rows × products).
    fn times_transposed(&self, other: &[T], sum: &mut [T], products: usize) {
        let other = ArrayView2::from_shape((products, self.part.len()), other).expect(SIZES);
        let mut sum = ArrayViewMut2::from_shape((self.rows, products), sum).expect(SIZES);
        let one = T::rounded(1.0);
        general_mat_mul(one, &self.view(), &other.t(), one, &mut sum);
    }

    /// Sets `result` (products × cells) to `weights` (rows × products) transposed times this matrix, plus `keep` times what
    /// was there.
    fn transposed_weights_times(&self, weights: &[T], result: &mut [T], products: usize, keep: T) {
        let weights = ArrayView2::from_shape((self.rows, products), weights).expect(SIZES);
        let shape = (products, self.part.len());
        let mut result = ArrayViewMut2::from_shape(shape, result).expect(SIZES);
        let one = T::rounded(1.0);
        general_mat_mul(one, &weights.t(), &self.view(), keep, &mut result);
    }
}

/// Adds each row of `matrix` to the pixels that [`unfold`] took it from.
fn fold<T: Real>(matrix: &[T], [rows, columns]: [Axis; 2], strip: Range<usize>, image: &mut [T]) {
    let mut lines = matrix.chunks_exact(strip.len() * columns.output);
    for plane in image.chunks_exact_mut(rows.input * columns.input) {
        for ky in 0..rows.kernel {
            let (ys, top) = rows.reach(ky);
            for (kx, line) in (0..columns.kernel).zip(&mut lines) {
                let (xs, left) = columns.reach(kx);
                if xs.is_empty() {
                    continue;
                }
                for (y, cells) in strip.clone().zip(line.chunks_exact(columns.output)) {
                    if !ys.contains(&y) {
                        continue;
                    }
                    let row = (top + (y - ys.start) * rows.stride) * columns.input;
                    let pixels = &mut plane[row..][..columns.input][left..];
                    let cells = &cells[xs.clone()];
                    if columns.stride == 1 {
                        for (pixel, &cell) in pixels.iter_mut().zip(cells) {
                            *pixel += cell;
                        }
                    } else {
                        let pixels = pixels.iter_mut().step_by(columns.stride);
                        for (pixel, &cell) in pixels.zip(cells) {
                            *pixel += cell;
                        }
                    }
                }
            }
        }
    }
}

/// The gradient of weights from that of the same [`standardized`](crate::engine::kernels::standardized).
pub fn standardized<T: Real>(
    weight: ArrayView4<T>,
    gradient: ArrayView4<T>,
    eps: f64,
) -> Array4<T> {
    let filters = weight.dim().0;
    let (values, gradients) = (row_major(weight), row_major(gradient));
    let size = values.len() / filters.max(1);
    let mut output = vec![T::rounded(0.0); values.len()];
    for ((filter, gradient), output) in values
        .chunks_exact(size)
        .zip(gradients.chunks_exact(size))
        .zip(output.chunks_exact_mut(size))
    {
        let count = size as f64;
        let mean = total(filter) / count;
        let from_mean = |w: T| -> f64 { w.into() - mean };
        let variance = filter.iter().map(|&w| from_mean(w).powi(2)).sum::<f64>() / count;
        let factor = 1.0 / (variance + eps).sqrt();
        let mean_gradient = total(gradient) / count;
        let along = filter.iter().zip(gradient);
        let along: f64 = along.map(|(&w, &g)| from_mean(w) * factor * g.into()).sum();
        for ((output, &w), &g) in output.iter_mut().zip(filter).zip(gradient) {
            let g: f64 = g.into();
            let normal = from_mean(w) * factor;
            *output = T::rounded(factor * (g - mean_gradient - normal * along / count));
        }
    }
    let (filters, depth, height, width) = weight.dim();
    feature_map([filters, depth, height, width], output)
}
