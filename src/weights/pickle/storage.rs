//! Storages, as described by the persistent ids of a checkpoint.

use super::globals::Known;
use super::{Id, Object, Objects, PickleError, Result, Storage, damaged};
use crate::message;

/// Parses `('storage', class, key, location, count[, (view key, offset, count)])`.
pub(super) fn storage(objects: &Objects<'_>, id: Id) -> Result<Storage> {
    let Object::Tuple(fields) = objects.get(id) else {
        return damaged(message!("pickle-storage-none"));
    };
    if let [tag, ..] = fields.as_slice()
        && objects.text(*tag) == Some("module")
    {
        return Err(PickleError::Refused("torch.nn.Module".to_owned()));
    }
    let [tag, class, key, _, count, view @ ..] = fields.as_slice() else {
        return damaged(message!("pickle-storage-nonsense"));
    };
    let (Some("storage"), Object::Known(Known::Storage(kind)), Object::Int(count)) =
        (objects.text(*tag), objects.get(*class), objects.get(*count))
    else {
        return damaged(message!("pickle-storage-nonsense"));
    };
    let key = match objects.get(*key) {
        Object::Text(text) if text.len() <= 256 => text.clone().into_owned(),
        Object::Int(number) => number.to_string(),
        _ => return damaged(message!("pickle-storage-name")),
    };
    let offset = match view.first().map(|view| objects.get(*view)) {
        Some(Object::Tuple(view)) => match view.get(1).map(|offset| objects.get(*offset)) {
            Some(Object::Int(offset)) => *offset,
            _ => return damaged(message!("pickle-storage-view")),
        },
        _ => 0,
    };
    let (Ok(count), Ok(offset)) = (u64::try_from(*count), u64::try_from(offset)) else {
        return damaged(message!("pickle-storage-negative", storage = key));
    };
    Ok(Storage {
        kind: *kind,
        key,
        count,
        offset,
    })
}

/// Parses the form of protocol 0, the text `('storage', <class 'torch.FloatStorage'>, 'key', 'cpu', 6, None)`; the last part
/// is optional.
pub(super) fn storage_of_text(text: &str) -> Result<Storage> {
    let whole = || PickleError::Damaged(message!("pickle-storage-nonsense"));
    let fields = text
        .strip_prefix("('storage', <class '")
        .and_then(|rest| rest.strip_suffix(')'));
    let fields = fields.ok_or_else(|| PickleError::Damaged(message!("pickle-old")))?;
    let (class, rest) = fields.split_once("'>, '").ok_or_else(whole)?;
    let (module, name) = class.rsplit_once('.').ok_or_else(whole)?;
    let kind = match Known::find(module, name) {
        Some(Known::Storage(kind)) => kind,
        Some(_) => return Err(whole()),
        None => return Err(PickleError::Refused(class.to_owned())),
    };
    let (key, rest) = rest.split_once("', '").ok_or_else(whole)?;
    let (_, count) = rest.split_once("', ").ok_or_else(whole)?;
    let count = count.strip_suffix(", None").unwrap_or(count);
    let is_name = !key.is_empty() && key.len() <= 256 && !key.contains(['\'', '"', '\\']);
    match count.parse() {
        Ok(count) if is_name => Ok(Storage {
            kind,
            key: key.to_owned(),
            count,
            offset: 0,
        }),
        _ => Err(whole()),
    }
}
