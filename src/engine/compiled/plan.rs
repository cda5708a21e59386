//! The execution plan: fuses layers into steps.

use std::ops::Range;

use super::choices::Choices;
use super::each::Function;
use super::method::{Choice, Method, method};
use super::turns::{self, Turn};
use crate::kernels::geometry::Geometry;
use crate::network::{
    Activation, Combine, Conv, Gate, Layer, LayerId, Network, Norm, Pool, Preprocess, Reshape,
    Shape, Shapes, Stage,
};

/// A map between two steps.
#[derive(Debug, Clone, Copy)]
pub(super) struct Value {
    pub(super) at: Geometry,
}

/// One step of a pass: layers that are computed together.
#[derive(Debug, Clone)]
pub(super) struct Op {
    /// Layers in order: a convolution, its normalisation, an addition, a ReLU.
    pub(super) layers: Vec<LayerId>,
    pub(super) kind: Kind,
    /// Values that the step reads.
    pub(super) inputs: Vec<usize>,
    /// Value that is added at the end.
    pub(super) residual: Option<usize>,
    pub(super) output: usize,
    pub(super) relu: bool,
    /// Images that the step does at a time.
    pub(super) images: usize,
}

/// Operation of a step.
#[derive(Debug, Clone)]
pub(super) enum Kind {
    /// Copies the input into its place, preprocessed: scale and shift per channel.
    Input(Vec<[f32; 2]>),
    /// A convolution and the normalisation after it.
    Conv {
        norm: Option<LayerId>,
        method: Method,
        choice: Choice,
    },
    /// A linear layer, or a 1×1 convolution of one pixel, and the normalisation after it.
    Dot {
        norm: Option<LayerId>,
    },
    MaxPool,
    MeanPool,
    MeanAll,
    Blur,
    /// A batch normalisation alone, or a ReLU alone.
    Affine {
        norm: Option<LayerId>,
    },
    /// An activation other than ReLU, or a layer of one number.
    Each(Function),
    /// A normalisation over each image.
    ImageNorm,
    /// A product with a gate, a sum, or both.
    Combine {
        gate: bool,
    },
    RadixSum(usize),
    WeightedSum(usize),
    /// Channels picked from maps.
    Gather {
        sources: Vec<Option<(usize, usize)>>,
        stride: [usize; 2],
        offset: [usize; 2],
    },
    /// The plain kernel of its layer, on copies in PyTorch's order, for layers without a faster kernel.
    Plain,
}

/// All steps and all values.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) values: Vec<Value>,
    pub(super) ops: Vec<Op>,
    /// Output value of each layer, if it has one of its own.
    pub(super) value_of: Vec<Option<usize>>,
    /// Output value of the network; `None` for a part of a network whose paths have not joined.
    pub(super) output: Option<usize>,
}

impl Plan {
    /// Runs of steps that do as many images at a time, with this number.
    pub(super) fn parts(&self) -> Vec<(Range<usize>, usize)> {
        let mut parts: Vec<(Range<usize>, usize)> = Vec::new();
        for (step, op) in self.ops.iter().enumerate() {
            match parts.last_mut() {
                Some((steps, images)) if *images == op.images => steps.end = step + 1,
                _ => parts.push((step..step + 1, op.images)),
            }
        }
        parts
    }

    /// Turns of a pass over `batch` images, in order.
    pub(super) fn turns(&self, batch: usize) -> Vec<Turn> {
        let parts = self.parts().into_iter();
        let turns = parts.flat_map(|(steps, images)| {
            (0..batch).step_by(images).map(move |first| Turn {
                steps: steps.clone(),
                images: first..first + images,
            })
        });
        turns.collect()
    }
}

struct Builder<'a> {
    network: &'a Network,
    shapes: &'a Shapes,
    choices: Choices,
    plan: Plan,
    /// Output value of each layer.
    value_of: Vec<Option<usize>>,
    /// Whether each layer belongs to a step.
    done: Vec<bool>,
    /// Images that the last step does at a time.
    images: usize,
}

/// Plans a legal network.
pub(super) fn plan(network: &Network, shapes: &Shapes, choices: Choices) -> Option<Plan> {
    let mut builder = Builder {
        network,
        shapes,
        choices,
        plan: Plan {
            values: Vec::new(),
            ops: Vec::new(),
            value_of: Vec::new(),
            output: None,
        },
        value_of: vec![None; network.len()],
        done: vec![false; network.len()],
        images: 1,
    };
    for id in network.ids() {
        if !builder.done[id.index()] {
            builder.step(id)?;
        }
    }
    builder.plan.output = network
        .sink()
        .and_then(|sink| builder.value_of[sink.index()]);
    builder.borders();
    builder.plan.value_of = builder.value_of;
    Some(builder.plan)
}

impl Builder<'_> {
    fn layer(&self, id: LayerId) -> &Layer {
        &self.network[id].layer
    }

    fn sizes(&self, id: LayerId) -> Option<[usize; 3]> {
        Some(match self.shapes[id]? {
            Shape::Map {
                channels,
                size: [height, width],
            } => [channels, height, width].map(|n| n as usize),
            Shape::Vector { features } => [features as usize, 1, 1],
        })
    }

    /// Creates a value of the shape of layer `id`'s output.
    fn value(&mut self, id: LayerId) -> Option<usize> {
        let at = Geometry::blocked(self.choices.images, self.sizes(id)?);
        self.plan.values.push(Value { at });
        Some(self.plan.values.len() - 1)
    }

    /// Images that a step which begins with `id` does at a time: never fewer than the step before.
    fn at_a_time(&self, id: LayerId, operands: &[usize]) -> Option<usize> {
        let batch = self.choices.images;
        if self.choices.each_layer {
            return Some(batch);
        }
        let read = operands
            .iter()
            .map(|&value| self.plan.values[value].at.image());
        let written = Geometry::blocked(1, self.sizes(id)?).len();
        let own = turns::at_a_time(
            [batch, self.choices.resident],
            read.sum::<usize>() + written,
            self.layer(id),
        );
        Some(own.max(self.images))
    }

    /// The layer that alone reads the output of `id`.
    fn only_user(&self, id: LayerId) -> Option<LayerId> {
        match self.network.users(id)[..] {
            [user] => Some(user),
            _ => None,
        }
    }

    /// Takes the only user of the last layer into a step, if it is of the wanted kind.
    fn absorb(
        &mut self,
        layers: &mut Vec<LayerId>,
        wanted: impl Fn(&Layer) -> bool,
    ) -> Option<LayerId> {
        let user = self.only_user(*layers.last()?)?;
        if self.choices.each_layer || !wanted(self.layer(user)) || self.done[user.index()] {
            return None;
        }
        self.done[user.index()] = true;
        layers.push(user);
        Some(user)
    }

    /// Takes in an addition whose other operand is already computed.
    fn absorb_add(&mut self, layers: &mut Vec<LayerId>) -> Option<usize> {
        let last = *layers.last()?;
        let user = self.only_user(last)?;
        let operands = self.network.inputs(user);
        let other = *operands.iter().find(|operand| **operand != last)?;
        let residual = self.value_of[other.index()]?;
        self.absorb(layers, |layer| {
            matches!(layer, Layer::Combine(Combine::Add))
        })?;
        Some(residual)
    }

    fn absorb_relu(&mut self, layers: &mut Vec<LayerId>) -> bool {
        self.absorb(layers, |layer| {
            matches!(layer, Layer::Activation(Activation::Relu))
        })
        .is_some()
    }

    /// Plans the step that begins with `id`.
    fn step(&mut self, id: LayerId) -> Option<()> {
        self.done[id.index()] = true;
        let mut layers = vec![id];
        let operands: Vec<usize> = self
            .network
            .inputs(id)
            .into_iter()
            .map(|operand| self.value_of[operand.index()])
            .collect::<Option<_>>()?;
        let sizes = match operands.first() {
            Some(&value) => {
                let at = self.plan.values[value].at;
                [at.channels, at.height, at.width]
            }
            None => self.sizes(id)?,
        };
        let passes_through = match self.layer(id) {
            // A map of one pixel and a vector have the same layout.
            Layer::Reshape(Reshape::Flatten) => sizes[1] * sizes[2] == 1,
            Layer::Reshape(Reshape::Dropout { .. }) => true,
            _ => false,
        };
        if passes_through {
            self.value_of[id.index()] = operands.first().copied();
            return Some(());
        }
        self.images = self.at_a_time(id, &operands)?;
        let (kind, residual) = self.kind(&mut layers, &operands, sizes);
        let relu = match kind {
            Kind::Conv { .. } | Kind::Dot { .. } | Kind::Combine { .. } => {
                self.absorb_relu(&mut layers)
            }
            Kind::ImageNorm if matches!(self.layer(id), Layer::Norm(norm) if !norm.activates()) => {
                self.absorb_relu(&mut layers)
            }
            Kind::Affine { norm } => norm.is_none() || self.absorb_relu(&mut layers),
            _ => false,
        };
        let last = *layers.last()?;
        let output = self.value(last)?;
        self.value_of[last.index()] = Some(output);
        let inputs = match kind {
            Kind::Combine { gate: false } => operands[..1].to_vec(),
            _ => operands,
        };
        self.plan.ops.push(Op {
            layers,
            kind,
            inputs,
            residual,
            output,
            relu,
            images: self.images,
        });
        Some(())
    }

    /// Operation of the step that begins with the only one of `layers`, and the value it adds at the end; takes in further
    /// layers that it can compute. Its first operand has `sizes`: channels, height, width.
    #[expect(clippy::too_many_lines, reason = "one arm for each layer")]
    fn kind(
        &mut self,
        layers: &mut Vec<LayerId>,
        operands: &[usize],
        sizes: [usize; 3],
    ) -> (Kind, Option<usize>) {
        let mut residual = None;
        let kind = match self.layer(layers[0]).clone() {
            Layer::Input { channels, .. } => self.input(layers, channels as usize),
            Layer::Conv(Conv::Spatial(conv)) => {
                let norm =
                    self.absorb(layers, |layer| matches!(layer, Layer::Norm(Norm::Batch(_))));
                let one = conv.groups == 1
                    && sizes[1] * sizes[2] == 1
                    && conv.window.kernel == [1, 1]
                    && conv.window.padding == [0, 0];
                if one {
                    Kind::Dot { norm }
                } else {
                    residual = self.absorb_add(layers);
                    let (method, choice) =
                        method(&conv, sizes, self.choices.at_a_time(self.images));
                    Kind::Conv {
                        norm,
                        method,
                        choice,
                    }
                }
            }
            Layer::Linear(_) => Kind::Dot {
                norm: self.absorb(layers, |layer| matches!(layer, Layer::Norm(Norm::Batch(_)))),
            },
            Layer::Norm(norm) if norm.has_running_statistics() => Kind::Affine {
                norm: Some(layers[0]),
            },
            Layer::Activation(Activation::Relu) => Kind::Affine { norm: None },
            Layer::Activation(function) => Kind::Each(Function::Activation(function)),
            Layer::Scalar(scalar) => Kind::Each(Function::Scalar(scalar)),
            Layer::Norm(_) => Kind::ImageNorm,
            Layer::Combine(Combine::Add) => {
                residual = operands.get(1).copied();
                Kind::Combine { gate: false }
            }
            Layer::Combine(Combine::Multiply) => {
                residual = self.absorb_add(layers);
                Kind::Combine { gate: true }
            }
            Layer::Pool(Pool::Max(_)) => Kind::MaxPool,
            Layer::Pool(Pool::Average { .. }) => Kind::MeanPool,
            Layer::Pool(Pool::Global) => Kind::MeanAll,
            Layer::Pool(Pool::Blur { .. }) => Kind::Blur,
            Layer::Gate(Gate::RadixSum { radix })
                if (sizes[0] as u64 / radix).is_multiple_of(16) =>
            {
                Kind::RadixSum(radix as usize)
            }
            Layer::Combine(Combine::RadixWeightedSum { radix })
                if (sizes[0] as u64 / radix).is_multiple_of(16) =>
            {
                Kind::WeightedSum(radix as usize)
            }
            Layer::Reshape(Reshape::Slice { start, channels }) => {
                gather((start..start + channels).map(|c| Some((0, c as usize))))
            }
            Layer::Combine(Combine::Concat { .. }) => {
                let channels = |value: &usize| self.plan.values[*value].at.channels;
                gather(
                    operands
                        .iter()
                        .enumerate()
                        .flat_map(|(map, value)| (0..channels(value)).map(move |c| Some((map, c)))),
                )
            }
            Layer::Reshape(Reshape::PadShortcut {
                stride,
                channels,
                zeros,
            }) => {
                let before = zeros.before(channels - sizes[0] as u64) as usize;
                let sources = (0..channels as usize).map(|c| {
                    c.checked_sub(before)
                        .filter(|c| *c < sizes[0])
                        .map(|c| (0, c))
                });
                Kind::Gather {
                    sources: sources.collect(),
                    stride: stride.map(|n| n as usize),
                    offset: [0; 2],
                }
            }
            Layer::Reshape(Reshape::ConstantPad2d { before, .. }) => {
                let sources = (0..sizes[0]).map(|c| Some((0, c))).collect();
                Kind::Gather {
                    sources,
                    stride: [1; 2],
                    offset: before.map(|n| n as usize),
                }
            }
            Layer::Picture(_)
            | Layer::Preprocess(_)
            | Layer::Conv(Conv::Channels { .. })
            | Layer::Combine(Combine::RadixWeightedSum { .. })
            | Layer::Gate(_)
            | Layer::Pool(Pool::Along(_) | Pool::MeanDeviation { .. })
            | Layer::Reshape(
                Reshape::SpaceToDepth { .. }
                | Reshape::PixelShuffle { .. }
                | Reshape::Flatten
                | Reshape::Dropout { .. },
            ) => Kind::Plain,
        };
        (kind, residual)
    }

    /// The input, with the preprocessing after it as a scale and a shift.
    fn input(&mut self, layers: &mut Vec<LayerId>, channels: usize) -> Kind {
        let mut each = vec![[1.0_f64, 0.0]; channels];
        while let Some(id) = self.only_user(layers[layers.len() - 1]) {
            if self.choices.each_layer || self.network[id].scope.stage != Stage::Preprocess {
                break;
            }
            self.preprocess(id, &mut each);
            self.done[id.index()] = true;
            layers.push(id);
        }
        Kind::Input(rounded(&each))
    }

    /// Adds preprocessing layer `id` to each channel's scale and shift.
    fn preprocess(&self, id: LayerId, each: &mut [[f64; 2]]) {
        for (channel, [scale, shift]) in each.iter_mut().enumerate() {
            match self.layer(id) {
                Layer::Preprocess(Preprocess::Scale { divisor }) => {
                    *scale /= f64::from(*divisor);
                    *shift /= f64::from(*divisor);
                }
                Layer::Preprocess(Preprocess::Standardize { mean, std }) => {
                    let [mean, std] = [mean[channel], std[channel]].map(f64::from);
                    *scale /= std;
                    *shift = (*shift - mean) / std;
                }
                _ => {}
            }
        }
    }
}

fn rounded(each: &[[f64; 2]]) -> Vec<[f32; 2]> {
    each.iter().map(|each| each.map(|x| x as f32)).collect()
}

fn gather(sources: impl Iterator<Item = Option<(usize, usize)>>) -> Kind {
    Kind::Gather {
        sources: sources.collect(),
        stride: [1; 2],
        offset: [0; 2],
    }
}

impl Builder<'_> {
    /// Gives each value the border that its readers need, and the input the planes that all its readers can read.
    fn borders(&mut self) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::isa::Isa;
    use crate::lower::{Overrides, open};
    use crate::network::check;

    fn parts(name: &str, batch: usize) -> Vec<(Range<usize>, usize)> {
        let model = open(name, &Overrides::default()).unwrap();
        let (shapes, _) = check::shapes(&model.network);
        let choices = Choices::plain(batch, Isa::Portable);
        plan(&model.network, &shapes, choices).unwrap().parts()
    }

    #[test]
    fn a_pass_begins_image_by_image_and_ends_with_the_whole_batch() {
        let of = |batch| -> Vec<usize> {
            let parts = parts("resnet50", batch);
            assert!(
                parts
                    .windows(2)
                    .all(|pair| pair[0].0.end == pair[1].0.start)
            );
            parts.into_iter().map(|(_, images)| images).collect()
        };
        assert_eq!(of(1), [1]);
        assert_eq!(of(8), [1, 2, 4, 8]);
        // Seven images have no equal parts of two.
        assert_eq!(of(7), [1, 7]);
        // The maps of small images stay in a cache.
        assert_eq!(parts("resnet20_cifar", 8).len(), 1);
    }

    #[test]
    fn each_image_has_its_turn_once_in_each_step() {
        let model = open("resnet50", &Overrides::default()).unwrap();
        let (shapes, _) = check::shapes(&model.network);
        let choices = Choices::plain(6, Isa::Portable);
        let plan = plan(&model.network, &shapes, choices).unwrap();
        let mut seen = vec![Vec::new(); plan.ops.len()];
        for turn in plan.turns(6) {
            for step in turn.steps {
                seen[step].extend(turn.images.clone());
            }
        }
        assert!(seen.iter().all(|images| images.iter().copied().eq(0..6)));
    }
}
