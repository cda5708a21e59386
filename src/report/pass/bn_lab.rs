//! Text of a batch normalisation's laboratory: the formula with its numbers, the values before and after, the updates of the
//! running statistics, and the effects of the batch size, ε, the momentum and a constant input.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::engine::bn_lab::{
    BatchStatistics, BnLab, Channel, Distance, Moments, Rights, Start, moments,
};
use crate::engine::{LabError, Maps, WeightsChoice};
use crate::lower::Model;
use crate::message;
use crate::network::layer::BatchNorm2d;
use crate::report::format::{in_percent, percentage};
use crate::report::grid::{Grid, Side};
use crate::sorting::Sorting;
use crate::text::{Argument, Language, Message};

/// Batch sizes that can be sent through the layer.
pub const BATCHES: [usize; 7] = [1, 2, 4, 8, 16, 32, 64];
/// Batch sizes whose distance from the running statistics is shown.
pub const SIZES: [usize; 4] = [1, 4, 16, 64];
/// Number of bars of a histogram in a table.
const BARS: usize = 12;
/// Values of ε that are tried besides the layer's own.
const EPSILONS: [f64; 3] = [1e-3, 0.1, 1.0];

/// Settings of an experiment.
#[derive(Debug, Clone, PartialEq)]
pub struct Setup {
    /// Number of pictures per batch.
    pub size: usize,
    /// Number of the channel, from 0.
    pub channel: usize,
    /// Number of batches that update the running statistics.
    pub batches: usize,
    /// Whether every picture is replaced by the channel's mean: a constant input.
    pub constant: bool,
    /// ε in place of the layer's own.
    pub eps: Option<f64>,
}

impl Setup {
    /// Values of ε on the slider: powers of ten, and the layer's own.
    pub fn epsilons(own: f64) -> Vec<f64> {
        let mut all: Vec<f64> = (-8..=1).map(|power| 10_f64.powi(power)).collect();
        if !all.iter().any(|eps| same(*eps, own)) {
            all.push(own);
            all.order_by(f64::total_cmp);
        }
        all
    }

    /// Moves ε along the slider of a layer with this ε.
    pub fn move_eps(&mut self, own: f64, is_larger: bool) {
        let all = Self::epsilons(own);
        let at = slot(&all, self.eps.unwrap_or(own));
        let next = if is_larger {
            (at + 1).min(all.len() - 1)
        } else {
            at.saturating_sub(1)
        };
        self.eps = Some(all[next]).filter(|eps| !same(*eps, own));
    }
}

/// Place of ε on the slider.
pub fn slot(all: &[f64], eps: f64) -> usize {
    all.iter().position(|other| same(*other, eps)).unwrap_or(0)
}

/// Whether two values of ε are one: powers of ten are rounded.
fn same(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * b.abs()
}

/// Section of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Title of the section.
    pub title: String,
    /// Lines of the section.
    pub lines: Vec<String>,
}

/// Experiment with its measurements so far.
#[derive(Debug)]
pub struct Experiment {
    lab: BnLab,
    /// Input of the layer for the first batch, by batch size.
    inputs: BTreeMap<usize, Maps>,
    /// Statistics of batches, by batch size and number.
    statistics: BTreeMap<(usize, usize), BatchStatistics>,
    /// Distance of batches from the running statistics, by batch size.
    distances: BTreeMap<usize, Distance>,
    /// The last values that were shown, with the settings that determine them.
    latest: Option<(Setup, Values)>,
}

/// Values of a channel, which batches that only move the running statistics share.
#[derive(Debug, Clone)]
struct Values {
    channel: Arc<Channel>,
    profiles: Arc<[Profile; 4]>,
    /// Statistics of a constant input.
    constant: Option<BatchStatistics>,
    size: [usize; 2],
}

/// Distribution of values, prepared so that it is drawn in any number of bars without looking at each value.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    moments: Moments,
    /// Number of values, those that are not finite included.
    count: usize,
    /// Finite values in order.
    sorted: Vec<f32>,
}

impl Profile {
    /// The distributions on a channel's way. Every step keeps the order of the values or turns it round, so one sort does for all.
    fn of_way(channel: &Channel) -> [Self; 4] {
        let rising = |value: f32| match value.to_bits() {
            bits if bits >> 31 == 0 => bits | 1 << 31,
            bits => !bits,
        };
        let places = channel.x.iter().zip(0_u64..);
        let mut order: Vec<u64> = places
            .map(|(&value, place)| u64::from(rising(value)) << 32 | place)
            .collect();
        order.sort_unstable();
        let way = [
            &channel.x,
            &channel.normalized,
            &channel.training,
            &channel.inference,
        ];
        way.map(|values| {
            let places = order.iter().map(|key| *key as u32 as usize);
            Self::of(values, places.map(|place| values[place]).collect())
        })
    }

    /// The distribution of these values, which are sorted at once if they are in order already.
    fn of(values: &[f32], mut sorted: Vec<f32>) -> Self {
        sorted.retain(|value| value.is_finite());
        if sorted.first() > sorted.last() {
            sorted.reverse();
        }
        sorted.sort_unstable_by(f32::total_cmp);
        Self {
            moments: moments(values),
            count: values.len(),
            sorted,
        }
    }

    /// Least and largest value; zeros if there is none.
    pub fn ends(&self) -> [f32; 2] {
        [self.sorted.first(), self.sorted.last()].map(|end| end.copied().unwrap_or_default())
    }

    /// Numbers of values in equal intervals of a range; values beyond it count at its ends.
    fn counts(&self, [low, high]: [f64; 2], bars: usize) -> Vec<usize> {
        let width = (high - low) / bars as f64;
        let bar = |value: f32| (((f64::from(value) - low) / width) as usize).min(bars - 1);
        let mut from = 0;
        let count = |at: usize| {
            let before = from;
            from = self.sorted.partition_point(|&value| bar(value) <= at);
            from - before
        };
        (0..bars).map(count).collect()
    }

    /// Shares of values in equal intervals of a range, in percent, each at the middle of its interval.
    pub fn shares(&self, [low, high]: [f64; 2], bars: usize) -> Vec<[f64; 2]> {
        let width = (high - low) / bars as f64;
        let all = self.count.max(1) as f64;
        (0..)
            .zip(self.counts([low, high], bars))
            .map(|(bar, count)| {
                let middle = (f64::from(bar) + 0.5).mul_add(width, low);
                [middle, in_percent(count as f64 / all)]
            })
            .collect()
    }
}

/// Results for a batch.
#[derive(Debug, Clone)]
pub struct Shown {
    /// Path of the layer.
    pub path: String,
    /// Settings of the layer: ε (as changed in the experiment), momentum and channels.
    pub settings: BatchNorm2d,
    /// The layer's own ε.
    pub own_eps: f64,
    /// Height and width of its maps.
    pub size: [usize; 2],
    /// Settings of the experiment.
    pub setup: Setup,
    /// Values of the channel on their way through the layer.
    pub channel: Arc<Channel>,
    /// Distributions of these values, in the order of their way.
    pub profiles: Arc<[Profile; 4]>,
    /// Mean and unbiased variance of each batch.
    pub batches: Vec<[f32; 2]>,
    /// Running mean and variance after each batch: from 0 and 1, and from the stored ones.
    pub running: Vec<[f32; 4]>,
}

/// Results for batches of one size.
#[derive(Debug, Clone, Copy)]
pub struct Measured {
    /// Distance of the batches' statistics from the running ones.
    pub distance: Distance,
    /// Output, in training mode, for the first value of the first picture in a batch of this size.
    pub first: f32,
}

impl Experiment {
    /// The experiment on the batch normalisation at `path`.
    ///
    /// # Errors
    /// As for [`BnLab::new`].
    pub fn new(model: &Model, weights: &WeightsChoice, path: &str) -> Result<Self, LabError> {
        Ok(Self {
            lab: BnLab::new(model, weights, path)?,
            inputs: BTreeMap::new(),
            statistics: BTreeMap::new(),
            distances: BTreeMap::new(),
            latest: None,
        })
    }

    fn input(&mut self, size: usize) -> Result<&Maps, LabError> {
        if !self.inputs.contains_key(&size) {
            let input = self.lab.input(size, 0)?;
            self.inputs.insert(size, input);
        }
        Ok(&self.inputs[&size])
    }

    /// Statistics of one batch.
    fn batch(&mut self, size: usize, number: usize) -> Result<BatchStatistics, LabError> {
        if let Some(known) = self.statistics.get(&(size, number)) {
            return Ok(known.clone());
        }
        let found = if number == 0 {
            self.input(size)?;
            self.lab.statistics(&self.inputs[&size])
        } else {
            self.lab.statistics(&self.lab.input(size, number)?)
        };
        self.statistics.insert((size, number), found.clone());
        Ok(found)
    }

    /// Results for one batch, with the updates of the running statistics over several.
    ///
    /// # Errors
    /// There is no such channel, or a pass is rejected.
    pub fn show(&mut self, setup: &Setup) -> Result<Shown, LabError> {
        let at = setup.channel;
        let stored = self.lab.start(Start::Stored);
        let settings = self.lab.settings().clone();
        let eps = setup.eps.unwrap_or(settings.eps);
        // The channel is checked before anything that takes long.
        let values = self.values(setup, eps)?;
        let (mut fresh, mut kept) = (self.lab.start(Start::Fresh), stored);
        let (mut batches, mut running) = (Vec::new(), Vec::new());
        for number in 0..setup.batches {
            let batch = match &values.constant {
                Some(batch) => batch.clone(),
                None => self.batch(setup.size, number)?,
            };
            fresh = self.lab.moved(&fresh, &batch);
            kept = self.lab.moved(&kept, &batch);
            batches.push([batch.mean[at], batch.variance_unbiased[at]]);
            running.push([
                fresh.mean[at],
                fresh.variance[at],
                kept.mean[at],
                kept.variance[at],
            ]);
        }
        Ok(Shown {
            path: self.lab.path().to_string(),
            own_eps: settings.eps,
            settings: BatchNorm2d { eps, ..settings },
            size: values.size,
            setup: setup.clone(),
            channel: values.channel,
            profiles: values.profiles,
            batches,
            running,
        })
    }

    /// Values of the channel in the first batch.
    fn values(&mut self, setup: &Setup, eps: f64) -> Result<Values, LabError> {
        let of = Setup {
            batches: 0,
            ..setup.clone()
        };
        if let Some((_, values)) = self.latest.as_ref().filter(|(own, _)| *own == of) {
            return Ok(values.clone());
        }
        let stored = self.lab.start(Start::Stored);
        self.input(setup.size)?;
        let input = &self.inputs[&setup.size];
        let mut channel = self.lab.channel_with(input, setup.channel, &stored, eps)?;
        let mut constant = None;
        if setup.constant {
            let input = Maps::from_elem(input.dim(), channel.mean);
            channel = self.lab.channel_with(&input, setup.channel, &stored, eps)?;
            constant = Some(self.lab.statistics(&input));
        }
        let values = Values {
            profiles: Arc::new(Profile::of_way(&channel)),
            channel: Arc::new(channel),
            constant,
            size: [input.dim().2, input.dim().3],
        };
        self.latest = Some((of, values.clone()));
        Ok(values)
    }

    /// Measures batches of one size.
    ///
    /// # Errors
    /// A pass is rejected.
    pub fn measure(&mut self, size: usize, channel: usize) -> Result<Measured, LabError> {
        let distance = match self.distances.get(&size) {
            Some(distance) => *distance,
            None => self.lab.distance(size)?,
        };
        self.distances.insert(size, distance);
        let stored = self.lab.start(Start::Stored);
        self.input(size)?;
        let one = self.lab.channel(&self.inputs[&size], channel, &stored)?;
        Ok(Measured {
            distance,
            first: one.training.first().copied().unwrap_or_default(),
        })
    }
}

fn first(values: &[f32]) -> f32 {
    values.first().copied().unwrap_or_default()
}

/// A number with six decimals.
fn exact(number: f32) -> String {
    format!("{number:.6}")
}

/// Section with the formula and its numbers.
pub fn formula(shown: &Shown, language: Language) -> Section {
    let (one, settings) = (&shown.channel, &shown.settings);
    let x = first(&one.x);
    let normalized = first(&one.normalized);
    let title = message!(
        "lab-title",
        path = &shown.path,
        size = shown.setup.size,
        channel = shown.setup.channel,
        channels = settings.features,
    );
    let numbers = message!(
        "lab-numbers",
        mean = exact(one.mean),
        biased = exact(one.variance_biased),
        unbiased = exact(one.variance_unbiased),
        count = one.x.len(),
        eps = settings.eps,
        gamma = exact(one.gamma),
        beta = exact(one.beta),
    );
    let inference = message!(
        "lab-inference",
        mean = exact(one.running_mean),
        variance = exact(one.running_variance),
        y = exact(first(&one.inference)),
    );
    let lines = vec![
        language.say(&numbers),
        String::new(),
        format!(
            "x̂ = (x − μ) / √(σ² + ε) = ({x:.6} − {:.6}) / √({:.6} + {}) = {normalized:.6}",
            one.mean, one.variance_biased, settings.eps
        ),
        format!(
            "y = γ·x̂ + β = {:.6}·{normalized:.6} + {:.6} = {:.6}",
            one.gamma,
            one.beta,
            first(&one.training)
        ),
        language.say(&inference),
    ];
    Section {
        title: language.say(&title),
        lines,
    }
}

/// Section with moments and histograms before and after.
pub fn values(shown: &Shown, language: Language) -> Section {
    let mut grid = Grid::new([
        (message!("label-values"), Side::Left),
        (message!("label-mean"), Side::Right),
        (message!("label-variance"), Side::Right),
        (message!("label-skewness"), Side::Right),
        (message!("label-kurtosis"), Side::Right),
        (message!("label-histogram"), Side::Left),
    ]);
    for (name, values) in named(shown) {
        let of = values.moments;
        grid.row([
            Argument::from(name),
            format!("{:.4}", of.mean).into(),
            format!("{:.4}", of.variance).into(),
            format!("{:.4}", of.skewness).into(),
            format!("{:.4}", of.kurtosis).into(),
            histogram(values, BARS, 1).concat().into(),
        ]);
    }
    Section {
        title: language.word("lab-values").to_owned(),
        lines: lines(&grid, language),
    }
}

/// The four kinds of values of a channel, with their names.
fn named(shown: &Shown) -> [(Message, &Profile); 4] {
    let [x, normalized, training, inference] = &*shown.profiles;
    [
        (Message::of("x"), x),
        (Message::of("x̂"), normalized),
        (message!("lab-y-training"), training),
        (message!("lab-y-inference"), inference),
    ]
}

/// Histograms of all four side by side, in `cells` cells.
pub fn histograms(shown: &Shown, cells: usize, language: Language) -> Vec<String> {
    const ROWS: usize = 4;
    let columns = (cells / 4).saturating_sub(3).clamp(8, 40);
    let mut lines = vec![String::new(); ROWS + 2];
    for (name, values) in named(shown) {
        let [least, most] = values.ends().map(|end| format!("{end:.2}"));
        let between = columns.saturating_sub(least.len() + most.len());
        let axis = format!("{least}{}{most}", " ".repeat(between));
        let mut parts = vec![language.say(&name)];
        parts.extend(histogram(values, columns, ROWS));
        parts.push(axis);
        for (line, part) in lines.iter_mut().zip(parts) {
            let blanks =
                (columns + 3).saturating_sub(unicode_width::UnicodeWidthStr::width(part.as_str()));
            *line += &(part + &" ".repeat(blanks));
        }
    }
    lines
}

/// Section about the updates of the running statistics, batch by batch.
pub fn running(shown: &Shown, language: Language) -> Section {
    let momentum = shown.settings.momentum;
    let mut grid = Grid::new(
        [
            message!("label-batch"),
            Message::of("μ"),
            message!("lab-unbiased"),
            message!("lab-from-zero"),
            message!("lab-from-one"),
            message!("lab-stored-mean"),
            message!("lab-stored-variance"),
        ]
        .map(|title| (title, Side::Right)),
    );
    for (number, (batch, running)) in (1_u64..).zip(shown.batches.iter().zip(&shown.running)) {
        let mut row = vec![number.to_string()];
        row.extend(batch.iter().chain(running).map(|&number| exact(number)));
        grid.row(row);
    }
    let kept = 1.0 - momentum;
    let title = message!("lab-running", kept = kept, momentum = momentum);
    Section {
        title: language.say(&title),
        lines: lines(&grid, language),
    }
}

/// Section about the distance of batches of each size from the stored statistics; dots for sizes that are not measured yet.
///
/// `is_skipped` means that they will not be measured, because it would take too long.
pub fn distances(measured: &[Option<Measured>], is_skipped: bool, language: Language) -> Section {
    let mut grid = Grid::new(
        [
            message!("label-pictures"),
            message!("label-batches"),
            Message::of("|μ − μ run| / σ run"),
            Message::of("|σ² / σ² run − 1|"),
            message!("lab-first-value"),
        ]
        .map(|title| (title, Side::Right)),
    );
    for (size, of) in SIZES.iter().zip(measured) {
        let mut row = vec![size.to_string()];
        match of {
            Some(of) => row.extend([
                of.distance.batches.to_string(),
                format!("{:.4}", of.distance.mean),
                format!("{:.4}", of.distance.variance),
                exact(of.first),
            ]),
            None if is_skipped => row.extend(["—"; 4].map(str::to_owned)),
            None => row.extend(["…"; 4].map(str::to_owned)),
        }
        grid.row(row);
    }
    let mut lines = lines(&grid, language);
    if is_skipped {
        lines.push(language.word("lab-not-measured").to_owned());
    }
    lines.push(language.word("lab-company").to_owned());
    Section {
        title: language.word("lab-distances").to_owned(),
        lines,
    }
}

/// Section about right answers by each kind of statistics.
pub fn rights(rights: &Rights, language: Language) -> Section {
    let lines = [
        ("lab-rights-alone", rights.alone),
        ("lab-rights-running", rights.running),
        ("lab-rights-together", rights.together),
    ];
    let line = |(id, right): (&'static str, usize)| {
        let text = Message::new(id).with("of", rights.of).with("right", right);
        language.say(&text)
    };
    Section {
        title: language.word("lab-rights").to_owned(),
        lines: lines.map(line).into(),
    }
}

/// Section about the effect of ε: the variance of x̂ is σ² / (σ² + ε).
pub fn epsilon(shown: &Shown, language: Language) -> Section {
    let variance = f64::from(shown.channel.variance_biased);
    let mut grid =
        Grid::new([Message::of("ε"), message!("lab-variance")].map(|title| (title, Side::Right)));
    for eps in std::iter::once(shown.settings.eps).chain(EPSILONS) {
        grid.row([
            eps.to_string(),
            format!("{:.6}", variance / (variance + eps)),
        ]);
    }
    let mut lines = lines(&grid, language);
    lines.push(language.say(&if shown.setup.constant {
        message!("lab-constant", beta = exact(shown.channel.beta))
    } else {
        message!("lab-epsilon-effect")
    }));
    Section {
        title: language.word("lab-epsilon").to_owned(),
        lines,
    }
}

/// Section about the effects of batch size 1 and of the momentum.
pub fn remarks(shown: &Shown, language: Language) -> Section {
    let per_picture = shown.channel.x.len() / shown.setup.size.max(1);
    let momentum = shown.settings.momentum;
    let count = shown.batches.len() as f64;
    let left = (1.0 - momentum).powf(count);
    let remarks = [
        if per_picture == 1 {
            message!("lab-one-value")
        } else {
            message!("lab-batch-of-one", count = per_picture)
        },
        message!("lab-momentum", momentum = momentum, kept = 1.0 - momentum),
        message!(
            "lab-what-is-left",
            batches = shown.batches.len(),
            left = percentage(left),
            slow = percentage(0.99_f64.powf(count)),
        ),
        message!("lab-two-variances"),
    ];
    Section {
        title: language.word("lab-remarks").to_owned(),
        lines: remarks.map(|remark| language.say(&remark)).into(),
    }
}

fn lines(grid: &Grid, language: Language) -> Vec<String> {
    grid.in_language(language)
        .text(None, false)
        .lines()
        .map(str::to_owned)
        .collect()
}

/// Histogram of values between minimum and maximum, as bars of eighths: rows from the top.
fn histogram(values: &Profile, columns: usize, rows: usize) -> Vec<String> {
    let bars = values.counts(values.ends().map(f64::from), columns.max(1));
    // One bar far above all others is cut off, so it does not hide the rest.
    let mut sorted = bars.clone();
    sorted.sort_unstable();
    let second = sorted.iter().rev().nth(1).copied().unwrap_or(0);
    let largest = sorted.last().copied().unwrap_or(0);
    let highest = if second > 0 && largest > 2 * second {
        second * 5 / 4 + 1
    } else {
        largest
    }
    .max(1);
    let eighths = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    (0..rows)
        .map(|row| {
            let floor = (rows - 1 - row) * 8;
            bars.iter()
                .map(|&bar| {
                    let height = (bar.min(highest) * rows * 8).div_ceil(highest);
                    eighths[height.saturating_sub(floor).min(8)]
                })
                .collect()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::Profile;

    #[test]
    fn bars_of_a_profile_count_every_finite_value() {
        let values = [0.5, -1.0, f32::NAN, 2.0, 0.5, f32::INFINITY, -1.0];
        let of = |values: &[f32]| Profile::of(values, values.to_vec());
        let profile = of(&values);
        assert_eq!(profile.counts([-1.0, 2.0], 3), [2, 2, 1]);
        // Values beyond a range count at its ends; if these are equal, there is one bar.
        assert_eq!(profile.counts([0.0, 1.0], 2), [2, 3]);
        assert_eq!(of(&[3.0; 4]).counts([3.0, 3.0], 2), [4, 0]);
        assert_eq!(of(&[]).counts([0.0, 0.0], 2), [0, 0]);
    }
}
