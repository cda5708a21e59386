//! File browser for weights or a picture: folders first, then files of the wanted kind.

mod view;

use std::path::{Path, PathBuf};

use ratatui::layout::{Position, Rect};

use crate::spec::named;
use crate::text::{Message, system};
use crate::tui::kit::cursor::{Cursor, Motion};
use crate::tui::kit::layout::{height, popup, searched};
use crate::tui::kit::list;
use crate::tui::message::Command;
pub(in crate::tui) use view::render;

/// A list of the chooser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// Sources of weights.
    Weights,
    /// Sources of the input.
    Inputs,
}

impl List {
    /// The other list.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Weights => Self::Inputs,
            Self::Inputs => Self::Weights,
        }
    }
}

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Whether it is a file rather than a folder; folders come first.
    pub is_file: bool,
    /// Name; `..` for the parent folder.
    pub name: String,
    /// Size of a file in bytes.
    pub size: u64,
}

/// Folder that is browsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Files {
    /// Kind of file that is wanted.
    pub list: List,
    /// Path of the folder.
    pub folder: PathBuf,
    /// Contents of the folder.
    pub entries: Vec<Entry>,
    /// Selection and scroll position.
    pub cursor: Cursor,
    /// Reason why the folder cannot be read.
    pub error: Option<Message>,
}

impl Files {
    /// Lists a folder.
    pub fn of(list: List, folder: &Path) -> Self {
        let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
        let read = || -> std::io::Result<Vec<Entry>> {
            let mut entries = Vec::new();
            for entry in std::fs::read_dir(&folder)? {
                let entry = entry?;
                let name = named::text(entry.file_name());
                // A link counts as its target; a broken one is left out.
                let Ok(about) = std::fs::metadata(entry.path()) else {
                    continue;
                };
                let is_meant = about.is_dir() || is_of_kind(list, &entry.path());
                if !name.starts_with('.') && is_meant {
                    entries.push(Entry {
                        is_file: about.is_file(),
                        size: if about.is_file() { about.len() } else { 0 },
                        name,
                    });
                }
            }
            entries.sort();
            Ok(entries)
        };
        let (mut entries, error) = match read() {
            Ok(entries) => (entries, None),
            Err(error) => (Vec::new(), Some(system::reason(&error))),
        };
        if folder.parent().is_some() {
            let above = Entry {
                is_file: false,
                name: "..".to_owned(),
                size: 0,
            };
            entries.insert(0, above);
        }
        // The first file is nearest to what is looked for.
        let first = entries.iter().position(|entry| entry.is_file);
        Self {
            list,
            folder,
            entries,
            cursor: Cursor {
                at: first.unwrap_or(0),
                ..Cursor::default()
            },
            error,
        }
    }

    /// Opens the selected folder, or returns the path of the selected file.
    pub fn open(&mut self) -> Option<PathBuf> {
        let entry = self.entries.get(self.cursor.at)?;
        if entry.name == ".." {
            self.up();
            return None;
        }
        let path = self.folder.join(named::path(&entry.name));
        if entry.is_file {
            return Some(path);
        }
        *self = Self::of(self.list, &path);
        None
    }

    /// Moves the selection.
    pub fn go(&mut self, motion: Motion, area: Rect) {
        let page = height(searched(area)[1]);
        self.cursor.go(motion, self.entries.len(), page);
    }

    /// Scrolls to the selected line.
    pub fn keep(&mut self, area: Rect) {
        self.cursor
            .keep(self.entries.len(), height(searched(area)[1]));
    }

    /// Selects the clicked line, or takes it if it is selected.
    pub fn click(&mut self, area: Rect, at: Position) -> Option<Command> {
        let list = list::List::new(self.entries.len(), self.cursor);
        let place = list.row_at(searched(area)[1], at)?;
        let was = self.cursor.at;
        self.cursor.select(place, self.entries.len());
        (was == place).then_some(Command::Accept)
    }

    /// Goes to the parent folder and selects the one that was left.
    pub fn up(&mut self) {
        let Some(above) = self.folder.parent().map(Path::to_owned) else {
            return;
        };
        let left = self.folder.file_name().map(named::text);
        let mut files = Self::of(self.list, &above);
        let place = files
            .entries
            .iter()
            .position(|entry| left.as_ref().is_some_and(|name| entry.name == *name));
        files.cursor.at = place.unwrap_or(0);
        *self = files;
    }
}

/// Area of the box.
pub(in crate::tui) fn area(room: Rect) -> Rect {
    popup(room, 84, room.height * 3 / 4)
}

/// File name extensions of a list's files.
pub const fn endings(list: List) -> &'static [&'static str] {
    match list {
        List::Weights => &["safetensors", "pth", "pt", "bin", "ckpt", "tar"],
        List::Inputs => &["png", "jpg", "jpeg", "webp", "bmp", "gif"],
    }
}

fn is_of_kind(list: List, path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| {
        endings(list)
            .iter()
            .any(|own| own.eq_ignore_ascii_case(ending))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_come_first_and_other_kinds_not_at_all() {
        let own = format!("resnet-explore-files-{}", std::process::id());
        let folder = std::env::temp_dir().join(own);
        std::fs::create_dir_all(folder.join("zoo")).unwrap();
        for name in ["b.PNG", "a.png", "net.pth", "notes.txt", ".hidden.png"] {
            std::fs::write(folder.join(name), "x").unwrap();
        }
        let names = |files: &Files| -> Vec<String> {
            files
                .entries
                .iter()
                .map(|entry| entry.name.clone())
                .collect()
        };
        let mut files = Files::of(List::Inputs, &folder);
        assert_eq!(names(&files), ["..", "zoo", "a.png", "b.PNG"]);
        assert_eq!(
            names(&Files::of(List::Weights, &folder)),
            ["..", "zoo", "net.pth"]
        );
        files.cursor.at = 1;
        assert_eq!(files.open(), None);
        assert!(files.folder.ends_with("zoo"));
        assert_eq!(files.open(), None, "the folder above");
        assert_eq!(files.entries[files.cursor.at].name, "zoo");
        files.cursor.at = 2;
        assert_eq!(files.open(), Some(folder.join("a.png")));
        let nowhere = Files::of(List::Inputs, &folder.join("none"));
        assert!(nowhere.error.is_some());
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
