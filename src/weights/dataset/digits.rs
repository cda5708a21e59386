//! The digits in the binary: 1,797 of 8×8 pixels (E. Alpaydin and C. Kaynak 1998), of which 1,400 train.

use super::read::Stream;
use super::{DataError, Dataset, Pictures, Split};
use crate::message;

const FILE: &[u8] = include_bytes!("../../../data/digits/digits.csv.gz");

/// Digits that train.
const TRAIN: usize = 1400;

/// Values of a digit.
const VALUES: usize = 64;

pub(super) fn open() -> Result<Dataset, DataError> {
    let text = Stream::of_static(FILE, "digits.csv.gz").rest(1 << 20)?;
    let damaged = || {
        DataError(message!(
            "data-unreadable",
            path = "digits.csv.gz",
            reason = "CSV"
        ))
    };
    let (mut bytes, mut labels) = (Vec::new(), Vec::new());
    for line in String::from_utf8_lossy(&text).lines() {
        let row: Result<Vec<u8>, _> = line.split(',').map(|word| word.trim().parse()).collect();
        let row = row.map_err(|_| damaged())?;
        let Some((&label, values)) = row.split_last().filter(|row| row.1.len() == VALUES) else {
            return Err(damaged());
        };
        bytes.extend_from_slice(values);
        labels.push(usize::from(label));
    }
    Dataset {
        name: "digits".to_owned(),
        labels,
        classes: Some((0..10).map(|digit| digit.to_string()).collect()),
        pictures: Pictures::Bytes {
            bytes,
            size: [1, 8, 8],
            white: 16,
        },
        parting: Split::Shuffled(TRAIN),
    }
    .checked()
}
