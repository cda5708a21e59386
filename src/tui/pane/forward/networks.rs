//! Correspondence between the network that was opened and the one that a pass runs, which preprocesses its picture in
//! additional layers.

use std::sync::Arc;
use std::time::Duration;

use crate::network::check::first_at_fault;
use crate::network::{LayerId, Network};
use crate::report::{Subject, network::rows};
use crate::tui::kit::layer_tree::LayerTree;
use crate::tui::pane::forward::Forward;

impl Forward {
    /// The network of the pass as the spec defines it, complete.
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// The network as it runs: with its changes, and only up to a fault.
    pub fn running(&self) -> &Network {
        self.pass().map_or(&self.network, |pass| pass.network())
    }

    /// Layer of the pass that corresponds to layer `id` of the network that was opened.
    pub fn in_pass(&self, id: LayerId) -> LayerId {
        twin(&self.own.model.network, &self.network, id)
    }

    /// Layer of the network that was opened that corresponds to a layer of the pass; its input for preprocessing layers.
    pub fn in_opened(&self, id: LayerId) -> LayerId {
        twin(&self.network, &self.own.model.network, id)
    }

    /// Switches to the network that a pass was prepared for.
    pub(super) fn adopt(&mut self, subject: Arc<Subject>, network: Arc<Network>) {
        if !self.network.nodes().eq(network.nodes()) {
            let selected = self
                .selected_layer()
                .map(|id| twin(&self.network, &network, id));
            let marked = self
                .marked
                .iter()
                .map(|id| twin(&self.network, &network, *id));
            self.marked = marked.collect();
            self.tree = LayerTree::new(&rows::tree(&network));
            self.times = vec![Duration::ZERO; network.len()];
            self.fault = first_at_fault(&network);
            if let Some(id) = selected {
                self.tree.select_layer(id);
            }
        }
        self.subject = subject;
        self.network = network;
    }
}

/// Layer of `to` with the same path as layer `id` of `from`; the first layer if there is none.
fn twin(from: &Network, to: &Network, id: LayerId) -> LayerId {
    let same = from.ids_at(id.index()..id.index() + 1).next();
    let same = same.and_then(|id| to.find(&from[id].path.to_string()));
    same.or_else(|| to.ids().next()).unwrap_or(id)
}
