//! Open network, with the state of each of its views.

use std::sync::Arc;

use super::checks::Checks;
use super::fault::{Fault, Instead};
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
use crate::report::Subject;
use crate::spec::{Problem, catalog, has_errors};

/// A network with its views.
#[derive(Debug)]
pub struct Opened {
    /// Network with its analysis.
    pub subject: Arc<Subject>,
    /// Overrides, instead of the spec's values.
    pub overrides: Overrides,
    /// Current view.
    pub tab: Tab,
    /// The layer table.
    pub layers: Layers,
    /// The graph.
    pub graph: Graph,
    /// Problems and notes.
    pub checks: Checks,
    /// The spec.
    pub spec: SpecView,
    /// Problems of its files now, if there are any; the screen then shows an earlier version.
    pub fault: Option<Fault>,
    /// The forward pass.
    pub forward: Forward,
    /// The laboratory of a batch normalisation, while it is open.
    pub laboratory: Option<Laboratory>,
    /// Ticket number of the news about its pass.
    pub ticket: u64,
}

impl Opened {
    /// Opens a network at its layer table.
    pub fn new(model: impl Into<Arc<Model>>, ticket: u64) -> Self {
        let subject = Arc::new(Subject::new(model, Rule::default(), 1));
        let checks = Checks::new(&subject);
        let mut opened = Self {
            layers: Layers::new(&subject, &checks.problems),
            graph: Graph::new(&subject),
            spec: SpecView::new(&subject),
            forward: Forward::new(&subject),
            laboratory: None,
            checks,
            tab: Tab::default(),
            overrides: Overrides::default(),
            fault: None,
            subject,
            ticket,
        };
        opened.state(Fault::at_start(&opened.subject.model));
        opened
    }

    /// Sets or clears the warning about its files, in every view.
    fn state(&mut self, fault: Option<Fault>) {
        if let Some(fault) = &fault {
            self.checks.list(&fault.problems);
            self.spec.show_broken(&self.subject, fault);
        }
        self.fault = fault;
    }

    /// Sets the warning about these problems of its files, without changing what is shown; returns whether they are new.
    pub fn stays_with(&mut self, problems: Vec<Problem>) -> bool {
        let instead = match &self.fault {
            Some(fault) => fault.instead.clone(),
            None => Instead::LastGood(self.spec.written()),
        };
        let fault = Fault::now(problems, &self.name(), instead);
        self.spec.was_read();
        let is_news = self.fault.as_ref() != Some(&fault);
        if is_news {
            self.state(Some(fault));
        }
        is_news
    }

    /// Whether the shown version had no errors when it was read, so it is worth keeping.
    pub fn was_good(&self) -> bool {
        !has_errors(&self.subject.model.problems)
    }

    /// Counts by another rule, or for another batch size. Everything else stays as it is.
    pub fn recount(&mut self, rule: Rule, batch: u64) {
        self.subject = Arc::new(self.subject.recounted(rule, batch));
        self.layers.recount(&self.subject);
        self.graph = self.graph.recounted(&self.subject);
        if self.tab == Tab::Graph {
            self.graph.lay_out();
        }
    }

    /// Shows another network instead; views keep as much of their state as possible.
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
        let fault = Fault::at_start(&subject.model);
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
        self.state(fault);
    }

    /// Name that opens it: of the catalogue, or a path.
    pub fn name(&self) -> String {
        let spec = &self.subject.model.spec;
        catalog::name_of(&spec.source).unwrap_or_else(|| spec.source.name.clone())
    }

    /// Settings that it is built and counted with.
    pub fn setup(&self) -> Setup {
        Setup {
            overrides: self.overrides,
            rule: self.subject.analysis.rule,
            batch: self.subject.batch,
        }
    }

    /// Layer that is selected in the current view.
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

    /// Switches to a view, and selects the layer of the previous one.
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

    /// Selects a layer in the current view.
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

    /// Whether it can run, at least up to a faulty layer. A spec that could not be read completely cannot.
    pub fn can_run(&self) -> bool {
        !self.checks.is_unread && self.forward.end() > 0
    }
}
