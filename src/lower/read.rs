//! Settings that remember whether a layer was made of them: one that never was had no effect.

use std::cell::Cell;

use crate::message;
use crate::spec::{Place, Problem};
use crate::text::Message;

/// A value that remembers whether a layer was made of it.
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

    /// The value, for a layer.
    pub(super) fn get(&self) -> T {
        self.is_read.set(true);
        self.value
    }

    /// The value, for a decision that changes no layer by itself.
    pub(super) const fn peek(&self) -> T {
        self.value
    }

    /// Whether no layer was made of it.
    pub(super) const fn is_idle(&self) -> bool {
        !self.is_read.get()
    }
}

/// A key that does nothing, with why and what to do.
pub(super) fn no_effect(key: &str, place: &Place, why: Message, help: Message) -> Problem {
    let message = message!("problem-no-effect", key = key, why = why);
    Problem::error("value", message).at(place).help(help)
}
