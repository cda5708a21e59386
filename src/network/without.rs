//! The network without some of its layers, to compare it with itself.

use super::{Inputs, LayerId, Network};

/// A network that lacks layers of another, with the number that each layer had there.
#[derive(Debug, Clone)]
pub struct Shortened {
    /// The network.
    pub network: Network,
    /// Number of each of its layers in the original network, in order.
    pub from: Vec<LayerId>,
}

impl Network {
    /// The network in which some layers pass one operand on: `passes` is the index of that operand for such a layer, or `None` for a
    /// layer that stays. Layers that nothing reads any more are dropped.
    ///
    /// [`super::check::check`] decides whether the result is legal.
    #[must_use]
    pub fn shortened(&self, passes: impl Fn(LayerId) -> Option<usize>) -> Shortened {
        // The layer that takes the place of each: itself, or what it passes on.
        let mut instead: Vec<LayerId> = Vec::with_capacity(self.len());
        for id in self.ids() {
            let operand = passes(id).and_then(|operand| self.inputs(id).get(operand).copied());
            instead.push(operand.map_or(id, |operand| instead[operand.index()]));
        }
        let operands = |id: LayerId| -> Inputs {
            let inputs = self.inputs(id).into_iter();
            inputs.map(|input| instead[input.index()]).collect()
        };
        let mut is_read = vec![false; self.len()];
        if let Some(last) = instead.last() {
            is_read[last.index()] = true;
        }
        for id in self.ids().rev().filter(|id| instead[id.index()] == *id) {
            if is_read[id.index()] {
                for operand in operands(id) {
                    is_read[operand.index()] = true;
                }
            }
        }
        let mut network = self.emptied();
        let mut places: Vec<Option<LayerId>> = vec![None; self.len()];
        let mut from = Vec::new();
        for id in self.ids().filter(|id| is_read[id.index()]) {
            let operands: Vec<LayerId> = operands(id)
                .iter()
                .filter_map(|operand| places[operand.index()])
                .collect();
            places[id.index()] = Some(network.add(self[id].clone(), &operands));
            from.push(id);
        }
        Shortened { network, from }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Activation, Combine, Layer, LayerPath, Node, Scope, Stage, check};
    use super::*;

    #[test]
    fn what_only_a_dropped_layer_read_is_dropped_too() {
        let node = |path: &str, layer| Node {
            path: LayerPath::new(path),
            layer,
            scope: Scope::of_stage(Stage::Stem),
            function: false,
        };
        let relu = || Layer::Activation(Activation::Relu);
        let mut network = Network::new();
        let size = [4, 4];
        let input = network.add(node("input", Layer::Input { channels: 1, size }), &[]);
        let main = network.add(node("main", relu()), &[input]);
        let shortcut = network.add(node("shortcut", relu()), &[input]);
        let add = network.add(node("add", Layer::Combine(Combine::Add)), &[main, shortcut]);
        network.add(node("end", relu()), &[add]);
        let short = network.shortened(|id| (id == add).then_some(0));
        let paths = |network: &Network| {
            let paths = network.nodes().map(|(_, node)| node.path.to_string());
            paths.collect::<Vec<_>>()
        };
        assert_eq!(paths(&short.network), ["input", "main", "end"]);
        let from: Vec<usize> = short.from.iter().map(|id| id.index()).collect();
        assert_eq!(from, [0, 1, 4]);
        assert!(check::check(&short.network).is_empty());
        // Layers in a row, and the last one.
        let short = network.shortened(|id| (id != input).then_some(0));
        assert_eq!(paths(&short.network), ["input"]);
        let same = network.shortened(|_| None);
        assert!(same.network.nodes().eq(network.nodes()));
    }
}
