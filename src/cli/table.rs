//! `table`: a row a stage, block or layer.

use super::args::{Format, TableArgs};
use super::output::{Failure, Output, width};
use super::subject::model;
use crate::report::table::{COLUMNS, table as grid};
use crate::report::{Cell, Column, Level, Row, Subject, json, rows};
use crate::spec::has_errors;

pub(super) fn table(args: &TableArgs) -> Result<Output, Failure> {
    let subject = Subject::new(model(&args.name, args.shape)?, args.count, args.shape.batch);
    let mut output =
        if args.format == Format::Json && args.level == Level::Layer && args.columns.is_empty() {
            Output::json(&json::layers(&subject))
        } else {
            of_rows(&subject, args)
        };
    // A broken network is shown up to its fault, and what is wrong beside it.
    let problems = &subject.model.problems;
    if has_errors(problems) {
        let told = Failure::problems(problems).into_output();
        output.stderr = told.stderr;
        output.code = told.code;
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
            let grid = grid(subject, &rows, &columns, title, Cell::text);
            let rule = subject.analysis.rule;
            let note = format!(
                "\n {}: {} by rule {rule} ({}), batch {}; RF = receptive field in pixels.\n",
                subject.model.title(),
                rule.unit(),
                rule.sentence(),
                subject.batch
            );
            Output::data(grid.text(width(), true) + &note)
        }
        Format::Markdown => {
            Output::data(grid(subject, &rows, &columns, title, Cell::text).markdown())
        }
        Format::Csv => Output::data(grid(subject, &rows, &columns, Column::key, Cell::plain).csv()),
    }
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
