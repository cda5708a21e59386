//! The catalogue as rows.

use std::cmp::Ordering;
use std::collections::HashMap;

use serde::Serialize;

use super::published::{Accuracy, Published, Trained, percent};
use crate::analysis::receptive_field::receptive_field;
use crate::analysis::{Elements, Macs, Params, ReceptiveField, Rule, cost, depth, last_map};
use crate::engine::team::share;
use crate::lower::{Model, Overrides, open};
use crate::network::{Layer, check};
use crate::spec::{Problem, Severity, catalog, has_errors, user};
use crate::text::{Language, Message};

/// A network of the catalogue in one row. The fields are the JSON of `list`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Entry {
    /// The name that it is asked for by.
    pub name: String,
    /// Its name as people write it.
    pub title: String,
    /// Its group.
    pub family: String,
    /// Other names that it can be asked for by.
    pub aliases: Vec<String>,
    /// What distinguishes it.
    pub summary: String,
    /// Channels, height, width.
    pub input: Vec<u64>,
    /// Learned parameters.
    pub params: u128,
    /// Multiply-adds of convolutions and linear layers, for one image.
    pub macs: u128,
    /// Elements put out by convolutions and linear layers, for one image.
    pub activations: u128,
    /// Convolutions on the main path, and linear layers.
    pub depth: usize,
    /// Receptive field of the last feature map, in pixels.
    pub receptive_field: Option<u128>,
    /// The paper's year.
    pub year: Option<u64>,
    /// The paper's title.
    pub paper: Option<String>,
    /// The paper's authors.
    pub authors: Option<String>,
    /// What the paper does in a sentence of its abstract, where that is stated for it.
    pub quote: Option<String>,
    /// The best published accuracy of the weights that are compared, at this network's own image size, or at the nearest that is
    /// known.
    pub accuracy: Option<Accuracy>,
    /// The same for each kind of weights that may be compared, in the order of [`Trained::ALL`].
    #[serde(skip)]
    known: [Option<Accuracy>; 2],
    /// How many accuracies of known weights the spec states.
    pub accuracies: usize,
    /// Whether trained weights are in the binary.
    pub weights: bool,
    /// What is wrong with a spec of the user's folder; it has no numbers then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// The same for people, in no language yet.
    #[serde(skip)]
    pub problem: Option<Message>,
}

/// The family of the user's specs that have errors.
const BROKEN: &str = "specs with errors";

impl Entry {
    /// The row of one network.
    ///
    /// It asks for what the row shows and no more.
    pub fn new(model: &Model) -> Self {
        let network = &model.network;
        let (shapes, _) = check::shapes(network);
        let fields = receptive_field(network);
        let file = &model.spec.file;
        let paper = file.paper.as_ref().map(|paper| &paper.value);
        let text = |text: &Option<crate::spec::Located<String>>| {
            text.as_ref().map(|text| text.value.clone())
        };
        let aliases = file.aliases.iter().flat_map(|aliases| &aliases.value);
        let published = Published::of(file);
        let known = Trained::ALL.map(|trained| {
            let published = published.as_ref()?;
            published.at_size_of(network, trained).cloned()
        });
        let input = model
            .network
            .nodes()
            .find_map(|(_, node)| match node.layer {
                Layer::Input { channels, size } => Some(vec![channels, size[0], size[1]]),
                _ => None,
            });
        Self {
            name: model.spec.name.clone(),
            title: model.title().to_owned(),
            family: text(&file.family).unwrap_or_default(),
            summary: text(&file.summary).unwrap_or_default(),
            aliases: aliases.map(|alias| alias.value.clone()).collect(),
            input: input.unwrap_or_default(),
            params: cost::params(network).iter().sum::<Params>().0,
            macs: cost::macs(network, &shapes, Rule::default())
                .iter()
                .sum::<Macs>()
                .0,
            activations: cost::activations(network, &shapes)
                .iter()
                .sum::<Elements>()
                .0,
            depth: depth::depth(network, &fields),
            receptive_field: last_map(network, &shapes)
                .and_then(|id| fields[id])
                .map(ReceptiveField::size),
            year: paper
                .and_then(|paper| paper.year.as_ref())
                .map(|year| year.value),
            paper: paper.and_then(|paper| text(&paper.title)),
            authors: paper.and_then(|paper| text(&paper.authors)),
            quote: paper.and_then(|paper| text(&paper.quote)),
            accuracy: known[0].clone(),
            known,
            accuracies: published.map_or(0, |published| published.accuracy.len()),
            weights: file.weights.is_some(),
            error: None,
            problem: None,
        }
    }

    /// The row of a spec of the user's folder that is no network: its name, and the first thing that is wrong with it.
    fn broken(name: &str, problems: &[Problem]) -> Self {
        let errors = problems
            .iter()
            .filter(|problem| problem.severity == Severity::Error);
        let problem = errors.map(Problem::headline).next();
        let english = |problem: &Message| Language::ENGLISH.say(problem);
        let error = problem.as_ref().map(english).unwrap_or_default();
        Self {
            name: name.to_owned(),
            title: name.to_owned(),
            family: BROKEN.to_owned(),
            aliases: Vec::new(),
            summary: error.clone(),
            input: Vec::new(),
            params: 0,
            macs: 0,
            activations: 0,
            depth: 0,
            receptive_field: None,
            year: None,
            paper: None,
            authors: None,
            quote: None,
            accuracy: None,
            known: [None, None],
            accuracies: 0,
            weights: false,
            error: Some(error),
            problem,
        }
    }

    /// Whether each word of `query` is in its name, title, aliases, family, summary or paper. Only letters and digits count,
    /// in any case: `ResNet-50` and `resnet50` are alike.
    pub fn matches(&self, query: &str) -> bool {
        let own = [&self.name, &self.title, &self.family, &self.summary];
        let paper = self.paper.iter().chain(&self.authors);
        let fields: Vec<String> = own
            .into_iter()
            .chain(&self.aliases)
            .chain(paper)
            .map(|field| plain(field))
            .chain(self.year.map(|year| year.to_string()))
            .collect();
        let mut words = query.split_whitespace().map(plain);
        words.all(|word| fields.iter().any(|field| field.contains(&word)))
    }

    /// Has the accuracy of other weights stand beside its costs.
    pub fn compare(&mut self, trained: Trained) {
        let place = Trained::ALL.iter().position(|known| *known == trained);
        self.accuracy = place.and_then(|place| self.known[place].clone());
    }

    /// Its accuracy in percent, with the image size where that is not its own, and a `+` where the weights saw more than
    /// ImageNet-1k; nothing where none is known.
    pub fn top1(&self) -> String {
        let Some(best) = &self.accuracy else {
            return String::new();
        };
        let more = if best.is_of_imagenet_1k() { "" } else { "+" };
        let share = percent(best.top1);
        match self.input.get(1..) == Some(&[best.size; 2]) {
            true => share + more,
            false if more.is_empty() => format!("{share} @{}", best.size),
            false => format!("{share}{more}@{}", best.size),
        }
    }
}

/// Letters and digits in lower case.
fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// A key to sort the catalogue by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SortKey {
    /// As the catalogue has them: by family.
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
    /// All of them.
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

    /// The word on the command line.
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

    /// Which of two has the smaller figure, or the better where accuracy is meant.
    fn compare(self, left: &Entry, right: &Entry) -> Ordering {
        let top1 = |entry: &Entry| entry.accuracy.as_ref().map_or(-1.0, |best| best.top1);
        match self {
            Self::Catalogue => Ordering::Equal,
            Self::Name => left.name.cmp(&right.name),
            Self::Params => left.params.cmp(&right.params),
            Self::Macs => left.macs.cmp(&right.macs),
            Self::Activations => left.activations.cmp(&right.activations),
            Self::Depth => left.depth.cmp(&right.depth),
            Self::ReceptiveField => left.receptive_field.cmp(&right.receptive_field),
            Self::Year => left.year.cmp(&right.year),
            Self::Top1 => top1(right).total_cmp(&top1(left)),
        }
    }

    /// Which of two comes first, or, turned round, last; one without the figure comes last either way.
    pub fn order(self, left: &Entry, right: &Entry, is_reversed: bool) -> Ordering {
        let order = self.compare(left, right);
        let order = if is_reversed { order.reverse() } else { order };
        self.lacks(left).cmp(&self.lacks(right)).then(order)
    }

    /// Whether a network has no such figure.
    const fn lacks(self, entry: &Entry) -> bool {
        match self {
            Self::Params | Self::Macs | Self::Activations | Self::Depth => entry.error.is_some(),
            Self::Year => entry.year.is_none(),
            Self::Top1 => entry.accuracy.is_none(),
            Self::ReceptiveField => entry.receptive_field.is_none(),
            _ => false,
        }
    }

    /// Sorts `entries` by it; equal ones keep their order.
    pub fn sort(self, entries: &mut [Entry]) {
        entries.sort_by(|left, right| self.order(left, right, false));
    }
}

/// A family of networks in one row. The fields are the JSON of `list --families`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Family {
    /// Its name.
    pub family: String,
    /// Its networks' names, in the order of the list.
    pub networks: Vec<String>,
    /// The papers' years: the first and the last.
    pub years: Option<[u64; 2]>,
    /// Learned parameters: the fewest and the most.
    pub params: [u128; 2],
    /// Multiply-adds for one image: the fewest and the most.
    pub macs: [u128; 2],
}

/// The families of `entries`, in the order of their first networks.
pub fn families(entries: &[Entry]) -> Vec<Family> {
    fn widen<T: Ord + Copy>(range: &mut [T; 2], value: T) {
        *range = [range[0].min(value), range[1].max(value)];
    }
    let mut families: Vec<Family> = Vec::new();
    // What a broken spec costs is not known.
    for entry in entries.iter().filter(|entry| entry.error.is_none()) {
        let years = entry.year.map(|year| [year; 2]);
        let Some(family) = families
            .iter_mut()
            .find(|family| family.family == entry.family)
        else {
            families.push(Family {
                family: entry.family.clone(),
                networks: vec![entry.name.clone()],
                years,
                params: [entry.params; 2],
                macs: [entry.macs; 2],
            });
            continue;
        };
        family.networks.push(entry.name.clone());
        widen(&mut family.params, entry.params);
        widen(&mut family.macs, entry.macs);
        match (&mut family.years, entry.year) {
            (Some(range), Some(year)) => widen(range, year),
            (none, _) => *none = none.or(years),
        }
    }
    families
}

/// All networks, in the catalogue's order; specs of the user's folder that have errors come last, with what is wrong.
///
/// Threads share the names, for the explorer draws nothing before it has all rows.
///
/// # Errors
/// A shipped file is broken, which the tests exclude.
pub fn entries() -> Result<Vec<Entry>, Vec<Problem>> {
    let names = catalog::all_names();
    let rows = share(&names, |name| row(name));
    let mut entries = rows.into_iter().collect::<Result<Vec<Entry>, _>>()?;
    entries.sort_by_key(|entry| entry.error.is_some());
    share_quotes(&mut entries);
    Ok(entries)
}

/// A paper's sentence stands in one spec, and is that of every network of the paper.
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

/// The row of a network; that of a spec of the user's folder says what is wrong with it, whatever that is.
fn row(name: &str) -> Result<Entry, Vec<Problem>> {
    let is_users = user::path(name).is_some();
    match open(name, &Overrides::default()) {
        Ok(model) if is_users && has_errors(&model.problems) => {
            Ok(Entry::broken(name, &model.problems))
        }
        Ok(model) => Ok(Entry::new(&model)),
        Err(problems) if is_users => Ok(Entry::broken(name, &problems)),
        Err(problems) => Err(problems),
    }
}
