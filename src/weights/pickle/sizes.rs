//! The sizes of a tensor or an array, as a tuple of a pickle has them.

use super::{Id, Object, Objects, Result, damaged};
use crate::message;

/// The sizes in the tuple `id`.
pub(super) fn sizes(objects: &Objects<'_>, id: Id) -> Result<Vec<u64>> {
    let (Object::Tuple(items) | Object::List(items)) = objects.get(id) else {
        return damaged(message!("pickle-sizes-tuple"));
    };
    // PyTorch itself stops at 64.
    if items.len() > 64 {
        return damaged(message!("pickle-tensor-dimensions", count = items.len()));
    }
    let size = |item: &Id| match objects.get(*item) {
        Object::Int(size) => match u64::try_from(*size) {
            Ok(size) => Ok(size),
            Err(_) => damaged(message!("pickle-size-negative", size = size.to_string())),
        },
        _ => damaged(message!("pickle-size-number")),
    };
    items.iter().map(size).collect()
}
