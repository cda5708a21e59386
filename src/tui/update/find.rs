//! Lists to search: the commands, the layers, the settings, and what else one chooses by typing.

use crate::analysis::Rule;
use crate::lesson::course::{REVIEW, Study};
use crate::lesson::progress;
use crate::message;
use crate::report::catalogue::entry::{SortKey, recipes};
use crate::report::catalogue::published::Trained;
use crate::report::compare::Mark;
use crate::report::{Column, Row, RowKind};
use crate::spec::{catalog, named};
use crate::text::{Language, Message};
use crate::tui::app::{App, Effect, Overlay};
use crate::tui::file::{File, Form};
use crate::tui::keys::Scope;
use crate::tui::message::{Command, Field, Side};
use crate::tui::overlay::finder::{Choice, Finder, Item, Kind};
use crate::tui::request::Asks;
use crate::tui::screen::Screen;
use crate::tui::screen::compare::Compare;
use crate::tui::screen::network::Opened;
use crate::tui::screen::train::Train;
use crate::tui::worker::Wanted;

use super::serve::serve;

/// Kind of list that a command opens.
pub(super) const fn kind_of(command: Command) -> Option<Kind> {
    Some(match command {
        Command::Palette => Kind::Palette,
        Command::FindLayer => Kind::Layer,
        Command::Filter => Kind::Filter,
        Command::Copy => Kind::Cell,
        Command::PickRule => Kind::Rule,
        Command::PickSize => Kind::Size,
        Command::PickBatch => Kind::Batch,
        Command::PickClasses => Kind::Classes,
        Command::PickSort => Kind::Sort,
        Command::PickTrained => Kind::Trained,
        Command::Lessons => Kind::Lesson,
        Command::Export => Kind::Export,
        Command::Prepare => Kind::Prepare,
        Command::CompareWith => Kind::Other,
        Command::PickBeside => Kind::Beside,
        Command::PickStudent => Kind::Student,
        Command::Mine => Kind::Mine,
        Command::Edit(field) => Kind::Recipe(field),
        _ => return None,
    })
}

/// Opens a list, instead of every other box.
pub(super) fn open(app: &mut App, kind: Kind) -> Option<Effect> {
    let mut asks = Asks::default();
    let is_searched = kind == Kind::Palette && app.catalogue.is_typing;
    let searched = is_searched.then(|| app.catalogue.query().to_owned());
    app.close_boxes(&mut asks);
    if kind == Kind::Lesson {
        app.course.lessons();
    }
    match finder(app, kind) {
        Some(list) if list.is_empty() && kind != Kind::Mine => asks.notify(match kind {
            Kind::Export => message!("notice-nothing-to-write"),
            Kind::Prepare => message!("notice-no-pass"),
            _ => message!("notice-nothing-to-choose"),
        }),
        Some(mut list) => {
            if let Some(text) = searched {
                list.type_text(&text, &mut asks);
            }
            app.overlay = Some(Overlay::Finder(Box::new(list)));
        }
        None => {}
    }
    serve(app, asks)
}

/// Formats that the current view can be exported in, each with the id of its description.
fn forms(app: &App) -> Vec<(Form, &'static str)> {
    match &app.screen {
        Screen::Catalogue => app.catalogue.files(),
        Screen::Compare(_) => Compare::files(),
        Screen::Train => Train::files(),
        Screen::Start => Vec::new(),
        Screen::Network(opened) => opened.files(),
    }
}

/// Name of an exported file.
fn file_name(app: &App, form: Form) -> String {
    let stem = match &app.screen {
        Screen::Catalogue => app.catalogue.file_name(form),
        Screen::Compare(compare) => compare.file_name(),
        Screen::Train => Train::file_name(),
        Screen::Start => String::new(),
        Screen::Network(opened) => opened.file_name(form),
    };
    format!("{stem}.{}", form.ending())
}

/// File with the current view.
///
/// # Errors
/// It cannot be made; the message is for the user.
pub(super) fn file(app: &App, form: Form) -> Result<File, Message> {
    let language = app.theme.language();
    let name = file_name(app, form);
    let bytes = match &app.screen {
        Screen::Catalogue => app.catalogue.file(form, language)?,
        Screen::Compare(compare) => compare.file(form, language),
        Screen::Train => app.train.file(form)?,
        Screen::Start => return Err(message!("notice-nothing-to-write")),
        Screen::Network(opened) => opened.file(form, language)?,
    };
    Ok(File { name, bytes })
}

/// List of all commands available now, those of the current view first; commands of other views also switch to them.
fn palette(app: &App) -> Finder {
    let mut scopes = app.scopes();
    if app.opened().is_some() {
        let others = Scope::ALL
            .into_iter()
            .filter(|scope| scope.home().is_some() && !scopes.contains(scope));
        let others: Vec<_> = others.collect();
        scopes.extend(others);
    }
    if matches!(app.screen, Screen::Catalogue) {
        let both = [Scope::Catalogue, Scope::Tree, Scope::Scatter];
        let others = both.into_iter().filter(|scope| !scopes.contains(scope));
        let others: Vec<_> = others.collect();
        scopes.extend(others);
    }
    if !scopes.contains(&Scope::Start) {
        scopes.push(Scope::Start);
    }
    let here = app.opened().map(|opened| opened.tab);
    let language = app.theme.language();
    let mut items: Vec<Item> = Vec::new();
    for scope in scopes {
        for bound in app.keys.bindings(scope) {
            let binding = bound.binding;
            let is_motion = match binding.command {
                Command::Move(_) => true,
                Command::Side(_) | Command::Accept => scope == Scope::Start,
                _ => false,
            };
            let choice = Choice::Command(scope, binding.command);
            if is_motion || items.iter().any(|item| item.choice == choice) {
                continue;
            }
            let label = match scope.home() {
                Some(tab) if Some(tab) != here => {
                    format!("{}: {}", language.say(&tab.word()), binding.help(language))
                }
                None if scope == Scope::Scatter && app.catalogue.plot.is_none() => {
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
                hint: bound.names(),
                choice,
            });
        }
    }
    items.extend(museum(language));
    Finder::new(Kind::Palette, items)
}

/// Broken networks of the museum.
fn museum(language: Language) -> Vec<Item> {
    let item = |name: String| Item {
        label: language.say(&message!("find-museum", name = &name)),
        hint: String::new(),
        choice: Choice::Open(name),
    };
    catalog::museum().into_iter().map(item).collect()
}

/// List of a kind, for the open network or the catalogue.
fn finder(app: &App, kind: Kind) -> Option<Finder> {
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
        Kind::Other | Kind::Beside => others(app)?,
        Kind::Student => students(),
        Kind::Recipe(field) => {
            let browse = (field == Field::Data).then(|| Item {
                label: language.word("find-folder").to_owned(),
                hint: String::new(),
                choice: Choice::Browse(Wanted::Data),
            });
            let examples = Train::examples(field).iter();
            let examples = examples.map(|example| text(example, ""));
            examples.chain(browse).collect()
        }
        Kind::Export => forms(app)
            .into_iter()
            .map(|(form, words)| Item {
                label: language.word(words).to_owned(),
                hint: file_name(app, form),
                choice: Choice::Export(form),
            })
            .collect(),
        Kind::Mine => super::start::files(app),
        Kind::Sort => orders(language),
        Kind::Trained => trained(app),
    };
    Some(Finder::new(kind, items))
}

/// List of lessons, each with the number of correct answers; before them the review, if there is anything to review today.
fn lessons(app: &App) -> Vec<Item> {
    let course = &app.course;
    let due = course.progress.due(course.all(), progress::today()).len();
    let review = (due > 0).then(|| Item {
        label: format!("    {} · {REVIEW}", course.language.word("review-title")),
        hint: course.language.say(&message!("review-due", count = due)),
        choice: Choice::Study(Study::Review),
    });
    // A quiz names the lessons before it by their numbers, so it has none itself.
    let mut lessons = 0;
    let items = course.all().iter().enumerate().map(|(number, lesson)| {
        let right = course.progress.right(lesson).to_string();
        let of = lesson.steps.len().to_string();
        let place = if lesson.is_quiz() {
            String::new()
        } else {
            lessons += 1;
            format!("{lessons}")
        };
        Item {
            label: format!("{place:>2}  {} · {}", lesson.title, lesson.id),
            hint: course
                .language
                .say(&message!("lesson-right-of", right = right, all = of)),
            choice: Choice::Study(Study::Lesson(number)),
        }
    });
    review.into_iter().chain(items).collect()
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

/// List of the weights whose accuracies can be shown: of each training data, then of each recipe, the most used first.
fn trained(app: &App) -> Vec<Item> {
    let language = app.theme.language();
    let entries = app.catalogue.entries();
    let item = |kind: Trained| {
        let count = entries.iter().filter(|entry| entry.has_accuracy(kind));
        Item {
            label: language.say(&kind.words()),
            hint: language.say(&message!("trained-networks", count = count.count())),
            choice: Choice::Trained(kind),
        }
    };
    let data = [Trained::OnImageNet1k, Trained::OnAnything].into_iter();
    data.chain(recipes(entries)).map(item).collect()
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
    let is_fixed = app.fixes.last().is_some_and(|fix| {
        named::text(&fix.path) == app.opened().map_or_else(String::new, Opened::name)
    });
    let before = is_fixed.then(|| Item {
        label: language.word("find-before-fix").to_owned(),
        hint: String::new(),
        choice: Choice::BeforeFix,
    });
    let items = parents
        .map(|name| (name, language.word("find-parent")))
        .chain(rest.map(|name| (name, "")))
        .map(|(name, hint)| Item {
            label: name.clone(),
            hint: hint.to_owned(),
            choice: Choice::Other(name),
        });
    Some(before.into_iter().chain(items).collect())
}

/// Networks to train.
fn students() -> Vec<Item> {
    let items = catalog::all_names().into_iter().map(|name| Item {
        label: name.clone(),
        hint: String::new(),
        choice: Choice::Other(name),
    });
    items.collect()
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
