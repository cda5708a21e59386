//! Timing of the ways to compute each convolution of a network, and a race of what follows from it against the constants.
//!
//! A convolution's time alone does not decide: what a way leaves in the caches slows or speeds the steps after it, and the least
//! of some times is partly luck. So a choice counts only as a whole, for the pass that was raced with it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use super::compiled::{By, Candidate, CompileError, Compiled, LayerSource, Options};
use super::levels::{Basis, Ways};
use super::pass::Input;
use crate::network::Network;
use crate::sorting::Sorting;

/// Turns of all candidates: each has its share of what else the machine does.
const TURNS: usize = 3;
/// Timed passes per turn, after one that is not timed.
const PASSES: usize = 3;
/// Share of the constants' time above which a way is not worth a change: a difference below it is often luck.
const WORTH: f64 = 0.97;
/// Rounds of a race, each with passes that are compiled anew, and thus lie elsewhere in memory.
const ROUNDS: usize = 2;
/// Turns of a round, with two timed passes of each contender.
const LAPS: usize = 4;

/// Outcome of [`tune`].
#[derive(Debug, Clone, PartialEq)]
pub struct Tuned {
    /// Number of distinct convolutions that were timed.
    pub convolutions: usize,
    /// Name of the pass.
    pub pass: String,
    /// Median time of the pass by constants in ms, and of the fastest other choice; `None` if every choice was the constants'.
    pub ms: Option<[f64; 2]>,
    /// Ways that won the race; `None` if none was faster than the constants by more than the spread.
    pub won: Option<Ways>,
}

/// Times every way to compute each distinct convolution in passes of the whole network, and races the ways that are fastest by
/// these times, and those that the measured rates choose, against the constants' choice.
///
/// `step` is called before each turn, with the number of those that are done and of all.
///
/// # Errors
/// The network cannot be compiled, or the input does not fit.
pub fn tune(
    network: &Arc<Network>,
    weights: &dyn LayerSource,
    options: Options,
    input: &Input,
    step: &mut dyn FnMut(usize, usize),
) -> Result<Tuned, CompileError> {
    let compiled = |by: By, threads| {
        let options = Options {
            threads,
            by,
            ..options
        };
        Compiled::new(Arc::clone(network), weights, options)
    };
    let constants = compiled(By::Constants, options.threads)?;
    let (threads, pass) = (Some(constants.threads()), constants.pass().to_owned());
    let own = taken(&constants);
    drop(constants);
    let candidates: Vec<Candidate> = Candidate::on(threads.unwrap_or(1))
        .filter(|own| own.side.is_none() || options.winograd && options.bf16.is_none())
        .collect();
    let mut ways = vec![By::Constants];
    ways.extend(candidates.into_iter().map(By::One));
    let all = TURNS * ways.len() + ROUNDS * LAPS;
    let mut least: BTreeMap<String, BTreeMap<String, f64>> = BTreeMap::new();
    for turn in 0..TURNS * ways.len() {
        step(turn, all);
        let mut compiled = compiled(ways[turn % ways.len()], threads)?;
        for (convolution, way, seconds) in times(&mut compiled, input)? {
            let own = least.entry(convolution).or_default();
            let before = own.entry(way).or_insert(f64::INFINITY);
            *before = seconds.min(*before);
        }
    }
    let convolutions = least.len();
    let timed = own.iter().filter_map(|(convolution, constant)| {
        let ways = least.get(convolution)?;
        let (way, seconds) = ways.iter().min_by(|a, b| a.1.total_cmp(b.1))?;
        let is_worth = *seconds < WORTH * ways.get(constant)?;
        is_worth.then(|| (convolution.clone(), way.clone()))
    });
    let mut contenders = vec![(Basis::Timed, timed.collect())];
    let mut by_rates = taken(&compiled(By::Rates, threads)?);
    by_rates.retain(|convolution, way| own.get(convolution) != Some(way));
    contenders.push((Basis::Rates, by_rates));
    contenders.retain(|(_, of)| !of.is_empty());
    let contenders: Vec<&'static Ways> = contenders
        .into_iter()
        .map(|(by, of)| Ways {
            by,
            ms: [0.0; 2],
            of,
        })
        // As long as the process lives: a handful of names.
        .map(|ways| &*Box::leak(Box::new(ways)))
        .collect();
    let mut raced: Vec<Vec<f64>> = vec![Vec::new(); 1 + contenders.len()];
    let racers = contenders.iter().map(|ways| By::Ways(ways));
    let racers: Vec<By> = [By::Constants].into_iter().chain(racers).collect();
    for round in 0..ROUNDS {
        if contenders.is_empty() {
            break;
        }
        let passes = racers.iter().map(|by| compiled(*by, threads));
        let mut passes = passes.collect::<Result<Vec<_>, _>>()?;
        for lap in 0..LAPS {
            step(TURNS * ways.len() + round * LAPS + lap, all);
            for (pass, lapped) in passes.iter_mut().zip(&mut raced) {
                // Another pass had the caches.
                pass.run(input)?;
                for _ in 0..2 {
                    let began = Instant::now();
                    pass.run(input)?;
                    lapped.push(began.elapsed().as_secs_f64() * 1e3);
                }
            }
        }
    }
    let constant = &raced[0];
    let best = contenders
        .iter()
        .zip(&raced[1..])
        .min_by(|a, b| quartile(a.1, 2).total_cmp(&quartile(b.1, 2)));
    let ms = best.map(|(_, own)| [quartile(constant, 2), quartile(own, 2)]);
    let won = best.filter(|(_, own)| is_faster(own, constant));
    Ok(Tuned {
        convolutions,
        pass,
        ms,
        won: won.zip(ms).map(|((ways, _), ms)| Ways {
            ms,
            ..(*ways).clone()
        }),
    })
}

/// Whether times are shorter than others by more than their spread: three quarters of them are shorter than three quarters of
/// the others.
fn is_faster(own: &[f64], other: &[f64]) -> bool {
    quartile(own, 3) < quartile(other, 1)
}

/// Number that a quarter of `values` for each of `quarters` are below.
fn quartile(values: &[f64], quarters: usize) -> f64 {
    let mut sorted = values.to_vec();
    sorted.order_by(f64::total_cmp);
    let last = sorted.len().saturating_sub(1);
    sorted.get(last * quarters / 4).copied().unwrap_or(0.0)
}

/// Name of the way of each distinct convolution, by the convolution's name.
fn taken(compiled: &Compiled) -> BTreeMap<String, String> {
    let choices = compiled.steps().filter_map(|(step, _)| step.choice);
    let named = choices.map(|choice| (choice.name, choice.taken.name()));
    named.collect()
}

/// Distinct convolutions with their way and its least seconds: of each step in some passes, and summed over the steps of the
/// same name.
fn times(
    compiled: &mut Compiled,
    input: &Input,
) -> Result<Vec<(String, String, f64)>, CompileError> {
    let mut least = vec![f64::INFINITY; compiled.steps().count()];
    compiled.run(input)?;
    for _ in 0..PASSES {
        compiled.run(input)?;
        for (least, (_, time)) in least.iter_mut().zip(compiled.steps()) {
            *least = time.as_secs_f64().min(*least);
        }
    }
    let mut sums: BTreeMap<(String, String), f64> = BTreeMap::new();
    for ((step, _), seconds) in compiled.steps().zip(least) {
        if let Some(choice) = step.choice {
            let own = (choice.name, choice.taken.name());
            *sums.entry(own).or_insert(0.0) += seconds;
        }
    }
    let sums = sums.into_iter();
    Ok(sums
        .map(|((convolution, way), seconds)| (convolution, way, seconds))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Times around `middle` that spread by `spread` on both sides.
    fn around(middle: f64, spread: f64) -> Vec<f64> {
        let at = |step: i32| middle + spread * f64::from(step) / 8.0;
        (-8..=8).map(at).collect()
    }

    #[test]
    fn only_more_than_the_spread_is_faster() {
        let constant = around(50.0, 1.0);
        assert!(!is_faster(&constant, &constant));
        assert!(!is_faster(&around(49.5, 1.0), &constant));
        assert!(is_faster(&around(48.5, 1.0), &constant));
        assert!(!is_faster(&around(48.5, 4.0), &constant), "a wide spread");
        assert!(!is_faster(&around(52.0, 1.0), &constant));
        // Some that were disturbed do not decide.
        let mut disturbed = around(48.5, 1.0);
        disturbed.extend([90.0, 95.0, 99.0]);
        assert!(is_faster(&disturbed, &constant));
        assert!(!is_faster(&[], &[]));
    }
}
