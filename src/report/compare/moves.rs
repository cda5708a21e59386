//! Moves inside a block: layers in another position, and strides that another layer has now.

use super::Thing;
use super::align::Item;
use super::facts::{Change, STRIDE, changes};

/// Pair of layers before it becomes a difference.
pub(super) struct Met {
    pub(super) a: Option<usize>,
    pub(super) b: Option<usize>,
    /// Changes apart from moves.
    pub(super) changes: Vec<Change>,
    /// Unit and description of the move.
    pub(super) moved: Option<(Thing, String)>,
}

/// Pairs layers of the same name and kind that both networks have in different positions of a block.
pub(super) fn moved_layers(met: &mut Vec<Met>, a: &[Item<'_>], b: &[Item<'_>]) {
    let lonely: Vec<usize> = (0..met.len()).filter(|&at| met[at].b.is_none()).collect();
    let mut joined = Vec::new();
    for at in lonely {
        let Some(i) = met[at].a else { continue };
        let partner = met.iter().position(|other| {
            other.a.is_none()
                && other.b.is_some_and(|j| {
                    a[i].name == b[j].name
                        && a[i].layer.op() == b[j].layer.op()
                        && a[i].branch == b[j].branch
                })
        });
        let Some(other) = partner else { continue };
        let Some(j) = met[other].b else { continue };
        let behind = |items: &[Item<'_>], at: usize| {
            at.checked_sub(1)
                .map_or_else(|| "the beginning".to_owned(), |at| items[at].name.clone())
        };
        let text = format!(
            "{} from behind {} to behind {}",
            a[i].name,
            behind(a, i),
            behind(b, j)
        );
        met[other].a = Some(i);
        met[other].changes = changes(a[i].layer, b[j].layer);
        met[other].moved = Some((Thing::Layer, text));
        joined.push(at);
    }
    let mut at = 0;
    met.retain(|_| {
        at += 1;
        !joined.contains(&(at - 1))
    });
}

/// Pairs strides that moved from one layer of a branch to another.
pub(super) fn moved_strides(met: &mut [Met], a: &[Item<'_>]) {
    let stride = |met: &Met| {
        let change = met.changes.iter().find(|change| change.setting == STRIDE)?;
        let (old, new) = change.text.strip_prefix("stride ")?.split_once(" → ")?;
        Some((a[met.a?].branch, old.to_owned(), new.to_owned()))
    };
    let strided: Vec<_> = (0..met.len())
        .filter_map(|at| Some((at, stride(&met[at])?)))
        .collect();
    for (index, (first, (branch, old, new))) in strided.iter().enumerate() {
        let partner = strided[index + 1..]
            .iter()
            .find(|(_, other)| *other == (*branch, new.clone(), old.clone()));
        let Some((second, _)) = partner else { continue };
        if met[*first].moved.is_some() || met[*second].moved.is_some() {
            continue;
        }
        let name = |at: usize| met[at].a.map_or("", |at| a[at].name.as_str());
        let text = if new == "1" {
            format!("stride {old} from {} to {}", name(*first), name(*second))
        } else if old == "1" {
            format!("stride {new} from {} to {}", name(*second), name(*first))
        } else {
            format!(
                "strides {old} and {new} of {} and {}",
                name(*first),
                name(*second)
            )
        };
        for at in [*first, *second] {
            met[at].moved = Some((Thing::Stride, text.clone()));
            met[at].changes.retain(|change| change.setting != STRIDE);
        }
    }
}

/// Name of a run of layers: the module that contains all of them, or their own names.
pub(super) fn run_name(names: &[&str], first: &Item<'_>) -> String {
    if let [name] = names {
        let kernel = first
            .layer
            .window()
            .map_or_else(String::new, |window| format!(" {window}"));
        return format!("{name} ({}{kernel})", first.layer.op());
    }
    let module = |name: &str| name.split('.').next().unwrap_or(name).to_owned();
    let common = module(names[0]);
    match names {
        _ if names.iter().all(|name| module(name) == common) => {
            format!("{common} ({} layers)", names.len())
        }
        _ if names.len() <= 4 => names.join(", "),
        _ => format!(
            "{} … {} ({} layers)",
            names[0],
            names[names.len() - 1],
            names.len()
        ),
    }
}
