//! The list of shipped networks: groups, search and selection.

use super::cursor::{Cursor, Motion};
use super::fuzzy;
use crate::report::list::{Entry, SortKey, entries};

/// A line of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// The family of the entries below, by the number of the first.
    Family(usize),
    /// An entry, by its number.
    Entry(usize),
}

/// The list of networks with what is searched for and selected.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    entries: Vec<Entry>,
    lines: Vec<Line>,
    cursor: Cursor,
    query: String,
    sort: SortKey,
}

impl Catalogue {
    /// All shipped networks.
    pub fn load() -> Self {
        // A shipped file that cannot be read would be a bug that the tests find; the list is then empty.
        Self::new(entries().unwrap_or_default())
    }

    /// These networks.
    pub fn new(entries: Vec<Entry>) -> Self {
        let mut catalogue = Self {
            entries,
            ..Self::default()
        };
        catalogue.refresh();
        catalogue
    }

    /// All networks, found or not.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// What is searched for.
    pub fn query(&self) -> &str {
        &self.query
    }

    /// What it is sorted by.
    pub const fn sort(&self) -> SortKey {
        self.sort
    }

    /// Sorts it; the selected network stays selected.
    pub fn sort_by(&mut self, key: SortKey) {
        self.sort = key;
        let name = self.selected().map(|entry| entry.name.clone());
        self.refresh();
        self.select_name(name.as_deref());
    }

    /// Selects the network called `name`, where it is shown.
    pub fn select_name(&mut self, name: Option<&str>) {
        let place = self.lines.iter().position(|line| match line {
            Line::Entry(number) => Some(self.entries[*number].name.as_str()) == name,
            Line::Family(_) => false,
        });
        if let Some(place) = place {
            self.cursor.at = place;
        }
    }

    /// The networks that are shown, from the top.
    pub fn shown(&self) -> impl Iterator<Item = &Entry> {
        self.lines.iter().filter_map(|line| match line {
            Line::Entry(number) => self.entries.get(*number),
            Line::Family(_) => None,
        })
    }

    /// The selection and scroll among the lines.
    pub const fn cursor(&self) -> Cursor {
        self.cursor
    }

    /// How many networks are found.
    pub fn found(&self) -> usize {
        self.lines
            .iter()
            .filter(|line| matches!(line, Line::Entry(_)))
            .count()
    }

    /// The lines of a screenful, each with whether it is selected.
    pub fn window(&self, height: usize) -> impl Iterator<Item = (bool, Line)> {
        (self.cursor.top..self.lines.len())
            .take(height)
            .map(|place| (place == self.cursor.at, self.lines[place]))
    }

    /// The selected network.
    pub fn selected(&self) -> Option<&Entry> {
        match self.lines.get(self.cursor.at)? {
            Line::Entry(number) => self.entries.get(*number),
            Line::Family(_) => None,
        }
    }

    /// Moves the selection.
    pub fn go(&mut self, motion: Motion, page: usize) {
        self.cursor.go(motion, self.lines.len(), page);
        self.leave_heading(motion);
    }

    /// Selects the line at `place`, unless it is a heading; says whether it did.
    pub fn select_place(&mut self, place: usize) -> bool {
        let is_entry = matches!(self.lines.get(place), Some(Line::Entry(_)));
        if is_entry {
            self.cursor.at = place;
        }
        is_entry
    }

    /// Adds to what is searched for.
    pub fn type_text(&mut self, text: &str) {
        self.query.push_str(text);
        self.refresh();
    }

    /// Takes the last character back.
    pub fn erase(&mut self) {
        self.query.pop();
        self.refresh();
    }

    /// Shows all networks; the selected one stays selected.
    pub fn show_all(&mut self) {
        let name = self.selected().map(|entry| entry.name.clone());
        self.query.clear();
        self.refresh();
        self.select_name(name.as_deref());
    }

    /// Scrolls so that the selected line is among the `height` that are seen, with its heading where it is the first.
    pub fn keep(&mut self, height: usize) {
        self.cursor.keep(self.lines.len(), height);
        if self.cursor.at == 1 {
            self.cursor.top = 0;
        }
    }

    fn refresh(&mut self) {
        self.lines.clear();
        let mut found: Vec<_> = (0..self.entries.len())
            .filter(|&number| self.is_match(number, |field, word| field.contains(word)))
            .collect();
        if found.is_empty() {
            let has = |field: &str, word: &str| fuzzy::score(field, word).is_some();
            found = (0..self.entries.len())
                .filter(|&number| self.is_match(number, has))
                .collect();
        }
        let entry = |number: &usize| &self.entries[*number];
        found.sort_by(|left, right| self.sort.compare(entry(left), entry(right)));
        let mut family = None;
        for number in found {
            if self.sort != SortKey::Catalogue {
                self.lines.push(Line::Entry(number));
                continue;
            }
            let own = Some(&self.entries[number].family);
            if family != own {
                self.lines.push(Line::Family(number));
                family = own;
            }
            self.lines.push(Line::Entry(number));
        }
        self.cursor = Cursor::default();
        self.leave_heading(Motion::Down);
    }

    /// Whether a network has every word of the query in its name, title or family.
    fn is_match(&self, number: usize, has: impl Fn(&str, &str) -> bool) -> bool {
        let entry = &self.entries[number];
        let fields = [&entry.name, &entry.title, &entry.family].map(|field| plain(field));
        self.query
            .split_whitespace()
            .map(plain)
            .all(|word| fields.iter().any(|field| has(field, &word)))
    }

    fn leave_heading(&mut self, motion: Motion) {
        while let Some(Line::Family(_)) = self.lines.get(self.cursor.at) {
            let up = matches!(motion, Motion::Up | Motion::PageUp) && self.cursor.at > 0;
            self.cursor.at = if up {
                self.cursor.at - 1
            } else {
                self.cursor.at + 1
            };
        }
    }
}

/// Letters and digits in lower case: `ResNet-50` and `resnet50` are alike.
fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(catalogue: &Catalogue) -> Vec<&str> {
        catalogue
            .window(usize::MAX)
            .filter_map(|(_, line)| match line {
                Line::Entry(number) => Some(catalogue.entries[number].name.as_str()),
                Line::Family(_) => None,
            })
            .collect()
    }

    fn search(text: &str) -> Catalogue {
        let mut catalogue = Catalogue::load();
        catalogue.type_text(text);
        catalogue
    }

    #[test]
    fn a_search_takes_names_as_people_write_them() {
        let catalogue = search("ResNet-152");
        let found = names(&catalogue);
        assert_eq!(found[..2], ["resnet152", "resnet152_v1"]);
        assert!(found.iter().all(|name| name.contains("152")), "{found:?}");
        assert!(names(&search("cifar 110")).contains(&"resnet110_cifar"));
        assert_eq!(names(&search("rn152v1")), ["resnet152_v1"]);
        assert!(names(&search("transformer")).is_empty());
        assert!(search("transformer").selected().is_none());
    }

    #[test]
    fn headings_are_passed_over() {
        let mut catalogue = Catalogue::load();
        assert!(catalogue.selected().is_some());
        for motion in [
            Motion::Down,
            Motion::PageDown,
            Motion::Last,
            Motion::PageUp,
            Motion::Up,
            Motion::First,
            Motion::Up,
        ] {
            for _ in 0..20 {
                catalogue.go(motion, 4);
                catalogue.keep(4);
                assert!(catalogue.selected().is_some(), "{motion:?}");
            }
        }
        assert_eq!(catalogue.cursor(), Cursor { at: 1, top: 0 });
        assert!(!catalogue.select_place(0));
        assert!(catalogue.select_place(2));
    }

    #[test]
    fn the_found_network_stays_selected_among_all() {
        let mut catalogue = search("152");
        catalogue.show_all();
        assert_eq!(catalogue.selected().unwrap().name, "resnet152");
        assert_eq!(catalogue.found(), catalogue.entries().len());
    }
}
