//! One value for both axes, or one for the height and one for the width.

use serde_json::json;

use super::decode::Decode;
use super::problem::Problem;
use super::source::Located;
use super::value::Value;
use crate::message;

/// Value for both axes, or one for each.
#[derive(Debug, Clone, PartialEq)]
pub enum Pair<T> {
    /// The same value along both axes.
    Both(Located<T>),
    /// Values along the height and along the width.
    Each([Located<T>; 2]),
}

impl<T> Pair<T> {
    /// Value along an axis: 0 is the height, 1 the width.
    pub const fn along(&self, axis: usize) -> &Located<T> {
        match self {
            Self::Both(value) => value,
            Self::Each(values) => &values[axis],
        }
    }

    /// Values as written.
    pub const fn written(&self) -> &[Located<T>] {
        match self {
            Self::Both(value) => std::slice::from_ref(value),
            Self::Each(values) => values,
        }
    }
}

impl<T: Copy> Pair<T> {
    /// Values along height and width.
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

/// Strides of a stage: of its first block, or of each block.
#[derive(Debug, Clone, PartialEq)]
pub enum StageStride {
    /// Stride of the first block; all others have 1.
    First(Pair<u64>),
    /// Strides of all blocks.
    Each(Vec<Located<Pair<u64>>>),
}

impl StageStride {
    /// Stride of a block along height and width; `None` beyond the end of a list.
    pub fn of(&self, block: usize) -> Option<[u64; 2]> {
        match self {
            Self::First(pair) if block == 0 => Some(pair.values()),
            Self::First(_) => Some([1; 2]),
            Self::Each(all) => all.get(block).map(|pair| pair.value.values()),
        }
    }

    /// All numbers, as written.
    pub fn numbers(&self) -> Vec<&Located<u64>> {
        match self {
            Self::First(pair) => pair.written().iter().collect(),
            Self::Each(all) => all.iter().flat_map(|pair| pair.value.written()).collect(),
        }
    }
}

impl Decode for StageStride {
    /// Decodes two numbers in brackets as a pair; any other list has one value per block, each a number or a pair.
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
