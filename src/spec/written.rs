//! A part of a file that is read often, and decoded once.

use std::any::Any;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use super::decode::Decode;
use super::problem::Problem;
use super::source::Located;
use super::value::Value;

/// A value as written, and what it was decoded to.
///
/// It is shared rather than copied, because every block of every stage and network reads it again.
#[derive(Debug, Clone)]
pub struct Written(Arc<Kept>);

#[derive(Debug)]
struct Kept {
    value: Located<Value>,
    decoded: OnceLock<Box<dyn Any + Send + Sync>>,
}

/// Result of decoding a value, and the mistakes in it.
struct Decoded<T>(Option<T>, Vec<Problem>);

impl Written {
    /// Keeps a value.
    pub fn new(value: Located<Value>) -> Self {
        let decoded = OnceLock::new();
        Self(Arc::new(Kept { value, decoded }))
    }

    /// The value decoded, and the mistakes in it. A value has one type: as any other it is not readable.
    pub fn decoded<T: Decode + Send + Sync + 'static>(&self) -> (Option<&T>, &[Problem]) {
        let decoded = self.0.decoded.get_or_init(|| {
            let mut problems = Vec::new();
            let value = T::decode(&self.0.value, &mut problems);
            Box::new(Decoded(value, problems))
        });
        match decoded.downcast_ref::<Decoded<T>>() {
            Some(Decoded(value, problems)) => (value.as_ref(), problems),
            None => (None, &[]),
        }
    }
}

impl Deref for Written {
    type Target = Located<Value>;

    fn deref(&self) -> &Self::Target {
        &self.0.value
    }
}

impl PartialEq for Written {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}
