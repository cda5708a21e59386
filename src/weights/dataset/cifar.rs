//! CIFAR-10's and CIFAR-100's binary files: a label or two, then 3×32×32 bytes, picture after picture.

use std::path::Path;

use super::read::{Stream, first};
use super::{DataError, Dataset, Pictures, Split};
use crate::message;

const PIXELS: usize = 3 * 32 * 32;

/// Bytes of a file, at most: CIFAR-100's has 153 million.
const MOST: u64 = 1 << 30;

/// Bytes before a picture, of which the last is its label, and how many classes there are.
#[derive(Clone, Copy)]
struct Form {
    before: usize,
    classes: usize,
}

/// The set in a folder; none where its first file is not there.
pub(super) fn open(folder: &Path) -> Result<Option<Dataset>, DataError> {
    let batches: Vec<String> = (1..=5)
        .map(|batch| format!("data_batch_{batch}.bin"))
        .collect();
    let (form, train, test) = if first(folder, &[&batches[0]]).is_some() {
        let form = Form {
            before: 1,
            classes: 10,
        };
        (form, batches, "test_batch.bin")
    } else if first(folder, &["train.bin"]).is_some() {
        let form = Form {
            before: 2,
            classes: 100,
        };
        (form, vec!["train.bin".to_owned()], "test.bin")
    } else {
        return Ok(None);
    };
    let found = |name: &str| {
        let missing = || {
            let path = folder.join(name).display().to_string();
            DataError(message!("data-missing", path = path))
        };
        first(folder, &[name]).ok_or_else(missing)
    };
    let (mut bytes, mut labels) = (Vec::new(), Vec::new());
    for name in &train {
        form.read(&found(name)?, &mut bytes, &mut labels)?;
    }
    let count = labels.len();
    form.read(&found(test)?, &mut bytes, &mut labels)?;
    let set = Dataset {
        name: folder.display().to_string(),
        labels,
        classes: None,
        pictures: Pictures::Bytes {
            bytes,
            size: [3, 32, 32],
            white: 255,
        },
        parting: Split::First(count),
    };
    set.checked().map(Some)
}

impl Form {
    fn read(
        self,
        path: &Path,
        bytes: &mut Vec<u8>,
        labels: &mut Vec<usize>,
    ) -> Result<(), DataError> {
        let all = Stream::open(path)?.rest(MOST)?;
        let each = self.before + PIXELS;
        if !all.len().is_multiple_of(each) || all.is_empty() {
            let path = path.display().to_string();
            let missing = each - all.len() % each;
            return Err(message!("data-cut-short", path = path, missing = missing).into());
        }
        for (number, record) in all.chunks_exact(each).enumerate() {
            let label = usize::from(record[self.before - 1]);
            if label >= self.classes {
                return Err(message!(
                    "data-label-of-file",
                    path = path.display().to_string(),
                    picture = number,
                    label = label,
                    classes = self.classes
                )
                .into());
            }
            labels.push(label);
            bytes.extend_from_slice(&record[self.before..]);
        }
        Ok(())
    }
}
