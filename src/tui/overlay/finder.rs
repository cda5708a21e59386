//! List that is searched by typing: commands, layers, rules, sizes, formats.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::analysis::Rule;
use crate::lesson::course::Study;
use crate::network::LayerId;
use crate::report::catalogue::entry::SortKey;
use crate::report::catalogue::published::Trained;
use crate::text::Message;
use crate::tui::file::Form;
use crate::tui::keys::Scope;
use crate::tui::kit::cursor::{Cursor, Motion};
use crate::tui::kit::fuzzy;
use crate::tui::kit::layout::{height, popup, searched};
use crate::tui::kit::list::List;
use crate::tui::kit::paint;
use crate::tui::kit::text::{Side, pad, width};
use crate::tui::kit::theme::{Role, Theme};
use crate::tui::message::{Command, Field};
use crate::tui::request::{Asks, LONGEST, LONGEST_PATH};
use crate::tui::worker::Wanted;

/// Kind of list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A command.
    Palette,
    /// A layer to jump to.
    Layer,
    /// Words to filter layers by.
    Filter,
    /// A counting rule.
    Rule,
    /// Height and width of the input.
    Size,
    /// Batch size.
    Batch,
    /// Number of classes.
    Classes,
    /// A cell to copy.
    Cell,
    /// Format to export the current view in.
    Export,
    /// Figure to sort the catalogue by.
    Sort,
    /// Weights whose accuracies are shown.
    Trained,
    /// Another network to compare with.
    Other,
    /// A file to open.
    Mine,
    /// A second network for the plot of gradients.
    Beside,
    /// Another network to train.
    Student,
    /// Field of a training's recipe.
    Recipe(Field),
    /// A lesson.
    Lesson,
    /// Preprocessing of pictures.
    Prepare,
}

/// Action of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// Executes a command in its scope.
    Command(Scope, Command),
    /// Goes to a layer.
    Layer(LayerId),
    /// Counts by a rule.
    Rule(Rule),
    /// Acts as if the text had been typed.
    Text(String),
    /// Copies a text.
    Copy(String),
    /// Exports the current view.
    Export(Form),
    /// Sorts the catalogue, reversed or not.
    Sort(SortKey, bool),
    /// Shows the accuracies of other weights.
    Trained(Trained),
    /// Compares with a network.
    Other(String),
    /// Compares with the file as it was before the last fix.
    BeforeFix,
    /// Browses for a file or folder.
    Browse(Wanted),
    /// Opens a network.
    Open(String),
    /// Opens a lesson or the review.
    Study(Study),
    /// Goes to a row of a comparison, by its number.
    Pair(usize),
}

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Label, which is searched.
    pub label: String,
    /// Hint on the right.
    pub hint: String,
    /// Action when the line is taken.
    pub choice: Choice,
}

/// List, typed text and selection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finder {
    /// Kind of list.
    pub kind: Kind,
    /// Typed text.
    pub text: String,
    /// All lines.
    items: Vec<Item>,
    /// Numbers of the matching lines, the best first.
    found: Vec<usize>,
    /// Selection and scroll position among them.
    pub cursor: Cursor,
}

impl Finder {
    /// A list of these lines.
    pub fn new(kind: Kind, items: Vec<Item>) -> Self {
        let mut finder = Self {
            kind,
            text: String::new(),
            items,
            found: Vec::new(),
            cursor: Cursor::default(),
        };
        finder.refresh();
        finder
    }

    /// Title above the list.
    pub const fn title(&self) -> Message {
        Message::new(match self.kind {
            Kind::Palette => "title-commands",
            Kind::Layer => "title-find-layer",
            Kind::Filter => "title-filter",
            Kind::Rule => "title-rule",
            Kind::Size => "title-size",
            Kind::Batch => "title-batch",
            Kind::Classes => "title-classes",
            Kind::Cell => "title-copy",
            Kind::Export => "title-export",
            Kind::Sort => "title-sort",
            Kind::Trained => "title-trained",
            Kind::Other => "title-compare-with",
            Kind::Mine => "title-mine",
            Kind::Beside => "title-gradients-beside",
            Kind::Student => "title-train-add",
            Kind::Recipe(field) => field.id(),
            Kind::Lesson => "title-lessons",
            Kind::Prepare => "title-prepare",
        })
    }

    /// Whether typed text counts even if it matches no line.
    pub const fn is_free(&self) -> bool {
        matches!(
            self.kind,
            Kind::Recipe(_)
                | Kind::Size
                | Kind::Batch
                | Kind::Classes
                | Kind::Filter
                | Kind::Prepare
        )
    }

    /// Whether a typed path counts if it matches no line.
    pub const fn takes_path(&self) -> bool {
        matches!(
            self.kind,
            Kind::Other | Kind::Beside | Kind::Student | Kind::Mine
        )
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
    pub fn at(&self, place: usize) -> Option<&Item> {
        self.items.get(*self.found.get(place)?)
    }

    /// Choice to act on: the selected line, or the typed text if that counts.
    pub fn chosen(&self) -> Option<Choice> {
        if self.is_free() && !self.text.trim().is_empty() {
            return Some(Choice::Text(self.text.trim().to_owned()));
        }
        // A spec file is not in the list.
        if self.takes_path() && self.found.is_empty() {
            let path = self.text.trim();
            return (!path.is_empty()).then(|| Choice::Text(path.to_owned()));
        }
        let item = self.items.get(*self.found.get(self.cursor.at)?)?;
        Some(item.choice.clone())
    }

    /// Adds to the typed text.
    pub fn type_text(&mut self, text: &str, asks: &mut Asks) {
        let most = match self.kind {
            Kind::Recipe(_) => LONGEST_PATH,
            _ if self.takes_path() => LONGEST_PATH,
            _ => LONGEST,
        };
        let text = asks.cut(&self.text, text, most);
        self.text.push_str(text);
        self.refresh();
    }

    /// Removes the last character.
    pub fn erase(&mut self) {
        self.text.pop();
        self.refresh();
    }

    /// Area of its box: a searched list keeps its top while it becomes shorter.
    pub fn area(&self, room: Rect) -> Rect {
        let rows = (self.len() as u16).max(1) + 3;
        let most = popup(room, 90, room.height * 3 / 4);
        Rect {
            height: rows.min(most.height),
            ..most
        }
    }

    /// Moves the selection.
    pub fn go(&mut self, motion: Motion, area: Rect) {
        let page = height(searched(area)[1]);
        self.cursor.go(motion, self.found.len(), page);
    }

    /// Selects the clicked line and takes it; a click outside closes the box.
    pub fn click(&mut self, area: Rect, at: Position) -> Option<Command> {
        if !area.contains(at) {
            return Some(Command::Back);
        }
        let list = List::new(self.found.len(), self.cursor);
        self.cursor.at = list.row_at(searched(area)[1], at)?;
        Some(Command::Accept)
    }

    /// Scrolls until the selected line is visible.
    pub fn keep(&mut self, area: Rect) {
        let page = height(searched(area)[1]);
        self.cursor.keep(self.found.len(), page);
    }

    fn refresh(&mut self) {
        let labels = self.items.iter().map(|item| item.label.as_str());
        // A typed number replaces the examples, rather than searching them.
        self.found = if self.is_free() {
            (0..self.items.len()).collect()
        } else {
            fuzzy::ranked(labels, &self.text)
        };
        self.cursor = Cursor::default();
    }
}

/// Draws the list below the typed text.
pub(in crate::tui) fn render(frame: &mut Frame, area: Rect, theme: Theme, finder: &Finder) {
    let [line, rows] = searched(area);
    // Typed text has priority over the examples; none of them is selected then.
    let is_typed = finder.is_free() && !finder.text.trim().is_empty();
    let list = List::new(finder.len(), finder.cursor).with((!is_typed).then_some(Role::Selected));
    let title = list.titled(theme, &theme.say(&finder.title()), rows);
    paint::popup(frame, area, theme, &title);
    let prompt = Line::from(vec![
        Span::styled(" › ", theme.style(Role::Dim)),
        Span::styled(format!("{}▏", finder.text), theme.style(Role::Key)),
    ]);
    paint::line(frame, line, 0, &prompt);
    if finder.is_empty() {
        let word = match finder.kind {
            Kind::Mine => "find-mine-typed",
            _ => "notice-no-match",
        };
        let text = format!("   {}", theme.word(word));
        paint::text(frame, rows, 0, &text, theme.style(Role::Warning));
    }
    let room = usize::from(rows.width);
    list.render_in_box(frame, (rows, area), theme, |place| {
        let Some(item) = finder.at(place) else {
            return Line::default();
        };
        let label = width(&item.label).min(room.saturating_sub(4));
        let hint = room.saturating_sub(label + 5);
        Line::from(vec![
            Span::raw(format!("   {} ", pad(&item.label, label, Side::Left))),
            Span::styled(pad(&item.hint, hint, Side::Right), theme.style(Role::Dim)),
        ])
    });
}
