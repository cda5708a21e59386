//! List that is searched by typing: commands, layers, rules, sizes, formats.

use super::app::{App, Mode, Screen};
use super::compare::Side;
use super::cursor::{Cursor, Motion};
use super::fuzzy;
use super::keys::{self, Context};
use super::message::{Command, Tab};
use crate::analysis::Rule;
use crate::message;
use crate::network::LayerId;
use crate::report::catalogue::entry::SortKey;
use crate::report::compare::Mark;
use crate::report::{Column, Row, RowKind};
use crate::spec::catalog;
use crate::text::{Language, Message};

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
    /// Another network to compare with.
    Other,
    /// A lesson.
    Lesson,
    /// Preprocessing of pictures.
    Prepare,
}

/// Action of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// Executes a command in its context.
    Command(Context, Command),
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
    /// Compares with a network.
    Other(String),
    /// Opens a lesson.
    Lesson(usize),
    /// Goes to a row of a comparison, by its number.
    Pair(usize),
}

/// Format of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Comma-separated values.
    Csv,
    /// A table in Markdown.
    Markdown,
    /// Graphviz graph.
    Dot,
    /// Drawing.
    Svg,
    /// The spec itself.
    Toml,
    /// Feature maps.
    Png,
}

impl Form {
    /// Extension of the file name.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Markdown => "md",
            Self::Dot => "dot",
            Self::Svg => "svg",
            Self::Toml => "toml",
            Self::Png => "png",
        }
    }
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
            Kind::Other => "title-compare-with",
            Kind::Lesson => "title-lessons",
            Kind::Prepare => "title-prepare",
        })
    }

    /// Whether typed text counts even if it matches no line.
    pub const fn is_free(&self) -> bool {
        matches!(
            self.kind,
            Kind::Size | Kind::Batch | Kind::Classes | Kind::Filter | Kind::Prepare
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

    /// Lines of one screen, each with whether it is selected.
    pub fn window(&self, height: usize) -> impl Iterator<Item = (bool, &Item)> {
        (self.cursor.top..self.found.len())
            .take(height)
            .map(|place| (place == self.cursor.at, &self.items[self.found[place]]))
    }

    /// Choice to act on: the selected line, or the typed text if that counts.
    pub fn chosen(&self) -> Option<Choice> {
        if self.is_free() && !self.text.trim().is_empty() {
            return Some(Choice::Text(self.text.trim().to_owned()));
        }
        // A spec file is not in the list.
        if self.kind == Kind::Other && self.found.is_empty() {
            return Some(Choice::Text(self.text.trim().to_owned()));
        }
        let item = self.items.get(*self.found.get(self.cursor.at)?)?;
        Some(item.choice.clone())
    }

    /// Adds to the typed text.
    pub fn type_text(&mut self, text: &str) {
        self.text.push_str(text);
        self.refresh();
    }

    /// Removes the last character.
    pub fn erase(&mut self) {
        self.text.pop();
        self.refresh();
    }

    /// Moves the selection.
    pub fn go(&mut self, motion: Motion, page: usize) {
        self.cursor.go(motion, self.found.len(), page);
    }

    /// Selects the line at `place`; returns whether there is one.
    pub fn select_place(&mut self, place: usize) -> bool {
        let is_there = place < self.found.len();
        if is_there {
            self.cursor.at = place;
        }
        is_there
    }

    /// Scrolls until the selected line is visible.
    pub fn keep(&mut self, height: usize) {
        self.cursor.keep(self.found.len(), height);
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

/// Tab that a context's keys belong to.
pub(super) const fn home(context: Context) -> Option<Tab> {
    match context {
        Context::Layers => Some(Tab::Layers),
        Context::Graph => Some(Tab::Graph),
        Context::Forward => Some(Tab::Forward),
        Context::Checks => Some(Tab::Checks),
        Context::Spec => Some(Tab::Spec),
        _ => None,
    }
}

/// List of all commands available now, those of the current view first; commands of other views also switch to them.
pub(super) fn palette(app: &App) -> Finder {
    let mut contexts = app.contexts_in(&Mode::Browse);
    if app.opened().is_some() {
        let others = Context::ALL
            .into_iter()
            .filter(|context| home(*context).is_some() && !contexts.contains(context));
        let others: Vec<_> = others.collect();
        contexts.extend(others);
    }
    if matches!(app.screen, Screen::Catalogue) {
        let both = [Context::Catalogue, Context::Tree, Context::Scatter];
        let others = both
            .into_iter()
            .filter(|context| !contexts.contains(context));
        let others: Vec<_> = others.collect();
        contexts.extend(others);
    }
    let here = app.opened().map(|opened| opened.tab);
    let language = app.theme.language();
    let mut items: Vec<Item> = Vec::new();
    for context in contexts {
        for binding in keys::bindings(context) {
            let is_motion = matches!(binding.command, Command::Move(_));
            let choice = Choice::Command(context, binding.command);
            if is_motion || items.iter().any(|item| item.choice == choice) {
                continue;
            }
            let label = match home(context) {
                Some(tab) if Some(tab) != here => {
                    format!("{}: {}", language.say(&tab.word()), binding.help(language))
                }
                None if context == Context::Scatter && app.catalogue.plot.is_none() => {
                    format!(
                        "{}: {}",
                        language.word("title-points"),
                        binding.help(language)
                    )
                }
                _ => binding.help(language).to_owned(),
            };
            items.push(Item {
                label,
                hint: binding.names(),
                choice,
            });
        }
    }
    Finder::new(Kind::Palette, items)
}

/// List of a kind, for the open network or the catalogue.
pub(super) fn finder(app: &App, kind: Kind) -> Option<Finder> {
    let language = app.theme.language();
    let text = |label: &str, hint: &str| Item {
        label: label.to_owned(),
        hint: hint.to_owned(),
        choice: Choice::Text(label.to_owned()),
    };
    let items = match kind {
        Kind::Palette => return Some(palette(app)),
        Kind::Layer if app.compared().is_some() => pairs(app)?,
        Kind::Layer => layers(app)?,
        Kind::Filter => vec![
            ("find-strided", "find-strided-hint"),
            ("find-pointwise", "find-pointwise-hint"),
            ("find-norm", "find-norm-hint"),
            ("branch-shortcut", "find-shortcut-hint"),
        ]
        .into_iter()
        .map(|(example, hint)| text(language.word(example), language.word(hint)))
        .collect(),
        Kind::Rule => Rule::ALL
            .into_iter()
            .map(|rule| Item {
                label: rule.to_string(),
                hint: language.say(&rule.sentence()),
                choice: Choice::Rule(rule),
            })
            .collect(),
        Kind::Size => ["224x224", "256x256", "288x288", "320x320", "32x32", "28x28"]
            .into_iter()
            .map(|size| text(size, ""))
            .collect(),
        Kind::Batch => ["1", "8", "32", "64", "256"]
            .into_iter()
            .map(|batch| text(batch, ""))
            .collect(),
        Kind::Classes => ["10", "100", "200", "1000", "21841"]
            .into_iter()
            .map(|classes| text(classes, ""))
            .collect(),
        Kind::Lesson => lessons(app),
        Kind::Prepare => app
            .opened()?
            .forward
            .preparations()
            .into_iter()
            .map(|(label, hint)| text(&label, &language.say(&hint)))
            .collect(),
        Kind::Cell => cells(app)?,
        Kind::Other => others(app)?,
        Kind::Export => super::export::forms(app)
            .into_iter()
            .map(|form| Item {
                label: language.say(&super::export::words(app, form)),
                hint: super::export::file_name(app, form),
                choice: Choice::Export(form),
            })
            .collect(),
        Kind::Sort => orders(language),
    };
    Some(Finder::new(kind, items))
}

/// List of lessons, each with the number of correct answers.
fn lessons(app: &App) -> Vec<Item> {
    let course = &app.course;
    let items = course.all().iter().enumerate().map(|(number, lesson)| {
        let right = course.progress.right(&lesson.id).to_string();
        let of = lesson.steps.len().to_string();
        Item {
            label: format!("{:>2}  {}", number + 1, lesson.title),
            hint: course
                .language
                .say(&message!("lesson-score", right = right, all = of)),
            choice: Choice::Lesson(number),
        }
    });
    items.collect()
}

fn layers(app: &App) -> Option<Vec<Item>> {
    let language = app.theme.language();
    let subject = &app.opened()?.subject;
    let network = &subject.model.network;
    let items = network.nodes().map(|(id, node)| Item {
        label: format!("{}  {}", node.path, language.say(&node.layer.summary())),
        hint: subject.analysis.shapes[id].map_or_else(String::new, |shape| shape.to_string()),
        choice: Choice::Layer(id),
    });
    Some(items.collect())
}

/// Orders of the catalogue: by each figure, in both directions.
fn orders(language: Language) -> Vec<Item> {
    let order = |key: SortKey, is_reversed: bool| Item {
        label: language.say(&if is_reversed {
            message!("sort-reversed", key = key.name())
        } else {
            Message::of(key.name())
        }),
        hint: language.say(&match (key, is_reversed) {
            (SortKey::Catalogue, _) => message!("sort-tree"),
            (SortKey::Name, false) => message!("sort-names"),
            (SortKey::Name, true) => message!("sort-names-reversed"),
            (SortKey::Year, false) => message!("sort-oldest"),
            (SortKey::Year, true) => message!("sort-newest"),
            (SortKey::Top1, false) => message!("sort-most-accurate"),
            (SortKey::Top1, true) => message!("sort-least-accurate"),
            (_, false) => message!("sort-smallest"),
            (_, true) => message!("sort-largest"),
        }),
        choice: Choice::Sort(key, is_reversed),
    };
    let both = |key| {
        let can_turn = key != SortKey::Catalogue;
        std::iter::once(order(key, false)).chain(can_turn.then(|| order(key, true)))
    };
    SortKey::ALL.into_iter().flat_map(both).collect()
}

/// Layers of both networks in the comparison.
fn pairs(app: &App) -> Option<Vec<Item>> {
    let language = app.theme.language();
    let compare = app.compared()?;
    let items = compare.tree.items().iter().enumerate();
    let items = items.filter_map(|(number, item)| {
        let side = if item.row.b.is_some() {
            Side::B
        } else {
            Side::A
        };
        let row = item.row.row(side)?;
        let is_layer = matches!(row.kind, RowKind::Layer(_));
        is_layer.then(|| Item {
            label: compare.subject(side).name(row),
            hint: match item.row.mark {
                Mark::Same => item.row.mark.sign().to_string(),
                mark => format!("{} {}", language.say(&mark.word()), mark.sign()),
            },
            choice: Choice::Pair(number),
        })
    });
    Some(items.collect())
}

/// Networks to compare the open one with, those that it inherits from first.
fn others(app: &App) -> Option<Vec<Item>> {
    let language = app.theme.language();
    let spec = &app.opened()?.subject.model.spec;
    let parents = spec.parents.iter().cloned();
    let names = catalog::all_names();
    let rest = names
        .into_iter()
        .filter(|name| !spec.parents.contains(name) && *name != spec.name);
    let items = parents
        .map(|name| (name, language.word("find-parent")))
        .chain(rest.map(|name| (name, "")))
        .map(|(name, hint)| Item {
            label: name.clone(),
            hint: hint.to_owned(),
            choice: Choice::Other(name),
        });
    Some(items.collect())
}

/// Cells of the selected row to copy, in machine-readable form.
fn cells(app: &App) -> Option<Vec<Item>> {
    let language = app.theme.language();
    let opened = app.opened()?;
    let row: &Row = &opened.layers.tree.selected()?.row;
    let items = Column::ALL.into_iter().filter_map(|column| {
        let value = opened.subject.cell(row, column).plain();
        (!value.is_empty()).then(|| Item {
            label: value.clone(),
            hint: language.say(&opened.subject.title(column)),
            choice: Choice::Copy(value),
        })
    });
    Some(items.collect())
}
