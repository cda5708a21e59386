//! Convolution as a matrix product.

use super::axis::{Axis, sweep};
use super::{Real, feature_map, row_major};
use crate::network::Window;
use crate::network::layer::Standardize;
use ndarray::linalg::general_mat_mul;
use ndarray::{Array4, ArrayD, ArrayView1, ArrayView2, ArrayView4, ArrayViewMut2, Ix4, s};
use std::ops::Range;

/// Maximum values of the unfolded input held at once: 1 MB stays in the cache until it is multiplied. Measured from 2^16 to
/// 2^22.
pub(super) const UNFOLDED: usize = 1 << 18;

/// Weights per tap up to which a matrix product would spend more time on packing than on multiplying.
pub(super) const FEW: usize = 4;

/// Cross-correlation with learned weights, as `torch.nn.functional.conv2d`.
///
/// `y[n,o,i,j] = bias[o] + Σ_c,ky,kx weight[o,c,ky,kx] · x[n, g·C/groups + c, i·sy + ky·dy − py, j·sx + kx·dx − px]`, where
/// `g` is the group of output channel `o` and `x` is zero outside the input.
///
/// Shapes: input (N, C, H, W), weight (O, C/groups, KH, KW) with the window's kernel, bias (O); output (N, O, OH, OW) by
/// [`Window::output`]. `groups` divides C and O. Asserted in debug builds only.
///
/// Per image and group the input is unfolded into a matrix (Chellapilla et al. 2006, "im2col") and multiplied; a 1×1
/// convolution with stride 1 needs no unfolding, a depth-wise one no matrix.
pub fn conv2d<T: Real>(
    input: ArrayView4<T>,
    weight: ArrayView4<T>,
    bias: Option<ArrayView1<T>>,
    window: &Window,
    groups: usize,
) -> Array4<T> {
    let (batch, channels, height, width) = input.dim();
    let (filters, depth, kernel_height, kernel_width) = weight.dim();
    let axes @ [rows, columns] = Axis::pair(window, [height, width]);
    debug_assert_eq!(
        depth * groups,
        channels,
        "input channels of {groups} groups"
    );
    debug_assert_eq!(filters % groups, 0, "{filters} filters in {groups} groups");
    debug_assert_eq!([kernel_height, kernel_width], [rows.kernel, columns.kernel]);
    debug_assert!(bias.is_none_or(|bias| bias.len() == filters));

    let shape = [batch, filters, rows.output, columns.output];
    let positions = rows.output * columns.output;
    let mut output = vec![T::rounded(0.0); batch * filters * positions];
    if output.is_empty() || input.is_empty() {
        return feature_map(shape, output);
    }
    if let Some(bias) = bias {
        for (plane, value) in output.chunks_exact_mut(positions).zip(bias.iter().cycle()) {
            plane.fill(*value);
        }
    }

    let (input, weight) = (row_major(input), row_major(weight));
    let group_filters = filters / groups;
    let taps = kernel_height * kernel_width;
    let products = depth * taps;
    let pointwise = taps == 1 && window.stride == [1, 1] && window.padding == [0, 0];
    let mut unfolded = Vec::new();
    // Image by image and group by group, input, output and (repeating) weights lie one after the other.
    let images = input.chunks_exact(depth * height * width);
    let outputs = output.chunks_exact_mut(group_filters * positions);
    let weights = weight.chunks_exact(group_filters * products).cycle();
    for ((image, output), weight) in images.zip(outputs).zip(weights) {
        if depth * group_filters <= FEW {
            for (filter, output) in weight
                .chunks_exact(products)
                .zip(output.chunks_exact_mut(positions))
            {
                for (taps, plane) in filter
                    .chunks_exact(taps)
                    .zip(image.chunks_exact(height * width))
                {
                    sweep(plane, output, axes, |tap, sum, pixel| {
                        *sum += taps[tap] * pixel;
                    });
                }
            }
        } else if pointwise {
            multiply_add(weight, image, output, products, 0..positions);
        } else {
            let strip = (UNFOLDED / (products * columns.output)).clamp(1, rows.output);
            for start in (0..rows.output).step_by(strip) {
                let strip = start..rows.output.min(start + strip);
                let cells = strip.start * columns.output..strip.end * columns.output;
                unfolded.resize(products * cells.len(), T::rounded(0.0));
                unfold(image, axes, strip, &mut unfolded);
                multiply_add(weight, &unfolded, output, products, cells);
            }
        }
    }
    feature_map(shape, output)
}

/// The weights of each output channel brought to mean 0 and variance 1: `(w − mean) / √(var + eps)`, the biased variance
/// over in × height × width (Qiao et al. 2019), as timm's `StdConv2d`; where it is scaled, times `gamma / √count` and the channel's
/// `gain` (O, 1, 1, 1), as timm's `ScaledStdConv2d` (Brock et al. 2021).
pub fn standardized<T: Real>(
    weight: ArrayView4<T>,
    settings: Standardize,
    gain: Option<ArrayView4<T>>,
) -> Array4<T> {
    let mut output = weight.to_owned();
    for (channel, mut filter) in output.outer_iter_mut().enumerate() {
        let own: f64 = gain.map_or(1.0, |gain| gain[[channel, 0, 0, 0]].into());
        let count = filter.len() as f64;
        let mean = filter.iter().map(|&w| w.into()).sum::<f64>() / count;
        let from_mean = |&w: &T| {
            let w: f64 = w.into();
            (w - mean).powi(2)
        };
        let variance = filter.iter().map(from_mean).sum::<f64>() / count;
        let scale = own * settings.factor(filter.len());
        let factor = scale / (variance + settings.eps).sqrt();
        filter.mapv_inplace(|w| {
            let w: f64 = w.into();
            T::rounded((w - mean) * factor)
        });
    }
    output
}

/// The same without gains of a tensor of any source, calculated in f64; one that is no convolution's stays as it is.
pub fn standardized_tensor(weight: ArrayD<f32>, settings: Standardize) -> ArrayD<f32> {
    match weight.mapv(f64::from).into_dimensionality::<Ix4>() {
        Ok(kernels) => standardized(kernels.view(), settings, None)
            .mapv(|w| w as f32)
            .into_dyn(),
        Err(_) => weight,
    }
}

/// Reason why matrices of slices cannot fail.
const SIZES: &str = "the matrices have the sizes that conv2d gave their slices";

/// Adds `weight` (filters × products) times `input` (products × cells) to the columns `cells` of `output`.
fn multiply_add<T: Real>(
    weight: &[T],
    input: &[T],
    output: &mut [T],
    products: usize,
    cells: Range<usize>,
) {
    let filters = weight.len() / products;
    let whole = output.len() / filters;
    let weight = ArrayView2::from_shape((filters, products), weight).expect(SIZES);
    let input = ArrayView2::from_shape((products, cells.len()), input).expect(SIZES);
    let mut output = ArrayViewMut2::from_shape((filters, whole), output).expect(SIZES);
    general_mat_mul(
        T::rounded(1.0),
        &weight,
        &input,
        T::rounded(1.0),
        &mut output.slice_mut(s![.., cells]),
    );
}

/// Fills `matrix` with a row per channel and tap: the tap's inputs for the output rows `strip`, zero in the padding.
pub(super) fn unfold<T: Real>(
    image: &[T],
    [rows, columns]: [Axis; 2],
    strip: Range<usize>,
    matrix: &mut [T],
) {
    let mut lines = matrix.chunks_exact_mut(strip.len() * columns.output);
    for plane in image.chunks_exact(rows.input * columns.input) {
        for ky in 0..rows.kernel {
            let (ys, top) = rows.reach(ky);
            for (kx, line) in (0..columns.kernel).zip(&mut lines) {
                let (xs, left) = columns.reach(kx);
                for (y, cells) in strip.clone().zip(line.chunks_exact_mut(columns.output)) {
                    if !ys.contains(&y) {
                        cells.fill(T::rounded(0.0));
                        continue;
                    }
                    let row = &plane[(top + (y - ys.start) * rows.stride) * columns.input..]
                        [..columns.input];
                    cells[..xs.start].fill(T::rounded(0.0));
                    cells[xs.end..].fill(T::rounded(0.0));
                    let cells = &mut cells[xs.clone()];
                    if columns.stride == 1 {
                        cells.copy_from_slice(&row[left..][..cells.len()]);
                    } else {
                        for (cell, pixel) in cells
                            .iter_mut()
                            .zip(row[left..].iter().step_by(columns.stride))
                        {
                            *cell = *pixel;
                        }
                    }
                }
            }
        }
    }
}
