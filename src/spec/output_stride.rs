//! Output stride of a network: pixels of the input per pixel of its last feature map, along each axis.

use serde_json::json;

use super::decode::Decode;
use super::problem::Problem;
use super::source::Located;
use super::value::Value;
use crate::message;
use crate::text::Joint;

/// Output stride from which on strides become dilations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutputStride(u64);

impl OutputStride {
    /// Those that a network can be asked for, as in timm.
    pub const ALL: [u64; 3] = [8, 16, 32];

    /// The output stride of that number, if a network can be asked for it.
    pub fn of(number: u64) -> Option<Self> {
        Self::ALL.contains(&number).then_some(Self(number))
    }

    /// The number.
    pub const fn get(self) -> u64 {
        self.0
    }
}

impl Decode for OutputStride {
    fn decode(value: &Located<Value>, problems: &mut Vec<Problem>) -> Option<Self> {
        let number = u64::decode(value, problems)?;
        let found = Self::of(number);
        if found.is_none() {
            let all = Joint::Or.of(Self::ALL.map(|number| number.to_string()));
            let message = message!("problem-output-stride", number = number);
            let help = message!("help-output-stride-one-of", numbers = all);
            problems.push(Problem::error("value", message).at(&value.place).help(help));
        }
        found
    }

    fn schema() -> serde_json::Value {
        json!({"enum": Self::ALL})
    }
}
