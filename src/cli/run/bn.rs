//! `run --train --bn PATH`: the laboratory of one batch normalisation.

use super::args::RunArgs;
use crate::cli::flags::spoken;
use crate::cli::output::{Failure, Output};
use crate::engine::WeightsChoice;
use crate::lower::Model;
use crate::message;
use crate::report::pass::bn_lab::{
    Experiment, SIZES, Setup, distances, epsilon, formula, remarks, running, values,
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
    };
    let shown = experiment.show(&setup).map_err(Failure::failed)?;
    let measured: Vec<_> = SIZES
        .iter()
        .map(|&size| experiment.measure(size, args.channel).map(Some))
        .collect::<Result<_, _>>()
        .map_err(Failure::failed)?;
    let language = spoken();
    let sections = [
        formula(&shown, language),
        values(&shown, language),
        running(&shown, language),
        distances(&measured, false, language),
        epsilon(&shown, language),
        remarks(&shown, language),
    ];
    let parts =
        sections.map(|section| format!("{}\n{}\n", section.title, section.lines.join("\n")));
    Ok(Output::data(parts.join("\n")))
}
