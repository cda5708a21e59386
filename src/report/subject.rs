//! Network with its analysis and the sums over all its layers.

use std::sync::Arc;

use crate::analysis::{Analysis, Elements, Macs, Params, Rule, analyze, cost};
use crate::lower::Model;
use crate::message;
use crate::network::LayerId;
use crate::text::Message;

/// Network with its analysis, for a batch size.
#[derive(Debug, Clone)]
pub struct Subject {
    /// Network and its spec.
    pub model: Arc<Model>,
    /// Analysis for one image.
    pub analysis: Analysis,
    /// Batch size; operations, activations and their memory are multiplied by it.
    pub batch: u64,
    totals: Totals,
}

/// Sums over all layers, for one image, kept because each row's share needs them.
#[derive(Debug, Clone, Copy)]
struct Totals {
    params: Params,
    buffers: Elements,
    macs: Macs,
    activations: Elements,
}

impl Totals {
    fn of(analysis: &Analysis) -> Self {
        Self {
            params: analysis.params.iter().sum(),
            buffers: analysis.buffers.iter().sum(),
            macs: analysis.macs.iter().sum(),
            activations: analysis.activations.iter().sum(),
        }
    }
}

impl Subject {
    /// Name of a class, or its number.
    pub fn class_name(&self, class: usize) -> Message {
        let label = self.model.label(class);
        label.map_or_else(
            || message!("label-class", number = class),
            |label| Message::from(&label),
        )
    }

    /// Analyses `model`, counting by `rule`, for `batch` images.
    pub fn new(model: impl Into<Arc<Model>>, rule: Rule, batch: u64) -> Self {
        let model = model.into();
        let analysis = analyze(&model.network, rule);
        Self {
            totals: Totals::of(&analysis),
            model,
            analysis,
            batch,
        }
    }

    /// The same network, counted by another rule or for another batch size; everything else is reused.
    #[must_use]
    pub fn recounted(&self, rule: Rule, batch: u64) -> Self {
        let mut analysis = self.analysis.clone();
        if rule != analysis.rule {
            analysis.macs = cost::macs(&self.model.network, &analysis.shapes, rule);
            analysis.rule = rule;
        }
        Self {
            model: Arc::clone(&self.model),
            totals: Totals::of(&analysis),
            analysis,
            batch,
        }
    }

    /// All learned parameters.
    pub const fn params(&self) -> Params {
        self.totals.params
    }

    /// All elements of running means and variances.
    pub const fn buffers(&self) -> Elements {
        self.totals.buffers
    }

    /// The first layer with parameters, which views open at; without any, the first one.
    pub fn opening(&self) -> Option<LayerId> {
        let params = &self.analysis.params;
        let ids = || self.model.network.ids();
        let learned = ids().find(|&id| params[id].0 > 0);
        learned.or_else(|| ids().next())
    }

    /// All operations for the batch.
    pub fn macs(&self) -> Macs {
        self.totals.macs * u128::from(self.batch)
    }

    /// Output elements of all convolutions and linear layers, for the batch.
    pub fn activations(&self) -> Elements {
        self.totals.activations * u128::from(self.batch)
    }

    /// Floating-point operations for the batch: twice the operations unless the rule counts FLOPs itself.
    pub fn flops(&self) -> u128 {
        self.macs().0 * self.analysis.rule.flops_per_count()
    }
}
