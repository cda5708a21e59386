//! MNIST's files, and those of sets of its form such as Fashion-MNIST.

use std::path::Path;

use super::read::{MOST, Stream, first};
use super::{DataError, Dataset, Pictures, Split};
use crate::message;

/// Of three dimensions of bytes.
const IMAGES: u32 = 0x0803;
/// Of one.
const LABELS: u32 = 0x0801;

/// The set in a folder; none where its first file is not there.
pub(super) fn open(folder: &Path) -> Result<Option<Dataset>, DataError> {
    let images = |part: &str| {
        let names = [
            format!("{part}-images-idx3-ubyte"),
            format!("{part}-images.idx3-ubyte"),
        ];
        first(folder, &[&names[0], &names[1]])
    };
    let Some(train) = images("train") else {
        return Ok(None);
    };
    let labels = |part: &str| {
        let names = [
            format!("{part}-labels-idx1-ubyte"),
            format!("{part}-labels.idx1-ubyte"),
        ];
        let missing = || {
            let path = folder.join(&names[0]).display().to_string();
            DataError(message!("data-missing", path = path))
        };
        first(folder, &[&names[0], &names[1]]).ok_or_else(missing)
    };
    let missing = || {
        let path = folder.join("t10k-images-idx3-ubyte").display().to_string();
        DataError(message!("data-missing", path = path))
    };
    let test = images("t10k").ok_or_else(missing)?;
    let (mut bytes, size) = read_images(&train)?;
    let mut all = read_labels(&labels("train")?)?;
    let count = agreed(&train, bytes.len() / (size[0] * size[1]), all.len())?;
    let (more, other) = read_images(&test)?;
    if other != size {
        let path = test.display().to_string();
        return Err(message!("data-other-size", path = path).into());
    }
    let own = read_labels(&labels("t10k")?)?;
    agreed(&test, more.len() / (size[0] * size[1]), own.len())?;
    bytes.extend(more);
    all.extend(own);
    let set = Dataset {
        name: folder.display().to_string(),
        labels: all,
        classes: None,
        pictures: Pictures::Bytes {
            bytes,
            size: [1, size[0], size[1]],
            white: 255,
        },
        parting: Split::First(count),
    };
    set.checked().map(Some)
}

fn agreed(path: &Path, images: usize, labels: usize) -> Result<usize, DataError> {
    if images == labels {
        return Ok(images);
    }
    let path = path.display().to_string();
    Err(message!(
        "data-labels-differ",
        path = path,
        images = images,
        labels = labels
    )
    .into())
}

/// The numbers of a header, which begins with `magic`.
fn header<const N: usize>(
    stream: &mut Stream,
    path: &Path,
    magic: u32,
) -> Result<[u64; N], DataError> {
    if stream.take(4)? != magic.to_be_bytes() {
        let path = path.display().to_string();
        return Err(message!("data-not-idx", path = path).into());
    }
    let bytes = stream.take(4 * N as u64)?;
    Ok(std::array::from_fn(|place| {
        let own = bytes[4 * place..].first_chunk().copied();
        u32::from_be_bytes(own.unwrap_or_default()).into()
    }))
}

fn read_images(path: &Path) -> Result<(Vec<u8>, [usize; 2]), DataError> {
    let mut stream = Stream::open(path)?;
    let [count, height, width] = header(&mut stream, path, IMAGES)?;
    let pixels = height.saturating_mul(width);
    let size = count.saturating_mul(pixels);
    if pixels == 0 || size > MOST {
        let path = path.display().to_string();
        return Err(message!("data-not-idx", path = path).into());
    }
    let bytes = stream.take(size)?;
    stream.end()?;
    Ok((bytes, [height as usize, width as usize]))
}

fn read_labels(path: &Path) -> Result<Vec<usize>, DataError> {
    let mut stream = Stream::open(path)?;
    let [count] = header(&mut stream, path, LABELS)?;
    let bytes = stream.take(count)?;
    stream.end()?;
    Ok(bytes.into_iter().map(usize::from).collect())
}
