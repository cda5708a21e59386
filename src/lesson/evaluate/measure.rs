//! Queries that need a pass: whether a network runs, its class for an image, and batch normalisation at work.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::{World, english};
use crate::engine::bn_lab::{BnLab, Start, moments};
use crate::engine::{InputChoice, Keep, LoadedWeights, Mode, Session, WeightsChoice, top};
use crate::lesson::Value;
use crate::report::Subject;

impl World {
    pub(super) fn runs(&self, name: &str) -> Result<Value, String> {
        let subject = self.net(name)?;
        let output = self.pass(
            &subject,
            &WeightsChoice::Synthetic(0),
            &InputChoice::Synthetic(0),
        )?;
        Ok(Value::Truth(output.iter().all(|x| x.is_finite())))
    }

    pub(super) fn top(&self, name: &str, sample: &str) -> Result<Value, String> {
        let subject = self.net(name)?;
        let sample = sample.parse().map_err(|_| "the sample is no number")?;
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
            .ok_or(format!("{name} names no classes"))
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
    ) -> Result<crate::engine::Tensor, String> {
        let model = &subject.model;
        let source = weights.open(model).map_err(english)?;
        let loaded = LoadedWeights::load(&model.network, source.as_ref()).map_err(english)?;
        let input = input.open(model, 1).map_err(english)?;
        let network = Arc::new(model.network.clone());
        let mut session =
            Session::new(network, loaded, input, Mode::Inference, Keep::Needed).map_err(english)?;
        let _ = session.run_all(&mut |_, _| ControlFlow::Continue(()));
        session
            .output()
            .cloned()
            .ok_or("the pass did not end".to_owned())
    }

    pub(super) fn lab(&self, word: &str) -> Result<BnLab, String> {
        let (name, path) = word.split_once('.').ok_or("write NET.LAYER")?;
        let model = &self.net(name)?.model;
        BnLab::new(model, &WeightsChoice::default_for(model), path).map_err(english)
    }

    pub(super) fn bn(
        &self,
        word: &str,
        what: &str,
        channel: &str,
        size: &str,
    ) -> Result<Value, String> {
        let lab = self.lab(word)?;
        let (Ok(channel), Ok(size)) = (channel.parse(), size.parse()) else {
            return Err("channel and size are whole numbers".to_owned());
        };
        let input = lab.input(size, 0).map_err(english)?;
        let of = lab
            .channel(&input, channel, &lab.start(Start::Fresh))
            .map_err(english)?;
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
            _ => return Err(format!("the laboratory does not measure `{what}`")),
        })
    }
}
