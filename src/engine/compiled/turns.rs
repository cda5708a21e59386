//! Turns of a pass: steps that are done for a part of the batch before the next part.
//!
//! At the beginning of a network, maps are large and weights few: the maps of one image stay in a cache from one step to the
//! next where those of a batch would go to memory and back. Later, weights are many, and read once for all images.

use std::ops::Range;

use super::plan::Plan;
use crate::network::{Conv, Layer};

/// Numbers of a step's maps that stay in a cache until the next step reads them: twice the second-level cache of Zen 4 and 5.
pub(super) const RESIDENT: usize = 1 << 19;

/// Images of a batch that a step does at a time, a divisor of the batch: as many as stay in the cache, but enough that the maps
/// outweigh the weights. `maps` are the numbers that it reads and writes for an image.
pub(super) fn at_a_time([batch, resident]: [usize; 2], maps: usize, layer: &Layer) -> usize {
    // Each part of the batch reads the weights again.
    let worth = weights(layer).div_ceil(maps.max(1));
    let fits = resident / maps.max(1);
    let wanted = worth.max(fits).max(1);
    let divides = |images: &usize| batch.is_multiple_of(*images);
    (wanted..=batch).find(divides).unwrap_or(batch)
}

fn weights(layer: &Layer) -> usize {
    match layer {
        Layer::Conv(Conv::Spatial(conv)) => {
            let [rows, columns] = conv.window.kernel;
            (conv.in_channels / conv.groups.max(1) * conv.out_channels * rows * columns) as usize
        }
        Layer::Linear(linear) => (linear.in_features * linear.out_features) as usize,
        _ => 0,
    }
}

/// Steps of a pass, and images of the batch that they are done for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Turn {
    pub(super) steps: Range<usize>,
    pub(super) images: Range<usize>,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::compiled::choices::Choices;
    use crate::engine::compiled::plan::plan;
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
