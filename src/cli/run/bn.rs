//! `run --train --bn PATH`: the laboratory of one batch normalisation.

use super::args::RunArgs;
use crate::cli::flags::spoken;
use crate::cli::output::{Failure, Output};
use crate::engine::WeightsChoice;
use crate::engine::bn_lab::Rights;
use crate::lower::Model;
use crate::message;
use crate::report::pass::bn_lab::{
    Experiment, SIZES, Section, Setup, distances, epsilon, formula, remarks, rights, running,
    values,
};

pub(super) fn laboratory(
    args: &RunArgs,
    model: &Model,
    weights: &WeightsChoice,
    path: &str,
) -> Result<Output, Failure> {
    if let Some(option) = args.prepare.of_pictures()
        && !matches!(weights, WeightsChoice::Shipped)
    {
        return Err(Failure::usage(message!(
            "run-idle-laboratory",
            option = option,
            weights = weights.to_string()
        )));
    }
    let mut experiment = Experiment::new(model, weights, path).map_err(Failure::failed)?;
    let setup = Setup {
        size: args.shape.batch as usize,
        channel: args.channel,
        batches: args.batches,
        constant: false,
        eps: None,
    };
    let shown = experiment.show(&setup).map_err(Failure::failed)?;
    let measured: Vec<_> = SIZES
        .iter()
        .map(|&size| experiment.measure(size, args.channel).map(Some))
        .collect::<Result<_, _>>()
        .map_err(Failure::failed)?;
    let language = spoken();
    let found = Rights::measure(model, weights).map_err(Failure::failed)?;
    let mut sections = vec![
        formula(&shown, language),
        values(&shown, language),
        running(&shown, language),
        distances(&measured, false, language),
        epsilon(&shown, language),
        remarks(&shown, language),
    ];
    sections.extend(found.map(|found| rights(&found, language)));
    let part = |section: &Section| format!("{}\n{}\n", section.title, section.lines.join("\n"));
    let parts: Vec<String> = sections.iter().map(part).collect();
    Ok(Output::data(parts.join("\n")))
}
