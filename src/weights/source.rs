//! The interface to weights of any source, and their errors.

use super::origin::Origin;
use crate::message;
use crate::spec::problem::nearest;
use crate::text::format::dims;
use crate::text::{Argument, Message, said};
use ndarray::ArrayD;
use std::path::{Path, PathBuf};

/// A source of tensors, by their names in PyTorch's `state_dict`: `layer1.0.conv1.weight`.
pub trait WeightSource: Send + Sync {
    /// The tensor `name`, which must have exactly this shape.
    fn tensor(&self, name: &str, shape: &[usize]) -> Result<ArrayD<f32>, WeightError>;

    /// Name and shape of every tensor, in the source's order; `None` if the source has every name.
    fn names(&self) -> Option<Vec<(String, Vec<usize>)>>;

    /// Name of the source for display: `synthetic:7`, `weights.safetensors`.
    fn label(&self) -> String;

    /// Type of a tensor's elements as PyTorch names it: `float32`; `None` where the source has no types.
    fn dtype(&self, _name: &str) -> Option<String> {
        None
    }

    /// Values of a tensor of any type, exactly as stored: whole numbers and truth values too.
    ///
    /// # Errors
    /// As [`WeightSource::tensor`], whose types are the floating-point ones alone.
    fn values(&self, name: &str, shape: &[usize]) -> Result<ArrayD<f64>, WeightError> {
        Ok(self.tensor(name, shape)?.mapv(f64::from))
    }

    /// The changes to the names, such as a removed prefix; only files have some.
    fn origin(&self) -> Origin {
        Origin::default()
    }
}

/// Reason that weights cannot be loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WeightError {
    /// There is no room for them; the message has how much they take.
    Memory(Message),
    /// No tensor has that name.
    Missing {
        /// Name that was requested.
        name: String,
        /// Label of the source.
        origin: String,
        /// Name that was probably meant.
        suggestion: Option<String>,
    },
    /// The tensor has another shape.
    Shape {
        /// Name of the tensor.
        name: String,
        /// Label of the source.
        origin: String,
        /// Shape that was requested.
        expected: Vec<usize>,
        /// Shape of the tensor in the source.
        found: Vec<usize>,
    },
    /// The elements of the tensor have a type that is not read.
    DType {
        /// Name of the tensor.
        name: String,
        /// Label of the source.
        origin: String,
        /// Type, as safetensors names it.
        dtype: String,
    },
    /// The file cannot be read.
    Open {
        /// Path of the file.
        path: PathBuf,
        /// The system's reason.
        reason: Message,
    },
    /// The file has a wrong format.
    Format {
        /// Path of the file, or the label of bytes that are not in a file.
        path: PathBuf,
        /// Problem and fix.
        reason: Message,
    },
    /// The file or folder is of another known kind.
    Foreign {
        /// Path of the file or folder.
        path: PathBuf,
        /// The id of the text that says what it is and what to do.
        what: &'static str,
    },
    /// The file asks Python to import a name that is neither a tensor nor a plain container.
    Refused {
        /// Path of the file.
        path: PathBuf,
        /// Name of the import in Python.
        name: String,
        /// Meaning and fix.
        advice: Message,
    },
}

impl WeightError {
    /// Problem, place and fix.
    pub fn message(&self) -> Message {
        match self {
            Self::Memory(message) => message.clone(),
            Self::Missing {
                name,
                origin,
                suggestion: Some(suggestion),
            } => message!(
                "weights-missing-likely",
                origin = origin,
                name = name,
                suggestion = suggestion
            ),
            Self::Missing { name, origin, .. } => {
                message!("weights-missing", origin = origin, name = name)
            }
            Self::Shape {
                name,
                origin,
                expected,
                found,
            } => message!(
                "weights-shape",
                name = name,
                origin = origin,
                found = dimensions(found),
                expected = dimensions(expected)
            ),
            Self::DType {
                name,
                origin,
                dtype,
            } => message!("weights-dtype", name = name, origin = origin, dtype = dtype),
            Self::Open { path, reason } => {
                let origin = path.display().to_string();
                message!("file-unreadable", file = origin, reason = reason.clone())
            }
            Self::Format { path, reason } => Self::unusable(path, reason.clone()),
            Self::Foreign { path, what } => Self::unusable(path, Message::new(what)),
            Self::Refused { path, name, advice } => message!(
                "weights-refused",
                file = path.display().to_string(),
                name = name,
                advice = advice.clone()
            ),
        }
    }

    fn unusable(path: &Path, reason: Message) -> Message {
        let file = path.display().to_string();
        message!("weights-unusable", file = file, reason = reason)
    }
}

said!(WeightError);

/// A shape for display: `64×3×7×7`.
pub(super) fn dimensions(shape: &[usize]) -> Argument {
    if shape.is_empty() {
        return message!("weights-single-number").into();
    }
    dims(shape).into()
}

/// The name among `known` that was probably meant by `wanted`: the same after a prefix such as `module.`, else the most
/// similar.
pub(super) fn likely<'a>(wanted: &str, known: &[&'a str]) -> Option<&'a str> {
    let behind_prefix = |name: &&&str| {
        name.strip_suffix(wanted)
            .is_some_and(|prefix| prefix.ends_with('.'))
    };
    known
        .iter()
        .find(behind_prefix)
        .copied()
        .or_else(|| nearest(wanted, known.iter().copied()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn a_prefix_counts_for_more_than_likeness() {
        let known = ["layer1.0.conv2.weight", "module.layer1.0.conv1.weight"];
        assert_eq!(likely("layer1.0.conv1.weight", &known), Some(known[1]));
        assert_eq!(likely("layer1.0.conv2.weigth", &known), Some(known[0]));
        assert_eq!(likely("zzz", &known), None);
    }

    #[test]
    fn errors_say_what_where_and_what_to_do() {
        let error = WeightError::Shape {
            name: "fc.weight".to_owned(),
            origin: "a.safetensors".to_owned(),
            expected: vec![1000, 512],
            found: vec![10, 64],
        };
        let english = |error: &WeightError| Language::ENGLISH.say(&error.message());
        assert_eq!(
            english(&error),
            "`fc.weight` in a.safetensors is 10×64, and the network needs 1000×512; these weights belong to another network"
        );
        let error = WeightError::Missing {
            name: "fc.weigth".to_owned(),
            origin: "a.safetensors".to_owned(),
            suggestion: Some("fc.weight".to_owned()),
        };
        assert_eq!(
            english(&error),
            "a.safetensors has no tensor `fc.weigth`; did you mean `fc.weight`?"
        );
    }
}
