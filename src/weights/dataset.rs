//! Labelled pictures to train on: the digits in the binary, MNIST's and CIFAR's files, and folders of pictures by class.
//!
//! All that can be wrong with the files of a set is found when it is opened; pictures in a folder are decoded when their batch
//! comes.

mod cifar;
mod digits;
mod files;
mod folder;
mod idx;
mod read;

use std::fmt;
use std::path::Path;

use ndarray::{Array4, Axis};

use self::files::Files;
use super::Picture;
use super::synthetic::{GOLDEN, splitmix64};
use crate::lower::PictureSteps;
use crate::message;
use crate::text::Message;
use crate::text::format::dims;

/// Reason why data cannot be used.
#[derive(Debug, Clone, PartialEq)]
pub struct DataError(pub Message);

impl fmt::Display for DataError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for DataError {}

impl From<Message> for DataError {
    fn from(message: Message) -> Self {
        Self(message)
    }
}

/// Place of the pictures.
#[derive(Debug, Clone)]
enum Pictures {
    /// In memory, channel by channel; white is `white`.
    Bytes {
        bytes: Vec<u8>,
        size: [usize; 3],
        white: u8,
    },
    /// Files of any size, decoded when they are wanted.
    Files(Files),
}

/// Parts that train and test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Split {
    /// So many of the seed's shuffle train, and the rest tests.
    Shuffled(usize),
    /// The first so many train, and the rest tests.
    First(usize),
}

/// Labelled pictures.
#[derive(Debug, Clone)]
pub struct Dataset {
    name: String,
    labels: Vec<usize>,
    /// The classes' names, where they have some.
    classes: Option<Vec<String>>,
    pictures: Pictures,
    parting: Split,
}

impl Dataset {
    /// The digits in the binary.
    ///
    /// # Errors
    /// Never, as a test holds.
    pub fn digits() -> Result<Self, DataError> {
        digits::open()
    }

    /// The set in a folder, by the files that it has.
    ///
    /// # Errors
    /// It holds none that is known, or its files are not whole.
    pub fn open(path: &Path) -> Result<Self, DataError> {
        let shown = path.display().to_string();
        if !path.is_dir() {
            return Err(message!("data-no-folder", path = shown).into());
        }
        if let Some(set) = idx::open(path)? {
            return Ok(set);
        }
        if let Some(set) = cifar::open(path)? {
            return Ok(set);
        }
        folder::open(path)
    }

    /// Its name: `digits`, or the folder.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The number of pictures.
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// Channels, height and width, where all pictures are alike.
    pub fn size(&self) -> Option<[usize; 3]> {
        match &self.pictures {
            Pictures::Bytes { size, .. } => Some(*size),
            Pictures::Files(_) => None,
        }
    }

    /// The names of its classes, where they have some.
    pub fn classes(&self) -> Option<&[String]> {
        self.classes.as_deref()
    }

    /// The number of classes that pictures have.
    pub fn class_count(&self) -> usize {
        let most = self.labels.iter().max().map_or(0, |most| most + 1);
        self.classes.as_ref().map_or(most, Vec::len)
    }

    /// The classes of some pictures.
    pub fn labels(&self, of: &[usize]) -> Vec<usize> {
        of.iter().map(|&picture| self.labels[picture]).collect()
    }

    /// Refuses a network that it does not fit: `steps` is how the network reads pictures.
    ///
    /// # Errors
    /// Another size, or a label beyond the network's classes.
    pub fn fits(
        &self,
        network: &str,
        steps: &PictureSteps,
        classes: usize,
    ) -> Result<(), DataError> {
        match self.size() {
            Some(own) if own != steps.size => Err(message!(
                "data-size",
                data = &self.name,
                own = dims(own),
                network = network,
                wanted = dims(steps.size)
            )
            .into()),
            _ => self.within(network, classes),
        }
    }

    fn within(&self, network: &str, classes: usize) -> Result<(), DataError> {
        match self.labels.iter().position(|&label| label >= classes) {
            Some(picture) => Err(message!(
                "data-label-beyond",
                data = &self.name,
                picture = picture,
                label = self.labels[picture],
                network = network,
                classes = classes
            )
            .into()),
            None => Ok(()),
        }
    }

    /// The pictures that train and those that test, by a seed.
    pub fn parts(&self, seed: u64) -> (Vec<usize>, Vec<usize>) {
        let mut all: Vec<usize> = (0..self.len()).collect();
        let train = match self.parting {
            Split::Shuffled(train) => {
                Shuffle::new(seed, 0).shuffle(&mut all);
                train
            }
            Split::First(train) => train,
        };
        let test = all.split_off(train.min(all.len()));
        (all, test)
    }

    /// Pictures as values from 0 to 255: images × channels × height × width, as the network reads them.
    ///
    /// # Errors
    /// A file is no picture.
    pub fn pixels(&self, of: &[usize], steps: &PictureSteps) -> Result<Array4<f32>, DataError> {
        match &self.pictures {
            Pictures::Bytes { bytes, size, white } => {
                let [channels, height, width] = *size;
                let each = channels * height * width;
                let scale = 255.0 / f32::from(*white);
                let values = of.iter().flat_map(|&picture| {
                    let own = &bytes[picture * each..(picture + 1) * each];
                    own.iter().map(|&byte| f32::from(byte) * scale)
                });
                let shape = (of.len(), channels, height, width);
                Ok(Array4::from_shape_vec(shape, values.collect()).unwrap_or_default())
            }
            Pictures::Files(files) => {
                let [channels, height, width] = steps.size;
                let mut all = Array4::zeros((of.len(), channels, height, width));
                for (mut image, &picture) in all.outer_iter_mut().zip(of) {
                    let notice = |error: super::PictureError| {
                        DataError(message!("data-picture", reason = error.message()))
                    };
                    let own = Picture::open(files.path(picture)).map_err(notice)?;
                    let own = own.prepared(steps).map_err(notice)?;
                    image.assign(&own.index_axis(Axis(0), 0));
                }
                Ok(all)
            }
        }
    }

    /// Refuses what nobody can learn from.
    fn checked(self) -> Result<Self, DataError> {
        let data = self.name.as_str();
        let Some(first) = self.labels.first() else {
            return Err(message!("data-no-pictures", data = data).into());
        };
        if self.labels.iter().all(|label| label == first) {
            return Err(message!("data-one-class", data = data).into());
        }
        let (Split::Shuffled(train) | Split::First(train)) = self.parting;
        if train == 0 || train >= self.len() {
            return Err(message!("data-few", data = data, pictures = self.labels.len()).into());
        }
        Ok(self)
    }
}

/// An order by a seed, the same on every machine.
#[derive(Debug, Clone)]
pub struct Shuffle(u64);

impl Shuffle {
    /// The order of a seed for one purpose, say an epoch.
    pub fn new(seed: u64, purpose: u64) -> Self {
        Self(splitmix64(seed.wrapping_mul(GOLDEN)) ^ purpose.wrapping_mul(GOLDEN))
    }

    /// A number from 0 on and below `below`.
    pub fn below(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(GOLDEN);
        let wide = u128::from(splitmix64(self.0)) * below as u128;
        (wide >> 64) as usize
    }

    /// Puts a list into another order (Fisher and Yates).
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.below(last + 1));
        }
    }
}
