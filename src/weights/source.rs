//! The one interface to weights, wherever they come from, and what can go wrong with them.

use super::origin::Origin;
use crate::spec::problem::nearest;
use ndarray::ArrayD;
use std::path::PathBuf;

/// Gives tensors by the names that PyTorch's `state_dict` would give them: `layer1.0.conv1.weight`.
pub trait WeightSource: Send + Sync {
    /// The tensor `name`, which must have exactly this shape.
    fn tensor(&self, name: &str, shape: &[usize]) -> Result<ArrayD<f32>, WeightError>;

    /// Every tensor there is with its shape, in the source's order; `None` where any name will do.
    fn names(&self) -> Option<Vec<(String, Vec<usize>)>>;

    /// What people call the source: `synthetic:7`, `weights.safetensors`.
    fn label(&self) -> String;

    /// What had to be undone for the names to be these; nothing but for files.
    fn origin(&self) -> Origin {
        Origin::default()
    }
}

/// Why weights cannot be had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WeightError {
    /// There is no room for them; the sentence says how much they take.
    #[error("{0}")]
    Memory(String),
    /// No tensor has that name.
    #[error("{origin} has no tensor `{name}`{}", advice(suggestion.as_deref()))]
    Missing {
        /// The name asked for.
        name: String,
        /// The source's label.
        origin: String,
        /// The name that was probably meant.
        suggestion: Option<String>,
    },
    /// The tensor has another shape.
    #[error(
        "`{name}` in {origin} is {}, and the network needs {}; these weights belong to another network",
        dimensions(found),
        dimensions(expected)
    )]
    Shape {
        /// The tensor's name.
        name: String,
        /// The source's label.
        origin: String,
        /// The shape asked for.
        expected: Vec<usize>,
        /// The shape it has.
        found: Vec<usize>,
    },
    /// The tensor holds numbers of a kind that is not read.
    #[error("`{name}` in {origin} holds {dtype} numbers; save it as F32, F16 or BF16")]
    DType {
        /// The tensor's name.
        name: String,
        /// The source's label.
        origin: String,
        /// The kind, as safetensors names it.
        dtype: String,
    },
    /// The file cannot be read.
    #[error("cannot read {}: {reason}; check the path and that you may read it", path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// The file is not what it should be.
    #[error("{} cannot be used: {reason}", path.display())]
    Format {
        /// The file, or the label of bytes that are no file.
        path: PathBuf,
        /// What is wrong with it and what to do.
        reason: String,
    },
    /// The file or folder is something else, which is known.
    #[error("{} cannot be used: {what}", path.display())]
    Foreign {
        /// The file or folder.
        path: PathBuf,
        /// What it is and what to do.
        what: &'static str,
    },
    /// The file asks Python to import something that is neither a tensor nor a plain container.
    #[error("{} asks for `{name}`, which is refused: {advice}. Nothing of the file was run", path.display())]
    Refused {
        /// The file.
        path: PathBuf,
        /// What it asks for, as Python names it.
        name: String,
        /// What that means and what to do.
        advice: String,
    },
}

fn advice(suggestion: Option<&str>) -> String {
    match suggestion {
        Some(name) => format!("; did you mean `{name}`?"),
        None => "; check that these weights belong to this network".to_owned(),
    }
}

/// A shape for people: `64×3×7×7`.
pub(super) fn dimensions(shape: &[usize]) -> String {
    if shape.is_empty() {
        return "a single number".to_owned();
    }
    let sizes: Vec<_> = shape.iter().map(usize::to_string).collect();
    sizes.join("×")
}

/// The name of `known` that `wanted` probably stands for: the same behind a prefix such as `module.`, else the likest.
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
