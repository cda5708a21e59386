//! `run --value`: one number of a pass with all numbers that it is computed from.

use std::ops::ControlFlow;

use serde::Serialize;

use super::args::{RunArgs, Wanted};
use crate::cli::flags::{Format, spoken};
use crate::cli::output::{Failure, Output, width};
use crate::engine::value_trace::{ExplainError, Explanation, Formula};
use crate::engine::{Session, WeightsChoice, explain};
use crate::lower::Model;
use crate::message;
use crate::network::LayerId;
use crate::report::grid::{Grid, Side};
use crate::report::pass::value_trace::json::Explained;
use crate::report::pass::value_trace::{Detail, Kind, Order, figures, lines};

/// JSON of `run --value`.
#[derive(Debug, Serialize)]
struct ValueReport<'a> {
    model: &'a str,
    weights: &'a str,
    input_source: &'a str,
    train: bool,
    #[serde(flatten)]
    explained: Explained,
}

/// Description of the pass.
pub(super) struct Setting<'a> {
    model: &'a str,
    weights: String,
    input: String,
    train: bool,
}

impl<'a> Setting<'a> {
    pub(super) fn new(model: &'a Model, weights: &WeightsChoice, input: &str, train: bool) -> Self {
        Self {
            model: &model.spec.name,
            weights: weights.to_string(),
            input: input.to_string(),
            train,
        }
    }
}

/// Runs up to the value's layer and explains the value; `session` keeps all values.
pub(super) fn value(
    session: &mut Session,
    id: LayerId,
    wanted: &Wanted,
    setting: &Setting<'_>,
    args: &RunArgs,
) -> Result<Output, Failure> {
    // Nothing interrupts this run.
    let _ = session.run_to(id, &mut |_, _| ControlFlow::Continue(()));
    let session = &*session;
    let network = session.network();
    let explanation = explain(session, id, wanted.cell).map_err(|error| match error {
        ExplainError::NoSuchCell { .. } => Failure::usage(error),
        ExplainError::NotThere(_) => Failure::failed(error),
    })?;
    let nothing = || Failure::failed(message!("value-nothing"));
    let last = explanation.last().ok_or_else(nothing)?;
    Ok(match args.format {
        Format::Json => Output::json(&ValueReport {
            model: setting.model,
            weights: &setting.weights,
            input_source: &setting.input,
            train: setting.train,
            explained: Explained::of(network, &explanation).ok_or_else(nothing)?,
        }),
        Format::Csv => Output::data(table(session, &explanation, &|x| x.to_string()).csv()),
        Format::Markdown => Output::data(table(session, &explanation, &figures).markdown()),
        Format::Text => {
            let bold = anstyle::Style::new().bold();
            let dim = anstyle::Style::new().dimmed();
            let language = spoken();
            let title = message!(
                "value-title",
                path = network[id].path.to_string(),
                cell = wanted.cell.message(),
                value = figures(last.value)
            );
            let of = message!(
                "value-setting",
                model = setting.model,
                weights = &setting.weights,
                input = &setting.input,
                mode = session.mode().message()
            );
            let mut text = format!(
                "{bold}{}{bold:#}\n\n  {}\n",
                language.say(&title),
                language.say(&of)
            );
            let detail = Detail {
                language: crate::cli::flags::spoken(),
                products: args.products,
                order: Order::Largest,
                width: usize::from(width().unwrap_or(100)).max(40),
            };
            for line in lines(network, &explanation, detail) {
                let indent = if line.text.is_empty() { "" } else { "  " };
                text += &match line.kind {
                    Kind::Heading => format!("{indent}{bold}{}{bold:#}\n", line.text),
                    Kind::Note => format!("{indent}{dim}{}{dim:#}\n", line.text),
                    _ => format!("{indent}{}\n", line.text),
                };
            }
            Output::data(text)
        }
    })
}

/// Table of all products of the sums: the input, the weight and the product, to be summed elsewhere.
fn table(session: &Session, explanation: &Explanation, number: &dyn Fn(f64) -> String) -> Grid {
    let words = ["layer", "reads"].map(|title| (title, Side::Left));
    let numbers =
        ["channel", "row", "column", "read", "weight", "product"].map(|title| (title, Side::Right));
    let mut grid = Grid::new(words.into_iter().chain(numbers));
    let network = session.network();
    for step in &explanation.steps {
        let layer = network[step.layer].path.to_string();
        let (Formula::Sum(sum) | Formula::Rounded { sum, .. }) = &step.formula else {
            continue;
        };
        for term in &sum.terms {
            let cell = term.read.cell;
            grid.row(vec![
                layer.clone(),
                network[term.read.layer].path.to_string(),
                cell.channel.to_string(),
                cell.row.to_string(),
                cell.column.to_string(),
                number(term.read.value),
                number(term.weight),
                number(term.product()),
            ]);
        }
        if let Some(bias) = sum.bias {
            let mut row = vec![layer, "bias".to_owned()];
            row.extend([""; 3].map(str::to_owned));
            row.extend([number(1.0), number(bias), number(bias)]);
            grid.row(row);
        }
    }
    grid
}
