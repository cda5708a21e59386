//! A folder of pictures: a subfolder a class, or the same below `train` and `test`.

use std::ffi::OsStr;
use std::fs::DirEntry;
use std::path::{Path, PathBuf};

use super::files::{Files, Names};
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
            files.extend(&more);
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

/// Contents of a folder, hidden ones left out.
fn entries(folder: &Path) -> Result<impl Iterator<Item = Result<DirEntry, DataError>>, DataError> {
    let name = folder.display().to_string();
    let unreadable = move |error: std::io::Error| {
        DataError(message!(
            "data-unreadable",
            path = &name,
            reason = reason(&error)
        ))
    };
    let entries = std::fs::read_dir(folder).map_err(&unreadable)?;
    let entries = entries.map(move |entry| entry.map_err(&unreadable));
    Ok(entries.filter(|entry| {
        let name = entry.as_ref().map(DirEntry::file_name);
        name.map_or(true, |name| !name.to_string_lossy().starts_with('.'))
    }))
}

/// Subfolders, in the order of their names.
fn subfolders(folder: &Path) -> Result<Vec<PathBuf>, DataError> {
    let mut found = Vec::new();
    for entry in entries(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Names of a folder's pictures, in their order.
fn pictures(folder: &Path) -> Result<Names, DataError> {
    let mut found = Names::default();
    for entry in entries(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        // The folder says what a file is; only a link is looked up.
        let is_file = entry
            .file_type()
            .is_ok_and(|kind| kind.is_file() || kind.is_symlink() && entry.path().is_file());
        if is_file && is_picture(&name) {
            found.push(&name);
        }
    }
    Ok(found.sorted())
}

/// The classes, and every picture with the number of its class.
type Found = (Vec<String>, Files, Vec<usize>);

/// The pictures of each subfolder, which is a class of those that are `known`.
fn by_class(folder: &Path, known: Option<&[String]>) -> Result<Found, DataError> {
    let mut found: Found = (Vec::new(), Files::default(), Vec::new());
    for own in subfolders(folder)? {
        let class = own
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        let class = class.unwrap_or_default();
        let pictures = pictures(&own)?;
        if pictures.len() == 0 {
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
        found.1.add(own, &pictures);
    }
    Ok(found)
}

fn is_picture(name: &OsStr) -> bool {
    let end = Path::new(name)
        .extension()
        .map(|end| end.to_string_lossy().to_lowercase());
    end.is_some_and(|end| ENDS.contains(&end.as_str()))
}
