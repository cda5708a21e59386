//! Queries about learning: gradients at the start, accuracies after a training, lesions, and where a network looks.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex};

use super::World;
use crate::engine::gradient::{Backward, Batch, Norms, Options};
use crate::engine::lesions::{Lesion, answers, whole_pass};
use crate::engine::saliency::{Choice, Heat, Method, Saliency};
use crate::engine::sources::{pixels, sample_classes, samples};
use crate::engine::train::{Entrant, Happened, Part, Recipe, Training};
use crate::engine::{Input, InputChoice, LoadedWeights, Mode, WeightsChoice};
use crate::lesson::Value;
use crate::message;
use crate::network::Branch;
use crate::report::Subject;
use crate::text::Message;
use crate::weights::{Dataset, Scheme};

/// Accuracies of shipped networks that were trained in this run: a training gives the same numbers again.
static TRAINED: Mutex<BTreeMap<String, f64>> = Mutex::new(BTreeMap::new());

/// Images of the batch whose gradients are measured.
const BATCH: usize = 16;

impl World {
    /// Norm of the first block's gradient over that of the last one, with the weights at the start of training.
    pub(super) fn gradient(&self, name: &str) -> Result<Value, Message> {
        let subject = self.net(name)?;
        let model = &subject.model;
        let network = Arc::new(model.network.clone());
        let backward = Backward::new(Arc::clone(&network), Mode::Training);
        let backward = backward.map_err(|error| error.message())?;
        let weights = WeightsChoice::Initial(Scheme::He, 1).open(model)?;
        let loaded = LoadedWeights::load(&network, weights.as_ref())?;
        let (maps, is_prepared) = match InputChoice::Synthetic(1).open(model, BATCH)? {
            Input::Pixels(maps) => (maps, false),
            Input::Prepared(maps) => (maps, true),
        };
        // In f64, as `gradient` does: in f32 the ratio of a deep plain network depends on the order of its sums.
        let maps = maps.mapv(f64::from);
        let classes = backward.classes().max(1);
        let labels: Vec<usize> = (0..BATCH).map(|image| image % classes).collect();
        let batch = Batch {
            input: &maps,
            is_prepared,
            labels: &labels,
        };
        let go_on = &mut |_, _| ControlFlow::Continue(());
        let found = backward.run(&loaded.all::<f64>(), batch, Options::default(), go_on);
        let found = found.map_err(|error| error.message())?;
        let ratio = Norms::of(&found, &network).first_over_last();
        ratio
            .map(Value::Number)
            .ok_or_else(|| message!("query-no-blocks", net = name))
    }

    /// Test accuracy in percent after some epochs on the digits, without some parts of the network.
    pub(super) fn trained(
        &self,
        name: &str,
        epochs: &str,
        lacks: &[&str],
    ) -> Result<Value, Message> {
        let key = format!("{name} {epochs} {}", lacks.join(" "));
        let is_own = self.own().contains_key(name);
        let known = |all: &BTreeMap<String, f64>| all.get(&key).copied();
        if let Some(accuracy) = TRAINED
            .lock()
            .ok()
            .and_then(|all| known(&all))
            .filter(|_| !is_own)
        {
            return Ok(Value::Number(accuracy));
        }
        let accuracy = self.train(name, epochs, lacks)?;
        if let Ok(mut all) = TRAINED.lock() {
            all.insert(key, accuracy);
        }
        Ok(Value::Number(accuracy))
    }

    fn train(&self, name: &str, epochs: &str, lacks: &[&str]) -> Result<f64, Message> {
        let subject = self.net(name)?;
        let model = &subject.model;
        let epochs = epochs.parse().map_err(|_| message!("query-no-epochs"))?;
        let parts = lacks.iter().map(|word| {
            let part = Part::ALL.into_iter().find(|part| part.name() == *word);
            part.ok_or_else(|| message!("query-no-part", part = *word))
        });
        let entrant = Entrant {
            name: name.to_owned(),
            network: Arc::new(model.network.clone()),
            steps: model
                .picture_steps()
                .ok_or_else(|| message!("choice-no-input"))?,
            lacks: parts.collect::<Result<_, _>>()?,
            is_standardised: false,
        };
        let recipe = Recipe {
            epochs,
            ..Recipe::default()
        };
        let data = Dataset::digits().map_err(|error| error.0)?;
        let mut training = Training::new(&data, recipe, vec![entrant])?;
        let mut accuracy = 0.0;
        while let Some(moment) = training.next_moment() {
            match moment.event {
                Happened::Tested(seen) => accuracy = seen.accuracy(),
                Happened::Ended(reason) => return Err(reason),
                Happened::Learned(_) => {}
            }
        }
        Ok((accuracy * 1000.0).round() / 10.0)
    }

    /// Number of samples that are still classified right without a path of a block, or of all blocks.
    pub(super) fn lesion(&self, word: &str, path: &str) -> Result<Value, Message> {
        let (name, block) = word.split_once('.').unwrap_or((word, ""));
        let subject = self.net(name)?;
        let branch = match path {
            "main" => Some(Branch::Main),
            "shortcut" => Some(Branch::Shortcut),
            "none" => None,
            path => return Err(message!("query-no-part", part = path)),
        };
        let network = Arc::new(subject.model.network.clone());
        let wanted = |lesion: &&Lesion| match (lesion, branch) {
            (Lesion::Nothing, None) => true,
            (Lesion::Path(own, path), Some(branch)) => own.name == block && *path == branch,
            (Lesion::All(path), Some(branch)) => block.is_empty() && *path == branch,
            _ => false,
        };
        let lesions = Lesion::all(&network);
        let lesion = lesions
            .iter()
            .find(wanted)
            .ok_or_else(|| message!("query-no-block", net = name, path = block))?;
        let labels = sample_classes(&subject.model)
            .ok_or_else(|| message!("query-no-classes", net = name))?;
        let count = samples(&subject.model).len();
        let pictures = InputChoice::Sample(0).pictures(&subject.model, count)?;
        let input = pixels(&subject.model, &pictures)?;
        let weights = loaded(&subject)?;
        let session = whole_pass(network, weights, input).map_err(|error| error.message())?;
        let found = answers(&session, lesion, &labels).map_err(|error| error.message())?;
        Ok(Value::Number(found.right as f64))
    }

    /// Row or column, from 1, of the cell of the class activation map that adds most to the likeliest class.
    pub(super) fn looks(&self, name: &str, sample: &str, axis: &str) -> Result<Value, Message> {
        let subject = self.net(name)?;
        let sample = sample.parse().map_err(|_| message!("query-no-sample"))?;
        let input = InputChoice::Sample(sample).open(&subject.model, 1)?;
        let network = Arc::new(subject.model.network.clone());
        let failed = |error: crate::engine::GradientError| error.message();
        let saliency = Saliency::new(network, loaded(&subject)?, &input).map_err(failed)?;
        let class = saliency.likeliest().map_err(failed)?;
        let go_on = &mut |_, _| ControlFlow::Continue(());
        let heats = saliency.heats(Choice::of(Method::Cam), &[class], go_on);
        let heats = heats.map_err(failed)?;
        let peak = heats.first().map_or([0, 0], Heat::peak);
        let side = match axis {
            "row" => peak[0],
            "column" => peak[1],
            axis => return Err(message!("query-no-part", part = axis)),
        };
        Ok(Value::Number(side as f64 + 1.0))
    }
}

/// The shipped weights of a network.
fn loaded(subject: &Subject) -> Result<Arc<LoadedWeights>, Message> {
    let model = &subject.model;
    let source = WeightsChoice::Shipped.open(model)?;
    Ok(LoadedWeights::load(&model.network, source.as_ref())?)
}
