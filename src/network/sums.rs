//! The additions that layers feed, from the graph alone.

use super::{Combine, Layer, LayerId, Network, Table};

/// The innermost addition that each layer's branch feeds, if the layer is on a branch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sums(Table<Option<LayerId>>);

impl Sums {
    /// Additions that layer `id` feeds, the innermost first: those of branches within a branch, then that of the block.
    ///
    /// The layer at which the branches part is on none of them, nor are the layers that read the sum.
    pub fn of(&self, id: LayerId) -> impl Iterator<Item = LayerId> + '_ {
        std::iter::successors(self.0[id], |&add| self.0[add])
    }
}

impl Network {
    /// Computes the additions that each layer feeds.
    ///
    /// A layer feeds an addition if each path from it to the output passes the addition, and each path from the input to it
    /// passes the layer at which the addition's branches part: the addition is one of its post-dominators, and the addition's
    /// immediate dominator is one of its dominators.
    pub fn sums(&self) -> Sums {
        let mut sums = Table::new(self, |_| None);
        let (from_source, to_sink) = (self.dominators(), self.post_dominators());
        // From the last layer to the first: a layer's next post-dominator runs after it.
        for id in self.ids().rev() {
            let Some(next) = to_sink[id] else {
                continue;
            };
            let parting = from_source[next];
            // A layer that runs after the parting of branches that end at its next post-dominator is on one of them. A layer
            // whose branches end later is on the same branch as its next post-dominator.
            let joins = matches!(self[next].layer, Layer::Combine(Combine::Add))
                && parting.is_some_and(|parting| parting < id);
            sums[id] = if joins { Some(next) } else { sums[next] };
        }
        Sums(sums)
    }

    /// The last layer that every path from the input to a layer passes before it. `None` for the input, and for a layer to
    /// which no path leads from it.
    ///
    /// A layer runs after its operands, so one walk finds them all.
    fn dominators(&self) -> Table<Option<LayerId>> {
        let mut found: Table<Option<LayerId>> = Table::new(self, |_| None);
        let source = self.ids().next();
        for id in self.ids().skip(1) {
            let reached =
                |&input: &LayerId| input < id && (Some(input) == source || found[input].is_some());
            let mut inputs = self.operands(id).iter().copied().filter(reached);
            let first = inputs.next();
            found[id] = first.map(|first| {
                inputs.fold(first, |one, other| {
                    meeting(one, other, |one, other| one > other, &found)
                })
            });
        }
        found
    }

    /// The first layer that every path from a layer to the output passes after it. `None` for the output, and for a layer
    /// from which no path leads to it.
    fn post_dominators(&self) -> Table<Option<LayerId>> {
        let mut found: Table<Option<LayerId>> = Table::new(self, |_| None);
        let sink = self.sink();
        // From the last layer to the first: whoever reads a layer is done before it.
        for id in self.ids().rev() {
            if Some(id) != sink && found[id].is_none() {
                continue;
            }
            for &input in self.operands(id).iter().filter(|&&input| input < id) {
                let next = found[input].map_or(id, |known| {
                    meeting(known, id, |one, other| one < other, &found)
                });
                found[input] = Some(next);
            }
        }
        found
    }
}

/// Layer at which the ways of two layers to the root of their dominators meet; `is_farther` says which of two layers is farther from it.
fn meeting(
    mut one: LayerId,
    mut other: LayerId,
    is_farther: impl Fn(LayerId, LayerId) -> bool,
    dominators: &Table<Option<LayerId>>,
) -> LayerId {
    while one != other {
        let farther = if is_farther(one, other) {
            &mut one
        } else {
            &mut other
        };
        match dominators[*farther] {
            Some(next) => *farther = next,
            None => break,
        }
    }
    one
}

#[cfg(test)]
mod tests {
    use super::super::{Activation, LayerPath, Node, Scope, Stage};
    use super::*;

    /// A network in which each layer reads the layers with these numbers; with two, it adds them.
    fn network(reads: &[&[usize]]) -> Network {
        let mut network = Network::new();
        for (number, reads) in reads.iter().enumerate() {
            let layer = if reads.len() == 2 {
                Layer::Combine(Combine::Add)
            } else {
                Layer::Activation(Activation::Relu)
            };
            let inputs: Vec<LayerId> = reads.iter().map(|&id| LayerId(id as u32)).collect();
            let node = Node {
                path: LayerPath::new(format!("n{number}")),
                layer,
                scope: Scope::of_stage(Stage::Stem),
                function: false,
            };
            network.add(node, &inputs);
        }
        network
    }

    /// Layers reachable from `from` along the edges, or backwards, without passing `without`.
    fn reached(network: &Network, from: LayerId, back: bool, without: LayerId) -> Vec<bool> {
        let mut seen = vec![false; network.len()];
        let mut left = vec![from];
        while let Some(id) = left.pop() {
            if id == without || std::mem::replace(&mut seen[id.index()], true) {
                continue;
            }
            if back {
                left.extend(network.inputs(id));
            } else {
                left.extend(network.users(id));
            }
        }
        seen
    }

    /// The additions by definition: reachability with one layer removed.
    fn slow(network: &Network, id: LayerId) -> Vec<LayerId> {
        let (source, sink) = (network.ids().next().unwrap(), network.sink().unwrap());
        let passes =
            |from, by: LayerId, to: LayerId, back| !reached(network, from, back, by)[to.index()];
        let dominates = |by, id| passes(source, by, id, false);
        let adds = network.ids().filter(|&add| {
            let parting = network
                .ids()
                .filter(|&by| by != add && dominates(by, add))
                .max();
            matches!(network[add].layer, Layer::Combine(Combine::Add))
                && add != id
                && passes(sink, add, id, true)
                && parting.is_some_and(|parting| parting != id && dominates(parting, id))
        });
        adds.collect()
    }

    #[test]
    fn layers_feed_the_addition_of_their_branch() {
        // Two blocks; the second has branches within its main path, next to the identity.
        let network = network(&[
            &[],
            &[0],
            &[1, 0],
            &[2],
            &[3],
            &[4],
            &[4],
            &[5, 6],
            &[7],
            &[8, 3],
            &[9],
        ]);
        let sums = network.sums();
        let of = |id: u32| -> Vec<usize> { sums.of(LayerId(id)).map(LayerId::index).collect() };
        assert_eq!(of(0), [0; 0]);
        assert_eq!(of(1), [2]);
        assert_eq!(of(3), [0; 0], "where branches part");
        assert_eq!(of(4), [9]);
        assert_eq!(of(5), [7, 9]);
        assert_eq!(of(7), [9]);
        assert_eq!(of(10), [0; 0]);
    }

    /// Random graphs, with layers that nothing reads, against the definition.
    #[test]
    fn random_graphs_are_what_taking_layers_out_says() {
        let mut state = 1_u64;
        let mut below = |count: usize| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (state >> 33) as usize % count
        };
        let mut nested = 0;
        for _ in 0..400 {
            let reads: Vec<Vec<usize>> = (0..3 + below(14))
                .map(|number| {
                    let Some(before) = number.checked_sub(1) else {
                        return Vec::new();
                    };
                    let near = before - below(number.min(4));
                    match below(3) {
                        0 => vec![before],
                        1 => vec![near],
                        _ => vec![before, below(number)],
                    }
                })
                .collect();
            let reads: Vec<&[usize]> = reads.iter().map(Vec::as_slice).collect();
            let network = network(&reads);
            let sums = network.sums();
            let read = reached(&network, network.sink().unwrap(), true, LayerId(u32::MAX));
            for id in network.ids().filter(|id| read[id.index()]) {
                let found: Vec<LayerId> = sums.of(id).collect();
                assert_eq!(found, slow(&network, id), "{} of {reads:?}", id.index());
                nested += usize::from(found.len() > 1);
            }
        }
        assert!(nested > 100, "{nested}");
    }
}
