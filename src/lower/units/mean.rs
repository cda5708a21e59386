//! Means of whole maps and along one axis, and means with deviations.

use super::{Unit, decode};
use crate::lower::settings;
use crate::network::layer::Axis;
use crate::network::{Layer, Pool};
use crate::spec::decode::{Decode, table, word};
use crate::spec::value::Value;
use crate::spec::{Located, Problem};
use serde_json::json;

table! {
    /// Mean of each channel's whole map: `torch.nn.AdaptiveAvgPool2d(1)`.
    pub(super) struct GlobalAvgPool {
        /// Name of the module.
        global_avg_pool: String = "global_avg_pool",
        /// Axis of the mean, which keeps size 1: "height" or "width"; both by default.
        axis: AxisWord = "axis",
    }
}

table! {
    /// Mean of each channel's whole map as a function, `x.mean((2, 3))`: some counting tools see only modules.
    pub(super) struct Mean {
        /// Name of the layer.
        mean: String = "mean",
        /// Axis of the mean, which keeps size 1: "height" or "width"; both by default.
        axis: AxisWord = "axis",
    }
}

table! {
    /// Means and then deviations of each channel along one axis: statistics pooling of speaker recognition.
    pub(super) struct MeanDeviation {
        /// Name of the layer.
        mean_deviation: String = "mean_deviation",
        /// Axis, which keeps size 1: "height" or "width"; default "width", the time axis of a spectrogram.
        axis: AxisWord = "axis",
        /// ε added to the unbiased variance before its square root; default 0.0000001.
        eps: f64 = "eps",
    }
}

/// `"height"` or `"width"`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct AxisWord(Axis);

impl Decode for AxisWord {
    fn decode(value: &Located<Value>, problems: &mut Vec<Problem>) -> Option<Self> {
        let all = [Axis::Height, Axis::Width].map(|axis| (axis.name(), axis));
        word(value, &all, "word-axis", problems).map(Self)
    }

    fn schema() -> serde_json::Value {
        json!({"enum": ["height", "width"]})
    }
}

fn mean(axis: Option<&Located<AxisWord>>) -> Layer {
    Layer::Pool(axis.map_or(Pool::Global, |axis| Pool::Along(axis.value.0)))
}

pub(super) const GLOBAL_AVG_POOL: Unit = Unit {
    key: "global_avg_pool",
    schema: GlobalAvgPool::schema,
    lower: |layer, builder| {
        let unit: &GlobalAvgPool = decode(layer, builder)?;
        let pool = mean(unit.axis.as_ref());
        builder.push(
            &unit.global_avg_pool.as_ref()?.value,
            Some(&layer.place),
            pool,
        );
        Some(())
    },
};

pub(super) const MEAN: Unit = Unit {
    key: "mean",
    schema: Mean::schema,
    lower: |layer, builder| {
        let unit: &Mean = decode(layer, builder)?;
        let pool = mean(unit.axis.as_ref());
        builder.push_function(&unit.mean.as_ref()?.value, Some(&layer.place), pool);
        Some(())
    },
};

pub(super) const MEAN_DEVIATION: Unit = Unit {
    key: "mean_deviation",
    schema: MeanDeviation::schema,
    lower: |layer, builder| {
        let unit: &MeanDeviation = decode(layer, builder)?;
        if let Some(problem) = unit.eps.as_ref().and_then(settings::epsilon) {
            builder.report(problem);
        }
        let pool = Layer::Pool(Pool::MeanDeviation {
            axis: unit.axis.as_ref().map_or(Axis::Width, |axis| axis.value.0),
            eps: unit.eps.as_ref().map_or(1e-7, |eps| eps.value),
        });
        builder.push_function(
            &unit.mean_deviation.as_ref()?.value,
            Some(&layer.place),
            pool,
        );
        Some(())
    },
};
