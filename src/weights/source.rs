//! The interface to weights of any source, and their errors.

use crate::spec::problem::nearest;
use ndarray::ArrayD;
use std::path::PathBuf;

/// A source of tensors, by their names in PyTorch's `state_dict`: `layer1.0.conv1.weight`.
pub trait WeightSource: Send + Sync {
    /// The tensor `name`, which must have exactly this shape.
    fn tensor(&self, name: &str, shape: &[usize]) -> Result<ArrayD<f32>, WeightError>;

    /// Name and shape of every tensor, in the source's order; `None` if the source has every name.
    fn names(&self) -> Option<Vec<(String, Vec<usize>)>>;

    /// Name of the source for display: `synthetic:7`, `weights.safetensors`.
    fn label(&self) -> String;
}

/// Reason that weights cannot be loaded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WeightError {
    /// There is no room for them; the message says how much they take.
    #[error("{0}")]
    Memory(String),
    /// No tensor has that name.
    #[error("{origin} has no tensor `{name}`{}", advice(suggestion.as_deref()))]
    Missing {
        /// Name that was requested.
        name: String,
        /// Label of the source.
        origin: String,
        /// Name that was probably meant.
        suggestion: Option<String>,
    },
    /// The tensor has another shape.
    #[error(
        "`{name}` in {origin} is {}, and the network needs {}; these weights belong to another network",
        dimensions(found),
        dimensions(expected)
    )]
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
    #[error("`{name}` in {origin} holds {dtype} numbers; save it as F32, F16 or BF16")]
    DType {
        /// Name of the tensor.
        name: String,
        /// Label of the source.
        origin: String,
        /// Type, as safetensors names it.
        dtype: String,
    },
    /// The file cannot be read.
    #[error("cannot read {}: {reason}; check the path and that you may read it", path.display())]
    Open {
        /// Path of the file.
        path: PathBuf,
        /// Error of the system.
        reason: String,
    },
    /// The file has a wrong format.
    #[error("{} cannot be used: {reason}", path.display())]
    Format {
        /// Path of the file, or the label of bytes that are not in a file.
        path: PathBuf,
        /// Problem and fix.
        reason: String,
    },
    /// The file or folder is of another known kind.
    #[error("{} cannot be used: {what}", path.display())]
    Foreign {
        /// Path of the file or folder.
        path: PathBuf,
        /// Kind and fix.
        what: &'static str,
    },
    /// The file asks Python to import a name that is neither a tensor nor a plain container.
    #[error("{} asks for `{name}`, which is refused: {advice}. Nothing of the file was run", path.display())]
    Refused {
        /// Path of the file.
        path: PathBuf,
        /// Name of the import in Python.
        name: String,
        /// Meaning and fix.
        advice: String,
    },
}

fn advice(suggestion: Option<&str>) -> String {
    match suggestion {
        Some(name) => format!("; did you mean `{name}`?"),
        None => "; check that these weights belong to this network".to_owned(),
    }
}

/// A shape for display: `64×3×7×7`.
pub(super) fn dimensions(shape: &[usize]) -> String {
    if shape.is_empty() {
        return "a single number".to_owned();
    }
    let sizes: Vec<_> = shape.iter().map(usize::to_string).collect();
    sizes.join("×")
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
        assert_eq!(
            error.to_string(),
            "`fc.weight` in a.safetensors is 10×64, and the network needs 1000×512; these weights belong to another network"
        );
        let error = WeightError::Missing {
            name: "fc.weigth".to_owned(),
            origin: "a.safetensors".to_owned(),
            suggestion: Some("fc.weight".to_owned()),
        };
        assert_eq!(
            error.to_string(),
            "a.safetensors has no tensor `fc.weigth`; did you mean `fc.weight`?"
        );
    }
}
