//! Pictures of each batch, and the length of each step.

use ndarray::Array4;

use super::Augment;
use crate::lower::PictureSteps;
use crate::weights::dataset::{DataError, Dataset, Shuffle};

/// Change of the learning rate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Schedule {
    /// Not at all.
    Constant,
    /// Down to nothing at the end along half a wave of the cosine, a little after each step.
    Cosine,
    /// To so much of it after every so many epochs.
    Steps {
        /// Epochs between two changes.
        every: usize,
        /// Part that each change leaves.
        factor: f64,
    },
}

impl Schedule {
    /// The part of the learning rate that holds at `step` of an epoch of `per_epoch` steps, of `epochs` in all.
    pub fn part(self, epoch: usize, step: usize, per_epoch: usize, epochs: usize) -> f64 {
        match self {
            Self::Constant => 1.0,
            Self::Cosine => {
                let (done, all) = (epoch * per_epoch + step, epochs * per_epoch);
                let angle = std::f64::consts::PI * done as f64 / all.max(1) as f64;
                0.5 * (1.0 + angle.cos())
            }
            Self::Steps { every, factor } => factor.powf((epoch / every.max(1)) as f64),
        }
    }
}

/// Batches of pictures, by a seed.
#[derive(Debug, Clone)]
pub struct Course {
    data: Dataset,
    seed: u64,
    batch: usize,
    augment: Augment,
    train: Vec<usize>,
    test: Vec<usize>,
}

/// The order of an epoch and its augmentation have separate random sequences.
const PICTURES: u64 = 1 << 32;

impl Course {
    /// Batches of `batch` pictures.
    pub fn new(data: Dataset, seed: u64, batch: usize, augment: Augment) -> Self {
        let (train, test) = data.parts(seed);
        Self {
            data,
            seed,
            batch: batch.max(1),
            augment,
            train,
            test,
        }
    }

    /// The data.
    pub fn data(&self) -> &Dataset {
        &self.data
    }

    /// Pictures that train, and that test.
    pub fn counts(&self) -> (usize, usize) {
        (self.train.len(), self.test.len())
    }

    /// Batches of an epoch. The last may be smaller, as in PyTorch.
    pub fn steps(&self) -> usize {
        self.train.len().div_ceil(self.batch)
    }

    /// Pictures of the smallest batch.
    pub fn smallest(&self) -> usize {
        match self.train.len() % self.batch {
            0 => self.batch.min(self.train.len()),
            rest => rest,
        }
    }

    /// The pictures of an epoch's batches, in its order.
    pub fn epoch(&self, epoch: usize) -> Vec<Vec<usize>> {
        let mut order = self.train.clone();
        Shuffle::new(self.seed, 1 + epoch as u64).shuffle(&mut order);
        order.chunks(self.batch).map(<[usize]>::to_vec).collect()
    }

    /// The pictures that test, in batches.
    pub fn tests(&self) -> impl Iterator<Item = &[usize]> {
        self.test.chunks(self.batch)
    }

    /// The first pictures that train, by their numbers: what a step is timed on.
    pub fn sample(&self) -> &[usize] {
        &self.train[..self.batch.min(self.train.len())]
    }

    /// A batch as values from 0 to 255 and its classes, changed by the numbers of its epoch and step.
    ///
    /// # Errors
    /// A picture cannot be read.
    pub fn batch(
        &self,
        of: &[usize],
        steps: &PictureSteps,
        (epoch, step): (usize, usize),
    ) -> Result<(Array4<f32>, Vec<usize>), DataError> {
        let mut pixels = self.data.pixels(of, steps)?;
        let purpose = PICTURES + epoch as u64 * PICTURES + step as u64;
        self.augment
            .apply(&mut pixels, &mut Shuffle::new(self.seed, purpose));
        Ok((pixels, self.data.labels(of)))
    }

    /// A batch without augmentation.
    ///
    /// # Errors
    /// A picture cannot be read.
    pub fn plain(
        &self,
        of: &[usize],
        steps: &PictureSteps,
    ) -> Result<(Array4<f32>, Vec<usize>), DataError> {
        Ok((self.data.pixels(of, steps)?, self.data.labels(of)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_epoch_has_every_picture_once_and_another_order() {
        let course = Course::new(Dataset::digits().unwrap(), 3, 64, Augment::default());
        assert_eq!(
            (course.counts(), course.steps(), course.smallest()),
            ((1400, 397), 22, 56)
        );
        let first = course.epoch(0);
        let mut all = first.concat();
        assert_ne!(all, course.epoch(1).concat());
        assert_eq!(all, course.epoch(0).concat());
        all.sort_unstable();
        let mut train = course.train.clone();
        train.sort_unstable();
        assert_eq!(all, train);
    }

    #[test]
    fn learning_rates_follow_their_schedule() {
        let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-12, "{a} {b}");
        close(Schedule::Constant.part(5, 3, 10, 8), 1.0);
        close(Schedule::Cosine.part(0, 0, 10, 4), 1.0);
        close(Schedule::Cosine.part(2, 0, 10, 4), 0.5);
        let steps = Schedule::Steps {
            every: 2,
            factor: 0.1,
        };
        close(steps.part(1, 9, 10, 6), 1.0);
        close(steps.part(5, 0, 10, 6), 0.01);
    }
}
