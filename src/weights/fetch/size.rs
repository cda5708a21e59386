//! Sizes of published weights before they are downloaded.

use std::collections::BTreeMap;
use std::sync::Mutex;

use crate::lower::{self, Overrides};
use crate::weights::fit::wanted;
use crate::weights::published::PublishedWeights;

/// Size of a file that is not here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Number of bytes.
    pub bytes: u64,
    /// Whether the publisher states it; otherwise it is that of the network's tensors, as 32-bit floats.
    pub is_stated: bool,
}

/// Bytes of a network's tensors, by its name and number of classes.
static KNOWN: Mutex<BTreeMap<(&str, u64), Option<u64>>> = Mutex::new(BTreeMap::new());

/// Size of a file of weights: the publisher's figure, or else that of the network's tensors. No network is touched.
pub fn expected_size(weights: &PublishedWeights) -> Option<Size> {
    if let Some(megabytes) = weights.megabytes {
        let bytes = (megabytes * f64::from(1 << 20)).round() as u64;
        return Some(Size {
            bytes,
            is_stated: true,
        });
    }
    let key = (weights.net, weights.classes);
    let mut known = KNOWN
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    let bytes = *known.entry(key).or_insert_with(|| of_tensors(weights));
    bytes.map(|bytes| Size {
        bytes,
        is_stated: false,
    })
}

fn of_tensors(weights: &PublishedWeights) -> Option<u64> {
    let overrides = Overrides {
        classes: Some(weights.classes).filter(|classes| *classes > 0),
        ..Overrides::default()
    };
    let model = lower::open(weights.net, &overrides).ok()?;
    let numbers = wanted(&model.network)
        .iter()
        .map(|(_, shape)| shape.iter().product::<usize>() as u64)
        .sum::<u64>();
    Some(numbers * 4)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::weights::published;

    #[test]
    fn every_file_has_a_size_and_those_that_are_stated_agree_with_the_tensors() {
        for weights in published::all() {
            let size = expected_size(weights).expect("a size");
            let own = of_tensors(weights).expect("a network of the catalogue");
            if size.is_stated {
                // Files have headers, and some their numbers in 16 bits.
                let off = |own: u64| size.bytes.abs_diff(own) as f64 / own as f64;
                let off = off(own).min(off(own / 2));
                assert!(off < 0.01, "{}: {size:?}, {own}", weights.name());
            }
        }
    }
}
