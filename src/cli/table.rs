//! `table`: one row per stage, block or layer.

use clap::Args as ClapArgs;

use super::flags::{Format, Shape, level, named, one_of, picture, rule, spoken};
use super::output::{Failure, Output, width};
use super::prepare::PrepareArgs;
use super::subject::{prepared, reading};
use crate::analysis::Rule;
use crate::message;
use crate::report::network::table::{COLUMNS, table as grid};
use crate::report::{Cell, Column, Level, Row, Subject, network::json, network::rows};
use crate::spec::has_errors;
use crate::text::Message;
use crate::text::system::Reason;

#[derive(Debug, ClapArgs)]
pub(super) struct TableArgs {
    #[arg(value_parser = named())]
    pub(super) name: String,
    #[command(flatten)]
    pub(super) shape: Shape,
    #[arg(long, default_value = "layer", value_parser = level)]
    pub(super) level: Level,
    #[arg(long, value_name = "A,B,C", value_delimiter = ',', value_parser = column)]
    pub(super) columns: Vec<Column>,
    #[arg(long, value_name = "RULE", default_value = "conv+fc", value_parser = rule)]
    pub(super) count: Rule,
    #[arg(long, default_value = "text")]
    pub(super) format: Format,
    #[arg(long, value_name = "WxH", value_parser = picture, help_heading = "Pictures")]
    pub(super) picture: Option<[u64; 2]>,
    #[command(flatten)]
    pub(super) prepare: PrepareArgs,
}

fn column(text: &str) -> Result<Column, Reason> {
    Column::parse(text).ok_or_else(|| one_of(Column::ALL.iter().map(|column| column.key())))
}

pub(super) fn table(args: &TableArgs) -> Result<Output, Failure> {
    let subject = Subject::new(
        reading(
            prepared(&args.name, args.shape, &args.prepare)?,
            args.picture,
        ),
        args.count,
        args.shape.batch,
    );
    let mut output =
        if args.format == Format::Json && args.level == Level::Layer && args.columns.is_empty() {
            Output::json(&json::layers(&subject))
        } else {
            of_rows(&subject, args)
        };
    // A network with errors is shown up to its fault, together with its problems.
    let problems = &subject.model.problems;
    if has_errors(problems) {
        let notice = Failure::problems(problems).into_output();
        output.stderr = notice.stderr;
        output.code = notice.code;
    }
    Ok(output)
}

fn of_rows(subject: &Subject, args: &TableArgs) -> Output {
    let mut columns = args.columns.clone();
    if columns.is_empty() {
        columns = COLUMNS.to_vec();
        if args.level == Level::Stage {
            columns.insert(1, Column::PaperName);
        }
    }
    let rows = rows::rows(&subject.model.network, args.level);
    let title = |column| subject.title(column);
    match args.format {
        Format::Json => Output::json(&objects(subject, &rows, &columns)),
        Format::Text => {
            let grid = grid(subject, &rows, &columns, title, Cell::shown);
            let rule = subject.analysis.rule;
            let note = message!(
                "table-note",
                title = subject.model.title(),
                unit = rule.unit(),
                rule = rule.name(),
                sentence = rule.sentence(),
                batch = subject.batch,
            );
            let notes = std::iter::once(note).chain(pictures(subject));
            let notes = notes.map(|note| format!(" {}\n", spoken().say(&note)));
            let notes: String = notes.collect();
            Output::data(format!(
                "{}\n{notes}",
                grid.in_language(spoken()).text(width(), true)
            ))
        }
        Format::Markdown => {
            let grid = grid(subject, &rows, &columns, title, Cell::shown);
            Output::data(grid.in_language(spoken()).markdown())
        }
        Format::Csv => {
            let plain = |cell: &Cell| cell.plain().into();
            Output::data(grid(subject, &rows, &columns, Column::key, plain).csv())
        }
    }
}

/// Preprocessing of pictures before the first row.
fn pictures(subject: &Subject) -> Option<Message> {
    let model = &subject.model;
    model.spec.file.preprocessing()?;
    let steps = model.picture_steps()?;
    Some(message!("table-images", steps = steps.message()))
}

fn objects(
    subject: &Subject,
    rows: &[Row],
    columns: &[Column],
) -> Vec<serde_json::Map<String, serde_json::Value>> {
    rows.iter()
        .map(|row| {
            columns
                .iter()
                .map(|&column| {
                    (
                        column.key().to_owned(),
                        json::cell(&subject.cell(row, column)),
                    )
                })
                .collect()
        })
        .collect()
}
