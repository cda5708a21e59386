//! Which blocks look the same.

use crate::network::LayerId;
use crate::report::Subject;
use crate::report::rows::{Row, RowKind};

/// Whether two blocks consist of the same layers, joined in the same way, on maps of the same shapes.
pub(super) fn same(subject: &Subject, one: &Row, other: &Row) -> bool {
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
