//! Rows of the catalogue.

use std::cmp::Ordering;
use std::collections::HashMap;

use serde::Serialize;

use crate::analysis::receptive_field::receptive_field;
use crate::analysis::{Elements, Macs, Params, ReceptiveField, Rule, cost, depth, last_map};
use crate::kernels::team::share;
use crate::lower::{Model, Overrides, open, open_shipped, outline};
use crate::network::{Layer, Network, check};
use crate::report::catalogue::published::{Accuracy, Published, Trained};
use crate::report::format::accuracy;
use crate::sorting::Sorting;
use crate::spec::{Problem, Severity, catalog, has_errors, user};
use crate::text::{Language, Message, Wording};

/// Figures of a network that take its layers, which are only there once it is lowered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Figures {
    /// Learned parameters.
    pub params: u128,
    /// Multiply-adds of convolutions and linear layers, for one image.
    pub macs: u128,
    /// Output elements of convolutions and linear layers, for one image.
    pub activations: u128,
    /// Number of convolutions on the main path, plus linear layers.
    pub depth: usize,
    /// Receptive field of the last feature map, in pixels.
    pub receptive_field: Option<u128>,
}

impl Figures {
    /// Counts a network.
    fn of(network: &Network) -> Self {
        let (shapes, _) = check::shapes(network);
        let fields = receptive_field(network);
        let macs = cost::macs(network, &shapes, Rule::default());
        let activations = cost::activations(network, &shapes);
        let last = last_map(network, &shapes);
        Self {
            params: cost::params(network).iter().sum::<Params>().0,
            macs: macs.iter().sum::<Macs>().0,
            activations: activations.iter().sum::<Elements>().0,
            depth: depth::depth(network, &fields),
            receptive_field: last.and_then(|id| fields[id]).map(ReceptiveField::size),
        }
    }
}

/// Figures of a shipped network; `None` if there is no such network.
pub fn figures(name: &str) -> Option<Figures> {
    let model = open_shipped(name).ok()?;
    Some(Figures::of(&model.network))
}

/// Row of one network. The fields are the JSON of `list`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Entry {
    /// Name by which it is requested.
    pub name: String,
    /// Title of the network.
    pub title: Wording,
    /// Family of the network.
    pub family: Wording,
    /// Other names by which it can be requested.
    pub aliases: Vec<String>,
    /// Summary of its distinguishing features.
    pub summary: Wording,
    /// Channels, height and width of the input.
    pub input: Vec<u64>,
    /// Figures that take its layers; `None` before they are counted.
    #[serde(flatten)]
    pub figures: Option<Figures>,
    /// Year of the paper.
    pub year: Option<u64>,
    /// Title of the paper.
    pub paper: Option<String>,
    /// Authors of the paper.
    pub authors: Option<String>,
    /// Sentence of the paper's abstract about its contribution, if the spec quotes one.
    pub quote: Option<String>,
    /// Best published accuracy of the selected kind of weights at this network's own image size, or at the nearest one.
    pub accuracy: Option<Accuracy>,
    /// All published accuracies.
    #[serde(skip)]
    published: Option<Published>,
    /// Number of accuracies that the spec states.
    pub accuracies: usize,
    /// Whether trained weights are built in.
    pub weights: bool,
    /// Problem of a spec in the user's folder, which then has no numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// The same for people, in no language yet.
    #[serde(skip)]
    pub problem: Option<Message>,
}

/// Family of the user's specs that have errors.
const BROKEN: &str = "specs with errors";

impl Entry {
    /// The row of one network.
    ///
    /// It computes only the numbers of the row.
    pub fn new(model: &Model) -> Self {
        let network = &model.network;
        let input = network.nodes().find_map(|(_, node)| match node.layer {
            Layer::Input { channels, size } => Some(vec![channels, size[0], size[1]]),
            _ => None,
        });
        Self {
            figures: Some(Figures::of(network)),
            ..Self::outline(model, input.unwrap_or_default())
        }
    }

    /// The row of one network without figures, for an input of these channels, height and width.
    fn outline(model: &Model, input: Vec<u64>) -> Self {
        let file = &model.spec.file;
        let paper = file.paper.as_ref().map(|paper| &paper.value);
        let text = |text: &Option<crate::spec::Located<String>>| {
            text.as_ref().map(|text| text.value.clone())
        };
        let aliases = file.aliases.iter().flat_map(|aliases| &aliases.value);
        let published = Published::of(file);
        let best = published
            .as_ref()
            .and_then(|published| published.at_size(side(&input), Trained::default()));
        Self {
            name: model.spec.name.clone(),
            title: model.title(),
            family: model.family().unwrap_or_default(),
            summary: model.summary().unwrap_or_default(),
            aliases: aliases.map(|alias| alias.value.clone()).collect(),
            input,
            figures: None,
            year: paper
                .and_then(|paper| paper.year.as_ref())
                .map(|year| year.value),
            paper: paper.and_then(|paper| text(&paper.title)),
            authors: paper.and_then(|paper| text(&paper.authors)),
            quote: paper.and_then(|paper| text(&paper.quote)),
            accuracy: best.cloned(),
            accuracies: published
                .as_ref()
                .map_or(0, |published| published.accuracy.len()),
            published,
            weights: file.weights.is_some(),
            error: None,
            problem: None,
        }
    }

    /// Row of an invalid spec in the user's folder: its name and its first problem.
    fn broken(name: &str, problems: &[Problem]) -> Self {
        let errors = problems
            .iter()
            .filter(|problem| problem.severity == Severity::Error);
        let problem = errors.map(Problem::headline).next();
        let english = |problem: &Message| Language::ENGLISH.say(problem);
        let error = problem.as_ref().map(english).unwrap_or_default();
        Self {
            name: name.to_owned(),
            title: Wording::new(name),
            family: Wording::new(BROKEN),
            aliases: Vec::new(),
            summary: Wording::default(),
            input: Vec::new(),
            figures: Some(Figures::default()),
            year: None,
            paper: None,
            authors: None,
            quote: None,
            accuracy: None,
            published: None,
            accuracies: 0,
            weights: false,
            error: Some(error),
            problem,
        }
    }

    /// Whether each word of `query` occurs in its name, title, aliases, family, summary or paper. Only letters and digits
    /// count, in any case, so `ResNet-50` equals `resnet50`.
    pub fn matches(&self, query: &str) -> bool {
        let own = [&self.title, &self.family, &self.summary];
        let paper = self.paper.iter().chain(&self.authors);
        let fields: Vec<String> = std::iter::once(&self.name)
            .chain(&self.aliases)
            .chain(paper)
            .map(String::as_str)
            .chain(own.into_iter().flat_map(Wording::all))
            .map(plain)
            .chain(self.year.map(|year| year.to_string()))
            .collect();
        let mut words = query.split_whitespace().map(plain);
        words.all(|word| fields.iter().any(|field| field.contains(&word)))
    }

    /// Selects the kind of weights whose accuracy is shown.
    pub fn compare(&mut self, trained: Trained) {
        let side = side(&self.input);
        let published = self.published.as_ref();
        self.accuracy = published.and_then(|published| published.at_size(side, trained).cloned());
    }

    /// Whether the accuracy of weights of a kind is known.
    pub fn has_accuracy(&self, trained: Trained) -> bool {
        let published = self.published.as_ref();
        published.is_some_and(|published| published.at_size(0, trained).is_some())
    }

    /// Accuracy in percent, with the image size if it differs from the network's own, and a `+` if the weights were trained
    /// on more than ImageNet-1k; empty if none is known.
    pub fn top1(&self) -> String {
        let Some(best) = &self.accuracy else {
            return String::new();
        };
        let more = if best.is_of_imagenet_1k() { "" } else { "+" };
        let share = accuracy(best.top1);
        match self.input.get(1..) == Some(&[best.size; 2]) {
            true => share + more,
            false if more.is_empty() => format!("{share} @{}", best.size),
            false => format!("{share}{more}@{}", best.size),
        }
    }
}

/// Longer side of an input.
fn side(input: &[u64]) -> u64 {
    input.iter().skip(1).max().copied().unwrap_or(0)
}

/// Letters and digits in lower case.
fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Recipes by which weights of at least two networks were trained, those of most networks first.
pub fn recipes(entries: &[Entry]) -> Vec<Trained> {
    let mut counts: HashMap<&'static str, usize> = HashMap::new();
    for entry in entries {
        let known = entry.published.iter().flat_map(|known| &known.accuracy);
        let mut tags: Vec<_> = known.filter_map(Accuracy::recipe).collect();
        tags.sort_unstable();
        tags.dedup();
        for tag in tags {
            *counts.entry(tag).or_default() += 1;
        }
    }
    let mut found: Vec<_> = counts.into_iter().filter(|(_, count)| *count > 1).collect();
    found.sort_unstable_by_key(|(tag, count)| (std::cmp::Reverse(*count), *tag));
    found.into_iter().map(|(tag, _)| Trained::By(tag)).collect()
}

/// Key to sort the catalogue by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SortKey {
    /// In the catalogue's order: by family.
    #[default]
    Catalogue,
    /// By name.
    Name,
    /// Fewest parameters first.
    Params,
    /// Fewest operations first.
    Macs,
    /// Fewest activations first.
    Activations,
    /// Shallowest first.
    Depth,
    /// Smallest receptive field first; those without a feature map last.
    ReceptiveField,
    /// Oldest paper first.
    Year,
    /// Most accurate first, by the published accuracy; those without one last.
    Top1,
}

impl SortKey {
    /// All keys.
    pub const ALL: [Self; 9] = [
        Self::Catalogue,
        Self::Name,
        Self::Params,
        Self::Macs,
        Self::Activations,
        Self::Depth,
        Self::ReceptiveField,
        Self::Year,
        Self::Top1,
    ];

    /// Name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Catalogue => "catalogue",
            Self::Name => "name",
            Self::Params => "params",
            Self::Macs => "macs",
            Self::Activations => "activations",
            Self::Depth => "depth",
            Self::ReceptiveField => "rf",
            Self::Year => "year",
            Self::Top1 => "top1",
        }
    }

    /// The key called `name`.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.name() == name)
    }

    /// Order of two networks by this key: the smaller figure first, but the higher accuracy.
    fn compare(self, left: &Entry, right: &Entry) -> Ordering {
        let top1 = |entry: &Entry| entry.accuracy.as_ref().map_or(-1.0, |best| best.top1);
        let by = |of: fn(&Figures) -> u128| {
            let [left, right] = [left, right].map(|entry| entry.figures.as_ref().map(of));
            left.cmp(&right)
        };
        match self {
            Self::Catalogue => Ordering::Equal,
            Self::Name => left.name.cmp(&right.name),
            Self::Params => by(|own| own.params),
            Self::Macs => by(|own| own.macs),
            Self::Activations => by(|own| own.activations),
            Self::Depth => by(|own| own.depth as u128),
            Self::ReceptiveField => by(|own| own.receptive_field.unwrap_or(0)),
            Self::Year => left.year.cmp(&right.year),
            Self::Top1 => top1(right).total_cmp(&top1(left)),
        }
    }

    /// Order of two networks, reversed if `is_reversed`; one without the figure comes last either way.
    pub fn order(self, left: &Entry, right: &Entry, is_reversed: bool) -> Ordering {
        let order = self.compare(left, right);
        let order = if is_reversed { order.reverse() } else { order };
        self.lacks(left).cmp(&self.lacks(right)).then(order)
    }

    /// Whether a network lacks this figure.
    const fn lacks(self, entry: &Entry) -> bool {
        match self {
            Self::Params | Self::Macs | Self::Activations | Self::Depth => {
                entry.figures.is_none() || entry.error.is_some()
            }
            Self::Year => entry.year.is_none(),
            Self::Top1 => entry.accuracy.is_none(),
            Self::ReceptiveField => match &entry.figures {
                Some(figures) => figures.receptive_field.is_none(),
                None => true,
            },
            _ => false,
        }
    }

    /// Whether the order follows from figures that take a network's layers.
    pub const fn takes_figures(self) -> bool {
        match self {
            Self::Params | Self::Macs | Self::Activations | Self::Depth | Self::ReceptiveField => {
                true
            }
            Self::Catalogue | Self::Name | Self::Year | Self::Top1 => false,
        }
    }

    /// Sorts `entries` by this key; equal ones keep their order.
    pub fn sort(self, entries: &mut [Entry]) {
        entries.order_by(|left, right| self.order(left, right, false));
    }
}

/// Row of a family. The fields are the JSON of `list --families`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Family {
    /// Name of the family.
    pub family: Wording,
    /// Names of its networks, in the order of the list.
    pub networks: Vec<String>,
    /// First and last year of its papers.
    pub years: Option<[u64; 2]>,
    /// Smallest and largest number of learned parameters.
    pub params: [u128; 2],
    /// Smallest and largest number of multiply-adds, for one image.
    pub macs: [u128; 2],
}

/// Families of `entries`, in the order of their first networks.
pub fn families(entries: &[Entry]) -> Vec<Family> {
    fn widen<T: Ord + Copy>(range: &mut [T; 2], value: T) {
        *range = [range[0].min(value), range[1].max(value)];
    }
    let mut families: Vec<Family> = Vec::new();
    // The costs of a broken spec are unknown.
    for entry in entries.iter().filter(|entry| entry.error.is_none()) {
        let years = entry.year.map(|year| [year; 2]);
        let Figures { params, macs, .. } = entry.figures.unwrap_or_default();
        let Some(family) = families
            .iter_mut()
            .find(|family| family.family == entry.family)
        else {
            families.push(Family {
                family: entry.family.clone(),
                networks: vec![entry.name.clone()],
                years,
                params: [params; 2],
                macs: [macs; 2],
            });
            continue;
        };
        family.networks.push(entry.name.clone());
        widen(&mut family.params, params);
        widen(&mut family.macs, macs);
        match (&mut family.years, entry.year) {
            (Some(range), Some(year)) => widen(range, year),
            (none, _) => *none = none.or(years),
        }
    }
    families
}

/// Rows of all networks, in the catalogue's order; specs in the user's folder that have errors come last, with their problem.
///
/// # Errors
/// A shipped file is broken, which the tests exclude.
pub fn entries() -> Result<Vec<Entry>, Vec<Problem>> {
    all(|name| Ok(Entry::new(&open_shipped(name)?)))
}

/// The same rows with the figures of shipped networks left out, so that none of them is lowered.
///
/// # Errors
/// As for [`entries`].
pub fn outlines() -> Result<Vec<Entry>, Vec<Problem>> {
    all(|name| {
        let model = outline(name)?;
        let input = model.spec.file.input.as_ref();
        let input = input.map(|input| input.value.iter().map(|size| size.value).collect());
        Ok(Entry::outline(&model, input.unwrap_or_default()))
    })
}

/// Rows of all networks, with those of the shipped ones by `shipped`. The names are distributed over threads.
fn all(
    shipped: impl Fn(&str) -> Result<Entry, Vec<Problem>> + Sync,
) -> Result<Vec<Entry>, Vec<Problem>> {
    let names = catalog::all_names();
    let rows = share(&names, |name| match user::path(name) {
        Some(_) => Ok(of_user(name)),
        None => shipped(name),
    });
    let mut entries = rows.into_iter().collect::<Result<Vec<Entry>, _>>()?;
    entries.order_by_key(|entry| entry.error.is_some());
    share_quotes(&mut entries);
    Ok(entries)
}

/// Copies the quotation of a paper, which one spec states, to every network of that paper.
fn share_quotes(entries: &mut [Entry]) {
    let stated: HashMap<String, String> = entries
        .iter()
        .filter_map(|entry| Some((entry.paper.clone()?, entry.quote.clone()?)))
        .collect();
    for entry in entries {
        if let (None, Some(paper)) = (&entry.quote, &entry.paper) {
            entry.quote = stated.get(paper).cloned();
        }
    }
}

/// Row of a spec in the user's folder, which may have errors.
fn of_user(name: &str) -> Entry {
    match open(name, &Overrides::default()) {
        Ok(model) if !has_errors(&model.problems) => Entry::new(&model),
        Ok(model) => Entry::broken(name, &model.problems),
        Err(problems) => Entry::broken(name, &problems),
    }
}
