//! Moves inside a block: layers in another position, and strides that another layer has now.

use super::Unit;
use super::align::Item;
use super::facts::{Change, STRIDE, changes};
use crate::message;
use crate::text::Message;

/// Pair of layers before it becomes a difference.
pub(super) struct Met {
    pub(super) a: Option<usize>,
    pub(super) b: Option<usize>,
    /// Changes apart from moves.
    pub(super) changes: Vec<Change>,
    /// Unit and description of the move.
    pub(super) moved: Option<(Unit, Message)>,
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
        let before = |items: &[Item<'_>], at: usize| {
            at.checked_sub(1).map_or_else(
                || message!("change-beginning"),
                |at| Message::of(&items[at].name),
            )
        };
        let text = message!(
            "change-moved-layer",
            layer = &a[i].name,
            from = before(a, i),
            to = before(b, j),
        );
        met[other].a = Some(i);
        met[other].changes = changes(a[i].layer, b[j].layer);
        met[other].moved = Some((Unit::Layer, text));
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
        let [old, new] = change.values.clone();
        Some((a[met.a?].branch, old, new))
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
        let (first_name, second_name) = (name(*first), name(*second));
        let moved = |stride: &Message, from: &str, to: &str| {
            message!(
                "change-moved-stride",
                stride = stride.clone(),
                from = from,
                to = to
            )
        };
        let one = Message::of(1_u64);
        let text = if *new == one {
            moved(old, first_name, second_name)
        } else if *old == one {
            moved(new, second_name, first_name)
        } else {
            message!(
                "change-swapped-strides",
                first = old.clone(),
                second = new.clone(),
                one = first_name,
                other = second_name,
            )
        };
        for at in [*first, *second] {
            met[at].moved = Some((Unit::Stride, text.clone()));
            met[at].changes.retain(|change| change.setting != STRIDE);
        }
    }
}

/// Name of a run of layers: the module that contains all of them, or their own names.
pub(super) fn run_name(names: &[&str], first: &Item<'_>) -> Message {
    if let [name] = names {
        let kernel = first
            .layer
            .window()
            .map_or_else(String::new, |window| format!(" {window}"));
        return Message::of(format!("{name} ({}{kernel})", first.layer.op()));
    }
    let module = |name: &str| name.split('.').next().unwrap_or(name).to_owned();
    let common = module(names[0]);
    match names {
        _ if names.iter().all(|name| module(name) == common) => {
            message!("change-module", module = common, count = names.len())
        }
        _ if names.len() <= 4 => Message::of(names.join(", ")),
        _ => message!(
            "change-run",
            first = names[0],
            last = names[names.len() - 1],
            count = names.len(),
        ),
    }
}
