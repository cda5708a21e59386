//! Formula of one value, from a layer and a pass: the operands that its kernel reads, by the kernel's own definition.

mod moves;
mod norm;
mod picture;
mod sums;

use super::{Formula, Read, Sum};
use crate::engine::value_trace::Cell;
use crate::engine::{LayerWeights, Session};
use crate::network::layer::Scalar;
use crate::network::{
    Activation, Combine, Conv, Gate, Layer, LayerId, Picture, Pool, Preprocess, Reshape, Window,
};

/// Formula of one value of layer `id`; `None` if one of its operands is not there.
pub(in crate::engine::value_trace) fn of(
    session: &Session,
    id: LayerId,
    cell: Cell,
) -> Option<Formula> {
    if session.is_muted(id, cell.channel) {
        return Some(Formula::Zero("value-zeroed-channel"));
    }
    let cell = session.before_reversal(id, cell);
    let reader = Reader {
        session,
        id,
        inputs: session.network().inputs(id).to_vec(),
        cell,
    };
    if session.passes_through(id) && !reader.inputs.is_empty() {
        return reader.read(0, cell).map(Formula::Copy);
    }
    reader.formula()
}

struct Reader<'s> {
    session: &'s Session,
    id: LayerId,
    inputs: Vec<LayerId>,
    cell: Cell,
}

impl Reader<'_> {
    /// Value of operand `operand` at a cell.
    fn read(&self, operand: usize, cell: Cell) -> Option<Read> {
        let layer = *self.inputs.get(operand)?;
        let dimensions = self.session.value(layer)?.ndim();
        let value = self.session.number(layer, &cell.index(dimensions))?;
        let is_live = !self.session.is_silenced(self.id, operand);
        Some(Read {
            layer,
            cell,
            value: if is_live { value } else { 0.0 },
            is_live,
        })
    }

    /// Value of the first operand at this cell.
    fn here(&self) -> Option<Read> {
        self.read(0, self.cell)
    }

    /// Shape of the first operand, with its batch.
    fn shape(&self) -> Option<Vec<usize>> {
        Some(self.session.value(*self.inputs.first()?)?.shape().to_vec())
    }

    /// The same cell in another channel.
    fn in_channel(&self, channel: usize) -> Cell {
        Cell {
            channel,
            ..self.cell
        }
    }

    #[allow(clippy::too_many_lines, reason = "an arm a layer, and no arm is long")]
    fn formula(&self) -> Option<Formula> {
        let network = self.session.network();
        let weights = self.session.weights().of(self.id);
        let channel = self.cell.channel;
        Some(match &network[self.id].layer {
            Layer::Input { .. } => {
                let dimensions = self.session.value(self.id)?.ndim();
                let index = self.cell.index(dimensions);
                Formula::Image(self.session.number(self.id, &index)?)
            }
            Layer::Picture(Picture::Grayscale) => self.grayscale()?,
            Layer::Picture(Picture::Resize { filter, .. }) => self.resized(*filter)?,
            Layer::Picture(Picture::CenterCrop { size }) => self.cropped(*size)?,
            Layer::Picture(Picture::RgbToBgr) => {
                let last = self.shape()?[1].checked_sub(1)?;
                Formula::Copy(self.read(0, self.in_channel(last - channel))?)
            }
            Layer::Preprocess(Preprocess::Scale { divisor }) => Formula::Scale {
                read: self.here()?,
                divisor: f64::from(*divisor),
            },
            Layer::Preprocess(Preprocess::Standardize { mean, std }) => Formula::Standardize {
                read: self.here()?,
                mean: f64::from(*mean.get(channel)?),
                std: f64::from(*std.get(channel)?),
            },
            Layer::Conv(Conv::Spatial(conv)) => {
                let LayerWeights::Conv { weight, bias, gain } = weights else {
                    return None;
                };
                let weight = match conv.standardize {
                    Some(settings) => {
                        let gain = gain.as_ref().map(|gain| gain[[channel, 0, 0, 0]]);
                        norm::standardized(weight, channel, settings, gain)
                    }
                    None => weight
                        .index_axis(ndarray::Axis(0), channel)
                        .mapv(f64::from)
                        .insert_axis(ndarray::Axis(0)),
                };
                let depth = (conv.in_channels / conv.groups) as usize;
                let group = channel / (conv.out_channels / conv.groups) as usize;
                let first = group * depth;
                let weight_of = |[c, y, x]: [usize; 3]| weight[[0, c, y, x]];
                let bias = bias.as_ref().map(|bias| f64::from(bias[channel]));
                let sum = self.window_sum(&conv.window, first..first + depth, &weight_of)?;
                Formula::Sum(Sum { bias, ..sum })
            }
            Layer::Linear(_) => self.linear(weights)?,
            Layer::Conv(Conv::Channels { .. }) => self.channel_conv(weights)?,
            Layer::Norm(norm) => self.norm(norm, weights)?,
            Layer::Activation(function) => {
                let function = match weights {
                    LayerWeights::Numbers(slopes) => {
                        let slope = slopes.get(channel).or_else(|| slopes.first())?;
                        function.with_slope(f64::from(*slope))
                    }
                    _ => *function,
                };
                let read = self.here()?;
                Formula::Activation { function, read }
            }
            Layer::Scalar(scalar) => {
                let number = match (scalar, weights) {
                    (Scalar::Times { factor }, _) => *factor,
                    (_, LayerWeights::Numbers(number)) => f64::from(*number.first()?),
                    _ => return None,
                };
                Formula::Scalar {
                    scalar: *scalar,
                    read: self.here()?,
                    number,
                }
            }
            Layer::Pool(Pool::Max(window)) => {
                let taps = self.taps(window)?;
                let reads = taps.into_iter().flatten().map(|([y, x], row, column)| {
                    let cell = Cell {
                        row,
                        column,
                        ..self.cell
                    };
                    Some(([y, x], self.read(0, cell)?))
                });
                Formula::Largest {
                    kernel: window.kernel.map(|side| side as usize),
                    reads: reads.collect::<Option<_>>()?,
                }
            }
            Layer::Pool(Pool::Average {
                window,
                count_include_pad,
            }) => self.average(window, *count_include_pad)?,
            Layer::Pool(Pool::Blur { kernel, stride }) => self.blur(*kernel as usize, *stride)?,
            Layer::Reshape(Reshape::ConstantPad2d { before, .. }) => self.after_padding(*before)?,
            Layer::Pool(Pool::Global) => {
                let shape = self.shape()?;
                let whole = Window::square(1, 1, 0);
                let window = Window {
                    kernel: [shape[2] as u64, shape[3] as u64],
                    ..whole
                };
                self.average(&window, false)?
            }
            Layer::Pool(Pool::Along(axis)) => self.along(*axis, channel)?,
            Layer::Pool(Pool::MeanDeviation { axis, eps }) => {
                let own = self.shape()?[1];
                match channel.checked_sub(own) {
                    None => self.along(*axis, channel)?,
                    Some(channel) => Formula::Deviation {
                        reads: self.line(*axis, channel)?,
                        eps: *eps,
                    },
                }
            }
            Layer::Reshape(Reshape::SpaceToDepth { block, order }) => {
                self.of_square(*block, *order)?
            }
            Layer::Reshape(Reshape::PixelShuffle { block }) => self.of_channels(*block as usize)?,
            Layer::Reshape(Reshape::PadShortcut {
                stride,
                channels,
                zeros,
            }) => {
                let own = self.shape()?[1];
                let front = zeros.before(channels - own as u64) as usize;
                match channel.checked_sub(front).filter(|at| *at < own) {
                    None => Formula::Zero("value-no-such-channel"),
                    Some(channel) => Formula::Copy(self.read(
                        0,
                        Cell {
                            channel,
                            row: self.cell.row * stride[0] as usize,
                            column: self.cell.column * stride[1] as usize,
                            ..self.cell
                        },
                    )?),
                }
            }
            Layer::Combine(Combine::Add) => Formula::Add {
                main: self.here()?,
                shortcut: self.read(1, self.cell)?,
            },
            Layer::Combine(Combine::Multiply) => Formula::Multiply {
                read: self.here()?,
                gate: self.gate(channel)?,
            },
            Layer::Reshape(Reshape::Slice { start, .. }) => {
                Formula::Copy(self.read(0, self.in_channel(*start as usize + channel))?)
            }
            Layer::Combine(Combine::Concat { .. }) => self.concat()?,
            Layer::Gate(Gate::RadixSum { radix }) => {
                self.radix_sum(*radix as usize, |_| Some(1.0))?
            }
            Layer::Combine(Combine::RadixWeightedSum { radix }) => {
                self.radix_sum(*radix as usize, |channel| Some(self.gate(channel)?.value))?
            }
            Layer::Gate(Gate::RadixSoftmax { radix, groups }) => {
                self.shares(*radix as usize, *groups as usize)?
            }
            Layer::Reshape(Reshape::Flatten) => self.flatten()?,
            Layer::Reshape(Reshape::Dropout { .. }) => Formula::Copy(self.here()?),
        })
    }

    /// Gate of a channel, which is the second operand.
    fn gate(&self, channel: usize) -> Option<Read> {
        self.read(
            1,
            Cell {
                image: self.cell.image,
                channel,
                row: 0,
                column: 0,
            },
        )
    }

    /// Row and column in the window of each tap, with the row and column of the map that it reads; `None` in the border.
    #[allow(clippy::type_complexity, reason = "it is what the sentence says")]
    fn taps(&self, window: &Window) -> Option<Vec<Option<([usize; 2], usize, usize)>>> {
        let shape = self.shape()?;
        let [rows, columns] = window.kernel.map(|side| side as usize);
        let along = |axis: usize, cell: usize, tap: usize| {
            let (stride, padding, dilation) = (
                window.stride[axis] as usize,
                window.padding[axis] as usize,
                window.dilation[axis] as usize,
            );
            (cell * stride + tap * dilation)
                .checked_sub(padding)
                .filter(|at| *at < shape[2 + axis])
        };
        let taps = (0..rows).flat_map(|y| (0..columns).map(move |x| [y, x]));
        Some(
            taps.map(|[y, x]| {
                let row = along(0, self.cell.row, y)?;
                let column = along(1, self.cell.column, x)?;
                Some(([y, x], row, column))
            })
            .collect(),
        )
    }

    fn after_padding(&self, before: [u64; 2]) -> Option<Formula> {
        let shape = self.shape()?;
        let inside = |at: usize, before: u64, size: usize| {
            at.checked_sub(before as usize).filter(|at| *at < size)
        };
        let place = (
            inside(self.cell.row, before[0], shape[2]),
            inside(self.cell.column, before[1], shape[3]),
        );
        Some(match place {
            (Some(row), Some(column)) => Formula::Copy(self.read(
                0,
                Cell {
                    row,
                    column,
                    ..self.cell
                },
            )?),
            _ => Formula::Zero("value-in-padding"),
        })
    }

    fn shares(&self, radix: usize, groups: usize) -> Option<Formula> {
        if radix == 1 {
            return Some(Formula::Activation {
                function: Activation::Sigmoid,
                read: self.here()?,
            });
        }
        let members = self.shape()?[1] / radix / groups;
        let (own, rest) = (
            self.cell.channel / (groups * members),
            self.cell.channel % (groups * members),
        );
        let (group, member) = (rest / members, rest % members);
        let logits = (0..radix)
            .map(|map| self.read(0, self.in_channel((group * radix + map) * members + member)));
        Some(Formula::Shares {
            logits: logits.collect::<Option<_>>()?,
            own,
        })
    }

    fn concat(&self) -> Option<Formula> {
        let mut channel = self.cell.channel;
        for (operand, input) in self.inputs.iter().enumerate() {
            let channels = self.session.value(*input)?.shape()[1];
            if channel < channels {
                return self
                    .read(operand, self.in_channel(channel))
                    .map(Formula::Copy);
            }
            channel -= channels;
        }
        None
    }

    fn flatten(&self) -> Option<Formula> {
        let shape = self.shape()?;
        let cell = match shape[..] {
            [_, _, height, width] => Cell {
                image: self.cell.image,
                channel: self.cell.channel / (height * width),
                row: self.cell.channel / width % height,
                column: self.cell.channel % width,
            },
            _ => self.cell,
        };
        self.read(0, cell).map(Formula::Copy)
    }
}
