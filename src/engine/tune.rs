//! Timing of the ways to compute each convolution of a network.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::compiled::{Candidate, CompileError, Compiled, LayerSource, Options};
use super::pass::Input;
use crate::network::Network;

/// Turns of all candidates: each has its share of what else the machine does.
const TURNS: usize = 3;
/// Timed passes per turn, after one that is not timed.
const PASSES: usize = 3;

/// Name of the fastest candidate of each distinct convolution, by the convolution's name.
///
/// Each candidate runs in passes of the whole network, so that its weights and maps lie where a pass leaves them. `step` is
/// called before each turn of a candidate, with the number of those that are done and of all.
///
/// # Errors
/// The network cannot be compiled, or the input does not fit.
pub fn tune(
    network: &Arc<Network>,
    weights: &dyn LayerSource,
    options: Options,
    input: &Input,
    step: &mut dyn FnMut(usize, usize),
) -> Result<BTreeMap<String, String>, CompileError> {
    let threads = Compiled::new(Arc::clone(network), weights, options)?.threads();
    let candidates: Vec<Candidate> = Candidate::on(threads)
        .filter(|own| own.side.is_none() || options.winograd && options.bf16.is_none())
        .collect();
    let mut least: BTreeMap<String, Vec<(Candidate, f64)>> = BTreeMap::new();
    for turn in 0..TURNS * candidates.len() {
        step(turn, TURNS * candidates.len());
        let candidate = candidates[turn % candidates.len()];
        let options = Options {
            threads: Some(threads),
            forced: Some(candidate),
            ..options
        };
        let mut compiled = Compiled::new(Arc::clone(network), weights, options)?;
        for (name, seconds) in times(&mut compiled, candidate, input)? {
            let own = least.entry(name).or_default();
            match own.iter_mut().find(|(other, _)| *other == candidate) {
                Some((_, before)) => *before = seconds.min(*before),
                None => own.push((candidate, seconds)),
            }
        }
    }
    let winners = least.into_iter().filter_map(|(name, own)| {
        let (winner, _) = own.iter().min_by(|a, b| a.1.total_cmp(&b.1))?;
        Some((name, winner.name().to_owned()))
    });
    Ok(winners.collect())
}

/// Least seconds of the convolutions that are computed by `candidate`: of each step in some passes, and summed over the steps
/// of the same name.
fn times(
    compiled: &mut Compiled,
    candidate: Candidate,
    input: &Input,
) -> Result<BTreeMap<String, f64>, CompileError> {
    let mut least = vec![f64::INFINITY; compiled.steps().count()];
    compiled.run(input)?;
    for _ in 0..PASSES {
        compiled.run(input)?;
        for (least, (_, time)) in least.iter_mut().zip(compiled.steps()) {
            *least = time.as_secs_f64().min(*least);
        }
    }
    let mut sums = BTreeMap::new();
    for ((step, _), seconds) in compiled.steps().zip(least) {
        if let Some(choice) = step.choice.filter(|choice| choice.taken == candidate) {
            *sums.entry(choice.name).or_insert(0.0) += seconds;
        }
    }
    Ok(sums)
}
