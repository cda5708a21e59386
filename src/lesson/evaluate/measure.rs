//! Queries that need a pass: whether a network runs, its class for an image, and batch normalisation at work.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::World;
use crate::engine::bn_lab::{BnLab, Start, moments};
use crate::engine::{InputChoice, Keep, LoadedWeights, Mode, Session, WeightsChoice, top};
use crate::lesson::Value;
use crate::message;
use crate::report::Subject;
use crate::text::Message;

impl World {
    pub(super) fn runs(&self, name: &str) -> Result<Value, Message> {
        let subject = self.net(name)?;
        let output = self.pass(
            &subject,
            &WeightsChoice::Synthetic(0),
            &InputChoice::Synthetic(0),
        )?;
        Ok(Value::Truth(output.iter().all(|x| x.is_finite())))
    }

    pub(super) fn top(&self, name: &str, sample: &str) -> Result<Value, Message> {
        let subject = self.net(name)?;
        let sample = sample.parse().map_err(|_| message!("query-no-sample"))?;
        let output = self.pass(
            &subject,
            &WeightsChoice::Shipped,
            &InputChoice::Sample(sample),
        )?;
        let class = top(&output, 1)
            .first()
            .and_then(|guesses| Some(guesses.first()?.class));
        let label = class.and_then(|class| subject.model.labels()?.get(class).copied());
        label
            .map(|label| Value::Text(label.to_owned()))
            .ok_or_else(|| message!("query-no-classes", net = name))
    }

    #[allow(
        clippy::unused_self,
        reason = "a question to the world like the others"
    )]
    fn pass(
        &self,
        subject: &Subject,
        weights: &WeightsChoice,
        input: &InputChoice,
    ) -> Result<crate::engine::Tensor, Message> {
        let model = &subject.model;
        let source = weights.open(model)?;
        let loaded = LoadedWeights::load(&model.network, source.as_ref())?;
        let input = input.open(model, 1)?;
        let network = Arc::new(model.network.clone());
        let mut session = Session::new(network, loaded, input, Mode::Inference, Keep::Needed)?;
        let _ = session.run_all(&mut |_, _| ControlFlow::Continue(()));
        session
            .output()
            .cloned()
            .ok_or_else(|| message!("query-pass-stopped"))
    }

    pub(super) fn lab(&self, word: &str) -> Result<BnLab, Message> {
        let (name, path) = word
            .split_once('.')
            .ok_or_else(|| message!("query-names-no-layer", word = word))?;
        let model = &self.net(name)?.model;
        Ok(BnLab::new(model, &WeightsChoice::default_for(model), path)?)
    }

    pub(super) fn bn(
        &self,
        word: &str,
        what: &str,
        channel: &str,
        size: &str,
    ) -> Result<Value, Message> {
        let lab = self.lab(word)?;
        let (Ok(channel), Ok(size)) = (channel.parse(), size.parse()) else {
            return Err(message!("query-channel-and-size"));
        };
        let input = lab.input(size, 0)?;
        let of = lab.channel(&input, channel, &lab.start(Start::Fresh))?;
        let moved = lab.moved(&lab.start(Start::Fresh), &lab.statistics(&input));
        let (x, normalized) = (moments(&of.x), moments(&of.normalized));
        // Numbers that are zero within rounding are shown as zero.
        let round = |number: f64| Value::Number((number * 1e4).round() / 1e4);
        Ok(match what {
            "mean" => Value::Number(of.mean.into()),
            "variance" => Value::Number(of.variance_biased.into()),
            "unbiased" => Value::Number(of.variance_unbiased.into()),
            "normalized_mean" => round(normalized.mean + 0.0),
            "normalized_variance" => round(normalized.variance),
            "skewness" => round(x.skewness),
            "normalized_skewness" => round(normalized.skewness),
            "running_mean" => Value::Number(moved.mean[channel].into()),
            "running_variance" => Value::Number(moved.variance[channel].into()),
            _ => return Err(message!("query-cannot-measure", what = what)),
        })
    }
}
