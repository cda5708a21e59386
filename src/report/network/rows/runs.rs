//! Runs of equal blocks: the same layers, connected in the same way, on maps of the same shapes.

use super::{Branch, Row, RowKind, tree};
use crate::network::LayerId;
use crate::report::Subject;

/// Whole table as a tree in which two or more equal consecutive blocks have a row above them.
pub fn folded(subject: &Subject) -> Vec<Branch> {
    let mut stages = tree(&subject.model.network);
    for stage in &mut stages {
        let mut children: Vec<Branch> = Vec::new();
        for child in std::mem::take(&mut stage.children) {
            match children.last_mut() {
                Some(last) if joins(subject, last, &child) => extend(last, child),
                _ => children.push(child),
            }
        }
        stage.children = children;
    }
    stages
}

/// Whether a block equals those of the run, or the block, before it.
fn joins(subject: &Subject, last: &Branch, next: &Branch) -> bool {
    let before = match last.row.kind {
        RowKind::Run { .. } => last.children.last(),
        _ => Some(last),
    };
    before.is_some_and(|before| alike(subject, &before.row, &next.row))
}

/// Adds a block to the run, or makes one of it and the previous block.
fn extend(last: &mut Branch, next: Branch) {
    if !matches!(last.row.kind, RowKind::Run { .. }) {
        last.children = vec![last.clone()];
    }
    last.row = Row::run(&last.children[0].row, &next.row);
    last.children.push(next);
}

/// Whether two blocks consist of the same layers, connected in the same way, on maps of the same shapes.
pub fn alike(subject: &Subject, one: &Row, other: &Row) -> bool {
    let network = &subject.model.network;
    if !matches!(
        (one.kind, other.kind),
        (RowKind::Block { .. }, RowKind::Block { .. })
    ) {
        return false;
    }
    let (a, b): (Vec<_>, Vec<_>) = (
        one.layers(network).collect(),
        other.layers(network).collect(),
    );
    let shapes = &subject.analysis.shapes;
    let inside = |start: LayerId, row: &Row, id: LayerId| {
        row.contains(id).then(|| id.index() - start.index())
    };
    let (Some(&first), Some(&second)) = (a.first(), b.first()) else {
        return false;
    };
    a.len() == b.len()
        && a.iter().zip(&b).all(|(&x, &y)| {
            let (p, q) = (network.inputs(x), network.inputs(y));
            network[x].layer == network[y].layer
                && network[x].scope.branch == network[y].scope.branch
                && shapes[x] == shapes[y]
                && p.len() == q.len()
                && p.iter().zip(&q).all(|(&i, &j)| {
                    shapes[i] == shapes[j] && inside(first, one, i) == inside(second, other, j)
                })
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Rule;
    use crate::lower::{Overrides, open};

    #[test]
    fn equal_blocks_are_one_row_and_every_layer_is_there_once() {
        let model = open("resnet50", &Overrides::default()).unwrap();
        let subject = Subject::new(model, Rule::default(), 1);
        let runs: Vec<_> = folded(&subject)
            .into_iter()
            .flat_map(|stage| stage.children)
            .filter(|child| matches!(child.row.kind, RowKind::Run { .. }))
            .map(|run| (subject.name(&run.row), run.children.len()))
            .collect();
        // The first block of a stage has the projection; the first stage's second block has 256 input channels, as has its
        // third.
        let expected = [("1.1–2", 2), ("2.1–3", 3), ("3.1–5", 5), ("4.1–2", 2)];
        assert_eq!(
            runs,
            expected.map(|(name, count)| (format!("layer{name}"), count))
        );
        let layers: usize = folded(&subject)
            .iter()
            .flat_map(|stage| &stage.children)
            .map(|child| child.row.layers(&subject.model.network).count())
            .sum();
        assert_eq!(layers, subject.model.network.len());
    }
}
