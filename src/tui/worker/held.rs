//! Pass that the explorer holds.

use std::ops::Deref;
use std::sync::Arc;

use super::discard;
use crate::engine::Session;

/// Pass that the explorer holds: it can be looked at and taken back. Only a worker takes it out to run its layers, so no key
/// waits for one.
#[derive(Debug, Clone)]
pub struct HeldPass(Arc<Session>);

impl HeldPass {
    pub(super) fn new(session: Session) -> Self {
        Self(Arc::new(session))
    }

    /// The pass itself; a copy that shares its values, if another job still reads it.
    pub(super) fn into_session(self) -> Session {
        Arc::unwrap_or_clone(self.0)
    }

    /// Undoes the last layer.
    pub fn step_back(&mut self) {
        Arc::make_mut(&mut self.0).step_back();
    }

    /// Returns to the beginning.
    pub fn rewind(&mut self) {
        // The values are dropped with the copy.
        let before = self.clone();
        Arc::make_mut(&mut self.0).rewind();
        discard(before);
    }
}

impl Deref for HeldPass {
    type Target = Session;

    fn deref(&self) -> &Session {
        &self.0
    }
}
