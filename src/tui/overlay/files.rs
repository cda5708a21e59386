//! File picker: folders first, then the files that are looked for, narrowed by typing, with a preview of the selected one.

mod view;

use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use ratatui::layout::{Constraint, Layout, Position, Rect};

use crate::spec::{named, user};
use crate::text::{Message, system};
use crate::tui::kit::cursor::{Cursor, Motion};
use crate::tui::kit::fuzzy;
use crate::tui::kit::layout::{framed, height, popup};
use crate::tui::kit::list;
use crate::tui::message::Command;
use crate::tui::request::{Asks, LONGEST_PATH, Request};
use crate::tui::worker::{Preview, Task, Wanted};
pub(in crate::tui) use view::render;

/// Name of the line that takes the folder itself.
const HERE: &str = ".";

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Whether it is a file rather than a folder; folders come first.
    pub is_file: bool,
    /// Name; `..` for the parent folder, `.` for the folder itself where one is looked for.
    pub name: String,
    /// Size of a file in bytes.
    pub size: u64,
}

/// Description of a file, or the wait for it.
#[derive(Debug)]
pub enum Described {
    /// A worker reads the file.
    Reading,
    /// The description.
    Ready(Box<Preview>),
}

/// Folder that is browsed.
#[derive(Debug)]
pub struct Files {
    /// Files that are looked for.
    pub wanted: Wanted,
    /// The folder.
    pub folder: PathBuf,
    /// Its folders and files.
    pub entries: Vec<Entry>,
    /// Typed text: letters of a name, or a path.
    pub text: String,
    /// Selection and scroll position among the matching lines.
    pub cursor: Cursor,
    /// Reason why the folder cannot be read.
    pub error: Option<Message>,
    /// Numbers of the matching entries, the best first.
    found: Vec<usize>,
    /// Description of a file.
    described: Option<(PathBuf, Described)>,
    /// Whether the file is taken as soon as it is described.
    is_taken: bool,
}

impl Files {
    /// Lists a folder.
    pub fn of(wanted: Wanted, folder: &Path) -> Self {
        let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
        let (mut entries, error) = match entries(wanted, &folder) {
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
        if wanted == Wanted::Data {
            let here = Entry {
                is_file: false,
                name: HERE.to_owned(),
                size: 0,
            };
            entries.insert(0, here);
        }
        let mut files = Self {
            wanted,
            folder,
            entries,
            text: String::new(),
            cursor: Cursor::default(),
            error,
            found: Vec::new(),
            described: None,
            is_taken: false,
        };
        files.refresh();
        files
    }

    /// Number of matching lines.
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// Whether no line matches.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Matching line at `place`, the best first.
    pub fn at(&self, place: usize) -> Option<&Entry> {
        self.entries.get(*self.found.get(place)?)
    }

    /// Executes a command, in a box of this area.
    pub fn update(&mut self, command: Command, area: Rect, asks: &mut Asks) {
        match command {
            Command::Move(motion) => self.go(motion, area),
            Command::Erase if self.text.is_empty() => self.up(),
            Command::Erase => {
                self.text.pop();
                self.refresh();
            }
            Command::FolderUp => self.up(),
            Command::Accept => {
                if let Some(path) = self.open() {
                    self.take(path, asks);
                }
            }
            _ => {}
        }
    }

    /// Adds to the typed text; a typed path that ends with its separator leads into that folder.
    pub fn type_text(&mut self, text: &str, asks: &mut Asks) {
        let text = asks.cut(&self.text, text, LONGEST_PATH);
        self.text.push_str(text);
        self.refresh();
        if self.text.ends_with(['/', MAIN_SEPARATOR])
            && let Some(folder) = self.typed_path().filter(|path| path.is_dir())
        {
            *self = Self::of(self.wanted, &folder);
        }
    }

    /// Path that the typed text names, if it is more than a name.
    fn typed_path(&self) -> Option<PathBuf> {
        let text = self.text.trim();
        if !text.contains(['/', MAIN_SEPARATOR]) {
            return None;
        }
        let home = text.strip_prefix("~/").zip(user::home());
        Some(match home {
            Some((rest, home)) => home.join(named::path(rest)),
            None => self.folder.join(named::path(text)),
        })
    }

    /// Opens the selected or typed folder, or returns the path of the selected or typed file.
    pub fn open(&mut self) -> Option<PathBuf> {
        let path = self.selected()?;
        if path.is_file() || self.is_here() {
            return Some(path);
        }
        if path == self.folder.join("..") {
            self.up();
        } else if path.is_dir() {
            *self = Self::of(self.wanted, &path);
        }
        None
    }

    /// Path of the selected or typed file or folder.
    fn selected(&self) -> Option<PathBuf> {
        self.typed_path().or_else(|| {
            let entry = self.at(self.cursor.at)?;
            Some(match entry.name.as_str() {
                HERE => self.folder.clone(),
                name => self.folder.join(named::path(name)),
            })
        })
    }

    /// Whether the folder itself is selected.
    fn is_here(&self) -> bool {
        let entry = self.at(self.cursor.at);
        self.typed_path().is_none() && entry.is_some_and(|entry| entry.name == HERE)
    }

    /// Task that describes the selected file; `None` if it is described, or no file is selected.
    pub fn job(&mut self) -> Option<Task> {
        let is_meant = |path: &PathBuf| path.is_file() || self.is_here();
        let path = self.selected().filter(is_meant)?;
        if self.described.as_ref().is_some_and(|(own, _)| *own == path) {
            return None;
        }
        self.described = Some((path.clone(), Described::Reading));
        self.is_taken = false;
        Some(Task::Preview(Box::new((path, self.wanted))))
    }

    /// Description of the selected file, or the wait for it.
    fn description(&self) -> Option<&Described> {
        let selected = self.selected()?;
        let (path, described) = self.described.as_ref()?;
        (*path == selected).then_some(described)
    }

    /// Whether a worker reads a file.
    pub fn is_busy(&self) -> bool {
        matches!(self.described, Some((_, Described::Reading)))
    }

    /// Takes the description of a file from the worker, unless another one is selected meanwhile.
    pub fn hear(&mut self, path: &Path, preview: Box<Preview>, asks: &mut Asks) {
        let Some((own, described)) = &mut self.described else {
            return;
        };
        if own == path {
            *described = Described::Ready(preview);
            if std::mem::take(&mut self.is_taken) {
                self.take(path.to_owned(), asks);
            }
        }
    }

    /// The worker ended without a description.
    pub fn lose(&mut self) {
        let preview = Preview {
            problem: Some(Message::new("job-program-error")),
            ..Preview::default()
        };
        if let Some((_, described)) = &mut self.described {
            *described = Described::Ready(Box::new(preview));
        }
    }

    /// Asks to take a file; as a network, once it is known which one it is.
    fn take(&mut self, path: PathBuf, asks: &mut Asks) {
        if self.wanted != Wanted::Networks {
            asks.ask(Request::TakeFile(self.wanted, path, None));
            return;
        }
        match &self.described {
            Some((own, Described::Ready(preview))) if *own == path => {
                let preview = Some(preview.clone());
                asks.ask(Request::TakeFile(self.wanted, path, preview));
            }
            // The description that was asked for comes first.
            _ => self.is_taken = true,
        }
    }

    /// Moves the selection.
    fn go(&mut self, motion: Motion, area: Rect) {
        let page = height(areas(area)[2]);
        self.cursor.go(motion, self.found.len(), page);
    }

    /// Scrolls to the selected line.
    pub fn keep(&mut self, area: Rect) {
        self.cursor.keep(self.found.len(), height(areas(area)[2]));
    }

    /// Selects the clicked line, or takes it if it is selected; a click outside closes the box.
    pub fn click(&mut self, area: Rect, at: Position) -> Option<Command> {
        if !area.contains(at) {
            return Some(Command::Back);
        }
        let list = list::List::new(self.found.len(), self.cursor);
        let place = list.row_at(areas(area)[2], at)?;
        let was = self.cursor.at;
        self.cursor.select(place, self.found.len());
        (was == place).then_some(Command::Accept)
    }

    /// Goes to the parent folder and selects the one that was left.
    fn up(&mut self) {
        let Some(above) = self.folder.parent().map(Path::to_owned) else {
            return;
        };
        let left = self.folder.file_name().map(named::text);
        let mut files = Self::of(self.wanted, &above);
        let place = files
            .entries
            .iter()
            .position(|entry| left.as_ref().is_some_and(|name| entry.name == *name));
        files.cursor.at = place.unwrap_or(0);
        *self = files;
    }

    /// Finds the lines that match the typed text, and selects the best one: without a text, the first file.
    fn refresh(&mut self) {
        let names = self.entries.iter().map(|entry| entry.name.as_str());
        self.found = fuzzy::ranked(names, &self.text);
        let is_file = |number: &usize| self.entries[*number].is_file;
        let first = self.found.iter().position(is_file);
        self.cursor = Cursor {
            at: first.filter(|_| self.text.is_empty()).unwrap_or(0),
            ..Cursor::default()
        };
    }
}

/// Folders and files of a folder, in order.
fn entries(wanted: Wanted, folder: &Path) -> std::io::Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = named::text(entry.file_name());
        // A link counts as its target; a broken one is left out.
        let Ok(about) = std::fs::metadata(entry.path()) else {
            continue;
        };
        let is_meant = about.is_dir() || wanted.includes(&entry.path());
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
}

/// Most lines about the selected file.
const ABOUT: u16 = 4;

/// Area of the box.
pub(in crate::tui) fn area(room: Rect) -> Rect {
    popup(room, 84, (room.height * 3 / 4).max(16))
}

/// Areas of the folder's name, the typed text, the list, and the lines about the selected file.
fn areas(area: Rect) -> [Rect; 4] {
    framed(area).layout(&Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Min(0),
        Constraint::Length(ABOUT),
    ]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let own = format!("resnet-explore-{name}-{}", std::process::id());
        let folder = std::env::temp_dir().join(own);
        std::fs::create_dir_all(folder.join("zoo")).unwrap();
        for name in ["b.PNG", "a.png", "net.pth", "notes.txt", ".hidden.png"] {
            std::fs::write(folder.join(name), "x").unwrap();
        }
        folder
    }

    fn names(files: &Files) -> Vec<&str> {
        let places = (0..files.len()).filter_map(|place| files.at(place));
        places.map(|entry| entry.name.as_str()).collect()
    }

    #[test]
    fn folders_come_first_and_other_kinds_not_at_all() {
        let folder = folder("files");
        let mut files = Files::of(Wanted::Pictures, &folder);
        assert_eq!(names(&files), ["..", "zoo", "a.png", "b.PNG"]);
        assert_eq!(
            names(&Files::of(Wanted::Weights, &folder)),
            ["..", "zoo", "net.pth"]
        );
        assert_eq!(names(&Files::of(Wanted::Networks, &folder)).len(), 5);
        files.cursor.at = 1;
        assert_eq!(files.open(), None);
        assert!(files.folder.ends_with("zoo"));
        assert_eq!(files.open(), None, "the folder above");
        assert_eq!(files.entries[files.cursor.at].name, "zoo");
        files.cursor.at = 2;
        assert_eq!(files.open(), Some(folder.join("a.png")));
        let nowhere = Files::of(Wanted::Pictures, &folder.join("none"));
        assert!(nowhere.error.is_some());
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn typing_narrows_the_list_and_a_path_leads_to_its_place() {
        let folder = folder("typed");
        let mut asks = Asks::default();
        let mut files = Files::of(Wanted::Pictures, &folder);
        files.type_text("b.p", &mut asks);
        assert_eq!(names(&files), ["b.PNG"]);
        files.update(Command::Erase, Rect::default(), &mut asks);
        files.update(Command::Erase, Rect::default(), &mut asks);
        files.update(Command::Erase, Rect::default(), &mut asks);
        assert_eq!(names(&files).len(), 4);
        files.type_text("zoo/", &mut asks);
        assert!(files.folder.ends_with("zoo") && files.text.is_empty());
        files.update(Command::Erase, Rect::default(), &mut asks);
        assert_eq!(files.folder, folder, "erasing nothing goes up");
        let path = folder.join("a.png");
        files.type_text(&path.display().to_string(), &mut asks);
        assert_eq!(files.open(), Some(path));
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
