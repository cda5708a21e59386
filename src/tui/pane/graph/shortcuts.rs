//! Shortcuts of a stage in two lines: an arc over each of its blocks, equal blocks in a row as one.

use crate::network::{Branch, Combine, Conv, Layer, LayerId, Network};
use crate::report::format::dims;

/// Path beside a block's main path.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Shortcut {
    /// No addition: a plain block.
    None,
    /// The input itself.
    Identity,
    /// A convolution with this kernel.
    Projection(String),
    /// Other layers, such as a pool.
    Other,
}

/// Two lines with the shortcuts of the blocks in a box; none if it has no blocks with additions.
pub(super) fn lines(
    network: &Network,
    first: LayerId,
    last: LayerId,
) -> impl Iterator<Item = String> + use<> {
    let runs = runs(blocks(network, first, last));
    let has_any = runs.iter().any(|(shortcut, _)| *shortcut != Shortcut::None);
    let [mut arcs, mut paths] = [String::new(), String::new()];
    for (shortcut, count) in runs {
        let times = match count {
            1 => " ".to_owned(),
            count => format!("×{count} "),
        };
        let rest = "─".repeat(times.chars().count());
        let (arc, path) = match shortcut {
            Shortcut::None => ("       ".to_owned(), "───F───"),
            Shortcut::Identity => ("╭─────╮".to_owned(), "┴──F──⊕"),
            Shortcut::Projection(kernel) => (format!("╭{kernel:─^5}╮"), "┴──F──⊕"),
            Shortcut::Other => ("╭──▽──╮".to_owned(), "┴──F──⊕"),
        };
        arcs += &format!("{arc}{times}");
        paths += &format!("{path}{rest}");
    }
    [arcs, paths].into_iter().filter(move |_| has_any)
}

/// Shortcut of each block in a box, in order.
fn blocks(network: &Network, first: LayerId, last: LayerId) -> Vec<Shortcut> {
    let mut blocks: Vec<(u32, Shortcut)> = Vec::new();
    for id in network.ids_at(first.index()..last.index() + 1) {
        let Some(block) = network[id].scope.block else {
            continue;
        };
        if blocks.last().is_none_or(|(last, _)| *last != block) {
            blocks.push((block, Shortcut::None));
        }
        if let Some((_, own)) = blocks.last_mut() {
            *own = with(own, network, id);
        }
    }
    blocks.into_iter().map(|(_, shortcut)| shortcut).collect()
}

/// Shortcut of a block that also has this layer.
fn with(own: &Shortcut, network: &Network, id: LayerId) -> Shortcut {
    let node = &network[id];
    match (&node.layer, node.scope.branch, own) {
        (Layer::Conv(Conv::Spatial(conv)), Some(Branch::Shortcut), _) => {
            Shortcut::Projection(dims(conv.window.kernel))
        }
        (_, Some(Branch::Shortcut), Shortcut::None | Shortcut::Identity) => Shortcut::Other,
        (Layer::Combine(Combine::Add), _, Shortcut::None) => Shortcut::Identity,
        _ => own.clone(),
    }
}

/// Equal ones in a row, with their number.
fn runs(all: Vec<Shortcut>) -> Vec<(Shortcut, usize)> {
    let mut runs: Vec<(Shortcut, usize)> = Vec::new();
    for own in all {
        match runs.last_mut() {
            Some((last, count)) if *last == own => *count += 1,
            _ => runs.push((own, 1)),
        }
    }
    runs
}
