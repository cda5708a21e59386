//! The head of a network: its last module, whose outputs are the classes.

use super::Named;

/// Module of the last tensors, which are the head's.
pub(super) fn head(wanted: &[Named]) -> Option<&str> {
    wanted.last()?.0.rsplit_once('.').map(|(module, _)| module)
}

/// The number of classes of a network.
pub(super) fn outputs(wanted: &[Named]) -> Option<usize> {
    let name = format!("{}.weight", head(wanted)?);
    let (_, shape) = wanted.iter().find(|(own, _)| *own == name)?;
    shape.first().copied()
}

/// Number of classes of a head that differs from the network's in nothing else.
pub(super) fn classes(wanted: &[Named], found: &[Named]) -> Option<usize> {
    let name = format!("{}.weight", head(wanted)?);
    let of = |list: &[Named]| {
        let tensor = list.iter().find(|(own, _)| *own == name);
        tensor.and_then(|(_, shape)| {
            shape
                .split_first()
                .map(|(first, rest)| (*first, rest.to_vec()))
        })
    };
    let ((own, features), (others, same)) = (of(wanted)?, of(found)?);
    (own != others && features == same && others > 0).then_some(others)
}

/// Tensors of the same network with another number of classes.
pub(super) fn with_classes(wanted: &[Named], classes: usize) -> Vec<Named> {
    let head = head(wanted).map(str::to_owned).unwrap_or_default();
    let mut wanted = wanted.to_vec();
    for (name, shape) in &mut wanted {
        let of_head = name
            .rsplit_once('.')
            .is_some_and(|(module, _)| module == head);
        if let (true, Some(first)) = (of_head, shape.first_mut()) {
            *first = classes;
        }
    }
    wanted
}
