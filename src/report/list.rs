//! The catalogue as rows.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde::Serialize;

use crate::analysis::{Macs, Params, Rule, cost, depth};
use crate::lower::{Model, Overrides, open};
use crate::network::{Layer, check};
use crate::spec::{Problem, catalog, has_errors, user};

/// A network of the catalogue in one row. The fields are the JSON of `list`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Entry {
    /// The name that it is asked for by.
    pub name: String,
    /// Its name as people write it.
    pub title: String,
    /// Its group.
    pub family: String,
    /// What distinguishes it.
    pub summary: String,
    /// Channels, height, width.
    pub input: Vec<u64>,
    /// Learned parameters.
    pub params: u128,
    /// Multiply-adds of convolutions and linear layers, for one image.
    pub macs: u128,
    /// Convolutions on the main path, and linear layers.
    pub depth: usize,
    /// The paper's year.
    pub year: Option<u64>,
    /// The paper's title.
    pub paper: Option<String>,
    /// Whether trained weights are in the binary.
    pub weights: bool,
}

impl Entry {
    /// The row of one network.
    ///
    /// It asks for what the row shows and no more.
    pub fn new(model: &Model) -> Self {
        let network = &model.network;
        let (shapes, _) = check::shapes(network);
        let file = &model.spec.file;
        let paper = file.paper.as_ref().map(|paper| &paper.value);
        let text = |text: &Option<crate::spec::Located<String>>| {
            text.as_ref().map(|text| text.value.clone())
        };
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
            input: input.unwrap_or_default(),
            params: cost::params(network).iter().sum::<Params>().0,
            macs: cost::macs(network, &shapes, Rule::default())
                .iter()
                .sum::<Macs>()
                .0,
            depth: depth::depth(network),
            year: paper
                .and_then(|paper| paper.year.as_ref())
                .map(|year| year.value),
            paper: paper.and_then(|paper| text(&paper.title)),
            weights: file.weights.is_some(),
        }
    }
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
    /// Shallowest first.
    Depth,
    /// Oldest paper first.
    Year,
}

impl SortKey {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Catalogue,
        Self::Name,
        Self::Params,
        Self::Macs,
        Self::Depth,
        Self::Year,
    ];

    /// The word on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Catalogue => "catalogue",
            Self::Name => "name",
            Self::Params => "params",
            Self::Macs => "macs",
            Self::Depth => "depth",
            Self::Year => "year",
        }
    }

    /// The key called `name`.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.name() == name)
    }

    /// Sorts `entries` by it; equal ones keep their order.
    pub fn sort(self, entries: &mut [Entry]) {
        match self {
            Self::Catalogue => {}
            Self::Name => entries.sort_by(|a, b| a.name.cmp(&b.name)),
            Self::Params => entries.sort_by_key(|entry| entry.params),
            Self::Macs => entries.sort_by_key(|entry| entry.macs),
            Self::Depth => entries.sort_by_key(|entry| entry.depth),
            Self::Year => entries.sort_by_key(|entry| entry.year),
        }
    }
}

/// All networks, in the catalogue's order; specs of the user's folder that have errors are left out.
///
/// Threads share the names, for the explorer draws nothing before it has all rows.
///
/// # Errors
/// A shipped file is broken, which the tests exclude.
pub fn entries() -> Result<Vec<Entry>, Vec<Problem>> {
    let names = catalog::all_names();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut rows = Vec::new();
        while let Some(name) = names.get(next.fetch_add(1, Ordering::Relaxed)) {
            rows.push((name, row(name)));
        }
        rows
    };
    let threads = std::thread::available_parallelism().map_or(1, |count| count.get().min(8));
    let mut rows: HashMap<&String, Option<Result<Entry, Vec<Problem>>>> =
        std::thread::scope(|scope| {
            let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
            let own = work();
            let joined = others.into_iter().flat_map(|other| {
                other
                    .join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            });
            own.into_iter().chain(joined).collect()
        });
    names
        .iter()
        .filter_map(|name| rows.remove(name).flatten())
        .collect()
}

/// The row of a network; none for a spec of the user's folder that has errors.
fn row(name: &str) -> Option<Result<Entry, Vec<Problem>>> {
    match open(name, &Overrides::default()) {
        Ok(model) if user::path(name).is_some() && has_errors(&model.problems) => None,
        Ok(model) => Some(Ok(Entry::new(&model))),
        Err(_) if user::path(name).is_some() => None,
        Err(problems) => Some(Err(problems)),
    }
}
