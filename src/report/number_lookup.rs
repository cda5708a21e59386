//! Origin of a published number: its network, rule, input size, head and batch size.
//!
//! Every network of the catalogue is counted in every usual way. A count with the number's digits fits; the more common ways
//! are listed first.

mod figures;
mod ladder;
mod number;
mod older;

use serde::{Serialize, Serializer};

use crate::kernels::team::share;
use crate::lower::{Model, Overrides, open};
use crate::network::Layer;
use crate::sorting::Sorting;
use crate::spec::{Problem, catalog};
use crate::text::{Language, Message, Wording};

pub use figures::Quantity;
pub use ladder::{Rung, ladder};
pub use number::{Fit, Number, parse};

use figures::{BATCHES, Figure, SIZES, figures};

/// Way in which a network gives the number.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Match {
    /// Name of the network.
    pub net: String,
    /// Title of the network.
    pub title: Wording,
    /// Parameters or operations.
    pub quantity: Quantity,
    /// Name of the counting rule, or `params`.
    pub rule: String,
    /// The difference in counting, in words.
    #[serde(serialize_with = "in_english")]
    pub note: Option<Message>,
    /// Channels, height and width of the input.
    pub input: Vec<u64>,
    /// Number of classes; 0 without the head.
    pub classes: u64,
    /// Batch size.
    pub batch: u64,
    /// Exact count.
    pub value: u128,
    /// Difference of the count from the number, relative to the number; positive if the count is larger.
    pub error: f64,
    /// Precision of the match.
    pub fit: Fit,
    /// Rarity of this way; the smallest comes first.
    #[serde(skip)]
    penalty: f64,
}

/// Rarity up to which a way is likely at all: one uncommon choice of a network that everybody uses, or none of another.
const COMMON: f64 = 1.0;

/// Confidence in the first match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Equal to the unit, and no match of another count is as common.
    Certain,
    /// By far the most common way.
    Likely,
    /// Other matches are as common.
    Unsure,
    /// No count has these digits; the nearest are shown.
    Near,
    /// No count is near.
    Unknown,
}

impl Confidence {
    /// Id of the sentence about it.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Certain => "explain-certain",
            Self::Likely => "explain-likely",
            Self::Unsure => "explain-unsure",
            Self::Near => "explain-guess",
            Self::Unknown => "explain-unknown",
        }
    }
}

/// Explanation of a number.
#[derive(Debug, Clone, Serialize)]
pub struct Explanation {
    /// Number as it was asked about.
    #[serde(serialize_with = "written")]
    pub number: Number,
    /// Confidence in the first match.
    pub confidence: Confidence,
    /// Matches, the best first.
    pub matches: Vec<Match>,
    /// Number of matches that have the digits; some may be missing from `matches`.
    pub fitting: usize,
}

#[allow(clippy::ref_option, reason = "as serde hands a field over")]
fn in_english<S: Serializer>(note: &Option<Message>, serializer: S) -> Result<S::Ok, S::Error> {
    let note = note.as_ref().map(|note| Language::ENGLISH.say(note));
    serializer.serialize_str(&note.unwrap_or_default())
}

fn written<S: Serializer>(number: &Number, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u128(number.value)
}

/// Most matches that are kept.
const KEPT: usize = 40;

/// Explains `number`: by the whole catalogue, or by `net` and its v1 or v1.5.
///
/// # Errors
/// `net` cannot be read.
pub fn explain(number: &Number, net: Option<&str>) -> Result<Explanation, Vec<Problem>> {
    let names = net.map_or_else(
        || {
            catalog::names()
                .iter()
                .map(|name| (*name).to_owned())
                .collect()
        },
        siblings,
    );
    let mut found = if net.is_some() {
        search(number, &names, true)?
    } else {
        in_parallel(number, &names)?
    };
    found.order_by(|a, b| {
        a.order()
            .partial_cmp(&b.order())
            .unwrap_or(std::cmp::Ordering::Equal)
            .then(a.error.abs().total_cmp(&b.error.abs()))
            .then(a.net.len().cmp(&b.net.len()))
    });
    let fitting = found.iter().filter(|one| one.fit != Fit::Near).count();
    let confidence = confidence(number, &found);
    if confidence == Confidence::Near {
        // Distant matches are useless next to near ones.
        found.truncate(5);
    }
    found.truncate(KEPT);
    Ok(Explanation {
        number: number.clone(),
        confidence,
        matches: found,
        fitting,
    })
}

impl Match {
    /// Whether another match says the same of the number: the count of a network that is equal in it, or of this network in the same
    /// way by another rule, whose figure has the number's digits too.
    fn is_repeated_by(&self, other: &Self) -> bool {
        let is_same_net = other.net == self.net && other.quantity == self.quantity;
        let is_same_way = other.input == self.input && other.batch == self.batch;
        other.value == self.value || is_same_net && is_same_way && other.classes == self.classes
    }

    /// Key to sort the matches by. Truncated figures are quoted less often than rounded ones.
    fn order(&self) -> (bool, f64) {
        let cut = if self.fit == Fit::Cut { 0.3 } else { 0.0 };
        (self.fit == Fit::Near, self.penalty + cut)
    }
}

/// Searches the catalogue on all cores, because a command should answer at once.
fn in_parallel(number: &Number, names: &[String]) -> Result<Vec<Match>, Vec<Problem>> {
    let found = share(names, |name| {
        search(number, std::slice::from_ref(name), false)
    });
    let found: Result<Vec<_>, _> = found.into_iter().collect();
    Ok(found?.into_iter().flatten().collect())
}

/// All matches of these networks; one with errors is an error if it was `asked` for, and is left out otherwise.
fn search(number: &Number, names: &[String], asked: bool) -> Result<Vec<Match>, Vec<Problem>> {
    let mut found = Vec::new();
    for name in names {
        let model = match open(name, &Overrides::default()) {
            Ok(model) => model,
            // A broken spec of the user's folder is reported by `check`.
            Err(_) if !asked => continue,
            Err(problems) => return Err(problems),
        };
        if !crate::spec::has_errors(&model.problems) {
            of_model(number, name, &model, &mut found);
        } else if asked {
            return Err(model.problems);
        }
    }
    Ok(found)
}

fn confidence(number: &Number, found: &[Match]) -> Confidence {
    let Some(best) = found.first() else {
        return Confidence::Unknown;
    };
    if best.fit == Fit::Near {
        return Confidence::Near;
    }
    let rival = found.iter().skip(1).filter(|other| other.fit != Fit::Near);
    let rival = rival.clone().find(|other| !best.is_repeated_by(other));
    let gap = rival.map_or(f64::INFINITY, |rival| rival.order().1 - best.order().1);
    match gap {
        gap if gap > 0.25 && number.step == 1 => Confidence::Certain,
        gap if gap > 0.25 && best.order().1 <= COMMON => Confidence::Likely,
        _ => Confidence::Unsure,
    }
}

/// The network, and the one that differs from it only by the position of the stride.
pub fn siblings(name: &str) -> Vec<String> {
    let other = match name.strip_suffix("_v1") {
        Some(later) => later.to_owned(),
        None => format!("{name}_v1"),
    };
    let mut names = vec![name.to_owned()];
    if catalog::shipped(&other).is_some() {
        names.push(other);
    }
    names
}

/// Rarity of numbers about this network.
fn rarity(name: &str, model: &Model) -> f64 {
    let aliases = model.spec.file.aliases.as_ref();
    let torchvision = aliases.is_some_and(|aliases| {
        aliases
            .value
            .iter()
            .any(|alias| alias.value.starts_with("torchvision:"))
    });
    match name {
        "resnet50" => 0.0,
        "resnet18" | "resnet34" | "resnet101" | "resnet152" => 0.1,
        _ if torchvision => 0.4,
        _ if name.ends_with("_v1") => 0.15,
        _ => of_family(model),
    }
}

/// Rarity of numbers about a network of this family. Networks without shortcuts are there to be compared with those that have them.
fn of_family(model: &Model) -> f64 {
    let family = model.spec.file.family.as_ref();
    match family.map(|family| family.value.as_str()) {
        Some("ResNet (CIFAR)") => 0.3,
        Some("ResNet for CIFAR (kuangliu)") if !model.spec.name.contains("preact") => 0.5,
        Some("Plain" | "Plain (digits)" | "ResNet (digits)") => 1.2,
        _ => 0.8,
    }
}

fn of_model(number: &Number, name: &str, model: &Model, found: &mut Vec<Match>) {
    let rarity = rarity(name, model);
    let own = figures(model, Some(number.value));
    let input = input(model);
    let mut take = |figure: &Figure, input: &[u64], batch: u64, penalty: f64| {
        let value = match figure.quantity {
            Quantity::Params => figure.value,
            Quantity::Operations => figure.value * u128::from(batch),
        };
        if let Some(fit) = number.fit(value, figure.quantity) {
            found.push(Match {
                net: name.to_owned(),
                title: model.title(),
                quantity: figure.quantity,
                rule: figure.rule.to_owned(),
                note: figure.note.clone(),
                input: input.to_vec(),
                classes: figure.classes,
                batch,
                value,
                error: value as f64 / number.value as f64 - 1.0,
                fit,
                penalty: rarity + figure.penalty + penalty + number.surprise(figure.quantity),
            });
        }
    };
    for figure in &own {
        take(figure, &input, 1, 0.0);
        if figure.quantity == Quantity::Operations && figure.classes != 0 {
            for batch in BATCHES {
                take(figure, &input, batch, 1.5);
            }
        }
    }
    // Other sizes are only lowered if the areas show that they could fit.
    let Some(count) = own
        .iter()
        .find(|figure| figure.quantity == Quantity::Operations)
    else {
        return;
    };
    for size in SIZES {
        if input[1..] == [size; 2] {
            continue;
        }
        let area = (size * size) as f64 / (input[1] * input[2]).max(1) as f64;
        let likely = [1.0, 2.0].iter().any(|factor| {
            let estimate = count.value as f64 * area * factor / number.value as f64;
            (estimate - 1.0).abs() < 0.015
        });
        if !likely {
            continue;
        }
        let overrides = Overrides {
            input_size: Some([size; 2]),
            ..Overrides::default()
        };
        let Ok(resized) = open(name, &overrides) else {
            continue;
        };
        if crate::spec::has_errors(&resized.problems) {
            continue;
        }
        for figure in figures(&resized, Some(number.value)) {
            if figure.quantity == Quantity::Operations && figure.classes != 0 {
                take(&figure, &[input[0], size, size], 1, 1.0);
            }
        }
    }
}

/// Channels, height and width of the input.
fn input(model: &Model) -> Vec<u64> {
    let first = model.network.nodes().next();
    match first.map(|(_, node)| &node.layer) {
        Some(Layer::Input { channels, size }) => vec![*channels, size[0], size[1]],
        _ => vec![0; 3],
    }
}
