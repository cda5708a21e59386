//! Variables: the values of names in a spec's calculations.

use std::sync::Arc;

/// Numbers by name, in the order in which they were defined; each may differ along height and width.
#[derive(Debug, Clone, Default)]
pub(super) struct Variables(Vec<(Arc<str>, [i64; 2])>);

impl Variables {
    pub(super) fn set(&mut self, name: &str, value: i64) {
        self.set_pair(name, [value; 2]);
    }

    /// Sets a name to one number for the height and one for the width.
    pub(super) fn set_pair(&mut self, name: &str, pair: [i64; 2]) {
        match self.0.iter_mut().find(|(known, _)| **known == *name) {
            Some((_, old)) => *old = pair,
            None => self.0.push((name.into(), pair)),
        }
    }

    /// Numbers of a name, along height and width.
    pub(super) fn pair(&self, name: &str) -> Option<[i64; 2]> {
        self.0
            .iter()
            .find(|(known, _)| **known == *name)
            .map(|(_, pair)| *pair)
    }

    /// Number of a name; the larger one of two.
    pub(super) fn get(&self, name: &str) -> Option<i64> {
        self.pair(name).map(|[height, width]| height.max(width))
    }

    /// All names, with their numbers along height and width.
    pub(super) fn all(&self) -> impl Iterator<Item = (&str, [i64; 2])> {
        self.0.iter().map(|(name, pair)| (&**name, *pair))
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| &**name)
    }

    pub(super) fn is_uneven(&self) -> bool {
        self.0.iter().any(|(_, [height, width])| height != width)
    }
}
