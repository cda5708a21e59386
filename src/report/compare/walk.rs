//! Walk through both networks from the image to the logits, pair by pair, which assigns every layer's cost to one difference.

use std::collections::BTreeMap;

use super::align::{Item, align, items};
use super::facts::changes;
use super::moves::{Met, moved_layers, moved_strides, run_name};
use super::{Cost, Difference, Mark, Pair, Unit};
use crate::message;
use crate::network::{Layer, LayerId, Pool, Stage, Table};
use crate::report::Subject;
use crate::report::network::rows::{Branch, Row, RowKind, tree};
use crate::text::{Joint, Message};

/// Pairs of stages, and the differences.
pub(super) fn walk(a: &Subject, b: &Subject) -> (Vec<Pair>, Vec<Difference>) {
    let mut walk = Walk {
        a: Side::new(a),
        b: Side::new(b),
        differences: Vec::new(),
        shaper: None,
    };
    let mut stages: BTreeMap<Stage, (Option<Branch>, Option<Branch>)> = BTreeMap::new();
    for branch in tree(&a.model.network) {
        if let RowKind::Stage(stage) = branch.row.kind {
            stages.entry(stage).or_default().0 = Some(branch);
        }
    }
    for branch in tree(&b.model.network) {
        if let RowKind::Stage(stage) = branch.row.kind {
            stages.entry(stage).or_default().1 = Some(branch);
        }
    }
    let pairs = stages
        .into_values()
        .map(|(a, b)| walk.stage(a, b))
        .collect();
    (pairs, walk.differences)
}

/// Network with each layer's contribution to the last map's receptive field.
struct Side<'s> {
    subject: &'s Subject,
    growth: Table<i128>,
}

impl<'s> Side<'s> {
    fn new(subject: &'s Subject) -> Self {
        Self {
            subject,
            growth: growth(subject),
        }
    }

    fn cost(&self, id: Option<LayerId>, sign: i128) -> Cost {
        let Some(id) = id else {
            return Cost::default();
        };
        let analysis = &self.subject.analysis;
        let batch = i128::from(self.subject.batch);
        // The limits on networks keep every count far below 2^127.
        Cost {
            params: sign * analysis.params[id].0.cast_signed(),
            macs: sign * batch * analysis.macs[id].0.cast_signed(),
            activations: sign * batch * analysis.activations[id].0.cast_signed(),
            receptive_field: sign * self.growth[id],
        }
    }
}

struct Walk<'s> {
    a: Side<'s>,
    b: Side<'s>,
    differences: Vec<Difference>,
    /// Last difference that changed a shape: later changes of cost are its consequence.
    shaper: Option<usize>,
}

impl Walk<'_> {
    fn stage(&mut self, a: Option<Branch>, b: Option<Branch>) -> Pair {
        let (a_row, b_row) = (row(a.as_ref()), row(b.as_ref()));
        let (a, b) = (children(a), children(b));
        let is_block = |branch: &Branch| matches!(branch.row.kind, RowKind::Block { .. });
        let pairs = if a.iter().chain(&b).any(is_block) {
            let mut a = a.into_iter();
            let mut b = b.into_iter();
            let mut pairs = Vec::new();
            loop {
                match (a.next(), b.next()) {
                    (None, None) => break pairs,
                    (a, b) => pairs.push(self.block(a, b)),
                }
            }
        } else {
            self.layers(&a, &b, ["", ""])
        };
        let mut what = None;
        if let (Some(a), Some(b)) = (&a_row, &b_row) {
            let [old, new] = [(&self.a, a), (&self.b, b)].map(|(side, row)| match row.kind {
                RowKind::Stage(Stage::Body(_)) => Some(side.subject.summary(row)),
                _ => None,
            });
            if let (Some(old), Some(new)) = (old, new)
                && old != new
            {
                what = Some(message!("change-of-stage", old = old, new = new));
            }
        }
        over(a_row, b_row, what, pairs)
    }

    fn block(&mut self, a: Option<Branch>, b: Option<Branch>) -> Pair {
        let (a_row, b_row) = (row(a.as_ref()), row(b.as_ref()));
        let name = |side: &Side<'_>, row: &Option<Row>| {
            row.as_ref()
                .map(|row| side.subject.name(row))
                .unwrap_or_default()
        };
        let names = [name(&self.a, &a_row), name(&self.b, &b_row)];
        let (a, b) = (children(a), children(b));
        let pairs = match (&a_row, &b_row) {
            (Some(_), Some(_)) => self.layers(&a, &b, [&names[0], &names[1]]),
            _ => self.whole(&a, &b, a_row.as_ref().or(b_row.as_ref()), &names),
        };
        over(a_row, b_row, None, pairs)
    }

    /// Records a block that only one of the networks has.
    fn whole(
        &mut self,
        a: &[Branch],
        b: &[Branch],
        block: Option<&Row>,
        names: &[String; 2],
    ) -> Vec<Pair> {
        let gone = b.is_empty();
        let (side, kind) = if gone {
            (&self.a, Mark::Gone)
        } else {
            (&self.b, Mark::Appeared)
        };
        let stage = block.and_then(|row| side.subject.stage_of(row));
        let kind_of_block = match stage {
            Some(Stage::Body(number)) => side
                .subject
                .model
                .network
                .stage(number)
                .map_or("", |stage| stage.block.as_str()),
            _ => "",
        };
        let stage = stage.map_or_else(String::new, |stage| side.subject.stage_name(stage));
        let what = message!("change-of-block", block = kind_of_block, stage = stage);
        let place = names.concat();
        let at = self.difference(kind, Unit::Block, &what, &place, 1);
        a.iter()
            .map(|layer| (Some(layer), None))
            .chain(b.iter().map(|layer| (None, Some(layer))))
            .map(|(a, b)| {
                let (a, b) = (row(a), row(b));
                let cost = self.costs(layer(a.as_ref()), layer(b.as_ref()));
                self.differences[at].cost += cost;
                leaf(a, b, kind, None, cost)
            })
            .collect()
    }

    /// Compares the layers of a block or of a stage without blocks.
    fn layers(&mut self, a: &[Branch], b: &[Branch], blocks: [&str; 2]) -> Vec<Pair> {
        let ids = |branches: &[Branch]| -> Vec<LayerId> {
            branches
                .iter()
                .filter_map(|branch| layer(Some(&branch.row)))
                .collect()
        };
        let (a_net, b_net) = (&self.a.subject.model.network, &self.b.subject.model.network);
        let a = items(a_net, blocks[0], ids(a).into_iter());
        let b = items(b_net, blocks[1], ids(b).into_iter());
        let mut met: Vec<Met> = align(&a, &b)
            .into_iter()
            .map(|(i, j)| Met {
                a: i,
                b: j,
                changes: match (i, j) {
                    (Some(i), Some(j)) => changes(a[i].layer, b[j].layer),
                    _ => Vec::new(),
                },
                moved: None,
            })
            .collect();
        moved_layers(&mut met, &a, &b);
        moved_strides(&mut met, &a);
        let mut pairs = Vec::new();
        let mut at = 0;
        while at < met.len() {
            let run = met[at..]
                .iter()
                .take_while(|one| {
                    one.a.is_some() == met[at].a.is_some() && one.b.is_some() == met[at].b.is_some()
                })
                .count();
            let alone = met[at].a.is_none() || met[at].b.is_none();
            let length = if alone { run } else { 1 };
            self.record(&met[at..at + length], &a, &b, blocks, &mut pairs);
            at += length;
        }
        pairs
    }

    /// Records one pair of layers, or a run of layers that only one network has.
    fn record(
        &mut self,
        run: &[Met],
        a: &[Item<'_>],
        b: &[Item<'_>],
        blocks: [&str; 2],
        pairs: &mut Vec<Pair>,
    ) {
        let first = &run[0];
        let names: Vec<&str> = run
            .iter()
            .filter_map(|met| {
                let a = met.a.map(|at| a[at].name.as_str());
                met.b.map(|at| b[at].name.as_str()).or(a)
            })
            .collect();
        let place = match blocks {
            ["", ""] => names[0],
            ["", block] | [block, _] => block,
        };
        let (mark, what, at) = match (first.a, first.b) {
            (Some(_), Some(_)) => {
                let mut mark = Mark::Same;
                let mut what = Vec::new();
                let mut at = None;
                if let Some((thing, text)) = &first.moved {
                    let (thing, text) = (*thing, text.clone());
                    // A moved stride is found at both of its layers but counts once.
                    let index = self.difference(Mark::Moved, thing, &text, place, 1);
                    (mark, at) = (Mark::Moved, Some(index));
                    what.push(text);
                }
                if !first.changes.is_empty() {
                    let texts = first.changes.iter().map(|change| change.text.clone());
                    let text = Message::of(Joint::Clause.of(texts));
                    let notice =
                        message!("change-of-layer", layer = names[0], changes = text.clone());
                    let index = self.difference(Mark::Changed, Unit::Layer, &notice, place, 1);
                    (mark, at) = (Mark::Changed, Some(index));
                    what.push(text);
                }
                let what = (!what.is_empty()).then(|| Message::of(Joint::Semicolon.of(what)));
                (mark, what, at)
            }
            (only_a, _) => {
                let (mark, item) = match only_a {
                    Some(at) => (Mark::Gone, &a[at]),
                    None => (Mark::Appeared, &b[first.b.unwrap_or_default()]),
                };
                let text = run_name(&names, item);
                let index = self.difference(mark, Unit::Layer, &text, place, run.len());
                (mark, None, Some(index))
            }
        };
        for met in run {
            let (a, b) = (met.a.map(|at| a[at].id), met.b.map(|at| b[at].id));
            let cost = self.costs(a, b);
            let reshapes = self.reshapes(a, b);
            let mut own_mark = mark;
            let of = match at {
                Some(at) => Some(at),
                None if cost == Cost::default() => None,
                None => {
                    own_mark = Mark::Follows;
                    Some(self.follows(place))
                }
            };
            if let Some(of) = of {
                self.differences[of].cost += cost;
                if at.is_some() && reshapes {
                    self.shaper = Some(of);
                }
            }
            let (a, b) = (a.map(Row::layer), b.map(Row::layer));
            pairs.push(leaf(a, b, own_mark, what.clone(), cost));
        }
    }

    /// Difference that an unchanged layer's change of cost is a consequence of.
    fn follows(&mut self, place: &str) -> usize {
        if let Some(at) = self.shaper {
            return at;
        }
        if let Some(last) = self.differences.len().checked_sub(1) {
            return last;
        }
        let what = message!("change-of-input");
        self.difference(Mark::Changed, Unit::Layer, &what, place, 1)
    }

    /// Difference of this kind and description, with one more place.
    fn difference(
        &mut self,
        kind: Mark,
        of: Unit,
        what: &Message,
        place: &str,
        count: usize,
    ) -> usize {
        let found = self
            .differences
            .iter()
            .position(|other| other.kind == kind && other.of == of && other.what == *what);
        let at = found.unwrap_or_else(|| {
            self.differences.push(Difference {
                kind,
                of,
                count: 0,
                what: what.clone(),
                places: Vec::new(),
                cost: Cost::default(),
            });
            self.differences.len() - 1
        });
        let difference = &mut self.differences[at];
        let new_place = difference.places.last().is_none_or(|last| last != place);
        if new_place {
            difference.places.push(place.to_owned());
        }
        // A stride that moved is found at its old layer and at its new one.
        if of != Unit::Stride || new_place {
            difference.count += count;
        }
        at
    }

    fn costs(&self, a: Option<LayerId>, b: Option<LayerId>) -> Cost {
        self.a.cost(a, -1) + self.b.cost(b, 1)
    }

    /// Whether later layers get another input shape.
    fn reshapes(&self, a: Option<LayerId>, b: Option<LayerId>) -> bool {
        let shape = |side: &Side<'_>, id: LayerId| side.subject.analysis.shapes[id];
        let alone = |side: &Side<'_>, id: LayerId| {
            let input = side.subject.model.network.inputs(id).first().copied();
            input.is_some_and(|input| shape(side, input) != shape(side, id))
        };
        match (a, b) {
            (Some(a), Some(b)) => shape(&self.a, a) != shape(&self.b, b),
            (Some(a), None) => alone(&self.a, a),
            (None, Some(b)) => alone(&self.b, b),
            (None, None) => false,
        }
    }
}

fn row(branch: Option<&Branch>) -> Option<Row> {
    branch.map(|branch| branch.row.clone())
}

fn children(branch: Option<Branch>) -> Vec<Branch> {
    branch.map(|branch| branch.children).unwrap_or_default()
}

fn layer(row: Option<&Row>) -> Option<LayerId> {
    match row?.kind {
        RowKind::Layer(id) => Some(id),
        _ => None,
    }
}

fn leaf(a: Option<Row>, b: Option<Row>, mark: Mark, what: Option<Message>, cost: Cost) -> Pair {
    Pair {
        a,
        b,
        mark,
        what,
        cost,
        children: Vec::new(),
    }
}

/// Pair that contains `children`.
fn over(a: Option<Row>, b: Option<Row>, what: Option<Message>, children: Vec<Pair>) -> Pair {
    let cost = children
        .iter()
        .fold(Cost::default(), |sum, child| sum + child.cost);
    let mark = match (&a, &b) {
        (Some(_), None) => Mark::Gone,
        (None, Some(_)) => Mark::Appeared,
        _ if children.iter().all(|child| child.mark == Mark::Same) => Mark::Same,
        _ if children
            .iter()
            .all(|child| matches!(child.mark, Mark::Same | Mark::Follows)) =>
        {
            Mark::Follows
        }
        // A part whose only differences are moves counts as moved.
        _ if children
            .iter()
            .all(|child| matches!(child.mark, Mark::Same | Mark::Follows | Mark::Moved)) =>
        {
            Mark::Moved
        }
        _ => Mark::Changed,
    };
    Pair {
        a,
        b,
        mark,
        what,
        cost,
        children,
    }
}

/// Number of pixels that each layer adds to the last map's receptive field; their sum is the size of the field minus 1.
///
/// At a junction, the branch with the larger field decides; layers of the other one add nothing.
fn growth(subject: &Subject) -> Table<i128> {
    let network = &subject.model.network;
    let fields = &subject.analysis.receptive_field;
    let mut growth = Table::new(network, |_| 0_i128);
    let size = |id: LayerId| fields[id].map_or(0, |field| field.size().cast_signed());
    let pool = network.nodes().find(|(_, node)| {
        matches!(node.layer, Layer::Pool(Pool::Global)) && node.scope.stage == Stage::Head
    });
    let mut next = match pool {
        Some((id, _)) => network.inputs(id).first().copied(),
        None => network
            .ids()
            .rev()
            .find(|&id| subject.analysis.shapes[id].is_some_and(|shape| shape.size().is_some())),
    };
    while let Some(id) = next {
        // First operand with the largest field: the main path of an addition.
        next = network
            .inputs(id)
            .into_iter()
            .rev()
            .max_by_key(|&input| size(input));
        if let Some(before) = next {
            growth[id] = size(id) - size(before);
        }
    }
    growth
}
