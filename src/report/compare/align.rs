//! Alignment of two lists of layers: the best match that keeps their order.

use crate::network::{Branch, Category, Layer, LayerId, Network};

/// Layer in the alignment.
#[derive(Debug)]
pub(super) struct Item<'n> {
    /// Id of the layer.
    pub(super) id: LayerId,
    /// Layer itself.
    pub(super) layer: &'n Layer,
    /// Branch of its block.
    pub(super) branch: Option<Branch>,
    /// Path below its block, with the number of the call.
    pub(super) name: String,
}

/// Layers of `ids`, named by their paths below `block`.
pub(super) fn items<'n>(
    network: &'n Network,
    block: &str,
    ids: impl Iterator<Item = LayerId>,
) -> Vec<Item<'n>> {
    ids.map(|id| {
        let node = &network[id];
        let mut name = node.path.below(block).to_owned();
        if node.path.call > 1 {
            name += &format!("#{}", node.path.call);
        }
        Item {
            id,
            layer: &node.layer,
            branch: node.scope.branch,
            name,
        }
    })
    .collect()
}

/// Limit on the size of the table; beyond it, the layers between equal ends are matched by their names only.
const MAX_TABLE: usize = 1 << 22;

/// Matched positions in `a` and `b`, in order; an unmatched one is alone, `a`'s before `b`'s.
pub(super) fn align(a: &[Item<'_>], b: &[Item<'_>]) -> Vec<(Option<usize>, Option<usize>)> {
    let same = |i: usize, j: usize| a[i].name == b[j].name && similarity(&a[i], &b[j]).is_some();
    let shorter = a.len().min(b.len());
    let head = (0..shorter).take_while(|&at| same(at, at)).count();
    let tail = (1..=shorter - head)
        .take_while(|&at| same(a.len() - at, b.len() - at))
        .count();
    let mut pairs: Vec<_> = (0..head).map(|at| (Some(at), Some(at))).collect();
    pairs.extend(
        middle(&a[head..a.len() - tail], &b[head..b.len() - tail])
            .into_iter()
            .map(|(i, j)| (i.map(|i| i + head), j.map(|j| j + head))),
    );
    pairs.extend(
        (1..=tail)
            .rev()
            .map(|at| (Some(a.len() - at), Some(b.len() - at))),
    );
    pairs
}

/// Best alignment by dynamic programming (Needleman and Wunsch 1970), without a cost for gaps.
fn middle(a: &[Item<'_>], b: &[Item<'_>]) -> Vec<(Option<usize>, Option<usize>)> {
    let (rows, columns) = (a.len(), b.len());
    if rows.saturating_mul(columns) > MAX_TABLE {
        let alone = (0..rows).map(|i| (Some(i), None));
        return alone.chain((0..columns).map(|j| (None, Some(j)))).collect();
    }
    // Best total for a's layers from i on and b's from j on.
    let width = columns + 1;
    let mut best = vec![0_u32; (rows + 1) * width];
    for i in (0..rows).rev() {
        for j in (0..columns).rev() {
            let apart = best[(i + 1) * width + j].max(best[i * width + j + 1]);
            let together = similarity(&a[i], &b[j])
                .map_or(0, |similarity| similarity + best[(i + 1) * width + j + 1]);
            best[i * width + j] = apart.max(together);
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut pairs = Vec::new();
    while i < rows || j < columns {
        let here = best[i * width + j];
        if i < rows
            && j < columns
            && similarity(&a[i], &b[j])
                .is_some_and(|similarity| similarity + best[(i + 1) * width + j + 1] == here)
        {
            pairs.push((Some(i), Some(j)));
            (i, j) = (i + 1, j + 1);
        } else if i < rows && (j == columns || best[(i + 1) * width + j] == here) {
            pairs.push((Some(i), None));
            i += 1;
        } else {
            pairs.push((None, Some(j)));
            j += 1;
        }
    }
    pairs
}

/// Score for matching two layers; `None` if they cannot match.
fn similarity(a: &Item<'_>, b: &Item<'_>) -> Option<u32> {
    if a.branch != b.branch {
        return None;
    }
    let kind = if a.layer.op() == b.layer.op() {
        4
    } else if a.layer.category() == b.layer.category()
        && matches!(
            a.layer.category(),
            Category::Convolution | Category::Norm | Category::Pool
        )
    {
        1
    } else {
        return None;
    };
    let name = if a.name == b.name { 4 } else { 0 };
    let kernel = match (a.layer.window(), b.layer.window()) {
        (Some(a), Some(b)) if a.kernel == b.kernel => 1,
        _ => 0,
    };
    Some(kind + name + kernel)
}
