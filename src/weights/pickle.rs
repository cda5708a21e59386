//! A pickle parsed as data: a stack machine that builds plain containers and descriptions of tensors, and nothing else.
//!
//! The opcodes are those of Python's `pickletools`, protocols 0 to 5. Where Python would import a name and call it, only the
//! names of [`Known`] are understood. Another is a stranger, a name in the place of what Python would make; one of a package that
//! can harm ends the reading. Nothing is executed, whatever the file asks for.

mod globals;
mod machine;
mod numpy;
mod reader;
mod storage;

pub(super) use globals::{Known, is_harmful, is_quantised};
pub(super) use machine::read;

use super::number::Kind;
use crate::message;
use crate::text::Message;

/// Reason that a pickle is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PickleError {
    /// It asks for a name that is refused, or needs one that is not known.
    Refused(String),
    /// It is damaged, or not what it claims to be.
    Damaged(Message),
    /// It is something else, which is known: the id of its text.
    Foreign(&'static str),
}

/// Result type of this module.
pub(super) type Result<T> = std::result::Result<T, PickleError>;

/// The error for damaged data.
pub(super) fn damaged<T>(reason: Message) -> Result<T> {
    Err(PickleError::Damaged(reason))
}

/// Index of an object in [`Objects`]: containers hold indices, so an object that is fetched a million times from the memo
/// takes memory once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Id(u32);

/// An object that a pickle can build.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Object<'a> {
    /// A value that is not used here: `None`, a float, a device, a numpy number, a set …
    Inert,
    Bool(bool),
    Int(i64),
    Text(std::borrow::Cow<'a, str>),
    Tuple(Vec<Id>),
    List(Vec<Id>),
    /// Entries in the order of insertion.
    Dict(Vec<(Id, Id)>),
    /// A name that was imported.
    Known(Known),
    /// A class or function that is not known, or what would come of calling it: nothing is ever called.
    Stranger(Box<str>),
    Storage(Storage),
    Tensor(View),
    /// Bytes in the pickle.
    Bytes(&'a [u8]),
    /// Bytes in the pickle that are a text there, one byte per character.
    Latin(Id),
    /// A kind of numbers of numpy; `None` where it is not read.
    NumpyKind {
        kind: Option<Kind>,
        big_endian: bool,
    },
    /// An array of numpy; `None` until it is filled.
    Array(Option<Array>),
}

/// An array of numpy, whose numbers are in the pickle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Array {
    pub(super) kind: Option<Kind>,
    pub(super) big_endian: bool,
    pub(super) shape: Vec<u64>,
    /// Whether the first index runs fastest, as in Fortran.
    pub(super) fortran: bool,
    /// Bytes or a text.
    pub(super) data: Id,
}

/// A run of numbers in the file, of which tensors are views.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Storage {
    /// Element type; `None` for bytes whose type the tensor gives.
    pub(super) kind: Option<Kind>,
    /// Name in the file.
    pub(super) key: String,
    /// Number of elements it should have; of bytes if it is untyped.
    pub(super) count: u64,
    /// Start of the view in elements, if the storage is itself a view of another with the same key.
    pub(super) offset: u64,
}

/// A tensor: a selection of a storage's elements, with their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct View {
    pub(super) storage: Id,
    pub(super) kind: Kind,
    /// Offset of the first element in the storage of that key.
    pub(super) offset: u64,
    pub(super) shape: Vec<u64>,
    pub(super) stride: Vec<u64>,
}

/// All objects of a pickle.
#[derive(Debug, Default)]
pub(super) struct Objects<'a> {
    all: Vec<Object<'a>>,
    /// Size of the objects built, in units of about 64 bytes.
    spent: usize,
}

impl<'a> Objects<'a> {
    /// Limit of `spent`; a real checkpoint needs some ten thousand.
    const MOST: usize = 2_000_000;

    fn spend(&mut self, units: usize) -> Result<()> {
        self.spent = self.spent.saturating_add(units);
        if self.spent > Self::MOST {
            return damaged(message!("pickle-many-objects", limit = Self::MOST));
        }
        Ok(())
    }

    fn add(&mut self, object: Object<'a>) -> Result<Id> {
        self.spend(1)?;
        self.all.push(object);
        Ok(Id(self.all.len() as u32 - 1))
    }

    /// The object with an id.
    pub(super) fn get(&self, id: Id) -> &Object<'a> {
        &self.all[id.0 as usize]
    }

    fn get_mut(&mut self, id: Id) -> &mut Object<'a> {
        &mut self.all[id.0 as usize]
    }

    /// All storages, in the order of their first occurrence.
    pub(super) fn storages(&self) -> impl Iterator<Item = &Storage> {
        self.all.iter().filter_map(|object| match object {
            Object::Storage(storage) => Some(storage),
            _ => None,
        })
    }

    /// String value of a text object.
    pub(super) fn text(&self, id: Id) -> Option<&str> {
        match self.get(id) {
            Object::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Value of a key in a dictionary; the last one if the key occurs twice.
    pub(super) fn value(&self, dict: Id, key: &str) -> Option<Id> {
        match self.get(dict) {
            Object::Dict(pairs) => pairs
                .iter()
                .rev()
                .find(|(name, _)| self.text(*name) == Some(key))
                .map(|(_, value)| *value),
            _ => None,
        }
    }
}

/// Sizes of a tensor or an array, in the tuple `id`.
fn sizes(objects: &Objects<'_>, id: Id) -> Result<Vec<u64>> {
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
