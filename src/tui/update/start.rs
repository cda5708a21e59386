//! Doors into the explorer: the start screen, its film, and files of one's own.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::message;
use crate::spec::named;
use crate::tui::app::{App, Effect};
use crate::tui::overlay::chooser::offers::file_name;
use crate::tui::overlay::files::Files;
use crate::tui::overlay::finder::{Choice, Item};
use crate::tui::request::Asks;
use crate::tui::screen::Screen;
use crate::tui::worker::Wanted;
use crate::weights::published;

use super::serve::serve;

/// Shows the doors.
pub(super) fn show(app: &mut App) -> Option<Effect> {
    if app.is_busy() {
        app.notice = Some(message!("notice-pass-runs"));
        return None;
    }
    if !matches!(app.screen, Screen::Start) {
        app.enter(Screen::Start);
    }
    let mut asks = Asks::default();
    app.start.prepare(&mut asks);
    serve(app, asks)
}

/// Shows the film from its beginning.
pub(super) fn watch(app: &mut App) -> Option<Effect> {
    let shown = show(app);
    if !matches!(app.screen, Screen::Start) {
        return shown;
    }
    let mut asks = Asks::default();
    app.start.watch(&mut asks);
    serve(app, asks).or(shown)
}

/// Files to open: those that were opened before, specs and checkpoints in this folder, and published weights on this disk.
pub(super) fn files(app: &App) -> Vec<Item> {
    let language = app.theme.language();
    let mut items: Vec<Item> = Vec::new();
    let mut files = BTreeSet::new();
    let mut offer = |name: String, hint: &'static str| {
        let choice = Choice::Text(name.clone());
        // A file that was opened before by its whole path is the one in this folder.
        let path = std::fs::canonicalize(named::path(&name)).ok();
        let is_new = path.is_none_or(|path| files.insert(path));
        if is_new && !items.iter().any(|item| item.choice == choice) {
            items.push(Item {
                label: name,
                hint: language.word(hint).to_owned(),
                choice,
            });
        }
    };
    let is_there = |name: &&String| named::path(name).exists();
    for name in app.recent.iter().filter(is_there) {
        offer(name.clone(), "find-mine-recent");
    }
    if let Some(folder) = &app.around.pictures {
        for name in specs(folder) {
            offer(name, "find-mine-spec");
        }
        let found = Files::of(Wanted::Weights, folder);
        for entry in found.entries.iter().filter(|entry| entry.is_file) {
            offer(beside(folder, &entry.name), "find-mine-weights");
        }
    }
    for weights in published::all() {
        if app.around.weights.find(weights).is_some() {
            offer(weights.name(), "find-mine-published");
        }
    }
    items
}

/// Path of a file in a folder, without the dot of the current one.
fn beside(folder: &Path, name: &str) -> String {
    let path = folder.join(named::path(name));
    let short = path.strip_prefix(".").map(Path::to_owned).unwrap_or(path);
    named::text(short.into_os_string())
}

/// Names of the specs in a folder.
fn specs(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let is_spec = |path: &PathBuf| {
        path.extension().is_some_and(|ending| ending == "toml")
            && crate::spec::open::text(path, 1 << 16).is_ok_and(|text| looks_like_spec(&text))
    };
    let paths = entries.map(|entry| entry.path()).filter(is_spec);
    let mut names: Vec<String> = paths
        .map(|path| beside(folder, &file_name(&path)))
        .collect();
    names.sort();
    names
}

/// Whether a TOML file has a key of a network before its first table.
fn looks_like_spec(text: &str) -> bool {
    const KEYS: [&str; 6] = ["inherits", "blocks", "input", "classes", "stem", "block"];
    let top = text.lines().take_while(|line| !line.starts_with('['));
    let mut keys = top.filter_map(|line| line.split_once('='));
    keys.any(|(key, _)| KEYS.contains(&key.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spec_is_distinguished_from_other_files_of_toml() {
        assert!(looks_like_spec("inherits = \"resnet50\"\n"));
        assert!(looks_like_spec("# mine\ntitle = \"x\"\nblocks = [2, 2]\n"));
        assert!(!looks_like_spec(
            "[package]\nname = \"x\"\n[profile.a]\ninherits = \"release\"\n"
        ));
        assert!(!looks_like_spec("max_width = 100\n"));
    }
}
