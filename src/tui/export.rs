//! What is in view, as a text for a file.

use super::app::{App, Screen};
use super::finder::Form;
use super::message::Tab;
use super::opened::Opened;
use crate::export::dot;
use crate::export::style::Options;
use crate::report::format::short;
use crate::report::grid::{Grid, Side};
use crate::report::{Cell, Column, Row};

/// A text for a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// The file's name, in the folder that the program was started in.
    pub name: String,
    /// What is written.
    pub text: String,
}

/// The forms that what is in view can be written in.
pub(super) fn forms(app: &App) -> Vec<Form> {
    match &app.screen {
        Screen::Catalogue => vec![Form::Csv, Form::Markdown],
        Screen::Network(opened) => match opened.tab {
            Tab::Layers => vec![Form::Csv, Form::Markdown],
            Tab::Graph => vec![Form::Dot],
            Tab::Checks => vec![Form::Markdown],
            Tab::Forward | Tab::Spec => Vec::new(),
        },
    }
}

/// A form in words.
pub(super) const fn words(form: Form) -> &'static str {
    match form {
        Form::Csv => "CSV, numbers in full",
        Form::Markdown => "Markdown",
        Form::Dot => "Graphviz (DOT)",
        Form::Text => "text",
    }
}

/// What the file would be called.
pub(super) fn file_name(app: &App, form: Form) -> String {
    let stem = match &app.screen {
        Screen::Catalogue => "networks".to_owned(),
        Screen::Network(opened) => {
            let name = &opened.subject.model.spec.name;
            match opened.tab {
                Tab::Graph => format!("{name}-{}s", opened.graph.level().name()),
                tab => format!("{name}-{}", tab.title().to_lowercase()),
            }
        }
    };
    format!("{stem}.{}", form.ending())
}

/// The file with what is in view.
pub(super) fn file(app: &App, form: Form) -> File {
    let text = match &app.screen {
        Screen::Catalogue => written(&networks(app, form), form),
        Screen::Network(opened) => match opened.tab {
            Tab::Graph => graph(opened),
            Tab::Checks => checks(opened),
            _ => written(&layers(opened, form), form),
        },
    };
    File {
        name: file_name(app, form),
        text,
    }
}

/// The diagram in view, with every block.
fn graph(opened: &Opened) -> String {
    let options = Options {
        level: opened.graph.level(),
        fold: false,
        ..Options::default()
    };
    dot::dot(&opened.subject, &options)
}

fn written(grid: &Grid, form: Form) -> String {
    match form {
        Form::Csv => grid.csv(),
        _ => grid.markdown(),
    }
}

/// The rows that are shown, with the columns that are.
fn layers(opened: &Opened, form: Form) -> Grid {
    let subject = &opened.subject;
    let columns: Vec<Column> = std::iter::once(Column::Path)
        .chain(opened.layers.columns().iter().map(|(column, _)| *column))
        .filter({
            let mut has_path = false;
            move |column| *column != Column::Path || !std::mem::replace(&mut has_path, true)
        })
        .collect();
    let is_csv = form == Form::Csv;
    let side = |column: Column| {
        if column.is_numeric() {
            Side::Right
        } else {
            Side::Left
        }
    };
    let title = |column: Column| {
        if is_csv {
            column.key()
        } else {
            subject.title(column)
        }
    };
    let text = |cell: &Cell| if is_csv { cell.plain() } else { cell.text() };
    let mut grid = Grid::new(columns.iter().map(|&column| (title(column), side(column))));
    let rows: Vec<&Row> = opened.layers.tree.shown().map(|item| &item.row).collect();
    for row in rows {
        let cells = columns
            .iter()
            .map(|&column| text(&subject.cell(row, column)));
        grid.row(cells.collect());
    }
    let total = |column: &Column| match column {
        Column::Path => format!("total, rule {}", subject.analysis.rule),
        column => text(&subject.total(*column)),
    };
    grid.total(columns.iter().map(total).collect());
    grid
}

fn networks(app: &App, form: Form) -> Grid {
    let titles = [
        "name", "title", "family", "input", "params", "macs", "depth", "year",
    ];
    let mut grid = Grid::new(titles.map(|title| (title, Side::Left)));
    for entry in app.catalogue.shown() {
        let number = |number: u128| match form {
            Form::Csv => number.to_string(),
            _ => short(number),
        };
        let input: Vec<_> = entry.input.iter().map(u64::to_string).collect();
        grid.row(vec![
            entry.name.clone(),
            entry.title.clone(),
            entry.family.clone(),
            input.join("x"),
            number(entry.params),
            number(entry.macs),
            entry.depth.to_string(),
            entry.year.map_or_else(String::new, |year| year.to_string()),
        ]);
    }
    grid
}

/// What is wrong or worth knowing, each with its excerpt.
fn checks(opened: &Opened) -> String {
    let mut text = format!("# Checks of {}\n\n", opened.subject.model.title());
    if opened.checks.problems.is_empty() {
        text += "Nothing speaks against this network.\n";
    }
    for excerpt in opened.checks.excerpts() {
        text += &format!("```text\n{}\n```\n\n", excerpt.trim_end());
    }
    text.truncate(text.trim_end().len());
    text + "\n"
}
