//! Plan of a training: its networks, and the fields of its recipe as they are typed.

use std::sync::Arc;

use super::Train;
use crate::engine::train::{Entrant, Part, Schedule};
use crate::lower::{Model, Overrides, PictureSteps, open};
use crate::message;
use crate::network::Network;
use crate::spec::{Problem, catalog, has_errors};
use crate::text::{Joint, Message};
use crate::tui::message::Field;
use crate::weights::Scheme;

/// Most networks, and most seeds.
pub(super) const MOST: usize = 8;

/// Network of a training.
#[derive(Debug, Clone)]
pub struct Net {
    /// Name that opens it.
    pub name: String,
    /// Title, for people.
    pub title: Message,
    /// Parts that it lacks.
    pub lacks: Vec<Part>,
    /// Whether its pixels are standardised by the data.
    pub is_standardised: bool,
    pub(super) network: Arc<Network>,
    pub(super) steps: PictureSteps,
}

impl Net {
    /// Network of a model.
    ///
    /// # Errors
    /// It has errors, or reads no pictures.
    pub fn of(model: &Model) -> Result<Self, Message> {
        if has_errors(&model.problems) {
            let first = model.problems.first();
            return Err(first.map_or_else(|| message!("notice-errors-first"), Problem::headline));
        }
        let name = catalog::name_of(&model.spec.source);
        Ok(Self {
            name: name.unwrap_or_else(|| model.spec.source.name.clone()),
            title: Message::from(&model.title()),
            lacks: Vec::new(),
            is_standardised: false,
            network: Arc::new(model.network.clone()),
            steps: model
                .picture_steps()
                .ok_or_else(|| message!("choice-no-input"))?,
        })
    }

    /// Network by its name.
    ///
    /// # Errors
    /// It cannot be opened, has errors, or reads no pictures.
    pub fn open(name: &str) -> Result<Self, Message> {
        match open(name, &Overrides::default()) {
            Ok(model) => Self::of(&model),
            Err(problems) => Err(problems
                .first()
                .map_or_else(|| Message::of(name.to_owned()), Problem::headline)),
        }
    }

    /// Whether the shipped digits fit it.
    pub fn reads_digits(&self) -> bool {
        self.steps.size == [1, 8, 8]
    }

    /// Its title, with the parts that it lacks.
    pub fn label(&self) -> Message {
        let parts: Vec<Message> = self.lacks.iter().map(|part| part.word()).collect();
        match (parts.is_empty(), self.is_standardised) {
            (true, false) => self.title.clone(),
            (true, true) => message!("train-net-standardised", net = self.title.clone()),
            (false, _) => message!(
                "train-net-without",
                net = self.title.clone(),
                parts = Joint::Comma.of(parts)
            ),
        }
    }

    /// Difference from others of the same title, which all lack `common`.
    pub fn difference(&self, common: &[Part]) -> Message {
        let own = self.lacks.iter().filter(|part| !common.contains(part));
        let mut parts: Vec<Message> = own
            .map(|part| {
                Message::new(match part {
                    Part::Shortcuts => "train-short-shortcuts",
                    Part::Norms => "train-short-norms",
                    Part::Preprocessing => "train-short-preprocessing",
                })
            })
            .collect();
        if self.is_standardised {
            parts.push(message!("train-short-standardised"));
        }
        if parts.is_empty() {
            return message!("train-short-whole");
        }
        message!("train-short-parts", parts = Joint::Comma.of(parts))
    }

    /// Name of its file of weights, without extension.
    pub fn file_stem(&self) -> String {
        let stem = std::path::Path::new(&self.name).file_stem();
        let mut name = stem.map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
        for part in &self.lacks {
            name += match part {
                Part::Shortcuts => "-no-shortcuts",
                Part::Norms => "-no-norms",
                Part::Preprocessing => "-raw",
            };
        }
        name
    }

    /// Source from which a training builds it.
    pub fn entrant(&self) -> Entrant {
        Entrant {
            name: self.name.clone(),
            network: Arc::clone(&self.network),
            steps: self.steps,
            lacks: self.lacks.clone(),
            is_standardised: self.is_standardised,
        }
    }
}

/// Learning rate in few digits.
pub(super) fn rate_text(rate: f64) -> String {
    let digits = (2.0 - rate.abs().log10().floor()).clamp(0.0, 8.0) as usize;
    let text = format!("{rate:.digits$}");
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

impl Train {
    /// Plans to train these networks, on the digits if they fit.
    pub fn plan(&mut self, nets: Vec<Net>) {
        let fits = !nets.is_empty() && nets.iter().all(Net::reads_digits);
        self.experiment = None;
        let data = if fits { "digits" } else { "" };
        data.clone_into(&mut self.data);
        self.nets = nets;
        self.recipe = crate::engine::train::Recipe::default();
        self.cursor = crate::tui::kit::cursor::Cursor::default();
    }

    /// Names in the list: titles, or what distinguishes networks of one title.
    pub fn labels(&self) -> Vec<Message> {
        let [first, others @ ..] = &self.nets[..] else {
            return Vec::new();
        };
        let is_one = !others.is_empty() && others.iter().all(|net| net.title == first.title);
        if !is_one {
            return self.nets.iter().map(Net::label).collect();
        }
        let is_common = |part: &&Part| others.iter().all(|net| net.lacks.contains(part));
        let common: Vec<Part> = first.lacks.iter().filter(is_common).copied().collect();
        self.nets
            .iter()
            .map(|net| net.difference(&common))
            .collect()
    }

    /// Adds a network.
    ///
    /// # Errors
    /// It cannot be opened or has errors, or there are too many.
    pub fn add(&mut self, name: &str) -> Result<(), Message> {
        if self.nets.len() == MOST {
            return Err(message!("train-most-nets", count = MOST));
        }
        let net = Net::open(name)?;
        if self.nets.is_empty() && net.reads_digits() {
            "digits".clone_into(&mut self.data);
        }
        self.experiment = None;
        self.nets.push(net);
        Ok(())
    }

    /// Value of a field as a text that sets it.
    pub fn value(&self, field: Field) -> String {
        let recipe = &self.recipe;
        match field {
            Field::Data => self.data.clone(),
            Field::Epochs => recipe.epochs.to_string(),
            Field::Batch => recipe.batch.to_string(),
            Field::Rate => rate_text(recipe.rate),
            Field::Schedule => match recipe.schedule {
                Schedule::Constant => "constant".to_owned(),
                Schedule::Cosine => "cosine".to_owned(),
                Schedule::Steps { every, .. } => format!("steps:{every}"),
            },
            Field::Decay => rate_text(f64::from(recipe.settings.weight_decay)),
            Field::Start => recipe.scheme.name().to_owned(),
            Field::Seeds => {
                let seeds: Vec<String> = recipe.seeds.iter().map(u64::to_string).collect();
                seeds.join(",")
            }
        }
    }

    /// Examples of a field's values.
    pub const fn examples(field: Field) -> &'static [&'static str] {
        match field {
            Field::Data => &["digits"],
            Field::Epochs => &["1", "2", "4", "8", "16", "30"],
            Field::Batch => &["16", "32", "64", "128", "256"],
            Field::Rate => &["0.01", "0.02", "0.05", "0.1", "0.2", "0.5"],
            Field::Schedule => &["constant", "cosine", "steps:2", "steps:30"],
            Field::Decay => &["0", "0.0001", "0.0005", "0.001"],
            Field::Start => &["he", "torch"],
            Field::Seeds => &["1", "1,2", "1,2,3", "1,2,3,4,5"],
        }
    }

    /// Sets a field from a text.
    ///
    /// # Errors
    /// It makes no sense; the message is for the user.
    pub fn set(&mut self, field: Field, text: &str) -> Result<(), Message> {
        let text = text.trim();
        let wrong = || {
            message!(
                "train-field-wrong",
                field = field.word(),
                text = text,
                examples = Joint::Or.of(Self::examples(field).iter().copied())
            )
        };
        let count = |limit: usize| {
            let number = text.parse::<usize>().ok();
            number
                .filter(|number| (1..=limit).contains(number))
                .ok_or_else(wrong)
        };
        let number = |low: f64, high: f64| {
            let number = text.parse::<f64>().ok();
            number
                .filter(|number| (low..=high).contains(number))
                .ok_or_else(wrong)
        };
        let recipe = &mut self.recipe;
        match field {
            Field::Data => text.clone_into(&mut self.data),
            Field::Epochs => recipe.epochs = count(100_000)?,
            Field::Batch => recipe.batch = count(crate::network::limits::BATCH as usize)?,
            Field::Rate => recipe.rate = number(1e-9, 1e9)?,
            Field::Decay => recipe.settings.weight_decay = number(0.0, 1e3)? as f32,
            Field::Schedule => {
                recipe.schedule = match (text, text.strip_prefix("steps:")) {
                    ("constant", _) => Schedule::Constant,
                    ("cosine", _) => Schedule::Cosine,
                    (_, Some(every)) => Schedule::Steps {
                        every: every
                            .parse()
                            .ok()
                            .filter(|&every| every > 0)
                            .ok_or_else(wrong)?,
                        factor: 0.1,
                    },
                    _ => return Err(wrong()),
                };
            }
            Field::Start => {
                let mut schemes = Scheme::ALL.into_iter();
                recipe.scheme = schemes.find(|own| own.name() == text).ok_or_else(wrong)?;
            }
            Field::Seeds => {
                let seeds = text.split(',').map(|seed| seed.trim().parse::<u64>());
                let mut seeds = seeds.collect::<Result<Vec<_>, _>>().map_err(|_| wrong())?;
                seeds.dedup();
                if seeds.is_empty() || seeds.len() > MOST {
                    return Err(wrong());
                }
                recipe.seeds = seeds;
            }
        }
        if field == Field::Data {
            self.experiment = None;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_of_a_field_sets_it_and_nonsense_is_refused() {
        let mut train = Train::default();
        for field in Field::ALL {
            for example in Train::examples(field) {
                train.set(field, example).expect("an example");
                assert_eq!(train.value(field), *example, "{field:?}");
            }
            if field != Field::Data {
                let before = train.value(field);
                for text in ["", "x", "-1", "nan", "1e30"] {
                    train.set(field, text).expect_err(text);
                    assert_eq!(train.value(field), before);
                }
            }
        }
    }
}
