//! A look at weights: the spread of every tensor, the first kernels as pictures, and the changes to a second checkpoint.

use super::{Event, go_on};
use crate::engine::WeightsChoice;
use crate::lower::Model;
use crate::report::pass::activation::range;
use crate::text::Message;
use crate::tui::kit::picture::Map;
use crate::weights::WeightSource;
use crate::weights::fit::{Named, wanted};
use crate::weights::values::{Difference, TensorReport, compare_as, look_at};

use std::sync::atomic::AtomicBool;

/// Weights that are looked at: those of one source, or of two side by side.
pub type Pair = (WeightsChoice, Option<WeightsChoice>);

/// Tensors of one source, or of two.
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    /// Tensors of the first.
    pub tensors: Vec<TensorReport>,
    /// Tensors of the second, if there is one.
    pub others: Vec<TensorReport>,
    /// Changes from the first to the second.
    pub difference: Option<Difference>,
    /// Kernels that read a picture, if there are some.
    pub kernels: Option<Kernels>,
    /// The changes that made the names those of the network.
    pub undone: Vec<Message>,
}

/// Kernels of the first convolution, which reads the colours of a picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Kernels {
    /// Name of the tensor.
    pub name: String,
    /// Number of kernels.
    pub count: usize,
    /// Number of colours: 3, or 1.
    pub channels: usize,
    /// Height and width.
    pub size: [usize; 2],
    /// Values, as PyTorch orders them.
    pub values: Vec<f32>,
}

impl Kernels {
    /// The kernels of the first tensor that has some, read from a source.
    fn of(source: &dyn WeightSource, names: &[Named]) -> Option<Self> {
        let is_first = |(_, shape): &&Named| matches!(**shape, [_, 1 | 3, height, width] if height.min(width) > 1);
        let (name, shape) = names.iter().find(is_first)?;
        let [count, channels, height, width] = shape[..] else {
            return None;
        };
        let values = source.tensor(name, shape).ok()?;
        Some(Self {
            name: name.clone(),
            count,
            channels,
            size: [height, width],
            values: values.into_iter().collect(),
        })
    }

    /// A kernel as a picture, in colours if the convolution reads three: its smallest value is black, its largest is full.
    pub fn map(&self, kernel: usize) -> Option<Map<'_>> {
        let [height, width] = self.size;
        let count = self.channels * height * width;
        let values = self.values.get(kernel * count..(kernel + 1) * count)?;
        let map = Map::new(values, width, range(values));
        Some(if self.channels == 3 {
            map.coloured()
        } else {
            map
        })
    }
}

/// Looks at weights as a network reads them.
pub(super) fn look(model: &Model, pair: Pair, cancel: &AtomicBool, send: &mut dyn FnMut(Event)) {
    let found = read(model, &pair);
    if go_on(cancel).is_continue() {
        let found = found.map(Box::new);
        send(Event::Looked(Box::new(pair), found));
    }
}

fn read(model: &Model, (first, second): &Pair) -> Result<Look, Message> {
    let open = |choice: &WeightsChoice| choice.open(model).map_err(|error| error.message());
    let source = open(first)?;
    let names =
        |source: &dyn WeightSource| source.names().unwrap_or_else(|| wanted(&model.network));
    let of_values =
        |source: &dyn WeightSource| look_at(source, names(source)).map_err(|error| error.message());
    let mut found = Look {
        tensors: of_values(source.as_ref())?,
        others: Vec::new(),
        difference: None,
        kernels: Kernels::of(source.as_ref(), &names(source.as_ref())),
        undone: source.origin().messages(),
    };
    if let Some(second) = second {
        let second = open(second)?;
        found.others = of_values(second.as_ref())?;
        let listed = names(source.as_ref());
        let both = [source.as_ref(), second.as_ref()];
        let difference = compare_as(both, &listed);
        found.difference = Some(difference.map_err(|error| error.message())?);
    }
    Ok(found)
}
