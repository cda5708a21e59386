//! Export of the current view to a file.

use super::app::{App, Screen};
use super::finder::Form;
use super::forward::{Contrast, Phase};
use super::message::Tab;
use super::opened::Opened;
use crate::export::maps::Greys;
use crate::export::style::{Options, Theme};
use crate::export::{dot, maps, scatter, svg};
use crate::message;
use crate::report::catalogue::columns;
use crate::report::grid::{Grid, Side};
use crate::report::network::rows::rows;
use crate::report::{Cell, Column, Level, Row, pass::layer_statistics};
use crate::text::{Language, Message};

/// File to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// File name, in the folder that the program was started in.
    pub name: String,
    /// Contents of the file.
    pub bytes: Vec<u8>,
}

/// Formats that the current view can be exported in.
pub(super) fn forms(app: &App) -> Vec<Form> {
    match &app.screen {
        Screen::Catalogue if app.catalogue.plot.is_some() => {
            vec![Form::Svg, Form::Csv, Form::Markdown, Form::Dot]
        }
        Screen::Catalogue | Screen::Compare(_) => vec![Form::Csv, Form::Markdown],
        Screen::Network(opened) => match opened.tab {
            Tab::Layers | Tab::Checks => vec![Form::Csv, Form::Markdown],
            Tab::Graph => vec![Form::Svg, Form::Dot],
            Tab::Spec => vec![Form::Toml, Form::Markdown],
            Tab::Forward => match (&opened.forward.phase, &opened.forward.shown) {
                (Phase::Ready(_), Some(_)) => vec![Form::Csv, Form::Markdown, Form::Png],
                _ => Vec::new(),
            },
        },
    }
}

/// Description of a format.
pub(super) fn words(app: &App, form: Form) -> Message {
    let is_pass = app
        .opened()
        .is_some_and(|opened| opened.tab == Tab::Forward);
    Message::new(match form {
        Form::Csv if is_pass => "form-csv-statistics",
        Form::Markdown if is_pass => "form-markdown-statistics",
        Form::Csv => "form-csv",
        Form::Markdown => "form-markdown",
        Form::Dot if app.opened().is_none() => "form-dot-not-of-points",
        Form::Svg if app.opened().is_none() => "form-svg-points",
        Form::Dot => "form-dot",
        Form::Svg => "form-svg",
        Form::Toml => "form-toml",
        Form::Png => "form-png",
    })
}

/// Name of the exported file.
pub(super) fn file_name(app: &App, form: Form) -> String {
    let stem = match &app.screen {
        Screen::Catalogue => match app.catalogue.plot {
            Some(axis) if form == Form::Svg => format!("networks-{}", axis.title().to_lowercase()),
            _ => "networks".to_owned(),
        },
        Screen::Compare(compare) => {
            let [a, b] = [&compare.a, &compare.b].map(|subject| &subject.model.spec.name);
            format!("{a}-{b}-compare")
        }
        Screen::Network(opened) => {
            let name = &opened.subject.model.spec.name;
            match (opened.tab, form, &opened.forward.shown) {
                (Tab::Graph, ..) => format!("{name}-{}s", opened.graph.level().name()),
                (_, Form::Toml, _) => name.clone(),
                (_, Form::Png, Some(shown)) => {
                    let path = &opened.forward.network()[shown.layer].path;
                    format!("{name}-{}", path.to_string().replace('#', "-"))
                }
                (tab, ..) => format!("{name}-{}", tab.title().to_lowercase()),
            }
        }
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
    let text = match &app.screen {
        Screen::Catalogue if form == Form::Dot => {
            return Err(message!("notice-points-no-graph"));
        }
        Screen::Catalogue if form == Form::Svg => plot(app),
        Screen::Catalogue => written(&networks(app, form).in_language(language), form),
        Screen::Compare(compare) if form == Form::Csv => {
            let pairs = compare.comparison.pairs(Level::Layer);
            let plain = |cell: &Cell| cell.plain().into();
            compare.sides().rows(pairs, plain).csv()
        }
        Screen::Compare(compare) => compare.sides().markdown(language),
        Screen::Network(opened) => match (opened.tab, form) {
            (Tab::Graph, Form::Svg) => svg::svg(&opened.subject, &drawn(opened, language)),
            (Tab::Graph, _) => dot::dot(&opened.subject, &drawn(opened, language)),
            (Tab::Checks, Form::Csv) => problems(opened).csv(),
            (Tab::Checks, _) => checks(opened, language),
            (Tab::Spec, Form::Toml) => source(opened),
            (Tab::Spec, _) => spec(opened, language),
            (Tab::Forward, Form::Png) => {
                let bytes = feature_maps(opened)?;
                return Ok(File { name, bytes });
            }
            (Tab::Forward, _) => match &opened.forward.phase {
                Phase::Ready(session) => written(&layer_statistics::table(session), form),
                _ => return Err(message!("notice-nothing-run")),
            },
            (Tab::Layers, _) => written(&layers(opened, form).in_language(language), form),
        },
    };
    Ok(File {
        name,
        bytes: text.into_bytes(),
    })
}

/// Feature maps of the shown layer, in the greys of the screen.
fn feature_maps(opened: &Opened) -> Result<Vec<u8>, Message> {
    let forward = &opened.forward;
    let shown = forward
        .shown
        .as_ref()
        .ok_or_else(|| message!("notice-nothing-run"))?;
    let greys = match forward.maps.contrast {
        Contrast::Map => Greys::OfMap,
        Contrast::Layer => Greys::OfAll,
    };
    maps::png(&shown.output, greys)
}

/// Options of the graph's drawing: the current level, with every block.
fn drawn(opened: &Opened, language: Language) -> Options {
    Options {
        level: opened.graph.level(),
        fold: false,
        language,
        ..Options::default()
    }
}

/// Text of the spec; after an error, that of the file as it is now.
fn source(opened: &Opened) -> String {
    opened.spec.lines.join("\n") + "\n"
}

/// Text of the spec and the stages that it defines.
fn spec(opened: &Opened, language: Language) -> String {
    let subject = &opened.subject;
    let columns = [
        Column::Path,
        Column::Summary,
        Column::Output,
        Column::Params,
        Column::Macs,
    ];
    let mut grid = Grid::new(columns.map(|column| (subject.title(column), column.side())));
    for row in rows(&subject.model.network, Level::Stage) {
        let cells = columns.map(|column| subject.cell(&row, column).shown());
        grid.row(cells);
    }
    format!(
        "# {}\n\n`{}`\n\n```toml\n{}```\n\n{}",
        subject.model.title(),
        opened.spec.name,
        source(opened),
        grid.in_language(language).markdown()
    )
}

/// Table of problems and notes, one per row.
fn problems(opened: &Opened) -> Grid {
    let titles = [
        "severity", "rule", "layer", "file", "line", "message", "help",
    ];
    let mut grid = Grid::new(titles.map(|title| (title, Side::Left)));
    let english = |message: &crate::text::Message| crate::text::Language::ENGLISH.say(message);
    for problem in &opened.checks.problems {
        let place = problem.place.as_ref();
        grid.row(vec![
            problem.severity.name().to_owned(),
            problem.rule.to_owned(),
            problem.path.clone().unwrap_or_default(),
            place.map_or_else(String::new, |place| place.source.name.clone()),
            place.map_or_else(String::new, |place| place.line_column().0.to_string()),
            english(&problem.message),
            problem.help.as_ref().map(english).unwrap_or_default(),
        ]);
    }
    grid
}

fn written(grid: &Grid, form: Form) -> String {
    match form {
        Form::Csv => grid.csv(),
        _ => grid.markdown(),
    }
}

/// Table of the visible rows and columns.
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
    let title = |column: Column| {
        if is_csv {
            Message::of(column.key())
        } else {
            subject.title(column)
        }
    };
    let text = |cell: &Cell| {
        if is_csv {
            cell.plain().into()
        } else {
            cell.shown()
        }
    };
    let mut grid = Grid::new(columns.iter().map(|&column| (title(column), column.side())));
    let rows: Vec<&Row> = opened.layers.tree.shown().map(|item| &item.row).collect();
    for row in rows {
        let cells = columns
            .iter()
            .map(|&column| text(&subject.cell(row, column)));
        grid.row(cells);
    }
    let total = |column: &Column| match column {
        Column::Path => message!("total-by-rule", rule = subject.analysis.rule.name()).into(),
        column => text(&subject.total(*column)),
    };
    grid.total(columns.iter().map(total));
    grid
}

/// Plot of the visible points; the selected network and the marked ones are labelled.
fn plot(app: &App) -> String {
    let catalogue = &app.catalogue;
    let selected = catalogue.selected().map(|entry| entry.name.as_str());
    let named: Vec<&str> = selected
        .into_iter()
        .chain(catalogue.marked().iter().map(String::as_str))
        .collect();
    let axis = catalogue.plot.unwrap_or_default();
    scatter::svg(
        catalogue.shown(),
        axis,
        catalogue.trained(),
        &named,
        Theme::Auto,
        app.theme.language(),
    )
}

fn networks(app: &App, form: Form) -> Grid {
    let entries = app.catalogue.shown();
    match form {
        Form::Csv => columns::table(entries, &columns::Column::ALL, columns::Form::Exact),
        _ => columns::table(entries, &columns::Column::USUAL, columns::Form::Short),
    }
}

/// Problems and notes as text, each with its excerpt.
fn checks(opened: &Opened, language: Language) -> String {
    let title = message!("title-checks-of", title = opened.subject.model.title());
    let mut text = format!("# {}\n\n", language.say(&title));
    if opened.checks.problems.is_empty() {
        text += language.word("checks-no-problems");
        text += "\n";
    }
    for excerpt in opened.checks.excerpts(crate::text::Language::ENGLISH) {
        text += &format!("```text\n{}\n```\n\n", excerpt.trim_end());
    }
    text.truncate(text.trim_end().len());
    text + "\n"
}
