//! One layer's way back, with the derivatives of the plain kernels.

use ndarray::{
    Array1, Array4, ArrayD, ArrayView1, ArrayView2, ArrayView4, Axis, CowArray, Ix2, Ix4, s,
};

use crate::engine::kernels::backward::{
    attention, conv, elementwise, group, linear, norm, pool, reshape,
};
use crate::engine::kernels::{Real, standardized};
use crate::engine::{LayerWeights, Mode};
use crate::message;
use crate::network::layer::{BatchNorm2d, Scalar};
use crate::network::{Combine, Conv, Gate, Layer, Norm, Pool, Preprocess, Reshape, Shape};
use crate::text::Message;

/// Reason why a layer never meets the weights of another kind.
const BY_KIND: &str = "weights are loaded by the kind of their layer";

const KEPT: &str = "what the derivative reads was kept";

/// A layer on the way back, with all that is known of it.
pub(super) struct Seen<'a, T> {
    pub(super) layer: &'a Layer,
    pub(super) weights: &'a LayerWeights<T>,
    /// The values that it read, where they were kept.
    pub(super) operands: &'a [Option<&'a ArrayD<T>>],
    /// Shapes of its inputs.
    pub(super) shapes: &'a [Shape],
    /// Its output, where it was kept.
    pub(super) output: Option<&'a ArrayD<T>>,
    pub(super) mode: Mode,
    /// Whether the gradient of its inputs is needed.
    pub(super) wants_operands: bool,
}

/// The gradients of a layer.
pub(super) struct Derived<T> {
    /// Of its inputs, in order; `None` if it is not needed.
    pub(super) operands: Vec<ArrayD<T>>,
    /// Of its learned tensors, in the order of its parameters.
    pub(super) tensors: Vec<ArrayD<T>>,
}

impl<T> Derived<T> {
    fn without_tensors(operand: ArrayD<T>) -> Self {
        Self {
            operands: vec![operand],
            tensors: Vec::new(),
        }
    }
}

/// The reason why a layer has no derivative; `None` where it has one.
pub(super) fn refusal(layer: &Layer, path: &str) -> Option<Message> {
    match layer {
        // Whole numbers from 0 to 255 do not change a little.
        Layer::Picture(picture) => Some(message!(
            "gradient-no-derivative",
            layer = path,
            op = picture.op()
        )),
        Layer::Input { .. }
        | Layer::Preprocess(_)
        | Layer::Conv(_)
        | Layer::Norm(_)
        | Layer::Activation(_)
        | Layer::Scalar(_)
        | Layer::Pool(_)
        | Layer::Combine(_)
        | Layer::Gate(_)
        | Layer::Reshape(_)
        | Layer::Linear(_) => None,
    }
}

impl<T: Real> Seen<'_, T> {
    /// Gradients of the layer's inputs and tensors, from the gradient of its output.
    ///
    /// # Panics
    /// On a layer that [`refusal`] refuses.
    pub(super) fn back(&self, gradient: ArrayD<T>) -> Derived<T> {
        match (self.layer, self.weights) {
            (Layer::Conv(conv), weights) => self.conv(conv, weights, &gradient),
            (Layer::Norm(norm), weights) => self.norm(norm, weights, &gradient),
            (Layer::Linear(_), LayerWeights::Linear { weight, bias }) => {
                let of = linear::linear(vector(self.operand(0)), weight.view(), vector(&gradient));
                let bias = bias.as_ref().map(|_| of.bias.into_dyn());
                Derived {
                    operands: vec![of.input.into_dyn()],
                    tensors: std::iter::once(of.weight.into_dyn()).chain(bias).collect(),
                }
            }
            (Layer::Activation(activation), LayerWeights::Numbers(slopes)) => {
                let derivative = |x, slope| activation.with_slope(slope).derivative(x);
                let (input, slopes) = elementwise::with_slopes(
                    self.operand(0).view(),
                    gradient.view(),
                    slopes.view(),
                    derivative,
                );
                Derived {
                    operands: vec![input],
                    tensors: vec![slopes.into_dyn()],
                }
            }
            (Layer::Activation(activation), _) => {
                let kept = if activation.keeps_output() {
                    self.output.expect(KEPT)
                } else {
                    self.operand(0)
                };
                Derived::without_tensors(elementwise::each(kept.view(), gradient.view(), |x| {
                    activation.derivative(x)
                }))
            }
            (Layer::Scalar(scalar), LayerWeights::Numbers(number)) => {
                self.scalar(*scalar, number[0].into(), gradient)
            }
            (Layer::Combine(combine), _) => Derived {
                operands: self.combined(combine, gradient),
                tensors: Vec::new(),
            },
            _ => Derived::without_tensors(self.weightless(gradient)),
        }
    }

    fn operand(&self, place: usize) -> &ArrayD<T> {
        self.operands[place].expect(KEPT)
    }

    /// Height and width of the first map that it read.
    fn size(&self) -> [usize; 2] {
        let size = self.shapes[0].size().unwrap_or_default();
        size.map(|side| side as usize)
    }

    fn channels(&self) -> usize {
        self.shapes[0].channels() as usize
    }

    fn conv(&self, conv: &Conv, weights: &LayerWeights<T>, gradient: &ArrayD<T>) -> Derived<T> {
        let input = map(self.operand(0));
        match (conv, weights) {
            (Conv::Spatial(settings), LayerWeights::Conv { weight, bias, gain }) => {
                // Without the gains: their gradients are products with these.
                let bare = settings
                    .standardize
                    .map(|own| standardized(weight.view(), own, None));
                let used = match (settings.standardize, gain) {
                    (Some(own), Some(gain)) => {
                        CowArray::from(standardized(weight.view(), own, Some(gain.view())))
                    }
                    _ => CowArray::from(bare.as_ref().unwrap_or(weight).view()),
                };
                let of = conv::conv2d(
                    input,
                    used.view(),
                    map(gradient),
                    &settings.window,
                    settings.groups as usize,
                    self.wants_operands,
                );
                let of_gain = gain.as_ref().zip(bare.as_ref()).map(|(gain, bare)| {
                    let mut of_gain = gain.clone();
                    let filters = of.weight.outer_iter().zip(bare.outer_iter());
                    for (own, (gradient, filter)) in of_gain.iter_mut().zip(filters) {
                        let products = gradient.iter().zip(&filter);
                        let products = products.map(|(&a, &b)| Into::<f64>::into(a) * b.into());
                        *own = T::rounded(products.sum());
                    }
                    of_gain.into_dyn()
                });
                let of_weight = match settings.standardize {
                    Some(own) => {
                        let mut of_unit = of.weight;
                        for (channel, mut filter) in of_unit.outer_iter_mut().enumerate() {
                            let gain = gain.as_ref().map(|gain| gain[[channel, 0, 0, 0]].into());
                            let factor = own.factor(filter.len()) * gain.unwrap_or(1.0);
                            filter.mapv_inplace(|g| T::rounded(Into::<f64>::into(g) * factor));
                        }
                        conv::standardized(weight.view(), of_unit.view(), own.eps)
                    }
                    None => of.weight,
                };
                let bias = bias.as_ref().map(|_| of.bias.into_dyn());
                Derived {
                    operands: of.input.map(Array4::into_dyn).into_iter().collect(),
                    tensors: std::iter::once(of_weight.into_dyn())
                        .chain(bias)
                        .chain(of_gain)
                        .collect(),
                }
            }
            (Conv::Channels { .. }, LayerWeights::ChannelConv { weight }) => {
                let taps = weight.slice(s![0, 0, ..]);
                let (input, taps) = attention::channel_conv(input, taps, map(gradient));
                let taps = taps.insert_axis(Axis(0)).insert_axis(Axis(0));
                Derived {
                    operands: vec![input.into_dyn()],
                    tensors: vec![taps.into_dyn()],
                }
            }
            _ => unreachable!("{BY_KIND}"),
        }
    }

    fn norm(&self, norm: &Norm, weights: &LayerWeights<T>, gradient: &ArrayD<T>) -> Derived<T> {
        let input = self.operand(0);
        match (norm, weights) {
            (Norm::Batch(settings), _) if settings.vectors => {
                // Each feature is a channel of one pixel.
                let pixels = |all: &ArrayD<T>| {
                    let columns = vector(all).insert_axis(Axis(2)).insert_axis(Axis(3));
                    columns.to_owned().into_dyn()
                };
                let of = self.batch_norm(settings, &pixels(input), &pixels(gradient));
                let flat = of.input.index_axis_move(Axis(3), 0);
                let flat = flat.index_axis_move(Axis(2), 0).into_dyn();
                scaled(flat, [of.gamma, of.beta], None)
            }
            (Norm::Batch(settings), _) => {
                let of = self.batch_norm(settings, input, gradient);
                scaled(of.input.into_dyn(), [of.gamma, of.beta], None)
            }
            (Norm::Group(_) | Norm::Instance(_), LayerWeights::Affine { gamma, .. }) => {
                let (groups, eps) = match norm {
                    Norm::Instance(settings) => (settings.features, settings.eps),
                    Norm::Group(settings) => (settings.groups, settings.eps),
                    _ => unreachable!("{BY_KIND}"),
                };
                let groups = groups as usize;
                let of = group::group_norm(map(input), map(gradient), gamma.view(), groups, eps);
                let has_scale = !norm.learned().is_empty();
                let mut derived = scaled(of.input.into_dyn(), [of.gamma, of.beta], None);
                if !has_scale {
                    derived.tensors.clear();
                }
                derived
            }
            (Norm::EvoS0(settings), LayerWeights::Affine { gamma, third, .. }) => {
                let (groups, eps) = (settings.groups as usize, settings.eps);
                let tensors = [gamma.view(), third_of(third.as_ref())];
                let of = group::evo_norm_s0(map(input), map(gradient), tensors, groups, eps);
                let both = [of.norm.gamma, of.norm.beta];
                scaled(of.norm.input.into_dyn(), both, Some(of.third))
            }
            (Norm::FilterResponse { eps, .. }, LayerWeights::Affine { gamma, beta, third }) => {
                let tensors = [gamma.view(), beta.view(), third_of(third.as_ref())];
                let of = group::filter_response_norm(map(input), map(gradient), tensors, *eps);
                let both = [of.norm.gamma, of.norm.beta];
                scaled(of.norm.input.into_dyn(), both, Some(of.third))
            }
            _ => unreachable!("{BY_KIND}"),
        }
    }

    fn batch_norm(
        &self,
        settings: &BatchNorm2d,
        input: &ArrayD<T>,
        gradient: &ArrayD<T>,
    ) -> norm::NormGradients<T> {
        let LayerWeights::Norm {
            gamma, mean, var, ..
        } = self.weights
        else {
            unreachable!("{BY_KIND}")
        };
        let (input, gradient) = (map(input), map(gradient));
        match self.mode {
            Mode::Training => {
                norm::batch_norm_training(input, gradient, gamma.view(), settings.eps)
            }
            Mode::Inference => {
                let tensors = [mean.view(), var.view(), gamma.view()];
                norm::batch_norm_inference(input, gradient, tensors, settings.eps)
            }
        }
    }

    fn scalar(&self, scalar: Scalar, number: f64, gradient: ArrayD<T>) -> Derived<T> {
        let (of_number, of_input) = match scalar {
            Scalar::Scale => (
                elementwise::dot(self.operand(0).view(), gradient.view()),
                elementwise::times(gradient.view(), number),
            ),
            Scalar::Bias => (gradient.iter().map(|&g| g.into()).sum::<f64>(), gradient),
            Scalar::Times { .. } => unreachable!("{BY_KIND}"),
        };
        Derived {
            operands: vec![of_input],
            tensors: vec![Array1::from_elem(1, T::rounded(of_number)).into_dyn()],
        }
    }

    fn combined(&self, combine: &Combine, gradient: ArrayD<T>) -> Vec<ArrayD<T>> {
        match combine {
            Combine::Add => vec![gradient.clone(), gradient],
            Combine::Multiply => {
                let (input, gate) = (map(self.operand(0)), map(self.operand(1)));
                let both = attention::multiply(input, gate, map(&gradient));
                both.map(Array4::into_dyn).into()
            }
            Combine::Concat { .. } => {
                let mut start = 0;
                let parts = self.shapes.iter().map(|shape| {
                    let own = start..start + shape.channels() as usize;
                    start = own.end;
                    let part = map(&gradient).slice(s![.., own, .., ..]).to_owned();
                    part.into_dyn()
                });
                parts.collect()
            }
            Combine::RadixWeightedSum { radix } => {
                let (maps, shares) = (map(self.operand(0)), map(self.operand(1)));
                let radix = *radix as usize;
                let both = attention::radix_weighted_sum(maps, shares, map(&gradient), radix);
                both.map(Array4::into_dyn).into()
            }
        }
    }

    /// A layer that reads one tensor and has nothing to learn.
    fn weightless(&self, gradient: ArrayD<T>) -> ArrayD<T> {
        let of = || map(&gradient);
        let size = self.size();
        let output = match self.layer {
            Layer::Preprocess(Preprocess::Scale { divisor }) => {
                return elementwise::times(gradient.view(), 1.0 / f64::from(*divisor));
            }
            Layer::Preprocess(Preprocess::Standardize { std, .. }) => {
                elementwise::standardize(of(), std)
            }
            Layer::Pool(pool) => match pool {
                Pool::Max(window) => pool::max_pool(map(self.operand(0)), of(), window),
                Pool::Average {
                    window,
                    count_include_pad,
                } => pool::avg_pool(of(), size, window, *count_include_pad),
                Pool::Blur { kernel, stride } => {
                    pool::blur_pool(of(), size, *kernel as usize, *stride as usize)
                }
                Pool::Global | Pool::Along(_) => pool::mean(of(), size),
                Pool::MeanDeviation { axis, eps } => {
                    pool::mean_deviation(map(self.operand(0)), of(), *axis, *eps)
                }
            },
            Layer::Gate(Gate::RadixSum { radix }) => attention::radix_sum(of(), *radix as usize),
            Layer::Gate(Gate::RadixSoftmax { radix, groups }) => {
                let (radix, groups) = (*radix as usize, *groups as usize);
                attention::radix_softmax(map(self.output.expect(KEPT)), of(), radix, groups)
            }
            Layer::Reshape(Reshape::Dropout { .. }) => return gradient,
            Layer::Scalar(Scalar::Times { factor }) => {
                return elementwise::times(gradient.view(), *factor);
            }
            Layer::Reshape(Reshape::Flatten) => return self.unflattened(&gradient),
            Layer::Reshape(reshape) => self.moved(reshape, of()),
            Layer::Input { .. }
            | Layer::Picture(_)
            | Layer::Conv(_)
            | Layer::Norm(_)
            | Layer::Activation(_)
            | Layer::Scalar(_)
            | Layer::Combine(_)
            | Layer::Linear(_) => unreachable!("done or refused before"),
        };
        output.into_dyn()
    }

    #[allow(
        clippy::needless_pass_by_value,
        reason = "a view is a pointer with its strides, and `Copy`"
    )]
    fn moved(&self, reshape: &Reshape, gradient: ArrayView4<'_, T>) -> Array4<T> {
        let (size, channels) = (self.size(), self.channels());
        match reshape {
            Reshape::ConstantPad2d { before, .. } => reshape::constant_pad(gradient, size, *before),
            Reshape::PadShortcut {
                stride,
                channels: out,
                zeros,
            } => {
                let front = zeros.before(out - channels as u64) as usize;
                let stride = stride.map(|n| n as usize);
                reshape::pad_shortcut(gradient, stride, (channels, size), front)
            }
            Reshape::Slice { start, .. } => reshape::slice(gradient, *start as usize, channels),
            Reshape::SpaceToDepth { block, order } => {
                reshape::space_to_depth(gradient, *block, *order)
            }
            Reshape::PixelShuffle { block } => reshape::pixel_shuffle(gradient, *block as usize),
            Reshape::Flatten | Reshape::Dropout { .. } => gradient.to_owned(),
        }
    }

    fn unflattened(&self, gradient: &ArrayD<T>) -> ArrayD<T> {
        let mut shape = vec![gradient.shape()[0], self.channels()];
        if let Shape::Map { size, .. } = self.shapes[0] {
            shape.extend(size.map(|side| side as usize));
        }
        let values = gradient.iter().copied().collect();
        ArrayD::from_shape_vec(shape, values).expect("as many values as before")
    }
}

fn scaled<T>(
    input: ArrayD<T>,
    [gamma, beta]: [Array1<T>; 2],
    third: Option<Array1<T>>,
) -> Derived<T> {
    Derived {
        operands: vec![input],
        tensors: [Some(gamma), Some(beta), third]
            .into_iter()
            .flatten()
            .map(Array1::into_dyn)
            .collect(),
    }
}

fn third_of<T: Real>(third: Option<&Array1<T>>) -> ArrayView1<'_, T> {
    third.expect(BY_KIND).view()
}

/// A feature map: batch × channels × height × width.
fn map<T: Real>(tensor: &ArrayD<T>) -> ArrayView4<'_, T> {
    tensor
        .view()
        .into_dimensionality::<Ix4>()
        .expect("legality: the layer reads a feature map")
}

/// Vectors: batch × features.
fn vector<T: Real>(tensor: &ArrayD<T>) -> ArrayView2<'_, T> {
    tensor
        .view()
        .into_dimensionality::<Ix2>()
        .expect("legality: the layer reads a vector")
}
