//! A network that was opened, with the state of each of its views.

use std::sync::Arc;

use super::checks::Checks;
use super::forward::Forward;
use super::graph::Graph;
use super::laboratory::Laboratory;
use super::layer_tree::Item;
use super::layers::Layers;
use super::message::Tab;
use super::setup::Setup;
use super::spec::SpecView;
use crate::analysis::Rule;
use crate::lower::{Model, Overrides};
use crate::network::LayerId;
use crate::network::check::RULES;
use crate::report::Subject;
use crate::spec::{Problem, Severity, catalog};

/// A network with its views.
#[derive(Debug)]
pub struct Opened {
    /// The network and the answers about it.
    pub subject: Arc<Subject>,
    /// What was asked for in place of what the spec says.
    pub overrides: Overrides,
    /// The view that is shown.
    pub tab: Tab,
    /// The layer table.
    pub layers: Layers,
    /// The graph.
    pub graph: Graph,
    /// What is wrong or worth knowing.
    pub checks: Checks,
    /// The spec.
    pub spec: SpecView,
    /// The forward pass.
    pub forward: Forward,
    /// The laboratory of a batch normalisation, while it is open.
    pub laboratory: Option<Laboratory>,
    /// The number that news of its pass carry.
    pub ticket: u64,
}

impl Opened {
    /// Opens a network at its layer table.
    pub fn new(model: impl Into<Arc<Model>>, ticket: u64) -> Self {
        let subject = Arc::new(Subject::new(model, Rule::default(), 1));
        let checks = Checks::new(&subject);
        Self {
            layers: Layers::new(&subject, &checks.problems),
            graph: Graph::new(&subject),
            spec: SpecView::new(&subject),
            forward: Forward::new(&subject),
            laboratory: None,
            checks,
            tab: Tab::default(),
            overrides: Overrides::default(),
            subject,
            ticket,
        }
    }

    /// Counts by another rule, or for another batch. What does not depend on that stays as it is.
    pub fn recount(&mut self, rule: Rule, batch: u64) {
        self.subject = Arc::new(self.subject.recounted(rule, batch));
        self.layers.recount(&self.subject);
        self.graph = self.graph.recounted(&self.subject);
        if self.tab == Tab::Graph {
            self.graph.lay_out();
        }
    }

    /// Shows another network in place of this one; views keep what they can.
    pub fn replace(&mut self, model: Model, rule: Rule, batch: u64) {
        let is_same = self.subject.model.network.nodes().eq(model.network.nodes());
        let layer = self.layer();
        let path = layer.map(|id| self.subject.model.network[id].path.to_string());
        self.subject = Arc::new(Subject::new(model, rule, batch));
        let subject = &self.subject;
        self.checks = Checks::new(subject);
        self.layers = self.layers.renewed(subject, &self.checks.problems, is_same);
        self.graph = self.graph.renewed(subject);
        self.spec = SpecView::new(subject);
        if !is_same {
            self.forward = Forward::new(subject);
        }
        let network = &subject.model.network;
        if let Some(id) = path.and_then(|path| network.find(&path)) {
            self.graph.select_layer(id);
            if !is_same {
                self.layers.tree.select_layer(id);
            }
        }
        self.graph.lay_out();
    }

    /// The name that it is opened by: of the catalogue, or a path.
    pub fn name(&self) -> String {
        let spec = &self.subject.model.spec;
        catalog::name_of(&spec.source).unwrap_or_else(|| spec.source.name.clone())
    }

    /// What it is built and counted with.
    pub fn setup(&self) -> Setup {
        Setup {
            overrides: self.overrides,
            rule: self.subject.analysis.rule,
            batch: self.subject.batch,
        }
    }

    /// The layer that the view in sight has selected.
    pub fn layer(&self) -> Option<LayerId> {
        match self.tab {
            Tab::Graph => self.graph.layer(),
            Tab::Forward => {
                let layer = self.forward.tree.selected().and_then(Item::layer)?;
                Some(self.forward.in_opened(layer))
            }
            Tab::Layers | Tab::Checks | Tab::Spec => {
                let row = &self.layers.tree.selected()?.row;
                row.layers(&self.subject.model.network).next()
            }
        }
    }

    /// Shows a view, with the layer that was selected in the last one.
    pub fn show(&mut self, tab: Tab) {
        if tab == self.tab {
            return;
        }
        let layer = self.layer();
        self.tab = tab;
        if tab == Tab::Graph {
            self.graph.lay_out();
        }
        let knows = layer.is_some() && self.layer() == layer;
        if let Some(id) = layer
            && !knows
        {
            self.go_to(id);
        }
    }

    /// Selects a layer in the view in sight.
    pub fn go_to(&mut self, id: LayerId) {
        match self.tab {
            Tab::Graph => self.graph.select_layer(id),
            Tab::Forward => {
                let id = self.forward.in_pass(id);
                self.forward.tree.select_layer(id);
            }
            Tab::Layers | Tab::Checks | Tab::Spec => {
                let is_there = self
                    .layers
                    .tree
                    .selected()
                    .is_some_and(|item| item.row.contains(id));
                if !is_there || self.tab == Tab::Layers {
                    self.layers.tree.select_layer(id);
                }
            }
        }
    }

    /// Whether it can run, at least up to a layer that is at fault. A spec that could not be read whole cannot.
    pub fn can_run(&self) -> bool {
        let is_of_network = |problem: &Problem| RULES.iter().any(|rule| rule.id == problem.rule);
        let mut errors = self
            .checks
            .problems
            .iter()
            .filter(|problem| problem.severity == Severity::Error);
        errors.all(is_of_network) && self.forward.end() > 0
    }
}
