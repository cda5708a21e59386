//! Settings that record whether a layer uses them: one that no layer uses has no effect.

use std::cell::Cell;

use crate::message;
use crate::spec::{Place, Problem};
use crate::text::Message;

/// A value that records whether a layer uses it.
#[derive(Debug, Clone, Default)]
pub(super) struct Read<T> {
    value: T,
    is_read: Cell<bool>,
}

impl<T: Copy> Read<T> {
    pub(super) const fn new(value: T) -> Self {
        Self {
            value,
            is_read: Cell::new(false),
        }
    }

    /// Value for a layer; records the use.
    pub(super) fn get(&self) -> T {
        self.is_read.set(true);
        self.value
    }

    /// Value for a decision that by itself changes no layer; not recorded.
    pub(super) const fn peek(&self) -> T {
        self.value
    }

    /// Whether no layer uses the value.
    pub(super) const fn is_idle(&self) -> bool {
        !self.is_read.get()
    }
}

/// Problem for a key without effect, with the reason and the fix.
pub(super) fn no_effect(key: &str, place: &Place, why: Message, help: Message) -> Problem {
    let message = message!("problem-no-effect", key = key, why = why);
    Problem::error("value", message).at(place).help(help)
}
