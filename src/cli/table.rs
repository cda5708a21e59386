//! `table`: one row per stage, block or layer.

use clap::Args as ClapArgs;

use super::flags::{Format, Shape, level, named, picture, rule, spoken};
use super::output::{Failure, Output, width};
use super::prepare::PrepareArgs;
use super::subject::{prepared, reading};
use crate::analysis::Rule;
use crate::report::table::{COLUMNS, table as grid};
use crate::report::{Cell, Column, Level, Row, Subject, json, rows};
use crate::spec::has_errors;

#[derive(Debug, ClapArgs)]
pub(super) struct TableArgs {
    /// A network or a spec file
    #[arg(value_parser = named())]
    pub(super) name: String,
    #[command(flatten)]
    pub(super) shape: Shape,
    /// How far to unfold: stage, block or layer
    #[arg(long, default_value = "layer", value_parser = level)]
    pub(super) level: Level,
    /// Columns, separated by commas, such as path,output,params; any other word lists them
    #[arg(long, value_name = "A,B,C", value_delimiter = ',', value_parser = column)]
    pub(super) columns: Vec<Column>,
    /// Rule to count operations by: conv+fc, torch, fvcore, ptflops, ptflops-aten, thop, torchinfo, convnet-burden or tf-profiler
    #[arg(long, value_name = "RULE", default_value = "conv+fc", value_parser = rule)]
    pub(super) count: Rule,
    /// Form of the output
    #[arg(long, default_value = "text")]
    pub(super) format: Format,
    /// Show the layers that bring a picture of this size to the network's: width x height as in 640x480
    #[arg(long, value_name = "WxH", value_parser = picture, help_heading = "Pictures")]
    pub(super) picture: Option<[u64; 2]>,
    #[command(flatten)]
    pub(super) prepare: PrepareArgs,
}

fn column(text: &str) -> Result<Column, String> {
    Column::parse(text).ok_or_else(|| {
        let keys: Vec<_> = Column::ALL.iter().map(|column| column.key()).collect();
        format!("the columns are: {}", keys.join(", "))
    })
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
            let notes = spoken().tell_lines(&(note + &pictures(subject)));
            Output::data(grid.told(spoken()).text(width(), true) + &notes)
        }
        Format::Markdown => {
            Output::data(grid(subject, &rows, &columns, title, Cell::text).markdown())
        }
        Format::Csv => Output::data(grid(subject, &rows, &columns, Column::key, Cell::plain).csv()),
    }
}

/// Preprocessing of pictures before the first row.
fn pictures(subject: &Subject) -> String {
    let model = &subject.model;
    match model.picture_steps() {
        Some(steps) if model.spec.file.preprocessing().is_some() => {
            format!(" Pictures: {steps}.\n")
        }
        _ => String::new(),
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
