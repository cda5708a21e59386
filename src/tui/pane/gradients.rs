//! Sizes of gradients along the depth at the start of training: of the network, and of a second one on the same plot.

mod keys;
mod view;

use std::sync::Arc;

use ratatui::layout::{Constraint, Layout, Rect};

use crate::engine::WeightsChoice;
use crate::engine::gradient::Norms;
use crate::lower::{Overrides, open};
use crate::message;
use crate::network::{Combine, Layer, Norm};
use crate::report::Subject;
use crate::spec::has_errors;
use crate::text::Message;
use crate::tui::kit::cursor::Cursor;
use crate::tui::worker::{Measured, Measuring, Start, Task};
use crate::weights::Scheme;

/// Most seeds.
pub const MOST_SEEDS: usize = 12;
/// Seeds at first.
const SEEDS: usize = 3;
/// Values of an image up to which a batch is large.
const SMALL: u128 = 3 * 32 * 32;
/// Multiply-adds above which measuring waits for its key.
const LONG: f64 = 4e9;

/// Measurement of one network with one seed.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Number of the network.
    pub net: usize,
    /// Seed of weights and input.
    pub seed: u64,
    /// Sizes.
    pub norms: Norms,
}

/// Gradients of a network, with those of a second one.
#[derive(Debug)]
pub struct Gradients {
    /// Weights that they are measured with.
    pub start: Start,
    /// Number of seeds.
    pub seeds: usize,
    /// Second network.
    pub other: Option<Arc<Subject>>,
    /// Whether each parameter is a point, instead of each block.
    pub is_by_tensor: bool,
    /// Measurements so far.
    pub runs: Vec<Run>,
    /// Part of the running job that is done.
    pub progress: Option<f64>,
    /// Reason why there are no measurements.
    pub failed: Option<Message>,
    /// Selected line of the list.
    pub cursor: Cursor,
    /// Ticket number of its news.
    pub ticket: u64,
}

/// Point along the depth.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// Name of the block or the parameter.
    pub name: String,
    /// Part of the depth, from 0 at the input to 1 at the output.
    pub depth: f64,
    /// Norm for each seed.
    pub norms: Vec<f64>,
}

impl Point {
    /// Geometric mean over the seeds; 0 if one of them is 0.
    pub fn mean(&self) -> f64 {
        mean(&self.norms)
    }

    /// Smallest and largest norm.
    pub fn range(&self) -> [f64; 2] {
        range(&self.norms)
    }
}

/// Geometric mean.
fn mean(values: &[f64]) -> f64 {
    let logs: f64 = values.iter().map(|value| value.ln()).sum();
    (logs / values.len().max(1) as f64).exp()
}

fn range(values: &[f64]) -> [f64; 2] {
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    [
        low,
        values.iter().copied().fold(f64::NEG_INFINITY, f64::max),
    ]
}

/// Ratio of the first block's gradient to the last one's, over the seeds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ratio {
    /// Geometric mean.
    pub mean: f64,
    /// Smallest and largest.
    pub range: [f64; 2],
    /// Number of seeds.
    pub seeds: usize,
}

/// Factor from which gradients grow or shrink, rather than keep their size.
const CLEAR: f64 = 10.0;

impl Ratio {
    /// Whether gradients grow on the way back, with all seeds.
    pub fn grows(&self) -> bool {
        self.range[0] > CLEAR
    }

    /// Whether they shrink, with all seeds.
    pub fn shrinks(&self) -> bool {
        self.range[1] < 1.0 / CLEAR
    }

    /// Its name, for people.
    pub fn word(&self) -> Message {
        Message::new(if self.grows() {
            "gradients-grow"
        } else if self.shrinks() {
            "gradients-shrink"
        } else {
            "gradients-keep"
        })
    }
}

impl Gradients {
    /// A state without measurements; the second network is the same one with or without shortcuts, if there is one.
    pub fn new(subject: &Subject) -> Self {
        Self {
            start: Start::Initial(Scheme::He),
            seeds: SEEDS,
            other: twin(&subject.model.spec.name).and_then(|name| sound(&name, subject).ok()),
            is_by_tensor: false,
            runs: Vec::new(),
            progress: None,
            failed: None,
            cursor: Cursor::default(),
            ticket: 0,
        }
    }

    /// Whether a worker is busy.
    pub const fn is_busy(&self) -> bool {
        self.progress.is_some()
    }

    /// Images of a batch.
    pub fn batch(subject: &Subject) -> usize {
        let input = subject.model.network.reads();
        match subject.batch {
            1 if input.is_some_and(|shape| shape.elements() <= SMALL) => 32,
            1 => 2,
            batch => batch as usize,
        }
    }

    /// Whether measuring takes long, so that it waits for its key.
    pub fn is_long(&self, subject: &Subject) -> bool {
        let own = |subject: &Subject| subject.macs().0 as f64 / subject.batch as f64;
        let all = own(subject) + self.other.as_deref().map_or(0.0, own);
        // A way back costs twice the way forward.
        3.0 * all * (self.seeds * Self::batch(subject)) as f64 > LONG
    }

    /// Job that measures with the current settings.
    pub fn measure(&mut self, subject: &Arc<Subject>) -> Task {
        self.runs.clear();
        self.failed = None;
        self.progress = Some(0.0);
        let others = self.other.iter().map(Arc::clone);
        Task::Gradients(Box::new(Measuring {
            nets: std::iter::once(Arc::clone(subject)).chain(others).collect(),
            start: self.start,
            seeds: (1..=self.seeds as u64).collect(),
            batch: Self::batch(subject),
        }))
    }

    /// Expects no more news.
    pub const fn stop(&mut self) {
        self.progress = None;
        self.ticket = 0;
    }

    /// Takes the next kind of weights. Those that a network is run with are offered if it has some of its own.
    pub fn turn_start(&mut self, subject: &Subject) {
        let has_own = matches!(
            WeightsChoice::default_for(&subject.model),
            WeightsChoice::Shipped | WeightsChoice::File(..)
        );
        self.start = match self.start {
            Start::Initial(Scheme::He) => Start::Initial(Scheme::Torch),
            Start::Initial(Scheme::Torch) if has_own => Start::Own,
            Start::Initial(Scheme::Torch) | Start::Own => Start::Initial(Scheme::He),
        };
    }

    /// Puts a second network onto the plot.
    ///
    /// # Errors
    /// It cannot be opened, or has errors.
    pub fn put_beside(&mut self, name: &str, subject: &Subject) -> Result<(), Message> {
        self.other = Some(sound(name, subject)?);
        Ok(())
    }

    /// Handles news from the worker.
    pub fn take(&mut self, measured: Measured) {
        match measured {
            Measured::Progress(part) => self.progress = Some(part),
            Measured::Norms { net, seed, norms } => self.runs.push(Run {
                net,
                seed,
                norms: *norms,
            }),
            Measured::Failed(reason) => self.failed = Some(reason),
            Measured::Done => self.progress = None,
        }
    }

    /// Points of a network along its depth.
    pub fn points(&self, net: usize) -> Vec<Point> {
        let mut points: Vec<Point> = Vec::new();
        for run in self.runs.iter().filter(|run| run.net == net) {
            let norms = &run.norms;
            let own: Vec<(&str, f64)> = if self.is_by_tensor {
                let tensors = norms.tensors.iter();
                tensors.map(|own| (own.name.as_str(), own.norm)).collect()
            } else {
                let blocks = norms.blocks.iter();
                blocks.map(|own| (own.name.as_str(), own.norm)).collect()
            };
            let last = own.len().saturating_sub(1).max(1) as f64;
            if points.is_empty() {
                points = own
                    .iter()
                    .enumerate()
                    .map(|(number, (name, _))| Point {
                        name: (*name).to_owned(),
                        depth: number as f64 / last,
                        norms: Vec::new(),
                    })
                    .collect();
            }
            for (point, (_, norm)) in points.iter_mut().zip(own) {
                point.norms.push(norm);
            }
        }
        points
    }

    /// Ratio of the first block's gradient to the last one's.
    pub fn ratio(&self, net: usize) -> Option<Ratio> {
        let own = self.runs.iter().filter(|run| run.net == net);
        let ratios: Vec<f64> = own
            .filter_map(|run| run.norms.first_over_last())
            .filter(|ratio| ratio.is_finite())
            .collect();
        (!ratios.is_empty()).then(|| Ratio {
            mean: mean(&ratios),
            range: range(&ratios),
            seeds: ratios.len(),
        })
    }

    /// Lines about the result: each network's ratio, and what that says about the common belief.
    pub fn findings(&self, subject: &Subject) -> Vec<Message> {
        let nets = std::iter::once(subject).chain(self.other.as_deref());
        let measured: Vec<(&Subject, Ratio)> = nets
            .enumerate()
            .filter_map(|(number, own)| Some((own, self.ratio(number)?)))
            .collect();
        let mut lines: Vec<Message> = measured
            .iter()
            .map(|(own, ratio)| {
                message!(
                    "gradients-ratio",
                    net = own.model.title(),
                    ratio = crate::tui::kit::plot::number_text(ratio.mean),
                    low = crate::tui::kit::plot::number_text(ratio.range[0]),
                    high = crate::tui::kit::plot::number_text(ratio.range[1]),
                    seeds = ratio.seeds,
                    verdict = ratio.word()
                )
            })
            .collect();
        let plain = measured.iter().find(|(own, _)| !has_shortcuts(own));
        if let (Some((own, ratio)), Start::Initial(_)) = (plain, self.start) {
            let norm = Message::new(if has_norms(own) {
                "gradients-with-norm"
            } else {
                "gradients-without-norm"
            });
            lines.push(if ratio.grows() {
                message!("gradients-against-belief", norm = norm)
            } else if ratio.shrinks() {
                message!("gradients-as-believed", norm = norm)
            } else {
                message!("gradients-neither", norm = norm)
            });
        }
        lines
    }
}

/// Whether a network has shortcuts around its blocks.
fn has_shortcuts(subject: &Subject) -> bool {
    let mut nodes = subject.model.network.nodes();
    nodes.any(|(_, node)| node.layer == Layer::Combine(Combine::Add) && node.scope.block.is_some())
}

fn has_norms(subject: &Subject) -> bool {
    let mut nodes = subject.model.network.nodes();
    nodes.any(|(_, node)| matches!(node.layer, Layer::Norm(Norm::Batch(_))))
}

/// Name of the network that has shortcuts where this one has none, or the other way round.
pub fn twin(name: &str) -> Option<String> {
    let other = match (name.strip_prefix("plain"), name.strip_prefix("resnet")) {
        (Some(rest), _) => format!("resnet{rest}"),
        (_, Some(rest)) => format!("plain{rest}"),
        _ => return None,
    };
    let mut names = crate::spec::catalog::names().iter();
    names.any(|name| *name == other).then_some(other)
}

/// A network without errors, counted as another one is.
fn sound(name: &str, like: &Subject) -> Result<Arc<Subject>, Message> {
    let headline = |problems: &[crate::spec::Problem]| {
        let first = problems.first();
        first.map_or_else(
            || Message::of(name.to_owned()),
            crate::spec::Problem::headline,
        )
    };
    let model = open(name, &Overrides::default()).map_err(|problems| headline(&problems))?;
    if has_errors(&model.problems) {
        return Err(headline(&model.problems));
    }
    Ok(Arc::new(Subject::new(
        model,
        like.analysis.rule,
        like.batch,
    )))
}

/// Columns from which the list is beside the plot.
const WIDE: u16 = 100;

/// Areas of the plot, of the list of blocks (empty without room), and of the lines about the result.
pub fn areas(body: Rect, findings: u16) -> [Rect; 3] {
    let most = (body.height / 2).max(3);
    let [above, below] = body.layout(&Layout::vertical([
        Constraint::Min(0),
        Constraint::Length(findings.min(most)),
    ]));
    if body.width < WIDE {
        return [above, Rect { width: 0, ..above }, below];
    }
    let [plot, list] = above.layout(&Layout::horizontal([
        Constraint::Min(0),
        Constraint::Length((body.width / 3).min(48)),
    ]));
    [plot, list, below]
}
