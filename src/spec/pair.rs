//! One value for both axes, or one along the height and one along the width.

use serde_json::json;

use super::decode::Decode;
use super::problem::Problem;
use super::source::Located;
use super::value::Value;
use crate::message;

/// A value for both axes, or one for each.
#[derive(Debug, Clone, PartialEq)]
pub enum Pair<T> {
    /// The same along both.
    Both(Located<T>),
    /// Along the height, and along the width.
    Each([Located<T>; 2]),
}

impl<T> Pair<T> {
    /// The value along an axis: 0 is the height, 1 the width.
    pub const fn along(&self, axis: usize) -> &Located<T> {
        match self {
            Self::Both(value) => value,
            Self::Each(values) => &values[axis],
        }
    }

    /// Its values, as many as are written.
    pub const fn written(&self) -> &[Located<T>] {
        match self {
            Self::Both(value) => std::slice::from_ref(value),
            Self::Each(values) => values,
        }
    }
}

impl<T: Copy> Pair<T> {
    /// Its values along height and width.
    pub fn values(&self) -> [T; 2] {
        [0, 1].map(|axis| self.along(axis).value)
    }
}

impl<T: Decode> Decode for Pair<T> {
    fn decode(value: &Located<Value>, problems: &mut Vec<Problem>) -> Option<Self> {
        let Value::Array(items) = &value.value else {
            return Located::decode(value, problems).map(Self::Both);
        };
        let decoded: Vec<Option<Located<T>>> = items
            .iter()
            .map(|item| Located::decode(item, problems))
            .collect();
        let decoded: Option<Vec<Located<T>>> = decoded.into_iter().collect();
        if items.len() == 2 {
            return decoded?.try_into().ok().map(Self::Each);
        }
        let message = message!("problem-pair", count = items.len());
        problems.push(
            Problem::error("value", message)
                .at(&value.place)
                .help(message!("help-write-pair")),
        );
        None
    }

    fn schema() -> serde_json::Value {
        json!({"anyOf": [
            T::schema(),
            {"type": "array", "items": T::schema(), "minItems": 2, "maxItems": 2},
        ]})
    }
}

/// The strides of a stage: of its first block, or of each.
#[derive(Debug, Clone, PartialEq)]
pub enum StageStride {
    /// Of the first block; every other has 1.
    First(Pair<u64>),
    /// Of each block.
    Each(Vec<Located<Pair<u64>>>),
}

impl StageStride {
    /// The stride of a block along height and width; `None` beyond the end of a list.
    pub fn of(&self, block: usize) -> Option<[u64; 2]> {
        match self {
            Self::First(pair) if block == 0 => Some(pair.values()),
            Self::First(_) => Some([1; 2]),
            Self::Each(all) => all.get(block).map(|pair| pair.value.values()),
        }
    }

    /// Every number, as it is written.
    pub fn numbers(&self) -> Vec<&Located<u64>> {
        match self {
            Self::First(pair) => pair.written().iter().collect(),
            Self::Each(all) => all.iter().flat_map(|pair| pair.value.written()).collect(),
        }
    }
}

impl Decode for StageStride {
    /// Two numbers in brackets are a pair; any other list has a value per block, each a number or a pair.
    fn decode(value: &Located<Value>, problems: &mut Vec<Problem>) -> Option<Self> {
        let is_number = |item: &Located<Value>| !matches!(item.value, Value::Array(_));
        match &value.value {
            Value::Array(items) if items.len() != 2 || !items.iter().all(is_number) => {
                Vec::decode(value, problems).map(Self::Each)
            }
            _ => Pair::decode(value, problems).map(Self::First),
        }
    }

    fn schema() -> serde_json::Value {
        json!({"anyOf": [u64::schema(), {"type": "array", "items": Pair::<u64>::schema()}]})
    }
}
