//! A folder of pictures: a subfolder a class, or the same below `train` and `test`.

use std::path::{Path, PathBuf};

use super::{DataError, Dataset, Pictures, Split};
use crate::message;
use crate::text::system::reason;

/// Names of the part that tests.
const TESTS: [&str; 4] = ["test", "val", "valid", "validation"];

/// Ends of names that pictures have.
const ENDS: [&str; 6] = ["png", "jpg", "jpeg", "webp", "bmp", "gif"];

/// Of a set that is in no parts, one picture in so many tests.
const ONE_IN: usize = 5;

pub(super) fn open(folder: &Path) -> Result<Dataset, DataError> {
    let name = folder.display().to_string();
    let train = folder.join("train");
    let test = TESTS
        .iter()
        .map(|test| folder.join(test))
        .find(|path| path.is_dir());
    let (classes, mut files, mut labels) = match &test {
        Some(_) if train.is_dir() => by_class(&train, None)?,
        _ => by_class(folder, None)?,
    };
    if classes.is_empty() {
        return Err(message!("data-unknown", path = name).into());
    }
    let parting = match test {
        Some(test) if train.is_dir() => {
            let count = files.len();
            let (_, more, own) = by_class(&test, Some(&classes))?;
            files.extend(more);
            labels.extend(own);
            Split::First(count)
        }
        _ => Split::Shuffled(files.len() - files.len() / ONE_IN),
    };
    Dataset {
        name,
        labels,
        classes: Some(classes),
        pictures: Pictures::Files(files),
        parting,
    }
    .checked()
}

/// Contents of a folder, in the order of the names.
fn listed(folder: &Path) -> Result<Vec<PathBuf>, DataError> {
    let unreadable = |error: std::io::Error| {
        DataError(message!(
            "data-unreadable",
            path = folder.display().to_string(),
            reason = reason(&error)
        ))
    };
    let entries = std::fs::read_dir(folder).map_err(unreadable)?;
    let paths = entries.map(|entry| entry.map(|entry| entry.path()));
    let mut paths = paths.collect::<Result<Vec<_>, _>>().map_err(unreadable)?;
    paths.retain(|path| {
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        name.is_some_and(|name| !name.starts_with('.'))
    });
    paths.sort();
    Ok(paths)
}

/// The classes, and every picture with the number of its class.
type Found = (Vec<String>, Vec<PathBuf>, Vec<usize>);

/// The pictures of each subfolder, which is a class of those that are `known`.
fn by_class(folder: &Path, known: Option<&[String]>) -> Result<Found, DataError> {
    let mut found: Found = (Vec::new(), Vec::new(), Vec::new());
    for own in listed(folder)?.into_iter().filter(|path| path.is_dir()) {
        let class = own
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        let class = class.unwrap_or_default();
        let pictures: Vec<PathBuf> = listed(&own)?
            .into_iter()
            .filter(|path| is_picture(path))
            .collect();
        if pictures.is_empty() {
            let path = own.display().to_string();
            return Err(message!("data-no-pictures", data = path).into());
        }
        let label = match known {
            None => {
                found.0.push(class);
                found.0.len() - 1
            }
            Some(known) => {
                let unknown = || {
                    let path = own.display().to_string();
                    DataError(message!("data-class-unknown", path = path))
                };
                known
                    .iter()
                    .position(|known| *known == class)
                    .ok_or_else(unknown)?
            }
        };
        found.2.extend(std::iter::repeat_n(label, pictures.len()));
        found.1.extend(pictures);
    }
    Ok(found)
}

fn is_picture(path: &Path) -> bool {
    let end = path
        .extension()
        .map(|end| end.to_string_lossy().to_lowercase());
    path.is_file() && end.is_some_and(|end| ENDS.contains(&end.as_str()))
}
