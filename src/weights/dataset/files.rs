//! Paths of many pictures in little memory: a folder's path is kept once, and the names of its files lie in one text.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

/// Paths of pictures, by number. A million of them take the letters of their names and four bytes each.
#[derive(Debug, Clone, Default)]
pub(super) struct Files {
    folders: Vec<Folder>,
    names: Names,
}

/// Folder, with the number of its first file.
#[derive(Debug, Clone)]
struct Folder {
    path: PathBuf,
    first: usize,
}

impl Files {
    /// Number of files.
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// Adds the files of a folder.
    pub(super) fn add(&mut self, path: PathBuf, names: &Names) {
        self.folders.push(Folder {
            path,
            first: self.len(),
        });
        for number in 0..names.len() {
            self.names.push(names.name(number));
        }
    }

    /// Adds all files of another list.
    pub(super) fn extend(&mut self, other: &Self) {
        let before = self.len();
        let folders = other.folders.iter().map(|own| Folder {
            path: own.path.clone(),
            first: before + own.first,
        });
        self.folders.extend(folders);
        for number in 0..other.len() {
            self.names.push(other.names.name(number));
        }
    }

    /// Path of one file.
    pub(super) fn path(&self, number: usize) -> PathBuf {
        let after = self.folders.partition_point(|own| own.first <= number);
        let folder = &self.folders[after.saturating_sub(1)];
        folder.path.join(self.names.name(number))
    }
}

/// Names of files, in one text.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    text: String,
    /// End of each name in the text.
    ends: Vec<u32>,
    /// Names that are no Unicode, by number; the text has nothing of them.
    others: BTreeMap<usize, OsString>,
}

impl Names {
    /// Number of names.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Adds a name; one that the text has no more room for is kept apart.
    pub(super) fn push(&mut self, name: &OsStr) {
        let end = |text: &str| u32::try_from(self.text.len() + text.len()).ok();
        if let Some((text, end)) = name.to_str().and_then(|text| Some((text, end(text)?))) {
            self.text.push_str(text);
            self.ends.push(end);
        } else {
            self.others.insert(self.len(), name.to_owned());
            self.ends.push(self.ends.last().copied().unwrap_or(0));
        }
    }

    /// One name.
    pub(super) fn name(&self, number: usize) -> &OsStr {
        if let Some(other) = self.others.get(&number) {
            return other;
        }
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        OsStr::new(&self.text[start as usize..self.ends[number] as usize])
    }

    /// The names in their order.
    pub(super) fn sorted(&self) -> Self {
        let mut order: Vec<u32> = (0..self.len() as u32).collect();
        order.sort_unstable_by(|&one, &other| {
            self.name(one as usize).cmp(self.name(other as usize))
        });
        let mut sorted = Self::default();
        sorted.text.reserve_exact(self.text.len());
        sorted.ends.reserve_exact(self.len());
        for number in order {
            sorted.push(self.name(number as usize));
        }
        sorted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(of: &[&str]) -> Names {
        let mut names = Names::default();
        for name in of {
            names.push(name.as_ref());
        }
        names
    }

    #[test]
    fn paths_come_back_by_their_numbers() {
        let mut files = Files::default();
        files.add("one".into(), &names(&["b.png", "a.png", "é.png"]).sorted());
        files.add("none".into(), &names(&[]));
        files.add("two".into(), &names(&["c.png"]));
        let mut all = Files::default();
        all.add("zero".into(), &names(&["z.png"]));
        all.extend(&files);
        let paths = [
            "zero/z.png",
            "one/a.png",
            "one/b.png",
            "one/é.png",
            "two/c.png",
        ];
        assert_eq!(all.len(), paths.len());
        for (number, path) in paths.iter().enumerate() {
            assert_eq!(all.path(number), PathBuf::from(path));
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_name_that_is_no_unicode_is_kept_as_it_is() {
        use std::os::unix::ffi::OsStrExt;

        let odd = OsStr::from_bytes(b"\xff.png");
        let mut names = names(&["b.png"]);
        names.push(odd);
        names.push("a.png".as_ref());
        let sorted = names.sorted();
        let all: Vec<&OsStr> = (0..3).map(|number| sorted.name(number)).collect();
        assert_eq!(all, ["a.png".as_ref(), "b.png".as_ref(), odd]);
    }

    #[test]
    fn a_file_takes_its_name_and_four_bytes() {
        let mut unsorted = Names::default();
        for number in 0..10_000 {
            unsorted.push(format!("{number:06}.png").as_ref());
        }
        let sorted = unsorted.sorted();
        assert!(sorted.others.is_empty());
        assert_eq!(
            sorted.text.capacity() + 4 * sorted.ends.capacity(),
            14 * 10_000
        );
    }
}
