//! Arrays of numpy: `_reconstruct` makes an empty one, and the state that follows fills it.

use super::sizes;
use super::{Array, Id, Object, Objects, Result, damaged};
use crate::message;
use crate::weights::number::Kind;

/// `_codecs.encode(text, 'latin1')`: bytes, as protocol 2 has them; in any other code they are not needed.
pub(super) fn encoded(objects: &mut Objects<'_>, arguments: &[Id]) -> Result<Id> {
    let bytes = match arguments {
        [text, code] if objects.text(*text).is_some() && objects.text(*code) == Some("latin1") => {
            Object::Latin(*text)
        }
        _ => Object::Inert,
    };
    objects.add(bytes)
}

/// `numpy.dtype('f4', False, True)`.
pub(super) fn kind(objects: &mut Objects<'_>, name: Id) -> Result<Id> {
    let other = |name, size| Kind::Other { name, size };
    let kind = match objects.text(name).unwrap_or_default() {
        "f8" => Some(Kind::F64),
        "f4" => Some(Kind::F32),
        "f2" => Some(Kind::F16),
        "i8" => Some(other("I64", 8)),
        "i4" => Some(other("I32", 4)),
        "i2" => Some(other("I16", 2)),
        "i1" => Some(other("I8", 1)),
        "u8" => Some(other("U64", 8)),
        "u4" => Some(other("U32", 4)),
        "u2" => Some(other("U16", 2)),
        "u1" => Some(other("U8", 1)),
        "b1" => Some(other("BOOL", 1)),
        _ => None,
    };
    objects.add(Object::NumpyKind {
        kind,
        big_endian: false,
    })
}

/// `_frombuffer(data, dtype, shape, 'C')`, as protocol 5 has arrays.
pub(super) fn from_buffer(
    objects: &mut Objects<'_>,
    data: Id,
    [kind, shape, order]: [Id; 3],
) -> Result<Id> {
    let array = array(
        objects,
        data,
        [kind, shape],
        objects.text(order) == Some("F"),
    )?;
    objects.add(Object::Array(Some(array)))
}

/// Fills what numpy fills: an array by `(1, shape, dtype, is Fortran, data)`, a kind by `(3, '<', …)`. Of anything else a state
/// is what no one reads.
pub(super) fn fill(objects: &mut Objects<'_>, object: Id, state: Id) -> Result<()> {
    let fields = match objects.get(state) {
        Object::Tuple(fields) if fields.len() <= 16 => fields.clone(),
        _ => return Ok(()),
    };
    match (objects.get(object), fields.as_slice()) {
        (Object::Array(None), [_, shape, kind, fortran, data]) => {
            let fortran = *objects.get(*fortran) == Object::Bool(true);
            let filled = array(objects, *data, [*kind, *shape], fortran)?;
            objects.spend(filled.shape.len() / 2)?;
            *objects.get_mut(object) = Object::Array(Some(filled));
        }
        (Object::NumpyKind { .. }, [_, order, ..]) => {
            let is_big = objects.text(*order) == Some(">");
            if let Object::NumpyKind { big_endian, .. } = objects.get_mut(object) {
                *big_endian = is_big;
            }
        }
        _ => {}
    }
    Ok(())
}

fn array(objects: &Objects<'_>, data: Id, [kind, shape]: [Id; 2], fortran: bool) -> Result<Array> {
    let Object::NumpyKind { kind, big_endian } = *objects.get(kind) else {
        return damaged(message!("numpy-kind"));
    };
    Ok(Array {
        kind,
        big_endian,
        shape: sizes(objects, shape)?,
        fortran,
        data,
    })
}

impl Array {
    /// Size of its numbers in bytes; `None` beyond 63 bits, or for a kind that is not read.
    pub(in crate::weights) fn size(&self) -> Option<usize> {
        let size = self.kind?.size() as u64;
        let bytes = self
            .shape
            .iter()
            .try_fold(size, |bytes, size| bytes.checked_mul(*size))?;
        usize::try_from(bytes).ok()
    }

    /// Its bytes, where the pickle has as many as it should.
    pub(in crate::weights) fn bytes(&self, objects: &Objects<'_>) -> Option<Vec<u8>> {
        let size = self.size()?;
        let bytes = match objects.get(self.data) {
            Object::Bytes(bytes) => (bytes.len() == size).then(|| bytes.to_vec())?,
            Object::Latin(text) => {
                let text = objects.text(*text)?;
                // Two bytes at most for each character of this code.
                if text.len() < size || text.len() > size.saturating_mul(2) {
                    return None;
                }
                let byte = |sign: char| u8::try_from(sign).ok();
                text.chars().map(byte).collect::<Option<Vec<u8>>>()?
            }
            _ => return None,
        };
        (bytes.len() == size).then_some(bytes)
    }

    /// Elements from one index to the next, a dimension.
    pub(in crate::weights) fn stride(&self) -> Vec<u64> {
        let mut step = 1_u64;
        let mut next = |size: &u64| {
            let stride = step;
            step = step.saturating_mul((*size).max(1));
            stride
        };
        if self.fortran {
            return self.shape.iter().map(next).collect();
        }
        let mut strides: Vec<u64> = self.shape.iter().rev().map(&mut next).collect();
        strides.reverse();
        strides
    }
}
