//! A storage, as a checkpoint's persistent id describes it.

use super::globals::Known;
use super::{Id, Object, Objects, PickleError, Result, Storage, damaged};

/// `('storage', class, key, location, count[, (view key, offset, count)])`.
pub(super) fn storage(objects: &Objects<'_>, id: Id) -> Result<Storage> {
    let Object::Tuple(fields) = objects.get(id) else {
        return damaged("a storage has no description");
    };
    if let [tag, ..] = fields.as_slice()
        && objects.text(*tag) == Some("module")
    {
        return Err(PickleError::Refused(
            "a class with its source text".to_owned(),
        ));
    }
    let [tag, class, key, _, count, view @ ..] = fields.as_slice() else {
        return damaged("a storage's description is too short");
    };
    let (Some("storage"), Object::Known(Known::Storage(kind)), Object::Int(count)) =
        (objects.text(*tag), objects.get(*class), objects.get(*count))
    else {
        return damaged("a storage's description makes no sense");
    };
    let key = match objects.get(*key) {
        Object::Text(text) if text.len() <= 256 => text.clone().into_owned(),
        Object::Int(number) => number.to_string(),
        _ => return damaged("a storage has no name"),
    };
    let offset = match view.first().map(|view| objects.get(*view)) {
        Some(Object::Tuple(view)) => match view.get(1).map(|offset| objects.get(*offset)) {
            Some(Object::Int(offset)) => *offset,
            _ => return damaged("a storage's view makes no sense"),
        },
        _ => 0,
    };
    let (Ok(count), Ok(offset)) = (u64::try_from(*count), u64::try_from(offset)) else {
        return damaged(format!("storage {key} has a negative size or offset"));
    };
    Ok(Storage {
        kind: *kind,
        key,
        count,
        offset,
    })
}
